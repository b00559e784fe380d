//! What people say about a file: checked, tidied, laid over its row.

use sarafan_domain::problem::Problem;
use sarafan_store::assets::AssetRow;

use super::AssetPatch;
use crate::AppError;

/// Longest name of a file or folder, and longest label, in characters.
const NAME: usize = 200;
const LABEL: usize = 60;
/// Most labels of one file.
const LABELS: usize = 50;
/// Longest description, and longest note on source or rights, in characters.
const ALT: usize = 5000;
const NOTE: usize = 1000;

/// Checks and tidies.
///
/// # Errors
/// `name-empty`, `too-long`, `too-many`.
pub(super) fn check(patch: AssetPatch) -> Result<AssetPatch, AppError> {
    let mut problems = Vec::new();
    let mut tidy = |field: &'static str, text: Option<String>, max: usize| {
        let text = text.map(|text| text.trim().to_owned());
        if text.as_ref().is_some_and(|text| text.chars().count() > max) {
            problems.push(Problem::error("too-long", field).with("max", max));
        }
        text
    };
    let checked = AssetPatch {
        name: tidy("name", patch.name.as_deref().map(name), NAME),
        folder: tidy("folder", patch.folder.as_deref().map(folder), NAME),
        alt: tidy("alt", patch.alt, ALT),
        source: tidy("source", patch.source, NOTE),
        rights: tidy("rights", patch.rights, NOTE),
        labels: patch.labels.map(|labels| {
            let mut labels: Vec<String> =
                labels.into_iter().filter_map(|label| tidy("labels", Some(label), LABEL)).collect();
            labels.retain(|label| !label.is_empty());
            labels.sort();
            labels.dedup();
            labels
        }),
    };
    if checked.name.as_ref().is_some_and(String::is_empty) {
        problems.push(Problem::error("name-empty", "name"));
    }
    if checked.labels.as_ref().is_some_and(|labels| labels.len() > LABELS) {
        problems.push(Problem::error("too-many", "labels").with("max", LABELS));
    }
    if problems.is_empty() { Ok(checked) } else { Err(AppError::Invalid(problems)) }
}

pub(super) fn apply(row: &mut AssetRow, patch: AssetPatch) {
    let AssetPatch { name, folder, labels, alt, source, rights } = patch;
    let set = |field: &mut String, value: Option<String>| {
        if let Some(value) = value {
            *field = value;
        }
    };
    set(&mut row.name, name);
    set(&mut row.folder, folder);
    set(&mut row.alt, alt);
    set(&mut row.source, source);
    set(&mut row.rights, rights);
    row.labels = labels.unwrap_or_else(|| std::mem::take(&mut row.labels));
}

/// The last part of a path, without what cannot be seen.
pub(super) fn name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

/// Parts joined by one slash each, without empty ones and without steps up.
pub(super) fn folder(given: &str) -> String {
    let part = |part: &str| part.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned();
    let parts = given.split(['/', '\\']).map(part).filter(|part| !matches!(part.as_str(), "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_folders_are_tidied() {
        let names = [("C:\\photos\\кот.jpg", "кот.jpg"), ("../../etc/passwd", "passwd"), (" a\u{0}b.png ", "ab.png")];
        for (given, expected) in names {
            assert_eq!(name(given), expected);
        }
        let folders = [("/summer//2026/ ", "summer/2026"), ("..", ""), ("a/../b\\c", "a/b/c")];
        for (given, expected) in folders {
            assert_eq!(folder(given), expected);
        }
    }

    #[test]
    fn labels_are_sorted_and_limits_are_kept() {
        let labels = vec!["b".to_owned(), " a ".into(), String::new(), "b".into()];
        let checked = check(AssetPatch { labels: Some(labels), ..AssetPatch::default() }).unwrap();
        assert_eq!(checked.labels.unwrap(), ["a", "b"]);
        let long = |len: usize| Some("x".repeat(len));
        let rows = [
            (AssetPatch { name: long(201), ..AssetPatch::default() }, "too-long"),
            (AssetPatch { name: Some(" / ".into()), ..AssetPatch::default() }, "name-empty"),
            (AssetPatch { alt: long(5001), ..AssetPatch::default() }, "too-long"),
            (AssetPatch { labels: Some(vec!["x".repeat(61)]), ..AssetPatch::default() }, "too-long"),
            (
                AssetPatch { labels: Some((0..51).map(|n| n.to_string()).collect()), ..AssetPatch::default() },
                "too-many",
            ),
        ];
        for (patch, expected) in rows {
            let Err(AppError::Invalid(problems)) = check(patch.clone()) else { panic!("{patch:?} was taken") };
            assert_eq!(problems[0].code, expected, "{patch:?}");
        }
    }
}
