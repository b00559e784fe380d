//! A row as a line of JSON: an object with every column by its name. Ids and other bytes are hexadecimal, everything else
//! is what the database keeps.

use serde_json::{Map, Value as Json};

use super::{MoveError, Result};
use crate::backup::layout::Table;
use crate::value::{Holds, Value};

/// Writes a row, with its line break.
pub(super) fn write(table: &Table, row: Vec<Value>, to: &mut Vec<u8>) -> Result<()> {
    let mut map = Map::new();
    for (column, value) in table.columns.iter().zip(row) {
        let json = match value {
            Value::Int(value) => value.into(),
            Value::Real(value) => value.into(),
            Value::Text(value) => value.into(),
            Value::Bytes(value) => value.map(hex::encode).into(),
        };
        map.insert(column.name.clone(), json);
    }
    let text = serde_json::to_vec(&map).map_err(|error| MoveError::damaged(&table.name, error.to_string()))?;
    to.extend(text);
    to.push(b'\n');
    Ok(())
}

/// Reads a row: every column must be there with a value that it can hold, and nothing else.
pub(super) fn read(table: &Table, line: &str) -> Result<Vec<Value>> {
    let bad = |why: String| MoveError::damaged(&table.name, why);
    let mut map: Map<String, Json> = serde_json::from_str(line).map_err(|error| bad(error.to_string()))?;
    let mut row = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        let json = map.remove(&column.name).ok_or_else(|| bad(format!("{} is missing", column.name)))?;
        let value = match (column.holds, json) {
            (Holds::Int, Json::Null) => Some(Value::Int(None)),
            (Holds::Int, Json::Number(number)) => number.as_i64().map(|number| Value::Int(Some(number))),
            (Holds::Real, Json::Null) => Some(Value::Real(None)),
            (Holds::Real, Json::Number(number)) => number.as_f64().map(|number| Value::Real(Some(number))),
            (Holds::Text, Json::Null) => Some(Value::Text(None)),
            (Holds::Text, Json::String(text)) => Some(Value::Text(Some(text))),
            (Holds::Bytes, Json::Null) => Some(Value::Bytes(None)),
            (Holds::Bytes, Json::String(text)) => hex::decode(text).ok().map(|bytes| Value::Bytes(Some(bytes))),
            _ => None,
        };
        row.push(value.ok_or_else(|| bad(format!("{} does not hold that", column.name)))?);
    }
    match map.keys().next() {
        Some(name) => Err(bad(format!("it has no column {name}"))),
        None => Ok(row),
    }
}

/// The id in a column of a row.
pub(super) fn id(table: &Table, row: &[Value], column: &str) -> Option<uuid::Uuid> {
    match row.get(table.place(column)?)? {
        Value::Bytes(Some(bytes)) => uuid::Uuid::from_slice(bytes).ok(),
        _ => None,
    }
}

/// The text in a column of a row.
pub(super) fn text<'a>(table: &Table, row: &'a [Value], column: &str) -> Option<&'a str> {
    match row.get(table.place(column)?)? {
        Value::Text(Some(text)) => Some(text),
        _ => None,
    }
}
