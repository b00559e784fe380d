//! `/profile`: what people say about themselves; and the time zones they choose from.

use axum::Json as Answered;
use axum::extract::State;
use sarafan_app::App;
use sarafan_app::persons::{PersonView, ProfilePatch};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::Json;
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(update_profile)).routes(routes!(time_zones))
}

/// Changes name, language, theme or password. A new password ends all other sessions.
#[utoipa::path(patch, path = "/profile", operation_id = "update_profile", tag = "profile", request_body = ProfilePatch,
    responses((status = 200, description = "The person", body = PersonView)))]
async fn update_profile(
    State(app): State<App>,
    signed: Signed,
    Json(patch): Json<ProfilePatch>,
) -> Answer<Answered<PersonView>> {
    Ok(Answered(app.update_profile(&signed.actor, signed.session, patch).await?))
}

/// The IANA names of the time zones, in the order of the alphabet.
#[utoipa::path(get, path = "/time-zones", operation_id = "list_time_zones", tag = "profile",
    responses((status = 200, description = "Names such as Europe/Warsaw", body = Vec<String>)))]
async fn time_zones(_: Signed) -> Answered<Vec<String>> {
    let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    names.sort_unstable();
    Answered(names)
}
