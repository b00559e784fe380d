//! The use cases from outside, on a database and a store of bytes of their own; one module per area.

mod assets;
mod brands;
mod channels;
mod members;
mod network;
mod roles;
mod sessions;
mod setup;
mod world;
