//! Reads what came in on a channel: comments under posts, and the numbers that a network tells only in passing.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::SignedDuration;
use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::Failure;
use sarafan_domain::id::PostId;
use sarafan_domain::time::Timestamp;
use sarafan_domain::webhook::Topic;
use sarafan_network::{Call, Counts, IdempotencyKey, Incoming, Network, News};
use sarafan_store::comments::{self, CommentRow, Under};
use sarafan_store::jobs::ClaimedJob;
use sarafan_store::{Conn, StoreError, channels, deliveries, numbers};
use serde_json::json;
use uuid::Uuid;

use super::stats::{OLDEST, readings};
use super::{OfChannel, Outcome};
use crate::live::Event;
use crate::view::instant;
use crate::{App, AppError, webhooks};

/// A channel with a post of the last day is asked this often, …
const BUSY: SignedDuration = SignedDuration::from_mins(2);
/// … and any other this often.
const CALM: SignedDuration = SignedDuration::from_mins(15);
/// A channel where so much came in at once is read on in the next run.
const PAGES: usize = 20;
/// Longer comments are kept cut: no network shows more.
const LONGEST: usize = 20_000;
/// So many posts of a channel are looked through for a further part of a thread that somebody answered.
const THREADS: i64 = 500;

pub(super) async fn run(app: &App, job: &ClaimedJob) -> Result<Outcome, AppError> {
    let OfChannel { channel } = super::payload(job)?;
    let now = app.now();
    let later = |wait| Outcome::Again(now.checked_add(wait).unwrap_or(now));
    let (channel, mut cursor, wait) = {
        let mut conn = app.store().read().await?;
        let channel = match channels::get(&mut conn, job.job.brand, channel).await {
            Ok(channel) => channel,
            Err(StoreError::NotFound) => return Ok(Outcome::Done),
            Err(error) => return Err(error.into()),
        };
        let cursor = comments::cursor(&mut conn, channel.brand, channel.id).await?;
        let yesterday = now.checked_sub(SignedDuration::from_hours(24)).unwrap_or(now);
        let young = deliveries::sent_since(&mut conn, channel.brand, Some(channel.id), yesterday, 1).await?;
        (channel, cursor, if young.is_empty() { CALM } else { BUSY })
    };
    let Some(network) = app.networks().get(&channel.network) else { return Ok(Outcome::Done) };
    if network.comments().is_none() {
        return Ok(Outcome::Done);
    }
    if channel.state == ChannelState::Reconnect {
        return Ok(later(CALM));
    }
    for _ in 0..PAGES {
        let news = match read(app, network, &channel, cursor.as_deref()).await {
            Ok(news) => news,
            Err(failure) => return Ok(super::read_again(app, &channel, failure, "news", CALM).await),
        };
        let next = news.page.next.clone();
        save(app, network, &channel, news, now).await?;
        if next.is_none() || next == cursor {
            return Ok(later(wait));
        }
        cursor = next;
    }
    Ok(Outcome::Again(now))
}

async fn read(
    app: &App,
    network: &'static dyn Network,
    channel: &Channel,
    cursor: Option<&str>,
) -> Result<News, Failure> {
    let nothing = || Failure::Protocol { detail: "this network has no comments".to_owned() };
    let comments = network.comments().ok_or_else(nothing)?;
    let credential = app.credential(channel).await?;
    let door = app.door_for(channel);
    let key = IdempotencyKey(String::new());
    let call = Call { http: door.as_ref(), channel, credential: &credential, key: &key, now: app.now() };
    comments.news(&call, cursor).await
}

async fn save(
    app: &App,
    network: &'static dyn Network,
    channel: &Channel,
    news: News,
    now: Timestamp,
) -> Result<(), AppError> {
    let passing = network.stats().map_or(&[][..], |stats| stats.passing());
    // Read before the write: nobody who writes waits for it.
    let parts = match news.page.items.as_slice() {
        [] => HashMap::new(),
        _ => parts(&mut *app.store().read().await?, channel, now).await?,
    };
    let (inner, channel, parts) = (app.clone(), channel.clone(), Arc::new(parts));
    app.store()
        .write(move |conn| {
            let (app, channel, news, parts) = (inner.clone(), channel.clone(), news.clone(), Arc::clone(&parts));
            Box::pin(async move {
                let brand = channel.brand;
                let (touched, new) = put_comments(conn, &channel, news.page.items, &parts).await?;
                tell_comments(&app, conn, &channel, &new).await?;
                let counted = put_counts(conn, &channel, &news.counts, now).await?;
                let mut posts: BTreeSet<PostId> = BTreeSet::new();
                for under in touched {
                    if passing.contains(&"replies") {
                        let count = u64::try_from(comments::count(conn, brand, under.delivery).await?).ok();
                        let counts = Counts { replies: count, ..Counts::default() };
                        numbers::record(conn, brand, under.delivery.0, now, &told(&counts)).await?;
                    }
                    posts.insert(under.post);
                }
                if let Some(next) = &news.page.next {
                    comments::set_cursor(conn, brand, channel.id, next).await?;
                }
                for post in posts {
                    app.live().tell(brand, Event::Comment { post });
                }
                if counted {
                    app.live().tell(brand, Event::Channel { id: channel.id });
                }
                Ok::<_, AppError>(())
            })
        })
        .await
}

/// Keeps what was written; what the new ones stand under, and those of other people.
async fn put_comments(
    conn: &mut Conn,
    channel: &Channel,
    items: Vec<Incoming>,
    parts: &HashMap<String, Under>,
) -> Result<(Vec<Under>, Vec<CommentRow>), AppError> {
    if items.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let parents: Vec<&str> = items.iter().filter_map(|item| item.parent.as_deref()).collect();
    let mut places = comments::under(conn, channel.brand, channel.id, &parents).await?;
    let mut touched: Vec<Under> = Vec::new();
    let mut new = Vec::new();
    for item in items {
        // A further part of our own thread is no comment.
        if parts.contains_key(&item.external_id) {
            continue;
        }
        let parent = item.parent.as_ref();
        let under = parent.and_then(|parent| places.get(parent).or_else(|| parts.get(parent))).copied();
        // Whoever answers this one stands under the same post.
        places.extend(under.map(|under| (item.external_id.clone(), under)));
        let comment = row(channel, item, under);
        if comments::put(conn, channel.brand, &comment).await? {
            touched.extend(under.filter(|under| !touched.contains(under)));
            new.extend(Some(comment).filter(|comment| !comment.own));
        }
    }
    Ok((touched, new))
}

/// Tells programs elsewhere what people wrote.
async fn tell_comments(app: &App, conn: &mut Conn, channel: &Channel, new: &[CommentRow]) -> Result<(), AppError> {
    for comment in new {
        let data = || {
            json!({
                "brand": channel.brand,
                "channel": channel.id,
                "network": channel.network,
                "post": comment.under.map(|under| under.post),
                "delivery": comment.under.map(|under| under.delivery),
                "external_id": comment.external_id,
                "author": comment.author,
                "text": comment.text,
                "url": comment.url,
                "at": instant(comment.at),
            })
        };
        webhooks::tell(app, conn, channel.brand, Topic::CommentReceived, data).await?;
    }
    Ok(())
}

/// The further parts of the channel's threads, by the network's ids.
async fn parts(conn: &mut Conn, channel: &Channel, now: Timestamp) -> Result<HashMap<String, Under>, AppError> {
    let since = now.checked_sub(OLDEST).unwrap_or(now);
    let rows = deliveries::sent_since(conn, channel.brand, Some(channel.id), since, THREADS).await?;
    let parts = rows.into_iter().flat_map(|row| {
        let under = Under { post: row.delivery.post, delivery: row.delivery.id };
        let parts = row.delivery.published.map(|published| published.parts).unwrap_or_default();
        parts.into_iter().map(move |part| (part, under))
    });
    Ok(parts.collect())
}

fn row(channel: &Channel, item: Incoming, under: Option<Under>) -> CommentRow {
    CommentRow {
        channel: channel.id,
        external_id: item.external_id,
        under,
        parent: item.parent,
        author: item.author.chars().take(LONGEST).collect(),
        author_id: item.author_id,
        text: item.text.chars().take(LONGEST).collect(),
        url: item.url.filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        at: item.at,
        own: item.own,
    }
}

/// Keeps the numbers that are others than the last ones: a network may tell the same news at every look. `true` where
/// there were any.
async fn put_counts(
    conn: &mut Conn,
    channel: &Channel,
    counts: &[(String, Counts)],
    now: Timestamp,
) -> Result<bool, AppError> {
    let ids: Vec<&str> = counts.iter().map(|(id, _)| id.as_str()).collect();
    let places = comments::under(conn, channel.brand, channel.id, &ids).await?;
    // Of several words about one post the last one holds.
    let latest: BTreeMap<Uuid, &Counts> =
        counts.iter().filter_map(|(id, counts)| Some((places.get(id)?.delivery.0, counts))).collect();
    let subjects: Vec<Uuid> = latest.keys().copied().collect();
    let known = numbers::latest(conn, channel.brand, &subjects).await?;
    let mut counted = false;
    for (subject, counts) in latest {
        let mut values = told(counts);
        let last = |metric: &str| known.get(&subject)?.get(metric)?.value;
        values.retain(|(metric, value)| *value != last(metric));
        counted |= !values.is_empty();
        numbers::record(conn, channel.brand, subject, now, &values).await?;
    }
    Ok(counted)
}

/// What was told in passing; what was not says nothing.
fn told(counts: &Counts) -> Vec<(&'static str, Option<f64>)> {
    readings(counts).into_iter().filter(|(_, value)| value.is_some()).collect()
}
