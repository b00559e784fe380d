//! npm projects: installed from their lock file, without install scripts, and only when something changed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::place::{Place, files_under, fingerprint};
use crate::shell;

/// Installs a project of this clone if its lock changed since the last time.
pub(crate) fn install(place: &Place, project: &Path) -> Result<()> {
    let now = fingerprint(&[project.join("package.json"), project.join("package-lock.json")])?;
    // Inside of what it speaks of: a target folder may serve several clones, node_modules never does.
    let stamp = project.join("node_modules/.sarafan-installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|then| then == now) {
        return Ok(());
    }
    eprintln!("npm ci in {}", project.strip_prefix(&place.root).unwrap_or(project).display());
    ci(place, project)?;
    std::fs::create_dir_all(project.join("node_modules"))?;
    std::fs::write(stamp, now)?;
    Ok(())
}

/// Builds the browser application if anything it is made of changed since the last time. Returns whether it did.
pub(crate) fn build_ui(place: &Place) -> Result<bool> {
    let ui = place.root.join("ui");
    install(place, &ui)?;
    let mut sources = files_under(&ui, |folder| {
        !["node_modules", "dist", "tests"].iter().any(|left_out| folder.ends_with(left_out))
    })?;
    sources.extend(files_under(&place.root.join("texts"), |_| true)?);
    let now = fingerprint(&sources)?;
    let stamp = ui.join("node_modules/.sarafan-built");
    if ui.join("dist/index.html").is_file() && std::fs::read_to_string(&stamp).is_ok_and(|then| then == now) {
        return Ok(false);
    }
    eprintln!("npm run build in ui");
    shell::run_quietly(script(place, &ui, "build").arg("--silent"))?;
    std::fs::write(stamp, now).context("the build was not kept in mind")?;
    Ok(true)
}

/// `npm run <script>` in a project.
pub(crate) fn script(place: &Place, project: &Path, script: &str) -> Command {
    let mut command = npm(place);
    command.args(["run", script]).current_dir(project);
    command
}

/// Whether a project has a script of that name.
pub(crate) fn has_script(project: &Path, script: &str) -> bool {
    std::fs::read_to_string(project.join("package.json"))
        .ok()
        .and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok())
        .is_some_and(|package| package.get("scripts").and_then(|scripts| scripts.get(script)).is_some())
}

/// Installs an npm project in the cache, outside of the clone, beside a copy of its own files, and finishes it with
/// `finish`; a project that did not change since is taken as it is. Returns the folder.
pub(crate) fn install_apart(
    place: &Place,
    name: &str,
    project: &Path,
    finish: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let files = files_under(project, |folder| !folder.ends_with("node_modules"))?;
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

/// `npm ci` without install scripts and without chatter.
fn ci(place: &Place, folder: &Path) -> Result<()> {
    shell::run_quietly(
        npm(place)
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"])
            .current_dir(folder),
    )
}

/// npm with its cache in ours, unless the person set another.
fn npm(place: &Place) -> Command {
    let mut command = Command::new("npm");
    if std::env::var_os("npm_config_cache").is_none() {
        command.env("npm_config_cache", place.cache.join("npm"));
    }
    command.env("npm_config_update_notifier", "false");
    command
}
