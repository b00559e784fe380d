//! `/brands/{brand}/notices`: what the signed-in person was told, and how they want to hear of things.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::StatusCode;
use sarafan_app::App;
use sarafan_app::notices::{ChoicesView, NoticePage};
use sarafan_domain::id::{BrandId, NoticeId};
use sarafan_domain::notice::Choices;
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
        .routes(routes!(list_notices))
        .routes(routes!(read_all_notices))
        .routes(routes!(read_notice))
        .routes(routes!(notice_choices, choose_notices))
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct NoticesQuery {
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; at most 100.
    #[param(minimum = 1, maximum = 100, default = 30)]
    limit: Option<usize>,
}

/// What the signed-in person was told in a brand, newest first, and how much of it is unread.
#[utoipa::path(get, path = "/brands/{brand}/notices", operation_id = "list_notices", tag = "notices",
    params(("brand" = BrandId, Path), NoticesQuery),
    responses((status = 200, description = "The notices", body = NoticePage)))]
async fn list_notices(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(query): Query<NoticesQuery>,
) -> Answer<Answered<NoticePage>> {
    Ok(Answered(app.list_notices(&signed.actor, brand, query.cursor.as_deref(), query.limit).await?))
}

/// Everything was read.
#[utoipa::path(post, path = "/brands/{brand}/notices/read", operation_id = "read_all_notices", tag = "notices",
    params(("brand" = BrandId, Path)),
    responses((status = 204, description = "Nothing is unread")))]
async fn read_all_notices(State(app): State<App>, signed: Signed, Path(brand): Path<BrandId>) -> Answer<StatusCode> {
    app.read_notices(&signed.actor, brand, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One notice was read.
#[utoipa::path(post, path = "/brands/{brand}/notices/{id}/read", operation_id = "read_notice", tag = "notices",
    params(("brand" = BrandId, Path), ("id" = NoticeId, Path)),
    responses((status = 204, description = "It is read")))]
async fn read_notice(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, NoticeId)>,
) -> Answer<StatusCode> {
    app.read_notices(&signed.actor, brand, Some(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How the signed-in person hears of things in a brand.
#[utoipa::path(get, path = "/brands/{brand}/notices/choices", operation_id = "notice_choices", tag = "notices",
    params(("brand" = BrandId, Path)),
    responses((status = 200, description = "The choices", body = ChoicesView)))]
async fn notice_choices(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
) -> Answer<Answered<ChoicesView>> {
    Ok(Answered(app.notice_choices(&signed.actor, brand).await?))
}

/// Chooses how to hear of things in a brand; kinds that are not named are told as usual.
#[utoipa::path(put, path = "/brands/{brand}/notices/choices", operation_id = "choose_notices", tag = "notices",
    params(("brand" = BrandId, Path)), request_body = Choices,
    responses((status = 200, description = "The choices", body = ChoicesView)))]
async fn choose_notices(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(input): Json<Choices>,
) -> Answer<Answered<ChoicesView>> {
    Ok(Answered(app.choose_notices(&signed.actor, brand, input).await?))
}
