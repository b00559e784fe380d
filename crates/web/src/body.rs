//! Reads paths, queries and bodies like axum does, and says what is wrong with them as a problem.

use axum::body::BodyDataStream;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, OptionalFromRequest, Request, path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use serde::de::DeserializeOwned;

use crate::problem::Failure;

/// Largest JSON body: a post with the longest text and a variant of it for every network.
const MAX_JSON: u64 = 2 * 1024 * 1024;

/// So much more than allowed is read and thrown away before the refusal is answered: a browser that is cut off while
/// it still sends never reads the answer.
const DRAINED: u64 = 1024 * 1024 * 1024;

/// Path parameters. What is no id names nothing, so it is not found.
#[derive(Debug)]
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let found: Result<path::Path<T>, _> = path::Path::from_request_parts(parts, state).await;
        found.map(|path::Path(value)| Self(value)).map_err(|_| Failure::NoRoute)
    }
}

/// The query.
#[derive(Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let found: Result<axum::extract::Query<T>, _> = axum::extract::Query::try_from_uri(&parts.uri);
        found
            .map(|axum::extract::Query(value)| Self(value))
            .map_err(|error| Failure::Wrong { field: String::new(), reason: cause(&error) })
    }
}

/// The innermost reason of an error: its wrappers only say that something could not be read.
fn cause(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(inner) = last.source() {
        last = inner;
    }
    last.to_string()
}

/// A JSON body.
#[derive(Debug)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        if !is_json(request.headers()) {
            return Err(Failure::MediaType { wanted: "application/json" });
        }
        parse(&whole(request, MAX_JSON).await?).map(Self)
    }
}

/// A JSON body that may be left out.
impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Option<Self>, Failure> {
        let json = is_json(request.headers());
        let bytes = whole(request, MAX_JSON).await?;
        match (bytes.is_empty(), json) {
            (true, _) => Ok(None),
            (false, true) => parse(&bytes).map(|value| Some(Self(value))),
            (false, false) => Err(Failure::MediaType { wanted: "application/json" }),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = media_type(headers);
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// The media type of the body without its parameters; empty where none is named.
pub(crate) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let field = error.path().to_string();
        match error.inner().classify() {
            serde_json::error::Category::Data => {
                let field = if field == "." { String::new() } else { field };
                Failure::Wrong { field, reason: error.into_inner().to_string() }
            }
            _ => Failure::Malformed { reason: error.into_inner().to_string() },
        }
    })?;
    reader.end().map_err(|error| Failure::Malformed { reason: error.to_string() })?;
    Ok(value)
}

/// The whole body, where it is at most `max` bytes long.
pub(crate) async fn whole(request: Request, max: u64) -> Result<Bytes, Failure> {
    let announced = length(request.headers());
    let mut stream = request.into_body().into_data_stream();
    if announced.is_some_and(|bytes| bytes > max) {
        return Err(refuse(stream, announced.unwrap_or_default(), max).await);
    }
    let mut all = BytesMut::new();
    let mut seen = 0;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|error| Failure::Malformed { reason: error.to_string() })?;
        seen += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if seen > max {
            return Err(refuse(stream, seen, max).await);
        }
        all.extend_from_slice(&chunk);
    }
    Ok(all.freeze())
}

/// The request for those who read its body themselves: refused at once where it says that it is too long, cut off
/// by axum where it turns out to be.
pub(crate) async fn bounded(mut request: Request, max: u64) -> Result<Request, Failure> {
    match length(request.headers()) {
        Some(bytes) if bytes > max => Err(refuse(request.into_body().into_data_stream(), bytes, max).await),
        _ => {
            DefaultBodyLimit::max(usize::try_from(max).unwrap_or(usize::MAX)).apply(&mut request);
            Ok(request)
        }
    }
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads on without keeping anything, then says that it was too much.
async fn refuse(mut stream: BodyDataStream, announced: u64, max: u64) -> Failure {
    let mut seen = 0;
    while announced <= DRAINED
        && seen <= DRAINED
        && let Some(Ok(chunk)) = stream.next().await
    {
        seen += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
    }
    Failure::TooLarge { max }
}
