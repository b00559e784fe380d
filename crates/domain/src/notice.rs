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
    /// Somebody wrote a note on your post.
    Note,
    /// A post waits for your approval.
    ApprovalAsked,
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
    /// Somebody joined.
    MemberJoined,
}

impl Kind {
    /// All of them, in the order in which people read them.
    pub const ALL: [Self; 10] = [
        Self::Mention,
        Self::Note,
        Self::ApprovalAsked,
        Self::Approved,
        Self::ChangesAsked,
        Self::PostFailed,
        Self::ChannelReconnect,
        Self::TaskGiven,
        Self::TaskDue,
        Self::MemberJoined,
    ];

    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Note => "note",
            Self::ApprovalAsked => "approval_asked",
            Self::Approved => "approved",
            Self::ChangesAsked => "changes_asked",
            Self::PostFailed => "post_failed",
            Self::ChannelReconnect => "channel_reconnect",
            Self::TaskGiven => "task_given",
            Self::TaskDue => "task_due",
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
            Self::ChannelReconnect => may(role, Action::ChannelConnect),
            Self::MemberJoined => may(role, Action::MemberChange),
            Self::ApprovalAsked => may(role, Action::PostPublish),
            Self::Mention | Self::Note | Self::TaskGiven | Self::TaskDue => may(role, Action::Discuss),
            Self::Approved | Self::ChangesAsked | Self::PostFailed => may(role, Action::PostWrite),
        }
    }
}

/// How somebody hears of one kind. Whatever is mailed is in the application too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = NoticeWay))]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// Not at all.
    Off,
    /// In the application.
    App,
    /// By mail within minutes, unless it was read by then.
    Soon,
    /// With the next daily letter, unless it was read by then.
    Daily,
}

/// How somebody wants to hear of things in a brand; what is not named is as usual.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = NoticeChoices))]
pub struct Choices {
    /// By kind.
    #[serde(default)]
    pub ways: BTreeMap<Kind, Way>,
    /// The hour of the daily letter, by the brand's clock.
    pub hour: u8,
}

impl Default for Choices {
    fn default() -> Self {
        Self { ways: BTreeMap::new(), hour: 9 }
    }
}

impl Choices {
    /// How this kind is told. Usually by mail too where somebody waits for you or something broke, with the daily letter
    /// where it can wait, and not by mail where it is only good to know.
    pub fn way(&self, kind: Kind) -> Way {
        let usual = match kind {
            Kind::Note | Kind::Approved => Way::Daily,
            Kind::MemberJoined => Way::App,
            _ => Way::Soon,
        };
        self.ways.get(&kind).copied().unwrap_or(usual)
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
        let rows = [(Kind::PostFailed, 3), (Kind::ChannelReconnect, 2), (Kind::Mention, 5), (Kind::Approved, 3)];
        for (kind, count) in rows {
            assert_eq!(told(kind), count, "{kind:?}");
        }
    }

    #[test]
    fn a_choice_wins_over_what_is_usual() {
        let choices = Choices { ways: BTreeMap::from([(Kind::Mention, Way::Off)]), hour: 7 };
        assert_eq!(choices.way(Kind::Mention), Way::Off);
        assert_eq!(choices.way(Kind::TaskGiven), Way::Soon);
        assert_eq!(Choices::default().way(Kind::Note), Way::Daily);
    }
}
