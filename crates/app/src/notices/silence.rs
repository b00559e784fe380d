//! Nothing is sent: a worker fell silent, or the queue stands still. Owners hear of it once, until it is over.
//!
//! Every process looks, those that only serve pages too: where no worker lives, nobody else could tell.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use sarafan_domain::id::{BrandId, PersonId};
use sarafan_domain::notice::Kind;
use sarafan_domain::time::Timestamp;
use sarafan_store::{members, settings};

use super::{Leads, Told, tell};
use crate::{App, AppError};

/// Remembers that it was told.
const TOLD: &str = "workers.silent";
/// A queue that stood still before we began is about to move: nothing is said of it for so long.
const SETTLED: SignedDuration = SignedDuration::from_secs(30);

/// One process that looks.
#[derive(Debug, Clone, Copy)]
pub struct Silence {
    began: Timestamp,
}

impl Silence {
    /// A process that begins to look.
    pub fn new(now: Timestamp) -> Self {
        Self { began: now }
    }

    /// Looks once.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn look(&self, app: &App) -> Result<(), AppError> {
        let health = app.health().await?;
        let settled = app.now().duration_since(self.began) >= SETTLED;
        let silent = !health.worker.alive || health.worker.silent > 0;
        let stalled = settled && health.queue.stalls();
        let told = settings::get(&mut *app.store().read().await?, TOLD).await?.is_some();
        match (silent || stalled, told) {
            (true, false) => say(app).await,
            // What stalled before we began may stall still.
            (false, true) if settled => over(app).await,
            _ => Ok(()),
        }
    }
}

async fn say(app: &App) -> Result<(), AppError> {
    let inner = app.clone();
    app.store()
        .write(move |conn| {
            let app = inner.clone();
            Box::pin(async move {
                // Another process may have been quicker.
                if settings::get(conn, TOLD).await?.is_some() {
                    return Ok(());
                }
                settings::set(conn, TOLD, &app.now().to_string()).await?;
                // Whoever owns several brands hears of it in one of them.
                let mut owners: BTreeMap<PersonId, BrandId> = BTreeMap::new();
                for (brand, person) in members::owners(conn).await? {
                    owners.entry(person).or_insert(brand);
                }
                let told = Told { who: String::new(), what: String::new(), words: String::new(), leads: Leads::Today };
                for (person, brand) in owners {
                    tell(conn, &app, brand, [person], None, Kind::WorkerSilent, &told).await?;
                }
                Ok::<_, AppError>(())
            })
        })
        .await
}

async fn over(app: &App) -> Result<(), AppError> {
    app.store().write(move |conn| Box::pin(async move { Ok::<_, AppError>(settings::delete(conn, TOLD).await?) })).await
}
