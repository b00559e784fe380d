//! `sarafan docs`: the documents that are made from the program, so that they cannot say something else than it does.
//!
//! A document is either made as a whole or has parts between marks; what stands around the marks is written by hand.

use crate::table;
use crate::trouble::{Outcome, Trouble};

mod cli;
mod measures;
mod networks;
mod settings;

/// Writes the documents below the current folder, or with `check` says which of them are not as they would be written.
pub(crate) fn run(check: bool) -> Outcome {
    let mut stale = Vec::new();
    for (path, make) in documents() {
        let before = std::fs::read_to_string(path).unwrap_or_default();
        let after = make(&before);
        if before == after {
            continue;
        }
        if check {
            stale.push(path);
        } else {
            std::fs::write(path, after)
                .map_err(|error| Trouble::say("cli-unwritable").with("file", path).with("reason", error.to_string()))?;
            table::line(path);
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(Trouble::say("cli-docs-stale").remedy("cli-docs-stale-remedy").with("files", stale.join(", ")))
}

/// A document: its path, and how it is made of what stands there.
type Document = (&'static str, fn(&str) -> String);

fn documents() -> [Document; 5] {
    [
        ("docs/cli.md", |_| cli::document()),
        ("docs/configuration.md", |before| between(before, "settings", &settings::table())),
        ("docs/networks.md", |before| networks::document(before)),
        ("docs/observability.md", |before| between(before, "metrics", &measures::table())),
        ("docs/openapi.json", |_| {
            let document = serde_json::to_string_pretty(&sarafan_web::document()).unwrap_or_default();
            format!("{document}\n")
        }),
    ]
}

/// Puts `text` between the marks of `name`; a document without them gets them at its end.
fn between(document: &str, name: &str, text: &str) -> String {
    let (begin, end) = (format!("<!-- {name}: made by `sarafan docs` -->\n"), format!("<!-- {name}: end -->\n"));
    let parts = document.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    let (before, after) = parts.unwrap_or((document, ""));
    format!("{before}{begin}\n{text}\n{end}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_the_marks_stays() {
        let first = between("# Title\n\nWords.\n\n", "x", "| a |\n");
        let second = between(&first.replace("Words.", "Other words."), "x", "| b |\n");
        assert!(second.starts_with("# Title\n\nOther words.\n\n<!-- x:"), "{second}");
        assert!(second.contains("| b |") && !second.contains("| a |"));
        assert_eq!(between(&second, "x", "| b |\n"), second);
    }

    /// When this fails: `cargo run -- docs` in the project's folder, and look at what changed.
    #[test]
    fn the_documents_say_what_the_program_does() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");
        for (path, make) in documents() {
            let before = std::fs::read_to_string(format!("{root}{path}")).unwrap_or_default();
            assert!(before == make(&before), "{path} is not as `cargo run -- docs` would write it");
        }
    }
}
