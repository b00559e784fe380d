//! Second factors: what a person can show beside the password, adding and removing it, and the codes for the day on which
//! a device is lost.
//!
//! Whoever adds the first factor gets recovery codes; with the last one they go. Everything that makes a door wider or
//! narrower asks for the password, so that a stolen session cannot keep its owner out. How a sign-in asks for a factor is
//! in `sessions`.

use jiff::SignedDuration;
use sarafan_domain::id::{PasskeyId, PersonId};
use sarafan_domain::problem::Problem;
use sarafan_store::factors::{self, TotpRow};
use sarafan_store::persons::PersonRow;
use sarafan_store::secrets::{Place, Secret};
use sarafan_store::{Conn, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use webauthn_rs::prelude::PasskeyAuthentication;

use crate::actor::record;
use crate::persons::{Password, has_password};
use crate::sessions::{Proof, Way, end_all};
use crate::view::instant;
use crate::{Actor, App, AppError};

mod passkey;
mod recovery;
mod totp;

pub(crate) use passkey::possible as passkeys_possible;
pub use passkey::{PasskeyInput, PasskeyName, PasskeyQuestion, PasskeyView};
pub use totp::QrView;

/// A secret that nobody confirmed is good for this time.
const UNCONFIRMED: SignedDuration = SignedDuration::from_mins(30);

/// What a person has beside the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FactorsView {
    /// Since when an application makes codes; `null` where there is none.
    pub totp_since: Option<String>,
    /// The passkeys, oldest first.
    pub passkeys: Vec<PasskeyView>,
    /// Can there be passkeys at the address by which people reach this installation?
    pub passkeys_possible: bool,
    /// How many recovery codes are left.
    pub recovery_left: usize,
    /// Is a second step asked for at the sign-in?
    pub two_steps: bool,
    /// Does the person have a password? Who came in through a provider has none at first.
    pub has_password: bool,
}

/// The password of the person who asks.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Confirmation {
    /// The present password.
    pub password: Password,
}

/// A code of an application.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct CodeInput {
    /// Six digits.
    pub code: String,
}

/// An application that is being added: it is asked for only once its first code was given.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TotpSetup {
    /// The secret, to be typed where nothing can be scanned.
    pub secret: String,
    /// The secret as applications open it: `otpauth://totp/…`.
    pub url: String,
    /// The same as a picture.
    pub qr: QrView,
}

impl std::fmt::Debug for TotpSetup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TotpSetup(…)")
    }
}

/// What came of adding a factor.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FactorAdded {
    /// What the person has now.
    pub factors: FactorsView,
    /// Recovery codes, each for one use; shown this one time, with the first factor.
    pub recovery_codes: Option<Vec<String>>,
}

/// New recovery codes; all earlier ones are no longer good.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// Each for one use; shown this one time.
    pub codes: Vec<String>,
}

/// What was shown and is worth something, once it is taken.
#[derive(Debug, Clone)]
pub(crate) enum Shown {
    /// A code of the application, by its step.
    Totp(i64),
    /// The hash of a recovery code.
    Recovery(Vec<u8>),
    /// A passkey, with what its device now tells of it.
    Passkey(PasskeyId, String),
}

impl Shown {
    /// The word in the audit log.
    pub(crate) fn by(&self) -> &'static str {
        match self {
            Self::Totp(_) => "totp",
            Self::Recovery(_) => "recovery",
            Self::Passkey(..) => "passkey",
        }
    }
}

impl App {
    /// What the person has beside the password; at the command line what `email` has.
    ///
    /// # Errors
    /// [`AppError::NotForTokens`]; [`AppError::Invalid`] `person-unknown` at the command line.
    pub async fn factors(&self, actor: &Actor, email: Option<&str>) -> Result<FactorsView, AppError> {
        let mut conn = self.store().read().await?;
        let person = self.whose(&mut conn, actor, email).await?;
        view(&mut conn, self, person.id).await
    }

    /// Begins to add an application that makes codes.
    ///
    /// # Errors
    /// [`AppError::Refused`] `factor-already`; [`AppError::Invalid`] `password-wrong`.
    pub async fn begin_totp(&self, actor: &Actor, password: Password) -> Result<TotpSetup, AppError> {
        let person = self.confirmed(actor, password).await?;
        let secret = totp::fresh();
        let setup = totp::setup(&secret, &person.email, &self.config().public_url)?;
        let row = TotpRow {
            person: person.id,
            sealed: self.keyring().seal(place(&person.id.bytes()), &Secret::new(secret))?,
            made_at: self.now(),
            confirmed_at: None,
            last_step: 0,
        };
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, row) = (app.clone(), who.clone(), row.clone());
                Box::pin(async move {
                    if factors::totp(conn, row.person).await?.is_some_and(|old| old.confirmed_at.is_some()) {
                        return Err(AppError::Refused(Problem::error("factor-already", "totp")));
                    }
                    factors::put_totp(conn, &row).await?;
                    let detail = json!({ "factor": "totp" });
                    record(conn, &app, &who, None, "factor.begin", &row.person.to_string(), detail).await
                })
            })
            .await?;
        Ok(setup)
    }

    /// Adds the application once it made its first code.
    ///
    /// # Errors
    /// [`AppError::Refused`] `factor-begin-first`; [`AppError::Invalid`] `factor-code-wrong`; [`AppError::TooMany`].
    pub async fn confirm_totp(&self, actor: &Actor, code: &str) -> Result<FactorAdded, AppError> {
        let (id, now) = (actor.in_person()?, self.now());
        let person = sarafan_store::persons::get(&mut *self.store().read().await?, id).await?;
        let begun = factors::totp(&mut *self.store().read().await?, id).await?;
        let fresh = |row: &TotpRow| row.confirmed_at.is_none() && now.duration_since(row.made_at) < UNCONFIRMED;
        let row = begun.filter(fresh).ok_or_else(|| AppError::Refused(Problem::error("factor-begin-first", "code")))?;
        self.entrance().attempt_second(id, now)?;
        let step = self.step_of(&person, &row, code)?;
        let codes = recovery::fresh();
        let (app, who) = (self.clone(), actor.clone());
        let added = self
            .store()
            .write(move |conn| {
                let (app, who, codes) = (app.clone(), who.clone(), codes.clone());
                Box::pin(async move {
                    let first = ways(conn, id).await?.is_empty();
                    factors::confirm_totp(conn, id, now).await?;
                    factors::take_step(conn, id, step).await.map_err(wrong_code)?;
                    record(conn, &app, &who, None, "factor.add", &id.to_string(), json!({ "factor": "totp" })).await?;
                    added(conn, &app, id, first, codes).await
                })
            })
            .await?;
        self.entrance().second_succeeded(id);
        Ok(added)
    }

    /// Takes the application away.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`] `password-wrong`.
    pub async fn remove_totp(&self, actor: &Actor, password: Password) -> Result<FactorsView, AppError> {
        let id = self.confirmed(actor, password).await?.id;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    factors::delete_totp(conn, id).await?;
                    record(conn, &app, &who, None, "factor.remove", &id.to_string(), json!({ "factor": "totp" }))
                        .await?;
                    removed(conn, &app, id).await
                })
            })
            .await
    }

    /// Makes new recovery codes; all earlier ones are no longer good.
    ///
    /// # Errors
    /// [`AppError::Refused`] `factor-none` where there is no second step to recover; [`AppError::Invalid`]
    /// `password-wrong`.
    pub async fn renew_recovery_codes(&self, actor: &Actor, password: Password) -> Result<RecoveryCodes, AppError> {
        let id = self.confirmed(actor, password).await?.id;
        let codes = recovery::fresh();
        let (app, who, kept) = (self.clone(), actor.clone(), codes.clone());
        self.store()
            .write(move |conn| {
                let (app, who, codes) = (app.clone(), who.clone(), kept.clone());
                Box::pin(async move {
                    if ways(conn, id).await?.is_empty() {
                        return Err(AppError::Refused(Problem::error("factor-none", "recovery")));
                    }
                    factors::put_codes(conn, id, &recovery::hashes(&codes)).await?;
                    record(conn, &app, &who, None, "factor.codes", &id.to_string(), json!({})).await
                })
            })
            .await?;
        Ok(RecoveryCodes { codes })
    }

    /// Takes every second factor of `email` away and ends their sessions: for who has lost both device and codes. Only
    /// at the machine itself, where somebody has looked the person in the face.
    ///
    /// # Errors
    /// [`AppError::NotFound`] anywhere else; [`AppError::Invalid`] `person-unknown`.
    pub async fn reset_factors(&self, actor: &Actor, email: &str) -> Result<usize, AppError> {
        if actor.person.is_some() {
            return Err(AppError::NotFound);
        }
        let id = self.whose(&mut *self.store().read().await?, actor, Some(email)).await?.id;
        let (app, who) = (self.clone(), actor.clone());
        let ended = self
            .store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    factors::delete_all(conn, id).await?;
                    record(conn, &app, &who, None, "factor.reset", &id.to_string(), json!({})).await?;
                    end_all(conn, &app, &who, id, None).await
                })
            })
            .await?;
        self.entrance().forget_person(id);
        Ok(ended)
    }

    /// The person who asks, once they have said their password.
    async fn confirmed(&self, actor: &Actor, password: Password) -> Result<PersonRow, AppError> {
        let person = sarafan_store::persons::get(&mut *self.store().read().await?, actor.in_person()?).await?;
        self.confirm(&person, password, "password").await?;
        Ok(person)
    }

    /// Reads what was shown in the second step; whether it was used before is asked when it is taken.
    pub(crate) async fn read_proof(
        &self,
        person: &PersonRow,
        proof: &Proof,
        asked: Option<&PasskeyAuthentication>,
    ) -> Result<Shown, AppError> {
        match proof {
            Proof::Totp { code } => {
                let row = factors::totp(&mut *self.store().read().await?, person.id).await?;
                let row = row.filter(|row| row.confirmed_at.is_some());
                let row = row.ok_or_else(|| wrong_code(StoreError::NotFound))?;
                self.step_of(person, &row, code).map(Shown::Totp)
            }
            Proof::Recovery { code } => Ok(Shown::Recovery(recovery::hash(code))),
            Proof::Passkey { credential } => self.second_answer(person, asked, credential).await,
        }
    }

    fn step_of(&self, person: &PersonRow, row: &TotpRow, code: &str) -> Result<i64, AppError> {
        let secret = self.keyring().open(place(&row.person.bytes()), &row.sealed)?;
        let step = totp::step(secret.expose(), &person.email, code, self.now())?;
        step.ok_or_else(|| wrong_code(StoreError::NotFound))
    }
}

/// What the person can show in the second step; nothing where none is asked for.
pub(crate) async fn ways(conn: &mut Conn, person: PersonId) -> Result<Vec<Way>, AppError> {
    let totp = factors::totp(conn, person).await?.is_some_and(|row| row.confirmed_at.is_some());
    let mut ways = Vec::new();
    if totp {
        ways.push(Way::Totp);
    }
    if !factors::passkeys(conn, person).await?.is_empty() {
        ways.push(Way::Passkey);
    }
    if !ways.is_empty() && factors::codes_left(conn, person).await? > 0 {
        ways.push(Way::Recovery);
    }
    Ok(ways)
}

/// Takes what was shown inside the caller's transaction, so that it opens one session and no other.
pub(crate) async fn take(conn: &mut Conn, app: &App, person: &PersonRow, shown: &Shown) -> Result<(), AppError> {
    match shown {
        Shown::Passkey(id, credential) => {
            factors::use_passkey(conn, *id, credential, app.now()).await.map_err(passkey::gone)
        }
        Shown::Totp(step) => factors::take_step(conn, person.id, *step).await.map_err(wrong_code),
        Shown::Recovery(hash) => {
            factors::take_code(conn, person.id, hash, app.now()).await.map_err(wrong_code)?;
            let detail = json!({ "left": factors::codes_left(conn, person.id).await? });
            let who = crate::sessions::actor_of(person);
            record(conn, app, &who, None, "factor.recover", &person.id.to_string(), detail).await
        }
    }
}

async fn view(conn: &mut Conn, app: &App, person: PersonId) -> Result<FactorsView, AppError> {
    let totp = factors::totp(conn, person).await?;
    Ok(FactorsView {
        totp_since: totp.and_then(|row| row.confirmed_at).map(instant),
        passkeys: passkey::views(conn, person).await?,
        passkeys_possible: passkey::possible(&app.config().public_url),
        recovery_left: factors::codes_left(conn, person).await?,
        two_steps: !ways(conn, person).await?.is_empty(),
        has_password: has_password(&sarafan_store::persons::get(conn, person).await?),
    })
}

/// With the first factor come recovery codes.
async fn added(
    conn: &mut Conn,
    app: &App,
    person: PersonId,
    first: bool,
    codes: Vec<String>,
) -> Result<FactorAdded, AppError> {
    if first {
        factors::put_codes(conn, person, &recovery::hashes(&codes)).await?;
    }
    Ok(FactorAdded { factors: view(conn, app, person).await?, recovery_codes: first.then_some(codes) })
}

/// With the last factor the recovery codes go.
async fn removed(conn: &mut Conn, app: &App, person: PersonId) -> Result<FactorsView, AppError> {
    if ways(conn, person).await?.is_empty() {
        factors::delete_codes(conn, person).await?;
    }
    view(conn, app, person).await
}

fn place(person: &[u8]) -> Place<'_> {
    Place { table: "totp", id: person, column: "sealed" }
}

fn wrong_code(error: StoreError) -> AppError {
    match error {
        StoreError::NotFound => Problem::error("factor-code-wrong", "code").into(),
        other => other.into(),
    }
}
