//! Time-zone rules change while posts wait. A schedule is a wall-clock time, so its instant is computed anew by the rules
//! of the day: when a worker begins, and every few hours.
//!
//! Only what waits for its first request is moved, and never its time on the wall. What is absent on purpose: reading zone
//! rules; they are those of the machine, or of this program where the machine has none.

use jiff::SignedDuration;
use sarafan_domain::delivery::{Due, Event as DeliveryEvent, State};
use sarafan_domain::id::BrandId;
use sarafan_domain::time;
use sarafan_store::deliveries::{DeliveryFilter, DeliveryRow};
use sarafan_store::{Conn, brands, deliveries as rows, posts};

use crate::live::Event;
use crate::{App, AppError};

/// So often the rules are looked at.
pub(crate) const EVERY: SignedDuration = SignedDuration::from_hours(6);
/// So many deliveries at a time.
const PAGE: usize = 500;

impl App {
    /// Moves every scheduled delivery to the instant at which the wall shows its time by the present rules; how many moved.
    ///
    /// # Errors
    /// Only those of the database. Doing it twice is harmless.
    pub async fn follow_zone_rules(&self) -> Result<usize, AppError> {
        let all = brands::all_ids(&mut *self.store().read().await?).await?;
        let mut moved = 0;
        for brand in all {
            moved += self.follow_in(brand).await?;
        }
        if moved > 0 {
            tracing::warn!(moved, "time-zone rules have changed: posts keep their time on the wall");
        }
        Ok(moved)
    }

    async fn follow_in(&self, brand: BrandId) -> Result<usize, AppError> {
        let filter =
            DeliveryFilter { states: vec![State::Scheduled], from: Some(self.now()), ..DeliveryFilter::default() };
        let (mut cursor, mut stale) = (None, Vec::new());
        loop {
            let (page, next) = rows::list(&mut *self.store().read().await?, brand, &filter, cursor, PAGE).await?;
            stale.extend(page.into_iter().filter_map(|row| Some((due_by_the_rules(&row)?, row))));
            cursor = next;
            if cursor.is_none() {
                break;
            }
        }
        let mut moved = 0;
        for (due, row) in stale {
            let (app, post) = (self.clone(), row.delivery.post);
            let written = self.store().write(move |conn| {
                let (app, due, row) = (app.clone(), due.clone(), row.clone());
                Box::pin(async move { app.keep_on_the_wall(conn, row, due).await })
            });
            match written.await {
                Ok(()) => {
                    moved += 1;
                    self.live().tell(brand, Event::Post { id: post });
                }
                // Somebody moved or sent it this moment.
                Err(AppError::Conflict | AppError::NotFound | AppError::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(moved)
    }

    async fn keep_on_the_wall(&self, conn: &mut Conn, row: DeliveryRow, due: Due) -> Result<(), AppError> {
        let (brand, post) = (row.delivery.brand, row.delivery.post);
        self.apply(conn, row, DeliveryEvent::Move(due), None).await?;
        let mut post = posts::get(conn, brand, post).await?;
        let first = rows::of_post(conn, brand, post.id).await?.iter().map(|row| row.delivery.due.at).min();
        post.due_at = first.or(post.due_at);
        let version = post.version;
        posts::update(conn, &post, version).await?;
        Ok(())
    }
}

/// Where the instant is no longer the one of the wall: the right one.
fn due_by_the_rules(row: &DeliveryRow) -> Option<Due> {
    let d = &row.delivery;
    let by_hand = d.reason.as_ref().is_some_and(|reason| reason.code == "by-hand");
    if d.step > 0 || d.tries > 0 || by_hand {
        return None;
    }
    let zone = time::zone(&d.due.zone).ok()?;
    let at = time::instant_again(d.due.wall, &zone, d.due.at)?;
    Some(Due { at, ..d.due.clone() })
}
