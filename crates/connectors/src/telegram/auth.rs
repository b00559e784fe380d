//! Connecting a bot to a chat, and looking whether it may still write there.

use std::collections::BTreeMap;

use async_trait::async_trait;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_network::http::{Effect, Http, Reply};
use sarafan_network::{Auth, Call, Candidate, Connecting, Identity, NetError, Opening, Result, Secret};
use serde_json::{Value, json};

use super::Telegram;
use crate::address;
use super::facts::{self, Facts};
use super::wire::{Bot, Chat, Member, Trouble, User, open};

#[async_trait]
impl Auth for Telegram {
    async fn connect(&self, opening: &Opening<'_>, form: &BTreeMap<String, String>) -> Result<Connecting> {
        let typed = |key: &str| form.get(key).map(|value| value.trim()).unwrap_or_default();
        let token = typed("token");
        if !is_token(token) {
            return Err(NetError::Rejected { problem: Problem::error("telegram-token", "token") });
        }
        let chat = facts::chat(typed("chat"))
            .ok_or_else(|| NetError::Rejected { problem: Problem::error("telegram-chat-typed", "chat") })?;
        let server = match typed("server") {
            "" => facts::OFFICIAL.to_owned(),
            server => address::server(server)
                .ok_or_else(|| NetError::Rejected { problem: Problem::error("telegram-server", "server") })?,
        };
        let bot = Bot { server: &server, token };
        let found = look(opening.http, &bot, chat, opening.now).await.map_err(in_form)?;
        Ok(Connecting::Choose(vec![Candidate {
            external_id: found.facts.chat.map(|chat| chat.to_string()).unwrap_or_default(),
            name: found.name,
            handle: found.handle,
            url: found.url,
            facts: json!(found.facts),
            credential: Secret::new(token),
            expires_at: None,
        }]))
    }

    async fn whoami(&self, call: &Call<'_>) -> Result<Identity> {
        let kept = Facts::of(call.channel);
        let bot = Bot { server: &kept.server, token: call.credential.expose() };
        let chat = kept.chat.map_or_else(|| Value::from(call.channel.external_id.as_str()), Value::from);
        let found = look(call.http, &bot, chat, call.now).await?;
        Ok(Identity { name: found.name, handle: found.handle, url: found.url, facts: json!(found.facts) })
    }
}

/// Tokens go into the path of an address, so nothing else may be in them.
fn is_token(token: &str) -> bool {
    token.split_once(':').is_some_and(|(id, secret)| {
        let id_good = !id.is_empty() && id.chars().all(|c| c.is_ascii_digit());
        id_good && !secret.is_empty() && secret.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    })
}

/// While nothing is connected, what would ask for a new connection points at what was typed.
fn in_form(error: NetError) -> NetError {
    match error {
        NetError::Reconnect { reason } => NetError::Rejected { problem: reason },
        NetError::Rejected { mut problem } if problem.field == "channel" => {
            problem.field = "chat".into();
            NetError::Rejected { problem }
        }
        other => other,
    }
}

struct Found {
    name: String,
    handle: String,
    url: Option<String>,
    facts: Facts,
}

async fn look(http: &dyn Http, bot: &Bot<'_>, chat: Value, now: Timestamp) -> Result<Found> {
    let me: User = open(&http.send(bot.read("GetMe", json!({}))).await?, Effect::Read, bot, now)?;
    let mut chat = chat;
    let shown: Chat = loop {
        let reply = http.send(bot.read("GetChat", json!({ "chat_id": chat }))).await?;
        if is_unknown(&reply) {
            break typed_chat(&chat)?;
        }
        match open(&reply, Effect::Read, bot, now) {
            Ok(shown) => break shown,
            Err(Trouble::Moved(to)) if chat != to => chat = Value::from(to),
            Err(trouble) => return Err(trouble.into()),
        }
    };
    let member = json!({ "chat_id": shown.id, "user_id": me.id });
    let reply = http.send(bot.read("GetChatMember", member)).await?;
    if !is_unknown(&reply) {
        may_write(&open::<Member>(&reply, Effect::Read, bot, now)?, &shown)?;
    }
    let facts = Facts {
        server: bot.server.to_owned(),
        chat: Some(shown.id),
        kind: shown.kind,
        username: shown.username.clone(),
        page: shown.sandbox_page,
        linked: shown.linked_chat_id,
        bot: me.id,
        bot_name: me.username.unwrap_or_default(),
    };
    let handle = shown.username.map(|name| format!("@{name}")).unwrap_or_default();
    let url = facts.page.clone().or_else(|| facts.username.as_ref().map(|name| format!("https://t.me/{name}")));
    let name = if shown.title.is_empty() { shown.id.to_string() } else { shown.title };
    Ok(Found { name, handle, url, facts })
}

/// Does the server not know this method? Emulators (teremock 0.5.5) lack some; then what was typed is believed.
fn is_unknown(reply: &Reply) -> bool {
    reply.status == 500 && String::from_utf8_lossy(&reply.body).contains("not yet implemented")
}

fn typed_chat(chat: &Value) -> Result<Chat> {
    let id = chat
        .as_i64()
        .ok_or_else(|| NetError::Rejected { problem: Problem::error("telegram-chat-not-found", "chat") })?;
    Ok(Chat { id, kind: String::new(), title: String::new(), username: None, linked_chat_id: None, sandbox_page: None })
}

fn may_write(member: &Member, chat: &Chat) -> Result<()> {
    let may = match (chat.kind.as_str(), member.status.as_str()) {
        ("channel", "administrator") => member.can_post_messages.unwrap_or(true),
        ("channel", status) => status == "creator",
        (_, "restricted") => member.can_send_messages.unwrap_or(false),
        (_, status) => matches!(status, "administrator" | "member" | "creator"),
    };
    if may {
        return Ok(());
    }
    let code = if chat.kind == "channel" { "telegram-not-admin" } else { "telegram-not-member" };
    Err(NetError::Reconnect { reason: Problem::error(code, "channel") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_cannot_change_the_path() {
        assert!(is_token("123456:AA-bb_CC"));
        for bad in ["", "123456", "a:b", "1:", "1:a/b", "1:a?b", "1:а", "1:a b"] {
            assert!(!is_token(bad), "{bad}");
        }
    }

    #[test]
    fn rights() {
        let member = |status: &str, post: Option<bool>, send: Option<bool>| Member {
            status: status.into(),
            can_post_messages: post,
            can_send_messages: send,
        };
        let chat = |kind: &str| Chat {
            id: 1,
            kind: kind.into(),
            title: String::new(),
            username: None,
            linked_chat_id: None,
            sandbox_page: None,
        };
        let rows = [
            ("channel", member("administrator", Some(true), None), true),
            ("channel", member("administrator", Some(false), None), false),
            ("channel", member("member", None, None), false),
            ("channel", member("left", None, None), false),
            ("supergroup", member("member", None, None), true),
            ("supergroup", member("restricted", None, Some(false)), false),
            ("supergroup", member("restricted", None, Some(true)), true),
            ("group", member("kicked", None, None), false),
        ];
        for (kind, member, expected) in rows {
            assert_eq!(may_write(&member, &chat(kind)).is_ok(), expected, "{kind} {member:?}");
        }
    }
}
