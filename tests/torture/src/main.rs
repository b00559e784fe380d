//! The torture harness: ends the real program at every point between "claimed" and "outcome saved", breaks its networks,
//! its database and its disk, starts it again, and counts posts. `cargo xtask torture` builds the program for it.
//!
//! What is absent on purpose: any knowledge of how the program does its work, apart from the names of its points.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::sync::Mutex;
use tokio::task::{JoinSet, LocalSet};

mod crew;
mod house;
mod http;
mod plan;
mod points;
mod program;
mod proxy;
mod round;
mod stage;
mod table;
mod wait;

use house::{Ground, House};
use plan::{Means, Round};
use table::Table;

/// After so many rounds a lane builds a new house.
const ROUNDS_OF_A_HOUSE: usize = 15;
/// A round that takes longer hangs.
const LONGEST: Duration = Duration::from_secs(600);

/// What was asked for.
struct Asked {
    binary: PathBuf,
    short: bool,
    rounds: usize,
    seed: u64,
    only: Vec<String>,
    lanes: usize,
}

fn read(arguments: impl Iterator<Item = String>) -> Result<Asked> {
    let mut asked = Asked { binary: PathBuf::new(), short: false, rounds: 1000, seed: 1, only: Vec::new(), lanes: 24 };
    let mut arguments = arguments;
    while let Some(word) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("{word} needs a value"));
        match word.as_str() {
            "--program" => asked.binary = std::path::absolute(value()?)?,
            "--short" => asked.short = true,
            "--rounds" => asked.rounds = value()?.parse()?,
            "--seed" => asked.seed = value()?.parse()?,
            "--lanes" => asked.lanes = value()?.parse()?,
            "--only" => asked.only.push(value()?),
            other => bail!("the harness knows --program, --short, --rounds, --seed, --lanes and --only, not {other}"),
        }
    }
    if !asked.binary.is_file() {
        bail!("--program names the program built with the feature `torture`; `cargo xtask torture` does that");
    }
    Ok(asked)
}

#[tokio::main]
async fn main() -> ExitCode {
    // Lanes stay on this thread; the sandboxes and proxies they start run on the others.
    match LocalSet::new().run_until(run()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("torture: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<bool> {
    if std::env::args().nth(1).as_deref() == Some("--points") {
        for point in points::POINTS {
            println!("{:<18} {}", point.name, point.about);
        }
        return Ok(true);
    }
    let asked = read(std::env::args().skip(1))?;
    let has = |name: &str| std::env::var(name).is_ok();
    let means = Means {
        postgres: has("SARAFAN_TEST_POSTGRES"),
        real: has("SARAFAN_TEST_BLUESKY") && has("SARAFAN_TEST_MASTODON"),
        small_disk: house::can_mount(),
    };
    for (there, what) in [
        (means.postgres, "PostgreSQL: SARAFAN_TEST_POSTGRES is not set"),
        (means.real, "real servers: SARAFAN_TEST_BLUESKY and SARAFAN_TEST_MASTODON are not set"),
        (means.small_disk, "full disk: a small disk cannot be mounted here, that needs the administrator"),
    ] {
        if !there {
            println!("skipped: {what}");
        }
    }
    let rounds = if asked.short && asked.only.is_empty() {
        plan::short(means)
    } else {
        plan::long(means, asked.rounds, &asked.only, asked.seed)
    };
    let begun = Instant::now();
    let table = Arc::new(Mutex::new(Table::default()));
    let mut queue: Vec<(usize, Round)> = rounds.into_iter().enumerate().collect();
    // Popped from the end.
    queue.reverse();
    let queue = Arc::new(Mutex::new(queue));
    let mut lanes = JoinSet::new();
    for lane in 0..asked.lanes {
        lanes.spawn_local(work(asked.binary.clone(), lane, Arc::clone(&queue), Arc::clone(&table)));
    }
    while let Some(ended) = lanes.join_next().await {
        ended?;
    }
    let table = table.lock().await;
    println!("\n{}", table.text());
    println!("took {:.0} s", begun.elapsed().as_secs_f64());
    for wrong in &table.wrong {
        println!("WRONG {wrong}");
    }
    Ok(table.is_good() && table.rounds > 0)
}

/// A lane: takes the next round that its house can do, or builds another house.
async fn work(binary: PathBuf, lane: usize, queue: Arc<Mutex<Vec<(usize, Round)>>>, table: Arc<Mutex<Table>>) {
    let mut house: Option<(House, (Ground, bool), usize)> = None;
    loop {
        // Taken while the turn is free; a round that must wait for it is begun only when there is no other left.
        let mut turn = round::CONTROL.try_lock().ok();
        let taken = {
            let mut queue = queue.lock().await;
            let kind = house.as_ref().map(|(_, kind, _)| *kind);
            let now = |round: &Round| turn.is_some() || !round::needs_control(round);
            let same = |round: &Round| kind.is_none_or(|kind| round.kind() == kind) && now(round);
            let place = queue.iter().rposition(|(_, round)| same(round));
            let place = place.or_else(|| queue.iter().rposition(|(_, round)| now(round)));
            place.map(|place| queue.remove(place)).or_else(|| queue.pop())
        };
        let Some((number, round)) = taken else { break };
        if !round::needs_control(&round) {
            turn = None;
        } else if turn.is_none() {
            turn = Some(round::CONTROL.lock().await);
        }
        if house.as_ref().is_some_and(|(_, kind, done)| *kind != round.kind() || *done >= ROUNDS_OF_A_HOUSE)
            && let Some((old, ..)) = house.take()
        {
            old.leave(false).await;
        }
        let what = plan::describe(&round);
        if house.is_none() {
            match House::build(&binary, round.ground, round.real).await {
                Ok(Some(built)) => house = Some((built, round.kind(), 0)),
                Ok(None) => continue,
                Err(error) => {
                    table.lock().await.wrong.push(format!("{what}: no house: {error:#}"));
                    continue;
                }
            }
        }
        let Some((home, _, done)) = &mut house else { continue };
        *done += 1;
        let begun = Instant::now();
        let played = tokio::time::timeout(LONGEST, round::play(home, &round, number)).await;
        let outcome = played.unwrap_or_else(|_| Err(anyhow::anyhow!("it hangs")));
        let took = begun.elapsed().as_secs_f64();
        let bad = match &outcome {
            Ok(outcome) => {
                println!(
                    "{number:>4} lane {lane:>2} {took:>5.1} s {what}{}",
                    if outcome.reached { "" } else { " (missed)" }
                );
                !outcome.wrong.is_empty()
            }
            Err(error) => {
                println!("{number:>4} lane {lane:>2} {took:>5.1} s {what}: {error:#}");
                true
            }
        };
        {
            let mut table = table.lock().await;
            match &outcome {
                Ok(outcome) => table.add(&round, outcome),
                Err(error) => table.wrong.push(format!("{what}: {error:#}")),
            }
        }
        if bad
            && let Some((old, ..)) = house.take()
            && let Some(left) = old.leave(true).await
        {
            println!("what it left behind is in {}", left.display());
        }
        drop(turn);
    }
    if let Some((old, ..)) = house {
        old.leave(false).await;
    }
}
