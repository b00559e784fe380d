//! Reading: counts, followers, replies and notifications. All of it comes from the AppView, which the account's
//! server asks for us; a server that has none says nothing, and then the numbers stay missing.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sarafan_domain::delivery::Published;
use sarafan_network::http::{Effect, Reply};
use sarafan_network::{Call, ChannelCounts, Comments, Counts, Incoming, NetError, Page, Result, Stats};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Bluesky;
use super::auth::read;
use super::publish::{put, words};
use super::wire::{self, Profile, Ref, Session};

/// A post as the AppView shows it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct View {
    uri: String,
    cid: String,
    author: Profile,
    #[serde(default)]
    record: Record,
    indexed_at: Timestamp,
    #[serde(default)]
    like_count: Option<u64>,
    #[serde(default)]
    reply_count: Option<u64>,
    #[serde(default)]
    repost_count: Option<u64>,
    #[serde(default)]
    quote_count: Option<u64>,
}

/// What somebody wrote, as far as we read it.
#[derive(Deserialize, Default)]
struct Record {
    #[serde(default)]
    text: String,
    #[serde(default)]
    reply: Option<Reply_>,
}

/// What it answers.
#[derive(Deserialize)]
struct Reply_ {
    root: Ref,
    parent: Ref,
}

impl View {
    fn incoming(self, session: &Session) -> Incoming {
        Incoming {
            url: Some(wire::page(&session.service, &self.author.handle, &self.uri)),
            own: self.author.did == session.did,
            parent: self.record.reply.map(|reply| reply.parent.uri),
            author: self.author.name().to_owned(),
            author_id: self.author.did,
            text: self.record.text,
            at: self.indexed_at,
            external_id: self.uri,
        }
    }
}

#[derive(Deserialize)]
struct Posts {
    posts: Vec<View>,
}

impl Bluesky {
    async fn ask(&self, call: &Call<'_>, session: &Session, method: &str, pairs: &[(&str, &str)]) -> Result<Reply> {
        Ok(call.http.send(wire::ask(&session.service, method, pairs).bearer(&session.access)).await?)
    }

    async fn views(&self, call: &Call<'_>, session: &Session, uris: &[&str]) -> Result<Option<Vec<View>>> {
        let pairs: Vec<_> = uris.iter().map(|uri| ("uris", *uri)).collect();
        let reply = self.ask(call, session, "app.bsky.feed.getPosts", &pairs).await?;
        if wire::no_app_view(&reply) {
            return Ok(None);
        }
        let posts: Posts = read(&reply, Effect::Read, session, call.now)?;
        Ok(Some(posts.posts))
    }
}

#[async_trait]
impl Stats for Bluesky {
    async fn posts(&self, call: &Call<'_>, posts: &[Published]) -> Result<Vec<(String, Counts)>> {
        let session = Session::open(call.credential)?;
        let uris: Vec<&str> = posts.iter().map(|post| post.external_id.as_str()).collect();
        let Some(views) = self.views(call, &session, &uris).await? else {
            return Ok(uris.into_iter().map(|uri| (uri.to_owned(), Counts::default())).collect());
        };
        let counts = |view: &View| Counts {
            views: None,
            reactions: view.like_count,
            replies: view.reply_count,
            reposts: view.repost_count,
            quotes: view.quote_count,
        };
        Ok(views.into_iter().map(|view| (view.uri.clone(), counts(&view))).collect())
    }

    async fn channel(&self, call: &Call<'_>) -> Result<ChannelCounts> {
        let session = Session::open(call.credential)?;
        let reply = self.ask(call, &session, "app.bsky.actor.getProfile", &[("actor", &session.did)]).await?;
        if wire::no_app_view(&reply) {
            return Ok(ChannelCounts::default());
        }
        let profile: Profile = read(&reply, Effect::Read, &session, call.now)?;
        Ok(ChannelCounts { followers: profile.followers_count, posts: profile.posts_count })
    }

    fn batch(&self) -> usize {
        25
    }
}

/// A branch of a thread. Blocked and deleted branches have no post.
#[derive(Deserialize)]
struct Branch {
    #[serde(default)]
    post: Option<View>,
    #[serde(default)]
    replies: Vec<Branch>,
}

#[derive(Deserialize)]
struct Thread {
    thread: Branch,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notification {
    uri: String,
    author: Profile,
    reason: String,
    #[serde(default)]
    record: Value,
    indexed_at: Timestamp,
}

#[derive(Deserialize)]
struct Notifications {
    notifications: Vec<Notification>,
    #[serde(default)]
    cursor: Option<String>,
}

/// Where reading has come to. The network shows the newest first and pages backwards; we want what is newer than
/// the last time, so a walk goes back to `since` and then starts anew from `top`.
#[derive(Default)]
struct Place {
    since: Option<Timestamp>,
    top: Option<Timestamp>,
    walk: Option<String>,
}

/// Notifications stand in the order of the time that their authors' clocks showed, so one that comes later may
/// stand before one that we have seen. What is read twice is known by its id.
const OVERLAP: SignedDuration = SignedDuration::from_mins(15);

impl Place {
    fn parse(cursor: Option<&str>) -> Self {
        let Some(cursor) = cursor else { return Self::default() };
        let mut fields = cursor.splitn(3, '|');
        let mut time = || fields.next().and_then(|text| text.parse().ok());
        Self { since: time(), top: time(), walk: fields.next().map(str::to_owned) }
    }

    fn write(&self) -> String {
        let time = |time: Option<Timestamp>| time.map(|time| time.to_string()).unwrap_or_default();
        match &self.walk {
            Some(walk) => format!("{}|{}|{walk}", time(self.since), time(self.top)),
            None => time(self.since),
        }
    }
}

#[async_trait]
impl Comments for Bluesky {
    async fn under(&self, call: &Call<'_>, published: &Published, _cursor: Option<&str>) -> Result<Page<Incoming>> {
        let session = Session::open(call.credential)?;
        let pairs = [("uri", published.external_id.as_str()), ("depth", "10"), ("parentHeight", "0")];
        let reply = self.ask(call, &session, "app.bsky.feed.getPostThread", &pairs).await?;
        if wire::no_app_view(&reply) {
            return Ok(Page { items: Vec::new(), next: None });
        }
        let thread: Thread = read(&reply, Effect::Read, &session, call.now)?;
        let mut items = Vec::new();
        let mut branches = thread.thread.replies;
        while let Some(branch) = branches.pop() {
            branches.extend(branch.replies);
            items.extend(branch.post.map(|view| view.incoming(&session)));
        }
        // The further parts of our own thread are no comments.
        items.retain(|item| !published.parts.contains(&item.external_id));
        items.sort_by(|a, b| (a.at, &a.external_id).cmp(&(b.at, &b.external_id)));
        Ok(Page { items, next: None })
    }

    async fn since(&self, call: &Call<'_>, cursor: Option<&str>) -> Result<Page<Incoming>> {
        let session = Session::open(call.credential)?;
        let place = Place::parse(cursor);
        let mut pairs = vec![("limit", "50"), ("reasons", "reply"), ("reasons", "mention"), ("reasons", "quote")];
        pairs.extend(place.walk.as_deref().map(|walk| ("cursor", walk)));
        let reply = self.ask(call, &session, "app.bsky.notification.listNotifications", &pairs).await?;
        if wire::no_app_view(&reply) {
            return Ok(Page { items: Vec::new(), next: None });
        }
        let page: Notifications = read(&reply, Effect::Read, &session, call.now)?;
        let newest = page.notifications.iter().map(|one| one.indexed_at).max();
        let count = page.notifications.len();
        let mut fresh = page.notifications;
        let border = place.since.map(|since| since.saturating_sub(OVERLAP).unwrap_or(since));
        fresh.retain(|one| border.is_none_or(|border| one.indexed_at > border));
        // The first time there is no end to walk to: one page of the past is enough.
        let ended = fresh.len() < count || count == 0 || page.cursor.is_none() || place.since.is_none();
        let nothing = place.walk.is_none() && newest.max(place.since) == place.since;
        let top = place.top.max(newest).max(place.since);
        let mut items: Vec<Incoming> = fresh
            .into_iter()
            .filter(|one| matches!(one.reason.as_str(), "reply" | "mention" | "quote"))
            .map(|one| one.incoming(&session))
            .collect();
        items.reverse();
        let next = match (nothing, ended) {
            (true, _) => None,
            (false, true) => Some(Place { since: top, ..Place::default() }.write()),
            (false, false) => Some(Place { since: place.since, top, walk: page.cursor }.write()),
        };
        Ok(Page { items, next })
    }

    async fn reply(&self, call: &Call<'_>, to: &str, text: &str) -> Result<Published> {
        let session = Session::open(call.credential)?;
        let views = self.views(call, &session, &[to]).await?.unwrap_or_default();
        let Some(view) = views.into_iter().find(|view| view.uri == to) else { return Err(NetError::Gone) };
        let parent = Ref { uri: view.uri, cid: view.cid };
        let root = view.record.reply.map_or_else(|| parent.clone(), |reply| reply.root);
        let mut record = words(call, &session, text, "").await?;
        if let Some(fields) = record.as_object_mut() {
            fields.insert("reply".to_owned(), json!({ "root": root, "parent": parent }));
        }
        let made = put(call, &session, &record).await?;
        let url = wire::page(&session.service, &call.channel.handle, &made.uri);
        Ok(Published::one(made.uri, Some(url)))
    }
}

impl Notification {
    fn incoming(self, session: &Session) -> Incoming {
        let record: Record = serde_json::from_value(self.record).unwrap_or_default();
        Incoming {
            url: Some(wire::page(&session.service, &self.author.handle, &self.uri)),
            own: self.author.did == session.did,
            parent: record.reply.map(|reply| reply.parent.uri),
            author: self.author.name().to_owned(),
            author_id: self.author.did,
            text: record.text,
            at: self.indexed_at,
            external_id: self.uri,
        }
    }
}
