//! Approval: where it stands per post, its history, and what a brand wants of it. The links of reviewers are in `links`.

use std::collections::{BTreeMap, HashMap};

use sarafan_domain::approval::{Approval, Policy, Standing, WhenDue};
use sarafan_domain::id::{ApprovalEventId, BrandId, ChannelId, PersonId, PostId, ReviewLinkId};
use sarafan_domain::post::Content;
use sarafan_domain::time::Timestamp;
use uuid::Uuid;

use crate::paging::{Cursor, cut, one_more};
use crate::sql::{Fields, only, sql};
use crate::{Conn, Result};

mod links;

pub use links::{LinkRow, insert_link, link, link_by_token, links, revoke_link, touch_link};

/// Where the approval of a post stands, and whose word that was.
#[derive(Debug, Clone, PartialEq)]
pub struct ApprovalRow {
    /// Which post.
    pub post: PostId,
    /// Where it stands.
    pub approval: Approval,
    /// Since when.
    pub at: Timestamp,
    /// Who said so; `None` for somebody without an account, and for Sarafan itself.
    pub person: Option<PersonId>,
    /// Their name.
    pub by: String,
    /// What they added.
    pub note: String,
}

/// A word of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct EventRow {
    /// Its id.
    pub id: ApprovalEventId,
    /// About which post.
    pub post: PostId,
    /// When.
    pub at: Timestamp,
    /// What was said: `submitted`, `approved`, `changes_asked`, `withdrawn`, `dropped`, `commented`, `reminded`,
    /// `overdue`.
    pub kind: String,
    /// Who; `None` for somebody without an account, and for Sarafan itself.
    pub person: Option<PersonId>,
    /// The link they came by.
    pub link: Option<ReviewLinkId>,
    /// Their name.
    pub by: String,
    /// What they added.
    pub note: String,
    /// Fingerprint of what they saw.
    pub hash: String,
    /// What they saw, where they said yes or no to it.
    pub seen: Option<Content>,
}

fn read(f: &mut Fields<'_>) -> Result<ApprovalRow> {
    Ok(ApprovalRow {
        post: f.id()?,
        approval: Approval { standing: f.code(Standing::parse)?, hash: f.text()? },
        at: f.at()?,
        person: f.id_opt()?,
        by: f.text()?,
        note: f.text()?,
    })
}

/// The approval of a post; `None` where nobody was ever asked.
///
/// # Errors
/// Only those of the database.
pub async fn get(conn: &mut Conn, brand: BrandId, post: PostId) -> Result<Option<ApprovalRow>> {
    sql("SELECT post_id, standing, hash, at, person_id, done_by, note FROM approval \
         WHERE brand_id = $1 AND post_id = $2")
    .bind(brand)
    .bind(post)
    .optional(conn, read)
    .await
}

/// Says where the approval of a post stands.
///
/// # Errors
/// Only those of the database.
pub async fn put(conn: &mut Conn, brand: BrandId, row: &ApprovalRow) -> Result<()> {
    sql("INSERT INTO approval (brand_id, post_id, standing, hash, at, person_id, done_by, note) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (brand_id, post_id) DO UPDATE SET standing = excluded.standing, hash = excluded.hash, \
         at = excluded.at, person_id = excluded.person_id, done_by = excluded.done_by, note = excluded.note")
    .bind(brand)
    .bind(row.post)
    .bind(row.approval.standing.code())
    .bind(&row.approval.hash)
    .bind(row.at)
    .bind(row.person)
    .bind(&row.by)
    .bind(&row.note)
    .must(conn)
    .await
}

/// Posts whose approval stands there: those that wait, the longest first; those that are approved, the latest first.
///
/// # Errors
/// Only those of the database.
pub async fn list(
    conn: &mut Conn,
    brand: BrandId,
    standing: Standing,
    cursor: Option<Cursor>,
    limit: usize,
) -> Result<(Vec<ApprovalRow>, Option<Cursor>)> {
    let (text, start) = if standing == Standing::Approved {
        let text = "SELECT post_id, standing, hash, at, person_id, done_by, note FROM approval WHERE brand_id = $1 \
                    AND standing = $2 AND (at, post_id) < ($3, $4) ORDER BY at DESC, post_id DESC LIMIT $5";
        (text, Cursor { at: i64::MAX, id: Uuid::max() })
    } else {
        let text = "SELECT post_id, standing, hash, at, person_id, done_by, note FROM approval WHERE brand_id = $1 \
                    AND standing = $2 AND (at, post_id) > ($3, $4) ORDER BY at, post_id LIMIT $5";
        (text, Cursor { at: i64::MIN, id: Uuid::nil() })
    };
    let from = cursor.unwrap_or(start);
    let rows = sql(text)
        .bind(brand)
        .bind(standing.code())
        .bind(from.at)
        .bind(from.id)
        .bind(one_more(limit))
        .all(conn, read)
        .await?;
    Ok(cut(rows, limit, |row| Cursor { at: row.at.as_microsecond(), id: row.post.0 }))
}

/// How many posts wait for an answer, and how many for their author.
///
/// # Errors
/// Only those of the database.
pub async fn counts(conn: &mut Conn, brand: BrandId) -> Result<HashMap<Standing, i64>> {
    let rows = sql("SELECT standing, count(*) FROM approval WHERE brand_id = $1 AND standing IN ($2, $3) \
                    GROUP BY standing ORDER BY standing")
    .bind(brand)
    .bind(Standing::InReview.code())
    .bind(Standing::ChangesAsked.code())
    .all(conn, |f| Ok((f.code(Standing::parse)?, f.int()?)))
    .await?;
    Ok(rows.into_iter().collect())
}

/// Adds a word to the history.
///
/// # Errors
/// Only those of the database.
pub async fn add_event(conn: &mut Conn, brand: BrandId, row: &EventRow) -> Result<()> {
    sql("INSERT INTO approval_event (brand_id, post_id, id, at, kind, person_id, link_id, done_by, note, hash, seen) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    .bind(brand)
    .bind(row.post)
    .bind(row.id)
    .bind(row.at)
    .bind(&row.kind)
    .bind(row.person)
    .bind(row.link)
    .bind(&row.by)
    .bind(&row.note)
    .bind(&row.hash)
    .json_opt(row.seen.as_ref())?
    .must(conn)
    .await
}

/// The history of a post, the latest first, from before `before` on, and where the next page begins.
///
/// # Errors
/// Only those of the database.
pub async fn events(
    conn: &mut Conn,
    brand: BrandId,
    post: PostId,
    before: Option<ApprovalEventId>,
    limit: usize,
) -> Result<(Vec<EventRow>, Option<ApprovalEventId>)> {
    let mut rows = sql("SELECT id, post_id, at, kind, person_id, link_id, done_by, note, hash, seen \
                        FROM approval_event WHERE brand_id = $1 AND post_id = $2 AND id < $3 \
                        ORDER BY id DESC LIMIT $4")
    .bind(brand)
    .bind(post)
    .bind(before.unwrap_or(ApprovalEventId(Uuid::max())))
    .bind(one_more(limit))
    .all(conn, |f| {
        Ok(EventRow {
            id: f.id()?,
            post: f.id()?,
            at: f.at()?,
            kind: f.text()?,
            person: f.id_opt()?,
            link: f.id_opt()?,
            by: f.text()?,
            note: f.text()?,
            hash: f.text()?,
            seen: f.json_opt()?,
        })
    })
    .await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.id);
    Ok((rows, next))
}

/// Removes the approval of a post and its history, together with the post.
pub(crate) async fn delete(conn: &mut Conn, brand: BrandId, post: PostId) -> Result<()> {
    for text in [
        "DELETE FROM approval WHERE brand_id = $1 AND post_id = $2",
        "DELETE FROM approval_event WHERE brand_id = $1 AND post_id = $2",
    ] {
        sql(text).bind(brand).bind(post).run(conn).await?;
    }
    Ok(())
}

/// What a brand wants of approval.
///
/// # Errors
/// Only those of the database.
pub async fn policy(conn: &mut Conn, brand: BrandId) -> Result<Policy> {
    let row = sql("SELECT required, when_due, remind_hours FROM approval_policy WHERE brand_id = $1")
        .bind(brand)
        .optional(conn, |f| Ok((f.flag()?, f.code(WhenDue::parse)?, f.json::<Vec<u32>>()?)))
        .await?;
    let channels: Vec<(ChannelId, bool)> =
        sql("SELECT channel_id, required FROM approval_channel WHERE brand_id = $1 ORDER BY channel_id")
            .bind(brand)
            .all(conn, |f| Ok((f.id()?, f.flag()?)))
            .await?;
    let channels: BTreeMap<ChannelId, bool> = channels.into_iter().collect();
    Ok(match row {
        Some((required, when_due, remind_hours)) => Policy { required, when_due, remind_hours, channels },
        None => Policy { channels, ..Policy::default() },
    })
}

/// Does a channel want a yes? The same as [`Policy::needs`], in one question.
///
/// # Errors
/// Only those of the database.
pub async fn needs(conn: &mut Conn, brand: BrandId, channel: ChannelId) -> Result<bool> {
    let found = sql("SELECT COALESCE(\
                     (SELECT required FROM approval_channel WHERE brand_id = $1 AND channel_id = $2), \
                     (SELECT required FROM approval_policy WHERE brand_id = $1), 0)")
    .bind(brand)
    .bind(channel)
    .one(conn, only::int)
    .await?;
    Ok(found != 0)
}

/// Replaces what a brand wants of approval.
///
/// # Errors
/// Only those of the database.
pub async fn set_policy(conn: &mut Conn, brand: BrandId, policy: &Policy) -> Result<()> {
    sql("INSERT INTO approval_policy (brand_id, required, when_due, remind_hours) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (brand_id) DO UPDATE SET required = excluded.required, when_due = excluded.when_due, \
         remind_hours = excluded.remind_hours")
    .bind(brand)
    .bind(policy.required)
    .bind(policy.when_due.code())
    .json(&policy.remind_hours)?
    .must(conn)
    .await?;
    sql("DELETE FROM approval_channel WHERE brand_id = $1").bind(brand).run(conn).await?;
    for (channel, required) in &policy.channels {
        sql("INSERT INTO approval_channel (brand_id, channel_id, required) VALUES ($1, $2, $3)")
            .bind(brand)
            .bind(*channel)
            .bind(*required)
            .must(conn)
            .await?;
    }
    Ok(())
}
