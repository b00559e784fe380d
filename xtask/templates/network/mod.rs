//! TITLE: text posts to one account. Written by `cargo xtask new-network` after an imaginary API of two calls; every
//! fact below has to be replaced by TITLE's own, with the place and date where it was read.
//!
//! What it cannot is absent: an ability is added by implementing its trait and returning it here.

use std::borrow::Cow;
use std::time::Duration;

use sarafan_domain::delivery::{Repeat, Scope};
use sarafan_domain::post::Variant;
use sarafan_domain::text::{Counter, TextUnit};
use sarafan_network::{About, Auth, AuthForm, Field, Format, Input, Kind, Network, Publish, Quota, Texts};
use serde_json::Value;

mod calls;
mod play;
mod wire;

/// TITLE.
pub struct STRUCT;

const fn format() -> Format {
    Format {
        kind: Kind::Feed,
        text_max: 500,
        bytes_max: None,
        counter: Counter::plain(TextUnit::Graphemes),
        text_required: true,
        media: (0, 0),
        rules: Cow::Borrowed(&[]),
        alt_max: 0,
        thread: false,
        poll: None,
        first_comment: false,
        link_card: false,
    }
}

static FORMATS: [Format; 1] = [format()];

static ABOUT: About = About {
    id: "NETWORK",
    title: "TITLE",
    docs: "https://NETWORK.example/docs",
    color: "#888888",
    mark: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z",
    // The careful one: after silence a person is asked. A network that drops repeats by a key, or whose wall can be
    // read, says so here and earns NativeKey or FindOwn.
    repeat: Repeat::Blind,
    formats: &FORMATS,
    options: &[],
    auth: AuthForm {
        fields: &[
            Field { key: "token", input: Input::Secret, required: true, default: "", help: true },
            Field { key: "server", input: Input::Url, required: true, default: "https://NETWORK.example", help: false },
        ],
        oauth: false,
    },
    setup: Texts { en: include_str!("setup.en.md"), ru: include_str!("setup.ru.md"), pl: include_str!("setup.pl.md") },
    texts: Texts {
        en: include_str!("texts/en.ftl"),
        ru: include_str!("texts/ru.ftl"),
        pl: include_str!("texts/pl.ftl"),
    },
    quotas: &[Quota { scope: Scope::Channel, endpoint: "", calls: 60, per: Duration::from_secs(60) }],
};

impl Network for STRUCT {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn format(&self, _variant: &Variant, _facts: &Value) -> Format {
        format()
    }

    fn auth(&self) -> &dyn Auth {
        self
    }

    fn publish(&self) -> Option<&dyn Publish> {
        Some(self)
    }
}
