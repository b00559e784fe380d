//! Looking whether a channel can be used: asks the network who we are and keeps what it says.

use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::Failure;
use sarafan_domain::id::{BrandId, ChannelId};
use sarafan_domain::member::Action;
use sarafan_domain::problem::Problem;
use sarafan_network::{Call, IdempotencyKey, Identity};
use sarafan_store::{StoreError, channels};

use super::ChannelView;
use crate::live::Event;
use crate::{Actor, App, AppError};

impl App {
    /// Looks now, and tells what came of it.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; what the network says is in the view's health.
    pub async fn check_channel(&self, actor: &Actor, brand: BrandId, id: ChannelId) -> Result<ChannelView, AppError> {
        self.enter_channel(actor, brand, Action::ChannelPause, Some(id)).await?;
        let channel = self.connected(brand, id).await?;
        self.look_at_channel(&channel).await?;
        self.channel(actor, brand, id).await
    }

    /// Asks the network and saves what it says. The name stays as people here call the channel.
    pub(crate) async fn look_at_channel(&self, channel: &Channel) -> Result<(), AppError> {
        let said = match self.whoami(channel).await {
            Err(Failure::AuthExpired) => match self.renew(channel).await {
                Ok(()) => self.whoami(channel).await,
                Err(failure) => Err(failure),
            },
            said => said,
        };
        let (brand, id, now) = (channel.brand, channel.id, self.now());
        self.store()
            .write(move |conn| {
                let said = said.clone();
                Box::pin(async move {
                    let mut row = channels::get(conn, brand, id).await?;
                    row.checked_at = Some(now);
                    apply(&mut row, said);
                    match channels::update(conn, &row).await {
                        // It was removed while we looked.
                        Ok(()) | Err(StoreError::NotFound) => Ok::<_, AppError>(()),
                        Err(error) => Err(error.into()),
                    }
                })
            })
            .await?;
        self.live().tell(brand, Event::Channel { id });
        Ok(())
    }

    pub(crate) async fn whoami(&self, channel: &Channel) -> Result<Identity, Failure> {
        let missing = || Failure::Reconnect { reason: Problem::error("network-missing", "channel") };
        let network = self.networks().get(&channel.network).ok_or_else(missing)?;
        let credential = self.credential(channel).await?;
        let (door, key) = (self.door_for(channel), IdempotencyKey(String::new()));
        let call = Call { http: door.as_ref(), channel, credential: &credential, key: &key, now: self.now() };
        network.auth().whoami(&call).await
    }
}

fn apply(row: &mut Channel, said: Result<Identity, Failure>) {
    match said {
        Ok(identity) => {
            (row.handle, row.url, row.facts) = (identity.handle, identity.url, identity.facts);
            row.health = None;
            if row.state == ChannelState::Reconnect {
                row.state = ChannelState::Ok;
            }
        }
        // Surely for a person to mend; anything else may pass by itself.
        Err(
            failure @ (Failure::Reconnect { .. } | Failure::AuthExpired | Failure::Gone | Failure::Rejected { .. }),
        ) => {
            row.health = Some(failure.problem());
            if row.state == ChannelState::Ok {
                row.state = ChannelState::Reconnect;
            }
        }
        Err(failure) => {
            // An unreachable server does not mend what was broken before.
            if row.state != ChannelState::Reconnect {
                row.health = Some(failure.problem());
            }
        }
    }
}
