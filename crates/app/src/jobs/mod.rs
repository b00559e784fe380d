//! The register of jobs: one file each, typed data, every one safe to run twice.
//!
//! A job's payload is only an id: what is to be done is read from the rows when it runs. Only an address that somebody says
//! is theirs is written there whole, for it may be nobody's.

use jiff::SignedDuration;
use sarafan_domain::channel::Channel;
use sarafan_domain::delivery::{Delivery, Failure};
use sarafan_domain::id::{BrandId, ChannelId, DeliveryId};
use sarafan_domain::time::Timestamp;
use sarafan_store::jobs::{ClaimedJob, NewJob};
use sarafan_store::{Conn, jobs, posts};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::lease::Lease;
use crate::{App, AppError};

pub mod health;
pub mod news;
pub mod prepare;
pub mod publish;
pub mod remind;
pub mod series;
pub mod stats;
pub mod take_down;
pub mod update;
pub mod webhook;

/// What kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Bring a delivery one step further.
    Publish,
    /// Take down what is out.
    TakeDown,
    /// Send a changed content over there.
    Update,
    /// Tell an endpoint elsewhere what happened.
    Webhook,
    /// Read the numbers of a channel.
    Stats,
    /// Read what came in on a channel.
    News,
    /// See whether a channel's credential works, renew it ahead of time.
    Health,
    /// Make the next posts of a repeating one.
    Series,
    /// Convert pictures ahead of time.
    Prepare,
    /// Mail a letter.
    Letter,
    /// Remind of a post that nobody has approved.
    Remind,
    /// Mail a link for a new password, if anybody has the address.
    Reset,
    /// Mail what somebody was told and has not read.
    Digest,
    /// Listen whether somebody links a messenger.
    Listen,
    /// Remind of a task.
    TaskDue,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::Publish,
        Self::TakeDown,
        Self::Update,
        Self::Webhook,
        Self::Stats,
        Self::News,
        Self::Health,
        Self::Series,
        Self::Prepare,
        Self::Letter,
        Self::Remind,
        Self::Reset,
        Self::Digest,
        Self::Listen,
        Self::TaskDue,
    ];

    /// The word in the queue.
    pub fn code(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::TakeDown => "take_down",
            Self::Update => "update",
            Self::Webhook => "webhook",
            Self::Stats => "stats",
            Self::News => "news",
            Self::Health => "health",
            Self::Series => "series",
            Self::Prepare => "prepare",
            Self::Letter => "letter",
            Self::Remind => "remind",
            Self::Reset => "reset",
            Self::Digest => "digest",
            Self::Listen => "listen",
            Self::TaskDue => "task_due",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What becomes of the job itself after it ran; a job that settled itself in its own transaction says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It told the queue already, together with its result.
    Settled,
    /// Finished.
    Done,
    /// Again at this time.
    Again(Timestamp),
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct OfDelivery {
    pub(crate) delivery: DeliveryId,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct OfChannel {
    pub(crate) channel: ChannelId,
}

/// Runs a job that this process holds.
///
/// # Errors
/// Whatever went wrong in our own house; the worker tries again later.
pub async fn run(app: &App, job: &ClaimedJob, lease: &Lease) -> Result<Outcome, AppError> {
    match Kind::parse(&job.job.kind) {
        Some(Kind::Publish) => publish::run(app, job, lease).await,
        Some(Kind::TakeDown) => take_down::run(app, job, lease).await,
        Some(Kind::Update) => update::run(app, job, lease).await,
        Some(Kind::Webhook) => webhook::run(app, job, lease).await,
        Some(Kind::Stats) => stats::run(app, job).await,
        Some(Kind::News) => news::run(app, job).await,
        Some(Kind::Health) => health::run(app, job).await,
        Some(Kind::Series) => series::run(app, job).await,
        Some(Kind::Prepare) => prepare::run(app, job).await,
        Some(Kind::Letter) => crate::letters::send::run(app, job, lease).await,
        Some(Kind::Remind) => remind::run(app, job).await,
        Some(Kind::Reset) => crate::persons::reset::run(app, job, lease).await,
        Some(Kind::Digest) => crate::notices::digest::run(app, job, lease).await,
        Some(Kind::Listen) => crate::notices::messenger::listen(app, job, lease).await,
        Some(Kind::TaskDue) => crate::tasks::due(app, job).await,
        None => Err(AppError::Broken(format!("no job is called {}", job.job.kind))),
    }
}

pub(crate) fn payload<T: serde::de::DeserializeOwned>(job: &ClaimedJob) -> Result<T, AppError> {
    serde_json::from_value(job.job.payload.clone())
        .map_err(|error| AppError::Broken(format!("payload of {}: {error}", job.job.kind)))
}

/// Puts the job of a delivery; the same kind for the same delivery is one job, whose time moves. All jobs that speak
/// to one channel run one at a time.
pub(crate) async fn put_for(
    app: &App,
    conn: &mut Conn,
    delivery: &Delivery,
    kind: Kind,
    at: Timestamp,
) -> Result<(), AppError> {
    let job = NewJob {
        id: app.new_id(),
        kind: kind.code().to_owned(),
        payload: json!(OfDelivery { delivery: delivery.id }),
        run_at: at,
        serial: Some(delivery.channel.bytes()),
        dedupe: Some(format!("{}:{}", kind.code(), delivery.id)),
    };
    jobs::put(conn, delivery.brand, &job).await?;
    Ok(())
}

/// Puts a job of a channel.
pub(crate) async fn put_channel(
    app: &App,
    conn: &mut Conn,
    brand: BrandId,
    channel: ChannelId,
    kind: Kind,
    at: Timestamp,
) -> Result<(), AppError> {
    let job = NewJob {
        id: app.new_id(),
        kind: kind.code().to_owned(),
        payload: json!(OfChannel { channel }),
        run_at: at,
        // Reading does not stand in the way of sending.
        serial: None,
        dedupe: Some(format!("{}:{channel}", kind.code())),
    };
    jobs::put(conn, brand, &job).await?;
    Ok(())
}

/// When a channel that could not be read is read again: at once with a renewed credential, when its network says so, or
/// after `wait`. `what` was to be read, for the log.
async fn read_again(
    app: &App,
    channel: &Channel,
    failure: Failure,
    what: &'static str,
    wait: SignedDuration,
) -> Outcome {
    let now = app.now();
    match failure {
        Failure::AuthExpired if app.renew(channel).await.is_ok() => Outcome::Again(now),
        Failure::RateLimited { until, .. } => Outcome::Again(until.max(now)),
        failure => {
            tracing::warn!(channel = %channel.id, what, %failure, "a channel could not be read");
            Outcome::Again(now.checked_add(wait).unwrap_or(now))
        }
    }
}

/// What follows when a delivery is out: its numbers, and its end where it has one.
pub(crate) async fn after_out(app: &App, conn: &mut Conn, d: &Delivery) -> Result<(), AppError> {
    let now = app.now();
    let soon = now.checked_add(SignedDuration::from_mins(2)).unwrap_or(now);
    put_channel(app, conn, d.brand, d.channel, Kind::Stats, soon).await?;
    put_channel(app, conn, d.brand, d.channel, Kind::News, soon).await?;
    let content = posts::get(conn, d.brand, d.post).await?.content;
    if let Some(minutes) = content.delete_after_minutes {
        let sent = d.sent_at.unwrap_or(now);
        let at = sent.checked_add(SignedDuration::from_mins(i64::from(minutes))).unwrap_or(now);
        put_for(app, conn, d, Kind::TakeDown, at).await?;
    }
    Ok(())
}
