//! Keys change: whatever is sealed is sealed anew, in every table, and nothing is sealed that a rotation does not know.

use std::collections::BTreeSet;
use std::path::Path;

use sarafan_store::reseal::{Resealed, SEALED, outdated, reseal};
use sarafan_store::secrets::{Keyring, Place, Secret};
use sqlx::{AnyConnection, Connection, Row};

use crate::backup::{both, fill};

const OLD: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const NEW: &str = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";

/// The values of a column with the last part of the key of each row.
async fn kept(conn: &mut AnyConnection, table: &str, keys: &[&str], column: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    let last = keys.last().unwrap();
    let text = format!("SELECT {last}, {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY {last}");
    let rows = sqlx::query(sqlx::AssertSqlSafe(text)).fetch_all(conn).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

fn what(table: &str, id: &[u8]) -> Secret {
    Secret::new(format!("{table} {id:?}").into_bytes())
}

#[tokio::test]
async fn whatever_is_sealed_is_sealed_anew() {
    let (old, both_keys, new) =
        (Keyring::parse(OLD).unwrap(), Keyring::parse(&format!("{NEW}, {OLD}")).unwrap(), Keyring::parse(NEW).unwrap());
    for bench in both().await {
        fill(&bench).await;
        let mut conn = AnyConnection::connect(&bench.url).await.unwrap();
        let postgres = conn.backend_name() == "PostgreSQL";
        let bytes = |hay: &[u8]| {
            let digits: String = hay.iter().map(|byte| format!("{byte:02x}")).collect();
            if postgres { format!("'\\x{digits}'") } else { format!("X'{digits}'") }
        };
        let mut count = 0;
        for (table, keys, column) in SEALED {
            let rows = kept(&mut conn, table, keys, column).await;
            assert!(rows.len() >= 2, "{table}");
            for (id, _) in rows {
                let sealed = old.seal(Place { table, id: &id, column }, &what(table, &id)).unwrap();
                let last = keys.last().unwrap();
                let text = format!("UPDATE {table} SET {column} = {} WHERE {last} = {}", bytes(&sealed), bytes(&id));
                sqlx::query(sqlx::AssertSqlSafe(text)).execute(&mut conn).await.unwrap();
                count += 1;
            }
        }
        assert_eq!(outdated(&bench.store, &both_keys).await.unwrap(), count);
        let done = reseal(&bench.store, &both_keys).await.unwrap();
        assert_eq!(done, Resealed { done: count, current: 0, unreadable: 0 });
        for (table, keys, column) in SEALED {
            for (id, sealed) in kept(&mut conn, table, keys, column).await {
                let opened = new.open(Place { table, id: &id, column }, &sealed).unwrap();
                assert_eq!(opened, what(table, &id), "{table}: the old key may be forgotten");
            }
        }
        let again = reseal(&bench.store, &both_keys).await.unwrap();
        assert_eq!(again, Resealed { done: 0, current: count, unreadable: 0 });
        conn.close().await.unwrap();
        bench.clear().await;
    }
}

/// Sealed, but in no table: the keys themselves in a back-up, under a passphrase.
const ELSEWHERE: [(&str, &str); 1] = [("backup", "keys")];

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let words = std::fs::read_to_string(&path).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
            found.push((path.display().to_string(), words));
        }
    }
}

#[test]
fn nothing_is_sealed_that_a_rotation_does_not_know() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for one in ["store", "app", "web", "sarafan"] {
        sources(&crates.join(one).join("src"), &mut files);
    }
    let mut used = BTreeSet::new();
    for (file, text) in files.iter().filter(|(file, _)| !file.ends_with("store/src/reseal.rs")) {
        for place in text.split("Place { table").skip(1) {
            let place = place.split('}').next().unwrap();
            let words: Vec<&str> = place.split('"').skip(1).step_by(2).collect();
            let [table, column] = words.as_slice() else { panic!("a place without its name in {file}: {place}") };
            used.insert(((*table).to_owned(), (*column).to_owned()));
        }
    }
    let known = SEALED.iter().map(|(table, _, column)| (*table, *column)).chain(ELSEWHERE);
    assert_eq!(used, known.map(|(table, column)| (table.to_owned(), column.to_owned())).collect());
}
