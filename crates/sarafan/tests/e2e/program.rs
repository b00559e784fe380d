//! Starting the program: commands that end, and parts that run until they are stopped.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// The program with nothing of the tester's own settings.
pub(crate) fn program(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sarafan"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SARAFAN_")) {
        command.env_remove(name);
    }
    command.env("SARAFAN_DATA", data).env("LANG", "C").env_remove("LC_ALL").env_remove("LC_MESSAGES").current_dir(data);
    command
}

/// Runs a command to its end.
pub(crate) fn run(mut command: Command, input: &str) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that needs no input may have closed it already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// Runs a command with `--json` and reads its answer.
pub(crate) fn ask(data: &Path, arguments: &[&str], input: &str) -> Value {
    let mut command = program(data);
    command.args(arguments).arg("--json");
    let output = run(command, input);
    let words = || format!("{arguments:?}\n{}\n{}", text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{}", words());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}\n{}", words()))
}

/// Bytes as text.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A part that runs until it is stopped; it does not outlive the test.
pub(crate) struct Running {
    child: Child,
    /// The line of JSON it begins with.
    pub(crate) greeting: Value,
    _out: BufReader<ChildStdout>,
}

impl Running {
    /// Starts it and waits for its first line.
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.arg("--json").stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let greeting = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        Self { child, greeting, _out: out }
    }

    /// Where it listens: `host:port`.
    pub(crate) fn host(&self) -> &str {
        self.greeting["address"].as_str().unwrap().trim_start_matches("http://")
    }

    /// Asks it to stop, as a service manager does, and waits until it has.
    pub(crate) fn stop(mut self) -> ExitStatus {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        eventually("it stops", || self.child.try_wait().unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks a running process again and again until it says what is expected; gives up after a minute.
pub(crate) fn eventually<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "in vain for a minute: {what}");
        std::thread::park_timeout(Duration::from_millis(50));
    }
}
