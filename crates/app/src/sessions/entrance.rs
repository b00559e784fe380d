//! What this process remembers at its entrance: recent attempts, sessions seen a moment ago, and how many passwords
//! are being hashed. All of it may be lost at any time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::SignedDuration;
use sarafan_domain::id::{PersonId, SessionId};
use sarafan_domain::time::Timestamp;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

use super::attempts::Attempts;
use crate::{Actor, AppError};

/// So long a session is believed without asking the database.
const BELIEVED: SignedDuration = SignedDuration::from_secs(30);
/// So many sessions are remembered at most.
const REMEMBERED: usize = 10_000;
/// So many passwords are hashed at a time: bounds the memory that strangers can make us use.
const HASHING: usize = 4;

type Seen = HashMap<Vec<u8>, (Actor, SessionId, Timestamp)>;

/// The memory of the entrance.
#[derive(Debug)]
pub(crate) struct Entrance {
    attempts: Attempts,
    seen: Mutex<Seen>,
    hashing: Arc<Semaphore>,
}

impl Default for Entrance {
    fn default() -> Self {
        Self { attempts: Attempts::default(), seen: Mutex::default(), hashing: Arc::new(Semaphore::new(HASHING)) }
    }
}

impl Entrance {
    /// Counts an attempt at a password before it is made.
    pub(crate) fn attempt(&self, email: &str, address: &str, now: Timestamp) -> Result<(), AppError> {
        self.attempts.begin(email, address, now).map_err(|seconds| AppError::TooMany { seconds })
    }

    /// The password was right.
    pub(crate) fn succeeded(&self, email: &str, address: &str) {
        self.attempts.succeeded(email, address);
    }

    /// Counts an attempt at the second step before it is made.
    pub(crate) fn attempt_second(&self, person: PersonId, now: Timestamp) -> Result<(), AppError> {
        self.attempts.begin_second(person, now).map_err(|seconds| AppError::TooMany { seconds })
    }

    /// The second step was right.
    pub(crate) fn second_succeeded(&self, person: PersonId) {
        self.attempts.second_succeeded(person);
    }

    /// Counts what begins without a name.
    pub(crate) fn begin_unnamed(&self, address: &str, now: Timestamp) -> Result<(), AppError> {
        self.attempts.begin_unnamed(address, now).map_err(|seconds| AppError::TooMany { seconds })
    }

    /// Counts a letter with a link for a new password before it is asked for.
    pub(crate) fn begin_reset(&self, email: &str, address: &str, now: Timestamp) -> Result<(), AppError> {
        self.attempts.begin_reset(email, address, now).map_err(|seconds| AppError::TooMany { seconds })
    }

    /// Leave to hash one password.
    pub(crate) async fn hashing(&self) -> Result<OwnedSemaphorePermit, AcquireError> {
        Arc::clone(&self.hashing).acquire_owned().await
    }

    pub(super) fn seen(&self, hash: &[u8], now: Timestamp) -> Option<(Actor, SessionId)> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (actor, session, at) = seen.get(hash)?;
        (now.duration_since(*at) < BELIEVED).then(|| (actor.clone(), *session))
    }

    pub(super) fn remember(&self, hash: Vec<u8>, (actor, session): (Actor, SessionId), now: Timestamp) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= REMEMBERED {
            seen.retain(|_, (_, _, at)| now.duration_since(*at) < BELIEVED);
        }
        if seen.len() < REMEMBERED {
            seen.insert(hash, (actor, session, now));
        }
    }

    pub(super) fn forget(&self, hash: &[u8]) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).remove(hash);
    }

    /// The person changed: ask the database again.
    pub(crate) fn forget_person(&self, person: PersonId) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|_, (actor, _, _)| actor.person != Some(person));
    }
}
