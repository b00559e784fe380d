//! A forgotten password through the API; the letter by the real aiosmtpd, behind `SARAFAN_TEST_MAIL`.

use axum::http::StatusCode;
use sarafan_app::Actor;
use sarafan_app::worker::Worker;
use sarafan_domain::language::Lang;
use serde_json::json;

use crate::world::{PASSWORD, World};

const NEXT: &str = "a quite other one";

#[tokio::test]
async fn a_link_lets_its_bearer_choose_a_password() {
    let world = World::new().await;
    let owner = world.owner("o@e.org").await;
    assert_eq!(world.stranger().get("/setup").await.body["mails"], false);
    let asked = world.stranger().post("/password-resets", json!({ "email": "o@e.org" })).await;
    assert_eq!((asked.status, asked.code()), (StatusCode::CONFLICT, "refused"), "nothing is mailed here");
    let link = world.app.reset_link(&Actor::command_line(Lang::En), "o@e.org").await.unwrap();
    let path = format!("/password-resets/{}", link.url.rsplit('/').next().unwrap());
    let stranger = world.stranger();
    assert_eq!(stranger.get(&path).await.body, json!({ "email": "o@e.org" }));
    assert_eq!(stranger.get("/password-resets/made-up").await.status, StatusCode::NOT_FOUND);
    let short = stranger.post(&path, json!({ "password": "short" })).await;
    assert_eq!(
        (short.status, &short.body["problems"][0]["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("password"))
    );
    let done = stranger.post(&path, json!({ "password": NEXT })).await;
    assert_eq!((done.status, done.header("set-cookie")), (StatusCode::NO_CONTENT, ""), "a link signs nobody in");
    assert_eq!(stranger.post(&path, json!({ "password": NEXT })).await.status, StatusCode::NOT_FOUND, "once");
    assert_eq!(owner.get("/session").await.code(), "signed_out");
    let old = stranger.post("/session", json!({ "email": "o@e.org", "password": PASSWORD })).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = stranger.post("/session", json!({ "email": "o@e.org", "password": NEXT })).await;
    assert_eq!(new.status, StatusCode::OK);
}

#[tokio::test]
async fn every_address_gets_the_same_answer() {
    // Nobody listens there: what is answered does not depend on it either.
    let world = World::with_mail("smtp://127.0.0.1:9?tls=none").await;
    world.owner("o@e.org").await;
    assert_eq!(world.stranger().get("/setup").await.body["mails"], true);
    let mut answers = Vec::new();
    for email in ["o@e.org", "nobody@e.org"] {
        for _ in 0..6 {
            let reply = world.stranger().post("/password-resets", json!({ "email": email })).await;
            let heads: Vec<String> = reply.headers.keys().map(ToString::to_string).collect();
            answers.push((email, reply.status, heads, reply.body));
        }
    }
    let (known, unknown) = answers.split_at(6);
    for (one, other) in known.iter().zip(unknown) {
        assert_eq!((one.1, &one.2), (other.1, &other.2));
        assert_eq!(one.3["detail"], other.3["detail"]);
    }
    let statuses: Vec<u16> = known.iter().map(|answer| answer.1.as_u16()).collect();
    assert_eq!(statuses, [204, 204, 204, 204, 204, 429], "five letters an hour");
}

#[tokio::test]
async fn a_real_letter_brings_the_link() {
    let Ok(text) = std::env::var("SARAFAN_TEST_MAIL") else { return };
    let real: serde_json::Value = serde_json::from_str(&text).unwrap();
    let world = World::with_mail(real["plain"].as_str().unwrap()).await;
    let email = format!("anna-{}@example.org", uuid::Uuid::now_v7().simple());
    world.owner(&email).await;
    let asked = world.stranger().post("/password-resets", json!({ "email": email })).await;
    assert_eq!(asked.status, StatusCode::NO_CONTENT, "{}", asked.body);
    Worker::new(world.app.clone()).drain().await.unwrap();
    let file = std::path::Path::new(real["folder"].as_str().unwrap()).join(format!("{email}.eml"));
    let letter = std::fs::read_to_string(&file).unwrap().replace("\r\n", "\n").replace("=\n", "");
    let token = letter.split("http://sarafan.test/password/").nth(1).unwrap().split_whitespace().next().unwrap();
    let done = world.stranger().post(&format!("/password-resets/{token}"), json!({ "password": NEXT })).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.body);
    Worker::new(world.app.clone()).drain().await.unwrap();
    let told = std::fs::read_to_string(&file).unwrap();
    assert!(!told.contains(token), "the second letter tells that it was changed, and opens nothing");
    let new = world.stranger().post("/session", json!({ "email": email, "password": NEXT })).await;
    assert_eq!(new.status, StatusCode::OK);
}
