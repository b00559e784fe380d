//! `/session/oidc`: coming in through the OpenID Connect provider of the installation.

use std::collections::BTreeMap;

use axum::Json as Answered;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use sarafan_app::identities::{Back, OidcWay};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::Query;
use crate::problem::{Answer, Failure};
use crate::session::Caller;
use crate::{Web, cookie, speak, ui};

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(begin_oidc)).routes(routes!(finish_oidc))
}

type Cookies = AppendHeaders<Vec<(HeaderName, HeaderValue)>>;

fn with(values: impl IntoIterator<Item = Option<HeaderValue>>) -> Cookies {
    AppendHeaders(values.into_iter().flatten().map(|value| (header::SET_COOKIE, value)).collect())
}

/// Sends somebody to the provider; a cookie keeps what binds the answer to this browser.
#[utoipa::path(post, path = "/session/oidc", operation_id = "begin_oidc", tag = "sessions", security(()),
    responses((status = 200, description = "Where the browser goes", body = OidcWay)))]
async fn begin_oidc(State(web): State<Web>, Caller(caller): Caller) -> Answer<(Cookies, Answered<OidcWay>)> {
    let (way, browser) = web.app().begin_oidc(&caller).await?;
    Ok((with([cookie::set_away(browser.expose(), web.secure())]), Answered(way)))
}

/// Where the provider sends people back to.
#[utoipa::path(get, path = "/session/oidc/callback", operation_id = "finish_oidc", tag = "sessions", security(()),
    params(("state" = String, Query), ("code" = Option<String>, Query), ("iss" = Option<String>, Query)),
    responses(
        (status = 303, description = "Signed in; to the application"),
        (status = 409, description = "A page: who they are is not known here, or the answer is not for this browser",
            body = String, content_type = "text/html"),
        (status = "default", description = "A page that tells what went wrong", body = String,
            content_type = "text/html")))]
async fn finish_oidc(
    State(web): State<Web>,
    Caller(caller): Caller,
    headers: HeaderMap,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer<Response> {
    let lang = speak::accepted(&headers);
    let said = |name| query.get(name).map(String::as_str);
    let back = Back {
        code: said("code"),
        state: said("state").unwrap_or_default(),
        issuer: said("iss"),
        browser: cookie::away(&headers).unwrap_or_default(),
    };
    match web.app().finish_oidc(back, lang, &caller).await {
        Ok((_, token)) => {
            let cookies = with([cookie::set(token.expose(), web.secure()), cookie::clear_away(web.secure())]);
            Ok((cookies, Redirect::to("/")).into_response())
        }
        Err(error) => {
            let failure = Failure::from(error);
            failure.log();
            Ok(ui::told(&failure.explain(web.app(), lang, ""), lang))
        }
    }
}
