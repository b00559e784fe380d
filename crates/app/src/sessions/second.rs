//! The second step of a sign-in: whoever proved a password shows something more before a session is opened.
//!
//! Between the steps the browser carries a token of its own, good for ten minutes and for one session. Wrong codes are
//! counted per person, because whoever comes so far knows the password.

use jiff::SignedDuration;
use sarafan_domain::id::PersonId;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_store::challenges::{self, ChallengeRow};
use sarafan_store::persons::PersonRow;
use sarafan_store::{Conn, StoreError, persons};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use webauthn_rs::prelude::PasskeyAuthentication;

use super::{SessionView, Token, Visitor, digest};
use crate::factors::{self, Shown};
use crate::members::invitation::join;
use crate::view::instant;
use crate::{App, AppError};

/// What the token is good for.
const KIND: &str = "second";
/// So long the first step is remembered.
const LASTS: SignedDuration = SignedDuration::from_mins(10);

/// How a sign-in went on.
#[derive(Debug)]
pub enum Entry {
    /// They are in.
    In(Box<SessionView>, Token),
    /// Something more is asked for.
    Second(SecondStepView),
}

impl Entry {
    pub(crate) fn opened(view: SessionView, token: Token) -> Self {
        Self::In(Box::new(view), token)
    }
}

/// Something that can be shown in the second step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// A code of an application.
    Totp,
    /// A passkey.
    Passkey,
    /// A recovery code.
    Recovery,
}

/// The password was right; something more is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SecondStepView {
    /// To be sent with the second step.
    pub challenge: String,
    /// What can be shown.
    pub ways: Vec<Way>,
    /// What `navigator.credentials.get` is given, where a passkey can be shown.
    #[schema(value_type = Option<Object>)]
    pub passkey: Option<Value>,
    /// The password is asked for again after.
    pub expires_at: String,
}

/// What is shown in the second step.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(tag = "way", rename_all = "lowercase")]
pub enum Proof {
    /// A code of an application.
    Totp {
        /// Six digits.
        code: String,
    },
    /// A recovery code.
    Recovery {
        /// As it was shown; case and dashes do not matter.
        code: String,
    },
    /// A passkey.
    Passkey {
        /// What the device answered, its bytes in base64url.
        #[schema(value_type = Object)]
        credential: Value,
    },
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proof(…)")
    }
}

/// What is remembered between the steps.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Between {
    /// Hash of the invitation that is taken with the sign-in, in hex.
    invitation: Option<String>,
    /// What the passkey was asked.
    passkey: Option<PasskeyAuthentication>,
}

impl App {
    /// Begins the second step of a person who proved their password; `None` where they have none.
    pub(crate) async fn second_step_of(
        &self,
        person: &PersonRow,
        invitation: Option<&[u8]>,
    ) -> Result<Option<SecondStepView>, AppError> {
        let ways = factors::ways(&mut *self.store().read().await?, person.id).await?;
        if ways.is_empty() {
            return Ok(None);
        }
        let (passkey, asked) = self.second_question(person.id).await?.unzip();
        let between = Between { invitation: invitation.map(hex::encode), passkey: asked };
        let challenge = begin_challenge(self, KIND, Some(person.id), &between).await?;
        let expires_at = instant(end(self.now()));
        Ok(Some(SecondStepView { challenge, ways, passkey, expires_at }))
    }

    /// Opens the session for whoever shows what the second step asks for.
    ///
    /// # Errors
    /// [`AppError::Refused`] `sign-in-over` where it took too long or was done before; [`AppError::Invalid`]
    /// `factor-code-wrong`; [`AppError::TooMany`] after ten wrong ones.
    pub async fn second_step(
        &self,
        challenge: &str,
        proof: &Proof,
        visitor: &Visitor,
    ) -> Result<(SessionView, Token), AppError> {
        let (hash, now) = (digest(challenge), self.now());
        let (between, person) = {
            let mut conn = self.store().read().await?;
            let row = challenges::get(&mut conn, KIND, &hash, now).await?.ok_or_else(over)?;
            let person = persons::get(&mut conn, row.person.ok_or_else(over)?).await?;
            (serde_json::from_str::<Between>(&row.state).unwrap_or_default(), person)
        };
        self.entrance().attempt_second(person.id, now)?;
        let shown = self.read_proof(&person, proof, between.passkey.as_ref()).await?;
        let invitation = between.invitation.and_then(|hash| hex::decode(hash).ok());
        let id = person.id;
        let opened = self.enter_with_shown(hash, person, shown, invitation, visitor).await?;
        self.entrance().second_succeeded(id);
        Ok(opened)
    }

    /// Takes what was shown and opens the session, once.
    pub(crate) async fn enter_with_shown(
        &self,
        challenge: Vec<u8>,
        person: PersonRow,
        shown: Shown,
        invitation: Option<Vec<u8>>,
        visitor: &Visitor,
    ) -> Result<(SessionView, Token), AppError> {
        let (app, who) = (self.clone(), person.clone());
        self.open_after(person, shown.by(), visitor, move |conn| {
            let (app, person) = (app.clone(), who.clone());
            let (challenge, shown, invitation) = (challenge.clone(), shown.clone(), invitation.clone());
            Box::pin(async move {
                challenges::take(conn, &challenge).await.map_err(|error| match error {
                    StoreError::NotFound => over(),
                    other => other.into(),
                })?;
                factors::take(conn, &app, &person, &shown).await?;
                match &invitation {
                    Some(hash) => Ok(vec![join(conn, &app, &person, hash).await?]),
                    None => Ok(Vec::new()),
                }
            })
        })
        .await
    }
}

/// Remembers something that is under way, for ten minutes; answers with the token that goes on with it.
pub(crate) async fn begin_challenge(
    app: &App,
    kind: &'static str,
    person: Option<PersonId>,
    state: &impl Serialize,
) -> Result<String, AppError> {
    let (token, now) = (Token::fresh(), app.now());
    let row = ChallengeRow {
        token_hash: token.digest(),
        kind: kind.to_owned(),
        person,
        state: serde_json::to_string(state).map_err(|error| AppError::Broken(error.to_string()))?,
        created_at: now,
        expires_at: end(now),
    };
    app.store()
        .write(move |conn| {
            let row = row.clone();
            Box::pin(async move { challenges::insert(conn, &row).await })
        })
        .await?;
    Ok(token.expose().to_owned())
}

/// Whoever proved a password that is another one now begins anew.
pub(crate) async fn forget_second_steps(conn: &mut Conn, person: PersonId) -> Result<(), AppError> {
    Ok(challenges::delete_of_person(conn, KIND, person).await?)
}

fn end(now: Timestamp) -> Timestamp {
    now.checked_add(LASTS).unwrap_or(Timestamp::MAX)
}

pub(crate) fn over() -> AppError {
    AppError::Refused(Problem::error("sign-in-over", "challenge"))
}
