//! `/session`: signing in, in one step or two, staying in, signing out; `/sessions`: the devices.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use sarafan_app::App;
use sarafan_app::factors::PasskeyQuestion;
use sarafan_app::persons::{Password, ResetInfo, ResetInput, ResetRequest};
use sarafan_app::sessions::{DeviceView, Entry, Proof, SecondStepView, SessionView};
use sarafan_domain::id::SessionId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Json, Path};
use crate::problem::Answer;
use crate::session::{Caller, Signed};
use crate::{Web, cookie};

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(get_session, sign_in, sign_out))
        .routes(routes!(second_step))
        .routes(routes!(ask_for_passkey))
        .routes(routes!(enter_by_passkey))
        .routes(routes!(ask_for_reset))
        .routes(routes!(get_reset, reset_password))
        .routes(routes!(list_sessions, end_other_sessions))
        .routes(routes!(end_session))
}

type Cookie = AppendHeaders<Option<(HeaderName, HeaderValue)>>;

/// A session with its cookie.
pub(super) type SignedIn = (Cookie, Answered<SessionView>);

/// Answers with a session and gives the browser its token.
pub(super) fn signed_in(web: &Web, view: SessionView, token: &str) -> SignedIn {
    (with(cookie::set(token, web.secure())), Answered(view))
}

/// Answers with a session, or with what is still asked for.
pub(super) fn entered(web: &Web, entry: Entry) -> Response {
    match entry {
        Entry::In(view, token) => signed_in(web, *view, token.expose()).into_response(),
        Entry::Second(step) => (StatusCode::ACCEPTED, Answered(step)).into_response(),
    }
}

fn with(value: Option<HeaderValue>) -> Cookie {
    AppendHeaders(value.map(|value| (header::SET_COOKIE, value)))
}

/// Who is signed in; the cookie is given anew, so that it lasts as long as the session.
#[utoipa::path(get, path = "/session", operation_id = "get_session", tag = "sessions",
    responses((status = 200, description = "The session", body = SessionView)))]
async fn get_session(State(web): State<Web>, signed: Signed, headers: HeaderMap) -> Answer<SignedIn> {
    let view = web.app().session_view(&signed.actor).await?;
    Ok(signed_in(&web, view, cookie::token(&headers).unwrap_or_default()))
}

/// An address and its password.
#[derive(Debug, Deserialize, ToSchema)]
struct Credentials {
    /// E-mail address.
    email: String,
    /// Password.
    password: Password,
}

/// Signs in, or tells what the second step asks for.
#[utoipa::path(post, path = "/session", operation_id = "sign_in", tag = "sessions", security(()),
    request_body = Credentials,
    responses(
        (status = 200, description = "Signed in; the cookie is set", body = SessionView),
        (status = 202, description = "The password is right; something more is asked for", body = SecondStepView)))]
async fn sign_in(State(web): State<Web>, Caller(caller): Caller, Json(input): Json<Credentials>) -> Answer<Response> {
    let entry = web.app().sign_in(&input.email, input.password, &caller).await?;
    Ok(entered(&web, entry))
}

/// The second step of a sign-in.
#[derive(Debug, Deserialize, ToSchema)]
struct SecondStep {
    /// As the first step answered.
    challenge: String,
    /// What is shown.
    proof: Proof,
}

/// Signs in with what the second step asks for.
#[utoipa::path(post, path = "/session/second", operation_id = "second_step", tag = "sessions", security(()),
    request_body = SecondStep,
    responses((status = 200, description = "Signed in; the cookie is set", body = SessionView)))]
async fn second_step(
    State(web): State<Web>,
    Caller(caller): Caller,
    Json(input): Json<SecondStep>,
) -> Answer<SignedIn> {
    let (view, token) = web.app().second_step(&input.challenge, &input.proof, &caller).await?;
    Ok(signed_in(&web, view, token.expose()))
}

/// Asks whatever device is there for a passkey, without an address being typed.
#[utoipa::path(post, path = "/session/passkey/begin", operation_id = "ask_for_passkey", tag = "sessions", security(()),
    responses((status = 200, description = "What the device is asked", body = PasskeyQuestion)))]
async fn ask_for_passkey(State(app): State<App>, Caller(caller): Caller) -> Answer<Answered<PasskeyQuestion>> {
    Ok(Answered(app.ask_for_passkey(&caller).await?))
}

/// What a device answered.
#[derive(Debug, Deserialize, ToSchema)]
struct PasskeyAnswer {
    /// As the question said.
    challenge: String,
    /// What the device answered, its bytes in base64url.
    #[schema(value_type = Object)]
    credential: serde_json::Value,
}

/// Signs in with a passkey; the device has checked its person, so there is no second step.
#[utoipa::path(post, path = "/session/passkey", operation_id = "enter_by_passkey", tag = "sessions", security(()),
    request_body = PasskeyAnswer,
    responses((status = 200, description = "Signed in; the cookie is set", body = SessionView)))]
async fn enter_by_passkey(
    State(web): State<Web>,
    Caller(caller): Caller,
    Json(input): Json<PasskeyAnswer>,
) -> Answer<SignedIn> {
    let (view, token) = web.app().enter_by_passkey(&input.challenge, input.credential, &caller).await?;
    Ok(signed_in(&web, view, token.expose()))
}

/// Mails a link for a new password, if anybody has this address; the answer is the same where nobody has.
#[utoipa::path(post, path = "/password-resets", operation_id = "ask_for_reset", tag = "sessions", security(()),
    request_body = ResetRequest,
    responses(
        (status = 204, description = "If anybody has this address, a letter is on its way"),
        (status = 409, description = "This installation mails nothing", body = crate::problem::Details,
            content_type = "application/problem+json")))]
async fn ask_for_reset(
    State(app): State<App>,
    Caller(caller): Caller,
    Json(input): Json<ResetRequest>,
) -> Answer<StatusCode> {
    app.ask_for_reset(&input.email, &caller).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the link for a new password offers.
#[utoipa::path(get, path = "/password-resets/{token}", operation_id = "get_reset", tag = "sessions", security(()),
    params(("token" = String, Path)),
    responses(
        (status = 200, description = "For whom it is", body = ResetInfo),
        (status = 404, description = "A wrong, used or old link", body = crate::problem::Details,
            content_type = "application/problem+json")))]
async fn get_reset(State(app): State<App>, Path(token): Path<String>) -> Answer<Answered<ResetInfo>> {
    Ok(Answered(app.reset_info(&token).await?))
}

/// Gives the account the new password and ends all its sessions.
#[utoipa::path(post, path = "/password-resets/{token}", operation_id = "reset_password", tag = "sessions", security(()),
    params(("token" = String, Path)), request_body = ResetInput,
    responses(
        (status = 204, description = "The new password is good, the link is not any more"),
        (status = 404, description = "A wrong, used or old link", body = crate::problem::Details,
            content_type = "application/problem+json")))]
async fn reset_password(
    State(app): State<App>,
    Path(token): Path<String>,
    Json(input): Json<ResetInput>,
) -> Answer<StatusCode> {
    app.reset_password(&token, input).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs out; nothing happens where nobody is signed in.
#[utoipa::path(delete, path = "/session", operation_id = "sign_out", tag = "sessions", security(()),
    responses((status = 204, description = "Signed out; the cookie is taken away")))]
async fn sign_out(State(web): State<Web>, headers: HeaderMap) -> Answer<(StatusCode, Cookie)> {
    if let Some(token) = cookie::token(&headers) {
        web.app().sign_out(token).await?;
    }
    Ok((StatusCode::NO_CONTENT, with(cookie::clear(web.secure()))))
}

/// The devices on which the person is signed in, this one first.
#[utoipa::path(get, path = "/sessions", operation_id = "list_sessions", tag = "sessions",
    responses((status = 200, description = "Sessions without their tokens", body = Vec<DeviceView>)))]
async fn list_sessions(State(app): State<App>, signed: Signed) -> Answer<Answered<Vec<DeviceView>>> {
    Ok(Answered(app.list_sessions(&signed.actor, signed.session, None).await?))
}

/// Signs the person out on every other device.
#[utoipa::path(delete, path = "/sessions", operation_id = "end_other_sessions", tag = "sessions",
    responses((status = 204, description = "Only this session is left")))]
async fn end_other_sessions(State(app): State<App>, signed: Signed) -> Answer<StatusCode> {
    app.end_sessions(&signed.actor, signed.session, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs the person out on one device.
#[utoipa::path(delete, path = "/sessions/{id}", operation_id = "end_session", tag = "sessions",
    params(("id" = SessionId, Path)),
    responses((status = 204, description = "It opens nothing any more")))]
async fn end_session(State(app): State<App>, signed: Signed, Path(id): Path<SessionId>) -> Answer<StatusCode> {
    app.end_session(&signed.actor, id, None).await?;
    Ok(StatusCode::NO_CONTENT)
}
