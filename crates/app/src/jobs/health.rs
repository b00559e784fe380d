//! Sees whether a channel's credential works, and renews it well before it ends.

use jiff::SignedDuration;
use sarafan_store::jobs::ClaimedJob;
use sarafan_store::{StoreError, channels};

use super::{OfChannel, Outcome};
use crate::{App, AppError};

/// A channel is looked at this often.
const EVERY: SignedDuration = SignedDuration::from_hours(6);
/// So long before its end a short-lived credential is renewed.
const SHORTLY: SignedDuration = SignedDuration::from_mins(20);
/// Never oftener than this.
const LEAST: SignedDuration = SignedDuration::from_mins(5);
/// A credential is renewed when less than this is left of it.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// A credential that lives only hours is looked at shortly before it ends, so that no post finds it ended.
fn next_look(left: SignedDuration) -> SignedDuration {
    (left - SHORTLY).clamp(LEAST, EVERY)
}

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
    let fresh = channels::get(&mut *app.store().read().await?, channel.brand, channel.id).await?;
    let wait = fresh.expires_at.map_or(EVERY, |at| next_look(at.duration_since(now)));
    Ok(Outcome::Again(now.checked_add(wait).unwrap_or(now)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lived_credentials_are_looked_at_before_they_end() {
        let rows = [(120, 100), (10, 5), (-30, 5), (60 * 24 * 60, 360)];
        for (left, wait) in rows {
            assert_eq!(next_look(SignedDuration::from_mins(left)), SignedDuration::from_mins(wait), "{left}");
        }
    }
}
