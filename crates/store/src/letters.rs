//! Letters that are to be mailed, and what became of them. One that belongs to no brand, such as a link for a new
//! password, is kept under the nil id.

use sarafan_domain::id::{BrandId, LetterId};
use sarafan_domain::language::Lang;
use sarafan_domain::time::Timestamp;
use uuid::Uuid;

use crate::sql::{Fields, built, marks, only, sql};
use crate::{Conn, Result};

/// Where a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterState {
    /// On its way.
    Waiting,
    /// The mail server took it.
    Sent,
    /// It was not taken, and is not tried again.
    Failed,
}

impl LetterState {
    /// Every state.
    const ALL: [Self; 3] = [Self::Waiting, Self::Sent, Self::Failed];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRow {
    /// Its id.
    pub id: LetterId,
    /// Of which brand.
    pub brand: BrandId,
    /// What kind of letter.
    pub kind: String,
    /// To which address.
    pub recipient: String,
    /// In which language.
    pub language: Lang,
    /// What it is about.
    pub about: Option<Uuid>,
    /// Where it is.
    pub state: LetterState,
    /// How often it was tried.
    pub tries: u32,
    /// What the mail server said last.
    pub reason: Option<String>,
    /// What it says, sealed; `None` once it came to its end.
    pub sealed: Option<Vec<u8>>,
    /// When it was written.
    pub created_at: Timestamp,
    /// It is of no use after.
    pub expires_at: Timestamp,
    /// When it came to its end.
    pub ended_at: Option<Timestamp>,
}

fn read(f: &mut Fields<'_>) -> Result<LetterRow> {
    Ok(LetterRow {
        id: f.id()?,
        brand: f.id()?,
        kind: f.text()?,
        recipient: f.text()?,
        language: f.code(Lang::parse)?,
        about: f.id_opt()?,
        state: f.code(LetterState::parse)?,
        tries: f.count()?,
        reason: f.text_opt()?,
        sealed: f.bytes_opt()?,
        created_at: f.at()?,
        expires_at: f.at()?,
        ended_at: f.at_opt()?,
    })
}

/// Adds a letter.
///
/// # Errors
/// Conflict where the id exists.
pub async fn insert(conn: &mut Conn, row: &LetterRow) -> Result<()> {
    sql(
        "INSERT INTO letter (brand_id, id, kind, recipient, language, about, state, tries, reason, sealed, created_at, \
         expires_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(row.brand)
    .bind(row.id)
    .bind(&row.kind)
    .bind(&row.recipient)
    .bind(row.language.code())
    .bind(row.about)
    .bind(row.state.code())
    .bind(row.tries)
    .bind(row.reason.clone())
    .bind(row.sealed.clone())
    .bind(row.created_at)
    .bind(row.expires_at)
    .bind(row.ended_at)
    .must(conn)
    .await
}

/// One letter.
///
/// # Errors
/// Not found.
pub async fn get(conn: &mut Conn, brand: BrandId, id: LetterId) -> Result<LetterRow> {
    sql("SELECT id, brand_id, kind, recipient, language, about, state, tries, reason, sealed, created_at, expires_at, \
         ended_at FROM letter WHERE brand_id = $1 AND id = $2")
    .bind(brand)
    .bind(id)
    .one(conn, read)
    .await
}

/// A try is over and another one follows.
///
/// # Errors
/// Not found.
pub async fn tried(conn: &mut Conn, brand: BrandId, id: LetterId, reason: &str) -> Result<()> {
    sql("UPDATE letter SET tries = tries + 1, reason = $3 WHERE brand_id = $1 AND id = $2")
        .bind(brand)
        .bind(id)
        .bind(reason)
        .must(conn)
        .await
}

/// A letter came to its end: what it said is forgotten.
///
/// # Errors
/// Not found.
pub async fn end(
    conn: &mut Conn,
    brand: BrandId,
    id: LetterId,
    state: LetterState,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    sql("UPDATE letter SET tries = tries + 1, state = $3, reason = $4, sealed = NULL, ended_at = $5 \
         WHERE brand_id = $1 AND id = $2")
    .bind(brand)
    .bind(id)
    .bind(state.code())
    .bind(reason)
    .bind(now)
    .must(conn)
    .await
}

/// Takes back what was not mailed yet about a thing: its job finds nothing to do.
///
/// # Errors
/// Only those of the database.
pub async fn take_back(conn: &mut Conn, brand: BrandId, about: Uuid) -> Result<()> {
    sql("DELETE FROM letter WHERE brand_id = $1 AND about = $2 AND state = 'waiting'")
        .bind(brand)
        .bind(about)
        .run(conn)
        .await
        .map(|_| ())
}

/// Where the letters about these things are; of several about one thing the last one counts.
///
/// # Errors
/// Only those of the database.
pub async fn about(conn: &mut Conn, brand: BrandId, things: &[Uuid]) -> Result<Vec<(Uuid, LetterState)>> {
    let mut found = Vec::new();
    for some in things.chunks(crate::sql::CHUNK) {
        let text = format!(
            "SELECT about, state FROM letter WHERE brand_id = $1 AND about IN ({}) ORDER BY created_at, id",
            marks(2, some.len())
        );
        let statement = some.iter().fold(built(text).bind(brand), |statement, thing| statement.bind(*thing));
        found.extend(statement.of_rows(some.len()).all(conn, |f| Ok((f.id()?, f.code(LetterState::parse)?))).await?);
    }
    Ok(found)
}

/// How many letters of a brand failed since, and what the mail server said to the last of them.
///
/// # Errors
/// Only those of the database.
pub async fn failed(conn: &mut Conn, brand: BrandId, since: Timestamp) -> Result<(i64, Option<String>)> {
    let count = sql("SELECT count(*) FROM letter WHERE brand_id = $1 AND ended_at >= $2 AND state = 'failed'")
        .bind(brand)
        .bind(since)
        .one(conn, only::int)
        .await?;
    let last =
        sql("SELECT COALESCE(reason, '') FROM letter WHERE brand_id = $1 AND ended_at >= $2 AND state = 'failed' \
                    ORDER BY ended_at DESC LIMIT 1")
        .bind(brand)
        .bind(since)
        .optional(conn, only::text)
        .await?;
    Ok((count, last))
}

/// Forgets the letters of a brand that came to their end before.
///
/// # Errors
/// Only those of the database.
pub async fn forget(conn: &mut Conn, brand: BrandId, before: Timestamp) -> Result<u64> {
    sql("DELETE FROM letter WHERE brand_id = $1 AND ended_at < $2").bind(brand).bind(before).run(conn).await
}
