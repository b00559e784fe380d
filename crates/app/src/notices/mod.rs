//! Notices: who hears of what. Something that happened tells it inside its own transaction; each person's choice says
//! which way it goes. What was read before its letter leaves is not mailed: whoever looks at the application is not
//! written to as well.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use sarafan_domain::delivery::{Delivery, State};
use sarafan_domain::id::{BrandId, ChannelId, NoticeId, PersonId, PostId, TaskId};
use sarafan_domain::language::Lang;
use sarafan_domain::member::{Action, may};
use sarafan_domain::notice::{Choices, Kind, Mail, Ways};
use sarafan_domain::problem::{Arg, Problem};
use sarafan_store::notices::{self, NoticeRow};
use sarafan_store::posts::PostRow;
use sarafan_store::{Conn, members, messengers, posts};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::live::Event;
use crate::view::instant;
use crate::{Actor, App, AppError};

pub(crate) mod digest;
pub(crate) mod messenger;
mod silence;

pub use messenger::{InviteView, MessengerView};
pub use silence::Silence;

/// What was read is forgotten after this.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(90 * 24);
/// So much of what somebody wrote is shown.
const EXCERPT: usize = 200;

/// Where a notice leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Leads {
    /// To a post.
    Post(PostId),
    /// To a task.
    Task(TaskId),
    /// To a channel.
    Channel(ChannelId),
    /// To the members.
    Members,
    /// To the webhooks.
    Webhooks,
    /// To what needs somebody today.
    Today,
}

/// The words a notice is told with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Told {
    /// Who did it.
    pub(crate) who: String,
    /// The post, task, channel or person.
    pub(crate) what: String,
    /// What somebody wrote.
    pub(crate) words: String,
    /// Where it leads.
    pub(crate) leads: Leads,
}

/// A notice, to its reader.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NoticeView {
    /// Its id.
    pub id: NoticeId,
    /// What it is of.
    pub kind: Kind,
    /// In one sentence, in the reader's language.
    pub text: String,
    /// What somebody wrote, where somebody did.
    pub words: String,
    /// Where it leads, inside the brand: `/posts/…`.
    pub path: String,
    /// When it happened.
    pub at: String,
    /// Has it been read?
    pub read: bool,
}

/// A page of notices.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NoticePage {
    /// The notices, newest first.
    pub items: Vec<NoticeView>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// How many are unread in all.
    pub unread: i64,
}

/// How the person hears of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaysView {
    /// Of what.
    pub kind: Kind,
    /// How.
    pub ways: Ways,
}

/// How the person hears of things in a brand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChoicesView {
    /// By kind, those that concern the person's role.
    pub kinds: Vec<WaysView>,
    /// The hour of the daily letter, by the brand's clock.
    pub hour: u8,
    /// Does this installation mail at all?
    pub mails: bool,
    /// The messenger through which it tells people, where it has one.
    pub messenger: Option<String>,
    /// Has the person linked it?
    pub linked: bool,
}

/// Tells people, inside the caller's transaction. Whoever did it is not told, nor whoever is no member or cannot act on it.
pub(crate) async fn tell(
    conn: &mut Conn,
    app: &App,
    brand: BrandId,
    to: impl IntoIterator<Item = PersonId> + Send,
    by: Option<PersonId>,
    kind: Kind,
    told: &Told,
) -> Result<(), AppError> {
    let to: BTreeSet<PersonId> = to.into_iter().filter(|person| Some(*person) != by).collect();
    let value = serde_json::to_value(told).map_err(|error| AppError::Broken(error.to_string()))?;
    for person in to {
        let Some(role) = members::role(conn, brand, person).await? else { continue };
        let choices = notices::choices(conn, brand, person).await?;
        let mut ways = choices.ways(kind);
        if !app.mails() {
            ways.mail = Mail::Off;
        }
        if ways.messenger {
            ways.messenger = app.messenger().is_some() && messengers::chat(conn, person).await?.is_some();
        }
        if !ways.any() || !kind.concerns(role) {
            continue;
        }
        let now = app.now();
        let row = NoticeRow {
            id: app.new_id(),
            brand,
            person,
            kind,
            told: value.clone(),
            at: now,
            read_at: None,
            shown: ways.app,
            mail: ways.mail,
            messenger: ways.messenger,
        };
        if notices::is_told(conn, &row).await? {
            continue;
        }
        notices::insert(conn, &row).await?;
        notices::forget(conn, brand, person, now.checked_sub(REMEMBERED).unwrap_or_default()).await?;
        digest::plan(conn, app, &row, choices.hour).await?;
        app.live().tell(brand, Event::Notice { person });
    }
    Ok(())
}

/// Everybody of a brand; [`tell`] leaves out whom it does not concern.
pub(crate) async fn everybody(conn: &mut Conn, brand: BrandId) -> Result<Vec<PersonId>, AppError> {
    Ok(members::list(conn, brand).await?.into_iter().map(|row| row.person).collect())
}

/// Members who may do something.
pub(crate) async fn able(conn: &mut Conn, brand: BrandId, action: Action) -> Result<Vec<PersonId>, AppError> {
    let all = members::list(conn, brand).await?.into_iter();
    Ok(all.filter(|member| may(member.role, action)).map(|member| member.person).collect())
}

/// Something happened to a post: who did it, and what they wrote.
pub(crate) fn of_post(row: &PostRow, who: &str, words: &str) -> Told {
    let what = posts::title(&row.content);
    Told { who: who.to_owned(), what, words: excerpt(words), leads: Leads::Post(row.id) }
}

/// A post did not go out, or nobody knows whether it did: its author hears of it, and whoever can do something.
/// Where it is looked into without anybody, there is nothing to tell people yet.
pub(crate) async fn post_failed(app: &App, conn: &mut Conn, delivery: &Delivery) -> Result<(), AppError> {
    if !matches!(delivery.state, State::Failed | State::Unknown) || delivery.next_at.is_some() {
        return Ok(());
    }
    let (brand, row) = (delivery.brand, posts::get(conn, delivery.brand, delivery.post).await?);
    let to = able(conn, brand, Action::DeliveryResolve).await?.into_iter().chain([row.author]);
    tell(conn, app, brand, to, None, Kind::PostFailed, &of_post(&row, "", "")).await
}

/// So much of a text as a notice shows.
pub(crate) fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT {
        return line;
    }
    line.chars().take(EXCERPT - 1).chain(['…']).collect()
}

impl Told {
    fn read(row: &NoticeRow) -> Result<Self, AppError> {
        serde_json::from_value(row.told.clone()).map_err(|error| AppError::Broken(error.to_string()))
    }

    fn path(&self) -> String {
        match self.leads {
            Leads::Post(id) => format!("/posts/{id}"),
            Leads::Task(id) => format!("/tasks?task={id}"),
            Leads::Channel(id) => format!("/channels/{id}"),
            Leads::Members => "/members".to_owned(),
            Leads::Webhooks => "/webhooks".to_owned(),
            Leads::Today => String::new(),
        }
    }

    /// In one sentence.
    fn said(&self, app: &App, language: Lang, kind: Kind) -> String {
        let what =
            if self.what.is_empty() { app.texts().say(language, "notices-untitled", &[]) } else { self.what.clone() };
        let args = [("who", Arg::from(self.who.as_str())), ("what", Arg::from(what))];
        // Where the brand itself asks, nobody is named.
        let nobody = kind == Kind::ApprovalAsked && self.who.is_empty();
        let code = if nobody { "approval_waits" } else { kind.code() };
        app.texts().say(language, &format!("notices-said-{code}"), &args)
    }
}

fn view(app: &App, language: Lang, row: &NoticeRow) -> Result<NoticeView, AppError> {
    let told = Told::read(row)?;
    Ok(NoticeView {
        id: row.id,
        kind: row.kind,
        text: told.said(app, language, row.kind),
        path: told.path(),
        words: told.words,
        at: instant(row.at),
        read: row.read_at.is_some(),
    })
}

impl App {
    /// What the person was told in a brand, newest first.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for strangers; [`AppError::SignedOut`] at the command line.
    pub async fn list_notices(
        &self,
        actor: &Actor,
        brand: BrandId,
        cursor: Option<&str>,
        limit: Option<usize>,
    ) -> Result<NoticePage, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let person = actor.person.ok_or(AppError::SignedOut)?;
        let (cursor, limit) = (crate::paging::cursor(cursor)?, limit.unwrap_or(30).clamp(1, 100));
        let (rows, next) = notices::list(&mut conn, brand, person, cursor, limit).await?;
        let unread = notices::unread(&mut conn, brand, person).await?;
        let items = rows.iter().map(|row| view(self, actor.language, row)).collect::<Result<_, _>>()?;
        Ok(NoticePage { items, next: next.map(|cursor| cursor.to_string()), unread })
    }

    /// One was read, or all of them.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for strangers and for what others were told; [`AppError::SignedOut`] at the command line.
    pub async fn read_notices(&self, actor: &Actor, brand: BrandId, id: Option<NoticeId>) -> Result<(), AppError> {
        self.enter(actor, brand, Action::Read).await?;
        let (person, now) = (actor.person.ok_or(AppError::SignedOut)?, self.now());
        self.store()
            .write(move |conn| {
                Box::pin(async move {
                    match id {
                        Some(id) => notices::mark_read(conn, brand, person, id, now).await?,
                        None => notices::mark_all_read(conn, brand, person, now).await?,
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        self.live().tell(brand, Event::Notice { person });
        Ok(())
    }

    /// How the person hears of things in a brand.
    ///
    /// # Errors
    /// As [`App::list_notices`].
    pub async fn notice_choices(&self, actor: &Actor, brand: BrandId) -> Result<ChoicesView, AppError> {
        let mut conn = self.store().read().await?;
        let role = self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let person = actor.person.ok_or(AppError::SignedOut)?;
        let choices = notices::choices(&mut conn, brand, person).await?;
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.concerns(role));
        let kinds = kinds.map(|kind| WaysView { kind, ways: choices.ways(kind) }).collect();
        Ok(ChoicesView {
            kinds,
            hour: choices.hour,
            mails: self.mails(),
            messenger: self.messenger().map(|messenger| messenger.title().to_owned()),
            linked: messengers::chat(&mut conn, person).await?.is_some(),
        })
    }

    /// Chooses how to hear of things in a brand; what is not named is as usual.
    ///
    /// # Errors
    /// As [`App::list_notices`]; [`AppError::Invalid`] `hour-bad`.
    pub async fn choose_notices(
        &self,
        actor: &Actor,
        brand: BrandId,
        choices: Choices,
    ) -> Result<ChoicesView, AppError> {
        self.enter(actor, brand, Action::Read).await?;
        let person = actor.person.ok_or(AppError::SignedOut)?;
        if choices.hour > 23 {
            return Err(Problem::error("hour-bad", "hour").into());
        }
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, choices) = (app.clone(), who.clone(), choices.clone());
                Box::pin(async move {
                    notices::choose(conn, brand, person, &choices).await?;
                    record(conn, &app, &who, Some(brand), "notice.choose", &person.to_string(), json!(choices)).await
                })
            })
            .await?;
        self.notice_choices(actor, brand).await
    }
}
