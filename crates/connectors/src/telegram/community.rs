//! Comments, reactions and followers.
//!
//! The Bot API shows what happens as a stream of updates and nothing of the past. An update is forgotten once a
//! later one was asked for, and after a day. Several channels may share a bot and each reads the same stream, so
//! updates are confirmed only when a hundred of them are waiting, and then only the older half: whoever reads next
//! still finds the rest. The same update may therefore come twice; its comment has the same id both times.

use async_trait::async_trait;
use sarafan_domain::delivery::Published;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_network::http::Effect;
use sarafan_network::{
    Call, ChannelCounts, Comments, Counts, Incoming, NetError, News, Page, Result, Stats,
};
use serde_json::{Value, json};

use super::Telegram;
use super::facts::{Facts, Place};
use super::wire::{Bot, Message, Update, arguments, open};

/// The server gives at most so many at once.
const PAGE: usize = 100;

async fn updates(call: &Call<'_>, facts: &Facts, offset: Option<i64>) -> Result<Vec<Update>> {
    let bot = Bot { server: &facts.server, token: call.credential.expose() };
    let mut ask = json!({ "limit": PAGE, "timeout": 0, "allowed_updates": ["message", "message_reaction_count"] });
    if let (Some(offset), Some(map)) = (offset, ask.as_object_mut()) {
        map.insert("offset".to_owned(), json!(offset));
    }
    let reply = call.http.send(bot.read("GetUpdates", ask)).await?;
    Ok(open(&reply, Effect::Read, &bot, call.now)?)
}

/// The copy of a channel's post in its discussion group, if it has arrived.
pub(super) async fn copy_of(call: &Call<'_>, facts: &Facts, post: Place) -> Result<Option<Place>> {
    let found = updates(call, facts, None).await?;
    let copy = found.iter().filter_map(|update| update.message.as_ref()).find(|message| origin(message) == Some(post));
    Ok(copy.map(|message| Place { chat: message.chat.id, message: message.message_id }))
}

/// The post of which this message is the automatic copy.
fn origin(message: &Message) -> Option<Place> {
    let origin = message.forward_origin.as_ref().filter(|_| message.is_automatic_forward)?;
    Some(Place { chat: origin.chat.as_ref()?.id, message: origin.message_id? })
}

/// Writes an answer under a message. One irreversible request.
pub(super) async fn answer(call: &Call<'_>, bot: &Bot<'_>, to: Place, text: &str) -> Result<Place> {
    let request = bot.write(
        "SendMessage",
        arguments([
            ("chat_id", json!(to.chat)),
            ("text", json!(text)),
            ("reply_parameters", json!({ "message_id": to.message })),
        ]),
    );
    let reply = call.http.send(request).await?;
    let message: Message = open(&reply, Effect::Write, bot, call.now)?;
    Ok(Place { chat: message.chat.id, message: message.message_id })
}

/// What is said in the discussion group, or in the group itself where that is the channel.
fn incoming(message: &Message, facts: &Facts) -> Option<Incoming> {
    let home = facts.chat?;
    let here = if facts.is_channel() { facts.linked? } else { home };
    if message.chat.id != here || message.is_automatic_forward {
        return None;
    }
    let text = if message.text.is_empty() { &message.caption } else { &message.text };
    let parent = match &message.reply_to_message {
        Some(answered) => Some(origin(answered).unwrap_or(Place { chat: here, message: answered.message_id })),
        None => message.message_thread_id.map(|thread| Place { chat: here, message: thread }),
    };
    let to_us = message.reply_to_message.as_ref().and_then(|answered| answered.from.as_ref());
    let named = !facts.bot_name.is_empty() && text.contains(&format!("@{}", facts.bot_name));
    // In a group of its own people talk about anything; only what is said to us is news.
    if !facts.is_channel() && !named && to_us.is_none_or(|user| user.id != facts.bot) {
        return None;
    }
    let (author, author_id, own) = author(message, facts);
    Some(Incoming {
        external_id: Place { chat: here, message: message.message_id }.id(home),
        parent: parent.map(|place| place.id(home)),
        author,
        author_id,
        text: text.clone(),
        url: Facts { chat: Some(here), username: message.chat.username.clone(), ..facts.clone() }
            .url(message.message_id),
        at: Timestamp::from_second(message.date).unwrap_or_default(),
        own,
    })
}

fn author(message: &Message, facts: &Facts) -> (String, String, bool) {
    // A person may speak in the name of a channel or of the group.
    if let Some(chat) = &message.sender_chat {
        let own = facts.chat == Some(chat.id) || facts.linked == Some(chat.id);
        return (chat.title.clone(), chat.id.to_string(), own);
    }
    match &message.from {
        Some(user) => {
            let full = format!("{} {}", user.first_name, user.last_name);
            let name = match (full.trim(), &user.username) {
                ("", Some(username)) => format!("@{username}"),
                (full, _) => full.to_owned(),
            };
            (name, user.id.to_string(), user.id == facts.bot)
        }
        None => (String::new(), String::new(), false),
    }
}

fn counts(update: &Update, facts: &Facts) -> Option<(String, Counts)> {
    let told = update.message_reaction_count.as_ref().filter(|told| facts.chat == Some(told.chat.id))?;
    let reactions = told.reactions.iter().map(|reaction| reaction.total_count).sum();
    Some((told.message_id.to_string(), Counts { reactions: Some(reactions), ..Counts::default() }))
}

#[async_trait]
impl Comments for Telegram {
    /// Only what is still waiting in the stream of updates: the Bot API shows nothing older.
    async fn under(&self, call: &Call<'_>, published: &Published, _cursor: Option<&str>) -> Result<Page<Incoming>> {
        let facts = Facts::of(call.channel);
        let found = updates(call, &facts, None).await?;
        let said = found.iter().filter_map(|update| incoming(update.message.as_ref()?, &facts));
        let items = said.filter(|one| one.parent.as_deref() == Some(published.external_id.as_str())).collect();
        Ok(Page { items, next: None })
    }

    async fn since(&self, call: &Call<'_>, cursor: Option<&str>) -> Result<Page<Incoming>> {
        Ok(self.news(call, cursor).await?.page)
    }

    async fn news(&self, call: &Call<'_>, cursor: Option<&str>) -> Result<News> {
        let facts = Facts::of(call.channel);
        let found = updates(call, &facts, cursor.and_then(|cursor| cursor.parse().ok())).await?;
        let items = found.iter().filter_map(|update| incoming(update.message.as_ref()?, &facts)).collect();
        let full = found.len() >= PAGE;
        let next = found.get(PAGE / 2).filter(|_| full).map(|update| update.update_id.to_string());
        let counts = found.iter().filter_map(|update| counts(update, &facts)).collect();
        Ok(News { page: Page { items, next }, counts })
    }

    async fn reply(&self, call: &Call<'_>, to: &str, text: &str) -> Result<Published> {
        let facts = Facts::of(call.channel);
        let home = facts.chat.unwrap_or_default();
        let bot = Bot { server: &facts.server, token: call.credential.expose() };
        let refused = || NetError::Rejected { problem: Problem::error("telegram-reply-gone", "comment") };
        let place = Place::read(to, home).ok_or_else(refused)?;
        let written = answer(call, &bot, place, text).await?;
        Ok(Published::one(written.id(home), None))
    }
}

#[async_trait]
impl Stats for Telegram {
    /// The Bot API tells no numbers of a post when asked; reactions come by themselves, see [`Comments::news`].
    async fn posts(&self, _call: &Call<'_>, posts: &[Published]) -> Result<Vec<(String, Counts)>> {
        Ok(posts.iter().map(|post| (post.external_id.clone(), Counts::default())).collect())
    }

    async fn channel(&self, call: &Call<'_>) -> Result<ChannelCounts> {
        let facts = Facts::of(call.channel);
        let bot = Bot { server: &facts.server, token: call.credential.expose() };
        let chat = facts.chat.map_or_else(|| Value::from(call.channel.external_id.as_str()), Value::from);
        let reply = call.http.send(bot.read("GetChatMemberCount", json!({ "chat_id": chat }))).await?;
        let members = open(&reply, Effect::Read, &bot, call.now)?;
        Ok(ChannelCounts { followers: Some(members), posts: None })
    }

    fn passing(&self) -> &'static [&'static str] {
        &["reactions", "replies"]
    }

    fn batch(&self) -> usize {
        100
    }
}
