//! Bluesky, and every server of the AT Protocol.
//!
//! Cannot: edit (the network has no editing of posts), video (its service cannot be tested here), direct messages,
//! views (the network does not count them). Repeats are harmless through the record key; see `record_key.rs`.

use std::borrow::Cow;
use std::time::Duration;

use sarafan_domain::asset::AssetKind;
use sarafan_domain::delivery::{Repeat, Scope};
use sarafan_domain::post::Variant;
use sarafan_domain::problem::Problem;
use sarafan_domain::text::{Counter, TextUnit};
use sarafan_network::{
    About, Auth, AuthForm, CardWish, Comments, Composed, Delete, Field, Format, Input, Kind, MediaRule, Network, Publish, Quota,
    Stats, Texts,
};
use serde_json::Value;

mod auth;
mod identity;
mod play;
mod publish;
mod read;
mod record_key;
mod rich;
mod wire;

/// Bluesky.
pub struct Bluesky;

const fn format() -> Format {
    Format {
        kind: Kind::Feed,
        text_max: 300,
        bytes_max: Some(3000),
        counter: Counter::plain(TextUnit::Graphemes),
        text_required: true,
        media: (0, 4),
        rules: Cow::Borrowed(&[MediaRule {
            kind: AssetKind::Image,
            types: Cow::Borrowed(&["image/jpeg", "image/png", "image/webp", "image/gif"]),
            // The lexicon allows twice as much by now, the official server still refuses it (0.4.217).
            max_bytes: 1_000_000,
            max_side: None,
            max_pixels: None,
            max_sum: None,
            max_ratio: None,
            max_seconds: None,
            max_count: 4,
            mixes: false,
        }]),
        // The lexicon has no limit; the official application writes at most this.
        alt_max: 2000,
        thread: true,
        poll: None,
        first_comment: true,
        link_card: true,
    }
}

static FORMATS: [Format; 1] = [format()];

static ABOUT: About = About {
    id: "bluesky",
    title: "Bluesky",
    docs: "https://docs.bsky.app",
    color: "#1185fe",
    mark: include_str!("mark.txt"),
    repeat: Repeat::NativeKey,
    formats: &FORMATS,
    options: &[
        Field { key: "card-title", input: Input::Text { max: 300 }, required: false, default: "", help: true },
        Field { key: "card-description", input: Input::Multiline { max: 1000 }, required: false, default: "", help: false },
        Field { key: "tags", input: Input::List { max_items: 8 }, required: false, default: "", help: true },
        Field {
            key: "warning",
            input: Input::Choice(&["sexual", "nudity", "porn", "graphic-media"]),
            required: false,
            default: "",
            help: true,
        },
    ],
    auth: AuthForm {
        fields: &[
            Field { key: "handle", input: Input::Text { max: 253 }, required: true, default: "", help: true },
            Field { key: "password", input: Input::Secret, required: true, default: "", help: true },
            Field { key: "service", input: Input::Url, required: false, default: "", help: true },
        ],
        oauth: false,
    },
    setup: Texts {
        en: include_str!("setup.en.md"),
        ru: include_str!("setup.ru.md"),
        pl: include_str!("setup.pl.md"),
    },
    texts: Texts {
        en: include_str!("texts/en.ftl"),
        ru: include_str!("texts/ru.ftl"),
        pl: include_str!("texts/pl.ftl"),
    },
    // docs.bsky.app/docs/advanced-guides/rate-limits, read 2026-11: 5,000 points an hour and 35,000 a day, a new
    // record costs 3 and a removed one 1; 3,000 requests in 5 minutes; 30 sign-ins in 5 minutes, 300 a day.
    quotas: &[
        Quota { scope: Scope::Channel, endpoint: "", calls: 3000, per: Duration::from_secs(300) },
        Quota { scope: Scope::Channel, endpoint: "write", calls: 1666, per: Duration::from_secs(3600) },
        Quota { scope: Scope::Channel, endpoint: "write", calls: 11_666, per: Duration::from_secs(86_400) },
        Quota { scope: Scope::Channel, endpoint: "session", calls: 30, per: Duration::from_secs(300) },
    ],
};

impl Network for Bluesky {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn format(&self, _variant: &Variant, _facts: &Value) -> Format {
        format()
    }

    /// A post shows either pictures or one card: with pictures the link stands in the text.
    fn compose(&self, variant: &Variant, _facts: &Value) -> Composed {
        if !variant.media.is_empty() {
            return Composed::with_link_in_text(variant);
        }
        let parts = variant.parts().into_iter().map(str::to_owned).collect();
        let words = |key| variant.option(key).map(str::to_owned);
        let card = variant.link.clone().map(|url| CardWish {
            url,
            title: words("card-title"),
            description: words("card-description"),
        });
        Composed { parts, card }
    }

    fn check(&self, variant: &Variant, _facts: &Value) -> Vec<Problem> {
        let counter = Counter::plain(TextUnit::Graphemes);
        let long = tags(variant).find(|tag| counter.count(tag) > TAG_MAX);
        long.map(|tag| {
            let problem = Problem::error("bluesky-tag-too-long", "options.tags");
            problem.with("tag", tag).with("max", TAG_MAX)
        })
        .into_iter()
        .collect()
    }

    fn auth(&self) -> &dyn Auth {
        self
    }
    fn publish(&self) -> Option<&dyn Publish> {
        Some(self)
    }
    fn delete(&self) -> Option<&dyn Delete> {
        Some(self)
    }
    fn stats(&self) -> Option<&dyn Stats> {
        Some(self)
    }
    fn comments(&self) -> Option<&dyn Comments> {
        Some(self)
    }
}

/// Longest tag in characters.
const TAG_MAX: usize = 64;

/// The tags that are not in the text.
fn tags(variant: &Variant) -> impl Iterator<Item = &str> {
    let list = variant.option("tags").unwrap_or_default();
    list.split(',').map(|tag| tag.trim().trim_start_matches('#')).filter(|tag| !tag.is_empty())
}
