//! Counts calls ahead of time, so that a network never has to refuse one.
//!
//! A window is cut into slots; the calls of the last whole window and of the slot we are in are summed. However the
//! network cuts its own windows, none of them ever sees more calls than allowed; a plain token bucket would let
//! twice as many through in its first window. A window takes the same few bytes however many calls it counts.

use std::collections::HashMap;
use std::time::Duration;

use sarafan_domain::delivery::Scope;

use crate::about::Quota;

/// Windows remembered at once; beyond that, those that are over are forgotten, then the longest unused.
const MOST: usize = 20_000;
const SLOTS: usize = 16;
/// The slot we are in comes on top.
const KEPT: usize = SLOTS + 1;

/// All windows.
#[derive(Debug, Default)]
pub(super) struct Book {
    windows: HashMap<Key, Window>,
}

#[derive(Debug, PartialEq, Eq, Hash, Clone)]
struct Key {
    whose: Box<str>,
    endpoint: &'static str,
    calls: u32,
    per: Duration,
}

#[derive(Debug, Clone)]
struct Window {
    /// Number of the slot that was written last.
    newest: u64,
    counts: [u32; KEPT],
}

impl Book {
    /// Counts one call against every quota that it touches, or against none when one of them is used up; then says
    /// which, and how long to wait.
    pub(super) fn take(
        &mut self,
        quotas: &[Quota],
        channel: &str,
        app: &str,
        endpoint: &'static str,
        now: Duration,
    ) -> Result<(), (Scope, Duration)> {
        let touched: Vec<(Key, u128, Scope)> = quotas
            .iter()
            .filter(|quota| quota.endpoint.is_empty() || quota.endpoint == endpoint)
            .map(|quota| (key(quota, channel, app), (quota.per.as_nanos() / 16).max(1), quota.scope))
            .collect();
        let mut longest: Option<(Scope, Duration)> = None;
        for (key, slot, scope) in &touched {
            let window = self.window(key, now);
            window.advance(number(now, *slot));
            if let Some(wait) = window.wait(key.calls, *slot, now)
                && longest.is_none_or(|(_, other)| wait > other)
            {
                longest = Some((*scope, wait));
            }
        }
        if let Some(refused) = longest {
            return Err(refused);
        }
        for (key, _, _) in &touched {
            self.window(key, now).count();
        }
        Ok(())
    }

    fn window(&mut self, key: &Key, now: Duration) -> &mut Window {
        if self.windows.len() >= MOST && !self.windows.contains_key(key) {
            self.forget(now);
        }
        self.windows.entry(key.clone()).or_insert(Window { newest: 0, counts: [0; KEPT] })
    }

    fn forget(&mut self, now: Duration) {
        let last = |key: &Key, window: &Window| {
            let slot = (key.per.as_nanos() / 16).max(1);
            u128::from(window.newest).saturating_add(1).saturating_mul(slot)
        };
        self.windows.retain(|key, window| last(key, window) + key.per.as_nanos() > now.as_nanos());
        if self.windows.len() >= MOST {
            // All are in use: the quarter that was used least recently goes, so that this is not needed every time.
            let mut ends: Vec<u128> = self.windows.iter().map(|(key, window)| last(key, window)).collect();
            ends.sort_unstable();
            let border = ends.get(ends.len() / 4).copied().unwrap_or_default();
            self.windows.retain(|key, window| last(key, window) > border);
        }
    }
}

fn key(quota: &Quota, channel: &str, app: &str) -> Key {
    let whose = match quota.scope {
        Scope::App => format!("app {app}"),
        Scope::Channel | Scope::Endpoint => format!("channel {channel}"),
    };
    Key { whose: whose.into(), endpoint: quota.endpoint, calls: quota.calls, per: quota.per }
}

fn number(now: Duration, slot: u128) -> u64 {
    u64::try_from(now.as_nanos() / slot).unwrap_or(u64::MAX)
}

fn place(slot: u64) -> usize {
    usize::try_from(slot % 17).unwrap_or_default()
}

impl Window {
    fn advance(&mut self, to: u64) {
        let gap = to.saturating_sub(self.newest);
        if gap >= 17 {
            self.counts = [0; KEPT];
        } else {
            for slot in self.newest + 1..=to {
                if let Some(count) = self.counts.get_mut(place(slot)) {
                    *count = 0;
                }
            }
        }
        self.newest = self.newest.max(to);
    }

    /// How long until one more call is allowed; `None` where it is allowed now.
    fn wait(&self, calls: u32, slot: u128, now: Duration) -> Option<Duration> {
        let mut sum: u64 = self.counts.iter().map(|count| u64::from(*count)).sum();
        if sum < u64::from(calls) {
            return None;
        }
        let oldest = self.newest.saturating_sub(16);
        for number in oldest..=self.newest {
            sum -= u64::from(self.counts.get(place(number)).copied().unwrap_or_default());
            if sum < u64::from(calls) {
                let free = u128::from(number + 17).saturating_mul(slot);
                let wait = free.saturating_sub(now.as_nanos());
                return Some(Duration::from_nanos(u64::try_from(wait).unwrap_or(u64::MAX)));
            }
        }
        // A quota of no calls at all.
        Some(Duration::from_secs(86_400))
    }

    fn count(&mut self) {
        if let Some(count) = self.counts.get_mut(place(self.newest)) {
            *count = count.saturating_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    static QUOTAS: [Quota; 3] = [
        Quota { scope: Scope::Channel, endpoint: "", calls: 20, per: Duration::from_secs(60) },
        Quota { scope: Scope::App, endpoint: "", calls: 30, per: Duration::from_secs(1) },
        Quota { scope: Scope::Endpoint, endpoint: "media", calls: 2, per: Duration::from_secs(3600) },
    ];

    #[test]
    fn no_window_ever_sees_more_than_allowed() {
        let mut book = Book::default();
        let mut allowed: Vec<Duration> = Vec::new();
        let mut now = Duration::ZERO;
        // A greedy caller that comes back exactly when it is told to, and sometimes later.
        for turn in 0..400_u32 {
            match book.take(&QUOTAS[..1], "c", "a", "", now) {
                Ok(()) => allowed.push(now),
                Err((scope, wait)) => {
                    assert_eq!(scope, Scope::Channel);
                    assert!(wait > Duration::ZERO && wait <= Duration::from_secs(64), "{wait:?}");
                    now += wait + SECOND * (turn % 3);
                }
            }
        }
        for (index, start) in allowed.iter().enumerate() {
            let inside = allowed[index..].iter().filter(|at| **at < *start + 60 * SECOND).count();
            assert!(inside <= 20, "{inside} calls within a minute of {start:?}");
        }
        assert!(allowed.len() > 300);
    }

    #[test]
    fn scopes_are_counted_apart() {
        let mut book = Book::default();
        let now = SECOND;
        for _ in 0..20 {
            book.take(&QUOTAS, "one", "app", "", now).unwrap();
        }
        assert_eq!(book.take(&QUOTAS, "one", "app", "", now).unwrap_err().0, Scope::Channel);
        for _ in 0..10 {
            book.take(&QUOTAS, "two", "app", "", now).unwrap();
        }
        let (scope, wait) = book.take(&QUOTAS, "two", "app", "", now).unwrap_err();
        assert_eq!(scope, Scope::App);
        assert!(wait <= Duration::from_millis(1063), "{wait:?}");
        book.take(&QUOTAS, "two", "another app", "", now).unwrap();
    }

    #[test]
    fn an_endpoint_has_its_own_count_and_a_refusal_costs_nothing() {
        let mut book = Book::default();
        for _ in 0..2 {
            book.take(&QUOTAS, "c", "a", "media", SECOND).unwrap();
        }
        for _ in 0..100 {
            assert_eq!(book.take(&QUOTAS, "c", "a", "media", SECOND).unwrap_err().0, Scope::Endpoint);
        }
        for _ in 0..18 {
            book.take(&QUOTAS, "c", "a", "", SECOND).unwrap();
        }
    }

    #[test]
    fn memory_has_an_end() {
        let mut book = Book::default();
        for number in 0..MOST + 10 {
            book.take(&QUOTAS[..1], &number.to_string(), "a", "", SECOND).unwrap();
        }
        assert!(book.windows.len() <= MOST);
    }
}
