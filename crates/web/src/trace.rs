//! Gives every request a number and says in the log what became of it. Neither paths nor queries are logged, only
//! the route: invitations and one-time links carry secrets there.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Uuid;

/// Carries the number in the answer.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The number of a request, as text. A number sent by the caller is not believed.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) String);

pub(crate) async fn middleware(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = Uuid::now_v7().simple().to_string();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = route.as_deref().unwrap_or("page");
    let span = tracing::info_span!("request", %id, %method, route);
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    span.in_scope(|| {
        let status = response.status().as_u16();
        let ms = started.elapsed().as_secs_f64() * 1000.0;
        match status {
            500.. => tracing::warn!(status, ms, "answered"),
            400.. => tracing::info!(status, ms, "answered"),
            _ => tracing::debug!(status, ms, "answered"),
        }
    });
    response
}
