//! What opens a channel: kept sealed, unsealed for one call, renewed under a lock. It is in no view, log or error.

use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::Failure;
use sarafan_domain::id::{BrandId, ChannelId};
use sarafan_domain::notice::Kind as NoticeKind;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_domain::webhook::Topic;
use sarafan_network::{Call, IdempotencyKey, Renewed, Secret};
use sarafan_store::secrets::{self, Place};
use sarafan_store::{Conn, StoreError, channels, credentials};
use serde_json::json;

use crate::live::Event;
use crate::notices::{self, Leads, Told};
use crate::{App, AppError, crash, webhooks};

/// A credential that was renewed less than so many seconds ago is not renewed again: whoever asks has seen the old one.
const JUST_NOW: i64 = 10;

impl App {
    /// What opens the channel.
    ///
    /// # Errors
    /// [`Failure::Reconnect`] where there is none or its key is lost; [`Failure::Transient`] where the database does
    /// not answer.
    pub(crate) async fn credential(&self, channel: &Channel) -> Result<Secret, Failure> {
        let mut conn = self.store().read().await.map_err(|_| Failure::Transient { after: None })?;
        let sealed = credentials::get(&mut conn, channel.brand, channel.id).await.map_err(|error| match error {
            StoreError::NotFound => lost("credential-missing"),
            _ => Failure::Transient { after: None },
        })?;
        self.unseal(channel.id, &sealed).map_err(|error| {
            tracing::error!(channel = %channel.id, %error, "a credential cannot be opened");
            lost("credential-unreadable")
        })
    }

    /// Renews what opens the channel. Whoever comes second waits and finds it renewed; where it fails, the old one
    /// stays.
    ///
    /// # Errors
    /// As the network says; the channel is marked where only a person can mend it.
    pub(crate) async fn renew(&self, channel: &Channel) -> Result<(), Failure> {
        let lock = self.doors().renewal(channel.id);
        let mut renewed_at = lock.lock().await;
        let now = self.now();
        let just_now = |at: Timestamp| now.duration_since(at).as_secs().abs() < JUST_NOW;
        if renewed_at.is_some_and(just_now) {
            return Ok(());
        }
        let network = self.networks().get(&channel.network).ok_or_else(|| lost("network-missing"))?;
        let credential = self.credential(channel).await?;
        let (door, key) = (self.door_for(channel), IdempotencyKey(String::new()));
        let call = Call { http: door.as_ref(), channel, credential: &credential, key: &key, now };
        crash::point("renewing");
        let renewed = network.auth().refresh(&call).await;
        crash::point("renewed");
        match renewed {
            Ok(renewed) => {
                self.save_renewed(channel, renewed).await.map_err(|error| {
                    tracing::error!(channel = %channel.id, %error, "a renewed credential could not be saved");
                    Failure::Transient { after: None }
                })?;
                crash::point("renewal-saved");
                *renewed_at = Some(now);
                Ok(())
            }
            Err(failure) => {
                // Another machine may have used the renewal up a moment ago: then ours had to fail.
                if self.credential(channel).await? != credential {
                    return Ok(());
                }
                if let Failure::Reconnect { .. } | Failure::AuthExpired = failure {
                    self.ask_reconnect(channel, failure.problem()).await.map_err(|_| failure.clone())?;
                }
                Err(failure)
            }
        }
    }

    async fn save_renewed(&self, channel: &Channel, renewed: Renewed) -> Result<(), AppError> {
        let (brand, id, now) = (channel.brand, channel.id, self.now());
        let sealed = self.seal(id, &renewed.credential)?;
        self.store()
            .write(move |conn| {
                let sealed = sealed.clone();
                Box::pin(async move {
                    credentials::put(conn, brand, id, &sealed, now).await?;
                    let mut row = channels::get(conn, brand, id).await?;
                    row.expires_at = renewed.expires_at;
                    channels::update(conn, &row).await
                })
            })
            .await?;
        Ok(())
    }

    async fn ask_reconnect(&self, channel: &Channel, reason: Problem) -> Result<(), AppError> {
        let (app, brand, id) = (self.clone(), channel.brand, channel.id);
        self.store()
            .write(move |conn| {
                let (app, reason) = (app.clone(), reason.clone());
                Box::pin(async move { mark_reconnect(&app, conn, brand, id, &reason).await })
            })
            .await
    }

    pub(super) fn seal(&self, channel: ChannelId, credential: &Secret) -> Result<Vec<u8>, AppError> {
        let secret = secrets::Secret::new(credential.expose().as_bytes());
        Ok(self.keyring().seal(place(&channel.bytes()), &secret)?)
    }

    pub(super) fn unseal(&self, channel: ChannelId, sealed: &[u8]) -> Result<Secret, StoreError> {
        let secret = self.keyring().open(place(&channel.bytes()), sealed)?;
        Ok(Secret::new(secret.expose_text()?))
    }
}

/// Does what opens the channel open itself? `None` where nothing is kept.
pub(crate) async fn opens(app: &App, conn: &mut Conn, channel: &Channel) -> Result<Option<bool>, StoreError> {
    match credentials::get(conn, channel.brand, channel.id).await {
        Ok(sealed) => Ok(Some(app.unseal(channel.id, &sealed).is_ok())),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn place(id: &[u8]) -> Place<'_> {
    Place { table: "credential", id, column: "sealed" }
}

fn lost(code: &'static str) -> Failure {
    Failure::Reconnect { reason: Problem::error(code, "channel") }
}

/// Only a person can mend the channel now. A channel that a person paused stays paused; its health says the rest.
pub(crate) async fn mark_reconnect(
    app: &App,
    conn: &mut Conn,
    brand: BrandId,
    channel: ChannelId,
    reason: &Problem,
) -> Result<(), AppError> {
    let mut row = channels::get(conn, brand, channel).await?;
    let was_well = row.state == ChannelState::Ok;
    if was_well {
        row.state = ChannelState::Reconnect;
        row.reason = None;
    }
    row.health = Some(reason.clone());
    row.checked_at = Some(app.now());
    match channels::update(conn, &row).await {
        // It was removed meanwhile: nobody can mend it, and nobody needs to.
        Ok(()) | Err(StoreError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    if was_well {
        let told =
            Told { who: String::new(), what: row.name.clone(), words: String::new(), leads: Leads::Channel(channel) };
        let all = notices::everybody(conn, brand).await?;
        notices::tell(conn, app, brand, all, None, NoticeKind::ChannelReconnect, &told).await?;
        let data = || json!({ "brand": brand, "channel": channel, "network": row.network, "name": row.name, "reason": reason.code });
        webhooks::tell(app, conn, brand, Topic::ChannelReconnect, data).await?;
    }
    app.live().tell(brand, Event::Channel { id: channel });
    Ok(())
}
