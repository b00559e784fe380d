//! The shapes that more than one area answers with, and how instants, wall-clock times and problems are written.
//! Each area's own views stand beside its use cases; nothing here reads or decides.

use sarafan_domain::id::ChannelId;
use sarafan_domain::language::Lang;
use sarafan_domain::problem::{Problem, Severity};
use sarafan_domain::schedule::wall_text;
use sarafan_domain::time::{Timestamp, Wall};
use serde::Serialize;
use utoipa::ToSchema;

use crate::texts::Texts;

/// An instant: RFC 3339 in UTC with milliseconds, `2026-12-01T07:00:00.000Z`.
pub fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// A wall-clock time: `2026-12-01T10:00`.
pub fn wall(wall: Wall) -> String {
    wall_text::format(wall)
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next one begins; `None` on the last.
    pub next: Option<String>,
}

/// A problem in the reader's language.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ProblemView {
    /// Its name, the same in every language.
    pub code: String,
    /// The field it belongs to.
    pub field: String,
    /// Does it stop the sending?
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What helps.
    pub remedy: Option<String>,
    /// The one-click mend that helps, by name.
    pub fix: Option<String>,
    /// The network it belongs to, where it belongs to one.
    pub network: Option<String>,
    /// The channel it belongs to, where it belongs to one.
    pub channel: Option<ChannelId>,
    /// The part of the text that is wrong: from and to in UTF-16 units.
    pub span: Option<[usize; 2]>,
}

impl ProblemView {
    /// A problem in words; it belongs to no channel yet.
    pub fn new(texts: &Texts, lang: Lang, problem: &Problem) -> Self {
        let said = texts.problem(lang, problem);
        Self {
            code: problem.code.to_string(),
            field: problem.field.to_string(),
            severity: problem.severity,
            message: said.message,
            remedy: said.remedy,
            fix: problem.fix.as_ref().map(ToString::to_string),
            network: None,
            channel: None,
            span: problem.span.map(|(from, to)| [from, to]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_have_milliseconds_and_end_in_z() {
        let rows = [
            ("2026-12-01T07:00:00Z", "2026-12-01T07:00:00.000Z"),
            ("2026-12-01T10:00:00.1239+03:00", "2026-12-01T07:00:00.123Z"),
        ];
        for (given, expected) in rows {
            assert_eq!(instant(given.parse().unwrap()), expected);
        }
    }
}
