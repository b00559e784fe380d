//! Programs that stay: started with their output kept in a file, waited for by a line they print, and stopped
//! when we stop, whether that is by our own end or by a signal. Nothing is waited for by the clock alone.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child as Process, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::shell;

/// How long a program may take to end after it was asked to.
const GOODBYE: Duration = Duration::from_secs(5);

/// Programs to end and folders to remove when a signal ends us.
static HELD: Mutex<Held> = Mutex::new(Held { programs: Vec::new(), folders: Vec::new() });

struct Held {
    programs: Vec<(u32, Arc<Mutex<Process>>)>,
    folders: Vec<PathBuf>,
}

/// A running program. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Child {
    name: String,
    group: u32,
    process: Arc<Mutex<Process>>,
    lines: Receiver<String>,
    log: PathBuf,
    /// The signal that ends it quickest without harm.
    signal: &'static str,
}

impl Child {
    /// Starts a program in a process group of its own, so that a Ctrl-C reaches us alone and we end the programs
    /// in order. What it prints goes to `<folder>/<name>.log`.
    pub(crate) fn start(name: &str, folder: &Path, command: &mut Command) -> Result<Self> {
        let log = folder.join(format!("{name}.log"));
        let file = Arc::new(Mutex::new(File::create(&log)?));
        let mut process = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start `{}`", shell::words(command)))?;
        let group = process.id();
        let (sender, lines) = channel();
        if let Some(stream) = process.stdout.take() {
            follow(stream, Arc::clone(&file), sender.clone());
        }
        if let Some(stream) = process.stderr.take() {
            follow(stream, file, sender);
        }
        let process = Arc::new(Mutex::new(process));
        held().programs.push((group, Arc::clone(&process)));
        Ok(Self { name: name.to_owned(), group, process, lines, log, signal: "TERM" })
    }

    /// Names another signal to end it with.
    pub(crate) fn ends_by(mut self, signal: &'static str) -> Self {
        self.signal = signal;
        self
    }

    /// Waits for a line that `wanted` makes something of. Fails when the program ends first or the limit passes;
    /// the error carries the end of the log.
    pub(crate) fn wait_for<T>(&mut self, limit: Duration, wanted: impl Fn(&str) -> Option<T>) -> Result<T> {
        let deadline = Instant::now() + limit;
        loop {
            match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    if let Some(found) = wanted(&line) {
                        return Ok(found);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    bail!("{} was not ready after {limit:?}:\n{}", self.name, self.story())
                }
                Err(RecvTimeoutError::Disconnected) => bail!("{} ended by itself:\n{}", self.name, self.story()),
            }
        }
    }

    /// Waits for a line that contains a text.
    pub(crate) fn wait_for_text(&mut self, limit: Duration, text: &str) -> Result<()> {
        self.wait_for(limit, |line| line.contains(text).then_some(()))
    }

    /// The process's number.
    pub(crate) fn id(&self) -> u32 {
        self.group
    }

    /// The end of what it printed so far.
    pub(crate) fn story(&self) -> String {
        shell::last_lines(&std::fs::read_to_string(&self.log).unwrap_or_default(), 30)
    }

    /// Asks it to end and waits until it has. One that does not listen is ended by force.
    pub(crate) fn stop(&mut self) {
        signal(self.group, self.signal);
        let deadline = Instant::now() + GOODBYE;
        // Both ends of its output close when the last of the group is gone: an end to wait for without polling.
        while let Ok(_) | Err(RecvTimeoutError::Timeout) =
            self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            if Instant::now() >= deadline {
                signal(self.group, "KILL");
                break;
            }
        }
        let _ = self.process.lock().unwrap_or_else(PoisonError::into_inner).wait();
        held().programs.retain(|(group, _)| *group != self.group);
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A folder of one run, for data of servers and logs. Dropping it removes it.
#[derive(Debug)]
pub(crate) struct RunFolder {
    path: PathBuf,
}

impl RunFolder {
    /// Makes a folder for this process under the system's folder for temporary files. Its path is short, because
    /// sockets lie in it.
    pub(crate) fn make(purpose: &str) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("sarafan-{purpose}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))?;
        held().folders.push(path.clone());
        Ok(Self { path })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
        held().folders.retain(|each| *each != self.path);
    }
}

/// From now on, an interrupt or a request to end stops every program that was started and removes the folders
/// before we end ourselves with the shell's usual exit code.
pub(crate) fn end_with_us() -> Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::spawn(move || {
        if let Some(number) = signals.forever().next() {
            let held = held();
            for (group, _) in &held.programs {
                signal(*group, "TERM");
            }
            for (group, process) in &held.programs {
                wait_or_kill(*group, process);
            }
            for folder in &held.folders {
                let _ = std::fs::remove_dir_all(folder);
            }
            std::process::exit(128 + number);
        }
    });
    Ok(())
}

/// Waits at most a few seconds for a program to be gone, then ends it by force. Only on our way out: the thread that
/// owns the program may be anywhere, so this one looks again and again instead of waiting for its output to end.
fn wait_or_kill(group: u32, process: &Mutex<Process>) {
    let deadline = Instant::now() + GOODBYE;
    while Instant::now() < deadline {
        if process.try_lock().is_ok_and(|mut process| matches!(process.try_wait(), Ok(Some(_)))) {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    signal(group, "KILL");
}

/// Sends a signal to a process group; false when there is no such group. The shell's own `kill` does it, since the
/// standard library has none and this project has no unsafe code.
fn signal(group: u32, name: &str) -> bool {
    Command::new("sh")
        .arg("-c")
        .arg(format!("kill -s {name} -- -{group}"))
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Copies a stream into the log and passes its lines on, until it ends.
fn follow(stream: impl Read + Send + 'static, file: Arc<Mutex<File>>, sender: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n').map_while(std::io::Result::ok) {
            let line = String::from_utf8_lossy(&line).into_owned();
            let _ = writeln!(file.lock().unwrap_or_else(PoisonError::into_inner), "{line}");
            // Nobody may be listening any more; the log goes on.
            let _ = sender.send(line);
        }
    });
}

fn held() -> std::sync::MutexGuard<'static, Held> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell_child(folder: &RunFolder, script: &str) -> Child {
        Child::start("child", folder.path(), Command::new("sh").arg("-c").arg(script)).unwrap()
    }

    #[test]
    fn a_line_is_waited_for_and_the_program_ended() {
        let folder = RunFolder::make("test-line").unwrap();
        let mut child = shell_child(&folder, "echo starting; echo ready at 7 >&2; exec tail -f /dev/null");
        let port = child.wait_for(Duration::from_secs(30), |line| line.strip_prefix("ready at ").map(str::to_owned));
        assert_eq!(port.unwrap(), "7");
        let group = child.group;
        assert!(signal(group, "0"), "the program does not run");
        drop(child);
        assert!(!signal(group, "0"), "the program still runs");
    }

    #[test]
    fn a_program_that_ends_early_tells_its_last_words() {
        let folder = RunFolder::make("test-early").unwrap();
        let mut child = shell_child(&folder, "echo no disk left; exit 1");
        let error = child.wait_for_text(Duration::from_secs(30), "ready").unwrap_err().to_string();
        assert!(error.contains("ended by itself") && error.contains("no disk left"), "{error}");
    }

    #[test]
    fn the_folder_goes_with_the_run() {
        let folder = RunFolder::make("test-folder").unwrap();
        let path = folder.path().to_path_buf();
        assert!(path.is_dir());
        drop(folder);
        assert!(!path.exists());
    }
}
