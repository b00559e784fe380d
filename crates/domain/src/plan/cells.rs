//! Inside a cell: lists, and the apostrophe that keeps a spreadsheet from running a cell as a formula.

use std::borrow::Cow;

/// What separates short things such as labels and channels.
pub(super) const WORDS: &[char] = &[';', ',', '|', '\n'];
/// What separates things that may themselves hold commas: file names, descriptions, answers.
pub(super) const PHRASES: &[char] = &['|', '\n'];

/// The items of a list, trimmed; a backslash before a separator or a backslash makes it an ordinary character.
/// An empty cell has no items; empty items keep their place.
pub(super) fn split(cell: &str, separators: &[char]) -> Vec<String> {
    if cell.trim().is_empty() {
        return Vec::new();
    }
    let mut items = vec![String::new()];
    let mut characters = cell.chars().peekable();
    while let Some(c) = characters.next() {
        let escaped = |next: &char| *next == '\\' || separators.contains(next);
        if c == '\\'
            && let Some(next) = characters.next_if(escaped)
        {
            push(&mut items, next);
        } else if separators.contains(&c) {
            items.push(String::new());
        } else {
            push(&mut items, c);
        }
    }
    items.into_iter().map(|item| item.trim().to_owned()).collect()
}

fn push(items: &mut [String], c: char) {
    if let Some(last) = items.last_mut() {
        last.push(c);
    }
}

/// Writes what [`split`] reads, with the first separator between the items.
pub(super) fn join<'a>(items: impl IntoIterator<Item = &'a str>, separators: &[char]) -> String {
    let mut cell = String::new();
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            cell.extend(separators.first());
        }
        for c in item.chars() {
            if c == '\\' || separators.contains(&c) {
                cell.push('\\');
            }
            cell.push(c);
        }
    }
    cell
}

/// Would a spreadsheet take it for a formula, were it not for apostrophes at its front?
fn is_formula(cell: &str) -> bool {
    const SIGNS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    cell.trim_start_matches('\'').starts_with(SIGNS)
}

/// Puts an apostrophe before what a spreadsheet would run. One is added even where there are some already, so that
/// [`bare`] gives back exactly what was there.
pub(super) fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Takes the apostrophe of [`guarded`] away.
pub(super) fn bare(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// The cell with line breaks of one kind (`\n`) and without control characters, and whether any were dropped.
pub(super) fn clean(cell: &str) -> (String, bool) {
    let text = cell.replace("\r\n", "\n").replace('\r', "\n");
    let strange = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let dropped = text.contains(strange);
    (if dropped { text.replace(strange, "") } else { text }, dropped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_can_be_read_back() {
        let rows: [(&str, &[char], &[&str]); 8] = [
            ("a;b, c|d", WORDS, &["a", "b", "c", "d"]),
            ("cup, big|cat", PHRASES, &["cup, big", "cat"]),
            ("a||b", PHRASES, &["a", "", "b"]),
            (" ", WORDS, &[]),
            (r"a\|b|c\\", PHRASES, &["a|b", r"c\"]),
            (r"C:\pictures\cat.jpg", PHRASES, &[r"C:\pictures\cat.jpg"]),
            ("|", PHRASES, &["", ""]),
            (r"\", PHRASES, &[r"\"]),
        ];
        for (cell, separators, items) in rows {
            assert_eq!(split(cell, separators), items, "{cell}");
            assert_eq!(split(&join(items.iter().copied(), separators), separators), items, "{cell}");
        }
    }

    #[test]
    fn formulas_are_guarded_and_come_back() {
        let rows = [
            ("=1+1", "'=1+1"),
            ("+7 900", "'+7 900"),
            ("-10 %", "'-10 %"),
            ("@press", "'@press"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("''@", "'''@"),
            ("'twas", "'twas"),
            ("plain", "plain"),
            ("", ""),
        ];
        for (cell, expected) in rows {
            assert_eq!(guarded(cell), expected);
            assert_eq!(bare(expected), cell);
        }
    }

    #[test]
    fn control_characters_go() {
        let rows = [
            ("a\0b", "ab", true),
            ("a\r\nb\rc\n", "a\nb\nc\n", false),
            ("a\tb", "a\tb", false),
            ("\u{85}x", "x", true),
        ];
        for (cell, text, dropped) in rows {
            assert_eq!(clean(cell), (text.to_owned(), dropped), "{cell:?}");
        }
    }
}
