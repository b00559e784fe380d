//! The first line of a source file says what it is for, and no file is a drawer: nothing is called utils, helpers,
//! managers or common.

use super::source::Kind;
use super::{Finding, Tree};

/// Names that say nothing of what is inside.
const DRAWERS: &[&str] = &["util", "utils", "helper", "helpers", "manager", "managers", "common", "misc", "shared"];

/// Every file without a purpose.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files() {
        let Some(kind) = Kind::of(&file.path) else { continue };
        let marks: &[&str] = match kind {
            Kind::Rust => &["//!"],
            Kind::Script => &["//", "/*", "#!"],
            Kind::Svelte => &["<!--", "<script"],
        };
        let is_generated = file.path.ends_with(".d.ts");
        if !marks.iter().any(|mark| file.text.trim_start().starts_with(mark)) && !is_generated {
            let what = "the first line says what the file is for";
            findings.push(Finding::new("purpose", &file.path, Some(1), what));
        }
        for part in file.path.split(['/', '.']).filter(|part| DRAWERS.contains(&part.to_lowercase().as_str())) {
            let what = format!("`{part}` says nothing of what is inside; name the thing");
            findings.push(Finding::new("purpose", &file.path, None, what));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_findings;

    #[test]
    fn files_say_what_they_are_for() {
        let tree = Tree::of(&[
            ("a/src/post.rs", "//! A post.\n"),
            ("a/src/plan.rs", "use std::fmt;\n"),
            ("ui/src/a.ts", "// The rail.\n"),
            ("ui/src/b.ts", "export const b = 1\n"),
            ("a/src/utils.rs", "//! All kinds of things.\n"),
            ("texts/en/common.ftl", "a = b\n"),
        ]);
        assert_findings(&check(&tree), &["plan.rs:1: ", "b.ts:1: ", "utils.rs: `utils` says nothing"]);
    }
}
