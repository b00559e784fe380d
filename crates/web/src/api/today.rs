//! `/brands/{brand}/today`: what needs somebody first.

use axum::Json as Answered;
use axum::extract::State;
use sarafan_app::App;
use sarafan_app::today::TodayView;
use sarafan_domain::id::BrandId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::Path;
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(today))
}

/// What needs somebody, what goes out today, how yesterday was.
#[utoipa::path(get, path = "/brands/{brand}/today", operation_id = "get_today", tag = "today",
    params(("brand" = BrandId, Path)), responses((status = 200, description = "The day", body = TodayView)))]
async fn today(State(app): State<App>, signed: Signed, Path(brand): Path<BrandId>) -> Answer<Answered<TodayView>> {
    Ok(Answered(app.today(&signed.actor, brand).await?))
}
