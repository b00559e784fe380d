//! Refuses changes that another site's page asks a browser to make (CSRF).
//!
//! `tower_http` compares `Sec-Fetch-Site` and `Origin` with our own address. On top of that a change made with our
//! cookie must name its origin: every browser does, and a program that signs in can. No page can make a browser send the
//! token of a program, so none of this is asked of those.

use axum::extract::Request;
use axum::http::{Method, Response, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::problem::Failure;
use crate::{cookie, session};

/// The public address of the configuration is no web address.
#[derive(Debug, thiserror::Error)]
#[error("the public address {address:?} is no address such as https://example.org")]
pub struct BadOrigin {
    address: String,
}

type Answer = fn(ProtectionError) -> Response<axum::body::Body>;

/// The check of `tower_http`, which trusts our public address too: a proxy may have changed the `Host`.
pub(crate) fn layer(public_url: &str) -> Result<CsrfLayer<Answer>, BadOrigin> {
    let bad = || BadOrigin { address: public_url.to_owned() };
    let url = url::Url::parse(public_url).map_err(|_| bad())?;
    let origin = url.origin().ascii_serialization();
    let layer = CsrfLayer::new().add_trusted_origin(origin).map_err(|_| bad())?;
    let refuse: Answer = |_| Failure::CrossOrigin.into_response();
    Ok(layer.with_rejection_response(refuse))
}

/// Refuses a change that comes with our cookie and does not say from where.
pub(crate) async fn named(mut request: Request, next: Next) -> axum::response::Response {
    if session::bearer(request.headers()).is_some() {
        let headers = request.headers_mut();
        headers.remove(header::COOKIE);
        headers.remove(header::ORIGIN);
        headers.remove("sec-fetch-site");
        return next.run(request).await;
    }
    let headers = request.headers();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let says = headers.contains_key(header::ORIGIN) || headers.contains_key("sec-fetch-site");
    if !reads && !says && cookie::token(headers).is_some() {
        return Failure::CrossOrigin.into_response();
    }
    next.run(request).await
}
