//! Python packages the tests and checks use, installed from a list with hashes into a folder of the cache, so that
//! neither the system's Python nor the clone is touched.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::place::{Place, fingerprint};
use crate::{apt, shell};

/// Installs what a requirements file lists, unless that was done before, and returns the folder.
pub(crate) fn install(place: &Place, name: &str, requirements: &Path) -> Result<PathBuf> {
    let folder = place.cache.join("python").join(format!("{name}-{}", fingerprint(&[requirements.to_path_buf()])?));
    if folder.is_dir() {
        return Ok(folder);
    }
    // Made beside its place and renamed when complete: an interrupted install is never taken for a good one.
    let unfinished = folder.with_extension(format!("unfinished-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&unfinished);
    apt::ensure(&[("python3", &["python3"])])?;
    if !has_pip() {
        apt::ensure(&[("pip3", &["python3-pip"])])?;
    }
    eprintln!("pip install {name}");
    shell::run_quietly(
        shell::gently("python3")
            .args(["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:"])
            .arg("--target")
            .arg(&unfinished)
            .arg("--requirement")
            .arg(requirements),
    )
    .with_context(|| format!("cannot install {}", requirements.display()))?;
    if std::fs::rename(&unfinished, &folder).is_err() && folder.is_dir() {
        // Another run was quicker.
        let _ = std::fs::remove_dir_all(&unfinished);
    }
    Ok(folder)
}

fn has_pip() -> bool {
    shell::output(std::process::Command::new("python3").args(["-m", "pip", "--version"])).is_ok()
}
