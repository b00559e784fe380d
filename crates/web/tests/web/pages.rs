//! The browser application and `/health`. Whether the application was built makes no difference to these tests.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::world::{Reply, World};

async fn get(world: &World, path: &str) -> Reply {
    world.stranger().send(Request::get(path).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn every_screen_is_the_same_page() {
    let world = World::new().await;
    let first = get(&world, "/").await;
    let built = first.status == StatusCode::OK;
    assert!(built || first.status == StatusCode::SERVICE_UNAVAILABLE);
    assert!(first.header("content-type").starts_with("text/html"));
    for path in ["/setup?token=x", "/b/018f/posts/018f", "/invitations/abc"] {
        let page = get(&world, path).await;
        assert_eq!((page.status, &page.bytes), (first.status, &first.bytes), "{path}");
    }
    assert_eq!(get(&world, "/assets/gone-123.js").await.status, StatusCode::NOT_FOUND);
    if built {
        assert_eq!(first.header("cache-control"), "no-cache");
        let again = Request::get("/").header("if-none-match", first.header("etag")).body(Body::empty()).unwrap();
        assert_eq!(world.stranger().send(again).await.status, StatusCode::NOT_MODIFIED);
    } else {
        println!("the browser application is not built; its page says how to");
        assert!(String::from_utf8(first.bytes).unwrap().contains("cargo xtask run"));
    }
}

#[tokio::test]
async fn pages_are_only_read() {
    let world = World::new().await;
    let reply = world.stranger().send(Request::post("/b/1").body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn health_needs_nobody_and_tells_that_no_worker_lives() {
    let world = World::new().await;
    let reply = get(&world, "/health").await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(reply.body["ok"], false);
    assert_eq!(reply.body["worker"]["alive"], false);
    assert_eq!(reply.body["queue"]["due"], 0);
}
