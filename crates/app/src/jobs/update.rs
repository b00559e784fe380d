//! Sends a changed content over there, and the common way of both jobs that change what is out.

use jiff::SignedDuration;
use sarafan_domain::brand::Brand;
use sarafan_domain::channel::Channel;
use sarafan_domain::delivery::{Event, Failure, MAX_TRIES, Published, State, UNAPPROVED};
use sarafan_domain::post::Content;
use sarafan_domain::problem::{Problem, Severity};
use sarafan_network::{Call, IdempotencyKey, Network, Outgoing};
use sarafan_store::attempts::{self, AttemptRow};
use sarafan_store::jobs::{self, ClaimedJob};
use sarafan_store::{brands, channels, deliveries as rows, posts};

use super::{OfDelivery, Outcome};
use crate::lease::Lease;
use crate::{App, AppError, crash};

/// Something that is out and is to be changed.
pub(super) struct Over {
    pub(super) app: App,
    lease: Lease,
    pub(super) network: &'static dyn Network,
    pub(super) brand: Brand,
    pub(super) channel: Channel,
    pub(super) content: Content,
    pub(super) published: Published,
    /// May this content be sent there?
    pub(super) approved: bool,
}

impl Over {
    /// Calls the network with everything a call needs.
    pub(super) async fn call<T>(
        &self,
        work: impl AsyncFnOnce(&Call<'_>, &Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let credential = self.app.credential(&self.channel).await?;
        let door = self.app.door_held(&self.channel, &self.lease);
        let key = IdempotencyKey(String::new());
        let call = Call {
            http: door.as_ref(),
            channel: &self.channel,
            credential: &credential,
            key: &key,
            now: self.app.now(),
        };
        work(&call, self).await
    }

    pub(super) async fn outgoing(&self) -> Result<Outgoing, Failure> {
        super::publish::of_content(&self.app, self.network, &self.brand, &self.channel, &self.content, true).await
    }
}

pub(super) async fn run(app: &App, job: &ClaimedJob, lease: &Lease) -> Result<Outcome, AppError> {
    act(app, job, lease, "edit", |over: Over| async move {
        let network = over.network.edit().ok_or(Failure::Gone)?;
        if !over.approved {
            return Err(Failure::Rejected { problem: Problem::error(UNAPPROVED, "at") });
        }
        let post = over.outgoing().await?;
        let published = over.published.clone();
        let changed = over.call(async |call, _| network.edit(call, &published, &post).await).await?;
        Ok((changed != over.published).then_some(Event::ResolvedSent(changed)))
    })
    .await
}

/// Loads, acts, and saves what came of it; the result is an event for `TakenDown`, or a new address of what is out.
pub(super) async fn act<F>(
    app: &App,
    job: &ClaimedJob,
    lease: &Lease,
    kind: &'static str,
    work: impl FnOnce(Over) -> F,
) -> Result<Outcome, AppError>
where
    F: Future<Output = Result<Option<Event>, Failure>>,
{
    let OfDelivery { delivery: id } = super::payload(job)?;
    tracing::Span::current().record("delivery", tracing::field::display(id));
    let brand_id = job.job.brand;
    let (over, delivery, n) = {
        let mut conn = app.store().read().await?;
        let row = rows::get(&mut conn, brand_id, id).await?;
        let delivery = row.delivery;
        let channel = channels::get(&mut conn, brand_id, delivery.channel).await?;
        let (Some(published), Some(network), State::Sent) =
            (delivery.published.clone(), app.networks().get(&channel.network), delivery.state)
        else {
            return Ok(Outcome::Done);
        };
        let brand = brands::get(&mut conn, brand_id).await?;
        let post = posts::get(&mut conn, brand_id, delivery.post).await?;
        let approved = app.may_leave(&mut conn, &post, channel.id).await?;
        let content = post.content;
        (
            Over { app: app.clone(), lease: lease.clone(), network, brand, channel, content, published, approved },
            delivery,
            row.attempts + 1,
        )
    };
    let started = AttemptRow {
        brand: brand_id,
        delivery: id,
        n,
        step: delivery.step,
        kind: kind.to_owned(),
        started_at: app.now(),
        ended_at: None,
        outcome: None,
        detail: None,
        by: None,
    };
    app.store()
        .write(move |conn| {
            let started = started.clone();
            Box::pin(async move {
                // A change that was under way when its process died ended there; it is harmless to repeat.
                let history = attempts::of_delivery(conn, started.brand, started.delivery).await?;
                for open in history.iter().filter(|row| row.ended_at.is_none()) {
                    let at = started.started_at;
                    attempts::end(conn, started.brand, started.delivery, open.n, at, "died", None).await?;
                }
                attempts::start(conn, &started).await.map_err(AppError::from)
            })
        })
        .await?;
    let channel = over.channel.clone();
    crash::point("change-begun");
    let mut result = lease.keep(app, job, work(over)).await?;
    crash::point("change-ended");
    if result == Err(Failure::AuthExpired) && app.renew(&channel).await.is_ok() {
        result = Err(Failure::Transient { after: None });
    }
    let tries = job.job.tries;
    let (inner, held, delivery, result) = (app.clone(), job.clone(), delivery.clone(), result.clone());
    lease
        .written(app, move |conn| {
            let (app, job, delivery, result) = (inner.clone(), held.clone(), delivery.clone(), result.clone());
            Box::pin(async move {
                let now = app.now();
                let detail = result.as_ref().err().map(Failure::problem);
                let outcome = if result.is_ok() { "done" } else { "failed" };
                attempts::end(conn, delivery.brand, delivery.id, n, now, outcome, detail.as_ref()).await?;
                let mut row = rows::get(conn, delivery.brand, delivery.id).await?;
                match result {
                    Ok(Some(Event::ResolvedSent(published))) => {
                        row.delivery.published = Some(published);
                        row.delivery.reason = None;
                        rows::update(conn, &row.delivery, row.rev).await?;
                    }
                    Ok(Some(event)) => {
                        app.apply(conn, row, event, None).await?;
                    }
                    Ok(None) => {
                        row.delivery.reason = None;
                        rows::update(conn, &row.delivery, row.rev).await?;
                    }
                    Err(failure) => {
                        if let Some(at) = again(&failure, tries, now) {
                            jobs::retry(conn, &job.token, at).await?;
                            return Ok(());
                        }
                        // It stays out as it was; the reason says why.
                        row.delivery.reason = Some(Problem { severity: Severity::Warning, ..failure.problem() });
                        rows::update(conn, &row.delivery, row.rev).await?;
                    }
                }
                app.live().tell(delivery.brand, crate::live::Event::Delivery { id: delivery.id, post: delivery.post });
                jobs::complete(conn, &job.token).await?;
                Ok::<_, AppError>(())
            })
        })
        .await?;
    crash::point("change-saved");
    Ok(Outcome::Settled)
}

/// When a change that is harmless to repeat is tried again; `None` where a person must look.
fn again(
    failure: &Failure,
    tries: u32,
    now: sarafan_domain::time::Timestamp,
) -> Option<sarafan_domain::time::Timestamp> {
    if tries >= MAX_TRIES {
        return None;
    }
    match failure {
        Failure::RateLimited { until, .. } => Some((*until).max(now)),
        Failure::Transient { .. } | Failure::Unknown | Failure::Protocol { .. } => {
            now.checked_add(SignedDuration::from_secs(5_i64 << tries.min(8))).ok()
        }
        Failure::AuthExpired | Failure::Reconnect { .. } | Failure::Rejected { .. } | Failure::Gone => None,
    }
}
