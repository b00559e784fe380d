//! `/brands/{brand}/posts/{id}/notes`: what the team says to each other about a post.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::StatusCode;
use sarafan_app::App;
use sarafan_app::notes::{NoteInput, NoteView};
use sarafan_app::view::Page;
use sarafan_domain::id::{BrandId, NoteId, PostId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{Json, Path, Query};
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list_notes, create_note)).routes(routes!(update_note, remove_note))
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct NotesQuery {
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; at most 200.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
}

/// The notes of the team on a post, newest first.
#[utoipa::path(get, path = "/brands/{brand}/posts/{id}/notes", operation_id = "list_notes", tag = "notes",
    params(("brand" = BrandId, Path), ("id" = PostId, Path), NotesQuery),
    responses((status = 200, description = "The notes", body = Page<NoteView>)))]
async fn list_notes(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
    Query(query): Query<NotesQuery>,
) -> Answer<Answered<Page<NoteView>>> {
    Ok(Answered(app.list_notes(&signed.actor, brand, id, query.cursor.as_deref(), query.limit).await?))
}

/// Writes a note on a post; whoever is named in it hears of it.
#[utoipa::path(post, path = "/brands/{brand}/posts/{id}/notes", operation_id = "create_note", tag = "notes",
    params(("brand" = BrandId, Path), ("id" = PostId, Path)), request_body = NoteInput,
    responses((status = 201, description = "The note", body = NoteView)))]
async fn create_note(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, PostId)>,
    Json(input): Json<NoteInput>,
) -> Answer<(StatusCode, Answered<NoteView>)> {
    Ok((StatusCode::CREATED, Answered(app.create_note(&signed.actor, brand, id, input).await?)))
}

/// Changes one's own note.
#[utoipa::path(put, path = "/brands/{brand}/notes/{id}", operation_id = "update_note", tag = "notes",
    params(("brand" = BrandId, Path), ("id" = NoteId, Path)), request_body = NoteInput,
    responses((status = 200, description = "The note", body = NoteView)))]
async fn update_note(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, NoteId)>,
    Json(input): Json<NoteInput>,
) -> Answer<Answered<NoteView>> {
    Ok(Answered(app.update_note(&signed.actor, brand, id, input).await?))
}

/// Removes one's own note.
#[utoipa::path(delete, path = "/brands/{brand}/notes/{id}", operation_id = "remove_note", tag = "notes",
    params(("brand" = BrandId, Path), ("id" = NoteId, Path)),
    responses((status = 204, description = "It is gone")))]
async fn remove_note(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, NoteId)>,
) -> Answer<StatusCode> {
    app.remove_note(&signed.actor, brand, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
