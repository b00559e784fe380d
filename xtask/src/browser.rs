//! The browser tests: what they need to know and how they are started. The tests themselves are in tests/browser.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::place::{Place, files_under};
use crate::{npm, shell};

/// The browser's program, under one of the names its packages give it, or as SARAFAN_CHROMIUM says.
pub(crate) fn chromium() -> Option<PathBuf> {
    match std::env::var_os("SARAFAN_CHROMIUM") {
        Some(program) => Some(PathBuf::from(program)),
        None => ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(shell::find),
    }
}

/// The command that runs all specs, one after the other: each drives a browser and a server, and two cores are soon
/// busy.
pub(crate) fn tests(place: &Place, update_screens: bool) -> Result<Command> {
    let project = place.root.join("tests/browser");
    npm::install(place, &project)?;
    let client = place.root.join("clients/typescript");
    npm::install(place, &client)?;
    shell::run_quietly(npm::script(place, &client, "build").arg("--silent"))?;
    let mut specs = files_under(&project, |folder| !folder.ends_with("node_modules"))?;
    specs.retain(|file| file.to_str().is_some_and(|name| name.ends_with(".test.mjs")));
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .args(specs)
        .current_dir(&project)
        .env("SARAFAN_PROGRAM", place.built("sarafan"))
        .env("SARAFAN_CHROMIUM", chromium().context("no Chromium was found: install it or set SARAFAN_CHROMIUM")?);
    if update_screens {
        command.env("SARAFAN_UPDATE_SCREENS", "1");
    }
    Ok(command)
}
