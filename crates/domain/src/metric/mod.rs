//! Named numbers: their units, formulas and denominators. Snapshots are kept elsewhere; here is what they mean.
//!
//! Missing stays missing: no function here takes an absent number for a nought.

use std::collections::BTreeMap;

mod hours;
mod series;
mod shares;
mod snapshot;

pub use hours::{HOURS, HourMap, best_hours, hours};
pub use series::{Point, deltas, downsample, gain, value_at};
pub use shares::{Share, shares};
pub use snapshot::{CHANNEL_STEP, LAST_AGE, next_snapshot};

/// What a number counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Things.
    Count,
    /// A share: 0.25 is shown as 25 %.
    Ratio,
    /// Seconds.
    Seconds,
}

impl Unit {
    /// The word in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Ratio => "ratio",
            Self::Seconds => "seconds",
        }
    }
}

/// How the value of a period, or of several posts or channels, is made of single values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// A counter that grows: a period has what it gained; several subjects are added.
    Sum,
    /// A level: a period has its last value; several channels are added.
    Latest,
    /// Computed anew from the totals of its parts; never added and never averaged.
    Formula,
}

/// One metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// Its name in the database and the API; a ratio names its denominator.
    pub key: &'static str,
    /// What it counts in.
    pub unit: Unit,
    /// The key of what it is divided by.
    pub denominator: Option<&'static str>,
    /// How it adds up.
    pub total: Total,
}

impl Metric {
    /// The key of its name in the texts: `metric-er-by-views`.
    pub fn name_key(&self) -> String {
        format!("metric-{}", self.key.replace('_', "-"))
    }

    /// The key of its formula in the texts: `metric-er-by-views-formula`.
    pub fn formula_key(&self) -> String {
        format!("{}-formula", self.name_key())
    }
}

const fn count(key: &'static str, total: Total) -> Metric {
    Metric { key, unit: Unit::Count, denominator: None, total }
}

const fn ratio(key: &'static str, denominator: &'static str) -> Metric {
    Metric { key, unit: Unit::Ratio, denominator: Some(denominator), total: Total::Formula }
}

/// Likes and every other kind of reaction to a post.
pub const REACTIONS: &str = "reactions";
/// Answers under a post.
pub const REPLIES: &str = "replies";
/// Passed on without words.
pub const REPOSTS: &str = "reposts";
/// Passed on with words.
pub const QUOTES: &str = "quotes";
/// How often a post was shown.
pub const VIEWS: &str = "views";
/// Who follows a channel.
pub const FOLLOWERS: &str = "followers";
/// Comments of a whole channel or site.
pub const COMMENTS: &str = "comments";
/// Posts of a channel.
pub const POSTS: &str = "posts";
/// Reactions, replies and reposts together; see [`engagement`].
pub const ENGAGEMENT: &str = "engagement";
/// Engagement by follower.
pub const ER_BY_FOLLOWERS: &str = "er_by_followers";
/// Engagement by view.
pub const ER_BY_VIEWS: &str = "er_by_views";

/// Every metric there is, in the order they are shown.
pub const METRICS: [Metric; 11] = [
    count(VIEWS, Total::Sum),
    count(ENGAGEMENT, Total::Formula),
    count(REACTIONS, Total::Sum),
    count(REPLIES, Total::Sum),
    count(REPOSTS, Total::Sum),
    count(QUOTES, Total::Sum),
    ratio(ER_BY_VIEWS, VIEWS),
    ratio(ER_BY_FOLLOWERS, FOLLOWERS),
    count(FOLLOWERS, Total::Latest),
    count(POSTS, Total::Sum),
    count(COMMENTS, Total::Sum),
];

/// The metric of this key.
pub fn metric(key: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|metric| metric.key == key)
}

/// Values of one subject at one time, by metric; `None` is "asked for, but the network does not tell".
pub type Values = BTreeMap<String, Option<f64>>;

fn value(values: &Values, key: &str) -> Option<f64> {
    values.get(key).copied().flatten().filter(|value| value.is_finite())
}

/// What engagement is the sum of.
pub const ENGAGEMENT_PARTS: [&str; 3] = [REACTIONS, REPLIES, REPOSTS];

/// Reactions, replies and reposts, as many of them as are known; missing where none is. Say with
/// [`engagement_without`] which ones a shown number lacks.
pub fn engagement(values: &Values) -> Option<f64> {
    let known = ENGAGEMENT_PARTS.into_iter().filter_map(|key| value(values, key));
    known.fold(None, |sum, part| Some(sum.unwrap_or(0.0) + part))
}

/// The parts of engagement that are missing; empty where the sum is whole.
pub fn engagement_without(values: &Values) -> Vec<&'static str> {
    ENGAGEMENT_PARTS.into_iter().filter(|key| value(values, key).is_none()).collect()
}

/// One number by another; missing where one is missing or the denominator is not above nought.
pub fn rate(part: Option<f64>, whole: Option<f64>) -> Option<f64> {
    let (part, whole) = (part?, whole?);
    (part.is_finite() && whole.is_finite() && whole > 0.0).then(|| part / whole)
}

/// The values of every formula, computed from the others. `followers` are those of the channel at the time.
pub fn formulas(values: &Values, followers: Option<f64>) -> Values {
    let engagement = engagement(values);
    let followers = followers.or_else(|| value(values, FOLLOWERS));
    [
        (ENGAGEMENT, engagement),
        (ER_BY_VIEWS, rate(engagement, value(values, VIEWS))),
        (ER_BY_FOLLOWERS, rate(engagement, followers)),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect()
}

/// The sum of the known values; missing where none is known.
pub fn sum(values: impl IntoIterator<Item = Option<f64>>) -> Option<f64> {
    values.into_iter().flatten().fold(None, |sum, value| Some(sum.unwrap_or(0.0) + value))
}

/// The mean of the known values.
pub fn mean(values: impl IntoIterator<Item = Option<f64>>) -> Option<f64> {
    let known: Vec<f64> = values.into_iter().flatten().collect();
    rate(sum(known.iter().copied().map(Some)), Some(number(known.len())))
}

/// The median of the known values; between the two in the middle where their number is even.
pub fn median(values: impl IntoIterator<Item = Option<f64>>) -> Option<f64> {
    let mut known: Vec<f64> = values.into_iter().flatten().collect();
    known.sort_by(f64::total_cmp);
    let upper = *known.get(known.len() / 2)?;
    let lower = *known.get((known.len() - 1) / 2)?;
    Some(f64::midpoint(lower, upper))
}

/// The change against an earlier value as a ratio: 0.5 is half as much again. Missing where one of them is, and
/// where there was nothing before, because no ratio says "from nought".
pub fn change(value: Option<f64>, before: Option<f64>) -> Option<f64> {
    let (value, before) = (value?, before?);
    (before != 0.0).then(|| (value - before) / before.abs())
}

#[expect(clippy::as_conversions, reason = "counts of posts; exact up to 2^53")]
fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, Option<f64>)]) -> Values {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect()
    }

    #[test]
    fn a_ratio_names_its_denominator() {
        for one in METRICS {
            assert_eq!(metric(one.key), Some(&one));
            assert_eq!(one.denominator.is_some(), one.unit == Unit::Ratio, "{}", one.key);
            if let Some(denominator) = one.denominator {
                assert!(metric(denominator).is_some());
                assert!(one.key.ends_with(&format!("_by_{denominator}")), "{}", one.key);
            }
        }
        assert_eq!(metric("er_by_views").unwrap().formula_key(), "metric-er-by-views-formula");
        assert_eq!(metric("er"), None);
    }

    #[test]
    fn formulas_keep_what_is_missing_missing() {
        type Row<'a> = (&'a [(&'a str, Option<f64>)], Option<f64>, [Option<f64>; 3], &'a [&'a str]);
        let all = [(REACTIONS, Some(6.0)), (REPLIES, Some(3.0)), (REPOSTS, Some(1.0)), (VIEWS, Some(100.0))];
        let rows: [Row<'_>; 6] = [
            (&all, Some(50.0), [Some(10.0), Some(0.1), Some(0.2)], &[]),
            (&all, None, [Some(10.0), Some(0.1), None], &[]),
            (&all, Some(0.0), [Some(10.0), Some(0.1), None], &[]),
            (&[(REACTIONS, Some(6.0)), (REPLIES, None)], Some(60.0), [Some(6.0), None, Some(0.1)], &[REPLIES, REPOSTS]),
            (&[(VIEWS, Some(100.0))], Some(10.0), [None, None, None], &[REACTIONS, REPLIES, REPOSTS]),
            (
                &[(REACTIONS, Some(0.0)), (REPLIES, Some(0.0)), (REPOSTS, Some(0.0)), (VIEWS, Some(0.0))],
                Some(10.0),
                [Some(0.0), None, Some(0.0)],
                &[],
            ),
        ];
        for (given, followers, expected, without) in rows {
            let given = values(given);
            let got = formulas(&given, followers);
            let got = [ENGAGEMENT, ER_BY_VIEWS, ER_BY_FOLLOWERS].map(|key| got[key]);
            assert_eq!((got, engagement_without(&given)), (expected, without.to_vec()), "{given:?}");
        }
    }

    #[test]
    fn middles() {
        type Row<'a> = (&'a [Option<f64>], Option<f64>, Option<f64>, Option<f64>);
        let rows: [Row<'_>; 5] = [
            (&[], None, None, None),
            (&[None, None], None, None, None),
            (&[Some(3.0)], Some(3.0), Some(3.0), Some(3.0)),
            (&[Some(1.0), None, Some(2.0), Some(9.0)], Some(12.0), Some(4.0), Some(2.0)),
            (&[Some(4.0), Some(1.0), Some(2.0), Some(3.0)], Some(10.0), Some(2.5), Some(2.5)),
        ];
        for (given, total, average, middle) in rows {
            let given = given.iter().copied();
            assert_eq!((sum(given.clone()), mean(given.clone()), median(given.clone())), (total, average, middle));
        }
    }

    #[test]
    fn changes() {
        let rows = [
            (Some(15.0), Some(10.0), Some(0.5)),
            (Some(5.0), Some(10.0), Some(-0.5)),
            (Some(5.0), Some(-10.0), Some(1.5)),
            (Some(5.0), Some(0.0), None),
            (None, Some(1.0), None),
            (Some(1.0), None, None),
        ];
        for (value, before, expected) in rows {
            assert_eq!(change(value, before), expected, "{value:?} {before:?}");
        }
    }
}
