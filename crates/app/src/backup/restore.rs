//! Putting a back-up back, and what it must not lead to: a post that goes out twice. Whatever was sent after the back-up
//! was made is not known to it. So everything is paused, and each delivery that may have gone out since is unknown: only
//! a person who has looked at the channel moves it (docs/backup.md).

use std::path::PathBuf;

use sarafan_domain::delivery::{Event, State, decide};
use sarafan_domain::id::BrandId;
use sarafan_domain::problem::Problem;
use sarafan_store::backup::{self as file, Target};
use sarafan_store::deliveries::{self as rows, DeliveryFilter, DeliveryRow};
use sarafan_store::{Conn, attempts, brands, channels, jobs, notices, webhooks};
use serde::Serialize;
use serde_json::json;

use super::{Whole, about};
use crate::actor::record;
use crate::jobs::Kind;
use crate::{Actor, App, AppError};

/// How to put it back.
#[derive(Debug, Clone)]
pub struct Restore {
    /// What may be overwritten.
    pub target: Target,
    /// Deliveries that are due later wait for a person's word too.
    pub hold_all: bool,
    /// A folder with room for a database, for a back-up of an older schema.
    pub scratch: PathBuf,
}

/// A channel that must be connected again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// Name of its brand.
    pub brand: String,
    /// Its network.
    pub network: String,
    /// Its name.
    pub channel: String,
}

/// What was put back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// The installation is as it was then.
    pub made_at: String,
    /// How many rows.
    pub rows: u64,
    /// How many files of the library.
    pub files: u64,
    /// Files that the library knows and the back-up did not have.
    pub missing_files: u64,
    /// Deliveries that wait until a person has looked whether they are out.
    pub unknown: u64,
    /// Deliveries that go out at their time once the pause is ended.
    pub scheduled: u64,
    /// Channels whose credentials no key here opens.
    pub reconnect: Vec<Lost>,
}

impl App {
    /// May a back-up be put back here?
    ///
    /// # Errors
    /// [`AppError::Refused`] `restore-not-empty`, `restore-busy`.
    pub async fn may_restore(&self, target: Target) -> Result<(), AppError> {
        Ok(file::is_free(&mut *self.store().read().await?, target, self.now()).await?)
    }

    /// Puts a back-up in place of everything that is here. Everything is paused afterwards.
    ///
    /// # Errors
    /// [`AppError::Refused`] as [`App::may_restore`], or where the file has changed since it was checked; the
    /// installation is then as it was.
    pub async fn restore(&self, actor: &Actor, whole: &Whole, how: Restore) -> Result<Restored, AppError> {
        let checked = &whole.0;
        let (app, who, made_at, all) = (self.clone(), actor.clone(), checked.header.made_at, how.hold_all);
        let version = checked.header.version.clone();
        let settled = file::load(
            self.store(),
            self.blobs(),
            checked,
            how.target,
            &how.scratch,
            self.now(),
            move |conn: &mut Conn| {
                Box::pin(async move {
                    let settled = settle(&app, conn, all).await?;
                    let detail = json!({ "made_at": made_at.to_string(), "version": version });
                    record(conn, &app, &who, None, "installation.restore", "installation", detail).await?;
                    Ok::<_, AppError>(settled)
                })
            },
        )
        .await
        .map_err(|error| about(error, checked.path()))?;
        self.wake();
        Ok(Restored {
            made_at: made_at.to_string(),
            rows: checked.totals.rows(),
            files: checked.totals.files,
            missing_files: checked.totals.missing,
            ..settled
        })
    }
}

/// Inside the transaction: nothing that was under way goes on by itself.
async fn settle(app: &App, conn: &mut Conn, all: bool) -> Result<Restored, AppError> {
    jobs::release_all(conn).await?;
    // What was to be changed over there was changed long ago, and perhaps once more since.
    jobs::forget(conn, Kind::Update.code()).await?;
    // What was to be mailed was mailed since.
    jobs::forget(conn, Kind::Digest.code()).await?;
    notices::all_went(conn).await?;
    crate::brands::pause_all(conn).await?;
    webhooks::switch_all_off(conn, &Problem::error("webhook-restored", "live")).await?;
    let mut done = Restored::default();
    for id in brands::all_ids(conn).await? {
        let name = brands::get(conn, id).await?.name;
        deliveries(app, conn, id, all, &mut done).await?;
        for channel in channels::list(conn, id).await? {
            if crate::channels::opens(app, conn, &channel).await? == Some(false) {
                let reason = Problem::error("credential-unreadable", "channel");
                crate::channels::mark_reconnect(app, conn, id, channel.id, &reason).await?;
                done.reconnect.push(Lost {
                    brand: name.clone(),
                    network: channel.network.clone(),
                    channel: channel.name.clone(),
                });
            }
        }
    }
    Ok(done)
}

/// Everything that is not at its end.
async fn deliveries(
    app: &App,
    conn: &mut Conn,
    brand: BrandId,
    all: bool,
    done: &mut Restored,
) -> Result<(), AppError> {
    let states = vec![State::Scheduled, State::Sending, State::Waiting, State::Unknown, State::Held];
    let filter = DeliveryFilter { states, ..DeliveryFilter::default() };
    let mut cursor = None;
    loop {
        let (some, next) = rows::list(conn, brand, &filter, cursor, 500).await?;
        for row in some {
            one(app, conn, row, all, done).await?;
        }
        cursor = next;
        if cursor.is_none() {
            return Ok(());
        }
    }
}

async fn one(app: &App, conn: &mut Conn, row: DeliveryRow, all: bool, done: &mut Restored) -> Result<(), AppError> {
    let before = row.delivery.clone();
    let decision = decide(row.delivery, Event::Restored { all }, app.now())
        .map_err(|error| AppError::Broken(error.to_string()))?;
    let d = &decision.delivery;
    if *d == before {
        done.scheduled += u64::from(d.state == State::Scheduled);
        return Ok(());
    }
    // The attempt that was open then ends here, as that of a process that died.
    for open in attempts::of_delivery(conn, d.brand, d.id).await?.iter().filter(|attempt| attempt.ended_at.is_none()) {
        attempts::end(conn, d.brand, d.id, open.n, app.now(), "died", None).await?;
    }
    jobs::cancel(conn, d.brand, &format!("{}:{}", Kind::Publish.code(), d.id)).await?;
    app.save(conn, &decision, row.rev).await?;
    done.unknown += 1;
    Ok(())
}
