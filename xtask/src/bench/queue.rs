//! The queue alone: jobs claimed and completed one by one by 32 callers, each in two transactions that are on the disk when
//! they return; beside it, in the same run and on the same PostgreSQL, graphile-worker from npm.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Figure, house};
use crate::children::RunFolder;
use crate::place::Place;
use crate::servers::Durable;
use crate::{npm, shell};

const JOBS: usize = 20_000;
const CALLERS: usize = 32;

/// Both engines, and the peer.
pub(super) fn measure(place: &Place) -> Result<Vec<Figure>> {
    let folder = RunFolder::make("bench-queue")?;
    let sqlite = rate(place, &format!("sqlite://{}", folder.path().join("queue.db").display()))?;
    let server = Durable::start(place, folder.path())?;
    let postgres = rate(place, &server.address("sarafan"))?;
    let peer = graphile_worker(place, &server.address("bluesky"))?;
    let how = |engine: &str| format!("{JOBS} jobs, {CALLERS} callers, {engine}");
    let peer = Some(("graphile-worker, same run", peer));
    Ok(vec![
        Figure::least("queue on SQLite", sqlite, 10_000.0, "jobs/s", how("synchronous=FULL")).against(peer),
        Figure::least("queue on PostgreSQL", postgres, 5000.0, "jobs/s", how("fsync on, 16 connections")).against(peer),
    ])
}

fn rate(place: &Place, url: &str) -> Result<f64> {
    let told = house::example(place, "queue_speed", &[url, &JOBS.to_string(), &CALLERS.to_string()])?;
    let line = told.lines().find(|line| line.starts_with("claimed and completed")).context("no figure was told")?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let rate = words.iter().rev().nth(2).context("no figure was told")?;
    rate.parse().with_context(|| line.to_owned())
}

fn graphile_worker(place: &Place, url: &str) -> Result<f64> {
    let project = place.root.join("tests/bench/graphile-worker");
    let folder = npm::install_apart(place, "graphile-worker", &project, |_| Ok(()))?;
    let mut command = Command::new("node");
    command.arg("queue.mjs").arg(JOBS.to_string()).arg(CALLERS.to_string()).current_dir(folder);
    let told = shell::output(command.env("DATABASE_URL", url))?;
    let line = told.lines().last().context("graphile-worker told nothing")?;
    let told: Value = serde_json::from_str(line).with_context(|| line.to_owned())?;
    told.get("rate").and_then(Value::as_f64).context("graphile-worker told no rate")
}
