//! The audit log: what a line of it can be about.

use serde::Serialize;

/// What a line of the audit log is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SubjectKind {
    /// A post.
    Post,
    /// A delivery of a post.
    Delivery,
    /// A channel.
    Channel,
    /// A file of the library.
    Asset,
    /// A rubric.
    Rubric,
    /// A member.
    Member,
    /// An open invitation.
    Invitation,
}
