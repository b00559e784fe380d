//! A channel as the API shows it. Nothing secret is in a channel's row, so nothing secret can get here.

use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::id::ChannelId;
use sarafan_domain::text::TextUnit;
use sarafan_network::abilities;
use serde::Serialize;
use utoipa::ToSchema;

use super::SlotTime;
use crate::view::instant;
use crate::{Actor, App};

/// A connected page, group, account or chat.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ChannelView {
    /// Its id.
    pub id: ChannelId,
    /// Which network.
    pub network: String,
    /// As people here call it.
    pub name: String,
    /// `@name` or the like.
    pub handle: String,
    /// Where it can be looked at.
    pub url: Option<String>,
    /// Can it be used?
    pub state: ChannelState,
    /// Why somebody paused it, in their words.
    pub paused_reason: Option<String>,
    /// Does its credential work?
    pub health: ChannelHealth,
    /// IANA zone of its timetable.
    pub time_zone: String,
    /// Its weekly timetable.
    pub slots: Vec<SlotTime>,
    /// The limits that its network sets to this very channel; `None` where the network is not built in.
    pub limits: Option<ChannelLimits>,
    /// How many follow it, when last counted.
    pub followers: Option<f64>,
    /// What its network can do.
    pub abilities: Vec<String>,
    /// Nothing is sent before: the network asked us to wait.
    pub blocked_until: Option<String>,
}

/// Does its credential work?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChannelHealth {
    /// When we looked last.
    pub checked_at: Option<String>,
    /// It worked then.
    pub ok: bool,
    /// What was wrong.
    pub message: Option<String>,
    /// What helps.
    pub remedy: Option<String>,
    /// When the credential ends, if it does.
    pub expires_at: Option<String>,
}

/// The limits of an ordinary post there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChannelLimits {
    /// Longest text, in `text_unit`.
    pub text_max: usize,
    /// What is counted.
    pub text_unit: TextUnit,
    /// Most media.
    pub media_max: usize,
    /// Longest description of a picture in characters; 0 where there is none.
    pub alt_max: usize,
}

impl App {
    pub(super) fn channel_view(&self, actor: &Actor, row: &Channel, followers: Option<f64>) -> ChannelView {
        let network = self.networks().get(&row.network);
        let format = network.map(|network| network.format(&Default::default(), &row.facts));
        let said = row.health.as_ref().map(|problem| self.texts().problem(actor.language, problem));
        ChannelView {
            id: row.id,
            network: row.network.clone(),
            name: row.name.clone(),
            handle: row.handle.clone(),
            url: row.url.clone(),
            state: row.state,
            paused_reason: row.reason.clone().filter(|_| row.state == ChannelState::Paused),
            health: ChannelHealth {
                checked_at: row.checked_at.map(instant),
                ok: row.health.is_none() && network.is_some(),
                message: said.as_ref().map(|said| said.message.clone()),
                remedy: said.and_then(|said| said.remedy),
                expires_at: row.expires_at.map(instant),
            },
            time_zone: row.time_zone.clone(),
            slots: row.slots.iter().map(SlotTime::from).collect(),
            limits: format.map(|format| ChannelLimits {
                text_max: format.text_max,
                text_unit: format.counter.unit,
                media_max: format.media.1,
                alt_max: format.alt_max,
            }),
            followers,
            abilities: network.map(abilities).unwrap_or_default().into_iter().map(str::to_owned).collect(),
            blocked_until: row.blocked_until.map(instant),
        }
    }
}
