//! The stream of events: it tells what happens, to those who may know, and it ends.

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use futures::StreamExt;
use sarafan_domain::id::BrandId;
use serde_json::json;
use tower::ServiceExt;

use crate::world::{Caller, World};

/// The frames of a stream, one `event: ...` each.
struct Frames(BodyDataStream);

impl Frames {
    async fn open(world: &World, caller: &Caller, brand: BrandId) -> Self {
        let request = Request::get(format!("/api/v1/brands/{brand}/events")).body(Body::empty()).unwrap();
        let response = world.router.clone().oneshot(caller.dressed(request)).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert!(response.headers().get("content-encoding").is_none());
        Self(response.into_body().into_data_stream())
    }

    /// The next frame; `None` when the stream has ended.
    async fn next(&mut self) -> Option<String> {
        let chunk = self.0.next().await?.unwrap();
        Some(String::from_utf8(chunk.to_vec()).unwrap())
    }
}

#[tokio::test]
async fn what_happens_in_the_brand_is_told_and_nothing_else() {
    let (world, owner, brand) = World::with_brand().await;
    let other = owner.brand("Other").await;
    let mut frames = Frames::open(&world, &owner, brand).await;
    let first = frames.next().await.unwrap();
    assert!(first.starts_with("event: health\n") && first.contains("\"version\""), "{first}");
    let post = |text: &str| json!({ "content": { "text": text } });
    owner.post(&format!("/brands/{other}/posts"), post("elsewhere")).await;
    let made = owner.post(&format!("/brands/{brand}/posts"), post("here")).await;
    let told = frames.next().await.unwrap();
    assert!(told.starts_with("event: post\n") && told.contains(made.body["id"].as_str().unwrap()), "{told}");
    assert!(told.contains("\"state\":\"draft\"") && told.contains("\"version\":1"), "{told}");
    owner.post(&format!("/brands/{brand}/pause"), json!({ "paused": true })).await;
    assert!(frames.next().await.unwrap().starts_with("event: brand\n"));
}

#[tokio::test]
async fn the_stream_ends_with_the_session() {
    let (world, owner, brand) = World::with_brand().await;
    let mut frames = Frames::open(&world, &owner, brand).await;
    frames.next().await.unwrap();
    owner.ask("DELETE", "/session", None).await;
    world.owner("second@e.org").await;
    let line = sarafan_app::Actor::command_line(sarafan_domain::language::Lang::En);
    world.app.pause_brand(&line, brand, true, None).await.unwrap();
    assert_eq!(frames.next().await, None);
}

#[tokio::test]
async fn the_stream_ends_when_the_program_stops() {
    let (world, owner, brand) = World::with_brand().await;
    let mut frames = Frames::open(&world, &owner, brand).await;
    frames.next().await.unwrap();
    world.stop.send(true).unwrap();
    assert_eq!(frames.next().await, None);
}

#[tokio::test]
async fn nobody_listens_to_another_brand() {
    let (world, _, brand) = World::with_brand().await;
    let other = world.owner("other@e.org").await;
    assert_eq!(other.get(&format!("/brands/{brand}/events")).await.code(), "not_found");
    assert_eq!(world.stranger().get(&format!("/brands/{brand}/events")).await.code(), "signed_out");
}

#[tokio::test]
async fn what_somebody_is_told_is_nobody_else_s_news() {
    let (world, owner, brand) = World::with_brand().await;
    let author = world.member(brand, sarafan_domain::member::Role::Author).await;
    let person = author.get("/session").await.body["person"]["id"].clone();
    let made = owner.post(&format!("/brands/{brand}/posts"), json!({ "content": { "text": "Fresh" } })).await;
    let notes = format!("/brands/{brand}/posts/{}/notes", made.body["id"].as_str().unwrap());
    let (mut own, mut theirs) = (Frames::open(&world, &author, brand).await, Frames::open(&world, &owner, brand).await);
    own.next().await.unwrap();
    theirs.next().await.unwrap();
    owner.post(&notes, json!({ "text": "@author, look", "mentions": [person] })).await;
    assert!(own.next().await.unwrap().starts_with("event: notice\n"));
    assert!(own.next().await.unwrap().starts_with("event: note\n"));
    assert!(theirs.next().await.unwrap().starts_with("event: note\n"), "the mention is not the owner's");
    let told = author.get(&format!("/brands/{brand}/notices")).await.body;
    assert_eq!((told["unread"].clone(), told["items"][0]["kind"].clone()), (json!(1), json!("mention")));
    assert_eq!(owner.get(&format!("/brands/{brand}/notices")).await.body["items"][0]["kind"], "member_joined");
}
