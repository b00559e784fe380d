//! Approval: whether somebody said yes to what is written, and that nothing else goes out than what they said yes to.
//!
//! A yes stands for a [`fingerprint`]: everything readers will see, and where. It does not stand for the time: a post
//! that is moved in the calendar is not asked about again. Nor does it stand for rubric, campaign and labels, which
//! nobody outside sees.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::id::{ChannelId, PostId};
use crate::post::{Content, MediaRef, Poll, PostState, VariantPatch};
use crate::problem::Problem;
use crate::time::Timestamp;

#[cfg(test)]
mod tests;

/// How far a post is on its way to a yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody was asked, or the answer no longer holds.
    #[default]
    Draft,
    /// Somebody was asked and has not answered yet.
    InReview,
    /// The answer was: not like this.
    ChangesAsked,
    /// The answer was yes.
    Approved,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Draft, Self::InReview, Self::ChangesAsked, Self::Approved];

    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::ChangesAsked => "changes_asked",
            Self::Approved => "approved",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }

    /// Where a post stands that has no delivery on its way.
    pub fn state(self) -> PostState {
        match self {
            Self::Draft => PostState::Draft,
            Self::InReview => PostState::InReview,
            Self::ChangesAsked => PostState::ChangesAsked,
            Self::Approved => PostState::Approved,
        }
    }
}

/// The standing of a post, and the fingerprint it was submitted or approved with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Approval {
    /// How far it is.
    pub standing: Standing,
    /// What was submitted or approved.
    pub hash: String,
}

/// What somebody says about a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// Asks for a yes.
    Submit,
    /// Yes, to the fingerprint that was shown.
    Approve {
        /// Of what was shown.
        seen: String,
        /// Also where nobody was asked: by one of those who could ask themselves.
        unasked: bool,
    },
    /// Not like this.
    AskChanges {
        /// Of what was shown.
        seen: String,
    },
    /// Takes back the question, or the yes.
    Withdraw,
    /// The content or the channels were changed.
    Change,
}

/// Why a word does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It was changed since it was shown.
    Changed,
    /// It says nothing new, or nobody was asked.
    Standing(Standing),
}

/// What becomes of the approval of a post whose fingerprint is now `present`.
///
/// # Errors
/// [`Refused`], and nothing changes.
pub fn decide(old: &Approval, word: &Word, present: &str) -> Result<Approval, Refused> {
    let refused = Err(Refused::Standing(old.standing));
    let now = |standing| Ok(Approval { standing, hash: present.to_owned() });
    match (word, old.standing) {
        (Word::Submit, Standing::Draft | Standing::ChangesAsked) => now(Standing::InReview),
        (Word::Submit, Standing::InReview | Standing::Approved) => refused,
        (Word::Approve { seen, .. } | Word::AskChanges { seen }, _) if seen != present => Err(Refused::Changed),
        (Word::Approve { .. }, Standing::Approved) if old.hash == present => refused,
        (Word::Approve { unasked: false, .. }, Standing::Draft | Standing::ChangesAsked) => refused,
        (Word::Approve { .. }, _) => now(Standing::Approved),
        (Word::AskChanges { .. }, Standing::Draft | Standing::ChangesAsked) => refused,
        (Word::AskChanges { .. }, Standing::InReview | Standing::Approved) => now(Standing::ChangesAsked),
        (Word::Withdraw, Standing::Draft) => refused,
        (Word::Withdraw, _) => now(Standing::Draft),
        (Word::Change, Standing::Approved) if old.hash != present => now(Standing::Draft),
        (Word::Change, _) => Ok(old.clone()),
    }
}

/// May it go out? Whatever needs a yes has one, and it is to this very content.
pub fn cleared(needed: bool, approval: &Approval, present: &str) -> bool {
    !needed || (approval.standing == Standing::Approved && approval.hash == present)
}

/// SHA-256 of everything that readers will see of a post, and of the channels they will see it on.
pub fn fingerprint(content: &Content, channels: &[ChannelId]) -> String {
    #[derive(Serialize)]
    struct Seen<'a> {
        language: &'a str,
        text: &'a str,
        media: &'a [MediaRef],
        link: Option<&'a str>,
        first_comment: &'a str,
        poll: Option<&'a Poll>,
        options: &'a BTreeMap<String, BTreeMap<String, String>>,
        variants: &'a [VariantPatch],
        delete_after_minutes: Option<u32>,
        channels: BTreeSet<ChannelId>,
    }
    let seen = Seen {
        language: &content.language,
        text: &content.text,
        media: &content.media,
        link: content.link.as_deref(),
        first_comment: &content.first_comment,
        poll: content.poll.as_ref(),
        options: &content.options,
        variants: &content.variants,
        delete_after_minutes: content.delete_after_minutes,
        channels: channels.iter().copied().collect(),
    };
    hex::encode(Sha256::digest(serde_json::to_vec(&seen).unwrap_or_default()))
}

/// Which posts of its brand the link of a reviewer shows: those that fit everything that is said. One that says nothing
/// shows all that were submitted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Covers {
    /// Only of this campaign.
    pub campaign: Option<String>,
    /// Only with this label.
    pub label: Option<String>,
    /// Only for one of these channels; empty for any.
    pub channels: Vec<ChannelId>,
    /// Only these posts; empty for any.
    pub posts: Vec<PostId>,
}

impl Covers {
    /// Is this post shown? What nobody was asked about is never.
    pub fn shows(&self, post: PostId, content: &Content, channels: &[ChannelId], standing: Standing) -> bool {
        standing != Standing::Draft
            && self.campaign.as_ref().is_none_or(|name| *name == content.campaign)
            && self.label.as_ref().is_none_or(|label| content.labels.contains(label))
            && (self.channels.is_empty() || channels.iter().any(|id| self.channels.contains(id)))
            && (self.posts.is_empty() || self.posts.contains(&post))
    }
}

/// What happens when a post is due and nobody has said yes. In either case it does not go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum WhenDue {
    /// It is held, and the queue says why.
    #[default]
    Hold,
    /// It is held, and those who may approve are asked.
    Ask,
}

impl WhenDue {
    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Ask => "ask",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Hold, Self::Ask].into_iter().find(|when| when.code() == code)
    }
}

/// What a brand wants of approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Does every channel want a yes that says nothing else?
    pub required: bool,
    /// What happens when there is none in time.
    pub when_due: WhenDue,
    /// Those who may approve are reminded so many hours before a post is due, the earliest first.
    pub remind_hours: Vec<u32>,
    /// Channels that say otherwise.
    pub channels: BTreeMap<ChannelId, bool>,
}

impl Default for Policy {
    fn default() -> Self {
        Self { required: false, when_due: WhenDue::Hold, remind_hours: vec![24, 2], channels: BTreeMap::new() }
    }
}

/// A reminder comes at most so many hours before a post is due.
pub const MAX_REMIND_HOURS: u32 = 14 * 24;
/// So many reminders at most.
pub const MAX_REMINDERS: usize = 5;

impl Policy {
    /// Does this channel want a yes?
    pub fn needs(&self, channel: ChannelId) -> bool {
        self.channels.get(&channel).copied().unwrap_or(self.required)
    }

    /// The same policy with its reminders in order, each once.
    ///
    /// # Errors
    /// Too many reminders, or one that is too early.
    pub fn checked(mut self) -> Result<Self, Problem> {
        self.remind_hours.sort_unstable_by(|one, other| other.cmp(one));
        self.remind_hours.dedup();
        let good = |hours: &u32| (1..=MAX_REMIND_HOURS).contains(hours);
        if self.remind_hours.len() > MAX_REMINDERS || !self.remind_hours.iter().all(good) {
            let problem = Problem::error("remind-hours-bad", "remind_hours");
            return Err(problem.with("max", MAX_REMIND_HOURS).with("count", MAX_REMINDERS));
        }
        Ok(self)
    }

    /// When the next reminder comes for what is due at `due`; none that is past is made up for.
    pub fn next_reminder(&self, due: Timestamp, now: Timestamp) -> Option<Timestamp> {
        let before = |hours: &u32| due.checked_sub(SignedDuration::from_hours(i64::from(*hours))).ok();
        self.remind_hours.iter().filter_map(before).filter(|at| *at > now).min()
    }
}
