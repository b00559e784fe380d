//! Tokens of programs: making them, seeing what they are used for, revoking them, and finding out for whom one acts.
//!
//! A token acts for its person with at most that person's role, narrowed by scopes and brands. It is shown once and kept as
//! a hash. What belongs to the person alone (passwords, tokens themselves) is never open to it.

use jiff::SignedDuration;
use sarafan_domain::id::{BrandId, PersonId, TokenId};
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_domain::token::Scope;
use sarafan_store::tokens::{self, TokenRow};
use sarafan_store::{Conn, brands, persons};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::{Grant, record};
use crate::persons::check_name;
use crate::sessions::{actor_of, digest};
use crate::view::instant;
use crate::{Actor, App, AppError};

mod secret;

use secret::Secret;

/// The use of a token is noted at most so often.
const TOUCH: SignedDuration = SignedDuration::from_mins(1);
/// So many tokens a person can have.
const MOST: usize = 100;
/// So long a token can be good, where it is to end at all.
const LONGEST_DAYS: u32 = 3660;

/// A token to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct TokenInput {
    /// What it is for.
    pub name: String,
    /// What it is allowed.
    pub scopes: Vec<Scope>,
    /// In which brands; left out for all that its person works for, now and later.
    pub brands: Option<Vec<BrandId>>,
    /// It opens nothing after so many days; left out for one that does not end by itself.
    pub expires_in_days: Option<u32>,
}

/// A token as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TokenView {
    /// Its id.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// E-mail address of the person it acts for.
    pub email: String,
    /// Its last characters.
    pub ending: String,
    /// What it is allowed.
    pub scopes: Vec<Scope>,
    /// In which brands; `null` for all of its person.
    pub brands: Option<Vec<BrandId>>,
    /// When it was made.
    pub created_at: String,
    /// It opens nothing after.
    pub expires_at: Option<String>,
    /// Has it ended by itself?
    pub expired: bool,
    /// Last used, to the minute.
    pub used_at: Option<String>,
    /// The token itself; shown once, when it is made.
    pub token: Option<String>,
}

impl App {
    /// The tokens of the person, newest first; those of everybody at the command line.
    ///
    /// # Errors
    /// [`AppError::NotForTokens`].
    pub async fn list_tokens(&self, actor: &Actor) -> Result<Vec<TokenView>, AppError> {
        let mut conn = self.store().read().await?;
        let rows = match owner(actor)? {
            Some(person) => tokens::of_person(&mut conn, person).await?,
            None => tokens::all(&mut conn).await?,
        };
        let mut views = Vec::new();
        for row in rows {
            views.push(self.token_view(&mut conn, row, None).await?);
        }
        Ok(views)
    }

    /// Makes a token for the person who asks; at the command line for `email`. The token is in the answer and nowhere else.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for bad fields; [`AppError::NotForTokens`]: no token makes another.
    pub async fn create_token(
        &self,
        actor: &Actor,
        email: Option<&str>,
        input: TokenInput,
    ) -> Result<TokenView, AppError> {
        let (secret, now) = (Secret::fresh(), self.now());
        let person = match owner(actor)? {
            Some(person) => person,
            None => {
                let mut conn = self.store().read().await?;
                let found = persons::by_email(&mut conn, email.unwrap_or_default()).await?;
                found.ok_or_else(|| Problem::error("token-person-unknown", "email"))?.id
            }
        };
        let row = TokenRow {
            id: self.new_id(),
            hash: secret.hash(),
            person,
            name: check_name(&input.name)?,
            ending: secret.ending(),
            scopes: check_scopes(input.scopes)?,
            brands: input.brands,
            created_at: now,
            expires_at: input.expires_in_days.map(|days| check_days(days, now)).transpose()?,
            used_at: None,
        };
        let (app, who) = (self.clone(), actor.clone());
        let row = self
            .store()
            .write(move |conn| {
                let (app, who, row) = (app.clone(), who.clone(), row.clone());
                Box::pin(async move {
                    check_brands(conn, person, row.brands.as_deref()).await?;
                    if tokens::of_person(conn, person).await?.len() >= MOST {
                        return Err(Problem::error("tokens-too-many", "name").with("max", MOST).into());
                    }
                    tokens::insert(conn, &row).await?;
                    let detail = json!({
                        "name": row.name,
                        "scopes": row.scopes,
                        "brands": row.brands,
                        "person": person,
                        "expires_at": row.expires_at.map(instant),
                    });
                    record(conn, &app, &who, None, "token.create", &row.id.to_string(), detail).await?;
                    Ok::<_, AppError>(row)
                })
            })
            .await?;
        let shown = secret.expose().to_owned();
        self.token_view(&mut *self.store().read().await?, row, Some(shown)).await
    }

    /// Revokes a token: the next request that shows it is refused.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for somebody else's too; [`AppError::NotForTokens`].
    pub async fn revoke_token(&self, actor: &Actor, id: TokenId) -> Result<(), AppError> {
        let person = owner(actor)?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    let row = tokens::get(conn, id).await?;
                    if person.is_some_and(|person| person != row.person) {
                        return Err(AppError::NotFound);
                    }
                    tokens::delete(conn, id).await?;
                    let detail = json!({ "name": row.name, "person": row.person });
                    record(conn, &app, &who, None, "token.revoke", &id.to_string(), detail).await
                })
            })
            .await
    }

    /// For whom does this token act? It is looked up every time, so that one that was revoked opens nothing any more.
    ///
    /// # Errors
    /// [`AppError::BadToken`] for an unknown, revoked or expired one.
    pub async fn admit(&self, token: &str) -> Result<Actor, AppError> {
        if !secret::is_one(token) {
            return Err(AppError::BadToken);
        }
        let now = self.now();
        let (row, person) = {
            let mut conn = self.store().read().await?;
            let row = tokens::by_hash(&mut conn, &digest(token), now).await?.ok_or(AppError::BadToken)?;
            let person = persons::get(&mut conn, row.person).await.map_err(|_| AppError::BadToken)?;
            (row, person)
        };
        if row.used_at.is_none_or(|at| now.duration_since(at) >= TOUCH) {
            let id = row.id;
            self.store().write(move |conn| Box::pin(tokens::touch(conn, id, now))).await?;
        }
        let grant = Grant { token: row.id, scopes: row.scopes, brands: row.brands };
        Ok(Actor { grant: Some(grant), installation_owner: false, ..actor_of(&person) })
    }

    /// The token that asks, for programs that want to know what they may.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where a person asks.
    pub async fn own_token(&self, actor: &Actor) -> Result<TokenView, AppError> {
        let grant = actor.grant.as_ref().ok_or(AppError::NotFound)?;
        let mut conn = self.store().read().await?;
        let row = tokens::get(&mut conn, grant.token).await?;
        self.token_view(&mut conn, row, None).await
    }

    async fn token_view(&self, conn: &mut Conn, row: TokenRow, token: Option<String>) -> Result<TokenView, AppError> {
        let person = persons::get(conn, row.person).await?;
        Ok(TokenView {
            id: row.id,
            name: row.name,
            email: person.email,
            ending: row.ending,
            scopes: row.scopes,
            brands: row.brands,
            created_at: instant(row.created_at),
            expired: row.expires_at.is_some_and(|at| at <= self.now()),
            expires_at: row.expires_at.map(instant),
            used_at: row.used_at.map(instant),
            token,
        })
    }
}

/// Whose tokens are spoken of; `None` for everybody's, at the command line.
fn owner(actor: &Actor) -> Result<Option<PersonId>, AppError> {
    match actor.in_person() {
        Ok(person) => Ok(Some(person)),
        Err(AppError::SignedOut) => Ok(None),
        Err(error) => Err(error),
    }
}

fn check_scopes(mut scopes: Vec<Scope>) -> Result<Vec<Scope>, Problem> {
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() { Err(Problem::error("token-scopes-none", "scopes")) } else { Ok(scopes) }
}

fn check_days(days: u32, now: Timestamp) -> Result<Timestamp, Problem> {
    if days == 0 || days > LONGEST_DAYS {
        return Err(Problem::error("token-days-bad", "expires_in_days").with("max", LONGEST_DAYS));
    }
    Ok(now.checked_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX))
}

/// A token is made for brands that its person works for; others do not exist.
async fn check_brands(conn: &mut Conn, person: PersonId, wanted: Option<&[BrandId]>) -> Result<(), AppError> {
    let Some(wanted) = wanted else { return Ok(()) };
    let own = brands::of_person(conn, person).await?;
    if wanted.is_empty() || wanted.iter().any(|id| own.iter().all(|(brand, _)| brand.id != *id)) {
        return Err(Problem::error("token-brands-bad", "brands").into());
    }
    Ok(())
}
