//! `cargo xtask bench`: the figures the project promises, measured on this machine with the facts of the machine beside
//! them. It measures the release build as it is shipped; it does not compare with other machines, and a machine that
//! is busy with something else gives worse figures.

mod big;
mod caller;
mod facts;
mod hot;
mod house;
mod queue;
mod scripts;
mod start;
mod workers;

pub(crate) use house::{build_examples, found};

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::place::Place;
use crate::{cargo, children, npm, shell, size, versions};

/// What the best known peer does on a machine such as this one: Postiz 2, measured on two cores before this project
/// began, with the same kind of load. It cannot be installed from a registry, so its figures stand here.
struct Postiz {
    spread_ms: f64,
    same_second_ms: f64,
    memory_mb: f64,
    start_ms: f64,
    lists: f64,
    posts_written: f64,
}

const POSTIZ: Postiz = Postiz {
    spread_ms: 522.0,
    same_second_ms: 5300.0,
    memory_mb: 1393.0,
    start_ms: 9000.0,
    lists: 61.0,
    posts_written: 44.0,
};

/// What was promised.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Promise {
    Most(f64),
    Least(f64),
}

/// One figure with what was promised.
#[derive(Debug, Clone, PartialEq)]
struct Figure {
    name: &'static str,
    /// What was measured.
    value: f64,
    promise: Promise,
    unit: &'static str,
    /// How it was measured, or what else there is to say.
    how: String,
    /// Somebody else's figure for the same.
    peer: Option<(&'static str, f64)>,
}

impl Figure {
    fn most(name: &'static str, value: f64, most: f64, unit: &'static str, how: String) -> Self {
        Self { name, value, promise: Promise::Most(most), unit, how, peer: None }
    }

    fn least(name: &'static str, value: f64, least: f64, unit: &'static str, how: String) -> Self {
        Self { name, value, promise: Promise::Least(least), unit, how, peer: None }
    }

    fn against(self, peer: Option<(&'static str, f64)>) -> Self {
        Self { peer, ..self }
    }

    /// A figure that is no number was not measured: that is no promise kept.
    fn is_kept(&self) -> bool {
        match self.promise {
            Promise::Most(most) => self.value <= most,
            Promise::Least(least) => self.value >= least,
        }
    }

    fn row(&self) -> String {
        let mark = if self.is_kept() { "ok    " } else { "MISSED" };
        let value = format!("{} {}", round(self.value), self.unit);
        let (word, bound) = match self.promise {
            Promise::Most(most) => ("most", most),
            Promise::Least(least) => ("least", least),
        };
        let promise = format!("at {word} {} {}", round(bound), self.unit);
        let peer = self.peer.map_or_else(String::new, |(name, value)| {
            let better = match self.promise {
                Promise::Most(_) => value / self.value,
                Promise::Least(_) => self.value / value,
            };
            format!("{} times as good as {name} ({} {}); ", round(better), round(value), self.unit)
        });
        format!("{mark} {:<32} {value:>14}  {promise:<22} {peer}{}", self.name, self.how).trim_end().to_owned()
    }
}

/// A group of figures that are measured together.
struct Measure {
    name: &'static str,
    about: &'static str,
    run: fn(&Place) -> Result<Vec<Figure>>,
}

const MEASURES: &[Measure] = &[
    Measure { name: "size", about: "the browser application's shell", run: shell_size },
    Measure { name: "start", about: "cold start to the first answer; memory when idle", run: start::measure },
    Measure { name: "page", about: "the first page in a headless browser", run: scripts::page },
    Measure { name: "deliveries", about: "100 deliveries spread over a minute", run: scripts::deliveries },
    Measure { name: "hot", about: "1,000 deliveries in one second, 10,000 in a minute", run: hot::measure },
    Measure { name: "api", about: "posts written and listed through the API by 32 callers", run: hot::requests },
    Measure { name: "queue", about: "the queue alone on both engines, beside graphile-worker", run: queue::measure },
    Measure { name: "workers", about: "two workers on one PostgreSQL beside one", run: workers::measure },
    Measure { name: "big", about: "pages over a million posts and twenty million numbers", run: big::measure },
];

/// `cargo xtask bench [--as-built] [name…]`.
pub(crate) fn command(place: &Place, arguments: &[String]) -> Result<ExitCode> {
    let (flags, arguments): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|word| *word == "--as-built");
    if let Some(other) = arguments.iter().find(|name| !MEASURES.iter().any(|measure| measure.name == ***name)) {
        let names: Vec<_> = MEASURES.iter().map(|measure| measure.name).collect();
        bail!("there is no measure `{other}`; there are {}", names.join(", "));
    }
    versions::check_for_build()?;
    children::end_with_us()?;
    if flags.is_empty() {
        build(place)?;
        build_examples(place)?;
    }
    println!("{}", facts::all(place));
    let mut kept = true;
    for measure in MEASURES {
        if !arguments.is_empty() && !arguments.iter().any(|name| **name == measure.name) {
            continue;
        }
        println!("── {} · {}", measure.name, measure.about);
        match (measure.run)(place) {
            Ok(figures) => {
                kept &= figures.iter().all(Figure::is_kept);
                figures.iter().for_each(|figure| println!("{}", figure.row()));
            }
            Err(error) => {
                kept = false;
                println!("FAILED {}: {error:#}", measure.name);
            }
        }
    }
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The measures with what they tell, for the help text.
pub(crate) fn names() -> String {
    MEASURES.iter().map(|measure| format!("                 {:<10} {}\n", measure.name, measure.about)).collect()
}

/// Builds what is measured: as it is shipped.
pub(crate) fn build(place: &Place) -> Result<()> {
    npm::build_ui(place)?;
    shell::run(cargo::command(place).args(["build", "--release", "--package", "sarafan"]))
}

/// The release build.
fn program(place: &Place) -> std::path::PathBuf {
    place.target.join("release/sarafan")
}

fn shell_size(place: &Place) -> Result<Vec<Figure>> {
    let size::Size(bytes) = size::shell_gzip(&place.root.join("ui/dist"))?;
    let kilobytes = f64::from(u32::try_from(bytes)?) / 1000.0;
    let how = "index.html with the scripts and styles it names".to_owned();
    Ok(vec![Figure::most("shell, gzip", kilobytes, 120.0, "kB", how)])
}

/// Three digits that mean something, no more.
fn round(value: f64) -> String {
    if value >= 100.0 || value == value.trunc() {
        format!("{value:.0}")
    } else if value >= 1.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.3}")
    }
}

/// The middle and the highest of some values.
fn middle_and_highest(values: &mut [f64]) -> Option<(f64, f64)> {
    values.sort_by(f64::total_cmp);
    Some((*values.get(values.len() / 2)?, *values.last()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_kept_or_missed() {
        let figure = Figure::most("cold start", 300.4, 300.0, "ms", String::new());
        assert_eq!(figure.row(), "MISSED cold start                               300 ms  at most 300 ms");
        assert!(!figure.is_kept());
        assert!(Figure { value: 12.34, ..figure.clone() }.row().contains("12.3 ms"));
        assert!(!Figure { value: f64::NAN, ..figure.clone() }.is_kept());
        assert!(Figure { value: 150.0, ..figure }.against(Some(("it", 300.0))).row().contains("2 times as good as it"));
        assert!(Figure::least("rate", 5.0, 5.0, "/s", String::new()).is_kept());
    }

    #[test]
    fn the_middle_is_not_the_mean() {
        assert_eq!(middle_and_highest(&mut [9.0, 1.0, 2.0]), Some((2.0, 9.0)));
        assert_eq!(middle_and_highest(&mut []), None);
    }
}
