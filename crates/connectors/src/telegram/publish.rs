//! Sending, changing and taking down.
//!
//! A post is one message or one album: one request. Pinning and the first comment are steps of their own, so that a
//! crash between them never sends the post again.

use std::time::Duration;

use async_trait::async_trait;
use sarafan_domain::asset::AssetKind;
use sarafan_domain::delivery::{Published, Step};
use sarafan_domain::post::Variant;
use sarafan_domain::problem::Problem;
use sarafan_network::http::{Effect, Part, Request};
use sarafan_network::{Call, Delete, Edit, Media, NetError, Network, Outgoing, Publish, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Telegram;
use super::buttons;
use super::community;
use super::facts::{Facts, Place};
use super::wire::{Bot, Message, Trouble, arguments, flag, open};

/// What is left to be done when the post itself is out.
#[derive(Debug, Serialize, Deserialize)]
struct Left {
    published: Published,
    pin: bool,
    /// How often the copy in the discussion group was looked for in vain; `None` where no comment is to follow.
    comment: Option<u32>,
}

/// Telegram copies a post into the discussion group within a second or two.
const COPY_WAIT: Duration = Duration::from_secs(2);
const COPY_LOOKS: u32 = 15;

#[async_trait]
impl Publish for Telegram {
    async fn start(&self, call: &Call<'_>, post: &Outgoing) -> Result<Step> {
        let facts = Facts::of(call.channel);
        let messages = send(call, &facts, post).await?;
        let mut ids = messages.iter().map(|message| message.message_id);
        let first = ids.next().ok_or_else(|| NetError::Protocol { detail: "an album of nothing".to_owned() })?;
        let published = Published {
            external_id: first.to_string(),
            url: facts.url(first),
            parts: ids.map(|id| id.to_string()).collect(),
        };
        let comment = !post.variant.first_comment.trim().is_empty()
            && self.format(&post.variant, &call.channel.facts).first_comment;
        let left = Left { published, pin: post.variant.flag("pin"), comment: comment.then_some(0) };
        Ok(next(left, Duration::ZERO))
    }

    async fn resume(&self, call: &Call<'_>, post: &Outgoing, resume: Value) -> Result<Step> {
        let mut left: Left = serde_json::from_value(resume)
            .map_err(|_| NetError::Protocol { detail: "what was kept cannot be read".to_owned() })?;
        let facts = Facts::of(call.channel);
        let home = facts.chat.unwrap_or_default();
        let bot = Bot { server: &facts.server, token: call.credential.expose() };
        let Some(message) = Place::read(&left.published.external_id, home) else {
            return Err(NetError::Protocol { detail: "an id that is not a number".to_owned() });
        };
        if left.pin {
            // Pinning twice is the same as once.
            let pin = json!({ "chat_id": chat(call, &facts), "message_id": message.message,
                "disable_notification": post.variant.flag("silent") });
            let reply = call.http.send(bot.repeatable("PinChatMessage", pin)).await?;
            open::<Value>(&reply, Effect::Prepare, &bot, call.now)?;
            left.pin = false;
            return Ok(next(left, Duration::ZERO));
        }
        let Some(looks) = left.comment else { return Ok(Step::Done(left.published)) };
        let under = if facts.is_channel() { community::copy_of(call, &facts, message).await? } else { Some(message) };
        let Some(under) = under else {
            if looks >= COPY_LOOKS {
                return Err(NetError::Rejected { problem: Problem::error("telegram-no-copy", "first_comment") });
            }
            left.comment = Some(looks + 1);
            return Ok(next(left, COPY_WAIT));
        };
        let comment = community::answer(call, &bot, under, post.variant.first_comment.trim()).await?;
        left.published.parts.push(comment.id(home));
        Ok(Step::Done(left.published))
    }
}

fn next(left: Left, wait: Duration) -> Step {
    if !left.pin && left.comment.is_none() {
        return Step::Done(left.published);
    }
    let published = Some(left.published.clone());
    // The first look for the copy comes a little later as well.
    let wait = if left.pin || left.comment != Some(0) { wait } else { wait.max(Duration::from_millis(500)) };
    Step::Wait { resume: json!(left), wait, published }
}

fn chat(call: &Call<'_>, facts: &Facts) -> Value {
    facts.chat.map_or_else(|| Value::from(call.channel.external_id.as_str()), Value::from)
}

/// Sends the post. A group that became a supergroup refuses by telling its new number; then that one is used.
async fn send(call: &Call<'_>, facts: &Facts, post: &Outgoing) -> Result<Vec<Message>> {
    let bot = Bot { server: &facts.server, token: call.credential.expose() };
    let text = text_of(&post.variant, call);
    let files = uploads(&post.media).await?;
    let mut to = chat(call, facts);
    loop {
        let reply = call.http.send(request(&bot, &to, post, &text, &files)).await?;
        let messages = if post.media.len() > 1 {
            open(&reply, Effect::Write, &bot, call.now)
        } else {
            open(&reply, Effect::Write, &bot, call.now).map(|message| vec![message])
        };
        match messages {
            Err(Trouble::Moved(chat)) if to != chat => to = Value::from(chat),
            other => return Ok(other?),
        }
    }
}

fn text_of(variant: &Variant, call: &Call<'_>) -> String {
    Telegram.compose(variant, &call.channel.facts).parts.concat()
}

async fn uploads(media: &[Media]) -> Result<Vec<Part>> {
    let mut parts = Vec::with_capacity(media.len());
    for (index, one) in media.iter().enumerate() {
        let name = if media.len() > 1 { format!("file{index}") } else { field(one.facts.kind).to_owned() };
        // Files of one name would be taken for one file by simple servers.
        let file = if media.len() > 1 { format!("{index}-{}", one.name) } else { one.name.clone() };
        parts.push(Part { name, file: Some(file), mime: Some(one.facts.mime.clone()), bytes: one.bytes().await? });
    }
    Ok(parts)
}

fn field(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Image => "photo",
        AssetKind::Video => "video",
        AssetKind::Gif => "animation",
        AssetKind::Document => "document",
    }
}

fn request(bot: &Bot<'_>, to: &Value, post: &Outgoing, text: &str, files: &[Part]) -> Request {
    let variant = &post.variant;
    let common = [
        ("chat_id", to.clone()),
        ("disable_notification", flag(variant.flag("silent"))),
        ("protect_content", flag(variant.flag("protect"))),
    ];
    let mut all = arguments(common);
    let keyboard = buttons::keyboard(variant);
    match (&variant.poll, post.media.as_slice()) {
        (Some(poll), _) => {
            let options: Vec<Value> = poll.options.iter().map(|option| json!({ "text": option })).collect();
            all.extend(arguments([
                ("question", json!(text)),
                ("options", json!(options)),
                ("allows_multiple_answers", flag(poll.multiple)),
                // Channels take anonymous polls only, and a group asked by a brand should not name who said what.
                ("is_anonymous", json!(true)),
                ("open_period", json!(poll.hours.saturating_mul(3600))),
                ("reply_markup", keyboard.unwrap_or_default()),
            ]));
            bot.write("SendPoll", all)
        }
        (None, []) => {
            all.extend(text_arguments(variant, text, keyboard));
            bot.write("SendMessage", all)
        }
        (None, [one]) => {
            all.extend(caption(text));
            all.extend(size(one));
            all.extend(arguments([("reply_markup", keyboard.unwrap_or_default())]));
            let method = match one.facts.kind {
                AssetKind::Image => "SendPhoto",
                AssetKind::Video => "SendVideo",
                AssetKind::Gif => "SendAnimation",
                AssetKind::Document => "SendDocument",
            };
            bot.upload(method, all, files.to_vec())
        }
        (None, several) => {
            let shown = captioned(several);
            let words = |index: usize| if index == shown { text } else { "" };
            let album = several.iter().enumerate().map(|(index, one)| item(index, one, words(index))).collect();
            all.insert("media".to_owned(), Value::Array(album));
            bot.upload("SendMediaGroup", all, files.to_vec())
        }
    }
}

fn text_arguments(variant: &Variant, text: &str, keyboard: Option<Value>) -> Map<String, Value> {
    let preview = if variant.flag("nopreview") {
        json!({ "is_disabled": true })
    } else {
        // Of several links the post's own is the one to be shown.
        variant.link.as_ref().filter(|link| text.contains(link.as_str())).map_or(Value::Null, |link| json!({ "url": link }))
    };
    arguments([
        ("text", json!(text)),
        ("link_preview_options", preview),
        ("reply_markup", keyboard.unwrap_or_default()),
    ])
}

fn caption(text: &str) -> Map<String, Value> {
    arguments([("caption", if text.is_empty() { Value::Null } else { json!(text) })])
}

/// Telegram does not look into a video by itself.
fn size(media: &Media) -> Map<String, Value> {
    if media.facts.kind != AssetKind::Video {
        return Map::new();
    }
    let known = |number: u32| if number == 0 { Value::Null } else { json!(number) };
    arguments([
        ("width", known(media.facts.width)),
        ("height", known(media.facts.height)),
        ("duration", media.facts.seconds.map_or(Value::Null, whole)),
        ("supports_streaming", json!(true)),
    ])
}

#[expect(clippy::as_conversions, reason = "a length in seconds, bounded before it is rounded")]
fn whole(seconds: f64) -> Value {
    json!(seconds.clamp(0.0, 1e6).round() as u32)
}

fn item(index: usize, media: &Media, text: &str) -> Value {
    let kind = match media.facts.kind {
        AssetKind::Video => "video",
        AssetKind::Document => "document",
        AssetKind::Image | AssetKind::Gif => "photo",
    };
    let mut item = arguments([("type", json!(kind)), ("media", json!(format!("attach://file{index}")))]);
    item.extend(caption(text));
    item.extend(size(media));
    Value::Object(item)
}

/// Which item carries the text. The caption of the first picture is shown under the whole album; documents stand
/// one below the other, so there it is the last one.
fn captioned(media: &[Media]) -> usize {
    let documents = media.iter().all(|one| one.facts.kind == AssetKind::Document);
    if documents { media.len().saturating_sub(1) } else { 0 }
}

#[async_trait]
impl Edit for Telegram {
    async fn edit(&self, call: &Call<'_>, published: &Published, post: &Outgoing) -> Result<Published> {
        if post.variant.poll.is_some() {
            return Err(NetError::Rejected { problem: Problem::error("telegram-poll-fixed", "poll") });
        }
        let facts = Facts::of(call.channel);
        let bot = Bot { server: &facts.server, token: call.credential.expose() };
        let ids: Vec<&String> = std::iter::once(&published.external_id).chain(&published.parts).collect();
        let id = ids.get(captioned(&post.media)).copied().unwrap_or(&published.external_id);
        let Some(place) = Place::read(id, facts.chat.unwrap_or_default()) else {
            return Err(NetError::Gone);
        };
        let text = text_of(&post.variant, call);
        let keyboard = buttons::keyboard(&post.variant);
        let mut all = arguments([("chat_id", chat(call, &facts)), ("message_id", json!(place.message))]);
        let request = if post.media.is_empty() {
            all.extend(text_arguments(&post.variant, &text, keyboard));
            bot.change("EditMessageText", all)
        } else {
            all.extend(arguments([("caption", json!(text)), ("reply_markup", keyboard.unwrap_or_default())]));
            bot.change("EditMessageCaption", all)
        };
        let reply = call.http.send(request).await?;
        match open::<Value>(&reply, Effect::Prepare, &bot, call.now) {
            Ok(_) | Err(Trouble::Unchanged) => Ok(published.clone()),
            Err(trouble) => Err(trouble.into()),
        }
    }
}

#[async_trait]
impl Delete for Telegram {
    async fn delete(&self, call: &Call<'_>, published: &Published) -> Result<()> {
        let facts = Facts::of(call.channel);
        let home = facts.chat.unwrap_or_default();
        let bot = Bot { server: &facts.server, token: call.credential.expose() };
        let ids = std::iter::once(&published.external_id).chain(&published.parts);
        let places: Vec<Place> = ids.filter_map(|id| Place::read(id, home)).collect();
        let own: Vec<i64> = places.iter().filter(|place| place.chat == home).map(|place| place.message).collect();
        // The first comment lives in another chat. It goes first: it cannot be found any more once the post is gone.
        for place in places.iter().filter(|place| place.chat != home) {
            take_down(call, &bot, json!(place.chat), &[place.message]).await?;
        }
        take_down(call, &bot, chat(call, &facts), &own).await
    }
}

/// One message is taken down by its own method, which says whether it was there; several skip what is gone.
async fn take_down(call: &Call<'_>, bot: &Bot<'_>, chat: Value, messages: &[i64]) -> Result<()> {
    let request = match messages {
        [] => return Ok(()),
        [one] => bot.repeatable("DeleteMessage", json!({ "chat_id": chat, "message_id": one })),
        several => bot.repeatable("DeleteMessages", json!({ "chat_id": chat, "message_ids": several })),
    };
    let reply = call.http.send(request).await?;
    match open::<bool>(&reply, Effect::Prepare, bot, call.now).map_err(NetError::from) {
        Ok(_) | Err(NetError::Gone) => Ok(()),
        Err(error) => Err(error),
    }
}
