//! The memory: everything Sarafan keeps, behind plain functions over one connection.
//!
//! [`Store`] opens the database and hands out connections; each module below is the functions of one area. Every
//! function of a brand takes the brand first and answers [`StoreError::NotFound`] for another brand's row. `now` and
//! ids are passed in. What is absent on purpose: decisions, permissions, and anything that knows a network. There
//! are no triggers, sequences, advisory locks or foreign keys across brands, so that the tables can be spread by
//! brand over several machines.

mod conn;
mod error;
mod lite;
mod migrate;
mod paging;
mod sql;
mod store;
mod value;
mod write;

#[cfg(test)]
mod plans;

pub mod approvals;
pub mod assets;
pub mod attempts;
pub mod audit;
pub mod backup;
pub mod blobs;
pub mod brands;
pub mod challenges;
pub mod channels;
pub mod comments;
pub mod connects;
pub mod credentials;
pub mod deliveries;
pub mod factors;
pub mod health;
pub mod idempotency;
pub mod identities;
pub mod jobs;
pub mod letters;
pub mod members;
pub mod messengers;
pub mod moves;
pub mod notes;
pub mod notices;
pub mod numbers;
pub mod persons;
pub mod posts;
pub mod reseal;
pub mod rubrics;
pub mod secrets;
pub mod sessions;
pub mod settings;
pub mod tasks;
pub mod tokens;
pub mod webhooks;
pub mod workers;

pub use conn::Conn;
pub use error::{Result, StoreError};
pub use migrate::UNBRANDED;
pub use paging::{BadCursor, Cursor};
pub use store::{Engine, Reader, SQLITE_READERS, Store};
pub use write::after_commit;
