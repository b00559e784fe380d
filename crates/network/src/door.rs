//! The one door out of the process.
