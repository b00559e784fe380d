//! Webhooks out: what programs elsewhere can be told of, how often it is tried, and when an endpoint is given up.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Topic {
    /// A post is out on all its channels.
    #[serde(rename = "post.sent")]
    PostSent,
    /// A post is out on one channel.
    #[serde(rename = "delivery.sent")]
    DeliverySent,
    /// A delivery failed, and somebody has to mend it.
    #[serde(rename = "delivery.failed")]
    DeliveryFailed,
    /// Nobody knows what became of a delivery.
    #[serde(rename = "delivery.unknown")]
    DeliveryUnknown,
    /// Somebody asks for the approval of a post.
    #[serde(rename = "approval.submitted")]
    ApprovalSubmitted,
    /// A post is approved.
    #[serde(rename = "approval.approved")]
    ApprovalApproved,
    /// A post is wanted otherwise before it is approved.
    #[serde(rename = "approval.changes_asked")]
    ApprovalChangesAsked,
    /// Somebody commented.
    #[serde(rename = "comment.received")]
    CommentReceived,
    /// A channel has to be connected again.
    #[serde(rename = "channel.reconnect")]
    ChannelReconnect,
}

impl Topic {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::PostSent,
        Self::DeliverySent,
        Self::DeliveryFailed,
        Self::DeliveryUnknown,
        Self::ApprovalSubmitted,
        Self::ApprovalApproved,
        Self::ApprovalChangesAsked,
        Self::CommentReceived,
        Self::ChannelReconnect,
    ];

    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::PostSent => "post.sent",
            Self::DeliverySent => "delivery.sent",
            Self::DeliveryFailed => "delivery.failed",
            Self::DeliveryUnknown => "delivery.unknown",
            Self::ApprovalSubmitted => "approval.submitted",
            Self::ApprovalApproved => "approval.approved",
            Self::ApprovalChangesAsked => "approval.changes_asked",
            Self::CommentReceived => "comment.received",
            Self::ChannelReconnect => "channel.reconnect",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }
}

/// After so many messages in a row that could not be delivered in a day, an endpoint is switched off.
pub const OFF_AFTER: u32 = 10;

/// Waits between the tries: from a hiccup over a restart to a broken weekend morning, a day in all.
const WAITS: [SignedDuration; 8] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(4),
    SignedDuration::from_hours(8),
    SignedDuration::from_hours(9),
];

/// What a try came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// The endpoint took it (2xx).
    Taken,
    /// The endpoint wants nothing any more (410).
    Unwanted,
    /// Anything else.
    Refused,
}

impl Tried {
    /// Reads the HTTP status; `None` for no answer.
    pub fn of(status: Option<u16>) -> Self {
        match status {
            Some(200..=299) => Self::Taken,
            Some(410) => Self::Unwanted,
            _ => Self::Refused,
        }
    }
}

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It is delivered.
    Delivered,
    /// Again after this time.
    Again(SignedDuration),
    /// It is given up; `off` says whether the endpoint is, too.
    Failed {
        /// Is the endpoint switched off?
        off: bool,
    },
}

/// What follows try number `step` (from 0) of a message, for an endpoint whose last `failed` messages failed.
pub fn decide(tried: Tried, step: usize, failed: u32) -> Next {
    match (tried, WAITS.get(step)) {
        (Tried::Taken, _) => Next::Delivered,
        (Tried::Unwanted, _) => Next::Failed { off: true },
        (Tried::Refused, Some(wait)) => Next::Again(*wait),
        (Tried::Refused, None) => Next::Failed { off: failed.saturating_add(1) >= OFF_AFTER },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_come_back_from_their_codes() {
        for topic in Topic::ALL {
            assert_eq!(Topic::parse(topic.code()), Some(topic));
            assert_eq!(serde_json::to_value(topic).unwrap(), topic.code());
        }
    }

    #[test]
    fn a_message_is_tried_for_a_day() {
        let total = WAITS.iter().fold(SignedDuration::ZERO, |sum, wait| sum + *wait);
        assert!(total > SignedDuration::from_hours(23) && total <= SignedDuration::from_hours(24), "{total}");
        assert!(WAITS.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn what_follows_a_try() {
        let rows = [
            (Some(200), 0, 0, Next::Delivered),
            (Some(204), 8, 9, Next::Delivered),
            (Some(500), 0, 0, Next::Again(WAITS[0])),
            (None, 7, 0, Next::Again(WAITS[7])),
            (Some(302), 1, 0, Next::Again(WAITS[1])),
            (Some(404), 8, 0, Next::Failed { off: false }),
            (None, 8, OFF_AFTER - 1, Next::Failed { off: true }),
            (Some(410), 0, 0, Next::Failed { off: true }),
        ];
        for (status, step, failed, expected) in rows {
            assert_eq!(decide(Tried::of(status), step, failed), expected, "{status:?} {step} {failed}");
        }
    }
}
