//! Where a page of a list ended. Lists are ordered by an instant and an id; there are no page numbers, because rows
//! move between pages while somebody reads.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// The last row of a page: the next page begins after it. Its text goes to callers and back as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// What the list is ordered by, in microseconds.
    pub(crate) at: i64,
    /// The row.
    pub(crate) id: Uuid,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at, self.id.simple())
    }
}

/// The text is not a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct BadCursor;

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, BadCursor> {
        let (at, id) = text.split_once('.').ok_or(BadCursor)?;
        Ok(Self { at: at.parse().map_err(|_| BadCursor)?, id: Uuid::parse_str(id).map_err(|_| BadCursor)? })
    }
}

/// Cuts a list that was read with one row more than asked to its length, with the cursor where more follows.
pub(crate) fn cut<T>(mut rows: Vec<T>, limit: usize, key: impl Fn(&T) -> Cursor) -> (Vec<T>, Option<Cursor>) {
    if rows.len() <= limit {
        return (rows, None);
    }
    rows.truncate(limit);
    let next = rows.last().map(key);
    (rows, next)
}

/// A limit as the database wants it, with one row more to see whether another page follows.
pub(crate) fn one_more(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX - 1).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_from_its_text() {
        let cursor = Cursor { at: -5, id: Uuid::from_u128(7) };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for bad in ["", "1", "x.00000000000000000000000000000007", "1.7"] {
            assert_eq!(bad.parse::<Cursor>(), Err(BadCursor), "{bad}");
        }
    }

    #[test]
    fn a_page_is_cut_where_more_follows() {
        let key = |n: &i64| Cursor { at: *n, id: Uuid::nil() };
        assert_eq!(cut(vec![1, 2, 3], 3, key), (vec![1, 2, 3], None));
        assert_eq!(cut(vec![1, 2, 3], 2, key), (vec![1, 2], Some(Cursor { at: 2, id: Uuid::nil() })));
    }
}
