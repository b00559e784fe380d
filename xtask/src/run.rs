//! `cargo xtask run`: builds the browser application and the program and becomes the running server.

use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};
use std::thread;

use anyhow::{Result, anyhow, bail};

use crate::place::Place;
use crate::{cargo, npm, shell, versions};

/// Builds what is not up to date and starts it.
pub(crate) fn command(place: &Place, arguments: &[String]) -> Result<ExitCode> {
    let serve = serve_arguments(arguments)?;
    versions::check_for_build()?;
    build(place)?;
    // We become the server, so that signals and the exit code need no forwarding.
    Err(Command::new(place.built("sarafan")).args(serve).exec().into())
}

/// Builds both, side by side: npm waits for the network most of the time, cargo never does. Where the application was
/// not there yet when cargo came to embed it, cargo looks a second time.
pub(crate) fn build(place: &Place) -> Result<()> {
    let built_ui = thread::scope(|scope| {
        let ui = scope.spawn(|| npm::build_ui(place));
        let program = shell::run(cargo::command(place).args(["build", "--package", "sarafan"]));
        let ui = ui.join().unwrap_or_else(|_| Err(anyhow!("the build of the browser application panicked")));
        program.and(ui)
    })?;
    if built_ui {
        shell::run(cargo::command(place).args(["build", "--package", "sarafan"]))?;
    }
    Ok(())
}

/// What `sarafan` is to be called with.
fn serve_arguments(arguments: &[String]) -> Result<Vec<String>> {
    let mut serve = vec!["serve".to_owned()];
    let mut rest = arguments.iter();
    for argument in rest.by_ref() {
        match argument.as_str() {
            "--demo" => serve.push("--demo".to_owned()),
            "--" => break,
            other => bail!("`run` knows --demo and, after `--`, what `sarafan serve` knows; not `{other}`"),
        }
    }
    serve.extend(rest.cloned());
    Ok(serve)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_passed_on() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for (given, expect) in [
            ("", "serve"),
            ("--demo", "serve --demo"),
            ("--demo -- --listen 127.0.0.1:0", "serve --demo --listen 127.0.0.1:0"),
            ("-- --demo", "serve --demo"),
        ] {
            assert_eq!(serve_arguments(&words(given)).unwrap(), words(expect), "{given}");
        }
        assert!(serve_arguments(&words("--release")).is_err());
    }
}
