//! The steps of a test run, one function each.

use std::process::Command;

use anyhow::{Result, anyhow, bail};

use super::Session;
use super::report::{self, Done, Outcome, SomeFailed};
use crate::{browser, cargo, docs, npm, python, shell, tidy, torture};

/// One row of the table.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) run: fn(&Session<'_>) -> Outcome,
    /// Whether it talks to the real servers.
    pub(super) servers: bool,
    /// Whether it drives a browser.
    pub(super) browser: bool,
    /// Whether words that are no step's name choose among its tests.
    pub(super) takes_filters: bool,
}

/// All steps. Cheap ones that fail often come first; those that need the servers last, since the servers are made
/// ready meanwhile. The browser application is built before anything that compiles the crate that embeds it.
pub(super) const STEPS: &[Step] = &[
    step("fmt", "the code is formatted", fmt),
    step("tidy", "the rules of ARCHITECTURE.md and STYLE.md that a program can check", tidy_step),
    step("ui", "the browser application: lint, types, unit tests, build, size", ui),
    step("clippy", "lints, all of them errors", clippy),
    step("features", "every network compiles alone", features),
    step("rustdoc", "documentation without warnings", rustdoc),
    step("deny", "licences, bans and sources of dependencies; advisories where their database can be reached", deny),
    step("unused", "no dependency that nothing uses", unused),
    Step {
        servers: true,
        takes_filters: true,
        ..step("tests", "unit, property, store, contract, server and HTTP tests", tests)
    },
    Step {
        servers: true,
        ..step("torture", "the program dies at every point, and no post is lost or sent twice", tortured)
    },
    step("documents", "generated documents are up to date", documents),
    step("fuzz", "whatever the OpenAPI document allows and forbids, asked as each role", fuzzed),
    Step {
        browser: true,
        ..step("browser", "the story in a real browser, every page in three languages", browser_tests)
    },
];

const fn step(name: &'static str, about: &'static str, run: fn(&Session<'_>) -> Outcome) -> Step {
    Step { name, about, run, servers: false, browser: false, takes_filters: false }
}

fn fmt(session: &Session<'_>) -> Outcome {
    check(cargo::command(session.place).args(["fmt", "--all", "--check"]))
}

fn tidy_step(session: &Session<'_>) -> Outcome {
    let findings = tidy::check(session.place)?;
    for finding in &findings {
        println!("{finding}");
    }
    if !findings.is_empty() {
        bail!("{} findings", findings.len());
    }
    Ok(Done::one())
}

fn ui(session: &Session<'_>) -> Outcome {
    let place = session.place;
    let project = place.root.join("ui");
    npm::install(place, &project)?;
    let mut done = Done::one();
    for script in ["lint", "check", "contrast", "test:unit"] {
        if npm::has_script(&project, script) {
            let text = followed(npm::script(place, &project, script).arg("--silent"))?;
            done.passed += report::node_sums(&text).map_or(1, |sums| sums.passed);
        }
    }
    npm::build_ui(place)?;
    let size = crate::size::shell_gzip(&project.join("dist"))?;
    size.check()?;
    Ok(done.note(size.to_string()))
}

fn clippy(session: &Session<'_>) -> Outcome {
    check(cargo::command(session.place).args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn features(session: &Session<'_>) -> Outcome {
    let networks = tidy::networks(session.place)?;
    for network in networks.iter().map(String::as_str).chain([""]) {
        check(cargo::command(session.place).args([
            "check",
            "--quiet",
            "--package",
            "sarafan-connectors",
            "--no-default-features",
            "--features",
            network,
        ]))
        .map_err(|error| error.context(format!("with the feature `{network}` alone")))?;
    }
    Ok(Done::one())
}

fn rustdoc(session: &Session<'_>) -> Outcome {
    check(cargo::command(session.place).args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}

fn deny(session: &Session<'_>) -> Outcome {
    let deny = |what: &[&str]| {
        check(session.tools.cargo(session.place).args(["deny", "--log-level", "warn", "check"]).args(what))
    };
    deny(&["licenses", "bans", "sources"])?;
    let fetched = shell::output(session.tools.cargo(session.place).args(["deny", "fetch", "db"]));
    match fetched {
        Ok(_) => deny(&["--disable-fetch", "advisories"]),
        Err(_) => Ok(Done::one().note("advisories skipped: their database cannot be reached from here")),
    }
}

fn unused(session: &Session<'_>) -> Outcome {
    check(session.tools.cargo(session.place).arg("shear"))
}

fn tests(session: &Session<'_>) -> Outcome {
    let mut command = session.tools.cargo(session.place);
    command.args(["nextest", "run", "--workspace", "--no-fail-fast"]).args(&session.only);
    if let Some(servers) = &session.servers {
        command.envs(servers.environment.iter().map(|(name, value)| (name, value)));
    }
    let done = shell::follow(&mut command)?;
    counted(done.success, report::nextest_sums(&done.text))
}

fn tortured(session: &Session<'_>) -> Outcome {
    let none = crate::servers::Environment::new();
    let environment = session.servers.as_ref().map_or(&none, |servers| &servers.environment);
    let done = shell::follow(torture::harness(session.place, environment)?.arg("--short"))?;
    if !done.success {
        bail!("see above");
    }
    let skipped = done.text.lines().filter(|line| line.starts_with("skipped: ")).count();
    let sums = done.text.lines().find(|line| line.contains(" rounds, ")).unwrap_or_default().to_owned();
    Ok(Done { skipped: u32::try_from(skipped).unwrap_or(u32::MAX), ..Done::one() }.note(sums))
}

fn documents(session: &Session<'_>) -> Outcome {
    session.program()?;
    docs::check(session.place).map(|()| Done::one())
}

fn fuzzed(session: &Session<'_>) -> Outcome {
    session.program()?;
    let place = session.place;
    let packages = python::install(place, "schemathesis", &place.root.join("tests/tools/schemathesis.txt"))?;
    let mut command = Command::new("python3");
    command.arg(place.root.join("tests/api/fuzz.py")).env("PYTHONPATH", packages);
    followed(command.env("SARAFAN_PROGRAM", place.built("sarafan"))).map(|_| Done::one())
}

fn browser_tests(session: &Session<'_>) -> Outcome {
    session.program()?;
    let mut command = browser::tests(session.place, session.update_screens)?;
    // Where the steps before started a mail server, a letter is read in the browser.
    if let Some(servers) = &session.servers {
        command.envs(servers.environment.iter().map(|(name, value)| (name, value)));
    }
    let done = shell::follow(&mut command)?;
    counted(done.success, report::node_sums(&done.text))
}

/// One program that says by its exit code whether all is well.
fn check(command: &mut Command) -> Outcome {
    followed(command).map(|_| Done::one())
}

fn followed(command: &mut Command) -> Result<String> {
    let done = shell::follow(command)?;
    if !done.success {
        return Err(anyhow!("see above").context(format!("`{}` found something", shell::words(command))));
    }
    Ok(done.text)
}

/// A test runner that says how many passed.
fn counted(success: bool, sums: Option<SomeFailed>) -> Outcome {
    match sums {
        Some(SomeFailed { passed, skipped, failed: 0 }) if success => Ok(Done { passed, skipped, note: String::new() }),
        Some(sums) if sums.failed > 0 => Err(sums.into()),
        _ => bail!("the tests did not run to their end, see above"),
    }
}
