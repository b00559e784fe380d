//! Accounts elsewhere: coming in through the OpenID Connect provider that the settings of the installation name.
//!
//! The provider vouches for a person by an address that it has verified: of somebody who is here already, or of an open
//! invitation. From then on they are known by the provider's own name for them, whatever address they have. Nobody becomes
//! the owner of anything in this way. Which device they used, and whether they had to show a second factor, is the
//! provider's business.

use std::fmt;

use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;
use sarafan_domain::problem::Problem;
use sarafan_store::identities::{self, IdentityRow};
use sarafan_store::persons::PersonRow;
use sarafan_store::secrets::Secret;
use sarafan_store::{Conn, StoreError, challenges, members, persons};
use serde::{Deserialize, Serialize};
use serde_json::json;
use subtle::ConstantTimeEq;
use utoipa::ToSchema;

use crate::actor::record;
use crate::members::invitation::join;
use crate::persons::row_without_password;
use crate::sessions::{SessionView, Token, Visitor, actor_of, begin_challenge, digest, over};
use crate::{App, AppError};

mod jwt;
mod own;
mod protocol;

pub use own::{IdentityInput, IdentityView, OfWhom};

/// Somebody is on the way to the provider and back.
const KIND: &str = "oidc";
/// Below our own address: where the provider sends people back to.
const CALLBACK: &str = "/api/v1/session/oidc/callback";

/// The provider that the settings name.
#[derive(Clone)]
pub struct Provider {
    /// Its address, exactly as it calls itself.
    pub issuer: String,
    /// What it calls us.
    pub client: String,
    /// What we prove to be us with.
    pub secret: Secret,
    /// What people call it.
    pub name: String,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Provider({})", self.issuer)
    }
}

/// The way to the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OidcWay {
    /// Where the browser goes.
    pub url: String,
}

/// What somebody brings back from the provider.
#[derive(Clone, Copy)]
pub struct Back<'a> {
    /// To be changed for the provider's word; missing where it refused.
    pub code: Option<&'a str>,
    /// As we sent it along.
    pub state: &'a str,
    /// Who answers, where the provider says it.
    pub issuer: Option<&'a str>,
    /// What their browser kept.
    pub browser: &'a str,
}

impl fmt::Debug for Back<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Back(…)")
    }
}

/// What is remembered while somebody is at the provider's.
#[derive(Debug, Serialize, Deserialize)]
struct Away {
    /// Hash of what the browser keeps, in hex: whoever brings another browser's answer is not let in.
    browser: String,
    nonce: String,
    verifier: String,
}

/// What the provider said about somebody we do not know by its name for them.
struct Word<'a> {
    issuer: &'a str,
    subject: &'a str,
    /// Verified.
    email: &'a str,
    name: Option<String>,
    /// Of a new person.
    language: Lang,
}

impl App {
    /// Sends somebody to the provider; the token is for their browser to keep until they are back.
    ///
    /// # Errors
    /// [`AppError::Refused`] `oidc-off` where the settings name no provider; [`AppError::Unavailable`] where it does not
    /// answer as it must; [`AppError::TooMany`] from one place.
    pub async fn begin_oidc(&self, visitor: &Visitor) -> Result<(OidcWay, Token), AppError> {
        let provider = self.provider()?;
        self.entrance().begin_unnamed(&visitor.address, self.now())?;
        let door = self.door().scoped("oidc", &[], "", "");
        let found = protocol::discover(&door, provider).await.map_err(unavailable)?;
        let [browser, nonce, verifier] = [Token::fresh(), Token::fresh(), Token::fresh()];
        let away = Away {
            browser: hex::encode(browser.digest()),
            nonce: nonce.expose().to_owned(),
            verifier: verifier.expose().to_owned(),
        };
        let state = begin_challenge(self, KIND, None, &away).await?;
        let redirect = format!("{}{CALLBACK}", self.config().public_url);
        let once = protocol::Once { redirect: &redirect, state: &state, nonce: &away.nonce, verifier: &away.verifier };
        Ok((OidcWay { url: protocol::address(&found, provider, &once) }, browser))
    }

    /// Lets somebody in who comes back from the provider with a code.
    ///
    /// # Errors
    /// [`AppError::Refused`]: `sign-in-over` for what was begun elsewhere, before, or long ago; `oidc-refused` where the
    /// provider did not vouch for them; `oidc-stranger` for who is neither here nor invited; `oidc-unlinked` for an
    /// account that its person has unlinked.
    pub async fn finish_oidc(
        &self,
        back: Back<'_>,
        language: Lang,
        visitor: &Visitor,
    ) -> Result<(SessionView, Token), AppError> {
        let provider = self.provider()?;
        let Back { code, state, issuer, browser } = back;
        let (hash, now) = (digest(state), self.now());
        let begun = challenges::get(&mut *self.store().read().await?, KIND, &hash, now).await?.ok_or_else(over)?;
        let away: Away = serde_json::from_str(&begun.state).map_err(|error| AppError::Broken(error.to_string()))?;
        let same: bool = away.browser.as_bytes().ct_eq(hex::encode(digest(browser)).as_bytes()).into();
        if !same {
            return Err(over());
        }
        // Used up before the provider is asked: a code is shown once.
        self.store()
            .write(move |conn| {
                let hash = hash.clone();
                Box::pin(async move { challenges::take(conn, &hash).await })
            })
            .await
            .map_err(|error: StoreError| match error {
                StoreError::NotFound => over(),
                other => other.into(),
            })?;
        // An answer that another provider mixed in says so (RFC 9207).
        if issuer.is_some_and(|issuer| issuer != provider.issuer) {
            return Err(refused());
        }
        let code = code.ok_or_else(refused)?;
        let redirect = format!("{}{CALLBACK}", self.config().public_url);
        let once = protocol::Once { redirect: &redirect, state, nonce: &away.nonce, verifier: &away.verifier };
        let door = self.door().scoped("oidc", &[], "", "");
        let claims = protocol::exchange(&door, provider, code, &once, now).await.map_err(|why| {
            tracing::warn!(%why, "a sign-in through the provider failed");
            refused()
        })?;
        let known = {
            let mut conn = self.store().read().await?;
            match identities::get(&mut conn, &provider.issuer, &claims.sub).await? {
                Some(row) if row.unlinked_at.is_some() => return Err(unlinked()),
                Some(row) => Some(persons::get(&mut conn, row.person).await?),
                None => None,
            }
        };
        if let Some(person) = known {
            return self.open_for(person, "oidc", visitor).await;
        }
        let email = claims.verified_email().ok_or_else(stranger)?.trim().to_lowercase();
        let name = claims.name.clone().filter(|name| !name.trim().is_empty());
        let word = Word { issuer: &provider.issuer, subject: &claims.sub, email: &email, name, language };
        self.link_and_enter(word, visitor).await
    }

    /// Links the provider's person to ours with this address, or to an open invitation, and opens the session.
    async fn link_and_enter(&self, word: Word<'_>, visitor: &Visitor) -> Result<(SessionView, Token), AppError> {
        let Word { issuer, subject, email, name, language } = word;
        let (existing, invited) = {
            let mut conn = self.store().read().await?;
            let invited = members::invitations_for(&mut conn, email, self.now()).await?;
            (persons::by_email(&mut conn, email).await?, invited)
        };
        // An owner is made by a link and a password, never by what a provider says.
        let invited: Vec<_> = invited.into_iter().filter(|row| row.role != Role::Owner).collect();
        let (person, is_new) = match existing {
            Some(person) => (person, false),
            None if invited.is_empty() => return Err(stranger()),
            None => {
                let name = name.unwrap_or_else(|| email.split('@').next().unwrap_or_default().to_owned());
                (row_without_password(self, email, &name.chars().take(120).collect::<String>(), language)?, true)
            }
        };
        let hashes: Vec<Vec<u8>> =
            if is_new { invited.into_iter().map(|row| row.token_hash).collect() } else { Vec::new() };
        let identity = IdentityRow {
            issuer: issuer.to_owned(),
            subject: subject.to_owned(),
            person: person.id,
            linked_at: self.now(),
            unlinked_at: None,
        };
        let (app, who) = (self.clone(), person.clone());
        self.open_after(person, "oidc", visitor, move |conn| {
            let (app, person, identity, hashes) = (app.clone(), who.clone(), identity.clone(), hashes.clone());
            Box::pin(async move {
                if is_new {
                    persons::insert(conn, &person).await?;
                }
                link(conn, &app, &person, &identity).await?;
                let mut joined = Vec::new();
                for hash in &hashes {
                    joined.push(join(conn, &app, &person, hash).await?);
                }
                Ok(joined)
            })
        })
        .await
    }

    fn provider(&self) -> Result<&Provider, AppError> {
        let off = || AppError::Refused(Problem::error("oidc-off", "provider"));
        self.config().provider.as_ref().ok_or_else(off)
    }
}

async fn link(conn: &mut Conn, app: &App, person: &PersonRow, identity: &IdentityRow) -> Result<(), AppError> {
    identities::insert(conn, identity).await?;
    let detail = json!({ "issuer": identity.issuer });
    record(conn, app, &actor_of(person), None, "identity.link", &person.id.to_string(), detail).await
}

fn unavailable(why: String) -> AppError {
    AppError::Unavailable(why)
}

fn refused() -> AppError {
    AppError::Refused(Problem::error("oidc-refused", "provider"))
}

fn unlinked() -> AppError {
    AppError::Refused(Problem::error("oidc-unlinked", "provider"))
}

fn stranger() -> AppError {
    AppError::Refused(Problem::error("oidc-stranger", "provider"))
}
