//! Security headers of every answer. A handler that needs stricter ones (files of the library) sets its own, which
//! stay.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::Web;

/// Nothing is loaded from elsewhere, nobody frames us, no inline script. Style attributes are allowed, because
/// charts and calendars place their boxes with them; style elements are not.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; \
    img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; object-src 'none'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    // What the API answers belongs to one person at one moment; the application's own files say otherwise.
    (header::CACHE_CONTROL, "no-store"),
];

/// What is behind a link that is a secret: its address is told to nobody, and no search engine keeps it.
const BEHIND_A_LINK: [(HeaderName, &str); 2] =
    [(header::REFERRER_POLICY, "no-referrer"), (HeaderName::from_static("x-robots-tag"), "noindex, nofollow")];

pub(crate) async fn middleware(State(web): State<Web>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let behind_a_link = path.starts_with("/review/") || path.starts_with("/api/v1/reviews/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if behind_a_link {
        for (name, value) in BEHIND_A_LINK {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if web.secure() {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(year);
    }
    response
}
