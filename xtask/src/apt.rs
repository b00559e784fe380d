//! Debian packages the tests use. Installed only where we are the administrator of a Debian-like system; elsewhere
//! the person is told what to install.

use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, bail};

use crate::shell;

/// Makes sure that programs exist, by installing the packages that bring them. `needs` are pairs of a program and its
/// packages; everything that is missing is installed in one go. Programs that are there cost nothing.
pub(crate) fn ensure(needs: &[(&str, &[&str])]) -> Result<()> {
    // Its lists have one lock, and several servers are made ready at once.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let missing: Vec<&str> = needs
        .iter()
        .filter(|(program, _)| !is_there(program))
        .flat_map(|(_, packages)| packages.iter().copied())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !shell::is_root() || shell::find("apt-get").is_none() {
        bail!("please install these Debian packages (or what your system calls them): {list}");
    }
    eprintln!("apt-get install {list}");
    let apt = |words: &[&str]| {
        shell::run_quietly(
            Command::new("apt-get")
                .args(["-qq", "-y", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"])
                .args(words)
                .env("DEBIAN_FRONTEND", "noninteractive")
                .stdin(Stdio::null()),
        )
    };
    let mut install = vec!["install", "--no-install-recommends"];
    install.extend(&missing);
    // A fresh machine knows no packages yet, an old one knows packages that are gone: look again, then try again.
    apt(&["update"])?;
    apt(&install)
}

/// A program by name in PATH, or a file by its whole path.
fn is_there(program: &str) -> bool {
    if program.starts_with('/') { std::path::Path::new(program).exists() } else { shell::find(program).is_some() }
}
