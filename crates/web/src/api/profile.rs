//! `/profile`: what people say about themselves; and the time zones they choose from.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::StatusCode;
use sarafan_app::App;
use sarafan_app::notices::{InviteView, MessengerView};
use sarafan_app::persons::{PersonView, ProfilePatch};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::Json;
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(update_profile)).routes(routes!(time_zones)).routes(routes!(
        my_messenger,
        link_messenger,
        unlink_messenger
    ))
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

/// How the person is reached by messenger.
#[utoipa::path(get, path = "/profile/messenger", operation_id = "my_messenger", tag = "profile",
    responses((status = 200, description = "The messenger", body = MessengerView)))]
async fn my_messenger(State(app): State<App>, signed: Signed) -> Answer<Answered<MessengerView>> {
    Ok(Answered(app.my_messenger(&signed.actor).await?))
}

/// Begins to link a chat of the messenger: whoever says the word there is the person.
#[utoipa::path(post, path = "/profile/messenger", operation_id = "link_messenger", tag = "profile",
    responses((status = 200, description = "Where to say what", body = InviteView)))]
async fn link_messenger(State(app): State<App>, signed: Signed) -> Answer<Answered<InviteView>> {
    Ok(Answered(app.link_messenger(&signed.actor).await?))
}

/// The person is not written to by messenger any more.
#[utoipa::path(delete, path = "/profile/messenger", operation_id = "unlink_messenger", tag = "profile",
    responses((status = 204, description = "It is unlinked")))]
async fn unlink_messenger(State(app): State<App>, signed: Signed) -> Answer<StatusCode> {
    app.unlink_messenger(&signed.actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The IANA names of the time zones, in the order of the alphabet.
#[utoipa::path(get, path = "/time-zones", operation_id = "list_time_zones", tag = "profile",
    responses((status = 200, description = "Names such as Europe/Warsaw", body = Vec<String>)))]
async fn time_zones(_: Signed) -> Answered<Vec<String>> {
    let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    names.sort_unstable();
    Answered(names)
}
