//! The repository speaks of the product alone: no path of somebody's machine, no host of a package registry, no word
//! of how or by whom it was written, nothing put off. The words stand in two halves here, so that this file is clean.

use super::{Finding, Tree};

/// What must not be said, in halves, and why.
const WORDS: &[(&str, &str, &str)] = &[
    ("/ro", "ot/", "a path of somebody's machine"),
    ("/ho", "me/", "a path of somebody's machine"),
    ("/Us", "ers/", "a path of somebody's machine"),
    ("/wo", "rk/", "a path of somebody's machine"),
    ("regis", "try.npmjs", "the host of a package registry"),
    ("py", "pi.org", "the host of a package registry"),
    ("python", "hosted", "the host of a package registry"),
    ("index.cra", "tes.io", "the host of a package registry"),
    ("static.cra", "tes.io", "the host of a package registry"),
    ("deb.deb", "ian.org", "the host of a package registry"),
    ("cla", "ude", "not about the product"),
    ("anthr", "opic", "not about the product"),
    ("chatg", "pt", "not about the product"),
    ("co-auth", "ored-by", "not about the product"),
    ("TO", "DO", "what is not built is absent; a plan belongs into an issue"),
    ("FIX", "ME", "what is not built is absent; a plan belongs into an issue"),
];

/// Files that programs write and nobody words: cargo's own list of where crates come from.
const WRITTEN_BY_PROGRAMS: &[&str] = &["Cargo.lock"];

/// Every word that must not be said.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let words: Vec<(String, &str)> = WORDS.iter().map(|(one, other, why)| (format!("{one}{other}"), *why)).collect();
    for file in tree.files().filter(|file| !WRITTEN_BY_PROGRAMS.contains(&file.path.as_str())) {
        for (at, line) in file.text.lines().enumerate() {
            // Words in capitals are meant as they are; the others in any case.
            let small = line.to_lowercase();
            for (word, why) in &words {
                let is_capital = word.chars().all(|each| each.is_ascii_uppercase());
                let is_said = match (is_capital, word.starts_with('/')) {
                    (true, _) => has_word(line, word),
                    (_, true) => has_path(&small, &word.to_lowercase()),
                    _ => small.contains(&word.to_lowercase()),
                };
                if is_said {
                    findings.push(Finding::new("words", &file.path, Some(at + 1), format!("`{word}`: {why}")));
                }
            }
        }
    }
    findings
}

/// Whether a line has a word that is not part of a longer one.
fn has_word(line: &str, word: &str) -> bool {
    line.split(|each: char| !each.is_alphanumeric()).any(|each| each == word)
}

/// Whether a line has a path from the root of a machine: the same names may stand in the middle of another path.
fn has_path(line: &str, path: &str) -> bool {
    let begins = |before: &str| {
        !before.ends_with(|last: char| last.is_alphanumeric() || ['.', '_', '-', '}', ')', '*', '$'].contains(&last))
    };
    line.match_indices(path).any(|(at, _)| line.get(..at).is_some_and(begins))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_findings;

    #[test]
    fn such_words_are_found() {
        let path = ["see /ho", "me/somebody/x"].concat();
        let later = ["// TO", "DO: later"].concat();
        let tree = Tree::of(&[
            ("README.md", &path),
            ("a.rs", &later),
            ("b.rs", "TODOS are a word"),
            ("c.md", &["crates/app/src/wo", "rk/mod.rs and https://example.org/ho", "me/"].concat()),
            ("Cargo.lock", &["index.cra", "tes.io"].concat()),
        ]);
        assert_findings(&check(&tree), &["README.md:1: ", "a.rs:1: "]);
    }
}
