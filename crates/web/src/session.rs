//! Who is signed in, for handlers; and the address they come from.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use sarafan_app::sessions::Visitor;
use sarafan_app::{Actor, AppError};
use sarafan_domain::id::SessionId;

use crate::Web;
use crate::problem::Failure;

/// The signed-in person; a handler that takes it answers 401 to everybody else.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    pub(crate) actor: Actor,
    pub(crate) session: SessionId,
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
        let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        // The last entry is the one our own proxy wrote; those before it are the caller's word.
        let forwarded = text("x-forwarded-for")
            .filter(|_| web.behind_proxy())
            .and_then(|all| all.rsplit(',').next())
            .map(|last| last.trim().to_owned());
        let direct = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string());
        let agent = text("user-agent").unwrap_or_default().to_owned();
        Ok(Self(Visitor { agent, address: forwarded.or(direct).unwrap_or_default() }))
    }
}
