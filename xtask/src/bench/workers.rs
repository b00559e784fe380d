//! Several workers on one PostgreSQL: the same hot second with one worker and with two, each a process of its own beside
//! the one that serves pages. What they gain depends on how many cores there are for all of it.

use std::process::Command;
use std::thread;

use anyhow::{Context, Result};
use serde_json::json;

use super::caller::Caller;
use super::hot;
use super::house::{self, House};
use super::{Figure, program};
use crate::children::{Child, RunFolder};
use crate::place::Place;
use crate::servers::Durable;

/// Posts that are due in the same second.
const POSTS: usize = 2000;
/// Two workers, the sandbox, PostgreSQL and the pages want a core each, and one for everything else.
const CORES: usize = 6;
/// What two workers are worth where there are so many cores.
const WORTH: f64 = 1.7;

/// One worker, then two.
pub(super) fn measure(place: &Place) -> Result<Vec<Figure>> {
    let folder = RunFolder::make("bench-workers")?;
    let data = house::data(&folder, "data");
    let server = Durable::start(place, folder.path())?;
    let url = server.address("sarafan");
    house::found(place, &data, Some(&url))?;
    let (sandbox, _sandbox) = house::sandbox(place, &folder)?;
    let allowed = format!("127.0.0.1:{sandbox}");
    let more = [("SARAFAN_ALLOW_PRIVATE", allowed.as_str()), ("SARAFAN_DATABASE", url.as_str())];
    let house = House::start_as(place, &folder, &data, &["--web"], &more)?;
    hot::connect(&house, sandbox)?;
    let keys = data.join("keys");
    house::example(place, "fill", &["channels", &url, &keys.to_string_lossy(), &hot::CHANNELS.to_string()])?;
    Caller::open(sandbox, "")?.ask("POST", "/faults", &json!({ "latency_ms": hot::ANSWER_MS }).to_string())?;
    let channels = hot::channels(&house)?;

    let mut rates = Vec::new();
    let (mut wrong, mut said, mut workers) = (0.0, String::new(), Vec::new());
    for count in 1..=2 {
        let name = format!("worker-{count}");
        let mut command = Command::new(program(place));
        command.arg("work").arg("--data").arg(&data).envs(more);
        workers.push(Child::start(&name, folder.path(), &mut command)?);
        let round = hot::round(&house, sandbox, &channels, &name, POSTS, 0)?;
        let last = round.late.last().copied().context("nothing was sent")?;
        rates.push(f64::from(u32::try_from(round.late.len())?) * 1000.0 / last.max(1.0));
        wrong += round.wrong;
        said = if said.is_empty() { round.what } else { hot::both(said, &round.what) };
    }
    let (one, two) = (rates.first().copied().unwrap_or(f64::NAN), rates.last().copied().unwrap_or(f64::NAN));
    let cores = thread::available_parallelism()?.get();
    let (promise, why) = if cores < CORES {
        (0.0, format!("; {WORTH} is promised from {CORES} cores on, here are {cores} for everything"))
    } else {
        (WORTH, String::new())
    };
    let how = format!("{POSTS} posts of one second: {one:.0}/s and {two:.0}/s{why}");
    Ok(vec![
        Figure::least("two workers to one", two / one, promise, "times", how),
        Figure::most("lost, twice or early, workers", wrong, 0.0, "posts", said),
    ])
}
