//! Counting text the way a network counts it, and finding links, hashtags and thread parts in it.
//!
//! Which way a network counts is data in its `About`; nothing here knows a network.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

/// What a network counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum TextUnit {
    /// Characters as people see them (extended grapheme clusters of UAX 29).
    Graphemes,
    /// UTF-16 code units, as JavaScript's `length`.
    Utf16,
    /// Unicode scalar values.
    Chars,
    /// Bytes of UTF-8.
    Bytes,
}

/// How long a text is for one network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counter {
    /// What is counted.
    pub unit: TextUnit,
    /// Every URL counts as this many, however long it is.
    pub url_weight: Option<usize>,
    /// Of `@name@server` only `@name` counts.
    pub short_mentions: bool,
}

impl Counter {
    /// Counts one unit and nothing special.
    pub const fn plain(unit: TextUnit) -> Self {
        Self { unit, url_weight: None, short_mentions: false }
    }

    /// The length of `text`.
    pub fn count(&self, text: &str) -> usize {
        self.pieces(text).map(|(_, weight)| weight).sum()
    }

    /// The part of `text` beyond `max`, as UTF-16 offsets; `None` where it fits.
    pub fn overflow(&self, text: &str, max: usize) -> Option<(usize, usize)> {
        let mut used = 0;
        for (range, weight) in self.pieces(text) {
            used += weight;
            if used > max {
                let before = text.get(..range.start).unwrap_or_default();
                return Some((before.encode_utf16().count(), text.encode_utf16().count()));
            }
        }
        None
    }

    /// The text cut to at most `max`, at a piece's border.
    pub fn cut<'a>(&self, text: &'a str, max: usize) -> &'a str {
        let mut used = 0;
        for (range, weight) in self.pieces(text) {
            used += weight;
            if used > max {
                return text.get(..range.start).unwrap_or_default();
            }
        }
        text
    }

    /// Byte range and weight of every indivisible piece.
    fn pieces<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let mut special: Vec<(Range<usize>, usize)> = Vec::new();
        if let Some(weight) = self.url_weight {
            special.extend(links(text).into_iter().map(|range| (range, weight)));
        }
        if self.short_mentions {
            special.extend(mentions(text).into_iter().filter_map(|(range, name)| {
                let whole = text.get(range.clone())?;
                (whole != name).then(|| (range, weight_of(self.unit, name)))
            }));
        }
        special.sort_by_key(|(range, _)| range.start);
        let unit = self.unit;
        let mut special = special.into_iter().peekable();
        let mut skip_to = 0;
        text.grapheme_indices(true).filter_map(move |(start, cluster)| {
            if start < skip_to {
                return None;
            }
            while special.next_if(|(range, _)| range.start < start).is_some() {}
            if let Some((range, weight)) = special.next_if(|(range, _)| range.start == start) {
                skip_to = range.end;
                return Some((range, weight));
            }
            Some((start..start + cluster.len(), weight_of(unit, cluster)))
        })
    }
}

fn weight_of(unit: TextUnit, text: &str) -> usize {
    match unit {
        TextUnit::Graphemes => text.graphemes(true).count(),
        TextUnit::Utf16 => text.encode_utf16().count(),
        TextUnit::Chars => text.chars().count(),
        TextUnit::Bytes => text.len(),
    }
}

/// Byte ranges of the web addresses in a text.
///
/// An address starts with `http://` or `https://` and ends before white space or a quote; punctuation that
/// closes the sentence does not belong to it, nor does a closing bracket that was not opened inside.
pub fn links(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = next_scheme(text, from) {
        let rest = text.get(at..).unwrap_or_default();
        let mut end = rest
            .char_indices()
            .find(|(_, c)| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '„'))
            .map_or(rest.len(), |(index, _)| index);
        loop {
            let link = rest.get(..end).unwrap_or_default();
            let Some(last) = link.chars().next_back() else { break };
            let closes = last == ')' && link.matches(')').count() > link.matches('(').count();
            if matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '…' | ']') || closes {
                end -= last.len_utf8();
            } else {
                break;
            }
        }
        let scheme = rest.find("://").map_or(0, |index| index + 3);
        if end > scheme {
            found.push(at..at + end);
        }
        from = at + end.max(scheme).max(1);
    }
    found
}

/// Where the next address begins, at or after `from`. One scan for what both schemes have in common: a text full of
/// one scheme must not be searched to its end for the other again and again.
fn next_scheme(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += text.get(at..)?.find("http")?;
        let rest = text.get(at..)?;
        if rest.starts_with("http://") || rest.starts_with("https://") {
            return Some(at);
        }
        at += 4;
    }
}

/// Byte ranges of hashtags, with the tag itself without `#`. A tag starts after white space or a bracket,
/// has a letter in it and is made of letters, digits, marks and `_`.
pub fn hashtags(text: &str) -> Vec<(Range<usize>, &str)> {
    let links = links(text);
    let mut found = Vec::new();
    for (at, _) in text.match_indices(['#', '＃']) {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let starts = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '«' | '„' | '"'));
        if !starts || links.iter().any(|link| link.contains(&at)) {
            continue;
        }
        let sign = text.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8);
        let body = text.get(at + sign..).unwrap_or_default();
        let end = body
            .char_indices()
            .find(|(_, c)| !(c.is_alphanumeric() || *c == '_' || is_mark(*c)))
            .map_or(body.len(), |(index, _)| index);
        let tag = body.get(..end).unwrap_or_default();
        if tag.chars().any(char::is_alphabetic) {
            found.push((at..at + sign + end, tag));
        }
    }
    found
}

/// Combining marks of the general block, which letters such as a stressed «е́» are written with.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Byte ranges of mentions `@name`, `@name.example.com` and `@name@server`, with the part up to the second `@`.
pub fn mentions(text: &str) -> Vec<(Range<usize>, &str)> {
    let links = links(text);
    let mut found: Vec<(Range<usize>, &str)> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let inside = found.last().is_some_and(|(range, _)| range.contains(&at));
        if inside
            || before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '/' | '.' | '-'))
            || links.iter().any(|link| link.contains(&at))
        {
            continue;
        }
        let name = run(text, at + 1);
        if name == 0 {
            continue;
        }
        let mut end = at + 1 + name;
        let first = end;
        if text.get(end..).is_some_and(|t| t.starts_with('@')) {
            let server = run(text, end + 1);
            if server > 0 {
                end += 1 + server;
            }
        }
        found.push((at..end, text.get(at..first).unwrap_or_default()));
    }
    found
}

/// Length of the run of name characters at `from`, without closing dots and hyphens.
fn run(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let end = rest
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')))
        .map_or(rest.len(), |(index, _)| index);
    rest.get(..end).unwrap_or_default().trim_end_matches(['.', '-']).len()
}

/// The parts of a thread: text between lines that are exactly `---`. Always at least one part.
pub fn parts(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == "---" {
            found.push(text.get(start..at).unwrap_or_default().trim());
            start = at + line.len();
        }
        at += line.len();
    }
    found.push(text.get(start..).unwrap_or_default().trim());
    if found.len() > 1 {
        found.retain(|part| !part.is_empty());
    }
    if found.is_empty() { vec![""] } else { found }
}

/// Which parts [`parts`] found, as UTF-16 offsets into the whole text.
pub fn part_offset(text: &str, part: &str) -> usize {
    let start = text.find(part).unwrap_or(0);
    text.get(..start).unwrap_or_default().encode_utf16().count()
}

/// The first line that says something, cut to `max` characters, for lists.
pub fn title(text: &str, max: usize) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && *line != "---").unwrap_or_default();
    Counter::plain(TextUnit::Graphemes).cut(line, max).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units() {
        let text = "👩‍🚀 е́ й";
        let count = |unit| Counter::plain(unit).count(text);
        assert_eq!(count(TextUnit::Graphemes), 5);
        assert_eq!(count(TextUnit::Chars), 8);
        assert_eq!(count(TextUnit::Utf16), 10);
        assert_eq!(count(TextUnit::Bytes), text.len());
    }

    #[test]
    fn addresses_and_mentions_have_their_own_weight() {
        let counter = Counter { unit: TextUnit::Graphemes, url_weight: Some(23), short_mentions: true };
        let rows = [
            ("https://example.org/a/very/long/path?with=query", 23),
            ("see https://e.org.", 4 + 23 + 1),
            ("@alice@example.org hi", 6 + 3),
            ("@alice hi", 9),
            ("a@b.org", 7),
        ];
        for (text, expected) in rows {
            assert_eq!(counter.count(text), expected, "{text}");
        }
    }

    #[test]
    fn links_end_where_the_sentence_goes_on() {
        let rows: [(&str, &[&str]); 5] = [
            ("a https://e.org/x, b", &["https://e.org/x"]),
            ("(https://e.org/a_(b))", &["https://e.org/a_(b)"]),
            (
                "https://zerno.example/оченьдлинная/кириллицей?а=б",
                &["https://zerno.example/оченьдлинная/кириллицей?а=б"],
            ),
            ("https://", &[]),
            ("http://a.b http://c.d", &["http://a.b", "http://c.d"]),
        ];
        for (text, expected) in rows {
            let got: Vec<_> = links(text).into_iter().filter_map(|range| text.get(range)).collect();
            assert_eq!(got, expected, "{text}");
        }
    }

    #[test]
    fn tags() {
        let got: Vec<_> =
            hashtags("#кофе и #coffee_time, нет#тут #1 https://e.org/#x (#да)").into_iter().map(|t| t.1).collect();
        assert_eq!(got, ["кофе", "coffee_time", "да"]);
    }

    #[test]
    fn threads_split_at_lines_of_three_hyphens() {
        assert_eq!(parts("a\n---\nb\n---\n"), ["a", "b"]);
        assert_eq!(parts("a --- b"), ["a --- b"]);
        assert_eq!(parts(""), [""]);
    }

    #[test]
    fn overflow_points_at_the_first_piece_too_many() {
        let counter = Counter::plain(TextUnit::Graphemes);
        assert_eq!(counter.overflow("абв", 3), None);
        assert_eq!(counter.overflow("а🎉вг", 2), Some((3, 5)));
        assert_eq!(counter.cut("а🎉вг", 2), "а🎉");
    }
}
