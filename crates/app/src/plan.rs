//! The content plan in and out: a preview that saves nothing, then every good row a scheduled post and every other a
//! draft with its problems.
//!
//! A row is one transaction: all or nothing per row. A row that was imported before is passed over, so that the same
//! file can be given twice.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use sarafan_domain::brand::Rubric;
use sarafan_domain::channel::Channel;
use sarafan_domain::id::{AssetId, BrandId, JobId, PostId};
use sarafan_domain::language::Lang;
use sarafan_domain::member::Action;
use sarafan_domain::plan::{self, Context, ExportRow, Field, PlanChannel, PlanRow, PlanRubric, ReadOptions, Sheet};
use sarafan_domain::post::PostState;
use sarafan_domain::problem::Problem;
use sarafan_domain::schedule::wall_text;
use sarafan_domain::time::Timestamp;
use sarafan_store::posts::{PostFilter, PostRow};
use sarafan_store::{Conn, brands, channels, posts, rubrics};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::live::Event;
use crate::posts::{ScheduleInput, When};
use crate::view::ProblemView;
use crate::{Actor, App, AppError};

/// A plan file with its pictures.
#[derive(Debug, Clone, Default)]
pub struct PlanFile {
    /// The file.
    pub bytes: Bytes,
    /// Pictures that came with it: name and content.
    pub media: Vec<(String, Bytes)>,
    /// What the person said about the file.
    pub options: ReadOptions,
}

/// What an import found and did.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportReport {
    /// How the bytes were read as text.
    pub encoding: String,
    /// What stood between cells.
    pub separator: String,
    /// The columns and what they were taken for.
    pub columns: Vec<ColumnView>,
    /// What a column can be.
    pub fields: Vec<String>,
    /// The rows.
    pub rows: Vec<ImportRow>,
    /// How many of each.
    pub counts: ImportCounts,
    /// False for a preview.
    pub saved: bool,
    /// Names the import in the live messages.
    pub job: JobId,
}

/// A column of the file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ColumnView {
    /// Its name in the file.
    pub name: String,
    /// What it is; missing where it is left out.
    pub field: Option<String>,
}

/// How many rows came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportCounts {
    /// Good rows.
    pub ok: usize,
    /// Rows with problems.
    pub problems: usize,
    /// Rows that were imported before.
    pub skipped: usize,
}

/// What came of a row.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportRow {
    /// Line of the file where it begins.
    pub line: usize,
    /// Its id in the file.
    pub id: String,
    /// Nothing stops it.
    pub ok: bool,
    /// First line of its text.
    pub title: String,
    /// When, on the wall.
    pub at: Option<String>,
    /// In which zone.
    pub zone: String,
    /// Names of its channels.
    pub channels: Vec<String>,
    /// What is wrong.
    pub problems: Vec<ProblemView>,
    /// The post that was made.
    pub post: Option<PostId>,
    /// `scheduled`, `draft` or `skipped`; missing in a preview.
    pub result: Option<String>,
}

/// Everything a plan is read against.
struct Ground {
    zone: String,
    language: String,
    channels: Vec<Channel>,
    plan_channels: Vec<PlanChannel>,
    rubrics: Vec<PlanRubric>,
    known: BTreeSet<String>,
    media: BTreeMap<String, AssetId>,
}

impl App {
    /// Reads a plan; saves it unless `dry_run`.
    ///
    /// # Errors
    /// [`AppError::Invalid`] where the file as a whole cannot be read; what is wrong with single rows is in the report.
    pub async fn import_plan(
        &self,
        actor: &Actor,
        brand: BrandId,
        file: PlanFile,
        dry_run: bool,
    ) -> Result<ImportReport, AppError> {
        let role = self.enter(actor, brand, Action::PlanImport).await?;
        let publishes = actor.may(role, Action::PostPublish);
        let PlanFile { bytes, media, options } = file;
        // A hundred megabytes of text are read on another thread: pages must stay quick meanwhile.
        let sheet = tokio::task::spawn_blocking(move || plan::read(&bytes, &options))
            .await
            .map_err(|error| AppError::Broken(error.to_string()))??;
        let mut refused: BTreeMap<String, Problem> = BTreeMap::new();
        let mut came: BTreeSet<String> = BTreeSet::new();
        for (name, bytes) in media {
            if dry_run {
                match self.look_at_file(&name, &bytes).await {
                    Ok(()) => {
                        came.insert(name);
                    }
                    Err(problem) => {
                        refused.insert(name, problem);
                    }
                }
            } else if let Err(AppError::Invalid(problems)) = self.upload_asset(actor, brand, &name, "", bytes).await
                && let Some(problem) = problems.into_iter().next()
            {
                refused.insert(name, problem);
            }
        }
        let ground = self.ground(brand, &sheet).await?;
        let job: JobId = self.new_id();
        let mut report = ImportReport {
            encoding: sheet.encoding.code().to_owned(),
            separator: sheet.separator.code().to_owned(),
            columns: sheet
                .columns
                .iter()
                .map(|column| ColumnView {
                    name: column.name.clone(),
                    field: column.field.map(|field| field.code().to_owned()),
                })
                .collect(),
            fields: Field::ALL.into_iter().map(|field| field.code().to_owned()).collect(),
            rows: Vec::with_capacity(sheet.len),
            counts: ImportCounts::default(),
            saved: !dry_run,
            job,
        };
        let now = self.now();
        // The nil id stands for a picture that came with a preview and is not in the library yet.
        let coming = AssetId(uuid::Uuid::nil());
        let find = |name: &str| ground.media.get(name).copied().or_else(|| came.contains(name).then_some(coming));
        let context = ground.context(&find, now);
        for (index, mut row) in sheet.rows(&context).enumerate() {
            refuse_media(&mut row, &refused);
            self.network_problems(brand, &ground, &mut row, coming).await?;
            let view = if dry_run || row.known || !row.readable {
                self.row_view(actor, &ground, &row, None, row.known.then_some("skipped"))
            } else {
                self.save_row(actor, brand, &ground, row, publishes).await?
            };
            match (view.ok, row_known(&view)) {
                (_, true) => report.counts.skipped += 1,
                (true, _) => report.counts.ok += 1,
                (false, _) => report.counts.problems += 1,
            }
            report.rows.push(view);
            if index % 50 == 0 {
                self.live().tell(brand, Event::Import { job, done: index, total: sheet.len });
                // Long imports share the machine with everybody else.
                tokio::task::yield_now().await;
            }
        }
        self.live().tell(brand, Event::Import { job, done: sheet.len, total: sheet.len });
        if !dry_run {
            self.wake();
        }
        Ok(report)
    }

    /// The plan between two instants as a file that an import reads back to the same posts.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for another brand.
    pub async fn export_plan(
        &self,
        actor: &Actor,
        brand: BrandId,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
    ) -> Result<Vec<u8>, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let filter = PostFilter { from, to, ..PostFilter::default() };
        let mut rows = Vec::new();
        let mut names = BTreeMap::new();
        let mut cursor = None;
        loop {
            let (page, next) = posts::list(&mut conn, brand, &filter, cursor, 200).await?;
            for brief in page {
                let row = posts::get(&mut conn, brand, brief.id).await?;
                names.extend(crate::assets::names(&mut conn, brand, &row.content.assets()).await?);
                rows.push(ExportRow {
                    id: row.key.unwrap_or_else(|| row.id.to_string()),
                    content: row.content,
                    channels: row.channels,
                    schedule: row.schedule,
                    at: row.due_at,
                });
            }
            cursor = next;
            if cursor.is_none() {
                break;
            }
        }
        let (plan_channels, rubrics) = self.words(&mut conn, brand).await?;
        Ok(plan::write(&rows, &plan_channels, &rubrics, &|id| {
            names.get(&id).cloned().unwrap_or_else(|| id.to_string())
        }))
    }

    async fn ground(&self, brand: BrandId, sheet: &Sheet) -> Result<Ground, AppError> {
        let mut conn = self.store().read().await?;
        let home = brands::get(&mut conn, brand).await?;
        let (plan_channels, rubrics) = self.words(&mut conn, brand).await?;
        let mut media = BTreeMap::new();
        for name in sheet.media_names() {
            if let Some(asset) = crate::assets::by_name(&mut conn, brand, &name).await? {
                media.insert(name, asset);
            }
        }
        let keys: Vec<String> = sheet.keys().into_iter().collect();
        Ok(Ground {
            zone: home.time_zone,
            language: home.language,
            channels: channels::list(&mut conn, brand).await?,
            plan_channels,
            rubrics,
            known: known(&mut conn, brand, &keys).await?,
            media,
        })
    }

    /// Channels and rubrics by every name a plan may use for them.
    async fn words(&self, conn: &mut Conn, brand: BrandId) -> Result<(Vec<PlanChannel>, Vec<PlanRubric>), AppError> {
        let channels = channels::list(conn, brand).await?.into_iter().map(|channel| PlanChannel {
            id: channel.id,
            network_names: self
                .networks()
                .get(&channel.network)
                .map(|n| n.about().title.to_owned())
                .into_iter()
                .collect(),
            network: channel.network,
            handle: channel.handle,
            name: channel.name,
        });
        let rubrics = rubrics::list(conn, brand).await?.into_iter().map(|rubric| PlanRubric {
            id: rubric.id,
            names: self.rubric_names(&rubric),
            key: rubric.key,
        });
        Ok((channels.collect(), rubrics.collect()))
    }

    /// What a rubric is called in any of our languages; a standard one is named by the texts.
    fn rubric_names(&self, rubric: &Rubric) -> Vec<String> {
        if !rubric.name.is_empty() {
            return vec![rubric.name.clone()];
        }
        let key = format!("rubric-{}", rubric.key.to_lowercase());
        Lang::ALL.into_iter().filter_map(|lang| self.texts().find(lang, &key, [])).collect()
    }

    /// Adds what the networks would say, so that the preview tells it before anything is saved.
    async fn network_problems(
        &self,
        brand: BrandId,
        ground: &Ground,
        row: &mut PlanRow,
        coming: AssetId,
    ) -> Result<(), AppError> {
        let own: Vec<Channel> =
            ground.channels.iter().filter(|channel| row.channels.contains(&channel.id)).cloned().collect();
        if own.is_empty() || row.known {
            return Ok(());
        }
        let mut conn = self.store().read().await?;
        for checked in self.checked(&mut conn, brand, &row.content, &own).await? {
            let pictures_to_come = checked.variant.media.iter().any(|media| media.asset == coming);
            for mut problem in checked.problems {
                if problem.code == "asset-missing" && pictures_to_come {
                    continue;
                }
                problem = problem.with("channel", checked.channel.name.as_str());
                if problem.is_error() {
                    row.ok = false;
                }
                if !row.problems.contains(&problem) {
                    row.problems.push(problem);
                }
            }
        }
        Ok(())
    }

    async fn save_row(
        &self,
        actor: &Actor,
        brand: BrandId,
        ground: &Ground,
        row: PlanRow,
        publishes: bool,
    ) -> Result<ImportRow, AppError> {
        let now = self.now();
        let id: PostId = self.new_id();
        let (post, when) = self.row_post(actor, brand, &row, id, now);
        let schedules = row.ok && publishes && when.is_some();
        let (app, who) = (self.clone(), actor.clone());
        let key = row.key.clone().unwrap_or_default();
        self.store()
            .write(move |conn| {
                let (app, who, post, when, key) = (app.clone(), who.clone(), post.clone(), when.clone(), key.clone());
                Box::pin(async move {
                    app.within_limit(conn, &who, brand, Action::PlanImport, &post.channels).await?;
                    posts::insert(conn, &post).await?;
                    if let Some(when) = when.filter(|_| schedules) {
                        app.schedule_in(conn, &who, brand, id, 1, &when, None).await?;
                    }
                    record(conn, &app, &who, Some(brand), "post.import", &id.to_string(), json!({ "key": key })).await
                })
            })
            .await?;
        let result = if schedules { "scheduled" } else { "draft" };
        Ok(self.row_view(actor, ground, &row, Some(id), Some(result)))
    }

    fn row_post(
        &self,
        actor: &Actor,
        brand: BrandId,
        row: &PlanRow,
        id: PostId,
        now: Timestamp,
    ) -> (PostRow, Option<When>) {
        let errors = row.problems.iter().filter(|problem| problem.is_error()).count();
        let when = row.schedule.as_ref().zip(row.at).map(|(schedule, at)| {
            // The file has settled which pass of a doubled hour is meant.
            let first = sarafan_domain::time::zone(&schedule.zone).and_then(|zone| {
                sarafan_domain::time::instant(schedule.wall, &zone, Some(sarafan_domain::time::Fold::Earlier))
            });
            let fold =
                if first == Ok(at) { sarafan_domain::time::Fold::Earlier } else { sarafan_domain::time::Fold::Later };
            When::At(ScheduleInput { wall: schedule.wall, zone: schedule.zone.clone(), fold: Some(fold) })
        });
        let post = PostRow {
            id,
            brand,
            version: 1,
            key: row.key.clone(),
            state: PostState::Draft,
            content: row.content.clone(),
            channels: row.channels.clone(),
            schedule: row.schedule.clone(),
            due_at: row.at,
            repeat: None,
            series: None,
            problems: i64::try_from(errors).unwrap_or(i64::MAX),
            author: actor.author(),
            created_at: now,
            updated_at: now,
        };
        (post, when)
    }

    fn row_view(
        &self,
        actor: &Actor,
        ground: &Ground,
        row: &PlanRow,
        post: Option<PostId>,
        result: Option<&str>,
    ) -> ImportRow {
        ImportRow {
            line: row.line,
            id: row.id.clone(),
            ok: row.ok,
            title: row.title(),
            at: row.schedule.as_ref().map(|schedule| wall_text::format(schedule.wall)),
            zone: row.zone.clone(),
            channels: ground
                .channels
                .iter()
                .filter(|channel| row.channels.contains(&channel.id))
                .map(|channel| channel.name.clone())
                .collect(),
            problems: self.problem_views(actor, &row.problems, None),
            post,
            result: result.map(str::to_owned),
        }
    }
}

/// Which rows are here already: by the key they came with, or, in a file that we wrote, by the id of the post.
async fn known(conn: &mut Conn, brand: BrandId, keys: &[String]) -> Result<BTreeSet<String>, AppError> {
    let mut known = posts::known_keys(conn, brand, keys).await?;
    let ids: Vec<PostId> = keys.iter().filter_map(|key| key.parse().ok()).collect();
    known.extend(posts::contents(conn, brand, &ids).await?.keys().map(ToString::to_string));
    Ok(known)
}

impl Ground {
    fn context<'a>(&'a self, media: &'a (dyn Fn(&str) -> Option<AssetId> + Sync), now: Timestamp) -> Context<'a> {
        Context {
            channels: &self.plan_channels,
            rubrics: &self.rubrics,
            zone: &self.zone,
            language: &self.language,
            known: &self.known,
            media,
            now,
        }
    }
}

fn row_known(view: &ImportRow) -> bool {
    view.result.as_deref() == Some("skipped")
}

/// A picture that came with the plan and was refused says why, instead of merely missing.
fn refuse_media(row: &mut PlanRow, refused: &BTreeMap<String, Problem>) {
    for problem in &mut row.problems {
        if problem.code != "media-missing" {
            continue;
        }
        let name = match problem.args.get("file") {
            Some(sarafan_domain::problem::Arg::Text(name)) => name.clone(),
            _ => continue,
        };
        if let Some(why) = refused.get(&name) {
            *problem = why.clone().with("file", name);
        }
    }
}
