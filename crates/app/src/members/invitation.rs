//! Invitations: a link for one address, one brand and one role, good for a week and for one use.

use jiff::SignedDuration;
use sarafan_domain::id::{BrandId, InvitationId};
use sarafan_domain::language::Lang;
use sarafan_domain::member::{Action, Role, may_change_role};
use sarafan_domain::notice::Kind;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_store::members::InvitationRow;
use sarafan_store::persons::PersonRow;
use sarafan_store::{Conn, StoreError, brands, letters, members, persons};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::InvitationView;
use crate::actor::record;
use crate::letters::{Envelope, Letter, Mailed};
use crate::live::Event;
use crate::notices::{self, Leads, Told};
use crate::persons::{NewPerson, check_email, new_row};
use crate::sessions::{Entry, Token, Visitor, actor_of, digest};
use crate::view::instant;
use crate::{Actor, App, AppError};

/// So long an invitation is good.
const LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// So many open invitations a brand can have.
const MOST: usize = 200;

/// Whom to invite.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct InvitationInput {
    /// Address.
    pub email: String,
    /// As what.
    pub role: Role,
}

/// What somebody with the link sees before they come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct InvitationInfo {
    /// Name of the brand.
    pub brand: String,
    /// For whom.
    pub email: String,
    /// As what.
    pub role: Role,
    /// Has this address an account already? Its password is asked for then, and no name.
    pub person_exists: bool,
}

impl App {
    /// Invites somebody. The link is in the answer, and in a letter where this installation mails; an earlier one for
    /// the same address is no longer good.
    ///
    /// # Errors
    /// [`AppError::MayNot`] where a manager invites an owner; [`AppError::Invalid`] for a bad address or a member.
    pub async fn invite(
        &self,
        actor: &Actor,
        brand: BrandId,
        input: InvitationInput,
    ) -> Result<InvitationView, AppError> {
        let own = self.enter(actor, brand, Action::MemberChange).await?;
        if !may_change_role(own, None, Some(input.role)) {
            return Err(AppError::MayNot { action: Action::MemberChange });
        }
        let email = check_email(&input.email)?;
        let (token, now) = (Token::fresh(), self.now());
        let row = InvitationRow {
            id: self.new_id(),
            brand,
            token_hash: token.digest(),
            email,
            role: input.role,
            created_by: actor.author(),
            created_at: now,
            expires_at: now.checked_add(LASTS).unwrap_or(Timestamp::MAX),
        };
        let url = format!("{}/invitations/{}", self.config().public_url, token.expose());
        let (app, who, link) = (self.clone(), actor.clone(), url.clone());
        let (row, mailed) = self
            .store()
            .write(move |conn| {
                let (app, who, row, link) = (app.clone(), who.clone(), row.clone(), link.clone());
                Box::pin(async move {
                    if members::list(conn, brand).await?.iter().any(|member| member.email == row.email) {
                        return Err(Problem::error("member-already", "email").with("email", row.email).into());
                    }
                    let open = members::invitations(conn, brand).await?;
                    let (gone, open): (Vec<_>, Vec<_>) =
                        open.into_iter().partition(|old| old.email == row.email || old.expires_at <= now);
                    if open.len() >= MOST {
                        return Err(Problem::error("invitations-too-many", "email").with("max", MOST).into());
                    }
                    for old in gone {
                        forget(conn, brand, old.id).await?;
                    }
                    members::invite(conn, &row).await?;
                    let detail = json!({ "email": row.email, "role": row.role.code() });
                    record(conn, &app, &who, Some(brand), "member.invite", &row.id.to_string(), detail).await?;
                    let mailed = mail(conn, &app, &who, &row, link).await?;
                    Ok::<_, AppError>((row, mailed))
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        Ok(view(&row, Some(url), mailed))
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn withdraw_invitation(&self, actor: &Actor, brand: BrandId, id: InvitationId) -> Result<(), AppError> {
        self.enter(actor, brand, Action::MemberChange).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    forget(conn, brand, id).await?;
                    record(conn, &app, &who, Some(brand), "member.withdraw", &id.to_string(), json!({})).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        Ok(())
    }

    /// What the link of an invitation offers.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a wrong, used, withdrawn or old link.
    pub async fn invitation(&self, token: &str) -> Result<InvitationInfo, AppError> {
        let mut conn = self.store().read().await?;
        let row = members::invitation_by_token(&mut conn, &digest(token), self.now()).await?;
        let row = row.ok_or(AppError::NotFound)?;
        Ok(InvitationInfo {
            brand: brands::get(&mut conn, row.brand).await?.name,
            person_exists: persons::by_email(&mut conn, &row.email).await?.is_some(),
            email: row.email,
            role: row.role,
        })
    }

    /// Takes an invitation: a new person, or one who proves the password of the invited address, becomes a member
    /// and is signed in; where the person has a second step, only after it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] as [`App::invitation`]; [`AppError::Invalid`] for bad fields or a wrong password;
    /// [`AppError::TooMany`] as [`App::sign_in`].
    pub async fn accept_invitation(&self, token: &str, new: NewPerson, visitor: &Visitor) -> Result<Entry, AppError> {
        let info = self.invitation(token).await?;
        let hash = digest(token);
        let (person, is_new) = if info.person_exists {
            let person = self.prove(&info.email, new.password, visitor).await?;
            if let Some(step) = self.second_step_of(&person, Some(&hash)).await? {
                return Ok(Entry::Second(step));
            }
            (person, false)
        } else {
            (new_row(self, &info.email, new, false).await?, true)
        };
        let (app, who) = (self.clone(), person.clone());
        let opened = self.open_after(person, "invitation", visitor, move |conn| {
            let (app, person, hash) = (app.clone(), who.clone(), hash.clone());
            Box::pin(async move {
                if is_new {
                    persons::insert(conn, &person).await.map_err(taken)?;
                }
                Ok(vec![join(conn, &app, &person, &hash).await?])
            })
        });
        opened.await.map(|(view, token)| Entry::opened(view, token))
    }
}

/// Makes the person a member as the invitation says, inside the caller's transaction.
///
/// # Errors
/// [`AppError::NotFound`] where it was taken or withdrawn meanwhile.
pub(crate) async fn join(conn: &mut Conn, app: &App, person: &PersonRow, hash: &[u8]) -> Result<BrandId, AppError> {
    let row = members::invitation_by_token(conn, hash, app.now()).await?.ok_or(AppError::NotFound)?;
    if members::role(conn, row.brand, person.id).await?.is_none() {
        members::put(conn, row.brand, person.id, row.role, app.now()).await?;
    }
    members::delete_invitation(conn, row.brand, row.id).await?;
    let detail = json!({ "role": row.role.code(), "invitation": row.id });
    let who = actor_of(person);
    record(conn, app, &who, Some(row.brand), "member.join", &person.id.to_string(), detail).await?;
    joined(conn, app, &who, row.brand).await?;
    Ok(row.brand)
}

/// Whoever looks after the members hears of somebody new.
async fn joined(conn: &mut Conn, app: &App, who: &Actor, brand: BrandId) -> Result<(), AppError> {
    let told = Told { who: who.name.clone(), what: who.name.clone(), words: String::new(), leads: Leads::Members };
    let all = notices::everybody(conn, brand).await?;
    notices::tell(conn, app, brand, all, who.person, Kind::MemberJoined, &told).await
}

/// Somebody made the account a moment ago: the page is to be loaded again.
fn taken(error: StoreError) -> AppError {
    match error {
        StoreError::Conflict { what: "email" } => AppError::Conflict,
        other => other.into(),
    }
}

/// An invitation is no longer good, and its letter is not mailed if that can still be helped.
async fn forget(conn: &mut Conn, brand: BrandId, id: InvitationId) -> Result<(), AppError> {
    members::delete_invitation(conn, brand, id).await?;
    Ok(letters::take_back(conn, brand, id.0).await?)
}

/// Mails the link, in the language of whoever is known by the address, else in that of the brand.
async fn mail(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    row: &InvitationRow,
    link: String,
) -> Result<Option<Mailed>, AppError> {
    let brand = brands::get(conn, row.brand).await?;
    let known = persons::by_email(conn, &row.email).await?;
    let envelope = Envelope {
        brand: Some(row.brand),
        to: row.email.clone(),
        language: known.map_or_else(|| Lang::parse(&brand.language).unwrap_or_default(), |person| person.language),
        about: Some(row.id.0),
        expires_at: row.expires_at,
    };
    let letter = Letter::Invitation { brand: brand.name, by: actor.name.clone(), link, days: LASTS.as_hours() / 24 };
    Ok(crate::letters::send(conn, app, envelope, &letter).await?.map(|_| Mailed::Waiting))
}

pub(super) fn view(row: &InvitationRow, url: Option<String>, mailed: Option<Mailed>) -> InvitationView {
    InvitationView {
        id: row.id,
        email: row.email.clone(),
        role: row.role,
        expires_at: instant(row.expires_at),
        url,
        mailed,
    }
}
