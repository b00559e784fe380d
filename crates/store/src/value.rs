//! A value on its way to or from the database: what both engines keep.

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::sql::Fields;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Holds {
    /// A whole number.
    Int,
    /// A real number.
    Real,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// One value of a row or of a statement. What is missing still has a type: PostgreSQL asks for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Int(Option<i64>),
    Real(Option<f64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

impl Value {
    /// Reads the next column of a row.
    pub(crate) fn read(f: &mut Fields<'_>, holds: Holds) -> Result<Self> {
        Ok(match holds {
            Holds::Int => Self::Int(f.int_opt()?),
            Holds::Real => Self::Real(f.real_opt()?),
            Holds::Text => Self::Text(f.text_opt()?),
            Holds::Bytes => Self::Bytes(f.bytes_opt()?),
        })
    }
}
