//! Takes down what is out: because a person asked, or because its time is over. Doing it twice is harmless.

use sarafan_domain::delivery::{Event, Failure};
use sarafan_store::jobs::ClaimedJob;

use super::Outcome;
use super::update::{Over, act};
use crate::lease::Lease;
use crate::{App, AppError};

pub(super) async fn run(app: &App, job: &ClaimedJob, lease: &Lease) -> Result<Outcome, AppError> {
    act(app, job, lease, "delete", |over: Over| async move {
        let network = over.network.delete().ok_or(Failure::Gone)?;
        let published = over.published.clone();
        let outcome = over.call(async |call, _| network.delete(call, &published).await).await;
        match outcome {
            Ok(()) | Err(Failure::Gone) => Ok(Some(Event::TakenDown)),
            Err(failure) => Err(failure),
        }
    })
    .await
}
