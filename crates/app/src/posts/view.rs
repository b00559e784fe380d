//! A post as the API shows it.

use sarafan_domain::approval::{Policy, Standing};
use sarafan_domain::channel::Channel;
use sarafan_domain::id::{AssetId, BrandId, ChannelId, PersonId, PostId, RubricId, SeriesId};
use sarafan_domain::post::{Content, PostState};
use sarafan_domain::schedule::{Mode, RepeatRule, Schedule, wall_text};
use sarafan_store::posts::{self, PostBriefRow, PostFilter, PostRow};
use sarafan_store::{Conn, approvals, channels, deliveries as rows, persons};
use serde::Serialize;
use utoipa::ToSchema;

use crate::approvals::ApprovalView;
use crate::deliveries::DeliveryView;
use crate::view::{ProblemView, instant};
use crate::{Actor, App, AppError};

/// A post with all that belongs to it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PostView {
    /// Its id.
    pub id: PostId,
    /// Counts every change; sent back with the next one.
    pub version: i64,
    /// Its id in the plan it came from.
    pub key: Option<String>,
    /// Where it stands.
    pub state: PostState,
    /// What is written.
    pub content: Content,
    /// Where it goes.
    pub channels: Vec<ChannelId>,
    /// When, as the author said it.
    pub schedule: Option<ScheduleView>,
    /// How it repeats.
    pub repeat: Option<RepeatRule>,
    /// The series it belongs to.
    pub series: Option<SeriesId>,
    /// What the networks would say.
    pub problems: Vec<ProblemView>,
    /// Its deliveries.
    pub deliveries: Vec<DeliveryView>,
    /// Where its approval stands.
    pub approval: ApprovalView,
    /// Who wrote it.
    pub author: AuthorView,
    /// When it was made.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
    /// When it is due.
    pub due_at: Option<String>,
}

/// A person as a word in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuthorView {
    /// Who.
    pub id: PersonId,
    /// As others see them.
    pub name: String,
}

/// A time on the wall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScheduleView {
    /// Where the time came from.
    pub mode: Mode,
    /// What the wall shows.
    pub wall: String,
    /// In which zone.
    pub zone: String,
}

impl From<Schedule> for ScheduleView {
    fn from(schedule: Schedule) -> Self {
        Self { mode: schedule.mode, wall: wall_text::format(schedule.wall), zone: schedule.zone }
    }
}

/// A post in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PostBriefView {
    /// Its id.
    pub id: PostId,
    /// Counts every change.
    pub version: i64,
    /// Its id in the plan it came from.
    pub key: Option<String>,
    /// Where it stands.
    pub state: PostState,
    /// Its first line.
    pub title: String,
    /// Its content category.
    pub rubric: Option<RubricId>,
    /// Labels.
    pub labels: Vec<String>,
    /// Campaign.
    pub campaign: String,
    /// Language of the text.
    pub language: String,
    /// Networks it goes to.
    pub networks: Vec<String>,
    /// Channels it goes to.
    pub channels: Vec<ChannelId>,
    /// When it is due.
    pub due_at: Option<String>,
    /// What the wall shows then.
    pub wall: Option<String>,
    /// In which zone.
    pub zone: Option<String>,
    /// Its first picture.
    pub thumb: Option<AssetId>,
    /// Who wrote it.
    pub author: AuthorView,
    /// How many problems stop it.
    pub problems: i64,
    /// Where its approval stands; `None` where nobody was ever asked.
    pub approval: Option<Standing>,
    /// It is still to go out, and a channel of it wants a yes that it does not have.
    pub waits_approval: bool,
    /// When it was last changed.
    pub updated_at: String,
}

/// A page of the posts list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PostPage {
    /// The posts.
    pub items: Vec<PostBriefView>,
    /// Where the next page begins.
    pub next: Option<String>,
}

impl PostPage {
    /// A page of the posts that a filter finds.
    pub(crate) async fn of(
        conn: &mut Conn,
        brand: BrandId,
        filter: &PostFilter,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Self, AppError> {
        let cursor = crate::paging::cursor(cursor)?;
        let (rows, next) = posts::list(conn, brand, filter, cursor, limit).await?;
        Ok(Self { items: PostBriefView::all(conn, brand, rows).await?, next: next.map(|next| next.to_string()) })
    }
}

impl PostBriefView {
    /// Rows with the networks of their channels.
    pub(crate) async fn all(conn: &mut Conn, brand: BrandId, rows: Vec<PostBriefRow>) -> Result<Vec<Self>, AppError> {
        let used = rows.iter().flat_map(|row| row.channels.iter().copied());
        let channels = channels::some(conn, brand, used).await?;
        let policy = approvals::policy(conn, brand).await?;
        Ok(rows.into_iter().map(|row| Self::new(row, &channels, &policy)).collect())
    }

    fn new(row: PostBriefRow, channels: &[Channel], policy: &Policy) -> Self {
        let to_go = row.state.is_written()
            || matches!(row.state, PostState::Scheduled | PostState::Partly | PostState::Failed | PostState::Sending);
        let needed = row.channels.iter().any(|id| policy.needs(*id));
        let mut networks: Vec<String> = channels
            .iter()
            .filter(|channel| row.channels.contains(&channel.id))
            .map(|channel| channel.network.clone())
            .collect();
        networks.sort_unstable();
        networks.dedup();
        Self {
            id: row.id,
            version: row.version,
            key: row.key,
            state: row.state,
            title: row.title,
            rubric: row.rubric,
            labels: row.labels,
            campaign: row.campaign,
            language: row.language,
            networks,
            channels: row.channels,
            due_at: row.due_at.map(instant),
            wall: row.wall.and_then(|wall| wall.parse().ok()).map(wall_text::format),
            zone: row.zone,
            thumb: row.thumb,
            author: AuthorView { id: row.author, name: row.author_name },
            problems: row.problems,
            approval: row.standing,
            waits_approval: to_go && needed && row.standing != Some(Standing::Approved),
            updated_at: instant(row.updated_at),
        }
    }
}

impl App {
    pub(crate) async fn post_view(&self, conn: &mut Conn, actor: &Actor, row: PostRow) -> Result<PostView, AppError> {
        let brand: BrandId = row.brand;
        let deliveries = rows::of_post(conn, brand, row.id).await?;
        let used = deliveries.iter().map(|row| row.delivery.channel).chain(row.channels.iter().copied());
        let all = channels::some(conn, brand, used).await?;
        let own: Vec<_> = all.iter().filter(|channel| row.channels.contains(&channel.id)).cloned().collect();
        let mut problems = self.problem_views(actor, &row.content.check(), None);
        for checked in self.checked(conn, brand, &row.content, &own).await? {
            problems.extend(self.problem_views(actor, &checked.problems, Some(&checked.channel)));
        }
        let name = persons::get(conn, row.author).await.map(|person| person.name).unwrap_or_default();
        let policy = approvals::policy(conn, brand).await?;
        let asked = approvals::get(conn, brand, row.id).await?;
        Ok(PostView {
            approval: ApprovalView::new(&row, asked, &policy),
            id: row.id,
            version: row.version,
            key: row.key,
            state: row.state,
            channels: row.channels,
            schedule: row.schedule.map(ScheduleView::from),
            repeat: row.repeat,
            series: row.series,
            problems,
            deliveries: deliveries
                .into_iter()
                .map(|row| {
                    let channel = all.iter().find(|channel| channel.id == row.delivery.channel);
                    self.delivery_view(actor, &row, channel)
                })
                .collect(),
            author: AuthorView { id: row.author, name },
            created_at: instant(row.created_at),
            updated_at: instant(row.updated_at),
            due_at: row.due_at.map(instant),
            content: row.content,
        })
    }
}
