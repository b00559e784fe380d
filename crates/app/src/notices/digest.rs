//! The job that mails what somebody was told and has not read: one letter for all of it. What is told at once gathers
//! until the next full five minutes, what can wait until the person's hour of the day.

use jiff::civil::Time;
use jiff::{SignedDuration, ToSpan};
use sarafan_domain::id::{BrandId, PersonId};
use sarafan_domain::notice::Way;
use sarafan_domain::time::{self, Timestamp};
use sarafan_store::jobs::{ClaimedJob, NewJob};
use sarafan_store::{Conn, brands, jobs, members, notices, persons};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Told;
use crate::jobs::{Kind, Outcome, payload};
use crate::letters::{self, Envelope, Letter, NoticeItem};
use crate::{App, AppError};

/// What is told at once gathers for so many seconds at most.
const GATHERED: i64 = 300;
/// A letter of notices is of no use after.
const STALE: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct OfPerson {
    person: PersonId,
    way: Way,
}

/// Puts the job, unless nothing is to be mailed. Everything of one window shares it.
pub(super) async fn plan(
    conn: &mut Conn,
    app: &App,
    brand: BrandId,
    person: PersonId,
    way: Way,
    hour: u8,
) -> Result<(), AppError> {
    let now = app.now();
    let (word, run_at) = match way {
        Way::Off | Way::App => return Ok(()),
        Way::Soon => ("soon", window_end(now)),
        Way::Daily => {
            let zone = time::zone(&brands::get(conn, brand).await?.time_zone)?;
            ("daily", next_hour(now, hour, &zone)?)
        }
    };
    let job = NewJob {
        id: app.new_id(),
        kind: Kind::Digest.code().to_owned(),
        payload: json!(OfPerson { person, way }),
        run_at,
        serial: None,
        dedupe: Some(format!("{}:{word}:{person}", Kind::Digest.code())),
    };
    jobs::put(conn, brand, &job).await?;
    Ok(())
}

/// The next full five minutes: whatever else is told until then does not move it.
fn window_end(now: Timestamp) -> Timestamp {
    let next = (now.as_second().div_euclid(GATHERED) + 1) * GATHERED;
    Timestamp::from_second(next).unwrap_or(now)
}

/// The next time that a clock on the wall shows this hour.
fn next_hour(now: Timestamp, hour: u8, zone: &jiff::tz::TimeZone) -> Result<Timestamp, AppError> {
    let shown = time::wall(now, zone);
    let hour = Time::new(i8::try_from(hour).unwrap_or(9), 0, 0, 0).unwrap_or_default();
    let today = shown.date().to_datetime(hour);
    let wall = if today > shown { today } else { today.checked_add(1.day()).unwrap_or(today) };
    Ok(time::instant_of_rule(wall, zone)?.0)
}

pub(crate) async fn run(app: &App, job: &ClaimedJob) -> Result<Outcome, AppError> {
    let OfPerson { person, way } = payload(job)?;
    let (app, brand) = (app.clone(), job.job.brand);
    app.clone()
        .store()
        .write(move |conn| {
            let app = app.clone();
            Box::pin(async move { write(conn, &app, brand, person, way).await })
        })
        .await?;
    Ok(Outcome::Done)
}

/// One letter with all of it; nothing where everything was read, or where the person has left.
async fn write(conn: &mut Conn, app: &App, brand: BrandId, person: PersonId, way: Way) -> Result<(), AppError> {
    let rows = notices::to_mail(conn, brand, person, way).await?;
    notices::mailed(conn, brand, person, way).await?;
    if rows.is_empty() || members::role(conn, brand, person).await?.is_none() {
        return Ok(());
    }
    let (reader, home, url) =
        (persons::get(conn, person).await?, brands::get(conn, brand).await?, &app.config().public_url);
    let items = rows.iter().map(|row| {
        let told = Told::read(row)?;
        Ok::<_, AppError>(NoticeItem {
            text: told.said(app, reader.language, row.kind),
            link: format!("{url}/b/{brand}{}", told.path()),
            words: told.words,
        })
    });
    let letter = Letter::Notices {
        brand: home.name,
        items: items.collect::<Result<_, _>>()?,
        settings: format!("{url}/b/{brand}/notices"),
    };
    let envelope = Envelope {
        brand: Some(brand),
        to: reader.email,
        language: reader.language,
        about: Some(person.0),
        expires_at: app.now().checked_add(STALE).unwrap_or(Timestamp::MAX),
    };
    letters::send(conn, app, envelope, &letter).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_told_at_once_gathers_until_the_next_five_minutes() {
        let rows = [("07:00:00", "07:05:00"), ("07:04:59", "07:05:00"), ("07:05:00", "07:10:00")];
        for (now, then) in rows {
            let day = |time| at(&format!("2026-12-01T{time}Z"));
            assert_eq!(window_end(day(now)), day(then), "{now}");
        }
    }

    #[test]
    fn the_daily_letter_comes_at_its_hour_on_the_wall() {
        let zone = time::zone("Europe/Warsaw").unwrap();
        let rows = [
            ("2026-12-01T07:00:00Z", 9, "2026-12-01T08:00:00Z"),
            ("2026-12-01T08:00:00Z", 9, "2026-12-02T08:00:00Z"),
            // The clock goes back that night.
            ("2026-10-24T20:00:00Z", 9, "2026-10-25T08:00:00Z"),
        ];
        for (now, hour, then) in rows {
            assert_eq!(next_hour(at(now), hour, &zone).unwrap(), at(then), "{now}");
        }
    }
}
