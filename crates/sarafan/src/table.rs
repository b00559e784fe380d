//! Answers on standard output: neat tables and lines for people, JSON for programs.

use std::io::Write;

use serde::Serialize;

/// A table whose last column may be long.
#[derive(Debug, Default)]
pub(crate) struct Table(Vec<Vec<String>>);

impl Table {
    /// A table with these heads.
    pub(crate) fn new(heads: impl IntoIterator<Item = String>) -> Self {
        Self(vec![heads.into_iter().collect()])
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        // A line break or a tab inside a cell would break the table.
        self.0.push(cells.into_iter().map(|cell| cell.replace(['\n', '\r', '\t'], " ")).collect());
    }

    /// The table as text: columns as wide as their widest cell, two spaces apart.
    pub(crate) fn text(&self) -> String {
        let columns = self.0.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.0.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.0 {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.chars().count()) + 2));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// Writes to standard output. Whoever reads may have gone (`| head`): that is no error of ours.
pub(crate) fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes a line to standard output.
pub(crate) fn line(text: &str) {
    print(&format!("{text}\n"));
}

/// Writes JSON to standard output.
pub(crate) fn json(value: &impl Serialize) {
    line(&serde_json::to_string_pretty(value).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other_in_any_script() {
        let mut table = Table::new(["id".to_owned(), "имя".to_owned(), "état".to_owned()]);
        table.row(["1".to_owned(), "Зерно и пар".to_owned(), "sent".to_owned()]);
        table.row(["22".to_owned(), "x\ny".to_owned(), String::new()]);
        assert_eq!(table.text(), "id  имя          état\n1   Зерно и пар  sent\n22  x y\n");
    }
}
