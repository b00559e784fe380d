//! `/brands/{brand}/audit` and `/audit`: who did what, in a brand and to the installation.

use axum::Json as Answered;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use futures::TryStreamExt;
use sarafan_app::App;
use sarafan_app::audit::{AuditForm, AuditPage, AuditQuery};
use sarafan_domain::id::BrandId;
use sarafan_domain::time::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{Path, Query};
use crate::problem::Answer;
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list_audit)).routes(routes!(list_installation_audit))
}

/// Files of any length.
pub(super) fn exports() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(export_audit)).routes(routes!(export_installation_audit))
}

/// Which lines.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct LinesQuery {
    /// Only theirs: a person's id, or `nobody` for Sarafan itself and the command line.
    person: Option<String>,
    /// Only this action, or those of an area: `post.schedule`, `post`.
    #[param(example = "post")]
    action: Option<String>,
    /// Only about the thing with this id.
    subject: Option<String>,
    /// At or after: an instant.
    #[param(value_type = Option<String>)]
    from: Option<Timestamp>,
    /// Before: an instant.
    #[param(value_type = Option<String>)]
    to: Option<Timestamp>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; at most 200.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
}

/// Which lines, and how they are written.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ExportQuery {
    /// Only theirs: a person's id, or `nobody` for Sarafan itself and the command line.
    person: Option<String>,
    /// Only this action, or those of an area: `post.schedule`, `post`.
    action: Option<String>,
    /// Only about the thing with this id.
    subject: Option<String>,
    /// At or after: an instant.
    #[param(value_type = Option<String>)]
    from: Option<Timestamp>,
    /// Before: an instant.
    #[param(value_type = Option<String>)]
    to: Option<Timestamp>,
    /// A table for a spreadsheet, or a JSON object per line.
    #[serde(default)]
    #[param(inline)]
    form: AuditForm,
}

impl From<LinesQuery> for AuditQuery {
    fn from(query: LinesQuery) -> Self {
        let LinesQuery { person, action, subject, from, to, cursor, limit } = query;
        Self { person, action, subject, from, to, cursor, limit }
    }
}

/// Who did what in a brand, the newest first.
#[utoipa::path(get, path = "/brands/{brand}/audit", operation_id = "list_audit", tag = "audit",
    params(("brand" = BrandId, Path), LinesQuery),
    responses((status = 200, description = "A page", body = AuditPage)))]
async fn list_audit(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(query): Query<LinesQuery>,
) -> Answer<Answered<AuditPage>> {
    Ok(Answered(app.list_audit(&signed.actor, Some(brand), &query.into()).await?))
}

/// Who did what in a brand, as a file.
#[utoipa::path(get, path = "/brands/{brand}/audit/export", operation_id = "export_audit", tag = "audit",
    params(("brand" = BrandId, Path), ExportQuery),
    responses((status = 200, description = "The file", content((String = "text/csv"), (String = "application/jsonl")))))]
async fn export_audit(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(query): Query<ExportQuery>,
) -> Answer<([(HeaderName, HeaderValue); 2], Body)> {
    file(&app, &signed, Some(brand), query).await
}

/// Who did what to the installation, the newest first: sign-ins, accounts, the pause of everything.
#[utoipa::path(get, path = "/audit", operation_id = "list_installation_audit", tag = "audit", params(LinesQuery),
    responses((status = 200, description = "A page", body = AuditPage)))]
async fn list_installation_audit(
    State(app): State<App>,
    signed: Signed,
    Query(query): Query<LinesQuery>,
) -> Answer<Answered<AuditPage>> {
    Ok(Answered(app.list_audit(&signed.actor, None, &query.into()).await?))
}

/// Who did what to the installation, as a file.
#[utoipa::path(get, path = "/audit/export", operation_id = "export_installation_audit", tag = "audit", params(ExportQuery),
    responses((status = 200, description = "The file", content((String = "text/csv"), (String = "application/jsonl")))))]
async fn export_installation_audit(
    State(app): State<App>,
    signed: Signed,
    Query(query): Query<ExportQuery>,
) -> Answer<([(HeaderName, HeaderValue); 2], Body)> {
    file(&app, &signed, None, query).await
}

async fn file(
    app: &App,
    signed: &Signed,
    brand: Option<BrandId>,
    query: ExportQuery,
) -> Answer<([(HeaderName, HeaderValue); 2], Body)> {
    let ExportQuery { person, action, subject, from, to, form } = query;
    let query = AuditQuery { person, action, subject, from, to, ..AuditQuery::default() };
    let lines = app.export_audit(&signed.actor, brand, &query, form).await?;
    let (kind, name) = match form {
        AuditForm::Csv => ("text/csv; charset=utf-8", "attachment; filename=\"audit.csv\""),
        AuditForm::Jsonl => ("application/jsonl", "attachment; filename=\"audit.jsonl\""),
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(name)),
    ];
    Ok((headers, Body::from_stream(lines.inspect_err(|error| tracing::warn!(%error, "an export broke off")))))
}
