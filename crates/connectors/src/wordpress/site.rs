//! A connected site: the address of its REST API with and without pretty permalinks, and how one signs in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sarafan_domain::channel::Channel;
use sarafan_network::Secret;
use sarafan_network::http::Request;
use serde::{Deserialize, Serialize};

use crate::address::query;

/// What is kept in `Channel::facts`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Facts {
    /// Address of the API: `https://example.org/wp-json/`, or `https://example.org/?rest_route=/` on a site without
    /// pretty permalinks.
    pub(super) root: String,
    /// The number of the user who writes.
    pub(super) user: u64,
}

/// A site that can be spoken to.
pub(super) struct Site<'a> {
    root: String,
    authorization: String,
    pub(super) facts: Facts,
    secret: &'a Secret,
}

impl<'a> Site<'a> {
    /// The site of a channel.
    pub(super) fn of(channel: &Channel, secret: &'a Secret) -> Self {
        let mut facts: Facts = serde_json::from_value(channel.facts.clone()).unwrap_or_default();
        if facts.root.is_empty() {
            facts.root = format!("{}/wp-json/", channel.external_id.trim_end_matches('/'));
        }
        Self::new(facts, secret)
    }

    pub(super) fn new(facts: Facts, secret: &'a Secret) -> Self {
        let authorization = format!("Basic {}", STANDARD.encode(secret.expose()));
        Self { root: facts.root.clone(), authorization, facts, secret }
    }

    /// Everything that must not be shown.
    pub(super) fn secrets(&self) -> Vec<&str> {
        let whole = self.secret.expose();
        let encoded = self.authorization.strip_prefix("Basic ").unwrap_or_default();
        let mut all = vec![whole, encoded];
        all.extend(whole.split_once(':').map(|(_, password)| password));
        all
    }

    /// Address of a route such as `posts/7`.
    pub(super) fn url(&self, route: &str, pairs: &[(&str, &str)]) -> String {
        let start = if self.root.contains('?') { '&' } else { '?' };
        let tail = if pairs.is_empty() { String::new() } else { format!("{start}{}", query(pairs)) };
        format!("{}wp/v2/{route}{tail}", self.root)
    }

    /// Adds the sign-in.
    pub(super) fn sign(&self, request: Request) -> Request {
        request.header("authorization", self.authorization.clone())
    }
}

/// The secret that is kept: user and application password, in the shape in which they are sent.
pub(super) fn secret(user: &str, password: &str) -> Secret {
    Secret::new(format!("{user}:{}", password.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_with_and_without_pretty_permalinks() {
        let secret = secret("anna", "abcd efgh");
        let rows = [
            ("https://e.org/wp-json/", "https://e.org/wp-json/wp/v2/posts?search=a+%26+b"),
            ("https://e.org/blog/?rest_route=/", "https://e.org/blog/?rest_route=/wp/v2/posts&search=a+%26+b"),
        ];
        for (root, expected) in rows {
            let site = Site::new(Facts { root: root.into(), user: 1 }, &secret);
            assert_eq!(site.url("posts", &[("search", "a & b")]), expected);
        }
        let site = Site::new(Facts { root: "https://e.org/wp-json/".into(), user: 1 }, &secret);
        assert_eq!(site.url("posts/7", &[]), "https://e.org/wp-json/wp/v2/posts/7");
        assert_eq!(site.secrets(), ["anna:abcd efgh", "YW5uYTphYmNkIGVmZ2g=", "abcd efgh"]);
    }
}
