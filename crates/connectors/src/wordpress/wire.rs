//! Answers in: what a site says, and what its refusals mean. Pure.

use sarafan_domain::delivery::Scope;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_network::http::{Effect, Reply};
use sarafan_network::{NetError, quote};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

/// A refusal in the words of the REST API.
#[derive(Debug, Deserialize)]
pub(super) struct Refusal {
    #[serde(default)]
    pub(super) code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    pub(super) data: Value,
}

/// Reads an answer.
pub(super) fn open<T: DeserializeOwned>(
    reply: &Reply,
    effect: Effect,
    secrets: &[&str],
    now: Timestamp,
) -> Result<T, NetError> {
    if (200..300).contains(&reply.status) {
        return reply.json();
    }
    Err(failure(reply, effect, secrets, now))
}

/// The refusal in a reply, if it is one of WordPress and not of something before it.
pub(super) fn refusal(reply: &Reply) -> Option<Refusal> {
    serde_json::from_slice::<Refusal>(&reply.body).ok().filter(|refusal| !refusal.code.is_empty())
}

fn reject(code: &'static str, field: &'static str) -> NetError {
    NetError::Rejected { problem: Problem::error(code, field) }
}

fn reconnect(code: &'static str) -> NetError {
    NetError::Reconnect { reason: Problem::error(code, "channel") }
}

/// What an answer that is no success means.
pub(super) fn failure(reply: &Reply, effect: Effect, secrets: &[&str], now: Timestamp) -> NetError {
    let said = refusal(reply);
    let code = said.as_ref().map(|said| said.code.as_str()).unwrap_or_default();
    // A file of a wrong kind is refused with a 500 (WordPress 6.1); nothing was kept.
    if code.starts_with("rest_upload_") {
        let words = said.map(|said| quote(&said.message, secrets)).unwrap_or_default();
        return NetError::Rejected { problem: Problem::error("wordpress-file", "media").with("reason", words) };
    }
    if let Some(failure) = reply.common_failure(effect, Scope::Channel, now) {
        return failure;
    }
    match (reply.status, code) {
        (300..=399, _) => NetError::Rejected {
            problem: Problem::error("wordpress-redirect", "site").with("address", origin(reply)),
        },
        (_, "rest_no_route") => reject("wordpress-no-api", "channel"),
        (_, "rest_comment_closed") => reject("wordpress-comments-closed", "first_comment"),
        (_, "comment_duplicate") => reject("wordpress-comment-again", "comment"),
        (_, "comment_flood") => NetError::Transient { after: Some(std::time::Duration::from_secs(20)) },
        (_, "rest_comment_invalid_id" | "rest_comment_invalid_parent") => reject("wordpress-comment-gone", "comment"),
        (_, "rest_already_trashed" | "rest_post_invalid_id") | (404 | 410, _) => NetError::Gone,
        (_, "rest_cannot_create" | "rest_cannot_publish" | "rest_cannot_edit" | "rest_cannot_delete")
        | (_, "rest_forbidden" | "rest_forbidden_context" | "rest_cannot_assign_sticky" | "rest_cannot_create_user") => {
            reconnect("wordpress-rights")
        }
        (401, _) => reconnect("wordpress-password"),
        // No code of WordPress: a security plugin or the host stands before the site.
        (403, "") => reject("wordpress-blocked", "channel"),
        (403, _) => reconnect("wordpress-rights"),
        (413, _) => reject("wordpress-file-large", "media"),
        (status, _) => {
            let words = said.map(|said| quote(&said.message, secrets)).filter(|words| !words.is_empty());
            let words = words.unwrap_or_else(|| status.to_string());
            NetError::Rejected { problem: Problem::error("wordpress-refused", "channel").with("reason", words) }
        }
    }
}

/// Where a redirect leads, without anything that could be secret.
fn origin(reply: &Reply) -> String {
    let to = reply.header("location").and_then(|to| Url::parse(to).ok());
    to.map(|to| to.origin().ascii_serialization()).unwrap_or_default()
}

/// Text with mark-up, as the API tells it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Rendered {
    #[serde(default)]
    pub(super) raw: Option<String>,
    #[serde(default)]
    pub(super) rendered: String,
}

/// A post or page.
#[derive(Debug, Deserialize)]
pub(super) struct Post {
    pub(super) id: u64,
    #[serde(default)]
    pub(super) link: String,
    #[serde(default)]
    pub(super) status: String,
    #[serde(default)]
    pub(super) content: Rendered,
}

/// A file in the site's library.
#[derive(Debug, Deserialize)]
pub(super) struct File {
    pub(super) id: u64,
    pub(super) source_url: String,
}

/// A category or tag.
#[derive(Debug, Deserialize)]
pub(super) struct Term {
    pub(super) id: u64,
    #[serde(default)]
    pub(super) name: String,
}

/// A comment.
#[derive(Debug, Deserialize)]
pub(super) struct Comment {
    pub(super) id: u64,
    #[serde(default)]
    pub(super) post: u64,
    #[serde(default)]
    pub(super) parent: u64,
    #[serde(default)]
    pub(super) author: u64,
    #[serde(default)]
    pub(super) author_name: String,
    #[serde(default)]
    pub(super) date_gmt: String,
    #[serde(default)]
    pub(super) content: Rendered,
    #[serde(default)]
    pub(super) link: String,
}

impl Comment {
    /// When it was written.
    pub(super) fn at(&self) -> Timestamp {
        format!("{}Z", self.date_gmt).parse().unwrap_or_default()
    }
}

/// What a header of a list counts: `X-WP-Total`.
pub(super) fn total(reply: &Reply) -> Option<u64> {
    reply.header("x-wp-total")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    fn told(status: u16, body: &str, effect: Effect) -> String {
        let headers = vec![("location".to_owned(), "https://www.e.org/wp-json/?k=secret".to_owned())];
        let reply = Reply { status, headers, body: Bytes::from(body.to_owned()) };
        match failure(&reply, effect, &["secret"], Timestamp::UNIX_EPOCH) {
            NetError::Rejected { problem } => {
                format!("{} {:?}", problem.code, problem.args.values().next()).replace(" None", "")
            }
            NetError::Reconnect { reason } => format!("reconnect {}", reason.code),
            other => other.to_string(),
        }
    }

    #[test]
    fn refusals() {
        let unknown = "the request was sent, but no answer came";
        let rows = [
            (401, r#"{"code":"rest_not_logged_in","message":"no","data":{"status":401}}"#, "reconnect wordpress-password"),
            (401, r#"{"code":"incorrect_password","message":"no"}"#, "reconnect wordpress-password"),
            (401, r#"{"code":"rest_cannot_create","message":"no"}"#, "reconnect wordpress-rights"),
            (403, r#"{"code":"rest_cannot_edit","message":"no"}"#, "reconnect wordpress-rights"),
            (403, "<html>Blocked by firewall", "wordpress-blocked"),
            (404, r#"{"code":"rest_no_route","message":"no"}"#, "wordpress-no-api"),
            (404, r#"{"code":"rest_post_invalid_id","message":"no"}"#, "it no longer exists over there"),
            (410, r#"{"code":"rest_already_trashed","message":"no"}"#, "it no longer exists over there"),
            (403, r#"{"code":"rest_comment_closed","message":"no"}"#, "wordpress-comments-closed"),
            (413, "<html>", "wordpress-file-large"),
            (500, r#"{"code":"rest_upload_sideload_error","message":"not this type"}"#, "wordpress-file Some(Text(\"not this type\"))"),
            (500, "<html>", unknown),
            (301, "", "wordpress-redirect Some(Text(\"https://www.e.org\"))"),
            (400, r#"{"code":"rest_invalid_param","message":"Invalid parameter(s): secret"}"#, "wordpress-refused Some(Text(\"Invalid parameter(s): ***\"))"),
            (418, "<html>", "wordpress-refused Some(Text(\"418\"))"),
        ];
        for (status, body, expected) in rows {
            assert_eq!(told(status, body, Effect::Write), expected, "{status} {body}");
        }
    }
}
