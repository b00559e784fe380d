//! `sarafan sandbox`: the networks to play with, by themselves.

use std::future::Future;

use sarafan_app::texts::Texts;
use sarafan_connectors::PLAYERS;
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
pub(crate) async fn serve(listener: TcpListener, stop: impl Future<Output = ()>) {
    if let Err(error) = sarafan_sandbox::serve(PLAYERS, listener, stop).await {
        tracing::error!(%error, "the networks to play with have stopped");
    }
}
