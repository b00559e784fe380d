//! The media library: what is known of each file, where it is used, and changing what people say about it. Taking a
//! file in is in `upload`, giving it out in `file`, fitting it to a network in `prepare`.

use std::collections::BTreeMap;

use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::id::{AssetId, BrandId};
use sarafan_domain::member::Action;
use sarafan_domain::problem::Problem;
use sarafan_network::check::Conversion;
use sarafan_store::assets::{self, AssetFilter, AssetRow};
use sarafan_store::posts::{PostFilter, Sort};
use sarafan_store::{Conn, Cursor, StoreError, channels};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::live::Event;
use crate::posts::PostPage;
use crate::{Actor, App, AppError};

mod file;
mod kind;
mod picture;
mod prepare;
mod upload;
mod video;
mod view;
mod words;

pub use file::{AssetFile, THUMBS};
pub use view::{AssetPage, AssetProblem, AssetView, FolderView};

/// What to list.
#[derive(Debug, Clone, Default)]
pub struct AssetQuery {
    /// Part of the name, the alternative text, the source or a label.
    pub q: Option<String>,
    /// In this folder; empty for the top.
    pub folder: Option<String>,
    /// With this label.
    pub label: Option<String>,
    /// Of this kind.
    pub kind: Option<AssetKind>,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// How many; at most 200.
    pub limit: Option<usize>,
}

/// What people say about a file; what is `None` stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub struct AssetPatch {
    /// Its name.
    pub name: Option<String>,
    /// The folder; empty for the top.
    pub folder: Option<String>,
    /// Free labels.
    pub labels: Option<Vec<String>>,
    /// What it shows, for people who cannot see it.
    pub alt: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Who allowed what.
    pub rights: Option<String>,
}

/// So many posts that show a file are told at once.
const USES: usize = 50;

impl App {
    /// A page of the library, newest first.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a cursor we did not make.
    pub async fn list_assets(&self, actor: &Actor, brand: BrandId, query: AssetQuery) -> Result<AssetPage, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let cursor = query.cursor.filter(|text| !text.is_empty()).map(|text| text.parse::<Cursor>()).transpose();
        let cursor = cursor.map_err(|_| Problem::error("cursor-bad", "cursor"))?;
        let filter = AssetFilter {
            q: query.q.filter(|q| !q.trim().is_empty()),
            folder: query.folder,
            label: query.label.filter(|label| !label.is_empty()),
            kind: query.kind,
        };
        let limit = query.limit.unwrap_or(60).clamp(1, 200);
        let (rows, next) = assets::list(&mut conn, brand, &filter, cursor, limit).await?;
        let folders = assets::folders(&mut conn, brand).await?;
        let labels = assets::labels(&mut conn, brand).await?;
        Ok(AssetPage {
            items: self.asset_views(&mut conn, actor, brand, rows).await?,
            next: next.map(|cursor| cursor.to_string()),
            folders: folders.into_iter().map(|(name, count)| FolderView { name, count }).collect(),
            labels,
        })
    }

    /// One file.
    ///
    /// # Errors
    /// [`AppError::NotFound`], also for another brand's file.
    pub async fn asset(&self, actor: &Actor, brand: BrandId, id: AssetId) -> Result<AssetView, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let row = assets::get(&mut conn, brand, id).await?;
        self.asset_views(&mut conn, actor, brand, vec![row]).await?.pop().ok_or(AppError::NotFound)
    }

    /// Changes what people say about a file.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for what is too long or empty.
    pub async fn update_asset(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: AssetId,
        patch: AssetPatch,
    ) -> Result<AssetView, AppError> {
        self.enter(actor, brand, Action::AssetWrite).await?;
        let patch = words::check(patch)?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, patch) = (app.clone(), who.clone(), patch.clone());
                Box::pin(async move {
                    let mut row = assets::get(conn, brand, id).await?;
                    words::apply(&mut row, patch);
                    assets::update(conn, brand, &row).await?;
                    let detail = json!({ "name": row.name, "folder": row.folder, "labels": row.labels });
                    record(conn, &app, &who, Some(brand), "asset.change", &id.to_string(), detail).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Asset { id });
        self.asset(actor, brand, id).await
    }

    /// Removes a file with everything made of it.
    ///
    /// # Errors
    /// [`AppError::Refused`] `asset-in-use` while a post that is still to go out shows it.
    pub async fn delete_asset(&self, actor: &Actor, brand: BrandId, id: AssetId) -> Result<(), AppError> {
        self.enter(actor, brand, Action::AssetWrite).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    let row = assets::get(conn, brand, id).await?;
                    let used = assets::use_counts(conn, brand, &[id]).await?.first().map_or(0, |(_, count)| *count);
                    assets::delete(conn, brand, id).await.map_err(|error| match error {
                        StoreError::Conflict { .. } => {
                            AppError::Refused(Problem::error("asset-in-use", "asset").with("count", used))
                        }
                        other => other.into(),
                    })?;
                    let detail = json!({ "name": row.name, "sha256": row.sha256 });
                    record(conn, &app, &who, Some(brand), "asset.delete", &id.to_string(), detail).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Asset { id });
        self.drop_bytes(brand, id).await;
        Ok(())
    }

    /// The posts that show a file, the last due first.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`] for a cursor that is none of ours.
    pub async fn asset_uses(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: AssetId,
        cursor: Option<&str>,
    ) -> Result<PostPage, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        assets::get(&mut conn, brand, id).await?;
        let filter = PostFilter { asset: Some(id), sort: Sort::DueLast, ..PostFilter::default() };
        PostPage::of(&mut conn, brand, &filter, cursor, USES).await
    }

    async fn asset_views(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        brand: BrandId,
        rows: Vec<AssetRow>,
    ) -> Result<Vec<AssetView>, AppError> {
        let ids: Vec<AssetId> = rows.iter().map(|row| row.facts.id).collect();
        let used: BTreeMap<AssetId, i64> = assets::use_counts(conn, brand, &ids).await?.into_iter().collect();
        let channels = channels::list(conn, brand).await?;
        let view = |row: AssetRow| {
            let used = used.get(&row.facts.id).copied().unwrap_or(0);
            let problems = self.asset_problems(actor, &row.facts, &channels);
            AssetView::new(row, used, problems)
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

/// A picture that a stranger's page shows, as a JPEG within `max_bytes`, with its width and height.
///
/// # Errors
/// The problem of a file that is no picture, or one that lies.
pub(crate) fn card_picture(bytes: &[u8], max_bytes: u64) -> Result<(Vec<u8>, u32, u32), Problem> {
    let (mime, _, _) = picture::size(bytes)?;
    let kind = picture::Type::of(mime).ok_or_else(|| Problem::error("file-broken", "media"))?;
    let max_side = Some(CARD_SIDE);
    let to = Conversion { mime: "image/jpeg", max_bytes, max_side, max_pixels: None, max_sum: None, max_ratio: None };
    let packed = picture::convert(picture::unpack(bytes, kind)?, &to)?;
    Ok((packed.bytes, packed.width, packed.height))
}

/// Longest side of the picture of a card: no network shows more.
const CARD_SIDE: u32 = 1200;

/// The facts of those of the assets that the brand has, in the order asked for.
pub(crate) async fn facts(conn: &mut Conn, brand: BrandId, ids: &[AssetId]) -> Result<Vec<AssetFacts>, AppError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(assets::get_many(conn, brand, ids).await?.into_iter().map(|row| row.facts).collect())
}

/// The names of those of the assets that the brand has.
pub(crate) async fn names(
    conn: &mut Conn,
    brand: BrandId,
    ids: &[AssetId],
) -> Result<BTreeMap<AssetId, String>, AppError> {
    let rows = assets::get_many(conn, brand, ids).await?;
    Ok(rows.into_iter().map(|row| (row.facts.id, row.name)).collect())
}

/// The newest file of this very name.
pub(crate) async fn by_name(conn: &mut Conn, brand: BrandId, name: &str) -> Result<Option<AssetId>, AppError> {
    let filter = AssetFilter { q: Some(name.to_owned()), ..AssetFilter::default() };
    let mut cursor = None;
    loop {
        let (rows, next) = assets::list(conn, brand, &filter, cursor, 200).await?;
        if let Some(row) = rows.iter().find(|row| row.name == name) {
            return Ok(Some(row.facts.id));
        }
        if next.is_none() {
            return Ok(None);
        }
        cursor = next;
    }
}
