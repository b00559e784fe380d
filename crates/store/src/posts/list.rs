//! Lists of posts that stay quick with a million of them.
//!
//! Every list walks one index in the order it shows and stops at its page. Which index is a matter of what is asked
//! for: a small count says which of the filters is rarest, that one leads, the others are looked up per row.

use std::collections::HashSet;

use sarafan_domain::approval::Standing;
use sarafan_domain::id::{AssetId, BrandId, ChannelId, PersonId, PostId, RubricId};
use sarafan_domain::post::PostState;
use sarafan_domain::time::Timestamp;

use super::page::{self, AnyOf, Lead, Page};
use super::words::{self, Asked};
use super::{asset_tag, channel_tag};
use crate::paging::{Cursor, cut};
use crate::sql::{CHUNK, only, sql};
use crate::{Conn, Result};

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The first due first, undated ones last.
    #[default]
    DueFirst,
    /// Undated ones first, then the last due.
    DueLast,
    /// The last changed first.
    Updated,
}

/// Which posts to list; an empty filter lists all.
#[derive(Debug, Clone, Default)]
pub struct PostFilter {
    /// In one of these states; empty for any.
    pub states: Vec<PostState>,
    /// To this channel.
    pub channel: Option<ChannelId>,
    /// To any channel of this network.
    pub network: Option<String>,
    /// In this rubric.
    pub rubric: Option<RubricId>,
    /// With this label.
    pub label: Option<String>,
    /// Of this campaign.
    pub campaign: Option<String>,
    /// That show this file.
    pub asset: Option<AssetId>,
    /// Text, key, campaign and labels have words that begin with these, in any order and any case.
    pub q: Option<String>,
    /// Due at this instant or later.
    pub from: Option<Timestamp>,
    /// Due before this instant.
    pub to: Option<Timestamp>,
    /// In which order.
    pub sort: Sort,
}

/// What a list shows of a post.
#[derive(Debug, Clone, PartialEq)]
pub struct PostBriefRow {
    /// The post.
    pub id: PostId,
    /// Its version.
    pub version: i64,
    /// Id of the row in the plan file.
    pub key: Option<String>,
    /// Where it stands.
    pub state: PostState,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// What the wall shows then, as it was written: `2026-12-01T10:00:00`.
    pub wall: Option<String>,
    /// In which zone.
    pub zone: Option<String>,
    /// Its first line.
    pub title: String,
    /// Its rubric.
    pub rubric: Option<RubricId>,
    /// Its campaign.
    pub campaign: String,
    /// Language of its text.
    pub language: String,
    /// Its labels.
    pub labels: Vec<String>,
    /// Where it goes.
    pub channels: Vec<ChannelId>,
    /// Its first picture or video.
    pub thumb: Option<AssetId>,
    /// How many problems were found.
    pub problems: i64,
    /// Who wrote it.
    pub author: PersonId,
    /// Their name.
    pub author_name: String,
    /// When a person last changed it.
    pub updated_at: Timestamp,
    /// Where its approval stands; `None` where nobody was ever asked.
    pub standing: Option<Standing>,
}

/// A filter with few rows is read whole; one with more is walked in order. Between the two lies what a page costs at
/// worst: this many rows looked at.
const FEW: i64 = 2000;

/// A page of posts.
///
/// # Errors
/// Only those of the database.
pub async fn list(
    conn: &mut Conn,
    brand: BrandId,
    filter: &PostFilter,
    cursor: Option<Cursor>,
    limit: usize,
) -> Result<(Vec<PostBriefRow>, Option<Cursor>)> {
    let tags = tags(conn, brand, filter).await?;
    if tags.iter().any(Vec::is_empty) {
        return Ok((Vec::new(), None));
    }
    let asked = filter.q.as_deref().and_then(Asked::of);
    let leads = leads(conn, brand, filter, &tags, asked.as_ref()).await?;
    let page = Page { engine: conn.engine(), brand, filter, tags, asked, cursor, limit };
    let mut rows = Vec::new();
    for lead in &leads {
        rows.extend(page.under(lead).all(conn, page::read).await?);
    }
    // Several leads: their pages are laid together, and a post that has two of the tags is shown once.
    if leads.len() > 1 {
        let mut seen = HashSet::new();
        rows.retain(|row| seen.insert(row.id));
        rows.sort_by_key(|row| (key(row, filter.sort).at, row.id));
        if filter.sort != Sort::DueFirst {
            rows.reverse();
        }
    }
    Ok(cut(rows, limit, |row| key(row, filter.sort)))
}

/// What lists show of some posts, in no order; those that are gone are left out.
///
/// # Errors
/// Only those of the database.
pub async fn briefs(conn: &mut Conn, brand: BrandId, ids: &[PostId]) -> Result<Vec<PostBriefRow>> {
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(CHUNK) {
        found.extend(page::of_ids(brand, part).all(conn, page::read).await?);
    }
    Ok(found)
}

/// The posts due from `from` until before `to`, the first due first, and whether there are more than `limit`.
///
/// # Errors
/// Only those of the database.
pub async fn calendar(
    conn: &mut Conn,
    brand: BrandId,
    from: Timestamp,
    to: Timestamp,
    filter: &PostFilter,
    limit: usize,
) -> Result<(Vec<PostBriefRow>, bool)> {
    let filter = PostFilter { from: Some(from), to: Some(to), sort: Sort::DueFirst, ..filter.clone() };
    let (rows, next) = list(conn, brand, &filter, None, limit).await?;
    Ok((rows, next.is_some()))
}

fn key(row: &PostBriefRow, sort: Sort) -> Cursor {
    let at = match sort {
        Sort::Updated => row.updated_at.as_microsecond(),
        Sort::DueFirst | Sort::DueLast => super::due(row.due_at),
    };
    Cursor { at, id: row.id.0 }
}

async fn tags(conn: &mut Conn, brand: BrandId, filter: &PostFilter) -> Result<Vec<AnyOf>> {
    let mut tags: Vec<AnyOf> = Vec::new();
    tags.extend(filter.channel.map(|id| vec![channel_tag(id)]));
    tags.extend(filter.label.as_ref().map(|label| vec![format!("label:{label}")]));
    tags.extend(filter.rubric.map(|id| vec![format!("rubric:{id}")]));
    tags.extend(filter.campaign.as_ref().map(|name| vec![format!("campaign:{name}")]));
    tags.extend(filter.asset.map(|id| vec![asset_tag(id)]));
    if let Some(network) = &filter.network {
        let channels = sql("SELECT id FROM channel WHERE brand_id = $1 AND network = $2")
            .bind(brand)
            .bind(network)
            .all(conn, only::id)
            .await?;
        tags.push(channels.into_iter().map(channel_tag).collect());
    }
    Ok(tags)
}

async fn leads(
    conn: &mut Conn,
    brand: BrandId,
    filter: &PostFilter,
    tags: &[AnyOf],
    asked: Option<&Asked>,
) -> Result<Vec<Lead>> {
    // Words have no order of their own, as little as the last changed ones have one under a tag: there only a filter
    // that is read whole may lead.
    if let Some(asked) = asked
        && words::count(conn, asked, FEW + 1).await? <= FEW
    {
        return Ok(vec![Lead::Words]);
    }
    let mut choices: Vec<Vec<Lead>> =
        tags.iter().map(|any| any.iter().map(|tag| Lead::Tag(tag.clone())).collect()).collect();
    if !filter.states.is_empty() {
        choices.push(filter.states.iter().map(|state| Lead::State(*state)).collect());
    }
    let by_time = filter.sort != Sort::Updated;
    if by_time && choices.len() < 2 {
        return Ok(choices.pop().unwrap_or_else(|| vec![Lead::All]));
    }
    let mut best = (i64::MAX, vec![Lead::All]);
    for choice in choices {
        let mut count = 0;
        for lead in &choice {
            count += few(conn, brand, lead).await?;
        }
        if count < best.0 {
            best = (count, choice);
        }
    }
    Ok(if by_time || best.0 <= FEW { best.1 } else { vec![Lead::All] })
}

/// How many posts a lead has; counting stops soon after [`FEW`].
async fn few(conn: &mut Conn, brand: BrandId, lead: &Lead) -> Result<i64> {
    let (text, value) = match lead {
        Lead::All | Lead::Words => return Ok(i64::MAX),
        Lead::State(state) => (
            "SELECT count(*) FROM (SELECT 1 FROM post WHERE brand_id = $1 AND state = $2 LIMIT $3) counted",
            state.code().to_owned(),
        ),
        Lead::Tag(tag) => (
            "SELECT count(*) FROM (SELECT 1 FROM post_tag WHERE brand_id = $1 AND tag = $2 LIMIT $3) counted",
            tag.clone(),
        ),
    };
    sql(text).bind(brand).bind(value).bind(FEW + 1).one(conn, only::int).await
}
