//! Which rounds a run is made of.

use serde_json::{Value, json};

use crate::house::Ground;
use crate::points::{POINTS, Point, Way};

/// What goes wrong in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// Nothing: with two workers, to see that no work is done twice.
    None,
    /// SIGKILL at the round's point.
    Kill,
    /// One of two workers is frozen at the round's point until the other one has done its work, and then goes on.
    Freeze,
    /// One of two workers gets SIGKILL while it holds claims and requests are on their way.
    KillOne,
    /// One of two workers loses the database while it holds claims and requests are on their way.
    CutOff,
    /// The database is away for a while.
    DatabaseAway,
    /// The disk is full for a while.
    FullDisk,
    /// A network misbehaves; the sandbox's word for it.
    Network(&'static str),
    /// A real server misbehaves: its own control plane, or the proxy before it.
    Real(&'static str),
}

impl Fault {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "none, two workers",
            Self::Kill => "SIGKILL",
            Self::Freeze => "frozen past its lease",
            Self::KillOne => "one of two workers killed",
            Self::CutOff => "one of two workers cut off",
            Self::DatabaseAway => "database away",
            Self::FullDisk => "disk full",
            Self::Network(word) => NETWORK.iter().find(|(key, ..)| *key == word).map_or(word, |(_, name, _)| name),
            Self::Real(word) => REAL.iter().find(|(key, _)| *key == word).map_or(word, |(_, name)| name),
        }
    }

    /// What the sandbox is told.
    pub(crate) fn sandbox(self) -> Option<Value> {
        let Self::Network(word) = self else { return None };
        let (key, _, count) = NETWORK.iter().find(|(key, ..)| *key == word)?;
        Some(json!({ *key: count }))
    }
}

/// Faults of the sandbox: its word, ours, and how many requests of each network it hits.
const NETWORK: &[(&str, &str, u32)] = &[
    ("silent_after_accept", "time-out after acceptance", 2),
    ("cut_after_accept", "connection cut after acceptance", 3),
    ("status_502_after_accept", "502 after acceptance", 3),
    ("status_500", "500, not accepted", 3),
    ("drop_before", "connection dropped before acceptance", 3),
    ("garbage", "an answer that is no answer", 3),
    ("rate_limit_seconds", "429 with Retry-After", 4),
    ("expired_token", "expired credential", 2),
];

/// Faults of real servers.
const REAL: &[(&str, &str)] = &[
    ("status", "500, not accepted"),
    ("ratelimit", "429 with Retry-After"),
    ("malformed", "an answer that is no answer"),
    ("late", "accepted after the client gave up"),
    ("swallow", "time-out after acceptance"),
    ("cut", "connection cut after acceptance"),
    ("refuse", "connection dropped before acceptance"),
];

/// One round.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Round {
    pub(crate) fault: Fault,
    pub(crate) point: Option<&'static Point>,
    pub(crate) ground: Ground,
    pub(crate) real: bool,
    /// Chooses the pass of the point and how somebody is cut off.
    pub(crate) seed: u64,
    /// How long a database, a disk or a server is away, in seconds.
    pub(crate) away: u64,
}

impl Round {
    /// Which houses can do it.
    pub(crate) fn kind(&self) -> (Ground, bool) {
        (self.ground, self.real)
    }
}

/// A small generator of numbers; the same seed gives the same run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides.max(1)
    }
}

/// What this machine has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Means {
    pub(crate) postgres: bool,
    pub(crate) real: bool,
    pub(crate) small_disk: bool,
}

/// Every combination that makes sense, once.
pub(crate) fn every(means: Means) -> Vec<Round> {
    let mut all = Vec::new();
    let mut add = |fault, point, ground, real| all.push(Round { fault, point, ground, real, seed: 0, away: 30 });
    let grounds: &[Ground] = if means.postgres { &[Ground::Sqlite, Ground::Postgres] } else { &[Ground::Sqlite] };
    for ground in grounds.iter().copied() {
        for point in POINTS {
            add(Fault::Kill, Some(point), ground, false);
        }
        for (word, ..) in NETWORK {
            add(Fault::Network(word), None, ground, false);
        }
        add(Fault::None, None, ground, false);
        add(Fault::KillOne, None, ground, false);
    }
    if means.small_disk {
        add(Fault::FullDisk, None, Ground::SmallDisk, false);
    }
    if means.postgres {
        add(Fault::DatabaseAway, None, Ground::Postgres, false);
        add(Fault::CutOff, None, Ground::Postgres, false);
        // A process that is frozen within a transaction on SQLite holds everybody up; that is what PostgreSQL is for.
        for name in ["attempt-begun", "ready", "request-leaves", "outcome-known"] {
            add(Fault::Freeze, point(name), Ground::Postgres, false);
        }
    }
    if means.real {
        for point in POINTS.iter().filter(|point| point.way == Way::Publish) {
            add(Fault::Kill, Some(point), Ground::Sqlite, true);
        }
        for (word, _) in REAL {
            add(Fault::Real(word), None, Ground::Sqlite, true);
        }
    }
    all
}

/// The short form: every point and every fault once on SQLite with the sandbox, a handful elsewhere.
pub(crate) fn short(means: Means) -> Vec<Round> {
    let handful = |round: &Round| match (round.ground, round.real) {
        (_, true) => {
            matches!(round.fault, Fault::Real("cut" | "status"))
                || round.point.is_some_and(|point| point.name == "answer-read")
        }
        (Ground::Sqlite | Ground::SmallDisk, _) => true,
        (Ground::Postgres, _) => {
            let named = |point: &Point| ["claimed", "answer-begins", "outcome-unwritten"].contains(&point.name);
            match round.fault {
                Fault::Kill => round.point.is_some_and(named),
                Fault::Freeze => round.point.is_some_and(|point| point.name == "request-leaves"),
                Fault::Network(_) => false,
                _ => true,
            }
        }
    };
    every(means).into_iter().filter(handful).map(|round| Round { away: 6, ..round }).collect()
}

/// `count` rounds: every combination in turn, each time with other passes.
pub(crate) fn long(means: Means, count: usize, only: &[String], seed: u64) -> Vec<Round> {
    let wanted = |round: &Round| only.is_empty() || only.iter().any(|word| describe(round).contains(word.as_str()));
    let every: Vec<Round> = every(means).into_iter().filter(wanted).collect();
    let mut dice = Dice(seed);
    every.into_iter().cycle().take(count).map(|round| Round { seed: dice.roll(u64::MAX), ..round }).collect()
}

/// A round in one line; `--only` looks for words in it.
pub(crate) fn describe(round: &Round) -> String {
    let point = round.point.map_or("", |point| point.name);
    let networks = if round.real { "real servers" } else { "sandbox" };
    format!("{} {point} {networks} {}", round.fault.name(), round.ground.name())
}

fn point(name: &str) -> Option<&'static Point> {
    POINTS.iter().find(|point| point.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Means = Means { postgres: true, real: true, small_disk: true };

    #[test]
    fn every_point_and_every_fault_is_in_the_short_form() {
        let rounds = short(ALL);
        for point in POINTS {
            let of =
                |round: &&Round| round.ground == Ground::Sqlite && round.point.is_some_and(|p| p.name == point.name);
            assert!(rounds.iter().any(|round| of(&round)), "{}", point.name);
        }
        for (word, ..) in NETWORK {
            assert!(rounds.iter().any(|round| round.fault == Fault::Network(word)), "{word}");
        }
        for fault in [Fault::FullDisk, Fault::DatabaseAway, Fault::CutOff, Fault::KillOne, Fault::None] {
            assert!(rounds.iter().any(|round| round.fault == fault), "{fault:?}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_run_and_words_choose() {
        let seeds = |seed| long(ALL, 300, &[], seed).iter().map(|round| round.seed).collect::<Vec<_>>();
        assert_eq!(seeds(7), seeds(7));
        assert_ne!(seeds(7), seeds(8));
        let only = long(ALL, 10, &["disk full".to_owned()], 1);
        assert!(only.len() == 10 && only.iter().all(|round| round.fault == Fault::FullDisk));
    }
}
