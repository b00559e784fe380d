//! The second step of a sign-in: whoever proved a password shows something more before a session is opened.
//!
//! Between the steps the browser carries a token of its own, good for ten minutes and for one session. Wrong codes are
//! counted per person, because whoever comes so far knows the password.

use jiff::SignedDuration;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_store::challenges::{self, ChallengeRow};
use sarafan_store::persons::PersonRow;
use sarafan_store::{StoreError, persons};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{SessionView, Token, Visitor, digest, new_session, open, view};
use crate::factors;
use crate::live::Event;
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
        let (token, now) = (Token::fresh(), self.now());
        let between = Between { invitation: invitation.map(hex::encode) };
        let row = ChallengeRow {
            token_hash: token.digest(),
            kind: KIND.to_owned(),
            person: Some(person.id),
            state: serde_json::to_string(&between).map_err(|error| AppError::Broken(error.to_string()))?,
            created_at: now,
            expires_at: now.checked_add(LASTS).unwrap_or(Timestamp::MAX),
        };
        let view = SecondStepView { challenge: token.expose().to_owned(), ways, expires_at: instant(row.expires_at) };
        self.store()
            .write(move |conn| {
                let row = row.clone();
                Box::pin(async move { challenges::insert(conn, &row).await })
            })
            .await?;
        Ok(Some(view))
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
        let shown = self.read_proof(&person, proof).await?;
        let invitation = between.invitation.and_then(|hash| hex::decode(hash).ok());
        let token = Token::fresh();
        let session = new_session(self, person.id, token.digest(), visitor);
        let (app, id) = (self.clone(), person.id);
        let (view, joined) = self
            .store()
            .write(move |conn| {
                let (app, person, session) = (app.clone(), person.clone(), session.clone());
                let (hash, shown, invitation) = (hash.clone(), shown.clone(), invitation.clone());
                Box::pin(async move {
                    challenges::take(conn, &hash).await.map_err(|error| match error {
                        StoreError::NotFound => over(),
                        other => other.into(),
                    })?;
                    factors::take(conn, &app, &person, &shown).await?;
                    let joined = match &invitation {
                        Some(hash) => Some(join(conn, &app, &person, hash).await?),
                        None => None,
                    };
                    open(conn, &app, &person, &session, shown.by()).await?;
                    Ok::<_, AppError>((view(conn, person).await?, joined))
                })
            })
            .await?;
        self.entrance().second_succeeded(id);
        if let Some(brand) = joined {
            self.live().tell(brand, Event::Brand {});
        }
        Ok((view, token))
    }
}

pub(crate) fn over() -> AppError {
    AppError::Refused(Problem::error("sign-in-over", "challenge"))
}
