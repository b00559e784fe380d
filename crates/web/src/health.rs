//! `GET /health`: does this installation do its work? Asked by machines, without signing in.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use sarafan_app::App;
use sarafan_app::health::HealthView;

use crate::problem::Answer;

/// 200 while the queue moves, 503 when it stands still or the database does not answer.
#[utoipa::path(
    get,
    path = "/health",
    operation_id = "health",
    tag = "live",
    servers((url = "/", description = "Not below /api/v1")),
    responses(
        (status = 200, description = "All is well", body = HealthView),
        (status = 503, description = "The queue stands still", body = HealthView)
    ),
    security(())
)]
pub(crate) async fn health(State(app): State<App>) -> Answer<(StatusCode, Json<HealthView>)> {
    let health = app.health().await?;
    let status = if health.ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    Ok((status, Json(health)))
}
