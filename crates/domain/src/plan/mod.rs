//! The content plan as a file: reading CSV that any spreadsheet wrote, row by row, and writing it back.
//!
//! What is absent: saving. A row comes out as content, channels and a schedule with its problems; what becomes of
//! it, and whether its media exist, the caller says. A row is all or nothing: what cannot be read is never guessed.

use std::collections::{BTreeMap, BTreeSet};

use crate::problem::Problem;

mod cells;
mod channels;
mod columns;
mod encoding;
mod extra;
mod records;
mod row;
#[cfg(test)]
mod tests;
mod when;
mod write;

pub use channels::PlanChannel;
pub use columns::{Column, Field};
pub use encoding::Encoding;
pub use records::Separator;
pub use row::{Context, PlanRow, PlanRubric, Rows};
pub use when::DateOrder;
pub use write::{ExportRow, line, write};

/// A file with more rows is refused as a whole.
pub const MAX_ROWS: usize = 100_000;
/// A cell with more bytes makes its row unreadable.
pub const MAX_CELL_BYTES: usize = 200_000;
/// A row with more cells is unreadable.
pub const MAX_COLUMNS: usize = 500;
/// A list in a cell (channels, media, labels, answers) with more items is an error.
pub const MAX_ITEMS: usize = 100;
/// A poll that comes in a plan is open for this many hours unless the plan says otherwise.
pub const POLL_HOURS: u32 = 24;

/// What a person said about the file; everything else is found out.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// How its bytes are text.
    pub encoding: Option<Encoding>,
    /// What stands between cells.
    pub separator: Option<Separator>,
    /// Column name -> field, or `None` to leave the column out. Names not listed are recognised by themselves.
    pub map: BTreeMap<String, Option<Field>>,
    /// The order of day, month and year in dates that do not begin with the year.
    pub date_order: Option<DateOrder>,
}

/// A file that could be read; its rows come one after another from [`Sheet::rows`].
#[derive(Debug, Clone)]
pub struct Sheet {
    /// How its bytes are text.
    pub encoding: Encoding,
    /// What stands between cells.
    pub separator: Separator,
    /// The columns in the order of the file.
    pub columns: Vec<Column>,
    /// How many rows will come.
    pub len: usize,
    text: String,
    body: records::Place,
    date_order: Option<DateOrder>,
}

/// Reads a file: its encoding, its separator, its columns. Limit the size of `bytes` before.
///
/// # Errors
/// `plan-empty`, `plan-not-text` (a spreadsheet or another binary file), `encoding-broken` (names the line),
/// `plan-too-many-rows`, `column-unknown` (the map names a column that is not there), and those of a broken row
/// where the first row, that of the names, is one.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Sheet, Problem> {
    let (encoding, text) = encoding::decode(bytes, options.encoding)?;
    if text.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';')) {
        return Err(Problem::error("plan-empty", "file"));
    }
    let (separator, start) = records::separator(&text, options.separator);
    let mut all = records::Records::new(&text, separator, start);
    let header = all.next().ok_or_else(|| Problem::error("plan-empty", "file"))?;
    if header.flaw.is_some() {
        return Err(row::broken(&[], &header).unwrap_or_else(|| Problem::error("plan-empty", "file")));
    }
    let columns = columns::recognise(&header.cells, &options.map)?;
    let body = all.place();
    let len = all.take(MAX_ROWS + 1).count();
    if len > MAX_ROWS {
        return Err(Problem::error("plan-too-many-rows", "file").with("max", MAX_ROWS));
    }
    Ok(Sheet { encoding, separator, columns, len, body, date_order: options.date_order, text })
}

impl Sheet {
    /// The rows, read one by one as the iterator is driven.
    pub fn rows<'a>(&'a self, context: &'a Context<'a>) -> Rows<'a> {
        Rows::new(self, context)
    }

    /// The keys of the rows (see [`PlanRow::key`]), to be looked up before the rows are read.
    pub fn keys(&self) -> BTreeSet<String> {
        self.records().map(|record| row::key(&self.columns, &record)).collect()
    }

    /// The media files that the rows name, to be looked up before the rows are read.
    pub fn media_names(&self) -> BTreeSet<String> {
        self.records()
            .flat_map(|record| {
                let mut names = row::media_names(&self.columns, &record);
                names.extend(extra::media(&row::cell(&self.columns, &record, Field::Extra)));
                names
            })
            .collect()
    }

    fn records(&self) -> records::Records<'_> {
        records::Records::new(&self.text, self.separator, self.body)
    }
}
