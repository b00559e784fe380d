//! The keys of credentials inside a back-up: under a passphrase, or not at all. argon2id makes a key of the passphrase,
//! and that key seals as all secrets at rest are sealed.

use argon2::{Algorithm, Argon2, Params, Version};
use rand::TryRng;
use rand::rngs::SysRng;
use sarafan_domain::problem::Problem;
use sarafan_store::secrets::{Keyring, Place, Secret};
use serde::{Deserialize, Serialize};

use crate::persons::{Password, password};
use crate::{App, AppError};

/// Memory in KiB, passes and lanes: a back-up lies about for years, and nobody waits for it often.
const COST: (u32, u32, u32) = (64 * 1024, 3, 1);
/// Nobody makes us take more than this: KiB, passes.
const MOST: (u32, u32) = (1024 * 1024, 20);

/// Keys under a passphrase.
#[derive(Debug, Clone)]
pub struct LockedKeys(Vec<u8>);

/// What is kept of them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    /// In hex.
    salt: String,
    memory: u32,
    passes: u32,
    /// In hex.
    sealed: String,
}

impl LockedKeys {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Locks the text of the keys.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a passphrase that is too short.
    pub fn lock(keys: &Secret, passphrase: &Password) -> Result<Self, AppError> {
        password::check(passphrase, "", "passphrase")?;
        let mut salt = [0_u8; 16];
        SysRng.try_fill_bytes(&mut salt).map_err(|error| AppError::Unavailable(error.to_string()))?;
        let ring = ring(passphrase, &salt, COST.0, COST.1)?;
        let sealed = ring.seal(place(&salt), keys)?;
        let kept = Kept { salt: hex::encode(salt), memory: COST.0, passes: COST.1, sealed: hex::encode(sealed) };
        serde_json::to_vec(&kept).map(Self).map_err(|error| AppError::Broken(error.to_string()))
    }

    /// The text of the keys.
    ///
    /// # Errors
    /// [`AppError::Refused`] `backup-passphrase` for another passphrase.
    pub fn unlock(&self, passphrase: &Password) -> Result<Secret, AppError> {
        let wrong = || AppError::Refused(Problem::error("backup-passphrase", "passphrase"));
        let kept: Kept = serde_json::from_slice(&self.0).map_err(|_| wrong())?;
        let (salt, sealed) = hex::decode(&kept.salt).ok().zip(hex::decode(&kept.sealed).ok()).ok_or_else(wrong)?;
        if kept.memory > MOST.0 || kept.passes > MOST.1 {
            return Err(wrong());
        }
        let ring = ring(passphrase, &salt, kept.memory, kept.passes)?;
        ring.open(place(&salt), &sealed).map_err(|_| wrong())
    }
}

fn place(salt: &[u8]) -> Place<'_> {
    Place { table: "backup", id: salt, column: "keys" }
}

fn ring(passphrase: &Password, salt: &[u8], memory: u32, passes: u32) -> Result<Keyring, AppError> {
    let broken = |error: argon2::Error| AppError::Broken(error.to_string());
    let params = Params::new(memory, passes, COST.2, Some(32)).map_err(broken)?;
    let mut key = [0_u8; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.expose().as_bytes(), salt, &mut key)
        .map_err(broken)?;
    let text = Secret::new(hex::encode(key));
    Ok(Keyring::parse(text.expose_text()?)?)
}

impl App {
    /// Do the keys that are here open what a back-up with these key ids holds? The first of them sealed last.
    pub fn has_key_of(&self, ids: &[String]) -> bool {
        let own = self.keyring().ids();
        ids.first().is_none_or(|id| own.contains(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_open_with_their_passphrase_only() {
        let keys = Secret::new("00".repeat(32));
        let locked = LockedKeys::lock(&keys, &Password::new("correct horse battery")).unwrap();
        assert_eq!(locked.unlock(&Password::new("correct horse battery")).unwrap(), keys);
        let wrong = locked.unlock(&Password::new("correct horse batterie"));
        assert!(matches!(wrong, Err(AppError::Refused(problem)) if problem.code == "backup-passphrase"));
        assert!(!String::from_utf8(locked.0).unwrap().contains(&"00".repeat(32)));
        assert!(matches!(LockedKeys::lock(&keys, &Password::new("short")), Err(AppError::Invalid(_))));
    }
}
