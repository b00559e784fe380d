//! `cargo xtask torture`: builds the program with points at which it can be ended, and the harness that does so.

use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

use crate::place::Place;
use crate::servers::{Environment, Servers};
use crate::{cargo, children, servers, shell, versions};

/// The words the command knows that take a value.
const VALUES: [&str; 4] = ["--rounds", "--seed", "--lanes", "--only"];

/// `cargo xtask torture [--rounds N] [--seed S] [--only WORDS]… [--lanes N] [--short] [--skip-servers] [--points]`.
pub(crate) fn command(place: &Place, arguments: &[String]) -> Result<ExitCode> {
    let mut words = arguments.iter();
    let (mut passed, mut skip_servers) = (Vec::new(), false);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--skip-servers" => skip_servers = true,
            "--short" | "--points" => passed.push(word.clone()),
            known if VALUES.contains(&known) => {
                let Some(value) = words.next() else { bail!("{known} needs a value") };
                passed.extend([known.to_owned(), value.clone()]);
            }
            other => bail!("`torture` knows {}, --short, --points and --skip-servers, not {other}", VALUES.join(", ")),
        }
    }
    versions::check_for_tests()?;
    children::end_with_us()?;
    let servers: Option<Servers> = if skip_servers { None } else { Some(servers::start_all(place)?) };
    let none = Environment::new();
    let mut harness = harness(place, servers.as_ref().map_or(&none, |servers| &servers.environment))?;
    let done = harness.args(passed).status()?;
    Ok(if done.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Builds both programs; the call of the harness, still without words of its own.
pub(crate) fn harness(place: &Place, environment: &Environment) -> Result<Command> {
    shell::run(cargo::command(place).args(["build", "--quiet", "--package", "sarafan-tests-torture"]))?;
    shell::run(cargo::command(place).args(["build", "--quiet", "--package", "sarafan", "--features", "torture"]))?;
    // Under a name of its own: the next build of the real program takes the place of this one.
    let trapped = place.target.join("torture");
    std::fs::create_dir_all(&trapped)?;
    let trapped = trapped.join("sarafan");
    std::fs::copy(place.built("sarafan"), &trapped)?;
    let mut command = Command::new(place.built("sarafan-tests-torture"));
    command.current_dir(&place.root).arg("--program").arg(trapped);
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    Ok(command)
}
