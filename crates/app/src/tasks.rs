//! Tasks: what somebody is to do by when, and what about. A task that is due reminds its person on the morning of that day.

use jiff::civil::Time;
use sarafan_domain::id::{BrandId, PersonId, PostId, TaskId};
use sarafan_domain::member::{Action, may};
use sarafan_domain::notice::Kind;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::{self, Timestamp, Wall};
use sarafan_store::jobs::{ClaimedJob, NewJob};
use sarafan_store::tasks::{self, TaskFilter, TaskRow};
use sarafan_store::{Conn, StoreError, brands, jobs, members, posts};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::jobs::{Kind as Job, Outcome, payload};
use crate::live::Event;
use crate::notes::{Names, names};
use crate::notices::{self, Leads, Told, excerpt};
use crate::view::{Page, instant, wall};
use crate::{Actor, App, AppError};

/// The longest title, and the longest description.
const LONGEST: (usize, usize) = (200, 10_000);
/// So many are shown for a day.
const MOST_TODAY: usize = 50;
/// Whoever has something to do today hears of it at this hour, or when it is due where that is earlier.
const MORNING: i8 = 9;

/// A task as it is written.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub struct TaskInput {
    /// What is to be done.
    pub title: String,
    /// More about it.
    #[serde(default)]
    pub description: String,
    /// The member who is to do it.
    pub assignee: Option<PersonId>,
    /// The post it is about.
    pub post: Option<PostId>,
    /// Until when, by the brand's clock: `2026-12-01T10:00`.
    #[schema(value_type = Option<String>)]
    pub due: Option<String>,
}

/// Which tasks are asked for.
#[derive(Debug, Clone, Default)]
pub struct TaskQuery {
    /// One's own only.
    pub mine: bool,
    /// Those that are done, rather than those to be done.
    pub done: bool,
    /// Those that should be done already.
    pub overdue: bool,
    /// Those about one post.
    pub post: Option<PostId>,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// How many.
    pub limit: Option<usize>,
}

/// A member in a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TaskPerson {
    /// Who.
    pub id: PersonId,
    /// As others see them; empty where they have left.
    pub name: String,
}

/// A post in a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TaskPost {
    /// Which.
    pub id: PostId,
    /// Its title.
    pub title: String,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TaskView {
    /// Its id.
    pub id: TaskId,
    /// What is to be done.
    pub title: String,
    /// More about it.
    pub description: String,
    /// Who is to do it.
    pub assignee: Option<TaskPerson>,
    /// Which post it is about.
    pub post: Option<TaskPost>,
    /// Until when, by the brand's clock.
    pub due: Option<String>,
    /// Should it be done already?
    pub overdue: bool,
    /// When it was done.
    pub done_at: Option<String>,
    /// Who wrote it down.
    pub created_by: TaskPerson,
    /// When.
    pub created_at: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct OfTask {
    task: TaskId,
}

async fn view(conn: &mut Conn, app: &App, row: TaskRow, names: &Names) -> Result<TaskView, AppError> {
    let person = |id: PersonId| TaskPerson { id, name: names.get(&id).cloned().unwrap_or_default() };
    let post = match row.post {
        Some(id) => match posts::get(conn, row.brand, id).await {
            Ok(post) => Some(TaskPost { id, title: posts::title(&post.content) }),
            // It was removed since.
            Err(StoreError::NotFound) => None,
            Err(error) => return Err(error.into()),
        },
        None => None,
    };
    Ok(TaskView {
        id: row.id,
        assignee: row.assignee.map(person),
        post,
        due: row.due.map(wall),
        overdue: row.done_at.is_none() && row.due_at.is_some_and(|due| due <= app.now()),
        done_at: row.done_at.map(instant),
        created_by: person(row.created_by),
        created_at: instant(row.created_at),
        title: row.title,
        description: row.description,
    })
}

/// The words, the person, the post and the time of a task, put into `row`.
async fn fill(conn: &mut Conn, row: &mut TaskRow, input: TaskInput) -> Result<(), AppError> {
    let (title, description) = (input.title.trim().to_owned(), input.description.trim().to_owned());
    if title.is_empty() {
        return Err(Problem::error("task-empty", "title").into());
    }
    for (field, text, max) in [("title", &title, LONGEST.0), ("description", &description, LONGEST.1)] {
        if text.chars().count() > max {
            return Err(Problem::error("task-too-long", field).with("max", max).into());
        }
    }
    if let Some(person) = input.assignee {
        let role = members::role(conn, row.brand, person).await?;
        if !role.is_some_and(|role| may(role, Action::Discuss)) {
            return Err(Problem::error("assignee-unknown", "assignee").into());
        }
    }
    if let Some(post) = input.post {
        posts::get(conn, row.brand, post).await?;
    }
    let due: Option<Wall> = match input.due.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => Some(text.parse().map_err(|_| Problem::error("due-bad", "due"))?),
        None => None,
    };
    let zone = time::zone(&brands::get(conn, row.brand).await?.time_zone)?;
    row.due_at = match due {
        Some(due) => Some(time::instant_of_rule(due, &zone)?.0),
        None => None,
    };
    (row.title, row.description, row.assignee, row.post, row.due) =
        (title, description, input.assignee, input.post, due);
    Ok(())
}

fn dedupe(id: TaskId) -> String {
    format!("{}:{id}", Job::TaskDue.code())
}

/// The person of a task hears on the morning of the day it is due, or when it is due where that is earlier.
async fn plan(conn: &mut Conn, app: &App, row: &TaskRow) -> Result<(), AppError> {
    jobs::cancel(conn, row.brand, &dedupe(row.id)).await?;
    let (Some(due), Some(due_at), None, Some(_)) = (row.due, row.due_at, row.done_at, row.assignee) else {
        return Ok(());
    };
    let zone = time::zone(&brands::get(conn, row.brand).await?.time_zone)?;
    let morning = due.date().to_datetime(Time::new(MORNING, 0, 0, 0).unwrap_or_default());
    let morning = time::instant_of_rule(morning, &zone)?.0.min(due_at);
    let run_at = if morning > app.now() { morning } else { due_at };
    if run_at <= app.now() {
        return Ok(());
    }
    let job = NewJob {
        id: app.new_id(),
        kind: Job::TaskDue.code().to_owned(),
        payload: json!(OfTask { task: row.id }),
        run_at,
        serial: None,
        dedupe: Some(dedupe(row.id)),
    };
    jobs::put(conn, row.brand, &job).await?;
    Ok(())
}

fn told(who: &str, row: &TaskRow) -> Told {
    let words = excerpt(&row.description);
    Told { who: who.to_owned(), what: row.title.clone(), words, leads: Leads::Task(row.id) }
}

/// Reminds whoever is to do it.
pub(crate) async fn due(app: &App, job: &ClaimedJob) -> Result<Outcome, AppError> {
    let OfTask { task } = payload(job)?;
    let (inner, brand) = (app.clone(), job.job.brand);
    app.store()
        .write(move |conn| {
            let app = inner.clone();
            Box::pin(async move {
                let row = tasks::get(conn, brand, task).await?;
                if row.done_at.is_none() {
                    notices::tell(conn, &app, brand, row.assignee, None, Kind::TaskDue, &told("", &row)).await?;
                }
                Ok::<_, AppError>(())
            })
        })
        .await?;
    Ok(Outcome::Done)
}

impl App {
    /// The person's own that are to be done by then, the first due first.
    pub(crate) async fn tasks_until(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        brand: BrandId,
        until: Timestamp,
    ) -> Result<Vec<TaskView>, AppError> {
        let filter = TaskFilter { assignee: Some(actor.author()), due_before: Some(until), ..TaskFilter::default() };
        let (rows, _) = tasks::list(conn, brand, &filter, None, MOST_TODAY).await?;
        let names = names(conn, brand).await?;
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            items.push(view(conn, self, row, &names).await?);
        }
        Ok(items)
    }

    /// Tasks by the time they are due.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for strangers; [`AppError::MayNot`] for clients.
    pub async fn list_tasks(
        &self,
        actor: &Actor,
        brand: BrandId,
        query: TaskQuery,
    ) -> Result<Page<TaskView>, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Discuss).await?;
        let filter = TaskFilter {
            assignee: query.mine.then(|| actor.author()),
            done: query.done,
            due_before: query.overdue.then(|| self.now()),
            post: query.post,
        };
        let (cursor, limit) =
            (crate::paging::cursor(query.cursor.as_deref())?, query.limit.unwrap_or(50).clamp(1, 200));
        let (rows, next) = tasks::list(&mut conn, brand, &filter, cursor, limit).await?;
        let names = names(&mut conn, brand).await?;
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            items.push(view(&mut conn, self, row, &names).await?);
        }
        Ok(Page { items, next: next.map(|cursor| cursor.to_string()) })
    }

    /// One task.
    ///
    /// # Errors
    /// As [`App::list_tasks`].
    pub async fn task(&self, actor: &Actor, brand: BrandId, id: TaskId) -> Result<TaskView, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Discuss).await?;
        let row = tasks::get(&mut conn, brand, id).await?;
        let names = names(&mut conn, brand).await?;
        view(&mut conn, self, row, &names).await
    }

    /// Writes a task down; whoever is to do it hears of it.
    ///
    /// # Errors
    /// As [`App::list_tasks`]; [`AppError::Invalid`] `task-empty`, `task-too-long`, `assignee-unknown`, `due-bad`.
    pub async fn create_task(&self, actor: &Actor, brand: BrandId, input: TaskInput) -> Result<TaskView, AppError> {
        let row = TaskRow {
            id: self.new_id(),
            brand,
            title: String::new(),
            description: String::new(),
            assignee: None,
            post: None,
            due: None,
            due_at: None,
            done_at: None,
            done_by: None,
            created_by: actor.author(),
            created_at: self.now(),
        };
        self.change_task(actor, "task.create", row.id, brand, move |found| match found {
            None => Some((row.clone(), Some(input.clone()))),
            Some(_) => None,
        })
        .await
    }

    /// Changes a task; whoever it is newly given to hears of it.
    ///
    /// # Errors
    /// As [`App::create_task`].
    pub async fn update_task(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: TaskId,
        input: TaskInput,
    ) -> Result<TaskView, AppError> {
        self.change_task(actor, "task.change", id, brand, move |found| Some((found?, Some(input.clone())))).await
    }

    /// A task is done, or is not after all.
    ///
    /// # Errors
    /// As [`App::list_tasks`].
    pub async fn finish_task(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: TaskId,
        done: bool,
    ) -> Result<TaskView, AppError> {
        let (now, who) = (self.now(), actor.author());
        let action = if done { "task.done" } else { "task.reopen" };
        self.change_task(actor, action, id, brand, move |found| {
            let row = found?;
            let (done_at, done_by) =
                if done { (row.done_at.or(Some(now)), row.done_by.or(Some(who))) } else { (None, None) };
            Some((TaskRow { done_at, done_by, ..row }, None))
        })
        .await
    }

    /// Removes a task.
    ///
    /// # Errors
    /// As [`App::list_tasks`].
    pub async fn remove_task(&self, actor: &Actor, brand: BrandId, id: TaskId) -> Result<(), AppError> {
        self.enter(actor, brand, Action::Discuss).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    tasks::delete(conn, brand, id).await?;
                    jobs::cancel(conn, brand, &dedupe(id)).await?;
                    app.live().tell(brand, Event::Task { id });
                    record(conn, &app, &who, Some(brand), "task.remove", &id.to_string(), json!({})).await
                })
            })
            .await
    }

    /// Loads, lets `change` say what the task becomes, saves it with everything that follows.
    async fn change_task(
        &self,
        actor: &Actor,
        action: &'static str,
        id: TaskId,
        brand: BrandId,
        change: impl Fn(Option<TaskRow>) -> Option<(TaskRow, Option<TaskInput>)> + Clone + Send + Sync + 'static,
    ) -> Result<TaskView, AppError> {
        self.enter(actor, brand, Action::Discuss).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, change) = (app.clone(), who.clone(), change.clone());
                Box::pin(async move {
                    let found = match tasks::get(conn, brand, id).await {
                        Ok(row) => Some(row),
                        Err(StoreError::NotFound) => None,
                        Err(error) => return Err(error.into()),
                    };
                    let before = found.as_ref().and_then(|row| row.assignee);
                    let fresh = found.is_none();
                    let (mut row, input) = change(found).ok_or(AppError::NotFound)?;
                    if let Some(input) = input {
                        fill(conn, &mut row, input).await?;
                    }
                    if fresh {
                        tasks::insert(conn, &row).await?;
                    } else {
                        tasks::update(conn, &row).await?;
                    }
                    plan(conn, &app, &row).await?;
                    let given = row.assignee.filter(|person| Some(*person) != before);
                    notices::tell(conn, &app, brand, given, who.person, Kind::TaskGiven, &told(&who.name, &row))
                        .await?;
                    app.live().tell(brand, Event::Task { id });
                    let detail = json!({ "title": row.title, "assignee": row.assignee });
                    record(conn, &app, &who, Some(brand), action, &id.to_string(), detail).await?;
                    let names = names(conn, brand).await?;
                    view(conn, &app, row, &names).await
                })
            })
            .await
    }
}
