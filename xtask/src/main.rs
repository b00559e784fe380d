//! The project's tools in one program: `cargo xtask <command>`. It is the first thing a stranger compiles, so
//! it has next to no dependencies; it knows the project's files and programs, and nothing of marketing.

mod apt;
mod bench;
mod browser;
mod cargo;
mod children;
mod docs;
mod http;
mod npm;
mod place;
mod python;
mod run;
mod scaffold;
mod servers;
mod shell;
mod simulate;
mod size;
mod test;
mod tidy;
mod tools;
mod torture;
mod versions;

use std::process::ExitCode;

use crate::place::Place;

/// What `cargo xtask help` prints; the steps of `test` are put in.
const HELP: &str = "\
Sarafan's tools. Usage: cargo xtask <command>

  run [--demo] [-- ARGUMENTS]
                 Build the browser application and the program and start `sarafan serve`. --demo: with a filled brand
                 and the sandbox networks beside it. What follows `--` goes to `sarafan serve`
  test [STEP | WORD]… [--skip-servers] [--update-screens]
                 Every check, or the named steps; words that are no step choose among the tests of the workspace.
                 --skip-servers: without the real servers, whose tests then skip. --update-screens: write the golden
                 screenshots of the browser tests anew. The steps in order:
STEPS
  servers        Install and start the real servers the tests talk to, print their addresses as `export` lines and
                 keep them running until Ctrl-C
  tidy           Check the rules of ARCHITECTURE.md and STYLE.md that a program can check
  docs           Write the generated documents anew: commands, settings, networks, the OpenAPI file and the application's
                 types made from it
  bench [--as-built] [MEASURE]…
                 Measure what the project promises, with facts about this machine. --as-built: the release build that is
                 there, without building it anew. The measures:
MEASURES
  simulate [--seed N] [--measure]
                 Play a million channels and ten million deliveries a day: docs/scale.md is made of what it prints.
                 --measure: fill both engines with the real store and print the bytes of a row, table by table
  torture [--rounds N] [--seed S] [--only WORDS]… [--lanes N] [--short] [--points] [--skip-servers]
                 End the real program at every point between claim and saved outcome, break its networks, its database
                 and its disk, and count posts: 1,000 rounds, about an hour. See docs/reliability.md
  new-network NAME [TITLE]
                 Scaffold the folder of a network in crates/connectors, with its feature and its line
  help           This text

What is downloaded is kept in $SARAFAN_CACHE (default ~/.cache/sarafan).
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
        "bench" => bench::command(&place, rest),
        "docs" => docs::command(&place, rest),
        "new-network" => scaffold::command(&place, rest),
        "run" => run::command(&place, rest),
        "test" => test::command(&place, rest),
        "torture" => torture::command(&place, rest),
        "tidy" => tidy::command(&place),
        "simulate" => simulate::command(&place, rest),
        "servers" => servers::command(&place, rest),
        "help" | "--help" | "-h" => {
            print!("{}", help());
            Ok(ExitCode::SUCCESS)
        }
        other => {
            eprint!("xtask: there is no command `{other}`\n\n{}", help());
            Ok(ExitCode::FAILURE)
        }
    }
}

/// The help text.
fn help() -> String {
    HELP.replace("STEPS\n", &test::names()).replace("MEASURES\n", &bench::names())
}
