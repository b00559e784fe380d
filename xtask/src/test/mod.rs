//! `cargo xtask test`: every check the project has, in the order in which failures are cheapest to find, with a table
//! at the end. One failed step does not keep the others from running, so that one run tells everything.

mod report;
mod steps;

use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::place::Place;
use crate::servers::Servers;
use crate::tools::Tools;
use crate::{apt, browser, cargo, children, npm, run, servers, shell, versions};
use report::Line;
use steps::{STEPS, Step};

/// What the steps of one run share.
#[derive(Debug)]
struct Session<'a> {
    place: &'a Place,
    tools: Tools,
    /// Absent with `--skip-servers`, or when they did not start.
    servers: Option<Servers>,
    /// Words that choose among the tests of the workspace.
    only: Vec<String>,
    /// Whether the golden screenshots are to be written instead of compared.
    update_screens: bool,
    /// Whether the tests of the workspace run, and so build the program.
    builds: bool,
}

impl Session<'_> {
    /// Makes sure that the program is built and up to date. The tests build it on their way, with what they ask of
    /// shared dependencies; asking in the same words finds that build, others would begin a second one.
    fn program(&self) -> Result<()> {
        if self.builds {
            npm::build_ui(self.place)?;
            shell::run(cargo::command(self.place).args(["build", "--quiet", "--workspace", "--tests", "--bins"]))
        } else {
            run::build(self.place)
        }
    }
}

/// `cargo xtask test [filter…] [--skip-servers] [--update-screens]`.
pub(crate) fn command(place: &Place, arguments: &[String]) -> Result<ExitCode> {
    let Asked { steps, only, skip_servers, update_screens } = Asked::read(arguments)?;
    versions::check_for_tests()?;
    children::end_with_us()?;
    let wants_servers = !skip_servers && steps.iter().any(|step| step.servers);
    if steps.iter().any(|step| step.browser) && browser::chromium().is_none() {
        apt::ensure(&[("chromium", &["chromium"])])?;
    }
    let mut lines = Vec::new();
    thread::scope(|scope| {
        // What has to be downloaded or built for the servers is made ready beside the first steps, at low priority.
        let servers = wants_servers.then(|| scope.spawn(|| timed(|| servers::start_all(place))));
        let builds = steps.iter().any(|step| step.takes_filters);
        let mut session = Session { place, tools: Tools::install(place)?, servers: None, only, update_screens, builds };
        let mut servers = servers;
        for step in steps {
            if step.servers
                && let Some(waiting) = servers.take()
            {
                let (took, started) = waiting.join().map_err(|_| anyhow::anyhow!("starting the servers panicked"))?;
                match started {
                    Ok(started) => {
                        lines.push(Line::servers(&started, took));
                        session.servers = Some(started);
                    }
                    Err(error) => lines.push(Line { name: "servers", took, outcome: Err(error) }),
                }
            }
            println!("\n── {} · {}", step.name, step.about);
            let (took, outcome) = timed(|| (step.run)(&session));
            if let Err(error) = &outcome {
                println!("{} failed: {error:#}", step.name);
            }
            lines.push(Line { name: step.name, took, outcome });
        }
        anyhow::Ok(())
    })?;
    print!("{}", report::table(&lines));
    Ok(if lines.iter().all(Line::is_good) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn timed<T>(work: impl FnOnce() -> T) -> (std::time::Duration, T) {
    let begun = Instant::now();
    let done = work();
    (begun.elapsed(), done)
}

/// What was asked for on the command line.
struct Asked {
    steps: Vec<&'static Step>,
    only: Vec<String>,
    skip_servers: bool,
    update_screens: bool,
}

impl Asked {
    /// Words that are names of steps choose those steps; other words choose tests of the workspace by their path, and
    /// then nothing but those runs.
    fn read(arguments: &[String]) -> Result<Self> {
        let (flags, filters): (Vec<_>, Vec<_>) = arguments.iter().partition(|word| word.starts_with("--"));
        if let Some(other) = flags.iter().find(|flag| !["--skip-servers", "--update-screens"].contains(&flag.as_str()))
        {
            bail!("`test` knows --skip-servers and --update-screens, not {other}");
        }
        let has = |wanted: &str| flags.iter().any(|flag| flag.as_str() == wanted);
        let (named, only): (Vec<_>, Vec<_>) =
            filters.into_iter().partition(|word| STEPS.iter().any(|step| step.name == word.as_str()));
        let is_wanted = |step: &&Step| {
            if named.is_empty() {
                only.is_empty() || step.takes_filters
            } else {
                named.iter().any(|name| name.as_str() == step.name) || (!only.is_empty() && step.takes_filters)
            }
        };
        Ok(Self {
            steps: STEPS.iter().filter(is_wanted).collect(),
            only: only.into_iter().cloned().collect(),
            skip_servers: has("--skip-servers"),
            update_screens: has("--update-screens"),
        })
    }
}

/// The names of all steps with what they do, for the help text.
pub(crate) fn names() -> String {
    STEPS.iter().map(|step| format!("                 {:<10} {}\n", step.name, step.about)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_choose_steps_and_tests() {
        let all = STEPS.iter().map(|step| step.name).collect::<Vec<_>>().join(" ");
        for (given, steps, only) in [
            ("", all.as_str(), ""),
            ("tidy fmt", "fmt tidy", ""),
            ("posts::", "tests", "posts::"),
            ("tidy posts::", "tidy tests", "posts::"),
            ("--skip-servers tests", "tests", ""),
        ] {
            let words: Vec<String> = given.split_whitespace().map(str::to_owned).collect();
            let asked = Asked::read(&words).unwrap();
            let names: Vec<_> = asked.steps.iter().map(|step| step.name).collect();
            assert_eq!((names.join(" ").as_str(), asked.only.join(" ").as_str()), (steps, only), "{given}");
            assert_eq!(asked.skip_servers, given.contains("--skip"), "{given}");
        }
        assert!(Asked::read(&["--fast".to_owned()]).is_err());
    }
}
