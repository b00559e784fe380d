//! `GET /health`: does this installation do its work? Asked by machines, without signing in.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use sarafan_app::App;
use sarafan_app::health::HealthView;

/// A database that has not answered by then does not answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// 200 while the work is done; 503 when no worker lives, the queue stands still, the database does not answer or the disk
/// is full.
#[utoipa::path(
    get,
    path = "/health",
    operation_id = "health",
    tag = "live",
    servers((url = "/", description = "Not below /api/v1")),
    responses(
        (status = 200, description = "All is well", body = HealthView),
        (status = 503, description = "Not fit: the parts say why", body = HealthView)
    ),
    security(())
)]
pub(crate) async fn health(State(app): State<App>) -> (StatusCode, Json<HealthView>) {
    let health = match tokio::time::timeout(PATIENCE, app.health()).await {
        Ok(Ok(health)) => health,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the database does not answer");
            HealthView::without_database(app.disk())
        }
        Err(_) => HealthView::without_database(app.disk()),
    };
    let status = if health.ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(health))
}
