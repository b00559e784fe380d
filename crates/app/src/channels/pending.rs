//! A connection that a person began and has not finished, sealed: it holds credentials of channels to be.

use jiff::SignedDuration;
use sarafan_domain::id::{BrandId, ChannelId};
use sarafan_domain::time::Timestamp;
use sarafan_network::{Candidate, Secret};
use sarafan_store::connects::{self, ConnectRow};
use sarafan_store::secrets::{self, Place};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Actor, App, AppError};

/// So long a person has to choose, or to come back from the network's page.
const LASTS: SignedDuration = SignedDuration::from_mins(30);

/// What must be remembered until the person goes on.
#[derive(Serialize, Deserialize)]
pub(super) struct Pending {
    /// The channel that is connected again, if it is one.
    pub(super) again: Option<ChannelId>,
    /// How far it went.
    pub(super) step: PendingStep,
}

/// How far a connection went.
#[derive(Serialize, Deserialize)]
pub(super) enum PendingStep {
    /// One of these is to be chosen.
    Choose(Vec<Kept>),
    /// The person was sent to the network's page.
    Away {
        /// What the connector wants to see again.
        saved: String,
        /// The whole of what the network sends back with the person.
        nonce: String,
    },
}

/// A candidate with its credential.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) external_id: String,
    pub(super) name: String,
    pub(super) handle: String,
    url: Option<String>,
    facts: serde_json::Value,
    credential: String,
    expires_at: Option<Timestamp>,
}

impl From<Candidate> for Kept {
    fn from(from: Candidate) -> Self {
        Self {
            external_id: from.external_id,
            name: from.name,
            handle: from.handle,
            url: from.url,
            facts: from.facts,
            credential: from.credential.expose().to_owned(),
            expires_at: from.expires_at,
        }
    }
}

impl From<Kept> for Candidate {
    fn from(from: Kept) -> Self {
        Self {
            external_id: from.external_id,
            name: from.name,
            handle: from.handle,
            url: from.url,
            facts: from.facts,
            credential: Secret::new(from.credential),
            expires_at: from.expires_at,
        }
    }
}

/// A fresh state for OAuth: 256 random bits, of which the first half is the id of the row.
pub(super) fn nonce() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}

/// The id of the row in a state.
pub(super) fn id_in(nonce: &str) -> Option<Uuid> {
    nonce.get(..32).filter(|_| nonce.len() == 64).and_then(|half| Uuid::parse_str(half).ok())
}

impl App {
    /// Remembers it under `id`, and forgets those that nobody went on with.
    pub(super) async fn keep_pending(
        &self,
        actor: &Actor,
        brand: BrandId,
        network: &str,
        id: Uuid,
        pending: &Pending,
    ) -> Result<(), AppError> {
        let json = serde_json::to_vec(pending).map_err(|error| AppError::Broken(error.to_string()))?;
        let sealed = self.keyring().seal(place(id.as_bytes()), &secrets::Secret::new(json))?;
        let now = self.now();
        let row = ConnectRow {
            id,
            brand,
            person: actor.author(),
            network: network.to_owned(),
            sealed,
            created_at: now,
            expires_at: now.checked_add(LASTS).unwrap_or(Timestamp::MAX),
        };
        self.store()
            .write(move |conn| {
                let row = row.clone();
                Box::pin(async move {
                    connects::delete_expired(conn, now).await?;
                    connects::insert(conn, &row).await
                })
            })
            .await?;
        Ok(())
    }

    /// Opens what was remembered, for the one who began it.
    pub(super) fn open_pending(&self, actor: &Actor, row: &ConnectRow) -> Result<Pending, AppError> {
        if row.person != actor.author() {
            return Err(AppError::NotFound);
        }
        let secret = self.keyring().open(place(row.id.as_bytes()), &row.sealed)?;
        serde_json::from_slice(secret.expose()).map_err(|error| AppError::Broken(error.to_string()))
    }
}

fn place(id: &[u8]) -> Place<'_> {
    Place { table: "pending_connect", id, column: "sealed" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_leads_to_its_row_and_nothing_else_does() {
        let state = nonce();
        assert_eq!(id_in(&state).map(|id| id.simple().to_string()).as_deref(), state.get(..32));
        let (short, long) = (state.replacen(char::is_alphanumeric, "", 1), format!("{state}0"));
        for bad in ["", "00", "zz", &short, &long] {
            assert_eq!(id_in(bad), None, "{bad}");
        }
    }
}
