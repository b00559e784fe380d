//! What people hear of, and how they choose to. What happened is told by `app`; which way it goes is decided here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::member::{Action, Role, may};

/// What a notice is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = NoticeKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Somebody named you in a note.
    Mention,
    /// Somebody wrote about your post.
    Note,
    /// A post waits for your approval.
    ApprovalAsked,
    /// A post is due soon and still waits for your approval.
    ApprovalSoon,
    /// A post was due and did not go out: nobody has approved it.
    ApprovalMissing,
    /// Your post was approved.
    Approved,
    /// Changes of your post are asked for.
    ChangesAsked,
    /// A post did not go out, or nobody knows whether it did.
    PostFailed,
    /// A channel must be connected again.
    ChannelReconnect,
    /// A task was given to you.
    TaskGiven,
    /// A task of yours is due.
    TaskDue,
    /// A webhook was switched off.
    WebhookOff,
    /// Nothing is sent: a worker fell silent, or the queue stands still.
    WorkerSilent,
    /// Somebody joined.
    MemberJoined,
}

impl Kind {
    /// All of them, in the order in which people read them.
    pub const ALL: [Self; 14] = [
        Self::Mention,
        Self::Note,
        Self::ApprovalAsked,
        Self::ApprovalSoon,
        Self::ApprovalMissing,
        Self::Approved,
        Self::ChangesAsked,
        Self::PostFailed,
        Self::ChannelReconnect,
        Self::TaskGiven,
        Self::TaskDue,
        Self::WebhookOff,
        Self::WorkerSilent,
        Self::MemberJoined,
    ];

    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Note => "note",
            Self::ApprovalAsked => "approval_asked",
            Self::ApprovalSoon => "approval_soon",
            Self::ApprovalMissing => "approval_missing",
            Self::Approved => "approved",
            Self::ChangesAsked => "changes_asked",
            Self::PostFailed => "post_failed",
            Self::ChannelReconnect => "channel_reconnect",
            Self::TaskGiven => "task_given",
            Self::TaskDue => "task_due",
            Self::WebhookOff => "webhook_off",
            Self::WorkerSilent => "worker_silent",
            Self::MemberJoined => "member_joined",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whom it is of use to: somebody who can act on it.
    pub fn concerns(self, role: Role) -> bool {
        match self {
            Self::Mention | Self::Note | Self::TaskGiven | Self::TaskDue => may(role, Action::Discuss),
            Self::ApprovalAsked | Self::ApprovalSoon => may(role, Action::PostApprove),
            Self::ApprovalMissing | Self::Approved | Self::ChangesAsked | Self::PostFailed => {
                may(role, Action::PostWrite)
            }
            Self::ChannelReconnect => may(role, Action::ChannelConnect),
            Self::WebhookOff => may(role, Action::BrandSettings),
            Self::WorkerSilent => may(role, Action::BrandTransfer),
            Self::MemberJoined => may(role, Action::MemberChange),
        }
    }
}

/// When something is mailed. What was read by then is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = NoticeMail))]
#[serde(rename_all = "lowercase")]
pub enum Mail {
    /// Never.
    Off,
    /// Within a minute.
    Soon,
    /// With the letter of the hour.
    Hourly,
    /// With the letter of the day.
    Daily,
}

/// How somebody hears of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = NoticeWays))]
pub struct Ways {
    /// In the application.
    pub app: bool,
    /// By mail.
    pub mail: Mail,
    /// By messenger, where the person has linked one.
    pub messenger: bool,
}

impl Ways {
    /// Is it told in any way?
    pub fn any(self) -> bool {
        self.app || self.messenger || self.mail != Mail::Off
    }
}

/// How somebody wants to hear of things in a brand; what is not named is as usual.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = NoticeChoices))]
pub struct Choices {
    /// By kind.
    #[serde(default)]
    pub ways: BTreeMap<Kind, Ways>,
    /// The hour of the daily letter, by the brand's clock.
    pub hour: u8,
}

impl Default for Choices {
    fn default() -> Self {
        Self { ways: BTreeMap::new(), hour: 9 }
    }
}

impl Choices {
    /// How this kind is told. Usually by mail and messenger too where somebody waits for you or something broke, with
    /// the daily letter where it can wait, and in the application only where it is only good to know.
    pub fn ways(&self, kind: Kind) -> Ways {
        let (mail, messenger) = match kind {
            Kind::Note | Kind::Approved => (Mail::Daily, false),
            Kind::MemberJoined => (Mail::Off, false),
            _ => (Mail::Soon, true),
        };
        self.ways.get(&kind).copied().unwrap_or(Ways { app: true, mail, messenger })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_come_back_from_their_codes() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.code()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
        }
    }

    #[test]
    fn what_nobody_can_act_on_concerns_nobody() {
        let told = |kind: Kind| Role::ALL.into_iter().filter(|role| kind.concerns(*role)).count();
        let rows = [
            (Kind::PostFailed, 3),
            (Kind::ChannelReconnect, 2),
            (Kind::Mention, 5),
            (Kind::Approved, 3),
            (Kind::ApprovalAsked, 3),
            (Kind::WorkerSilent, 1),
        ];
        for (kind, count) in rows {
            assert_eq!(told(kind), count, "{kind:?}");
        }
    }

    #[test]
    fn a_choice_wins_over_what_is_usual() {
        let nothing = Ways { app: false, mail: Mail::Off, messenger: false };
        let choices = Choices { ways: BTreeMap::from([(Kind::Mention, nothing)]), hour: 7 };
        assert!(!choices.ways(Kind::Mention).any());
        assert_eq!(choices.ways(Kind::TaskGiven), Ways { app: true, mail: Mail::Soon, messenger: true });
        assert_eq!(Choices::default().ways(Kind::Note).mail, Mail::Daily);
    }
}
