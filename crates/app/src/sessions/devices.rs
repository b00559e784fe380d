//! The list of devices on which somebody is signed in, and ending their sessions.

use sarafan_domain::id::{PersonId, SessionId};
use sarafan_store::sessions::{self, SessionRow};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::device;
use crate::actor::record;
use crate::view::instant;
use crate::{Actor, App, AppError};

/// A session as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeviceView {
    /// Its id.
    pub id: SessionId,
    /// Is it the one that asks?
    pub current: bool,
    /// The browser, where it is one we know.
    pub browser: Option<String>,
    /// The system, where it is one we know.
    pub system: Option<String>,
    /// The address the sign-in came from.
    pub address: String,
    /// Since when.
    pub since: String,
    /// Last used, to the hour.
    pub seen_at: String,
    /// It ends by itself then, unless it is used.
    pub ends_at: String,
}

fn view(row: SessionRow, current: Option<SessionId>) -> DeviceView {
    DeviceView {
        id: row.id,
        current: current == Some(row.id),
        browser: device::browser(&row.agent),
        system: device::system(&row.agent),
        address: row.address,
        since: instant(row.created_at),
        seen_at: instant(row.seen_at),
        ends_at: instant(row.expires_at),
    }
}

impl App {
    /// Where the person is signed in, the session that asks first; at the command line where `email` is.
    ///
    /// # Errors
    /// [`AppError::NotForTokens`]; [`AppError::Invalid`] `person-unknown` at the command line.
    pub async fn list_sessions(
        &self,
        actor: &Actor,
        current: Option<SessionId>,
        email: Option<&str>,
    ) -> Result<Vec<DeviceView>, AppError> {
        let mut conn = self.store().read().await?;
        let person = self.whose(&mut conn, actor, email).await?;
        let now = self.now();
        let rows = sessions::list(&mut conn, person.id).await?;
        let mut views: Vec<_> =
            rows.into_iter().filter(|row| row.expires_at > now).map(|row| view(row, current)).collect();
        views.sort_by_key(|view| !view.current);
        Ok(views)
    }

    /// Ends one session of the person.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for somebody else's too; otherwise as [`App::list_sessions`].
    pub async fn end_session(&self, actor: &Actor, id: SessionId, email: Option<&str>) -> Result<(), AppError> {
        let person = self.whose(&mut *self.store().read().await?, actor, email).await?.id;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    let own = sessions::list(conn, person).await?;
                    let row = own.into_iter().find(|row| row.id == id).ok_or(AppError::NotFound)?;
                    sessions::delete(conn, id).await?;
                    let detail = json!({ "person": person, "agent": row.agent, "address": row.address });
                    record(conn, &app, &who, None, "session.end", &id.to_string(), detail).await
                })
            })
            .await?;
        self.entrance().forget_person(person);
        Ok(())
    }

    /// Ends all sessions of the person but `keep`, and tells how many.
    ///
    /// # Errors
    /// As [`App::list_sessions`].
    pub async fn end_sessions(
        &self,
        actor: &Actor,
        keep: Option<SessionId>,
        email: Option<&str>,
    ) -> Result<usize, AppError> {
        let person = self.whose(&mut *self.store().read().await?, actor, email).await?.id;
        let (app, who) = (self.clone(), actor.clone());
        let ended = self
            .store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move { end_all(conn, &app, &who, person, keep).await })
            })
            .await?;
        self.entrance().forget_person(person);
        Ok(ended)
    }
}

/// Ends all sessions of a person but `keep` inside the caller's transaction.
pub(crate) async fn end_all(
    conn: &mut sarafan_store::Conn,
    app: &App,
    who: &Actor,
    person: PersonId,
    keep: Option<SessionId>,
) -> Result<usize, AppError> {
    let now = app.now();
    let own = sessions::list(conn, person).await?;
    let ended = own.iter().filter(|row| row.expires_at > now && Some(row.id) != keep).count();
    sessions::delete_of_person(conn, person, keep).await?;
    if ended > 0 {
        record(conn, app, who, None, "session.end_all", &person.to_string(), json!({ "count": ended })).await?;
    }
    Ok(ended)
}
