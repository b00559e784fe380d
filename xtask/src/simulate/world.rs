//! The world of the simulation: who posts where and when, how long networks take, what they allow. Plain numbers with where
//! they come from; nothing here runs.

use super::random::Random;

/// Milliseconds of a day.
pub(super) const DAY: u64 = 86_400_000;

/// How large it is and what serves it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct World {
    pub(super) seed: u64,
    pub(super) channels: u32,
    pub(super) brands: u32,
    /// Deliveries of a whole day.
    pub(super) deliveries: u32,
    /// Milliseconds of the day (UTC) that are simulated.
    pub(super) from: u64,
    pub(super) to: u64,
    pub(super) workers: u32,
    /// Databases that the brands are spread over by their id.
    pub(super) shards: u32,
    /// Transactions that one of them commits a second.
    pub(super) commits: u32,
    /// Seconds over which the deliveries of one sharp minute are spread, where the brand agrees; 0 is sharp.
    pub(super) spread: u32,
}

/// Jobs that a worker runs at a time: `PARALLEL` in crates/app/src/worker.rs.
pub(super) const SLOTS: u32 = 1024;

/// Zones with their offset in minutes and their share of the channels in thousandths: where the product's languages and
/// their neighbours live, with a tail around the world.
pub(super) const ZONES: [(i64, u32); 10] = [
    (180, 330), // Moscow, Minsk
    (60, 190),  // Warsaw, Berlin
    (0, 80),    // London
    (300, 90),  // Yekaterinburg, Tashkent
    (420, 60),  // Novosibirsk
    (600, 30),  // Vladivostok
    (240, 40),  // Samara, Dubai
    (-300, 80), // New York
    (-480, 50), // Los Angeles
    (330, 50),  // Delhi
];

/// Shares of the hours of a local day in thousandths: mornings and evenings, 10:00 the most.
pub(super) const HOURS: [u32; 24] =
    [4, 2, 1, 1, 2, 5, 12, 30, 60, 85, 130, 80, 75, 60, 55, 55, 60, 70, 75, 60, 40, 22, 10, 6];

/// Where in its hour a post is due, in thousandths: on the hour, on the half, on a quarter; the rest at any minute.
pub(super) const SHARP: [(u64, u32); 4] = [(0, 600), (30, 150), (15, 50), (45, 50)];

/// How long a request takes, in milliseconds: equal parts of all answers, as text with or without a picture.
pub(super) const ANSWERS: [u64; 16] = [90, 110, 125, 140, 155, 170, 190, 210, 235, 265, 300, 350, 430, 600, 1100, 2600];

/// Who counts the calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Each channel for itself.
    Channel,
    /// All channels of a brand on this network together: they post by one bot or application.
    App,
}

/// So many calls within so many milliseconds, whichever milliseconds these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quota {
    pub(super) scope: Scope,
    pub(super) calls: usize,
    pub(super) per: u64,
}

/// The kinds of networks, with their share of the channels in thousandths: those that count by account, and those that
/// count by chat and by bot. The figures are those of the connectors of that kind.
pub(super) const NETWORKS: [(u32, &[Quota]); 2] = [
    (
        600,
        &[
            Quota { scope: Scope::Channel, calls: 300, per: 300_000 },
            Quota { scope: Scope::Channel, calls: 300, per: 10_800_000 },
        ],
    ),
    (
        400,
        &[
            Quota { scope: Scope::Channel, calls: 1, per: 1000 },
            Quota { scope: Scope::Channel, calls: 20, per: 60_000 },
            Quota { scope: Scope::App, calls: 30, per: 1000 },
        ],
    ),
];

/// A delivery before it goes anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Due {
    /// Milliseconds since midnight UTC.
    pub(super) at: u64,
    pub(super) channel: u32,
}

impl World {
    /// The brand of a channel. Sizes differ: a few agencies have hundreds of channels, most brands a handful.
    pub(super) fn brand(&self, channel: u32) -> u32 {
        let part = f64::from(Random::of(self.seed ^ 0x00b2_a4d0, channel).below(1_000_000)) / 1e6;
        let brand = f64::from(self.brands) * part.powf(1.5);
        // Between 0 and the number of brands, so that it fits.
        (0..self.brands).len().min(truncated(brand)).try_into().unwrap_or(0)
    }

    /// Which kind of network it is on.
    pub(super) fn network(&self, channel: u32) -> usize {
        pick(&NETWORKS.map(|(share, _)| share), Random::of(self.seed ^ 0x0bad_cafe, channel).below(1000))
    }

    /// How many are due in each minute of the day (UTC), zone by zone; all of them add up to `deliveries` exactly.
    pub(super) fn minutes(&self) -> Vec<[u32; ZONES.len()]> {
        let mut shares = vec![[0.0_f64; ZONES.len()]; 1440];
        for (zone, (offset, people)) in ZONES.iter().enumerate() {
            for (hour, weight) in HOURS.iter().enumerate() {
                for minute in 0..60_i64 {
                    let local = i64::try_from(hour).unwrap_or(0) * 60 + minute;
                    let utc = usize::try_from((local - offset).rem_euclid(1440)).unwrap_or(0);
                    let sharp =
                        SHARP.iter().find(|(at, _)| i64::try_from(*at) == Ok(minute)).map_or(0, |(_, share)| *share);
                    let any = 1000 - SHARP.iter().map(|(_, share)| share).sum::<u32>();
                    let share = (f64::from(sharp) + f64::from(any) / 60.0) / 1000.0;
                    if let Some(cell) = shares.get_mut(utc).and_then(|row| row.get_mut(zone)) {
                        *cell += f64::from(*people) / 1000.0 * f64::from(*weight)
                            / f64::from(HOURS.iter().sum::<u32>())
                            * share;
                    }
                }
            }
        }
        // Whole numbers by running sums: what is cut off here is added there.
        let (mut exact, mut given) = (0.0, 0_u32);
        let all: f64 = shares.iter().flatten().sum();
        let mut counts = vec![[0_u32; ZONES.len()]; 1440];
        for (row, shares) in counts.iter_mut().zip(&shares) {
            for (cell, share) in row.iter_mut().zip(shares) {
                exact += share / all * f64::from(self.deliveries);
                let until = u32::try_from(truncated(exact + 1e-6)).unwrap_or(given).max(given);
                *cell = until - given;
                given = until;
            }
        }
        counts
    }
}

/// The whole part of a number that is not negative.
#[expect(clippy::as_conversions, reason = "a number of deliveries or brands, far below 2^53")]
pub(super) fn truncated(value: f64) -> usize {
    value.max(0.0) as usize
}

/// The place whose share a number between 0 and the sum of all shares falls into.
pub(super) fn pick(shares: &[u32], number: u32) -> usize {
    let mut left = number;
    for (index, share) in shares.iter().enumerate() {
        if left < *share {
            return index;
        }
        left -= share;
    }
    shares.len().saturating_sub(1)
}
