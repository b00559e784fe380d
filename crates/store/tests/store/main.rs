//! One story per area, each told to both engines: a file of SQLite, and PostgreSQL where SARAFAN_TEST_POSTGRES says
//! where it is. Not here: what needs neither (unit tests beside the code).

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it goes wrong"
)]

mod ailing;
mod approvals;
mod assets;
mod backup;
mod bench;
mod blobs;
mod comments;
mod deliveries;
mod idempotency;
mod letters;
mod moves;
mod numbers;
mod people;
mod places;
mod posts;
mod queue;
mod queue_random;
mod released;
mod reseal;
mod schema;
mod secrets;
mod team;
mod webhooks;
mod writes;
