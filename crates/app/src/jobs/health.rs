//! Sees whether a channel's credential works, and renews it well before it ends.

use jiff::SignedDuration;
use sarafan_store::jobs::ClaimedJob;
use sarafan_store::{StoreError, channels};

use super::{OfChannel, Outcome};
use crate::{App, AppError};

/// A channel is looked at this often.
const EVERY: SignedDuration = SignedDuration::from_hours(6);
/// A credential is renewed when less than this is left of it.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

pub(super) async fn run(app: &App, job: &ClaimedJob) -> Result<Outcome, AppError> {
    let OfChannel { channel } = super::payload(job)?;
    let found = channels::get(&mut *app.store().read().await?, job.job.brand, channel).await;
    let channel = match found {
        Ok(channel) => channel,
        Err(StoreError::NotFound) => return Ok(Outcome::Done),
        Err(error) => return Err(error.into()),
    };
    let now = app.now();
    if channel.expires_at.is_some_and(|at| at.duration_since(now) < AHEAD)
        && let Err(error) = app.renew(&channel).await
    {
        tracing::warn!(channel = %channel.id, %error, "the credential could not be renewed ahead of time");
    }
    app.look_at_channel(&channel).await?;
    Ok(Outcome::Again(now.checked_add(EVERY).unwrap_or(now)))
}
