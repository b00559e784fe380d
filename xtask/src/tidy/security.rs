//! docs/security.md promises with a test behind each line: the test is there.

use super::{Finding, Tree};

const DOCUMENT: &str = "docs/security.md";

/// Every line of the table whose test is not there.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(document) = tree.file(DOCUMENT) else { return Vec::new() };
    let mut findings = Vec::new();
    for (line, text) in document.text.lines().enumerate() {
        let cells: Vec<&str> = text.trim().trim_matches('|').split(" | ").map(str::trim).collect();
        let [number, .., test] = cells.as_slice() else { continue };
        let is_requirement =
            number.split('.').count() == 3 && number.split('.').all(|part| part.parse::<u32>().is_ok());
        if !is_requirement {
            continue;
        }
        let named =
            test.strip_prefix('`').and_then(|test| test.strip_suffix('`')).and_then(|test| test.split_once(": "));
        let what = match named {
            None => format!("{number} names no test as `file: name`"),
            Some((file, name)) => match tree.file(file) {
                None => format!("{number} names {file}, which is not there"),
                Some(found) if !found.text.contains(name) => format!("{number} names `{name}`, which is not in {file}"),
                Some(_) => continue,
            },
        };
        findings.push(Finding::new("security", DOCUMENT, Some(line + 1), what));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_findings;

    #[test]
    fn promises_have_tests() {
        let text = "| who | can | is stopped by |\n| 2.1.1 | x | `a.rs: good` |\n| 2.1.2 | x | `a.rs: gone` |\n\
                    | 2.1.3 | x | `b.rs: good` |\n| 2.1.4 | x | soon |\n";
        let tree = Tree::of(&[("a.rs", "fn good() {}"), (DOCUMENT, text)]);
        assert_findings(&check(&tree), &[":3: 2.1.2 names `gone`", ":4: 2.1.3 names b.rs", ":5: 2.1.4 names no test"]);
    }
}
