//! The limits of one server: read from what it says about itself, kept in the channel's facts, turned into a
//! format. Servers differ: 500 characters here, 5,000 there.

use std::borrow::Cow;

use sarafan_domain::asset::AssetKind;
use sarafan_domain::text::{Counter, TextUnit};
use sarafan_network::{Format, Kind, MediaRule, PollRule};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Everything that we check beforehand. What a server does not tell is as Mastodon has it by default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Limits {
    pub(super) characters: usize,
    pub(super) media: usize,
    pub(super) url: usize,
    pub(super) description: usize,
    /// Media types; empty where the server lists none.
    pub(super) types: Vec<String>,
    pub(super) image_bytes: u64,
    pub(super) image_pixels: u64,
    pub(super) video_bytes: u64,
    pub(super) video_pixels: u64,
    pub(super) poll_options: usize,
    pub(super) poll_characters: usize,
    pub(super) poll_min_seconds: u32,
    pub(super) poll_max_seconds: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            characters: 500,
            media: 4,
            url: 23,
            description: 1500,
            types: Vec::new(),
            image_bytes: 16_777_216,
            image_pixels: 33_177_600,
            video_bytes: 103_809_024,
            video_pixels: 8_294_400,
            poll_options: 4,
            poll_characters: 50,
            poll_min_seconds: 300,
            poll_max_seconds: 2_629_746,
        }
    }
}

/// Animated pictures may have fewer pixels than still ones (Mastodon's `GIF_MATRIX_LIMIT`; not told by the server).
const GIF_PIXELS: u64 = 921_600;

/// Without still GIFs, to which the limit of the moving ones applies: they are sent as another kind of picture.
const IMAGES: [&str; 6] = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "image/avif"];
const GIF: &str = "image/gif";
const VIDEOS: [&str; 3] = ["video/mp4", "video/webm", "video/quicktime"];

impl Limits {
    /// Reads the answer of `/api/v2/instance` or of `/api/v1/instance`: the part that interests us is the same.
    pub(super) fn read(instance: &Value) -> Self {
        let usual = Self::default();
        let number = |at: &str| instance.pointer(at).and_then(Value::as_u64).filter(|number| *number > 0);
        let size = |at: &str, or: usize| number(at).and_then(|n| usize::try_from(n).ok()).unwrap_or(or);
        let seconds = |at: &str, or: u32| number(at).and_then(|n| u32::try_from(n).ok()).unwrap_or(or);
        let types = instance.pointer("/configuration/media_attachments/supported_mime_types").and_then(Value::as_array);
        let known = |kind: &&Value| {
            kind.as_str().is_some_and(|kind| IMAGES.iter().chain(&VIDEOS).chain([&GIF]).any(|known| *known == kind))
        };
        let types = types.map(|types| types.iter().filter(known).filter_map(Value::as_str).map(str::to_owned).collect());
        // Servers that are not Mastodon tell the length of a post at the top.
        let characters = size("/max_toot_chars", usual.characters);
        Self {
            characters: size("/configuration/statuses/max_characters", characters),
            media: size("/configuration/statuses/max_media_attachments", usual.media),
            url: size("/configuration/statuses/characters_reserved_per_url", usual.url),
            description: size("/configuration/media_attachments/description_limit", usual.description),
            types: types.unwrap_or_default(),
            image_bytes: number("/configuration/media_attachments/image_size_limit").unwrap_or(usual.image_bytes),
            image_pixels: number("/configuration/media_attachments/image_matrix_limit").unwrap_or(usual.image_pixels),
            video_bytes: number("/configuration/media_attachments/video_size_limit").unwrap_or(usual.video_bytes),
            video_pixels: number("/configuration/media_attachments/video_matrix_limit").unwrap_or(usual.video_pixels),
            poll_options: size("/configuration/polls/max_options", usual.poll_options),
            poll_characters: size("/configuration/polls/max_characters_per_option", usual.poll_characters),
            poll_min_seconds: seconds("/configuration/polls/min_expiration", usual.poll_min_seconds),
            poll_max_seconds: seconds("/configuration/polls/max_expiration", usual.poll_max_seconds),
        }
    }

    /// Those kept in the facts of a channel, or the usual ones.
    pub(super) fn of(facts: &Value) -> Self {
        facts.get("limits").and_then(|limits| Self::deserialize(limits).ok()).unwrap_or_default()
    }

    /// How this server counts.
    pub(super) fn counter(&self) -> Counter {
        Counter { unit: TextUnit::Graphemes, url_weight: Some(self.url), short_mentions: true }
    }

    /// The format of a post whose content warning takes `warning` characters: both are counted together.
    pub(super) fn format(&self, warning: usize) -> Format {
        let taken = |kinds: &[&'static str]| -> Cow<'static, [&'static str]> {
            let listed = |kind: &&&'static str| self.types.is_empty() || self.types.iter().any(|one| one == **kind);
            kinds.iter().filter(listed).copied().collect::<Vec<_>>().into()
        };
        let rule = |kind, kinds: &[&'static str], max_bytes, max_pixels| MediaRule {
            kind,
            types: taken(kinds),
            max_bytes,
            max_side: None,
            max_pixels: Some(max_pixels),
            max_sum: None,
            max_ratio: None,
            max_seconds: None,
            max_count: if kind == AssetKind::Video { 1 } else { self.media },
            mixes: kind != AssetKind::Video,
        };
        let rules = [
            rule(AssetKind::Image, &IMAGES, self.image_bytes, self.image_pixels),
            rule(AssetKind::Gif, &[GIF], self.image_bytes, self.image_pixels.min(GIF_PIXELS)),
            rule(AssetKind::Video, &VIDEOS, self.video_bytes, self.video_pixels),
        ];
        Format {
            kind: Kind::Feed,
            text_max: self.characters.saturating_sub(warning),
            bytes_max: None,
            counter: self.counter(),
            text_required: true,
            media: (0, self.media),
            rules: rules.into_iter().filter(|rule| !rule.types.is_empty()).collect::<Vec<_>>().into(),
            alt_max: self.description,
            thread: true,
            poll: Some(PollRule {
                options: (2, self.poll_options.max(2)),
                option_max: self.poll_characters,
                hours: (self.poll_min_seconds.div_ceil(3600), (self.poll_max_seconds / 3600).max(1)),
                media: false,
            }),
            first_comment: true,
            link_card: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn servers_tell_their_limits() {
        let rows = [
            (json!({}), Limits::default()),
            (
                json!({ "configuration": { "statuses": { "max_characters": 5000, "characters_reserved_per_url": 30 },
                    "media_attachments": { "supported_mime_types": ["image/png", "audio/mpeg", "x"],
                        "image_size_limit": 1000 },
                    "polls": { "max_options": 10, "max_expiration": 7200 } } }),
                Limits {
                    characters: 5000,
                    url: 30,
                    types: vec!["image/png".into()],
                    image_bytes: 1000,
                    poll_options: 10,
                    poll_max_seconds: 7200,
                    ..Limits::default()
                },
            ),
            (json!({ "max_toot_chars": 3000 }), Limits { characters: 3000, ..Limits::default() }),
            (
                json!({ "configuration": { "statuses": { "max_characters": -1, "max_media_attachments": "no" } } }),
                Limits::default(),
            ),
        ];
        for (instance, expected) in rows {
            let limits = Limits::read(&instance);
            assert_eq!(limits, expected, "{instance}");
            assert_eq!(Limits::of(&json!({ "limits": limits })), expected, "kept and read again");
        }
        assert_eq!(Limits::of(&Value::Null), Limits::default());
    }

    #[test]
    fn kinds_that_a_server_does_not_take_have_no_rule() {
        let limits = Limits { types: vec!["image/png".into()], ..Limits::default() };
        let format = limits.format(20);
        assert_eq!(format.rules.iter().map(|rule| rule.kind).collect::<Vec<_>>(), [AssetKind::Image]);
        assert_eq!((format.text_max, format.poll.unwrap().hours), (480, (1, 730)));
    }
}
