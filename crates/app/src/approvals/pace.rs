//! How often strangers may come by links: wrong ones are counted per address, words and looks per link.
//!
//! Kept in memory: a restart forgives, and each process counts for itself.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::SignedDuration;
use sarafan_domain::id::ReviewLinkId;
use sarafan_domain::time::Timestamp;

use crate::AppError;

/// What is counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// Links that open nothing, tried from one place.
    Wrong(String),
    /// Pages and pictures shown by one link.
    Look(ReviewLinkId),
    /// Decisions and comments by one link.
    Word(ReviewLinkId),
}

impl Key {
    /// At most so many in a [`WINDOW`].
    fn limit(&self) -> u32 {
        match self {
            Self::Wrong(_) => 30,
            Self::Look(_) => 3000,
            Self::Word(_) => 200,
        }
    }
}

const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Old entries are swept out when there are so many.
const SWEEP: usize = 10_000;

/// What was counted lately.
#[derive(Debug, Default)]
pub(crate) struct Pace(Mutex<HashMap<Key, (Timestamp, u32)>>);

impl Pace {
    /// Counts one more.
    ///
    /// # Errors
    /// [`AppError::TooMany`] where there were too many.
    pub(crate) fn step(&self, key: Key, now: Timestamp) -> Result<(), AppError> {
        self.ask(&key, now)?;
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() > SWEEP {
            all.retain(|_, (since, _)| fresh(*since, now));
        }
        let entry = all.entry(key).or_insert((now, 0));
        if !fresh(entry.0, now) {
            *entry = (now, 0);
        }
        entry.1 += 1;
        Ok(())
    }

    /// Was it too much already?
    ///
    /// # Errors
    /// [`AppError::TooMany`] where it was.
    pub(crate) fn ask(&self, key: &Key, now: Timestamp) -> Result<(), AppError> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get(key) {
            Some((since, count)) if fresh(*since, now) && *count >= key.limit() => {
                let left = WINDOW - now.duration_since(*since);
                Err(AppError::TooMany { seconds: u64::try_from(left.as_secs()).unwrap_or(0) + 1 })
            }
            _ => Ok(()),
        }
    }
}

fn fresh(since: Timestamp, now: Timestamp) -> bool {
    now.duration_since(since) < WINDOW
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn one_place_tries_so_many_links_and_then_waits() {
        let pace = Pace::default();
        let here = || Key::Wrong("::1".into());
        for n in 0..30 {
            assert!(pace.step(here(), at(n)).is_ok());
        }
        assert!(matches!(pace.step(here(), at(60)), Err(AppError::TooMany { seconds: 841 })));
        assert!(pace.ask(&Key::Wrong("::2".into()), at(60)).is_ok(), "others are not held up");
        assert!(pace.step(here(), at(900)).is_ok());
    }
}
