//! The numbers of a post, a channel and a brand: snapshots in, series, tiles and comparisons out.
//!
//! Formulas are in `domain::metric`. What is missing stays missing all the way to the page.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use sarafan_domain::channel::Channel;
use sarafan_domain::id::{BrandId, ChannelId, PostId, RubricId};
use sarafan_domain::member::Action;
use sarafan_domain::metric::{self, METRICS, Values};
use sarafan_domain::post::Content;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::{self, Timestamp};
use sarafan_store::deliveries::DeliveryRow;
use sarafan_store::{Conn, brands, channels, deliveries as rows, numbers, posts, rubrics};
use uuid::Uuid;

use crate::view::instant;
use crate::{Actor, App, AppError};

mod view;

pub use view::{
    ChannelStats, DeliveryStats, MetricInfo, Overview, PostNumbers, PostStats, RubricNumbers, Series, Tile,
};

/// A plot has at most so many points.
const MOST_POINTS: i64 = 240;
/// So many posts of a period are looked at.
const MOST_POSTS: i64 = 2000;
/// So many posts are shown as best and as worst.
const BEST: usize = 5;
/// Best hours are learned from so much history.
const HOURS_OF: SignedDuration = SignedDuration::from_hours(180 * 24);
/// A period is at most so long.
const MOST_DAYS: i64 = 800;

/// A sent delivery with what is needed to compare it.
struct Sent {
    numbers: PostNumbers,
    at: Timestamp,
    rubric: Option<RubricId>,
    values: Values,
}

impl App {
    /// The numbers of a post, channel by channel.
    ///
    /// # Errors
    /// [`AppError::NotFound`], also for another brand's post.
    pub async fn post_stats(&self, actor: &Actor, brand: BrandId, id: PostId) -> Result<PostStats, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::NumbersRead).await?;
        let post = posts::get(&mut conn, brand, id).await?;
        let out: Vec<DeliveryRow> = rows::of_post(&mut conn, brand, id)
            .await?
            .into_iter()
            .filter(|row| row.delivery.sent_at.is_some())
            .collect();
        let channels = channels::list_with_removed(&mut conn, brand).await?;
        let sent = sent(&mut conn, brand, out, &channels, &BTreeMap::from([(id, post.content)])).await?;
        let now = self.now();
        let mut deliveries = Vec::with_capacity(sent.len());
        for one in sent {
            let keys = ["views", "reactions", "replies", "reposts", "quotes"];
            let subject = one.numbers.delivery.0;
            let series = all_series(&mut conn, brand, subject, None, &keys, one.at, now).await?;
            deliveries.push(DeliveryStats { latest: one.numbers, series });
        }
        Ok(PostStats { deliveries, metrics: self.metric_infos(actor) })
    }

    /// The numbers of a channel and of its posts between two instants.
    ///
    /// # Errors
    /// [`AppError::NotFound`], also for another brand's channel; [`AppError::Invalid`] for an impossible period.
    pub async fn channel_stats(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: ChannelId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<ChannelStats, AppError> {
        check_period(from, to)?;
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::NumbersRead).await?;
        let channel = channels::get(&mut conn, brand, id).await?;
        let latest = latest_of(&mut conn, brand, &[id.0]).await?.remove(&id.0).unwrap_or_default();
        let series = all_series(&mut conn, brand, id.0, Some(id), &["followers", "posts"], from, to).await?;
        let out = period(rows::sent_since(&mut conn, brand, Some(id), from, MOST_POSTS).await?, from, to);
        let contents = contents(&mut conn, brand, &out).await?;
        let mut posts: Vec<PostNumbers> = sent(&mut conn, brand, out, std::slice::from_ref(&channel), &contents)
            .await?
            .into_iter()
            .map(|sent| sent.numbers)
            .collect();
        posts.sort_by(|one, other| other.sent_at.cmp(&one.sent_at));
        Ok(ChannelStats { latest, series, posts, metrics: self.metric_infos(actor) })
    }

    /// Did it work? The numbers of a brand between two instants, against the same length of time before.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for an impossible period.
    pub async fn overview(
        &self,
        actor: &Actor,
        brand: BrandId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Overview, AppError> {
        check_period(from, to)?;
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::NumbersRead).await?;
        let home = brands::get(&mut conn, brand).await?;
        let zone = time::zone(&home.time_zone)?;
        let before = from.checked_sub(to.duration_since(from)).unwrap_or(from);
        let learned = before.min(to.checked_sub(HOURS_OF).unwrap_or(before));
        let channels = channels::list(&mut conn, brand).await?;
        let all = rows::sent_since(&mut conn, brand, None, learned, MOST_POSTS).await?;
        let contents = contents(&mut conn, brand, &all).await?;
        let mut all = sent(&mut conn, brand, all, &channels, &contents).await?;
        all.sort_by_key(|sent| sent.at);
        let within = |from: Timestamp, to: Timestamp| -> Vec<&Sent> {
            all.iter().filter(|sent| sent.at >= from && sent.at < to).collect()
        };
        let (now, then) = (within(from, to), within(before, from));
        let days = days(from, to);
        let mut tiles = vec![self.followers_tile(&mut conn, actor, brand, &channels, from, to, &days).await?];
        tiles.push(posts_tile(&now, &then, &days));
        for key in ["engagement", "reactions", "replies", "reposts", "views", "er_by_followers"] {
            tiles.push(self.sum_tile(actor, key, &now, &then, &days));
        }
        let mut followers = Vec::new();
        for channel in &channels {
            followers
                .extend(all_series(&mut conn, brand, channel.id.0, Some(channel.id), &["followers"], from, to).await?);
        }
        let hours = metric::hours(all.iter().map(|sent| (time::wall(sent.at, &zone), engagement(sent))));
        let targets: Vec<(RubricId, Option<i64>)> =
            rubrics::list(&mut conn, brand).await?.iter().map(|rubric| (rubric.id, rubric.target_share)).collect();
        let (best, worst) = extremes(&now);
        Ok(Overview {
            tiles,
            followers,
            engagement: vec![by_day("engagement", &now, &days)],
            best,
            worst,
            hours: hours.iter().map(|day| day.to_vec()).collect(),
            rubrics: by_rubric(&now, &targets),
            metrics: self.metric_infos(actor),
        })
    }

    /// Yesterday against the day before, for the first page; `midnight` is the beginning of today.
    pub(crate) async fn yesterday(&self, brand: BrandId, midnight: Timestamp) -> Result<Vec<Tile>, AppError> {
        let day = SignedDuration::from_hours(24);
        let from = midnight.checked_sub(day).unwrap_or(midnight);
        let before = from.checked_sub(day).unwrap_or(from);
        let mut conn = self.store().read().await?;
        let channels = channels::list(&mut conn, brand).await?;
        let all = rows::sent_since(&mut conn, brand, None, before, MOST_POSTS).await?;
        let all = sent(&mut conn, brand, all, &channels, &BTreeMap::new()).await?;
        let within = |from: Timestamp, to: Timestamp| -> Vec<&Sent> {
            all.iter().filter(|sent| sent.at >= from && sent.at < to).collect()
        };
        let (now, then) = (within(from, midnight), within(before, from));
        let mut tiles = vec![posts_tile(&now, &then, &[])];
        for key in ["engagement", "reactions", "replies"] {
            tiles.push(tile(key, total(key, &now), total(key, &then), Vec::new()));
        }
        Ok(tiles)
    }

    /// What every metric means, in the reader's language.
    pub fn metric_infos(&self, actor: &Actor) -> Vec<MetricInfo> {
        METRICS
            .iter()
            .map(|metric| MetricInfo {
                key: metric.key.to_owned(),
                name: self.texts().say(actor.language, &metric.name_key(), &[]),
                unit: metric.unit.code().to_owned(),
                formula: self.texts().say(actor.language, &metric.formula_key(), &[]),
                denominator: metric.denominator.map(str::to_owned),
            })
            .collect()
    }

    #[expect(clippy::too_many_arguments, reason = "a period, its days and whose followers they are")]
    async fn followers_tile(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        brand: BrandId,
        channels: &[Channel],
        from: Timestamp,
        to: Timestamp,
        days: &[Timestamp],
    ) -> Result<Tile, AppError> {
        let mut now = Vec::new();
        let mut then = Vec::new();
        let mut spark: Vec<Option<f64>> = vec![None; days.len()];
        for channel in channels {
            let at = |point: Option<numbers::Point>| point.and_then(|point| point.value);
            now.push(at(numbers::first_before(conn, brand, channel.id.0, "followers", to).await?));
            then.push(at(numbers::first_before(conn, brand, channel.id.0, "followers", from).await?));
            let points = numbers::series(conn, brand, channel.id.0, "followers", from, to, MOST_POINTS).await?;
            for (slot, day) in spark.iter_mut().zip(days) {
                let end = day.checked_add(SignedDuration::from_hours(24)).unwrap_or(to);
                let last = points.iter().rev().filter(|point| point.at < end).find_map(|point| point.value);
                *slot = metric::sum([*slot, last]);
            }
        }
        let mut tile = tile("followers", metric::sum(now), metric::sum(then), spark);
        self.explain(actor, &mut tile);
        Ok(tile)
    }

    fn sum_tile(&self, actor: &Actor, key: &str, now: &[&Sent], then: &[&Sent], days: &[Timestamp]) -> Tile {
        let spark = by_day(key, now, days).points.into_iter().map(|(_, value)| value).collect();
        let mut tile = tile(key, total(key, now), total(key, then), spark);
        self.explain(actor, &mut tile);
        tile
    }

    fn explain(&self, actor: &Actor, tile: &mut Tile) {
        if tile.value.is_none() {
            tile.missing = Some(self.texts().say(actor.language, "metric-missing", &[]));
        }
    }
}

fn check_period(from: Timestamp, to: Timestamp) -> Result<(), AppError> {
    let length = to.duration_since(from);
    if length <= SignedDuration::ZERO || length > SignedDuration::from_hours(24 * MOST_DAYS) {
        return Err(Problem::error("days-range", "to").with("max", MOST_DAYS).into());
    }
    Ok(())
}

fn period(rows: Vec<DeliveryRow>, from: Timestamp, to: Timestamp) -> Vec<DeliveryRow> {
    rows.into_iter().filter(|row| row.delivery.sent_at.is_some_and(|at| at >= from && at < to)).collect()
}

/// What is needed of the posts of these deliveries: rubric and first picture.
async fn contents(
    conn: &mut Conn,
    brand: BrandId,
    rows: &[DeliveryRow],
) -> Result<BTreeMap<PostId, Content>, AppError> {
    let ids: Vec<PostId> = rows.iter().map(|row| row.delivery.post).collect();
    Ok(posts::contents(conn, brand, &ids).await?)
}

async fn latest_of(conn: &mut Conn, brand: BrandId, subjects: &[Uuid]) -> Result<BTreeMap<Uuid, Values>, AppError> {
    Ok(numbers::latest(conn, brand, subjects)
        .await?
        .into_iter()
        .map(|(subject, metrics)| (subject, metrics.into_iter().map(|(key, point)| (key, point.value)).collect()))
        .collect())
}

/// Deliveries with their latest values, formulas included.
async fn sent(
    conn: &mut Conn,
    brand: BrandId,
    rows: Vec<DeliveryRow>,
    channels: &[Channel],
    contents: &BTreeMap<PostId, Content>,
) -> Result<Vec<Sent>, AppError> {
    let subjects: Vec<Uuid> = rows.iter().map(|row| row.delivery.id.0).collect();
    let mut latest = latest_of(conn, brand, &subjects).await?;
    let walls: Vec<Uuid> = channels.iter().map(|channel| channel.id.0).collect();
    let followers = latest_of(conn, brand, &walls).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let d = row.delivery;
            let at = d.sent_at?;
            let mut values = latest.remove(&d.id.0).unwrap_or_default();
            let reach = followers.get(&d.channel.0).and_then(|of| of.get("followers").copied().flatten());
            values.extend(metric::formulas(&values, reach));
            let content = contents.get(&d.post);
            let network = channels.iter().find(|channel| channel.id == d.channel).map(|c| c.network.clone());
            Some(Sent {
                numbers: PostNumbers {
                    post: d.post,
                    delivery: d.id,
                    title: row.title,
                    thumb: content.and_then(|content| content.media.first()).map(|media| media.asset),
                    channel: d.channel,
                    network: network.unwrap_or_default(),
                    sent_at: Some(instant(at)),
                    url: d.published.and_then(|published| published.url),
                    values: values.clone(),
                },
                at,
                rubric: content.and_then(|content| content.rubric),
                values,
            })
        })
        .collect())
}

async fn all_series(
    conn: &mut Conn,
    brand: BrandId,
    subject: Uuid,
    channel: Option<ChannelId>,
    keys: &[&str],
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Series>, AppError> {
    let mut all = Vec::new();
    for key in keys {
        let points = numbers::series(conn, brand, subject, key, from, to, MOST_POINTS).await?;
        if !points.is_empty() {
            let points = points.into_iter().map(|point| (instant(point.at), point.value)).collect();
            all.push(Series { metric: (*key).to_owned(), unit: unit(key).to_owned(), channel, points });
        }
    }
    Ok(all)
}

fn unit(key: &str) -> &'static str {
    metric::metric(key).map_or("count", |metric| metric.unit.code())
}

fn engagement(sent: &Sent) -> Option<f64> {
    sent.values.get("engagement").copied().flatten()
}

/// Counts are added up; a rate is the mean of the rates of single posts.
fn total(key: &str, sent: &[&Sent]) -> Option<f64> {
    let values = sent.iter().map(|sent| sent.values.get(key).copied().flatten());
    if unit(key) == "ratio" { metric::mean(values) } else { metric::sum(values) }
}

fn tile(key: &str, value: Option<f64>, previous: Option<f64>, spark: Vec<Option<f64>>) -> Tile {
    let change = metric::change(value, previous);
    Tile { metric: key.to_owned(), value, previous, change, spark, missing: None }
}

#[expect(clippy::as_conversions, reason = "counts of posts; exact up to 2^53")]
fn posts_tile(now: &[&Sent], then: &[&Sent], days: &[Timestamp]) -> Tile {
    let count = |sent: &[&Sent]| Some(sent.len() as f64);
    let spark = days.iter().map(|day| count(&of_day(now, *day))).collect();
    tile("posts", count(now), count(then), spark)
}

/// The beginnings of the days of a period, counted from its own beginning.
fn days(from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
    let next = |day: &Timestamp| day.checked_add(SignedDuration::from_hours(24)).ok();
    std::iter::successors(Some(from), next).take_while(|day| *day < to).collect()
}

fn of_day<'a>(sent: &[&'a Sent], day: Timestamp) -> Vec<&'a Sent> {
    let end = day.checked_add(SignedDuration::from_hours(24)).unwrap_or(day);
    sent.iter().copied().filter(|sent| sent.at >= day && sent.at < end).collect()
}

fn by_day(key: &str, sent: &[&Sent], days: &[Timestamp]) -> Series {
    let points = days.iter().map(|day| (instant(*day), total(key, &of_day(sent, *day)))).collect();
    Series { metric: key.to_owned(), unit: unit(key).to_owned(), channel: None, points }
}

/// Posts with the most and the least engagement; a post is never in both.
fn extremes(sent: &[&Sent]) -> (Vec<PostNumbers>, Vec<PostNumbers>) {
    let mut known: Vec<(&Sent, f64)> = sent.iter().filter_map(|sent| Some((*sent, engagement(sent)?))).collect();
    known.sort_by(|one, other| other.1.total_cmp(&one.1));
    let count = BEST.min(known.len().div_ceil(2));
    let best = known.iter().take(count).map(|(sent, _)| sent.numbers.clone()).collect();
    let worst = known.iter().skip(count).rev().take(BEST).map(|(sent, _)| sent.numbers.clone()).collect();
    (best, worst)
}

fn by_rubric(sent: &[&Sent], targets: &[(RubricId, Option<i64>)]) -> Vec<RubricNumbers> {
    let used: Vec<Option<RubricId>> = sent.iter().map(|sent| sent.rubric).collect();
    metric::shares(&used, targets)
        .into_iter()
        .map(|share| RubricNumbers {
            rubric: share.rubric,
            posts: share.posts,
            share: share.share,
            target: share.target,
            engagement: metric::median(
                sent.iter().filter(|sent| sent.rubric == share.rubric).map(|sent| engagement(sent)),
            ),
        })
        .collect()
}
