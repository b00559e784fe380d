//! Puts the parts together: the data folder, the keys, the database, the files, the door, and over them the use cases.

use std::path::Path;
use std::sync::Arc;

use sarafan_app::clock::Machine;
use sarafan_app::{App, Parts};
use sarafan_domain::time::Timestamp;
use sarafan_network::door::{Door, DoorConfig};
use sarafan_network::mail::Mail;
use sarafan_store::blobs::{Blobs, S3Keys};
use sarafan_store::secrets::{Keyring, Secret};
use sarafan_store::{Store, StoreError};

use crate::config::Config;
use crate::trouble::{Outcome, Trouble};

/// An opened installation.
pub(crate) struct House {
    /// The use cases.
    pub(crate) app: App,
    store: Store,
}

/// Opens the installation that the settings describe, making what is missing.
///
/// # Errors
/// A part that cannot be opened, by its setting.
pub(crate) async fn open(config: &Config, public_url: String, demo: bool) -> Outcome<House> {
    folder(&config.data)?;
    let keyring = keyring(config)?;
    let url = config.database_url();
    let store = Store::open(&url, Timestamp::now()).await.map_err(|error| {
        let (key, remedy) = match error {
            StoreError::Full { .. } => ("cli-database-full", "cli-database-full-remedy"),
            StoreError::ReadOnly { .. } => ("cli-database-read-only", "cli-database-read-only-remedy"),
            StoreError::Damaged { .. } => ("cli-database-damaged", "cli-database-damaged-remedy"),
            _ => ("cli-no-database", "cli-no-database-remedy"),
        };
        Trouble::say(key).remedy(remedy).with("database", masked(&url)).with("reason", error.to_string())
    })?;
    let storage = config.storage_url();
    let blobs = Blobs::open(&storage, s3_keys(config).as_ref()).map_err(|error| {
        Trouble::say("cli-no-storage")
            .remedy("cli-no-storage-remedy")
            .with("storage", storage.as_str())
            .with("reason", error.to_string())
    })?;
    let door = DoorConfig {
        allow_private: config.allow_private.clone(),
        answer_begins: || sarafan_app::crash::point("answer-begins"),
        ..DoorConfig::default()
    };
    let door = Door::new(door).map_err(|error| Trouble::say("cli-no-door").with("reason", error.to_string()))?;
    let mail = config.mail(&public_url).map(|mail| Mail::new(&mail)).transpose().map_err(|error| {
        Trouble::say("cli-no-mail").remedy("cli-no-mail-remedy").with("reason", error.to_string()).usage()
    })?;
    let max_upload = config.max_upload_mb.saturating_mul(1024 * 1024);
    let settings =
        sarafan_app::Config { public_url, max_upload, data: config.data.clone(), demo, provider: config.provider() };
    let parts = Parts {
        store: store.clone(),
        blobs,
        keyring,
        networks: sarafan_connectors::registry(),
        door,
        mail,
        messenger: config.messenger(),
        clock: Arc::new(Machine),
        config: settings,
    };
    let app = App::new(parts).map_err(|error| Trouble::say("cli-broken").with("reason", error.to_string()))?;
    Ok(House { app, store })
}

impl House {
    /// Writes everything down and closes the database.
    pub(crate) async fn close(self) {
        self.store.close().await;
    }
}

/// Makes the data folder for its owner only. One that exists is left as it is.
///
/// # Errors
/// Where it cannot be made.
pub(crate) fn folder(path: &Path) -> Outcome {
    let refused = |error: std::io::Error| {
        Trouble::say("cli-no-folder")
            .remedy("cli-no-folder-remedy")
            .with("folder", path.display().to_string())
            .with("reason", error.to_string())
    };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(refused)
}

fn keyring(config: &Config) -> Outcome<Keyring> {
    let given = config.keys.as_deref().filter(|keys| !keys.trim().is_empty());
    let keyring = match given {
        Some(keys) => Keyring::parse(keys),
        None => Keyring::load_or_create(&config.data.join("keys")),
    };
    keyring.map_err(|error| no_keys(&error.to_string()))
}

/// The keys as text, for a back-up that is to hold them.
///
/// # Errors
/// Where the file cannot be read.
pub(crate) fn keys_text(config: &Config) -> Outcome<Secret> {
    match config.keys.as_deref().filter(|keys| !keys.trim().is_empty()) {
        Some(keys) => Ok(Secret::new(keys)),
        None => std::fs::read(config.data.join("keys")).map(Secret::new).map_err(|error| no_keys(&error.to_string())),
    }
}

/// Puts the keys of a back-up before those of the data folder.
///
/// # Errors
/// Where the keys are given by the setting `keys` and are others, or the file cannot be written.
pub(crate) fn add_keys(config: &Config, keys: &Secret) -> Outcome {
    if config.keys.as_deref().is_some_and(|given| !given.trim().is_empty()) {
        let wanted = keys.expose_text().and_then(Keyring::parse).map_err(|error| no_keys(&error.to_string()))?;
        let have = keyring(config)?.ids();
        return if wanted.ids().iter().all(|id| have.contains(id)) {
            Ok(())
        } else {
            Err(Trouble::say("restore-keys-elsewhere").remedy("restore-keys-elsewhere-remedy"))
        };
    }
    Keyring::put_first(&config.data.join("keys"), keys).map_err(|error| no_keys(&error.to_string()))
}

fn no_keys(reason: &str) -> Trouble {
    Trouble::say("cli-no-keys").remedy("cli-no-keys-remedy").with("reason", reason)
}

fn s3_keys(config: &Config) -> Option<S3Keys> {
    let (id, secret) = (config.storage_key_id.clone()?, config.storage_secret_key.clone()?);
    Some(S3Keys { access_key: id, secret_key: Secret::new(secret) })
}

/// An address without its password.
pub(crate) fn masked(url: &str) -> String {
    match url.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?))) {
        Some((scheme, (login, place))) => {
            let user = login.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:***@{place}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_masked() {
        let rows = [
            ("postgres://me:secret@host/name", "postgres://me:***@host/name"),
            ("sqlite:///var/lib/x.db", "sqlite:///var/lib/x.db"),
        ];
        for (url, expected) in rows {
            assert_eq!(masked(url), expected);
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_data_folder_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("a/b");
        folder(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
