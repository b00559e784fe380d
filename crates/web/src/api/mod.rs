//! `/api/v1`: one file per area, named as the area is named on every floor.

#![expect(unused_qualifications, reason = "utoipa writes the types of parameters as qualified paths")]

use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use tower_http::timeout::TimeoutLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::Web;
use crate::problem::Failure;

mod approvals;
mod assets;
mod audit;
mod brands;
mod calendar;
mod cards;
mod channels;
mod comments;
mod deliveries;
mod factors;
mod identities;
mod list;
mod live;
mod members;
mod moves;
mod notes;
mod notices;
mod numbers;
mod plan;
mod posts;
mod profile;
mod rehearsal;
mod sessions;
mod setup;
mod tasks;
mod today;
mod tokens;
mod webhooks;

/// A request that needs longer than this is stuck.
const USUAL: Duration = Duration::from_secs(30);

/// Files come over slow lines, and networks answer slowly while a channel is connected.
const LONG: Duration = Duration::from_secs(15 * 60);

/// Every route with its description.
fn all() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .merge(approvals::routes())
        .merge(assets::routes())
        .merge(audit::routes())
        .merge(brands::routes())
        .merge(calendar::routes())
        .merge(cards::routes())
        .merge(channels::routes())
        .merge(comments::routes())
        .merge(deliveries::routes())
        .merge(factors::routes())
        .merge(identities::routes())
        .merge(members::routes())
        .merge(notes::routes())
        .merge(notices::routes())
        .merge(numbers::routes())
        .merge(posts::routes())
        .merge(profile::routes())
        .merge(sessions::routes())
        .merge(setup::routes())
        .merge(tasks::routes())
        .merge(today::routes())
        .merge(tokens::routes())
        .merge(webhooks::routes())
        .layer(within(USUAL))
        .merge(
            OpenApiRouter::new()
                .merge(assets::uploads())
                .merge(audit::exports())
                .merge(channels::slow())
                .merge(moves::routes())
                .merge(plan::routes())
                .layer(within(LONG)),
        )
        // A stream of events has no end.
        .merge(live::routes())
}

fn within(time: Duration) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, time)
}

/// The routes, to be served.
pub(crate) fn routes() -> Router<Web> {
    all().split_for_parts().0
}

/// Adds the descriptions of all routes to a document.
pub(crate) fn described(base: OpenApi) -> OpenApi {
    let health = OpenApiRouter::new().routes(utoipa_axum::routes!(crate::health::health));
    OpenApiRouter::with_openapi(base).merge(all()).merge(health).into_openapi()
}

/// A path that is no route.
pub(crate) async fn unknown() -> Failure {
    Failure::NoRoute
}

/// A route with another method.
pub(crate) async fn wrong_method() -> Failure {
    Failure::NoMethod
}
