//! The audit log: who changed what. Rows are added and never changed.

use std::collections::HashMap;

use sarafan_domain::audit::SubjectKind;
use sarafan_domain::id::{BrandId, PersonId};
use sarafan_domain::time::Timestamp;
use uuid::Uuid;

use crate::paging::{Cursor, cut, one_more};
use crate::sql::{CHUNK, Fields, built, marks, sql};
use crate::{Conn, Result};

/// One line of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRow {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who; `None` for Sarafan itself.
    pub person: Option<PersonId>,
    /// What was done: `post.publish`.
    pub action: String,
    /// To what: `post:<id>`.
    pub subject: String,
    /// Details.
    pub detail: serde_json::Value,
}

/// What belongs to the installation and to no brand is kept under this id.
const NO_BRAND: BrandId = BrandId(Uuid::nil());

fn read(f: &mut Fields<'_>) -> Result<AuditRow> {
    Ok(AuditRow {
        id: f.id()?,
        at: f.at()?,
        person: f.id_opt()?,
        action: f.text()?,
        subject: f.text()?,
        detail: f.json()?,
    })
}

/// Adds a line; `brand` is `None` for what belongs to the whole installation.
///
/// # Errors
/// Only those of the database.
pub async fn insert(
    conn: &mut Conn,
    brand: Option<BrandId>,
    person: Option<PersonId>,
    action: &str,
    subject: &str,
    detail: &serde_json::Value,
    at: Timestamp,
) -> Result<()> {
    sql("INSERT INTO audit (brand_id, id, at, person_id, action, subject, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(brand.unwrap_or(NO_BRAND))
        .bind(Uuid::now_v7())
        .bind(at)
        .bind(person)
        .bind(action)
        .bind(subject)
        .json(detail)?
        .must(conn)
        .await
}

/// Whose lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A person's.
    Person(PersonId),
    /// Those of nobody: Sarafan itself and the command line.
    Nobody,
}

/// Which lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only theirs.
    pub by: Option<By>,
    /// Only this action, or those of an area: `post.publish`, `post`.
    pub action: Option<String>,
    /// Only about this.
    pub subject: Option<String>,
    /// At or after.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
}

/// The lines of a brand (or of the installation), newest first.
///
/// # Errors
/// Only those of the database.
pub async fn list(
    conn: &mut Conn,
    brand: Option<BrandId>,
    filter: &AuditFilter,
    cursor: Option<Cursor>,
    limit: usize,
) -> Result<(Vec<AuditRow>, Option<Cursor>)> {
    let from = cursor.unwrap_or(Cursor { at: i64::MAX, id: Uuid::max() });
    let mut text = String::from(
        "SELECT id, at, person_id, action, subject, detail FROM audit \
         WHERE brand_id = $1 AND (at, id) < ($2, $3)",
    );
    let mut n = 3;
    let mut also = |condition: &str, values: usize| {
        let names: Vec<String> = (n + 1..=n + values).map(|name| format!("${name}")).collect();
        n += values;
        text.push_str(&names.iter().fold(format!(" AND {condition}"), |text, name| text.replacen('?', name, 1)));
    };
    if filter.from.is_some() {
        also("at >= ?", 1);
    }
    if filter.to.is_some() {
        also("at < ?", 1);
    }
    match filter.by {
        Some(By::Person(_)) => also("person_id = ?", 1),
        Some(By::Nobody) => also("person_id IS NULL", 0),
        None => {}
    }
    let area = filter.action.as_deref().filter(|action| !action.contains('.'));
    match (&filter.action, area) {
        (_, Some(_)) => also("action >= ? AND action < ?", 2),
        (Some(_), None) => also("action = ?", 1),
        (None, None) => {}
    }
    if filter.subject.is_some() {
        also("subject = ?", 1);
    }
    text.push_str(&format!(" ORDER BY at DESC, id DESC LIMIT ${}", n + 1));
    let mut statement = built(text).bind(brand.unwrap_or(NO_BRAND)).bind(from.at).bind(from.id);
    for at in [filter.from, filter.to].into_iter().flatten() {
        statement = statement.bind(at);
    }
    if let Some(By::Person(person)) = filter.by {
        statement = statement.bind(person);
    }
    statement = match (&filter.action, area) {
        // A slash follows the point.
        (_, Some(area)) => statement.bind(format!("{area}.")).bind(format!("{area}/")),
        (Some(action), None) => statement.bind(action),
        (None, None) => statement,
    };
    if let Some(subject) = &filter.subject {
        statement = statement.bind(subject);
    }
    let rows = statement.bind(one_more(limit)).all(conn, read).await?;
    Ok(cut(rows, limit, |row| Cursor { at: row.at.as_microsecond(), id: row.id }))
}

/// Where each of the things lies that a line can be about.
const THINGS: [(SubjectKind, &str); 7] = [
    (SubjectKind::Post, "SELECT t.id, t.title FROM post t WHERE t.brand_id = $1 AND t.id"),
    (
        SubjectKind::Delivery,
        "SELECT t.id, p.title FROM delivery t JOIN post p ON p.brand_id = t.brand_id AND p.id = t.post_id \
         WHERE t.brand_id = $1 AND t.id",
    ),
    (SubjectKind::Channel, "SELECT t.id, t.name FROM channel t WHERE t.brand_id = $1 AND t.id"),
    (SubjectKind::Asset, "SELECT t.id, t.name FROM asset t WHERE t.brand_id = $1 AND t.id"),
    (SubjectKind::Rubric, "SELECT t.id, t.name FROM rubric t WHERE t.brand_id = $1 AND t.id"),
    (
        SubjectKind::Member,
        "SELECT t.person_id, p.name FROM member t JOIN person p ON p.id = t.person_id \
         WHERE t.brand_id = $1 AND t.person_id",
    ),
    (SubjectKind::Invitation, "SELECT t.id, t.email FROM invitation t WHERE t.brand_id = $1 AND t.id"),
];

/// What these ids are in a brand, with their names; what is gone is left out.
///
/// # Errors
/// Only those of the database.
pub async fn things(conn: &mut Conn, brand: BrandId, ids: &[Uuid]) -> Result<HashMap<Uuid, (SubjectKind, String)>> {
    let mut found = HashMap::new();
    for (thing, select) in THINGS {
        for some in ids.chunks(CHUNK) {
            let text = format!("{select} IN ({})", marks(2, some.len()));
            let statement = some.iter().fold(built(text).bind(brand), |statement, id| statement.bind(*id));
            let rows = statement.of_rows(some.len()).all(conn, |f| Ok((f.id::<Uuid>()?, f.text()?))).await?;
            found.extend(rows.into_iter().map(|(id, name)| (id, (thing, name))));
        }
    }
    Ok(found)
}

/// The names of those who did something.
///
/// # Errors
/// Only those of the database.
pub async fn persons(conn: &mut Conn, ids: &[PersonId]) -> Result<HashMap<PersonId, String>> {
    let mut found = HashMap::new();
    for some in ids.chunks(CHUNK) {
        let text = format!("SELECT id, name FROM person WHERE id IN ({})", marks(1, some.len()));
        let statement = some.iter().fold(built(text), |statement, id| statement.bind(*id));
        found.extend(statement.of_rows(some.len()).all(conn, |f| Ok((f.id()?, f.text()?))).await?);
    }
    Ok(found)
}
