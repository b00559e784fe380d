//! `/session/oidc`: coming in through the OpenID Connect provider of the installation; `/identities`: one's own accounts there.

use std::collections::BTreeMap;

use axum::Json as Answered;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use sarafan_app::App;
use sarafan_app::identities::{Back, IdentityInput, IdentityView, OfWhom, OidcWay};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Json, Query};
use crate::problem::{Answer, Details, Failure};
use crate::session::{Caller, Signed};
use crate::{Web, cookie, speak, ui};

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(begin_oidc))
        .routes(routes!(finish_oidc))
        .routes(routes!(list_identities))
        .routes(routes!(unlink_identity))
        .routes(routes!(allow_identity))
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

/// The accounts at providers that open the person's door, and those that were unlinked.
#[utoipa::path(get, path = "/identities", operation_id = "list_identities", tag = "factors",
    responses((status = 200, description = "The accounts, oldest first", body = Vec<IdentityView>)))]
async fn list_identities(State(app): State<App>, signed: Signed) -> Answer<Answered<Vec<IdentityView>>> {
    Ok(Answered(app.identities(&signed.actor, None).await?))
}

/// From now on the account elsewhere opens nothing here.
#[utoipa::path(post, path = "/identities/unlink", operation_id = "unlink_identity", tag = "factors",
    request_body = IdentityInput,
    responses(
        (status = 200, description = "The accounts", body = Vec<IdentityView>),
        (status = 404, description = "There is none", body = Details, content_type = "application/problem+json")))]
async fn unlink_identity(
    State(app): State<App>,
    signed: Signed,
    Json(input): Json<IdentityInput>,
) -> Answer<Answered<Vec<IdentityView>>> {
    let whom = OfWhom::Own(input.password);
    Ok(Answered(app.unlink_identity(&signed.actor, &input.issuer, &input.subject, whom).await?))
}

/// An account that was unlinked may be linked again by its next sign-in.
#[utoipa::path(post, path = "/identities/allow", operation_id = "allow_identity", tag = "factors",
    request_body = IdentityInput,
    responses(
        (status = 200, description = "The accounts", body = Vec<IdentityView>),
        (status = 404, description = "There is none", body = Details, content_type = "application/problem+json")))]
async fn allow_identity(
    State(app): State<App>,
    signed: Signed,
    Json(input): Json<IdentityInput>,
) -> Answer<Answered<Vec<IdentityView>>> {
    let whom = OfWhom::Own(input.password);
    Ok(Answered(app.allow_identity(&signed.actor, &input.issuer, &input.subject, whom).await?))
}
