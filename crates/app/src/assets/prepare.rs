//! Fitting files to a network on their way out: as they are where they fit, else converted, else refused in words.
//! What was converted is kept, so that the second network and the second try find it done.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::delivery::Failure;
use sarafan_domain::id::{AssetId, BrandId};
use sarafan_domain::post::MediaRef;
use sarafan_domain::problem::Problem;
use sarafan_network::check::{Conversion, Fit, fit_format};
use sarafan_network::media::Source;
use sarafan_network::{Format, Media};
use sarafan_store::StoreError;
use sarafan_store::assets::{self, AssetRow};
use sarafan_store::blobs::Blobs;
use sha2::{Digest, Sha256};

use super::picture::{self, Packed, Type};
use super::upload::aside;
use super::{file, kind};
use crate::{App, AppError};

/// Bytes that are read when they are needed.
struct Kept {
    blobs: Blobs,
    key: String,
}

#[async_trait]
impl Source for Kept {
    async fn read(&self) -> Option<Bytes> {
        self.blobs.get(&self.key).await.ok()
    }
}

impl App {
    /// The media of a post as a network takes them, in order.
    ///
    /// # Errors
    /// [`Failure::Rejected`] for what cannot be made to fit, with `n` counted from 1; [`Failure::Transient`] where
    /// database or files do not answer: nothing was sent.
    pub(crate) async fn prepare_media(
        &self,
        brand: BrandId,
        format: &Format,
        media: &[MediaRef],
    ) -> Result<Vec<Media>, Failure> {
        let ids: Vec<AssetId> = media.iter().map(|one| one.asset).collect();
        let found = {
            let mut conn = self.store().read().await.map_err(|error| later(&error.into()))?;
            assets::get_many(&mut conn, brand, &ids).await.map_err(|error| later(&error.into()))?
        };
        let mut ready = Vec::with_capacity(media.len());
        for (index, one) in media.iter().enumerate() {
            let n = index + 1;
            let refuse = |problem: Problem| Failure::Rejected { problem: problem.with("n", n) };
            let row = found.iter().find(|row| row.facts.id == one.asset);
            let row = row.ok_or_else(|| refuse(Problem::error("asset-missing", "media")))?;
            let made = match fit_format(format, &row.facts) {
                Fit::AsIs => self.as_it_is(brand, row).await,
                Fit::Convert(to) => self.converted(brand, row, &to).await,
                Fit::Refuse(problem) => return Err(refuse(problem)),
            };
            let (facts, source) = made.map_err(|error| match error {
                AppError::Invalid(problems) => {
                    refuse(problems.into_iter().next().unwrap_or_else(|| Problem::error("file-broken", "media")))
                }
                other => later(&other),
            })?;
            let alt = if one.alt.trim().is_empty() { row.alt.clone() } else { one.alt.clone() };
            let name = ascii_name(&row.name, &facts.mime);
            ready.push(Media::new(facts, alt, name, source));
        }
        Ok(ready)
    }

    /// A picture that shows turned is sent upright: not every network reads how it was held. And where and when it was
    /// taken is nobody's business out there: what a photograph tells of itself stays here.
    async fn as_it_is(&self, brand: BrandId, row: &AssetRow) -> Result<(AssetFacts, Arc<dyn Source>), AppError> {
        if let (AssetKind::Image, Some(kind)) = (row.facts.kind, Type::of(&row.facts.mime)) {
            let whole = self.blobs().get(&row.blob).await?;
            if picture::is_turned(&whole, kind) {
                return self.made(brand, row, "upright", move |picture| picture::upright(&picture, kind)).await;
            }
            if let Some(clean) = aside(move || picture::clean(&whole, kind)).await? {
                let facts = AssetFacts { bytes: u64::try_from(clean.len()).unwrap_or(u64::MAX), ..row.facts.clone() };
                return Ok((facts, Arc::new(Bytes::from(clean))));
            }
        }
        Ok((row.facts.clone(), Arc::new(Kept { blobs: self.blobs().clone(), key: row.blob.clone() })))
    }

    async fn converted(
        &self,
        brand: BrandId,
        row: &AssetRow,
        to: &Conversion,
    ) -> Result<(AssetFacts, Arc<dyn Source>), AppError> {
        let limits = format!("{to:?}");
        let to = to.clone();
        self.made(brand, row, &limits, move |picture| picture::convert(picture, &to)).await
    }

    /// What `make` makes of the picture within these limits, or what it made of it before. The copies of a picture
    /// share a fixed number of places, so that all of them can be found again when the picture is removed; each says
    /// in front for which limits it was made, and gives way to another that wants its place.
    async fn made(
        &self,
        brand: BrandId,
        row: &AssetRow,
        limits: &str,
        make: impl FnOnce(picture::Picture) -> Result<Packed, Problem> + Send + 'static,
    ) -> Result<(AssetFacts, Arc<dyn Source>), AppError> {
        let mark = Sha256::digest(limits.as_bytes());
        let key = file::copy(brand, row.facts.id, mark.first().copied().unwrap_or(0) % file::COPIES);
        let kept = match self.blobs().get(&key).await {
            Ok(kept) if kept.starts_with(&mark) => Some(kept.slice(mark.len()..)),
            Ok(_) | Err(StoreError::NotFound) => None,
            Err(error) => return Err(error.into()),
        };
        let bytes = match kept {
            Some(kept) => kept,
            None => {
                let whole = self.blobs().get(&row.blob).await?;
                let broken = || AppError::from(Problem::error("file-broken", "media"));
                let kind = Type::of(&row.facts.mime).ok_or_else(broken)?;
                let packed = aside(move || make(picture::unpack(&whole, kind)?)).await??;
                let marked = Bytes::from([&mark[..], &packed.bytes].concat());
                self.blobs().put(&key, marked.clone()).await?;
                marked.slice(mark.len()..)
            }
        };
        let (mime, width, height) = picture::size(&bytes)?;
        let facts = AssetFacts {
            mime: mime.to_owned(),
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            width,
            height,
            ..row.facts.clone()
        };
        Ok((facts, Arc::new(bytes)))
    }
}

fn later(error: &AppError) -> Failure {
    tracing::warn!(%error, "a file cannot be read now");
    Failure::Transient { after: None }
}

/// A name that every server takes, with the ending of what is sent.
fn ascii_name(name: &str, mime: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let plain: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(60).collect();
    let plain = plain.trim_matches('-');
    let own = kind::extension(name).filter(|own| own.len() <= 5 && own.chars().all(|c| c.is_ascii_alphanumeric()));
    let own = own.unwrap_or_else(|| "bin".to_owned());
    let ending = match mime {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "video/mp4" => "mp4",
        "video/quicktime" => "mov",
        "video/webm" => "webm",
        "application/pdf" => "pdf",
        _ => &own,
    };
    format!("{}.{ending}", if plain.is_empty() { "file" } else { plain })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ascii_and_end_as_they_are_sent() {
        let rows = [
            ("Утренний кофе.png", "image/jpeg", "file.jpg"),
            ("my photo (1).HEIC", "image/jpeg", "my-photo--1.jpg"),
            ("price.pdf", "application/pdf", "price.pdf"),
            ("table.xlsx", "application/zip", "table.xlsx"),
            ("x", "application/zip", "x.bin"),
            ("a.b\"; evil", "text/plain", "a.bin"),
        ];
        for (name, mime, expected) in rows {
            assert_eq!(ascii_name(name, mime), expected);
        }
    }
}
