//! Approval as the API shows it.

use sarafan_domain::approval::{Policy, Standing, cleared, fingerprint};
use sarafan_domain::id::{ApprovalEventId, PersonId, PostId, ReviewLinkId};
use sarafan_domain::post::Content;
use sarafan_store::approvals::{ApprovalRow, EventRow};
use sarafan_store::posts::PostRow;
use serde::Serialize;
use utoipa::ToSchema;

use crate::deliveries::ReasonView;
use crate::posts::PostBriefView;
use crate::view::instant;

/// Where the approval of a post stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ApprovalView {
    /// How far it is.
    pub standing: Standing,
    /// Names the content as it is now; sent back with a yes or a no, so that nobody approves what they did not see.
    pub hash: String,
    /// One of its channels wants a yes.
    pub needed: bool,
    /// Nothing stands in the way of sending it.
    pub cleared: bool,
    /// Whose word it is; empty for Sarafan itself.
    pub by: String,
    /// The person's id, where they have an account.
    pub person: Option<PersonId>,
    /// Since when; `None` where nobody was ever asked.
    pub at: Option<String>,
    /// What they added.
    pub note: String,
}

impl ApprovalView {
    pub(crate) fn new(post: &PostRow, row: Option<ApprovalRow>, policy: &Policy) -> Self {
        let hash = fingerprint(&post.content, &post.channels);
        let needed = post.channels.iter().any(|id| policy.needs(*id));
        let approval = row.as_ref().map(|row| row.approval.clone()).unwrap_or_default();
        Self {
            standing: approval.standing,
            needed,
            cleared: cleared(needed, &approval, &hash),
            by: row.as_ref().map(|row| row.by.clone()).unwrap_or_default(),
            person: row.as_ref().and_then(|row| row.person),
            at: row.as_ref().map(|row| instant(row.at)),
            note: row.map(|row| row.note).unwrap_or_default(),
            hash,
        }
    }
}

/// A post in a list of approvals.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApprovalItem {
    /// The post.
    pub post: PostBriefView,
    /// How far it is.
    pub standing: Standing,
    /// Names the content as it is now.
    pub hash: String,
    /// Whose word it is; empty for Sarafan itself.
    pub by: String,
    /// The person's id, where they have an account.
    pub person: Option<PersonId>,
    /// Since when.
    pub at: String,
    /// What they added.
    pub note: String,
}

impl ApprovalItem {
    pub(crate) fn new(post: PostBriefView, row: ApprovalRow, hash: String) -> Self {
        Self {
            post,
            standing: row.approval.standing,
            hash,
            by: row.by,
            person: row.person,
            at: instant(row.at),
            note: row.note,
        }
    }
}

/// A page of approvals.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApprovalPage {
    /// The posts.
    pub items: Vec<ApprovalItem>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// How many wait for an answer.
    pub in_review: i64,
    /// How many wait for their author.
    pub changes_asked: i64,
}

/// The history of a post's approval.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApprovalHistory {
    /// The words, the latest first.
    pub items: Vec<ApprovalEventView>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// A word of the history.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApprovalEventView {
    /// Its id.
    pub id: ApprovalEventId,
    /// When.
    pub at: String,
    /// `submitted`, `approved`, `changes_asked`, `withdrawn`, `dropped`, `commented`, `carried`, `reminded`, `overdue`.
    pub kind: String,
    /// Whose word; empty for Sarafan itself.
    pub by: String,
    /// The link they came by, for people without an account.
    pub link: Option<ReviewLinkId>,
    /// What they added.
    pub note: String,
    /// The content is another one now.
    pub changed: bool,
    /// What they saw, where they said yes or no to it.
    pub seen: Option<Content>,
}

impl ApprovalEventView {
    pub(crate) fn new(row: EventRow, present: &str) -> Self {
        Self {
            id: row.id,
            at: instant(row.at),
            kind: row.kind,
            by: row.by,
            link: row.link,
            note: row.note,
            changed: row.hash != present,
            seen: row.seen,
        }
    }
}

/// What came of approving several posts.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApprovedView {
    /// These are approved.
    pub approved: Vec<PostId>,
    /// These are not.
    pub refused: Vec<NotApproved>,
}

/// A post that was not approved, and why.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NotApproved {
    /// Which.
    pub post: PostId,
    /// Why.
    pub reason: ReasonView,
}
