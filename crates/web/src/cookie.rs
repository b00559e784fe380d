//! The cookies: `sarafan_session` holds the token of a session and nothing else, `sarafan_away` for ten minutes what binds
//! the answer of a provider to the browser that asked.

use axum::http::{HeaderMap, HeaderValue, header};

/// Its name.
pub(crate) const NAME: &str = "sarafan_session";

/// The name of the other one.
const AWAY: &str = "sarafan_away";

/// So long somebody may be away.
const AWAY_SECONDS: u32 = 600;

/// So long a browser keeps it; the session itself ends 30 days after it was last used, which the server decides.
const SECONDS: u32 = 30 * 24 * 3600;

/// The token that a request brings.
pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
    find(headers, NAME)
}

/// What a browser kept while somebody was away.
pub(crate) fn away(headers: &HeaderMap) -> Option<&str> {
    find(headers, AWAY)
}

fn find<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == wanted && !value.is_empty()).then_some(value))
}

/// Gives the token to the browser. `Secure` is left out only where people reach us by plain http.
pub(crate) fn set(token: &str, secure: bool) -> Option<HeaderValue> {
    header_value(NAME, token, SECONDS, secure)
}

/// Takes it away.
pub(crate) fn clear(secure: bool) -> Option<HeaderValue> {
    header_value(NAME, "", 0, secure)
}

/// Lets the browser keep something while somebody is away. They come back by a link of another site, which `Lax` allows.
pub(crate) fn set_away(token: &str, secure: bool) -> Option<HeaderValue> {
    header_value(AWAY, token, AWAY_SECONDS, secure)
}

/// They are back.
pub(crate) fn clear_away(secure: bool) -> Option<HeaderValue> {
    header_value(AWAY, "", 0, secure)
}

fn header_value(name: &str, token: &str, seconds: u32, secure: bool) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
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
