//! Secrets of endpoints and the signatures made with them, as the Standard Webhooks specification has them (version 1, with
//! a shared secret): a receiver checks them with any library that follows it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sarafan_domain::id::{MessageId, WebhookId};
use sarafan_domain::time::Timestamp;
use sarafan_store::secrets::{Keyring, Place, Secret};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::AppError;

const PREFIX: &str = "whsec_";

/// The secrets of an endpoint: the present one, and for a while the one before. They cannot be printed.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Secrets {
    present: Vec<u8>,
    before: Option<(Vec<u8>, Timestamp)>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// A new one.
    pub(super) fn fresh() -> Self {
        Self { present: rand::random::<[u8; 32]>().to_vec(), before: None }
    }

    /// A new one; the present one signs as well until then.
    pub(super) fn rotated(self, until: Timestamp) -> Self {
        Self { before: Some((self.present, until)), ..Self::fresh() }
    }

    /// The present one as receivers want it, to be shown once.
    pub(super) fn expose(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.present))
    }

    /// Until when the one before signs as well.
    pub(super) fn overlap(&self, now: Timestamp) -> Option<Timestamp> {
        self.before.as_ref().map(|(_, until)| *until).filter(|until| *until > now)
    }

    /// The header `webhook-signature` for a message that leaves `at` this time.
    pub(crate) fn sign(&self, id: MessageId, at: Timestamp, body: &str) -> Result<String, AppError> {
        let signed = format!("{}.{}.{body}", told(id), at.as_second());
        let before = self.before.as_ref().filter(|(_, until)| *until > at).map(|(key, _)| key);
        let keys = std::iter::once(&self.present).chain(before);
        let all: Result<Vec<String>, AppError> = keys.map(|key| signature(key, &signed)).collect();
        Ok(all?.join(" "))
    }

    pub(super) fn seal(&self, keyring: &Keyring, id: WebhookId) -> Result<Vec<u8>, AppError> {
        let text = serde_json::to_vec(self).map_err(|error| AppError::Broken(error.to_string()))?;
        Ok(keyring.seal(place(&id.bytes()), &Secret::new(text))?)
    }

    pub(crate) fn open(keyring: &Keyring, id: WebhookId, sealed: &[u8]) -> Result<Self, AppError> {
        let opened = keyring.open(place(&id.bytes()), sealed)?;
        serde_json::from_slice(opened.expose()).map_err(|_| AppError::Broken("secrets of a webhook".to_owned()))
    }
}

/// The id of a message as the receiver is told it.
pub(crate) fn told(id: MessageId) -> String {
    format!("msg_{}", id.0.simple())
}

fn signature(key: &[u8], signed: &str) -> Result<String, AppError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|error| AppError::Broken(error.to_string()))?;
    mac.update(signed.as_bytes());
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

fn place(id: &[u8]) -> Place<'_> {
    Place { table: "webhook", id, column: "secrets" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_signature_is_that_of_rfc_4231() {
        // Test case 2: key "Jefe", data "what do ya want for nothing?".
        let made = signature(b"Jefe", "what do ya want for nothing?").unwrap();
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(made, format!("v1,{}", STANDARD.encode(hex::decode(expected).unwrap())));
    }

    #[test]
    fn after_a_rotation_both_sign_until_the_overlap_ends() {
        let old = Secrets::fresh();
        let new = old.clone().rotated(at(1000));
        let id = MessageId(uuid::Uuid::from_u128(1));
        let (before, after) = (new.sign(id, at(999), "{}").unwrap(), new.sign(id, at(1000), "{}").unwrap());
        assert!(before.ends_with(&old.sign(id, at(999), "{}").unwrap()) && before.contains(' '));
        assert!(!after.contains(' ') && after != old.sign(id, at(1000), "{}").unwrap());
        assert_eq!((new.overlap(at(999)), new.overlap(at(1000))), (Some(at(1000)), None));
        assert_ne!(old.expose(), new.expose());
        assert!(old.expose().starts_with("whsec_"));
        assert_eq!(format!("{old:?}"), "Secrets(…)");
    }
}
