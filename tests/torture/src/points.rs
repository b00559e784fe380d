//! The points at which the program is ended, and what brings it there. A test compares the list with the program's source.

/// What a round does so that the program comes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Posts go out.
    Publish,
    /// Posts go out and no answer comes, so that the program looks for them.
    Look,
    /// Posts go out with a credential that has ended and is renewed.
    Renew,
    /// What is out is changed and taken down.
    Change,
    /// A post repeats.
    Series,
    /// A channel is connected and looked at.
    Jobs,
}

/// One point.
#[derive(Debug)]
pub(crate) struct Point {
    pub(crate) name: &'static str,
    pub(crate) way: Way,
    /// Where in the life of a delivery.
    pub(crate) about: &'static str,
}

/// All points, in the order in which a delivery passes them.
pub(crate) const POINTS: &[Point] = &[
    at("claimed", Way::Publish, "the lease is in the database, nothing else"),
    at("attempt-begun", Way::Publish, "the start of the attempt is committed"),
    at("ready", Way::Publish, "the text, the pictures and the credential are at hand"),
    at("request-leaves", Way::Publish, "right before a request leaves, before the lease is looked at"),
    at("answer-begins", Way::Publish, "the network has done it; its answer has begun to come in"),
    at("answer-read", Way::Publish, "the answer is in memory"),
    at("step-ended", Way::Publish, "the connector has understood it"),
    at("outcome-known", Way::Publish, "right before the outcome is written"),
    at("outcome-unwritten", Way::Publish, "in the transaction, before its commit"),
    at("outcome-saved", Way::Publish, "right after the commit"),
    at("looking", Way::Look, "before the network is searched for a post in doubt"),
    at("looked", Way::Look, "what was found is in memory"),
    at("renewing", Way::Renew, "before a credential that ended is renewed"),
    at("renewed", Way::Renew, "the network has renewed it, nothing is saved"),
    at("renewal-saved", Way::Renew, "the new credential is saved"),
    at("change-begun", Way::Change, "the start of an edit or a removal is committed"),
    at("change-ended", Way::Change, "the network has done it"),
    at("change-saved", Way::Change, "the outcome is saved"),
    at("series-copied", Way::Series, "in the transaction that makes the copies of a repeating post"),
    at("series-saved", Way::Series, "right after its commit"),
    at("job-done", Way::Jobs, "any other job is done and not yet struck off"),
];

const fn at(name: &'static str, way: Way, about: &'static str) -> Point {
    Point { name, way, about }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use super::*;

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                found.push(path);
            }
        }
    }

    #[test]
    fn the_list_is_the_one_of_the_source() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates");
        let mut files = Vec::new();
        sources(&crates, &mut files);
        let mut named = BTreeSet::new();
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            for rest in text.split("crash::point(\"").skip(1) {
                named.insert(rest.split('"').next().unwrap().to_owned());
            }
        }
        let listed: BTreeSet<String> = POINTS.iter().map(|point| point.name.to_owned()).collect();
        assert_eq!(named, listed);
        assert_eq!(listed.len(), POINTS.len(), "no name twice");
    }
}
