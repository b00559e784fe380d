//! `/brands/{brand}/export` and `/brands/import`: a brand moves to another installation.

use std::io::ErrorKind;

use axum::Json as Answered;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use futures::StreamExt;
use sarafan_app::App;
use sarafan_app::moves::ImportedBrand;
use sarafan_domain::id::BrandId;
use serde::Deserialize;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{Path, Query};
use crate::problem::{Answer, Failure};
use crate::session::Signed;

/// No file of a brand is larger, in bytes.
const LARGEST: u64 = 64 << 30;
/// So much of a file is read at once.
const PIECE: usize = 1 << 18;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(export_brand)).routes(routes!(import_brand))
}

/// Everything of a brand as one archive (tar of JSON lines and files), without what opens its channels.
#[utoipa::path(get, path = "/brands/{brand}/export", operation_id = "export_brand", tag = "brands",
    params(("brand" = BrandId, Path)),
    responses((status = 200, description = "The archive", body = Vec<u8>, content_type = "application/x-tar")))]
async fn export_brand(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
) -> Answer<([(HeaderName, HeaderValue); 3], Body)> {
    let passing = app.passing();
    app.export_brand(&signed.actor, brand, passing.path()).await?;
    let file = File::open(passing.path()).await.map_err(|error| Failure::Malformed { reason: error.to_string() })?;
    let length = file.metadata().await.map(|about| about.len()).unwrap_or_default();
    // The file goes with the stream: when it was sent, or nobody wants it any more.
    let stream = futures::stream::try_unfold((file, passing), |(mut file, passing)| async move {
        let mut piece = vec![0; PIECE];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then_some((piece, (file, passing))))
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/x-tar")),
        (header::CONTENT_LENGTH, HeaderValue::from(length)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"brand.tar\"")),
    ];
    Ok((headers, Body::from_stream(stream)))
}

/// Whether it comes in.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ImportQuery {
    /// Only say what would be here, and what is wrong with the file; nothing is saved.
    #[serde(default)]
    dry_run: bool,
}

/// Brings a brand in from an archive, which is the raw body: paused, its channels to be connected again, and what was
/// still to be sent held until somebody says so.
#[utoipa::path(post, path = "/brands/import", operation_id = "import_brand", tag = "brands", params(ImportQuery),
    request_body(content = Vec<u8>, content_type = "application/x-tar"),
    responses(
        (status = 200, description = "What would be here", body = ImportedBrand),
        (status = 201, description = "The brand is here", body = ImportedBrand)))]
async fn import_brand(
    State(app): State<App>,
    signed: Signed,
    Query(query): Query<ImportQuery>,
    request: Request,
) -> Answer<axum::response::Response> {
    use axum::response::IntoResponse;

    // Who may not shall not make us keep gigabytes first.
    app.may_import_brand(&signed.actor)?;
    let passing = app.passing();
    receive(request, passing.path()).await?;
    if query.dry_run {
        return Ok(Answered(app.rehearse_import(&signed.actor, passing.path()).await?).into_response());
    }
    let done = app.import_brand(&signed.actor, passing.path()).await?;
    Ok((StatusCode::CREATED, Answered(done)).into_response())
}

async fn receive(request: Request, path: &std::path::Path) -> Answer<()> {
    let broken = |error: std::io::Error| match error.kind() {
        ErrorKind::StorageFull | ErrorKind::PermissionDenied => {
            Failure::from(sarafan_app::AppError::Unavailable(error.to_string()))
        }
        _ => Failure::Malformed { reason: error.to_string() },
    };
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(path).await.map_err(broken)?;
    let mut stream = request.into_body().into_data_stream();
    let mut seen = 0;
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|error| Failure::Malformed { reason: error.to_string() })?;
        seen += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if seen > LARGEST {
            return Err(Failure::TooLarge { max: LARGEST });
        }
        file.write_all(&piece).await.map_err(broken)?;
    }
    file.flush().await.map_err(broken)
}
