//! The real binary, used as a stranger would: commands, a running server, networks played by the sandbox, and a stop.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows this in tests; helpers of tests are tests too"
)]

mod backup;
mod commands;
mod doctor;
mod http;
mod program;
mod secrets;
mod story;
mod watching;
