//! Messages, albums and polls of the played Telegram: what is refused, what lands on the wall, what is answered.

use bytes::Bytes;
use sarafan_domain::text;
use sarafan_domain::time::Timestamp;
use sarafan_network::play::{Form, WallFile, WallPost};
use serde_json::{Value, json};

use super::chats::{Chat, Kind};
use super::{Played, Refusal, Stage, bad, object, sniff};

/// The chat a message stands in: a comment is shown on its channel's wall and stands in the discussion group.
pub(super) fn chat_of(post: &WallPost) -> i64 {
    let kept = post.extra.get("chat").and_then(Value::as_i64);
    kept.or_else(|| post.account.parse().ok()).unwrap_or_default()
}

/// The keyboard of a call, checked.
pub(super) fn buttons(form: &Form) -> Result<Value, Refusal> {
    let Some(markup) = form.json("reply_markup") else { return Ok(Value::Null) };
    let rows = markup.get("inline_keyboard").and_then(Value::as_array).ok_or_else(|| bad("object expected as reply markup"))?;
    for button in rows.iter().flat_map(|row| row.as_array().into_iter().flatten()) {
        let url = button.get("url").and_then(Value::as_str).unwrap_or_default();
        if button.get("text").and_then(Value::as_str).is_none_or(str::is_empty) {
            return Err(bad("BUTTON_TEXT_INVALID"));
        }
        if !["https://", "http://", "tg://"].iter().any(|scheme| url.starts_with(scheme)) {
            return Err(bad("BUTTON_URL_INVALID"));
        }
    }
    Ok(json!(rows))
}

impl Stage<'_> {
    pub(super) fn send_text(&mut self) -> Played {
        let chat = self.chat()?;
        let text = self.form.get("text").unwrap_or_default().trim().to_owned();
        if text.is_empty() {
            return Err(bad("message text is empty"));
        }
        if text.encode_utf16().count() > 4096 {
            return Err(bad("message is too long"));
        }
        self.put(chat, WallPost { text, ..WallPost::default() })
    }

    pub(super) fn send_file(&mut self, kind: &str) -> Played {
        let chat = self.chat()?;
        let text = self.caption(self.form.get("caption"))?;
        let file = self.form.file(kind).ok_or_else(|| bad(&format!("there is no {kind} in the request")))?;
        let media = self.keep(kind, &file.bytes)?;
        self.put(chat, WallPost { text, media: vec![(media, String::new())], ..WallPost::default() })
    }

    pub(super) fn send_album(&mut self) -> Played {
        let chat = self.chat()?;
        let items = self.form.json("media").and_then(|media| media.as_array().cloned()).unwrap_or_default();
        if items.is_empty() {
            return Err(bad("there are no messages to send"));
        }
        if !(2..=10).contains(&items.len()) {
            return Err(bad("wrong number of messages in an album"));
        }
        let kind_of = |item: &Value| item.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        let documents = items.iter().filter(|item| kind_of(item) == "document").count();
        if documents > 0 && documents < items.len() {
            return Err(bad("document can't be mixed with other media types"));
        }
        let mut posts = Vec::new();
        for item in &items {
            let kind = kind_of(item);
            if !matches!(kind.as_str(), "photo" | "video" | "document") {
                return Err(bad("media type is unsupported"));
            }
            let text = self.caption(item.get("caption").and_then(Value::as_str))?;
            let name = item.get("media").and_then(Value::as_str).and_then(|media| media.strip_prefix("attach://"));
            let file = name.and_then(|name| self.form.file(name)).ok_or_else(|| bad("wrong file identifier/HTTP URL specified"))?;
            let media = self.keep(&kind, &file.bytes)?;
            posts.push(WallPost { text, media: vec![(media, String::new())], ..WallPost::default() });
        }
        let pictures: Vec<_> = posts.iter().flat_map(|post| post.media.clone()).collect();
        let first = self.wall.posts.len();
        let shown: Result<Vec<Value>, Refusal> = posts.into_iter().map(|post| self.put(chat, post)).collect();
        let shown = shown?;
        self.as_one(first, pictures);
        Ok(Value::Array(shown))
    }

    /// A visitor sees an album as one post with all pictures; the others stand behind it.
    fn as_one(&mut self, first: usize, pictures: Vec<(String, String)>) {
        let mut album = self.wall.posts.iter_mut().skip(first);
        let Some(head) = album.next() else { return };
        head.media = pictures;
        for rest in album {
            if let Some(extra) = rest.extra.as_object_mut() {
                extra.insert("part_of".to_owned(), json!(head.id));
            }
        }
    }

    pub(super) fn send_poll(&mut self) -> Played {
        let chat = self.chat()?;
        let question = self.form.get("question").unwrap_or_default().trim().to_owned();
        let length = question.encode_utf16().count();
        if length == 0 {
            return Err(bad("poll question must be non-empty"));
        }
        if length > 300 {
            return Err(bad("poll question length must not exceed 300"));
        }
        let options = self.form.json("options").and_then(|options| options.as_array().cloned()).unwrap_or_default();
        let options: Vec<String> = options
            .iter()
            .filter_map(|option| option.get("text").and_then(Value::as_str).map(|text| text.trim().to_owned()))
            .collect();
        if options.is_empty() {
            return Err(bad("poll must have at least 1 option"));
        }
        if options.len() > 12 {
            return Err(bad("poll can't have more than 12 options"));
        }
        if options.iter().any(|option| option.is_empty() || option.encode_utf16().count() > 100) {
            return Err(bad("poll options length must not exceed 100"));
        }
        let period = self.form.get("open_period").map(str::parse::<u32>);
        if period.is_some_and(|period| !period.is_ok_and(|period| (5..=2_628_000).contains(&period))) {
            return Err(bad("poll open period is invalid"));
        }
        if chat.kind == Kind::Channel && self.form.get("is_anonymous") == Some("false") {
            return Err(bad("non-anonymous polls can't be sent to channel chats"));
        }
        let poll = options.into_iter().map(|option| (option, 0)).collect();
        self.put(chat, WallPost { text: question, poll, ..WallPost::default() })
    }

    fn caption(&self, caption: Option<&str>) -> Result<String, Refusal> {
        let text = caption.unwrap_or_default().trim();
        if text.encode_utf16().count() > 1024 { Err(bad("message caption is too long")) } else { Ok(text.to_owned()) }
    }

    /// Takes a file if the network would, and gives its id.
    fn keep(&mut self, kind: &str, bytes: &Bytes) -> Result<String, Refusal> {
        if bytes.is_empty() {
            return Err(bad("file must be non-empty"));
        }
        let mime = sniff(bytes);
        let largest = if kind == "photo" { 10 << 20 } else { 50 << 20 };
        if bytes.len() > largest {
            return Err(Refusal(413, "Request Entity Too Large".to_owned()));
        }
        if kind == "photo" {
            let (width, height) = size(bytes).ok_or_else(|| bad("IMAGE_PROCESS_FAILED"))?;
            let (long, short) = (width.max(height), width.min(height).max(1));
            if width + height > 10_000 || long > short * 20 {
                return Err(bad("PHOTO_INVALID_DIMENSIONS"));
            }
        }
        let id = format!("file{}", self.wall.next_id());
        let extra = json!({ "kind": kind });
        self.wall.files.insert(id.clone(), WallFile { mime: mime.to_owned(), bytes: bytes.clone(), extra });
        Ok(id)
    }

    /// Puts a message on the wall and answers with it.
    fn put(&mut self, chat: Chat, post: WallPost) -> Played {
        let buttons = buttons(self.form)?;
        let parent = self.answered(chat)?;
        let id = self.wall.next_id();
        let mut extra = json!({ "chat": chat.id, "buttons": buttons, "bot": self.bot,
            "silent": self.form.get("disable_notification") == Some("true"),
            "protected": self.form.get("protect_content") == Some("true") });
        // Telegram copies what a channel posts into its discussion group.
        if chat.kind == Kind::Channel
            && let Some(map) = extra.as_object_mut()
        {
            map.insert("copy".to_owned(), json!(self.wall.next_id()));
        }
        let author = if chat.kind == Kind::Channel { chat.title() } else { "Sandbox bot".to_owned() };
        let post =
            WallPost { id: id.to_string(), account: chat.account(), parent, author, at: Some(self.now), extra, ..post };
        let shown = self.shown(&post);
        self.wall.posts.push(post);
        Ok(shown)
    }

    /// What this call answers: in a discussion, the copy of a post stands for the post.
    fn answered(&self, chat: Chat) -> Result<Option<String>, Refusal> {
        let Some(parameters) = self.form.json("reply_parameters") else { return Ok(None) };
        let id = parameters.get("message_id").and_then(Value::as_i64).unwrap_or_default();
        let found = self.wall.posts.iter().find(|post| {
            let copy = post.extra.get("copy").and_then(Value::as_i64) == Some(id);
            let same_wall = post.account == chat.account();
            let own = post.id == id.to_string() && (chat_of(post) == chat.id || post.visitor);
            same_wall && (copy || own)
        });
        found.map(|post| Some(post.id.clone())).ok_or_else(|| bad("message to be replied not found"))
    }

    /// A message as the API shows it.
    pub(super) fn shown(&self, post: &WallPost) -> Value {
        let id: i64 = post.id.parse().unwrap_or_default();
        let chat = Chat::find(&json!(chat_of(post))).unwrap_or(Chat::CHANNEL);
        let (words, entities) =
            if post.media.is_empty() { ("text", "entities") } else { ("caption", "caption_entities") };
        let channel = chat.kind == Kind::Channel;
        let mut message = json!({ "message_id": id, "chat": chat.brief(),
            "date": post.at.map_or(0, Timestamp::as_second),
            "from": if channel { Value::Null } else { self.me() },
            "sender_chat": if channel { chat.brief() } else { Value::Null },
            "edit_date": post.edited_at.map(Timestamp::as_second) });
        if let Some(map) = message.as_object_mut() {
            if !post.poll.is_empty() {
                map.insert("poll".to_owned(), poll(post));
            } else if !post.text.is_empty() {
                map.insert(words.to_owned(), json!(post.text));
                map.insert(entities.to_owned(), links(&post.text));
            }
            for (file, _) in &post.media {
                map.extend(self.file(file));
            }
            if let Some(rows) = post.extra.get("buttons").filter(|rows| rows.is_array()) {
                map.insert("reply_markup".to_owned(), json!({ "inline_keyboard": rows }));
            }
        }
        object(message)
    }

    fn file(&self, id: &str) -> Option<(String, Value)> {
        let file = self.wall.files.get(id)?;
        let kind = file.extra.get("kind").and_then(Value::as_str)?;
        let (width, height) = size(&file.bytes).unwrap_or((0, 0));
        let one = json!({ "file_id": id, "file_unique_id": id, "file_size": file.bytes.len(), "width": width,
            "height": height, "duration": 0, "mime_type": file.mime });
        Some((kind.to_owned(), if kind == "photo" { json!([one]) } else { one }))
    }
}

fn poll(post: &WallPost) -> Value {
    let options: Vec<Value> =
        post.poll.iter().map(|(text, votes)| json!({ "text": text, "voter_count": votes })).collect();
    let total: u64 = post.poll.iter().map(|(_, votes)| votes).sum();
    json!({ "id": post.id, "question": post.text, "options": options, "total_voter_count": total, "is_closed": false,
        "is_anonymous": true, "type": "regular", "allows_multiple_answers": false })
}

/// The addresses that Telegram finds in a text by itself, in UTF-16 units.
fn links(text: &str) -> Value {
    let units = |bytes: std::ops::Range<usize>| text.get(bytes).unwrap_or_default().encode_utf16().count();
    text::links(text)
        .into_iter()
        .map(|range| json!({ "type": "url", "offset": units(0..range.start), "length": units(range) }))
        .collect()
}

/// Width and height of a JPEG or PNG, read from its header.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let big = |at: usize, length: usize| {
        bytes.get(at..at + length).map(|part| part.iter().fold(0_u32, |sum, byte| (sum << 8) | u32::from(*byte)))
    };
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some((big(16, 4)?, big(20, 4)?));
    }
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return None;
    }
    let mut at = 2;
    loop {
        let (marker, length) = (*bytes.get(at + 1)?, usize::try_from(big(at + 2, 2)?).ok()?);
        // Start of frame; the numbers between are tables.
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            return Some((big(at + 7, 2)?, big(at + 5, 2)?));
        }
        at += 2 + length;
    }
}
