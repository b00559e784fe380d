//! The listening loop. It is our own and not axum's, because axum's gives a caller for ever to finish the head of a
//! request: a few hundred sockets that say nothing would lock everybody else out.

use std::io;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower_service::Service;

/// The head of a request comes within this time, the next one too on a connection that is kept.
const HEAD: Duration = Duration::from_secs(60);

/// After a stop was asked for, requests in flight have so long.
const LAST_ANSWERS: Duration = Duration::from_secs(20);

/// Serves until `stop` becomes true, then answers what is in flight and nothing new.
pub async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let open = GracefulShutdown::new();
    loop {
        tokio::select! {
            () = asked(&mut stop) => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => {
                    let router = router.clone();
                    let service = service_fn(move |request| answer(router.clone(), request, ConnectInfo(from)));
                    let connection = open.watch(http.serve_connection(ready(stream), service));
                    // A caller who hangs up in the middle is no error of ours.
                    tokio::spawn(async move { connection.await.unwrap_or_else(|error| tracing::debug!(%error, "hung up")) });
                }
                Err(error) => wait(&error).await,
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(LAST_ANSWERS, open.shutdown()).await.is_err() {
        tracing::warn!("some requests were not answered in time");
    }
}

/// Returns when a stop was asked for, also by the end of whoever could ask.
async fn asked(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

fn ready(stream: TcpStream) -> TokioIo<TcpStream> {
    // Small answers leave at once.
    let _ = stream.set_nodelay(true);
    TokioIo::new(stream)
}

async fn answer(
    mut router: Router,
    request: hyper::Request<Incoming>,
    from: ConnectInfo<std::net::SocketAddr>,
) -> Result<axum::response::Response, std::convert::Infallible> {
    let mut request: Request = request.map(Body::new);
    request.extensions_mut().insert(from);
    router.call(request).await
}

/// A connection that was given up before we took it says nothing about the next; having no handles left passes.
async fn wait(error: &io::Error) {
    let gone = [io::ErrorKind::ConnectionAborted, io::ErrorKind::ConnectionReset, io::ErrorKind::ConnectionRefused];
    if !gone.contains(&error.kind()) {
        tracing::warn!(%error, "no connection can be taken");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
