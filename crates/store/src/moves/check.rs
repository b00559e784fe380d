//! Reads all of an archive and believes nothing: whoever holds an [`Arriving`] knows that every line can be read and
//! belongs to the one brand, that every file is the one its row names, and that nothing is missing at the end.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sarafan_domain::time::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::tables::MOVES;
use super::tar::In;
use super::{END, FORM, HEAD, Head, MoveError, PEOPLE, Result, Sums, key, line, write};
use crate::backup::layout::{self, Table};
use crate::migrate;
use crate::value::Value;

/// No head and no end of an archive is longer, in bytes.
const SHORT: u64 = 16 << 20;
/// No entry of lines is longer: a part and the largest row that a database may hold.
pub(super) const LINES: u64 = 128 << 20;

/// A brand that may come in.
#[derive(Debug, Clone)]
pub struct Arriving {
    pub(super) path: PathBuf,
    pub(super) tables: Vec<Table>,
    /// What the archive says of itself.
    pub head: Head,
    /// What is in it.
    pub sums: Sums,
}

/// Reads an archive from its first byte to its last.
///
/// # Errors
/// [`MoveError::Foreign`], [`MoveError::Other`], [`MoveError::Damaged`]; [`MoveError::File`] where it cannot be read.
pub async fn check(path: &Path, now: Timestamp) -> Result<Arriving> {
    let mut file = In::open(path)?;
    let begins = file.next().map_err(|error| match error {
        MoveError::Damaged { .. } => MoveError::Foreign,
        other => other,
    })?;
    if begins.is_none_or(|(name, _)| name != HEAD) {
        return Err(MoveError::Foreign);
    }
    let bytes = file.whole(SHORT)?;
    // A newer form may say more of itself than we understand.
    let said: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| MoveError::Foreign)?;
    let made_by = || said.get("version").and_then(|version| version.as_str()).unwrap_or("?").to_owned();
    if said.get("form").and_then(serde_json::Value::as_u64) != Some(FORM.into()) {
        return Err(MoveError::Other { made_by: made_by() });
    }
    let head: Head =
        serde_json::from_value(said.clone()).map_err(|error| MoveError::damaged(HEAD, error.to_string()))?;
    if head.schema != migrate::newest() {
        return Err(MoveError::Other { made_by: made_by() });
    }
    let tables = of_schema(head.schema, now).await?;
    let mut story = Story { head: &head, tables: &tables, sums: Sums::default(), files: BTreeMap::new(), brand: 0 };
    loop {
        let digest = file.digest();
        let (name, _) = file.next()?.ok_or_else(|| MoveError::damaged(END, "it is missing"))?;
        if name == END {
            let sums: Sums = serde_json::from_slice(&file.whole(SHORT)?)
                .map_err(|error| MoveError::damaged(END, error.to_string()))?;
            story.end(&sums, digest)?;
            if file.next()?.is_some() || !file.is_over()? {
                return Err(MoveError::damaged(END, "something follows it"));
            }
            return Ok(Arriving { path: path.to_owned(), tables, head, sums });
        }
        match name.split_once('/') {
            Some(("tables", rest)) => story.lines(rest, &file.whole(LINES)?)?,
            Some(("media", id)) => story.file(&name, id, &mut file)?,
            _ => return Err(MoveError::damaged(&name, "it has no place here")),
        }
    }
}

async fn of_schema(schema: i64, now: Timestamp) -> Result<Vec<Table>> {
    let all = layout::of_schema(schema, now).await?;
    let goes = |table: &Table| MOVES.iter().any(|(name, ..)| *name == table.name);
    Ok(all
        .into_iter()
        .filter(goes)
        .map(|table| if table.name == PEOPLE { write::people_of(&table) } else { table })
        .collect())
}

/// Which table an entry of lines is of.
pub(super) fn table_of<'a>(tables: &'a [Table], name: &str) -> Result<&'a Table> {
    let of = name.strip_suffix(".jsonl").and_then(|name| name.rsplit_once('-'));
    let found = of.and_then(|(of, _)| tables.iter().find(|table| table.name == of));
    found.ok_or_else(|| MoveError::damaged(name, "no table that moves is called so"))
}

struct Story<'a> {
    head: &'a Head,
    tables: &'a [Table],
    sums: Sums,
    /// Rows of the library whose file did not come yet, with the hash that it must have.
    files: BTreeMap<Uuid, String>,
    brand: u64,
}

impl Story<'_> {
    fn lines(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let table = table_of(self.tables, name)?;
        let bad = |why: &str| MoveError::damaged(name, why);
        let text = std::str::from_utf8(bytes).map_err(|_| bad("it is not text"))?;
        let column = MOVES.iter().find(|(of, ..)| *of == table.name).map_or("", |(_, column, _)| column);
        for one in text.lines() {
            let row = line::read(table, one)?;
            if !column.is_empty() && line::id(table, &row, column) != Some(self.head.brand.0) {
                return Err(bad("a row of another brand"));
            }
            if table.name == "brand" {
                self.brand += 1;
            }
            if table.name == "asset" {
                let id = line::id(table, &row, "id").ok_or_else(|| bad("a file without an id"))?;
                if line::text(table, &row, "blob") != Some(key(self.head.brand, id).as_str()) {
                    return Err(bad("a file that lies elsewhere"));
                }
                self.files.insert(id, line::text(table, &row, "sha256").unwrap_or_default().to_owned());
            }
            for (place, column) in table.columns.iter().enumerate() {
                // Every column that is called an id holds one.
                let is_id = column.name == "id" || column.name.ends_with("_id");
                if let (true, Some(Value::Bytes(Some(bytes)))) = (is_id, row.get(place))
                    && bytes.len() != 16
                {
                    return Err(bad("an id that is none"));
                }
            }
            *self.sums.tables.entry(table.name.clone()).or_default() += 1;
        }
        Ok(())
    }

    fn file(&mut self, name: &str, id: &str, file: &mut In) -> Result<()> {
        let expected = id.parse().ok().and_then(|id| self.files.remove(&id));
        let expected = expected.ok_or_else(|| MoveError::damaged(name, "the library does not know it"))?;
        let mut hash = Sha256::new();
        while let Some(piece) = file.piece()? {
            hash.update(&piece);
            self.sums.file_bytes = self.sums.file_bytes.saturating_add(u64::try_from(piece.len()).unwrap_or(0));
        }
        if hex::encode(hash.finalize()) != expected {
            return Err(MoveError::damaged(name, "it is not the file that the library names"));
        }
        self.sums.files += 1;
        Ok(())
    }

    fn end(mut self, said: &Sums, digest: String) -> Result<()> {
        if let Some(id) = self.files.keys().find(|id| !said.missing.contains(id)) {
            return Err(MoveError::damaged(&format!("media/{id}"), "it is missing"));
        }
        if self.brand != 1 {
            return Err(MoveError::damaged("brand", "it is not there exactly once"));
        }
        for table in self.tables {
            self.sums.tables.entry(table.name.clone()).or_default();
        }
        self.sums.sha256 = digest;
        let missing = std::mem::take(&mut self.files).into_keys().collect::<Vec<_>>();
        let mut told = said.missing.clone();
        told.sort_unstable();
        let same = self.sums.tables == said.tables
            && (self.sums.files, self.sums.file_bytes) == (said.files, said.file_bytes)
            && missing == told;
        match (self.sums.sha256 == said.sha256, same) {
            (false, _) => Err(MoveError::damaged(END, "its hash is another")),
            (_, false) => Err(MoveError::damaged(END, "its counts are others")),
            _ => Ok(()),
        }
    }
}
