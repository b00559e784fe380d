//! The table at the end of a test run and the line that closes it.

use std::time::Duration;

use anyhow::Result;

use crate::servers::Servers;

/// What a step that did not fail has to tell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Done {
    /// Single tests that passed; a step that is one check counts as one.
    pub(super) passed: u32,
    /// Single tests that were left out.
    pub(super) skipped: u32,
    /// What is worth knowing beside that: a size, a reason.
    pub(super) note: String,
}

/// How a step ended. A failed step of many tests says in its error how many failed.
pub(super) type Outcome = Result<Done>;

impl Done {
    /// One check, passed.
    pub(super) fn one() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    /// Adds what is worth knowing.
    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// Tests of a runner that failed, with those that did not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SomeFailed {
    pub(super) passed: u32,
    pub(super) failed: u32,
    pub(super) skipped: u32,
}

impl std::fmt::Display for SomeFailed {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{} of {} failed", self.failed, self.failed + self.passed)
    }
}

impl std::error::Error for SomeFailed {}

/// One row of the table.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) name: &'static str,
    pub(super) took: Duration,
    pub(super) outcome: Outcome,
}

impl Line {
    /// The row of servers that started.
    pub(super) fn servers(servers: &Servers, took: Duration) -> Self {
        let missing = servers.skipped.iter().map(|(name, error)| format!("{name} is skipped: {error:#}"));
        let note = missing.collect::<Vec<_>>().join("; ");
        let skipped = u32::try_from(servers.skipped.len()).unwrap_or(u32::MAX);
        Self { name: "servers", took, outcome: Ok(Done { passed: 1, skipped, note }) }
    }

    /// Whether nothing failed.
    pub(super) fn is_good(&self) -> bool {
        self.outcome.is_ok()
    }

    /// Passed, failed and skipped.
    fn counts(&self) -> (u32, u32, u32) {
        match &self.outcome {
            Ok(done) => (done.passed, 0, done.skipped),
            Err(error) => match error.downcast_ref::<SomeFailed>() {
                Some(some) => (some.passed, some.failed, some.skipped),
                None => (0, 1, 0),
            },
        }
    }
}

/// The table and, as its last line, the sums in the form that programs read.
pub(super) fn table(lines: &[Line]) -> String {
    let mut text = String::from("\n");
    let mut sums = (0, 0, 0);
    let mut seconds = 0.0;
    for line in lines {
        let (passed, failed, skipped) = line.counts();
        sums = (sums.0 + passed, sums.1 + failed, sums.2 + skipped);
        seconds += line.took.as_secs_f64();
        let mark = if line.is_good() { "ok    " } else { "FAILED" };
        let counts = match (passed, skipped) {
            (0 | 1, 0) => String::new(),
            (passed, 0) => format!("{passed} tests"),
            (passed, skipped) => format!("{passed} tests, {skipped} skipped"),
        };
        let words = match &line.outcome {
            Ok(done) => done.note.clone(),
            Err(error) => error.to_string().lines().next().unwrap_or_default().to_owned(),
        };
        let row = format!("{mark} {:<12} {:>7.1} s  {counts:<24} {words}", line.name, line.took.as_secs_f64());
        text.push_str(row.trim_end());
        text.push('\n');
    }
    let (passed, failed, skipped) = sums;
    text.push_str(&format!("{:<20}{seconds:>7.1} s\n\n", "       together"));
    text.push_str(&format!("{passed} passed, {failed} failed, {skipped} skipped\n"));
    text
}

/// The sums of nextest: `Summary [ 1.0s] 7 tests run: 6 passed (1 slow), 1 failed, 2 skipped`.
pub(super) fn nextest_sums(text: &str) -> Option<SomeFailed> {
    let line = text.lines().rev().find(|line| line.trim_start().starts_with("Summary ["))?;
    let (_, sums) = line.split_once("run:").or_else(|| line.split_once("run,"))?;
    let number = |word: &str| number_before(sums, word);
    let failed = number("failed") + number("timed out") + number("exec failed");
    Some(SomeFailed { passed: number("passed"), failed, skipped: number("skipped") })
}

/// The sums of Node's test runner, one a line: `ℹ pass 3`.
pub(super) fn node_sums(text: &str) -> Option<SomeFailed> {
    let number = |word: &str| {
        text.lines().rev().find_map(|line| {
            let (mark, rest) = line.trim().split_once(' ')?;
            let value = rest.strip_prefix(word)?.trim().parse().ok()?;
            ["ℹ", "#"].contains(&mark).then_some(value)
        })
    };
    let failed = number("fail ")? + number("cancelled ").unwrap_or(0);
    Some(SomeFailed { passed: number("pass ")?, failed, skipped: number("skipped ").unwrap_or(0) })
}

/// The number right before a word: 3 for `failed` in `2 passed, 3 failed`; 0 where there is none.
fn number_before(text: &str, word: &str) -> u32 {
    text.split(',')
        .filter_map(|part| part.trim().split_once(' '))
        .find(|(_, rest)| rest.split(" (").next().is_some_and(|rest| rest.trim() == word))
        .and_then(|(number, _)| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_runners_are_read() {
        let nextest = "x\n     Summary [   0.029s] 9 tests run: 6 passed (1 slow), 2 failed, 1 timed out, 4 skipped\n";
        assert_eq!(nextest_sums(nextest), Some(SomeFailed { passed: 6, failed: 3, skipped: 4 }));
        let node = "✔ a\nℹ tests 5\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 2\n";
        assert_eq!(node_sums(node), Some(SomeFailed { passed: 3, failed: 2, skipped: 2 }));
        assert_eq!(node_sums("nothing"), None);
        assert_eq!(nextest_sums("error: could not compile"), None);
    }

    #[test]
    fn the_last_line_counts_everything() {
        let line = |name, outcome| Line { name, took: Duration::from_millis(1500), outcome };
        let lines = [
            line("fmt", Ok(Done::one())),
            line("tidy", Err(anyhow::anyhow!("two things\nare wrong"))),
            line("tests", Err(SomeFailed { passed: 8, failed: 2, skipped: 1 }.into())),
            line("deny", Ok(Done { skipped: 1, ..Done::one() }.note("no database"))),
        ];
        let table = table(&lines);
        assert!(table.ends_with("10 passed, 3 failed, 2 skipped\n"), "{table}");
        assert!(table.contains("FAILED tidy") && table.contains("two things\n") && table.contains("no database"));
    }
}
