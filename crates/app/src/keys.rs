//! The keys that seal credentials: everything sealed anew with the present one. The file of keys belongs to whoever starts
//! the program.

use sarafan_store::reseal;
use serde::Serialize;
use serde_json::json;

use crate::actor::record;
use crate::{Actor, App, AppError};

/// What was sealed anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ResealedView {
    /// Sealed anew.
    pub done: u64,
    /// Sealed with the present key already.
    pub current: u64,
    /// No key here opens these; they stay as they are.
    pub unreadable: u64,
}

impl App {
    /// How many things another key than the present one has sealed: more than none after a rotation that was cut short.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn outdated_seals(&self) -> Result<u64, AppError> {
        Ok(reseal::outdated(self.store(), self.keyring()).await?)
    }

    /// Seals everything anew with the present key, in small steps while others work. May be cut short at any moment and
    /// run again.
    ///
    /// # Errors
    /// [`AppError::MayNot`] for anybody but an owner of the installation.
    pub async fn reseal(&self, actor: &Actor) -> Result<ResealedView, AppError> {
        if !actor.installation_owner || actor.grant.is_some() {
            return Err(AppError::MayNot { action: sarafan_domain::member::Action::BrandSettings });
        }
        let done = reseal::reseal(self.store(), self.keyring()).await?;
        let (app, who) = (self.clone(), actor.clone());
        let detail = json!({ "done": done.done, "unreadable": done.unreadable });
        self.store()
            .write(move |conn| {
                let (app, who, detail) = (app.clone(), who.clone(), detail.clone());
                Box::pin(
                    async move { record(conn, &app, &who, None, "installation.keys", "installation", detail).await },
                )
            })
            .await?;
        Ok(ResealedView { done: done.done, current: done.current, unreadable: done.unreadable })
    }

    /// The ids of the keys, the one that seals first; they tell nothing about the keys.
    pub fn key_ids(&self) -> Vec<String> {
        self.keyring().ids()
    }
}
