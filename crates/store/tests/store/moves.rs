//! A brand moves: with every table filled, between all engines, without loss; and what somebody made up moves nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use sarafan_domain::id::BrandId;
use sarafan_store::blobs::Blobs;
use sarafan_store::moves::{MOVES, MoveError, STAYS, Sums, arrive, check, leave, rehearse};
use sarafan_store::{Store, StoreError};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Connection};
use uuid::Uuid;

use crate::backup::{both, fill, rows, tables};
use crate::bench::{Bench, at};

/// The brand of the first of the rows that `fill` makes, and what lies in its library.
const BRAND: BrandId = BrandId(Uuid::from_u128(1000));
const ASSET: Uuid = Uuid::from_u128(1001);
const FILE: &[u8] = b"a picture";

struct Yard(tempfile::TempDir);

impl Yard {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn blobs(&self, name: &str) -> Blobs {
        Blobs::open(&format!("file://{}/{name}", self.0.path().display()), None).unwrap()
    }

    async fn out(&self, store: &Store, blobs: &str, name: &str) -> Sums {
        leave(store, &self.blobs(blobs), BRAND, "0.1.0", at(50), &self.path(name)).await.unwrap().1
    }

    async fn bring(&self, store: &Store, name: &str) -> Result<(), MoveError> {
        let arriving = check(&self.path(name), at(60)).await?;
        arrive(store, &self.blobs("other"), &arriving, "locked", |_, _| Box::pin(async { Ok::<_, MoveError>(()) }))
            .await
    }
}

/// Every table filled, with a brand whose library and people are real.
async fn filled(bench: &Bench, yard: &Yard) {
    fill(bench).await;
    let mut conn = AnyConnection::connect(&bench.url).await.unwrap();
    let id = |id: Uuid| {
        if conn.backend_name() == "PostgreSQL" {
            format!("'\\x{}'", id.simple())
        } else {
            format!("X'{}'", id.simple())
        }
    };
    let (brand, asset, sha256) = (id(BRAND.0), id(ASSET), hex::encode(Sha256::digest(FILE)));
    let key = format!("assets/{BRAND}/{ASSET}/file");
    let texts = [
        format!(
            "UPDATE asset SET id = {asset}, blob = '{key}', sha256 = '{sha256}', bytes = {} WHERE brand_id = {brand}",
            FILE.len()
        ),
        format!("UPDATE member SET person_id = {brand} WHERE brand_id = {brand}"),
        format!("UPDATE person SET email = 'anna@e.org' WHERE id = {brand}"),
    ];
    for text in texts {
        let done = sqlx::query(sqlx::AssertSqlSafe(text.clone())).execute(&mut conn).await.expect(&text);
        assert_eq!(done.rows_affected(), 1, "{text}");
    }
    conn.close().await.unwrap();
    yard.blobs("media").put(&key, Bytes::from_static(FILE)).await.unwrap();
}

type Entries = Vec<(String, Vec<u8>)>;

/// What is in an archive, read by somebody who only knows what tar is.
fn entries(path: &Path) -> Entries {
    let all = std::fs::read(path).unwrap();
    let (mut found, mut next) = (Vec::new(), 0);
    while all[next] != 0 {
        let text = |from: usize, to: usize| {
            String::from_utf8_lossy(&all[next + from..next + to]).trim_end_matches('\0').to_owned()
        };
        let size = usize::from_str_radix(&text(124, 136), 8).unwrap();
        found.push((text(0, 100), all[next + 512..next + 512 + size].to_vec()));
        next += 512 + size.div_ceil(512) * 512;
    }
    found
}

/// An archive that somebody made up: right in itself, whatever is in it.
fn forge(path: &Path, entries: &Entries) {
    let mut all = Vec::new();
    for (name, bytes) in entries {
        let mut bytes = bytes.clone();
        if name == "end.json" {
            let mut end: Value = serde_json::from_slice(&bytes).unwrap();
            end["sha256"] = json!(hex::encode(Sha256::digest(&all)));
            bytes = serde_json::to_vec(&end).unwrap();
        }
        let mut head = [0_u8; 512];
        let mut put = |at: usize, text: &str| head[at..at + text.len()].copy_from_slice(text.as_bytes());
        put(0, name);
        put(124, &format!("{:011o}", bytes.len()));
        put(148, "        ");
        put(156, "0");
        put(257, "ustar\x0000");
        let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
        head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        all.extend(head);
        all.extend(&bytes);
        all.resize(all.len().div_ceil(512) * 512, 0);
    }
    all.resize(all.len() + 1024, 0);
    std::fs::write(path, all).unwrap();
}

/// What an archive says, whatever the order of its rows.
fn said(entries: Entries) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, bytes) in entries {
        let lines = || String::from_utf8(bytes.clone()).unwrap().lines().map(str::to_owned).collect::<Vec<_>>();
        match name.strip_prefix("tables/").and_then(|name| name.rsplit_once('-')) {
            Some((table, _)) => all.entry(table.to_owned()).or_default().extend(lines()),
            None if name == "end.json" => {
                let mut end: Value = serde_json::from_slice(&bytes).unwrap();
                end["sha256"] = Value::Null;
                all.entry(name).or_default().insert(end.to_string());
            }
            None => drop(all.entry(name).or_default().insert(hex::encode(&bytes))),
        }
    }
    all
}

#[tokio::test]
async fn every_table_of_a_brand_moves_or_stays_for_a_reason() {
    let bench = Bench::sqlite().await;
    let all = tables(&bench).await;
    let of_brand =
        all.iter().filter(|(name, columns)| *name == "brand" || columns.iter().any(|(name, _)| name == "brand_id"));
    for (name, _) in of_brand.clone() {
        let moves = MOVES.iter().any(|(table, ..)| table == name);
        let stays = STAYS.iter().any(|(table, _)| table == name);
        assert!(moves != stays, "the table {name} must be in MOVES or in STAYS of moves/tables.rs");
    }
    let known = MOVES.iter().map(|(name, ..)| *name).chain(STAYS.iter().map(|(name, _)| *name));
    for name in known {
        assert!(all.contains_key(name), "{name}");
    }
    for (name, brand, persons) in MOVES {
        let has = |wanted: &str| all[name].iter().any(|(column, _)| column == wanted);
        assert!(brand.is_empty() || has(brand), "{name}.{brand}");
        assert!(persons.iter().all(|person| has(person)), "{name}");
        assert!(!all[name].iter().any(|(column, _)| column.ends_with("_hash")) || name == "person");
    }
}

/// The promise: what went in comes out, and goes out again the same.
#[tokio::test]
async fn a_brand_moves_between_all_engines_without_loss() {
    for from in both().await {
        let yard = Yard::new();
        filled(&from, &yard).await;
        let sums = yard.out(&from.store, "media", "first.tar").await;
        assert_eq!(sums.tables.len(), MOVES.len(), "every table that moves is in the file");
        assert!(sums.tables.values().all(|rows| *rows == 1), "{sums:?}");
        assert_eq!((sums.files, sums.missing.len()), (1, 0));
        for to in both().await {
            let _ = std::fs::remove_dir_all(yard.path("other"));
            let _ = std::fs::remove_file(yard.path("second.tar"));
            yard.bring(&to.store, "first.tar").await.unwrap();
            let again = yard.out(&to.store, "other", "second.tar").await;
            assert_eq!(again.tables, sums.tables);
            assert_eq!(said(entries(&yard.path("second.tar"))), said(entries(&yard.path("first.tar"))));
            let stays = rows(&to).await;
            for (table, _) in STAYS {
                assert!(stays[table].is_empty(), "{table}");
            }
            let refused = yard.bring(&to.store, "first.tar").await;
            assert!(matches!(refused, Err(MoveError::Here)), "{refused:?}");
            assert_eq!(rows(&to).await, stays, "a brand that is here already is left alone");
            to.clear().await;
        }
        from.clear().await;
    }
}

#[tokio::test]
async fn people_who_are_here_stay_who_they_are() {
    let (from, to, yard) = (Bench::sqlite().await, Bench::sqlite().await, Yard::new());
    filled(&from, &yard).await;
    yard.out(&from.store, "media", "a.tar").await;
    let mut conn = AnyConnection::connect(&to.url).await.unwrap();
    let own = Uuid::from_u128(7);
    let text = format!(
        "INSERT INTO person (id, email, name, password_hash, language, theme, installation_owner, created_at) \
         VALUES (X'{}', 'anna@e.org', 'Anna here', 'hers', 'en', 'system', 1, 1)",
        own.simple()
    );
    sqlx::query(sqlx::AssertSqlSafe(text)).execute(&mut conn).await.unwrap();
    yard.bring(&to.store, "a.tar").await.unwrap();
    let all = rows(&to).await;
    assert_eq!(all["person"].len(), 1);
    assert!(all["person"].iter().all(|row| row.contains("hers") && row.contains("Anna here")), "{:?}", all["person"]);
    let member = format!("{:?}", own.as_bytes().to_vec());
    assert!(all["member"].iter().all(|row| row.contains(&member)), "{:?}", all["member"]);
    conn.close().await.unwrap();
}

#[tokio::test]
async fn what_somebody_made_up_leaves_nothing_behind() {
    let (from, to, yard) = (Bench::sqlite().await, Bench::sqlite().await, Yard::new());
    filled(&from, &yard).await;
    yard.out(&from.store, "media", "good.tar").await;
    let good = entries(&yard.path("good.tar"));
    let before = rows(&to).await;
    let line = |table: &str| good.iter().position(|(name, _)| name.starts_with(&format!("tables/{table}-"))).unwrap();
    let media = good.iter().position(|(name, _)| name.starts_with("media/")).unwrap();
    let edit = |at: usize, work: &dyn Fn(&mut Value)| {
        let mut all = good.clone();
        let mut value: Value = serde_json::from_slice(&all[at].1).unwrap();
        work(&mut value);
        all[at].1 = serde_json::to_vec(&value).unwrap();
        all
    };
    let named = |at: usize, name: &str| {
        let mut all = good.clone();
        all[at].0 = name.to_owned();
        all
    };
    let without = |at: usize| {
        let mut all = good.clone();
        all.remove(at);
        all
    };
    let mut twice = good.clone();
    twice.insert(1, good[line("brand")].clone());
    let mut bad_text = good.clone();
    bad_text[line("post")].1 = b"{ not JSON".to_vec();
    let rows_of: [(&str, Entries, &str); 16] = [
        ("a path upwards", named(media, "../../keys"), "no entry of ours"),
        ("a path from the root", named(media, "/etc/passwd"), "no entry of ours"),
        ("a folder of its own", named(media, "media/a/../../b"), "no entry of ours"),
        ("a file nobody knows", named(media, "media/0192"), "does not know it"),
        ("no file", without(media), "it is missing"),
        (
            "another file",
            {
                let mut all = good.clone();
                all[media].1 = b"a virus!!".to_vec();
                all
            },
            "not the file",
        ),
        ("a file that lies elsewhere", edit(line("asset"), &|row| row["blob"] = json!("../keys")), "lies elsewhere"),
        ("a row of another brand", edit(line("post"), &|row| row["brand_id"] = json!("0".repeat(32))), "another brand"),
        (
            "no column",
            edit(line("post"), &|row| drop(row.as_object_mut().unwrap().remove("title"))),
            "title is missing",
        ),
        ("a column more", edit(line("member"), &|row| row["password_hash"] = json!("x")), "no column password_hash"),
        ("words for a number", edit(line("post"), &|row| row["version"] = json!("1")), "does not hold that"),
        ("an id that is none", edit(line("post"), &|row| row["author_id"] = json!("00")), "an id that is none"),
        ("a table that stays", named(line("post"), "tables/credential-000001.jsonl"), "no table that moves"),
        ("a brand twice", twice, "exactly once"),
        ("no JSON", bad_text, "key must be a string"),
        ("fewer rows than told", without(line("comment")), "its counts are others"),
    ];
    for (what, entries, why) in rows_of {
        forge(&yard.path("bad.tar"), &entries);
        match yard.bring(&to.store, "bad.tar").await {
            Err(MoveError::Damaged { at, why: said }) => assert!(said.contains(why), "{what}: {at}: {said}"),
            other => panic!("{what}: {other:?}"),
        }
        assert_eq!(rows(&to).await, before, "{what}");
        assert!(
            !yard.path("other").exists() || std::fs::read_dir(yard.path("other")).unwrap().next().is_none(),
            "{what}"
        );
    }
    forge(&yard.path("newer.tar"), &edit(0, &|head| head["form"] = json!(2)));
    assert!(matches!(yard.bring(&to.store, "newer.tar").await, Err(MoveError::Other { .. })));
    forge(&yard.path("schema.tar"), &edit(0, &|head| head["schema"] = json!(999)));
    assert!(matches!(yard.bring(&to.store, "schema.tar").await, Err(MoveError::Other { .. })));
    for foreign in [&b""[..], b"PK\x03\x04", &[0; 4096], b"<html>"] {
        std::fs::write(yard.path("foreign"), foreign).unwrap();
        let refused = yard.bring(&to.store, "foreign").await;
        assert!(matches!(refused, Err(MoveError::Foreign)), "{refused:?}");
    }
    let whole = std::fs::read(yard.path("good.tar")).unwrap();
    for cut in (0..whole.len()).step_by(509) {
        std::fs::write(yard.path("cut"), &whole[..cut]).unwrap();
        assert!(yard.bring(&to.store, "cut").await.is_err(), "cut to {cut}");
        let mut changed = whole.clone();
        changed[cut] ^= 0x10;
        std::fs::write(yard.path("changed"), &changed).unwrap();
        assert!(yard.bring(&to.store, "changed").await.is_err(), "byte {cut} changed");
    }
    assert_eq!(rows(&to).await, before);
    // A mistake at the very end takes everything back, files too.
    let arriving = check(&yard.path("good.tar"), at(60)).await.unwrap();
    let blobs = yard.blobs("other");
    let late = arrive(&to.store, &blobs, &arriving, "locked", |_, _| {
        Box::pin(async { Err::<(), MoveError>(StoreError::NotFound.into()) })
    });
    assert!(matches!(late.await, Err(MoveError::Store(StoreError::NotFound))));
    assert_eq!(rows(&to).await, before);
    assert!(!yard.blobs("other").exists(&format!("assets/{BRAND}/{ASSET}/file")).await.unwrap());

    // A rehearsal does it all and leaves nothing, neither rows nor files.
    let would =
        rehearse(&to.store, &arriving, "", |_, newcomers| Box::pin(async move { Ok::<_, MoveError>(newcomers) }));
    assert_eq!(would.await.unwrap(), ["anna@e.org"]);
    assert_eq!(rows(&to).await, before);
    assert!(!yard.blobs("other").exists(&format!("assets/{BRAND}/{ASSET}/file")).await.unwrap());
}
