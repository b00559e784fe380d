//! What is known of a connected chat, kept in `Channel::facts`, and the ids and addresses made from it.

use sarafan_domain::channel::Channel;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The official server.
pub(super) const OFFICIAL: &str = "https://api.telegram.org";

/// Facts of a chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Facts {
    /// Address of the Bot API server, without a slash at the end.
    pub(super) server: String,
    /// The chat, where it is known by number; a group that grows gets a new one.
    pub(super) chat: Option<i64>,
    /// `channel`, `supergroup` or `group`.
    pub(super) kind: String,
    /// Public name without `@`.
    pub(super) username: Option<String>,
    /// Where its messages can be looked at, if not at the official place: the sandbox has walls of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) page: Option<String>,
    /// The discussion group of a channel.
    pub(super) linked: Option<i64>,
    /// The bot itself.
    pub(super) bot: i64,
    /// Its name without `@`.
    pub(super) bot_name: String,
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            server: OFFICIAL.to_owned(),
            chat: None,
            kind: String::new(),
            username: None,
            page: None,
            linked: None,
            bot: 0,
            bot_name: String::new(),
        }
    }
}

impl Facts {
    /// Reads what was kept; defaults where nothing was.
    pub(super) fn read(value: &Value) -> Self {
        serde_json::from_value(value.clone()).unwrap_or_default()
    }

    /// Of a channel that is connected.
    pub(super) fn of(channel: &Channel) -> Self {
        let mut facts = Self::read(&channel.facts);
        facts.chat = facts.chat.or_else(|| channel.external_id.parse().ok());
        facts
    }

    pub(super) fn is_channel(&self) -> bool {
        self.kind == "channel"
    }

    /// Where a message can be seen by those who may see it.
    pub(super) fn url(&self, message: i64) -> Option<String> {
        if let Some(page) = &self.page {
            return Some(format!("{page}/{message}"));
        }
        match (&self.username, self.chat) {
            (Some(name), _) => Some(format!("https://t.me/{name}/{message}")),
            // Private channels and supergroups: their id without the -100 in front.
            (None, Some(chat)) => {
                let bare = chat.to_string().strip_prefix("-100")?.to_owned();
                Some(format!("https://t.me/c/{bare}/{message}"))
            }
            (None, None) => None,
        }
    }
}

/// A message: in the channel's own chat by its number, elsewhere as `chat:number`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) chat: i64,
    pub(super) message: i64,
}

impl Place {
    /// Reads an id; `home` is the channel's own chat.
    pub(super) fn read(id: &str, home: i64) -> Option<Self> {
        match id.split_once(':') {
            Some((chat, message)) => Some(Self { chat: chat.parse().ok()?, message: message.parse().ok()? }),
            None => Some(Self { chat: home, message: id.parse().ok()? }),
        }
    }

    /// Writes it.
    pub(super) fn id(self, home: i64) -> String {
        if self.chat == home { self.message.to_string() } else { format!("{}:{}", self.chat, self.message) }
    }
}

/// The chat that a person means: a number, a name, or the address of either.
pub(super) fn chat(typed: &str) -> Option<Value> {
    let typed = typed.trim();
    if let Ok(number) = typed.parse::<i64>() {
        return Some(Value::from(number));
    }
    let rest = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://")).unwrap_or(typed);
    let path = ["t.me/", "telegram.me/"].iter().find_map(|host| rest.strip_prefix(host));
    if let Some(private) = path.and_then(|path| path.strip_prefix("c/")) {
        let bare: u64 = private.split('/').next()?.parse().ok()?;
        return format!("-100{bare}").parse::<i64>().ok().map(Value::from);
    }
    let name = path.unwrap_or(rest).trim_start_matches("s/").trim_start_matches('@');
    let name = name.split(['/', '?']).next().unwrap_or_default();
    let good = (4..=32).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    good.then(|| Value::from(format!("@{name}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_chat_is_read_however_it_is_typed() {
        let rows = [
            ("-1001234567890", json!(-1_001_234_567_890_i64)),
            (" 42 ", json!(42)),
            ("@zerno_coffee", json!("@zerno_coffee")),
            ("zerno_coffee", json!("@zerno_coffee")),
            ("https://t.me/zerno_coffee", json!("@zerno_coffee")),
            ("t.me/s/zerno_coffee?before=3", json!("@zerno_coffee")),
            ("https://t.me/zerno_coffee/17", json!("@zerno_coffee")),
            ("https://t.me/c/1234567890/17", json!(-1_001_234_567_890_i64)),
        ];
        for (typed, expected) in rows {
            assert_eq!(chat(typed), Some(expected), "{typed}");
        }
        for typed in ["", "https://t.me/+AbCdEf", "кофе", "a b", "@x"] {
            assert_eq!(chat(typed), None, "{typed}");
        }
    }

    #[test]
    fn messages_have_addresses() {
        let public = Facts { username: Some("zerno".into()), chat: Some(-1001), ..Facts::default() };
        assert_eq!(public.url(7).as_deref(), Some("https://t.me/zerno/7"));
        let private = Facts { chat: Some(-1_001_234), ..Facts::default() };
        assert_eq!(private.url(7).as_deref(), Some("https://t.me/c/1234/7"));
        assert_eq!(Facts { chat: Some(-55), ..Facts::default() }.url(7), None);
    }

    #[test]
    fn ids_name_their_chat_only_where_it_is_another_one() {
        for (id, chat, message) in [("7", -1, 7), ("-2:8", -2, 8)] {
            let place = Place { chat, message };
            assert_eq!(Place::read(id, -1), Some(place));
            assert_eq!(place.id(-1), id);
        }
        assert_eq!(Place::read("x", -1), None);
    }
}
