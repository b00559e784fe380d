//! Tables of rules and clock changes, and random rules whose dates must rise and keep their hour.

use proptest::prelude::*;

use super::*;
use crate::time::zone;

fn rule(every: Every, interval: u32, weekdays: &[i8], end: End) -> RepeatRule {
    RepeatRule { every, interval, weekdays: weekdays.to_vec(), end }
}

fn at(text: &str) -> Wall {
    text.parse().unwrap()
}

fn shown(found: &[Occurrence]) -> Vec<String> {
    found.iter().map(|o| format!("{} {}{}", o.wall.date(), o.at, if o.shifted { " shifted" } else { "" })).collect()
}

#[test]
fn the_hour_on_the_wall_stays_across_clock_changes() {
    let daily = rule(Every::Day, 1, &[], End::Never);
    let rows: [(&str, &str, [&str; 3]); 8] = [
        // Spring in Warsaw: 02:30 does not exist on the 28th.
        (
            "Europe/Warsaw",
            "2027-03-27T02:30",
            [
                "2027-03-27 2027-03-27T01:30:00Z",
                "2027-03-28 2027-03-28T01:30:00Z shifted",
                "2027-03-29 2027-03-29T00:30:00Z",
            ],
        ),
        (
            "Europe/Warsaw",
            "2027-03-27T09:00",
            ["2027-03-27 2027-03-27T08:00:00Z", "2027-03-28 2027-03-28T07:00:00Z", "2027-03-29 2027-03-29T07:00:00Z"],
        ),
        // Autumn in Warsaw: 02:30 happens twice, the first pass is meant.
        (
            "Europe/Warsaw",
            "2026-10-24T02:30",
            ["2026-10-24 2026-10-24T00:30:00Z", "2026-10-25 2026-10-25T00:30:00Z", "2026-10-26 2026-10-26T01:30:00Z"],
        ),
        (
            "Europe/London",
            "2026-10-24T01:30",
            ["2026-10-24 2026-10-24T00:30:00Z", "2026-10-25 2026-10-25T00:30:00Z", "2026-10-26 2026-10-26T01:30:00Z"],
        ),
        // São Paulo put its clock forward at midnight until 2018: the first hour of that day does not exist.
        (
            "America/Sao_Paulo",
            "2018-11-03T00:15",
            [
                "2018-11-03 2018-11-03T03:15:00Z",
                "2018-11-04 2018-11-04T03:15:00Z shifted",
                "2018-11-05 2018-11-05T02:15:00Z",
            ],
        ),
        (
            "America/Sao_Paulo",
            "2026-11-01T00:15",
            ["2026-11-01 2026-11-01T03:15:00Z", "2026-11-02 2026-11-02T03:15:00Z", "2026-11-03 2026-11-03T03:15:00Z"],
        ),
        // Lord Howe moves its clock by half an hour.
        (
            "Australia/Lord_Howe",
            "2026-10-03T02:10",
            [
                "2026-10-03 2026-10-02T15:40:00Z",
                "2026-10-04 2026-10-03T15:40:00Z shifted",
                "2026-10-05 2026-10-04T15:10:00Z",
            ],
        ),
        (
            "Europe/Moscow",
            "2027-03-27T10:00",
            ["2027-03-27 2027-03-27T07:00:00Z", "2027-03-28 2027-03-28T07:00:00Z", "2027-03-29 2027-03-29T07:00:00Z"],
        ),
    ];
    for (name, start, expected) in rows {
        let got = occurrences(&daily, at(start), &zone(name).unwrap(), None, 3);
        assert_eq!(shown(&got), expected, "{name} {start}");
    }
}

#[test]
fn rules_give_their_dates_and_end() {
    use Every::{Day, Month, Week, Year};
    let until = |text: &str| End::Until { date: text.parse().unwrap() };
    let rows: [(RepeatRule, &str, &[&str]); 12] = [
        (rule(Day, 2, &[], End::Count { count: 3 }), "2026-12-01T10:00", &["2026-12-01", "2026-12-03", "2026-12-05"]),
        (rule(Day, 1, &[], until("2026-12-02")), "2026-12-01T23:59", &["2026-12-01", "2026-12-02"]),
        (rule(Day, 1, &[6], until("2026-12-02")), "2026-12-01T10:00", &["2026-12-01", "2026-12-02"]),
        (rule(Week, 1, &[], End::Count { count: 2 }), "2026-12-01T10:00", &["2026-12-01", "2026-12-08"]),
        // It starts on a Tuesday that the rule does not name.
        (
            rule(Week, 1, &[5, 1], End::Count { count: 3 }),
            "2026-12-01T10:00",
            &["2026-12-04", "2026-12-07", "2026-12-11"],
        ),
        (
            rule(Week, 2, &[2, 7], End::Count { count: 4 }),
            "2026-12-01T10:00",
            &["2026-12-01", "2026-12-06", "2026-12-15", "2026-12-20"],
        ),
        (
            rule(Month, 1, &[], End::Count { count: 4 }),
            "2027-01-31T10:00",
            &["2027-01-31", "2027-03-31", "2027-05-31", "2027-07-31"],
        ),
        (rule(Month, 6, &[], until("2028-01-15")), "2027-01-15T10:00", &["2027-01-15", "2027-07-15", "2028-01-15"]),
        (rule(Year, 1, &[], End::Count { count: 2 }), "2028-02-29T10:00", &["2028-02-29", "2032-02-29"]),
        (rule(Year, 1, &[], until("2026-11-30")), "2026-12-01T10:00", &[]),
        (rule(Day, 0, &[], End::Never), "2026-12-01T10:00", &[]),
        (rule(Week, 1, &[8], End::Never), "2026-12-01T10:00", &[]),
    ];
    for (rule, start, expected) in rows {
        let got = occurrences(&rule, at(start), &TimeZone::UTC, None, 50);
        let got: Vec<String> = got.iter().map(|o| o.wall.date().to_string()).collect();
        assert_eq!(got, expected, "{rule:?}");
    }
}

#[test]
fn one_can_go_on_from_the_last_date() {
    let weekly = rule(Every::Week, 1, &[1, 4], End::Count { count: 9 });
    let start = at("2026-11-30T10:00");
    let all = occurrences(&weekly, start, &TimeZone::UTC, None, 100);
    assert_eq!(all.len(), 9);
    for (index, last) in all.iter().enumerate() {
        assert_eq!(occurrences(&weekly, start, &TimeZone::UTC, Some(last.wall), 100), all[index + 1..]);
    }
}

#[test]
fn a_bad_rule_is_named() {
    let start = at("2026-12-01T10:00");
    let rows = [
        (rule(Every::Day, 1, &[], End::Never), vec![]),
        (rule(Every::Day, 0, &[], End::Never), vec!["repeat-interval"]),
        (rule(Every::Day, 1000, &[], End::Never), vec!["repeat-interval"]),
        (rule(Every::Week, 1, &[0], End::Count { count: 0 }), vec!["repeat-weekday", "repeat-count"]),
        (rule(Every::Week, 1, &[1], End::Count { count: 1001 }), vec!["repeat-count"]),
        (rule(Every::Day, 1, &[], End::Until { date: at("2026-11-30T00:00").date() }), vec!["repeat-until"]),
        (rule(Every::Week, 1, &[1], End::Until { date: at("2026-12-04T00:00").date() }), vec!["repeat-never"]),
    ];
    for (rule, expected) in rows {
        let got: Vec<_> = check(&rule, start).into_iter().map(|problem| problem.code).collect();
        assert_eq!(got, expected, "{rule:?}");
    }
}

#[test]
fn the_json_is_that_of_the_api() {
    let rows = [
        (
            r#"{"every":"week","interval":2,"weekdays":[1,5],"end":{"kind":"count","count":10}}"#,
            rule(Every::Week, 2, &[1, 5], End::Count { count: 10 }),
        ),
        (
            r#"{"every":"year","interval":1,"weekdays":[],"end":{"kind":"until","date":"2030-12-31"}}"#,
            rule(Every::Year, 1, &[], End::Until { date: at("2030-12-31T00:00").date() }),
        ),
        (r#"{"every":"day","interval":1,"weekdays":[],"end":{"kind":"never"}}"#, rule(Every::Day, 1, &[], End::Never)),
    ];
    for (json, rule) in rows {
        assert_eq!(serde_json::to_string(&rule).unwrap(), json);
        assert_eq!(serde_json::from_str::<RepeatRule>(json).unwrap(), rule);
    }
    let json = r#"{"mode":"at","wall":"2026-12-01T10:00","zone":"Europe/Moscow"}"#;
    let schedule: Schedule = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&schedule).unwrap(), json);
    assert_eq!(wall_text::format(at("2026-12-01T10:00:05")), "2026-12-01T10:00:05");
}

#[test]
fn the_queue_takes_the_next_free_slot() {
    let slot = |weekday, time: &str| Slot { weekday, time: time.parse().unwrap() };
    let slots = [slot(2, "18:00"), slot(2, "09:00"), slot(7, "02:30")];
    let warsaw = zone("Europe/Warsaw").unwrap();
    let moment = |text: &str| text.parse::<Timestamp>().unwrap();
    let rows: [(&str, &[&str], u16, Option<&str>); 7] = [
        ("2026-12-01T07:59:59Z", &[], 14, Some("2026-12-01T08:00:00Z 2026-12-01T09:00:00")),
        // A slot that begins this very moment is over.
        ("2026-12-01T08:00:00Z", &[], 14, Some("2026-12-01T17:00:00Z 2026-12-01T18:00:00")),
        ("2026-12-01T07:00:00Z", &["2026-12-01T08:00:00Z"], 14, Some("2026-12-01T17:00:00Z 2026-12-01T18:00:00")),
        ("2026-12-01T17:00:00Z", &[], 4, None),
        ("2026-12-01T17:00:00Z", &[], 5, Some("2026-12-06T01:30:00Z 2026-12-06T02:30:00")),
        // The slot falls into the gap of spring, then into the hour shown twice.
        ("2027-03-27T12:00:00Z", &[], 14, Some("2027-03-28T01:30:00Z 2027-03-28T03:30:00")),
        ("2026-10-24T12:00:00Z", &[], 14, Some("2026-10-25T00:30:00Z 2026-10-25T02:30:00")),
    ];
    for (after, taken, horizon, expected) in rows {
        let taken: Vec<Timestamp> = taken.iter().map(|text| moment(text)).collect();
        let got = next_free(&slots, &warsaw, &taken, moment(after), horizon);
        assert_eq!(got.map(|(at, wall)| format!("{at} {wall}")).as_deref(), expected, "{after}");
    }
    assert_eq!(next_free(&[], &warsaw, &[], moment("2026-12-01T00:00:00Z"), u16::MAX), None);
}

fn any_rule() -> impl Strategy<Value = RepeatRule> {
    let every = prop_oneof![Just(Every::Day), Just(Every::Week), Just(Every::Month), Just(Every::Year)];
    let end = prop_oneof![
        Just(End::Never),
        (1..30_u32).prop_map(|count| End::Count { count }),
        (0..800_i64).prop_map(|days| End::Until {
            date: jiff::civil::date(2026, 1, 1).checked_add(Span::new().days(days)).unwrap()
        }),
    ];
    (every, 1..20_u32, prop::collection::vec(1..=7_i8, 0..4), end)
        .prop_map(|(every, interval, weekdays, end)| RepeatRule { every, interval, weekdays, end })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn dates_rise_and_the_hour_stays(
        rule in any_rule(),
        days in 0..800_i64,
        minutes in 0..1440_i64,
        name in prop::sample::select(vec!["Europe/Warsaw", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kolkata"]),
    ) {
        let zone = zone(name).unwrap();
        let start = jiff::civil::date(2026, 1, 1)
            .at(0, 0, 0, 0)
            .checked_add(Span::new().days(days).minutes(minutes))
            .unwrap();
        let found = occurrences(&rule, start, &zone, None, 40);
        prop_assert!(found.windows(2).all(|pair| pair[0].wall < pair[1].wall && pair[0].at < pair[1].at));
        for one in &found {
            prop_assert!(one.wall >= start);
            prop_assert_eq!(one.wall.time(), start.time());
            prop_assert_eq!(wall(one.at, &zone) == one.wall, !one.shifted);
            if let End::Until { date } = rule.end {
                prop_assert!(one.wall.date() <= date);
            }
            if rule.every == Every::Week && !rule.weekdays.is_empty() {
                prop_assert!(rule.weekdays.contains(&one.wall.date().weekday().to_monday_one_offset()));
            }
        }
        match rule.end {
            End::Count { count } => prop_assert_eq!(found.len(), usize::try_from(count).unwrap().min(40)),
            End::Never => prop_assert_eq!(found.len(), 40),
            End::Until { .. } => prop_assert_eq!(found.is_empty(), !check(&rule, start).is_empty()),
        }
    }
}
