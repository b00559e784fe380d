//! Every way a call to a network can fail, named by what must be done next, and the table that says it.

use std::time::Duration;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::time::Timestamp;

/// What a network gives us against posting twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    /// The network itself drops a request that carries a key it has seen.
    NativeKey,
    /// We can look our own post up after an unknown outcome.
    FindOwn,
    /// Neither: an unknown outcome goes to a person.
    Blind,
}

/// How far a rate limit reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// Everything this installation sends to that server.
    App,
    /// One channel.
    Channel,
    /// One kind of call.
    Endpoint,
}

/// Why a call brought no result.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Failure {
    /// It surely did not happen and may be tried again.
    #[error("unreachable or failing; nothing was sent")]
    Transient {
        /// How long the network asked us to wait.
        after: Option<Duration>,
    },
    /// Too many calls.
    #[error("rate limited until {until}")]
    RateLimited {
        /// How far it reaches.
        scope: Scope,
        /// When it ends.
        until: Timestamp,
    },
    /// The credential ended and may be renewed without a person.
    #[error("the credential has expired")]
    AuthExpired,
    /// Only the owner of the channel can mend it.
    #[error("the channel must be connected again: {}", .reason.code)]
    Reconnect {
        /// What happened, for a person.
        reason: Problem,
    },
    /// The network refuses this content.
    #[error("refused: {}", .problem.code)]
    Rejected {
        /// What the author can mend.
        problem: Problem,
    },
    /// It no longer exists over there.
    #[error("it no longer exists over there")]
    Gone,
    /// The request left and no answer came: nobody knows.
    #[error("the request was sent, but no answer came")]
    Unknown,
    /// An answer that cannot be read; after a write it is as good as none.
    #[error("an answer that cannot be read: {detail}")]
    Protocol {
        /// For the log; never quotes the answer.
        detail: String,
    },
}

impl Failure {
    /// What a person is told.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Transient { .. } => Problem::warning("network-unreachable", "channel"),
            Self::RateLimited { until, .. } => Problem::warning("rate-limited", "at").with("until", until.to_string()),
            Self::AuthExpired => Problem::error("credential-expired", "channel"),
            Self::Reconnect { reason } => reason.clone(),
            Self::Rejected { problem } => problem.clone(),
            Self::Gone => Problem::error("gone", "channel"),
            Self::Unknown => Problem::error("outcome-unknown", "channel"),
            Self::Protocol { detail } => Problem::error("answer-unreadable", "channel").with("detail", detail.as_str()),
        }
    }
}

/// What the worker does after a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The same step again at this time; it is safe.
    TryAgain(Timestamp),
    /// Leave the network alone until then.
    Pause(Scope, Timestamp),
    /// Renew the credential once, then try again.
    RefreshThenTry,
    /// A person must connect the channel again.
    AskReconnect,
    /// The author must change something.
    TellAuthor,
    /// Look for our own post before anything else.
    Look,
    /// Only a person can tell whether it happened.
    AskPerson,
}

/// So many requests are started for one step before a person is asked.
pub const MAX_TRIES: u32 = 8;

/// The retry policy: one table for all networks.
///
/// `tries` counts the requests started for this step, the failed one included; `refreshed` says that the
/// credential was renewed for this step already.
pub fn verdict(failure: &Failure, repeat: Repeat, tries: u32, refreshed: bool, now: Timestamp) -> Verdict {
    match failure {
        Failure::Transient { .. } if tries < MAX_TRIES => Verdict::TryAgain(retry_at(failure, tries, now)),
        Failure::Transient { .. } => Verdict::TellAuthor,
        Failure::RateLimited { scope, until } => Verdict::Pause(*scope, (*until).max(now)),
        Failure::AuthExpired if !refreshed => Verdict::RefreshThenTry,
        Failure::AuthExpired | Failure::Reconnect { .. } => Verdict::AskReconnect,
        Failure::Rejected { .. } | Failure::Gone => Verdict::TellAuthor,
        Failure::Unknown | Failure::Protocol { .. } => match repeat {
            Repeat::NativeKey if tries < MAX_TRIES => Verdict::TryAgain(retry_at(failure, tries, now)),
            Repeat::FindOwn => Verdict::Look,
            Repeat::NativeKey | Repeat::Blind => Verdict::AskPerson,
        },
    }
}

/// When to try again: what the network asked for, else 5 s doubled with every try, at most an hour.
pub(super) fn retry_at(failure: &Failure, tries: u32, now: Timestamp) -> Timestamp {
    let asked = match failure {
        Failure::Transient { after: Some(after) } => SignedDuration::try_from(*after).ok(),
        _ => None,
    };
    let backoff = SignedDuration::from_secs((5_i64 << tries.saturating_sub(1).min(10)).min(3600));
    let wait = asked.unwrap_or(backoff).min(SignedDuration::from_hours(24));
    now.saturating_add(wait).unwrap_or(now)
}
