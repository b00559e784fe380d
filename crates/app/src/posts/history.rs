//! What a post was: each saved state is kept, shown with what it changed, and brought back as a new version.

use sarafan_domain::id::{BrandId, ChannelId, PostId};
use sarafan_domain::member::Action;
use sarafan_domain::post::Content;
use sarafan_domain::post::history::{self, Change, Kept, State};
use sarafan_domain::problem::Problem;
use sarafan_store::posts::{PostRow, VersionRow};
use sarafan_store::{Conn, audit, channels, posts};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{AuthorView, PostInput, PostView, ScheduleInput};
use crate::view::instant;
use crate::{Actor, App, AppError};

/// A version in the history of a post.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct VersionView {
    /// Its number.
    pub version: i64,
    /// When it was saved last.
    pub saved_at: String,
    /// Who saved it; without a name where it was the command line or the person is gone.
    pub person: AuthorView,
    /// What it changed of the version before; everything of the first.
    pub changes: Vec<Change>,
    /// The version that was brought back by it.
    pub restored: Option<i64>,
    /// It is how the post stands now.
    pub current: bool,
}

/// The history of a post.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HistoryPage {
    /// The versions, the newest first.
    pub items: Vec<VersionView>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// A version with what was written in it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct VersionDetail {
    /// What the list shows.
    #[serde(flatten)]
    pub brief: VersionView,
    /// What was written.
    pub content: Content,
    /// Where it was to go.
    pub channels: Vec<ChannelId>,
    /// What was written in the version before, if there is one.
    pub before: Option<VersionContent>,
}

/// What stood in a version.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct VersionContent {
    /// What was written.
    pub content: Content,
    /// Where it was to go.
    pub channels: Vec<ChannelId>,
}

impl App {
    /// What a post was, the newest first. A post that was never changed has one version: itself.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`] for a cursor that is none of ours.
    pub async fn post_history(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        cursor: Option<&str>,
        limit: Option<usize>,
    ) -> Result<HistoryPage, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let row = posts::get(&mut conn, brand, id).await?;
        let bad = |_| AppError::from(Problem::error("cursor-bad", "cursor"));
        let before = cursor.map(|text| text.parse::<i64>().map_err(bad)).transpose()?;
        let limit = limit.unwrap_or(50).clamp(1, 100);
        let wanted = i64::try_from(limit).unwrap_or(100).saturating_add(1);
        let mut rows = posts::history(&mut conn, brand, id, before, wanted).await?;
        if rows.is_empty() && before.is_none() {
            rows.push(first(&row));
        }
        let more = rows.len() > limit;
        let people = people(&mut conn, &rows).await?;
        let newest = match before {
            None => rows.first().map(|row| row.kept.version),
            Some(_) => None,
        };
        let items: Vec<VersionView> = rows
            .iter()
            .enumerate()
            .take(limit)
            .map(|(place, row)| view(row, rows.get(place + 1), &people, Some(row.kept.version) == newest))
            .collect();
        let next = items.last().filter(|_| more).map(|last| last.version.to_string());
        Ok(HistoryPage { items, next })
    }

    /// One version with what was written in it, and what was written before.
    ///
    /// # Errors
    /// [`AppError::NotFound`], also where the version was let go.
    pub async fn post_version(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        version: i64,
    ) -> Result<VersionDetail, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let post = posts::get(&mut conn, brand, id).await?;
        let newest = posts::history(&mut conn, brand, id, None, 1).await?.pop().unwrap_or_else(|| first(&post));
        let current = newest.kept.version == version;
        let row = if current { newest } else { posts::version(&mut conn, brand, id, version).await? };
        let before = posts::history(&mut conn, brand, id, Some(version), 1).await?.pop();
        let rows = [row];
        let people = people(&mut conn, &rows).await?;
        let [row] = rows;
        Ok(VersionDetail {
            brief: view(&row, before.as_ref(), &people, current),
            content: row.content,
            channels: row.channels,
            before: before.map(|row| VersionContent { content: row.content, channels: row.channels }),
        })
    }

    /// Brings a version back as a new one: nothing is lost by it. Channels and files that are gone since are left out.
    ///
    /// # Errors
    /// [`AppError::Conflict`] where `version` is not the latest; [`AppError::NotFound`] where the old one was let go.
    pub async fn restore_post(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        version: i64,
        old: i64,
    ) -> Result<PostView, AppError> {
        let input = {
            let mut conn = self.store().read().await?;
            self.enter_with(&mut conn, actor, brand, Action::PostWrite).await?;
            let post = posts::get(&mut conn, brand, id).await?;
            let row = posts::version(&mut conn, brand, id, old).await?;
            let here = channels::connected(&mut conn, brand, &row.channels).await?;
            let mut content = row.content;
            let files = crate::assets::facts(&mut conn, brand, &content.assets()).await?;
            let is_here = |asset| files.iter().any(|facts| facts.id == asset);
            content.media.retain(|media| is_here(media.asset));
            for media in content.variants.iter_mut().filter_map(|patch| patch.media.as_mut()) {
                media.retain(|media| is_here(media.asset));
            }
            let channels = row.channels.into_iter().filter(|id| here.iter().any(|channel| channel.id == *id)).collect();
            PostInput {
                content,
                channels,
                schedule: post.schedule.map(|at| ScheduleInput { wall: at.wall, zone: at.zone, fold: None }),
                key: post.key,
            }
        };
        self.save_post(actor, brand, id, version, input, Some(old)).await
    }

    /// Keeps what a change replaces and what it makes, inside the change's transaction.
    pub(super) async fn keep_version(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        old: &PostRow,
        new: &PostRow,
        restored: Option<i64>,
    ) -> Result<(), AppError> {
        let (brand, id, now) = (new.brand, new.id, self.now());
        let same = history::changes(state(&old.content, &old.channels), state(&new.content, &new.channels)).is_empty();
        if same && restored.is_none() {
            return Ok(());
        }
        let mut kept = posts::versions(conn, brand, id).await?;
        // The first change finds nothing kept; a change that came another way than through here is kept now.
        if kept.last().is_none_or(|last| last.version != old.version) {
            let last = posts::history(conn, brand, id, None, 1).await?.pop();
            let is_kept = last.is_some_and(|last| {
                history::changes(state(&last.content, &last.channels), state(&old.content, &old.channels)).is_empty()
            });
            if !is_kept {
                let row = first(old);
                posts::keep(conn, brand, id, &row, &[]).await?;
                kept.push(row.kept);
            }
        }
        let person = actor.author();
        // What was brought back, and what it replaced, stay as they are; so does the first version of all.
        let last =
            kept.last().filter(|last| restored.is_none() && kept.len() > 1 && history::together(last, person, now));
        let begun_at = last.map_or(now, |last| last.begun_at);
        let mut gone: Vec<i64> = last.map(|last| last.version).into_iter().collect();
        kept.retain(|one| !gone.contains(&one.version));
        let own = Kept { version: new.version, begun_at, saved_at: now, person };
        kept.push(own);
        gone.extend(history::outgrown(&kept, now));
        let (channels, content) = (new.channels.clone(), new.content.clone());
        posts::keep(conn, brand, id, &VersionRow { kept: own, restored, channels, content }, &gone).await?;
        Ok(())
    }
}

/// What is written down beside a change that brought something back.
pub(super) fn detail(restored: Option<i64>) -> serde_json::Value {
    restored.map_or_else(|| json!({}), |version| json!({ "version": version }))
}

fn state<'a>(content: &'a Content, channels: &'a [ChannelId]) -> State<'a> {
    State { content, channels }
}

/// The version that a post is while nobody has changed it since versions are kept.
fn first(row: &PostRow) -> VersionRow {
    VersionRow {
        kept: Kept { version: row.version, begun_at: row.updated_at, saved_at: row.updated_at, person: row.author },
        restored: None,
        channels: row.channels.clone(),
        content: row.content.clone(),
    }
}

type People = std::collections::HashMap<sarafan_domain::id::PersonId, String>;

async fn people(conn: &mut Conn, rows: &[VersionRow]) -> Result<People, AppError> {
    let mut ids: Vec<_> = rows.iter().map(|row| row.kept.person).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(audit::persons(conn, &ids).await?)
}

fn view(row: &VersionRow, before: Option<&VersionRow>, people: &People, current: bool) -> VersionView {
    let nothing = Content::default();
    let old = before.map_or(state(&nothing, &[]), |before| state(&before.content, &before.channels));
    VersionView {
        version: row.kept.version,
        saved_at: instant(row.kept.saved_at),
        person: AuthorView { id: row.kept.person, name: people.get(&row.kept.person).cloned().unwrap_or_default() },
        changes: history::changes(old, state(&row.content, &row.channels)),
        restored: row.restored,
        current,
    }
}
