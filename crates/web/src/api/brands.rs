//! `/brands`: brands, their rubrics, and stopping what they send.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::StatusCode;
use sarafan_app::App;
use sarafan_app::brands::{
    BrandBriefView, BrandPatch, BrandView, NewBrand, PauseView, RubricInput, RubricPatch, RubricView,
};
use sarafan_domain::id::{BrandId, RubricId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{Json, Path};
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list_brands, create_brand))
        .routes(routes!(get_brand, update_brand))
        .routes(routes!(pause_brand))
        .routes(routes!(get_pause, pause_everything))
        .routes(routes!(list_rubrics, create_rubric))
        .routes(routes!(update_rubric, delete_rubric))
}

/// The brands of the signed-in person.
#[utoipa::path(get, path = "/brands", operation_id = "list_brands", tag = "brands",
    responses((status = 200, description = "The brands", body = Vec<BrandBriefView>)))]
async fn list_brands(State(app): State<App>, signed: Signed) -> Answer<Answered<Vec<BrandBriefView>>> {
    Ok(Answered(app.list_brands(&signed.actor).await?))
}

/// Makes a brand with the standard rubrics; for owners of the installation.
#[utoipa::path(post, path = "/brands", operation_id = "create_brand", tag = "brands", request_body = NewBrand,
    responses((status = 201, description = "The brand", body = BrandView)))]
async fn create_brand(
    State(app): State<App>,
    signed: Signed,
    Json(new): Json<NewBrand>,
) -> Answer<(StatusCode, Answered<BrandView>)> {
    Ok((StatusCode::CREATED, Answered(app.create_brand(&signed.actor, new).await?)))
}

/// One brand with its settings.
#[utoipa::path(get, path = "/brands/{brand}", operation_id = "get_brand", tag = "brands",
    params(("brand" = BrandId, Path)), responses((status = 200, description = "The brand", body = BrandView)))]
async fn get_brand(State(app): State<App>, signed: Signed, Path(brand): Path<BrandId>) -> Answer<Answered<BrandView>> {
    Ok(Answered(app.brand(&signed.actor, brand).await?))
}

/// Changes a brand's settings; what is left out stays.
#[utoipa::path(patch, path = "/brands/{brand}", operation_id = "update_brand", tag = "brands",
    params(("brand" = BrandId, Path)), request_body = BrandPatch,
    responses((status = 200, description = "The brand", body = BrandView)))]
async fn update_brand(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(patch): Json<BrandPatch>,
) -> Answer<Answered<BrandView>> {
    Ok(Answered(app.update_brand(&signed.actor, brand, patch).await?))
}

/// Stop or go on.
#[derive(Debug, Deserialize, ToSchema)]
struct BrandPause {
    /// Nothing goes out while true.
    paused: bool,
    /// Why; kept in the audit log.
    #[serde(default)]
    reason: Option<String>,
}

/// Stops everything a brand sends, or lets it go on.
#[utoipa::path(post, path = "/brands/{brand}/pause", operation_id = "pause_brand", tag = "brands",
    params(("brand" = BrandId, Path)), request_body = BrandPause,
    responses((status = 200, description = "The brand", body = BrandView)))]
async fn pause_brand(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(pause): Json<BrandPause>,
) -> Answer<Answered<BrandView>> {
    Ok(Answered(app.pause_brand(&signed.actor, brand, pause.paused, pause.reason).await?))
}

/// Is everything stopped?
#[utoipa::path(get, path = "/pause", operation_id = "get_pause", tag = "brands",
    responses((status = 200, description = "Yes or no", body = PauseView)))]
async fn get_pause(State(app): State<App>, _: Signed) -> Answer<Answered<PauseView>> {
    Ok(Answered(app.everything_paused().await?))
}

/// Stop or go on.
#[derive(Debug, Deserialize, ToSchema)]
struct Pause {
    /// Nothing goes out while true.
    paused: bool,
}

/// Stops everything that this installation sends, or lets it go on; for owners of the installation.
#[utoipa::path(post, path = "/pause", operation_id = "pause_everything", tag = "brands", request_body = Pause,
    responses((status = 200, description = "Is everything stopped?", body = PauseView)))]
async fn pause_everything(
    State(app): State<App>,
    signed: Signed,
    Json(pause): Json<Pause>,
) -> Answer<Answered<PauseView>> {
    Ok(Answered(app.pause_everything(&signed.actor, pause.paused).await?))
}

/// The content categories of a brand, in their order.
#[utoipa::path(get, path = "/brands/{brand}/rubrics", operation_id = "list_rubrics", tag = "brands",
    params(("brand" = BrandId, Path)),
    responses((status = 200, description = "The rubrics", body = Vec<RubricView>)))]
async fn list_rubrics(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
) -> Answer<Answered<Vec<RubricView>>> {
    Ok(Answered(app.list_rubrics(&signed.actor, brand).await?))
}

/// Adds a content category at the end.
#[utoipa::path(post, path = "/brands/{brand}/rubrics", operation_id = "create_rubric", tag = "brands",
    params(("brand" = BrandId, Path)), request_body = RubricInput,
    responses((status = 201, description = "The rubric", body = RubricView)))]
async fn create_rubric(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(input): Json<RubricInput>,
) -> Answer<(StatusCode, Answered<RubricView>)> {
    Ok((StatusCode::CREATED, Answered(app.create_rubric(&signed.actor, brand, input).await?)))
}

/// Changes a content category; what is left out stays.
#[utoipa::path(patch, path = "/brands/{brand}/rubrics/{id}", operation_id = "update_rubric", tag = "brands",
    params(("brand" = BrandId, Path), ("id" = RubricId, Path)), request_body = RubricPatch,
    responses((status = 200, description = "The rubric", body = RubricView)))]
async fn update_rubric(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, RubricId)>,
    Json(input): Json<RubricPatch>,
) -> Answer<Answered<RubricView>> {
    Ok(Answered(app.update_rubric(&signed.actor, brand, id, input).await?))
}

/// Removes a content category; posts that have it keep standing without.
#[utoipa::path(delete, path = "/brands/{brand}/rubrics/{id}", operation_id = "delete_rubric", tag = "brands",
    params(("brand" = BrandId, Path), ("id" = RubricId, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete_rubric(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, RubricId)>,
) -> Answer<StatusCode> {
    app.delete_rubric(&signed.actor, brand, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
