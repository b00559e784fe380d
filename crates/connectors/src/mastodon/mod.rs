//! Mastodon and the servers that speak its language (Glitch, Hometown, GoToSocial, Akkoma, Pixelfed and others).
//!
//! Cannot: views (no server counts them), private conversations, stories. Each server has its own limits; see
//! `instance.rs`. A repeat with the same `Idempotency-Key` is dropped for an hour.

use std::sync::LazyLock;
use std::time::Duration;

use sarafan_domain::delivery::{Repeat, Scope};
use sarafan_domain::post::Variant;
use sarafan_domain::problem::Problem;
use sarafan_domain::text::{Counter, TextUnit};
use sarafan_network::{
    About, Auth, AuthForm, Comments, Delete, Edit, Field, Format, Input, Network, Publish, Quota, Stats, Texts,
};
use serde_json::Value;

mod auth;
mod instance;
mod play;
mod publish;
mod read;
mod wire;

use instance::Limits;

/// Mastodon.
pub struct Mastodon;

/// What a server has that tells nothing else.
static FORMATS: LazyLock<[Format; 1]> = LazyLock::new(|| [Limits::default().format(0)]);

/// As in Mastodon's config/initializers/rack_attack.rb and app/lib/rate_limiter.rb; a server may set its own.
static QUOTAS: [Quota; 4] = [
    Quota { scope: Scope::Channel, endpoint: "", calls: 300, per: Duration::from_secs(300) },
    Quota { scope: Scope::Channel, endpoint: "post", calls: 300, per: Duration::from_secs(10_800) },
    Quota { scope: Scope::Channel, endpoint: "media", calls: 30, per: Duration::from_secs(1800) },
    Quota { scope: Scope::Channel, endpoint: "delete", calls: 30, per: Duration::from_secs(1800) },
];

static ABOUT: LazyLock<About> = LazyLock::new(|| About {
    id: "mastodon",
    title: "Mastodon",
    docs: "https://docs.joinmastodon.org",
    color: "#6364ff",
    mark: include_str!("mark.txt"),
    repeat: Repeat::NativeKey,
    formats: &*FORMATS,
    options: &[
        Field {
            key: "visibility",
            input: Input::Choice(&["public", "unlisted", "private"]),
            required: false,
            default: "public",
            help: true,
        },
        Field { key: "warning", input: Input::Text { max: 200 }, required: false, default: "", help: true },
        Field { key: "sensitive", input: Input::Flag, required: false, default: "", help: true },
    ],
    auth: AuthForm {
        fields: &[
            Field { key: "server", input: Input::Url, required: true, default: "", help: true },
            Field { key: "access-token", input: Input::Secret, required: false, default: "", help: true },
        ],
        oauth: true,
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
    quotas: &QUOTAS,
});

impl Network for Mastodon {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn format(&self, variant: &Variant, facts: &Value) -> Format {
        let warning = variant.option("warning").unwrap_or_default();
        Limits::of(facts).format(Counter::plain(TextUnit::Graphemes).count(warning))
    }

    /// `PostStatusService` keeps a key for 3,600 seconds.
    fn key_lives(&self) -> Option<Duration> {
        Some(Duration::from_secs(3600))
    }

    fn check(&self, variant: &Variant, _facts: &Value) -> Vec<Problem> {
        let options = variant.poll.as_ref().map(|poll| poll.options.as_slice()).unwrap_or_default();
        let trimmed: Vec<&str> = options.iter().map(|option| option.trim()).collect();
        let same = trimmed.iter().enumerate().find(|(index, one)| trimmed.iter().skip(index + 1).any(|two| two == *one));
        same.map(|(_, option)| Problem::error("mastodon-poll-same", "poll").with("option", *option)).into_iter().collect()
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
