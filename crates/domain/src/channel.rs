//! A channel: one connected page, group, account or chat of a brand on a network.

use serde::{Deserialize, Serialize};

use crate::id::{BrandId, ChannelId};
use crate::time::Timestamp;

/// Can the channel be used?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ChannelState {
    /// Yes.
    Ok,
    /// A person paused it.
    Paused,
    /// Its credential no longer works; a person must connect it again.
    Reconnect,
}

impl ChannelState {
    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Paused => "paused",
            Self::Reconnect => "reconnect",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Ok, Self::Paused, Self::Reconnect].into_iter().find(|state| state.code() == code)
    }
}

/// A time of the weekly timetable that a queued post can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Slot {
    /// 1 is Monday, 7 is Sunday.
    pub weekday: i8,
    /// Wall-clock time in the channel's zone.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub time: jiff::civil::Time,
}

/// A connected place. Its credential is not here: secrets never travel with ordinary data.
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// Whose it is.
    pub brand: BrandId,
    /// Which network, by its id.
    pub network: String,
    /// What the network calls it: chat id, DID, account id, site address.
    pub external_id: String,
    /// As people know it.
    pub name: String,
    /// `@name` or the like.
    pub handle: String,
    /// Where it can be looked at.
    pub url: Option<String>,
    /// Can it be used?
    pub state: ChannelState,
    /// Why it is paused or must be reconnected, in the words of the person or a problem code.
    pub reason: Option<String>,
    /// IANA zone of its timetable.
    pub time_zone: String,
    /// Its weekly timetable.
    pub slots: Vec<Slot>,
    /// Address of the server, limits and other facts that the network told about this channel; made and read
    /// by its connector only.
    pub facts: serde_json::Value,
    /// When the credential was last seen to work, or not.
    pub checked_at: Option<Timestamp>,
    /// The problem found then.
    pub health: Option<crate::problem::Problem>,
    /// When the credential ends, if it does.
    pub expires_at: Option<Timestamp>,
    /// Nothing is sent before: the network asked us to wait.
    pub blocked_until: Option<Timestamp>,
}
