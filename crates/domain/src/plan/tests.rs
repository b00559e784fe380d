//! The real plan files, tables of single rows, and random files: nothing panics, and what goes out comes back.

use std::path::PathBuf;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::id::{AssetId, ChannelId, RubricId};
use crate::post::{Content, MediaRef, Poll, VariantPatch};
use crate::schedule::{Mode, Schedule};
use crate::time::Timestamp;

fn channel(id: u128, network: &str) -> PlanChannel {
    PlanChannel {
        id: ChannelId(Uuid::from_u128(id)),
        network: network.into(),
        network_names: Vec::new(),
        handle: format!("@{network}{id}"),
        name: format!("Channel {id}"),
    }
}

fn asset(name: &str) -> AssetId {
    AssetId(Uuid::from_u128(name.bytes().fold(7, |hash, byte| hash * 31 + u128::from(byte))))
}

/// A brand with two channels and two rubrics, at noon of 1 November 2026; every file but `lost.*` is there.
struct Brand {
    channels: Vec<PlanChannel>,
    rubrics: Vec<PlanRubric>,
    known: BTreeSet<String>,
    now: Timestamp,
}

impl Brand {
    fn new() -> Self {
        let rubric = |id, key: &str, name: &str| PlanRubric {
            id: RubricId(Uuid::from_u128(id)),
            key: key.into(),
            names: vec![name.into()],
        };
        Self {
            channels: vec![channel(1, "drum"), channel(2, "pigeon")],
            rubrics: vec![rubric(1, "news", "Новости"), rubric(2, "PR", "Pijar")],
            known: BTreeSet::from(["old".to_owned()]),
            now: "2026-11-01T12:00:00Z".parse().unwrap(),
        }
    }

    fn rows(&self, sheet: &Sheet) -> Vec<PlanRow> {
        let context = Context {
            channels: &self.channels,
            rubrics: &self.rubrics,
            zone: "Europe/Warsaw",
            language: "pl",
            known: &self.known,
            media: &|name| (!name.starts_with("lost")).then(|| asset(name)),
            now: self.now,
        };
        sheet.rows(&context).collect()
    }

    fn read(&self, text: &str) -> Vec<PlanRow> {
        self.rows(&read(text.as_bytes(), &ReadOptions::default()).unwrap())
    }
}

fn codes(row: &PlanRow) -> String {
    row.problems.iter().map(|problem| problem.code.as_ref()).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_can_be_wrong_with_a_row() {
    // id, rubric, channels, time_zone, at, text, media, alt, link, poll; what is wrong
    let rows: [([&str; 10], &str); 28] = [
        (["1", "news", "drum", "Europe/Moscow", "2026-12-01 10:00", "Hi", "a.jpg", "A", "https://e.org", ""], ""),
        (["1", "PIJAR", "drum;pigeon", "", "2026-12-01T10:00", "Hi", "", "", "", "Yes|No"], ""),
        (["", "", "", "", "", "A draft needs no time", "", "", "", ""], ""),
        (["1", "", "drum", "", "2026-12-01 10:00", "", "a.jpg", "", "", ""], ""),
        (["1", "sport", "drum", "", "2026-12-01 10:00", "Hi", "", "", "", ""], "rubric-unknown"),
        (["old", "", "drum", "", "2026-12-01 10:00", "Hi", "", "", "", ""], "id-known"),
        (["1", "", "drum", "", "2026-11-01 10:00", "Hi", "", "", "", ""], "at-past"),
        (["1", "", "drum", "", "2026-11-01T12:00:00Z", "Hi", "", "", "", ""], "at-past"),
        (["1", "", "drum", "", "2027-03-28 02:30", "Hi", "", "", "", ""], "wall-gap"),
        (["1", "", "drum", "", "2027-10-31 02:30", "Hi", "", "", "", ""], "wall-twice"),
        (["1", "", "drum", "", "2027-10-31T02:30:00+02:00", "Hi", "", "", "", ""], ""),
        (["1", "", "drum", "", "31.12.2026 23:59", "Hi", "", "", "", ""], "date-format-ask"),
        (["1", "", "drum", "", "2026-02-30 10:00", "Hi", "", "", "", ""], "date-impossible"),
        (["1", "", "drum", "", "2026-12-01", "Hi", "", "", "", ""], "at-no-time"),
        (["1", "", "drum", "", "soon", "Hi", "", "", "", ""], "at-unreadable"),
        (["1", "", "drum", "Mars/Olympus", "2026-12-01 10:00", "Hi", "", "", "", ""], "zone-unknown"),
        (["1", "", "drum", "Mars/Olympus", "soon", "Hi", "", "", "", ""], "zone-unknown at-unreadable"),
        (["1", "", "smoke", "", "2026-12-01 10:00", "Hi", "", "", "", ""], "channel-unknown"),
        (["1", "", "", "", "2026-12-01 10:00", "Hi", "", "", "", ""], "channels-empty"),
        (["1", "", "drum", "", "2026-12-01 10:00", "  ", "", "", "", ""], "post-empty"),
        (["1", "", "drum", "", "2026-12-01 10:00", "", "lost.jpg", "", "", ""], "media-missing"),
        (["1", "", "drum", "", "2026-12-01 10:00", "Hi", "a.jpg", "A|B", "", ""], "alt-extra"),
        (["1", "", "drum", "", "2026-12-01 10:00", "Hi", "", "", "javascript:alert(1)", ""], "link-bad"),
        (["1", "", "drum", "", "2026-12-01 10:00", "Hi", "", "", "", "Yes"], "poll-few"),
        (["1", "", "drum", "", "2026-12-01 10:00", "Hi", "", "", "", "Yes||No"], "poll-empty"),
        (["1", "", "drum", "", "2026-12-01 10:00", "H\0i", "", "", "", ""], "control-dropped"),
        (["1", "", "", "", "", "Hi", "", "", "", &"a|".repeat(101)], "list-long"),
        ([&"x".repeat(201), "", "", "", "", "Hi", "", "", "", ""], "id-too-long"),
    ];
    let brand = Brand::new();
    for (cells, expected) in rows {
        let row = brand.read(&format!("id,rubric,channels,time_zone,at,text,media,alt,link,poll\n{}", cells.join(",")));
        assert_eq!(codes(&row[0]), expected, "{cells:?}");
        let warnings = ["", "rubric-unknown", "id-known", "alt-extra", "control-dropped"];
        assert_eq!(row[0].ok, warnings.contains(&expected), "{cells:?}");
        assert!(row[0].readable);
        assert!(!row[0].content.text.contains('\0'));
    }
}

#[test]
fn a_good_row_becomes_a_post() {
    let text = "id;rubric;campaign;language;channels;time_zone;at;text;media;alt;link;first_comment;labels;poll;note\n\
        7;Новости;Sale;ru;\"pigeon;drum;pigeon\";europe/moscow;2026-12-01 10:00;\"One\r\n---\r\nTwo\";a.jpg|b.jpg;A|B, b;\
        https://e.org;'@all;one, two;Yes|No;poll: A|B\n";
    let row = Brand::new().read(text).remove(0);
    assert_eq!(codes(&row), "");
    let expected = Content {
        rubric: Some(RubricId(Uuid::from_u128(1))),
        campaign: "Sale".into(),
        labels: vec!["one".into(), "two".into()],
        language: "ru".into(),
        text: "One\n---\nTwo".into(),
        media: vec![
            MediaRef { asset: asset("a.jpg"), alt: "A".into() },
            MediaRef { asset: asset("b.jpg"), alt: "B, b".into() },
        ],
        link: Some("https://e.org".into()),
        first_comment: "@all".into(),
        poll: Some(Poll { options: vec!["Yes".into(), "No".into()], multiple: false, hours: POLL_HOURS }),
        ..Content::default()
    };
    assert_eq!(row.content, expected);
    assert_eq!(row.channels, [ChannelId(Uuid::from_u128(2)), ChannelId(Uuid::from_u128(1))]);
    let schedule = Schedule { mode: Mode::At, wall: "2026-12-01T10:00".parse().unwrap(), zone: "Europe/Moscow".into() };
    assert_eq!(row.schedule, Some(schedule));
    assert_eq!(row.at, Some("2026-12-01T07:00:00Z".parse().unwrap()));
    assert_eq!((row.line, row.key.as_deref(), row.title().as_str()), (2, Some("7"), "One"));
}

#[test]
fn every_row_stands_for_itself() {
    let text = "id,text\n1,a\n1,b\n,same\n,same\n2,\"open\n3,c\n4,\"d \"quoted\" d\"\n5,e,too much\n6\n7,f\n";
    let brand = Brand::new();
    let got: Vec<String> =
        brand.read(text).iter().map(|row| format!("{} {} {}", row.line, row.readable, codes(row))).collect();
    assert_eq!(
        got,
        [
            "2 true ",
            "3 true id-duplicate",
            "4 true ",
            "5 true row-duplicate",
            "6 false quote-stray",
            "7 true ",
            "8 false quote-stray",
            "9 false row-cells",
            "10 false row-cells",
            "11 true ",
        ]
    );
}

#[test]
fn importing_twice_is_harmless() {
    let text = "id,text\n1,a\n,b\n";
    let mut brand = Brand::new();
    brand.known = brand.read(text).into_iter().filter_map(|row| row.key).collect();
    assert_eq!(brand.known, read(text.as_bytes(), &ReadOptions::default()).unwrap().keys());
    assert!(brand.read(text).iter().all(|row| row.known));
}

#[test]
fn files_that_are_refused_as_a_whole() {
    let many = format!("id\n{}", "1\n".repeat(MAX_ROWS + 1));
    let map = ReadOptions { map: [("gone".to_owned(), Some(Field::Text))].into(), ..ReadOptions::default() };
    let rows: [(&[u8], &ReadOptions, &str); 6] = [
        (b"id,\"te\"xt\n1,2\n", &ReadOptions::default(), "quote-stray"),
        (b"", &ReadOptions::default(), "plan-empty"),
        (b"\n \n,,\n", &ReadOptions::default(), "plan-empty"),
        (b"PK\x03\x04", &ReadOptions::default(), "plan-not-text"),
        (many.as_bytes(), &ReadOptions::default(), "plan-too-many-rows"),
        (b"id,text\n", &map, "column-unknown"),
    ];
    for (bytes, options, code) in rows {
        assert_eq!(read(bytes, options).unwrap_err().code, code);
    }
}

fn shared(name: &str) -> Option<Vec<u8>> {
    let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let path = std::env::var_os("SARAFAN_SHARED").map_or(default, PathBuf::from).join("data/plan").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is not there; set SARAFAN_SHARED", path.display());
    }
    bytes
}

#[test]
fn the_plan_of_the_roastery() {
    let Some(bytes) = shared("plan.csv") else { return };
    let sheet = read(&bytes, &ReadOptions::default()).unwrap();
    assert_eq!((sheet.encoding, sheet.separator, sheet.len), (Encoding::Utf8, Separator::Comma, 31));
    assert_eq!(sheet.columns.last(), Some(&Column { name: "note".into(), field: None }));
    assert!(sheet.media_names().contains("coffee.jpg"));
    // The brand has a channel on every network that the file names more than once.
    let mut brand = Brand::new();
    let named: Vec<String> = sheet
        .records()
        .flat_map(|record| cells::split(&row::cell(&sheet.columns, &record, Field::Channels), cells::WORDS))
        .collect();
    let networks: BTreeSet<&String> =
        named.iter().filter(|name| named.iter().filter(|other| other == name).count() > 1).collect();
    brand.channels = networks.into_iter().zip(1..).map(|(network, id)| channel(id, network)).collect();
    assert_eq!(brand.channels.len(), 4);
    let standard = crate::brand::STANDARD_RUBRICS.iter().zip(1..).map(|((key, _), id)| PlanRubric {
        id: RubricId(Uuid::from_u128(id)),
        key: (*key).to_owned(),
        names: Vec::new(),
    });
    brand.rubrics = standard.collect();
    brand.now = "2026-10-01T00:00:00Z".parse().unwrap();
    let wrong = |brand: &Brand| -> Vec<String> {
        let rows = brand.rows(&sheet);
        rows.iter().filter(|row| !row.problems.is_empty()).map(|row| format!("{} {}", row.id, codes(row))).collect()
    };
    let expected = [
        "pl-04 wall-gap",
        "pl-05 wall-twice",
        "en-08 date-format-ask",
        "en-09 channel-unknown",
        "en-10 zone-unknown",
        "en-11 post-empty",
        "en-14 id-duplicate",
    ];
    assert_eq!(wrong(&brand), expected);
    brand.now = "2026-11-27T12:00:00Z".parse().unwrap();
    assert_eq!(wrong(&brand)[..2], ["ru-05 at-past", "pl-04 wall-gap"]);
    let thread = brand.rows(&sheet).into_iter().find(|row| row.id == "en-02").unwrap();
    assert_eq!(crate::text::parts(&thread.content.text).len(), 3);
    let poll = brand.rows(&sheet).into_iter().find(|row| row.id == "ru-03").unwrap();
    assert_eq!(poll.content.poll, None, "a note is not a poll");
}

#[test]
fn the_plan_of_a_russian_spreadsheet() {
    let Some(bytes) = shared("plan-cp1251.csv") else { return };
    let mut brand = Brand::new();
    brand.channels = vec![channel(1, "telegram"), channel(2, "mastodon")];
    let asked = read(&bytes, &ReadOptions::default()).unwrap();
    assert_eq!((asked.encoding, asked.separator), (Encoding::Windows1251, Separator::Semicolon));
    let fields: Vec<Option<Field>> = asked.columns.iter().map(|column| column.field).collect();
    assert_eq!(fields, [Some(Field::Date), Some(Field::Time), Some(Field::Text), Some(Field::Channels)]);
    assert!(brand.rows(&asked).iter().all(|row| codes(row) == "date-format-ask"));
    let told = ReadOptions { date_order: Some(DateOrder::Dmy), ..ReadOptions::default() };
    let rows = brand.rows(&read(&bytes, &told).unwrap());
    let got: Vec<_> = rows.iter().map(|row| (row.ok, row.at.unwrap().to_string(), row.channels.len())).collect();
    assert_eq!(got, [(true, "2026-12-01T09:00:00Z".to_owned(), 1), (true, "2026-12-02T11:30:00Z".to_owned(), 2)]);
}

#[test]
fn the_doubled_hour_goes_out_and_comes_back() {
    let brand = Brand::new();
    for at in ["2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z"] {
        let schedule =
            Schedule { mode: Mode::At, wall: "2027-10-31T02:30".parse().unwrap(), zone: "Europe/Warsaw".into() };
        let row = ExportRow {
            id: "1".into(),
            content: Content { text: "x".into(), language: "pl".into(), ..Content::default() },
            channels: vec![brand.channels[0].id],
            schedule: Some(schedule),
            at: Some(at.parse().unwrap()),
        };
        let bytes = write(std::slice::from_ref(&row), &brand.channels, &brand.rubrics, &|id| id.to_string());
        let back = brand.rows(&read(&bytes, &ReadOptions::default()).unwrap()).remove(0);
        assert_eq!((back.ok, back.at, back.schedule), (true, row.at, row.schedule));
    }
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let brand = Brand::new();
    for text in ["=HYPERLINK(\"https://evil.example\")", "+1", "-1", "@SUM(A1)", "\t=1", "'=1"] {
        let content = Content { text: text.into(), campaign: "=1".into(), language: "pl".into(), ..Content::default() };
        let row = ExportRow { id: "=1".into(), content, channels: vec![], schedule: None, at: None };
        let bytes = write(std::slice::from_ref(&row), &brand.channels, &brand.rubrics, &|id| id.to_string());
        let sheet = read(&bytes, &ReadOptions::default()).unwrap();
        for cell in sheet.records().flat_map(|record| record.cells) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
        assert_eq!(brand.rows(&sheet)[0].content, row.content);
    }
}

/// Words of what tables stumble over; trimmed, as short fields come back.
fn word() -> impl Strategy<Value = String> {
    let pieces = vec!["a", "Ż", "кот", " ", "'", "\"", ",", ";", "|", "\\", "=", "-", "@", "👩‍🚀", "#", "\t"];
    prop::collection::vec(prop::sample::select(pieces), 1..6)
        .prop_map(|pieces| pieces.concat().trim().to_owned())
        .prop_filter("not empty", |word| !word.is_empty())
}

fn long_text() -> impl Strategy<Value = String> {
    let pieces = vec!["", "\n", "---", "\n\n", " ", "=", "'", "\"\"", "text, text;"];
    (prop::collection::vec((word(), prop::sample::select(pieces)), 0..6))
        .prop_map(|pieces| pieces.into_iter().map(|(word, piece)| format!("{word}{piece}")).collect())
}

fn media() -> impl Strategy<Value = Vec<MediaRef>> {
    let one = (0..4_u128, prop_oneof![Just(String::new()), word()]);
    prop::collection::vec(one.prop_map(|(id, alt)| MediaRef { asset: AssetId(Uuid::from_u128(id)), alt }), 0..3)
}

fn patch() -> impl Strategy<Value = VariantPatch> {
    (word(), prop::option::of(long_text()), prop::option::of(media()), prop::option::of(long_text())).prop_map(
        |(target, text, media, first_comment)| VariantPatch { target, text, media, first_comment, link: None },
    )
}

fn content() -> impl Strategy<Value = Content> {
    let poll = prop::option::of((prop::collection::vec(word(), 2..4), any::<bool>(), 1..99_u32));
    let options = prop::collection::btree_map(word(), prop::collection::btree_map(word(), long_text(), 0..2), 0..2);
    let words = (word(), prop::collection::vec(word(), 0..3), prop::option::of(word()));
    let rest = (poll, options, prop::collection::vec(patch(), 0..2), prop::option::of(1..99_u32), 0..3_u128);
    (words, long_text(), media(), long_text(), rest).prop_map(
        |((campaign, labels, link), text, media, first_comment, (poll, options, variants, delete, rubric))| Content {
            rubric: (rubric > 0).then(|| RubricId(Uuid::from_u128(rubric))),
            campaign,
            labels,
            language: "ru".into(),
            text,
            media,
            link,
            first_comment,
            poll: poll.map(|(options, multiple, hours)| Poll { options, multiple, hours }),
            options,
            variants,
            delete_after_minutes: delete,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_goes_out_comes_back(
        contents in prop::collection::vec(content(), 1..4),
        second in prop::option::of(0..2_000_000_000_i64),
        some in prop::sample::subsequence(vec![1_u128, 2], 0..=2),
        prefix in word(),
    ) {
        let brand = Brand::new();
        let zone = crate::time::zone("Europe/Warsaw").unwrap();
        let at = second.map(|second| Timestamp::from_second(1_700_000_000 + second).unwrap());
        let rows: Vec<ExportRow> = contents.into_iter().enumerate().map(|(index, content)| ExportRow {
            id: format!("{prefix}{index}"),
            content,
            channels: some.iter().map(|id| ChannelId(Uuid::from_u128(*id))).collect(),
            schedule: at.map(|at| Schedule {
                mode: Mode::At,
                wall: crate::time::wall(at, &zone),
                zone: "Europe/Warsaw".into(),
            }),
            at,
        }).collect();
        let file = |id: AssetId| format!("file|{id}, \"it\".jpg");
        let bytes = write(&rows, &brand.channels, &brand.rubrics, &file);
        let sheet = read(&bytes, &ReadOptions::default()).unwrap();
        let context = Context {
            channels: &brand.channels,
            rubrics: &brand.rubrics,
            zone: "Asia/Tokyo",
            language: "en",
            known: &brand.known,
            media: &|name| (0..4).map(|id| AssetId(Uuid::from_u128(id))).find(|id| file(*id) == name),
            now: brand.now,
        };
        let back: Vec<ExportRow> = sheet.rows(&context).map(|row| ExportRow {
            id: row.id,
            content: row.content,
            channels: row.channels,
            schedule: row.schedule,
            at: row.at,
        }).collect();
        prop_assert_eq!(back, rows);
    }

    #[test]
    fn no_bytes_can_hurt(
        pieces in prop::collection::vec(prop_oneof![
            prop::collection::vec(any::<u8>(), 0..20),
            prop::sample::select(vec!["id,text,at\n", "\"", "\"\"", ",", ";", "\r", "\n", "\0", "\u{feff}", "31.12.2026 1:1",
                "2026-12-01 10:00", "sep=;\n", "\\", "|", "{}", "дата", "\u{1F469}"]).prop_map(|text| text.as_bytes().to_vec()),
        ], 0..40),
        encoding in prop::option::of(prop::sample::select(Encoding::ALL.to_vec())),
        separator in prop::option::of(prop::sample::select(Separator::ALL.to_vec())),
    ) {
        let bytes = pieces.concat();
        let options = ReadOptions { encoding, separator, ..ReadOptions::default() };
        if let Ok(sheet) = read(&bytes, &options) {
            let brand = Brand::new();
            let rows = brand.rows(&sheet);
            prop_assert_eq!(rows.len(), sheet.len);
            prop_assert!(rows.windows(2).all(|pair| pair[0].line < pair[1].line));
            prop_assert!(rows.iter().all(|row| row.ok || !row.problems.is_empty()));
            sheet.media_names();
        }
    }
}
