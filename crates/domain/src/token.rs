//! What a token of a program may do: scopes, each an area and whether things may be changed there. A token narrows what
//! its person may; it never adds to it.

use serde::{Deserialize, Serialize};

use crate::member::Action;

/// What a token is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Scope {
    /// See the brand: posts, queue, library, channels, people. Every scope that changes something includes it.
    #[serde(rename = "brand:read")]
    BrandRead,
    /// See numbers.
    #[serde(rename = "numbers:read")]
    NumbersRead,
    /// Write and change drafts.
    #[serde(rename = "posts:write")]
    PostsWrite,
    /// Put posts on their way, stop them, take them down.
    #[serde(rename = "posts:publish")]
    PostsPublish,
    /// Approve posts, ask for changes, give links to reviewers.
    #[serde(rename = "approvals:write")]
    ApprovalsWrite,
    /// Say what became of deliveries nobody knows about.
    #[serde(rename = "deliveries:write")]
    DeliveriesWrite,
    /// Add and change files of the library.
    #[serde(rename = "assets:write")]
    AssetsWrite,
    /// Import the content plan.
    #[serde(rename = "plan:write")]
    PlanWrite,
    /// Connect, pause and remove channels.
    #[serde(rename = "channels:write")]
    ChannelsWrite,
    /// Invite and change members.
    #[serde(rename = "members:write")]
    MembersWrite,
    /// Change the brand's settings, stop everything it sends.
    #[serde(rename = "brand:write")]
    BrandWrite,
    /// See who did what.
    #[serde(rename = "audit:read")]
    AuditRead,
    /// Talk with the team: notes on posts, and tasks.
    #[serde(rename = "team:write")]
    TeamWrite,
}

impl Scope {
    /// All of them, in the order in which people read them.
    pub const ALL: [Self; 13] = [
        Self::BrandRead,
        Self::NumbersRead,
        Self::PostsWrite,
        Self::PostsPublish,
        Self::ApprovalsWrite,
        Self::DeliveriesWrite,
        Self::AssetsWrite,
        Self::PlanWrite,
        Self::ChannelsWrite,
        Self::MembersWrite,
        Self::BrandWrite,
        Self::AuditRead,
        Self::TeamWrite,
    ];

    /// The word in the database, the API and the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::BrandRead => "brand:read",
            Self::NumbersRead => "numbers:read",
            Self::PostsWrite => "posts:write",
            Self::PostsPublish => "posts:publish",
            Self::ApprovalsWrite => "approvals:write",
            Self::DeliveriesWrite => "deliveries:write",
            Self::AssetsWrite => "assets:write",
            Self::PlanWrite => "plan:write",
            Self::ChannelsWrite => "channels:write",
            Self::MembersWrite => "members:write",
            Self::BrandWrite => "brand:write",
            Self::AuditRead => "audit:read",
            Self::TeamWrite => "team:write",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }

    /// The scope that an action needs.
    pub fn of(action: Action) -> Self {
        match action {
            Action::Read => Self::BrandRead,
            Action::NumbersRead => Self::NumbersRead,
            Action::PostWrite | Action::PostSubmit => Self::PostsWrite,
            Action::PostPublish | Action::PostDelete => Self::PostsPublish,
            Action::PostApprove | Action::ReviewLink => Self::ApprovalsWrite,
            Action::DeliveryResolve => Self::DeliveriesWrite,
            Action::AssetWrite => Self::AssetsWrite,
            Action::PlanImport => Self::PlanWrite,
            Action::ChannelConnect | Action::ChannelPause => Self::ChannelsWrite,
            Action::MemberChange | Action::BrandTransfer => Self::MembersWrite,
            Action::BrandSettings | Action::BrandPause | Action::BrandExport => Self::BrandWrite,
            Action::AuditRead => Self::AuditRead,
            Action::Discuss => Self::TeamWrite,
        }
    }

    fn changes(self) -> bool {
        !matches!(self, Self::BrandRead | Self::NumbersRead | Self::AuditRead)
    }
}

/// Do these scopes allow that? Whoever may change something sees the brand it is in.
pub fn allows(scopes: &[Scope], action: Action) -> bool {
    let needed = Scope::of(action);
    scopes.contains(&needed) || (needed == Scope::BrandRead && scopes.iter().any(|scope| scope.changes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_come_back_from_their_codes() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.code()), Some(scope));
            assert_eq!(serde_json::to_value(scope).unwrap(), scope.code());
        }
        assert_eq!(Scope::parse("posts"), None);
    }

    #[test]
    fn every_scope_opens_something_and_no_scope_opens_all() {
        for scope in Scope::ALL {
            let open: Vec<Action> = Action::ALL.into_iter().filter(|action| allows(&[scope], *action)).collect();
            assert!(open.iter().any(|action| Scope::of(*action) == scope), "{scope:?}");
            assert!(open.len() <= 4, "{scope:?} opens {open:?}");
        }
        assert!(Action::ALL.into_iter().all(|action| allows(&Scope::ALL, action)));
        assert!(Action::ALL.into_iter().all(|action| !allows(&[], action)));
    }

    #[test]
    fn who_changes_something_sees_the_brand_and_who_counts_does_not() {
        assert!(allows(&[Scope::PostsWrite], Action::Read));
        assert!(!allows(&[Scope::PostsWrite], Action::PostPublish), "a draft is not a post on its way");
        assert!(!allows(&[Scope::NumbersRead], Action::Read));
    }
}
