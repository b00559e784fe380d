//! `Idempotency-Key`: a change that is asked for again with the same key is not made again, and answers the same.
//!
//! The change goes on when the caller hangs up, for that is when they ask again. Refusals are not kept: nothing was changed,
//! so the next try may do better.

use std::time::Duration;

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sarafan_app::idempotency::{Begun, Kept};
use sarafan_domain::id::RunId;
use sha2::{Digest, Sha256};
use tracing::Instrument;

use crate::Web;
use crate::problem::Failure;
use crate::session::{Asking, Signed};

/// Carries the caller's key.
pub(crate) const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that an answer was given before.
pub(crate) const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// A body up to this length is compared; of longer ones, which are files, the length is.
const COMPARED: u64 = 2 * 1024 * 1024;
/// A run says that it lives this often.
const ALIVE: Duration = Duration::from_secs(20);
/// Headers that belong to the answer itself.
const OF_BODY: [HeaderName; 3] = [header::CONTENT_TYPE, header::CONTENT_DISPOSITION, header::LOCATION];

pub(crate) async fn middleware(State(web): State<Web>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let signed = request.extensions().get::<Asking>().and_then(|asking| asking.0.clone());
    match (request.headers().get(KEY).cloned(), signed) {
        (Some(key), Some(signed)) if !reads => {
            keyed(web, request, next, &key, signed).await.unwrap_or_else(IntoResponse::into_response)
        }
        _ => next.run(request).await,
    }
}

async fn keyed(
    web: Web,
    request: Request,
    next: Next,
    key: &HeaderValue,
    mut signed: Signed,
) -> Result<Response, Failure> {
    let (mut request, hash) = hashed(request).await?;
    let run = match web.app().begin_run(&signed.actor, key.to_str().unwrap_or_default(), hash).await? {
        Begun::Replay(kept) => return Ok(replayed(kept)),
        Begun::Run(run) => run,
    };
    signed.actor.run = Some(run);
    request.extensions_mut().insert(Asking(Some(signed)));
    let work = async move {
        let answer = alive(&web, run, next.run(request)).await;
        ended(&web, run, answer).await
    };
    let living = tokio::spawn(work.instrument(tracing::Span::current()));
    living.await.unwrap_or(Err(Failure::Panicked))
}

/// Waits for the answer, and says meanwhile that the run lives.
async fn alive(web: &Web, run: RunId, work: impl Future<Output = Response>) -> Response {
    let mut work = std::pin::pin!(work);
    loop {
        tokio::select! {
            answer = &mut work => return answer,
            () = tokio::time::sleep(ALIVE) => {
                if let Err(error) = web.app().hold_run(run).await {
                    tracing::warn!(%error, "a request with a key could not say that it lives");
                }
            }
        }
    }
}

/// Keeps what was done; frees the key where nothing was.
async fn ended(web: &Web, run: RunId, answer: Response) -> Result<Response, Failure> {
    if !answer.status().is_success() {
        web.app().give_up_run(run).await?;
        return Ok(answer);
    }
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(|error| Failure::Malformed { reason: error.to_string() })?;
    let headers = OF_BODY.iter().filter_map(|name| {
        let value = parts.headers.get(name)?.to_str().ok()?;
        Some((name.as_str().to_owned(), value.to_owned()))
    });
    let kept = Kept { status: parts.status.as_u16(), headers: headers.collect(), body: body.to_vec() };
    web.app().end_run(run, &kept).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// The request as it was, and the hash of what it asks.
async fn hashed(request: Request) -> Result<(Request, Vec<u8>), Failure> {
    let mut hash = Sha256::new();
    let path = request.uri().path_and_query().map_or("", |path| path.as_str());
    let kind = request.headers().get(header::CONTENT_TYPE).map_or(&[][..], HeaderValue::as_bytes);
    for part in [request.method().as_str().as_bytes(), path.as_bytes(), kind] {
        hash.update(part);
        hash.update([0]);
    }
    let length = request.body().size_hint().exact();
    hash.update(length.unwrap_or(u64::MAX).to_be_bytes());
    let (parts, body) = request.into_parts();
    let body = match length {
        Some(length) if length <= COMPARED => {
            let bytes = to_bytes(body, usize::try_from(COMPARED).unwrap_or(usize::MAX)).await;
            let bytes = bytes.map_err(|error| Failure::Malformed { reason: error.to_string() })?;
            hash.update(&bytes);
            Body::from(bytes)
        }
        _ => body,
    };
    Ok((Request::from_parts(parts, body), hash.finalize().to_vec()))
}

fn replayed(kept: Kept) -> Response {
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let mut response = (status, Body::from(kept.body)).into_response();
    let headers = response.headers_mut();
    for (name, value) in &kept.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            headers.insert(name, value);
        }
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
