//! `/brands/{brand}/calendar`: posts by date, and holidays.

use axum::Json as Answered;
use axum::extract::State;
use jiff::civil::Date;
use sarafan_app::App;
use sarafan_app::calendar::CalendarView;
use sarafan_domain::id::{BrandId, ChannelId, RubricId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{Path, Query};
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(calendar))
}

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Days {
    /// The first day, in the brand's zone.
    #[param(value_type = String, example = "2026-12-01")]
    from: Date,
    /// The last day.
    #[param(value_type = String, example = "2026-12-31")]
    to: Date,
    /// Only this channel.
    channel: Option<ChannelId>,
    /// Only this rubric.
    rubric: Option<RubricId>,
}

/// Posts due from the first moment of one day to the last of another, and the holidays of the brand's country.
#[utoipa::path(get, path = "/brands/{brand}/calendar", operation_id = "get_calendar", tag = "calendar",
    params(("brand" = BrandId, Path), Days),
    responses((status = 200, description = "The days", body = CalendarView)))]
async fn calendar(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(days): Query<Days>,
) -> Answer<Answered<CalendarView>> {
    let view = app.calendar(&signed.actor, brand, days.from, days.to, days.channel, days.rubric).await?;
    Ok(Answered(view))
}
