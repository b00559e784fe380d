//! The networks as a browser needs them: forms, limits and abilities as data, in the reader's language.

use sarafan_domain::asset::AssetKind;
use sarafan_domain::delivery::Repeat;
use sarafan_domain::language::Lang;
use sarafan_domain::text::TextUnit;
use sarafan_network::{Field, Format, Input, MediaRule, Network, abilities};
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;

/// A network.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NetworkView {
    /// Its id.
    pub id: String,
    /// As people call it.
    pub title: String,
    /// Its official documentation.
    pub docs: String,
    /// Colour of its mark.
    pub color: String,
    /// Its mark: the `d` of an SVG path in a box of 24 by 24.
    pub mark: String,
    /// How to get the keys, as Markdown.
    pub setup: String,
    /// The form that connects a channel.
    pub connect: Vec<FieldView>,
    /// Is the person sent to the network's own page?
    pub oauth: bool,
    /// Options of a post that only this network has.
    pub options: Vec<FieldView>,
    /// The usual limits; a channel's own are told with the channel.
    pub formats: Vec<FormatView>,
    /// What it can do.
    pub abilities: Vec<String>,
    /// What saves us from posting twice.
    pub repeat: Repeat,
    /// How it counts text.
    pub text: TextRule,
    /// Is a link shown as a card?
    pub link_card: bool,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FieldView {
    /// Its name.
    pub key: String,
    /// What stands before it.
    pub label: String,
    /// What explains it.
    pub help: Option<String>,
    /// What can be put in.
    pub input: InputView,
    /// Must it be filled in?
    pub required: bool,
    /// What stands in it at first.
    pub default: Option<String>,
}

/// What can be put into a field.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum InputView {
    /// Text.
    Text {
        /// At most so many characters.
        max: usize,
        /// Shown as dots.
        secret: bool,
        /// Several lines.
        multiline: bool,
    },
    /// `true` or empty.
    Flag,
    /// One of these.
    Choice {
        /// What can be chosen.
        choices: Vec<ChoiceView>,
    },
    /// A whole number.
    Number {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// Several short texts, comma separated.
    List {
        /// At most so many.
        max_items: usize,
        /// Each at most so long.
        max: usize,
    },
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChoiceView {
    /// What is stored.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// The limits of one kind of post.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FormatView {
    /// `feed`, `story`, `short` or `article`.
    pub kind: String,
    /// Longest text, in `text_unit`.
    pub text_max: usize,
    /// What is counted.
    pub text_unit: TextUnit,
    /// Fewest media.
    pub media_min: usize,
    /// Most media.
    pub media_max: usize,
    /// What media.
    pub media: Vec<MediaRuleView>,
    /// Longest description of a picture in characters; 0 where there is none.
    pub alt_max: usize,
}

/// Which files of one kind are taken.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MediaRuleView {
    /// Which kind.
    pub kind: AssetKind,
    /// Media types.
    pub types: Vec<String>,
    /// Largest file in bytes.
    pub max_bytes: u64,
    /// Longest side in pixels.
    pub max_side: Option<u32>,
    /// Longer side over shorter side at most.
    pub max_ratio: Option<f64>,
    /// Longest video in seconds.
    pub max_seconds: Option<f64>,
    /// So many in one post.
    pub max_count: usize,
}

/// How a network counts text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct TextRule {
    /// What is counted.
    pub unit: TextUnit,
    /// Longest text.
    pub max: usize,
    /// Most bytes of UTF-8, where these are counted too.
    pub max_bytes: Option<usize>,
    /// Every URL counts as this many.
    pub url_weight: Option<usize>,
}

/// No field of ours takes a longer line.
const LINE: usize = 4096;
/// Longest item of a list.
const ITEM: usize = 100;

impl App {
    /// Every network this installation can speak to, in the reader's language.
    pub fn list_networks(&self, lang: Lang) -> Vec<NetworkView> {
        self.networks().0.iter().map(|network| self.network_view(*network, lang)).collect()
    }

    fn network_view(&self, network: &'static dyn Network, lang: Lang) -> NetworkView {
        let about = network.about();
        let usual = network.format(&Default::default(), &serde_json::Value::Null);
        let fields =
            |fields: &'static [Field]| fields.iter().map(|field| self.field_view(about.id, field, lang)).collect();
        NetworkView {
            id: about.id.to_owned(),
            title: about.title.to_owned(),
            docs: about.docs.to_owned(),
            color: about.color.to_owned(),
            mark: about.mark.to_owned(),
            setup: about.setup.get(lang).to_owned(),
            connect: fields(about.auth.fields),
            oauth: about.auth.oauth,
            options: fields(about.options),
            formats: about.formats.iter().map(FormatView::from).collect(),
            abilities: abilities(network).into_iter().map(str::to_owned).collect(),
            repeat: about.repeat,
            text: TextRule {
                unit: usual.counter.unit,
                max: usual.text_max,
                max_bytes: usual.bytes_max,
                url_weight: usual.counter.url_weight,
            },
            link_card: usual.link_card,
        }
    }

    fn field_view(&self, network: &str, field: &'static Field, lang: Lang) -> FieldView {
        let key = format!("network-{network}-{}", field.key);
        let text = |max: usize, secret: bool, multiline: bool| InputView::Text { max, secret, multiline };
        let input = match &field.input {
            Input::Text { max } => text(*max, false, false),
            Input::Multiline { max } => text(*max, false, true),
            Input::Secret => text(LINE, true, false),
            Input::Url => text(LINE, false, false),
            Input::Flag => InputView::Flag,
            Input::Choice(values) => {
                let label = |value: &str| self.texts().say(lang, &format!("{key}-{value}"), &[]);
                let choices = values.iter().map(|value| ChoiceView { value: (*value).into(), label: label(value) });
                InputView::Choice { choices: choices.collect() }
            }
            Input::Number { min, max } => InputView::Number { min: *min, max: *max },
            Input::List { max_items } => InputView::List { max_items: *max_items, max: ITEM },
        };
        FieldView {
            key: field.key.to_owned(),
            label: self.texts().say(lang, &key, &[]),
            help: field.help.then(|| self.texts().say(lang, &format!("{key}-help"), &[])),
            input,
            required: field.required,
            default: Some(field.default).filter(|value| !value.is_empty()).map(str::to_owned),
        }
    }
}

impl From<&Format> for FormatView {
    fn from(format: &Format) -> Self {
        Self {
            kind: format.kind.code().to_owned(),
            text_max: format.text_max,
            text_unit: format.counter.unit,
            media_min: format.media.0,
            media_max: format.media.1,
            media: format.rules.iter().map(MediaRuleView::from).collect(),
            alt_max: format.alt_max,
        }
    }
}

impl From<&MediaRule> for MediaRuleView {
    fn from(rule: &MediaRule) -> Self {
        Self {
            kind: rule.kind,
            types: rule.types.iter().map(|mime| (*mime).to_owned()).collect(),
            max_bytes: rule.max_bytes,
            max_side: rule.max_side,
            max_ratio: rule.max_ratio,
            max_seconds: rule.max_seconds,
            max_count: rule.max_count,
        }
    }
}
