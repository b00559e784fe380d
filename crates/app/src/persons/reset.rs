//! A forgotten password: a link that lets its bearer choose a new one, good for an hour and for one use. Whoever sits at
//! the machine prints it. The second step stays as it was: a link alone does not open an account that has one.

use jiff::SignedDuration;
use sarafan_domain::id::PersonId;
use sarafan_domain::time::Timestamp;
use sarafan_store::challenges::{self, ChallengeRow};
use sarafan_store::persons::PersonRow;
use sarafan_store::{Conn, StoreError, persons};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{Password, check_password, hash_password};
use crate::actor::record;
use crate::sessions::{Token, actor_of, digest, end_all};
use crate::{Actor, App, AppError};

/// What the token is good for.
const KIND: &str = "password.reset";
/// So long a link is good.
const LASTS: SignedDuration = SignedDuration::from_hours(1);

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

    /// What the link offers.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a wrong, used or old link.
    pub async fn reset_info(&self, token: &str) -> Result<ResetInfo, AppError> {
        let mut conn = self.store().read().await?;
        Ok(ResetInfo { email: bearer(&mut conn, &digest(token), self.now()).await?.email })
    }

    /// Gives the account the new password and ends all its sessions.
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
                    persons::update(conn, &PersonRow { password_hash, ..person }).await?;
                    record(conn, &app, &who, None, "password.reset", &id.to_string(), json!({})).await?;
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

/// An earlier link is no longer good.
async fn put(conn: &mut Conn, row: &ChallengeRow, person: PersonId) -> Result<(), AppError> {
    challenges::delete_of_person(conn, KIND, person).await?;
    challenges::insert(conn, row).await?;
    Ok(())
}

async fn bearer(conn: &mut Conn, hash: &[u8], now: Timestamp) -> Result<PersonRow, AppError> {
    let row = challenges::get(conn, KIND, hash, now).await?.ok_or(AppError::NotFound)?;
    Ok(persons::get(conn, row.person.ok_or(AppError::NotFound)?).await?)
}
