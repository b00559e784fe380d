//! Telegram as the sandbox plays it: the Bot API with a channel, its discussion group and a group of its own.
//!
//! Limits and sentences are those of the official server as far as they are known; what is not played answers "method
//! not found". Besides `@sandbox_channel` and `@sandbox_group` there are as many channels `@sandbox_channel_1`,
//! `@sandbox_channel_2`, ... as somebody asks for. Rate limits come from the faults of the sandbox alone, because
//! Telegram does not publish its own.

use std::collections::BTreeMap;

use bytes::Bytes;
use sarafan_domain::time::Timestamp;
use sarafan_network::play::{Answer, Asked, Form, Player, Wall, WallPost};
use serde_json::{Map, Value, json};

use super::Telegram;

mod chats;
mod posts;
mod updates;

use chats::{Chat, Kind};

const TOKEN: &str = "700001:sandbox-token-of-the-telegram-bot";

/// A refusal: status and sentence.
struct Refusal(u16, String);

type Played = Result<Value, Refusal>;

fn bad(sentence: &str) -> Refusal {
    Refusal(400, format!("Bad Request: {sentence}"))
}

impl Player for Telegram {
    fn id(&self) -> &'static str {
        "telegram"
    }

    fn title(&self) -> &'static str {
        "Telegram"
    }

    fn form(&self, root: &str) -> BTreeMap<String, String> {
        let pairs = [("token", TOKEN), ("chat", "@sandbox_channel"), ("server", root)];
        pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    fn accounts(&self) -> Vec<(String, String)> {
        [Chat::CHANNEL, Chat::GROUP].into_iter().map(|chat| (chat.id.to_string(), chat.title())).collect()
    }

    fn answer(&self, wall: &mut Wall, asked: &Asked, now: Timestamp) -> Answer {
        let Some((token, method)) = place(&asked.path) else { return refusal(404, "Not Found") };
        let known = token.split_once(':').is_some_and(|(id, secret)| id.parse::<i64>().is_ok() && !secret.is_empty());
        if !known || wall.expired.iter().any(|ended| ended == token) {
            return self.expired();
        }
        let bot = token.split(':').next().and_then(|id| id.parse().ok()).unwrap_or_default();
        let form = asked.form();
        let mut stage = Stage { wall, form: &form, bot, root: &asked.root, now };
        match stage.call(&method.to_ascii_lowercase()) {
            Ok(result) => Answer::json(200, &json!({ "ok": true, "result": result })),
            Err(Refusal(status, sentence)) => refusal(status, &sentence),
        }
    }

    fn rate_limited(&self, seconds: u64) -> Answer {
        let sentence = format!("Too Many Requests: retry after {seconds}");
        let mut answer = Answer::json(
            429,
            &json!({ "ok": false, "error_code": 429, "description": sentence, "parameters": { "retry_after": seconds } }),
        );
        answer.headers.push(("retry-after".to_owned(), seconds.to_string()));
        answer
    }

    fn expired(&self) -> Answer {
        refusal(401, "Unauthorized")
    }

    fn publishes(&self, asked: &Asked) -> bool {
        place(&asked.path).is_some_and(|(_, method)| method.to_ascii_lowercase().starts_with("send"))
    }
}

/// Token and method in `/bot<token>/<method>`.
fn place(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix("/bot")?.split_once('/')
}

fn refusal(status: u16, sentence: &str) -> Answer {
    Answer::json(status, &json!({ "ok": false, "error_code": status, "description": sentence }))
}

/// One call of a method.
struct Stage<'a> {
    wall: &'a mut Wall,
    form: &'a Form,
    bot: i64,
    root: &'a str,
    now: Timestamp,
}

impl Stage<'_> {
    fn call(&mut self, method: &str) -> Played {
        match method {
            "getme" => Ok(self.me()),
            "getchat" => self.chat().map(|chat| chat.full(self.root)),
            "getchatmember" => self.member(),
            "getchatmembercount" => {
                let chat = self.chat()?;
                // The bot is a member too.
                Ok(json!(self.wall.followers.get(&chat.id.to_string()).map_or(0, Vec::len) + 1))
            }
            "sendmessage" => self.send_text(),
            "sendphoto" => self.send_file("photo"),
            "sendvideo" => self.send_file("video"),
            "sendanimation" => self.send_file("animation"),
            "senddocument" => self.send_file("document"),
            "sendmediagroup" => self.send_album(),
            "sendpoll" => self.send_poll(),
            "editmessagetext" => self.edit("text"),
            "editmessagecaption" => self.edit("caption"),
            "deletemessage" => self.delete(),
            "deletemessages" => self.delete_several(),
            "pinchatmessage" => self.pin(true),
            "unpinchatmessage" => self.pin(false),
            "getupdates" => Ok(self.updates()),
            _ => Err(Refusal(404, "Not Found: method not found".to_owned())),
        }
    }

    fn me(&self) -> Value {
        json!({ "id": self.bot, "is_bot": true, "first_name": "Sandbox bot", "username": "sarafan_sandbox_bot",
            "can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": false })
    }

    fn chat(&self) -> Result<Chat, Refusal> {
        self.form.json("chat_id").and_then(|typed| Chat::find(&typed)).ok_or_else(|| bad("chat not found"))
    }

    fn member(&self) -> Played {
        let chat = self.chat()?;
        let user = self.number("user_id")?;
        if user != self.bot {
            return Ok(json!({ "status": "left", "user": { "id": user, "is_bot": false, "first_name": "Somebody" } }));
        }
        let post = if chat.kind == Kind::Channel { json!(true) } else { Value::Null };
        Ok(json!({ "status": "administrator", "user": self.me(), "can_be_edited": false, "is_anonymous": false,
            "can_manage_chat": true, "can_delete_messages": true, "can_post_messages": post,
            "can_edit_messages": post, "can_pin_messages": true }))
    }

    fn number(&self, name: &str) -> Result<i64, Refusal> {
        let value = self.form.get(name).and_then(|text| text.parse().ok());
        value.ok_or_else(|| bad(&format!("invalid {name} specified")))
    }

    /// The message of this call, in its chat.
    fn message(&mut self, name: &str, missing: &str) -> Result<&mut WallPost, Refusal> {
        let chat = self.chat()?.id;
        let id = self.number(name)?.to_string();
        let found = self.wall.post_mut(&id).filter(|post| posts::chat_of(post) == chat && !post.visitor);
        found.ok_or_else(|| bad(missing))
    }

    fn edit(&mut self, what: &str) -> Played {
        let (max, long) =
            if what == "text" { (4096, "message is too long") } else { (1024, "message caption is too long") };
        let text = self.form.get(what).unwrap_or_default().trim().to_owned();
        if text.is_empty() && what == "text" {
            return Err(bad("message text is empty"));
        }
        if text.encode_utf16().count() > max {
            return Err(bad(long));
        }
        let buttons = posts::buttons(self.form)?;
        let now = self.now;
        let post = self.message("message_id", "message to edit not found")?;
        if !post.poll.is_empty() {
            return Err(bad("message can't be edited"));
        }
        if (what == "text") != post.media.is_empty() {
            return Err(bad(&format!("there is no {what} in the message to edit")));
        }
        let same = post.text == text && post.extra.get("buttons") == Some(&buttons);
        if same {
            let sentence = "message is not modified: specified new message content and reply markup are exactly the \
                            same as a current content and reply markup of the message";
            return Err(bad(sentence));
        }
        post.text = text;
        post.edited_at = Some(now);
        if let Some(extra) = post.extra.as_object_mut() {
            extra.insert("buttons".to_owned(), buttons);
        }
        let post = post.clone();
        Ok(self.shown(&post))
    }

    fn delete(&mut self) -> Played {
        let id = self.message("message_id", "message to delete not found")?.id.clone();
        self.remove(&id);
        Ok(json!(true))
    }

    fn delete_several(&mut self) -> Played {
        let chat = self.chat()?.id;
        let ids = self.form.json("message_ids").and_then(|ids| ids.as_array().cloned()).unwrap_or_default();
        if ids.is_empty() || ids.len() > 100 {
            return Err(bad("message identifiers are not specified"));
        }
        for id in ids {
            let id = id.to_string();
            if self.wall.post(&id).is_some_and(|post| posts::chat_of(post) == chat) {
                self.remove(&id);
            }
        }
        Ok(json!(true))
    }

    /// What was said under a post goes with it.
    fn remove(&mut self, id: &str) {
        let mut gone = vec![id.to_owned()];
        for post in &self.wall.posts {
            if post.parent.as_ref().is_some_and(|parent| gone.contains(parent)) {
                gone.push(post.id.clone());
            }
        }
        self.wall.posts.retain(|post| !gone.contains(&post.id));
    }

    fn pin(&mut self, pinned: bool) -> Played {
        let chat = self.chat()?.id;
        let id = self.number("message_id")?.to_string();
        let post = self.wall.post_mut(&id).filter(|post| posts::chat_of(post) == chat);
        post.ok_or_else(|| bad("message to pin not found"))?.pinned = pinned;
        Ok(json!(true))
    }
}

/// An object without what is `Null`.
fn object(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(map.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>()),
        other => other,
    }
}

/// Kept for the wall: what a file is by its first bytes.
fn sniff(bytes: &Bytes) -> &'static str {
    match bytes.as_ref() {
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "video/mp4",
        [b'%', b'P', b'D', b'F', ..] => "application/pdf",
        _ => "application/octet-stream",
    }
}
