//! The second address, for machines that watch: `/metrics` in the format of Prometheus, and `/health`, also of a
//! process that has no pages. It has no sign-in; whoever configures it chooses an address that only the watchers reach.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use sarafan_app::App;

use crate::health;

/// Writes down everything that was counted.
pub type Render = Arc<dyn Fn() -> String + Send + Sync>;

/// What is served at the second address.
pub fn watchers(app: App, render: Render) -> Router {
    let metrics = move |State(app): State<App>| {
        let render = Arc::clone(&render);
        async move {
            app.measure().await;
            ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], render()).into_response()
        }
    };
    Router::new().route("/metrics", get(metrics)).route("/health", get(health::health)).with_state(app)
}
