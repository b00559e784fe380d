//! What is true of a network without asking it: data for the check, the composer, the schema and the documents.

use std::borrow::Cow;
use std::time::Duration;

use sarafan_domain::asset::AssetKind;
use sarafan_domain::delivery::{Repeat, Scope};
use sarafan_domain::language::Lang;
use sarafan_domain::text::Counter;

/// Static facts of a network.
#[derive(Debug)]
pub struct About {
    /// Name of its folder and its feature: lower-case letters.
    pub id: &'static str,
    /// As people call it.
    pub title: &'static str,
    /// The official documentation.
    pub docs: &'static str,
    /// Colour of its mark, `#rrggbb`.
    pub color: &'static str,
    /// Its mark: the `d` of an SVG path in a box of 24 by 24, drawn by us or under a free licence.
    pub mark: &'static str,
    /// What saves us from posting twice.
    pub repeat: Repeat,
    /// The usual limits, for documents and the schema; a channel's own are told by `Network::format`.
    pub formats: &'static [Format],
    /// Options of a post that only this network has; the form is generated from them.
    pub options: &'static [Field],
    /// What a person fills in to connect a channel.
    pub auth: AuthForm,
    /// How the owner gets the keys, as Markdown.
    pub setup: Texts,
    /// Fluent texts of this network: labels of its fields, its own problems.
    pub texts: Texts,
    /// Limits of calls, kept ahead of time by the door.
    pub quotas: &'static [Quota],
}

/// One text in the three languages.
#[derive(Debug, Clone, Copy)]
pub struct Texts {
    /// English.
    pub en: &'static str,
    /// Russian.
    pub ru: &'static str,
    /// Polish.
    pub pl: &'static str,
}

impl Texts {
    /// The text in a language.
    pub fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Ru => self.ru,
            Lang::Pl => self.pl,
        }
    }
}

/// How a channel is connected.
#[derive(Debug)]
pub struct AuthForm {
    /// The form.
    pub fields: &'static [Field],
    /// Is the person sent to the network's own page?
    pub oauth: bool,
}

/// A field of a form. Its label is the text `network-<id>-<key>`, its help `network-<id>-<key>-help`, a choice's
/// label `network-<id>-<key>-<value>`.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub key: &'static str,
    /// What can be put in.
    pub input: Input,
    /// Must it be filled in?
    pub required: bool,
    /// What stands in it at first.
    pub default: &'static str,
    /// Has it a help text?
    pub help: bool,
}

/// What can be put into a field. Values are text; a flag is `true` or empty.
#[derive(Debug)]
pub enum Input {
    /// A line of text.
    Text {
        /// At most so many characters.
        max: usize,
    },
    /// Several lines.
    Multiline {
        /// At most so many characters.
        max: usize,
    },
    /// A secret: shown as dots, never sent back.
    Secret,
    /// An address with `https://` (or `http://` where the configuration allows it).
    Url,
    /// Yes or no.
    Flag,
    /// One of these.
    Choice(&'static [&'static str]),
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
    },
}

/// What kind of thing is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// On the wall.
    Feed,
    /// Gone after a day.
    Story,
    /// A short upright video.
    Short,
    /// A page with mark-up.
    Article,
}

impl Kind {
    /// The word in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Story => "story",
            Self::Short => "short",
            Self::Article => "article",
        }
    }
}

/// The limits of one kind of post.
#[derive(Debug, Clone, PartialEq)]
pub struct Format {
    /// What kind.
    pub kind: Kind,
    /// At most so long, in the counter's units; each part of a thread by itself.
    pub text_max: usize,
    /// At most so many bytes of UTF-8, where the network counts these too.
    pub bytes_max: Option<usize>,
    /// How it counts.
    pub counter: Counter,
    /// Is a post without text or media refused? (Text may be empty where there is media.)
    pub text_required: bool,
    /// At least and at most so many media.
    pub media: (usize, usize),
    /// What media.
    pub rules: Cow<'static, [MediaRule]>,
    /// Longest description of a picture in characters; 0 where there is none.
    pub alt_max: usize,
    /// Can a text be split into a thread?
    pub thread: bool,
    /// Polls.
    pub poll: Option<PollRule>,
    /// Can a first comment follow?
    pub first_comment: bool,
    /// Is a link shown as a card?
    pub link_card: bool,
}

/// Which files of one kind are taken.
#[derive(Debug, Clone, PartialEq)]
pub struct MediaRule {
    /// Pictures, videos, ...
    pub kind: AssetKind,
    /// Media types that are taken as they are.
    pub types: Cow<'static, [&'static str]>,
    /// Largest file in bytes.
    pub max_bytes: u64,
    /// Longest side in pixels.
    pub max_side: Option<u32>,
    /// Most pixels in all.
    pub max_pixels: Option<u64>,
    /// Most width plus height.
    pub max_sum: Option<u32>,
    /// Longer side over shorter side at most.
    pub max_ratio: Option<f64>,
    /// Longest video in seconds.
    pub max_seconds: Option<f64>,
    /// So many of this kind in one post.
    pub max_count: usize,
    /// May it stand beside media of other kinds?
    pub mixes: bool,
}

/// The limits of a poll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollRule {
    /// At least and at most so many answers.
    pub options: (usize, usize),
    /// Longest answer in characters.
    pub option_max: usize,
    /// Shortest and longest time in hours.
    pub hours: (u32, u32),
    /// Can a poll carry media?
    pub media: bool,
}

/// How many calls a network allows.
#[derive(Debug)]
pub struct Quota {
    /// How far it reaches.
    pub scope: Scope,
    /// Which calls: a word that requests name in `Request::endpoint`; empty for all calls.
    pub endpoint: &'static str,
    /// So many,
    pub calls: u32,
    /// in this time.
    pub per: Duration,
}
