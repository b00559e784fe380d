//! Lists of words in a query: `state=failed,unknown`.

use crate::problem::Failure;

/// Reads words separated by commas; nothing is an empty list.
///
/// # Errors
/// The first word that `parse` does not know, with the name of the parameter.
pub(super) fn words<T>(
    text: Option<&str>,
    name: &'static str,
    parse: fn(&str) -> Option<T>,
) -> Result<Vec<T>, Failure> {
    let words = text.unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty());
    let read =
        |word: &str| parse(word).ok_or_else(|| Failure::Wrong { field: name.to_owned(), reason: word.to_owned() });
    words.map(read).collect()
}
