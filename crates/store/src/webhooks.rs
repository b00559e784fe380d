//! Endpoints of programs elsewhere, the messages to them and every try to deliver one. Secrets are sealed by the caller.

use sarafan_domain::id::{BrandId, MessageId, PersonId, WebhookId};
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_domain::webhook::Topic;

use crate::paging::{Cursor, cut, one_more};
use crate::sql::{Fields, sql};
use crate::{Conn, Result, StoreError};

/// An endpoint.
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookRow {
    /// Its id.
    pub id: WebhookId,
    /// Whose.
    pub brand: BrandId,
    /// What it is for.
    pub name: String,
    /// Where it listens.
    pub url: String,
    /// What it is told of.
    pub topics: Vec<Topic>,
    /// Is it told anything?
    pub live: bool,
    /// Why it was switched off, where not by a person.
    pub reason: Option<Problem>,
    /// Its sealed secrets.
    pub secrets: Vec<u8>,
    /// So many of its last messages failed.
    pub failed: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: PersonId,
}

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageState {
    /// It is to be delivered.
    Waiting,
    /// The endpoint took it.
    Delivered,
    /// It was given up.
    Failed,
}

impl MessageState {
    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Waiting, Self::Delivered, Self::Failed].into_iter().find(|state| state.code() == code)
    }
}

/// A message to an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRow {
    /// Its id, which the endpoint is told.
    pub id: MessageId,
    /// Whose.
    pub brand: BrandId,
    /// To which endpoint.
    pub webhook: WebhookId,
    /// What happened; `webhook.test` for a test.
    pub topic: String,
    /// Where it stands.
    pub state: MessageState,
    /// So many tries since it was last put on its way.
    pub step: usize,
    /// So many tries in all.
    pub tries: i64,
    /// What the endpoint answered last.
    pub status: Option<u16>,
    /// When it happened.
    pub created_at: Timestamp,
    /// When it is tried next.
    pub next_at: Option<Timestamp>,
    /// What is sent.
    pub body: String,
}

/// One try.
#[derive(Debug, Clone, PartialEq)]
pub struct TryRow {
    /// Counts from 1.
    pub n: i64,
    /// When it began.
    pub at: Timestamp,
    /// How long it took.
    pub millis: i64,
    /// What was answered.
    pub status: Option<u16>,
    /// Why there is no answer.
    pub problem: Option<Problem>,
    /// The first bytes of the answer.
    pub answer: String,
}

fn status(value: Option<i64>) -> Result<Option<u16>> {
    value.map(u16::try_from).transpose().map_err(|_| StoreError::unreadable("a status"))
}

fn webhook(f: &mut Fields<'_>) -> Result<WebhookRow> {
    Ok(WebhookRow {
        brand: f.id()?,
        id: f.id()?,
        name: f.text()?,
        url: f.text()?,
        topics: f.json()?,
        live: f.flag()?,
        reason: f.json_opt()?,
        secrets: f.bytes()?,
        failed: f.count()?,
        created_at: f.at()?,
        created_by: f.id()?,
    })
}

fn message(f: &mut Fields<'_>) -> Result<MessageRow> {
    Ok(MessageRow {
        brand: f.id()?,
        id: f.id()?,
        webhook: f.id()?,
        topic: f.text()?,
        state: f.code(MessageState::parse)?,
        step: f.count()?,
        tries: f.int()?,
        status: status(f.int_opt()?)?,
        created_at: f.at()?,
        next_at: f.at_opt()?,
        body: f.text()?,
    })
}

macro_rules! webhooks {
    ($rest:literal) => {
        concat!(
            "SELECT brand_id, id, name, url, topics, live, reason, secrets, failed, created_at, created_by FROM webhook ",
            $rest
        )
    };
}

macro_rules! messages {
    ($rest:literal) => {
        concat!(
            "SELECT brand_id, id, webhook_id, topic, state, step, tries, status, created_at, next_at, body \
             FROM webhook_message ",
            $rest
        )
    };
}

/// Adds an endpoint.
///
/// # Errors
/// Conflict where the id exists.
pub async fn insert(conn: &mut Conn, row: &WebhookRow) -> Result<()> {
    sql("INSERT INTO webhook (brand_id, id, name, url, topics, live, reason, secrets, failed, created_at, created_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    .bind(row.brand)
    .bind(row.id)
    .bind(&row.name)
    .bind(&row.url)
    .json(&row.topics)?
    .bind(row.live)
    .json_opt(row.reason.as_ref())?
    .bind(&row.secrets)
    .bind(row.failed)
    .bind(row.created_at)
    .bind(row.created_by)
    .must(conn)
    .await
}

/// Saves everything but ids and the making.
///
/// # Errors
/// Not found.
pub async fn update(conn: &mut Conn, row: &WebhookRow) -> Result<()> {
    sql("UPDATE webhook SET name = $3, url = $4, topics = $5, live = $6, reason = $7, secrets = $8, failed = $9 \
         WHERE brand_id = $1 AND id = $2")
    .bind(row.brand)
    .bind(row.id)
    .bind(&row.name)
    .bind(&row.url)
    .json(&row.topics)?
    .bind(row.live)
    .json_opt(row.reason.as_ref())?
    .bind(&row.secrets)
    .bind(row.failed)
    .must(conn)
    .await
}

/// One endpoint.
///
/// # Errors
/// Not found.
pub async fn get(conn: &mut Conn, brand: BrandId, id: WebhookId) -> Result<WebhookRow> {
    sql(webhooks!("WHERE brand_id = $1 AND id = $2")).bind(brand).bind(id).one(conn, webhook).await
}

/// The endpoints of a brand, the oldest first.
///
/// # Errors
/// Only those of the database.
pub async fn list(conn: &mut Conn, brand: BrandId) -> Result<Vec<WebhookRow>> {
    sql(webhooks!("WHERE brand_id = $1 ORDER BY id")).bind(brand).all(conn, webhook).await
}

/// Removes an endpoint with all its messages.
///
/// # Errors
/// Not found.
pub async fn delete(conn: &mut Conn, brand: BrandId, id: WebhookId) -> Result<()> {
    sql("DELETE FROM webhook_try WHERE brand_id = $1 AND message_id IN \
         (SELECT id FROM webhook_message WHERE brand_id = $1 AND webhook_id = $2)")
    .bind(brand)
    .bind(id)
    .run(conn)
    .await?;
    sql("DELETE FROM webhook_message WHERE brand_id = $1 AND webhook_id = $2").bind(brand).bind(id).run(conn).await?;
    sql("DELETE FROM webhook WHERE brand_id = $1 AND id = $2").bind(brand).bind(id).must(conn).await
}

/// Switches every endpoint of every brand off.
///
/// # Errors
/// Only those of the database.
pub async fn switch_all_off(conn: &mut Conn, reason: &Problem) -> Result<u64> {
    sql("UPDATE webhook SET live = 0, reason = $1 WHERE live = 1").json(reason)?.run(conn).await
}

/// Adds a message, and forgets those of the brand that are over and older than `forget`.
///
/// # Errors
/// Conflict where the id exists.
pub async fn put(conn: &mut Conn, row: &MessageRow, forget: Timestamp) -> Result<()> {
    sql("DELETE FROM webhook_try WHERE brand_id = $1 AND message_id IN \
         (SELECT id FROM webhook_message WHERE brand_id = $1 AND created_at < $2 AND state <> 'waiting')")
    .bind(row.brand)
    .bind(forget)
    .run(conn)
    .await?;
    sql("DELETE FROM webhook_message WHERE brand_id = $1 AND created_at < $2 AND state <> 'waiting'")
        .bind(row.brand)
        .bind(forget)
        .run(conn)
        .await?;
    sql("INSERT INTO webhook_message (brand_id, id, webhook_id, topic, state, step, tries, status, created_at, next_at, body) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    .bind(row.brand)
    .bind(row.id)
    .bind(row.webhook)
    .bind(&row.topic)
    .bind(row.state.code())
    .bind(i64::try_from(row.step).unwrap_or(i64::MAX))
    .bind(row.tries)
    .bind(row.status.map(i64::from))
    .bind(row.created_at)
    .bind(row.next_at)
    .bind(&row.body)
    .must(conn)
    .await
}

/// One message.
///
/// # Errors
/// Not found.
pub async fn message_of(conn: &mut Conn, brand: BrandId, id: MessageId) -> Result<MessageRow> {
    sql(messages!("WHERE brand_id = $1 AND id = $2")).bind(brand).bind(id).one(conn, message).await
}

/// Saves where a message stands.
///
/// # Errors
/// Not found.
pub async fn move_message(conn: &mut Conn, row: &MessageRow) -> Result<()> {
    sql("UPDATE webhook_message SET state = $3, step = $4, tries = $5, status = $6, next_at = $7 \
         WHERE brand_id = $1 AND id = $2")
    .bind(row.brand)
    .bind(row.id)
    .bind(row.state.code())
    .bind(i64::try_from(row.step).unwrap_or(i64::MAX))
    .bind(row.tries)
    .bind(row.status.map(i64::from))
    .bind(row.next_at)
    .must(conn)
    .await
}

/// The messages to an endpoint, the newest first.
///
/// # Errors
/// Only those of the database.
pub async fn messages(
    conn: &mut Conn,
    brand: BrandId,
    id: WebhookId,
    cursor: Option<Cursor>,
    limit: usize,
) -> Result<(Vec<MessageRow>, Option<Cursor>)> {
    let from = cursor.unwrap_or(Cursor { at: i64::MAX, id: uuid::Uuid::max() });
    let rows = sql(messages!(
        "WHERE brand_id = $1 AND webhook_id = $2 AND (created_at, id) < ($3, $4) ORDER BY created_at DESC, id DESC LIMIT $5"
    ))
    .bind(brand)
    .bind(id)
    .bind(from.at)
    .bind(from.id)
    .bind(one_more(limit))
    .all(conn, message)
    .await?;
    Ok(cut(rows, limit, |row| Cursor { at: row.created_at.as_microsecond(), id: row.id.0 }))
}

/// Adds a try.
///
/// # Errors
/// Conflict where the number exists.
pub async fn tried(conn: &mut Conn, brand: BrandId, id: MessageId, row: &TryRow) -> Result<()> {
    sql("INSERT INTO webhook_try (brand_id, message_id, n, at, millis, status, problem, answer) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(brand)
    .bind(id)
    .bind(row.n)
    .bind(row.at)
    .bind(row.millis)
    .bind(row.status.map(i64::from))
    .json_opt(row.problem.as_ref())?
    .bind(&row.answer)
    .must(conn)
    .await
}

/// The tries of a message, first to last.
///
/// # Errors
/// Only those of the database.
pub async fn tries(conn: &mut Conn, brand: BrandId, id: MessageId) -> Result<Vec<TryRow>> {
    sql("SELECT n, at, millis, status, problem, answer FROM webhook_try WHERE brand_id = $1 AND message_id = $2 ORDER BY n")
        .bind(brand)
        .bind(id)
        .all(conn, |f| {
            let (n, at, millis, answered) = (f.int()?, f.at()?, f.int()?, f.int_opt()?);
            Ok(TryRow { n, at, millis, status: status(answered)?, problem: f.json_opt()?, answer: f.text()? })
        })
        .await
}
