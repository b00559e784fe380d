//! A network is a folder and its line; no other file names it. Looked for in code and string literals of everything
//! outside of the connectors, tests and examples, not in comments: an explanation may give an example. Examples are also
//! the lines of a help text that show a command (`sarafan channel connect …`), and the gallery of the parts.

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
        // These tools start the test servers, each of which is some network's; the gallery shows the parts with made-up
        // data.
        let may = ["crates/connectors/", "xtask/", "ui/src/parts/gallery/"];
        if is_test(&file.path) || may.iter().any(|folder| file.path.starts_with(folder)) {
            continue;
        }
        let text = if kind == Kind::Rust { without_tests(&file.text) } else { &file.text };
        let scanned = scan(text, kind);
        let examples: Vec<&str> =
            scanned.literals.iter().map(|literal| literal.text.as_str()).filter(shows_command).collect();
        let mut found = |line: usize, name: &str| {
            let what = format!("names the network `{name}`; only its folder in crates/connectors may");
            findings.push(Finding::new("names", &file.path, Some(line), what));
        };
        for (at, line) in scanned.code.lines().enumerate() {
            let is_example = |name: &str| {
                let shows = |example: &&str| example.lines().any(|shown| line.contains(shown) && shown.contains(name));
                examples.iter().any(shows)
            };
            let small = line.to_lowercase();
            for name in long.iter().filter(|name| small.contains(name.as_str()) && !is_example(name)) {
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

/// Whether a string literal shows how a command is typed.
fn shows_command(literal: &&str) -> bool {
    literal.contains("sarafan ")
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
            ("crates/sarafan/src/h.rs", "after_help = \"Examples:\n  sarafan channel connect parrot\n  \""),
            ("ui/src/parts/gallery/Board.svelte", "{#if net === 'parrot'}"),
            ("crates/app/tests/app/d.rs", "\"parrot\""),
            ("ui/src/areas/x/X.svelte", "<!-- parrot -->\n{#if net === 'parrot'}"),
            ("xtask/src/servers/parrot.rs", "\"parrot\""),
            ("docs/a.md", "parrot"),
        ]);
        assert_findings(&check(&tree), &["a.rs:2: ", "b.rs:1: ", "c.rs:1: names the network `vk`", "X.svelte:2: "]);
    }
}
