//! `cargo xtask tidy`: the rules of ARCHITECTURE.md and STYLE.md that a program can check, one file a rule. Each rule
//! is a function from the project's files to findings, with tests that prove that it can fail.

mod areas;
mod arrows;
mod connectors;
mod fluent;
mod length;
mod names;
mod purpose;
mod security;
mod sleep;
mod source;
mod texts;
mod tree;
mod words;

use std::fmt;
use std::process::ExitCode;

use anyhow::Result;

pub(crate) use tree::Tree;

use crate::place::Place;

/// Something that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Which rule, as its file is called.
    rule: &'static str,
    /// The file, from the project's root.
    file: String,
    /// Its line, where there is one to show.
    line: Option<usize>,
    /// What is wrong and what to do.
    what: String,
}

impl Finding {
    fn new(rule: &'static str, file: &str, line: Option<usize>, what: impl Into<String>) -> Self {
        Self { rule, file: file.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(to, ":{line}")?;
        }
        write!(to, ": {} [{}]", self.what, self.rule)
    }
}

/// `cargo xtask tidy`.
pub(crate) fn command(place: &Place) -> Result<ExitCode> {
    let findings = check(place)?;
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        println!("tidy");
        return Ok(ExitCode::SUCCESS);
    }
    println!("{} findings", findings.len());
    Ok(ExitCode::FAILURE)
}

/// Everything that breaks a rule, sorted by file.
pub(crate) fn check(place: &Place) -> Result<Vec<Finding>> {
    let tree = Tree::read(&place.root)?;
    let mut findings = arrows::check(&arrows::crates(place)?);
    for rule in [
        areas::check,
        connectors::check,
        length::check,
        names::check,
        purpose::check,
        security::check,
        sleep::check,
        texts::check,
        words::check,
    ] {
        findings.extend(rule(&tree));
    }
    findings.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
    Ok(findings)
}

/// The networks that there are: the folders of the connectors.
pub(crate) fn networks(place: &Place) -> Result<Vec<String>> {
    Ok(connectors::folders(&Tree::read(&place.root)?))
}

/// For the tests of the rules: how many findings a small made-up project has, and that one of them says something.
#[cfg(test)]
fn assert_findings(findings: &[Finding], expect: &[&str]) {
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), expect.len(), "{told:#?}");
    for text in expect {
        assert!(told.iter().any(|line| line.contains(text)), "nothing says `{text}`: {told:#?}");
    }
}
