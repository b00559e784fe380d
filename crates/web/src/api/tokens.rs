//! `/tokens`: tokens of programs. Only people make, see and revoke them; a program may look at its own.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::StatusCode;
use sarafan_app::App;
use sarafan_app::tokens::{TokenInput, TokenView};
use sarafan_domain::id::TokenId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{Json, Path};
use crate::problem::{Answer, Details};
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list_tokens, create_token))
        .routes(routes!(own_token))
        .routes(routes!(revoke_token))
}

/// The tokens of the signed-in person, newest first.
#[utoipa::path(get, path = "/tokens", operation_id = "list_tokens", tag = "tokens",
    responses((status = 200, description = "Tokens without their secret", body = Vec<TokenView>)))]
async fn list_tokens(State(app): State<App>, signed: Signed) -> Answer<Answered<Vec<TokenView>>> {
    Ok(Answered(app.list_tokens(&signed.actor).await?))
}

/// Makes a token for the signed-in person; it is in the answer and nowhere else.
#[utoipa::path(post, path = "/tokens", operation_id = "create_token", tag = "tokens", request_body = TokenInput,
    responses((status = 201, description = "The token", body = TokenView)))]
async fn create_token(
    State(app): State<App>,
    signed: Signed,
    Json(input): Json<TokenInput>,
) -> Answer<(StatusCode, Answered<TokenView>)> {
    Ok((StatusCode::CREATED, Answered(app.create_token(&signed.actor, None, input).await?)))
}

/// The token that asks: for programs that want to know what they may.
#[utoipa::path(get, path = "/tokens/own", operation_id = "own_token", tag = "tokens",
    responses(
        (status = 200, description = "The token without its secret", body = TokenView),
        (status = 404, description = "A person asks, who has none of their own", body = Details,
            content_type = "application/problem+json")))]
async fn own_token(State(app): State<App>, signed: Signed) -> Answer<Answered<TokenView>> {
    Ok(Answered(app.own_token(&signed.actor).await?))
}

/// Revokes a token: the next request that shows it is refused.
#[utoipa::path(delete, path = "/tokens/{id}", operation_id = "revoke_token", tag = "tokens",
    params(("id" = TokenId, Path)),
    responses((status = 204, description = "It opens nothing any more")))]
async fn revoke_token(State(app): State<App>, signed: Signed, Path(id): Path<TokenId>) -> Answer<StatusCode> {
    app.revoke_token(&signed.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
