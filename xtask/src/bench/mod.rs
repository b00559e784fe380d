//! `cargo xtask bench`: the figures the project promises, measured on this machine with the facts of the machine beside
//! them. It measures the release build as it is shipped; it does not compare with other machines, and a machine that
//! is busy with something else gives worse figures.

mod facts;
mod scripts;
mod start;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::place::Place;
use crate::{cargo, children, npm, shell, size, versions};

/// One figure with what was promised.
#[derive(Debug, Clone, PartialEq)]
struct Figure {
    name: &'static str,
    /// What was measured.
    value: f64,
    /// The most it may be.
    most: f64,
    unit: &'static str,
    /// How it was measured, or what else there is to say.
    how: String,
}

impl Figure {
    fn is_kept(&self) -> bool {
        self.value <= self.most
    }

    fn row(&self) -> String {
        let mark = if self.is_kept() { "ok    " } else { "MISSED" };
        let value = format!("{} {}", round(self.value), self.unit);
        let most = format!("at most {} {}", round(self.most), self.unit);
        format!("{mark} {:<26} {value:>12}  {most:<18} {}", self.name, self.how).trim_end().to_owned()
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
];

/// `cargo xtask bench [name…]`.
pub(crate) fn command(place: &Place, arguments: &[String]) -> Result<ExitCode> {
    if let Some(other) = arguments.iter().find(|name| !MEASURES.iter().any(|measure| measure.name == name.as_str())) {
        let names: Vec<_> = MEASURES.iter().map(|measure| measure.name).collect();
        bail!("there is no measure `{other}`; there are {}", names.join(", "));
    }
    versions::check_for_build()?;
    children::end_with_us()?;
    build(place)?;
    println!("{}", facts::all(place));
    let mut kept = true;
    for measure in MEASURES {
        if !arguments.is_empty() && !arguments.iter().any(|name| name == measure.name) {
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
fn build(place: &Place) -> Result<()> {
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
    Ok(vec![Figure {
        name: "shell, gzip",
        value: kilobytes,
        most: 120.0,
        unit: "kB",
        how: "index.html with the scripts and styles it names".to_owned(),
    }])
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
        let figure = Figure { name: "cold start", value: 300.4, most: 300.0, unit: "ms", how: String::new() };
        assert_eq!(figure.row(), "MISSED cold start                       300 ms  at most 300 ms");
        assert!(!figure.is_kept());
        assert!(Figure { value: 12.34, ..figure }.row().contains("12.3 ms"));
    }

    #[test]
    fn the_middle_is_not_the_mean() {
        assert_eq!(middle_and_highest(&mut [9.0, 1.0, 2.0]), Some((2.0, 9.0)));
        assert_eq!(middle_and_highest(&mut []), None);
    }
}
