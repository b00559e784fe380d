//! `/brands/{brand}/plan`: the content plan in and out.

use std::collections::BTreeMap;

use axum::Json as Answered;
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use bytes::Bytes;
use sarafan_app::App;
use sarafan_app::plan::{ImportReport, PlanFile};
use sarafan_domain::id::BrandId;
use sarafan_domain::plan::{DateOrder, Encoding, Field, ReadOptions, Separator};
use sarafan_domain::time::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::{self, Path, Query};
use crate::problem::{Answer, Failure};
use crate::session::Signed;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(import_plan)).routes(routes!(export_plan))
}

/// What is known about the file.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ImportQuery {
    /// Show what would happen, save nothing.
    #[serde(default)]
    dry_run: bool,
    /// What columns are: `Дата:date,Текст:text`; a name without a field leaves the column out.
    map: Option<String>,
    /// How its bytes are text; found out when left out.
    #[param(example = "utf-8")]
    encoding: Option<String>,
    /// What stands between cells; found out when left out.
    #[param(example = "comma")]
    separator: Option<String>,
    /// The order of day, month and year in dates that do not begin with the year: `dmy`, `mdy` or `ymd`.
    #[param(example = "dmy")]
    date_order: Option<String>,
}

impl ImportQuery {
    fn options(&self) -> Result<ReadOptions, Failure> {
        Ok(ReadOptions {
            encoding: word(self.encoding.as_deref(), "encoding", Encoding::parse)?,
            separator: word(self.separator.as_deref(), "separator", Separator::parse)?,
            date_order: word(self.date_order.as_deref(), "date_order", DateOrder::parse)?,
            map: columns(self.map.as_deref().unwrap_or_default())?,
        })
    }
}

fn word<T>(text: Option<&str>, name: &'static str, parse: fn(&str) -> Option<T>) -> Result<Option<T>, Failure> {
    let unknown = |word: &str| Failure::Wrong { field: name.to_owned(), reason: word.to_owned() };
    text.filter(|text| !text.is_empty()).map(|text| parse(text).ok_or_else(|| unknown(text))).transpose()
}

fn columns(text: &str) -> Result<BTreeMap<String, Option<Field>>, Failure> {
    let pairs = text.split(',').map(str::trim).filter(|pair| !pair.is_empty());
    let read = |pair: &str| {
        // A column's name may hold a colon, a field's cannot.
        let (name, field) = pair.rsplit_once(':').unwrap_or((pair, ""));
        Ok((name.trim().to_owned(), word(Some(field.trim()), "map", Field::parse)?))
    };
    pairs.map(read).collect()
}

/// Reads a plan file (CSV), alone as the raw body or as the part `file` of a form with its pictures as further parts.
/// Good rows become scheduled posts, the others drafts with their problems.
#[utoipa::path(post, path = "/brands/{brand}/plan/import", operation_id = "import_plan", tag = "plan",
    params(("brand" = BrandId, Path), ImportQuery),
    request_body(content((String = "text/csv"), (String = "multipart/form-data"))),
    responses((status = 200, description = "What is in the file and what came of it", body = ImportReport)))]
async fn import_plan(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(query): Query<ImportQuery>,
    request: Request,
) -> Answer<Answered<ImportReport>> {
    // Who may not import shall not make us read a hundred megabytes first.
    app.brand(&signed.actor, brand).await?;
    let options = query.options()?;
    let max = app.config().max_upload;
    let file = if body::media_type(request.headers()) == "multipart/form-data" {
        form(request, options, max).await?
    } else {
        PlanFile { bytes: body::whole(request, max).await?, media: Vec::new(), options }
    };
    Ok(Answered(app.import_plan(&signed.actor, brand, file, query.dry_run).await?))
}

/// The part `file` is the plan; every other part with a file name is a picture.
async fn form(request: Request, options: ReadOptions, max: u64) -> Result<PlanFile, Failure> {
    let request = body::bounded(request, max).await?;
    let bad = |reason: String| Failure::Malformed { reason };
    let mut form = Multipart::from_request(request, &()).await.map_err(|error| bad(error.body_text()))?;
    let mut file = PlanFile { options, ..PlanFile::default() };
    let too_large = |error: axum::extract::multipart::MultipartError| match error.status().as_u16() {
        413 => Failure::TooLarge { max },
        _ => Failure::Malformed { reason: error.body_text() },
    };
    while let Some(part) = form.next_field().await.map_err(too_large)? {
        let is_plan = part.name() == Some("file");
        let name = part.file_name().map(str::to_owned);
        let bytes: Bytes = part.bytes().await.map_err(too_large)?;
        if is_plan {
            file.bytes = bytes;
        } else if let Some(name) = name {
            file.media.push((name, bytes));
        }
    }
    Ok(file)
}

/// Which posts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ExportQuery {
    /// Due at or after: an instant.
    #[param(value_type = Option<String>)]
    from: Option<Timestamp>,
    /// Due before: an instant.
    #[param(value_type = Option<String>)]
    to: Option<Timestamp>,
}

/// The plan as a file (CSV) that an import reads back to the same posts.
#[utoipa::path(get, path = "/brands/{brand}/plan/export", operation_id = "export_plan", tag = "plan",
    params(("brand" = BrandId, Path), ExportQuery),
    responses((status = 200, description = "The file", body = String, content_type = "text/csv")))]
async fn export_plan(
    State(app): State<App>,
    signed: Signed,
    Path(brand): Path<BrandId>,
    Query(query): Query<ExportQuery>,
) -> Answer<([(HeaderName, HeaderValue); 2], Vec<u8>)> {
    let file = app.export_plan(&signed.actor, brand, query.from, query.to).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"plan.csv\"")),
    ];
    Ok((headers, file))
}
