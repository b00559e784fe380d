//! Giving the bytes of a file out, whole, in part or small. Where each copy is kept in the store of bytes.

use std::ops::Range;

use bytes::Bytes;
use futures::future::join_all;
use sarafan_domain::id::{AssetId, BrandId};
use sarafan_domain::member::Action;
use sarafan_domain::problem::Problem;
use sarafan_store::assets::AssetRow;
use sarafan_store::{StoreError, assets};

use super::picture::{self, Picture, Type};
use super::upload::aside;
use crate::{Actor, App, AppError};

/// The longer sides of the small copies, in pixels.
pub const THUMBS: [u32; 3] = [160, 480, 1280];

/// So many copies for networks are kept of one picture.
pub(super) const COPIES: u8 = 32;

/// Bytes with what a browser must know of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetFile {
    /// The bytes.
    pub bytes: Bytes,
    /// Which part of the whole they are.
    pub range: Range<u64>,
    /// Length of the whole.
    pub total: u64,
    /// Media type by content.
    pub mime: String,
    /// Its name, for people.
    pub name: String,
}

impl App {
    /// The bytes of a file, or the part of them that was asked for and is there.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`] `range-bad` for a part that begins after the end.
    pub async fn asset_file(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: AssetId,
        range: Option<Range<u64>>,
    ) -> Result<AssetFile, AppError> {
        let row = self.readable(actor, brand, id).await?;
        let total = row.facts.bytes;
        let range = range.unwrap_or(0..total);
        let range = range.start..range.end.min(total);
        if range.is_empty() {
            return Err(Problem::error("range-bad", "range").into());
        }
        let bytes = if range == (0..total) {
            self.blobs().get(&row.blob).await?
        } else {
            self.blobs().get_range(&row.blob, range.clone()).await?
        };
        Ok(AssetFile { bytes, range, total, mime: row.facts.mime, name: row.name })
    }

    /// A small copy of a picture, upright, whose longer side is at most `side`.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a file that is no picture, and for a side that is none of [`THUMBS`].
    pub async fn asset_thumb(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: AssetId,
        side: u32,
    ) -> Result<AssetFile, AppError> {
        let row = self.readable(actor, brand, id).await?;
        self.thumb_of(&row, brand, side).await
    }

    /// A small copy of a picture that the caller may see.
    pub(crate) async fn thumb_of(&self, row: &AssetRow, brand: BrandId, side: u32) -> Result<AssetFile, AppError> {
        let kind = Type::of(&row.facts.mime).filter(|_| THUMBS.contains(&side)).ok_or(AppError::NotFound)?;
        let bytes = match self.blobs().get(&thumb(brand, row.facts.id, side)).await {
            Err(StoreError::NotFound) => self.thumb_anew(row, brand, kind, side).await?,
            kept => kept?,
        };
        let mime = if bytes.starts_with(b"RIFF") { Type::Webp } else { Type::Jpeg }.mime().to_owned();
        let total = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(AssetFile { bytes, range: 0..total, total, mime, name: row.name.clone() })
    }

    /// Forgets everything that is kept for an asset whose row is gone, or never came to be. Nothing leads to it any
    /// more, so what cannot be removed is only lost room.
    pub(super) async fn drop_bytes(&self, brand: BrandId, id: AssetId) {
        let small = THUMBS.into_iter().map(|side| thumb(brand, id, side));
        let copies = (0..COPIES).map(|place| copy(brand, id, place));
        let keys: Vec<String> = small.chain(copies).chain([original(brand, id)]).collect();
        for done in join_all(keys.iter().map(|key| self.blobs().delete(key))).await {
            if let Err(error) = done {
                tracing::warn!(asset = %id, %error, "bytes that nothing leads to are still there");
            }
        }
    }

    async fn readable(&self, actor: &Actor, brand: BrandId, id: AssetId) -> Result<AssetRow, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        Ok(assets::get(&mut conn, brand, id).await?)
    }

    /// The small copies may be lost at any time, as after a restore of the database alone with the large files.
    async fn thumb_anew(&self, row: &AssetRow, brand: BrandId, kind: Type, side: u32) -> Result<Bytes, AppError> {
        let whole = self.blobs().get(&row.blob).await?;
        let made = aside(move || thumbs(&picture::unpack(&whole, kind)?)).await??;
        let mut wanted = Bytes::new();
        for (made_side, bytes) in made {
            let bytes = Bytes::from(bytes);
            self.blobs().put(&thumb(brand, row.facts.id, made_side), bytes.clone()).await?;
            if made_side == side {
                wanted = bytes;
            }
        }
        Ok(wanted)
    }
}

/// The small copies of a picture, each made of the next larger one.
pub(super) fn thumbs(picture: &Picture) -> Result<Vec<(u32, Vec<u8>)>, Problem> {
    let mut made = Vec::with_capacity(THUMBS.len());
    let mut from = picture.pixels.clone();
    for side in THUMBS.into_iter().rev() {
        let (small, bytes) = picture::thumb(&from, side)?;
        made.push((side, bytes));
        from = small;
    }
    Ok(made)
}

/// Under which everything that belongs to an asset is kept.
fn folder(brand: BrandId, id: AssetId) -> String {
    format!("assets/{brand}/{id}")
}

/// The file as it came.
pub(super) fn original(brand: BrandId, id: AssetId) -> String {
    format!("{}/file", folder(brand, id))
}

/// A small copy.
pub(super) fn thumb(brand: BrandId, id: AssetId, side: u32) -> String {
    format!("{}/thumb-{side}", folder(brand, id))
}

/// A copy made for a network.
pub(super) fn copy(brand: BrandId, id: AssetId, place: u8) -> String {
    format!("{}/copy-{place}", folder(brand, id))
}
