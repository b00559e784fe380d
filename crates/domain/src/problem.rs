//! What is wrong with something a person gave us, in a form that can be said in any language.
//!
//! A problem holds a code and arguments, never a sentence: the sentence is `problem-<code>` in the texts,
//! its remedy `problem-<code>-remedy`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Whether a problem stops the sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The network would refuse it, or it cannot be understood: it is not sent.
    Error,
    /// It can be sent, but somebody should look, or we shall convert something on the way.
    Warning,
}

/// A number or a word to be put into a sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A count: plural rules apply.
    Number(f64),
    /// Shown as it is.
    Text(String),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<usize> for Arg {
    #[expect(clippy::as_conversions, reason = "a count for a sentence; exact up to 2^53")]
    fn from(count: usize) -> Self {
        Self::Number(count as f64)
    }
}
impl From<u64> for Arg {
    #[expect(clippy::as_conversions, reason = "a count for a sentence; exact up to 2^53")]
    fn from(count: u64) -> Self {
        Self::Number(count as f64)
    }
}
impl From<i64> for Arg {
    #[expect(clippy::as_conversions, reason = "a count for a sentence; exact up to 2^53")]
    fn from(count: i64) -> Self {
        Self::Number(count as f64)
    }
}
impl From<u32> for Arg {
    fn from(count: u32) -> Self {
        Self::Number(f64::from(count))
    }
}
impl From<f64> for Arg {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// Something that a person can mend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Kebab-case; names the sentence in the texts.
    pub code: Cow<'static, str>,
    /// Which field of the form or column of the file: `text`, `media`, `at`, ...
    pub field: Cow<'static, str>,
    /// Does it stop the sending?
    pub severity: Severity,
    /// What the sentence needs to know.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<Cow<'static, str>, Arg>,
    /// The one-click mend that helps, by name (`shrink_image`, `split_thread`, ...).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Cow<'static, str>>,
    /// The part of the text that is wrong, in UTF-16 units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<(usize, usize)>,
}

impl Problem {
    /// A problem that stops the sending.
    pub fn error(code: &'static str, field: &'static str) -> Self {
        Self {
            code: code.into(),
            field: field.into(),
            severity: Severity::Error,
            args: BTreeMap::new(),
            fix: None,
            span: None,
        }
    }

    /// A problem worth a look that does not stop anything.
    pub fn warning(code: &'static str, field: &'static str) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, field) }
    }

    /// Adds an argument of the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.insert(name.into(), value.into());
        self
    }

    /// Names the one-click mend.
    #[must_use]
    pub fn fix(mut self, name: &'static str) -> Self {
        self.fix = Some(name.into());
        self
    }

    /// Marks the part of the text, in UTF-16 units.
    #[must_use]
    pub fn span(mut self, from: usize, to: usize) -> Self {
        self.span = Some((from, to));
        self
    }

    /// Does it stop the sending?
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
