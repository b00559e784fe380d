//! Numbers as the API shows them.

use std::collections::BTreeMap;

use sarafan_domain::id::{AssetId, ChannelId, DeliveryId, PostId, RubricId};
use serde::Serialize;
use utoipa::ToSchema;

/// A metric as a page explains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MetricInfo {
    /// Its key; a rate names its denominator.
    pub key: String,
    /// Its name.
    pub name: String,
    /// `count`, `ratio` or `seconds`.
    pub unit: String,
    /// How it is computed, in a sentence.
    pub formula: String,
    /// Key of the denominator of a rate.
    pub denominator: Option<String>,
}

/// The values of one metric over time.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Series {
    /// Which metric.
    pub metric: String,
    /// Its unit.
    pub unit: String,
    /// The channel it belongs to, in views of several.
    pub channel: Option<ChannelId>,
    /// Instant and value; a missing value says that the network was asked and did not tell.
    pub points: Vec<(String, Option<f64>)>,
}

/// One number with its past.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Tile {
    /// Which metric.
    pub metric: String,
    /// Its value in the period.
    pub value: Option<f64>,
    /// Its value in the period before.
    pub previous: Option<f64>,
    /// The change as a ratio.
    pub change: Option<f64>,
    /// Its value day by day.
    pub spark: Vec<Option<f64>>,
    /// Why the value is missing.
    pub missing: Option<String>,
}

/// The numbers of a sent post on one channel.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PostNumbers {
    /// The post.
    pub post: PostId,
    /// The delivery.
    pub delivery: DeliveryId,
    /// First line.
    pub title: String,
    /// Its first picture.
    pub thumb: Option<AssetId>,
    /// The channel.
    pub channel: ChannelId,
    /// The channel's network.
    pub network: String,
    /// When it went out.
    pub sent_at: Option<String>,
    /// Where it can be seen.
    pub url: Option<String>,
    /// Latest value of each metric.
    pub values: BTreeMap<String, Option<f64>>,
}

/// The numbers of one post.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PostStats {
    /// One entry per channel it went out on.
    pub deliveries: Vec<DeliveryStats>,
    /// What the metrics mean.
    pub metrics: Vec<MetricInfo>,
}

/// The numbers of one post on one channel.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeliveryStats {
    /// The latest.
    #[serde(flatten)]
    pub latest: PostNumbers,
    /// All that was read.
    pub series: Vec<Series>,
}

/// The numbers of one channel.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChannelStats {
    /// Latest value of each metric.
    pub latest: BTreeMap<String, Option<f64>>,
    /// All that was read.
    pub series: Vec<Series>,
    /// Its posts of the period, latest first.
    pub posts: Vec<PostNumbers>,
    /// What the metrics mean.
    pub metrics: Vec<MetricInfo>,
}

/// The numbers of a brand.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Overview {
    /// The main numbers against the period before.
    pub tiles: Vec<Tile>,
    /// Followers, one series per channel.
    pub followers: Vec<Series>,
    /// Engagement by day of sending.
    pub engagement: Vec<Series>,
    /// Posts with the most engagement.
    pub best: Vec<PostNumbers>,
    /// Posts with the least.
    pub worst: Vec<PostNumbers>,
    /// Mean engagement by weekday (Monday first) and hour in the brand's zone.
    pub hours: Vec<Vec<Option<f64>>>,
    /// Posts and engagement by rubric.
    pub rubrics: Vec<RubricNumbers>,
    /// What the metrics mean.
    pub metrics: Vec<MetricInfo>,
}

/// What a rubric brought.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RubricNumbers {
    /// The rubric; missing for posts without one.
    pub rubric: Option<RubricId>,
    /// How many posts went out.
    pub posts: usize,
    /// Share of all posts.
    pub share: Option<f64>,
    /// Wanted share.
    pub target: Option<f64>,
    /// Median engagement of its posts.
    pub engagement: Option<f64>,
}
