//! Repeat rules, timetable slots and the queue: which wall-clock times come next.
//!
//! Dates are computed without a zone, by the rules of RFC 5545, and only then mapped to instants: the hour on the
//! wall stays across daylight-saving changes. What a rule is called in a sentence is the interface's matter.

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::channel::Slot;
use crate::problem::Problem;
use crate::time::{Timestamp, Wall, instant_of_rule, wall};

#[cfg(test)]
mod tests;

/// When a post is to go out, as the author said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Schedule {
    /// Chosen by a person or taken from the timetable.
    pub mode: Mode,
    /// What the wall clock shows then.
    #[serde(with = "wall_text")]
    #[cfg_attr(feature = "schema", schema(value_type = String, example = "2026-12-01T10:00"))]
    pub wall: Wall,
    /// IANA name of the zone of that wall clock.
    pub zone: String,
}

/// Where the time of a schedule came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// A person chose it.
    At,
    /// The next free slot of the channel's timetable was taken.
    Slot,
}

/// How a post repeats. Months and years keep the day of the month of the first date.
///
/// As RFC 5545 says, a date that does not exist is skipped, never moved: a rule that starts on the 31st gives
/// nothing in months of 30 days, one that starts on 29 February gives leap years only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RepeatRule {
    /// The unit that is counted.
    pub every: Every,
    /// Every so many units; 1 to [`MAX_INTERVAL`].
    pub interval: u32,
    /// For weeks: the days, 1 is Monday and 7 Sunday; empty means the weekday of the first date. Not looked at for
    /// other units. Weeks begin on Monday.
    #[serde(default)]
    pub weekdays: Vec<i8>,
    /// When it stops.
    pub end: End,
}

/// The unit of a repeat rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Every {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// When a repeat rule stops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum End {
    /// Not by itself.
    Never,
    /// After so many dates, the first one included.
    Count {
        /// 1 to [`MAX_COUNT`].
        count: u32,
    },
    /// With the last date that is not after this one.
    Until {
        /// The last day on which it may still happen, on the wall.
        #[cfg_attr(feature = "schema", schema(value_type = String, example = "2026-12-31"))]
        date: Date,
    },
}

/// The longest interval of a rule, in its units.
pub const MAX_INTERVAL: u32 = 999;
/// The highest count of a rule that ends by count.
pub const MAX_COUNT: u32 = 1000;

/// One date of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Occurrence {
    /// What the rule says the wall clock shows.
    #[serde(with = "wall_text")]
    #[cfg_attr(feature = "schema", schema(value_type = String, example = "2026-12-01T10:00"))]
    pub wall: Wall,
    /// The instant.
    #[cfg_attr(feature = "schema", schema(value_type = String, example = "2026-12-01T07:00:00Z"))]
    pub at: Timestamp,
    /// The clock skips that time on that day: it goes out later by the length of the gap.
    pub shifted: bool,
}

/// Problems of a rule whose first wall-clock time is `start`.
pub fn check(rule: &RepeatRule, start: Wall) -> Vec<Problem> {
    let mut problems = Vec::new();
    if rule.interval == 0 || rule.interval > MAX_INTERVAL {
        problems.push(Problem::error("repeat-interval", "repeat").with("max", MAX_INTERVAL));
    }
    if rule.every == Every::Week && rule.weekdays.iter().any(|day| !(1..=7).contains(day)) {
        problems.push(Problem::error("repeat-weekday", "repeat"));
    }
    match &rule.end {
        End::Count { count } if *count == 0 || *count > MAX_COUNT => {
            problems.push(Problem::error("repeat-count", "repeat").with("max", MAX_COUNT));
        }
        End::Until { date } if *date < start.date() => {
            problems.push(Problem::error("repeat-until", "repeat").with("date", date.to_string()));
        }
        _ => {}
    }
    if problems.is_empty() && dates(rule, start.date()).next().is_none() {
        problems.push(Problem::error("repeat-never", "repeat"));
    }
    problems
}

/// The dates of a rule that begins at `start`: the first `count` of those after the wall-clock time `after`, or of
/// all of them. Give the wall-clock time of the last known date as `after` to go on from there.
///
/// `start` itself is among them where the rule allows its weekday; a rule that [`check`] refuses gives nothing.
/// Where the clock shows the hour twice the first pass is meant, see [`instant_of_rule`].
pub fn occurrences(
    rule: &RepeatRule,
    start: Wall,
    zone: &TimeZone,
    after: Option<Wall>,
    count: usize,
) -> Vec<Occurrence> {
    dates(rule, start.date())
        .map(|date| date.to_datetime(start.time()))
        .skip_while(|wall| after.is_some_and(|after| *wall <= after))
        .map_while(|wall| instant_of_rule(wall, zone).ok().map(|(at, shifted)| Occurrence { wall, at, shifted }))
        .take(count)
        .collect()
}

/// The dates of a rule, reckoned as midnights of UTC so that no zone plays a part.
fn dates(rule: &RepeatRule, start: Date) -> impl Iterator<Item = Date> {
    recurrence(rule, start)
        .and_then(|text| text.parse::<rrule::RRuleSet>().ok())
        .into_iter()
        .flat_map(|set| (&set.limit()).into_iter())
        .map_while(|at| Timestamp::from_second(at.timestamp()).ok())
        .map(|at| TimeZone::UTC.to_datetime(at).date())
}

/// The rule in the words of RFC 5545; `None` where it cannot be said.
fn recurrence(rule: &RepeatRule, start: Date) -> Option<String> {
    const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    if rule.interval == 0 || rule.interval > MAX_INTERVAL || start.year() < 1 {
        return None;
    }
    let frequency = match rule.every {
        Every::Day => "DAILY",
        Every::Week => "WEEKLY",
        Every::Month => "MONTHLY",
        Every::Year => "YEARLY",
    };
    let midnight = |date: Date| date.strftime("%Y%m%dT000000Z").to_string();
    let mut text = format!("DTSTART:{}\nRRULE:FREQ={frequency};INTERVAL={};WKST=MO", midnight(start), rule.interval);
    if rule.every == Every::Week && !rule.weekdays.is_empty() {
        let days: Option<Vec<&str>> =
            rule.weekdays.iter().map(|day| DAYS.get(usize::try_from(*day).ok()?.checked_sub(1)?).copied()).collect();
        text.push_str(";BYDAY=");
        text.push_str(&days?.join(","));
    }
    match &rule.end {
        End::Never => {}
        End::Count { count } if *count == 0 || *count > MAX_COUNT => return None,
        End::Count { count } => text.push_str(&format!(";COUNT={count}")),
        End::Until { date } => text.push_str(&format!(";UNTIL={}", midnight(*date))),
    }
    Some(text)
}

/// The first slot of a weekly timetable after `after` that nothing in `taken` occupies, looking at most
/// `horizon_days` ahead; with what the wall clock shows then.
///
/// A slot that the clock skips moves forward by the gap, one that it shows twice happens once, at the first pass.
pub fn next_free(
    slots: &[Slot],
    zone: &TimeZone,
    taken: &[Timestamp],
    after: Timestamp,
    horizon_days: u16,
) -> Option<(Timestamp, Wall)> {
    let today = wall(after, zone).date();
    (0..=i64::from(horizon_days)).find_map(|day| {
        let date = today.checked_add(Span::new().try_days(day).ok()?).ok()?;
        let weekday = date.weekday().to_monday_one_offset();
        slots
            .iter()
            .filter(|slot| slot.weekday == weekday)
            .filter_map(|slot| instant_of_rule(date.to_datetime(slot.time), zone).ok())
            .map(|(at, _)| at)
            .filter(|at| *at > after && !taken.contains(at))
            .min()
            .map(|at| (at, wall(at, zone)))
    })
}

/// How a wall-clock time is written in JSON: `2026-12-01T10:00`, with seconds only where there are any.
pub mod wall_text {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::time::Wall;

    /// The text of a wall-clock time.
    pub fn format(wall: Wall) -> String {
        let shape = if wall.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" };
        wall.strftime(shape).to_string()
    }

    /// Writes what [`format()`] makes.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(wall: &Wall, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format(*wall))
    }

    /// Reads a date and time with or without seconds; a fraction of a second is dropped.
    ///
    /// # Errors
    /// Where the text is no date and time.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Wall, D::Error> {
        let wall = Wall::deserialize(deserializer)?;
        wall.with().subsec_nanosecond(0).build().map_err(serde::de::Error::custom)
    }
}
