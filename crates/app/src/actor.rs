//! Who asks, and the gate every use case passes.

use sarafan_domain::id::{BrandId, PersonId, RunId, TokenId};
use sarafan_domain::language::Lang;
use sarafan_domain::member::{self, Action, Role};
use sarafan_domain::token::{self, Scope};
use sarafan_store::{Conn, audit, idempotency, members};
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
    /// The token of a program that acts for the person, and what it is narrowed to; `None` for the person themselves.
    pub grant: Option<Grant>,
    /// The run of a request that may be repeated, where it carries a key.
    pub run: Option<RunId>,
}

/// What a token leaves of the rights of its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Which token.
    pub token: TokenId,
    /// What it is allowed.
    pub scopes: Vec<Scope>,
    /// In which brands; `None` for all of its person.
    pub brands: Option<Vec<BrandId>>,
}

impl Actor {
    /// Somebody at the command line: whoever can read the data folder may do everything.
    pub fn command_line(language: Lang) -> Self {
        Self {
            person: None,
            name: "command line".to_owned(),
            language,
            installation_owner: true,
            grant: None,
            run: None,
        }
    }

    /// The author to be written into rows: the nil id stands for the command line.
    pub fn author(&self) -> PersonId {
        self.person.unwrap_or(PersonId(uuid::Uuid::nil()))
    }

    /// The person, for what is theirs alone: passwords, tokens, the ways to come in.
    ///
    /// # Errors
    /// [`AppError::NotForTokens`] where a program acts for them; [`AppError::SignedOut`] at the command line.
    pub fn in_person(&self) -> Result<PersonId, AppError> {
        match (&self.grant, self.person) {
            (Some(_), _) => Err(AppError::NotForTokens),
            (None, person) => person.ok_or(AppError::SignedOut),
        }
    }

    /// Is the brand one of those that the token is good for?
    pub(crate) fn reaches(&self, brand: BrandId) -> bool {
        let brands = self.grant.as_ref().and_then(|grant| grant.brands.as_ref());
        brands.is_none_or(|brands| brands.contains(&brand))
    }

    /// May this actor, who has that role, do that?
    pub(crate) fn may(&self, role: Role, action: Action) -> bool {
        member::may(role, action) && self.leaves(action)
    }

    /// Do the scopes of the token, if it is one, leave this action?
    pub(crate) fn leaves(&self, action: Action) -> bool {
        self.grant.as_ref().is_none_or(|grant| token::allows(&grant.scopes, action))
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
        if !actor.reaches(brand) {
            return Err(AppError::NotFound);
        }
        let role = match actor.person {
            Some(person) => members::role(conn, brand, person).await?.ok_or(AppError::NotFound)?,
            None => {
                sarafan_store::brands::get(conn, brand).await?;
                Role::Owner
            }
        };
        // Whoever is limited to some channels does nothing to the brand as a whole: not even lift the limit.
        if member::is_of_whole_brand(action) && self.limit_of(conn, actor, brand).await?.is_some() {
            return Err(AppError::MayNot { action });
        }
        if !member::may(role, action) {
            return Err(AppError::MayNot { action });
        }
        if !actor.leaves(action) {
            return Err(AppError::OutOfScope { scope: Scope::of(action) });
        }
        Ok(role)
    }
}

/// Writes the audit log inside the caller's transaction, and notes there that a request with a key has done something.
pub(crate) async fn record(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    brand: Option<BrandId>,
    action: &str,
    subject: &str,
    mut detail: Value,
) -> Result<(), AppError> {
    if let (Some(grant), Value::Object(detail)) = (&actor.grant, &mut detail) {
        detail.insert("token".to_owned(), grant.token.to_string().into());
    }
    if let Some(run) = actor.run {
        idempotency::acted(conn, run).await?;
    }
    note(conn, app, brand, actor.person, action, subject, &detail).await
}

/// Writes a line of the audit log for who is no actor: Sarafan itself, or somebody with a link.
pub(crate) async fn note(
    conn: &mut Conn,
    app: &App,
    brand: Option<BrandId>,
    person: Option<PersonId>,
    action: &str,
    subject: &str,
    detail: &Value,
) -> Result<(), AppError> {
    debug_assert!(ACTIONS.contains(&action), "{action} has no words: it is to be in audit::ACTIONS");
    Ok(audit::insert(conn, brand, person, action, subject, detail, app.now()).await?)
}
