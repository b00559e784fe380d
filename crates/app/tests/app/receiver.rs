//! A program elsewhere: takes what it is told and answers as it was ordered.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What it was told.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    head: String,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl Told {
    /// A header; empty where it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find_map(|line| line.split_once(": ").filter(|(key, _)| *key == name));
        line.map_or("", |(_, value)| value)
    }
}

#[derive(Default)]
struct Inner {
    answers: VecDeque<u16>,
    told: Vec<Told>,
}

/// The receiver.
pub(crate) struct Receiver {
    inner: Arc<Mutex<Inner>>,
    pub(crate) url: String,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://localhost:{}/hooks", listener.local_addr().unwrap().port());
        let inner = Arc::<Mutex<Inner>>::default();
        let own = Arc::clone(&inner);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&own)));
            }
        });
        Self { inner, url }
    }

    /// The next answers; 200 after them.
    pub(crate) fn answers(&self, all: &[u16]) {
        self.inner.lock().unwrap().answers.extend(all);
    }

    /// What it was told since it was last asked.
    pub(crate) fn told(&self) -> Vec<Told> {
        std::mem::take(&mut self.inner.lock().unwrap().told)
    }
}

async fn answer(mut stream: TcpStream, inner: Arc<Mutex<Inner>>) {
    let mut all = Vec::new();
    let (head, text) = loop {
        let mut part = [0; 4096];
        let count = stream.read(&mut part).await.unwrap();
        all.extend_from_slice(&part[..count]);
        let text = String::from_utf8_lossy(&all).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let told = Told { head: head.to_owned(), text: String::new(), body: Value::Null };
        if body.len() >= told.header("content-length").parse().unwrap() {
            break (head.to_owned(), body.to_owned());
        }
    };
    let status = {
        let mut inner = inner.lock().unwrap();
        let body = serde_json::from_str(&text).unwrap();
        inner.told.push(Told { head, text, body });
        inner.answers.pop_front().unwrap_or(200)
    };
    let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 4\r\nconnection: close\r\n\r\nseen");
    let _ = stream.write_all(answer.as_bytes()).await;
}
