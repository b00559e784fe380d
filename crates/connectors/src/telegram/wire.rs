//! What goes over the wire: requests out, answers in. Pure.
//!
//! Methods are written in Pascal case: the official server takes any case, an emulator only this one.

use sarafan_domain::delivery::Scope;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_network::NetError;
use sarafan_network::http::{Body, Effect, Part, Reply, Request, server_failed};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::refusal;

/// Where a bot is spoken to.
#[derive(Clone, Copy)]
pub(super) struct Bot<'a> {
    pub(super) server: &'a str,
    pub(super) token: &'a str,
}

/// Why there is no result.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The group became a supergroup and has another number now; nothing was done.
    Moved(i64),
    /// Nothing changed.
    Unchanged,
    /// Anything else.
    Failed(NetError),
}

impl From<NetError> for Trouble {
    fn from(error: NetError) -> Self {
        Self::Failed(error)
    }
}

impl From<Trouble> for NetError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Failed(error) => error,
            Trouble::Moved(_) => Self::Reconnect { reason: Problem::error("telegram-moved", "channel") },
            Trouble::Unchanged => Self::Protocol { detail: "nothing to change".to_owned() },
        }
    }
}

impl Bot<'_> {
    fn request(&self, effect: Effect, method: &str, body: Body) -> Request {
        let url = format!("{}/bot{}/{method}", self.server, self.token);
        let endpoint = if effect == Effect::Write { "send" } else { "" };
        Request::new(effect, "POST", url).body(body).endpoint(endpoint)
    }

    /// A call that changes nothing.
    pub(super) fn read(&self, method: &str, arguments: Value) -> Request {
        self.request(Effect::Read, method, Body::Json(arguments))
    }

    /// A call that does no harm when it is repeated.
    pub(super) fn repeatable(&self, method: &str, arguments: Value) -> Request {
        self.request(Effect::Prepare, method, Body::Json(arguments))
    }

    /// The same for a change of what is out, which counts as a message.
    pub(super) fn change(&self, method: &str, arguments: Map<String, Value>) -> Request {
        self.request(Effect::Prepare, method, Body::Json(Value::Object(arguments))).endpoint("send")
    }

    /// A call that would be seen twice.
    pub(super) fn write(&self, method: &str, arguments: Map<String, Value>) -> Request {
        self.request(Effect::Write, method, Body::Json(Value::Object(arguments)))
    }

    /// The same with files.
    pub(super) fn upload(&self, method: &str, arguments: Map<String, Value>, files: Vec<Part>) -> Request {
        let mut parts: Vec<Part> = arguments
            .into_iter()
            .map(|(name, value)| {
                let text = match value {
                    Value::String(text) => text,
                    other => other.to_string(),
                };
                Part { name, file: None, mime: None, bytes: text.into() }
            })
            .collect();
        parts.extend(files);
        self.request(Effect::Write, method, Body::Multipart(parts))
    }
}

/// The arguments of a call; what is `Null` is left out.
pub(super) fn arguments<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// `true`, or nothing at all.
pub(super) fn flag(set: bool) -> Value {
    if set { json!(true) } else { Value::Null }
}

#[derive(Deserialize)]
struct Envelope {
    ok: bool,
    #[serde(default)]
    result: Value,
    #[serde(default)]
    error_code: Option<u16>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Deserialize, Default)]
struct Parameters {
    retry_after: Option<i64>,
    migrate_to_chat_id: Option<i64>,
}

/// Reads an answer.
pub(super) fn open<T: DeserializeOwned>(
    reply: &Reply,
    effect: Effect,
    bot: &Bot<'_>,
    now: Timestamp,
) -> Result<T, Trouble> {
    if reply.status >= 500 {
        return Err(server_failed(effect).into());
    }
    if (300..400).contains(&reply.status) {
        return Err(NetError::Rejected { problem: Problem::error("telegram-server", "server") }.into());
    }
    let envelope: Result<Envelope, _> = serde_json::from_slice(&reply.body);
    if reply.status == 429 {
        let told = envelope.ok().and_then(|envelope| envelope.parameters.retry_after);
        let until = told.and_then(|seconds| now.checked_add(jiff::SignedDuration::from_secs(seconds.clamp(0, 86_400))).ok());
        let by_header = || reply.common_failure(effect, Scope::Channel, now);
        let limited = until.map(|until| NetError::RateLimited { scope: Scope::Channel, until });
        return Err(limited.or_else(by_header).unwrap_or(NetError::Transient { after: None }).into());
    }
    let Ok(envelope) = envelope else {
        return Err(match reply.status {
            200..300 => NetError::Protocol { detail: format!("status {}, not an answer of a bot", reply.status) },
            status => refusal::read(status, "", bot.token),
        }
        .into());
    };
    if let Some(chat) = envelope.parameters.migrate_to_chat_id {
        return Err(Trouble::Moved(chat));
    }
    if envelope.ok {
        return serde_json::from_value(envelope.result)
            .map_err(|_| NetError::Protocol { detail: "a result of another shape".to_owned() }.into());
    }
    if refusal::is_unchanged(&envelope.description) {
        return Err(Trouble::Unchanged);
    }
    let status = envelope.error_code.unwrap_or(reply.status);
    Err(refusal::read(status, &envelope.description, bot.token).into())
}

/// A message, as far as it matters here.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Message {
    pub(super) message_id: i64,
    #[serde(default)]
    pub(super) date: i64,
    pub(super) chat: Chat,
    pub(super) from: Option<User>,
    pub(super) sender_chat: Option<Chat>,
    #[serde(default)]
    pub(super) text: String,
    #[serde(default)]
    pub(super) caption: String,
    #[serde(default)]
    pub(super) is_automatic_forward: bool,
    pub(super) forward_origin: Option<Origin>,
    pub(super) reply_to_message: Option<Box<Message>>,
    pub(super) message_thread_id: Option<i64>,
}

/// A person or a bot.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct User {
    pub(super) id: i64,
    #[serde(default)]
    pub(super) first_name: String,
    #[serde(default)]
    pub(super) last_name: String,
    pub(super) username: Option<String>,
}

/// A chat.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Chat {
    pub(super) id: i64,
    #[serde(default, rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) title: String,
    pub(super) username: Option<String>,
    pub(super) linked_chat_id: Option<i64>,
    /// Only our own sandbox tells it.
    pub(super) sandbox_page: Option<String>,
}

/// Where a forwarded message comes from.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Origin {
    pub(super) chat: Option<Chat>,
    pub(super) message_id: Option<i64>,
}

/// What a bot may do in a chat.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Member {
    #[serde(default)]
    pub(super) status: String,
    pub(super) can_post_messages: Option<bool>,
    pub(super) can_send_messages: Option<bool>,
}

/// Something that happened.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Update {
    pub(super) update_id: i64,
    pub(super) message: Option<Message>,
    pub(super) message_reaction_count: Option<ReactionCount>,
}

/// How many reactions a message has.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ReactionCount {
    pub(super) chat: Chat,
    pub(super) message_id: i64,
    #[serde(default)]
    pub(super) reactions: Vec<Reaction>,
}

/// How many of one kind.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Reaction {
    #[serde(default)]
    pub(super) total_count: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    const BOT: Bot<'static> = Bot { server: "https://s.example", token: "1:secret" };

    fn told(status: u16, body: &str) -> String {
        let reply = Reply { status, headers: Vec::new(), body: Bytes::from(body.to_owned()) };
        match open::<Value>(&reply, Effect::Write, &BOT, Timestamp::UNIX_EPOCH) {
            Ok(value) => value.to_string(),
            Err(trouble) => format!("{trouble:?}"),
        }
    }

    #[test]
    fn answers() {
        let rows = [
            (200, r#"{"ok":true,"result":{"a":1}}"#, r#"{"a":1}"#),
            (
                429,
                r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 9","parameters":{"retry_after":9}}"#,
                "Failed(RateLimited { scope: Channel, until: 1970-01-01T00:00:09Z })",
            ),
            (429, "<html>", "Failed(RateLimited { scope: Channel, until: 1970-01-01T00:01:00Z })"),
            (
                400,
                r#"{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1002}}"#,
                "Moved(-1002)",
            ),
            (
                400,
                r#"{"ok":false,"description":"Bad Request: message is not modified: specified new message content is the same"}"#,
                "Unchanged",
            ),
            (502, "<html>", "Failed(Unknown)"),
        ];
        for (status, body, expected) in rows {
            assert_eq!(told(status, body), expected, "{body}");
        }
        assert!(told(200, "<html>").contains("Protocol"));
        assert!(told(404, "").contains("telegram-token"));
        assert!(told(413, "<html>").contains("telegram-file-large"));
    }

    #[test]
    fn the_token_is_in_the_path_and_nowhere_else() {
        let request = BOT.write("SendMessage", arguments([("text", json!("ж")), ("silent", Value::Null)]));
        assert_eq!(request.url, "https://s.example/bot1:secret/SendMessage");
        assert_eq!(request.body, Body::Json(json!({ "text": "ж" })));
        assert!(!format!("{request:?}").contains("secret"));
    }
}
