//! Who works in a brand: the list, changing what somebody is, and taking somebody out. A brand keeps an owner.

use sarafan_domain::id::{BrandId, ChannelId, InvitationId, PersonId};
use sarafan_domain::member::{Action, Role, may_change_role};
use sarafan_domain::problem::Problem;
use sarafan_store::members::{self, MemberRow};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::letters::{self, Mailed};
use crate::live::Event;
use crate::view::instant;
use crate::{Actor, App, AppError};

pub(crate) mod invitation;
mod limit;
mod transfer;

pub use invitation::{InvitationInfo, InvitationInput};
pub use limit::LimitInput;
pub use transfer::TransferInput;

/// Everybody in a brand, and who was asked to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MembersView {
    /// The members by name.
    pub members: Vec<MemberView>,
    /// Open invitations, for those who may change members.
    pub invitations: Vec<InvitationView>,
}

/// A person in a brand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MemberView {
    /// Who.
    pub person: MemberPerson,
    /// What they are.
    pub role: Role,
    /// Since when.
    pub since: String,
    /// The channels they write for and send to; `null` for all.
    pub channels: Option<Vec<ChannelId>>,
}

impl From<MemberRow> for MemberView {
    fn from(row: MemberRow) -> Self {
        let person = MemberPerson { id: row.person, name: row.name, email: row.email };
        Self { person, role: row.role, since: instant(row.since), channels: row.channels }
    }
}

/// A person as their colleagues see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MemberPerson {
    /// Its id.
    pub id: PersonId,
    /// As shown to others.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// An invitation that nobody has taken yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct InvitationView {
    /// Its id.
    pub id: InvitationId,
    /// For whom.
    pub email: String,
    /// As what.
    pub role: Role,
    /// It cannot be taken after.
    pub expires_at: String,
    /// The link; shown once, when it is made.
    pub url: Option<String>,
    /// What became of the letter with the link; `None` where none was mailed.
    pub mailed: Option<Mailed>,
}

/// What somebody is to be.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
pub struct RoleInput {
    /// What they are to be.
    pub role: Role,
}

impl App {
    /// Everybody in a brand.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for strangers.
    pub async fn list_members(&self, actor: &Actor, brand: BrandId) -> Result<MembersView, AppError> {
        let mut conn = self.store().read().await?;
        let role = self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let rows = members::list(&mut conn, brand).await?;
        let changes = actor.may(role, Action::MemberChange);
        let invitations = if changes { members::invitations(&mut conn, brand).await? } else { Vec::new() };
        let about: Vec<_> = invitations.iter().map(|row| row.id.0).collect();
        let mailed = letters::mailed(&mut conn, brand, &about).await?;
        let now = self.now();
        Ok(MembersView {
            members: rows.into_iter().map(MemberView::from).collect(),
            invitations: invitations
                .into_iter()
                .filter(|row| row.expires_at > now)
                .map(|row| invitation::view(&row, None, mailed.get(&row.id.0).copied()))
                .collect(),
        })
    }

    /// Changes what a member is.
    ///
    /// # Errors
    /// [`AppError::MayNot`] where a manager touches an owner; [`AppError::Refused`] `last-owner`.
    pub async fn change_role(
        &self,
        actor: &Actor,
        brand: BrandId,
        person: PersonId,
        role: Role,
    ) -> Result<MemberView, AppError> {
        self.enter(actor, brand, Action::MemberChange).await?;
        self.change_member(actor, brand, person, Some(role)).await?;
        let rows = members::list(&mut *self.store().read().await?, brand).await?;
        rows.into_iter().find(|row| row.person == person).map(MemberView::from).ok_or(AppError::NotFound)
    }

    /// Takes a member out of the brand. Everybody may take themselves out.
    ///
    /// # Errors
    /// [`AppError::MayNot`] where a manager touches an owner; [`AppError::Refused`] `last-owner`.
    pub async fn remove_member(&self, actor: &Actor, brand: BrandId, person: PersonId) -> Result<(), AppError> {
        let leaves = actor.person == Some(person) && actor.grant.is_none();
        let action = if leaves { Action::Read } else { Action::MemberChange };
        self.enter(actor, brand, action).await?;
        self.change_member(actor, brand, person, None).await
    }

    /// Gives `new` to a member, or takes the membership away.
    async fn change_member(
        &self,
        actor: &Actor,
        brand: BrandId,
        person: PersonId,
        new: Option<Role>,
    ) -> Result<(), AppError> {
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    let old = members::role(conn, brand, person).await?.ok_or(AppError::NotFound)?;
                    let leaves = new.is_none() && who.person == Some(person);
                    let own = app.enter_with(conn, &who, brand, Action::Read).await?;
                    if !leaves && !may_change_role(own, Some(old), new) {
                        return Err(AppError::MayNot { action: Action::MemberChange });
                    }
                    let last = old == Role::Owner && members::count_owners(conn, brand).await? <= 1;
                    if last && new != Some(Role::Owner) {
                        return Err(AppError::Refused(Problem::error("last-owner", "role")));
                    }
                    match new {
                        Some(role) => members::put(conn, brand, person, role, app.now()).await?,
                        None => members::delete(conn, brand, person).await?,
                    }
                    let action = if new.is_some() { "member.change" } else { "member.remove" };
                    let detail = json!({ "from": old.code(), "to": new.map(Role::code) });
                    record(conn, &app, &who, Some(brand), action, &person.to_string(), detail).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        Ok(())
    }
}
