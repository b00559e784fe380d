//! Writes a brand into an archive, from one reading transaction.

use std::collections::BTreeSet;
use std::path::Path;

use futures::TryStreamExt;
use sarafan_domain::id::BrandId;
use sarafan_domain::time::Timestamp;
use uuid::Uuid;

use super::tables::MOVES;
use super::tar::Out;
use super::{END, FORM, HEAD, Head, MoveError, PEOPLE, Result, Sums, key, line};
use crate::backup::layout::{self, Table};
use crate::blobs::Blobs;
use crate::conn::Rows;
use crate::sql::{only, sql};
use crate::store::Engine;
use crate::value::Value;
use crate::{Conn, Store, StoreError};

/// An entry of lines has about so many bytes.
const PART: usize = 1 << 20;
/// What is told of people: nothing that opens anything.
const OF_PEOPLE: [&str; 6] = ["id", "email", "name", "language", "theme", "created_at"];

/// Writes a brand to a new file.
///
/// # Errors
/// Not found; [`MoveError::File`] where the file is there or cannot be written. Nothing is left behind then.
pub async fn leave(
    store: &Store,
    blobs: &Blobs,
    brand: BrandId,
    version: &str,
    now: Timestamp,
    path: &Path,
) -> Result<(Head, Sums)> {
    if path.symlink_metadata().is_ok() {
        return Err(MoveError::File { reason: "there is a file of this name".to_owned() });
    }
    let written = write(store, blobs, brand, version, now, path).await;
    if written.is_err() {
        let _ = std::fs::remove_file(path);
    }
    written
}

async fn write(
    store: &Store,
    blobs: &Blobs,
    brand: BrandId,
    version: &str,
    now: Timestamp,
    path: &Path,
) -> Result<(Head, Sums)> {
    let mut conn = store.snapshot().await?;
    let name = sql("SELECT name FROM brand WHERE id = $1").bind(brand).one(&mut conn, only::text).await?;
    let schema = sql("SELECT max(version) FROM migration").one(&mut conn, only::int).await?;
    let head = Head { form: FORM, version: version.to_owned(), schema, made_at: now, brand, name };
    let mut out = Out::create(path)?;
    out.entry(HEAD, &json(&head)?)?;
    let (mut sums, mut people, mut files) = (Sums::default(), BTreeSet::new(), Vec::new());
    let all = layout::kept(&mut conn).await?;
    let find = |name: &str| all.iter().find(|table| table.name == name);
    for (name, column, persons) in MOVES.into_iter().filter(|(name, ..)| *name != PEOPLE) {
        let Some(table) = find(name) else { continue };
        let mut part = Part::new(table);
        let of = literal(&conn, brand.0);
        let text = format!("SELECT {} FROM {name} WHERE {column} = {of}", table.names());
        let mut rows = Rows::of(&mut conn, text, table.holds())?;
        while let Some(row) = rows.next().await? {
            people.extend(persons.iter().filter_map(|column| line::id(table, &row, column)));
            if name == "asset" {
                files.extend(line::id(table, &row, "id").map(|id| (id, bytes_of(table, &row))));
            }
            part.put(row, &mut out)?;
        }
        sums.tables.insert(name.to_owned(), part.end(&mut out)?);
    }
    if let Some(table) = find(PEOPLE).map(people_of) {
        let mut part = Part::new(&table);
        for person in people {
            let text = format!("SELECT {} FROM {PEOPLE} WHERE id = {}", table.names(), literal(&conn, person));
            let mut rows = Rows::of(&mut conn, text, table.holds())?;
            while let Some(row) = rows.next().await? {
                part.put(row, &mut out)?;
            }
        }
        sums.tables.insert(PEOPLE.to_owned(), part.end(&mut out)?);
    }
    conn.close().await?;
    for (id, bytes) in files {
        file(blobs, brand, id, bytes, &mut out, &mut sums).await?;
    }
    sums.sha256 = out.digest();
    out.entry(END, &json(&sums)?)?;
    out.close()?;
    Ok((head, sums))
}

/// The columns of people that go with a brand.
pub(super) fn people_of(table: &Table) -> Table {
    let columns = table.columns.iter().filter(|column| OF_PEOPLE.contains(&column.name.as_str())).cloned().collect();
    Table { name: table.name.clone(), columns }
}

fn bytes_of(table: &Table, row: &[Value]) -> u64 {
    match table.place("bytes").and_then(|place| row.get(place)) {
        Some(Value::Int(Some(bytes))) => u64::try_from(*bytes).unwrap_or(0),
        _ => 0,
    }
}

/// An id as both engines write one; ids are no words of anybody.
fn literal(conn: &Conn, id: Uuid) -> String {
    match conn.engine() {
        Engine::Sqlite => format!("X'{}'", id.simple()),
        Engine::Postgres => format!("'\\x{}'", id.simple()),
    }
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec_pretty(value).map_err(|error| MoveError::File { reason: error.to_string() })
}

/// Lines on their way into entries of a bounded size.
struct Part<'a> {
    table: &'a Table,
    waiting: Vec<u8>,
    entries: u64,
    rows: u64,
}

impl<'a> Part<'a> {
    fn new(table: &'a Table) -> Self {
        Self { table, waiting: Vec::new(), entries: 0, rows: 0 }
    }

    fn put(&mut self, row: Vec<Value>, out: &mut Out) -> Result<()> {
        line::write(self.table, row, &mut self.waiting)?;
        self.rows += 1;
        if self.waiting.len() >= PART { self.flush(out) } else { Ok(()) }
    }

    fn flush(&mut self, out: &mut Out) -> Result<()> {
        self.entries += 1;
        out.entry(&format!("tables/{}-{:06}.jsonl", self.table.name, self.entries), &self.waiting)?;
        self.waiting.clear();
        Ok(())
    }

    fn end(mut self, out: &mut Out) -> Result<u64> {
        if !self.waiting.is_empty() {
            self.flush(out)?;
        }
        Ok(self.rows)
    }
}

async fn file(blobs: &Blobs, brand: BrandId, id: Uuid, bytes: u64, out: &mut Out, sums: &mut Sums) -> Result<()> {
    let mut stream = match blobs.stream(&key(brand, id)).await {
        Ok(stream) => stream,
        Err(StoreError::NotFound) => {
            sums.missing.push(id);
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    let name = format!("media/{id}");
    out.begin(&name, bytes)?;
    while let Some(piece) = stream.try_next().await? {
        if !piece.is_empty() {
            out.piece(&piece)?;
        }
    }
    if !out.is_even() {
        return Err(MoveError::damaged(&name, "the file is shorter than the library says"));
    }
    sums.files += 1;
    sums.file_bytes = sums.file_bytes.saturating_add(bytes);
    Ok(())
}
