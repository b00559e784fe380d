//! `/networks` and `/brands/{brand}/channels`: what can be connected, and what is.

use std::collections::BTreeMap;

use axum::Json as Answered;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use sarafan_app::App;
use sarafan_app::channels::{ChannelPatch, ChannelView, ConnectInput, ConnectView, NetworkView, SlotTime};
use sarafan_domain::id::{BrandId, ChannelId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::Web;
use crate::body::{Json, Path, Query};
use crate::problem::{Answer, Failure};
use crate::session::Signed;
use crate::ui;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list_networks))
        .routes(routes!(list_channels))
        .routes(routes!(get_channel, update_channel, remove_channel))
        .routes(routes!(pause_channel))
        .routes(routes!(resume_channel))
        .routes(routes!(set_slots))
}

/// Routes that wait for a network.
pub(super) fn slow() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(connect_channel))
        .routes(routes!(connect_choices, choose_channel))
        .routes(routes!(check_channel))
        .routes(routes!(reconnect_channel))
        .routes(routes!(oauth_callback))
}

/// The networks that can be connected, with their limits, forms and abilities.
#[utoipa::path(get, path = "/networks", operation_id = "list_networks", tag = "channels",
    responses((status = 200, description = "The networks", body = Vec<NetworkView>)))]
async fn list_networks(State(app): State<App>, signed: Signed) -> Answered<Vec<NetworkView>> {
    Answered(app.list_networks(signed.actor.language))
}

/// The connected channels of a brand.
#[utoipa::path(get, path = "/brands/{brand}/channels", operation_id = "list_channels", tag = "channels",
    params(("brand" = BrandId, Path)),
    responses((status = 200, description = "The channels", body = Vec<ChannelView>)))]
async fn list_channels(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
) -> Answer<Answered<Vec<ChannelView>>> {
    Ok(Answered(app.list_channels(&signed.actor, brand).await?))
}

/// Connects a channel: at once, or by a choice of accounts, or by the network's own page.
#[utoipa::path(post, path = "/brands/{brand}/channels/connect", operation_id = "connect_channel", tag = "channels",
    params(("brand" = BrandId, Path)), request_body = ConnectInput,
    responses((status = 200, description = "The channel, or what comes next", body = ConnectView)))]
async fn connect_channel(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(input): Json<ConnectInput>,
) -> Answer<Answered<ConnectView>> {
    Ok(Answered(app.connect_channel(&signed.actor, brand, input).await?))
}

/// The accounts to choose from, for a page that was loaded anew.
#[utoipa::path(get, path = "/brands/{brand}/channels/connect/{connect}", operation_id = "get_choices", tag = "channels",
    params(("brand" = BrandId, Path), ("connect" = Uuid, Path)),
    responses((status = 200, description = "The choice", body = ConnectView)))]
async fn connect_choices(
    State(app): State<App>,
    signed: Signed,
    Path((brand, connect)): Path<(BrandId, Uuid)>,
) -> Answer<Answered<ConnectView>> {
    Ok(Answered(app.connect_choices(&signed.actor, brand, connect).await?))
}

/// Which account.
#[derive(Debug, Deserialize, ToSchema)]
struct Choice {
    /// What the network calls it.
    external_id: String,
}

/// Connects the chosen account.
#[utoipa::path(post, path = "/brands/{brand}/channels/connect/{connect}", operation_id = "choose_channel",
    tag = "channels", params(("brand" = BrandId, Path), ("connect" = Uuid, Path)), request_body = Choice,
    responses((status = 200, description = "The channel", body = ConnectView)))]
async fn choose_channel(
    State(app): State<App>,
    signed: Signed,
    Path((brand, connect)): Path<(BrandId, Uuid)>,
    Json(choice): Json<Choice>,
) -> Answer<Answered<ConnectView>> {
    Ok(Answered(app.choose_channel(&signed.actor, brand, connect, &choice.external_id).await?))
}

/// The person comes back from the network's page, in a browser: the answer is the next page, also where it failed.
#[utoipa::path(get, path = "/oauth/callback", operation_id = "finish_oauth", tag = "channels",
    params(("state" = String, Query), ("code" = Option<String>, Query)),
    responses(
        (status = 303, description = "To the page of the channel, or of the choice"),
        (status = 404, description = "A page: this person was not sent away", body = String, content_type = "text/html"),
        (status = 422, description = "A page: the network refused", body = String, content_type = "text/html"),
        (status = "default", description = "A page that tells what went wrong", body = String,
            content_type = "text/html")))]
async fn oauth_callback(
    State(app): State<App>,
    signed: Signed,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer<Response> {
    let returned = match app.oauth_callback(&signed.actor, &query).await {
        Ok(returned) => returned,
        Err(error) => {
            let failure = Failure::from(error);
            failure.log();
            let lang = signed.actor.language;
            return Ok(ui::told(&failure.explain(&app, lang, ""), lang));
        }
    };
    let brand = returned.brand;
    let to = match returned.outcome {
        ConnectView::Connected { connected } => format!("/b/{brand}/channels/{}", connected.id),
        ConnectView::Choose { connect_id, .. } => format!("/b/{brand}/channels/connect?choice={connect_id}"),
        ConnectView::Redirect { redirect } => redirect,
    };
    Ok(Redirect::to(&to).into_response())
}

/// One channel.
#[utoipa::path(get, path = "/brands/{brand}/channels/{id}", operation_id = "get_channel", tag = "channels",
    params(("brand" = BrandId, Path), ("id" = ChannelId, Path)),
    responses((status = 200, description = "The channel", body = ChannelView)))]
async fn get_channel(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, ChannelId)>,
) -> Answer<Answered<ChannelView>> {
    Ok(Answered(app.channel(&signed.actor, brand, id).await?))
}

/// Changes name or zone; what is left out stays.
#[utoipa::path(patch, path = "/brands/{brand}/channels/{id}", operation_id = "update_channel", tag = "channels",
    params(("brand" = BrandId, Path), ("id" = ChannelId, Path)), request_body = ChannelPatch,
    responses((status = 200, description = "The channel", body = ChannelView)))]
async fn update_channel(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, ChannelId)>,
    Json(patch): Json<ChannelPatch>,
) -> Answer<Answered<ChannelView>> {
    Ok(Answered(app.update_channel(&signed.actor, brand, id, patch).await?))
}

/// Removes a channel with its credential; what went out stays in the history.
#[utoipa::path(delete, path = "/brands/{brand}/channels/{id}", operation_id = "remove_channel", tag = "channels",
    params(("brand" = BrandId, Path), ("id" = ChannelId, Path)),
    responses((status = 204, description = "It is gone")))]
async fn remove_channel(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, ChannelId)>,
) -> Answer<StatusCode> {
    app.remove_channel(&signed.actor, brand, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Why.
#[derive(Debug, Default, Deserialize, ToSchema)]
struct ChannelPause {
    /// In the words of the person.
    #[serde(default)]
    reason: Option<String>,
}

/// Stops what goes to a channel.
#[utoipa::path(post, path = "/brands/{brand}/channels/{id}/pause", operation_id = "pause_channel", tag = "channels",
    params(("brand" = BrandId, Path), ("id" = ChannelId, Path)), request_body = Option<ChannelPause>,
    responses((status = 200, description = "The channel", body = ChannelView)))]
async fn pause_channel(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, ChannelId)>,
    pause: Option<Json<ChannelPause>>,
) -> Answer<Answered<ChannelView>> {
    let reason = pause.and_then(|Json(pause)| pause.reason);
    Ok(Answered(app.pause_channel(&signed.actor, brand, id, reason).await?))
}

/// Lets a paused channel go on.
#[utoipa::path(post, path = "/brands/{brand}/channels/{id}/resume", operation_id = "resume_channel", tag = "channels",
    params(("brand" = BrandId, Path), ("id" = ChannelId, Path)),
    responses((status = 200, description = "The channel", body = ChannelView)))]
async fn resume_channel(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, ChannelId)>,
) -> Answer<Answered<ChannelView>> {
    Ok(Answered(app.resume_channel(&signed.actor, brand, id).await?))
}

/// Asks the network whether the credential works.
#[utoipa::path(post, path = "/brands/{brand}/channels/{id}/check", operation_id = "check_channel", tag = "channels",
    params(("brand" = BrandId, Path), ("id" = ChannelId, Path)),
    responses((status = 200, description = "The channel", body = ChannelView)))]
async fn check_channel(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, ChannelId)>,
) -> Answer<Answered<ChannelView>> {
    Ok(Answered(app.check_channel(&signed.actor, brand, id).await?))
}

/// Replaces the weekly timetable.
#[utoipa::path(put, path = "/brands/{brand}/channels/{id}/slots", operation_id = "set_slots", tag = "channels",
    params(("brand" = BrandId, Path), ("id" = ChannelId, Path)), request_body = Vec<SlotTime>,
    responses((status = 200, description = "The channel", body = ChannelView)))]
async fn set_slots(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, ChannelId)>,
    Json(slots): Json<Vec<SlotTime>>,
) -> Answer<Answered<ChannelView>> {
    Ok(Answered(app.set_slots(&signed.actor, brand, id, slots).await?))
}

/// The filled form of the network.
#[derive(Deserialize, ToSchema)]
struct Reconnecting {
    /// Its fields.
    fields: BTreeMap<String, String>,
}

/// Connects a channel again whose credential no longer works.
#[utoipa::path(post, path = "/brands/{brand}/channels/{id}/reconnect", operation_id = "reconnect_channel",
    tag = "channels", params(("brand" = BrandId, Path), ("id" = ChannelId, Path)), request_body = Reconnecting,
    responses((status = 200, description = "The channel, or what comes next", body = ConnectView)))]
async fn reconnect_channel(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, ChannelId)>,
    Json(input): Json<Reconnecting>,
) -> Answer<Answered<ConnectView>> {
    Ok(Answered(app.reconnect_channel(&signed.actor, brand, id, input.fields).await?))
}
