//! Ids: one newtype per kind of thing, all of them UUIDv7 made by the caller (`app`), never here.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The sixteen bytes the database keeps.
            pub fn bytes(self) -> Vec<u8> {
                self.0.as_bytes().to_vec()
            }

            /// Reads what [`Self::bytes`] wrote; `None` where it is not sixteen bytes.
            pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
                Uuid::from_slice(bytes).ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

ids! {
    /// A brand: the tenant.
    BrandId
    /// A person who can sign in; a member of brands.
    PersonId
    /// A connected page, group, account or chat.
    ChannelId
    /// A post of the content plan.
    PostId
    /// One variant on its way to one channel.
    DeliveryId
    /// A picture, video or document of the library.
    AssetId
    /// A content category of a brand.
    RubricId
    /// A row of the job queue.
    JobId
    /// A repeating post and its copies.
    SeriesId
    /// An invitation to a brand.
    InvitationId
    /// A signed-in session.
    SessionId
    /// A letter that is to be mailed.
    LetterId
    /// A word in the history of an approval.
    ApprovalEventId
    /// A link by which somebody without an account approves.
    ReviewLinkId
    /// Something a person was told.
    NoticeId
    /// What somebody of the team said about a post.
    NoteId
    /// Something that is to be done.
    TaskId
    /// The token of a program.
    TokenId
    /// One run of a request that may be repeated.
    RunId
    /// An endpoint of a program elsewhere.
    WebhookId
    /// A message to such an endpoint.
    MessageId
    /// A passkey of a person.
    PasskeyId
}
