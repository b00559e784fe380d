//! Where people hear of things by messenger, and the words by which a chat is known to be theirs.

use sarafan_domain::id::PersonId;
use sarafan_domain::time::Timestamp;

use crate::sql::{Fields, only, sql};
use crate::{Conn, Result};

/// A person's chat with the installation's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatRow {
    /// Whose.
    pub person: PersonId,
    /// How the messenger calls the chat.
    pub chat: String,
    /// What the person is called there.
    pub name: String,
    /// Since when.
    pub linked_at: Timestamp,
}

fn read(f: &mut Fields<'_>) -> Result<ChatRow> {
    Ok(ChatRow { person: f.id()?, chat: f.text()?, name: f.text()?, linked_at: f.at()? })
}

/// The chat of a person.
///
/// # Errors
/// Only those of the database.
pub async fn chat(conn: &mut Conn, person: PersonId) -> Result<Option<ChatRow>> {
    sql("SELECT person_id, chat, name, linked_at FROM messenger_chat WHERE person_id = $1")
        .bind(person)
        .optional(conn, read)
        .await
}

/// A chat is a person's, in place of the one before.
///
/// # Errors
/// Only those of the database.
pub async fn link(conn: &mut Conn, row: &ChatRow) -> Result<()> {
    sql(
        "INSERT INTO messenger_chat (person_id, chat, name, linked_at) VALUES ($1, $2, $3, $4) ON CONFLICT (person_id) \
         DO UPDATE SET chat = excluded.chat, name = excluded.name, linked_at = excluded.linked_at",
    )
    .bind(row.person)
    .bind(&row.chat)
    .bind(&row.name)
    .bind(row.linked_at)
    .must(conn)
    .await
}

/// A person has no chat any more. `false` where there was none.
///
/// # Errors
/// Only those of the database.
pub async fn unlink(conn: &mut Conn, person: PersonId) -> Result<bool> {
    Ok(sql("DELETE FROM messenger_chat WHERE person_id = $1").bind(person).run(conn).await? > 0)
}

/// Keeps what a person is to say, in place of what was before.
///
/// # Errors
/// Only those of the database.
pub async fn expect(conn: &mut Conn, person: PersonId, hash: &[u8], expires_at: Timestamp) -> Result<()> {
    sql("INSERT INTO messenger_code (person_id, hash, expires_at) VALUES ($1, $2, $3) ON CONFLICT (person_id) \
         DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at")
    .bind(person)
    .bind(hash.to_vec())
    .bind(expires_at)
    .must(conn)
    .await
}

/// Whose word this is; it is good once.
///
/// # Errors
/// Only those of the database.
pub async fn take(conn: &mut Conn, hash: &[u8], now: Timestamp) -> Result<Option<PersonId>> {
    let found = sql("SELECT person_id FROM messenger_code WHERE hash = $1 AND expires_at > $2")
        .bind(hash.to_vec())
        .bind(now)
        .optional(conn, only::id)
        .await?;
    sql("DELETE FROM messenger_code WHERE hash = $1").bind(hash.to_vec()).run(conn).await?;
    Ok(found)
}

/// Is anybody still expected to say a word? What is too late is forgotten.
///
/// # Errors
/// Only those of the database.
pub async fn expected(conn: &mut Conn, now: Timestamp) -> Result<bool> {
    sql("DELETE FROM messenger_code WHERE expires_at <= $1").bind(now).run(conn).await?;
    Ok(sql("SELECT count(*) FROM messenger_code").one(conn, only::int).await? > 0)
}
