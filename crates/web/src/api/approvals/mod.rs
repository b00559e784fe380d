//! `/brands/{brand}/approvals` and `/posts/{id}/approval`: asking for a yes, giving it, asking for changes.

use axum::Json as Answered;
use axum::extract::State;
use sarafan_app::App;
use sarafan_app::approvals::{ApprovalHistory, ApprovalPage, ApprovedView, PolicyInput, PolicyView, SeenPost};
use sarafan_app::posts::PostView;
use sarafan_domain::approval::Standing;
use sarafan_domain::id::{BrandId, PostId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::posts::changed;
use crate::Web;
use crate::body::{Json, Path, Query};
use crate::problem::{Answer, Details};
use crate::session::Signed;

mod links;
mod review;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list_approvals))
        .routes(routes!(approve_posts))
        .routes(routes!(get_approval_policy, set_approval_policy))
        .routes(routes!(approval_history))
        .routes(routes!(submit_post))
        .routes(routes!(approve_post))
        .routes(routes!(ask_changes))
        .routes(routes!(withdraw_post))
        .merge(links::routes())
        .merge(review::routes())
}

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ApprovalsQuery {
    /// Where the approval stands.
    #[serde(default = "in_review")]
    #[param(inline)]
    standing: Standing,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; at most 200.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
}

fn in_review() -> Standing {
    Standing::InReview
}

/// Posts whose approval stands there: those that wait, the longest first; approved ones, the latest first.
#[utoipa::path(get, path = "/brands/{brand}/approvals", operation_id = "list_approvals", tag = "approvals",
    params(("brand" = BrandId, Path), ApprovalsQuery),
    responses((status = 200, description = "A page", body = ApprovalPage)))]
async fn list_approvals(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(query): Query<ApprovalsQuery>,
) -> Answer<Answered<ApprovalPage>> {
    let page = app.list_approvals(&signed.actor, brand, query.standing, query.cursor.as_deref(), query.limit).await?;
    Ok(Answered(page))
}

/// Several posts at once.
#[derive(Debug, Deserialize, ToSchema)]
struct ApprovingMany {
    /// The posts as they were shown; at most 100.
    posts: Vec<SeenPost>,
    /// A word to their authors.
    #[serde(default)]
    note: Option<String>,
}

/// Approves several posts, each as it was shown; one that was changed meanwhile does not stop the others.
#[utoipa::path(post, path = "/brands/{brand}/approvals/approve", operation_id = "approve_posts", tag = "approvals",
    params(("brand" = BrandId, Path)), request_body = ApprovingMany,
    responses((status = 200, description = "Which are approved and which are not", body = ApprovedView)))]
async fn approve_posts(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(body): Json<ApprovingMany>,
) -> Answer<Answered<ApprovedView>> {
    Ok(Answered(app.approve_posts(&signed.actor, brand, body.posts, body.note).await?))
}

/// What the brand wants of approval.
#[utoipa::path(get, path = "/brands/{brand}/approval-policy", operation_id = "get_approval_policy", tag = "approvals",
    params(("brand" = BrandId, Path)),
    responses((status = 200, description = "The policy", body = PolicyView)))]
async fn get_approval_policy(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
) -> Answer<Answered<PolicyView>> {
    Ok(Answered(app.approval_policy(&signed.actor, brand).await?))
}

/// Replaces what the brand wants of approval.
#[utoipa::path(put, path = "/brands/{brand}/approval-policy", operation_id = "set_approval_policy", tag = "approvals",
    params(("brand" = BrandId, Path)), request_body = PolicyInput,
    responses((status = 200, description = "The policy", body = PolicyView)))]
async fn set_approval_policy(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(input): Json<PolicyInput>,
) -> Answer<Answered<PolicyView>> {
    Ok(Answered(app.set_approval_policy(&signed.actor, brand, input).await?))
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct HistoryQuery {
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; at most 200.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
}

/// The history of a post's approval, the latest word first, with what was seen then.
#[utoipa::path(get, path = "/brands/{brand}/posts/{id}/approval", operation_id = "approval_history", tag = "approvals",
    params(("brand" = BrandId, Path), ("id" = PostId, Path), HistoryQuery),
    responses((status = 200, description = "The history", body = ApprovalHistory)))]
async fn approval_history(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
    Query(query): Query<HistoryQuery>,
) -> Answer<Answered<ApprovalHistory>> {
    let (cursor, limit) = (query.cursor.as_deref(), query.limit);
    Ok(Answered(app.approval_history(&signed.actor, brand, id, cursor, limit).await?))
}

/// A word to the others.
#[derive(Debug, Default, Deserialize, ToSchema)]
struct Noting {
    /// What is added.
    #[serde(default)]
    note: Option<String>,
}

/// Asks for the approval of a post.
#[utoipa::path(post, path = "/brands/{brand}/posts/{id}/submit", operation_id = "submit_post", tag = "approvals",
    params(("brand" = BrandId, Path), ("id" = PostId, Path)), request_body = Noting,
    responses((status = 200, description = "The post", body = PostView)))]
async fn submit_post(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
    Json(body): Json<Noting>,
) -> Answer<Answered<PostView>> {
    Ok(Answered(app.submit_post(&signed.actor, brand, id, body.note).await?))
}

/// A yes to what was shown.
#[derive(Debug, Deserialize, ToSchema)]
struct Approving {
    /// `approval.hash` of the post that was shown.
    seen: String,
    /// A word to the author.
    #[serde(default)]
    note: Option<String>,
}

/// Approves a post as it was shown.
#[utoipa::path(post, path = "/brands/{brand}/posts/{id}/approve", operation_id = "approve_post", tag = "approvals",
    params(("brand" = BrandId, Path), ("id" = PostId, Path)), request_body = Approving,
    responses(
        (status = 200, description = "The post", body = PostView),
        (status = 409, description = "Somebody changed it since it was shown: `current` is how it stands", body = Details,
            content_type = "application/problem+json")))]
async fn approve_post(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
    Json(body): Json<Approving>,
) -> Answer<Answered<PostView>> {
    let result = app.approve_post(&signed.actor, brand, id, body.seen, body.note).await;
    changed(&app, &signed.actor, brand, id, result).await
}

/// A no to what was shown.
#[derive(Debug, Deserialize, ToSchema)]
struct AskingChanges {
    /// `approval.hash` of the post that was shown.
    seen: String,
    /// What is to be changed.
    note: String,
}

/// Wants a post otherwise, and says how.
#[utoipa::path(post, path = "/brands/{brand}/posts/{id}/ask-changes", operation_id = "ask_changes", tag = "approvals",
    params(("brand" = BrandId, Path), ("id" = PostId, Path)), request_body = AskingChanges,
    responses(
        (status = 200, description = "The post", body = PostView),
        (status = 409, description = "Somebody changed it since it was shown: `current` is how it stands", body = Details,
            content_type = "application/problem+json")))]
async fn ask_changes(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
    Json(body): Json<AskingChanges>,
) -> Answer<Answered<PostView>> {
    let result = app.ask_changes(&signed.actor, brand, id, body.seen, body.note).await;
    changed(&app, &signed.actor, brand, id, result).await
}

/// Takes back the question; those who may approve take back an approval.
#[utoipa::path(post, path = "/brands/{brand}/posts/{id}/withdraw", operation_id = "withdraw_post", tag = "approvals",
    params(("brand" = BrandId, Path), ("id" = PostId, Path)), request_body = Noting,
    responses((status = 200, description = "The post", body = PostView)))]
async fn withdraw_post(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
    Json(body): Json<Noting>,
) -> Answer<Answered<PostView>> {
    Ok(Answered(app.withdraw_post(&signed.actor, brand, id, body.note).await?))
}
