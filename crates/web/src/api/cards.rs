//! `/brands/{brand}/card`: what the page of a link says of itself, for the preview of a post.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sarafan_app::App;
use sarafan_app::cards::CardView;
use sarafan_domain::id::BrandId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{Path, Query};
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(get_card)).routes(routes!(get_card_picture))
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CardQuery {
    /// Its address.
    #[param(example = "https://example.org/menu")]
    url: String,
}

/// What the page of a link says of itself: title, text and picture of its card.
#[utoipa::path(get, path = "/brands/{brand}/card", operation_id = "get_card", tag = "posts",
    params(("brand" = BrandId, Path), CardQuery),
    responses((status = 200, description = "What it says; `found` is false where it cannot be read", body = CardView)))]
async fn get_card(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(query): Query<CardQuery>,
) -> Answer<Answered<CardView>> {
    Ok(Answered(app.link_card(&signed.actor, brand, &query.url).await?))
}

/// The picture of the card of a link, once the card was asked for.
#[utoipa::path(get, path = "/brands/{brand}/card/picture", operation_id = "get_card_picture", tag = "posts",
    params(("brand" = BrandId, Path), CardQuery),
    responses((status = 200, description = "The picture", body = Vec<u8>, content_type = "image/jpeg")))]
async fn get_card_picture(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(query): Query<CardQuery>,
) -> Answer<Response> {
    let picture = app.link_card_picture(&signed.actor, brand, &query.url).await?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=900")], picture)
        .into_response())
}
