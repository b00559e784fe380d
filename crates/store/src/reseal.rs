//! Seals everything anew with the key that seals now, row by row, while others read and write: a row that somebody else
//! changed meanwhile was sealed anew by that. Stopping at any moment loses nothing, for each row is changed at once.

use crate::secrets::{Keyring, Place};
use crate::sql::{Sql, built};
use crate::{Result, Store, StoreError};

/// Whatever is sealed: the table, its key with the column that names the place last, and the column.
pub const SEALED: [(&str, &[&str], &str); 6] = [
    ("credential", &["brand_id", "channel_id"], "sealed"),
    ("pending_connect", &["brand_id", "id"], "sealed"),
    ("webhook", &["brand_id", "id"], "secrets"),
    ("idempotency", &["id"], "answer"),
    ("letter", &["brand_id", "id"], "sealed"),
    ("totp", &["person_id"], "sealed"),
];

/// So many rows are changed at once.
const BATCH: i64 = 100;

/// How far it has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Rows that were sealed anew.
    pub done: u64,
    /// Rows that the present key had sealed already.
    pub current: u64,
    /// Rows that no key here opens: they stay as they are.
    pub unreadable: u64,
}

/// Seals everything anew that another key has sealed.
///
/// # Errors
/// Only those of the database; what was done until then stays done.
pub async fn reseal(store: &Store, keyring: &Keyring) -> Result<Resealed> {
    let mut all = Resealed::default();
    for (table, keys, column) in SEALED {
        let mut after = vec![Vec::new(); keys.len()];
        loop {
            let rows = page(store, table, keys, column, &after).await?;
            let Some((last, _)) = rows.last() else { break };
            after.clone_from(last);
            let mut new = Vec::new();
            for (key, sealed) in rows {
                if keyring.is_current(&sealed) {
                    all.current += 1;
                    continue;
                }
                let id = key.last().cloned().unwrap_or_default();
                let place = Place { table, id: &id, column };
                match keyring.open(place, &sealed) {
                    Ok(secret) => new.push((key, keyring.seal(place, &secret)?, sealed)),
                    Err(_) => all.unreadable += 1,
                }
            }
            all.done += put(store, table, keys, column, new).await?;
        }
    }
    Ok(all)
}

/// How many rows the key that seals now has not sealed.
///
/// # Errors
/// Only those of the database.
pub async fn outdated(store: &Store, keyring: &Keyring) -> Result<u64> {
    let mut count = 0;
    for (table, keys, column) in SEALED {
        let mut after = vec![Vec::new(); keys.len()];
        loop {
            let rows = page(store, table, keys, column, &after).await?;
            let Some((last, _)) = rows.last() else { break };
            after.clone_from(last);
            count += rows.iter().filter(|(_, sealed)| !keyring.is_current(sealed)).fold(0, |count, _| count + 1);
        }
    }
    Ok(count)
}

type Row = (Vec<Vec<u8>>, Vec<u8>);
/// The key of a row, its secret under the present key, and as it was.
type Change = (Vec<Vec<u8>>, Vec<u8>, Vec<u8>);

async fn page(store: &Store, table: &str, keys: &[&str], column: &str, after: &[Vec<u8>]) -> Result<Vec<Row>> {
    let names = keys.join(", ");
    let marks = crate::sql::marks(1, keys.len());
    // Every table has a key of two columns; one of a single column is read twice.
    let [first, second] = [keys.first(), keys.last()].map(|name| name.copied().unwrap_or_default());
    let text = format!(
        "SELECT {first}, {second}, {column} FROM {table} WHERE {column} IS NOT NULL AND ({names}) > ({marks}) \
         ORDER BY {names} LIMIT {BATCH}"
    );
    let statement = after.iter().fold(built(text).once(), Sql::bind);
    let mut conn = store.read().await?;
    let rows = statement.all(&mut conn, |f| Ok((f.bytes()?, f.bytes()?, f.bytes()?))).await?;
    let wide = keys.len() > 1;
    Ok(rows.into_iter().map(|(one, two, sealed)| (if wide { vec![one, two] } else { vec![two] }, sealed)).collect())
}

async fn put(store: &Store, table: &str, keys: &[&str], column: &str, rows: Vec<Change>) -> Result<u64> {
    if rows.is_empty() {
        return Ok(0);
    }
    let conditions: Vec<String> = keys.iter().zip(3..).map(|(name, n)| format!("{name} = ${n}")).collect();
    let text = format!("UPDATE {table} SET {column} = $1 WHERE {column} = $2 AND {}", conditions.join(" AND "));
    store
        .write(move |conn| {
            let (text, rows) = (text.clone(), rows.clone());
            Box::pin(async move {
                let mut done = 0;
                for (key, new, old) in rows {
                    let statement = built(text.clone()).bind(new).bind(old);
                    done += key.into_iter().fold(statement, Sql::bind).run(conn).await?;
                }
                Ok::<_, StoreError>(done)
            })
        })
        .await
}
