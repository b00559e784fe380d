//! A brand moves to another installation: out as one file, in from one. What the file looks like is `store`'s matter; what
//! an arrived post may still do is decided here: nothing by itself, for the other installation may have sent it.

use std::path::{Path, PathBuf};

use futures::future::BoxFuture;
use sarafan_domain::delivery::{Event as DeliveryEvent, State, decide};
use sarafan_domain::id::BrandId;
use sarafan_domain::member::{Action, Role};
use sarafan_domain::problem::Problem;
use sarafan_store::deliveries::{self as rows, DeliveryFilter};
use sarafan_store::moves::{self as file, Head, MoveError, Sums};
use sarafan_store::posts::{PostFilter, Sort};
use sarafan_store::{Conn, attempts, audit, brands, channels, members, posts, rubrics};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::persons::{Password, password};
use crate::sessions::Token;
use crate::{Actor, App, AppError};

/// What is in the file of a brand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MoveView {
    /// Which brand.
    pub brand: BrandId,
    /// Its name.
    pub name: String,
    /// It is as it was then.
    pub made_at: String,
    /// Version of the program that wrote the file.
    pub version: String,
    /// How many rows.
    pub rows: u64,
    /// How many posts.
    pub posts: u64,
    /// How many files of the library.
    pub files: u64,
    /// How many bytes they have.
    pub file_bytes: u64,
    /// Files that the library knows and the storage did not have.
    pub missing_files: usize,
}

/// A brand that came in, or would.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportedBrand {
    /// What was in the file.
    #[serde(flatten)]
    pub view: MoveView,
    /// Deliveries that wait for a person's word: the other installation may have sent them.
    pub held: u64,
    /// Channels to be connected again, by name.
    pub reconnect: Vec<String>,
    /// Addresses of people who were not here and have no password: an owner of the installation gives them a way in.
    pub newcomers: Vec<String>,
}

impl MoveView {
    fn of(head: &Head, sums: &Sums) -> Self {
        Self {
            brand: head.brand,
            name: head.name.clone(),
            made_at: head.made_at.to_string(),
            version: head.version.clone(),
            rows: sums.rows(),
            posts: sums.tables.get("post").copied().unwrap_or_default(),
            files: sums.files,
            file_bytes: sums.file_bytes,
            missing_files: sums.missing.len(),
        }
    }
}

/// A file that goes when nobody needs it any more.
#[derive(Debug)]
pub struct Passing(PathBuf);

impl Passing {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

impl App {
    /// A place in the data folder for the file of a brand on its way.
    pub fn passing(&self) -> Passing {
        Passing(self.config().data.join(format!("move-{}.tar", uuid::Uuid::now_v7().simple())))
    }

    /// May this actor take the brand out? Asked before a file is written.
    ///
    /// # Errors
    /// [`AppError::MayNot`] for anybody but owners.
    pub async fn may_export_brand(&self, actor: &Actor, brand: BrandId) -> Result<(), AppError> {
        self.enter(actor, brand, Action::BrandExport).await.map(|_| ())
    }

    /// Writes everything of a brand to a new file, without what opens its channels.
    ///
    /// # Errors
    /// [`AppError::MayNot`] for anybody but owners; [`AppError::Refused`] `move-file`.
    pub async fn export_brand(&self, actor: &Actor, brand: BrandId, path: &Path) -> Result<MoveView, AppError> {
        self.may_export_brand(actor, brand).await?;
        let (app, to) = (self.clone(), path.to_owned());
        let (head, sums) = aside(async move {
            let version = env!("CARGO_PKG_VERSION");
            Ok(file::leave(app.store(), app.blobs(), brand, version, app.now(), &to).await?)
        })
        .await?;
        let view = MoveView::of(&head, &sums);
        let (app, who, detail) = (self.clone(), actor.clone(), json!({ "rows": view.rows, "files": view.files }));
        self.store()
            .write(move |conn| {
                let (app, who, detail) = (app.clone(), who.clone(), detail.clone());
                Box::pin(async move {
                    record(conn, &app, &who, Some(brand), "brand.export", &brand.to_string(), detail).await
                })
            })
            .await?;
        Ok(view)
    }

    /// May this actor bring brands in? Asked before a file is received.
    ///
    /// # Errors
    /// [`AppError::MayNot`] for anybody but an owner of the installation.
    pub fn may_import_brand(&self, actor: &Actor) -> Result<(), AppError> {
        match (&actor.grant, actor.installation_owner) {
            (Some(_), _) => Err(AppError::NotForTokens),
            (None, true) => Ok(()),
            (None, false) => Err(AppError::MayNot { action: Action::BrandSettings }),
        }
    }

    /// What would become of the file of a brand: it is read from its first byte to its last, its rows are put in and taken
    /// back, and nothing is here afterwards.
    ///
    /// # Errors
    /// As [`App::import_brand`].
    pub async fn rehearse_import(&self, actor: &Actor, path: &Path) -> Result<ImportedBrand, AppError> {
        self.may_import_brand(actor)?;
        let (app, who, from) = (self.clone(), actor.clone(), path.to_owned());
        aside(async move {
            let arriving = file::check(&from, app.now()).await?;
            let view = MoveView::of(&arriving.head, &arriving.sums);
            let inner = app.clone();
            // No password is proved before it is taken back.
            file::rehearse(app.store(), &arriving, "", |conn, newcomers| {
                let settled: BoxFuture<'_, Result<ImportedBrand, AppError>> =
                    Box::pin(async move { settle(&inner, conn, &who, view, newcomers).await });
                settled
            })
            .await
        })
        .await
    }

    /// Brings a brand in. It is paused, its channels are to be connected again, and what was still to be sent waits for a
    /// person's word: the other installation may have sent it. Whoever brings it in is one of its owners.
    ///
    /// # Errors
    /// [`AppError::MayNot`]; [`AppError::Refused`] `move-foreign`, `move-other`, `move-damaged`, `move-here`; nothing of it
    /// is here then.
    pub async fn import_brand(&self, actor: &Actor, path: &Path) -> Result<ImportedBrand, AppError> {
        self.may_import_brand(actor)?;
        let nobody = Password::new(Token::fresh().expose());
        let locked = password::hash(self, nobody).await?;
        let (app, who, from) = (self.clone(), actor.clone(), path.to_owned());
        let done = aside(async move {
            let arriving = file::check(&from, app.now()).await?;
            let view = MoveView::of(&arriving.head, &arriving.sums);
            let inner = app.clone();
            file::arrive(app.store(), app.blobs(), &arriving, &locked, |conn, newcomers| {
                let settled: BoxFuture<'_, Result<ImportedBrand, AppError>> =
                    Box::pin(async move { settle(&inner, conn, &who, view, newcomers).await });
                settled
            })
            .await
        })
        .await?;
        self.wake();
        Ok(done)
    }
}

/// Runs what reads and writes files for long where it disturbs no request.
async fn aside<T, F>(work: F) -> Result<T, AppError>
where
    T: Send + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let runtime = tokio::runtime::Handle::current();
    let ran = tokio::task::spawn_blocking(move || runtime.block_on(work)).await;
    ran.map_err(|error| AppError::Broken(format!("a move: {error}")))?
}

/// Inside the transaction: nothing goes on by itself, and everything can be read.
async fn settle(
    app: &App,
    conn: &mut Conn,
    actor: &Actor,
    view: MoveView,
    newcomers: Vec<String>,
) -> Result<ImportedBrand, AppError> {
    let brand = view.brand;
    let readable = async {
        everything(conn, brand).await?;
        brands::get(conn, brand).await
    };
    let mut home =
        readable.await.map_err(|error| MoveError::Damaged { at: "tables".into(), why: error.to_string() })?;
    home.paused = true;
    brands::update(conn, &home).await?;
    let reason = Problem::error("credential-unreadable", "channel");
    let mut reconnect = Vec::new();
    for channel in channels::list(conn, brand).await? {
        crate::channels::mark_reconnect(app, conn, brand, channel.id, &reason).await?;
        reconnect.push(channel.name);
    }
    let held = deliveries(app, conn, brand).await?;
    if let Some(person) = actor.person {
        members::put(conn, brand, person, Role::Owner, app.now()).await?;
    }
    let detail = json!({ "name": view.name, "made_at": view.made_at });
    record(conn, app, actor, Some(brand), "brand.import", &brand.to_string(), detail).await?;
    Ok(ImportedBrand { view, held, reconnect, newcomers })
}

async fn deliveries(app: &App, conn: &mut Conn, brand: BrandId) -> Result<u64, AppError> {
    let states = vec![State::Scheduled, State::Sending, State::Waiting, State::Held];
    let filter = DeliveryFilter { states, ..DeliveryFilter::default() };
    let (mut cursor, mut held) = (None, 0);
    loop {
        let (some, next) = rows::list(conn, brand, &filter, cursor, 500).await?;
        for row in some {
            let decision = decide(row.delivery, DeliveryEvent::Moved, app.now())
                .map_err(|error| AppError::Broken(error.to_string()))?;
            let d = &decision.delivery;
            let all = attempts::of_delivery(conn, brand, d.id).await?;
            for open in all.iter().filter(|attempt| attempt.ended_at.is_none()) {
                attempts::end(conn, brand, d.id, open.n, app.now(), "died", None).await?;
            }
            app.save(conn, &decision, row.rev).await?;
            held += 1;
        }
        cursor = next;
        if cursor.is_none() {
            return Ok(held);
        }
    }
}

/// Reads every row that use cases read, in pages: what cannot be read must not come in.
async fn everything(conn: &mut Conn, brand: BrandId) -> Result<(), sarafan_store::StoreError> {
    members::list(conn, brand).await?;
    rubrics::list(conn, brand).await?;
    channels::list(conn, brand).await?;
    let filter = PostFilter { sort: Sort::Updated, ..PostFilter::default() };
    let mut cursor = None;
    loop {
        let (some, next) = posts::list(conn, brand, &filter, cursor, 500).await?;
        for post in &some {
            posts::get(conn, brand, post.id).await?;
        }
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    let mut cursor = None;
    loop {
        let (_, next) = rows::list(conn, brand, &DeliveryFilter::default(), cursor, 500).await?;
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    let mut cursor = None;
    loop {
        let filter = sarafan_store::assets::AssetFilter::default();
        let (_, next) = sarafan_store::assets::list(conn, brand, &filter, cursor, 500).await?;
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    let mut cursor = None;
    loop {
        let (_, next) = audit::list(conn, Some(brand), &audit::AuditFilter::default(), cursor, 500).await?;
        cursor = next;
        if cursor.is_none() {
            return Ok(());
        }
    }
}

impl From<MoveError> for AppError {
    fn from(error: MoveError) -> Self {
        Self::Refused(match error {
            MoveError::File { reason } => Problem::error("move-file", "file").with("reason", reason),
            MoveError::Foreign => Problem::error("move-foreign", "file"),
            MoveError::Other { made_by } => {
                Problem::error("move-other", "file").with("made", made_by).with("version", env!("CARGO_PKG_VERSION"))
            }
            MoveError::Damaged { at, why } => Problem::error("move-damaged", "file").with("at", at).with("why", why),
            MoveError::Here => Problem::error("move-here", "file"),
            MoveError::Store(error) => return error.into(),
        })
    }
}
