//! What goes over the wire: requests out, replies in, error names to failures. Pure.
//!
//! Oddities of the official server (PDS 0.4.217, looked at on 2026-11-21): `createRecord` with a record key that
//! exists answers 500, which says nothing; `putRecord` with `swapRecord: null` creates just as well and answers
//! 400 `InvalidSwap` where the record is there already. An expired or wrong token is a 400, not a 401.

use jiff::Timestamp;
use sarafan_domain::delivery::Scope;
use sarafan_domain::problem::Problem;
use sarafan_network::http::{Body, Effect, Reply, Request};
use sarafan_network::{NetError, Result, Secret, quote};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::address::query;

/// The collection of posts.
pub(super) const POSTS: &str = "app.bsky.feed.post";

/// What opens a channel. The password is kept beside the tokens: a refresh token works once, and a crash between
/// its use and its saving must not lock the owner out.
#[derive(Serialize, Deserialize, Clone)]
pub(super) struct Session {
    /// The server that holds the account; the tokens go nowhere else.
    pub(super) service: String,
    pub(super) did: String,
    pub(super) handle: String,
    pub(super) access: String,
    pub(super) refresh: String,
    pub(super) password: String,
}

impl Session {
    pub(super) fn open(credential: &Secret) -> Result<Self> {
        let broken = || NetError::Reconnect { reason: Problem::error("credential-revoked", "channel") };
        serde_json::from_str(credential.expose()).map_err(|_| broken())
    }

    pub(super) fn seal(&self) -> Secret {
        Secret::new(serde_json::to_string(self).unwrap_or_default())
    }

    pub(super) fn secrets(&self) -> [&str; 3] {
        [&self.access, &self.refresh, &self.password]
    }

    /// When the access token ends: it is renewed ahead of that.
    pub(super) fn ends(&self) -> Option<Timestamp> {
        use base64::Engine as _;
        #[derive(Deserialize)]
        struct Claims {
            exp: i64,
        }
        let payload = self.access.split('.').nth(1)?;
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).ok()?;
        let claims: Claims = serde_json::from_slice(&bytes).ok()?;
        Timestamp::from_second(claims.exp).ok()
    }
}

/// A request that changes nothing.
pub(super) fn ask(service: &str, method: &str, pairs: &[(&str, &str)]) -> Request {
    let query = query(pairs);
    let mark = if query.is_empty() { "" } else { "?" };
    Request::get(format!("{service}/xrpc/{method}{mark}{query}"))
}

/// A request that does something.
pub(super) fn tell(effect: Effect, service: &str, method: &str, input: Value) -> Request {
    Request::new(effect, "POST", format!("{service}/xrpc/{method}")).json(input)
}

pub(super) fn create_session(service: &str, identifier: &str, password: &str) -> Request {
    let input = json!({ "identifier": identifier, "password": password });
    tell(Effect::Prepare, service, "com.atproto.server.createSession", input).endpoint("session")
}

pub(super) fn refresh_session(session: &Session) -> Request {
    let url = format!("{}/xrpc/com.atproto.server.refreshSession", session.service);
    Request::new(Effect::Prepare, "POST", url).bearer(&session.refresh)
}

pub(super) fn upload(session: &Session, mime: &str, bytes: bytes::Bytes) -> Request {
    Request::new(Effect::Prepare, "POST", format!("{}/xrpc/com.atproto.repo.uploadBlob", session.service))
        .body(Body::Raw { mime: mime.to_owned(), bytes })
        .bearer(&session.access)
}

/// Makes a record, and only makes it: one that is there already is left alone.
pub(super) fn put(session: &Session, key: &str, record: &Value) -> Request {
    let input = json!({
        "repo": session.did, "collection": POSTS, "rkey": key, "record": record, "swapRecord": null,
    });
    tell(Effect::Write, &session.service, "com.atproto.repo.putRecord", input).bearer(&session.access).endpoint("write")
}

pub(super) fn delete(session: &Session, key: &str) -> Request {
    let input = json!({ "repo": session.did, "collection": POSTS, "rkey": key });
    tell(Effect::Write, &session.service, "com.atproto.repo.deleteRecord", input)
        .bearer(&session.access)
        .endpoint("write")
}

pub(super) fn get(session: &Session, key: &str) -> Request {
    let pairs = [("repo", session.did.as_str()), ("collection", POSTS), ("rkey", key)];
    ask(&session.service, "com.atproto.repo.getRecord", &pairs)
}

/// A record by address and content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Ref {
    pub(super) uri: String,
    pub(super) cid: String,
}

/// The answer to a sign-in and a renewal.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Signed {
    pub(super) did: String,
    pub(super) handle: String,
    pub(super) access_jwt: String,
    pub(super) refresh_jwt: String,
    /// Absent where there is nothing to say.
    #[serde(default)]
    pub(super) active: Option<bool>,
    #[serde(default)]
    pub(super) did_doc: Value,
}

/// Who holds a token.
#[derive(Deserialize)]
pub(super) struct Holder {
    pub(super) handle: String,
    #[serde(default)]
    pub(super) active: Option<bool>,
}

/// A profile, as far as we read it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Profile {
    pub(super) did: String,
    pub(super) handle: String,
    #[serde(default)]
    pub(super) display_name: Option<String>,
    #[serde(default)]
    pub(super) followers_count: Option<u64>,
    #[serde(default)]
    pub(super) posts_count: Option<u64>,
}

impl Profile {
    /// The name people see.
    pub(super) fn name(&self) -> &str {
        self.display_name.as_deref().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(&self.handle)
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Refusal {
    error: String,
    message: String,
}

/// Does this answer say that the record was there already?
pub(super) fn exists(reply: &Reply) -> bool {
    reply.status == 400 && refusal(reply).error == "InvalidSwap"
}

/// Does this server have no part that counts likes and collects replies?
pub(super) fn no_app_view(reply: &Reply) -> bool {
    reply.status == 501 || (reply.status == 400 && refusal(reply).message.starts_with("No service configured"))
}

fn refusal(reply: &Reply) -> Refusal {
    serde_json::from_slice(&reply.body).unwrap_or_default()
}

/// Why a request failed; `None` where it did not.
pub(super) fn failure(reply: &Reply, effect: Effect, secrets: &[&str], now: Timestamp) -> Option<NetError> {
    if (200..300).contains(&reply.status) {
        return None;
    }
    if reply.status == 429 && reply.header("retry-after").is_none() {
        let reset = reply.header("ratelimit-reset").and_then(|value| value.trim().parse().ok());
        if let Some(until) = reset.and_then(|seconds| Timestamp::from_second(seconds).ok()) {
            return Some(NetError::RateLimited { scope: Scope::Channel, until: until.max(now) });
        }
    }
    if reply.status == 501 {
        return Some(unsuitable());
    }
    if let Some(common) = reply.common_failure(effect, Scope::Channel, now) {
        return Some(common);
    }
    let refusal = refusal(reply);
    Some(match (refusal.error.as_str(), reply.status) {
        ("ExpiredToken" | "InvalidToken" | "AuthMissing" | "AuthenticationRequired", _) => NetError::AuthExpired,
        ("AccountTakedown" | "AccountDeactivated" | "AccountSuspended", _) => inactive(),
        ("RecordNotFound" | "NotFound", _) => NetError::Gone,
        (_, 401) => NetError::AuthExpired,
        (_, 403) => NetError::Reconnect {
            reason: Problem::error("permission-missing", "channel").with("network", "Bluesky").with("permission", ""),
        },
        (_, 300..=399 | 404 | 405) => unsuitable(),
        _ => {
            let message = quote(&refusal.message, secrets);
            let problem = Problem::error("network-refused", "text").with("network", "Bluesky");
            NetError::Rejected { problem: problem.with("message", message) }
        }
    })
}

/// The account exists and may not be used.
pub(super) fn inactive() -> NetError {
    NetError::Reconnect { reason: Problem::error("account-inactive", "channel").with("network", "Bluesky") }
}

/// Whatever answers there is no such server.
fn unsuitable() -> NetError {
    NetError::Rejected { problem: Problem::error("server-unsuitable", "service").with("network", "Bluesky") }
}

/// Collection and key of a record's address.
pub(super) fn key_of(uri: &str) -> &str {
    uri.rsplit('/').next().unwrap_or_default()
}

/// Where people see a post. Names that no public resolver knows belong to a server of tests: there it is looked
/// for on the server itself.
pub(super) fn page(service: &str, handle: &str, uri: &str) -> String {
    let handle = handle.trim_start_matches('@');
    let private = ["test", "localhost", "invalid"].contains(&handle.rsplit('.').next().unwrap_or_default());
    let root = if private { service } else { "https://bsky.app" };
    format!("{root}/profile/{handle}/post/{}", key_of(uri))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Reply {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Reply { status, headers, body: body.to_owned().into() }
    }

    #[test]
    fn refusals_of_the_official_server() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let rows = [
            (400, r#"{"error":"ExpiredToken","message":"Token has expired"}"#, "the credential has expired"),
            (400, r#"{"error":"InvalidToken","message":"Token could not be verified"}"#, "the credential has expired"),
            (401, r#"{"error":"AuthMissing","message":"Authentication Required"}"#, "the credential has expired"),
            (
                401,
                r#"{"error":"AccountDeactivated","message":"Account is deactivated"}"#,
                "the channel must be connected again: account-inactive",
            ),
            (400, r#"{"error":"RecordNotFound","message":"..."}"#, "it no longer exists over there"),
            (400, r#"{"error":"InvalidRequest","message":"grapheme too big"}"#, "refused: network-refused"),
            (501, r#"{"error":"MethodNotImplemented"}"#, "refused: server-unsuitable"),
            (404, "<html>", "refused: server-unsuitable"),
        ];
        for (status, body, expected) in rows {
            let error = failure(&reply(status, &[], body), Effect::Write, &[], now).unwrap();
            assert_eq!(error.to_string(), expected, "{body}");
        }
        assert_eq!(failure(&reply(200, &[], ""), Effect::Write, &[], now), None);
        let limited = reply(429, &[("ratelimit-reset", "1800000300")], "{}");
        let until = Timestamp::from_second(1_800_000_300).unwrap();
        let expected = NetError::RateLimited { scope: Scope::Channel, until };
        assert_eq!(failure(&limited, Effect::Read, &[], now), Some(expected));
    }

    #[test]
    fn the_access_token_tells_its_end() {
        let session = |access: &str| Session {
            service: String::new(),
            did: String::new(),
            handle: String::new(),
            access: access.to_owned(),
            refresh: String::new(),
            password: String::new(),
        };
        // {"exp":1800000000}
        let ends = session("x.eyJleHAiOjE4MDAwMDAwMDB9.y").ends();
        assert_eq!(ends, Timestamp::from_second(1_800_000_000).ok());
        assert_eq!(session("opaque").ends(), None);
    }

    #[test]
    fn pages() {
        let uri = "at://did:plc:a/app.bsky.feed.post/3k";
        assert_eq!(page("https://p", "@a.example.com", uri), "https://bsky.app/profile/a.example.com/post/3k");
        assert_eq!(page("http://p/bluesky", "a.test", uri), "http://p/bluesky/profile/a.test/post/3k");
    }
}
