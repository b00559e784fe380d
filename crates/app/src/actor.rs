//! Who asks, and the gate every use case passes.

use sarafan_domain::id::{BrandId, PersonId};
use sarafan_domain::language::Lang;
use sarafan_domain::member::{self, Action, Role};
use sarafan_store::{Conn, audit, members};
use serde_json::Value;

use crate::audit::ACTIONS;
use crate::{App, AppError};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The signed-in person; `None` for somebody at the command line of the machine itself.
    pub person: Option<PersonId>,
    /// As others see it.
    pub name: String,
    /// Language of answers.
    pub language: Lang,
    /// May this actor do what belongs to no brand, such as making one?
    pub installation_owner: bool,
}

impl Actor {
    /// Somebody at the command line: whoever can read the data folder may do everything.
    pub fn command_line(language: Lang) -> Self {
        Self { person: None, name: "command line".to_owned(), language, installation_owner: true }
    }

    /// The author to be written into rows: the nil id stands for the command line.
    pub fn author(&self) -> PersonId {
        self.person.unwrap_or(PersonId(uuid::Uuid::nil()))
    }
}

impl App {
    /// May `actor` do that in `brand`? Says [`AppError::NotFound`] to strangers, so that nobody learns which brands exist.
    pub(crate) async fn enter(&self, actor: &Actor, brand: BrandId, action: Action) -> Result<Role, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, action).await
    }

    /// The same on a connection at hand.
    pub(crate) async fn enter_with(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        brand: BrandId,
        action: Action,
    ) -> Result<Role, AppError> {
        let role = match actor.person {
            Some(person) => members::role(conn, brand, person).await?.ok_or(AppError::NotFound)?,
            None => {
                sarafan_store::brands::get(conn, brand).await?;
                Role::Owner
            }
        };
        if member::may(role, action) { Ok(role) } else { Err(AppError::MayNot { action }) }
    }
}

/// Writes the audit log inside the caller's transaction.
pub(crate) async fn record(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    brand: Option<BrandId>,
    action: &str,
    subject: &str,
    detail: Value,
) -> Result<(), AppError> {
    debug_assert!(ACTIONS.contains(&action), "{action} is not in audit::ACTIONS and has no words");
    audit::insert(conn, brand, actor.person, action, subject, &detail, app.now()).await?;
    Ok(())
}
