//! Posts: writing, checking, putting them on their way, and calling them back.
//!
//! Nothing here sends. A post that is scheduled has one delivery per channel, each with a job in the queue; from
//! then on [`crate::jobs::publish`] decides.

use sarafan_domain::channel::Channel;
use sarafan_domain::delivery::{Event as DeliveryEvent, State};
use sarafan_domain::id::{BrandId, ChannelId, PostId, RubricId};
use sarafan_domain::member::Action;
use sarafan_domain::post::{Content, PostState};
use sarafan_domain::problem::Problem;
use sarafan_domain::schedule::{Mode, RepeatRule, Schedule, wall_text};
use sarafan_domain::time::{self, Fold, Wall};
use sarafan_domain::{schedule as rules, text, typography};
use sarafan_store::deliveries::DeliveryRow;
use sarafan_store::posts::{PostFilter, PostRow, Sort};
use sarafan_store::{Conn, channels, deliveries as rows, posts, rubrics};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::live::Event;
use crate::{Actor, App, AppError};

mod check;
mod history;
mod schedule;
mod view;

pub use check::{ChannelCheck, CheckView, Checked, LinkCard, MediaPreview, PartCount, Preview, SlotView};
pub use history::{HistoryPage, VersionContent, VersionDetail, VersionView};
pub use view::{AuthorView, PostBriefView, PostPage, PostView, ScheduleView};

/// What a person wrote.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub struct PostInput {
    /// The content.
    pub content: Content,
    /// Where it is to go.
    #[serde(default)]
    pub channels: Vec<ChannelId>,
    /// When it is planned; it goes out only once it is scheduled.
    #[serde(default)]
    pub schedule: Option<ScheduleInput>,
    /// Its id in the plan it came from; unique in the brand.
    #[serde(default)]
    pub key: Option<String>,
}

/// A time on the wall.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct ScheduleInput {
    /// What the wall shows.
    #[serde(with = "wall_text")]
    #[schema(value_type = String, example = "2026-12-01T10:00")]
    pub wall: Wall,
    /// IANA zone of the wall.
    pub zone: String,
    /// Which pass of an hour that is shown twice.
    #[serde(default)]
    pub fold: Option<Fold>,
}

/// When a post is to go out.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(tag = "mode", rename_all = "lowercase")]
pub enum When {
    /// At once.
    Now,
    /// At this time.
    At(ScheduleInput),
    /// In the next free slot of each channel's timetable.
    Slot,
}

/// What to list.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct PostQuery {
    /// Only these states.
    pub states: Vec<PostState>,
    /// Only this channel.
    pub channel: Option<ChannelId>,
    /// Only this network.
    pub network: Option<String>,
    /// Only this rubric.
    pub rubric: Option<RubricId>,
    /// Only with this label.
    pub label: Option<String>,
    /// Only with these words.
    pub q: Option<String>,
    /// Due at or after.
    pub from: Option<time::Timestamp>,
    /// Due before.
    pub to: Option<time::Timestamp>,
    /// By last change rather than by due time.
    pub by_update: bool,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// How many; at most 600.
    pub limit: Option<usize>,
}

/// A date of a repeat rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OccurrenceView {
    /// What the wall shows.
    pub wall: String,
    /// The instant.
    pub at: String,
    /// The clock skips that time on that day.
    pub shifted: bool,
}

impl PostInput {
    fn problems(&self) -> Vec<Problem> {
        let mut problems = self.content.check();
        if self.key.as_ref().is_some_and(|key| key.trim().is_empty() || key.chars().count() > 200) {
            problems.push(Problem::error("key-bad", "key"));
        }
        problems
    }

    /// The schedule with its instant; an impossible time is a problem here.
    fn schedule(&self) -> Result<Option<(Schedule, time::Timestamp)>, AppError> {
        self.schedule.as_ref().map(ScheduleInput::resolve).transpose()
    }
}

impl ScheduleInput {
    fn resolve(&self) -> Result<(Schedule, time::Timestamp), AppError> {
        let zone = time::zone(&self.zone)?;
        let at = time::instant(self.wall, &zone, self.fold)?;
        Ok((Schedule { mode: Mode::At, wall: self.wall, zone: self.zone.clone() }, at))
    }
}

impl App {
    /// Writes a new draft.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for what no network would take, an unknown channel or asset, an impossible time;
    /// [`AppError::Conflict`] where a post with this key exists.
    pub async fn create_post(&self, actor: &Actor, brand: BrandId, input: PostInput) -> Result<PostView, AppError> {
        self.enter(actor, brand, Action::PostWrite).await?;
        fail_on(input.problems())?;
        let schedule = input.schedule()?;
        let now = self.now();
        let id = self.new_id();
        let row = PostRow {
            id,
            brand,
            version: 1,
            key: input.key,
            state: PostState::Draft,
            content: input.content,
            channels: input.channels,
            due_at: schedule.as_ref().map(|(_, at)| *at),
            schedule: schedule.map(|(schedule, _)| schedule),
            repeat: None,
            series: None,
            problems: 0,
            author: actor.author(),
            created_at: now,
            updated_at: now,
        };
        let (app, who) = (self.clone(), actor.clone());
        let id = self
            .store()
            .write(move |conn| {
                let (app, who, mut row) = (app.clone(), who.clone(), row.clone());
                Box::pin(async move {
                    app.fit_to_brand(conn, brand, &row).await?;
                    app.within_limit(conn, &who, brand, Action::PostWrite, &row.channels).await?;
                    row.problems = app.count_problems(conn, brand, &row).await?;
                    posts::insert(conn, &row).await?;
                    record(conn, &app, &who, Some(brand), "post.create", &row.id.to_string(), json!({})).await?;
                    Ok::<_, AppError>(row.id)
                })
            })
            .await?;
        self.live().tell(brand, Event::Post { id });
        self.post(actor, brand, id).await
    }

    /// One post, with its problems and deliveries.
    ///
    /// # Errors
    /// [`AppError::NotFound`], also for another brand's post.
    pub async fn post(&self, actor: &Actor, brand: BrandId, id: PostId) -> Result<PostView, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let row = posts::get(&mut conn, brand, id).await?;
        self.post_view(&mut conn, actor, row).await
    }

    /// A page of the posts list.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a cursor we did not make.
    pub async fn list_posts(&self, actor: &Actor, brand: BrandId, query: PostQuery) -> Result<PostPage, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let filter = PostFilter {
            states: query.states,
            channel: query.channel,
            network: query.network,
            rubric: query.rubric,
            label: query.label,
            q: query.q.filter(|q| !q.trim().is_empty()),
            from: query.from,
            to: query.to,
            sort: if query.by_update { Sort::Updated } else { Sort::DueFirst },
            ..PostFilter::default()
        };
        let limit = query.limit.unwrap_or(50).clamp(1, 600);
        PostPage::of(&mut conn, brand, &filter, query.cursor.as_deref(), limit).await
    }

    /// Replaces what is written. Deliveries that have not left follow: new channels are added with the same time,
    /// removed ones called off.
    ///
    /// # Errors
    /// [`AppError::Conflict`] where `version` is not the latest: somebody else saved meanwhile and nothing is
    /// overwritten.
    pub async fn update_post(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        version: i64,
        input: PostInput,
    ) -> Result<PostView, AppError> {
        self.save_post(actor, brand, id, version, input, None).await
    }

    /// The same; `restored` is the version that is brought back.
    async fn save_post(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        version: i64,
        input: PostInput,
        restored: Option<i64>,
    ) -> Result<PostView, AppError> {
        self.enter(actor, brand, Action::PostWrite).await?;
        fail_on(input.problems())?;
        let schedule = input.schedule()?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, input, schedule) = (app.clone(), who.clone(), input.clone(), schedule.clone());
                Box::pin(async move {
                    let mut row = posts::get(conn, brand, id).await?;
                    let old = row.clone();
                    app.within_limit(conn, &who, brand, Action::PostWrite, &old.channels).await?;
                    let on_its_way = app.pending(conn, brand, id).await?;
                    row.content = input.content;
                    row.channels = input.channels;
                    row.updated_at = app.now();
                    if on_its_way.is_empty() {
                        row.due_at = schedule.as_ref().map(|(_, at)| *at);
                        row.schedule = schedule.map(|(schedule, _)| schedule);
                    }
                    app.fit_to_brand(conn, brand, &row).await?;
                    app.within_limit(conn, &who, brand, Action::PostWrite, &row.channels).await?;
                    row.problems = app.count_problems(conn, brand, &row).await?;
                    row.version = posts::update(conn, &row, version).await?;
                    app.keep_version(conn, &who, &old, &row, restored).await?;
                    app.content_saved(conn, &who, &row).await?;
                    app.follow_channels(conn, &who, &row, &on_its_way).await?;
                    let action = if restored.is_some() { "post.restore" } else { "post.update" };
                    record(conn, &app, &who, Some(brand), action, &id.to_string(), history::detail(restored)).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Post { id });
        self.wake();
        self.post(actor, brand, id).await
    }

    /// Removes a post of which nothing has left.
    ///
    /// # Errors
    /// [`AppError::Refused`] where something is out or on its way.
    pub async fn delete_post(&self, actor: &Actor, brand: BrandId, id: PostId) -> Result<(), AppError> {
        self.enter(actor, brand, Action::PostDelete).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    let row = posts::get(conn, brand, id).await?;
                    app.within_limit(conn, &who, brand, Action::PostDelete, &row.channels).await?;
                    let all = rows::of_post(conn, brand, id).await?;
                    let harmless =
                        |state| matches!(state, State::Scheduled | State::Held | State::Cancelled | State::Failed);
                    if all.iter().any(|row| !harmless(row.delivery.state) || row.delivery.published.is_some()) {
                        return Err(AppError::post_state(row.state));
                    }
                    for delivery in all.into_iter().filter(|row| row.delivery.state != State::Cancelled) {
                        app.apply(conn, delivery, DeliveryEvent::Cancel, None).await?;
                    }
                    posts::delete(conn, brand, id).await?;
                    let detail = json!({ "title": text::title(&row.content.text, 120) });
                    record(conn, &app, &who, Some(brand), "post.delete", &id.to_string(), detail).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Post { id });
        Ok(())
    }

    /// A draft with the same content and channels.
    ///
    /// # Errors
    /// As [`App::create_post`].
    pub async fn duplicate_post(&self, actor: &Actor, brand: BrandId, id: PostId) -> Result<PostView, AppError> {
        self.enter(actor, brand, Action::PostWrite).await?;
        let row = posts::get(&mut *self.store().read().await?, brand, id).await?;
        let input = PostInput { content: row.content, channels: row.channels, schedule: None, key: None };
        self.create_post(actor, brand, input).await
    }

    /// The next ten dates of a rule, across daylight-saving changes.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for an unknown zone or a rule that cannot be.
    pub fn repeat_preview(&self, start: Wall, zone: &str, rule: &RepeatRule) -> Result<Vec<OccurrenceView>, AppError> {
        let zone = time::zone(zone)?;
        fail_on(rules::check(rule, start))?;
        let dates = rules::occurrences(rule, start, &zone, None, 10);
        Ok(dates
            .into_iter()
            .map(|date| OccurrenceView {
                wall: wall_text::format(date.wall),
                at: crate::view::instant(date.at),
                shifted: date.shifted,
            })
            .collect())
    }

    /// The text with the quotes, dashes and spaces that its language wants.
    pub fn typography(&self, text: &str, language: &str) -> String {
        typography::set(text, language)
    }

    /// Every channel and asset must be of this brand; otherwise it does not exist.
    async fn fit_to_brand(&self, conn: &mut Conn, brand: BrandId, row: &PostRow) -> Result<(), AppError> {
        self.channels_of(conn, brand, &row.channels).await?;
        if let Some(rubric) = row.content.rubric
            && !rubrics::list(conn, brand).await?.iter().any(|known| known.id == rubric)
        {
            return Err(Problem::error("rubric-unknown", "rubric").with("rubric", rubric.to_string()).into());
        }
        let wanted = row.content.assets();
        let found = crate::assets::facts(conn, brand, &wanted).await?;
        match wanted.iter().find(|id| !found.iter().any(|facts| facts.id == **id)) {
            Some(id) => Err(Problem::error("asset-missing", "media").with("asset", id.to_string()).into()),
            None => Ok(()),
        }
    }

    pub(crate) async fn channels_of(
        &self,
        conn: &mut Conn,
        brand: BrandId,
        ids: &[ChannelId],
    ) -> Result<Vec<Channel>, AppError> {
        let all = channels::connected(conn, brand, ids).await?;
        ids.iter()
            .map(|id| {
                all.iter().find(|channel| channel.id == *id).cloned().ok_or_else(|| {
                    AppError::from(Problem::error("channel-missing", "channels").with("channel", id.to_string()))
                })
            })
            .collect()
    }

    /// Deliveries that can still be called off.
    async fn pending(&self, conn: &mut Conn, brand: BrandId, id: PostId) -> Result<Vec<DeliveryRow>, AppError> {
        let all = rows::of_post(conn, brand, id).await?;
        Ok(all.into_iter().filter(|row| matches!(row.delivery.state, State::Scheduled | State::Held)).collect())
    }

    async fn follow_channels(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        row: &PostRow,
        on_its_way: &[DeliveryRow],
    ) -> Result<(), AppError> {
        let Some(due) = on_its_way.first().map(|row| row.delivery.due.clone()) else { return Ok(()) };
        let all = rows::of_post(conn, row.brand, row.id).await?;
        for delivery in on_its_way.iter().filter(|one| !row.channels.contains(&one.delivery.channel)) {
            self.apply(conn, delivery.clone(), DeliveryEvent::Cancel, None).await?;
        }
        let new: Vec<ChannelId> =
            row.channels.iter().filter(|id| !all.iter().any(|one| one.delivery.channel == **id)).copied().collect();
        if !new.is_empty()
            && !actor.may(self.enter_with(conn, actor, row.brand, Action::PostWrite).await?, Action::PostPublish)
        {
            return Err(AppError::MayNot { action: Action::PostPublish });
        }
        for channel in new {
            self.new_delivery(conn, row.brand, row.id, channel, due.clone()).await?;
        }
        self.settle_post(conn, row.brand, row.id).await
    }
}

fn fail_on(problems: Vec<Problem>) -> Result<(), AppError> {
    if problems.iter().any(Problem::is_error) { Err(AppError::Invalid(problems)) } else { Ok(()) }
}
