//! The doors, asked as a browser asks them: through the whole router, each test with its own database.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy.toml allows this in tests; helpers of tests are tests too"
)]

mod approvals;
mod assets;
mod headers;
mod idempotency;
mod identities;
mod live;
mod mcp;
mod members;
mod openapi;
mod origin;
mod pages;
mod plan;
mod posts;
mod problems;
mod rates;
mod rehearsal;
mod resets;
mod rights;
mod sessions;
mod tenancy;
mod tokens;
mod world;
