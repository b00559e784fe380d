//! oidc-provider (npm): an OpenID Connect provider. The launcher in tests/servers/oidc says whom it knows.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Server, Start};
use crate::children::Child;
use crate::npm;

/// How long it may take to come up on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Starts it with everything in memory.
pub(super) fn start(start: Start<'_>) -> Result<Server> {
    let folder = npm::install_apart(start.place, "oidc", &start.place.root.join("tests/servers/oidc"), |_| Ok(()))?;
    let mut child = Child::start("oidc", start.folder, Command::new("node").arg("start.mjs").current_dir(folder))?;
    let told = child.wait_for(PATIENCE, |line| {
        serde_json::from_str::<Value>(line).ok().filter(|line| line.get("issuer").is_some())
    })?;
    let issuer = told.get("issuer").and_then(Value::as_str).context("the launcher did not tell `issuer`")?;
    Ok(Server::new(vec![child], &[("SARAFAN_TEST_OIDC", issuer.to_owned())]))
}
