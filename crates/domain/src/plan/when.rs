//! Dates and times as people write them in tables. A date that can be read in two ways is asked about, never guessed.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::problem::Problem;
use crate::time::{self, Timestamp, Wall};

/// The order of the parts of a date that does not begin with a year of four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 31.12.2026
    Dmy,
    /// 12/31/2026
    Mdy,
    /// 26-12-31
    Ymd,
}

impl DateOrder {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Dmy, Self::Mdy, Self::Ymd];

    /// The word in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
            Self::Ymd => "ymd",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.code() == code)
    }
}

/// What a cell says about the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    /// What the wall shows.
    pub(super) wall: Wall,
    /// The instant, where the cell gives an offset and so leaves no question.
    pub(super) at: Option<Timestamp>,
}

/// Reads a date with a time; `zone` is that of the wall.
///
/// # Errors
/// `date-format-ask` with the dates it could be, `date-impossible`, `at-no-time`, `at-unreadable`.
pub(super) fn read(text: &str, order: Option<DateOrder>, zone: &TimeZone) -> Result<When, Problem> {
    let text = text.trim();
    let problem = |code: &'static str| Problem::error(code, "at").with("value", text);
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(When { wall: time::wall(at, zone), at: Some(at) });
    }
    let (date, clock) = text
        .split_once(['T', 't', ' ', '\u{a0}', ','])
        .map_or((text, ""), |(date, clock)| (date.trim(), clock.trim_matches([' ', ',', '\u{a0}'])));
    let parts: Option<Vec<&str>> = ['-', '.', '/'].into_iter().find_map(|mark| {
        let parts: Vec<&str> = date.trim_end_matches('.').split(mark).collect();
        let numbers = parts.iter().all(|part| matches!(part.len(), 1..=4) && part.bytes().all(|b| b.is_ascii_digit()));
        (parts.len() == 3 && numbers).then_some(parts)
    });
    let Some([first, second, third]) = parts.as_deref() else { return Err(problem("at-unreadable")) };
    if clock.is_empty() {
        return Err(problem("at-no-time"));
    }
    let time = clock_time(clock).ok_or_else(|| problem("at-unreadable"))?;
    let as_order = |order: DateOrder| match order {
        DateOrder::Dmy => day(third, second, first),
        DateOrder::Mdy => day(third, first, second),
        DateOrder::Ymd => day(first, second, third),
    };
    let date = if first.len() == 4 {
        as_order(DateOrder::Ymd).ok_or_else(|| problem("date-impossible"))?
    } else if first.len() == 3 || matches!(third.len(), 1 | 3) || second.len() > 2 {
        return Err(problem("at-unreadable"));
    } else if let Some(order) = order.filter(|order| *order != DateOrder::Ymd || third.len() <= 2) {
        as_order(order).ok_or_else(|| problem("date-impossible"))?
    } else {
        return Err(ask(&problem, time, as_order));
    };
    Ok(When { wall: date.to_datetime(time), at: None })
}

fn ask(problem: &dyn Fn(&'static str) -> Problem, time: Time, as_order: impl Fn(DateOrder) -> Option<Date>) -> Problem {
    let mut orders: Vec<&str> = Vec::new();
    let mut dates: Vec<String> = Vec::new();
    for order in DateOrder::ALL {
        if let Some(date) = as_order(order) {
            orders.push(order.code());
            dates.push(date.to_datetime(time).strftime("%Y-%m-%d %H:%M").to_string());
        }
    }
    if dates.is_empty() {
        return problem("date-impossible");
    }
    dates.dedup();
    problem("date-format-ask").with("candidates", dates.join(", ")).with("orders", orders.join(", "))
}

/// The date of these digits; years of two digits belong to this century.
fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    if month.len() > 2 || day.len() > 2 {
        return None;
    }
    let full: i16 = match year.len() {
        4 => year.parse().ok()?,
        2 => year.parse::<i16>().ok()? + 2000,
        _ => return None,
    };
    Date::new(full, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `9:30`, `09:30:15`, `9:30 pm`.
fn clock_time(text: &str) -> Option<Time> {
    let lower = text.to_ascii_lowercase();
    let (digits, half) = match lower.strip_suffix("am").or_else(|| lower.strip_suffix("a.m.")) {
        Some(digits) => (digits, Some(0)),
        None => match lower.strip_suffix("pm").or_else(|| lower.strip_suffix("p.m.")) {
            Some(digits) => (digits, Some(12)),
            None => (lower.as_str(), None),
        },
    };
    let mut parts = digits.trim().split(':').map(|part| {
        let number = matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit());
        if number { part.parse::<i8>().ok() } else { None }
    });
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = match parts.next() {
        Some(second) => second?,
        None => 0,
    };
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    if parts.next().is_some() { None } else { Time::new(hour, minute, second, 0).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        use DateOrder::{Dmy, Mdy, Ymd};
        let rows: [(&str, Option<DateOrder>, &str); 32] = [
            ("2026-12-01 10:00", None, "2026-12-01T10:00:00"),
            ("2026-12-01T10:00", None, "2026-12-01T10:00:00"),
            ("2026-12-01 10:00:30", Some(Mdy), "2026-12-01T10:00:30"),
            ("2026/12/1, 9:05", None, "2026-12-01T09:05:00"),
            ("2026.12.01 10:00", Some(Dmy), "2026-12-01T10:00:00"),
            // An offset leaves no question; the wall is that of Warsaw.
            ("2026-12-01T10:00:00Z", None, "2026-12-01T11:00:00"),
            ("2026-12-01T10:00:00+03:00", None, "2026-12-01T08:00:00"),
            ("2026-10-25T02:30:00+01:00", None, "2026-10-25T02:30:00"),
            ("31.12.2026 23:59", None, "date-format-ask 2026-12-31 23:59 dmy"),
            ("05.06.2026 10:00", None, "date-format-ask 2026-06-05 10:00, 2026-05-06 10:00 dmy, mdy"),
            ("12/31/2026 10:00", None, "date-format-ask 2026-12-31 10:00 mdy"),
            (
                "05.06.07 10:00",
                None,
                "date-format-ask 2007-06-05 10:00, 2007-05-06 10:00, 2005-06-07 10:00 dmy, mdy, ymd",
            ),
            ("31.12.2026 23:59", Some(Ymd), "date-format-ask 2026-12-31 23:59 dmy"),
            ("31.12.2026 23:59", Some(Dmy), "2026-12-31T23:59:00"),
            ("31.12.2026 23:59", Some(Mdy), "date-impossible"),
            ("12/31/2026 11:59 PM", Some(Mdy), "2026-12-31T23:59:00"),
            ("12/31/2026 12:05 am", Some(Mdy), "2026-12-31T00:05:00"),
            ("26-12-31 10:00", Some(Ymd), "2026-12-31T10:00:00"),
            ("1.2.26 7:00", Some(Dmy), "2026-02-01T07:00:00"),
            ("2026-02-30 10:00", None, "date-impossible"),
            ("32.13.2026 10:00", None, "date-impossible"),
            ("2026-13-01 10:00", None, "date-impossible"),
            ("2026-12-01", None, "at-no-time"),
            ("2026-12-01 25:00", None, "at-unreadable"),
            ("2026-12-01 13:00 pm", None, "at-unreadable"),
            ("2026-12-01 10:00:00:00", None, "at-unreadable"),
            ("2026-12-01 +1:00", None, "at-unreadable"),
            ("tomorrow", None, "at-unreadable"),
            ("46357.41", None, "at-unreadable"),
            ("", None, "at-unreadable"),
            ("1.2.3 10:00", None, "at-unreadable"),
            ("99999-01-01 10:00", None, "at-unreadable"),
        ];
        let warsaw = time::zone("Europe/Warsaw").unwrap();
        for (text, order, expected) in rows {
            let got = match read(text, order, &warsaw) {
                Ok(when) => when.wall.to_string(),
                Err(problem) => {
                    let said = |name: &str| match problem.args.get(name) {
                        Some(crate::problem::Arg::Text(text)) => format!(" {text}"),
                        _ => String::new(),
                    };
                    format!("{}{}{}", problem.code, said("candidates"), said("orders"))
                }
            };
            assert_eq!(got, expected, "{text} {order:?}");
        }
    }
}
