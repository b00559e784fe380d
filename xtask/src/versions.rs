//! Whether the programs that a build starts from are there and new enough, said before anything fails in the middle.

use std::process::Command;

use anyhow::{Result, bail};

use crate::shell;

/// What is asked for, with the first version that works and how one gets it.
struct Wanted {
    program: &'static str,
    least: (u32, u32),
    why: &'static str,
}

/// For the browser application.
const NODE: Wanted =
    Wanted { program: "node", least: (20, 19), why: "Vite needs it; Debian: the package nodejs, or nodejs.org" };
/// Installs packages without their scripts by a lock file.
const NPM: Wanted = Wanted { program: "npm", least: (10, 0), why: "it comes with Node.js" };
/// For the tests' tools and one test server.
const PYTHON: Wanted = Wanted { program: "python3", least: (3, 10), why: "Debian: the package python3" };

/// Checks what building needs.
pub(crate) fn check_for_build() -> Result<()> {
    check(&[NODE, NPM])
}

/// Checks what testing needs.
pub(crate) fn check_for_tests() -> Result<()> {
    check(&[NODE, NPM, PYTHON])
}

fn check(all: &[Wanted]) -> Result<()> {
    let wrong: Vec<String> = all.iter().filter_map(complaint).collect();
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    Ok(())
}

/// What is wrong with one program, in a sentence.
fn complaint(wanted: &Wanted) -> Option<String> {
    let (major, minor) = wanted.least;
    let told = shell::output(Command::new(wanted.program).arg("--version"));
    let found = told.as_deref().ok().and_then(version);
    if found.is_some_and(|found| found >= wanted.least) {
        return None;
    }
    let found = match (&told, found) {
        (Err(_), _) => "it is not here".to_owned(),
        (Ok(text), _) => format!("here is {}", text.trim()),
    };
    Some(format!("{} {major}.{minor} or newer is needed, {found} ({})", wanted.program, wanted.why))
}

/// Major and minor version in what a program prints of itself: `v20.19.1`, `10.9.0`, `Python 3.11.7`.
fn version(text: &str) -> Option<(u32, u32)> {
    let number = text.split_whitespace().last()?.trim_start_matches('v');
    let mut parts = number.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        for (text, expect) in
            [("v20.20.2\n", Some((20, 20))), ("11.19.1", Some((11, 19))), ("Python 3.11.7", Some((3, 11))), ("?", None)]
        {
            assert_eq!(version(text), expect, "{text}");
        }
    }

    #[test]
    fn what_is_missing_or_old_is_named() {
        let missing = complaint(&Wanted { program: "no-such-program", least: (1, 2), why: "why" });
        assert_eq!(missing.unwrap(), "no-such-program 1.2 or newer is needed, it is not here (why)");
        let old = complaint(&Wanted { program: "cargo", least: (9999, 0), why: "why" });
        assert!(old.unwrap().starts_with("cargo 9999.0 or newer is needed, here is cargo"));
    }
}
