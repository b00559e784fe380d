//! The chats of the played Telegram.

use serde_json::{Value, json};

use super::object;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Channel,
    Group,
}

/// A chat. Every channel has a discussion group of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chat {
    pub(super) id: i64,
    pub(super) kind: Kind,
}

/// Discussion groups are so far from their channels.
const DISCUSSION: i64 = 1_000_000_000;
const FIRST: i64 = -1_002_000_000_000;

impl Chat {
    pub(super) const CHANNEL: Self = Self { id: FIRST, kind: Kind::Channel };
    pub(super) const GROUP: Self = Self { id: -1_001_999_999_999, kind: Kind::Group };

    /// By number or `@name`.
    pub(super) fn find(typed: &Value) -> Option<Self> {
        if let Some(id) = typed.as_i64() {
            return Self::by_id(id);
        }
        match typed.as_str()?.strip_prefix('@')? {
            "sandbox_channel" => Some(Self::CHANNEL),
            "sandbox_group" => Some(Self::GROUP),
            name => {
                let number: i64 = name.strip_prefix("sandbox_channel_")?.parse().ok()?;
                (0 < number && number < DISCUSSION).then(|| Self { id: FIRST - number, kind: Kind::Channel })
            }
        }
    }

    fn by_id(id: i64) -> Option<Self> {
        match FIRST - id {
            number if (0..DISCUSSION).contains(&number) => Some(Self { id, kind: Kind::Channel }),
            number if (DISCUSSION..2 * DISCUSSION).contains(&number) => Some(Self { id, kind: Kind::Group }),
            _ => (id == Self::GROUP.id).then_some(Self::GROUP),
        }
    }

    /// The discussion group of a channel.
    pub(super) fn linked(self) -> Option<Self> {
        (self.kind == Kind::Channel).then(|| Self { id: self.id - DISCUSSION, kind: Kind::Group })
    }

    /// The channel of a discussion group.
    pub(super) fn of_discussion(self) -> Option<Self> {
        let channel = self.id + DISCUSSION;
        (self.kind == Kind::Group && self != Self::GROUP).then_some(Self { id: channel, kind: Kind::Channel })
    }

    /// Where on the wall its messages are shown: a discussion is shown under its channel.
    pub(super) fn account(self) -> String {
        self.of_discussion().unwrap_or(self).id.to_string()
    }

    pub(super) fn title(self) -> String {
        match (self, self.of_discussion(), FIRST - self.id) {
            (Self::CHANNEL, ..) => "Sandbox channel".to_owned(),
            (Self::GROUP, ..) => "Sandbox group".to_owned(),
            (_, Some(channel), _) => format!("{}: discussion", channel.title()),
            (_, None, number) => format!("Sandbox channel {number}"),
        }
    }

    fn username(self) -> Option<String> {
        match (self, self.of_discussion(), FIRST - self.id) {
            (Self::CHANNEL, ..) => Some("sandbox_channel".to_owned()),
            (Self::GROUP, ..) => Some("sandbox_group".to_owned()),
            (_, Some(_), _) => None,
            (_, None, number) => Some(format!("sandbox_channel_{number}")),
        }
    }

    /// As it stands in messages.
    pub(super) fn brief(self) -> Value {
        let kind = if self.kind == Kind::Channel { "channel" } else { "supergroup" };
        object(json!({ "id": self.id, "type": kind, "title": self.title(), "username": self.username() }))
    }

    /// As `getChat` shows it.
    pub(super) fn full(self, root: &str) -> Value {
        let mut full = self.brief();
        if let Some(map) = full.as_object_mut() {
            map.insert("accent_color_id".to_owned(), json!(0));
            map.insert("max_reaction_count".to_owned(), json!(11));
            map.insert("sandbox_page".to_owned(), json!(format!("{root}/{}", self.username().unwrap_or_default())));
            let linked = self.linked().or_else(|| self.of_discussion());
            map.extend(linked.map(|chat| ("linked_chat_id".to_owned(), json!(chat.id))));
        }
        full
    }
}
