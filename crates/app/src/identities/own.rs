//! The accounts elsewhere that open a person's door here: listing, unlinking, and allowing one again.
//!
//! One that was unlinked is remembered. Otherwise its next sign-in would link it anew by the address that the provider
//! vouches for, and whoever unlinks an account that is no longer theirs would gain nothing.

use sarafan_domain::problem::Problem;
use sarafan_store::identities::{self, IdentityRow};
use sarafan_store::persons::PersonRow;
use sarafan_store::{Conn, factors};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::persons::{Password, has_password};
use crate::view::instant;
use crate::{Actor, App, AppError};

/// An account elsewhere as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct IdentityView {
    /// The provider, as it calls itself.
    pub issuer: String,
    /// Its own name for the person.
    pub subject: String,
    /// What people call the provider; its address where the settings name another one by now.
    pub name: String,
    /// Since when it opens the door.
    pub linked_at: String,
    /// Since when it opens nothing any more.
    pub unlinked_at: Option<String>,
}

/// One of one's own accounts elsewhere, and the password.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct IdentityInput {
    /// The provider, as the list says it.
    pub issuer: String,
    /// Its own name for the person, as the list says it.
    pub subject: String,
    /// The present password.
    pub password: Password,
}

/// Whose account, and who says so.
#[derive(Debug, Clone)]
pub enum OfWhom {
    /// Of the person who asks, with their password.
    Own(Password),
    /// Of whoever has this address: only at the machine itself.
    Of(String),
}

impl App {
    /// The accounts elsewhere of the person, at the command line of `email`.
    ///
    /// # Errors
    /// [`AppError::NotForTokens`]; [`AppError::Invalid`] `person-unknown` at the command line.
    pub async fn identities(&self, actor: &Actor, email: Option<&str>) -> Result<Vec<IdentityView>, AppError> {
        let mut conn = self.store().read().await?;
        let person = self.whose(&mut conn, actor, email).await?;
        let rows = identities::of_person(&mut conn, person.id).await?;
        Ok(rows.into_iter().map(|row| self.identity_view(row)).collect())
    }

    /// From now on the account elsewhere opens nothing here.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for somebody else's too; [`AppError::Refused`] `identity-last` where there is no other way
    /// to come in; [`AppError::Invalid`] `password-none`, `password-wrong`.
    pub async fn unlink_identity(
        &self,
        actor: &Actor,
        issuer: &str,
        subject: &str,
        whom: OfWhom,
    ) -> Result<Vec<IdentityView>, AppError> {
        let person = self.holder(actor, issuer, subject, &whom).await?;
        if !self.has_another_way(&mut *self.store().read().await?, &person, issuer, subject).await? {
            return Err(AppError::Refused(Problem::error("identity-last", "password")));
        }
        self.confirmed_by(&person, whom).await?;
        let (app, who, of) = (self.clone(), actor.clone(), person.clone());
        let (issuer, subject) = (issuer.to_owned(), subject.to_owned());
        self.store()
            .write(move |conn| {
                let (app, who, of) = (app.clone(), who.clone(), of.clone());
                let (issuer, subject) = (issuer.clone(), subject.clone());
                Box::pin(async move {
                    // Of two at the same moment, the second one finds the last way.
                    if !app.has_another_way(conn, &of, &issuer, &subject).await? {
                        return Err(AppError::Refused(Problem::error("identity-last", "password")));
                    }
                    identities::unlink(conn, of.id, &issuer, &subject, app.now()).await?;
                    let detail = json!({ "issuer": issuer, "subject": subject });
                    record(conn, &app, &who, None, "identity.unlink", &of.id.to_string(), detail).await
                })
            })
            .await?;
        self.identities(actor, Some(&person.email)).await
    }

    /// An account that was unlinked may be linked again: its next sign-in is that of a stranger.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for somebody else's too, and for one that was not unlinked; [`AppError::Invalid`]
    /// `password-none`, `password-wrong`.
    pub async fn allow_identity(
        &self,
        actor: &Actor,
        issuer: &str,
        subject: &str,
        whom: OfWhom,
    ) -> Result<Vec<IdentityView>, AppError> {
        let person = self.holder(actor, issuer, subject, &whom).await?;
        self.confirmed_by(&person, whom).await?;
        let (app, who, id) = (self.clone(), actor.clone(), person.id);
        let (issuer, subject) = (issuer.to_owned(), subject.to_owned());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                let (issuer, subject) = (issuer.clone(), subject.clone());
                Box::pin(async move {
                    identities::forget(conn, id, &issuer, &subject).await?;
                    let detail = json!({ "issuer": issuer, "subject": subject });
                    record(conn, &app, &who, None, "identity.allow", &id.to_string(), detail).await
                })
            })
            .await?;
        self.identities(actor, Some(&person.email)).await
    }

    /// The person who has this account elsewhere, if it is they who ask.
    async fn holder(&self, actor: &Actor, issuer: &str, subject: &str, whom: &OfWhom) -> Result<PersonRow, AppError> {
        let email = match whom {
            OfWhom::Own(_) => actor.in_person().map(|_| None)?,
            OfWhom::Of(_) if actor.person.is_some() => return Err(AppError::NotFound),
            OfWhom::Of(email) => Some(email.as_str()),
        };
        let mut conn = self.store().read().await?;
        let person = self.whose(&mut conn, actor, email).await?;
        let row = identities::get(&mut conn, issuer, subject).await?;
        row.filter(|row| row.person == person.id).map(|_| person).ok_or(AppError::NotFound)
    }

    async fn confirmed_by(&self, person: &PersonRow, whom: OfWhom) -> Result<(), AppError> {
        match whom {
            OfWhom::Own(password) => self.confirm(person, password, "password").await,
            OfWhom::Of(_) => Ok(()),
        }
    }

    /// Is there a way to come in beside this account? One of a provider that the settings name no longer is none.
    async fn has_another_way(
        &self,
        conn: &mut Conn,
        person: &PersonRow,
        issuer: &str,
        subject: &str,
    ) -> Result<bool, AppError> {
        if has_password(person) || !factors::passkeys(conn, person.id).await?.is_empty() {
            return Ok(true);
        }
        let named = self.config().provider.as_ref().map(|provider| provider.issuer.as_str());
        let rows = identities::of_person(conn, person.id).await?;
        Ok(rows.iter().any(|row| {
            let opens = row.unlinked_at.is_none() && Some(row.issuer.as_str()) == named;
            opens && (row.issuer.as_str(), row.subject.as_str()) != (issuer, subject)
        }))
    }

    fn identity_view(&self, row: IdentityRow) -> IdentityView {
        let provider = self.config().provider.as_ref().filter(|provider| provider.issuer == row.issuer);
        IdentityView {
            name: provider.map_or_else(|| row.issuer.clone(), |provider| provider.name.clone()),
            issuer: row.issuer,
            subject: row.subject,
            linked_at: instant(row.linked_at),
            unlinked_at: row.unlinked_at.map(instant),
        }
    }
}
