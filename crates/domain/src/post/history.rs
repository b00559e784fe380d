//! What a post was: what differs between two states of it, when a change belongs to the one before, and which old states
//! are let go so that the history of a post does not grow for ever.

use serde::{Deserialize, Serialize};

use super::{Content, VariantPatch};
use crate::id::{ChannelId, PersonId};
use crate::time::Timestamp;

/// Changes of one person within so many minutes of the first are one version: the composer saves by itself.
pub const TOGETHER_MINUTES: i64 = 10;
/// Every version is kept for so many days; of older ones the last of each day.
pub const ALL_DAYS: i64 = 30;
/// So many versions of a post are kept at most; the oldest but the very first go.
pub const MOST: usize = 200;

/// A part of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = PostField))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The text.
    Text,
    /// Pictures and videos.
    Media,
    /// The address it leads to.
    Link,
    /// The first comment.
    FirstComment,
    /// The poll.
    Poll,
    /// Options of the networks' own fields.
    Options,
    /// The rubric.
    Rubric,
    /// The campaign.
    Campaign,
    /// The labels.
    Labels,
    /// The language.
    Language,
    /// When it is taken down.
    DeleteAfter,
    /// Where it goes.
    Channels,
    /// A variant that came or went as a whole.
    Variant,
}

impl Field {
    /// The word in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Media => "media",
            Self::Link => "link",
            Self::FirstComment => "first_comment",
            Self::Poll => "poll",
            Self::Options => "options",
            Self::Rubric => "rubric",
            Self::Campaign => "campaign",
            Self::Labels => "labels",
            Self::Language => "language",
            Self::DeleteAfter => "delete_after",
            Self::Channels => "channels",
            Self::Variant => "variant",
        }
    }
}

/// Something that differs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = PostChange))]
pub struct Change {
    /// The variant it is in: a network's id, or `channel:` and the channel's id; empty for the post itself.
    pub target: String,
    /// What.
    pub field: Field,
}

/// A state of a post.
#[derive(Debug, Clone, Copy)]
pub struct State<'a> {
    /// What was written.
    pub content: &'a Content,
    /// Where it was to go.
    pub channels: &'a [ChannelId],
}

/// What leads from one state to another, the post itself first.
pub fn changes(before: State<'_>, after: State<'_>) -> Vec<Change> {
    let (a, b) = (before.content, after.content);
    let own = [
        (Field::Text, a.text != b.text),
        (Field::Media, a.media != b.media),
        (Field::Link, a.link != b.link),
        (Field::FirstComment, a.first_comment != b.first_comment),
        (Field::Poll, a.poll != b.poll),
        (Field::Options, a.options != b.options),
        (Field::Rubric, a.rubric != b.rubric),
        (Field::Campaign, a.campaign != b.campaign),
        (Field::Labels, a.labels != b.labels),
        (Field::Language, a.language != b.language),
        (Field::DeleteAfter, a.delete_after_minutes != b.delete_after_minutes),
        (Field::Channels, before.channels != after.channels),
    ];
    let of_post = |field| Change { target: String::new(), field };
    let mut found: Vec<Change> =
        own.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| of_post(field)).collect();
    let mut targets: Vec<&str> = a.variants.iter().chain(&b.variants).map(|patch| patch.target.as_str()).collect();
    targets.sort_unstable();
    targets.dedup();
    for target in targets {
        let patch = |content: &'_ Content| content.variants.iter().find(|patch| patch.target == target).cloned();
        let fields = match (patch(a), patch(b)) {
            (Some(a), Some(b)) => of_variant(&a, &b),
            _ => vec![Field::Variant],
        };
        found.extend(fields.into_iter().map(|field| Change { target: target.to_owned(), field }));
    }
    found
}

fn of_variant(a: &VariantPatch, b: &VariantPatch) -> Vec<Field> {
    let all = [
        (Field::Text, a.text != b.text),
        (Field::Media, a.media != b.media),
        (Field::Link, a.link != b.link),
        (Field::FirstComment, a.first_comment != b.first_comment),
    ];
    all.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

/// A version without what is written in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub version: i64,
    /// Since when its person wrote on it.
    pub begun_at: Timestamp,
    /// When it was saved last.
    pub saved_at: Timestamp,
    /// Who saved it.
    pub person: PersonId,
}

/// Is what `person` saves now a part of their last version rather than another one?
pub fn together(last: &Kept, person: PersonId, now: Timestamp) -> bool {
    let minutes = now.duration_since(last.begun_at).as_mins();
    last.person == person && (0..TOGETHER_MINUTES).contains(&minutes)
}

/// The numbers of versions that are let go. `kept` has them in order; the first and the newest always stay.
pub fn outgrown(kept: &[Kept], now: Timestamp) -> Vec<i64> {
    let day = |one: &Kept| one.saved_at.as_second().div_euclid(24 * 60 * 60);
    let old = |one: &Kept| now.duration_since(one.saved_at).as_hours() >= ALL_DAYS * 24;
    let thinned = kept.windows(2).enumerate().filter_map(|(place, pair)| match pair {
        [one, next] if place > 0 && old(one) && day(one) == day(next) => Some(one.version),
        _ => None,
    });
    let mut gone: Vec<i64> = thinned.collect();
    let left: Vec<i64> = kept.iter().map(|one| one.version).filter(|version| !gone.contains(version)).collect();
    gone.extend(left.iter().skip(1).take(left.len().saturating_sub(MOST)));
    gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::MediaRef;

    fn at(day: i64, hour: i64) -> Timestamp {
        Timestamp::from_second((day * 24 + hour) * 3600).unwrap()
    }

    fn kept(version: i64, day: i64, hour: i64) -> Kept {
        let person = PersonId(uuid::Uuid::nil());
        Kept { version, begun_at: at(day, hour), saved_at: at(day, hour), person }
    }

    #[test]
    fn differences_are_named_per_field_and_variant() {
        let patch = |target: &str, text: &str| VariantPatch {
            target: target.into(),
            text: Some(text.into()),
            media: None,
            first_comment: None,
            link: None,
        };
        let before =
            Content { text: "a".into(), variants: vec![patch("net", "x"), patch("gone", "x")], ..Content::default() };
        let mut after = Content { text: "b".into(), campaign: "c".into(), ..before.clone() };
        after.variants = vec![patch("net", "y")];
        let asset = crate::id::AssetId(uuid::Uuid::nil());
        after.media.push(MediaRef { asset, alt: String::new() });
        let channels = [ChannelId(uuid::Uuid::nil())];
        let found = changes(State { content: &before, channels: &[] }, State { content: &after, channels: &channels });
        let found: Vec<(&str, &str)> = found.iter().map(|one| (one.target.as_str(), one.field.code())).collect();
        let expected =
            [("", "text"), ("", "media"), ("", "campaign"), ("", "channels"), ("gone", "variant"), ("net", "text")];
        assert_eq!(found, expected);
        let same = State { content: &before, channels: &[] };
        assert_eq!(changes(same, same), []);
    }

    #[test]
    fn what_one_person_saves_within_minutes_is_one_version() {
        let last = kept(1, 0, 0);
        let later = |minutes| at(0, 0).checked_add(jiff::SignedDuration::from_mins(minutes)).unwrap();
        let other = PersonId(uuid::Uuid::max());
        assert!(together(&last, last.person, later(9)));
        assert!(!together(&last, last.person, later(10)), "an afternoon of typing is not one version");
        assert!(!together(&last, other, later(1)), "what somebody else wrote is never written over");
        assert!(!together(&last, last.person, later(-1)), "a clock that went back joins nothing");
    }

    #[test]
    fn old_versions_thin_out_and_the_first_stays() {
        let all: Vec<Kept> = (0..6).map(|n| kept(n, 0, n)).chain((6..9).map(|n| kept(n, 40, n))).collect();
        assert_eq!(outgrown(&all, at(29, 0)), [0_i64; 0]);
        assert_eq!(outgrown(&all, at(41, 0)), [1, 2, 3, 4], "of an old day the last stays, and the first of all");
        let many: Vec<Kept> = (0..300).map(|n| kept(n, 0, 0)).collect();
        let gone = outgrown(&many, at(1, 0));
        assert_eq!((gone.len(), gone.first(), gone.last()), (100, Some(&1), Some(&100)));
    }
}
