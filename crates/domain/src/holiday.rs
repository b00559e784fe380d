//! Public holidays of five countries, computed by rule for any year.
//!
//! What is absent: days moved by a yearly decree (Russia), single days by proclamation, holidays of regions. The
//! names are texts: `holiday-<key>`.

use jiff::Span;
use jiff::civil::{Date, Weekday};

/// A day on which a country rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// Its name is the text `holiday-<key>`.
    pub key: &'static str,
    /// Not the day itself but the working day that is free in its place; the text `holiday-observed` says so.
    pub observed: bool,
}

/// The countries we know, ISO 3166-1.
pub const COUNTRIES: [&str; 5] = ["DE", "GB", "PL", "RU", "US"];

/// The holidays of a country from `from` to `to`, both included, in order; nothing for a country we do not know.
pub fn between(country: &str, from: Date, to: Date) -> Vec<Holiday> {
    // A holiday may be observed in the year before its own (1 January on a Saturday).
    let years = from.year().saturating_sub(1)..=to.year().saturating_add(1);
    let mut found: Vec<Holiday> = years
        .flat_map(|year| match country {
            "DE" => germany(year),
            "GB" => britain(year),
            "PL" => poland(year),
            "RU" => russia(year),
            "US" => america(year),
            _ => Vec::new(),
        })
        .flatten()
        .filter(|holiday| (from..=to).contains(&holiday.date))
        .collect();
    found.sort();
    found
}

fn on(year: i16, month: i8, day: i8, key: &'static str) -> Option<Holiday> {
    Date::new(year, month, day).ok().map(|date| Holiday { date, key, observed: false })
}

fn after(date: Option<Date>, days: i64, key: &'static str) -> Option<Holiday> {
    let date = date?.checked_add(Span::new().try_days(days).ok()?).ok()?;
    Some(Holiday { date, key, observed: false })
}

/// The `nth` such weekday of a month; -1 is the last.
fn nth(year: i16, month: i8, nth: i8, weekday: Weekday, key: &'static str) -> Option<Holiday> {
    let date = Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?;
    Some(Holiday { date, key, observed: false })
}

fn germany(year: i16) -> Vec<Option<Holiday>> {
    let easter = easter(year);
    vec![
        on(year, 1, 1, "new-year"),
        after(easter, -2, "good-friday"),
        after(easter, 1, "easter-monday"),
        on(year, 5, 1, "labour-day"),
        after(easter, 39, "ascension"),
        after(easter, 50, "whit-monday"),
        on(year, 10, 3, "german-unity"),
        on(year, 12, 25, "christmas"),
        on(year, 12, 26, "second-christmas"),
    ]
}

fn poland(year: i16) -> Vec<Option<Holiday>> {
    let easter = easter(year);
    vec![
        on(year, 1, 1, "new-year"),
        on(year, 1, 6, "epiphany"),
        after(easter, 0, "easter"),
        after(easter, 1, "easter-monday"),
        on(year, 5, 1, "labour-day"),
        on(year, 5, 3, "polish-constitution"),
        after(easter, 49, "pentecost"),
        after(easter, 60, "corpus-christi"),
        on(year, 8, 15, "assumption"),
        on(year, 11, 1, "all-saints"),
        on(year, 11, 11, "polish-independence"),
        // Free since 2025.
        on(year, 12, 24, "christmas-eve").filter(|_| year >= 2025),
        on(year, 12, 25, "christmas"),
        on(year, 12, 26, "second-christmas"),
    ]
}

fn russia(year: i16) -> Vec<Option<Holiday>> {
    let mut days: Vec<Option<Holiday>> =
        [2, 3, 4, 5, 6, 8].map(|day| on(year, 1, day, "new-year-holidays")).into_iter().collect();
    days.extend([
        on(year, 1, 1, "new-year"),
        on(year, 1, 7, "orthodox-christmas"),
        on(year, 2, 23, "fatherland-defender"),
        on(year, 3, 8, "womens-day"),
        after(orthodox_easter(year), 0, "orthodox-easter"),
        on(year, 5, 1, "spring-and-labour"),
        on(year, 5, 9, "victory-day"),
        on(year, 6, 12, "russia-day"),
        on(year, 11, 4, "unity-day"),
    ]);
    days
}

/// Bank holidays of England and Wales. One that falls on a weekend is free on the next working day.
fn britain(year: i16) -> Vec<Option<Holiday>> {
    let easter = easter(year);
    let mut days = vec![
        on(year, 1, 1, "new-year"),
        after(easter, -2, "good-friday"),
        after(easter, 1, "easter-monday"),
        nth(year, 5, 1, Weekday::Monday, "early-may"),
        nth(year, 5, -1, Weekday::Monday, "spring-bank"),
        nth(year, 8, -1, Weekday::Monday, "summer-bank"),
        on(year, 12, 25, "christmas"),
        on(year, 12, 26, "boxing-day"),
    ];
    let weekday = |month, day| Date::new(year, month, day).map(Date::weekday);
    let mut observed = |month, day, key| {
        days.push(on(year, month, day, key).map(|holiday| Holiday { observed: true, ..holiday }));
    };
    match weekday(1, 1) {
        Ok(Weekday::Saturday) => observed(1, 3, "new-year"),
        Ok(Weekday::Sunday) => observed(1, 2, "new-year"),
        _ => {}
    }
    match weekday(12, 25) {
        Ok(Weekday::Friday) => observed(12, 28, "boxing-day"),
        Ok(Weekday::Saturday) => {
            observed(12, 27, "christmas");
            observed(12, 28, "boxing-day");
        }
        Ok(Weekday::Sunday) => observed(12, 27, "christmas"),
        _ => {}
    }
    days
}

/// Federal holidays. One on a Saturday is free on Friday, one on a Sunday on Monday.
fn america(year: i16) -> Vec<Option<Holiday>> {
    let fixed = [
        on(year, 1, 1, "new-year"),
        on(year, 6, 19, "juneteenth").filter(|_| year >= 2021),
        on(year, 7, 4, "us-independence"),
        on(year, 11, 11, "veterans-day"),
        on(year, 12, 25, "christmas"),
    ];
    let mut days = vec![
        nth(year, 1, 3, Weekday::Monday, "martin-luther-king"),
        nth(year, 2, 3, Weekday::Monday, "presidents-day"),
        nth(year, 5, -1, Weekday::Monday, "memorial-day"),
        nth(year, 9, 1, Weekday::Monday, "us-labor-day"),
        nth(year, 10, 2, Weekday::Monday, "columbus-day"),
        nth(year, 11, 4, Weekday::Thursday, "thanksgiving"),
    ];
    for holiday in fixed.into_iter().flatten() {
        let free = match holiday.date.weekday() {
            Weekday::Saturday => holiday.date.yesterday(),
            Weekday::Sunday => holiday.date.tomorrow(),
            _ => Ok(holiday.date),
        };
        days.push(Some(holiday));
        days.extend(
            free.ok()
                .filter(|free| *free != holiday.date)
                .map(|date| Some(Holiday { date, observed: true, ..holiday })),
        );
    }
    days
}

/// Easter Sunday of the western churches, by the Gregorian computus (Meeus, Jones and Butcher).
pub fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    date(year, month, day)
}

/// Easter Sunday of the eastern churches, by the Julian computus (Meeus), told in the Gregorian calendar.
pub fn orthodox_easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 4, year % 7, year % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    // The Julian calendar is behind by 13 days in this century and by one more with every full century but the
    // fourth.
    let behind = year / 100 - year / 400 - 2;
    date(year, month, day)?.checked_add(Span::new().try_days(i64::from(behind)).ok()?).ok()
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn easters() {
        let rows = [
            (1961, "1961-04-02", "1961-04-09"),
            (2000, "2000-04-23", "2000-04-30"),
            (2019, "2019-04-21", "2019-04-28"),
            (2024, "2024-03-31", "2024-05-05"),
            (2025, "2025-04-20", "2025-04-20"),
            (2026, "2026-04-05", "2026-04-12"),
            (2027, "2027-03-28", "2027-05-02"),
            (2038, "2038-04-25", "2038-04-25"),
            (2049, "2049-04-18", "2049-04-25"),
            (2076, "2076-04-19", "2076-04-26"),
        ];
        for (year, west, east) in rows {
            assert_eq!((easter(year), orthodox_easter(year)), (Some(day(west)), Some(day(east))), "{year}");
        }
    }

    #[test]
    fn years_of_five_countries() {
        let rows: [(&str, i16, &str); 8] = [
            ("DE", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"),
            ("PL", 2026, "01-01 01-06 04-05 04-06 05-01 05-03 05-24 06-04 08-15 11-01 11-11 12-24 12-25 12-26"),
            ("RU", 2026, "01-01 01-02 01-03 01-04 01-05 01-06 01-07 01-08 02-23 03-08 04-12 05-01 05-09 06-12 11-04"),
            ("GB", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28*"),
            ("GB", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-25 12-26 12-27* 12-28*"),
            ("GB", 2022, "01-01 01-03* 04-15 04-18 05-02 05-30 08-29 12-25 12-26 12-27*"),
            ("US", 2026, "01-01 01-19 02-16 05-25 06-19 07-03* 07-04 09-07 10-12 11-11 11-26 12-25"),
            (
                "US",
                2021,
                "01-01 01-18 02-15 05-31 06-18* 06-19 07-04 07-05* 09-06 10-11 11-11 11-25 12-24* 12-25 12-31*",
            ),
        ];
        for (country, year, expected) in rows {
            let found = between(country, Date::new(year, 1, 1).unwrap(), Date::new(year, 12, 31).unwrap());
            let got: Vec<String> = found
                .iter()
                .map(|one| format!("{}{}", one.date.strftime("%m-%d"), if one.observed { "*" } else { "" }))
                .collect();
            assert_eq!(got.join(" "), expected, "{country} {year}");
        }
    }

    #[test]
    fn borders_count_and_nothing_else_does() {
        let found = between("PL", day("2026-12-25"), day("2027-01-06"));
        assert_eq!(
            found.iter().map(|one| one.key).collect::<Vec<_>>(),
            ["christmas", "second-christmas", "new-year", "epiphany"]
        );
        assert_eq!(between("PL", day("2025-12-24"), day("2025-12-24")).len(), 1);
        assert!(between("PL", day("2024-12-24"), day("2024-12-24")).is_empty());
        assert!(between("FR", day("2026-01-01"), day("2026-12-31")).is_empty());
        assert!(between("PL", day("2026-12-31"), day("2026-01-01")).is_empty());
        assert!(!between("DE", day("9998-01-01"), Date::MAX).is_empty());
    }
}
