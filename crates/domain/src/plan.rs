//! The content plan as a file: reading and writing CSV.
