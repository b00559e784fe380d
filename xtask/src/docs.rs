//! Documents that a program writes. Those about Sarafan itself (commands, settings, networks, the OpenAPI file) are
//! written and compared by `sarafan docs`; the application's types are made here from the OpenAPI file.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::place::Place;
use crate::{npm, run, shell};

/// The types of the API in the browser application.
const TYPES: &str = "ui/src/api/schema.d.ts";
/// The same in the client for programs, which is compiled, so that they stand in a file of code.
const CLIENT: &str = "clients/typescript/src/schema.ts";
const CLIENT_HEAD: &str = "// What docs/openapi.json says, as types; long because a program writes it.\n";

/// `cargo xtask docs`.
pub(crate) fn command(place: &Place, arguments: &[String]) -> Result<ExitCode> {
    if let Some(other) = arguments.first() {
        bail!("`docs` takes no arguments, not `{other}`");
    }
    run::build(place)?;
    shell::run(&mut sarafan_docs(place))?;
    for (path, text) in all_types(place)? {
        std::fs::write(place.root.join(path), text)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Fails when a document does not say what the built program would say now.
pub(crate) fn check(place: &Place) -> Result<()> {
    let words = "`cargo xtask docs` writes the generated documents anew";
    shell::run(sarafan_docs(place).arg("--check")).context(words)?;
    for (path, wanted) in all_types(place)? {
        if std::fs::read_to_string(place.root.join(path)).unwrap_or_default() != wanted {
            bail!("{path} is out of date: {words}");
        }
    }
    Ok(())
}

fn sarafan_docs(place: &Place) -> Command {
    let mut command = Command::new(place.built("sarafan"));
    command.arg("docs").current_dir(&place.root);
    command
}

/// The files of types. What has a default is always there for the application, and may be left out by programs.
fn all_types(place: &Place) -> Result<[(&'static str, String); 2]> {
    let client = types(place, &["--default-non-nullable", "false"])?;
    Ok([(TYPES, types(place, &[])?), (CLIENT, format!("{CLIENT_HEAD}{client}"))])
}

/// The TypeScript types of the golden OpenAPI file.
fn types(place: &Place, words: &[&str]) -> Result<String> {
    let ui = place.root.join("ui");
    npm::install(place, &ui)?;
    let program = ui.join("node_modules/.bin/openapi-typescript");
    shell::output(Command::new(program).arg("../docs/openapi.json").args(words).current_dir(ui))
}
