//! Passkeys (WebAuthn): adding one, and what a device answers when it is asked for one. A device always checks its
//! person (fingerprint, face, PIN), so that a passkey alone is two factors.
//!
//! Between question and answer the state is kept in the database, for ten minutes and one answer.

use sarafan_domain::id::{PasskeyId, PersonId};
use sarafan_domain::problem::Problem;
use sarafan_store::factors::{self, PasskeyRow};
use sarafan_store::persons::PersonRow;
use sarafan_store::{Conn, StoreError, challenges, persons};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;
use utoipa::ToSchema;
use webauthn_rs::prelude::{
    CreationChallengeResponse, DiscoverableAuthentication, Passkey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Webauthn, WebauthnBuilder,
};
use webauthn_rs_proto::ResidentKeyRequirement;

use super::{FactorAdded, FactorsView, Shown, added, removed, view, ways};
use crate::actor::record;
use crate::persons::{Password, check_name};
use crate::sessions::{SessionView, Token, Visitor, begin_challenge, over};
use crate::view::instant;
use crate::{Actor, App, AppError};

/// A passkey is being added.
const ADDING: &str = "passkey.add";
/// Somebody who has not said who they are signs in.
const ENTERING: &str = "passkey.enter";
/// So many passkeys a person can have.
const MOST: usize = 20;

/// A passkey of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PasskeyView {
    /// Its id.
    pub id: PasskeyId,
    /// As the person calls it.
    pub name: String,
    /// When it was added.
    pub created_at: String,
    /// Last used.
    pub used_at: Option<String>,
}

impl From<PasskeyRow> for PasskeyView {
    fn from(row: PasskeyRow) -> Self {
        Self { id: row.id, name: row.name, created_at: instant(row.created_at), used_at: row.used_at.map(instant) }
    }
}

/// A question to a device.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PasskeyQuestion {
    /// To be sent with the answer.
    pub challenge: String,
    /// What `navigator.credentials` is given, its bytes in base64url.
    #[schema(value_type = Object)]
    pub options: Value,
}

/// A passkey that a device has made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct PasskeyInput {
    /// As the question said.
    pub challenge: String,
    /// As the person calls it.
    pub name: String,
    /// What the device answered, its bytes in base64url.
    #[schema(value_type = Object)]
    pub credential: Value,
}

/// Another name for a passkey.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct PasskeyName {
    /// As the person calls it.
    pub name: String,
}

impl App {
    /// Begins to add a passkey.
    ///
    /// # Errors
    /// [`AppError::Invalid`] `password-wrong`; [`AppError::Refused`] `passkey-address` where people reach us by a number.
    pub async fn begin_passkey(&self, actor: &Actor, password: Password) -> Result<PasskeyQuestion, AppError> {
        let person = self.confirmed(actor, password).await?;
        let own = factors::passkeys(&mut *self.store().read().await?, person.id).await?;
        if own.len() >= MOST {
            return Err(Problem::error("passkeys-too-many", "name").with("max", MOST).into());
        }
        let known = own.iter().map(|row| row.credential_id.clone()).collect();
        let (mut options, state) = webauthn(&self.config().public_url)?
            .start_passkey_registration(person.id.0, &person.email, &person.name, Some(known))
            .map_err(broken)?;
        discoverable(&mut options);
        let challenge = begin_challenge(self, ADDING, Some(person.id), &state).await?;
        Ok(PasskeyQuestion { challenge, options: json(&options)? })
    }

    /// Adds the passkey that the device has made.
    ///
    /// # Errors
    /// [`AppError::Refused`] `sign-in-over`; [`AppError::Invalid`] `passkey-bad` for an answer to another question, or a
    /// passkey that is known already.
    pub async fn add_passkey(&self, actor: &Actor, input: PasskeyInput) -> Result<FactorAdded, AppError> {
        let (id, now) = (actor.in_person()?, self.now());
        let name = check_name(&input.name)?;
        let hash = crate::sessions::digest(&input.challenge);
        let begun = challenges::get(&mut *self.store().read().await?, ADDING, &hash, now).await?;
        let begun = begun.filter(|row| row.person == Some(id)).ok_or_else(over)?;
        let state: PasskeyRegistration = read(&begun.state)?;
        let answer: RegisterPublicKeyCredential = answered(input.credential)?;
        let passkey =
            webauthn(&self.config().public_url)?.finish_passkey_registration(&answer, &state).map_err(|_| bad())?;
        let row = PasskeyRow {
            id: self.new_id(),
            person: id,
            credential_id: passkey.cred_id().to_vec(),
            name,
            credential: serde_json::to_string(&passkey).map_err(broken)?,
            created_at: now,
            used_at: None,
        };
        let codes = super::recovery::fresh();
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, row) = (app.clone(), who.clone(), row.clone());
                let (hash, codes) = (hash.clone(), codes.clone());
                Box::pin(async move {
                    challenges::take(conn, &hash).await.map_err(gone)?;
                    let first = ways(conn, id).await?.is_empty();
                    factors::add_passkey(conn, &row).await.map_err(|error| match error {
                        StoreError::Conflict { .. } => bad(),
                        other => other.into(),
                    })?;
                    let detail = json!({ "factor": "passkey", "name": row.name, "passkey": row.id });
                    record(conn, &app, &who, None, "factor.add", &id.to_string(), detail).await?;
                    added(conn, &app, id, first, codes).await
                })
            })
            .await
    }

    /// Gives a passkey another name.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for somebody else's too; [`AppError::Invalid`] for an empty name.
    pub async fn name_passkey(&self, actor: &Actor, passkey: PasskeyId, name: &str) -> Result<FactorsView, AppError> {
        let (id, name) = (actor.in_person()?, check_name(name)?);
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, name) = (app.clone(), who.clone(), name.clone());
                Box::pin(async move {
                    factors::name_passkey(conn, id, passkey, &name).await?;
                    let detail = json!({ "passkey": passkey, "name": name });
                    record(conn, &app, &who, None, "factor.name", &id.to_string(), detail).await?;
                    view(conn, &app, id).await
                })
            })
            .await
    }

    /// Takes a passkey away.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for somebody else's too; [`AppError::Invalid`] `password-wrong`.
    pub async fn remove_passkey(
        &self,
        actor: &Actor,
        passkey: PasskeyId,
        password: Password,
    ) -> Result<FactorsView, AppError> {
        let id = self.confirmed(actor, password).await?.id;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    factors::delete_passkey(conn, id, passkey).await?;
                    let detail = json!({ "factor": "passkey", "passkey": passkey });
                    record(conn, &app, &who, None, "factor.remove", &id.to_string(), detail).await?;
                    removed(conn, &app, id).await
                })
            })
            .await
    }

    /// Asks whatever device is there for a passkey of ours, without knowing whose.
    ///
    /// # Errors
    /// [`AppError::TooMany`] from one place; [`AppError::Refused`] `passkey-address`.
    pub async fn ask_for_passkey(&self, visitor: &Visitor) -> Result<PasskeyQuestion, AppError> {
        self.entrance().begin_unnamed(&visitor.address, self.now())?;
        let (mut options, state) =
            webauthn(&self.config().public_url)?.start_discoverable_authentication().map_err(broken)?;
        // Somebody presses a button: the browser shows its dialog, not an entry of a form.
        options.mediation = None;
        let challenge = begin_challenge(self, ENTERING, None, &state).await?;
        Ok(PasskeyQuestion { challenge, options: json(&options)? })
    }

    /// Signs in whoever shows a passkey: the device has checked its person, so nothing more is asked for.
    ///
    /// # Errors
    /// [`AppError::Refused`] `sign-in-over`; [`AppError::Invalid`] `passkey-bad`, also for one that was removed.
    pub async fn enter_by_passkey(
        &self,
        challenge: &str,
        credential: Value,
        visitor: &Visitor,
    ) -> Result<(SessionView, Token), AppError> {
        let hash = crate::sessions::digest(challenge);
        let begun = challenges::get(&mut *self.store().read().await?, ENTERING, &hash, self.now()).await?;
        let state: DiscoverableAuthentication = read(&begun.ok_or_else(over)?.state)?;
        let answer: PublicKeyCredential = answered(credential)?;
        let webauthn = webauthn(&self.config().public_url)?;
        let (person, device_id) = webauthn.identify_discoverable_authentication(&answer).map_err(|_| bad())?;
        let (person, row) = {
            let mut conn = self.store().read().await?;
            let own = factors::passkeys(&mut conn, PersonId(person)).await?;
            let row = own.into_iter().find(|row| row.credential_id == device_id).ok_or_else(bad)?;
            (persons::get(&mut conn, row.person).await?, row)
        };
        let mut passkey: Passkey = read(&row.credential)?;
        let result = webauthn.finish_discoverable_authentication_v2(&answer, state, &passkey).map_err(|_| bad())?;
        passkey.update_credential(&result);
        let shown = Shown::Passkey(row.id, serde_json::to_string(&passkey).map_err(broken)?);
        self.enter_with_shown(hash, person, shown, None, visitor).await
    }

    /// Asks for a passkey of this person in the second step; `None` where there is none.
    pub(crate) async fn second_question(
        &self,
        person: PersonId,
    ) -> Result<Option<(Value, PasskeyAuthentication)>, AppError> {
        let own = factors::passkeys(&mut *self.store().read().await?, person).await?;
        let known = own.iter().map(|row| read(&row.credential)).collect::<Result<Vec<Passkey>, _>>()?;
        if known.is_empty() {
            return Ok(None);
        }
        let (options, state) =
            webauthn(&self.config().public_url)?.start_passkey_authentication(&known).map_err(broken)?;
        Ok(Some((json(&options)?, state)))
    }

    /// Reads the answer of the second step.
    pub(crate) async fn second_answer(
        &self,
        person: &PersonRow,
        state: Option<&PasskeyAuthentication>,
        credential: &Value,
    ) -> Result<Shown, AppError> {
        let answer: PublicKeyCredential = answered(credential.clone())?;
        let result = webauthn(&self.config().public_url)?
            .finish_passkey_authentication(&answer, state.ok_or_else(bad)?)
            .map_err(|_| bad())?;
        let own = factors::passkeys(&mut *self.store().read().await?, person.id).await?;
        let row = own.into_iter().find(|row| row.credential_id == result.cred_id().as_slice()).ok_or_else(bad)?;
        let mut passkey: Passkey = read(&row.credential)?;
        passkey.update_credential(&result);
        Ok(Shown::Passkey(row.id, serde_json::to_string(&passkey).map_err(broken)?))
    }
}

/// The passkeys of a person as they see them.
pub(super) async fn views(conn: &mut Conn, person: PersonId) -> Result<Vec<PasskeyView>, AppError> {
    Ok(factors::passkeys(conn, person).await?.into_iter().map(PasskeyView::from).collect())
}

/// Can there be passkeys at the address by which people reach us? Browsers want a name and, but for this very machine,
/// https.
pub(crate) fn possible(public_url: &str) -> bool {
    webauthn(public_url).is_ok()
}

fn webauthn(public_url: &str) -> Result<Webauthn, AppError> {
    let refused = || AppError::Refused(Problem::error("passkey-address", "address"));
    let url = Url::parse(public_url).map_err(|_| refused())?;
    let name = url.domain().ok_or_else(refused)?;
    if url.scheme() != "https" && name != "localhost" {
        return Err(refused());
    }
    WebauthnBuilder::new(name, &url).and_then(|builder| builder.rp_name("Sarafan").build()).map_err(|_| refused())
}

/// A passkey that the device keeps itself opens the door without an address being typed.
fn discoverable(options: &mut CreationChallengeResponse) {
    if let Some(wanted) = &mut options.public_key.authenticator_selection {
        wanted.resident_key = Some(ResidentKeyRequirement::Preferred);
    }
}

fn read<T: DeserializeOwned>(kept: &str) -> Result<T, AppError> {
    serde_json::from_str(kept).map_err(broken)
}

fn json(value: &impl Serialize) -> Result<Value, AppError> {
    serde_json::to_value(value).map_err(broken)
}

fn answered<T: DeserializeOwned>(credential: Value) -> Result<T, AppError> {
    serde_json::from_value(credential).map_err(|_| bad())
}

fn bad() -> AppError {
    Problem::error("passkey-bad", "credential").into()
}

pub(super) fn gone(error: StoreError) -> AppError {
    match error {
        StoreError::NotFound => over(),
        other => other.into(),
    }
}

fn broken(error: impl std::fmt::Display) -> AppError {
    AppError::Broken(format!("a passkey: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_a_name_and_https() {
        let rows = [
            ("https://smm.example", true),
            ("https://smm.example:8443", true),
            ("http://localhost:8080", true),
            ("http://smm.example", false),
            ("https://203.0.113.7", false),
            ("http://127.0.0.1:8080", false),
            ("nonsense", false),
        ];
        for (address, expected) in rows {
            assert_eq!(possible(address), expected, "{address}");
        }
    }
}
