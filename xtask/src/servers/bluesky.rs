//! The official Bluesky servers (npm @atproto/dev-env). The launcher in tests/servers/bluesky says what is started.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Server, Start};
use crate::children::Child;
use crate::npm;
use crate::place::Place;
use crate::shell;

/// How long the servers may take to come up on a busy machine.
const PATIENCE: Duration = Duration::from_secs(180);

/// Starts them with the AppView's tables in the given database.
pub(super) fn start(start: Start<'_>, database: &str) -> Result<Server> {
    let folder = install(start.place)?;
    let data = start.folder.join("bluesky");
    std::fs::create_dir_all(&data)?;
    let mut child = Child::start(
        "bluesky",
        start.folder,
        Command::new("node")
            .arg("start.mjs")
            .current_dir(folder)
            .env("SARAFAN_BLUESKY_POSTGRES", database)
            // The PDS keeps its repositories in the system's folder for temporary files: ours goes with the run.
            .env("TMPDIR", &data)
            .env("LOG_ENABLED", "false")
            .env("NODE_ENV", "test"),
    )?;
    let told = child
        .wait_for(PATIENCE, |line| serde_json::from_str::<Value>(line).ok().filter(|line| line.get("pds").is_some()))?;
    let text = |name: &str| -> Result<String> {
        let value =
            told.get(name).and_then(Value::as_str).with_context(|| format!("the launcher did not tell `{name}`"))?;
        Ok(value.to_owned())
    };
    Ok(Server::new(
        vec![child],
        &[
            ("SARAFAN_TEST_BLUESKY", text("pds")?),
            ("SARAFAN_TEST_BLUESKY_APPVIEW", text("appview")?),
            ("SARAFAN_TEST_BLUESKY_PLC", text("plc")?),
        ],
    ))
}

/// Installs the packages in the cache, beside a copy of the launcher, and builds the one native part that the PDS has.
fn install(place: &Place) -> Result<PathBuf> {
    npm::install_apart(place, "bluesky", &place.root.join("tests/servers/bluesky"), |folder| {
        // Install scripts stay off for the hundreds of others.
        eprintln!("building better-sqlite3 for Bluesky's PDS (about a minute)");
        shell::run_quietly(
            shell::gently("npm")
                .args(["rebuild", "better-sqlite3", "--foreground-scripts", "--no-audit", "--no-fund"])
                .current_dir(folder),
        )
    })
}
