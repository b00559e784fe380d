//! `/brands/{brand}/webhooks`: endpoints of programs elsewhere, and what they were told.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::StatusCode;
use sarafan_app::App;
use sarafan_app::webhooks::{MessageDetail, MessagePage, MessageView, WebhookInput, WebhookPatch, WebhookView};
use sarafan_domain::id::{BrandId, MessageId, WebhookId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{Json, Path, Query};
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list_webhooks, create_webhook))
        .routes(routes!(get_webhook, update_webhook, delete_webhook))
        .routes(routes!(rotate))
        .routes(routes!(test))
        .routes(routes!(list_messages))
        .routes(routes!(get_message))
        .routes(routes!(replay))
}

/// The endpoints of a brand.
#[utoipa::path(get, path = "/brands/{brand}/webhooks", operation_id = "list_webhooks", tag = "webhooks",
    params(("brand" = BrandId, Path)),
    responses((status = 200, description = "Endpoints without their secrets", body = Vec<WebhookView>)))]
async fn list_webhooks(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
) -> Answer<Answered<Vec<WebhookView>>> {
    Ok(Answered(app.list_webhooks(&signed.actor, brand).await?))
}

/// Makes an endpoint; its secret is in the answer and nowhere else.
#[utoipa::path(post, path = "/brands/{brand}/webhooks", operation_id = "create_webhook", tag = "webhooks",
    params(("brand" = BrandId, Path)), request_body = WebhookInput,
    responses((status = 201, description = "The endpoint with its secret", body = WebhookView)))]
async fn create_webhook(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(input): Json<WebhookInput>,
) -> Answer<(StatusCode, Answered<WebhookView>)> {
    Ok((StatusCode::CREATED, Answered(app.create_webhook(&signed.actor, brand, input).await?)))
}

/// One endpoint.
#[utoipa::path(get, path = "/brands/{brand}/webhooks/{id}", operation_id = "get_webhook", tag = "webhooks",
    params(("brand" = BrandId, Path), ("id" = WebhookId, Path)),
    responses((status = 200, description = "The endpoint without its secret", body = WebhookView)))]
async fn get_webhook(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, WebhookId)>,
) -> Answer<Answered<WebhookView>> {
    Ok(Answered(app.webhook(&signed.actor, brand, id).await?))
}

/// Changes an endpoint, switches it on or off.
#[utoipa::path(patch, path = "/brands/{brand}/webhooks/{id}", operation_id = "update_webhook", tag = "webhooks",
    params(("brand" = BrandId, Path), ("id" = WebhookId, Path)), request_body = WebhookPatch,
    responses((status = 200, description = "The endpoint", body = WebhookView)))]
async fn update_webhook(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, WebhookId)>,
    Json(patch): Json<WebhookPatch>,
) -> Answer<Answered<WebhookView>> {
    Ok(Answered(app.update_webhook(&signed.actor, brand, id, patch).await?))
}

/// Removes an endpoint with its log.
#[utoipa::path(delete, path = "/brands/{brand}/webhooks/{id}", operation_id = "delete_webhook", tag = "webhooks",
    params(("brand" = BrandId, Path), ("id" = WebhookId, Path)),
    responses((status = 204, description = "It is told nothing any more")))]
async fn delete_webhook(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, WebhookId)>,
) -> Answer<StatusCode> {
    app.delete_webhook(&signed.actor, brand, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives it a new secret; the old one signs as well for a day.
#[utoipa::path(post, path = "/brands/{brand}/webhooks/{id}/secret", operation_id = "rotate_webhook_secret",
    tag = "webhooks", params(("brand" = BrandId, Path), ("id" = WebhookId, Path)),
    responses((status = 200, description = "The endpoint with its new secret", body = WebhookView)))]
async fn rotate(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, WebhookId)>,
) -> Answer<Answered<WebhookView>> {
    Ok(Answered(app.rotate_webhook(&signed.actor, brand, id).await?))
}

/// Sends it a test message, also while it is switched off.
#[utoipa::path(post, path = "/brands/{brand}/webhooks/{id}/test", operation_id = "test_webhook", tag = "webhooks",
    params(("brand" = BrandId, Path), ("id" = WebhookId, Path)),
    responses((status = 202, description = "The message; it is sent in the background", body = MessageView)))]
async fn test(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, WebhookId)>,
) -> Answer<(StatusCode, Answered<MessageView>)> {
    Ok((StatusCode::ACCEPTED, Answered(app.test_webhook(&signed.actor, brand, id).await?)))
}

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct MessagesQuery {
    /// `next` of the page before.
    cursor: Option<String>,
    /// At most so many, up to 200.
    limit: Option<usize>,
}

/// What an endpoint was told and is to be told, the newest first.
#[utoipa::path(get, path = "/brands/{brand}/webhooks/{id}/messages", operation_id = "list_webhook_messages",
    tag = "webhooks", params(("brand" = BrandId, Path), ("id" = WebhookId, Path), MessagesQuery),
    responses((status = 200, description = "A page", body = MessagePage)))]
async fn list_messages(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, WebhookId)>,
    Query(query): Query<MessagesQuery>,
) -> Answer<Answered<MessagePage>> {
    let page = app.webhook_messages(&signed.actor, brand, id, query.cursor.as_deref(), query.limit).await?;
    Ok(Answered(page))
}

/// A message with every try to deliver it.
#[utoipa::path(get, path = "/brands/{brand}/webhooks/{id}/messages/{message}", operation_id = "get_webhook_message",
    tag = "webhooks", params(("brand" = BrandId, Path), ("id" = WebhookId, Path), ("message" = MessageId, Path)),
    responses((status = 200, description = "The message", body = MessageDetail)))]
async fn get_message(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id, message)): Path<(BrandId, WebhookId, MessageId)>,
) -> Answer<Answered<MessageDetail>> {
    Ok(Answered(app.webhook_message(&signed.actor, brand, id, message).await?))
}

/// Puts a message on its way once more, under the id that it had.
#[utoipa::path(post, path = "/brands/{brand}/webhooks/{id}/messages/{message}/replay",
    operation_id = "replay_webhook_message", tag = "webhooks",
    params(("brand" = BrandId, Path), ("id" = WebhookId, Path), ("message" = MessageId, Path)),
    responses((status = 202, description = "The message; it is sent in the background", body = MessageDetail)))]
async fn replay(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id, message)): Path<(BrandId, WebhookId, MessageId)>,
) -> Answer<(StatusCode, Answered<MessageDetail>)> {
    Ok((StatusCode::ACCEPTED, Answered(app.replay_webhook(&signed.actor, brand, id, message).await?)))
}
