//! The rules of social media marketing: types and decisions, nothing else.
//!
//! What is absent on purpose: IO, async, the clock, random numbers, SQL and HTTP. `now` and new ids are
//! passed in, decisions come out as values; so every rule here is a table in a test.

pub mod approval;
pub mod asset;
pub mod audit;
pub mod brand;
pub mod channel;
pub mod delivery;
pub mod holiday;
pub mod id;
pub mod language;
pub mod member;
pub mod metric;
pub mod notice;
pub mod plan;
pub mod post;
pub mod problem;
pub mod schedule;
pub mod text;
pub mod time;
pub mod token;
pub mod typography;
pub mod webhook;
