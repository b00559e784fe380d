//! Secrets at rest: sealed with XChaCha20-Poly1305 under a key that is not in the database.
//!
//! A sealed value is `1 | key id (4) | nonce (24) | ciphertext and tag`. It is bound to its table, row and column, so
//! that it cannot be moved to another row. There is no way to print a secret.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{Result, StoreError};

/// Bytes that must not be shown: wiped when dropped, `Debug` tells nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Takes the bytes over.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(Zeroizing::new(bytes.into()))
    }

    /// The bytes, for the one who needs them.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The bytes as text.
    ///
    /// # Errors
    /// Broken where they are not UTF-8.
    pub fn expose_text(&self) -> Result<&str> {
        std::str::from_utf8(&self.0).map_err(|_| StoreError::Broken("a secret that is not text".to_owned()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Where a sealed value is kept; it opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The table.
    pub table: &'a str,
    /// The row.
    pub id: &'a [u8],
    /// The column.
    pub column: &'a str,
}

impl Place<'_> {
    fn bytes(&self) -> Vec<u8> {
        [self.table.as_bytes(), self.id, self.column.as_bytes()].join(&0)
    }
}

const FORM: u8 = 1;
const KEY: usize = 32;
const KEY_ID: usize = 4;
const NONCE: usize = 24;

struct Key {
    id: [u8; KEY_ID],
    cipher: XChaCha20Poly1305,
}

/// The keys: the first one seals, all of them open. Those of a file are read again when the file has changed, so that
/// a program that runs while keys are rotated seals and opens with the new one.
pub struct Keyring {
    keys: RwLock<Arc<Vec<Key>>>,
    file: Option<(PathBuf, Mutex<Option<Stamp>>)>,
}

/// When a file was changed, and how long it is.
type Stamp = (SystemTime, u64);

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring({} keys)", self.keys().len())
    }
}

impl Keyring {
    /// Reads the keys from a file, one a line in hex; where there is no file, makes it with one new key, readable by
    /// its owner only. Whoever loses this file loses the credentials: it belongs into the back-up, apart from the
    /// database.
    ///
    /// # Errors
    /// Unavailable where the file cannot be read or written, broken where it does not hold keys.
    pub fn load_or_create(path: &Path) -> Result<Self> {
        let stamp = stamp(path);
        let found = match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&Zeroizing::new(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::create(path),
            Err(error) => Err(file_error(path, &error)),
        }?;
        Ok(Self { file: Some((path.to_owned(), Mutex::new(stamp))), ..found })
    }

    /// Makes a new key and puts it before those of the file.
    ///
    /// # Errors
    /// As [`Keyring::put_first`].
    pub fn renew(path: &Path) -> Result<()> {
        let mut bytes = Zeroizing::new([0_u8; KEY]);
        random(&mut *bytes)?;
        Self::put_first(path, &Secret::new(hex::encode(*bytes)))
    }

    /// Leaves in the file only the key that seals; how many went.
    ///
    /// # Errors
    /// Unavailable where the file cannot be read or written.
    pub fn keep_first(path: &Path) -> Result<usize> {
        let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|error| file_error(path, &error))?);
        Self::parse(&text)?;
        let mut lines = text.split([',', '\n']).map(str::trim).filter(|line| !line.is_empty());
        let first = Zeroizing::new(format!("{}\n", lines.next().unwrap_or_default()));
        let gone = lines.count();
        replace(path, &first)?;
        Ok(gone)
    }

    fn keys(&self) -> Arc<Vec<Key>> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the file again where it has changed. What cannot be read changes nothing.
    fn refresh(&self) {
        let Some((path, seen)) = &self.file else { return };
        let now = stamp(path);
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        if now.is_none() || *seen == now {
            return;
        }
        if let Ok(new) = std::fs::read_to_string(path)
            .map_err(|_| ())
            .and_then(|text| Self::parse(&Zeroizing::new(text)).map_err(|_| ()))
        {
            *self.keys.write().unwrap_or_else(PoisonError::into_inner) = new.keys();
            *seen = now;
        }
    }

    /// Reads the keys from text, as [`Keyring::load_or_create`] keeps them; several may also be parted by commas. For
    /// keys that come by the environment.
    ///
    /// # Errors
    /// Broken where a line is not 32 bytes in hex, or there is none.
    pub fn parse(text: &str) -> Result<Self> {
        let bad = || StoreError::Broken("a key must be 64 hexadecimal digits".to_owned());
        let mut keys = Vec::new();
        for line in text.split([',', '\n']).map(str::trim).filter(|line| !line.is_empty()) {
            let bytes = Zeroizing::new(hex::decode(line).map_err(|_| bad())?);
            let cipher = XChaCha20Poly1305::new_from_slice(&bytes).map_err(|_| bad())?;
            let digest = Sha256::digest(&*bytes);
            let id = digest.first_chunk::<KEY_ID>().copied().ok_or_else(bad)?;
            keys.push(Key { id, cipher });
        }
        if keys.is_empty() { Err(bad()) } else { Ok(Self { keys: RwLock::new(Arc::new(keys)), file: None }) }
    }

    /// Puts keys before those of a file, which is made where there is none: the first of them seals from now on, and
    /// what the others sealed still opens.
    ///
    /// # Errors
    /// Broken where `keys` or the file hold something else; unavailable where the file cannot be written.
    pub fn put_first(path: &Path, keys: &Secret) -> Result<()> {
        Self::parse(keys.expose_text()?)?;
        let old = match std::fs::read_to_string(path) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Zeroizing::new(String::new()),
            Err(error) => return Err(file_error(path, &error)),
        };
        let mut lines: Vec<&str> = Vec::new();
        for line in keys.expose_text()?.split([',', '\n']).chain(old.split([',', '\n'])).map(str::trim) {
            if !line.is_empty() && !lines.contains(&line) {
                lines.push(line);
            }
        }
        let text = Zeroizing::new(lines.join("\n") + "\n");
        Self::parse(&text)?;
        replace(path, &text)
    }

    /// Two processes may start at once: the file appears whole or not at all, and the first one wins.
    fn create(path: &Path) -> Result<Self> {
        let mut bytes = Zeroizing::new([0_u8; KEY]);
        random(&mut *bytes)?;
        let text = Zeroizing::new(format!("{}\n", hex::encode(*bytes)));
        let mut suffix = [0_u8; 8];
        random(&mut suffix)?;
        let new = path.with_extension(format!("new-{}", hex::encode(suffix)));
        let written = write_private(&new, text.as_bytes()).and_then(|()| std::fs::hard_link(&new, path));
        let _ = std::fs::remove_file(&new);
        match written {
            Ok(()) => Self::parse(&text),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let text = std::fs::read_to_string(path).map_err(|error| file_error(path, &error))?;
                Self::parse(&Zeroizing::new(text))
            }
            Err(error) => Err(file_error(path, &error)),
        }
    }

    /// Seals a secret for its place.
    ///
    /// # Errors
    /// Unavailable where the system gives no random bytes.
    pub fn seal(&self, place: Place<'_>, secret: &Secret) -> Result<Vec<u8>> {
        self.refresh();
        let keys = self.keys();
        let key = keys.first().ok_or_else(|| StoreError::Broken("no key".to_owned()))?;
        let mut nonce = [0_u8; NONCE];
        random(&mut nonce)?;
        let aad = place.bytes();
        let sealed = key
            .cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: secret.expose(), aad: &aad })
            .map_err(|_| StoreError::Broken("a secret too large to seal".to_owned()))?;
        Ok([&[FORM][..], &key.id, &nonce, &sealed].concat())
    }

    /// Opens a sealed value.
    ///
    /// # Errors
    /// Broken where it was sealed with a key that is not here, for another place, or was changed.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Secret> {
        let broken = |why: &str| StoreError::Broken(format!("a secret of {} cannot be opened: {why}", place.table));
        let (form, rest) = sealed.split_first().ok_or_else(|| broken("it is empty"))?;
        let (id, rest) = rest.split_first_chunk::<KEY_ID>().ok_or_else(|| broken("it is cut off"))?;
        let (nonce, text) = rest.split_first_chunk::<NONCE>().ok_or_else(|| broken("it is cut off"))?;
        if *form != FORM {
            return Err(broken("its form is unknown"));
        }
        let mut keys = self.keys();
        if !keys.iter().any(|key| key.id == *id) {
            self.refresh();
            keys = self.keys();
        }
        let key = keys.iter().find(|key| key.id == *id).ok_or_else(|| broken("its key is missing"))?;
        let aad = place.bytes();
        key.cipher
            .decrypt(&XNonce::from(*nonce), Payload { msg: text, aad: &aad })
            .map(Secret::new)
            .map_err(|_| broken("it was changed or belongs elsewhere"))
    }

    /// The ids of the keys in hex, the one that seals first; they tell nothing about the keys.
    pub fn ids(&self) -> Vec<String> {
        self.refresh();
        self.keys().iter().map(|key| hex::encode(key.id)).collect()
    }

    /// Was it sealed with the key that seals now? If not, seal it anew when it is next written.
    pub fn is_current(&self, sealed: &[u8]) -> bool {
        self.refresh();
        let id = sealed.get(1..=KEY_ID);
        id.is_some() && id == self.keys().first().map(|key| &key.id[..])
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// The file is the old one until it is the new one.
fn replace(path: &Path, text: &str) -> Result<()> {
    let mut suffix = [0_u8; 8];
    random(&mut suffix)?;
    let new = path.with_extension(format!("new-{}", hex::encode(suffix)));
    let written = write_private(&new, text.as_bytes()).and_then(|()| std::fs::rename(&new, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&new);
        file_error(path, &error)
    })
}

fn random(bytes: &mut [u8]) -> Result<()> {
    SysRng
        .try_fill_bytes(bytes)
        .map_err(|error| StoreError::Unavailable { reason: format!("no random bytes from the system: {error}") })
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn file_error(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Unavailable { reason: format!("key file {}: {error}", path.display()) }
}
