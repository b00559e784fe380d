//! `/brands/{brand}/tasks`: what somebody is to do by when.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::StatusCode;
use sarafan_app::App;
use sarafan_app::tasks::{TaskInput, TaskQuery, TaskView};
use sarafan_app::view::Page;
use sarafan_domain::id::{BrandId, PostId, TaskId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{Json, Path, Query};
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list_tasks, create_task))
        .routes(routes!(get_task, update_task, remove_task))
        .routes(routes!(finish_task, reopen_task))
}

/// Which tasks.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TasksQuery {
    /// Only those of the signed-in person.
    #[serde(default)]
    mine: bool,
    /// Those that are done, rather than those to be done.
    #[serde(default)]
    done: bool,
    /// Only those that should be done already.
    #[serde(default)]
    overdue: bool,
    /// Only those about this post.
    post: Option<PostId>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; at most 200.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
}

/// Tasks by the time they are due; those without one come last.
#[utoipa::path(get, path = "/brands/{brand}/tasks", operation_id = "list_tasks", tag = "tasks",
    params(("brand" = BrandId, Path), TasksQuery),
    responses((status = 200, description = "The tasks", body = Page<TaskView>)))]
async fn list_tasks(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(query): Query<TasksQuery>,
) -> Answer<Answered<Page<TaskView>>> {
    let query = TaskQuery {
        mine: query.mine,
        done: query.done,
        overdue: query.overdue,
        post: query.post,
        cursor: query.cursor,
        limit: query.limit,
    };
    Ok(Answered(app.list_tasks(&signed.actor, brand, query).await?))
}

/// Writes a task down; whoever is to do it hears of it.
#[utoipa::path(post, path = "/brands/{brand}/tasks", operation_id = "create_task", tag = "tasks",
    params(("brand" = BrandId, Path)), request_body = TaskInput,
    responses((status = 201, description = "The task", body = TaskView)))]
async fn create_task(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(input): Json<TaskInput>,
) -> Answer<(StatusCode, Answered<TaskView>)> {
    Ok((StatusCode::CREATED, Answered(app.create_task(&signed.actor, brand, input).await?)))
}

/// One task.
#[utoipa::path(get, path = "/brands/{brand}/tasks/{id}", operation_id = "get_task", tag = "tasks",
    params(("brand" = BrandId, Path), ("id" = TaskId, Path)),
    responses((status = 200, description = "The task", body = TaskView)))]
async fn get_task(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, TaskId)>,
) -> Answer<Answered<TaskView>> {
    Ok(Answered(app.task(&signed.actor, brand, id).await?))
}

/// Changes a task; whoever it is newly given to hears of it.
#[utoipa::path(put, path = "/brands/{brand}/tasks/{id}", operation_id = "update_task", tag = "tasks",
    params(("brand" = BrandId, Path), ("id" = TaskId, Path)), request_body = TaskInput,
    responses((status = 200, description = "The task", body = TaskView)))]
async fn update_task(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, TaskId)>,
    Json(input): Json<TaskInput>,
) -> Answer<Answered<TaskView>> {
    Ok(Answered(app.update_task(&signed.actor, brand, id, input).await?))
}

/// Removes a task.
#[utoipa::path(delete, path = "/brands/{brand}/tasks/{id}", operation_id = "remove_task", tag = "tasks",
    params(("brand" = BrandId, Path), ("id" = TaskId, Path)),
    responses((status = 204, description = "It is gone")))]
async fn remove_task(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, TaskId)>,
) -> Answer<StatusCode> {
    app.remove_task(&signed.actor, brand, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The task is done.
#[utoipa::path(post, path = "/brands/{brand}/tasks/{id}/done", operation_id = "finish_task", tag = "tasks",
    params(("brand" = BrandId, Path), ("id" = TaskId, Path)),
    responses((status = 200, description = "The task", body = TaskView)))]
async fn finish_task(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, TaskId)>,
) -> Answer<Answered<TaskView>> {
    Ok(Answered(app.finish_task(&signed.actor, brand, id, true).await?))
}

/// The task is not done after all.
#[utoipa::path(delete, path = "/brands/{brand}/tasks/{id}/done", operation_id = "reopen_task", tag = "tasks",
    params(("brand" = BrandId, Path), ("id" = TaskId, Path)),
    responses((status = 200, description = "The task", body = TaskView)))]
async fn reopen_task(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, TaskId)>,
) -> Answer<Answered<TaskView>> {
    Ok(Answered(app.finish_task(&signed.actor, brand, id, false).await?))
}
