//! `/brands/{brand}/review-links`: links by which people without an account approve.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::StatusCode;
use sarafan_app::App;
use sarafan_app::approvals::{ReviewLinkInput, ReviewLinkPage, ReviewLinkView};
use sarafan_domain::id::{BrandId, ReviewLinkId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{Json, Path, Query};
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list_review_links, create_review_link)).routes(routes!(revoke_review_link))
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct LinksQuery {
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; at most 200.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
}

/// The links of the brand, the newest first; those that open nothing any more are among them.
#[utoipa::path(get, path = "/brands/{brand}/review-links", operation_id = "list_review_links", tag = "approvals",
    params(("brand" = BrandId, Path), LinksQuery),
    responses((status = 200, description = "A page", body = ReviewLinkPage)))]
async fn list_review_links(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(query): Query<LinksQuery>,
) -> Answer<Answered<ReviewLinkPage>> {
    Ok(Answered(app.list_review_links(&signed.actor, brand, query.cursor.as_deref(), query.limit).await?))
}

/// Gives a link to somebody without an account; it is in the answer and nowhere else.
#[utoipa::path(post, path = "/brands/{brand}/review-links", operation_id = "create_review_link", tag = "approvals",
    params(("brand" = BrandId, Path)), request_body = ReviewLinkInput,
    responses((status = 201, description = "The link", body = ReviewLinkView)))]
async fn create_review_link(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(input): Json<ReviewLinkInput>,
) -> Answer<(StatusCode, Answered<ReviewLinkView>)> {
    Ok((StatusCode::CREATED, Answered(app.create_review_link(&signed.actor, brand, input).await?)))
}

/// Takes a link back: it opens nothing from now on.
#[utoipa::path(post, path = "/brands/{brand}/review-links/{id}/revoke", operation_id = "revoke_review_link",
    tag = "approvals", params(("brand" = BrandId, Path), ("id" = ReviewLinkId, Path)),
    responses((status = 200, description = "The link", body = ReviewLinkView)))]
async fn revoke_review_link(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, ReviewLinkId)>,
) -> Answer<Answered<ReviewLinkView>> {
    Ok(Answered(app.revoke_review_link(&signed.actor, brand, id).await?))
}
