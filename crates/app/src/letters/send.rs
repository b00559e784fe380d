//! The job that mails one letter. What surely did not leave is tried again ever more rarely, until the letter is of no
//! use; what the server refuses for good, and what is too late, ends as failed and is told by the doctor.

use jiff::SignedDuration;
use sarafan_domain::time::Timestamp;
use sarafan_network::mail::MailError;
use sarafan_store::jobs::ClaimedJob;
use sarafan_store::letters::{self, LetterRow, LetterState};

use super::{Letter, OfLetter, place, posting};
use crate::jobs::{Outcome, payload};
use crate::lease::Lease;
use crate::{App, AppError};

/// How long after which try the next one follows, in minutes; the last of them again and again.
const WAITS: [i64; 6] = [1, 5, 15, 60, 180, 360];

/// What follows a try.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    End(LetterState, Option<String>),
    Again(Timestamp, String),
}

/// `tries` is how many went before this one.
fn next(result: Result<(), MailError>, tries: u32, expires_at: Timestamp, now: Timestamp) -> Next {
    let reason = match result {
        Ok(()) => return Next::End(LetterState::Sent, None),
        Err(MailError::Refused(reason)) => return Next::End(LetterState::Failed, Some(reason)),
        Err(MailError::Later(reason)) => reason,
        Err(MailError::Unknown) => MailError::Unknown.to_string(),
    };
    let wait = usize::try_from(tries).ok().and_then(|tries| WAITS.get(tries)).or(WAITS.last()).copied();
    match now.checked_add(SignedDuration::from_mins(wait.unwrap_or(1))) {
        Ok(at) if at < expires_at => Next::Again(at, reason),
        _ => Next::End(LetterState::Failed, Some(reason)),
    }
}

pub(crate) async fn run(app: &App, job: &ClaimedJob, lease: &Lease) -> Result<Outcome, AppError> {
    let OfLetter { letter: id } = payload(job)?;
    let brand = job.job.brand;
    // One that was taken back is not there.
    let row = letters::get(&mut *app.store().read().await?, brand, id).await?;
    let (Some(sealed), LetterState::Waiting) = (&row.sealed, row.state) else { return Ok(Outcome::Done) };
    let result = if app.now() >= row.expires_at {
        Err(MailError::Refused(row.reason.clone().unwrap_or_default()))
    } else {
        match app.mail() {
            Some(mail) => {
                let text = app.keyring().open(place(&id.bytes()), sealed)?;
                let letter: Letter =
                    serde_json::from_slice(text.expose()).map_err(|error| AppError::Broken(error.to_string()))?;
                lease.keep(app, job, mail.send(&posting(app, &row, &letter)?)).await?
            }
            None => Err(MailError::Later("mail was switched off".to_owned())),
        }
    };
    save(app, lease, row, result).await
}

async fn save(app: &App, lease: &Lease, row: LetterRow, result: Result<(), MailError>) -> Result<Outcome, AppError> {
    let now = app.now();
    match next(result, row.tries, row.expires_at, now) {
        Next::Again(at, reason) => {
            tracing::info!(letter = %row.id, kind = row.kind, reason, "a letter was not taken; it is tried again");
            let written = lease.written(app, move |conn| {
                let reason = reason.clone();
                Box::pin(async move { Ok(letters::tried(conn, row.brand, row.id, &reason).await?) })
            });
            written.await.map(|()| Outcome::Again(at))
        }
        Next::End(state, reason) => {
            if state == LetterState::Failed {
                tracing::warn!(letter = %row.id, kind = row.kind, reason, "a letter could not be mailed");
            }
            let written = lease.written(app, move |conn| {
                let reason = reason.clone();
                Box::pin(async move { Ok(letters::end(conn, row.brand, row.id, state, reason.as_deref(), now).await?) })
            });
            written.await.map(|()| Outcome::Done)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minutes * 60).unwrap()
    }

    #[test]
    fn what_did_not_leave_is_tried_until_it_is_of_no_use() {
        let said = || "busy".to_owned();
        let again = |minutes| Next::Again(at(minutes), said());
        let failed = || Next::End(LetterState::Failed, Some(said()));
        let unknown = MailError::Unknown.to_string();
        let rows = [
            (Ok(()), 0, Next::End(LetterState::Sent, None)),
            (Err(MailError::Refused(said())), 0, failed()),
            (Err(MailError::Later(said())), 0, again(1)),
            (Err(MailError::Later(said())), 1, again(5)),
            (Err(MailError::Later(said())), 5, again(360)),
            (Err(MailError::Later(said())), 100, again(360)),
            (Err(MailError::Unknown), 0, Next::Again(at(1), unknown)),
        ];
        for (result, tries, expected) in rows {
            assert_eq!(next(result.clone(), tries, at(361), at(0)), expected, "{result:?} {tries}");
        }
        assert_eq!(next(Err(MailError::Later(said())), 5, at(360), at(0)), failed(), "too late then");
    }
}
