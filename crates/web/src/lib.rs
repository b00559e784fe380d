//! The doors in: the JSON API with its OpenAPI document, live updates, sign-in by cookie, tokens of programs, assistants (MCP), the embedded browser
//! application and `/health`.
//!
//! What is absent on purpose: SQL and rules. A handler reads the request, calls one use case of `app`, and writes
//! what it returned; who may do what is asked there, so that the command line cannot differ.

use std::sync::Arc;

use axum::extract::FromRef;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, post};
use axum::{Extension, Router};
use sarafan_app::{App, AppError};
use sarafan_domain::language::Lang;
use tokio::sync::watch;
use tower_http::compression::CompressionLayer;

mod api;
mod body;
mod cookie;
mod headers;
mod health;
mod idempotency;
mod mcp;
mod measured;
mod openapi;
mod origin;
mod problem;
mod programs;
mod rates;
mod serve;
mod session;
mod speak;
mod trace;
mod ui;

pub use mcp::on_stdio as assist;
pub use measured::{Render, watchers};
pub use openapi::document;
pub use origin::BadOrigin;
pub use problem::Details;
pub use rates::Rates;
pub use serve::serve;

/// Settings of the doors.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// A proxy of ours stands in front: the caller's address is the last entry of `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// How much may be asked.
    pub rates: Rates,
}

/// What every handler may ask for; cheap to clone.
#[derive(Clone)]
pub(crate) struct Web(Arc<Inner>);

struct Inner {
    app: App,
    settings: Settings,
    stop: watch::Receiver<bool>,
    limits: rates::Limits,
}

impl Web {
    pub(crate) fn app(&self) -> &App {
        &self.0.app
    }

    pub(crate) fn behind_proxy(&self) -> bool {
        self.0.settings.behind_proxy
    }

    pub(crate) fn limits(&self) -> &rates::Limits {
        &self.0.limits
    }

    /// Do people reach us by https?
    pub(crate) fn secure(&self) -> bool {
        self.0.app.config().public_url.starts_with("https://")
    }

    /// Becomes true when the program is about to stop: open streams end then.
    pub(crate) fn stop(&self) -> watch::Receiver<bool> {
        self.0.stop.clone()
    }
}

impl FromRef<Web> for App {
    fn from_ref(web: &Web) -> Self {
        web.0.app.clone()
    }
}

/// An error in words, as the API tells it; the command line tells the same.
pub fn explain(app: &App, lang: Lang, error: AppError) -> Details {
    let failure = problem::Failure::from(error);
    failure.log();
    failure.explain(app, lang, "")
}

/// Everything that is served. `stop` becomes true when the program is about to stop: open event streams end then, so
/// that a graceful stop does not wait for them.
///
/// # Errors
/// [`BadOrigin`] where the public address of the configuration is no web address.
pub fn router(app: App, settings: Settings, stop: watch::Receiver<bool>) -> Result<Router, BadOrigin> {
    let origin = origin::layer(&app.config().public_url)?;
    let limits = rates::Limits::new(settings.rates);
    let web = Web(Arc::new(Inner { app, settings, stop, limits }));
    let doors = Router::new()
        .nest("/api/v1", api::routes().fallback(api::unknown).method_not_allowed_fallback(api::wrong_method))
        .route("/api", any(api::unknown))
        .route("/api/{*rest}", any(api::unknown))
        .route("/health", get(health::health))
        .layer(from_fn_with_state(web.clone(), idempotency::middleware))
        .layer(origin)
        .layer(from_fn(origin::named))
        .layer(speak::panics())
        .layer(from_fn_with_state(web.clone(), speak::middleware));
    // Assistants ask the same routes, within the program.
    let assistants = mcp::over_http(doors.clone().with_state(web.clone()));
    let assistants = Router::new()
        .route("/mcp", post(mcp::answer))
        .layer(from_fn(origin::named))
        .layer(speak::panics())
        .layer(from_fn_with_state(web.clone(), speak::middleware))
        .layer(Extension(assistants));
    Ok(doors
        .merge(assistants)
        .fallback(ui::page)
        .with_state(web.clone())
        .layer(CompressionLayer::new().gzip(true))
        .layer(from_fn_with_state(web, headers::middleware))
        .layer(from_fn(trace::middleware)))
}
