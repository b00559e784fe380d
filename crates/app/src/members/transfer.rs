//! Handing a brand over: another member becomes its owner, and the one who had it a manager. At no moment the brand is
//! without an owner.

use sarafan_domain::id::{BrandId, PersonId};
use sarafan_domain::member::{Action, Role};
use sarafan_domain::problem::Problem;
use sarafan_store::{Conn, members, persons};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::MembersView;
use crate::actor::record;
use crate::live::Event;
use crate::persons::Password;
use crate::{Actor, App, AppError};

/// The password of the owner who hands the brand over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct TransferInput {
    /// The present password.
    pub password: Password,
}

impl App {
    /// Makes a member the owner in place of the one who asks.
    ///
    /// # Errors
    /// [`AppError::MayNot`] for who does not own the brand; [`AppError::NotFound`] for who is no member;
    /// [`AppError::Invalid`] `password-wrong`; [`AppError::Refused`] `transfer-self`.
    pub async fn transfer_brand(
        &self,
        actor: &Actor,
        brand: BrandId,
        to: PersonId,
        password: Password,
    ) -> Result<MembersView, AppError> {
        self.enter(actor, brand, Action::BrandTransfer).await?;
        let from = actor.in_person()?;
        let row = persons::get(&mut *self.store().read().await?, from).await?;
        self.confirm(&row, password, "password").await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    app.enter_with(conn, &who, brand, Action::BrandTransfer).await?;
                    hand_over(conn, &app, &who, brand, to, &[from]).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        self.list_members(actor, brand).await
    }

    /// Makes the member with this address the only owner: whoever sits at the machine may, also where every owner is gone.
    ///
    /// # Errors
    /// [`AppError::NotFound`] anywhere else; [`AppError::Invalid`] `person-unknown` for who is no member.
    pub async fn transfer_brand_at_command_line(
        &self,
        actor: &Actor,
        brand: BrandId,
        email: &str,
    ) -> Result<MembersView, AppError> {
        if actor.person.is_some() {
            return Err(AppError::NotFound);
        }
        self.enter(actor, brand, Action::BrandTransfer).await?;
        let to = self.whose(&mut *self.store().read().await?, actor, Some(email)).await?.id;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    let all = members::list(conn, brand).await?;
                    let owners = all.iter().filter(|row| row.role == Role::Owner && row.person != to);
                    let owners: Vec<PersonId> = owners.map(|row| row.person).collect();
                    hand_over(conn, &app, &who, brand, to, &owners).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        self.list_members(actor, brand).await
    }
}

async fn hand_over(
    conn: &mut Conn,
    app: &App,
    who: &Actor,
    brand: BrandId,
    to: PersonId,
    from: &[PersonId],
) -> Result<(), AppError> {
    if from.contains(&to) {
        return Err(AppError::Refused(Problem::error("transfer-self", "person")));
    }
    let old = members::role(conn, brand, to).await?.ok_or(AppError::NotFound)?;
    members::put(conn, brand, to, Role::Owner, app.now()).await?;
    for owner in from {
        members::put(conn, brand, *owner, Role::Manager, app.now()).await?;
    }
    let detail = json!({ "from": from, "to": to, "was": old.code() });
    record(conn, app, who, Some(brand), "brand.transfer", &brand.to_string(), detail).await
}
