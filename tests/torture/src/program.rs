//! The program under torture: starting it, ending it, and its command line.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};

/// How long a start may take on a busy machine.
const START: Duration = Duration::from_secs(60);

/// Where the program is and what every call of it needs.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    pub(crate) binary: PathBuf,
    pub(crate) data: PathBuf,
    /// Empty for SQLite in the data folder.
    pub(crate) database: String,
}

impl Program {
    fn command(&self, database: &str) -> Command {
        let mut command = Command::new(&self.binary);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SARAFAN_")) {
            command.env_remove(name);
        }
        command
            .env("SARAFAN_DATA", &self.data)
            .env("SARAFAN_ALLOW_PRIVATE", "127.0.0.1,localhost")
            .env("SARAFAN_LOG", "warn,sarafan_app=info")
            .env("LANG", "C")
            .current_dir(&self.data)
            .kill_on_drop(true)
            .arg("--json");
        if !database.is_empty() {
            command.env("SARAFAN_DATABASE", database);
        }
        command
    }

    /// Runs a command of the command line and reads its answer.
    pub(crate) async fn ask(&self, arguments: &[&str], input: &str) -> Result<Value> {
        let mut command = self.command(&self.database);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().context("the program cannot be started")?;
        if let Some(mut stdin) = child.stdin.take() {
            // A command that needs no input may have closed it already.
            let _ = stdin.write_all(input.as_bytes()).await;
        }
        let output = child.wait_with_output().await?;
        if !output.status.success() {
            bail!("`sarafan {}`: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
        }
        serde_json::from_slice(&output.stdout).context("an answer that is not JSON")
    }

    /// Starts a part that runs until it is stopped. `trap` says at which point it dies by itself; `database` stands in
    /// for the program's own where it is to be reached another way.
    pub(crate) async fn start(
        &self,
        arguments: &[&str],
        trap: Option<&str>,
        database: Option<&str>,
    ) -> Result<Running> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.log())?;
        let mut command = self.command(database.unwrap_or(&self.database));
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        if let Some(trap) = trap {
            command.env("SARAFAN_TORTURE", trap);
        }
        let mut child = command.spawn().context("the program cannot be started")?;
        let mut out = BufReader::new(child.stdout.take().context("no output")?);
        let mut line = String::new();
        let read = tokio::time::timeout(START, out.read_line(&mut line)).await;
        read.context("no greeting within a minute")??;
        // It may die before it greets: then there is no address, and whoever wants one starts it again.
        let greeting: Value = serde_json::from_str(&line).unwrap_or_default();
        let address = greeting.get("address").and_then(Value::as_str).unwrap_or_default();
        let host = address.trim_start_matches("http://").to_owned();
        Ok(Running { child, host, _out: out })
    }

    /// What the program says about itself, all lives of it.
    pub(crate) fn log(&self) -> PathBuf {
        self.data.join("torture.log")
    }
}

/// A life of the program; ends with this value at the latest.
pub(crate) struct Running {
    child: Child,
    /// Where it listens: `host:port`; empty for a part without pages.
    pub(crate) host: String,
    _out: BufReader<ChildStdout>,
}

impl Running {
    /// SIGKILL, now.
    pub(crate) async fn kill(mut self) -> Result<()> {
        self.child.kill().await.context("it could not be ended")
    }

    /// Has it died of its own trap?
    pub(crate) fn is_dead(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Does it stand still in its trap?
    pub(crate) fn is_stopped(&self) -> bool {
        let Some(id) = self.child.id() else { return false };
        let status = std::fs::read_to_string(Path::new("/proc").join(id.to_string()).join("stat")).unwrap_or_default();
        // The state is behind the name, which stands in brackets and may hold anything.
        status.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('T'))
    }

    /// Sends it a signal by name.
    pub(crate) async fn signal(&self, name: &str) -> Result<()> {
        let id = self.child.id().context("it is dead already")?.to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &id]).status().await?;
        if sent.success() { Ok(()) } else { bail!("SIG{name} could not be sent") }
    }
}
