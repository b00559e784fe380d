//! Cursors as they come from outside.

use sarafan_domain::problem::Problem;
use sarafan_store::Cursor;

use crate::AppError;

/// Reads a cursor that we gave out; anything else is a problem of the field `cursor`.
pub(crate) fn cursor(text: Option<&str>) -> Result<Option<Cursor>, AppError> {
    text.map(|text| text.parse().map_err(|_| AppError::from(Problem::error("cursor-bad", "cursor")))).transpose()
}
