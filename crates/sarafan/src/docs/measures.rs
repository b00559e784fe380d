//! The table of the metrics in `docs/observability.md`.

use crate::telemetry::MEASURES;

/// One row per metric.
pub(super) fn table() -> String {
    let mut text = String::from("| metric | kind | labels | what it tells |\n|---|---|---|---|\n");
    for measure in MEASURES {
        let (name, kind, labels, words) = (measure.name, measure.kind.word(), measure.labels, measure.words);
        text.push_str(&format!("| `{name}` | {kind} | {labels} | {words} |\n"));
    }
    text
}
