//! How long a start takes until the first request is answered, and how much memory the idle program holds.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::{Figure, POSTIZ, middle_and_highest, program};
use crate::children::{Child, RunFolder};
use crate::http;
use crate::place::Place;

/// So many starts are measured.
const STARTS: usize = 20;
/// How long the program is left alone before its memory is looked at.
const IDLE: Duration = Duration::from_secs(10);
/// A start that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// Measures starts with an empty database, starts that have to make one, and memory.
pub(super) fn measure(place: &Place) -> Result<Vec<Figure>> {
    let folder = RunFolder::make("bench")?;
    let mut first = Vec::new();
    let mut later = Vec::new();
    let mut memory = 0.0;
    for round in 0..STARTS {
        let data = folder.path().join(format!("data-{round}"));
        let (took, child) = start(place, &folder, &data)?;
        first.push(took);
        drop(child);
        let (took, child) = start(place, &folder, &data)?;
        later.push(took);
        if round + 1 == STARTS {
            // Not a wait for something to happen: the time in which nothing happens is what is measured.
            thread::sleep(IDLE);
            (memory, _) = super::house::memory(child.id())?;
        }
    }
    let how = |highest: f64, what: &str| format!("middle of {STARTS} starts, highest {highest:.0}; {what}");
    let (new, new_highest) = middle_and_highest(&mut first).context("nothing was started")?;
    let (again, again_highest) = middle_and_highest(&mut later).context("nothing was started")?;
    Ok(vec![
        Figure::most("cold start", again, 300.0, "ms", how(again_highest, "empty database, GET /health answered"))
            .against(Some(("Postiz", POSTIZ.start_ms))),
        Figure::most("first start", new, 300.0, "ms", how(new_highest, "new data folder, all migrations run")),
        Figure::most("memory, idle", memory, 60.0, "MB", "resident, 10 s after the start".to_owned())
            .against(Some(("Postiz", POSTIZ.memory_mb))),
    ])
}

/// Starts the server; how many milliseconds passed until it answered.
pub(super) fn start(place: &Place, folder: &RunFolder, data: &std::path::Path) -> Result<(f64, Child)> {
    let port = http::free_port()?;
    let mut command = Command::new(program(place));
    command.arg("serve").arg("--data").arg(data).arg("--listen").arg(format!("127.0.0.1:{port}"));
    let begun = Instant::now();
    let child = Child::start("sarafan", folder.path(), &mut command)?;
    while begun.elapsed() < PATIENCE {
        if http::get(port, "/health").is_ok_and(|(status, _)| status == 200) {
            return Ok((begun.elapsed().as_secs_f64() * 1000.0, child));
        }
        thread::sleep(Duration::from_millis(1));
    }
    bail!("sarafan does not answer:\n{}", child.story())
}
