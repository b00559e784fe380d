//! A stage: an [`Http`] on which a [`Player`] answers without a server. For tests of connectors; it shows that a
//! connector and its player understand each other, and nothing about the real network.

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use sarafan_domain::time::Timestamp;

use crate::door::body::encode;
use crate::http::{Http, HttpError, Reply, Request};
use crate::play::{Asked, Player, Wall};

/// Where a player stands, with its wall and everything it was asked.
pub struct Stage {
    player: &'static dyn Player,
    root: String,
    wall: Mutex<Wall>,
    asked: Mutex<Vec<Request>>,
    now: Mutex<Timestamp>,
}

impl Stage {
    /// A stage with an empty wall; the network's root is `http://sandbox.test/<id>`.
    pub fn new(player: &'static dyn Player, now: Timestamp) -> Self {
        Self {
            root: format!("http://sandbox.test/{}", player.id()),
            player,
            wall: Mutex::default(),
            asked: Mutex::default(),
            now: Mutex::new(now),
        }
    }

    /// The address of the network's root.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The wall, to look at and to write on as a visitor.
    pub fn wall(&self) -> MutexGuard<'_, Wall> {
        self.wall.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that was asked so far.
    pub fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets time pass for the player.
    pub fn set_now(&self, now: Timestamp) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

#[async_trait]
impl Http for Stage {
    async fn send(&self, request: Request) -> Result<Reply, HttpError> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(request.clone());
        let Some(rest) = request.url.strip_prefix(&self.root) else { return Err(HttpError::NotSent) };
        let rest = rest.split('#').next().unwrap_or_default();
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (mime, body) = encode(request.body);
        let mut headers: Vec<(String, String)> =
            request.headers.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
        headers.extend(mime.map(|mime| ("content-type".to_owned(), mime)));
        let asked = Asked {
            method: request.method.to_owned(),
            path: if path.is_empty() { "/".to_owned() } else { path.to_owned() },
            query: url::form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            headers,
            body,
            root: self.root.clone(),
        };
        let now = *self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = self.player.answer(&mut self.wall(), &asked, now);
        let mut headers = answer.headers;
        headers.push(("content-type".to_owned(), answer.mime));
        Ok(Reply { status: answer.status, headers, body: answer.body })
    }
}
