//! Instants, wall-clock times and zones.
//!
//! A schedule is a wall-clock time in an IANA zone; the instant is computed from it, so that a daylight-saving
//! change moves the instant and not the hour on the wall. The zone rules are those bundled with jiff.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use serde::{Deserialize, Serialize};

pub use jiff::Timestamp;

use crate::problem::Problem;

/// A date and time on the wall, without a zone.
pub type Wall = DateTime;

/// Which of two instants is meant when the clock shows an hour twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Fold {
    /// The first pass, still daylight-saving time.
    Earlier,
    /// The second pass.
    Later,
}

/// Finds a zone by its IANA name, case-insensitively.
///
/// # Errors
/// `zone-unknown` names the zone.
pub fn zone(name: &str) -> Result<TimeZone, Problem> {
    TimeZone::get(name.trim()).map_err(|_| Problem::error("zone-unknown", "time_zone").with("zone", name))
}

/// The instant at which the wall clock of `zone` shows `wall`.
///
/// # Errors
/// `wall-gap` where the clock skips that time, `wall-twice` where it shows it twice and `fold` does not choose.
pub fn instant(wall: Wall, zone: &TimeZone, fold: Option<Fold>) -> Result<Timestamp, Problem> {
    let ambiguous = zone.to_ambiguous_timestamp(wall);
    let shown = wall.strftime("%Y-%m-%d %H:%M").to_string();
    let outside = || Problem::error("wall-out-of-range", "at");
    match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => ambiguous.compatible().map_err(|_| outside()),
        AmbiguousOffset::Gap { .. } => {
            Err(Problem::error("wall-gap", "at").with("wall", shown).with("zone", zone.iana_name().unwrap_or_default()))
        }
        AmbiguousOffset::Fold { .. } => match fold {
            Some(Fold::Earlier) => ambiguous.earlier().map_err(|_| outside()),
            Some(Fold::Later) => ambiguous.later().map_err(|_| outside()),
            None => Err(Problem::error("wall-twice", "at")
                .with("wall", shown)
                .with("zone", zone.iana_name().unwrap_or_default())),
        },
    }
}

/// The instant for a date made by a rule and not by a person: a gap moves the time forward by the gap's
/// length, an hour shown twice means its first pass.
///
/// The flag says that the wall clock will not show `wall` exactly.
///
/// # Errors
/// `wall-out-of-range` where the year cannot be represented.
pub fn instant_of_rule(wall: Wall, zone: &TimeZone) -> Result<(Timestamp, bool), Problem> {
    let ambiguous = zone.to_ambiguous_timestamp(wall);
    let shifted = matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. });
    let at = ambiguous.compatible().map_err(|_| Problem::error("wall-out-of-range", "at"))?;
    Ok((at, shifted))
}

/// The instant of a schedule by the present rules of its zone, where it is no longer `was`: rules change. Of an hour
/// shown twice the pass nearer to `was` is meant, a gap moves the time forward. Changes of less than a minute are none.
pub fn instant_again(wall: Wall, zone: &TimeZone, was: Timestamp) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(wall);
    let passes = [ambiguous.earlier(), ambiguous.later()];
    let nearest = || passes.into_iter().flatten().min_by_key(|at| at.duration_since(was).abs());
    let at = match ambiguous.offset() {
        AmbiguousOffset::Fold { .. } => nearest()?,
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Gap { .. } => ambiguous.compatible().ok()?,
    };
    (at.duration_since(was).abs() >= jiff::SignedDuration::from_mins(1)).then_some(at)
}

/// What the wall clock of `zone` shows at `at`.
pub fn wall(at: Timestamp, zone: &TimeZone) -> Wall {
    zone.to_datetime(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(result: Result<Timestamp, Problem>) -> String {
        match result {
            Ok(at) => at.to_string(),
            Err(problem) => problem.code.into_owned(),
        }
    }

    #[test]
    fn wall_clock_times_become_instants() {
        let rows: [(&str, &str, Option<Fold>, &str); 7] = [
            ("2026-12-01T10:00", "Europe/Moscow", None, "2026-12-01T07:00:00Z"),
            ("2027-03-28T02:30", "Europe/Warsaw", None, "wall-gap"),
            ("2026-10-25T02:30", "Europe/Warsaw", None, "wall-twice"),
            ("2026-10-25T02:30", "Europe/Warsaw", Some(Fold::Earlier), "2026-10-25T00:30:00Z"),
            ("2026-10-25T02:30", "Europe/Warsaw", Some(Fold::Later), "2026-10-25T01:30:00Z"),
            ("2026-10-25T03:00", "Europe/Warsaw", None, "2026-10-25T02:00:00Z"),
            ("2026-07-01T09:00", "Europe/London", None, "2026-07-01T08:00:00Z"),
        ];
        for (text, name, fold, expected) in rows {
            let got = code(instant(text.parse().unwrap(), &zone(name).unwrap(), fold));
            assert_eq!(got, expected, "{text} {name}");
        }
    }

    #[test]
    fn instants_follow_the_rules_and_not_the_other_way_round() {
        let rows = [
            ("2026-12-01T10:00", "Europe/Moscow", "2026-12-01T07:00:00Z", ""),
            ("2026-12-01T10:00", "Europe/Moscow", "2026-12-01T07:00:59Z", ""),
            ("2026-12-01T10:00", "Europe/Moscow", "2026-12-01T06:00:00Z", "2026-12-01T07:00:00Z"),
            ("2026-10-25T02:30", "Europe/Warsaw", "2026-10-25T00:30:00Z", ""),
            ("2026-10-25T02:30", "Europe/Warsaw", "2026-10-25T01:30:00Z", ""),
            ("2026-10-25T02:30", "Europe/Warsaw", "2026-10-25T02:30:00Z", "2026-10-25T01:30:00Z"),
            ("2027-03-28T02:30", "Europe/Warsaw", "2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z"),
        ];
        for (text, name, was, expected) in rows {
            let again = instant_again(text.parse().unwrap(), &zone(name).unwrap(), was.parse().unwrap());
            assert_eq!(again.map(|at| at.to_string()).unwrap_or_default(), expected, "{text} {name} {was}");
        }
    }

    #[test]
    fn an_unknown_zone_is_named() {
        let problem = zone("Mars/Olympus").unwrap_err();
        assert_eq!(problem.code, "zone-unknown");
        assert_eq!(problem.args.get("zone"), Some(&"Mars/Olympus".into()));
    }

    #[test]
    fn a_rule_passes_over_the_gap() {
        let warsaw = zone("Europe/Warsaw").unwrap();
        let (at, shifted) = instant_of_rule("2027-03-28T02:30".parse().unwrap(), &warsaw).unwrap();
        assert!(shifted);
        assert_eq!(wall(at, &warsaw).to_string(), "2027-03-28T03:30:00");
    }
}
