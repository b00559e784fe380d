//! The one cookie: `sarafan_session` holds the token of a session and nothing else.

use axum::http::{HeaderMap, HeaderValue, header};

/// Its name.
pub(crate) const NAME: &str = "sarafan_session";

/// So long a browser keeps it; the session itself ends 30 days after it was last used, which the server decides.
const SECONDS: u32 = 30 * 24 * 3600;

/// The token that a request brings.
pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == NAME && !value.is_empty()).then_some(value))
}

/// Gives the token to the browser. `Secure` is left out only where people reach us by plain http.
pub(crate) fn set(token: &str, secure: bool) -> Option<HeaderValue> {
    header_value(token, SECONDS, secure)
}

/// Takes it away.
pub(crate) fn clear(secure: bool) -> Option<HeaderValue> {
    header_value("", 0, secure)
}

fn header_value(token: &str, seconds: u32, secure: bool) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{NAME}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let rows = [
            ("sarafan_session=abc", Some("abc")),
            ("theme=dark; sarafan_session=abc; x=1", Some("abc")),
            ("xsarafan_session=abc", None),
            ("sarafan_session=", None),
            ("", None),
        ];
        for (text, expected) in rows {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_static(text));
            assert_eq!(token(&headers), expected, "{text}");
        }
    }

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        let plain = set("abc", false).unwrap();
        assert_eq!(plain, "sarafan_session=abc; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax");
        assert!(set("abc", true).unwrap().to_str().unwrap().ends_with("; Secure"));
        assert_eq!(clear(false).unwrap(), "sarafan_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    }
}
