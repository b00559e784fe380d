//! From text to rows of cells, as RFC 4180 and spreadsheets have it.
//!
//! Our own reader and not the `csv` crate, because a quote that is never closed must cost one row and be named with
//! its line, instead of swallowing the rest of the file. No row knows what its cells mean.

use std::borrow::Cow;

use super::columns;
use super::{MAX_CELL_BYTES, MAX_COLUMNS};

/// What stands between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// The tabulator.
    Tab,
}

impl Separator {
    /// All of them, in the order they are tried.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// The word in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
        }
    }

    /// Reads [`Self::code`] or the character itself.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|separator| separator.code() == code || [separator.byte()] == code.as_bytes())
    }

    fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// Where a reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    at: usize,
    line: usize,
}

/// Why a row could not be split into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// The quote opened on this line is never closed.
    Open { line: usize },
    /// A quote stands on this line where none may.
    Stray { line: usize },
    /// The cell of this column is too big.
    Huge { column: usize },
    /// Too many cells.
    Wide,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// The line on which it begins, from 1.
    pub(super) line: usize,
    /// Its cells, without quotes; line breaks are as in the file.
    pub(super) cells: Vec<Cow<'a, str>>,
    /// Its cells are not to be trusted.
    pub(super) flaw: Option<Flaw>,
}

/// The rows of a text; rows with nothing in them are passed over.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    text: &'a str,
    separator: u8,
    place: Place,
}

impl<'a> Records<'a> {
    pub(super) fn new(text: &'a str, separator: Separator, place: Place) -> Self {
        Self { text, separator: separator.byte(), place }
    }

    pub(super) fn place(&self) -> Place {
        self.place
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn seek(&self, from: usize, wanted: impl Fn(u8) -> bool) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        from + rest.iter().position(|byte| wanted(*byte)).unwrap_or(rest.len())
    }

    /// Moves over one line break, if there is one here.
    fn line_break(&mut self) {
        match self.byte(self.place.at) {
            Some(b'\r') if self.byte(self.place.at + 1) == Some(b'\n') => self.place.at += 2,
            Some(b'\r' | b'\n') => self.place.at += 1,
            _ => return,
        }
        self.place.line += 1;
    }

    fn record(&mut self) -> Record<'a> {
        let start = self.place;
        let mut record = Record { line: start.line, cells: Vec::new(), flaw: None };
        loop {
            let cell = if self.byte(self.place.at) == Some(b'"') { self.quoted() } else { Ok(self.plain()) };
            match cell {
                Ok(cell) if cell.len() > MAX_CELL_BYTES => {
                    record.flaw.get_or_insert(Flaw::Huge { column: record.cells.len() });
                    record.cells.push(Cow::Borrowed(""));
                }
                Ok(_) if record.cells.len() >= MAX_COLUMNS => record.flaw = Some(Flaw::Wide),
                Ok(cell) => record.cells.push(cell),
                Err(flaw) => {
                    // Go on at the next line: whatever follows is most likely a good row.
                    record.flaw = Some(flaw);
                    self.place = start;
                    self.place.at = self.seek(start.at, |byte| matches!(byte, b'\r' | b'\n'));
                    self.line_break();
                    return record;
                }
            }
            if self.byte(self.place.at) == Some(self.separator) {
                self.place.at += 1;
            } else {
                self.line_break();
                return record;
            }
        }
    }

    fn plain(&mut self) -> Cow<'a, str> {
        let start = self.place.at;
        let separator = self.separator;
        self.place.at = self.seek(start, |byte| byte == separator || matches!(byte, b'\r' | b'\n'));
        Cow::Borrowed(self.text.get(start..self.place.at).unwrap_or_default())
    }

    /// A cell in quotes; a quote in it is doubled.
    fn quoted(&mut self) -> Result<Cow<'a, str>, Flaw> {
        let open = self.place.line;
        let mut start = self.place.at + 1;
        let mut cell: Cow<'a, str> = Cow::Borrowed("");
        loop {
            let quote = self.seek(start, |byte| byte == b'"');
            if self.byte(quote).is_none() {
                return Err(Flaw::Open { line: open });
            }
            let piece = self.text.get(start..quote).unwrap_or_default();
            self.place.line += lines(piece);
            // A huge cell is not kept, only passed over; one byte too many is enough to know it.
            let room = cell.len() <= MAX_CELL_BYTES;
            if self.byte(quote + 1) == Some(b'"') {
                if room {
                    cell.to_mut().push_str(self.text.get(start..=quote).unwrap_or_default());
                }
                start = quote + 2;
                continue;
            }
            if cell.is_empty() {
                cell = Cow::Borrowed(piece);
            } else if room {
                cell.to_mut().push_str(piece);
            }
            let separator = self.separator;
            let end = self.seek(quote + 1, |byte| byte != b' ');
            return match self.byte(end) {
                Some(byte) if byte != separator && !matches!(byte, b'\r' | b'\n') => {
                    Err(Flaw::Stray { line: self.place.line })
                }
                _ => {
                    self.place.at = end;
                    Ok(cell)
                }
            };
        }
    }
}

/// Line breaks of all three kinds.
fn lines(text: &str) -> usize {
    let bytes = text.as_bytes();
    let pairs = bytes.windows(2).filter(|pair| *pair == b"\r\n").count();
    bytes.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count() - pairs
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        while self.place.at < self.text.len() {
            let record = self.record();
            if record.flaw.is_some() || record.cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Some(record);
            }
        }
        None
    }
}

/// The separator of a text and where its first row begins: what was given, what a first line `sep=;` says, or the
/// one under which most columns have names we know and most rows have as many cells as the first.
pub(super) fn separator(text: &str, given: Option<Separator>) -> (Separator, Place) {
    let start = Place { at: 0, line: 1 };
    let first = text.lines().next().unwrap_or_default();
    let said = first.strip_prefix("sep=").and_then(Separator::parse);
    if let Some(said) = said {
        let mut reader = Records::new(text, said, Place { at: first.len(), line: 1 });
        reader.line_break();
        return (given.unwrap_or(said), reader.place);
    }
    let score = |separator: Separator| {
        let mut rows = Records::new(text, separator, start).take(20);
        let header = rows.next().map(|record| record.cells).unwrap_or_default();
        let known = header.iter().filter(|name| columns::field(name).is_some()).count();
        let alike = rows.filter(|row| row.cells.len() == header.len() && header.len() > 1).count();
        (known, alike, header.len())
    };
    // `max_by_key` keeps the last of equals; the comma is the usual one.
    let found = || Separator::ALL.into_iter().rev().max_by_key(|separator| score(*separator));
    (given.or_else(found).unwrap_or(Separator::Comma), start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, separator: Separator) -> Vec<String> {
        Records::new(text, separator, Place { at: 0, line: 1 })
            .map(|record| match record.flaw {
                Some(flaw) => format!("{}: {flaw:?}", record.line),
                None => format!("{}: {}", record.line, record.cells.join("|")),
            })
            .collect()
    }

    #[test]
    fn cells_and_lines() {
        let table: [(&str, &[&str]); 14] = [
            ("a,b\nc,d\n", &["1: a|b", "2: c|d"]),
            ("a,b\r\nc,d", &["1: a|b", "2: c|d"]),
            ("a,b\rc,d\r", &["1: a|b", "2: c|d"]),
            ("\n\n ,\na,\n,b", &["4: a|", "5: |b"]),
            ("\"a,\"\"b\"\"\nc\",d\ne,f", &["1: a,\"b\"\nc|d", "3: e|f"]),
            ("\"\",\"\"\"\"\nx,y", &["1: |\"", "2: x|y"]),
            ("5\" disc,b", &["1: 5\" disc|b"]),
            ("\"a\"  ,b", &["1: a|b"]),
            ("\"\r\n\r\n\",b\nc,d", &["1: \r\n\r\n|b", "4: c|d"]),
            // A quote never closed costs its own row only.
            ("a,\"b\nc,d\ne,f", &["1: Open { line: 1 }", "2: c|d", "3: e|f"]),
            ("a,\"b\nc,\"d\"\ne,f", &["1: Stray { line: 2 }", "2: c|d", "3: e|f"]),
            ("a,\"b \"c\" d\"\ne,f", &["1: Stray { line: 1 }", "2: e|f"]),
            ("a,\"b", &["1: Open { line: 1 }"]),
            ("\"", &["1: Open { line: 1 }"]),
        ];
        for (text, expected) in table {
            assert_eq!(rows(text, Separator::Comma), expected, "{text:?}");
        }
    }

    #[test]
    fn limits_cost_a_row() {
        let big = "x".repeat(MAX_CELL_BYTES + 1);
        for cell in [big.clone(), format!("\"{big}\""), format!("\"\"\"{big}\n{big}\"")] {
            let got = rows(&format!("a,b\n1,{cell}\n2,c"), Separator::Comma);
            assert_eq!(got[1], "2: Huge { column: 1 }");
            assert!(got[2].ends_with("2|c"));
        }
        assert_eq!(rows(&",".repeat(MAX_COLUMNS), Separator::Comma), ["1: Wide"]);
    }

    #[test]
    fn separators() {
        let table = [
            ("id,text\n1,a;b;c\n", None, Separator::Comma),
            ("дата;время;текст\n1;2;a, b, c\n", None, Separator::Semicolon),
            ("id\ttext\n1\ta,b;c\n", None, Separator::Tab),
            ("foo;bar\n1;2,5\n3;4,5\n", None, Separator::Semicolon),
            ("text\nonly one\n", None, Separator::Comma),
            ("id;text\n1;2\n", Some(Separator::Comma), Separator::Comma),
            ("sep=;\na,b;c,d\n", None, Separator::Semicolon),
        ];
        for (text, given, expected) in table {
            assert_eq!(separator(text, given).0, expected, "{text:?}");
        }
        let (said, place) = separator("sep=;\r\nid;text", None);
        assert_eq!(Records::new("sep=;\r\nid;text", said, place).next().unwrap().line, 2);
    }
}
