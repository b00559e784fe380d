//! How often a password may be tried. An attempt is counted before it is made, so that many at once gain nothing.
//!
//! Kept in memory: a restart forgives, and each process counts for itself.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::SignedDuration;
use sarafan_domain::id::PersonId;
use sarafan_domain::time::Timestamp;

/// Whose attempts are counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// One person from one place: what an honest mistake looks like.
    Pair(String, String),
    /// One place trying many people.
    Address(String),
    /// One person tried from many places.
    Email(String),
    /// The second step of one person: whoever comes so far knows the password.
    Second(PersonId),
    /// One place that begins something without saying who it is.
    Begun(String),
    /// Letters with a link for a new password to one address, whoever asks for them.
    ResetTo(String),
    /// The same, asked for from one place.
    ResetFrom(String),
}

impl Key {
    /// At most so many failures in so much time.
    fn limit(&self) -> (usize, SignedDuration) {
        match self {
            Self::Pair(..) => (5, SignedDuration::from_mins(15)),
            Self::Address(_) => (100, SignedDuration::from_mins(15)),
            Self::Email(_) => (100, SignedDuration::from_hours(1)),
            Self::Second(_) => (10, SignedDuration::from_hours(1)),
            Self::Begun(_) => (60, SignedDuration::from_mins(15)),
            Self::ResetTo(_) => (5, SignedDuration::from_hours(1)),
            Self::ResetFrom(_) => (20, SignedDuration::from_hours(1)),
        }
    }
}

/// Old entries are swept out when there are so many.
const SWEEP: usize = 10_000;

/// The attempts of the last hour.
#[derive(Debug, Default)]
pub(super) struct Attempts(Mutex<HashMap<Key, Vec<Timestamp>>>);

impl Attempts {
    /// Counts an attempt; says for how many seconds nothing more is allowed where there were too many.
    pub(super) fn begin(&self, email: &str, address: &str, now: Timestamp) -> Result<(), u64> {
        self.count(&keys(email, address), now)
    }

    /// The same for the second step.
    pub(super) fn begin_second(&self, person: PersonId, now: Timestamp) -> Result<(), u64> {
        self.count(&[Key::Second(person)], now)
    }

    /// The same for what begins without a name.
    pub(super) fn begin_unnamed(&self, address: &str, now: Timestamp) -> Result<(), u64> {
        self.count(&[Key::Begun(address.into())], now)
    }

    /// The same for letters with a link for a new password: known addresses and others are counted alike.
    pub(super) fn begin_reset(&self, email: &str, address: &str, now: Timestamp) -> Result<(), u64> {
        self.count(&[Key::ResetTo(email.into()), Key::ResetFrom(address.into())], now)
    }

    fn count(&self, keys: &[Key], now: Timestamp) -> Result<(), u64> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() > SWEEP {
            all.retain(|key, times| {
                times.retain(|time| fresh(key, *time, now));
                !times.is_empty()
            });
        }
        let wait = keys.iter().filter_map(|key| wait(&all, key, now)).max();
        if let Some(seconds) = wait {
            return Err(seconds);
        }
        for key in keys {
            let times = all.entry(key.clone()).or_default();
            times.retain(|time| fresh(key, *time, now));
            times.push(now);
        }
        Ok(())
    }

    /// The password was right: this person's mistakes at this place are forgotten, and the attempt was none.
    pub(super) fn succeeded(&self, email: &str, address: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys(email, address) {
            match key {
                Key::Pair(..) => {
                    all.remove(&key);
                }
                _ => {
                    if let Some(times) = all.get_mut(&key) {
                        times.pop();
                    }
                }
            }
        }
    }

    /// The second step was right: its mistakes are forgotten.
    pub(super) fn second_succeeded(&self, person: PersonId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&Key::Second(person));
    }
}

fn keys(email: &str, address: &str) -> [Key; 3] {
    [Key::Pair(email.into(), address.into()), Key::Address(address.into()), Key::Email(email.into())]
}

fn fresh(key: &Key, time: Timestamp, now: Timestamp) -> bool {
    now.duration_since(time) < key.limit().1
}

fn wait(all: &HashMap<Key, Vec<Timestamp>>, key: &Key, now: Timestamp) -> Option<u64> {
    let (most, window) = key.limit();
    let times: Vec<Timestamp> = all.get(key)?.iter().copied().filter(|time| fresh(key, *time, now)).collect();
    let oldest = times.first().filter(|_| times.len() >= most)?;
    let left = window - now.duration_since(*oldest);
    Some(u64::try_from(left.as_secs()).unwrap_or(0) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn the_sixth_attempt_waits_for_the_first_to_be_forgotten() {
        let attempts = Attempts::default();
        for n in 0..5 {
            assert_eq!(attempts.begin("a@e.org", "::1", at(n)), Ok(()));
        }
        assert_eq!(attempts.begin("a@e.org", "::1", at(10)), Err(891));
        assert_eq!(attempts.begin("b@e.org", "::1", at(10)), Ok(()), "others are not held up");
        assert_eq!(attempts.begin("a@e.org", "::2", at(10)), Ok(()), "nobody can lock another out from elsewhere");
        assert_eq!(attempts.begin("a@e.org", "::1", at(900)), Ok(()));
    }

    #[test]
    fn a_right_password_forgets_the_mistakes() {
        let attempts = Attempts::default();
        for n in 0..50 {
            assert_eq!(attempts.begin("a@e.org", "::1", at(n)), Ok(()));
            attempts.succeeded("a@e.org", "::1");
        }
    }

    #[test]
    fn the_second_step_is_counted_for_itself() {
        let attempts = Attempts::default();
        let [anna, boris] = [1, 2].map(|n| PersonId(uuid::Uuid::from_u128(n)));
        for n in 0..10 {
            assert_eq!(attempts.begin_second(anna, at(n)), Ok(()));
        }
        attempts.succeeded("a@e.org", "::1");
        assert_eq!(attempts.begin_second(anna, at(10)), Err(3591), "the right password does not forgive wrong codes");
        assert_eq!(attempts.begin_second(boris, at(10)), Ok(()));
        attempts.second_succeeded(anna);
        assert_eq!(attempts.begin_second(anna, at(10)), Ok(()));
    }

    #[test]
    fn letters_are_counted_by_their_reader_and_by_who_asks() {
        let attempts = Attempts::default();
        for n in 0..5 {
            assert_eq!(attempts.begin_reset("a@e.org", &format!("::{n}"), at(n)), Ok(()));
        }
        assert_eq!(attempts.begin_reset("a@e.org", "::9", at(5)), Err(3596), "nobody is flooded with letters");
        assert_eq!(attempts.begin("a@e.org", "::9", at(5)), Ok(()), "asking for letters keeps nobody from signing in");
        for n in 0..20 {
            assert_eq!(attempts.begin_reset(&format!("{n}@e.org"), "::8", at(5)), Ok(()));
        }
        assert_eq!(attempts.begin_reset("b@e.org", "::8", at(5)), Err(3601));
    }

    #[test]
    fn one_place_cannot_try_many_people_nor_many_places_one_person() {
        let (one_place, one_person) = (Attempts::default(), Attempts::default());
        for n in 0..100 {
            assert_eq!(one_place.begin(&format!("{n}@e.org"), "::1", at(0)), Ok(()));
            assert_eq!(one_person.begin("a@e.org", &format!("::{n}"), at(0)), Ok(()));
        }
        assert_eq!(one_place.begin("new@e.org", "::1", at(1)), Err(900));
        assert_eq!(one_person.begin("a@e.org", "::new", at(1)), Err(3600));
    }
}
