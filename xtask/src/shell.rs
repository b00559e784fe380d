//! Running other programs to their end. Programs that stay are in `children`.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Runs a command with its output going where ours goes; an exit code other than 0 is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start `{}`", words(command)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", words(command));
    }
    Ok(())
}

/// Runs a command quietly. Where it fails the error carries the end of what it printed.
pub(crate) fn run_quietly(command: &mut Command) -> Result<()> {
    output(command).map(|_| ())
}

/// Runs a command and returns what it printed to standard output. Where it fails the error carries the end of
/// what it printed, both streams.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let done = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start `{}`", words(command)))?;
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    if !done.status.success() {
        let both = format!("{text}\n{}", String::from_utf8_lossy(&done.stderr));
        bail!("`{}` ended with {}:\n{}", words(command), done.status, ends_of(&both, 15));
    }
    Ok(text)
}

/// What a command that was followed did.
#[derive(Debug)]
pub(crate) struct Followed {
    /// Whether it ended with 0.
    pub(crate) success: bool,
    /// What it printed on both streams, without colours.
    pub(crate) text: String,
}

/// Runs a command, shows what it prints at once and keeps it too.
pub(crate) fn follow(command: &mut Command) -> Result<Followed> {
    let (mut reader, writer) = std::io::pipe()?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer)
        .spawn()
        .with_context(|| format!("cannot start `{}`", words(command)))?;
    // The command keeps its own copies of the pipe's end, which would keep the reading from ending.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut kept = Vec::new();
    let mut buffer = [0; 8192];
    loop {
        let count = reader.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else { break };
        kept.extend_from_slice(bytes);
        let mut out = std::io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()?;
    }
    let success = child.wait()?.success();
    Ok(Followed { success, text: without_colours(&String::from_utf8_lossy(&kept)) })
}

/// A text without the terminal's colour codes.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            characters.find(char::is_ascii_alphabetic);
        } else {
            plain.push(character);
        }
    }
    plain
}

/// The command as one would type it, for messages: the program without its folder.
pub(crate) fn words(command: &Command) -> String {
    let program = Path::new(command.get_program());
    std::iter::once(program.file_name().unwrap_or(program.as_os_str()))
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first and the last lines of a text that are not empty: some programs say what is wrong at once and then at
/// length how they are used, others the other way round.
fn ends_of(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    match (lines.get(..count), lines.len().checked_sub(count).and_then(|from| lines.get(from..))) {
        (Some(first), Some(last)) if lines.len() > 2 * count => format!("{}\n…\n{}", first.join("\n"), last.join("\n")),
        _ => lines.join("\n"),
    }
}

/// The last lines of a text that are not empty.
pub(crate) fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.into_iter().rev().take(count).rev().collect::<Vec<_>>().join("\n")
}

/// The program's file, looked for in PATH and where Debian keeps the programs of administrators.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/local/sbin", "/usr/sbin", "/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// A command that yields the processor to whoever else wants it: installs in the background must not slow the
/// build that somebody waits for.
pub(crate) fn gently(program: impl AsRef<Path>) -> Command {
    match find("nice") {
        Some(nice) => {
            let mut command = Command::new(nice);
            command.arg("-n").arg("15").arg(program.as_ref());
            command
        }
        None => Command::new(program.as_ref()),
    }
}

/// Whether we are the machine's administrator, who may install packages and whom some servers refuse to serve.
pub(crate) fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|us| std::os::unix::fs::MetadataExt::uid(&us) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_command_tells_what_it_said() {
        let error = output(Command::new("sh").args(["-c", "echo why >&2; exit 3"])).unwrap_err().to_string();
        assert!(error.contains("why") && error.contains('3'), "{error}");
    }

    #[test]
    fn long_complaints_are_cut_in_the_middle() {
        assert_eq!(ends_of("a\n\nb\nc\nd\ne\n", 2), "a\nb\n…\nd\ne");
        assert_eq!(ends_of("a\nb\nc\nd\n", 2), "a\nb\nc\nd");
        assert_eq!(ends_of("a\n", 2), "a");
    }

    #[test]
    fn the_end_of_a_text_leaves_empty_lines_out() {
        assert_eq!(last_lines("a\nb\n\nc\n\n", 2), "b\nc");
    }

    #[test]
    fn a_followed_command_is_kept_without_colours() {
        let followed =
            follow(Command::new("sh").args(["-c", r"printf 'a\033[1;31mb\033[0mc\n'; echo d >&2; exit 1"])).unwrap();
        assert_eq!((followed.success, followed.text.as_str()), (false, "abc\nd\n"));
    }

    #[test]
    fn programs_are_found_by_name() {
        assert!(find("sh").is_some());
        assert_eq!(find("no-such-program-here"), None);
    }
}
