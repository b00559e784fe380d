//! Tests of all connectors in one binary: the contract with recorded answers, every connector against its own
//! player, and, where the environment names one, against a real server.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test says what is wrong by failing there"
)]

mod contract;
mod desk;
mod story;

mod bluesky;
mod mastodon;
