//! Telegram: a bot that writes to a channel or a group.
//!
//! What the Bot API cannot do and is therefore absent: views and reach, reading what was written before, threads,
//! descriptions of pictures. A text is sent as it was typed, without mark-up; Telegram finds links, hashtags and
//! mentions by itself. Nothing saves us from posting twice: after silence a person has to look.

use std::borrow::Cow;
use std::time::Duration;

use sarafan_domain::asset::AssetKind;
use sarafan_domain::delivery::{Repeat, Scope};
use sarafan_domain::post::Variant;
use sarafan_domain::problem::Problem;
use sarafan_domain::text::{Counter, TextUnit};
use sarafan_network::about::{
    About, AuthForm, Field, Format, Input, Kind, MediaRule, PollRule, Quota, Texts,
};
use sarafan_network::{Auth, Comments, Composed, Delete, Edit, Network, Publish, Stats};
use serde_json::Value;

mod auth;
mod buttons;
mod community;
mod facts;
mod messenger;
mod play;
mod publish;
mod refusal;
#[cfg(test)]
mod tests;
mod wire;

use facts::Facts;
pub use messenger::Herald;

/// The network.
pub struct Telegram;

static ABOUT: About = About {
    id: "telegram",
    title: "Telegram",
    docs: "https://core.telegram.org/bots/api",
    color: "#26A5E4",
    mark: "M11.944 0A12 12 0 0 0 0 12a12 12 0 0 0 12 12 12 12 0 0 0 12-12A12 12 0 0 0 12 0a12 12 0 0 0-.056 0zm4.962 7.224c.1-.002.321.023.465.14a.506.506 0 0 1 .171.325c.016.093.036.306.02.472-.18 1.898-.962 6.502-1.36 8.627-.168.9-.499 1.201-.82 1.23-.696.065-1.225-.46-1.9-.902-1.056-.693-1.653-1.124-2.678-1.8-1.185-.78-.417-1.21.258-1.91.177-.184 3.247-2.977 3.307-3.23.007-.032.014-.15-.056-.212s-.174-.041-.249-.024c-.106.024-1.793 1.14-5.061 3.345-.48.33-.913.49-1.302.48-.428-.008-1.252-.241-1.865-.44-.752-.245-1.349-.374-1.297-.789.027-.216.325-.437.893-.663 3.498-1.524 5.83-2.529 6.998-3.014 3.332-1.386 4.025-1.627 4.476-1.635z",
    repeat: Repeat::Blind,
    formats: &[TEXT, CAPTION],
    options: &[
        Field { key: "buttons", input: Input::Multiline { max: 4000 }, required: false, default: "", help: true },
        Field { key: "silent", input: Input::Flag, required: false, default: "", help: true },
        Field { key: "pin", input: Input::Flag, required: false, default: "", help: false },
        Field { key: "protect", input: Input::Flag, required: false, default: "", help: true },
        Field { key: "nopreview", input: Input::Flag, required: false, default: "", help: false },
    ],
    auth: AuthForm {
        fields: &[
            Field { key: "token", input: Input::Secret, required: true, default: "", help: true },
            Field { key: "chat", input: Input::Text { max: 200 }, required: true, default: "", help: true },
            Field { key: "server", input: Input::Url, required: false, default: facts::OFFICIAL, help: true },
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
    // https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (read 2026-11)
    quotas: &[
        Quota { scope: Scope::Channel, endpoint: "send", calls: 1, per: Duration::from_secs(1) },
        Quota { scope: Scope::Channel, endpoint: "send", calls: 20, per: Duration::from_secs(60) },
        Quota { scope: Scope::App, endpoint: "send", calls: 30, per: Duration::from_secs(1) },
    ],
};

/// A message without media.
const TEXT: Format = Format {
    kind: Kind::Feed,
    text_max: 4096,
    bytes_max: None,
    counter: Counter::plain(TextUnit::Utf16),
    text_required: true,
    media: (0, 10),
    rules: Cow::Borrowed(&RULES),
    alt_max: 0,
    thread: false,
    poll: Some(PollRule { options: (2, 12), option_max: 100, hours: (1, 730), media: false }),
    first_comment: true,
    link_card: true,
};

/// The caption of a picture, a video or an album.
const CAPTION: Format = Format { text_max: 1024, ..TEXT };

const MEGABYTE: u64 = 1 << 20;

static RULES: [MediaRule; 4] = [
    MediaRule {
        kind: AssetKind::Image,
        types: Cow::Borrowed(&["image/jpeg", "image/png"]),
        max_bytes: 10 * MEGABYTE,
        max_side: None,
        max_pixels: None,
        max_sum: Some(10_000),
        max_ratio: Some(20.0),
        max_seconds: None,
        max_count: 10,
        mixes: true,
    },
    MediaRule {
        kind: AssetKind::Video,
        types: Cow::Borrowed(&["video/mp4"]),
        max_bytes: 50 * MEGABYTE,
        max_side: None,
        max_pixels: None,
        max_sum: None,
        max_ratio: None,
        max_seconds: None,
        max_count: 10,
        mixes: true,
    },
    MediaRule {
        kind: AssetKind::Gif,
        types: Cow::Borrowed(&["image/gif"]),
        max_bytes: 50 * MEGABYTE,
        max_side: None,
        max_pixels: None,
        max_sum: None,
        max_ratio: None,
        max_seconds: None,
        max_count: 1,
        mixes: false,
    },
    MediaRule {
        kind: AssetKind::Document,
        types: Cow::Borrowed(&[
            "application/pdf",
            "application/zip",
            "application/epub+zip",
            "application/msword",
            "application/rtf",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.oasis.opendocument.presentation",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/vnd.oasis.opendocument.text",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/octet-stream",
            "text/csv",
            "text/plain",
        ]),
        max_bytes: 50 * MEGABYTE,
        max_side: None,
        max_pixels: None,
        max_sum: None,
        max_ratio: None,
        max_seconds: None,
        max_count: 10,
        mixes: false,
    },
];

/// Longest question of a poll.
const QUESTION_MAX: usize = 300;

impl Network for Telegram {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn format(&self, variant: &Variant, facts: &Value) -> Format {
        let facts = Facts::read(facts);
        // A channel has comments only where a discussion group is linked to it.
        let first_comment = !facts.is_channel() || facts.linked.is_some();
        let text_max = if variant.poll.is_some() {
            QUESTION_MAX
        } else if variant.media.is_empty() {
            TEXT.text_max
        } else {
            CAPTION.text_max
        };
        Format { text_max, first_comment, ..TEXT }
    }

    /// Telegram has no threads: parts become paragraphs of one message.
    fn compose(&self, variant: &Variant, _facts: &Value) -> Composed {
        let whole = Variant { text: variant.parts().join("\n\n"), ..variant.clone() };
        Composed::with_link_in_text(&whole)
    }

    fn check(&self, variant: &Variant, facts: &Value) -> Vec<Problem> {
        let mut problems = Vec::new();
        if !variant.media.is_empty() && variant.poll.is_none() {
            let text = self.compose(variant, facts).parts.concat();
            let count = TEXT.counter.count(&text);
            // Too long for a caption; say what would help, since without media four times as much fits.
            if count > CAPTION.text_max && count <= TEXT.text_max {
                problems.push(Problem::warning("telegram-caption", "media").with("max", TEXT.text_max));
            }
        }
        problems.extend(buttons::check(variant));
        problems
    }

    /// The limit of thirty messages a second is each bot's own.
    fn quota_owner(&self, facts: &Value) -> Option<String> {
        let facts = Facts::read(facts);
        (facts.bot != 0).then(|| format!("{} {}", facts.server, facts.bot))
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
