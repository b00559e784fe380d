//! The job that tells what somebody was told and has not read: one letter, or one message, for all of it. What is mailed
//! soon gathers until the next full minute, what can wait until the next hour or the person's hour of the day; by
//! messenger it gathers for seconds. Each window is a job of its own, so that nothing that comes later moves it.

use jiff::civil::Time;
use jiff::{SignedDuration, ToSpan};
use sarafan_domain::id::{BrandId, NoticeId, PersonId};
use sarafan_domain::notice::Mail;
use sarafan_domain::time::{self, Timestamp};
use sarafan_store::jobs::{ClaimedJob, NewJob};
use sarafan_store::notices::{MOST, NoticeRow, Way};
use sarafan_store::persons::PersonRow;
use sarafan_store::{Conn, brands, jobs, members, notices, persons};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Told, messenger};
use crate::jobs::{Kind, Outcome, payload};
use crate::lease::Lease;
use crate::letters::{self, Envelope, Letter, NoticeItem};
use crate::{App, AppError};

/// What is mailed soon gathers for so many seconds at most.
const SOON: i64 = 60;
/// What is mailed by the hour.
const HOUR: i64 = 3600;
/// What is told by messenger.
const CHAT: i64 = 15;
/// So many stand in one letter or message, and how many more there are.
const SHOWN: usize = 50;
/// A letter of notices is of no use after.
const STALE: SignedDuration = SignedDuration::from_hours(24);

/// For whom, and by mail of which pace; by messenger where there is none.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct OfPerson {
    person: PersonId,
    mail: Option<Mail>,
}

impl OfPerson {
    fn way(self) -> Way {
        self.mail.map_or(Way::Messenger, Way::Mail)
    }
}

/// Puts the jobs by which a notice leaves the application.
pub(super) async fn plan(conn: &mut Conn, app: &App, row: &NoticeRow, hour: u8) -> Result<(), AppError> {
    let now = app.now();
    if row.messenger {
        put(conn, app, row, None, window_end(now, CHAT)).await?;
    }
    let run_at = match row.mail {
        Mail::Off => return Ok(()),
        Mail::Soon => window_end(now, SOON),
        Mail::Hourly => window_end(now, HOUR),
        Mail::Daily => {
            let zone = time::zone(&brands::get(conn, row.brand).await?.time_zone)?;
            next_hour(now, hour, &zone)?
        }
    };
    put(conn, app, row, Some(row.mail), run_at).await
}

async fn put(
    conn: &mut Conn,
    app: &App,
    row: &NoticeRow,
    mail: Option<Mail>,
    run_at: Timestamp,
) -> Result<(), AppError> {
    let way = match mail {
        None => "messenger",
        Some(Mail::Daily) => "daily",
        Some(Mail::Hourly) => "hourly",
        Some(Mail::Soon | Mail::Off) => "soon",
    };
    let job = NewJob {
        id: app.new_id(),
        kind: Kind::Digest.code().to_owned(),
        payload: json!(OfPerson { person: row.person, mail }),
        run_at,
        serial: None,
        dedupe: Some(format!("{}:{way}:{}:{}", Kind::Digest.code(), row.person, run_at.as_second())),
    };
    Ok(jobs::put(conn, row.brand, &job).await?)
}

/// The end of the window, whose lengths all begin with the hour: whatever else is told until then does not move it.
fn window_end(now: Timestamp, seconds: i64) -> Timestamp {
    let next = (now.as_second().div_euclid(seconds) + 1) * seconds;
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

pub(crate) async fn run(app: &App, job: &ClaimedJob, lease: &Lease) -> Result<Outcome, AppError> {
    let of: OfPerson = payload(job)?;
    if of.mail.is_none() {
        return messenger::run(app, job, lease, of.person).await;
    }
    let (inner, brand) = (app.clone(), job.job.brand);
    let more = app
        .store()
        .write(move |conn| {
            let app = inner.clone();
            Box::pin(async move { write(conn, &app, brand, of).await })
        })
        .await?;
    Ok(if more { Outcome::Again(app.now()) } else { Outcome::Done })
}

/// One letter with all of it; nothing where everything was read, or where the person has left. Tells whether there is
/// more than one letter holds.
async fn write(conn: &mut Conn, app: &App, brand: BrandId, of: OfPerson) -> Result<bool, AppError> {
    let Some((reader, rows, items)) = unread(conn, app, brand, of.person, of.way()).await? else { return Ok(false) };
    let ids: Vec<NoticeId> = rows.iter().map(|row| row.id).collect();
    notices::went(conn, brand, of.person, of.way(), &ids).await?;
    if members::role(conn, brand, of.person).await?.is_none() {
        return Ok(false);
    }
    let home = brands::get(conn, brand).await?;
    let settings = format!("{}/b/{brand}/notices", app.config().public_url);
    let more = rows.len().saturating_sub(items.len());
    let envelope = Envelope {
        brand: Some(brand),
        to: reader.email,
        language: reader.language,
        about: Some(of.person.0),
        expires_at: app.now().checked_add(STALE).unwrap_or(Timestamp::MAX),
    };
    let letter = Letter::Notices { brand: home.name, items, more, all: settings.clone(), settings };
    letters::send(conn, app, envelope, &letter).await?;
    Ok(rows.len() == MOST)
}

/// Somebody with what they have not read and are still to be told so, the first of it in words; `None` where that is nothing.
pub(super) async fn unread(
    conn: &mut Conn,
    app: &App,
    brand: BrandId,
    person: PersonId,
    way: Way,
) -> Result<Option<(PersonRow, Vec<NoticeRow>, Vec<NoticeItem>)>, AppError> {
    let rows = notices::waiting(conn, brand, person, way).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let (reader, url) = (persons::get(conn, person).await?, &app.config().public_url);
    let items = rows.iter().take(SHOWN).map(|row| {
        let told = Told::read(row)?;
        Ok::<_, AppError>(NoticeItem {
            text: told.said(app, reader.language, row.kind),
            link: format!("{url}/b/{brand}{}", told.path()),
            words: told.words,
        })
    });
    let items = items.collect::<Result<_, _>>()?;
    Ok(Some((reader, rows, items)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_told_gathers_until_the_end_of_the_window() {
        let rows = [
            (SOON, "07:00:00", "07:01:00"),
            (SOON, "07:04:59", "07:05:00"),
            (SOON, "07:05:00", "07:06:00"),
            (HOUR, "07:05:00", "08:00:00"),
            (CHAT, "07:05:01", "07:05:15"),
        ];
        for (length, now, then) in rows {
            let day = |time| at(&format!("2026-12-01T{time}Z"));
            assert_eq!(window_end(day(now), length), day(then), "{now}");
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
