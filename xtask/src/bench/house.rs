//! An installation to be measured: the release build with a data folder of its own, an owner and a brand, and the sandbox
//! beside it where deliveries are measured.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::caller::Caller;
use super::program;
use crate::children::{Child, RunFolder};
use crate::place::Place;
use crate::{cargo, http, shell};

const EMAIL: &str = "bench@sarafan.example";
const PASSWORD: &str = "correct horse battery";
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server.
pub(super) struct House {
    pub(super) port: u16,
    pub(super) cookie: String,
    /// `/api/v1/brands/<the first brand>`.
    pub(super) brand: String,
    child: Child,
}

/// Makes an owner and a brand in an empty data folder, or in the database that is named.
pub(crate) fn found(place: &Place, data: &Path, database: Option<&str>) -> Result<()> {
    let more: Vec<&str> = database.into_iter().flat_map(|url| ["--database", url]).collect();
    let owner = ["owner", "create", "--email", EMAIL];
    command(place, data, &[&owner[..], &more].concat(), PASSWORD)?;
    let brand = ["brand", "create", "Bench", "--language", "en", "--time-zone", "Europe/Warsaw", "--country", "PL"];
    command(place, data, &[&brand[..], &more].concat(), "").map(|_| ())
}

/// Runs a command of the program to its end and reads its answer.
pub(super) fn command(place: &Place, data: &Path, words: &[&str], input: &str) -> Result<Value> {
    let mut command = Command::new(program(place));
    command.args(words).arg("--json").arg("--data").arg(data);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    child.stdin.take().context("no input")?.write_all(input.as_bytes())?;
    let done = child.wait_with_output()?;
    if !done.status.success() {
        bail!("{}: {}", words.join(" "), String::from_utf8_lossy(&done.stderr));
    }
    Ok(serde_json::from_slice(&done.stdout)?)
}

/// Runs an example of the store in its release build.
pub(super) fn example(place: &Place, name: &str, words: &[&str]) -> Result<String> {
    shell::output(Command::new(place.target.join("release/examples").join(name)).args(words))
}

/// Builds the examples of the store.
pub(crate) fn build_examples(place: &Place) -> Result<()> {
    shell::run(cargo::command(place).args(["build", "--release", "--package", "sarafan-store", "--examples"]))
}

impl House {
    /// Starts the server on a data folder that has an owner and a brand.
    pub(super) fn start(place: &Place, folder: &RunFolder, data: &Path, more: &[(&str, &str)]) -> Result<Self> {
        Self::start_as(place, folder, data, &[], more)
    }

    /// The same with words of its own.
    pub(super) fn start_as(
        place: &Place,
        folder: &RunFolder,
        data: &Path,
        words: &[&str],
        more: &[(&str, &str)],
    ) -> Result<Self> {
        let port = http::free_port()?;
        let mut command = Command::new(program(place));
        command.args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"]).arg(data);
        command.args(words).envs(more.iter().copied());
        let child = Child::start("sarafan", folder.path(), &mut command)?;
        // Pages alone are never well: nobody works yet.
        answers(port, if words.contains(&"--web") { "/" } else { "/health" }, &child)?;
        let cookie = Caller::sign_in(port, EMAIL, PASSWORD)?;
        let brands = Caller::open(port, &cookie)?.json("GET", "/api/v1/brands", "")?;
        let id = brands.get(0).and_then(|brand| brand.get("id")).and_then(Value::as_str).context("no brand")?;
        Ok(Self { port, cookie: cookie.clone(), brand: format!("/api/v1/brands/{id}"), child })
    }

    /// A caller who is signed in.
    pub(super) fn caller(&self) -> Result<Caller> {
        Caller::open(self.port, &self.cookie)
    }

    /// Megabytes of memory that it holds now, and the most that it ever held.
    pub(super) fn memory(&self) -> Result<(f64, f64)> {
        memory(self.child.id())
    }
}

/// Starts the sandbox; its port.
pub(super) fn sandbox(place: &Place, folder: &RunFolder) -> Result<(u16, Child)> {
    let port = http::free_port()?;
    let mut command = Command::new(program(place));
    command.args(["sandbox", "--listen", &format!("127.0.0.1:{port}")]);
    let child = Child::start("sandbox", folder.path(), &mut command)?;
    answers(port, "/networks", &child)?;
    Ok((port, child))
}

/// A fresh folder for data within that of the run.
pub(super) fn data(folder: &RunFolder, name: &str) -> PathBuf {
    folder.path().join(name)
}

fn answers(port: u16, path: &str, child: &Child) -> Result<()> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if http::get(port, path).is_ok_and(|(status, _)| status == 200) {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(2));
    }
    bail!("nobody answers:\n{}", child.story())
}

/// Megabytes a process holds: now, and at most so far.
pub(super) fn memory(id: u32) -> Result<(f64, f64)> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
    let read = |name: &str| -> Result<f64> {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).context("the system does not tell")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1000.0)
    };
    Ok((read("VmRSS:")?, read("VmHWM:")?))
}
