//! What a reader has to know about the machine to make sense of a figure.

use std::process::Command;

use crate::place::Place;
use crate::{browser, shell};

/// The facts, one a line.
pub(super) fn all(place: &Place) -> String {
    let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
    let told = |program: &str, words: &[&str]| {
        shell::output(Command::new(program).args(words).current_dir(&place.root))
            .map_or_else(|_| "not known".to_owned(), |text| text.trim().to_owned())
    };
    let cpuinfo = read("/proc/cpuinfo");
    let chromium = browser::chromium()
        .map_or_else(|| "none".to_owned(), |program| told(&program.to_string_lossy(), &["--version"]));
    let facts = [
        ("processor", format!("{} × {}", cores(&cpuinfo), field(&cpuinfo, "model name").unwrap_or("not known"))),
        ("memory", field(&read("/proc/meminfo"), "MemTotal").unwrap_or("not known").to_owned()),
        ("load before", read("/proc/loadavg").split(' ').take(3).collect::<Vec<_>>().join(" ")),
        ("system", told("uname", &["-sr"])),
        ("compiler", told("rustc", &["--version"])),
        ("browser", chromium),
        ("commit", told("git", &["describe", "--always", "--dirty", "--abbrev=12"])),
    ];
    facts.iter().map(|(name, value)| format!("{name:<12} {value}\n")).collect()
}

fn cores(cpuinfo: &str) -> usize {
    cpuinfo.lines().filter(|line| line.starts_with("processor")).count()
}

/// The value of the first line `name : value`.
fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_once(':').map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read() {
        let text = "processor\t: 0\nmodel name\t: Fast One\n\nprocessor\t: 1\nmodel name\t: Fast One\n";
        assert_eq!((cores(text), field(text, "model name")), (2, Some("Fast One")));
        assert_eq!(field(text, "colour"), None);
    }
}
