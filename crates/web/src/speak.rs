//! Knows who asks and in which language they are answered: finds the session of the cookie or the token of the program
//! before the handler runs, and turns every failure that comes back, ours or the framework's, into a problem in that language.

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use sarafan_app::AppError;
use sarafan_domain::language::Lang;
use tower_http::catch_panic::CatchPanicLayer;

use crate::problem::Failure;
use crate::rates::Who;
use crate::session::{Asking, Pass, Signed};
use crate::trace::RequestId;
use crate::{Web, programs, rates, session};

pub(crate) async fn middleware(State(web): State<Web>, mut request: Request, next: Next) -> axum::response::Response {
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let found = match Pass::of(request.headers()) {
        None => Ok(None),
        Some(pass) => match pass.signed(web.app()).await {
            Err(AppError::SignedOut) => Ok(None),
            other => other.map(Some),
        },
    };
    let language = match &found {
        Ok(Some(signed)) => signed.actor.language,
        _ => accepted(request.headers()),
    };
    let counted = count(&web, &request, found.as_ref().ok().and_then(Option::as_ref));
    let failure = match (found, counted) {
        (_, Some(Err(over))) => Some(Failure::TooOften(over)),
        // Nobody is told that they are signed out because the database does not answer.
        (Err(error), _) => Some(Failure::from(error)),
        (Ok(Some(signed)), _) if signed.session.is_none() && !is_for_programs(&request) => {
            Some(Failure::from(AppError::NotForTokens))
        }
        (Ok(signed), _) => {
            request.extensions_mut().insert(Asking(signed));
            None
        }
    };
    let mut response = match failure {
        Some(failure) => failure.into_response(),
        None => next.run(request).await,
    };
    let failure = response.extensions_mut().remove::<Failure>().or_else(|| unsaid(&response));
    if let Some(failure) = failure {
        failure.log();
        let mut said = failure.say(web.app(), language, &id);
        // A method that is refused names those that are not; other headers of a bare failure say nothing.
        if let Some(allow) = response.headers_mut().remove(header::ALLOW) {
            said.headers_mut().insert(header::ALLOW, allow);
        }
        response = said;
    }
    if let Some(counted) = counted {
        rates::tell(response.headers_mut(), counted);
    }
    response
}

/// Counts a request of the API; `None` where there is no limit. Whoever shows a token that opens nothing is counted by address.
fn count(web: &Web, request: &Request, signed: Option<&Signed>) -> Option<Result<rates::Left, rates::TooMany>> {
    // What an assistant asks is counted where it is asked of the API.
    let path = request.uri().path();
    if !(path.starts_with("/api/") || path == "/mcp" && signed.is_none()) {
        return None;
    }
    let address = || Who::Address(session::address(web, request.headers(), request.extensions()));
    web.limits().ask(&signed.and_then(Signed::who).unwrap_or_else(address))
}

/// What is no route is left to those who say so.
fn is_for_programs(request: &Request) -> bool {
    let route = request.extensions().get::<MatchedPath>().and_then(|path| path.as_str().strip_prefix("/api/v1"));
    route.is_none_or(programs::may_go)
}

/// The language a caller without a session asks for.
pub(crate) fn accepted(headers: &HeaderMap) -> Lang {
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    header.and_then(Lang::accept).unwrap_or_default()
}

/// Failures that layers of the framework answer in their own bare way.
fn unsaid(response: &axum::response::Response) -> Option<Failure> {
    match response.status() {
        StatusCode::REQUEST_TIMEOUT => Some(Failure::Timeout),
        StatusCode::METHOD_NOT_ALLOWED => Some(Failure::NoMethod),
        _ => None,
    }
}

type Handler = fn(Box<dyn std::any::Any + Send + 'static>) -> Response<Body>;

/// A handler that breaks off answers like any other failure; what it was about is in the log of the panic hook.
pub(crate) fn panics() -> CatchPanicLayer<Handler> {
    CatchPanicLayer::custom(|_| Failure::Panicked.into_response())
}
