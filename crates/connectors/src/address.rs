//! The address of a server as a person types it.

use url::Url;

/// A web address without anything behind its path and without a slash at the end; `https://` is added where no
/// scheme was typed. `None` where it is no address of a server.
pub(crate) fn server(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&whole).ok()?;
    let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    let web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty());
    (plain && web).then(|| url.as_str().trim_end_matches('/').to_owned())
}

/// Query pairs, encoded.
#[cfg(any(feature = "bluesky", feature = "mastodon", feature = "wordpress"))]
pub(crate) fn query(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

#[cfg(test)]
mod tests {
    use super::server;

    #[test]
    fn addresses() {
        let rows = [
            ("https://mastodon.example/", Some("https://mastodon.example")),
            (" mastodon.example ", Some("https://mastodon.example")),
            ("http://127.0.0.1:8080/bluesky", Some("http://127.0.0.1:8080/bluesky")),
            ("https://zażółć.example", Some("https://xn--za-6ja4f8n1l.example")),
            ("ftp://mastodon.example", None),
            ("https://user:secret@mastodon.example", None),
            ("https://mastodon.example/?a=b", None),
            ("", None),
            ("кофе без точки", None),
        ];
        for (typed, expected) in rows {
            assert_eq!(server(typed).as_deref(), expected, "{typed}");
        }
    }
}
