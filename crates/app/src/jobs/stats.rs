//! Reads the numbers of a channel and of its recent posts, as often as their age deserves.

use std::collections::{BTreeMap, HashMap};

use jiff::SignedDuration;
use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::{Delivery, Failure, Published};
use sarafan_domain::metric;
use sarafan_domain::time::Timestamp;
use sarafan_network::{Call, ChannelCounts, Counts, IdempotencyKey, Network};
use sarafan_store::jobs::ClaimedJob;
use sarafan_store::numbers::Point;
use sarafan_store::{StoreError, channels, deliveries as rows, numbers};
use uuid::Uuid;

use super::{OfChannel, Outcome};
use crate::live::Event;
use crate::{App, AppError};

/// Posts older than this are no longer asked about.
pub(super) const OLDEST: SignedDuration = SignedDuration::from_hours(90 * 24);
/// So many posts of one channel are asked about in one run.
const MOST: i64 = 500;
/// A channel without young posts is looked at this often.
const CALM: SignedDuration = SignedDuration::from_hours(6);
/// Never oftener than this.
const BUSY: SignedDuration = SignedDuration::from_mins(2);

/// What was read of one subject: metric and value.
pub(super) type Reading = Vec<(&'static str, Option<f64>)>;

pub(super) async fn run(app: &App, job: &ClaimedJob) -> Result<Outcome, AppError> {
    let OfChannel { channel } = super::payload(job)?;
    let now = app.now();
    let later = |wait| Outcome::Again(now.checked_add(wait).unwrap_or(now));
    let (channel, posts, seen) = {
        let mut conn = app.store().read().await?;
        let channel = match channels::get(&mut conn, job.job.brand, channel).await {
            Ok(channel) => channel,
            Err(StoreError::NotFound) => return Ok(Outcome::Done),
            Err(error) => return Err(error.into()),
        };
        let since = now.checked_sub(OLDEST).unwrap_or(now);
        let posts: Vec<Delivery> = rows::sent_since(&mut conn, channel.brand, Some(channel.id), since, MOST)
            .await?
            .into_iter()
            .map(|row| row.delivery)
            .collect();
        let subjects: Vec<Uuid> = posts.iter().map(|d| d.id.0).collect();
        let seen = last_seen(numbers::latest(&mut conn, channel.brand, &subjects).await?);
        (channel, posts, seen)
    };
    let Some(network) = app.networks().get(&channel.network) else { return Ok(Outcome::Done) };
    if channel.state == ChannelState::Reconnect {
        return Ok(later(CALM));
    }
    let (due, next) = plan(&posts, &seen, now);
    match read(app, network, &channel, &due).await {
        Ok((counts, wall)) => {
            let passing = network.stats().map_or(&[][..], |stats| stats.passing());
            save(app, &channel, &due, (counts, wall), passing, now).await?;
            Ok(later(next.clamp(BUSY, CALM)))
        }
        Err(failure) => Ok(super::read_again(app, &channel, failure, "numbers", SignedDuration::from_mins(15)).await),
    }
}

/// When each subject was last asked about, whatever came of it.
fn last_seen(latest: BTreeMap<Uuid, BTreeMap<String, Point>>) -> HashMap<Uuid, Timestamp> {
    latest
        .into_iter()
        .filter_map(|(subject, metrics)| Some((subject, metrics.values().map(|point| point.at).max()?)))
        .collect()
}

/// Which posts are due now, and how long until the next one is.
fn plan(posts: &[Delivery], seen: &HashMap<Uuid, Timestamp>, now: Timestamp) -> (Vec<Delivery>, SignedDuration) {
    let mut due = Vec::new();
    let mut next = CALM;
    for delivery in posts {
        let Some(sent) = delivery.sent_at else { continue };
        let last = seen.get(&delivery.id.0).copied().unwrap_or(sent);
        let Some(at) = metric::next_snapshot(sent, last) else { continue };
        if at <= now {
            due.push(delivery.clone());
            if let Some(after) = metric::next_snapshot(sent, now) {
                next = next.min(after.duration_since(now));
            }
        } else {
            next = next.min(at.duration_since(now));
        }
    }
    (due, next)
}

async fn read(
    app: &App,
    network: &'static dyn Network,
    channel: &Channel,
    due: &[Delivery],
) -> Result<(HashMap<String, Counts>, ChannelCounts), Failure> {
    let Some(stats) = network.stats() else { return Ok((HashMap::new(), ChannelCounts::default())) };
    let credential = app.credential(channel).await?;
    let door = app.door_for(channel);
    let key = IdempotencyKey(String::new());
    let call = Call { http: door.as_ref(), channel, credential: &credential, key: &key, now: app.now() };
    let published: Vec<Published> = due.iter().filter_map(|d| d.published.clone()).collect();
    let mut counts = HashMap::new();
    for batch in published.chunks(stats.batch().max(1)) {
        counts.extend(stats.posts(&call, batch).await?);
    }
    Ok((counts, stats.channel(&call).await?))
}

async fn save(
    app: &App,
    channel: &Channel,
    due: &[Delivery],
    (counts, wall): (HashMap<String, Counts>, ChannelCounts),
    passing: &[&str],
    now: Timestamp,
) -> Result<(), AppError> {
    let mut found: Vec<(Uuid, Reading)> =
        vec![(channel.id.0, vec![("followers", number(wall.followers)), ("posts", number(wall.posts))])];
    for delivery in due {
        let Some(published) = &delivery.published else { continue };
        // A post that is gone over there keeps its last numbers; a missing value says that we looked.
        let of = counts.get(&published.external_id).copied().unwrap_or_default();
        let mut values = readings(&of);
        // What comes in passing was not asked for here, so that nothing is missing.
        values.retain(|(metric, value)| value.is_some() || !passing.contains(metric));
        found.push((delivery.id.0, values));
    }
    let brand = channel.brand;
    app.store()
        .write(move |conn| {
            let found = found.clone();
            Box::pin(async move {
                for (subject, values) in &found {
                    numbers::record(conn, brand, *subject, now, values).await?;
                }
                Ok::<_, AppError>(())
            })
        })
        .await?;
    app.live().tell(brand, Event::Channel { id: channel.id });
    Ok(())
}

/// The metrics of a post, by their keys.
pub(super) fn readings(of: &Counts) -> Reading {
    vec![
        ("views", number(of.views)),
        ("reactions", number(of.reactions)),
        ("replies", number(of.replies)),
        ("reposts", number(of.reposts)),
        ("quotes", number(of.quotes)),
    ]
}

#[expect(clippy::as_conversions, reason = "counts of people are far below 2^53")]
fn number(count: Option<u64>) -> Option<f64> {
    count.map(|count| count as f64)
}
