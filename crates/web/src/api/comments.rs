//! `/brands/{brand}/posts/{id}/comments`: what people wrote under a post.

use axum::Json as Answered;
use axum::extract::State;
use sarafan_app::App;
use sarafan_app::comments::CommentPage;
use sarafan_domain::id::{BrandId, PostId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{Path, Query};
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list_post_comments))
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CommentsQuery {
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; at most 200.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
}

/// The comments under a post on all its channels, the oldest first, as the networks last told them.
#[utoipa::path(get, path = "/brands/{brand}/posts/{id}/comments", operation_id = "list_post_comments", tag = "comments",
    params(("brand" = BrandId, Path), ("id" = PostId, Path), CommentsQuery),
    responses((status = 200, description = "The comments", body = CommentPage)))]
async fn list_post_comments(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
    Query(query): Query<CommentsQuery>,
) -> Answer<Answered<CommentPage>> {
    Ok(Answered(app.post_comments(&signed.actor, brand, id, query.cursor.as_deref(), query.limit).await?))
}
