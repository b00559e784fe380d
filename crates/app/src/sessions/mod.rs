//! Coming in: passwords are proved here, sessions are opened, looked up and ended.
//!
//! Proving a password and opening a session are two functions, so that a second step fits between them (`second`). What
//! is absent on purpose: cookies and headers, which `web` knows.

use std::sync::Arc;

use futures::future::BoxFuture;
use jiff::SignedDuration;
use sarafan_domain::id::{BrandId, PersonId, SessionId};
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_store::persons::PersonRow;
use sarafan_store::sessions::SessionRow;
use sarafan_store::{Conn, brands, persons, sessions};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::brands::BrandBriefView;
use crate::live::Event;
use crate::persons::{Password, PersonView, proves_password};
use crate::{Actor, App, AppError};

mod attempts;
mod device;
mod devices;
mod entrance;
mod second;
mod token;

pub use devices::DeviceView;
pub(crate) use devices::end_all;
pub(crate) use entrance::Entrance;
pub use second::{Entry, Proof, SecondStepView, Way};
pub(crate) use second::{begin_challenge, forget_second_steps, over};
pub use token::Token;
pub(crate) use token::digest;

/// A session that nobody uses ends after this time.
const LASTS: SignedDuration = SignedDuration::from_hours(24 * 30);
/// The use of a session is noted at most so often.
const TOUCH: SignedDuration = SignedDuration::from_hours(1);

/// Where a request came from, for the list of devices and for counting attempts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visitor {
    /// `User-Agent`.
    pub agent: String,
    /// Address.
    pub address: String,
}

/// Who is signed in, and where they may go.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SessionView {
    /// Who.
    pub person: PersonView,
    /// Their brands.
    pub brands: Vec<BrandBriefView>,
    /// May they do what belongs to no brand, such as making one?
    pub installation_owner: bool,
}

impl App {
    /// Opens a session for whoever proves the password of this address, or asks for the second step where the person
    /// has one.
    ///
    /// # Errors
    /// [`AppError::Invalid`] `sign-in-wrong`, the same for an unknown address and a wrong password;
    /// [`AppError::TooMany`] after five wrong ones from one place.
    pub async fn sign_in(&self, email: &str, password: Password, visitor: &Visitor) -> Result<Entry, AppError> {
        let person = self.prove(email, password, visitor).await?;
        match self.second_step_of(&person, None).await? {
            Some(step) => Ok(Entry::Second(step)),
            None => self.open_for(person, "password", visitor).await.map(|(view, token)| Entry::opened(view, token)),
        }
    }

    /// Opens a session for somebody who has shown enough.
    pub(crate) async fn open_for(
        &self,
        person: PersonRow,
        by: &'static str,
        visitor: &Visitor,
    ) -> Result<(SessionView, Token), AppError> {
        self.open_after(person, by, visitor, |_| Box::pin(async { Ok(Vec::new()) })).await
    }

    /// The same, once `first` was done in the same transaction; it answers with the brands that somebody has joined. `by`
    /// says what was shown last.
    pub(crate) async fn open_after<F>(
        &self,
        person: PersonRow,
        by: &'static str,
        visitor: &Visitor,
        first: F,
    ) -> Result<(SessionView, Token), AppError>
    where
        F: for<'t> Fn(&'t mut Conn) -> BoxFuture<'t, Result<Vec<BrandId>, AppError>> + Send + Sync + 'static,
    {
        let token = Token::fresh();
        let row = new_session(self, person.id, token.digest(), visitor);
        let (app, first) = (self.clone(), Arc::new(first));
        let (view, joined) = self
            .store()
            .write(move |conn| {
                let (app, person, row, first) = (app.clone(), person.clone(), row.clone(), Arc::clone(&first));
                Box::pin(async move {
                    let joined = first(conn).await?;
                    open(conn, &app, &person, &row, by).await?;
                    Ok::<_, AppError>((view(conn, person).await?, joined))
                })
            })
            .await?;
        for brand in joined {
            self.live().tell(brand, Event::Brand {});
        }
        Ok((view, token))
    }

    /// Who carries this token? Remembered for half a minute, so that ending a session in another process takes as long.
    ///
    /// # Errors
    /// [`AppError::SignedOut`] for an unknown, ended or expired one.
    pub async fn actor(&self, token: &str) -> Result<(Actor, SessionId), AppError> {
        let (hash, now) = (digest(token), self.now());
        if let Some(seen) = self.entrance().seen(&hash, now) {
            return Ok(seen);
        }
        let (session, person) = {
            let mut conn = self.store().read().await?;
            let session = sessions::by_token(&mut conn, &hash, now).await?.ok_or(AppError::SignedOut)?;
            let person = persons::get(&mut conn, session.person).await.map_err(|_| AppError::SignedOut)?;
            (session, person)
        };
        if now.duration_since(session.seen_at) >= TOUCH {
            let id = session.id;
            let until = later(now);
            self.store().write(move |conn| Box::pin(sessions::touch(conn, id, now, until))).await?;
        }
        let seen = (actor_of(&person), session.id);
        self.entrance().remember(hash, seen.clone(), now);
        Ok(seen)
    }

    /// Ends the session of this token; nothing happens where it has ended before.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn sign_out(&self, token: &str) -> Result<(), AppError> {
        let (hash, now) = (digest(token), self.now());
        self.entrance().forget(&hash);
        let app = self.clone();
        self.store()
            .write(move |conn| {
                let (app, hash) = (app.clone(), hash.clone());
                Box::pin(async move {
                    if let Some(session) = sessions::by_token(conn, &hash, now).await? {
                        let person = persons::get(conn, session.person).await?;
                        sessions::delete(conn, session.id).await?;
                        let subject = session.id.to_string();
                        record(conn, &app, &actor_of(&person), None, "session.close", &subject, json!({})).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// The person and their brands.
    ///
    /// # Errors
    /// [`AppError::SignedOut`] at the command line: nobody in particular sits there.
    pub async fn session_view(&self, actor: &Actor) -> Result<SessionView, AppError> {
        let mut conn = self.store().read().await?;
        let person = persons::get(&mut conn, actor.person.ok_or(AppError::SignedOut)?).await?;
        view(&mut conn, person).await
    }

    /// The person behind this address, if the password is theirs. Takes equally long whether the address is known.
    pub(crate) async fn prove(
        &self,
        email: &str,
        password: Password,
        visitor: &Visitor,
    ) -> Result<PersonRow, AppError> {
        let email: String = email.trim().to_lowercase().chars().take(254).collect();
        self.entrance().attempt(&email, &visitor.address, self.now())?;
        let person = persons::by_email(&mut *self.store().read().await?, &email).await?;
        let hash = person.as_ref().map(|person| person.password_hash.clone());
        let proved = proves_password(self, hash, password).await?;
        let person = person.filter(|_| proved).ok_or_else(|| Problem::error("sign-in-wrong", "email"))?;
        self.entrance().succeeded(&email, &visitor.address);
        Ok(person)
    }
}

/// The row of a new session. Made before the transaction, which may run twice.
fn new_session(app: &App, person: PersonId, token_hash: Vec<u8>, visitor: &Visitor) -> SessionRow {
    let now = app.now();
    SessionRow {
        id: app.new_id(),
        token_hash,
        person,
        created_at: now,
        seen_at: now,
        expires_at: later(now),
        agent: visitor.agent.chars().take(300).collect(),
        address: visitor.address.chars().take(64).collect(),
    }
}

/// Opens a session inside the caller's transaction, and forgets those that ended by themselves.
async fn open(conn: &mut Conn, app: &App, person: &PersonRow, row: &SessionRow, by: &str) -> Result<(), AppError> {
    sessions::delete_expired(conn, row.created_at).await?;
    sessions::insert(conn, row).await?;
    let detail = json!({ "agent": row.agent, "address": row.address, "by": by });
    record(conn, app, &actor_of(person), None, "session.open", &row.id.to_string(), detail).await
}

/// The person and their brands.
async fn view(conn: &mut Conn, person: PersonRow) -> Result<SessionView, AppError> {
    let brands = brands::of_person(conn, person.id).await?;
    Ok(SessionView {
        installation_owner: person.installation_owner,
        brands: brands.into_iter().map(|(brand, role)| BrandBriefView::new(brand, role)).collect(),
        person: person.into(),
    })
}

/// A person as one who asks.
pub(crate) fn actor_of(person: &PersonRow) -> Actor {
    Actor {
        person: Some(person.id),
        name: person.name.clone(),
        language: person.language,
        installation_owner: person.installation_owner,
        grant: None,
        run: None,
    }
}

fn later(now: Timestamp) -> Timestamp {
    now.checked_add(LASTS).unwrap_or(Timestamp::MAX)
}
