//! Taking a file in. It is looked at as a whole before anything is kept; the same bytes twice are the same asset.

use bytes::Bytes;
use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::id::{AssetId, BrandId};
use sarafan_domain::member::Action;
use sarafan_domain::problem::Problem;
use sarafan_store::assets::{self, AssetRow};
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::kind::{self, Found};
use super::picture::{self, Type};
use super::{AssetPatch, AssetView, file, words};
use crate::actor::record;
use crate::live::Event;
use crate::{Actor, App, AppError};

/// So many pictures are unpacked at a time in this process: a large one takes half a gigabyte.
static UNPACKING: Semaphore = Semaphore::const_new(2);

/// A file that was looked at.
struct Looked {
    found: Found,
    sha256: String,
    /// Side and bytes.
    thumbs: Vec<(u32, Vec<u8>)>,
}

impl App {
    /// Takes a file in. Bytes that the brand has already are not taken twice: the answer is what it has.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with the reason why it is no picture, video or document: `file-empty`, `file-too-large`,
    /// `file-lies`, `file-broken`, `file-svg`, `file-active`, `file-type`, `picture-too-large`, `animation-too-long`.
    pub async fn upload_asset(
        &self,
        actor: &Actor,
        brand: BrandId,
        name: &str,
        folder: &str,
        bytes: Bytes,
    ) -> Result<AssetView, AppError> {
        self.enter(actor, brand, Action::AssetWrite).await?;
        let name = Some(words::name(name)).filter(|name| !name.is_empty()).unwrap_or_else(|| "file".to_owned());
        let patch = AssetPatch { name: Some(name), folder: Some(folder.to_owned()), ..AssetPatch::default() };
        let patch = words::check(patch)?;
        let (name, folder) = (patch.name.unwrap_or_default(), patch.folder.unwrap_or_default());
        let looked = self.look(&name, bytes.clone()).await?;
        let known = assets::by_hash(&mut *self.store().read().await?, brand, &looked.sha256).await?;
        if let Some(row) = known {
            return self.asset(actor, brand, row.facts.id).await;
        }
        let id: AssetId = self.new_id();
        let row = row(self, actor, id, name, folder, &bytes, &looked, file::original(brand, id));
        self.blobs().put(&row.blob, bytes).await?;
        for (side, thumb) in looked.thumbs {
            self.blobs().put(&file::thumb(brand, id, side), thumb.into()).await?;
        }
        match self.save_asset(actor, brand, row).await {
            Ok(saved) => {
                if saved != id {
                    self.drop_bytes(brand, id).await;
                }
                self.live().tell(brand, Event::Asset { id: saved });
                self.asset(actor, brand, saved).await
            }
            Err(error) => {
                self.drop_bytes(brand, id).await;
                Err(error)
            }
        }
    }

    /// Would this file be taken in? Keeps nothing.
    ///
    /// # Errors
    /// The reason why not, as [`App::upload_asset`].
    pub(crate) async fn look_at_file(&self, name: &str, bytes: &Bytes) -> Result<(), Problem> {
        match self.look(name, bytes.clone()).await {
            Ok(_) => Ok(()),
            Err(AppError::Invalid(problems)) => Err(problems.into_iter().next().unwrap_or_else(|| broken(name))),
            Err(_) => Err(broken(name)),
        }
    }

    async fn look(&self, name: &str, bytes: Bytes) -> Result<Looked, AppError> {
        let (size, max) = (u64::try_from(bytes.len()).unwrap_or(u64::MAX), self.config().max_upload);
        if size > max {
            let problem = Problem::error("file-too-large", "file").with("name", name);
            let problem = problem.with("megabytes", megabytes(size)).with("max_megabytes", megabytes(max));
            return Err(problem.into());
        }
        let name = name.to_owned();
        Ok(aside(move || look_now(&name, &bytes)).await??)
    }

    /// The id it has now: another upload of the same bytes may have been quicker.
    async fn save_asset(&self, actor: &Actor, brand: BrandId, row: AssetRow) -> Result<AssetId, AppError> {
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, row) = (app.clone(), who.clone(), row.clone());
                Box::pin(async move {
                    if let Some(known) = assets::by_hash(conn, brand, &row.sha256).await? {
                        return Ok(known.facts.id);
                    }
                    assets::insert(conn, brand, &row).await?;
                    let detail = json!({ "name": row.name, "mime": row.facts.mime, "bytes": row.facts.bytes });
                    let subject = row.facts.id.to_string();
                    record(conn, &app, &who, Some(brand), "asset.create", &subject, detail).await?;
                    Ok::<_, AppError>(row.facts.id)
                })
            })
            .await
    }
}

#[expect(clippy::too_many_arguments, reason = "one of each thing that a row is made of")]
fn row(
    app: &App,
    actor: &Actor,
    id: AssetId,
    name: String,
    folder: String,
    bytes: &Bytes,
    looked: &Looked,
    blob: String,
) -> AssetRow {
    let found = &looked.found;
    AssetRow {
        facts: AssetFacts {
            id,
            kind: found.kind,
            mime: found.mime.to_owned(),
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            width: found.width,
            height: found.height,
            seconds: found.seconds,
        },
        name,
        folder,
        labels: Vec::new(),
        alt: String::new(),
        source: String::new(),
        rights: String::new(),
        sha256: looked.sha256.clone(),
        blob,
        created_at: app.now(),
        created_by: actor.author(),
    }
}

/// Rounded up: what is too large by a byte must not read as just large enough.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

fn look_now(name: &str, bytes: &[u8]) -> Result<Looked, Problem> {
    let found = kind::look(name, bytes)?;
    let mut thumbs = Vec::new();
    if let (AssetKind::Image | AssetKind::Gif, Some(kind)) = (found.kind, Type::of(found.mime)) {
        thumbs = file::thumbs(&picture::unpack(bytes, kind)?)?;
    }
    Ok(Looked { found, sha256: hex::encode(Sha256::digest(bytes)), thumbs })
}

fn broken(name: &str) -> Problem {
    Problem::error("file-broken", "file").with("name", name)
}

/// Runs what computes for long where it disturbs no request.
pub(super) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    let _permit = UNPACKING.acquire().await.map_err(|error| AppError::Broken(error.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Broken(format!("a picture: {error}")))
}
