//! Tables: a variant, files, and the codes that are said about them.

use std::borrow::Cow;

use sarafan_domain::asset::AssetKind as K;
use sarafan_domain::id::AssetId;
use sarafan_domain::post::{MediaRef, Poll};

use super::*;
use crate::about::{About, AuthForm, Kind, MediaRule, PollRule, Texts};
use crate::{Auth, Repeat};

struct Net;

const FIELD: Field =
    Field { key: "age", input: Input::Number { min: 1, max: 9 }, required: false, default: "", help: false };
const TEXTS: Texts = Texts { en: "", ru: "", pl: "" };
static ABOUT: About = About {
    id: "net",
    title: "Net",
    docs: "https://example.org",
    color: "#000000",
    mark: "",
    repeat: Repeat::Blind,
    formats: &[],
    options: &[FIELD],
    auth: AuthForm { fields: &[], oauth: false },
    setup: TEXTS,
    texts: TEXTS,
    quotas: &[],
};

fn rule(kind: K) -> MediaRule {
    let types = match kind {
        K::Image => Cow::Borrowed(&["image/jpeg", "image/png"][..]),
        K::Gif => Cow::Borrowed(&["image/gif"][..]),
        K::Video => Cow::Borrowed(&["video/mp4"][..]),
        K::Document => Cow::Borrowed(&[][..]),
    };
    MediaRule {
        kind,
        types,
        max_bytes: 1000,
        max_side: Some(100),
        max_pixels: Some(9000),
        max_sum: None,
        max_ratio: Some(3.0),
        max_seconds: Some(10.0),
        max_count: if kind == K::Video { 1 } else { 2 },
        mixes: kind == K::Image,
    }
}

fn format() -> Format {
    Format {
        kind: Kind::Feed,
        text_max: 10,
        bytes_max: Some(30),
        counter: Counter::plain(TextUnit::Graphemes),
        text_required: true,
        media: (0, 2),
        rules: vec![rule(K::Image), rule(K::Gif), rule(K::Video)].into(),
        alt_max: 5,
        thread: true,
        poll: Some(PollRule { options: (2, 3), option_max: 4, hours: (1, 24), media: false }),
        first_comment: true,
        link_card: false,
    }
}

impl Network for Net {
    fn about(&self) -> &'static About {
        &ABOUT
    }
    fn format(&self, _variant: &Variant, facts: &Value) -> Format {
        let bare = facts.get("bare").is_some();
        Format { thread: !bare, first_comment: !bare, poll: format().poll.filter(|_| !bare), ..format() }
    }
    fn compose(&self, variant: &Variant, facts: &Value) -> Composed {
        let mut composed = Composed::with_link_in_text(variant);
        if facts.get("bare").is_some() {
            composed.parts = variant.parts().into_iter().map(str::to_owned).collect();
        }
        composed
    }
    fn auth(&self) -> &dyn Auth {
        unreachable!("the check makes no calls")
    }
}

fn said(variant: &Variant, assets: &[AssetFacts], facts: &Value) -> Vec<String> {
    check(&Net, variant, assets, facts).into_iter().map(|problem| problem.code.into_owned()).collect()
}

fn plain(text: &str) -> Variant {
    Variant { text: text.to_owned(), ..Variant::default() }
}

fn asset(kind: K, mime: &str, bytes: u64, width: u32, height: u32) -> AssetFacts {
    let seconds = (kind == K::Video).then_some(5.0);
    AssetFacts { id: id(), kind, mime: mime.to_owned(), bytes, width, height, seconds }
}

fn id() -> AssetId {
    AssetId::from_bytes(&[7; 16]).unwrap()
}

fn jpeg() -> AssetFacts {
    asset(K::Image, "image/jpeg", 10, 10, 10)
}

fn with_media(count: usize, alt: &str) -> Variant {
    let one = MediaRef { asset: id(), alt: alt.to_owned() };
    Variant { media: vec![one; count], ..plain("a") }
}

#[test]
fn texts() {
    let rows: [(&str, &[&str]); 7] = [
        ("0123456789", &[]),
        ("01234567890", &["text-too-long"]),
        ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", &["text-too-many-bytes"]),
        ("0123456789\n---\n0123456789", &[]),
        ("a\n---\n01234567890", &["text-too-long"]),
        ("", &["post-empty"]),
        (" \n ", &["post-empty"]),
    ];
    for (text, expected) in rows {
        assert_eq!(said(&plain(text), &[], &Value::Null), expected, "{text}");
    }
}

#[test]
fn the_overflow_is_marked_in_the_whole_text() {
    let span_of = |variant: &Variant| check(&Net, variant, &[], &Value::Null)[0].span;
    let rows = [
        ("0123456789xy", Some((10, 12))),
        ("a\n---\n🎉123456789xy", Some((6 + 11, 6 + 13))),
        // Two parts alike up to the limit: the second one is meant.
        ("-\n---\n-234567890--", Some((6 + 10, 6 + 12))),
        ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", Some((11, 22))),
    ];
    for (text, expected) in rows {
        assert_eq!(span_of(&plain(text)), expected, "{text}");
    }
    let link = Variant { link: Some("https://example.org".into()), ..plain("short") };
    assert_eq!(span_of(&link), None, "the link is not in the author's text");
}

#[test]
fn what_the_network_has_not() {
    let bare = serde_json::json!({ "bare": true });
    let rows: [(Variant, &[&str]); 5] = [
        (plain("a\n---\nb"), &["thread-unsupported"]),
        (Variant { first_comment: "c".into(), ..plain("a") }, &["first-comment-unsupported"]),
        (Variant { link: Some("https://e.org".into()), ..plain("a") }, &["link-dropped"]),
        (
            Variant { poll: Some(Poll { options: vec![], multiple: false, hours: 1 }), ..plain("a") },
            &["poll-unsupported"],
        ),
        (plain("01234567890"), &["text-too-long"]),
    ];
    for (variant, expected) in rows {
        assert_eq!(said(&variant, &[], &bare), expected);
    }
    assert_eq!(check(&Net, &plain("01234567890"), &[], &bare)[0].fix, None, "there is no thread to split into");
    assert_eq!(check(&Net, &plain("01234567890"), &[], &Value::Null)[0].fix.as_deref(), Some("split_thread"));
}

#[test]
fn files() {
    let gif = || asset(K::Gif, "image/gif", 10, 10, 10);
    let video = || asset(K::Video, "video/mp4", 10, 10, 10);
    let rows: [(Vec<AssetFacts>, &[&str]); 14] = [
        (vec![jpeg()], &[]),
        (vec![jpeg(), jpeg()], &[]),
        (vec![jpeg(), jpeg(), jpeg()], &["media-too-many"]),
        (vec![video(), video()], &["media-too-many-of-kind"]),
        (vec![jpeg(), gif()], &["media-mixed"]),
        (vec![asset(K::Document, "application/pdf", 1, 0, 0)], &["media-kind"]),
        (vec![asset(K::Video, "video/webm", 10, 10, 10)], &["media-type"]),
        (vec![asset(K::Video, "video/mp4", 1001, 10, 10)], &["media-too-large"]),
        (vec![asset(K::Video, "video/mp4", 10, 101, 50)], &["media-dimensions"]),
        (vec![AssetFacts { seconds: Some(11.0), ..video() }], &["media-too-long"]),
        (vec![asset(K::Image, "image/heic", 10, 10, 10)], &["media-type"]),
        (vec![asset(K::Image, "image/webp", 10, 10, 10)], &["media-will-be-converted"]),
        (vec![asset(K::Image, "image/png", 5000, 100, 100)], &["media-will-be-converted"]),
        (vec![asset(K::Image, "image/jpeg", 10, 90, 10)], &["media-ratio"]),
    ];
    for (assets, expected) in rows {
        assert_eq!(said(&with_media(assets.len(), "alt"), &assets, &Value::Null), expected, "{assets:?}");
    }
}

#[test]
fn a_conversion_keeps_what_it_can() {
    let rows = [
        ("image/png", 10, 200, Some("image/png"), Some("shrink_image")),
        ("image/png", 2000, 200, Some("image/jpeg"), Some("convert_image")),
        ("image/jpeg", 2000, 200, Some("image/jpeg"), Some("shrink_image")),
        ("image/webp", 10, 20, Some("image/jpeg"), Some("convert_image")),
        ("image/jpeg", 10, 20, None, None),
    ];
    for (mime, bytes, side, expected, fix) in rows {
        let facts = asset(K::Image, mime, bytes, side, side / 2);
        let got = match fit(&rule(K::Image), &facts) {
            Fit::Convert(conversion) => Some(conversion.mime),
            _ => None,
        };
        assert_eq!(got, expected, "{mime} {bytes} {side}");
        let problems = check(&Net, &with_media(1, "alt"), &[facts], &Value::Null);
        assert_eq!(problems.first().and_then(|p| p.fix.as_deref()), fix);
        assert!(problems.iter().all(|problem| !problem.is_error()), "what we mend stops nothing");
    }
}

#[test]
fn descriptions() {
    for (alt, expected) in [("12345", None), ("", Some("alt-missing")), ("123456", Some("alt-too-long"))] {
        let problems = said(&with_media(1, alt), &[jpeg()], &Value::Null);
        assert_eq!(problems.first().map(String::as_str), expected, "{alt}");
    }
}

#[test]
fn polls() {
    let poll = |options: &[&str], hours| Variant {
        poll: Some(Poll { options: options.iter().map(|&o| o.to_owned()).collect(), multiple: false, hours }),
        ..plain("a")
    };
    let rows: [(Variant, &[&str]); 6] = [
        (poll(&["a", "b"], 24), &[]),
        (poll(&["a"], 1), &["poll-options"]),
        (poll(&["a", "b", "c", "d"], 1), &["poll-options"]),
        (poll(&["12345", "b"], 1), &["poll-option-too-long"]),
        (poll(&["a", "b"], 25), &["poll-hours-range"]),
        (Variant { media: with_media(1, "x").media, ..poll(&["a", "b"], 1) }, &["poll-with-media"]),
    ];
    for (variant, expected) in rows {
        assert_eq!(said(&variant, &[], &Value::Null), expected);
    }
}

#[test]
fn forms() {
    let field = |input, required| [Field { key: "k", input, required, default: "", help: false }];
    let rows = [
        (field(Input::Text { max: 2 }, false), "жж", None),
        (field(Input::Text { max: 2 }, false), "жжж", Some("option-too-long")),
        (field(Input::Text { max: 2 }, true), " ", Some("option-missing")),
        (field(Input::Text { max: 2 }, false), "", None),
        (field(Input::Url, false), "https://e.org", None),
        (field(Input::Url, false), "http://localhost:8080/path", None),
        (field(Input::Url, false), "mastodon.example", None),
        (field(Input::Url, false), "word", Some("option-not-url")),
        (field(Input::Url, false), "ftp://e.org", Some("option-not-url")),
        (field(Input::Url, false), "javascript:alert(1)", Some("option-not-url")),
        (field(Input::Flag, false), "true", None),
        (field(Input::Flag, false), "yes", Some("option-not-flag")),
        (field(Input::Choice(&["a"]), false), "a", None),
        (field(Input::Choice(&["a"]), false), "b", Some("option-not-choice")),
        (field(Input::Number { min: 1, max: 3 }, false), "3", None),
        (field(Input::Number { min: 1, max: 3 }, false), "4", Some("option-number")),
        (field(Input::Number { min: 1, max: 3 }, false), "x", Some("option-number")),
        (field(Input::List { max_items: 2 }, false), "a, b,", None),
        (field(Input::List { max_items: 2 }, false), "a,b,c", Some("option-too-many")),
    ];
    for (form, value, expected) in rows {
        let values = [("k".to_owned(), value.to_owned())].into();
        let problems = fields(&form, &values, "options.");
        assert_eq!(problems.first().map(|p| p.code.as_ref()), expected, "{form:?} {value}");
        assert!(problems.iter().all(|problem| problem.field == "options.k"));
    }
    let unknown = fields(&[], &[("x".to_owned(), "y".to_owned())].into(), "");
    assert_eq!((unknown[0].code.as_ref(), unknown[0].is_error()), ("option-unknown", false));
}

#[test]
fn the_counter_counts_what_will_be_sent() {
    let variant = Variant { link: Some("https://e.org".into()), ..plain("ab\n---\nabc") };
    let counts = count(&Net, &variant, &Value::Null);
    assert_eq!(counts, [PartCount { count: 2 + 2 + 13, max: 10 }, PartCount { count: 3, max: 10 }]);
}
