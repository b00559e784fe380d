//! A test never sleeps: it waits for what it is about, drives the worker itself, or passes the time in.

use super::source::{Kind, is_test, scan, tests_of};
use super::{Finding, Tree};

/// Ways to wait for the clock.
const WAYS: &[&str] = &["sleep(", "sleep_until(", "waitForTimeout(", "setTimeout("];

/// Files and folders that may, each with the reason.
const MAY: &[(&str, &str)] = &[
    (
        "crates/connectors/tests/connectors/story.rs",
        "one loop asks a real server again until it has counted: it tells nobody when it is done",
    ),
    (
        "tests/torture/src/wait.rs",
        "the one place of the harness that asks another process again and again; an outage has a length, too",
    ),
    ("tests/browser/bench/", "a bench measures time and tests nothing"),
];

/// Every sleeping test.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files() {
        let Some(kind) = Kind::of(&file.path) else { continue };
        let tests = match kind {
            _ if is_test(&file.path) => file.text.as_str(),
            Kind::Rust => tests_of(&file.text),
            _ => continue,
        };
        if MAY.iter().any(|(path, _)| file.path.starts_with(path)) {
            continue;
        }
        let before = file.text.lines().count() - tests.lines().count();
        for (at, line) in scan(tests, kind).code.lines().enumerate() {
            if let Some(way) = WAYS.iter().find(|way| line.contains(*way)) {
                let what = format!("a test never waits for the clock (`{way}…)`)");
                findings.push(Finding::new("sleep", &file.path, Some(before + at + 1), what));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_findings;

    #[test]
    fn sleeping_tests_are_found() {
        // Put together here, so that this file does not find itself.
        let nap = ["slee", "p(second)"].concat();
        let test = format!("fn a() {{ {nap} }}\n\n#[cfg(test)]\nmod tests {{\n    {nap};\n}}\n");
        let wait = ["page.waitFor", "Timeout(5)"].concat();
        let tree = Tree::of(&[
            ("crates/a/src/a.rs", &test),
            ("crates/a/src/b.rs", &format!("fn b() {{ {nap} }}\n")),
            ("crates/a/tests/a/main.rs", &format!("// {nap}\n{nap}\n")),
            ("tests/browser/x.test.mjs", &format!("await {wait}\n")),
        ]);
        assert_findings(&check(&tree), &["a.rs:5: ", "main.rs:2: ", "x.test.mjs:1: "]);
    }
}
