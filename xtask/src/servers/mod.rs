//! The real servers the tests talk to: the official Bluesky, an independent Mastodon, WordPress, PostgreSQL, an S3
//! storage, an OpenID Connect provider and a mail server, each on a free port of the loopback address with data that
//! lives as long as the run. Which tests use them, and how, is not known here: tests learn the addresses by environment
//! variables.

mod bluesky;
mod mail;
mod mastodon;
mod oidc;
mod postgres;
mod s3;
mod wordpress;

pub(crate) use postgres::Durable;

use std::path::Path;
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use anyhow::{Result, anyhow, bail};

use crate::children::{self, Child, RunFolder};
use crate::place::Place;

/// Environment variables by which tests learn addresses.
pub(crate) type Environment = Vec<(String, String)>;

/// A server that answers.
#[derive(Debug)]
pub(crate) struct Server {
    environment: Environment,
    /// Ended in this order when dropped.
    _children: Vec<Child>,
}

impl Server {
    fn new(children: Vec<Child>, environment: &[(&str, String)]) -> Self {
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Self { environment, _children: children }
    }
}

/// All servers of one run. Dropping it ends them and removes their data.
#[derive(Debug)]
pub(crate) struct Servers {
    // The order matters: programs end before their folder is removed.
    _servers: Vec<Server>,
    _folder: RunFolder,
    /// What the tests are to be given.
    pub(crate) environment: Environment,
    /// Servers that did not start though they may be missing, and why.
    pub(crate) skipped: Vec<(&'static str, anyhow::Error)>,
}

/// What starting one server needs to know.
#[derive(Debug, Clone, Copy)]
struct Start<'a> {
    place: &'a Place,
    /// For data and logs of this run.
    folder: &'a Path,
}

/// Installs and starts all servers. One that fails is an error that names it, except WordPress, whose packages exist
/// on Debian only.
pub(crate) fn start_all(place: &Place) -> Result<Servers> {
    let folder = RunFolder::make("servers")?;
    let start = Start { place, folder: folder.path() };
    // Everything Debian brings in one go, since its package manager serves one at a time.
    let without_wordpress = wordpress::install().err();
    postgres::install()?;
    let mut started = Vec::new();
    let mut skipped = Vec::new();
    let mut broken = Vec::new();
    thread::scope(|scope| {
        let mut running = vec![
            (
                "Bluesky and PostgreSQL",
                scope.spawn(move || timed("Bluesky and PostgreSQL", || database_and_bluesky(start))),
            ),
            ("Mastodon", scope.spawn(move || timed("Mastodon", || mastodon::start(start).map(|server| vec![server])))),
            (
                "OpenID Connect",
                scope.spawn(move || timed("OpenID Connect", || oidc::start(start).map(|server| vec![server]))),
            ),
            ("Mail", scope.spawn(move || timed("Mail", || mail::start(start).map(|server| vec![server])))),
            ("S3", scope.spawn(move || timed("S3", || s3::start(start).map(|server| vec![server])))),
        ];
        match without_wordpress {
            None => running.push((
                wordpress::NAME,
                scope.spawn(move || timed(wordpress::NAME, || wordpress::start(start).map(|server| vec![server]))),
            )),
            Some(error) => skipped.push((wordpress::NAME, error)),
        }
        for (name, thread) in running {
            match thread.join().unwrap_or_else(|_| Err(anyhow!("its start panicked"))) {
                Ok(servers) => started.extend(servers),
                Err(error) if name == wordpress::NAME => skipped.push((name, error)),
                Err(error) => broken.push(format!("{name} did not start: {error:#}")),
            }
        }
    });
    if !broken.is_empty() {
        bail!("{}", broken.join("\n"));
    }
    let environment = started.iter().flat_map(|server| server.environment.iter().cloned()).collect();
    Ok(Servers { _servers: started, _folder: folder, environment, skipped })
}

/// `cargo xtask servers`.
pub(crate) fn command(place: &Place, arguments: &[String]) -> Result<ExitCode> {
    if let Some(other) = arguments.first() {
        bail!("`servers` takes no arguments, not `{other}`");
    }
    children::end_with_us()?;
    let servers = start_all(place)?;
    for (name, error) in &servers.skipped {
        eprintln!("{name} is skipped: {error:#}");
    }
    let lines: String = servers.environment.iter().map(|(name, value)| format!("export {name}='{value}'\n")).collect();
    let file = place.target.join("servers.env");
    std::fs::write(&file, &lines)?;
    print!("{lines}");
    eprintln!("Servers run until Ctrl-C. The lines above are also in {}", file.display());
    loop {
        thread::park();
    }
}

/// The AppView keeps its tables in the same PostgreSQL that the store's tests use, in a database of its own.
fn database_and_bluesky(start: Start<'_>) -> Result<Vec<Server>> {
    let (database, address) = postgres::start(start)?;
    let bluesky = bluesky::start(start, &address)?;
    Ok(vec![bluesky, database])
}

fn timed<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let begun = Instant::now();
    let done = work()?;
    eprintln!("{name} is up after {:.1} s", begun.elapsed().as_secs_f64());
    Ok(done)
}
