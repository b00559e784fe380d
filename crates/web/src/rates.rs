//! How much may be asked a minute: by a token, by a session, and by an address without either. Each process counts for itself.
//!
//! The full amount may be used at once; it comes back evenly over a minute. Every answer of the API says what is left.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use sarafan_domain::id::{SessionId, TokenId};

const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// Those who have their full amount again are forgotten every so many requests.
const SWEEP: u32 = 4096;

/// Requests a minute; 0 for no limit.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rates {
    /// Of one token.
    pub token: u32,
    /// Of one session.
    pub session: u32,
    /// Of one address, for those who show neither.
    pub address: u32,
}

/// Who is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Who {
    Token(TokenId),
    Session(SessionId),
    Address(String),
}

/// What is left after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Left {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// The full amount is there again after so many seconds.
    pub(crate) reset: u64,
}

/// The request is one too many: the next may come after so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooMany {
    pub(crate) limit: u32,
    pub(crate) seconds: u64,
}

type Keyed<C> = RateLimiter<Who, HashMapStateStore<Who>, C, StateInformationMiddleware>;

struct Counter<C: Clock> {
    limit: NonZeroU32,
    keyed: Keyed<C>,
}

/// Counts.
pub(crate) struct Limits<C: Clock = DefaultClock> {
    clock: C,
    token: Option<Counter<C>>,
    session: Option<Counter<C>>,
    address: Option<Counter<C>>,
    asked: AtomicU32,
}

impl Limits {
    pub(crate) fn new(rates: Rates) -> Self {
        Self::with_clock(rates, DefaultClock::default())
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn with_clock(rates: Rates, clock: C) -> Self {
        let counter = |limit| {
            let limit = NonZeroU32::new(limit)?;
            let keyed = Keyed::new(Quota::per_minute(limit), HashMapStateStore::default(), clock.clone());
            Some(Counter { limit, keyed })
        };
        let [token, session, address] = [rates.token, rates.session, rates.address].map(counter);
        Self { clock, token, session, address, asked: AtomicU32::new(0) }
    }

    /// Counts a request; `None` where there is no limit.
    pub(crate) fn ask(&self, who: &Who) -> Option<Result<Left, TooMany>> {
        let counter = match who {
            Who::Token(_) => self.token.as_ref(),
            Who::Session(_) => self.session.as_ref(),
            Who::Address(_) => self.address.as_ref(),
        }?;
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            counter.keyed.retain_recent();
        }
        let limit = counter.limit.get();
        Some(match counter.keyed.check_key(who) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let used = u64::from(limit.saturating_sub(remaining));
                Ok(Left { limit, remaining, reset: (used * 60).div_ceil(u64::from(limit)) })
            }
            Err(not_until) => {
                let wait = not_until.wait_time_from(self.clock.now());
                Err(TooMany { limit, seconds: wait.as_secs() + u64::from(wait.subsec_nanos() > 0) })
            }
        })
    }
}

/// Says what is left.
pub(crate) fn tell(headers: &mut HeaderMap, asked: Result<Left, TooMany>) {
    let left = asked.unwrap_or_else(|over| Left { limit: over.limit, remaining: 0, reset: over.seconds });
    headers.insert(LIMIT, HeaderValue::from(left.limit));
    headers.insert(REMAINING, HeaderValue::from(left.remaining));
    headers.insert(RESET, HeaderValue::from(left.reset));
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use governor::clock::FakeRelativeClock;

    use super::*;

    fn who(name: &str) -> Who {
        Who::Address(name.to_owned())
    }

    #[test]
    fn the_full_amount_may_be_used_at_once_and_comes_back_over_a_minute() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::with_clock(Rates { token: 0, session: 0, address: 6 }, clock.clone());
        for n in (0..6_u32).rev() {
            let left = limits.ask(&who("a")).unwrap().unwrap();
            assert_eq!((left.limit, left.remaining, left.reset), (6, n, u64::from(6 - n) * 10));
        }
        assert_eq!(limits.ask(&who("a")), Some(Err(TooMany { limit: 6, seconds: 10 })));
        assert!(limits.ask(&who("b")).unwrap().is_ok(), "another one is counted apart");
        clock.advance(Duration::from_secs(10));
        assert!(limits.ask(&who("a")).unwrap().is_ok());
        assert!(limits.ask(&who("a")).unwrap().is_err());
        clock.advance(Duration::from_secs(60));
        assert_eq!(limits.ask(&who("a")).unwrap().unwrap().remaining, 5);
    }

    #[test]
    fn without_a_limit_nothing_is_counted() {
        let limits = Limits::new(Rates::default());
        assert_eq!(limits.ask(&who("a")), None);
    }

    #[test]
    fn those_who_have_their_full_amount_are_forgotten() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::with_clock(Rates { token: 0, session: 0, address: 60 }, clock.clone());
        for n in 0..SWEEP - 1 {
            let _ = limits.ask(&who(&n.to_string()));
        }
        clock.advance(Duration::from_secs(61));
        let _ = limits.ask(&who("last"));
        assert!(limits.address.unwrap().keyed.len() <= 1);
    }
}
