//! Security headers of every kind of answer.

use axum::body::Body;
use axum::http::Request;

use crate::world::{HOST, World};

#[tokio::test]
async fn every_answer_is_protected() {
    let world = World::new().await;
    for path in ["/", "/b/1/posts", "/api/v1/setup", "/api/v1/brands", "/health", "/nothing.js", "/api/x"] {
        let request = Request::get(path).header("host", HOST).body(Body::empty()).unwrap();
        let reply = world.stranger().send(request).await;
        let policy = reply.header("content-security-policy");
        assert!(policy.starts_with("default-src 'self'; script-src 'self';"), "{path} {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("object-src 'none'"), "{path}");
        assert!(!policy.contains("unsafe-eval") && !policy.contains("script-src 'self' "), "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(reply.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(reply.header("x-request-id").len(), 32, "{path}");
        assert!(reply.headers.get("strict-transport-security").is_none(), "{path}");
    }
}

#[tokio::test]
async fn what_the_api_answers_is_kept_nowhere() {
    let world = World::new().await;
    assert_eq!(world.stranger().get("/setup").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn by_https_browsers_are_told_to_stay_there() {
    let world = World::reached_by("https://smm.example.org").await;
    let reply = world.stranger().get("/setup").await;
    assert_eq!(reply.header("strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn the_request_number_is_ours() {
    let world = World::new().await;
    let reply = world.stranger().with("x-request-id", "theirs").get("/setup").await;
    assert_ne!(reply.header("x-request-id"), "theirs");
}

#[tokio::test]
async fn long_answers_are_compressed_for_those_who_can_read_them() {
    let world = World::new().await;
    let owner = world.owner("o@e.org").await;
    let plain = owner.get("/time-zones").await;
    assert_eq!(plain.header("content-encoding"), "");
    let small = owner.clone().with("accept-encoding", "gzip").get("/time-zones").await;
    assert_eq!(small.header("content-encoding"), "gzip");
    assert!(small.bytes.len() * 2 < plain.bytes.len());
}
