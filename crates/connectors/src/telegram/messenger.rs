//! The bot through which people hear of what happens in the installation. Somebody opens its chat by a link with a word
//! in it; from then on it can write to them, and to nobody else.

use std::sync::OnceLock;

use async_trait::async_trait;
use sarafan_domain::time::Timestamp;
use sarafan_network::http::{Effect, Http};
use sarafan_network::messenger::{Greeting, Heard, Messenger};
use sarafan_network::{NetError, Secret};
use serde_json::{Value, json};

use super::facts::OFFICIAL;
use super::wire::{Bot, Message, Update, User, arguments, open};

/// A message has at most so many UTF-16 units.
const LONGEST: usize = 4096;

/// The bot of the installation.
pub struct Herald {
    server: String,
    token: Secret,
    /// Its name without `@`, once it was asked for.
    name: OnceLock<String>,
}

impl Herald {
    /// A bot by its token; `server` is empty for the official one.
    pub fn new(token: Secret, server: &str) -> Self {
        let server = server.trim().trim_end_matches('/');
        let server = if server.is_empty() { OFFICIAL } else { server }.to_owned();
        Self { server, token, name: OnceLock::new() }
    }

    fn bot(&self) -> Bot<'_> {
        Bot { server: &self.server, token: self.token.expose() }
    }
}

#[async_trait]
impl Messenger for Herald {
    fn title(&self) -> &'static str {
        super::ABOUT.title
    }

    async fn invite(&self, http: &dyn Http, word: &str, now: Timestamp) -> Result<String, NetError> {
        let name = match self.name.get() {
            Some(name) => name.clone(),
            None => {
                let bot = self.bot();
                let reply = http.send(bot.read("GetMe", json!({}))).await?;
                let me: User = open(&reply, Effect::Read, &bot, now)?;
                me.username.ok_or_else(|| NetError::Protocol { detail: "a bot without a name".to_owned() })?
            }
        };
        let name = self.name.get_or_init(|| name);
        Ok(format!("https://t.me/{name}?start={word}"))
    }

    async fn hear(&self, http: &dyn Http, from: i64, now: Timestamp) -> Result<Heard, NetError> {
        let bot = self.bot();
        let ask = json!({ "offset": from, "limit": 100, "timeout": 0, "allowed_updates": ["message"] });
        let reply = http.send(bot.read("GetUpdates", ask)).await?;
        let all: Vec<Update> = open(&reply, Effect::Read, &bot, now)?;
        let next = all.iter().map(|update| update.update_id.saturating_add(1)).fold(from, i64::max);
        let greetings = all.iter().filter_map(|update| greeting(update.message.as_ref()?)).collect();
        Ok(Heard { greetings, next })
    }

    async fn tell(&self, http: &dyn Http, chat: &str, text: &str, now: Timestamp) -> Result<(), NetError> {
        let bot = self.bot();
        for part in parts(text) {
            let quiet = json!({ "is_disabled": true });
            let message = [("chat_id", json!(chat)), ("text", json!(part)), ("link_preview_options", quiet)];
            let reply = http.send(bot.write("SendMessage", arguments(message))).await?;
            let sent: Result<Value, NetError> = open(&reply, Effect::Write, &bot, now).map_err(NetError::from);
            sent.map_err(|error| match error {
                // The bot was blocked, or the account is no more.
                NetError::Reconnect { reason } if reason.code == "telegram-out" => NetError::Gone,
                NetError::Rejected { problem } if problem.code == "telegram-chat-not-found" => NetError::Gone,
                other => other,
            })?;
        }
        Ok(())
    }
}

/// A word said to the bot in a chat of two.
fn greeting(message: &Message) -> Option<Greeting> {
    let said = message.text.trim();
    let word = said.strip_prefix("/start").map_or(said, str::trim);
    if message.chat.kind != "private" || word.is_empty() {
        return None;
    }
    let from = message.from.as_ref()?;
    let name = match &from.username {
        Some(username) => format!("@{username}"),
        None => format!("{} {}", from.first_name, from.last_name).trim().to_owned(),
    };
    Some(Greeting { word: word.to_owned(), chat: message.chat.id.to_string(), name })
}

/// The text in messages that are not too long, cut between lines where that is possible.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        let units = line.encode_utf16().count();
        if length > 0 && length + units > LONGEST {
            parts.push(String::new());
            length = 0;
        }
        for sign in line.chars() {
            if length + sign.len_utf16() > LONGEST {
                parts.push(String::new());
                length = 0;
            }
            length += sign.len_utf16();
            if let Some(part) = parts.last_mut() {
                part.push(sign);
            }
        }
    }
    parts.into_iter().map(|part| part.trim_end().to_owned()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use sarafan_network::http::{Body, HttpError, Reply, Request};

    use super::*;

    /// Answers in order, and what was asked.
    struct Line(Mutex<(Vec<(u16, Value)>, Vec<(String, Value)>)>);

    impl Line {
        fn of(answers: &[(u16, Value)]) -> Self {
            Self(Mutex::new((answers.iter().rev().cloned().collect(), Vec::new())))
        }
    }

    #[async_trait]
    impl Http for Line {
        async fn send(&self, request: Request) -> Result<Reply, HttpError> {
            let mut line = self.0.lock().unwrap();
            let Body::Json(body) = request.body else { panic!("not JSON") };
            line.1.push((request.url, body));
            let (status, body) = line.0.pop().ok_or(HttpError::NotSent)?;
            Ok(Reply { status, headers: Vec::new(), body: body.to_string().into() })
        }
    }

    fn herald() -> Herald {
        Herald::new(Secret::new("1:secret".to_owned()), "https://s.example/")
    }

    fn now() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    #[tokio::test]
    async fn the_link_says_the_word_to_the_bot() {
        let me = json!({ "ok": true, "result": { "id": 1, "is_bot": true, "first_name": "S", "username": "news_bot" } });
        let (line, herald) = (Line::of(&[(200, me)]), herald());
        for _ in 0..2 {
            let link = herald.invite(&line, "abc", now()).await.unwrap();
            assert_eq!(link, "https://t.me/news_bot?start=abc", "asked for its name once");
        }
    }

    #[tokio::test]
    async fn words_are_heard_in_private_chats_only() {
        let message = |id: i64, kind: &str, text: &str| {
            let from = json!({ "id": 5, "first_name": "Anna", "username": "anna" });
            let chat = json!({ "id": 5, "type": kind });
            json!({ "update_id": id, "message": { "message_id": id, "date": 0, "chat": chat, "from": from, "text": text } })
        };
        let result = [
            message(7, "private", "/start abc"),
            message(8, "group", "/start def"),
            message(9, "private", "/start"),
            message(10, "private", " ghi "),
        ];
        let line = Line::of(&[(200, json!({ "ok": true, "result": result }))]);
        let heard = herald().hear(&line, 3, now()).await.unwrap();
        let words: Vec<_> = heard.greetings.iter().map(|one| (one.word.as_str(), one.chat.as_str())).collect();
        assert_eq!((words, heard.next), (vec![("abc", "5"), ("ghi", "5")], 11));
        assert_eq!(heard.greetings[0].name, "@anna");
        assert_eq!(line.0.lock().unwrap().1[0].1["offset"], 3);
    }

    #[tokio::test]
    async fn who_blocked_the_bot_is_gone_and_a_wrong_token_is_not() {
        let sent = json!({ "ok": true, "result": { "message_id": 1, "date": 0, "chat": { "id": 5 } } });
        let refused = |status: u16, words: &str| (status, json!({ "ok": false, "error_code": status, "description": words }));
        let rows = [
            ((200, sent), "ok"),
            (refused(403, "Forbidden: bot was blocked by the user"), "gone"),
            (refused(403, "Forbidden: user is deactivated"), "gone"),
            (refused(400, "Bad Request: chat not found"), "gone"),
            (refused(401, "Unauthorized"), "other"),
            (refused(500, "Internal"), "other"),
        ];
        for (answer, expected) in rows {
            let line = Line::of(std::slice::from_ref(&answer));
            let said = match herald().tell(&line, "5", "Hello", now()).await {
                Ok(()) => "ok",
                Err(NetError::Gone) => "gone",
                Err(error) => {
                    assert!(!format!("{error:?}").contains("1:secret"));
                    "other"
                }
            };
            assert_eq!(said, expected, "{answer:?}");
        }
    }

    #[test]
    fn a_long_text_goes_in_several_messages() {
        let line = "x".repeat(3000);
        let rows = [("short".to_owned(), vec![5]), (format!("{line}\n{line}\n"), vec![3000, 3000]), ("x".repeat(5000), vec![4096, 904])];
        for (text, expected) in rows {
            assert_eq!(parts(&text).iter().map(String::len).collect::<Vec<_>>(), expected);
        }
    }
}
