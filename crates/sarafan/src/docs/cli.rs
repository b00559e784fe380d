//! `docs/cli.md`: every command with its arguments and examples, as `--help` shows them.

use clap::{Arg, Command, CommandFactory};

use crate::args::Cli;

const HEAD: &str = "\
# Command line

Made by `sarafan docs` from what `--help` shows. All commands work on the data folder, also while `sarafan serve` runs.
With `--json` they answer what the API answers; errors are then JSON on standard error.

Exit codes: 0 done, 1 refused or failed, 2 called wrongly.
";

/// The whole document.
pub(super) fn document() -> String {
    let mut root = Cli::command();
    root.build();
    let mut text = String::from(HEAD);
    text.push_str("\n## Everywhere\n\n");
    text.push_str(&options(&root, true));
    for command in root.get_subcommands().filter(|command| command.get_name() != "help") {
        write(&mut text, command, "sarafan");
    }
    text
}

fn write(text: &mut String, command: &Command, path: &str) {
    let path = format!("{path} {}", command.get_name());
    let inner: Vec<&Command> = command.get_subcommands().filter(|command| command.get_name() != "help").collect();
    if !inner.is_empty() {
        for command in inner {
            write(text, command, &path);
        }
        return;
    }
    text.push_str(&format!("\n## {path}\n\n"));
    let about = command.get_long_about().or(command.get_about()).map(ToString::to_string).unwrap_or_default();
    text.push_str(&format!("{}\n\n", finished(&about)));
    text.push_str(&format!("    {path}{}\n", usage(command)));
    let options = options(command, false);
    if !options.is_empty() {
        text.push_str(&format!("\n{options}"));
    }
    if let Some(examples) = command.get_after_help() {
        text.push_str(&format!("\n{}\n", indented(&examples.to_string())));
    }
}

/// A sentence ends with a full stop here, which help on a terminal leaves out.
fn finished(text: &str) -> String {
    if text.ends_with('.') { text.to_owned() } else { format!("{text}.") }
}

fn usage(command: &Command) -> String {
    let own =
        |arg: &&Arg| !arg.is_global_set() && !arg.is_hide_set() && arg.get_id() != "help" && arg.get_id() != "version";
    let mut text = String::new();
    for arg in command.get_arguments().filter(own) {
        let word = shape(arg);
        text.push_str(&if arg.is_required_set() { format!(" {word}") } else { format!(" [{word}]") });
    }
    text
}

fn shape(arg: &Arg) -> String {
    let name = arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
    match arg.get_long() {
        None => name,
        Some(long) if arg.get_action().takes_values() => format!("--{long} {name}"),
        Some(long) => format!("--{long}"),
    }
}

fn options(command: &Command, global: bool) -> String {
    let shown = |arg: &&Arg| {
        arg.is_global_set() == global && !arg.is_hide_set() && arg.get_id() != "help" && arg.get_id() != "version"
    };
    let mut text = String::new();
    for arg in command.get_arguments().filter(shown) {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let default: Vec<String> =
            arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
        let default = match default.join(" ") {
            given if given.is_empty() || !arg.get_action().takes_values() => String::new(),
            given => format!(" [default: {given}]"),
        };
        text.push_str(&format!("- `{}`: {help}{default}\n", shape(arg)));
    }
    text
}

/// Examples as code.
fn indented(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix("  ") {
        Some(code) => format!("    {code}"),
        None if line.is_empty() => String::new(),
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
