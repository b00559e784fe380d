//! Figures that take a browser or many requests: measured by the scripts in tests/browser/bench, which print JSON.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Figure, POSTIZ, program};
use crate::place::Place;
use crate::{browser, npm, shell};

/// The first page: when it can be used, and how much it jumps while it appears.
pub(super) fn page(place: &Place) -> Result<Vec<Figure>> {
    let told = script(place, "page.mjs")?;
    let number = |name: &str| number(&told, name);
    Ok(vec![
        Figure::most(
            "first page usable",
            number("usable")?,
            1000.0,
            "ms",
            format!("middle of {} loads, highest {:.0}; sign-in", number("loads")?, number("usable_highest")?),
        ),
        Figure::most(
            "first page after sign-in",
            number("today")?,
            1000.0,
            "ms",
            format!("middle of {} loads, highest {:.0}; Today", number("loads")?, number("today_highest")?),
        ),
        Figure::most("layout shift", number("shift")?, 0.1, "", "highest of all loads".to_owned()),
    ])
}

/// How late deliveries are.
pub(super) fn deliveries(place: &Place) -> Result<Vec<Figure>> {
    let told = script(place, "deliveries.mjs")?;
    let number = |name: &str| number(&told, name);
    Ok(vec![
        Figure::most(
            "lateness, latest of 100",
            number("latest")?,
            50.0,
            "ms",
            format!("middle {:.0} ms; {} sent to the sandbox", number("middle")?, number("sent")?),
        )
        .against(Some(("Postiz", POSTIZ.spread_ms))),
        Figure::most("lost or twice", number("wrong")?, 0.0, "posts", "counted on the sandbox's wall".to_owned()),
    ])
}

/// Runs a script against the release build and reads the last line it prints.
fn script(place: &Place, name: &str) -> Result<Value> {
    npm::install(place, &place.root.join("tests/browser"))?;
    let mut command = Command::new("node");
    command.arg(place.root.join("tests/browser/bench").join(name)).env("SARAFAN_PROGRAM", program(place));
    if let Some(chromium) = browser::chromium() {
        command.env("SARAFAN_CHROMIUM", chromium);
    }
    let text = shell::output(&mut command)?;
    let line = text.lines().last().context("the script printed nothing")?;
    serde_json::from_str(line).with_context(|| format!("the script did not end with JSON: {line}"))
}

fn number(told: &Value, name: &str) -> Result<f64> {
    told.get(name).and_then(Value::as_f64).with_context(|| format!("the script did not tell `{name}`"))
}
