//! What must hold whatever the numbers are: nothing is lost, one at a time per channel, no quota is exceeded, and the same
//! seed tells the same story.

use std::collections::{HashMap, HashSet};

use super::run::{Outcome, Seen, run};
use super::world::{DAY, NETWORKS, Quota, Scope, World};

/// Small, and crowded enough that everything has to wait for everything.
const SMALL: World = World {
    seed: 7,
    channels: 400,
    brands: 30,
    deliveries: 60_000,
    from: 0,
    to: DAY,
    workers: 1,
    shards: 2,
    commits: 100,
    spread: 0,
};

fn watched(world: &World) -> (Outcome, Vec<Seen>) {
    let mut seen = Vec::new();
    let outcome = run(world, |one| seen.push(one));
    (outcome, seen)
}

#[test]
fn nothing_is_lost_and_nothing_goes_out_twice() {
    for seed in 0..5 {
        let (outcome, seen) = watched(&World { seed, ..SMALL });
        assert_eq!((outcome.due, outcome.sent), (60_000, 60_000), "seed {seed}");
        let leaves = seen.iter().filter(|one| matches!(one, Seen::Leaves { .. })).count();
        assert_eq!(leaves, 60_000, "seed {seed}");
        assert!(outcome.waited > 0, "nothing ever waited for a quota: the test proves nothing");
    }
}

#[test]
fn one_at_a_time_per_channel() {
    let (_, seen) = watched(&SMALL);
    let mut sending = HashSet::new();
    for one in seen {
        match one {
            Seen::Leaves { channel, .. } => assert!(sending.insert(channel), "two of channel {channel} at once"),
            Seen::Ends { channel } => assert!(sending.remove(&channel), "one of channel {channel} ended twice"),
        }
    }
    assert!(sending.is_empty());
}

#[test]
fn no_quota_is_exceeded_in_any_window() {
    let (_, seen) = watched(&SMALL);
    let mut calls: HashMap<(u32, bool, usize), (Quota, Vec<u64>)> = HashMap::new();
    for one in seen {
        let Seen::Leaves { channel, at } = one else { continue };
        for (n, quota) in NETWORKS[SMALL.network(channel)].1.iter().enumerate() {
            let app = quota.scope == Scope::App;
            let owner = if app { SMALL.brand(channel) } else { channel };
            calls.entry((owner, app, n)).or_insert((*quota, Vec::new())).1.push(at);
        }
    }
    assert!(calls.len() > 400);
    for (owner, (quota, times)) in calls {
        assert!(times.is_sorted());
        for (first, beyond) in times.iter().zip(times.iter().skip(quota.calls)) {
            assert!(
                beyond - first >= quota.per * 1000,
                "{owner:?}: more than {} calls within {} ms",
                quota.calls,
                quota.per
            );
        }
    }
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let (one, first) = watched(&SMALL);
    let (two, second) = watched(&SMALL);
    assert!(one == two && first == second);
    let (_, third) = watched(&World { seed: 8, ..SMALL });
    assert!(first != third);
}

#[test]
fn a_quicker_database_and_more_workers_are_never_later() {
    let at = |commits, workers| run(&World { commits, workers, ..SMALL }, |_| {}).percentile(9900, true);
    let rows = [at(60, 1), at(200, 1), at(2000, 2)];
    assert!(rows.is_sorted_by(|slow, quick| slow >= quick) && rows[0] > rows[2], "{rows:?}");
}

#[test]
fn a_part_of_the_day_is_a_part_of_its_deliveries() {
    let half = DAY / 2;
    let sent = |from, to| run(&World { from, to, ..SMALL }, |_| {}).sent;
    assert_eq!(sent(0, half) + sent(half, DAY), 60_000);
}
