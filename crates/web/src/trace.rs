//! Gives every request a number, says in the log what became of it, and measures it. Neither paths nor queries are logged, only
//! the route: invitations and one-time links carry secrets there.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method};
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
    let span = tracing::info_span!("request", request = %id, %method, route);
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    let took = started.elapsed();
    measure(&method, route, response.status().as_u16(), took);
    span.in_scope(|| {
        let status = response.status().as_u16();
        let ms = took.as_secs_f64() * 1000.0;
        match status {
            500.. => tracing::warn!(status, ms, "answered"),
            400.. => tracing::info!(status, ms, "answered"),
            _ => tracing::debug!(status, ms, "answered"),
        }
    });
    response
}

/// Counts by route and status. Neither a path nor a method that somebody made up becomes a label.
fn measure(method: &Method, route: &str, status: u16, took: Duration) {
    let method = match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    };
    let (route, status) = (route.to_owned(), status.to_string());
    metrics::counter!("sarafan_http_requests_total", "method" => method, "route" => route.clone(), "status" => status)
        .increment(1);
    metrics::histogram!("sarafan_http_request_seconds", "method" => method, "route" => route)
        .record(took.as_secs_f64());
}
