//! Tests of all connectors in one binary: the contract with recorded answers, every connector against its own
//! player, and, where the environment names one, against a real server.

mod contract;
mod desk;
mod story;

mod bluesky;
mod mastodon;
