//! A TCP proxy that can be told to misbehave. It stands before a database or a network and knows nothing of what passes.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What becomes of connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// They pass.
    Pass,
    /// Those that are open are cut, new ones are closed at once.
    Refuse,
    /// Nothing passes in either direction, and nobody is told.
    Hole,
    /// What is asked passes; the answer never comes.
    Swallow,
    /// What is asked passes; the connection is cut when the answer begins.
    CutAnswer,
}

/// The proxy; ends with this value.
#[derive(Debug)]
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    mood: Arc<watch::Sender<Mood>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Proxy {
    /// Stands before `target`, a `host:port`.
    pub(crate) async fn before(target: &str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let mood = Arc::new(watch::Sender::new(Mood::Pass));
        let (target, inner) = (target.to_owned(), Arc::clone(&mood));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if *inner.borrow() != Mood::Refuse {
                    tokio::spawn(connection(stream, target.clone(), inner.subscribe()));
                }
            }
        });
        Ok(Self { address, mood, task })
    }

    /// From now on.
    pub(crate) fn set(&self, mood: Mood) {
        self.mood.send_replace(mood);
    }
}

async fn connection(client: TcpStream, target: String, mood: watch::Receiver<Mood>) {
    let Ok(server) = TcpStream::connect(&target).await else { return };
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let mut watched = mood.clone();
    tokio::select! {
        () = pass(from_client, to_server, mood.clone(), false) => {}
        () = pass(from_server, to_client, mood, true) => {}
        _ = watched.wait_for(|mood| *mood == Mood::Refuse) => {}
    }
}

async fn pass(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    mut mood: watch::Receiver<Mood>,
    answer: bool,
) {
    let mut bytes = vec![0; 64 << 10];
    loop {
        let Ok(count) = from.read(&mut bytes).await else { return };
        if count == 0 {
            return;
        }
        if mood.wait_for(|mood| *mood != Mood::Hole).await.is_err() {
            return;
        }
        let now = *mood.borrow();
        match (now, answer) {
            (Mood::CutAnswer, true) => return,
            (Mood::Swallow, true) => continue,
            _ => {}
        }
        let Some(some) = bytes.get(..count) else { return };
        if to.write_all(some).await.is_err() {
            return;
        }
    }
}

/// The `host:port` of an address, and the same address with another `host:port`.
///
/// # Errors
/// An address without a host.
pub(crate) fn host_of(url: &str) -> Result<String> {
    let (_, rest) = url.split_once("://").context("no scheme")?;
    let place = rest.split(['/', '?']).next().unwrap_or_default();
    Ok(place.rsplit('@').next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_found() {
        let rows = [
            ("postgres://sarafan@127.0.0.1:5432/x?y=1", "127.0.0.1:5432"),
            ("http://localhost:2583", "localhost:2583"),
            ("http://localhost:2583/", "localhost:2583"),
        ];
        for (url, expected) in rows {
            assert_eq!(host_of(url).unwrap(), expected);
        }
    }

    async fn echo() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.split();
                    let _ = tokio::io::copy(&mut from, &mut to).await;
                });
            }
        });
        address
    }

    #[tokio::test]
    async fn it_passes_refuses_and_cuts() {
        let proxy = Proxy::before(&echo().await).await.unwrap();
        let mut stream = TcpStream::connect(proxy.address).await.unwrap();
        let mut bytes = [0; 2];
        stream.write_all(b"hi").await.unwrap();
        stream.read_exact(&mut bytes).await.unwrap();
        assert_eq!(&bytes, b"hi");
        proxy.set(Mood::Refuse);
        assert_eq!(stream.read(&mut bytes).await.unwrap_or(0), 0, "what was open is cut");
        let mut late = TcpStream::connect(proxy.address).await.unwrap();
        assert_eq!(late.read(&mut bytes).await.unwrap_or(0), 0, "what is new is closed");
        proxy.set(Mood::CutAnswer);
        let mut cut = TcpStream::connect(proxy.address).await.unwrap();
        cut.write_all(b"hi").await.unwrap();
        assert_eq!(cut.read(&mut bytes).await.unwrap_or(0), 0);
    }
}
