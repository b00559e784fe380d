//! The numbers of a post, a channel and a brand: snapshots in, series, tiles and comparisons out.
//!
//! Formulas are in `domain::metric`. What is missing stays missing all the way to the page.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use sarafan_domain::channel::Channel;
use sarafan_domain::id::{BrandId, ChannelId, DeliveryId, PostId, RubricId};
use sarafan_domain::member::Action;
use sarafan_domain::metric::{self, METRICS, Values};
use sarafan_domain::post::Content;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::{self, Timestamp};
use sarafan_store::deliveries::DeliveryRow;
use sarafan_store::numbers::sent::{self, RubricSums, Sums};
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
        let channels = channels::some(&mut conn, brand, out.iter().map(|row| row.delivery.channel)).await?;
        let sent = sent_rows(&mut conn, brand, out, &channels, &BTreeMap::from([(id, post.content)])).await?;
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
        let mut posts: Vec<PostNumbers> = sent_rows(&mut conn, brand, out, std::slice::from_ref(&channel), &contents)
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
        let learned = to.checked_sub(HOURS_OF).unwrap_or(before);
        let channels = channels::list(&mut conn, brand).await?;
        let days = days(from, to);
        let now = sent::sums(&mut conn, brand, from, to, DAY).await?;
        let then = whole(&sent::sums(&mut conn, brand, before, from, DAY).await?);
        let period = Period { all: whole(&now), days: by_day(&now, days.len()) };
        let mut followers = Vec::new();
        for channel in &channels {
            let (id, key) = (channel.id.0, "followers");
            let known = numbers::first_before(&mut conn, brand, id, key, from).await?.and_then(|point| point.value);
            let points = numbers::series(&mut conn, brand, id, key, from, to, MOST_POINTS).await?;
            followers.push(Wall { channel: channel.id, before: known, points });
        }
        let mut tiles = vec![self.followers_tile(actor, &followers, &days)];
        tiles.push(period.tile("posts", &then));
        for key in ["engagement", "reactions", "replies", "reposts", "views", "er_by_followers"] {
            let mut tile = period.tile(key, &then);
            self.explain(actor, &mut tile);
            tiles.push(tile);
        }
        let known = sent::engagements(&mut conn, brand, learned, to, MOST_POSTS).await?;
        let hours = metric::hours(known.into_iter().map(|(at, engagement)| (time::wall(at, &zone), engagement)));
        let targets: Vec<(RubricId, Option<i64>)> =
            rubrics::list(&mut conn, brand).await?.iter().map(|rubric| (rubric.id, rubric.target_share)).collect();
        let by_rubric = by_rubric(&sent::rubrics(&mut conn, brand, from, to).await?, &targets);
        let (best, worst) = sent::extremes(&mut conn, brand, from, to, BEST).await?;
        let best = shown(&mut conn, brand, &best, &channels).await?;
        let worst = shown(&mut conn, brand, &worst, &channels).await?;
        let engagement = days.iter().map(|day| instant(*day)).zip(period.spark("engagement")).collect();
        Ok(Overview {
            tiles,
            followers: followers.into_iter().filter_map(Wall::series).collect(),
            engagement: vec![Series {
                metric: "engagement".to_owned(),
                unit: unit("engagement").to_owned(),
                channel: None,
                points: engagement,
            }],
            best,
            worst,
            hours: hours.iter().map(|day| day.to_vec()).collect(),
            rubrics: by_rubric,
            metrics: self.metric_infos(actor),
        })
    }

    /// Yesterday against the day before, for the first page; `midnight` is the beginning of today.
    pub(crate) async fn yesterday(&self, brand: BrandId, midnight: Timestamp) -> Result<Vec<Tile>, AppError> {
        let day = SignedDuration::from_hours(24);
        let from = midnight.checked_sub(day).unwrap_or(midnight);
        let before = from.checked_sub(day).unwrap_or(from);
        let mut conn = self.store().read().await?;
        let now = whole(&sent::sums(&mut conn, brand, from, midnight, DAY).await?);
        let then = whole(&sent::sums(&mut conn, brand, before, from, DAY).await?);
        let period = Period { all: now, days: Vec::new() };
        Ok(["posts", "engagement", "reactions", "replies"].map(|key| period.tile(key, &then)).to_vec())
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

    fn followers_tile(&self, actor: &Actor, walls: &[Wall], days: &[Timestamp]) -> Tile {
        let spark = days.iter().map(|day| {
            let end = day.checked_add(SignedDuration::from_hours(24)).unwrap_or(*day);
            let at_end =
                |wall: &Wall| wall.points.iter().rev().filter(|point| point.at < end).find_map(|point| point.value);
            metric::sum(walls.iter().map(at_end))
        });
        let now = metric::sum(walls.iter().map(Wall::last));
        let then = metric::sum(walls.iter().map(|wall| wall.before));
        let mut tile = tile("followers", now, then, spark.collect());
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
async fn sent_rows(
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
                    values,
                },
                at,
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

/// A day in microseconds: the stretch that overviews count by, from the beginning of their period.
const DAY: i64 = 86_400_000_000;

/// The followers of a channel over a period.
struct Wall {
    channel: ChannelId,
    /// What was last known when the period began.
    before: Option<f64>,
    points: Vec<numbers::Point>,
}

impl Wall {
    fn last(&self) -> Option<f64> {
        self.points.iter().rev().find_map(|point| point.value).or(self.before)
    }

    fn series(self) -> Option<Series> {
        let points: Vec<_> = self.points.into_iter().map(|point| (instant(point.at), point.value)).collect();
        let (metric, unit) = ("followers".to_owned(), unit("followers").to_owned());
        (!points.is_empty()).then_some(Series { metric, unit, channel: Some(self.channel), points })
    }
}

/// What was counted of a period, as a whole and day by day.
struct Period {
    all: Sums,
    days: Vec<Sums>,
}

impl Period {
    fn tile(&self, key: &str, then: &Sums) -> Tile {
        tile(key, total(key, &self.all), total(key, then), self.spark(key))
    }

    fn spark(&self, key: &str) -> Vec<Option<f64>> {
        self.days.iter().map(|day| total(key, day)).collect()
    }
}

/// Stretches of a period added up.
fn whole(parts: &[(i64, Sums)]) -> Sums {
    let add = |of: fn(&Sums) -> Option<f64>| metric::sum(parts.iter().map(|(_, sums)| of(sums)));
    Sums {
        posts: parts.iter().map(|(_, sums)| sums.posts).sum(),
        views: add(|sums| sums.views),
        reactions: add(|sums| sums.reactions),
        replies: add(|sums| sums.replies),
        reposts: add(|sums| sums.reposts),
        engagement: add(|sums| sums.engagement),
        rates: add(|sums| sums.rates),
        rated: parts.iter().map(|(_, sums)| sums.rated).sum(),
    }
}

/// The sums of every day of a period, also of those in which nothing went out.
fn by_day(parts: &[(i64, Sums)], days: usize) -> Vec<Sums> {
    let mut all = vec![Sums::default(); days];
    for (part, sums) in parts {
        if let Some(day) = usize::try_from(*part).ok().and_then(|part| all.get_mut(part)) {
            *day = *sums;
        }
    }
    all
}

/// Counts are added up; a rate is the mean of the rates of single posts.
#[expect(clippy::as_conversions, reason = "counts of posts; exact up to 2^53")]
fn total(key: &str, sums: &Sums) -> Option<f64> {
    match key {
        "posts" => Some(sums.posts as f64),
        "engagement" => sums.engagement,
        "reactions" => sums.reactions,
        "replies" => sums.replies,
        "reposts" => sums.reposts,
        "views" => sums.views,
        "er_by_followers" => metric::rate(sums.rates, Some(sums.rated as f64)),
        _ => None,
    }
}

/// Single deliveries as pages show them, in the order given.
async fn shown(
    conn: &mut Conn,
    brand: BrandId,
    ids: &[DeliveryId],
    channels: &[Channel],
) -> Result<Vec<PostNumbers>, AppError> {
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        all.push(rows::get(conn, brand, *id).await?);
    }
    let contents = contents(conn, brand, &all).await?;
    Ok(sent_rows(conn, brand, all, channels, &contents).await?.into_iter().map(|sent| sent.numbers).collect())
}

fn tile(key: &str, value: Option<f64>, previous: Option<f64>, spark: Vec<Option<f64>>) -> Tile {
    let change = metric::change(value, previous);
    Tile { metric: key.to_owned(), value, previous, change, spark, missing: None }
}

/// The beginnings of the days of a period, counted from its own beginning.
fn days(from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
    let next = |day: &Timestamp| day.checked_add(SignedDuration::from_hours(24)).ok();
    std::iter::successors(Some(from), next).take_while(|day| *day < to).collect()
}

fn by_rubric(found: &[RubricSums], targets: &[(RubricId, Option<i64>)]) -> Vec<RubricNumbers> {
    let each = |one: &RubricSums| std::iter::repeat_n(one.rubric, usize::try_from(one.posts).unwrap_or(0));
    let used: Vec<Option<RubricId>> = found.iter().flat_map(each).collect();
    metric::shares(&used, targets)
        .into_iter()
        .map(|share| RubricNumbers {
            rubric: share.rubric,
            posts: share.posts,
            share: share.share,
            target: share.target,
            engagement: found.iter().find(|one| one.rubric == share.rubric).and_then(|one| one.engagement),
        })
        .collect()
}
