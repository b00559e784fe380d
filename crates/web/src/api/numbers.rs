//! `/brands/{brand}/overview` and the numbers of a post and a channel.

use axum::Json as Answered;
use axum::extract::State;
use jiff::SignedDuration;
use sarafan_app::App;
use sarafan_app::numbers::{ChannelStats, Overview, PostStats};
use sarafan_domain::id::{BrandId, ChannelId, PostId};
use sarafan_domain::time::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{Path, Query};
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(post_stats)).routes(routes!(channel_stats)).routes(routes!(overview))
}

/// So far back where nobody says otherwise.
const USUAL: SignedDuration = SignedDuration::from_hours(30 * 24);

/// From when to when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Period {
    /// The first instant; thirty days before `to` when left out.
    #[param(value_type = Option<String>)]
    from: Option<Timestamp>,
    /// The instant after the last; now when left out.
    #[param(value_type = Option<String>)]
    to: Option<Timestamp>,
}

impl Period {
    fn bounds(&self, now: Timestamp) -> (Timestamp, Timestamp) {
        let to = self.to.unwrap_or(now);
        (self.from.unwrap_or_else(|| to.checked_sub(USUAL).unwrap_or(to)), to)
    }
}

/// The numbers of a post on every channel it went out on.
#[utoipa::path(get, path = "/brands/{brand}/posts/{id}/stats", operation_id = "get_post_stats", tag = "numbers",
    params(("brand" = BrandId, Path), ("id" = PostId, Path)),
    responses((status = 200, description = "The numbers", body = PostStats)))]
async fn post_stats(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
) -> Answer<Answered<PostStats>> {
    Ok(Answered(app.post_stats(&signed.actor, brand, id).await?))
}

/// The numbers of a channel.
#[utoipa::path(get, path = "/brands/{brand}/channels/{id}/stats", operation_id = "get_channel_stats", tag = "numbers",
    params(("brand" = BrandId, Path), ("id" = ChannelId, Path), Period),
    responses((status = 200, description = "The numbers", body = ChannelStats)))]
async fn channel_stats(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, ChannelId)>,
    Query(period): Query<Period>,
) -> Answer<Answered<ChannelStats>> {
    let (from, to) = period.bounds(app.now());
    Ok(Answered(app.channel_stats(&signed.actor, brand, id, from, to).await?))
}

/// The numbers of a brand, against the same length of time before.
#[utoipa::path(get, path = "/brands/{brand}/overview", operation_id = "get_overview", tag = "numbers",
    params(("brand" = BrandId, Path), Period),
    responses((status = 200, description = "The numbers", body = Overview)))]
async fn overview(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(period): Query<Period>,
) -> Answer<Answered<Overview>> {
    let (from, to) = period.bounds(app.now());
    Ok(Answered(app.overview(&signed.actor, brand, from, to).await?))
}
