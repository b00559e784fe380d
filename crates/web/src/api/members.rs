//! `/brands/{brand}/members` and invitations: who works in a brand.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sarafan_app::App;
use sarafan_app::members::{
    InvitationInfo, InvitationInput, InvitationView, LimitInput, MemberView, MembersView, RoleInput, TransferInput,
};
use sarafan_app::persons::NewPerson;
use sarafan_app::sessions::{SecondStepView, SessionView};
use sarafan_domain::id::{BrandId, InvitationId, PersonId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::sessions::entered;
use crate::Web;
use crate::body::{Json, Path};
use crate::problem::Answer;
use crate::session::{Caller, Signed};

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list_members))
        .routes(routes!(change_role, remove_member))
        .routes(routes!(transfer_brand))
        .routes(routes!(limit_member))
        .routes(routes!(invite))
        .routes(routes!(withdraw_invitation))
        .routes(routes!(get_invitation, accept_invitation))
}

/// Everybody in a brand; open invitations too for those who may change members.
#[utoipa::path(get, path = "/brands/{brand}/members", operation_id = "list_members", tag = "members",
    params(("brand" = BrandId, Path)),
    responses((status = 200, description = "Members and invitations", body = MembersView)))]
async fn list_members(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
) -> Answer<Answered<MembersView>> {
    Ok(Answered(app.list_members(&signed.actor, brand).await?))
}

/// Changes what a member is.
#[utoipa::path(patch, path = "/brands/{brand}/members/{person}", operation_id = "change_role", tag = "members",
    params(("brand" = BrandId, Path), ("person" = PersonId, Path)), request_body = RoleInput,
    responses((status = 200, description = "The member", body = MemberView)))]
async fn change_role(
    State(app): State<App>,
    signed: Signed,
    Path((brand, person)): Path<(BrandId, PersonId)>,
    Json(input): Json<RoleInput>,
) -> Answer<Answered<MemberView>> {
    Ok(Answered(app.change_role(&signed.actor, brand, person, input.role).await?))
}

/// Limits a member to some channels: they write only for these and send only to these.
#[utoipa::path(put, path = "/brands/{brand}/members/{person}/channels", operation_id = "limit_member", tag = "members",
    params(("brand" = BrandId, Path), ("person" = PersonId, Path)), request_body = LimitInput,
    responses((status = 200, description = "The member", body = MemberView)))]
async fn limit_member(
    State(app): State<App>,
    signed: Signed,
    Path((brand, person)): Path<(BrandId, PersonId)>,
    Json(input): Json<LimitInput>,
) -> Answer<Answered<MemberView>> {
    Ok(Answered(app.limit_member(&signed.actor, brand, person, input).await?))
}

/// Takes a member out of the brand; everybody may take themselves out.
#[utoipa::path(delete, path = "/brands/{brand}/members/{person}", operation_id = "remove_member", tag = "members",
    params(("brand" = BrandId, Path), ("person" = PersonId, Path)),
    responses((status = 204, description = "They are out")))]
async fn remove_member(
    State(app): State<App>,
    signed: Signed,
    Path((brand, person)): Path<(BrandId, PersonId)>,
) -> Answer<StatusCode> {
    app.remove_member(&signed.actor, brand, person).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Hands the brand over: the member becomes its owner, the one who asks a manager.
#[utoipa::path(post, path = "/brands/{brand}/members/{person}/transfer", operation_id = "transfer_brand", tag = "members",
    params(("brand" = BrandId, Path), ("person" = PersonId, Path)), request_body = TransferInput,
    responses((status = 200, description = "Members and invitations", body = MembersView)))]
async fn transfer_brand(
    State(app): State<App>,
    signed: Signed,
    Path((brand, person)): Path<(BrandId, PersonId)>,
    Json(input): Json<TransferInput>,
) -> Answer<Answered<MembersView>> {
    Ok(Answered(app.transfer_brand(&signed.actor, brand, person, input.password).await?))
}

/// Invites somebody; the link is in the answer and nowhere else.
#[utoipa::path(post, path = "/brands/{brand}/invitations", operation_id = "invite", tag = "members",
    params(("brand" = BrandId, Path)), request_body = InvitationInput,
    responses((status = 201, description = "The invitation with its link", body = InvitationView)))]
async fn invite(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Json(input): Json<InvitationInput>,
) -> Answer<(StatusCode, Answered<InvitationView>)> {
    Ok((StatusCode::CREATED, Answered(app.invite(&signed.actor, brand, input).await?)))
}

/// Takes an invitation back.
#[utoipa::path(delete, path = "/brands/{brand}/invitations/{id}", operation_id = "withdraw_invitation", tag = "members",
    params(("brand" = BrandId, Path), ("id" = InvitationId, Path)),
    responses((status = 204, description = "Its link opens nothing any more")))]
async fn withdraw_invitation(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, InvitationId)>,
) -> Answer<StatusCode> {
    app.withdraw_invitation(&signed.actor, brand, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the link of an invitation offers.
#[utoipa::path(get, path = "/invitations/{token}", operation_id = "get_invitation", tag = "members", security(()),
    params(("token" = String, Path)),
    responses(
        (status = 200, description = "The offer", body = InvitationInfo),
        (status = 404, description = "A wrong, used, withdrawn or old link", body = crate::problem::Details,
            content_type = "application/problem+json")))]
async fn get_invitation(State(app): State<App>, Path(token): Path<String>) -> Answer<Answered<InvitationInfo>> {
    Ok(Answered(app.invitation(&token).await?))
}

/// Takes an invitation and signs in: with a new name and password, or with the password of the account that exists.
#[utoipa::path(post, path = "/invitations/{token}", operation_id = "accept_invitation", tag = "members", security(()),
    params(("token" = String, Path)), request_body = NewPerson,
    responses(
        (status = 200, description = "Signed in; the cookie is set", body = SessionView),
        (status = 202, description = "The password is right; something more is asked for", body = SecondStepView),
        (status = 404, description = "A wrong, used, withdrawn or old link", body = crate::problem::Details,
            content_type = "application/problem+json")))]
async fn accept_invitation(
    State(web): State<Web>,
    Caller(caller): Caller,
    Path(token): Path<String>,
    Json(person): Json<NewPerson>,
) -> Answer<Response> {
    let entry = web.app().accept_invitation(&token, person, &caller).await?;
    Ok(entered(&web, entry))
}
