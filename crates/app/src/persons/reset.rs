//! A forgotten password: a link that lets its bearer choose a new one, good for an hour and for one use. It is mailed to
//! whoever asks with an address of theirs, or printed by whoever sits at the machine. The second step stays as it was: a
//! link alone does not open an account that has one.
//!
//! Whether anybody has an address is not told: a worker finds it out, after the question was answered.

use jiff::SignedDuration;
use sarafan_domain::id::PersonId;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_store::challenges::{self, ChallengeRow};
use sarafan_store::jobs::{self, ClaimedJob, NewJob};
use sarafan_store::persons::PersonRow;
use sarafan_store::{Conn, StoreError, persons};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{Password, check_email, check_password, hash_password};
use crate::actor::{note, record};
use crate::jobs::{Kind, Outcome, payload};
use crate::lease::Lease;
use crate::letters::{self, Envelope, Letter, NO_BRAND};
use crate::sessions::{Token, Visitor, actor_of, digest, end_all, forget_second_steps};
use crate::{Actor, App, AppError};

/// What the token is good for.
const KIND: &str = "password.reset";
/// So long a link is good.
const LASTS: SignedDuration = SignedDuration::from_hours(1);

/// Who has forgotten the password.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct ResetRequest {
    /// The e-mail address of the account.
    pub email: String,
}

/// What somebody with the link sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ResetInfo {
    /// For whom it is.
    pub email: String,
}

/// The next password.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct ResetInput {
    /// The next password.
    pub password: Password,
}

/// A link that was printed at the machine.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ResetLink {
    /// For whom it is.
    pub email: String,
    /// The link; it is shown this one time.
    pub url: String,
}

impl App {
    /// A link for a new password, at the machine itself.
    ///
    /// # Errors
    /// [`AppError::NotFound`] anywhere else; [`AppError::Invalid`] `person-unknown`.
    pub async fn reset_link(&self, actor: &Actor, email: &str) -> Result<ResetLink, AppError> {
        if actor.person.is_some() {
            return Err(AppError::NotFound);
        }
        let person = self.whose(&mut *self.store().read().await?, actor, Some(email)).await?;
        let (row, url) = self.reset_row(person.id);
        let (app, who, id) = (self.clone(), actor.clone(), person.id);
        self.store()
            .write(move |conn| {
                let (app, who, row) = (app.clone(), who.clone(), row.clone());
                Box::pin(async move {
                    put(conn, &row, id).await?;
                    record(conn, &app, &who, None, "password.link", &id.to_string(), json!({})).await
                })
            })
            .await?;
        Ok(ResetLink { email: person.email, url })
    }

    /// Mails a link for a new password, if anybody has this address. What is done here is the same for every address.
    ///
    /// # Errors
    /// [`AppError::Refused`] `mail-off` where nothing is mailed; [`AppError::Invalid`] `email-bad`;
    /// [`AppError::TooMany`] for one address or from one place.
    pub async fn ask_for_reset(&self, email: &str, visitor: &Visitor) -> Result<(), AppError> {
        if !self.mails() {
            return Err(AppError::Refused(Problem::error("mail-off", "email")));
        }
        let (email, now) = (check_email(email)?, self.now());
        self.entrance().begin_reset(&email, &visitor.address, now)?;
        let job = NewJob {
            id: self.new_id(),
            kind: Kind::Reset.code().to_owned(),
            dedupe: Some(format!("{}:{email}", Kind::Reset.code())),
            payload: json!(Asked { email, address: visitor.address.chars().take(64).collect(), at: now }),
            run_at: now,
            serial: None,
        };
        self.store()
            .write(move |conn| {
                let job = job.clone();
                Box::pin(async move { jobs::put(conn, NO_BRAND, &job).await })
            })
            .await?;
        self.wake();
        Ok(())
    }

    /// What the link offers.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a wrong, used or old link.
    pub async fn reset_info(&self, token: &str) -> Result<ResetInfo, AppError> {
        let mut conn = self.store().read().await?;
        Ok(ResetInfo { email: bearer(&mut conn, &digest(token), self.now()).await?.email })
    }

    /// Gives the account the new password, ends all its sessions and tells it by mail.
    ///
    /// # Errors
    /// [`AppError::NotFound`] as [`App::reset_info`]; [`AppError::Invalid`] for a bad password.
    pub async fn reset_password(&self, token: &str, input: ResetInput) -> Result<(), AppError> {
        let hash = digest(token);
        let person = bearer(&mut *self.store().read().await?, &hash, self.now()).await?;
        check_password(&input.password, &person.email, "password")?;
        let password_hash = hash_password(self, input.password).await?;
        let (app, id) = (self.clone(), person.id);
        self.store()
            .write(move |conn| {
                let (app, hash, password_hash) = (app.clone(), hash.clone(), password_hash.clone());
                Box::pin(async move {
                    let person = bearer(conn, &hash, app.now()).await?;
                    challenges::take(conn, &hash).await.map_err(|error| match error {
                        StoreError::NotFound => AppError::NotFound,
                        other => other.into(),
                    })?;
                    let who = actor_of(&person);
                    letters::take_back(conn, id.0).await?;
                    let person = PersonRow { password_hash, ..person };
                    persons::update(conn, &person).await?;
                    record(conn, &app, &who, None, "password.reset", &id.to_string(), json!({})).await?;
                    tell_changed(conn, &app, &person).await?;
                    forget_second_steps(conn, id).await?;
                    end_all(conn, &app, &who, id, None).await
                })
            })
            .await?;
        self.entrance().forget_person(id);
        Ok(())
    }

    /// Made before the transaction, which may run twice.
    fn reset_row(&self, person: PersonId) -> (ChallengeRow, String) {
        let (token, now) = (Token::fresh(), self.now());
        let row = ChallengeRow {
            token_hash: token.digest(),
            kind: KIND.to_owned(),
            person: Some(person),
            state: "{}".to_owned(),
            created_at: now,
            expires_at: now.checked_add(LASTS).unwrap_or(Timestamp::MAX),
        };
        (row, format!("{}/password/{}", self.config().public_url, token.expose()))
    }
}

/// What a worker is asked to find out.
#[derive(Debug, Serialize, Deserialize)]
struct Asked {
    email: String,
    /// From where, for the log.
    address: String,
    at: Timestamp,
}

/// The job that mails the link, if anybody has the address.
pub(crate) async fn run(app: &App, job: &ClaimedJob, lease: &Lease) -> Result<Outcome, AppError> {
    let Asked { email, address, at } = payload(job)?;
    let person = persons::by_email(&mut *app.store().read().await?, &email).await?;
    // Nobody waits for a link any more that they asked for so long ago, as before a back-up that was restored.
    let Some(person) = person.filter(|_| app.now().duration_since(at) < LASTS) else { return Ok(Outcome::Done) };
    let (row, link) = app.reset_row(person.id);
    let here = app.clone();
    lease
        .written(app, move |conn| {
            let (app, person, row, link) = (here.clone(), person.clone(), row.clone(), link.clone());
            let detail = json!({ "address": address });
            Box::pin(async move {
                put(conn, &row, person.id).await?;
                let envelope = Envelope {
                    brand: None,
                    to: person.email,
                    language: person.language,
                    about: Some(person.id.0),
                    expires_at: row.expires_at,
                };
                let letter = Letter::PasswordReset { link, minutes: LASTS.as_mins() };
                letters::send(conn, &app, envelope, &letter).await?;
                note(conn, &app, None, None, "password.ask", &person.id.to_string(), &detail).await
            })
        })
        .await?;
    Ok(Outcome::Done)
}

/// Tells a person by mail that their password was changed, for the case that it was not them.
pub(super) async fn tell_changed(conn: &mut Conn, app: &App, person: &PersonRow) -> Result<(), AppError> {
    let envelope = Envelope {
        brand: None,
        to: person.email.clone(),
        language: person.language,
        about: None,
        expires_at: Timestamp::MAX,
    };
    let letter = Letter::PasswordChanged { link: format!("{}/password", app.config().public_url) };
    letters::send(conn, app, envelope, &letter).await.map(|_| ())
}

/// An earlier link is no longer good, and no longer on its way.
async fn put(conn: &mut Conn, row: &ChallengeRow, person: PersonId) -> Result<(), AppError> {
    challenges::delete_of_person(conn, KIND, person).await?;
    letters::take_back(conn, person.0).await?;
    challenges::insert(conn, row).await?;
    Ok(())
}

async fn bearer(conn: &mut Conn, hash: &[u8], now: Timestamp) -> Result<PersonRow, AppError> {
    let row = challenges::get(conn, KIND, hash, now).await?.ok_or(AppError::NotFound)?;
    Ok(persons::get(conn, row.person.ok_or(AppError::NotFound)?).await?)
}
