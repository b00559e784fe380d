//! The stream of updates of the played Telegram. Every number that the wall gives out is in order, so the number of
//! a comment, of a copied post or of a counted reaction is its update's number too.

use sarafan_domain::time::Timestamp;
use sarafan_network::play::{Wall, WallPost};
use serde_json::{Value, json};

use super::chats::{Chat, Kind};
use super::{Stage, object};

impl Stage<'_> {
    pub(super) fn updates(&mut self) -> Value {
        let offset = self.form.get("offset").and_then(|text| text.parse::<i64>().ok()).unwrap_or_default();
        let confirmed = self.wall.extra.get("confirmed").and_then(Value::as_i64).unwrap_or_default().max(offset);
        self.wall.extra = json!({ "confirmed": confirmed });
        let limit = self.form.get("limit").and_then(|text| text.parse().ok()).unwrap_or(100_usize).clamp(1, 100);
        let allowed = self.form.get("allowed_updates").unwrap_or_default().to_owned();
        let wanted = |kind: &str| allowed.contains(&format!("\"{kind}\""));
        count_reactions(self.wall);
        let mut all: Vec<(i64, Value)> = Vec::new();
        for post in &self.wall.posts {
            if allowed.is_empty() || wanted("message") {
                all.extend(self.copy(post));
                all.extend(self.comment(post));
            }
            // Only who asks for these is told.
            if wanted("message_reaction_count") {
                all.extend(reactions(post, self.now.as_second()));
            }
        }
        all.retain(|(number, _)| *number >= confirmed);
        all.sort_by_key(|(number, _)| *number);
        let shown = all.into_iter().take(limit).map(|(number, mut update)| {
            if let Some(map) = update.as_object_mut() {
                map.insert("update_id".to_owned(), json!(number));
            }
            update
        });
        shown.collect()
    }

    /// The copy of a channel's post in its discussion group.
    fn copy(&self, post: &WallPost) -> Option<(i64, Value)> {
        let number = post.extra.get("copy").and_then(Value::as_i64)?;
        Some((number, json!({ "message": self.copied(post)? })))
    }

    fn copied(&self, post: &WallPost) -> Option<Value> {
        let number = post.extra.get("copy").and_then(Value::as_i64)?;
        let channel = Chat::find(&json!(post.account.parse::<i64>().ok()?))?;
        let mut message = self.shown(post);
        let map = message.as_object_mut()?;
        let date = map.get("date").cloned().unwrap_or_default();
        map.insert("message_id".to_owned(), json!(number));
        map.insert("chat".to_owned(), channel.linked()?.brief());
        map.insert("from".to_owned(), json!({ "id": 777_000, "is_bot": false, "first_name": "Telegram" }));
        map.insert("is_automatic_forward".to_owned(), json!(true));
        let origin = json!({ "type": "channel", "chat": channel.brief(), "date": date,
            "message_id": post.id.parse::<i64>().ok()? });
        map.insert("forward_origin".to_owned(), origin);
        Some(message)
    }

    /// What a visitor wrote.
    fn comment(&self, post: &WallPost) -> Option<(i64, Value)> {
        if !post.visitor {
            return None;
        }
        let number: i64 = post.id.parse().ok()?;
        let home = Chat::find(&json!(post.account.parse::<i64>().ok()?))?;
        let chat = home.linked().unwrap_or(home);
        let answered = post.parent.as_deref().and_then(|id| self.wall.post(id));
        let reply = answered.map(|answered| match home.kind {
            Kind::Channel => self.copied(answered).unwrap_or_else(|| self.said(answered, chat)),
            Kind::Group => self.said(answered, chat),
        });
        let thread = answered.and_then(|answered| self.root(answered)).and_then(|root| root.extra.get("copy"));
        let mut message = self.said(post, chat);
        let map = message.as_object_mut()?;
        map.extend(reply.map(|reply| ("reply_to_message".to_owned(), reply)));
        map.extend(thread.map(|thread| ("message_thread_id".to_owned(), thread.clone())));
        Some((number, json!({ "message": message })))
    }

    /// A message that is not the channel's own.
    fn said(&self, post: &WallPost, chat: Chat) -> Value {
        let from = if post.visitor {
            json!({ "id": visitor(&post.author), "is_bot": false, "first_name": post.author })
        } else {
            self.me()
        };
        object(json!({ "message_id": post.id.parse::<i64>().unwrap_or_default(), "chat": chat.brief(), "from": from,
            "date": post.at.map_or(0, Timestamp::as_second), "text": post.text }))
    }

    fn root<'a>(&'a self, post: &'a WallPost) -> Option<&'a WallPost> {
        let mut post = post;
        while let Some(parent) = &post.parent {
            post = self.wall.post(parent)?;
        }
        Some(post)
    }
}

/// The same name is the same person.
fn visitor(name: &str) -> i64 {
    name.bytes().fold(5_000_000, |sum: i64, byte| (sum * 31 + i64::from(byte)) % 1_000_000_007) + 1_000_000
}

/// Gives a number to every change of reactions since the last look.
fn count_reactions(wall: &mut Wall) {
    let mut next = wall.last_id;
    for post in wall.posts.iter_mut().filter(|post| !post.visitor) {
        let now = post.reactions.len();
        let told = post.extra.get("reactions").and_then(|told| told.get("count")).and_then(Value::as_u64);
        if told.unwrap_or_default() != u64::try_from(now).unwrap_or_default() {
            next += 1;
            if let Some(extra) = post.extra.as_object_mut() {
                extra.insert("reactions".to_owned(), json!({ "count": now, "update": next }));
            }
        }
    }
    wall.last_id = next;
}

fn reactions(post: &WallPost, now: i64) -> Option<(i64, Value)> {
    let told = post.extra.get("reactions")?;
    let chat = Chat::find(&json!(super::posts::chat_of(post)))?;
    let count = told.get("count")?;
    let reactions = json!([{ "type": { "type": "emoji", "emoji": "👍" }, "total_count": count }]);
    let update = json!({ "message_reaction_count": { "chat": chat.brief(), "date": now,
        "message_id": post.id.parse::<i64>().ok()?, "reactions": reactions } });
    Some((told.get("update")?.as_i64()?, update))
}
