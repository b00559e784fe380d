//! Tasks: what somebody is to do by when.

use sarafan_domain::id::{BrandId, PersonId, PostId, TaskId};
use sarafan_domain::time::{Timestamp, Wall};

use crate::paging::{Cursor, cut, one_more};
use crate::sql::{Fields, Sql, built, instant, sql};
use crate::{Conn, Result};

/// Where a task without a time stands: one index orders all of them.
const NEVER: i64 = i64::MAX;

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    /// Its id.
    pub id: TaskId,
    /// In which brand.
    pub brand: BrandId,
    /// What is to be done.
    pub title: String,
    /// More about it.
    pub description: String,
    /// Who is to do it.
    pub assignee: Option<PersonId>,
    /// Which post it is about.
    pub post: Option<PostId>,
    /// Until when, by the brand's clock.
    pub due: Option<Wall>,
    /// The instant of it; both or neither.
    pub due_at: Option<Timestamp>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// By whom.
    pub done_by: Option<PersonId>,
    /// Who wrote it down.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
}

/// Which tasks.
#[derive(Debug, Clone, Copy, Default)]
pub struct TaskFilter {
    /// Those of one person.
    pub assignee: Option<PersonId>,
    /// `false`: those to be done; `true`: those that are.
    pub done: bool,
    /// Those that were due before.
    pub due_before: Option<Timestamp>,
    /// Those about one post.
    pub post: Option<PostId>,
}

fn kept(due_at: Option<Timestamp>) -> i64 {
    due_at.map_or(NEVER, Timestamp::as_microsecond)
}

fn read(f: &mut Fields<'_>) -> Result<TaskRow> {
    Ok(TaskRow {
        id: f.id()?,
        brand: f.id()?,
        title: f.text()?,
        description: f.text()?,
        assignee: f.id_opt()?,
        post: f.id_opt()?,
        due: f.text_opt()?.and_then(|text| text.parse().ok()),
        due_at: match f.int()? {
            NEVER => None,
            micros => Some(instant(micros)?),
        },
        done_at: f.at_opt()?,
        done_by: f.id_opt()?,
        created_by: f.id()?,
        created_at: f.at()?,
    })
}

/// Adds a task.
///
/// # Errors
/// Conflict where the id exists.
pub async fn insert(conn: &mut Conn, row: &TaskRow) -> Result<()> {
    sql("INSERT INTO task (brand_id, id, title, description, assignee_id, post_id, due, due_at, done_at, done_by, \
         created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(row.brand)
    .bind(row.id)
    .bind(&row.title)
    .bind(&row.description)
    .bind(row.assignee)
    .bind(row.post)
    .bind(row.due)
    .bind(kept(row.due_at))
    .bind(row.done_at)
    .bind(row.done_by)
    .bind(row.created_by)
    .bind(row.created_at)
    .must(conn)
    .await
}

/// One task.
///
/// # Errors
/// Not found.
pub async fn get(conn: &mut Conn, brand: BrandId, id: TaskId) -> Result<TaskRow> {
    sql("SELECT id, brand_id, title, description, assignee_id, post_id, due, due_at, done_at, done_by, created_by, \
         created_at FROM task WHERE brand_id = $1 AND id = $2")
    .bind(brand)
    .bind(id)
    .one(conn, read)
    .await
}

/// Tasks by the time they are due; those without one come last.
///
/// # Errors
/// Only those of the database.
pub async fn list(
    conn: &mut Conn,
    brand: BrandId,
    filter: &TaskFilter,
    cursor: Option<Cursor>,
    limit: usize,
) -> Result<(Vec<TaskRow>, Option<Cursor>)> {
    let from = cursor.unwrap_or(Cursor { at: i64::MIN, id: uuid::Uuid::nil() });
    let mut text = "SELECT id, brand_id, title, description, assignee_id, post_id, due, due_at, done_at, done_by, \
                    created_by, created_at FROM task WHERE brand_id = $1 AND (due_at, id) > ($2, $3) AND due_at <= $4"
        .to_owned();
    text.push_str(if filter.done { " AND done_at IS NOT NULL" } else { " AND done_at IS NULL" });
    let mut ids = Vec::new();
    for (column, id) in [("assignee_id", filter.assignee.map(|id| id.0)), ("post_id", filter.post.map(|id| id.0))] {
        if let Some(id) = id {
            ids.push(id);
            text.push_str(&format!(" AND {column} = ${}", 4 + ids.len()));
        }
    }
    text.push_str(&format!(" ORDER BY due_at, id LIMIT ${}", 5 + ids.len()));
    let before = filter.due_before.map_or(NEVER, |at| at.as_microsecond() - 1);
    let statement = built(text).bind(brand).bind(from.at).bind(from.id).bind(before);
    let statement = ids.into_iter().fold(statement, Sql::bind);
    let rows = statement.bind(one_more(limit)).all(conn, read).await?;
    Ok(cut(rows, limit, |row| Cursor { at: kept(row.due_at), id: row.id.0 }))
}

/// Saves everything that can change.
///
/// # Errors
/// Not found.
pub async fn update(conn: &mut Conn, row: &TaskRow) -> Result<()> {
    sql("UPDATE task SET title = $3, description = $4, assignee_id = $5, post_id = $6, due = $7, due_at = $8, \
         done_at = $9, done_by = $10 WHERE brand_id = $1 AND id = $2")
    .bind(row.brand)
    .bind(row.id)
    .bind(&row.title)
    .bind(&row.description)
    .bind(row.assignee)
    .bind(row.post)
    .bind(row.due)
    .bind(kept(row.due_at))
    .bind(row.done_at)
    .bind(row.done_by)
    .must(conn)
    .await
}

/// Removes a task.
///
/// # Errors
/// Not found.
pub async fn delete(conn: &mut Conn, brand: BrandId, id: TaskId) -> Result<()> {
    sql("DELETE FROM task WHERE brand_id = $1 AND id = $2").bind(brand).bind(id).must(conn).await
}
