//! Setting up, signing in and out, and the cookie.

use axum::http::StatusCode;
use serde_json::json;

use crate::world::{PASSWORD, World};

#[tokio::test]
async fn the_link_makes_the_owner_once() {
    let world = World::new().await;
    let state = world.stranger().get("/setup").await;
    assert_eq!((&state.body["needs_owner"], &state.body["languages"]), (&json!(true), &json!(["en", "ru", "pl"])));
    let link = world.app.setup_link().await.unwrap().unwrap();
    let token = link.split("token=").nth(1).unwrap();
    let owner = json!({ "token": token, "email": "a@e.org", "name": "Anna", "password": PASSWORD, "language": "ru" });
    let reply = world.stranger().post("/setup", owner.clone()).await;
    assert_eq!((reply.status, &reply.body["person"]["language"]), (StatusCode::OK, &json!("ru")));
    assert_eq!(reply.body["installation_owner"], true);
    let session = world.stranger().with_cookie(&reply).get("/session").await;
    assert_eq!(session.body["person"]["email"], "a@e.org");
    let again = world.stranger().post("/setup", owner).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "refused"));
    assert_eq!(world.stranger().get("/setup").await.body["needs_owner"], false);
}

#[tokio::test]
async fn the_cookie_comes_and_goes() {
    let world = World::new().await;
    let owner = world.owner("o@e.org").await;
    let session = owner.get("/session").await;
    assert_eq!(session.status, StatusCode::OK);
    let cookie = session.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"));
    let out = owner.ask("DELETE", "/session", None).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert!(out.header("set-cookie").starts_with("sarafan_session=; Path=/; Max-Age=0;"));
    assert_eq!(owner.get("/session").await.code(), "signed_out");
    let nobody = world.stranger().ask("DELETE", "/session", None).await;
    assert_eq!(nobody.status, StatusCode::NO_CONTENT, "signing out twice is no error");
}

#[tokio::test]
async fn by_https_the_cookie_is_secure() {
    let world = World::reached_by("https://sarafan.test").await;
    let owner = world.owner("o@e.org").await;
    assert!(owner.get("/session").await.header("set-cookie").ends_with("; Secure"));
}

#[tokio::test]
async fn a_made_up_token_opens_nothing() {
    let world = World::new().await;
    let mut caller = world.stranger();
    for token in ["sarafan_session=x", "sarafan_session=", "session=x"] {
        caller.cookie = Some(token.to_owned());
        assert_eq!(caller.get("/session").await.code(), "signed_out", "{token}");
    }
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let world = World::new().await;
    let one = world.owner("o@e.org").await;
    let reply = world.stranger().post("/session", json!({ "email": "o@e.org", "password": PASSWORD })).await;
    let other = world.stranger().with_cookie(&reply);
    let change = json!({ "password": { "old": PASSWORD, "new": "another good password" } });
    let changed = one.ask("PATCH", "/profile", Some(change)).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    assert_eq!(one.get("/session").await.status, StatusCode::OK);
    assert_eq!(other.get("/session").await.code(), "signed_out");
}
