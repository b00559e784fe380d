//! `/brands/{brand}/assets`: the media library.

use std::ops::Range;

use axum::Json as Answered;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sarafan_app::App;
use sarafan_app::assets::{AssetFile, AssetPage, AssetPatch, AssetQuery, AssetView};
use sarafan_app::posts::PostPage;
use sarafan_domain::asset::AssetKind;
use sarafan_domain::id::{AssetId, BrandId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{self, Json, Path, Query};
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list_assets))
        .routes(routes!(get_asset, update_asset, delete_asset))
        .routes(routes!(asset_uses))
        .routes(routes!(asset_thumb))
}

/// Routes that carry whole files.
pub(super) fn uploads() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(upload_asset)).routes(routes!(asset_file))
}

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AssetsQuery {
    /// Part of the name, the alternative text, the source or a label.
    q: Option<String>,
    /// In this folder; empty for the top.
    folder: Option<String>,
    /// With this label.
    label: Option<String>,
    /// Of this kind.
    #[param(inline)]
    kind: Option<AssetKind>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; at most 200.
    #[param(minimum = 1, maximum = 200, default = 60)]
    limit: Option<usize>,
}

/// The library, newest first, with its folders and labels.
#[utoipa::path(get, path = "/brands/{brand}/assets", operation_id = "list_assets", tag = "assets",
    params(("brand" = BrandId, Path), AssetsQuery),
    responses((status = 200, description = "A page", body = AssetPage)))]
async fn list_assets(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(query): Query<AssetsQuery>,
) -> Answer<Answered<AssetPage>> {
    let query = AssetQuery {
        q: query.q,
        folder: query.folder,
        label: query.label,
        kind: query.kind,
        cursor: query.cursor,
        limit: query.limit,
    };
    Ok(Answered(app.list_assets(&signed.actor, brand, query).await?))
}

/// How the file is called.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct UploadQuery {
    /// Its name.
    #[serde(default)]
    name: String,
    /// The folder it goes to; empty for the top.
    #[serde(default)]
    folder: String,
}

/// Takes a file in: the body is the file. The same bytes twice are the same asset. What a file is, is read from its
/// bytes; a file that is not what it pretends to be is refused.
#[utoipa::path(post, path = "/brands/{brand}/assets", operation_id = "upload_asset", tag = "assets",
    params(("brand" = BrandId, Path), UploadQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, description = "The asset", body = AssetView)))]
async fn upload_asset(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(query): Query<UploadQuery>,
    request: Request,
) -> Answer<(StatusCode, Answered<AssetView>)> {
    // Strangers shall not make us read their files first.
    app.brand(&signed.actor, brand).await?;
    let bytes = body::whole(request, app.config().max_upload).await?;
    let asset = app.upload_asset(&signed.actor, brand, &query.name, &query.folder, bytes).await?;
    Ok((StatusCode::CREATED, Answered(asset)))
}

/// One file.
#[utoipa::path(get, path = "/brands/{brand}/assets/{id}", operation_id = "get_asset", tag = "assets",
    params(("brand" = BrandId, Path), ("id" = AssetId, Path)),
    responses((status = 200, description = "The asset", body = AssetView)))]
async fn get_asset(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, AssetId)>,
) -> Answer<Answered<AssetView>> {
    Ok(Answered(app.asset(&signed.actor, brand, id).await?))
}

/// Changes what people say about a file; what is left out stays.
#[utoipa::path(patch, path = "/brands/{brand}/assets/{id}", operation_id = "update_asset", tag = "assets",
    params(("brand" = BrandId, Path), ("id" = AssetId, Path)), request_body = AssetPatch,
    responses((status = 200, description = "The asset", body = AssetView)))]
async fn update_asset(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, AssetId)>,
    Json(patch): Json<AssetPatch>,
) -> Answer<Answered<AssetView>> {
    Ok(Answered(app.update_asset(&signed.actor, brand, id, patch).await?))
}

/// Removes a file with everything made of it; refused while a post that is still to go out shows it.
#[utoipa::path(delete, path = "/brands/{brand}/assets/{id}", operation_id = "delete_asset", tag = "assets",
    params(("brand" = BrandId, Path), ("id" = AssetId, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete_asset(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, AssetId)>,
) -> Answer<StatusCode> {
    app.delete_asset(&signed.actor, brand, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where to go on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct UsesQuery {
    /// Where the last page ended: its `next`.
    cursor: Option<String>,
}

/// The posts that show a file, the last due first.
#[utoipa::path(get, path = "/brands/{brand}/assets/{id}/uses", operation_id = "list_asset_uses", tag = "assets",
    params(("brand" = BrandId, Path), ("id" = AssetId, Path), UsesQuery),
    responses((status = 200, description = "The posts", body = PostPage)))]
async fn asset_uses(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, AssetId)>,
    Query(query): Query<UsesQuery>,
) -> Answer<Answered<PostPage>> {
    Ok(Answered(app.asset_uses(&signed.actor, brand, id, query.cursor.as_deref()).await?))
}

/// The file itself, whole or the part that a `Range` header asks for.
#[utoipa::path(get, path = "/brands/{brand}/assets/{id}/file", operation_id = "get_asset_file", tag = "assets",
    params(("brand" = BrandId, Path), ("id" = AssetId, Path)),
    responses(
        (status = 200, description = "The file", body = Vec<u8>, content_type = "*/*"),
        (status = 206, description = "A part of it", body = Vec<u8>, content_type = "*/*")))]
async fn asset_file(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, AssetId)>,
    headers: HeaderMap,
) -> Answer<Response> {
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok()).and_then(part);
    Ok(sent(app.asset_file(&signed.actor, brand, id, range).await?))
}

/// How large.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ThumbQuery {
    /// The longer side in pixels: 160, 480 or 1280.
    #[serde(default = "smallest")]
    #[param(example = 160)]
    size: u32,
}

fn smallest() -> u32 {
    160
}

/// A small copy of a picture, upright.
#[utoipa::path(get, path = "/brands/{brand}/assets/{id}/thumb", operation_id = "get_asset_thumb", tag = "assets",
    params(("brand" = BrandId, Path), ("id" = AssetId, Path), ThumbQuery),
    responses((status = 200, description = "The picture", body = Vec<u8>, content_type = "image/*")))]
async fn asset_thumb(
    State(app): State<App>,
    signed: Signed,
    Path((brand, id)): Path<(BrandId, AssetId)>,
    Query(query): Query<ThumbQuery>,
) -> Answer<Response> {
    Ok(sent(app.asset_thumb(&signed.actor, brand, id, query.size).await?))
}

/// `bytes=10-19` or `bytes=10-`; anything else is answered with the whole, as RFC 9110 allows.
fn part(header: &str) -> Option<Range<u64>> {
    let (from, to) = header.strip_prefix("bytes=")?.split_once('-')?;
    let from: u64 = from.parse().ok()?;
    let end = if to.is_empty() { u64::MAX } else { to.parse::<u64>().ok()?.checked_add(1)? };
    Some(from..end)
}

/// What people uploaded is shown as what it is and never as a page: no guessing of types, nothing in it runs.
pub(super) fn sent(file: AssetFile) -> Response {
    let shown = ["image/", "video/"].iter().any(|kind| file.mime.starts_with(kind));
    let place = if shown { "inline" } else { "attachment" };
    let name = utf8_percent_encode(&file.name, NON_ALPHANUMERIC);
    let whole = file.range == (0..file.total);
    let mut headers = HeaderMap::new();
    let mut add = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    add(header::CONTENT_TYPE, &file.mime);
    add(header::CONTENT_DISPOSITION, &format!("{place}; filename*=UTF-8''{name}"));
    add(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
    // The bytes of an asset never change; they belong to the brand, so no proxy keeps them.
    add(header::CACHE_CONTROL, "private, max-age=31536000, immutable");
    add(header::ACCEPT_RANGES, "bytes");
    if whole {
        return (headers, file.bytes).into_response();
    }
    let last = file.range.end.saturating_sub(1);
    add(header::CONTENT_RANGE, &format!("bytes {}-{last}/{}", file.range.start, file.total));
    (StatusCode::PARTIAL_CONTENT, headers, file.bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_or_left_alone() {
        let rows = [
            ("bytes=0-9", Some(0..10)),
            ("bytes=5-", Some(5..u64::MAX)),
            ("bytes=-5", None),
            ("bytes=0-1,4-5", None),
            ("lines=1-2", None),
        ];
        for (header, expected) in rows {
            assert_eq!(part(header), expected, "{header}");
        }
    }
}
