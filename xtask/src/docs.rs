//! Documents that a program writes: the golden copy of the OpenAPI file, the application's types made from it, and the
//! table of what each network can do. `cargo xtask docs` writes them, the tests compare.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

use crate::place::Place;
use crate::{npm, run, shell};

/// A document and what it says now.
struct Document {
    path: &'static str,
    text: String,
}

/// `cargo xtask docs`.
pub(crate) fn command(place: &Place, arguments: &[String]) -> Result<ExitCode> {
    if let Some(other) = arguments.first() {
        bail!("`docs` takes no arguments, not `{other}`");
    }
    run::build(place)?;
    for document in documents(place)? {
        let file = place.root.join(document.path);
        if std::fs::read_to_string(&file).is_ok_and(|before| before == document.text) {
            println!("{} is up to date", document.path);
        } else {
            std::fs::write(&file, document.text)?;
            println!("{} was written anew", document.path);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Fails when a document does not say what the built program would say now.
pub(crate) fn check(place: &Place) -> Result<()> {
    let stale: Vec<&str> = documents(place)?
        .into_iter()
        .filter(|document| {
            std::fs::read_to_string(place.root.join(document.path)).ok().as_ref() != Some(&document.text)
        })
        .map(|document| document.path)
        .collect();
    if !stale.is_empty() {
        bail!("out of date, `cargo xtask docs` writes them: {}", stale.join(", "));
    }
    Ok(())
}

/// All documents as the built program writes them now.
fn documents(place: &Place) -> Result<Vec<Document>> {
    let program = place.built("sarafan");
    let openapi = shell::output(Command::new(&program).arg("openapi"))?;
    let networks = shell::output(Command::new(&program).arg("docs"))?;
    let types = types(place, &openapi)?;
    Ok(vec![
        Document { path: "docs/openapi.json", text: openapi },
        Document { path: "docs/networks.md", text: networks },
        Document { path: "ui/src/api/schema.d.ts", text: types },
    ])
}

/// The TypeScript types of an OpenAPI document.
fn types(place: &Place, openapi: &str) -> Result<String> {
    let ui = place.root.join("ui");
    npm::install(place, &ui)?;
    let file: PathBuf = place.target.join("openapi.json");
    std::fs::write(&file, openapi)?;
    let program = ui.join("node_modules/.bin/openapi-typescript");
    let types = shell::output(Command::new(program).arg(file).current_dir(ui))?;
    Ok(types)
}
