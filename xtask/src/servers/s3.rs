//! s3s-fs: an S3 storage in a folder, which checks signatures. Built from its crate, since no package has it.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};
use serde_json::json;

use super::{Server, Start};
use crate::children::Child;
use crate::place::Place;
use crate::{http, shell};

/// The version that is built.
const VERSION: &str = "0.14.1";
/// How long it may take to come up on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Starts it with one empty bucket.
pub(super) fn start(start: Start<'_>) -> Result<Server> {
    let program = install(start.place)?;
    let data = start.folder.join("s3");
    std::fs::create_dir_all(data.join("sarafan"))?;
    let port = http::free_port()?;
    let mut child = Child::start(
        "s3",
        start.folder,
        Command::new(program)
            .args(["--host", "127.0.0.1", "--access-key", "sarafan", "--secret-key", "sarafan-secret", "--port"])
            .arg(port.to_string())
            .arg(&data)
            .env("RUST_LOG", "s3s_fs=info"),
    )?;
    child.wait_for_text(PATIENCE, "server is running")?;
    let (status, _) = http::get(port, "/")?;
    if status != 403 {
        bail!("s3s-fs answers {status} to a request without a signature, not 403:\n{}", child.story());
    }
    let told = json!({
        "endpoint": format!("http://127.0.0.1:{port}"),
        "bucket": "sarafan",
        "region": "us-east-1",
        "access_key": "sarafan",
        "secret_key": "sarafan-secret",
    });
    Ok(Server::new(vec![child], &[("SARAFAN_TEST_S3", told.to_string())]))
}

/// Builds the program into the cache, once for all clones. Without optimisation: it stores a few small files.
fn install(place: &Place) -> Result<PathBuf> {
    let root = place.cache.join("tools").join(format!("s3s-fs-{VERSION}"));
    let program = root.join("bin/s3s-fs");
    if !program.is_file() {
        eprintln!("cargo install s3s-fs (one to two minutes)");
        shell::run_quietly(
            shell::gently("cargo")
                .args([
                    "install",
                    "s3s-fs",
                    "--version",
                    VERSION,
                    "--features",
                    "binary",
                    "--locked",
                    "--debug",
                    "--quiet",
                ])
                .arg("--root")
                .arg(&root)
                // A folder of its own: the project's build must not wait for this one.
                .env("CARGO_TARGET_DIR", root.join("target"))
                .env("CARGO_PROFILE_DEV_DEBUG", "0"),
        )?;
        let _ = std::fs::remove_dir_all(root.join("target"));
    }
    Ok(program)
}
