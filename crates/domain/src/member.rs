//! Who may do what. The one function [`may`] is asked in `app` before every mutation and every read of a brand.

use serde::{Deserialize, Serialize};

use crate::id::ChannelId;

/// What a person is in one brand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything, with the brand's settings and its members.
    Owner,
    /// Everything but ownership.
    Manager,
    /// Writes posts and adds assets; does not send.
    Author,
    /// Talks with people.
    Moderator,
    /// Reads the numbers.
    Analyst,
    /// Reads the plan and what went out, and approves.
    Client,
}

impl Role {
    /// All roles, most powerful first.
    pub const ALL: [Self; 6] = [Self::Owner, Self::Manager, Self::Author, Self::Moderator, Self::Analyst, Self::Client];

    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Author => "author",
            Self::Moderator => "moderator",
            Self::Analyst => "analyst",
            Self::Client => "client",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// Something that can be allowed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// See the brand, its calendar, posts, deliveries, assets and channels.
    Read,
    /// See numbers.
    NumbersRead,
    /// Write and change drafts.
    PostWrite,
    /// Put a post on its way: schedule, send, move, cancel, try again.
    PostPublish,
    /// Ask for the approval of a post, and take the question back.
    PostSubmit,
    /// Approve a post or ask for changes.
    PostApprove,
    /// Remove a post, here or on the network.
    PostDelete,
    /// Say what became of a delivery nobody knows about.
    DeliveryResolve,
    /// Add and change assets.
    AssetWrite,
    /// Connect, reconnect and remove channels, change their timetable.
    ChannelConnect,
    /// Pause and resume a channel.
    ChannelPause,
    /// Give links by which people without an account approve, and take them back.
    ReviewLink,
    /// Import and export the content plan.
    PlanImport,
    /// Invite and change members.
    MemberChange,
    /// Change the brand's settings and rubrics.
    BrandSettings,
    /// Stop everything the brand sends.
    BrandPause,
    /// Hand the brand over to another owner.
    BrandTransfer,
    /// See who did what.
    AuditRead,
    /// Take everything of the brand out in one file.
    BrandExport,
    /// Talk with the team: notes on posts, and tasks.
    Discuss,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 20] = [
        Self::Read,
        Self::NumbersRead,
        Self::PostWrite,
        Self::PostPublish,
        Self::PostSubmit,
        Self::PostApprove,
        Self::PostDelete,
        Self::DeliveryResolve,
        Self::AssetWrite,
        Self::ChannelConnect,
        Self::ChannelPause,
        Self::ReviewLink,
        Self::PlanImport,
        Self::MemberChange,
        Self::BrandSettings,
        Self::BrandPause,
        Self::BrandTransfer,
        Self::AuditRead,
        Self::BrandExport,
        Self::Discuss,
    ];

    /// The word in the API and the audit log.
    pub fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::NumbersRead => "numbers.read",
            Self::PostWrite => "post.write",
            Self::PostPublish => "post.publish",
            Self::PostSubmit => "post.submit",
            Self::PostApprove => "post.approve",
            Self::PostDelete => "post.delete",
            Self::DeliveryResolve => "delivery.resolve",
            Self::AssetWrite => "asset.write",
            Self::ChannelConnect => "channel.connect",
            Self::ChannelPause => "channel.pause",
            Self::ReviewLink => "review.link",
            Self::PlanImport => "plan.import",
            Self::MemberChange => "member.change",
            Self::BrandSettings => "brand.settings",
            Self::BrandPause => "brand.pause",
            Self::BrandTransfer => "brand.transfer",
            Self::AuditRead => "audit.read",
            Self::BrandExport => "brand.export",
            Self::Discuss => "discuss",
        }
    }
}

/// May somebody with this role do that in their brand?
pub fn may(role: Role, action: Action) -> bool {
    use Action as A;
    match role {
        Role::Owner => true,
        Role::Manager => !matches!(action, A::BrandTransfer | A::BrandExport),
        Role::Author => {
            let writes = matches!(action, A::PostWrite | A::PostSubmit | A::AssetWrite | A::PlanImport);
            writes || matches!(action, A::Read | A::Discuss | A::NumbersRead)
        }
        Role::Moderator => matches!(action, A::Read | A::Discuss | A::NumbersRead | A::ChannelPause | A::BrandPause),
        Role::Analyst => matches!(action, A::Read | A::Discuss | A::NumbersRead),
        Role::Client => matches!(action, A::Read | A::PostApprove),
    }
}

/// Is this done to the brand as a whole? Somebody who is limited to some channels does not do it, whatever their role.
pub fn is_of_whole_brand(action: Action) -> bool {
    use Action as A;
    matches!(action, A::MemberChange | A::BrandSettings | A::BrandPause | A::BrandExport)
}

/// Does a limit, where there is one, leave all of these channels?
pub fn leaves(limit: Option<&[ChannelId]>, wanted: &[ChannelId]) -> bool {
    limit.is_none_or(|limit| wanted.iter().all(|channel| limit.contains(channel)))
}

/// May somebody with this role give `new` to a member who has `old`? Only owners make or unmake owners.
pub fn may_change_role(role: Role, old: Option<Role>, new: Option<Role>) -> bool {
    may(role, Action::MemberChange) && (role == Role::Owner || (old != Some(Role::Owner) && new != Some(Role::Owner)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_rights() {
        let count = |role| Action::ALL.into_iter().filter(|a| may(role, *a)).count();
        assert_eq!(Role::ALL.map(count), [20, 18, 7, 5, 3, 2]);
        assert!(!may(Role::Author, Action::PostPublish));
        assert!(may(Role::Moderator, Action::BrandPause), "a moderator stops everything in a crisis");
    }

    #[test]
    fn a_limit_leaves_its_channels_and_nothing_beyond() {
        let [one, two, three] = [1, 2, 3].map(|n| ChannelId(uuid::Uuid::from_u128(n)));
        assert!(leaves(None, &[one, two]));
        assert!(leaves(Some(&[one, two]), &[two]) && leaves(Some(&[one]), &[]));
        assert!(!leaves(Some(&[one, two]), &[one, three]), "one channel too many is too many");
        assert!(!leaves(Some(&[]), &[one]), "limited to nothing");
        assert!(!is_of_whole_brand(Action::PostPublish) && is_of_whole_brand(Action::MemberChange));
    }

    #[test]
    fn only_owners_make_owners() {
        assert!(!may_change_role(Role::Manager, Some(Role::Author), Some(Role::Owner)));
        assert!(!may_change_role(Role::Manager, Some(Role::Owner), None));
        assert!(may_change_role(Role::Manager, None, Some(Role::Author)));
        assert!(may_change_role(Role::Owner, Some(Role::Owner), Some(Role::Manager)));
    }
}
