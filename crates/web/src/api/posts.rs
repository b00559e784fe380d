//! `/brands/{brand}/posts`: writing posts, checking them, putting them on their way.

use axum::extract::State;
use axum::http::StatusCode;
use axum::{Json as Answered, response::IntoResponse};
use sarafan_app::posts::{
    CheckView, HistoryPage, OccurrenceView, PostInput, PostPage, PostQuery, PostView, ScheduleInput, VersionDetail,
    When,
};
use sarafan_app::{Actor, App, AppError};
use sarafan_domain::id::{BrandId, ChannelId, PostId, RubricId};
use sarafan_domain::post::PostState;
use sarafan_domain::schedule::{RepeatRule, wall_text};
use sarafan_domain::time::{Timestamp, Wall};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::list;
use super::rehearsal::Rehearsal;
use crate::Web;
use crate::body::{Json, Path, Query};
use crate::problem::{Answer, Details, Failure};
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list_posts, create_post))
        .routes(routes!(get_post, update_post, delete_post))
        .routes(routes!(duplicate_post))
        .routes(routes!(get_post_history))
        .routes(routes!(get_post_version))
        .routes(routes!(restore_post))
        .routes(routes!(schedule_post))
        .routes(routes!(move_post))
        .routes(routes!(unschedule_post))
        .routes(routes!(check_post))
        .routes(routes!(repeat_preview))
        .routes(routes!(typography))
}

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PostsQuery {
    /// Only these states, separated by commas.
    #[param(example = "scheduled,failed")]
    state: Option<String>,
    /// Only this channel.
    channel: Option<ChannelId>,
    /// Only this network, by its id.
    network: Option<String>,
    /// Only this rubric.
    rubric: Option<RubricId>,
    /// Only with this label.
    label: Option<String>,
    /// Only with these words.
    q: Option<String>,
    /// Due at or after: an instant.
    #[param(value_type = Option<String>)]
    from: Option<Timestamp>,
    /// Due before: an instant.
    #[param(value_type = Option<String>)]
    to: Option<Timestamp>,
    /// By due time, or the last changed first.
    #[serde(default)]
    #[param(inline)]
    sort: Sort,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; at most 600.
    #[param(minimum = 1, maximum = 600, default = 50)]
    limit: Option<usize>,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Sort {
    /// By due time.
    #[default]
    Due,
    /// The last changed first.
    Updated,
}

/// Posts, by due time or by last change.
#[utoipa::path(get, path = "/brands/{brand}/posts", operation_id = "list_posts", tag = "posts",
    params(("brand" = BrandId, Path), PostsQuery),
    responses((status = 200, description = "A page", body = PostPage)))]
async fn list_posts(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(query): Query<PostsQuery>,
) -> Answer<Answered<PostPage>> {
    let query = PostQuery {
        states: list::words(query.state.as_deref(), "state", PostState::parse)?,
        channel: query.channel,
        network: query.network,
        rubric: query.rubric,
        label: query.label,
        q: query.q,
        from: query.from,
        to: query.to,
        by_update: query.sort == Sort::Updated,
        cursor: query.cursor,
        limit: query.limit,
    };
    Ok(Answered(app.list_posts(&signed.actor, brand, query).await?))
}

/// Writes a draft.
#[utoipa::path(post, path = "/brands/{brand}/posts", operation_id = "create_post", tag = "posts",
    params(("brand" = BrandId, Path)), request_body = PostInput,
    responses((status = 201, description = "The draft", body = PostView)))]
async fn create_post(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(input): Json<PostInput>,
) -> Answer<impl IntoResponse> {
    Ok((StatusCode::CREATED, Answered(app.create_post(&signed.actor, brand, input).await?)))
}

/// One post with its problems and deliveries.
#[utoipa::path(get, path = "/brands/{brand}/posts/{id}", operation_id = "get_post", tag = "posts",
    params(("brand" = BrandId, Path), ("id" = PostId, Path)),
    responses((status = 200, description = "The post", body = PostView)))]
async fn get_post(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
) -> Answer<Answered<PostView>> {
    Ok(Answered(app.post(&signed.actor, brand, id).await?))
}

/// What a person wrote, on top of a version.
#[derive(Debug, Deserialize, ToSchema)]
struct PostUpdate {
    /// The version that was read; when it is no longer the latest, nothing is overwritten.
    version: i64,
    #[serde(flatten)]
    input: PostInput,
}

/// Replaces what is written.
#[utoipa::path(put, path = "/brands/{brand}/posts/{id}", operation_id = "update_post", tag = "posts",
    params(("brand" = BrandId, Path), ("id" = PostId, Path)), request_body = PostUpdate,
    responses(
        (status = 200, description = "The post", body = PostView),
        (status = 409, description = "Somebody else changed it: `current` is how it stands", body = Details,
            content_type = "application/problem+json")))]
async fn update_post(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
    Json(update): Json<PostUpdate>,
) -> Answer<Answered<PostView>> {
    let result = app.update_post(&signed.actor, brand, id, update.version, update.input).await;
    changed(&app, &signed.actor, brand, id, result).await
}

/// Removes a post of which nothing has left.
#[utoipa::path(delete, path = "/brands/{brand}/posts/{id}", operation_id = "delete_post", tag = "posts",
    params(("brand" = BrandId, Path), ("id" = PostId, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete_post(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
) -> Answer<StatusCode> {
    app.delete_post(&signed.actor, brand, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A draft with the same content and channels.
#[utoipa::path(post, path = "/brands/{brand}/posts/{id}/duplicate", operation_id = "duplicate_post", tag = "posts",
    params(("brand" = BrandId, Path), ("id" = PostId, Path)),
    responses((status = 201, description = "The new draft", body = PostView)))]
async fn duplicate_post(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
) -> Answer<impl IntoResponse> {
    Ok((StatusCode::CREATED, Answered(app.duplicate_post(&signed.actor, brand, id).await?)))
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct HistoryQuery {
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; at most 100.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<usize>,
}

/// What a post was: who saved it when, and what each version changed; the newest first.
#[utoipa::path(get, path = "/brands/{brand}/posts/{id}/history", operation_id = "get_post_history", tag = "posts",
    params(("brand" = BrandId, Path), ("id" = PostId, Path), HistoryQuery),
    responses((status = 200, description = "The versions", body = HistoryPage)))]
async fn get_post_history(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
    Query(query): Query<HistoryQuery>,
) -> Answer<Answered<HistoryPage>> {
    Ok(Answered(app.post_history(&signed.actor, brand, id, query.cursor.as_deref(), query.limit).await?))
}

/// One version with what was written in it, and what was written before it.
#[utoipa::path(get, path = "/brands/{brand}/posts/{id}/history/{version}", operation_id = "get_post_version",
    tag = "posts", params(("brand" = BrandId, Path), ("id" = PostId, Path), ("version" = i64, Path)),
    responses((status = 200, description = "The version", body = VersionDetail)))]
async fn get_post_version(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id, version)): Path<(BrandId, PostId, i64)>,
) -> Answer<Answered<VersionDetail>> {
    Ok(Answered(app.post_version(&signed.actor, brand, id, version).await?))
}

/// Which version comes back.
#[derive(Debug, Deserialize, ToSchema)]
struct Restoring {
    /// The version that was read.
    version: i64,
    /// The version that is to come back.
    restore: i64,
}

/// Brings an earlier version back as a new one; what stands now stays in the history.
#[utoipa::path(post, path = "/brands/{brand}/posts/{id}/restore", operation_id = "restore_post", tag = "posts",
    params(("brand" = BrandId, Path), ("id" = PostId, Path)), request_body = Restoring,
    responses(
        (status = 200, description = "The post", body = PostView),
        (status = 409, description = "Somebody else changed it: `current` is how it stands", body = Details,
            content_type = "application/problem+json")))]
async fn restore_post(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
    Json(body): Json<Restoring>,
) -> Answer<Answered<PostView>> {
    let result = app.restore_post(&signed.actor, brand, id, body.version, body.restore).await;
    changed(&app, &signed.actor, brand, id, result).await
}

/// When to send.
#[derive(Debug, Deserialize, ToSchema)]
struct Scheduling {
    /// The version that was read.
    version: i64,
    /// When.
    when: When,
    /// How it repeats.
    #[serde(default)]
    repeat: Option<RepeatRule>,
}

/// Puts a post on its way; refused with every problem that a network would refuse it for. A dry run answers the post with
/// its deliveries as they would be.
#[utoipa::path(post, path = "/brands/{brand}/posts/{id}/schedule", operation_id = "schedule_post", tag = "posts",
    params(("brand" = BrandId, Path), ("id" = PostId, Path), Rehearsal), request_body = Scheduling,
    responses(
        (status = 200, description = "The post", body = PostView),
        (status = 409, description = "Somebody else changed it: `current` is how it stands", body = Details,
            content_type = "application/problem+json")))]
async fn schedule_post(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
    Query(rehearsal): Query<Rehearsal>,
    Json(body): Json<Scheduling>,
) -> Answer<Answered<PostView>> {
    let Scheduling { version, when, repeat } = body;
    let result = if rehearsal.dry_run {
        app.rehearse_schedule(&signed.actor, brand, id, version, when, repeat).await
    } else {
        app.schedule_post(&signed.actor, brand, id, version, when, repeat).await
    };
    changed(&app, &signed.actor, brand, id, result).await
}

/// Another time on the wall.
#[derive(Debug, Deserialize, ToSchema)]
struct Moving {
    /// The version that was read.
    version: i64,
    #[serde(flatten)]
    to: ScheduleInput,
}

/// Moves what has not left to another time.
#[utoipa::path(post, path = "/brands/{brand}/posts/{id}/move", operation_id = "move_post", tag = "posts",
    params(("brand" = BrandId, Path), ("id" = PostId, Path)), request_body = Moving,
    responses(
        (status = 200, description = "The post", body = PostView),
        (status = 409, description = "Somebody else changed it: `current` is how it stands", body = Details,
            content_type = "application/problem+json")))]
async fn move_post(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
    Json(body): Json<Moving>,
) -> Answer<Answered<PostView>> {
    let result = app.move_post(&signed.actor, brand, id, body.version, body.to).await;
    changed(&app, &signed.actor, brand, id, result).await
}

/// The version that was read.
#[derive(Debug, Deserialize, ToSchema)]
struct Version {
    /// The version.
    version: i64,
}

/// Back to a draft: calls off everything that has not left.
#[utoipa::path(post, path = "/brands/{brand}/posts/{id}/unschedule", operation_id = "unschedule_post", tag = "posts",
    params(("brand" = BrandId, Path), ("id" = PostId, Path), Rehearsal), request_body = Version,
    responses(
        (status = 200, description = "The post", body = PostView),
        (status = 409, description = "Somebody else changed it: `current` is how it stands", body = Details,
            content_type = "application/problem+json")))]
async fn unschedule_post(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
    Query(rehearsal): Query<Rehearsal>,
    Json(body): Json<Version>,
) -> Answer<Answered<PostView>> {
    let result = if rehearsal.dry_run {
        app.rehearse_unschedule(&signed.actor, brand, id, body.version).await
    } else {
        app.unschedule_post(&signed.actor, brand, id, body.version).await
    };
    changed(&app, &signed.actor, brand, id, result).await
}

/// What the networks would say, and how it would look; nothing is saved.
#[utoipa::path(post, path = "/brands/{brand}/posts/check", operation_id = "check_post", tag = "posts",
    params(("brand" = BrandId, Path)), request_body = PostInput,
    responses((status = 200, description = "Counters, problems and previews by channel", body = CheckView)))]
async fn check_post(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(input): Json<PostInput>,
) -> Answer<Answered<CheckView>> {
    Ok(Answered(app.check_post(&signed.actor, brand, input).await?))
}

/// A repeat rule and where it begins.
#[derive(Debug, Deserialize, ToSchema)]
struct RepeatInput {
    /// The first date on the wall.
    #[serde(with = "wall_text")]
    #[schema(value_type = String, example = "2026-12-01T10:00")]
    wall: Wall,
    /// IANA zone of the wall.
    zone: String,
    /// The rule.
    repeat: RepeatRule,
}

/// The next dates of a rule.
#[derive(Debug, Serialize, ToSchema)]
struct RepeatDates {
    /// The first ten.
    dates: Vec<OccurrenceView>,
}

/// The next ten dates of a repeat rule, across daylight-saving changes.
#[utoipa::path(post, path = "/brands/{brand}/posts/repeat-preview", operation_id = "preview_repeat", tag = "posts",
    params(("brand" = BrandId, Path)), request_body = RepeatInput,
    responses((status = 200, description = "The dates", body = RepeatDates)))]
async fn repeat_preview(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(input): Json<RepeatInput>,
) -> Answer<Answered<RepeatDates>> {
    app.brand(&signed.actor, brand).await?;
    let dates = app.repeat_preview(input.wall, &input.zone, &input.repeat)?;
    Ok(Answered(RepeatDates { dates }))
}

/// A text and its language.
#[derive(Debug, Deserialize, ToSchema)]
struct TextInput {
    /// The text.
    text: String,
    /// Its language (BCP 47).
    language: String,
}

/// A text.
#[derive(Debug, Serialize, ToSchema)]
struct TextView {
    /// The text.
    text: String,
}

/// Quotes, dashes and no-break spaces as the language wants them.
#[utoipa::path(post, path = "/brands/{brand}/posts/typography", operation_id = "mend_typography", tag = "posts",
    params(("brand" = BrandId, Path)), request_body = TextInput,
    responses((status = 200, description = "The mended text", body = TextView)))]
async fn typography(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(input): Json<TextInput>,
) -> Answer<Answered<TextView>> {
    app.brand(&signed.actor, brand).await?;
    Ok(Answered(TextView { text: app.typography(&input.text, &input.language) }))
}

/// A conflict brings the post as it stands now, so that nobody's text is lost.
pub(super) async fn changed(
    app: &App,
    actor: &Actor,
    brand: BrandId,
    id: PostId,
    result: Result<PostView, AppError>,
) -> Answer<Answered<PostView>> {
    match result {
        Ok(post) => Ok(Answered(post)),
        Err(AppError::Conflict) => Err(Failure::Changed(Box::new(app.post(actor, brand, id).await?))),
        Err(error) => Err(error.into()),
    }
}
