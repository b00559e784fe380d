//! The post: one message of the content plan, and its variants per network and channel.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::approval::Standing;
use crate::channel::Channel;
use crate::delivery;
use crate::id::{AssetId, RubricId};
use crate::problem::Problem;
use crate::text;

pub mod history;

/// What the author wrote. Stored as it is, versioned as a whole.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Content {
    /// Its content category.
    pub rubric: Option<RubricId>,
    /// Campaign it belongs to, by name.
    pub campaign: String,
    /// Free labels.
    pub labels: Vec<String>,
    /// Language of the text (BCP 47).
    pub language: String,
    /// The text; lines that are exactly `---` split it into the parts of a thread.
    pub text: String,
    /// Pictures and videos in order.
    pub media: Vec<MediaRef>,
    /// The address the post leads to.
    pub link: Option<String>,
    /// Put under the post as its first comment.
    pub first_comment: String,
    /// A poll.
    pub poll: Option<Poll>,
    /// Options of the networks' own fields: network id -> field -> value.
    pub options: BTreeMap<String, BTreeMap<String, String>>,
    /// What differs for a network or a channel.
    pub variants: Vec<VariantPatch>,
    /// Taken down this many minutes after it went out.
    pub delete_after_minutes: Option<u32>,
}

/// An asset in a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MediaRef {
    /// Which.
    pub asset: AssetId,
    /// What it shows, for people who cannot see it.
    #[serde(default)]
    pub alt: String,
}

/// A poll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Poll {
    /// The answers, two or more.
    pub options: Vec<String>,
    /// May one choose several?
    #[serde(default)]
    pub multiple: bool,
    /// Open for this many hours.
    pub hours: u32,
}

/// What differs for one network (`telegram`) or one channel (`channel:<id>`); `None` is "as in the post".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct VariantPatch {
    /// A network's id, or `channel:` and the channel's id.
    pub target: String,
    /// Its own text.
    #[serde(default)]
    pub text: Option<String>,
    /// Its own media.
    #[serde(default)]
    pub media: Option<Vec<MediaRef>>,
    /// Its own first comment.
    #[serde(default)]
    pub first_comment: Option<String>,
    /// Its own link; empty for none.
    #[serde(default)]
    pub link: Option<String>,
}

/// What goes to one channel: the post with the patches of its network and channel laid over it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Variant {
    /// The whole text; see [`Variant::parts`].
    pub text: String,
    /// Language of the text.
    pub language: String,
    /// Pictures and videos.
    pub media: Vec<MediaRef>,
    /// The address it leads to.
    pub link: Option<String>,
    /// First comment; empty for none.
    pub first_comment: String,
    /// A poll.
    pub poll: Option<Poll>,
    /// Values of the network's own fields.
    pub options: BTreeMap<String, String>,
}

impl Variant {
    /// The parts of the thread; one for an ordinary post.
    pub fn parts(&self) -> Vec<&str> {
        text::parts(&self.text)
    }

    /// The value of one of the network's own fields; `None` where it is empty.
    pub fn option(&self, key: &str) -> Option<&str> {
        self.options.get(key).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Is a flag field set?
    pub fn flag(&self, key: &str) -> bool {
        self.option(key) == Some("true")
    }
}

impl Content {
    /// The variant for a channel: the channel's patch wins over the network's, that over the post.
    pub fn variant(&self, channel: &Channel) -> Variant {
        self.variant_for(&channel.network, Some(&format!("channel:{}", channel.id)))
    }

    /// The variant for a network, and for a channel of it when `channel` names one.
    pub fn variant_for(&self, network: &str, channel: Option<&str>) -> Variant {
        let patches: Vec<&VariantPatch> = channel
            .into_iter()
            .chain([network])
            .filter_map(|target| self.variants.iter().find(|patch| patch.target == target))
            .collect();
        let pick = |of: fn(&VariantPatch) -> Option<&String>| patches.iter().find_map(|patch| of(patch)).cloned();
        Variant {
            text: pick(|p| p.text.as_ref()).unwrap_or_else(|| self.text.clone()),
            language: self.language.clone(),
            media: patches.iter().find_map(|p| p.media.clone()).unwrap_or_else(|| self.media.clone()),
            link: pick(|p| p.link.as_ref()).or_else(|| self.link.clone()).filter(|link| !link.is_empty()),
            first_comment: pick(|p| p.first_comment.as_ref()).unwrap_or_else(|| self.first_comment.clone()),
            poll: self.poll.clone(),
            options: self.options.get(network).cloned().unwrap_or_default(),
        }
    }

    /// Every asset that the post or one of its variants shows, each once.
    pub fn assets(&self) -> Vec<AssetId> {
        let mut all: Vec<AssetId> = self.media.iter().map(|media| media.asset).collect();
        all.extend(self.variants.iter().filter_map(|p| p.media.as_ref()).flatten().map(|media| media.asset));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Problems of the post as such, whatever the network: lengths that nothing accepts, a bad link, a bad poll.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.text.len() > MAX_TEXT_BYTES {
            problems.push(Problem::error("text-huge", "text").with("max", MAX_TEXT_BYTES));
        }
        let links = self.link.iter().chain(self.variants.iter().filter_map(|p| p.link.as_ref()));
        for link in links.filter(|link| !link.is_empty()) {
            let good = url::Url::parse(link).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            if !good {
                problems.push(Problem::error("link-bad", "link").with("link", link.as_str()));
            }
        }
        if let Some(poll) = &self.poll {
            if poll.options.len() < 2 {
                problems.push(Problem::error("poll-few", "poll"));
            }
            if poll.options.iter().any(|option| option.trim().is_empty()) {
                problems.push(Problem::error("poll-empty", "poll"));
            }
            if poll.hours == 0 {
                problems.push(Problem::error("poll-hours", "poll"));
            }
        }
        problems
    }
}

/// No network takes a text longer than this; a longer one is a mistake or an attack.
pub const MAX_TEXT_BYTES: usize = 200_000;

/// Where a post stands, for lists: told by its deliveries once there are any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PostState {
    /// Being written.
    Draft,
    /// Somebody was asked to approve it.
    InReview,
    /// Somebody wants it otherwise.
    ChangesAsked,
    /// Approved, and not yet on its way.
    Approved,
    /// Waits for its time.
    Scheduled,
    /// On its way now.
    Sending,
    /// Out everywhere.
    Sent,
    /// Out on some channels, still to come on others.
    Partly,
    /// At least one channel refused it.
    Failed,
    /// Nobody knows whether it is out on at least one channel.
    Unknown,
    /// Called off everywhere.
    Cancelled,
    /// Was out and has been taken down.
    Deleted,
}

impl PostState {
    /// All states.
    pub const ALL: [Self; 12] = [
        Self::Draft,
        Self::InReview,
        Self::ChangesAsked,
        Self::Approved,
        Self::Scheduled,
        Self::Sending,
        Self::Sent,
        Self::Partly,
        Self::Failed,
        Self::Unknown,
        Self::Cancelled,
        Self::Deleted,
    ];

    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::ChangesAsked => "changes_asked",
            Self::Approved => "approved",
            Self::Scheduled => "scheduled",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Partly => "partly",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Cancelled => "cancelled",
            Self::Deleted => "deleted",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Nothing of it is on its way: it is being written, or waits for a yes or a time.
    pub fn is_written(self) -> bool {
        matches!(self, Self::Draft | Self::InReview | Self::ChangesAsked | Self::Approved)
    }

    /// The state that the deliveries of a post tell, or its approval where it has none; what needs a person comes
    /// first.
    pub fn of(deliveries: &[delivery::State], standing: Standing) -> Self {
        use delivery::State as D;
        let any = |states: &[D]| deliveries.iter().any(|state| states.contains(state));
        if deliveries.is_empty() {
            standing.state()
        } else if any(&[D::Unknown]) {
            Self::Unknown
        } else if any(&[D::Failed, D::Held]) {
            Self::Failed
        } else if any(&[D::Sending, D::Waiting]) {
            Self::Sending
        } else if any(&[D::Scheduled]) {
            if any(&[D::Sent]) { Self::Partly } else { Self::Scheduled }
        } else if any(&[D::Sent]) {
            Self::Sent
        } else if any(&[D::Deleted]) {
            Self::Deleted
        } else {
            Self::Cancelled
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use delivery::State as D;

    #[test]
    fn the_closest_patch_wins() {
        let mut content = Content { text: "all".into(), link: Some("https://e.org".into()), ..Content::default() };
        content.variants = vec![
            VariantPatch {
                target: "net".into(),
                text: Some("network".into()),
                media: None,
                first_comment: None,
                link: Some(String::new()),
            },
            VariantPatch {
                target: "channel:1".into(),
                text: Some("channel".into()),
                media: None,
                first_comment: None,
                link: None,
            },
        ];
        assert_eq!(content.variant_for("other", None).text, "all");
        assert_eq!(content.variant_for("net", None).text, "network");
        let channel = content.variant_for("net", Some("channel:1"));
        assert_eq!((channel.text.as_str(), channel.link), ("channel", None));
    }

    #[test]
    fn a_post_is_as_far_as_its_deliveries() {
        let rows: [(&[D], PostState); 8] = [
            (&[], PostState::Draft),
            (&[D::Scheduled, D::Scheduled], PostState::Scheduled),
            (&[D::Scheduled, D::Sent], PostState::Partly),
            (&[D::Sent, D::Cancelled], PostState::Sent),
            (&[D::Sent, D::Failed], PostState::Failed),
            (&[D::Failed, D::Unknown], PostState::Unknown),
            (&[D::Sent, D::Sending], PostState::Sending),
            (&[D::Deleted, D::Cancelled], PostState::Deleted),
        ];
        for (deliveries, expected) in rows {
            assert_eq!(PostState::of(deliveries, Standing::Draft), expected, "{deliveries:?}");
        }
        for standing in Standing::ALL {
            assert_eq!(PostState::of(&[], standing).code(), standing.code());
            assert_eq!(PostState::of(&[D::Scheduled], standing), PostState::Scheduled);
        }
    }
}
