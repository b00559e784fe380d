//! What goes over the wire: requests out, answers in, refusals named by what to do next. Pure.

use sarafan_domain::delivery::Scope;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_network::http::{Effect, Reply, Request};
use sarafan_network::{Call, IdempotencyKey, NetError, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

/// Where it is spoken to, and with which token.
pub(super) struct Server<'a> {
    pub(super) root: &'a str,
    pub(super) token: &'a str,
}

/// An account.
#[derive(Deserialize)]
pub(super) struct Account {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) url: Option<String>,
}

/// A post that is out.
#[derive(Deserialize)]
pub(super) struct Post {
    pub(super) id: String,
    pub(super) url: Option<String>,
}

impl<'a> Server<'a> {
    /// The one a channel was connected with.
    pub(super) fn of(call: &'a Call<'a>) -> Self {
        let root = call.channel.facts.get("server").and_then(|root| root.as_str()).unwrap_or_default();
        Self { root, token: call.credential.expose() }
    }

    /// Whose token is it?
    pub(super) fn me(&self) -> Request {
        Request::get(format!("{}/me", self.root)).bearer(self.token)
    }

    /// Sends a post; the one irreversible request.
    pub(super) fn post(&self, text: &str, key: &IdempotencyKey) -> Request {
        Request::new(Effect::Write, "POST", format!("{}/posts", self.root))
            .bearer(self.token)
            .header("idempotency-key", key.0.clone())
            .json(json!({ "text": text }))
    }
}

/// Reads an answer.
pub(super) fn open<T: DeserializeOwned>(reply: &Reply, effect: Effect, now: Timestamp) -> Result<T> {
    if let Some(failure) = reply.common_failure(effect, Scope::Channel, now) {
        return Err(failure);
    }
    match reply.status {
        200..300 => reply.json(),
        401 | 403 => Err(NetError::Reconnect { reason: Problem::error("NETWORK-token", "token") }),
        404 => Err(NetError::Gone),
        400..500 => Err(NetError::Rejected { problem: Problem::error("NETWORK-refused", "text") }),
        status => Err(NetError::Protocol { detail: format!("status {status}") }),
    }
}
