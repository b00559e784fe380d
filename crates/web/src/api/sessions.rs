//! `/session`: signing in, staying in, signing out.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::AppendHeaders;
use sarafan_app::persons::Password;
use sarafan_app::sessions::SessionView;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Json;
use crate::problem::Answer;
use crate::session::{Caller, Signed};
use crate::{Web, cookie};

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(get_session, sign_in, sign_out))
}

type Cookie = AppendHeaders<Option<(HeaderName, HeaderValue)>>;

/// A session with its cookie.
pub(super) type SignedIn = (Cookie, Answered<SessionView>);

/// Answers with a session and gives the browser its token.
pub(super) fn signed_in(web: &Web, view: SessionView, token: &str) -> SignedIn {
    (with(cookie::set(token, web.secure())), Answered(view))
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

/// Signs in.
#[utoipa::path(post, path = "/session", operation_id = "sign_in", tag = "sessions", security(()),
    request_body = Credentials,
    responses((status = 200, description = "Signed in; the cookie is set", body = SessionView)))]
async fn sign_in(State(web): State<Web>, Caller(caller): Caller, Json(input): Json<Credentials>) -> Answer<SignedIn> {
    let (view, token) = web.app().sign_in(&input.email, input.password, &caller).await?;
    Ok(signed_in(&web, view, token.expose()))
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
