//! `cargo xtask simulate`: a million channels and ten million deliveries a day, played by numbers: who is due when, what
//! workers and databases have to carry, how late things leave, how large the database grows. What it cannot know is how
//! quick a machine is: it is told how many transactions a database commits. docs/scale.md draws the conclusions.

mod random;
mod run;
mod sizes;
#[cfg(test)]
mod tests;
mod world;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::place::Place;
use run::{Outcome, run};
use world::{DAY, HOURS, World};

/// The world of docs/scale.md.
const LARGE: World = World {
    seed: 1,
    channels: 1_000_000,
    brands: 50_000,
    deliveries: 10_000_000,
    from: 0,
    to: DAY,
    workers: 16,
    shards: 8,
    commits: 5000,
    spread: 0,
};

/// Ten minutes around the busiest minute: long enough for a queue to build and to drain.
const AROUND: u64 = 5 * 60_000;

/// `cargo xtask simulate [--seed N] [--measure]`.
pub(crate) fn command(place: &Place, arguments: &[String]) -> Result<ExitCode> {
    let mut world = LARGE;
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--seed" => world.seed = words.next().context("--seed needs a number")?.parse()?,
            "--measure" => {
                sizes::measure(place)?;
                return Ok(ExitCode::SUCCESS);
            }
            other => bail!("`simulate` knows --seed and --measure, not `{other}`"),
        }
    }
    let begun = Instant::now();
    let busiest = demand(&world);
    let peak = World { from: busiest.saturating_sub(AROUND), to: busiest + AROUND, ..world };
    table(
        "Workers, with a database that is never the limit",
        &peak,
        [8, 32, 128, 256].map(|workers| World { workers, shards: 64, commits: 1_000_000, ..peak }),
    );
    table(
        "Databases, each with 5,000 transactions a second",
        &peak,
        [1, 4, 16, 64, 128].map(|shards| World { workers: 256, shards, ..peak }),
    );
    table(
        "The same with the sharp minutes spread over 30 s",
        &peak,
        [1, 4, 16, 64].map(|shards| World { workers: 32, shards, spread: 30, ..peak }),
    );
    let day = run(&world, |_| {});
    println!("The whole day on {} workers and {} databases: {}", world.workers, world.shards, sentence(&day));
    sizes::print(&world);
    println!("\nPlayed in {:.1} s with seed {}.", begun.elapsed().as_secs_f64(), world.seed);
    Ok(ExitCode::SUCCESS)
}

/// Prints what is asked of the installation; the busiest minute in milliseconds of the day.
fn demand(world: &World) -> u64 {
    let minutes: Vec<u64> =
        world.minutes().iter().map(|zones| zones.iter().map(|count| u64::from(*count)).sum()).collect();
    let (busiest, most) = minutes.iter().enumerate().max_by_key(|(_, count)| **count).unwrap_or((0, &0));
    let hours: Vec<u64> = minutes.chunks(60).map(|hour| hour.iter().sum()).collect();
    let busiest_hour = hours.iter().max().copied().unwrap_or(0);
    println!("{} channels of {} brands, {} deliveries a day", world.channels, world.brands, world.deliveries);
    println!("  mean                {:>10} a second", world.deliveries / 86_400);
    println!("  busiest hour        {busiest_hour:>10}, {} a second", busiest_hour / 3600);
    println!("  busiest second      {most:>10} due at {:02}:{:02}:00 UTC", busiest / 60, busiest % 60);
    let sharp = minutes.iter().filter(|count| **count > most / 10).count();
    println!("  seconds of a day with more than a tenth of that: {sharp}\n");
    debug_assert_eq!(HOURS.len(), 24, "a day has 24 hours");
    u64::try_from(busiest).unwrap_or(0) * 60_000
}

fn table<const N: usize>(title: &str, peak: &World, worlds: [World; N]) {
    let span = (peak.to - peak.from) / 60_000;
    println!("{title}; {span} minutes around the busiest second");
    println!(
        "  workers databases      sent  p50 ms  p90 ms  p99 ms  last ms  without quotas p99  longest wait for a slot"
    );
    for world in worlds {
        let outcome = run(&world, |_| {});
        println!(
            "  {:>7} {:>9} {:>9} {:>7} {:>7} {:>7} {:>8} {:>19} {:>24}",
            world.workers,
            world.shards,
            outcome.sent,
            outcome.percentile(5000, false),
            outcome.percentile(9000, false),
            outcome.percentile(9900, false),
            outcome.percentile(10_000, false),
            outcome.percentile(9900, true),
            outcome.slot_wait,
        );
    }
    println!();
}

fn sentence(outcome: &Outcome) -> String {
    format!(
        "{} due, {} sent, {} waited for a quota, {} transactions; late by {} ms in the middle, {} at 99 %, {} at 99.9 %",
        outcome.due,
        outcome.sent,
        outcome.waited,
        outcome.commits,
        outcome.percentile(5000, false),
        outcome.percentile(9900, false),
        outcome.percentile(9990, false),
    )
}
