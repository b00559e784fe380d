//! Who asks, for handlers: a person with the cookie of a session, or a program with a token; and the address they come from.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, header};
use sarafan_app::sessions::Visitor;
use sarafan_app::{Actor, App, AppError};
use sarafan_domain::id::SessionId;

use crate::problem::Failure;
use crate::rates::Who;
use crate::{Web, cookie};

/// What somebody shows to be let in. It cannot be printed.
#[derive(Clone)]
pub(crate) enum Pass {
    /// The token of a session, from the cookie.
    Session(String),
    /// The token of a program, from `Authorization: Bearer`. A cookie beside it is not looked at.
    Program(String),
}

impl std::fmt::Debug for Pass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pass(…)")
    }
}

impl Pass {
    /// What a request shows.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        match bearer(headers) {
            Some(token) => Some(Self::Program(token.to_owned())),
            None => cookie::token(headers).map(|token| Self::Session(token.to_owned())),
        }
    }

    /// Who shows it.
    pub(crate) async fn signed(self, app: &App) -> Result<Signed, AppError> {
        let (actor, session) = match &self {
            Self::Session(token) => app.actor(token).await.map(|(actor, session)| (actor, Some(session)))?,
            Self::Program(token) => (app.admit(token).await?, None),
        };
        Ok(Signed { actor, session, pass: self })
    }
}

/// The token of a program that a request brings.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Who asks; a handler that takes it answers 401 to everybody else.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    pub(crate) actor: Actor,
    /// `None` for a program.
    pub(crate) session: Option<SessionId>,
    pub(crate) pass: Pass,
}

impl Signed {
    /// Under whose name requests are counted.
    pub(crate) fn who(&self) -> Option<Who> {
        let token = self.actor.grant.as_ref().map(|grant| Who::Token(grant.token));
        token.or(self.session.map(Who::Session))
    }
}

/// What `speak` found out about the caller.
#[derive(Debug, Clone)]
pub(crate) struct Asking(pub(crate) Option<Signed>);

impl<S: Send + Sync> FromRequestParts<S> for Signed {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let asking = parts.extensions.get::<Asking>();
        asking.and_then(|asking| asking.0.clone()).ok_or_else(|| Failure::from(AppError::SignedOut))
    }
}

/// Where a request comes from: for the list of devices and the limit of tries.
#[derive(Debug, Clone)]
pub(crate) struct Caller(pub(crate) Visitor);

impl FromRequestParts<Web> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failure> {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        let address = address(web, &parts.headers, &parts.extensions);
        Ok(Self(Visitor { agent: agent.unwrap_or_default().to_owned(), address }))
    }
}

/// The caller's address.
pub(crate) fn address(web: &Web, headers: &HeaderMap, extensions: &Extensions) -> String {
    // The last entry is the one our own proxy wrote; those before it are the caller's word.
    let forwarded = headers
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok())
        .filter(|_| web.behind_proxy())
        .and_then(|all| all.rsplit(',').next())
        .map(|last| last.trim().to_owned());
    let direct = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string());
    forwarded.or(direct).unwrap_or_default()
}
