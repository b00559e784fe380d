//! A file is a room one can look over: over 500 lines (250 for a Svelte file) it says at its top why it is long, with
//! the words `long because`.

use super::source::Kind;
use super::{Finding, Tree};

/// How many lines from the top the reason may stand.
const TOP: usize = 12;

/// Every long file without a reason.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files() {
        let Some(kind) = Kind::of(&file.path) else { continue };
        let most = if kind == Kind::Svelte { 250 } else { 500 };
        let lines = file.text.lines().count();
        let has_reason = file.text.lines().take(TOP).any(|line| line.to_lowercase().contains("long because"));
        // What a program writes is not read from top to bottom.
        let is_generated = file.path.ends_with(".d.ts");
        if lines > most && !has_reason && !is_generated {
            let what = format!("{lines} lines, at most {most} without a reason (`long because …`) at the top");
            findings.push(Finding::new("length", &file.path, None, what));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_findings;

    #[test]
    fn long_files_give_a_reason() {
        let long = "x\n".repeat(501);
        let reason = format!("//! All of it. It is long because of the table.\n{long}");
        let page = "<p/>\n".repeat(251);
        let tree = Tree::of(&[
            ("a.rs", &long),
            ("b.rs", &reason),
            ("c.rs", "fn c() {}\n"),
            ("d.svelte", &page),
            ("e.json", &long),
            ("schema.d.ts", &long),
        ]);
        assert_findings(&check(&tree), &["a.rs: 501 lines, at most 500", "d.svelte: 251 lines, at most 250"]);
    }
}
