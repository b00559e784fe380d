//! The wish to stop: SIGTERM from a service manager, Ctrl-C from a person. The second one does not wait.

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Returns when somebody asks for a stop, and listens for the second time.
pub(crate) async fn asked() {
    let mut signals = match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(terminate), Ok(interrupt)) => (terminate, interrupt),
        (Err(error), _) | (_, Err(error)) => {
            // Without signals there is no clean stop; the work goes on and survives an unclean one.
            tracing::error!(%error, "signals cannot be heard");
            return std::future::pending().await;
        }
    };
    next(&mut signals).await;
    tokio::spawn(async move {
        next(&mut signals).await;
        std::process::exit(130);
    });
}

async fn next((terminate, interrupt): &mut (Signal, Signal)) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
