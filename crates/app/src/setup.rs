//! The first minute of an installation: a one-time link makes the owner. Nothing here works once there is one.

use jiff::SignedDuration;
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_store::persons::PersonRow;
use sarafan_store::{Conn, brands, members, persons, settings};
use serde::{Deserialize, Serialize};
use serde_json::json;
use subtle::ConstantTimeEq;
use utoipa::ToSchema;

use crate::actor::record;
use crate::brands::HEIR;
use crate::persons::{NewPerson, Password, PersonView, check_email, new_row};
use crate::sessions::{SessionView, Token, Visitor, actor_of, digest};
use crate::{Actor, App, AppError};

/// The setting that holds the hash of the link's token, and until when it is good.
const TOKEN: &str = "setup.token";
/// So long a link is good.
const LASTS: SignedDuration = SignedDuration::from_hours(24);

/// What a browser must know before anybody signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SetupView {
    /// Is there nobody yet?
    pub needs_owner: bool,
    /// Is this a demonstration?
    pub demo: bool,
    /// Version of the program.
    pub version: String,
    /// Can there be passkeys at the address by which people reach it?
    pub passkeys: bool,
    /// The provider through which people may come in besides, by its name.
    pub provider: Option<String>,
    /// Are letters mailed here, such as a link for a new password?
    pub mails: bool,
    /// Languages of the interface.
    pub languages: Vec<Lang>,
}

/// The first person.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct NewOwner {
    /// E-mail address.
    pub email: String,
    /// As shown to others.
    pub name: String,
    /// Password.
    pub password: Password,
    /// Language of the interface.
    pub language: Lang,
}

impl NewOwner {
    fn into_person(self) -> NewPerson {
        NewPerson { name: self.name, password: self.password, language: self.language }
    }
}

#[derive(Serialize, Deserialize)]
struct Kept {
    hash: String,
    until: Timestamp,
}

impl App {
    /// What a browser must know before anybody signs in.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn setup_state(&self) -> Result<SetupView, AppError> {
        let count = persons::count(&mut *self.store().read().await?).await?;
        Ok(SetupView {
            needs_owner: count == 0,
            demo: self.config().demo,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            passkeys: crate::factors::passkeys_possible(&self.config().public_url),
            provider: self.config().provider.as_ref().map(|provider| provider.name.clone()),
            mails: self.mails(),
            languages: Lang::ALL.to_vec(),
        })
    }

    /// A link that makes the owner, good for a day and for one use; `None` where there is one. The link made before
    /// it is no longer good.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn setup_link(&self) -> Result<Option<String>, AppError> {
        if !self.setup_state().await?.needs_owner {
            return Ok(None);
        }
        let token = Token::fresh();
        let until = self.now().checked_add(LASTS).unwrap_or(Timestamp::MAX);
        let kept = serde_json::to_string(&Kept { hash: hex::encode(token.digest()), until })
            .map_err(|error| AppError::Broken(error.to_string()))?;
        self.store()
            .write(move |conn| {
                let kept = kept.clone();
                Box::pin(async move { settings::set(conn, TOKEN, &kept).await })
            })
            .await?;
        Ok(Some(format!("{}/setup?token={}", self.config().public_url, token.expose())))
    }

    /// Makes the owner and signs them in.
    ///
    /// # Errors
    /// [`AppError::Refused`] `setup-link-bad` for a wrong, used or old link; [`AppError::Invalid`] for bad fields.
    pub async fn make_owner(
        &self,
        token: &str,
        new: NewOwner,
        visitor: &Visitor,
    ) -> Result<(SessionView, Token), AppError> {
        let hash = digest(token);
        // Asked before anything is hashed, and once more inside the transaction.
        good_link(&mut *self.store().read().await?, &hash, self.now()).await?;
        let email = check_email(&new.email)?;
        let person = new_row(self, &email, new.into_person(), true).await?;
        let (app, who) = (self.clone(), person.clone());
        self.open_after(person, "setup", visitor, move |conn| {
            let (app, person, hash) = (app.clone(), who.clone(), hash.clone());
            Box::pin(async move {
                good_link(conn, &hash, app.now()).await?;
                settings::delete(conn, TOKEN).await?;
                insert_owner(conn, &app, &actor_of(&person), &person).await?;
                Ok(Vec::new())
            })
        })
        .await
    }

    /// Makes an installation owner, as whoever can read the data folder may, also where there is one already.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for bad fields or `email-taken`.
    pub async fn make_owner_at_command_line(&self, new: NewOwner) -> Result<PersonView, AppError> {
        let email = check_email(&new.email)?;
        let actor = Actor::command_line(new.language);
        let person = new_row(self, &email, new.into_person(), true).await?;
        let app = self.clone();
        let person = self
            .store()
            .write(move |conn| {
                let (app, actor, person) = (app.clone(), actor.clone(), person.clone());
                Box::pin(async move {
                    settings::delete(conn, TOKEN).await?;
                    insert_owner(conn, &app, &actor, &person).await?;
                    Ok::<_, AppError>(person)
                })
            })
            .await?;
        Ok(person.into())
    }
}

/// Is it the link that was printed last, in time, and is there still no owner?
async fn good_link(conn: &mut Conn, hash: &[u8], now: Timestamp) -> Result<(), AppError> {
    let kept: Option<Kept> = settings::get(conn, TOKEN).await?.and_then(|text| serde_json::from_str(&text).ok());
    let good = kept.is_some_and(|kept| {
        let equal: bool = kept.hash.as_bytes().ct_eq(hex::encode(hash).as_bytes()).into();
        equal && now < kept.until
    });
    if good && persons::count(conn).await? == 0 {
        Ok(())
    } else {
        Err(AppError::Refused(Problem::error("setup-link-bad", "token")))
    }
}

/// Adds the person, and makes them the owner of brands that have none: those made at the command line before.
async fn insert_owner(conn: &mut Conn, app: &App, actor: &Actor, person: &PersonRow) -> Result<(), AppError> {
    if persons::by_email(conn, &person.email).await?.is_some() {
        return Err(Problem::error("email-taken", "email").with("email", person.email.as_str()).into());
    }
    persons::insert(conn, person).await?;
    settings::set(conn, HEIR, &person.id.to_string()).await?;
    for brand in brands::all_ids(conn).await? {
        if members::count_owners(conn, brand).await? == 0 {
            members::put(conn, brand, person.id, Role::Owner, app.now()).await?;
        }
    }
    record(conn, app, actor, None, "person.owner", &person.id.to_string(), json!({})).await
}
