//! PostgreSQL with a data folder of its own, tuned to forget for tests, which prove behaviour and not the disk, or to keep
//! what it is told for measuring.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::{Server, Start};
use crate::children::Child;
use crate::place::Place;
use crate::{apt, http, shell};

/// How long making the data folder's server ready may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// Makes sure that the programs are there.
pub(super) fn install() -> Result<()> {
    match programs() {
        Some(_) => Ok(()),
        None => apt::ensure(&[("postgres", &["postgresql"])]),
    }
}

/// Settings of a server that may forget when the machine stops.
const FORGETS: [&str; 5] =
    ["shared_buffers=64MB", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "jit=off"];
/// Settings of a server whose speed is measured: what it said is on the disk.
const KEEPS: [&str; 4] = ["shared_buffers=512MB", "max_wal_size=4GB", "checkpoint_timeout=15min", "jit=off"];

/// A server that keeps what it is told, for measuring. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Durable {
    port: u16,
    _child: Child,
}

impl Durable {
    /// Installs it where it is missing and starts it with its data in `folder`.
    pub(crate) fn start(place: &Place, folder: &Path) -> Result<Self> {
        install()?;
        let (port, child) = launch(Start { place, folder }, &KEEPS)?;
        Ok(Self { port, _child: child })
    }

    /// The address of one of its databases: `sarafan` or `bluesky`.
    pub(crate) fn address(&self, database: &str) -> String {
        address(self.port, database)
    }
}

/// Starts it and returns also the address of a database for the Bluesky servers.
pub(super) fn start(start: Start<'_>) -> Result<(Server, String)> {
    let (port, child) = launch(start, &FORGETS)?;
    let server = Server::new(vec![child], &[("SARAFAN_TEST_POSTGRES", address(port, "sarafan"))]);
    Ok((server, address(port, "bluesky")))
}

fn address(port: u16, database: &str) -> String {
    format!("postgres://sarafan@127.0.0.1:{port}/{database}")
}

fn launch(start: Start<'_>, settings: &[&str]) -> Result<(u16, Child)> {
    let programs = programs().context("PostgreSQL's programs are not where its packages put them")?;
    let home = start.folder.join("postgres");
    std::fs::create_dir_all(&home)?;
    let keeper = keeper();
    if let Some(keeper) = keeper {
        shell::run_quietly(Command::new("chown").arg(keeper).arg(&home))?;
    }
    let data = home.join("data");
    shell::run_quietly(
        as_keeper(keeper, &programs.join("initdb"), &home)
            .args(["--username=sarafan", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"])
            .arg(&data),
    )?;
    let port = http::free_port()?;
    let mut command = as_keeper(keeper, &programs.join("postgres"), &home);
    command.arg("-D").arg(&data).arg("-p").arg(port.to_string());
    for setting in
        ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300"].iter().chain(settings)
    {
        command.args(["-c", setting]);
    }
    // Its own signal for "end now, without waiting for those who are connected".
    let mut child = Child::start("postgres", start.folder, &mut command)?.ends_by("INT");
    child.wait_for_text(PATIENCE, "database system is ready to accept connections")?;
    for database in ["sarafan", "bluesky"] {
        shell::run_quietly(
            Command::new(programs.join("createdb"))
                .args(["--host=127.0.0.1", "--username=sarafan", "--no-password"])
                .arg(format!("--port={port}"))
                .arg("--maintenance-db=postgres")
                .arg(database),
        )?;
    }
    Ok((port, child))
}

/// The folder with the newest version's programs.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .max();
    match newest {
        Some((_, folder)) => Some(folder),
        None => shell::find("initdb").and_then(|program| program.parent().map(Path::to_path_buf)),
    }
}

/// Whom the server runs as: it refuses to be the administrator. `None` is ourselves.
fn keeper() -> Option<&'static str> {
    if !shell::is_root() {
        return None;
    }
    let people = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    Some(if people.lines().any(|line| line.starts_with("postgres:")) { "postgres" } else { "nobody" })
}

/// A command run as that person, in a folder that person can enter.
fn as_keeper(keeper: Option<&str>, program: &Path, folder: &Path) -> Command {
    let mut command = match keeper {
        Some(keeper) => {
            let mut command = Command::new("setpriv");
            command.args(["--reuid", keeper, "--regid", keeper_group(keeper), "--clear-groups"]).arg(program);
            command
        }
        None => Command::new(program),
    };
    command.current_dir(folder).env("LC_ALL", "C").env("TZ", "UTC");
    command
}

fn keeper_group(keeper: &str) -> &str {
    if keeper == "nobody" { "nogroup" } else { keeper }
}
