//! Dependencies between our crates point one way, exactly as in ARCHITECTURE.md.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Finding;
use crate::place::Place;
use crate::{cargo, shell};

/// Which of our crates may use which, and which more in their tests. A new arrow is a decision: it needs an ADR.
const ARROWS: &[(&str, &[&str], &[&str])] = &[
    ("sarafan-domain", &[], &[]),
    ("sarafan-network", &["domain"], &[]),
    ("sarafan-connectors", &["domain", "network"], &["sandbox"]),
    ("sarafan-store", &["domain"], &[]),
    ("sarafan-app", &["domain", "network", "store"], &["connectors"]),
    ("sarafan-web", &["domain", "network", "app"], &["store", "connectors"]),
    ("sarafan-sandbox", &["network"], &[]),
    ("sarafan", &["domain", "network", "connectors", "store", "app", "web", "sandbox"], &[]),
    ("sarafan-tests-telegram", &[], &["domain", "network", "connectors"]),
    ("sarafan-tests-torture", &["network", "connectors", "sandbox"], &[]),
    ("xtask", &[], &[]),
];

/// A crate of the workspace with what it uses: name and whether only in its tests.
#[derive(Debug)]
pub(super) struct Crate {
    name: String,
    manifest: String,
    uses: Vec<(String, bool)>,
}

/// Asks cargo for our crates.
pub(super) fn crates(place: &Place) -> Result<Vec<Crate>> {
    let told = shell::output(cargo::command(place).args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let told: Value = serde_json::from_str(&told)?;
    let root = format!("{}/", place.root.display());
    let packages = told.get("packages").and_then(Value::as_array).context("cargo told of no packages")?;
    packages.iter().map(|package| read(package, &root).context("cargo told of a package without a name")).collect()
}

fn read(package: &Value, root: &str) -> Option<Crate> {
    let manifest = package.get("manifest_path")?.as_str()?;
    let uses = package.get("dependencies")?.as_array()?.iter().filter_map(|dependency| {
        // Only our own crates have a path.
        dependency.get("path")?.as_str()?;
        let in_tests = dependency.get("kind").and_then(Value::as_str) == Some("dev");
        Some((dependency.get("name")?.as_str()?.to_owned(), in_tests))
    });
    Some(Crate {
        name: package.get("name")?.as_str()?.to_owned(),
        manifest: manifest.strip_prefix(root).unwrap_or(manifest).to_owned(),
        uses: uses.collect(),
    })
}

/// Every arrow that is not drawn.
pub(super) fn check(crates: &[Crate]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for each in crates {
        let finding = |what: String| Finding::new("arrows", &each.manifest, None, what);
        let Some((_, always, in_tests)) = ARROWS.iter().find(|(name, ..)| *name == each.name) else {
            findings.push(finding(format!("the crate `{}` is not in ARCHITECTURE.md", each.name)));
            continue;
        };
        for (used, only_in_tests) in &each.uses {
            let short = used.strip_prefix("sarafan-").unwrap_or(used);
            let is_drawn = always.contains(&short) || (*only_in_tests && in_tests.contains(&short));
            if !is_drawn {
                let name = &each.name;
                findings.push(finding(format!("`{name}` must not use `{used}`; the arrows are in ARCHITECTURE.md")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_findings;

    fn found(name: &str, uses: &[(&str, bool)]) -> Vec<Finding> {
        let uses = uses.iter().map(|(name, in_tests)| ((*name).to_owned(), *in_tests)).collect();
        check(&[Crate { name: name.to_owned(), manifest: "x/Cargo.toml".to_owned(), uses }])
    }

    #[test]
    fn drawn_arrows_are_fine() {
        assert_findings(&found("sarafan-web", &[("sarafan-app", false), ("sarafan-domain", false)]), &[]);
        assert_findings(&found("sarafan-connectors", &[("sarafan-sandbox", true)]), &[]);
    }

    #[test]
    fn other_arrows_are_found() {
        assert_findings(&found("sarafan-domain", &[("sarafan-store", false)]), &["must not use `sarafan-store`"]);
        assert_findings(&found("sarafan-connectors", &[("sarafan-sandbox", false)]), &["must not use"]);
        assert_findings(&found("sarafan-web", &[("sarafan-store", false)]), &["must not use"]);
        assert_findings(&found("sarafan-misc", &[]), &["`sarafan-misc` is not in ARCHITECTURE.md"]);
    }

    #[test]
    fn cargos_words_are_read() {
        let package = serde_json::json!({
            "name": "sarafan-app", "manifest_path": "/p/crates/app/Cargo.toml",
            "dependencies": [
                { "name": "serde", "kind": null },
                { "name": "sarafan-connectors", "kind": "dev", "path": "/p/crates/connectors" },
            ],
        });
        let told = read(&package, "/p/").unwrap();
        assert_eq!(told.uses, [("sarafan-connectors".to_owned(), true)]);
        assert_eq!((told.name.as_str(), told.manifest.as_str()), ("sarafan-app", "crates/app/Cargo.toml"));
    }
}
