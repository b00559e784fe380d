//! Where things are: the project, the folder of built files and the folder of downloaded ones.

use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The three folders every command works in.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The project's root, with the workspace's Cargo.toml.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
    /// What was downloaded or built once and serves every clone: test servers, tools, npm's and pip's own caches.
    pub(crate) cache: PathBuf,
}

impl Place {
    /// Reads the folders off the environment and off this program's own path; makes the cache folder.
    /// Fails when the program does not run inside the project, or no folder can be written to.
    pub(crate) fn find() -> Result<Self> {
        let root = match std::env::var_os("CARGO_MANIFEST_DIR") {
            Some(folder) => PathBuf::from(folder).parent().map(Path::to_path_buf),
            None => std::env::current_dir()?
                .ancestors()
                .find(|folder| folder.join("xtask/Cargo.toml").is_file())
                .map(Path::to_path_buf),
        }
        .context("run this inside the project")?;
        let program = std::env::current_exe()?;
        let target = program.ancestors().nth(2).context("this program is not in a target folder")?.to_path_buf();
        let cache = [wanted_cache(), Some(target.join("cache"))]
            .into_iter()
            .flatten()
            .find(|folder| std::fs::create_dir_all(folder).is_ok())
            .context("no folder for downloads can be made: set SARAFAN_CACHE")?;
        Ok(Self { root, target, cache })
    }

    /// The built file of a program of this workspace in the development profile.
    pub(crate) fn built(&self, program: &str) -> PathBuf {
        self.target.join("debug").join(program)
    }
}

/// The cache folder that the person's settings ask for.
fn wanted_cache() -> Option<PathBuf> {
    if let Some(folder) = filled("SARAFAN_CACHE") {
        return Some(PathBuf::from(folder));
    }
    if let Some(folder) = filled("XDG_CACHE_HOME") {
        return Some(Path::new(&folder).join("sarafan"));
    }
    filled("HOME").map(|home| Path::new(&home).join(".cache/sarafan"))
}

fn filled(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| value != OsStr::new(""))
}

/// All files below a folder whose folders `enter` lets in, sorted.
pub(crate) fn files_under(folder: &Path, enter: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if !path.is_dir() {
                found.push(path);
            } else if enter(&path) {
                folders.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A short name for what some files say now: equal contents, equal name. It names cache folders and stamps, and
/// need not be the same on another machine or with another compiler.
pub(crate) fn fingerprint(files: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        (file.file_name(), bytes).hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}
