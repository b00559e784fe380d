//! Brings a delivery one step further: claim, start of the attempt, request, outcome.
//!
//! The start of an attempt is committed before the request leaves, its outcome after. Between the two no transaction
//! is open. Whoever finds a started attempt without an outcome knows that the outcome is unknown.

use jiff::SignedDuration;
use sarafan_domain::brand::Brand;
use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::{Decision, Delivery, Effect, Event, Failure, Repeat, State, Step};
use sarafan_domain::post::Content;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_network::{Call, IdempotencyKey, Network, Outgoing};
use sarafan_store::attempts::{self, AttemptRow};
use sarafan_store::deliveries::DeliveryRow;
use sarafan_store::jobs::{self, ClaimedJob};
use sarafan_store::{Conn, brands, channels, deliveries as rows, posts};

use super::{OfDelivery, Outcome};
use crate::lease::{LEASE, Lease};
use crate::{App, AppError, crash};

/// In the story of a delivery: a person looked at the network and said what became of it.
pub(crate) const RESOLVED: &str = "resolved";

/// What was claimed and must be acted on.
struct Held {
    brand: Brand,
    channel: Channel,
    /// What was looked at when it was let go, and nothing that was written since.
    content: Content,
    decision: Decision,
    rev: i64,
    attempt: i64,
}

pub(super) async fn run(app: &App, job: &ClaimedJob, lease: &Lease) -> Result<Outcome, AppError> {
    let OfDelivery { delivery } = super::payload(job)?;
    let span = tracing::Span::current();
    span.record("delivery", tracing::field::display(delivery));
    let held = claim(app, job, lease, delivery).await?;
    let Some(held) = held else { return Ok(Outcome::Settled) };
    span.record("channel", tracing::field::display(held.channel.id));
    span.record("network", held.channel.network.as_str());
    span.record("attempt", held.attempt);
    crash::point("attempt-begun");
    let Some(network) = app.networks().get(&held.channel.network) else {
        let gone = Failure::Reconnect { reason: Problem::error("network-missing", "channel") };
        return settle(app, job, lease, held, Event::Ended { result: Err(gone), repeat: Repeat::Blind }).await;
    };
    let repeat = network.about().repeat;
    let event = if held.decision.effects.contains(&Effect::Look) {
        crash::point("looking");
        let found = lease.keep(app, job, look(app, network, lease, &held)).await?;
        crash::point("looked");
        Event::Looked(found)
    } else {
        let result = lease.keep(app, job, send(app, network, lease, &held)).await?;
        crash::point("step-ended");
        Event::Ended { result, repeat }
    };
    settle(app, job, lease, held, event).await
}

/// First transaction: may it go now? If so, the attempt is on record before anything leaves.
async fn claim(
    app: &App,
    job: &ClaimedJob,
    lease: &Lease,
    id: sarafan_domain::id::DeliveryId,
) -> Result<Option<Held>, AppError> {
    let (inner, job, inner_lease) = (app.clone(), job.clone(), lease.clone());
    let (held, renewed) = app
        .store()
        .write(move |conn| {
            let (app, job, lease) = (inner.clone(), job.clone(), inner_lease.clone());
            Box::pin(async move {
                let renewed = lease.hold(conn, &job).await?;
                let brand = brands::get(conn, job.job.brand).await?;
                let row = match rows::get(conn, brand.id, id).await {
                    Ok(row) => row,
                    // The post was removed with all that had not left.
                    Err(sarafan_store::StoreError::NotFound) => {
                        jobs::complete(conn, &job.token).await?;
                        return Ok((None, None));
                    }
                    Err(error) => return Err(error.into()),
                };
                let channel = channels::get(conn, brand.id, row.delivery.channel).await?;
                let post = posts::get(conn, brand.id, row.delivery.post).await?;
                let approved = app.may_leave(conn, &post, channel.id).await?;
                let everything = crate::brands::is_paused(conn).await?;
                if row.delivery.state == State::Sending {
                    // The process that was sending died: what it had begun ends here, with an outcome nobody knows.
                    for open in attempts::of_delivery(conn, brand.id, id).await?.iter().filter(|a| a.ended_at.is_none())
                    {
                        attempts::end(conn, brand.id, id, open.n, app.now(), "died", None).await?;
                    }
                }
                let network = app.networks().get(&channel.network);
                let repeat = network.map_or(Repeat::Blind, |network| network.about().repeat);
                let doubt = in_doubt_since(conn, &row).await?;
                let lives = network.and_then(Network::key_lives);
                let event = Event::Claimed {
                    paused: everything || brand.paused || channel.state == ChannelState::Paused,
                    approved,
                    late: SignedDuration::from_mins(i64::from(brand.late_minutes)),
                    blocked_until: channel.blocked_until,
                    repeat,
                    key_forgotten: doubt.zip(lives).is_some_and(|(since, lives)| {
                        let lives = SignedDuration::try_from(lives).unwrap_or(SignedDuration::MAX);
                        let age = app.now().duration_since(since);
                        // After the clock was put back nobody knows how old the key is.
                        // A request that leaves now may arrive as late as its lease allows.
                        age.is_negative() || age >= lives - LEASE
                    }),
                };
                let before = row.delivery.state;
                let Ok(decision) = sarafan_domain::delivery::decide(row.delivery, event, app.now()) else {
                    // A person called it off, or it is out already: nothing to do.
                    jobs::complete(conn, &job.token).await?;
                    return Ok((None, None));
                };
                let rev = app.save(conn, &decision, row.rev).await?;
                crate::measure::moved(app.network_label(&channel.network), id, before, decision.delivery.state);
                let acts = decision.effects.iter().any(|effect| matches!(effect, Effect::Send | Effect::Look));
                if !acts {
                    finish_job(conn, &job, &decision.delivery).await?;
                    return Ok((None, None));
                }
                let attempt = row.attempts + 1;
                begin(&app, conn, &decision, attempt).await?;
                let content = post.content;
                Ok::<_, AppError>((Some(Held { brand, channel, content, decision, rev, attempt }), renewed))
            })
        })
        .await?;
    if let Some(moment) = renewed {
        lease.renewed(moment);
    }
    Ok(held)
}

/// When the present step was first sent without an answer that we understood; `None` where it is in no doubt. Moving,
/// calling off and trying again settle nothing: only a person who looked at the network does, or the next step.
pub(crate) async fn in_doubt_since(conn: &mut Conn, row: &DeliveryRow) -> Result<Option<Timestamp>, AppError> {
    let d = &row.delivery;
    if row.attempts == 0 {
        return Ok(None);
    }
    let silent = |row: &AttemptRow| {
        let said = row.detail.as_ref().map(|problem| problem.code.as_ref());
        row.outcome.as_deref() == Some("died")
            || row.ended_at.is_none()
            || matches!(said, Some("outcome-unknown" | "answer-unreadable"))
    };
    let history = attempts::of_delivery(conn, d.brand, d.id).await?;
    let settled = history.iter().rposition(|row| row.kind == RESOLVED).map_or(0, |index| index + 1);
    Ok(history.iter().skip(settled).filter(|row| row.step == d.step).find(|row| silent(row)).map(|row| row.started_at))
}

async fn begin(app: &App, conn: &mut Conn, decision: &Decision, n: i64) -> Result<(), AppError> {
    let d = &decision.delivery;
    let kind = if decision.effects.contains(&Effect::Look) {
        "find"
    } else if d.resume.is_some() {
        "resume"
    } else {
        "publish"
    };
    let row = AttemptRow {
        brand: d.brand,
        delivery: d.id,
        n,
        step: d.step,
        kind: kind.to_owned(),
        started_at: app.now(),
        ended_at: None,
        outcome: None,
        detail: None,
        by: None,
    };
    attempts::start(conn, &row).await?;
    Ok(())
}

async fn send(app: &App, network: &'static dyn Network, lease: &Lease, held: &Held) -> Result<Step, Failure> {
    let d = &held.decision.delivery;
    if held.channel.state == ChannelState::Reconnect {
        let reason = held.channel.health.clone().unwrap_or_else(|| Problem::error("credential-expired", "channel"));
        return Err(Failure::Reconnect { reason });
    }
    let publish = network
        .publish()
        .ok_or_else(|| Failure::Rejected { problem: Problem::error("network-no-publish", "channel") })?;
    let post = outgoing(app, network, held).await?;
    let credential = app.credential(&held.channel).await?;
    let door = app.door_held(&held.channel, lease);
    let key = IdempotencyKey(d.key());
    let call = Call { http: door.as_ref(), channel: &held.channel, credential: &credential, key: &key, now: app.now() };
    crash::point("ready");
    let late = app.now().duration_since(d.due.at).as_secs_f64().max(0.0);
    let result = match d.resume.clone() {
        Some(resume) => publish.resume(&call, &post, resume).await,
        None => publish.start(&call, &post).await,
    };
    // A quota that is used up keeps it here: it leaves later.
    let left = !matches!(result, Err(Failure::RateLimited { .. }));
    if left && d.step == 0 && d.tries <= 1 && d.resume.is_none() {
        metrics::histogram!("sarafan_delivery_late_seconds", "network" => network.about().id).record(late);
    }
    result
}

async fn look(app: &App, network: &'static dyn Network, lease: &Lease, held: &Held) -> Result<Option<Step>, Failure> {
    let d = &held.decision.delivery;
    let publish = network
        .publish()
        .ok_or_else(|| Failure::Rejected { problem: Problem::error("network-no-publish", "channel") })?;
    let post = outgoing(app, network, held).await?;
    let credential = app.credential(&held.channel).await?;
    let door = app.door_held(&held.channel, lease);
    let key = IdempotencyKey(d.key());
    let call = Call { http: door.as_ref(), channel: &held.channel, credential: &credential, key: &key, now: app.now() };
    publish.find(&call, &post, d.resume.clone()).await
}

/// The variant as it was let go, checked once more, with its pictures converted.
async fn outgoing(app: &App, network: &'static dyn Network, held: &Held) -> Result<Outgoing, Failure> {
    let first = held.decision.delivery.step == 0;
    of_content(app, network, &held.brand, &held.channel, &held.content, first).await
}

/// The variant of a content for a channel, checked, with its pictures converted.
pub(crate) async fn of_content(
    app: &App,
    network: &'static dyn Network,
    brand: &Brand,
    channel: &Channel,
    content: &Content,
    check: bool,
) -> Result<Outgoing, Failure> {
    let busy = |_: AppError| Failure::Transient { after: None };
    let variant = content.variant(channel);
    if check {
        let mut conn = app.store().read().await.map_err(|error| busy(error.into()))?;
        let checked = app.checked(&mut conn, brand.id, content, std::slice::from_ref(channel)).await.map_err(busy)?;
        if let Some(problem) = checked.into_iter().flat_map(|checked| checked.problems).find(Problem::is_error) {
            return Err(Failure::Rejected { problem });
        }
    }
    let format = network.format(&variant, &channel.facts);
    let media = app.prepare_media(brand.id, &format, &variant.media).await?;
    let card = match network.compose(&variant, &channel.facts).card {
        Some(wish) => app.card_for(brand.id, &wish.url).await,
        None => None,
    };
    Ok(Outgoing { variant, media, card })
}

/// Second transaction: the outcome, the decision, the job.
async fn settle(app: &App, job: &ClaimedJob, lease: &Lease, held: Held, event: Event) -> Result<Outcome, AppError> {
    let event = renewed(app, job, lease, &held, event).await?;
    let failed = match &event {
        Event::Ended { result: Err(failure), .. } | Event::Looked(Err(failure)) => Some(failure.clone()),
        _ => None,
    };
    let outcome = match &event {
        Event::Ended { result: Ok(Step::Done(_)), .. } => "done",
        Event::Ended { result: Ok(Step::Wait { .. }), .. } => "wait",
        Event::Looked(Ok(Some(_))) => "found",
        Event::Looked(Ok(None)) => "not-found",
        _ => "failed",
    };
    if let Some(failure) = &failed {
        tracing::warn!(delivery = %held.decision.delivery.id, %failure, "attempt failed");
    }
    let label = app.network_label(&held.channel.network);
    let (n, rev) = (held.attempt, held.rev);
    crash::point("outcome-known");
    let (inner, job, delivery) = (app.clone(), job.clone(), held.decision.delivery.clone());
    let (event, failed) = (event.clone(), failed.clone());
    lease
        .written(app, move |conn| {
            let (app, job, delivery) = (inner.clone(), job.clone(), delivery.clone());
            let (event, failed) = (event.clone(), failed.clone());
            Box::pin(async move {
                let now = app.now();
                let detail = failed.as_ref().map(Failure::problem);
                attempts::end(conn, delivery.brand, delivery.id, n, now, outcome, detail.as_ref()).await?;
                let before = delivery.state;
                let decision = sarafan_domain::delivery::decide(delivery, event, now)
                    .map_err(|error| AppError::Broken(error.to_string()))?;
                app.save(conn, &decision, rev).await?;
                crate::measure::moved(label, decision.delivery.id, before, decision.delivery.state);
                finish_job(conn, &job, &decision.delivery).await?;
                crash::point("outcome-unwritten");
                Ok(())
            })
        })
        .await?;
    crash::point("outcome-saved");
    Ok(Outcome::Settled)
}

/// A credential that ended is renewed while we still hold the delivery, so that its next try finds the new one. What
/// came of the renewal replaces the event where it failed.
async fn renewed(app: &App, job: &ClaimedJob, lease: &Lease, held: &Held, event: Event) -> Result<Event, AppError> {
    Ok(match event {
        Event::Ended { result: Err(Failure::AuthExpired), repeat } if !held.decision.delivery.refreshed => {
            let failure = match lease.keep(app, job, app.renew(&held.channel)).await? {
                Ok(()) => Failure::AuthExpired,
                // Nothing of the post has left: a renewal whose outcome is unknown is simply tried again.
                Err(Failure::Unknown | Failure::Protocol { .. }) => Failure::Transient { after: None },
                Err(failure) => failure,
            };
            Event::Ended { result: Err(failure), repeat }
        }
        other => other,
    })
}

/// The job lives as long as the delivery has a next time.
async fn finish_job(conn: &mut Conn, job: &ClaimedJob, delivery: &Delivery) -> Result<(), AppError> {
    match delivery.next_at {
        Some(at) => jobs::retry(conn, &job.token, at).await?,
        None => jobs::complete(conn, &job.token).await?,
    }
    Ok(())
}
