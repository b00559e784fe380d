//! A network is a folder and its line; no other file names it. Looked for in code and string literals of everything
//! outside of the connectors, tests and examples, not in comments: an explanation may give an example.

use super::connectors::folders;
use super::source::{Kind, is_test, scan, without_tests};
use super::{Finding, Tree};

/// Names of at least this many letters are looked for inside of longer words too; a shorter one (`x`, `ok`) would be
/// found everywhere, so only a literal that says nothing else counts.
const LONG: usize = 5;

/// Every place that names a network.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let (long, short): (Vec<String>, Vec<String>) = folders(tree).into_iter().partition(|name| name.len() >= LONG);
    let mut findings = Vec::new();
    for file in tree.files() {
        let Some(kind) = Kind::of(&file.path) else { continue };
        // These tools start the test servers, each of which is some network's.
        let may = file.path.starts_with("crates/connectors/") || file.path.starts_with("xtask/") || is_test(&file.path);
        if may {
            continue;
        }
        let text = if kind == Kind::Rust { without_tests(&file.text) } else { &file.text };
        let scanned = scan(text, kind);
        let mut found = |line: usize, name: &str| {
            let what = format!("names the network `{name}`; only its folder in crates/connectors may");
            findings.push(Finding::new("names", &file.path, Some(line), what));
        };
        for (at, line) in scanned.code.lines().enumerate() {
            let line = line.to_lowercase();
            for name in long.iter().filter(|name| line.contains(name.as_str())) {
                found(at + 1, name);
            }
        }
        for literal in &scanned.literals {
            for name in short.iter().filter(|name| **name == literal.text) {
                found(literal.line, name);
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
    fn names_outside_of_connectors_are_found() {
        let tree = Tree::of(&[
            ("crates/connectors/src/parrot/mod.rs", "const ID: &str = \"parrot\";"),
            ("crates/connectors/src/vk/mod.rs", ""),
            ("crates/app/src/a.rs", "// like parrot\nif id == \"parrot\" {}\n"),
            ("crates/app/src/b.rs", "fn b(id: ParrotId) {}\n\n#[cfg(test)]\nmod tests {\n  \"parrot\"\n}\n"),
            ("crates/app/src/c.rs", "let a = \"vk\"; let b = \"vkusno\";"),
            ("crates/app/tests/app/d.rs", "\"parrot\""),
            ("ui/src/areas/x/X.svelte", "<!-- parrot -->\n{#if net === 'parrot'}"),
            ("xtask/src/servers/parrot.rs", "\"parrot\""),
            ("docs/a.md", "parrot"),
        ]);
        assert_findings(&check(&tree), &["a.rs:2: ", "b.rs:1: ", "c.rs:1: names the network `vk`", "X.svelte:2: "]);
    }
}
