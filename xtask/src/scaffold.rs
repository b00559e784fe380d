//! `cargo xtask new-network NAME`: the folder of a new network, its feature and its line. What it writes is a whole
//! connector of an imaginary network that keeps the contract from the first minute; the facts in it are to be replaced.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::place::Place;

/// The files of the folder, with `NETWORK`, `TITLE` and `STRUCT` to be replaced.
const FILES: &[(&str, &str)] = &[
    ("mod.rs", include_str!("../templates/network/mod.rs")),
    ("calls.rs", include_str!("../templates/network/calls.rs")),
    ("wire.rs", include_str!("../templates/network/wire.rs")),
    ("play.rs", include_str!("../templates/network/play.rs")),
    ("README.md", include_str!("../templates/network/README.md")),
    ("setup.en.md", include_str!("../templates/network/setup.en.md")),
    ("setup.ru.md", include_str!("../templates/network/setup.ru.md")),
    ("setup.pl.md", include_str!("../templates/network/setup.pl.md")),
    ("texts/en.ftl", include_str!("../templates/network/texts/en.ftl")),
    ("texts/ru.ftl", include_str!("../templates/network/texts/ru.ftl")),
    ("texts/pl.ftl", include_str!("../templates/network/texts/pl.ftl")),
    ("fixtures/channel.json", include_str!("../templates/network/fixtures/channel.json")),
    ("fixtures/connect.json", include_str!("../templates/network/fixtures/connect.json")),
    ("fixtures/whoami.json", include_str!("../templates/network/fixtures/whoami.json")),
    ("fixtures/publish.json", include_str!("../templates/network/fixtures/publish.json")),
];

/// `cargo xtask new-network NAME [TITLE]`.
pub(crate) fn command(place: &Place, arguments: &[String]) -> Result<ExitCode> {
    let [name, title @ ..] = arguments else { bail!("what is it called? cargo xtask new-network parrot Parrot") };
    if name.is_empty() || !name.chars().all(|each| each.is_ascii_lowercase()) {
        bail!("a network's name is lower-case letters: it becomes a folder, a feature and a part of addresses");
    }
    let title = if title.is_empty() { capital(name) } else { title.join(" ") };
    let home = place.root.join("crates/connectors");
    let folder = home.join("src").join(name);
    if folder.exists() {
        bail!("there is {name} already");
    }
    for (file, text) in FILES {
        let file = folder.join(file);
        std::fs::create_dir_all(file.parent().context("a file has a folder")?)?;
        std::fs::write(file, fill(text, name, &title))?;
    }
    change(&home.join("Cargo.toml"), |text| with_feature(text, name))?;
    change(&home.join("src/lib.rs"), |text| with_line(text, name))?;
    println!(
        "crates/connectors/src/{name} is a whole connector of an imaginary network. Now:\n\
         1. docs/adding-a-network.md tells what to replace, in which order\n\
         2. cargo nextest run -p sarafan-connectors contract"
    );
    Ok(ExitCode::SUCCESS)
}

fn fill(text: &str, name: &str, title: &str) -> String {
    text.replace("NETWORK", name).replace("TITLE", title).replace("STRUCT", &capital(name))
}

/// `parrot` becomes `Parrot`.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

fn change(file: &Path, with: impl Fn(&str) -> Option<String>) -> Result<()> {
    let text = std::fs::read_to_string(file)?;
    let changed = with(&text).with_context(|| format!("{} does not look as expected", file.display()))?;
    Ok(std::fs::write(file, changed)?)
}

/// The manifest with one more feature, switched on, in the order of the alphabet.
fn with_feature(manifest: &str, name: &str) -> Option<String> {
    let (before, rest) = manifest.split_once("[features]\ndefault = [")?;
    let (defaults, rest) = rest.split_once("]\n")?;
    let end = rest.find("\n\n").map_or(rest.len(), |end| end + 1);
    let (features, after) = rest.split_at_checked(end)?;
    let mut on: Vec<String> = defaults.split(',').map(|each| each.trim().to_owned()).collect();
    on.retain(|each| !each.is_empty());
    on.push(format!("\"{name}\""));
    on.sort();
    let mut lines: Vec<String> = features.lines().map(str::to_owned).collect();
    lines.push(format!("{name} = []"));
    lines.sort();
    Some(format!("{before}[features]\ndefault = [{}]\n{}\n{after}", on.join(", "), lines.join("\n")))
}

/// The library with one more line in its register, in the order of the alphabet.
fn with_line(library: &str, name: &str) -> Option<String> {
    let (before, rest) = library.split_once("\nnetworks! {\n")?;
    let (lines, after) = rest.split_once("}\n")?;
    let mut lines: Vec<String> = lines.lines().map(str::to_owned).collect();
    lines.push(format!("    \"{name}\" {name} {};", capital(name)));
    lines.sort();
    Some(format!("{before}\nnetworks! {{\n{}\n}}\n{after}", lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_gets_its_feature_and_its_line() {
        let manifest = "[features]\ndefault = [\"aa\", \"cc\"]\naa = []\ncc = []\n\n[dependencies]\nx = \"1\"\n";
        assert_eq!(
            with_feature(manifest, "bb").unwrap(),
            "[features]\ndefault = [\"aa\", \"bb\", \"cc\"]\naa = []\nbb = []\ncc = []\n\n[dependencies]\nx = \"1\"\n"
        );
        let library = "mod x;\n\nnetworks! {\n    \"aa\" aa Aa;\n    \"cc\" cc Cc;\n}\n\nfn f() {}\n";
        assert_eq!(
            with_line(library, "bb").unwrap(),
            "mod x;\n\nnetworks! {\n    \"aa\" aa Aa;\n    \"bb\" bb Bb;\n    \"cc\" cc Cc;\n}\n\nfn f() {}\n"
        );
        assert_eq!(with_line("fn main() {}", "bb"), None);
    }

    #[test]
    fn nothing_is_left_to_replace() {
        for (file, text) in FILES {
            let filled = fill(text, "parrot", "The Parrot");
            assert!(!["NETWORK", "TITLE", "STRUCT"].iter().any(|mark| filled.contains(mark)), "{file}");
        }
    }
}
