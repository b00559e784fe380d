//! npm projects: installed from their lock file, without install scripts, and only when something changed.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::place::{Place, fingerprint};
use crate::shell;

/// Installs an npm project in the cache, outside of the clone, beside a copy of its own files, and finishes it with
/// `finish`; a project that did not change since is taken as it is. Returns the folder.
pub(crate) fn install_apart(
    place: &Place,
    name: &str,
    project: &Path,
    finish: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(project)?.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    let folder = place.cache.join("node").join(format!("{name}-{}", fingerprint(&files)?));
    if folder.is_dir() {
        return Ok(folder);
    }
    // Made beside its place and renamed when complete: an interrupted install is never taken for a good one.
    let unfinished = folder.with_extension(format!("unfinished-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&unfinished);
    std::fs::create_dir_all(&unfinished)?;
    for file in &files {
        if let Some(name) = file.file_name() {
            std::fs::copy(file, unfinished.join(name))?;
        }
    }
    eprintln!("npm ci {name}");
    ci(place, &unfinished)?;
    finish(&unfinished)?;
    if std::fs::rename(&unfinished, &folder).is_err() && folder.is_dir() {
        // Another run was quicker.
        let _ = std::fs::remove_dir_all(&unfinished);
    }
    Ok(folder)
}

/// `npm ci` without install scripts and without chatter. Its own cache is in ours unless the person set another.
fn ci(place: &Place, folder: &Path) -> Result<()> {
    let mut command = shell::gently("npm");
    command
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"])
        .current_dir(folder);
    if std::env::var_os("npm_config_cache").is_none() {
        command.env("npm_config_cache", place.cache.join("npm"));
    }
    shell::run_quietly(&mut command)
}
