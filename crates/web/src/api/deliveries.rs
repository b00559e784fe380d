//! `/brands/{brand}/deliveries`: the queue and what a person can do with what is in it.

use axum::Json as Answered;
use axum::extract::State;
use sarafan_app::App;
use sarafan_app::deliveries::{DeliveryCommand, DeliveryDetail, DeliveryPage, DeliveryQuery};
use sarafan_domain::delivery::State as DeliveryState;
use sarafan_domain::id::{BrandId, ChannelId, DeliveryId};
use sarafan_domain::time::Timestamp;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::list;
use super::rehearsal::Rehearsal;
use crate::Web;
use crate::body::{Json, Path, Query};
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list_deliveries))
        .routes(routes!(get_delivery))
        .routes(routes!(retry))
        .routes(routes!(cancel))
        .routes(routes!(send_now))
        .routes(routes!(resolve))
        .routes(routes!(delete))
        .routes(routes!(update))
}

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DeliveriesQuery {
    /// Only these states, separated by commas.
    #[param(example = "failed,unknown")]
    state: Option<String>,
    /// Only this channel.
    channel: Option<ChannelId>,
    /// Due at or after: an instant.
    #[param(value_type = Option<String>)]
    from: Option<Timestamp>,
    /// Due before: an instant.
    #[param(value_type = Option<String>)]
    to: Option<Timestamp>,
    /// By due time, or the last due first.
    #[serde(default)]
    #[param(inline)]
    sort: Sort,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; at most 200.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
}

/// The order of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Sort {
    /// By due time.
    #[default]
    Due,
    /// The last due first.
    Latest,
}

/// The queue, with the number of deliveries in each state.
#[utoipa::path(get, path = "/brands/{brand}/deliveries", operation_id = "list_deliveries", tag = "deliveries",
    params(("brand" = BrandId, Path), DeliveriesQuery),
    responses((status = 200, description = "A page", body = DeliveryPage)))]
async fn list_deliveries(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(query): Query<DeliveriesQuery>,
) -> Answer<Answered<DeliveryPage>> {
    let query = DeliveryQuery {
        states: list::words(query.state.as_deref(), "state", DeliveryState::parse)?,
        channel: query.channel,
        from: query.from,
        to: query.to,
        latest_first: query.sort == Sort::Latest,
        cursor: query.cursor,
        limit: query.limit,
    };
    Ok(Answered(app.list_deliveries(&signed.actor, brand, query).await?))
}

/// One delivery with the story of its attempts.
#[utoipa::path(get, path = "/brands/{brand}/deliveries/{id}", operation_id = "get_delivery", tag = "deliveries",
    params(("brand" = BrandId, Path), ("id" = DeliveryId, Path)),
    responses((status = 200, description = "The delivery", body = DeliveryDetail)))]
async fn get_delivery(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, DeliveryId)>,
) -> Answer<Answered<DeliveryDetail>> {
    Ok(Answered(app.delivery(&signed.actor, brand, id).await?))
}

/// Tries again after a refusal was mended.
#[utoipa::path(post, path = "/brands/{brand}/deliveries/{id}/retry", operation_id = "retry_delivery", tag = "deliveries",
    params(("brand" = BrandId, Path), ("id" = DeliveryId, Path), Rehearsal),
    responses((status = 200, description = "The delivery", body = DeliveryDetail)))]
async fn retry(
    app: State<App>,
    signed: Signed,
    at: Path<(BrandId, DeliveryId)>,
    query: Query<Rehearsal>,
) -> Answer<Answered<DeliveryDetail>> {
    command(app, &signed, at, query, DeliveryCommand::Retry).await
}

/// Calls it off before it leaves.
#[utoipa::path(post, path = "/brands/{brand}/deliveries/{id}/cancel", operation_id = "cancel_delivery", tag = "deliveries",
    params(("brand" = BrandId, Path), ("id" = DeliveryId, Path), Rehearsal),
    responses((status = 200, description = "The delivery", body = DeliveryDetail)))]
async fn cancel(
    app: State<App>,
    signed: Signed,
    at: Path<(BrandId, DeliveryId)>,
    query: Query<Rehearsal>,
) -> Answer<Answered<DeliveryDetail>> {
    command(app, &signed, at, query, DeliveryCommand::Cancel).await
}

/// Sends it without waiting for its time.
#[utoipa::path(post, path = "/brands/{brand}/deliveries/{id}/send-now", operation_id = "send_delivery_now",
    tag = "deliveries", params(("brand" = BrandId, Path), ("id" = DeliveryId, Path), Rehearsal),
    responses((status = 200, description = "The delivery", body = DeliveryDetail)))]
async fn send_now(
    app: State<App>,
    signed: Signed,
    at: Path<(BrandId, DeliveryId)>,
    query: Query<Rehearsal>,
) -> Answer<Answered<DeliveryDetail>> {
    command(app, &signed, at, query, DeliveryCommand::SendNow).await
}

/// What a person found on the network.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
enum Resolution {
    /// It is out.
    Sent {
        /// Where it can be seen.
        #[serde(default)]
        url: Option<String>,
        /// The network's id of it, if known.
        #[serde(default)]
        external_id: Option<String>,
    },
    /// It is not out.
    NotSent {
        /// Send it again?
        again: bool,
    },
}

/// Says what became of a delivery that nobody knows about.
#[utoipa::path(post, path = "/brands/{brand}/deliveries/{id}/resolve", operation_id = "resolve_delivery",
    tag = "deliveries", params(("brand" = BrandId, Path), ("id" = DeliveryId, Path), Rehearsal), request_body = Resolution,
    responses((status = 200, description = "The delivery", body = DeliveryDetail)))]
async fn resolve(
    app: State<App>,
    signed: Signed,
    at: Path<(BrandId, DeliveryId)>,
    query: Query<Rehearsal>,
    Json(resolution): Json<Resolution>,
) -> Answer<Answered<DeliveryDetail>> {
    let found = match resolution {
        Resolution::Sent { url, external_id } => DeliveryCommand::ResolveSent { url, external_id },
        Resolution::NotSent { again } => DeliveryCommand::ResolveNotSent { again },
    };
    command(app, &signed, at, query, found).await
}

/// Takes it down over there.
#[utoipa::path(post, path = "/brands/{brand}/deliveries/{id}/delete", operation_id = "take_down_delivery",
    tag = "deliveries", params(("brand" = BrandId, Path), ("id" = DeliveryId, Path), Rehearsal),
    responses((status = 200, description = "The delivery; it is taken down in the background", body = DeliveryDetail)))]
async fn delete(
    app: State<App>,
    signed: Signed,
    at: Path<(BrandId, DeliveryId)>,
    query: Query<Rehearsal>,
) -> Answer<Answered<DeliveryDetail>> {
    command(app, &signed, at, query, DeliveryCommand::Delete).await
}

/// Sends the changed content over there.
#[utoipa::path(post, path = "/brands/{brand}/deliveries/{id}/update", operation_id = "update_delivery",
    tag = "deliveries", params(("brand" = BrandId, Path), ("id" = DeliveryId, Path), Rehearsal),
    responses((status = 200, description = "The delivery; it is changed in the background", body = DeliveryDetail)))]
async fn update(
    app: State<App>,
    signed: Signed,
    at: Path<(BrandId, DeliveryId)>,
    query: Query<Rehearsal>,
) -> Answer<Answered<DeliveryDetail>> {
    command(app, &signed, at, query, DeliveryCommand::Update).await
}

async fn command(
    State(app): State<App>,
    signed: &Signed,
    Path((brand, id)): Path<(BrandId, DeliveryId)>,
    Query(rehearsal): Query<Rehearsal>,
    command: DeliveryCommand,
) -> Answer<Answered<DeliveryDetail>> {
    let detail = if rehearsal.dry_run {
        app.rehearse_command(&signed.actor, brand, id, command).await?
    } else {
        app.command_delivery(&signed.actor, brand, id, command).await?
    };
    Ok(Answered(detail))
}
