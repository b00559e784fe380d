//! `sarafan sandbox`: the networks to play with, by themselves.

use std::future::Future;

use sarafan_app::texts::Texts;
use sarafan_domain::language::Lang;
use serde_json::json;
use tokio::net::TcpListener;

use crate::trouble::Outcome;
use crate::{stop, table};

/// Plays until it is stopped.
///
/// # Errors
/// An address that cannot be listened on.
pub(crate) async fn run(listen: &str, lang: Lang, as_json: bool) -> Outcome {
    let listener = crate::serve::listen(listen).await?;
    let address = listener.local_addr().map(|address| format!("http://{address}")).unwrap_or_default();
    if as_json {
        table::line(&json!({ "event": "listening", "address": address }).to_string());
    } else if let Ok(texts) = Texts::load(sarafan_connectors::registry()) {
        table::line(&texts.say(lang, "cli-playing", &[("address", address.into())]));
    }
    serve(listener, stop::asked()).await;
    Ok(())
}

/// Plays all networks on a port until `stop` is there.
pub(crate) async fn serve(listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) {
    use sarafan_network::play::{Asked, Wall};
    use std::collections::BTreeMap;
    use std::sync::{Arc, Mutex};
    let root = format!("http://{}", listener.local_addr().map(|a| a.to_string()).unwrap_or_default());
    let walls: Arc<Mutex<BTreeMap<String, Wall>>> = Arc::default();
    let handler = move |request: axum::extract::Request| {
        let (root, walls) = (root.clone(), walls.clone());
        async move {
            let (parts, body) = request.into_parts();
            let body = axum::body::to_bytes(body, 100_000_000).await.unwrap_or_default();
            let path = parts.uri.path().trim_start_matches('/').to_owned();
            let (id, rest) = path.split_once('/').unwrap_or((&path, ""));
            let Some(player) = sarafan_connectors::PLAYERS.iter().find(|p| p.id() == id) else {
                return axum::http::Response::builder().status(404).body(axum::body::Body::empty()).unwrap_or_default();
            };
            let query =
                url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
            let asked = Asked {
                method: parts.method.to_string(),
                path: format!("/{rest}"),
                query,
                headers: parts
                    .headers
                    .iter()
                    .map(|(n, v)| (n.to_string(), v.to_str().unwrap_or_default().to_owned()))
                    .collect(),
                body,
                root: format!("{root}/{id}"),
            };
            let mut walls = walls.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let answer = player.answer(walls.entry(id.to_owned()).or_default(), &asked, jiff::Timestamp::now());
            let mut b = axum::http::Response::builder().status(answer.status).header("content-type", answer.mime);
            for (n, v) in answer.headers {
                b = b.header(n, v);
            }
            b.body(axum::body::Body::from(answer.body)).unwrap_or_default()
        }
    };
    let router = axum::Router::new().fallback(handler);
    let _ = axum::serve(listener, router).with_graceful_shutdown(stop).await;
}
