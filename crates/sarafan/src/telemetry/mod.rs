//! The log: to standard error, so that standard output stays for answers. Every line of a request carries its number,
//! every line of a job the job and its delivery, down to the network call. Metrics are in `measures`.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

mod measures;

pub(crate) use measures::{MEASURES, Watched};

/// Starts logging. What cannot be understood in the filter falls back to `info`; the log says so. Commands that end by
/// themselves are quiet: people read their answers.
pub(crate) fn start(config: &Config, quiet: bool) {
    let wanted = if quiet && config.log == "info" { "warn" } else { &config.log };
    let filter = EnvFilter::try_new(wanted);
    let bad = filter.as_ref().err().map(ToString::to_string);
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter.unwrap_or_else(|_| EnvFilter::new("info")))
        .with_writer(std::io::stderr)
        // A log that cannot be written (its disk is full) must not be told of where it cannot be written: that panics.
        .log_internal_errors(false)
        .with_target(true);
    match config.log_format {
        LogFormat::Auto => builder.with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Text => builder.with_ansi(false).init(),
        LogFormat::Json => builder.json().flatten_event(true).with_span_list(false).init(),
    }
    if let Some(reason) = bad {
        tracing::warn!(reason, setting = "log", "the filter of the log cannot be understood; using info");
    }
}
