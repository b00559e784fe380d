//! The use cases from outside, on a database and a store of bytes of their own; one module per area.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test stops where it goes wrong"
)]

mod approvals;
mod assets;
mod audit;
mod backup;
mod brands;
mod channels;
mod comments;
mod deliveries;
mod doctor;
mod factors;
mod health;
mod history;
mod letters;
mod limits;
mod members;
mod moves;
mod network;
mod notices;
mod numbers;
mod passkeys;
mod plan;
mod posts;
mod receiver;
mod reset;
mod review_links;
mod roles;
mod sessions;
mod setup;
mod team;
mod time;
mod tokens;
mod webhooks;
mod world;
