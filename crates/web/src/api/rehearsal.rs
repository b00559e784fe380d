//! `?dry_run=true`: the command is carried out, answered, and taken back.

use serde::Deserialize;
use utoipa::IntoParams;

/// Whether it is only rehearsed.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Rehearsal {
    /// Answer what would happen, and change nothing.
    #[serde(default)]
    pub(super) dry_run: bool,
}
