//! `/reviews/{token}`: what somebody without an account sees and says by a link. The token is in the path, which is
//! never logged, and no answer tells another site where it came from.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use sarafan_app::App;
use sarafan_app::approvals::{ApprovedView, ReviewPage, ReviewPost, ReviewView, SeenPost};
use sarafan_domain::approval::Standing;
use sarafan_domain::id::{AssetId, PostId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::api::assets::sent;
use crate::body::{Json, Path, Query};
use crate::problem::{Answer, Details};
use crate::session::Caller;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(get_review))
        .routes(routes!(review_posts))
        .routes(routes!(review_approve))
        .routes(routes!(review_ask_changes))
        .routes(routes!(review_comment))
        .routes(routes!(review_thumb))
        .routes(routes!(review_card_picture))
}

/// Who was given the link, and by whom.
#[utoipa::path(get, path = "/reviews/{token}", operation_id = "get_review", tag = "approvals", security(()),
    params(("token" = String, Path)),
    responses(
        (status = 200, description = "The beginning of the page", body = ReviewView),
        (status = 404, description = "A wrong, old or withdrawn link", body = Details,
            content_type = "application/problem+json")))]
async fn get_review(
    State(app): State<App>,
    Caller(caller): Caller,
    Path(token): Path<String>,
) -> Answer<Answered<ReviewView>> {
    Ok(Answered(app.review(&token, &caller).await?))
}

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ReviewQuery {
    /// Where the approval stands.
    #[serde(default = "in_review")]
    #[param(inline)]
    standing: Standing,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; at most 50.
    #[param(minimum = 1, maximum = 50, default = 20)]
    limit: Option<usize>,
}

fn in_review() -> Standing {
    Standing::InReview
}

/// The posts that the link covers, as each network will show them.
#[utoipa::path(get, path = "/reviews/{token}/posts", operation_id = "list_review_posts", tag = "approvals", security(()),
    params(("token" = String, Path), ReviewQuery),
    responses(
        (status = 200, description = "A page", body = ReviewPage),
        (status = 404, description = "A wrong, old or withdrawn link", body = Details,
            content_type = "application/problem+json")))]
async fn review_posts(
    State(app): State<App>,
    Caller(caller): Caller,
    Path(token): Path<String>,
    Query(query): Query<ReviewQuery>,
) -> Answer<Answered<ReviewPage>> {
    let (cursor, limit) = (query.cursor.as_deref(), query.limit);
    Ok(Answered(app.review_posts(&token, &caller, query.standing, cursor, limit).await?))
}

/// A yes to one post or several.
#[derive(Debug, Deserialize, ToSchema)]
struct ReviewApproving {
    /// The posts as they were shown; at most 100.
    posts: Vec<SeenPost>,
    /// A word to their authors.
    #[serde(default)]
    note: Option<String>,
}

/// Approves posts, each as it was shown; one that was changed meanwhile does not stop the others.
#[utoipa::path(post, path = "/reviews/{token}/approve", operation_id = "review_approve", tag = "approvals",
    security(()), params(("token" = String, Path)), request_body = ReviewApproving,
    responses(
        (status = 200, description = "Which are approved and which are not", body = ApprovedView),
        (status = 404, description = "A wrong, old or withdrawn link", body = Details,
            content_type = "application/problem+json")))]
async fn review_approve(
    State(app): State<App>,
    Caller(caller): Caller,
    Path(token): Path<String>,
    Json(body): Json<ReviewApproving>,
) -> Answer<Answered<ApprovedView>> {
    Ok(Answered(app.review_approve(&token, &caller, body.posts, body.note).await?))
}

/// A no to a post.
#[derive(Debug, Deserialize, ToSchema)]
struct ReviewAsking {
    /// The post's `hash` as it was shown.
    seen: String,
    /// What is to be changed.
    note: String,
}

/// Wants a post otherwise, and says how.
#[utoipa::path(post, path = "/reviews/{token}/posts/{id}/ask-changes", operation_id = "review_ask_changes",
    tag = "approvals", security(()), params(("token" = String, Path), ("id" = PostId, Path)),
    request_body = ReviewAsking,
    responses(
        (status = 200, description = "The post", body = ReviewPost),
        (status = 404, description = "A wrong link, or a post that it does not cover", body = Details,
            content_type = "application/problem+json"),
        (status = 409, description = "Somebody changed it since it was shown", body = Details,
            content_type = "application/problem+json")))]
async fn review_ask_changes(
    State(app): State<App>,
    Caller(caller): Caller,
    Path((token, id)): Path<(String, PostId)>,
    Json(body): Json<ReviewAsking>,
) -> Answer<Answered<ReviewPost>> {
    Ok(Answered(app.review_ask_changes(&token, &caller, id, body.seen, body.note).await?))
}

/// A word about a post.
#[derive(Debug, Deserialize, ToSchema)]
struct ReviewCommenting {
    /// The word.
    note: String,
}

/// Says something about a post without deciding.
#[utoipa::path(post, path = "/reviews/{token}/posts/{id}/comment", operation_id = "review_comment", tag = "approvals",
    security(()), params(("token" = String, Path), ("id" = PostId, Path)), request_body = ReviewCommenting,
    responses(
        (status = 200, description = "The post", body = ReviewPost),
        (status = 404, description = "A wrong link, or a post that it does not cover", body = Details,
            content_type = "application/problem+json")))]
async fn review_comment(
    State(app): State<App>,
    Caller(caller): Caller,
    Path((token, id)): Path<(String, PostId)>,
    Json(body): Json<ReviewCommenting>,
) -> Answer<Answered<ReviewPost>> {
    Ok(Answered(app.review_comment(&token, &caller, id, body.note).await?))
}

/// How large.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ReviewThumbQuery {
    /// The longer side in pixels: 160, 480 or 1280.
    #[serde(default = "usual")]
    #[param(example = 480)]
    size: u32,
}

fn usual() -> u32 {
    480
}

/// A small copy of a picture of a post.
#[utoipa::path(get, path = "/reviews/{token}/posts/{id}/assets/{asset}/thumb", operation_id = "get_review_thumb",
    tag = "approvals", security(()),
    params(("token" = String, Path), ("id" = PostId, Path), ("asset" = AssetId, Path), ReviewThumbQuery),
    responses(
        (status = 200, description = "The picture", body = Vec<u8>, content_type = "image/*"),
        (status = 404, description = "A wrong link, or a picture that it does not cover", body = Details,
            content_type = "application/problem+json")))]
async fn review_thumb(
    State(app): State<App>,
    Caller(caller): Caller,
    Path((token, id, asset)): Path<(String, PostId, AssetId)>,
    Query(query): Query<ReviewThumbQuery>,
) -> Answer<Response> {
    Ok(sent(app.review_thumb(&token, &caller, (id, asset), query.size).await?))
}

/// Which address.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ReviewCardQuery {
    /// The address that the card leads to.
    url: String,
}

/// The picture of the card of a link in a post.
#[utoipa::path(get, path = "/reviews/{token}/posts/{id}/card", operation_id = "get_review_card_picture",
    tag = "approvals", security(()), params(("token" = String, Path), ("id" = PostId, Path), ReviewCardQuery),
    responses(
        (status = 200, description = "The picture", body = Vec<u8>, content_type = "image/jpeg"),
        (status = 404, description = "A wrong link, or a card that it does not cover", body = Details,
            content_type = "application/problem+json")))]
async fn review_card_picture(
    State(app): State<App>,
    Caller(caller): Caller,
    Path((token, id)): Path<(String, PostId)>,
    Query(query): Query<ReviewCardQuery>,
) -> Answer<Response> {
    let bytes = app.review_card_picture(&token, &caller, id, &query.url).await?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    Ok((headers, bytes).into_response())
}
