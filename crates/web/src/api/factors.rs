//! `/factors`: what the signed-in person can show beside the password. Adding and removing asks for the password.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::StatusCode;
use sarafan_app::App;
use sarafan_app::factors::{
    CodeInput, Confirmation, FactorAdded, FactorsView, PasskeyInput, PasskeyName, PasskeyQuestion, RecoveryCodes,
    TotpSetup,
};
use sarafan_domain::id::PasskeyId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{Json, Path};
use crate::problem::{Answer, Details};
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(get_factors))
        .routes(routes!(begin_totp))
        .routes(routes!(confirm_totp))
        .routes(routes!(remove_totp))
        .routes(routes!(renew_recovery_codes))
        .routes(routes!(add_passkey))
        .routes(routes!(begin_passkey))
        .routes(routes!(name_passkey))
        .routes(routes!(remove_passkey))
}

/// What the person has beside the password.
#[utoipa::path(get, path = "/factors", operation_id = "get_factors", tag = "factors",
    responses((status = 200, description = "The factors without their secrets", body = FactorsView)))]
async fn get_factors(State(app): State<App>, signed: Signed) -> Answer<Answered<FactorsView>> {
    Ok(Answered(app.factors(&signed.actor, None).await?))
}

/// Begins to add an application that makes codes.
#[utoipa::path(post, path = "/factors/totp", operation_id = "begin_totp", tag = "factors", request_body = Confirmation,
    responses((status = 200, description = "The secret, to be put into the application", body = TotpSetup)))]
async fn begin_totp(
    State(app): State<App>,
    signed: Signed,
    Json(input): Json<Confirmation>,
) -> Answer<Answered<TotpSetup>> {
    Ok(Answered(app.begin_totp(&signed.actor, input.password).await?))
}

/// Adds the application once it made its first code; with the first factor come recovery codes.
#[utoipa::path(post, path = "/factors/totp/confirm", operation_id = "confirm_totp", tag = "factors",
    request_body = CodeInput,
    responses((status = 200, description = "Asked for from now on", body = FactorAdded)))]
async fn confirm_totp(
    State(app): State<App>,
    signed: Signed,
    Json(input): Json<CodeInput>,
) -> Answer<Answered<FactorAdded>> {
    Ok(Answered(app.confirm_totp(&signed.actor, &input.code).await?))
}

/// Takes the application away.
#[utoipa::path(post, path = "/factors/totp/remove", operation_id = "remove_totp", tag = "factors",
    request_body = Confirmation,
    responses(
        (status = 200, description = "What is left", body = FactorsView),
        (status = 404, description = "There is none", body = Details, content_type = "application/problem+json")))]
async fn remove_totp(
    State(app): State<App>,
    signed: Signed,
    Json(input): Json<Confirmation>,
) -> Answer<Answered<FactorsView>> {
    Ok(Answered(app.remove_totp(&signed.actor, input.password).await?))
}

/// Makes new recovery codes; all earlier ones are no longer good.
#[utoipa::path(post, path = "/factors/recovery", operation_id = "renew_recovery_codes", tag = "factors",
    request_body = Confirmation,
    responses((status = 200, description = "The codes, shown this one time", body = RecoveryCodes)))]
async fn renew_recovery_codes(
    State(app): State<App>,
    signed: Signed,
    Json(input): Json<Confirmation>,
) -> Answer<Answered<RecoveryCodes>> {
    Ok(Answered(app.renew_recovery_codes(&signed.actor, input.password).await?))
}

/// Begins to add a passkey.
#[utoipa::path(post, path = "/factors/passkeys/begin", operation_id = "begin_passkey", tag = "factors",
    request_body = Confirmation,
    responses((status = 200, description = "What the device is asked", body = PasskeyQuestion)))]
async fn begin_passkey(
    State(app): State<App>,
    signed: Signed,
    Json(input): Json<Confirmation>,
) -> Answer<Answered<PasskeyQuestion>> {
    Ok(Answered(app.begin_passkey(&signed.actor, input.password).await?))
}

/// Adds the passkey that the device has made; with the first factor come recovery codes.
#[utoipa::path(post, path = "/factors/passkeys", operation_id = "add_passkey", tag = "factors",
    request_body = PasskeyInput,
    responses((status = 201, description = "It opens the door from now on", body = FactorAdded)))]
async fn add_passkey(
    State(app): State<App>,
    signed: Signed,
    Json(input): Json<PasskeyInput>,
) -> Answer<(StatusCode, Answered<FactorAdded>)> {
    Ok((StatusCode::CREATED, Answered(app.add_passkey(&signed.actor, input).await?)))
}

/// Gives a passkey another name.
#[utoipa::path(patch, path = "/factors/passkeys/{id}", operation_id = "name_passkey", tag = "factors",
    params(("id" = PasskeyId, Path)), request_body = PasskeyName,
    responses((status = 200, description = "What the person has", body = FactorsView)))]
async fn name_passkey(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<PasskeyId>,
    Json(input): Json<PasskeyName>,
) -> Answer<Answered<FactorsView>> {
    Ok(Answered(app.name_passkey(&signed.actor, id, &input.name).await?))
}

/// Takes a passkey away.
#[utoipa::path(post, path = "/factors/passkeys/{id}/remove", operation_id = "remove_passkey", tag = "factors",
    params(("id" = PasskeyId, Path)), request_body = Confirmation,
    responses((status = 200, description = "What is left", body = FactorsView)))]
async fn remove_passkey(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<PasskeyId>,
    Json(input): Json<Confirmation>,
) -> Answer<Answered<FactorsView>> {
    Ok(Answered(app.remove_passkey(&signed.actor, id, input.password).await?))
}
