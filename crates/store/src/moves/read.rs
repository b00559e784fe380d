//! Puts a brand in: its files first, then all rows in one transaction. People who are here already, by their e-mail
//! address, stay who they are; others come without a way to sign in until they are given one. A rehearsal does the same
//! with the rows, leaves the files alone and takes everything back.

use std::collections::HashMap;

use futures::future::BoxFuture;
use uuid::Uuid;

use super::check::{Arriving, LINES, table_of};
use super::tables::MOVES;
use super::tar::In;
use super::{MoveError, PEOPLE, Result, key, line};
use crate::backup::layout::Table;
use crate::backup::load::Filler;
use crate::blobs::Blobs;
use crate::sql::{only, sql};
use crate::store::Engine;
use crate::value::Value;
use crate::{Conn, Store};

/// Puts a brand in. `locked` is a hash that no password proves, for people who are new here. `settle` runs inside the
/// transaction, after the last row, and is told the addresses of these.
///
/// # Errors
/// [`MoveError::Here`]; those of the database and the storage, and whatever `settle` says. Nothing is left behind then.
pub async fn arrive<T, E, F>(
    store: &Store,
    blobs: &Blobs,
    arriving: &Arriving,
    locked: &str,
    settle: F,
) -> std::result::Result<T, E>
where
    F: for<'t> FnOnce(&'t mut Conn, Vec<String>) -> BoxFuture<'t, std::result::Result<T, E>> + Send,
    E: From<MoveError>,
{
    let mut conn = store.writing().await.map_err(MoveError::from)?;
    let mut put = Vec::new();
    let done = async {
        is_new(&mut conn, arriving).await?;
        files(blobs, arriving, &mut put).await?;
        within(&mut conn, arriving, locked, settle, "COMMIT").await
    }
    .await;
    let _ = conn.close().await;
    if done.is_err() {
        for key in put {
            let _ = blobs.delete(&key).await;
        }
    }
    done
}

/// Does all that [`arrive`] does to the database, and takes it back: what it says is what would be.
///
/// # Errors
/// As [`arrive`].
pub async fn rehearse<T, E, F>(store: &Store, arriving: &Arriving, locked: &str, settle: F) -> std::result::Result<T, E>
where
    F: for<'t> FnOnce(&'t mut Conn, Vec<String>) -> BoxFuture<'t, std::result::Result<T, E>> + Send,
    E: From<MoveError>,
{
    let mut conn = store.writing().await.map_err(MoveError::from)?;
    let done = within(&mut conn, arriving, locked, settle, "ROLLBACK").await;
    let _ = conn.close().await;
    done
}

/// All rows in one transaction, which ends with `word` where nothing is wrong.
async fn within<T, E, F>(
    conn: &mut Conn,
    arriving: &Arriving,
    locked: &str,
    settle: F,
    word: &'static str,
) -> std::result::Result<T, E>
where
    F: for<'t> FnOnce(&'t mut Conn, Vec<String>) -> BoxFuture<'t, std::result::Result<T, E>> + Send,
    E: From<MoveError>,
{
    let begin = match conn.engine() {
        Engine::Sqlite => "BEGIN IMMEDIATE",
        Engine::Postgres => "BEGIN",
    };
    sql(begin).run(conn).await.map_err(MoveError::from)?;
    let done = async {
        is_new(conn, arriving).await?;
        let newcomers = rows(conn, arriving, locked).await?;
        settle(conn, newcomers).await
    }
    .await;
    let word = if done.is_ok() { word } else { "ROLLBACK" };
    let ended = sql(word).run(conn).await.map_err(MoveError::from);
    let done = done?;
    ended?;
    Ok(done)
}

async fn is_new(conn: &mut Conn, arriving: &Arriving) -> Result<()> {
    let found = sql("SELECT count(*) FROM brand WHERE id = $1").bind(arriving.head.brand).one(conn, only::int).await?;
    if found > 0 { Err(MoveError::Here) } else { Ok(()) }
}

/// No brand of this id is here, so nothing else lies under its keys.
async fn files(blobs: &Blobs, arriving: &Arriving, put: &mut Vec<String>) -> Result<()> {
    let mut file = In::open(&arriving.path)?;
    while let Some((name, _)) = file.next()? {
        let Some(id) = name.strip_prefix("media/").and_then(|id| id.parse::<Uuid>().ok()) else { continue };
        let key = key(arriving.head.brand, id);
        put.push(key.clone());
        let mut writer = blobs.writer(&key)?;
        while let Some(piece) = file.piece()? {
            writer.write(piece.into()).await?;
        }
        writer.finish().await?;
    }
    Ok(())
}

/// Says the addresses of those who are new here.
async fn rows(conn: &mut Conn, arriving: &Arriving, locked: &str) -> Result<Vec<String>> {
    let (people, newcomers) = people(conn, arriving, locked).await?;
    let mut file = In::open(&arriving.path)?;
    let mut filler: Option<Filler> = None;
    loop {
        let digest = file.digest();
        let Some((name, _)) = file.next()? else { break };
        if name == super::END {
            // It is the file that was checked.
            if digest != arriving.sums.sha256 {
                return Err(MoveError::damaged(&name, "it has changed since it was checked"));
            }
            continue;
        }
        let rest = name.strip_prefix("tables/");
        let table = rest.map(|rest| table_of(&arriving.tables, rest)).transpose()?;
        let Some(table) = table.filter(|table| table.name != PEOPLE) else {
            // What is passed over counts for the hash too.
            while file.piece()?.is_some() {}
            continue;
        };
        if filler.as_ref().is_none_or(|filler| filler.table.name != table.name) {
            if let Some(mut last) = filler.take() {
                last.flush(conn).await.map_err(from_backup)?;
            }
            filler = Some(Filler::new(table.clone()));
        }
        let persons = MOVES.iter().find(|(of, ..)| *of == table.name).map_or(&[][..], |(_, _, persons)| persons);
        let bytes = file.whole(LINES)?;
        let text = String::from_utf8(bytes).map_err(|_| MoveError::damaged(&name, "it is not text"))?;
        if let Some(filler) = &mut filler {
            for one in text.lines() {
                let row = known(table, line::read(table, one)?, persons, &people);
                filler.put(conn, row).await.map_err(from_backup)?;
            }
        }
    }
    if let Some(mut last) = filler {
        last.flush(conn).await.map_err(from_backup)?;
    }
    if conn.engine() == Engine::Sqlite {
        sql("INSERT INTO post_words (rowid, words) SELECT rowid, words FROM post WHERE brand_id = $1")
            .bind(arriving.head.brand)
            .run(conn)
            .await?;
    }
    Ok(newcomers)
}

fn from_backup(error: crate::backup::BackupError) -> MoveError {
    match error {
        crate::backup::BackupError::Store(error) => error.into(),
        other => MoveError::damaged("", other.to_string()),
    }
}

/// A row with the people as they are known here.
fn known(table: &Table, mut row: Vec<Value>, persons: &[&str], people: &HashMap<Uuid, Uuid>) -> Vec<Value> {
    for column in persons {
        let here = line::id(table, &row, column).and_then(|id| people.get(&id));
        if let (Some(here), Some(value)) = (here, table.place(column).and_then(|place| row.get_mut(place))) {
            *value = Value::Bytes(Some(here.as_bytes().to_vec()));
        }
    }
    row
}

/// Under which ids the people are here, and the addresses of those who are new.
async fn people(conn: &mut Conn, arriving: &Arriving, locked: &str) -> Result<(HashMap<Uuid, Uuid>, Vec<String>)> {
    let (mut known, mut newcomers) = (HashMap::new(), Vec::new());
    let mut file = In::open(&arriving.path)?;
    while let Some((name, _)) = file.next()? {
        let Some(rest) = name.strip_prefix("tables/") else { continue };
        let table = table_of(&arriving.tables, rest)?;
        if table.name != PEOPLE {
            continue;
        }
        let bytes = file.whole(LINES)?;
        for one in String::from_utf8_lossy(&bytes).lines() {
            let row = line::read(table, one)?;
            let bad = || MoveError::damaged(&name, "a person without an id or an address");
            let id = line::id(table, &row, "id").ok_or_else(bad)?;
            let email = line::text(table, &row, "email").ok_or_else(bad)?.to_lowercase();
            let here =
                sql("SELECT id FROM person WHERE email = $1").bind(&email).optional(conn, only::id::<Uuid>).await?;
            if let Some(here) = here {
                known.insert(id, here);
                continue;
            }
            // Somebody else may have the id: an address is who one is.
            let taken = sql("SELECT count(*) FROM person WHERE id = $1").bind(id).one(conn, only::int).await?;
            let own = if taken > 0 { Uuid::now_v7() } else { id };
            known.insert(id, own);
            let word = |column: &str| line::text(table, &row, column).unwrap_or_default().to_owned();
            let created = match table.place("created_at").and_then(|place| row.get(place)) {
                Some(Value::Int(Some(at))) => *at,
                _ => 0,
            };
            sql(
                "INSERT INTO person (id, email, name, password_hash, language, theme, installation_owner, created_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, 0, $7)",
            )
            .bind(own)
            .bind(&email)
            .bind(word("name"))
            .bind(locked)
            .bind(word("language"))
            .bind(word("theme"))
            .bind(created)
            .must(conn)
            .await?;
            newcomers.push(email);
        }
    }
    Ok((known, newcomers))
}
