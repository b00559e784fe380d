//! The brand: the tenant. Every other row belongs to one.

use crate::id::{BrandId, RubricId};
use crate::problem::Problem;
use crate::time;

/// A client or product whose marketing is done here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    /// Its id.
    pub id: BrandId,
    /// As people call it.
    pub name: String,
    /// Language its posts are written in by default (BCP 47).
    pub language: String,
    /// IANA zone of its calendar.
    pub time_zone: String,
    /// ISO 3166-1 alpha-2, for holidays.
    pub country: String,
    /// Nothing goes out while true.
    pub paused: bool,
    /// A delivery at most this late (minutes) is still sent by itself; a later one asks a person.
    pub late_minutes: u32,
}

/// How late a delivery may be and still go out without asking, when the brand has not said otherwise.
pub const LATE_MINUTES: u32 = 60;

/// A content category with its purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rubric {
    /// Its id.
    pub id: RubricId,
    /// Stable name used in plan files: `news`, `education`.
    pub key: String,
    /// As people call it; empty for a standard rubric, which is named in the reader's language.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// One of the eight categorical colours, 0 to 7.
    pub color: i64,
    /// Wanted share of all posts, per cent.
    pub target_share: Option<i64>,
}

/// The rubrics a new brand starts with: key and wanted share in per cent.
pub const STANDARD_RUBRICS: [(&str, i64); 9] = [
    ("entertainment", 20),
    ("education", 25),
    ("commercial", 15),
    ("PR", 5),
    ("news", 10),
    ("social", 5),
    ("reputation", 5),
    ("infographic", 5),
    ("user", 10),
];

/// Checks what a person typed for a brand.
///
/// # Errors
/// The first problem found: an empty or overlong name, an unknown zone, a country that is not two letters.
pub fn check(name: &str, language: &str, time_zone: &str, country: &str) -> Result<(), Problem> {
    if name.trim().is_empty() {
        return Err(Problem::error("name-empty", "name"));
    }
    if name.chars().count() > 120 {
        return Err(Problem::error("name-too-long", "name").with("max", 120_usize));
    }
    if language.is_empty() || language.len() > 35 || !language.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(Problem::error("language-unknown", "language").with("language", language));
    }
    if country.len() != 2 || !country.chars().all(|c| c.is_ascii_uppercase()) {
        return Err(Problem::error("country-unknown", "country").with("country", country));
    }
    time::zone(time_zone).map(|_| ())
}
