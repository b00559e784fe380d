//! The project's tools in one program: `cargo xtask <command>`. It is the first thing a stranger compiles, so
//! it has next to no dependencies; it knows the project's files and programs, and nothing of marketing.

mod apt;
mod children;
mod http;
mod npm;
mod place;
mod python;
mod servers;
mod shell;

use std::process::ExitCode;

use crate::place::Place;

/// What `cargo xtask help` prints.
const HELP: &str = "\
Sarafan's tools. Usage: cargo xtask <command>

  servers        Install and start the real servers the tests talk to, print their addresses as `export` lines
                 and keep them running until Ctrl-C
  help           This text

Everything that is downloaded is kept in $SARAFAN_CACHE (default ~/.cache/sarafan).
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Finds the command and runs it.
fn dispatch(arguments: &[String]) -> anyhow::Result<ExitCode> {
    let place = Place::find()?;
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", arguments),
    };
    match command {
        "servers" => servers::command(&place, rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        other => {
            eprint!("xtask: there is no command `{other}`\n\n{HELP}");
            Ok(ExitCode::FAILURE)
        }
    }
}
