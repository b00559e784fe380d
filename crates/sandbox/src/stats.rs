//! What came in, for tests and benches: how many requests and posts, how many posts stand there twice, and when each
//! one arrived.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::Ordering;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::room::{Room, Sandbox};

/// One network in numbers.
#[derive(Debug, Serialize)]
pub(crate) struct Numbers {
    /// Requests of clients, failed ones too.
    requests: u64,
    /// Posts that visitors see on the walls; an album is one, a thread has one and its parts are comments.
    posts: usize,
    /// Comments, ours and the visitors'.
    comments: usize,
    /// Posts with words that an earlier one on the same wall has, too.
    duplicates: usize,
    /// Each post, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    received: Option<Vec<Received>>,
}

/// A post and the moment at which its request arrived.
#[derive(Debug, Serialize)]
struct Received {
    account: String,
    id: String,
    title: String,
    text: String,
    received_at: String,
}

/// Which numbers are wanted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    /// Each post with the moment it arrived.
    #[serde(default)]
    posts: bool,
    /// The same for our comments and the parts of threads.
    #[serde(default)]
    parts: bool,
}

/// Texts are cut: whoever looks for a post put a mark at its beginning.
const TEXT_MAX: usize = 200;

fn numbers(room: &Room, wanted: &Wanted) -> Numbers {
    let wall = room.wall();
    let ours: Vec<_> = wall.posts.iter().filter(|post| !post.visitor).collect();
    let mut seen: HashMap<(&str, &str, Option<&str>), usize> = HashMap::new();
    for post in ours.iter().filter(|post| !post.text.is_empty()) {
        *seen.entry((&post.account, &post.text, post.parent.as_deref())).or_default() += 1;
    }
    let received = |post: &&&sarafan_network::play::WallPost| Received {
        account: post.account.clone(),
        id: post.id.clone(),
        title: post.title.chars().take(TEXT_MAX).collect(),
        text: post.text.chars().take(TEXT_MAX).collect(),
        received_at: post.at.map(|at| at.to_string()).unwrap_or_default(),
    };
    let posts = ours.iter().filter(|post| post.is_shown());
    Numbers {
        requests: room.requests.load(Ordering::Relaxed),
        posts: posts.clone().count(),
        comments: wall.posts.iter().filter(|post| post.parent.is_some()).count(),
        duplicates: seen.values().map(|count| count - 1).sum(),
        received: wanted.posts.then(|| {
            let parts = ours.iter().filter(|post| wanted.parts && post.parent.is_some());
            posts.clone().chain(parts).map(|post| received(&post)).collect()
        }),
    }
}

/// `GET /stats`
pub(crate) async fn all(State(sandbox): State<Sandbox>, Query(wanted): Query<Wanted>) -> Response {
    let all: BTreeMap<&str, Numbers> = sandbox.rooms().map(|room| (room.player.id(), numbers(room, &wanted))).collect();
    Json(serde_json::json!({ "networks": all })).into_response()
}

/// `GET /stats/<network>`
pub(crate) async fn one(
    State(sandbox): State<Sandbox>,
    Path(network): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Response {
    match sandbox.room(&network) {
        Some(room) => Json(numbers(room, &wanted)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
