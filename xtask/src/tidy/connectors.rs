//! A network is a folder and its line: every folder of `crates/connectors/src` is a Cargo feature, on by default, and
//! one line of the register in `lib.rs`; and the other way round.

use super::{Finding, Tree};

const CRATE: &str = "crates/connectors";

/// The networks that there are.
pub(super) fn folders(tree: &Tree) -> Vec<String> {
    let folder = format!("{CRATE}/src");
    let has_files = |name: &&str| tree.file(&format!("{folder}/{name}/mod.rs")).is_some();
    tree.names_in(&folder).into_iter().filter(has_files).map(str::to_owned).collect()
}

/// Every network that is not named in all three places.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let folders = folders(tree);
    let manifest = format!("{CRATE}/Cargo.toml");
    let library = format!("{CRATE}/src/lib.rs");
    let text = |path: &str| tree.file(path).map(|file| file.text.as_str()).unwrap_or_default();
    let (features, defaults) = features(text(&manifest));
    let lines = register(text(&library));
    let mut findings = Vec::new();
    let mut compare = |file: &str, what: &str, these: &[String], those: &[String]| {
        for name in these.iter().filter(|name| !those.contains(name)) {
            findings.push(Finding::new("connectors", file, None, what.replace("NAME", name)));
        }
    };
    compare(&manifest, "the folder NAME has no feature `NAME = []`", &folders, &features);
    compare(&manifest, "the feature NAME has no folder", &features, &folders);
    compare(&manifest, "the feature NAME is not in `default`", &features, &defaults);
    compare(&library, "the folder NAME has no line in the register: `networks! { \"NAME\" … }`", &folders, &lines);
    compare(&library, "the register's NAME has no folder", &lines, &folders);
    findings
}

/// The features of a manifest, and those that `default` switches on.
fn features(manifest: &str) -> (Vec<String>, Vec<String>) {
    let section = manifest.split("\n[").find_map(|section| section.strip_prefix("features]")).unwrap_or_default();
    let entries = section.lines().filter_map(|line| line.split_once('='));
    let mut names: Vec<String> = entries.clone().map(|(name, _)| name.trim().to_owned()).collect();
    names.retain(|name| name != "default");
    let joined = section.replace('\n', " ");
    let defaults = joined.split("default").nth(1).and_then(|rest| rest.split(']').next()).unwrap_or_default();
    (names, quoted(defaults))
}

/// The names in the lines of the register: `"name" name Name;` inside `networks! { … }`.
fn register(library: &str) -> Vec<String> {
    let lines = library.split("networks! {").nth(1).and_then(|rest| rest.split('}').next()).unwrap_or_default();
    lines.lines().filter_map(|line| quoted(line).into_iter().next()).collect()
}

/// What stands between double quotes.
fn quoted(text: &str) -> Vec<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_findings;

    const MANIFEST: &str = "[package]\nname = \"c\"\n\n[features]\ndefault = [\"aa\", \"bb\"]\naa = []\nbb = []\n\n[lints]\nworkspace = true\n";
    const LIBRARY: &str = "#[cfg(feature = $feature)]\nnetworks! {\n    \"aa\" aa Aa;\n    \"bb\" bb Bb;\n}\n";

    fn found(folders: &[&str], manifest: &str, library: &str) -> Vec<Finding> {
        let paths: Vec<String> = folders.iter().map(|name| format!("{CRATE}/src/{name}/mod.rs")).collect();
        let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "")).collect();
        files.push(("crates/connectors/Cargo.toml", manifest));
        files.push(("crates/connectors/src/lib.rs", library));
        check(&Tree::of(&files))
    }

    #[test]
    fn three_places_that_agree_are_fine() {
        assert_findings(&found(&["aa", "bb"], MANIFEST, LIBRARY), &[]);
    }

    #[test]
    fn a_place_that_is_missing_is_found() {
        assert_findings(
            &found(&["aa", "bb", "cc"], MANIFEST, LIBRARY),
            &["the folder cc has no feature", "the folder cc has no line"],
        );
        assert_findings(
            &found(&["aa"], MANIFEST, LIBRARY),
            &["the feature bb has no folder", "the register's bb has no folder"],
        );
        let off = MANIFEST.replace(", \"bb\"", "");
        assert_findings(&found(&["aa", "bb"], &off, LIBRARY), &["the feature bb is not in `default`"]);
    }
}
