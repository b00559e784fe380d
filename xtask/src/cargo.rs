//! Cargo, as this program calls it.

use std::process::Command;

use crate::place::Place;

/// A call of the cargo that started us, in the project's root. What cargo told us about ourselves is taken out of the
/// environment again: the same build started by hand must not look different to it.
pub(crate) fn command(place: &Place) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(&place.root).env_remove("LD_LIBRARY_PATH");
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}
