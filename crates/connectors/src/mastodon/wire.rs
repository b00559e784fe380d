//! What goes over the wire: requests out, replies in, statuses to failures. Pure.
//!
//! Oddities: a rate limit tells its end in `X-RateLimit-Reset` as a date, not in `Retry-After`; a file that is
//! being processed answers 202 to the upload and 206 to a look at it.

use jiff::Timestamp;
use sarafan_domain::delivery::Scope;
use sarafan_domain::problem::Problem;
use sarafan_network::http::{Body, Effect, Part, Reply, Request};
use sarafan_network::{Incoming, Media, NetError, Result, Secret, quote};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{address::query, html};

/// What the application may do, asked for when a person allows it.
pub(super) const SCOPES: &str = "read:accounts read:statuses read:notifications write:statuses write:media";

/// What opens a channel. The server stands here and not only in the channel's facts: the token goes nowhere else.
#[derive(Serialize, Deserialize, Clone)]
pub(super) struct Session {
    pub(super) server: String,
    pub(super) token: String,
}

impl Session {
    pub(super) fn open(credential: &Secret) -> Result<Self> {
        serde_json::from_str(credential.expose()).map_err(|_| revoked())
    }

    pub(super) fn seal(&self) -> Secret {
        Secret::new(serde_json::to_string(self).unwrap_or_default())
    }

    /// A request that changes nothing.
    pub(super) fn ask(&self, path: &str, pairs: &[(&str, &str)]) -> Request {
        let query = query(pairs);
        let mark = if query.is_empty() { "" } else { "?" };
        Request::get(format!("{}{path}{mark}{query}", self.server)).bearer(&self.token)
    }

    /// A request that does something.
    pub(super) fn tell(&self, effect: Effect, method: &'static str, path: &str) -> Request {
        Request::new(effect, method, format!("{}{path}", self.server)).bearer(&self.token)
    }

    /// Sends a post; the server drops a second one with the same key.
    pub(super) fn post(&self, status: &Value, key: &str) -> Request {
        self.tell(Effect::Write, "POST", "/api/v1/statuses")
            .header("idempotency-key", key)
            .json(status.clone())
            .endpoint("post")
    }

    /// Uploads a file with its description.
    pub(super) fn upload(&self, media: &Media, bytes: bytes::Bytes) -> Request {
        let mut parts = vec![Part {
            name: "file".to_owned(),
            file: Some(media.name.clone()),
            mime: Some(media.facts.mime.clone()),
            bytes,
        }];
        if !media.alt.trim().is_empty() {
            let description = bytes::Bytes::from(media.alt.trim().to_owned());
            parts.push(Part { name: "description".to_owned(), file: None, mime: None, bytes: description });
        }
        self.tell(Effect::Prepare, "POST", "/api/v2/media").body(Body::Multipart(parts)).endpoint("media")
    }

    /// Reads an answer, or says why there is none.
    pub(super) fn read<T: serde::de::DeserializeOwned>(&self, reply: &Reply, effect: Effect, now: Timestamp) -> Result<T> {
        match failure(reply, effect, &[&self.token], now) {
            Some(error) => Err(error),
            None => reply.json(),
        }
    }
}

/// Registers this installation with a server.
pub(super) fn register(server: &str, redirect: &str) -> Request {
    let app = json!({ "client_name": "Sarafan", "redirect_uris": redirect, "scopes": SCOPES });
    Request::new(Effect::Prepare, "POST", format!("{server}/api/v1/apps")).json(app)
}

/// An application as the server knows it.
#[derive(Deserialize)]
pub(super) struct App {
    pub(super) client_id: String,
    pub(super) client_secret: String,
}

/// A token.
#[derive(Deserialize)]
pub(super) struct Token {
    pub(super) access_token: String,
}

/// An account, as far as we read it.
#[derive(Deserialize)]
pub(super) struct Account {
    pub(super) id: String,
    pub(super) acct: String,
    #[serde(default)]
    pub(super) display_name: String,
    #[serde(default)]
    pub(super) url: Option<String>,
    #[serde(default)]
    pub(super) followers_count: Option<u64>,
    #[serde(default)]
    pub(super) statuses_count: Option<u64>,
    #[serde(default)]
    pub(super) suspended: Option<bool>,
}

impl Account {
    /// The name people see.
    pub(super) fn name(&self) -> &str {
        let name = self.display_name.trim();
        if name.is_empty() { &self.acct } else { name }
    }
}

/// A post, as far as we read it.
#[derive(Deserialize)]
pub(super) struct Status {
    pub(super) id: String,
    #[serde(default)]
    pub(super) url: Option<String>,
    #[serde(default)]
    pub(super) uri: Option<String>,
    pub(super) account: Account,
    #[serde(default)]
    pub(super) in_reply_to_id: Option<String>,
    #[serde(default)]
    pub(super) content: String,
    #[serde(default)]
    pub(super) spoiler_text: String,
    #[serde(default)]
    pub(super) visibility: String,
    pub(super) created_at: Timestamp,
    #[serde(default)]
    pub(super) favourites_count: Option<u64>,
    #[serde(default)]
    pub(super) reblogs_count: Option<u64>,
    #[serde(default)]
    pub(super) replies_count: Option<u64>,
    #[serde(default)]
    pub(super) quotes_count: Option<u64>,
    #[serde(default)]
    pub(super) media_attachments: Vec<Attachment>,
}

/// A file of a post.
#[derive(Deserialize)]
pub(super) struct Attachment {
    pub(super) id: String,
    #[serde(default, rename = "type")]
    pub(super) kind: String,
}

impl Status {
    /// Where people see it.
    pub(super) fn page(&self) -> Option<String> {
        let web = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
        [&self.url, &self.uri].into_iter().flatten().find(web).cloned()
    }

    /// As a comment; its HTML was written by a stranger and becomes plain text.
    pub(super) fn incoming(self, own: &str) -> Incoming {
        let mut text = html::text(&self.content);
        if !self.spoiler_text.is_empty() {
            text = format!("{}\n\n{text}", self.spoiler_text);
        }
        Incoming {
            url: self.page(),
            own: self.account.id == own,
            parent: self.in_reply_to_id,
            author: self.account.name().to_owned(),
            author_id: self.account.id,
            text,
            at: self.created_at,
            external_id: self.id,
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Refusal {
    error: String,
    error_description: String,
}

/// Why a request failed; `None` where it did not. 404 is `Gone`: see [`of_server`] where nothing was named.
pub(super) fn failure(reply: &Reply, effect: Effect, secrets: &[&str], now: Timestamp) -> Option<NetError> {
    if (200..300).contains(&reply.status) {
        return None;
    }
    if reply.status == 429 && reply.header("retry-after").is_none() {
        let reset = reply.header("x-ratelimit-reset").and_then(|value| value.trim().parse::<Timestamp>().ok());
        if let Some(until) = reset {
            return Some(NetError::RateLimited { scope: Scope::Channel, until: until.max(now) });
        }
    }
    if let Some(common) = reply.common_failure(effect, Scope::Channel, now) {
        return Some(common);
    }
    Some(match reply.status {
        401 => revoked(),
        403 => NetError::Reconnect {
            reason: Problem::error("permission-missing", "channel").with("network", "Mastodon").with("permission", SCOPES),
        },
        404 | 410 => NetError::Gone,
        300..=399 | 405 => unsuitable(),
        _ => {
            let refusal: Refusal = serde_json::from_slice(&reply.body).unwrap_or_default();
            let words = if refusal.error_description.is_empty() { &refusal.error } else { &refusal.error_description };
            let problem = Problem::error("network-refused", "text").with("network", "Mastodon");
            NetError::Rejected { problem: problem.with("message", quote(words, secrets)) }
        }
    })
}

/// Where a request names nothing that could be gone, 404 means that this is another kind of server.
pub(super) fn of_server(error: NetError) -> NetError {
    if error == NetError::Gone { unsuitable() } else { error }
}

/// Whatever answers there is no such server.
pub(super) fn unsuitable() -> NetError {
    NetError::Rejected { problem: Problem::error("server-unsuitable", "server").with("network", "Mastodon") }
}

/// The token was taken back.
pub(super) fn revoked() -> NetError {
    NetError::Reconnect { reason: Problem::error("credential-revoked", "channel").with("network", "Mastodon") }
}

/// `min_id` of the link `rel="prev"`: where the newer ones begin.
pub(super) fn newer(reply: &Reply) -> Option<String> {
    let links = reply.header("link")?;
    let link = links.split(',').find(|link| link.contains("rel=\"prev\""))?;
    let address = link.trim().strip_prefix('<')?.split('>').next()?;
    let url = url::Url::parse(address).ok()?;
    url.query_pairs().find(|(key, _)| key == "min_id" || key == "since_id").map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Reply {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Reply { status, headers, body: body.to_owned().into() }
    }

    #[test]
    fn refusals() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let rows = [
            (401, r#"{"error":"The access token is invalid"}"#, "the channel must be connected again: credential-revoked"),
            (
                403,
                r#"{"error":"This action is outside the authorized scopes"}"#,
                "the channel must be connected again: permission-missing",
            ),
            (404, r#"{"error":"Record not found"}"#, "it no longer exists over there"),
            (422, r#"{"error":"Validation failed: Text is too long"}"#, "refused: network-refused"),
            (301, "", "refused: server-unsuitable"),
            (503, "", "the request was sent, but no answer came"),
        ];
        for (status, body, expected) in rows {
            let error = failure(&reply(status, &[], body), Effect::Write, &[], now).unwrap();
            assert_eq!(error.to_string(), expected, "{status} {body}");
        }
        for status in [200, 202, 206] {
            assert_eq!(failure(&reply(status, &[], ""), Effect::Write, &[], now), None);
        }
        let limited = reply(429, &[("x-ratelimit-reset", "2027-01-15T08:05:00.000000Z")], "{}");
        let until = "2027-01-15T08:05:00Z".parse().unwrap();
        let expected = NetError::RateLimited { scope: Scope::Channel, until };
        assert_eq!(failure(&limited, Effect::Read, &[], now), Some(expected));
    }

    #[test]
    fn a_refusal_is_quoted_without_the_token() {
        let body = r#"{"error":"invalid_grant","error_description":"The token s3cr3t-1 is not valid."}"#;
        let now = Timestamp::UNIX_EPOCH;
        let Some(NetError::Rejected { problem }) = failure(&reply(400, &[], body), Effect::Read, &["s3cr3t-1"], now) else {
            panic!()
        };
        assert_eq!(problem.args.get("message"), Some(&"The token *** is not valid.".into()));
    }

    #[test]
    fn the_way_to_newer_ones() {
        let link = concat!(
            r#"<https://m.example/api/v1/notifications?limit=40&max_id=10>; rel="next", "#,
            r#"<https://m.example/api/v1/notifications?limit=40&min_id=42>; rel="prev""#
        );
        assert_eq!(newer(&reply(200, &[("link", link)], "")).as_deref(), Some("42"));
        for link in ["", "nonsense; rel=\"prev\"", "<https://m.example/>; rel=\"next\""] {
            assert_eq!(newer(&reply(200, &[("link", link)], "")), None, "{link}");
        }
    }
}
