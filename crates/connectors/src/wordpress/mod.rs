//! WordPress: posts and pages of a site through its own REST API, with an application password.
//!
//! A text becomes blocks (paragraphs, headings, lists, pictures, embeds); nothing in it is taken for HTML. A post
//! carries the key of its delivery as a class of its first block, so that it can be found after an unknown outcome
//! (see `publish.rs`). Absent because WordPress itself has it not: views, reactions, followers, polls.

use std::borrow::Cow;

use sarafan_domain::asset::AssetKind;
use sarafan_domain::delivery::Repeat;
use sarafan_domain::post::Variant;
use sarafan_domain::text::{Counter, TextUnit};
use sarafan_network::about::{About, AuthForm, Field, Format, Input, Kind, MediaRule, Texts};
use sarafan_network::{Auth, Comments, Composed, Delete, Edit, Network, Publish, Stats};
use serde_json::Value;

mod auth;
mod blocks;
mod community;
mod play;
mod post;
mod publish;
mod site;
#[cfg(test)]
mod tests;
mod wire;

/// The network.
pub struct Wordpress;

static ABOUT: About = About {
    id: "wordpress",
    title: "WordPress",
    docs: "https://developer.wordpress.org/rest-api/",
    color: "#21759B",
    mark: "M21.469 6.825c.84 1.537 1.318 3.3 1.318 5.175 0 3.979-2.156 7.456-5.363 9.325l3.295-9.527c.615-1.54.82-2.771.82-3.864 0-.405-.026-.78-.07-1.11m-7.981.105c.647-.03 1.232-.105 1.232-.105.582-.075.514-.93-.067-.899 0 0-1.755.135-2.88.135-1.064 0-2.85-.15-2.85-.15-.585-.03-.661.855-.075.885 0 0 .54.061 1.125.09l1.68 4.605-2.37 7.08L5.354 6.9c.649-.03 1.234-.1 1.234-.1.585-.075.516-.93-.065-.896 0 0-1.746.138-2.874.138-.2 0-.438-.008-.69-.015C4.911 3.15 8.235 1.215 12 1.215c2.809 0 5.365 1.072 7.286 2.833-.046-.003-.091-.009-.141-.009-1.06 0-1.812.923-1.812 1.914 0 .89.513 1.643 1.06 2.531.411.72.89 1.643.89 2.977 0 .915-.354 1.994-.821 3.479l-1.075 3.585-3.9-11.61.001.014zM12 22.784c-1.059 0-2.081-.153-3.048-.437l3.237-9.406 3.315 9.087c.024.053.05.101.078.149-1.12.393-2.325.609-3.582.609M1.211 12c0-1.564.336-3.05.935-4.39L7.29 21.709C3.694 19.96 1.212 16.271 1.211 12M12 0C5.385 0 0 5.385 0 12s5.385 12 12 12 12-5.385 12-12S18.615 0 12 0",
    repeat: Repeat::FindOwn,
    formats: &[ARTICLE],
    options: &[
        Field { key: "title", input: Input::Text { max: 300 }, required: false, default: "", help: true },
        Field { key: "type", input: Input::Choice(&["post", "page"]), required: false, default: "post", help: false },
        Field { key: "categories", input: Input::List { max_items: 20 }, required: false, default: "", help: true },
        Field { key: "tags", input: Input::List { max_items: 50 }, required: false, default: "", help: true },
        Field { key: "excerpt", input: Input::Multiline { max: 2000 }, required: false, default: "", help: true },
        Field { key: "slug", input: Input::Text { max: 200 }, required: false, default: "", help: true },
        Field {
            key: "featured",
            input: Input::Choice(&["first", "none"]),
            required: false,
            default: "first",
            help: true,
        },
        Field { key: "comments", input: Input::Choice(&["open", "closed"]), required: false, default: "", help: true },
        Field { key: "sticky", input: Input::Flag, required: false, default: "", help: false },
    ],
    auth: AuthForm {
        fields: &[
            Field { key: "site", input: Input::Url, required: true, default: "", help: true },
            Field { key: "user", input: Input::Text { max: 200 }, required: true, default: "", help: true },
            Field { key: "password", input: Input::Secret, required: true, default: "", help: true },
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
    // The site is the owner's: it sets no limits of its own.
    quotas: &[],
};

const ARTICLE: Format = Format {
    kind: Kind::Article,
    text_max: 100_000,
    bytes_max: None,
    counter: Counter::plain(TextUnit::Chars),
    text_required: true,
    media: (0, 20),
    rules: Cow::Borrowed(&RULES),
    alt_max: 1000,
    thread: false,
    poll: None,
    first_comment: true,
    link_card: false,
};

const MEGABYTE: u64 = 1 << 20;

/// How much a site takes is its host's decision and told by nobody; these are sizes that a page can carry.
const ANY: MediaRule = MediaRule {
    kind: AssetKind::Image,
    types: Cow::Borrowed(&["image/jpeg", "image/png", "image/webp"]),
    max_bytes: 10 * MEGABYTE,
    max_side: None,
    max_pixels: None,
    max_sum: None,
    max_ratio: None,
    max_seconds: None,
    max_count: 20,
    mixes: true,
};

static RULES: [MediaRule; 4] = [
    ANY,
    MediaRule { kind: AssetKind::Gif, types: Cow::Borrowed(&["image/gif"]), ..ANY },
    MediaRule {
        kind: AssetKind::Video,
        types: Cow::Borrowed(&["video/mp4", "video/webm", "video/quicktime"]),
        max_bytes: 100 * MEGABYTE,
        ..ANY
    },
    // What a fresh WordPress takes; archives of other kinds are refused by it.
    MediaRule {
        kind: AssetKind::Document,
        types: Cow::Borrowed(&[
            "application/pdf",
            "application/zip",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.oasis.opendocument.presentation",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/vnd.oasis.opendocument.text",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "text/csv",
            "text/plain",
        ]),
        max_bytes: 50 * MEGABYTE,
        ..ANY
    },
];

impl Network for Wordpress {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn format(&self, _variant: &Variant, _facts: &Value) -> Format {
        ARTICLE
    }

    /// One article, whatever its length; lines of three hyphens become rulers in it.
    fn compose(&self, variant: &Variant, _facts: &Value) -> Composed {
        let mut text = variant.text.trim().to_owned();
        if let Some(link) = variant.link.as_ref().filter(|link| !text.contains(link.as_str())) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(link);
        }
        Composed { parts: vec![text], card: None }
    }

    fn auth(&self) -> &dyn Auth {
        self
    }
    fn publish(&self) -> Option<&dyn Publish> {
        Some(self)
    }
    fn edit(&self) -> Option<&dyn Edit> {
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
