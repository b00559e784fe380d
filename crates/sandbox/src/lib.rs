//! A server that plays the networks: clients speak to it as to the real ones, and people look at the walls, like,
//! repost, comment and follow, and make things go wrong on demand.
//!
//! Addresses: `/` lists the networks and what to type to connect them, `/<network>/...` is the network's own API,
//! `/wall/<network>/<account>` a wall, `/faults` what goes wrong, `/stats` what came in. Everything is in memory and
//! has a cap. What is absent on purpose: the names of the networks, which come in as players, and any security: it
//! is a toy to be run on one's own machine.

mod faults;
mod language;
mod pages;
mod play;
mod room;
mod server;
mod stats;
#[cfg(test)]
mod tests;
mod visitor;

pub use faults::Faults;
pub use room::Sandbox;
pub use server::serve;
