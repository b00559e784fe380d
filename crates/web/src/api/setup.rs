//! `/setup`: the first minute of an installation.

use axum::Json as Answered;
use axum::extract::State;
use sarafan_app::App;
use sarafan_app::sessions::SessionView;
use sarafan_app::setup::{NewOwner, SetupView};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::sessions::{SignedIn, signed_in};
use crate::Web;
use crate::body::Json;
use crate::problem::Answer;
use crate::session::Caller;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(get_setup, make_owner))
}

/// What a browser must know before anybody signs in.
#[utoipa::path(get, path = "/setup", operation_id = "get_setup", tag = "setup", security(()),
    responses((status = 200, description = "The state of the installation", body = SetupView)))]
async fn get_setup(State(app): State<App>) -> Answer<Answered<SetupView>> {
    Ok(Answered(app.setup_state().await?))
}

/// The first person, with the token of the one-time link.
#[derive(Debug, Deserialize, ToSchema)]
struct OwnerInput {
    /// The token of the link that `sarafan serve` printed.
    token: String,
    #[serde(flatten)]
    owner: NewOwner,
}

/// Makes the owner and signs them in.
#[utoipa::path(post, path = "/setup", operation_id = "make_owner", tag = "setup", security(()),
    request_body = OwnerInput,
    responses((status = 200, description = "Signed in; the cookie is set", body = SessionView)))]
async fn make_owner(State(web): State<Web>, Caller(caller): Caller, Json(input): Json<OwnerInput>) -> Answer<SignedIn> {
    let (view, token) = web.app().make_owner(&input.token, input.owner, &caller).await?;
    Ok(signed_in(&web, view, token.expose()))
}
