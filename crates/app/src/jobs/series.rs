//! Makes the next posts of a repeating one: copies with their own deliveries, sixty days ahead.
//!
//! The job carries the wall-clock time of the last copy; it ends when the rule ends or the head no longer repeats.

use jiff::SignedDuration;
use sarafan_domain::delivery::Due;
use sarafan_domain::id::PostId;
use sarafan_domain::post::PostState;
use sarafan_domain::schedule::{self, Mode, Schedule, wall_text};
use sarafan_domain::time::{self, Wall};
use sarafan_store::jobs::{self, ClaimedJob, NewJob};
use sarafan_store::posts::PostRow;
use sarafan_store::{Conn, StoreError, posts};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Kind, Outcome};
use crate::live::Event;
use crate::{App, AppError, crash};

/// Copies are made so far ahead.
const HORIZON: SignedDuration = SignedDuration::from_hours(60 * 24);
/// At most so many copies at a time.
const BATCH: usize = 100;

#[derive(Debug, Serialize, Deserialize)]
struct OfSeries {
    head: PostId,
    #[serde(with = "wall_text")]
    after: Wall,
}

/// Puts the job that makes the copies of `head`.
pub(crate) async fn plan(app: &App, conn: &mut Conn, head: &PostRow) -> Result<(), AppError> {
    let Some(start) = &head.schedule else { return Ok(()) };
    let job = NewJob {
        id: app.new_id(),
        kind: Kind::Series.code().to_owned(),
        payload: json!(OfSeries { head: head.id, after: start.wall }),
        run_at: app.now(),
        serial: Some(head.id.bytes()),
        dedupe: Some(format!("series:{}", head.id)),
    };
    jobs::put(conn, head.brand, &job).await?;
    Ok(())
}

pub(super) async fn run(app: &App, job: &ClaimedJob) -> Result<Outcome, AppError> {
    let OfSeries { head, after } = super::payload(job)?;
    let (inner, held) = (app.clone(), job.clone());
    app.store()
        .write(move |conn| {
            let (app, job) = (inner.clone(), held.clone());
            Box::pin(async move {
                let brand = job.job.brand;
                let head = match posts::get(conn, brand, head).await {
                    Ok(head) => head,
                    Err(StoreError::NotFound) => return Ok(jobs::complete(conn, &job.token).await?),
                    Err(error) => return Err(error.into()),
                };
                let (Some(rule), Some(start)) = (head.repeat.clone(), head.schedule.clone()) else {
                    return Ok::<_, AppError>(jobs::complete(conn, &job.token).await?);
                };
                let zone = time::zone(&start.zone)?;
                let now = app.now();
                let until = now.checked_add(HORIZON).unwrap_or(now);
                let next = schedule::occurrences(&rule, start.wall, &zone, Some(after), BATCH + 1);
                let mut last = after;
                let mut made = 0;
                for date in next.iter().take_while(|date| date.at <= until).take(BATCH) {
                    last = date.wall;
                    if date.at > now {
                        copy(&app, conn, &head, Due { at: date.at, wall: date.wall, zone: start.zone.clone() }).await?;
                        made += 1;
                    }
                }
                tracing::info!(head = %head.id, made, "copies of a repeating post");
                crash::point("series-copied");
                jobs::complete(conn, &job.token).await?;
                if next.iter().any(|date| date.wall > last) {
                    let wait = if next.len() > BATCH && made == BATCH { 0 } else { 24 };
                    let at = now.checked_add(SignedDuration::from_hours(wait)).unwrap_or(until);
                    let payload = json!(OfSeries { head: head.id, after: last });
                    let serial = Some(head.id.bytes());
                    let dedupe = Some(format!("series:{}", head.id));
                    let kind = Kind::Series.code().to_owned();
                    jobs::put(conn, brand, &NewJob { id: app.new_id(), kind, payload, run_at: at, serial, dedupe })
                        .await?;
                }
                Ok(())
            })
        })
        .await?;
    crash::point("series-saved");
    Ok(Outcome::Settled)
}

async fn copy(app: &App, conn: &mut Conn, head: &PostRow, due: Due) -> Result<(), AppError> {
    let row = PostRow {
        id: app.new_id(),
        version: 1,
        key: None,
        state: PostState::Scheduled,
        due_at: Some(due.at),
        schedule: Some(Schedule { mode: Mode::At, wall: due.wall, zone: due.zone.clone() }),
        repeat: None,
        created_at: app.now(),
        updated_at: app.now(),
        ..head.clone()
    };
    posts::insert(conn, &row).await?;
    for channel in &row.channels {
        app.new_delivery(conn, row.brand, row.id, *channel, due.clone()).await?;
    }
    app.copied(conn, head, &row).await?;
    app.settle_post(conn, row.brand, row.id).await?;
    app.live().tell(row.brand, Event::Post { id: row.id });
    Ok(())
}
