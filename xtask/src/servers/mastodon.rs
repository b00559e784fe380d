//! mastodon-mock (PyPI): an independent, stateful implementation of Mastodon's API. Its token is `mock_token`.

use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use super::{Server, Start};
use crate::children::Child;
use crate::{http, python};

/// How long it may take to come up on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// Starts it with everything in memory.
pub(super) fn start(start: Start<'_>) -> Result<Server> {
    let packages =
        python::install(start.place, "mastodon", &start.place.root.join("tests/servers/mastodon/requirements.txt"))?;
    let port = http::free_port()?;
    let mut child = Child::start(
        "mastodon",
        start.folder,
        Command::new("python3")
            .args(["-m", "mastodon_mock", "serve", "--host", "127.0.0.1", "--in-memory", "--port"])
            .arg(port.to_string())
            .current_dir(start.folder)
            .env("PYTHONPATH", packages)
            .env("PYTHONUNBUFFERED", "1"),
    )?;
    child.wait_for_text(PATIENCE, "Uvicorn running on")?;
    let (status, _) = http::get(port, "/api/v2/instance")?;
    if status != 200 {
        bail!("mastodon-mock answers {status} to a look at its instance:\n{}", child.story());
    }
    Ok(Server::new(vec![child], &[("SARAFAN_TEST_MASTODON", format!("http://127.0.0.1:{port}"))]))
}
