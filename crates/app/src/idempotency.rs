//! Requests with a key of the caller's (`Idempotency-Key`): asked once more, they do nothing twice and answer the same.
//!
//! Whatever a use case changes for such a request notes it in its own transaction (see `actor::record`), so that after a crash
//! between the change and the answer it is still known that something was done. Answers hold secrets that are shown once,
//! so they are sealed.

use jiff::SignedDuration;
use sarafan_domain::id::RunId;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_store::idempotency::{self, KeyedRow, NewRun};
use sarafan_store::secrets::{Place, Secret};
use serde::{Deserialize, Serialize};

use crate::{Actor, App, AppError};

/// A key is remembered for so long.
const LASTS: SignedDuration = SignedDuration::from_hours(24);
/// A run that says nothing for so long is given up for dead.
const HELD: SignedDuration = SignedDuration::from_secs(60);
/// The longest key.
const LONGEST: usize = 255;

/// What was answered, as it goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// HTTP status.
    pub status: u16,
    /// The headers that belong to the body.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What a request with a key is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// It is the first: do it.
    Run(RunId),
    /// It was done before: answer this.
    Replay(Kept),
}

impl App {
    /// Takes the key for a request, whose hash is `request`.
    ///
    /// # Errors
    /// [`AppError::Invalid`] `idempotency-key-bad`, or `idempotency-other` where the key stands for another request;
    /// [`AppError::Refused`] `idempotency-running` while the first one runs, `idempotency-lost` where it was done and its
    /// answer is lost.
    pub async fn begin_run(&self, actor: &Actor, key: &str, request: Vec<u8>) -> Result<Begun, AppError> {
        let person = actor.person.ok_or(AppError::SignedOut)?;
        if key.is_empty() || key.len() > LONGEST || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Problem::error("idempotency-key-bad", "Idempotency-Key").with("max", LONGEST).into());
        }
        let now = self.now();
        let new = NewRun {
            person,
            key: key.to_owned(),
            run: self.new_id(),
            request,
            held_until: after(now, HELD),
            ends_at: after(now, LASTS),
        };
        let (run, asked) = (new.run, new.request.clone());
        let before = self
            .store()
            .write(move |conn| {
                let new = new.clone();
                Box::pin(async move {
                    let before = idempotency::begin(conn, &new, now).await?;
                    match before {
                        Some(row) if is_dead(&row, now) && row.request == new.request => {
                            idempotency::take_over(conn, row.run, &new).await?;
                            Ok(None)
                        }
                        other => Ok::<_, AppError>(other),
                    }
                })
            })
            .await?;
        let Some(row) = before else { return Ok(Begun::Run(run)) };
        if row.request != asked {
            return Err(Problem::error("idempotency-other", "Idempotency-Key").into());
        }
        match row.answer {
            Some((_, sealed)) => {
                let opened = self.keyring().open(place(&row.run.bytes()), &sealed)?;
                let kept = serde_json::from_slice(opened.expose());
                kept.map(Begun::Replay).map_err(|error| AppError::Broken(format!("a kept answer: {error}")))
            }
            None if row.held_until > now => {
                Err(AppError::Refused(Problem::error("idempotency-running", "Idempotency-Key")))
            }
            None => Err(AppError::Refused(Problem::error("idempotency-lost", "Idempotency-Key"))),
        }
    }

    /// Says that a run lives; to be called oftener than once a minute.
    ///
    /// # Errors
    /// [`AppError::Conflict`] where it has lost its key.
    pub async fn hold_run(&self, run: RunId) -> Result<(), AppError> {
        let until = after(self.now(), HELD);
        self.store().write(move |conn| Box::pin(idempotency::hold(conn, run, until))).await.map_err(AppError::from)
    }

    /// Keeps what a run answered.
    ///
    /// # Errors
    /// [`AppError::Conflict`] where it has lost its key.
    pub async fn end_run(&self, run: RunId, kept: &Kept) -> Result<(), AppError> {
        let text = serde_json::to_vec(kept).map_err(|error| AppError::Broken(error.to_string()))?;
        let sealed = self.keyring().seal(place(&run.bytes()), &Secret::new(text))?;
        let status = kept.status;
        self.store()
            .write(move |conn| {
                let sealed = sealed.clone();
                Box::pin(async move { idempotency::answer(conn, run, status, &sealed).await })
            })
            .await
            .map_err(AppError::from)
    }

    /// A run was refused or broke off: where it changed nothing, the key is free for another try.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn give_up_run(&self, run: RunId) -> Result<(), AppError> {
        let now = self.now();
        self.store().write(move |conn| Box::pin(idempotency::give_up(conn, run, now))).await.map_err(AppError::from)
    }
}

/// It was given up before it changed anything.
fn is_dead(row: &KeyedRow, now: Timestamp) -> bool {
    row.answer.is_none() && !row.acted && row.held_until <= now
}

fn place(id: &[u8]) -> Place<'_> {
    Place { table: "idempotency", id, column: "answer" }
}

fn after(now: Timestamp, time: SignedDuration) -> Timestamp {
    now.checked_add(time).unwrap_or(Timestamp::MAX)
}
