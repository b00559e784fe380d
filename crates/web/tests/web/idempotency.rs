//! Requests with a key: done once, answered the same, in whichever process.

use axum::http::StatusCode;
use sarafan_app::idempotency::Begun;
use sarafan_web::Settings;
use serde_json::{Value, json};

use crate::world::{Caller, World};

fn draft(text: &str) -> Value {
    json!({ "content": { "text": text } })
}

async fn count(caller: &Caller, path: &str) -> usize {
    caller.get(path).await.body["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_repeated_request_does_nothing_twice() {
    let (world, owner, brand) = World::with_brand().await;
    let path = format!("/brands/{brand}/posts");
    let keyed = owner.clone().with("idempotency-key", "one");
    let first = keyed.post(&path, draft("x")).await;
    assert_eq!((first.status, first.header("idempotency-replayed")), (StatusCode::CREATED, ""), "{}", first.body);
    let twin = world.twin(Settings::default()).await;
    for caller in [keyed.clone(), keyed.at(&twin)] {
        let again = caller.post(&path, draft("x")).await;
        assert_eq!((again.status, again.header("idempotency-replayed")), (StatusCode::CREATED, "true"));
        assert_eq!(
            (again.bytes, again.headers.get("content-type")),
            (first.bytes.clone(), first.headers.get("content-type"))
        );
    }
    assert_eq!(count(&owner, &path).await, 1);

    let other = keyed.post(&path, draft("y")).await;
    assert_eq!(
        (other.status, &other.body["problems"][0]["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("idempotency-other"))
    );
    let elsewhere = keyed.post(&format!("{path}?x=1"), draft("x")).await;
    assert_eq!(elsewhere.body["problems"][0]["code"], "idempotency-other", "another address is another request");
    let second = owner.clone().with("idempotency-key", "two").post(&path, draft("x")).await;
    assert_ne!(second.body["id"], first.body["id"]);
    let stranger = world.owner("other@e.org").await;
    let own = stranger.brand("Own").await;
    let theirs = stranger.with("idempotency-key", "one").post(&format!("/brands/{own}/posts"), draft("x")).await;
    assert_eq!(theirs.status, StatusCode::CREATED, "everybody has their own keys: {}", theirs.body);
}

#[tokio::test]
async fn a_refused_request_frees_its_key() {
    let (world, owner, brand) = World::with_brand().await;
    let path = format!("/brands/{brand}/rubrics");
    let keyed = owner.clone().with("idempotency-key", "k");
    let refused = keyed.post(&path, json!({ "name": "" })).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let same = keyed.post(&path, json!({ "name": "" })).await;
    assert_eq!(same.header("idempotency-replayed"), "", "what was refused is looked at anew");
    assert_eq!(keyed.post(&path, json!({ "name": "New" })).await.status, StatusCode::CREATED);
    let reading = keyed.get(&path).await;
    assert_eq!((reading.status, reading.header("idempotency-replayed")), (StatusCode::OK, ""), "reading needs no key");
    for bad in ["a b", &"x".repeat(256)] {
        let reply = owner.clone().with("idempotency-key", bad).post(&path, json!({ "name": "Bad" })).await;
        assert_eq!(reply.body["problems"][0]["code"], "idempotency-key-bad", "{bad}");
    }
    let nobody = world.stranger().with("idempotency-key", "k").post(&path, json!({})).await;
    assert_eq!(nobody.code(), "signed_out");
}

#[tokio::test]
async fn a_secret_in_an_answer_is_sealed_and_repeated() {
    let (world, owner, _) = World::with_brand().await;
    let keyed = owner.with("idempotency-key", "t");
    let input = json!({ "name": "x", "scopes": ["brand:read"] });
    let made = keyed.post("/tokens", input.clone()).await;
    let token = made.body["token"].as_str().unwrap().to_owned();
    assert_eq!(keyed.post("/tokens", input).await.body["token"], token.as_str());
    assert!(!world.everything_kept().windows(token.len()).any(|part| part == token.as_bytes()));
}

/// What was begun by a process that died, before and after it changed something.
#[tokio::test]
async fn after_a_crash_nothing_is_done_twice() {
    let (world, owner, brand) = World::with_brand().await;
    let session = owner.cookie.clone().unwrap();
    let token = session.split('=').nth(1).unwrap();
    let (mut actor, _) = world.app.actor(token).await.unwrap();
    for (acted, key) in [(false, "idle"), (true, "done")] {
        let hash = vec![7; 32];
        let Begun::Run(run) = world.app.begin_run(&actor, key, hash.clone()).await.unwrap() else {
            panic!("it is new")
        };
        actor.run = Some(run);
        if acted {
            world.app.pause_brand(&actor, brand, true, None).await.unwrap();
        }
        let code = async || match world.app.begin_run(&actor, key, hash.clone()).await {
            Ok(Begun::Run(_)) => "run".to_owned(),
            Ok(Begun::Replay(_)) => "replay".to_owned(),
            Err(sarafan_app::AppError::Refused(problem)) => problem.code.to_string(),
            Err(other) => format!("{other:?}"),
        };
        assert_eq!(code().await, "idempotency-running", "{key}");
        world.pass(61);
        assert_eq!(code().await, if acted { "idempotency-lost" } else { "run" }, "{key}");
        let late = world.app.pause_brand(&actor, brand, true, None).await;
        assert_eq!(late.is_err(), !acted, "a run that has lost its key changes nothing any more");
        world.pass(24 * 3600);
        assert_eq!(code().await, "run", "{key} is forgotten after a day");
    }
}
