//! Channels: what is connected, whether it works, its timetable, and stopping it. How one is connected is in
//! `connect`, what opens it in `credential`. No network is named here.

use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::{Event as DeliveryEvent, State};
use sarafan_domain::id::{BrandId, ChannelId};
use sarafan_domain::member::Action;
use sarafan_domain::problem::Problem;
use sarafan_domain::time;
use sarafan_network::Network;
use sarafan_store::deliveries::DeliveryFilter;
use sarafan_store::{Conn, channels, deliveries, numbers};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::actor::record;
use crate::brands::check_reason;
use crate::live::Event;
use crate::persons::check_name;
use crate::{Actor, App, AppError};

mod connect;
mod credential;
mod doors;
mod look;
mod network;
mod pending;
mod slots;
mod view;

pub use connect::{CandidateView, ConnectInput, ConnectView, Returned};
pub(crate) use credential::{mark_reconnect, opens};
pub(crate) use doors::Doors;
pub use network::{ChoiceView, FieldView, FormatView, InputView, MediaRuleView, NetworkView, TextRule};
pub use slots::SlotTime;
pub use view::{ChannelHealth, ChannelLimits, ChannelView};

/// The metric that counts followers.
const FOLLOWERS: &str = "followers";

/// Changes of a channel; what is `None` stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub struct ChannelPatch {
    /// As people here call it.
    pub name: Option<String>,
    /// IANA zone of its timetable.
    pub time_zone: Option<String>,
}

impl App {
    /// The connected channels of a brand.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for strangers.
    pub async fn list_channels(&self, actor: &Actor, brand: BrandId) -> Result<Vec<ChannelView>, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let rows = channels::list(&mut conn, brand).await?;
        let subjects: Vec<_> = rows.iter().map(|row| row.id.0).collect();
        let latest = numbers::latest(&mut conn, brand, &subjects).await?;
        let followers = |id: ChannelId| latest.get(&id.0).and_then(|all| all.get(FOLLOWERS)?.value);
        Ok(rows.iter().map(|row| self.channel_view(actor, row, followers(row.id))).collect())
    }

    /// One channel.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn channel(&self, actor: &Actor, brand: BrandId, id: ChannelId) -> Result<ChannelView, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let row = of_brand(&mut conn, brand, id).await?;
        let latest = numbers::latest(&mut conn, brand, &[id.0]).await?;
        let followers = latest.get(&id.0).and_then(|all| all.get(FOLLOWERS)?.value);
        Ok(self.channel_view(actor, &row, followers))
    }

    /// Changes name or zone.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for an empty name or an unknown zone.
    pub async fn update_channel(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: ChannelId,
        patch: ChannelPatch,
    ) -> Result<ChannelView, AppError> {
        let name = patch.name.as_deref().map(check_name).transpose()?;
        if let Some(zone) = &patch.time_zone {
            time::zone(zone)?;
        }
        let zone = patch.time_zone.map(|zone| zone.trim().to_owned());
        let detail = json!({ "name": name, "time_zone": zone });
        self.change_channel(actor, brand, id, (Action::ChannelConnect, "channel.change", detail), move |row| {
            row.name = name.clone().unwrap_or_else(|| row.name.clone());
            row.time_zone = zone.clone().unwrap_or_else(|| row.time_zone.clone());
        })
        .await
    }

    /// Stops what goes to this channel.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a reason that is too long.
    pub async fn pause_channel(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: ChannelId,
        reason: Option<String>,
    ) -> Result<ChannelView, AppError> {
        let reason = check_reason(reason)?;
        let detail = json!({ "reason": reason });
        self.change_channel(actor, brand, id, (Action::ChannelPause, "channel.pause", detail), move |row| {
            row.state = ChannelState::Paused;
            row.reason = reason.clone();
        })
        .await
    }

    /// Lets it go on. Where its credential is known not to work, it must still be connected again.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn resume_channel(&self, actor: &Actor, brand: BrandId, id: ChannelId) -> Result<ChannelView, AppError> {
        self.change_channel(actor, brand, id, (Action::ChannelPause, "channel.resume", json!({})), |row| {
            if row.state == ChannelState::Paused {
                let broken = row.health.as_ref().is_some_and(Problem::is_error);
                row.state = if broken { ChannelState::Reconnect } else { ChannelState::Ok };
                row.reason = None;
            }
        })
        .await
    }

    /// Removes a channel with its credential. What was to go there is called off; what went out stays in the history.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn remove_channel(&self, actor: &Actor, brand: BrandId, id: ChannelId) -> Result<(), AppError> {
        self.enter_channel(actor, brand, Action::ChannelConnect, Some(id)).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    let row = of_brand(conn, brand, id).await?;
                    app.call_off(conn, &who, brand, id).await?;
                    channels::remove(conn, brand, id, app.now()).await?;
                    let detail = json!({ "network": row.network, "name": row.name });
                    record(conn, &app, &who, Some(brand), "channel.remove", &id.to_string(), detail).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Channel { id });
        Ok(())
    }

    /// Calls off whatever has not left for this channel.
    async fn call_off(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        brand: BrandId,
        channel: ChannelId,
    ) -> Result<(), AppError> {
        let filter = DeliveryFilter {
            states: vec![State::Scheduled, State::Held, State::Failed],
            channel: Some(channel),
            ..DeliveryFilter::default()
        };
        // Those called off leave the list, so the first page is always a new one.
        loop {
            let (rows, _) = deliveries::list(conn, brand, &filter, None, 200).await?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows {
                self.apply(conn, row, DeliveryEvent::Cancel, Some(actor)).await?;
            }
        }
    }

    /// Loads, changes, saves and records; lets go on what a pause held.
    pub(super) async fn change_channel(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: ChannelId,
        (action, code, detail): (Action, &'static str, Value),
        change: impl Fn(&mut Channel) + Clone + Send + Sync + 'static,
    ) -> Result<ChannelView, AppError> {
        self.enter_channel(actor, brand, action, Some(id)).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, detail, change) = (app.clone(), who.clone(), detail.clone(), change.clone());
                Box::pin(async move {
                    let mut row = of_brand(conn, brand, id).await?;
                    let before = row.state;
                    change(&mut row);
                    channels::update(conn, &row).await?;
                    if before == ChannelState::Paused && row.state != ChannelState::Paused {
                        app.pause_ended(conn, brand, Some(id)).await?;
                    }
                    record(conn, &app, &who, Some(brand), code, &id.to_string(), detail).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Channel { id });
        self.wake();
        self.channel(actor, brand, id).await
    }

    /// A channel that is connected now.
    pub(super) async fn connected(&self, brand: BrandId, id: ChannelId) -> Result<Channel, AppError> {
        of_brand(&mut *self.store().read().await?, brand, id).await
    }

    pub(super) fn network_of(&self, channel: &Channel) -> Result<&'static dyn Network, AppError> {
        self.networks().get(&channel.network).ok_or(AppError::NotFound)
    }
}

/// A channel that is connected now; removed ones live on in the history only.
async fn of_brand(conn: &mut Conn, brand: BrandId, id: ChannelId) -> Result<Channel, AppError> {
    channels::list(conn, brand).await?.into_iter().find(|channel| channel.id == id).ok_or(AppError::NotFound)
}
