//! Requests of clients: `/<network>/...` goes to the network's player, through the faults.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;
use jiff::Timestamp;
use sarafan_network::play::{Answer, Asked, Wall};
use serde_json::Value;

use crate::faults::Hit;
use crate::pages::{hidden, origin, wall_address};
use crate::room::{Room, Sandbox, trim};
use crate::server::cut;

/// Larger than the largest file that any network takes.
const MOST_BYTES: usize = 128 << 20;

/// Whatever has no route of its own.
pub(crate) async fn answer(State(sandbox): State<Sandbox>, request: Request) -> Response {
    // Lateness is measured here: everything after this is our own doing.
    let now = Timestamp::now();
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let (id, rest) = path.trim_start_matches('/').split_once('/').unwrap_or((path.trim_start_matches('/'), ""));
    let Some(room) = sandbox.room(id) else { return hidden(StatusCode::NOT_FOUND) };
    room.count();
    let Ok(body) = to_bytes(body, MOST_BYTES).await else { return hidden(StatusCode::PAYLOAD_TOO_LARGE) };
    let asked = Asked {
        method: parts.method.as_str().to_owned(),
        path: format!("/{rest}"),
        query: parts.uri.query().map(pairs).unwrap_or_default(),
        headers: headers(&parts.headers),
        body,
        root: format!("{}/{id}", origin(&parts.headers)),
    };
    let (hit, latency) = {
        let mut faults = room.faults();
        (faults.hit(room.player.publishes(&asked), now), faults.latency())
    };
    let response = act(room, &asked, hit, now).await;
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    response
}

async fn act(room: &Room, asked: &Asked, hit: Hit, now: Timestamp) -> Response {
    match hit {
        Hit::None => {
            let answer = play(room, asked, now);
            look_at_the_wall(room, asked, &answer).unwrap_or_else(|| shown(answer))
        }
        Hit::RateLimited(seconds) => shown(room.player.rate_limited(seconds)),
        Hit::Expired => shown(room.player.expired()),
        Hit::DropBefore => cut(),
        Hit::Failed => (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error").into_response(),
        Hit::Garbage => shown(garbage()),
        Hit::FailedAfter => {
            play(room, asked, now);
            (StatusCode::BAD_GATEWAY, "Bad Gateway").into_response()
        }
        Hit::Silent => {
            play(room, asked, now);
            // Until the client has had enough and hangs up.
            std::future::pending().await
        }
        Hit::CutAfter => {
            play(room, asked, now);
            cut()
        }
    }
}

fn play(room: &Room, asked: &Asked, now: Timestamp) -> Answer {
    let mut wall = room.wall();
    let before = (wall.last_id, wall.posts.len(), wall.files.len());
    let answer = room.player.answer(&mut wall, asked, now);
    let after = (wall.last_id, wall.posts.len(), wall.files.len());
    if before != after {
        trim(&mut wall);
    }
    drop(wall);
    if asked.method != "GET" {
        room.changed();
    }
    answer
}

fn garbage() -> Answer {
    let body = Bytes::from_static(b"<!DOCTYPE html><html><head><title>It works!</title></head><body></body></html>");
    Answer { status: 200, headers: Vec::new(), mime: "text/html".to_owned(), body }
}

/// A person follows the address of a post: there is no page in the API, but there is a wall.
fn look_at_the_wall(room: &Room, asked: &Asked, answer: &Answer) -> Option<Response> {
    let person = asked.header("accept").is_some_and(|accept| accept.contains("text/html"));
    if answer.status != 404 || asked.method != "GET" || !person {
        return None;
    }
    let last = asked.path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let last = percent_encoding::percent_decode_str(last).decode_utf8_lossy().into_owned();
    let wall = room.wall();
    let (account, id) = find(&wall, &last)?;
    Some(Redirect::to(&wall_address(room.player.id(), account, Some(id))).into_response())
}

/// The post with this id, or with this word at the end of its address.
fn find<'a>(wall: &'a Wall, last: &str) -> Option<(&'a str, &'a str)> {
    let known = |post: &&sarafan_network::play::WallPost| {
        let slug = post.extra.get("slug").and_then(Value::as_str);
        post.id == last || slug == Some(last) || post.id.rsplit('/').next() == Some(last)
    };
    let post = wall.posts.iter().find(known).filter(|_| !last.is_empty())?;
    Some((&post.account, &post.id))
}

fn pairs(query: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn headers(map: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    map.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

fn shown(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if let Ok(mime) = HeaderValue::from_str(&answer.mime) {
        headers.insert(header::CONTENT_TYPE, mime);
    }
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.append(name, value);
        }
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // A played network may have a page to sign in with; it needs no more than a form.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}
