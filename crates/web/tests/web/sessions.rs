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

#[tokio::test]
async fn devices_are_listed_and_signed_out() {
    let world = World::new().await;
    let one = world.owner("o@e.org").await;
    let credentials = json!({ "email": "o@e.org", "password": PASSWORD });
    let reply = world.stranger().with("user-agent", "curl/8.14.1").post("/session", credentials).await;
    let other = world.stranger().with_cookie(&reply);
    let all = one.get("/sessions").await;
    let all = all.body.as_array().unwrap();
    assert_eq!(all.iter().map(|one| &one["current"]).collect::<Vec<_>>(), [true, false]);
    assert_eq!((&all[1]["browser"], &all[1]["system"]), (&json!("curl"), &json!(null)));
    let path = format!("/sessions/{}", all[1]["id"].as_str().unwrap());
    assert_eq!(world.owner("x@e.org").await.ask("DELETE", &path, None).await.code(), "not_found", "somebody else's");
    assert_eq!(one.ask("DELETE", &path, None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(other.get("/session").await.code(), "signed_out");
    let third = world.stranger().post("/session", json!({ "email": "o@e.org", "password": PASSWORD })).await;
    let third = world.stranger().with_cookie(&third);
    assert_eq!(third.ask("DELETE", "/sessions", None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(one.get("/session").await.code(), "signed_out");
    assert_eq!(third.get("/sessions").await.body.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn two_steps_open_a_session() {
    let world = World::new().await;
    let owner = world.owner("o@e.org").await;
    let setup = owner.post("/factors/totp", json!({ "password": PASSWORD })).await;
    assert_eq!(setup.status, StatusCode::OK, "{}", setup.body);
    let secret = totp_rs::Secret::try_from_base32(setup.body["secret"].as_str().unwrap()).unwrap();
    let device = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let now = u64::try_from(world.app.now().as_second()).unwrap();
    let code = |step: u64| device.generate(now + 30 * step).to_string();
    let added = owner.post("/factors/totp/confirm", json!({ "code": code(0) })).await;
    assert_eq!(added.body["factors"]["two_steps"], true, "{}", added.body);
    let first = world.stranger().post("/session", json!({ "email": "o@e.org", "password": PASSWORD })).await;
    assert_eq!((first.status, first.header("set-cookie")), (StatusCode::ACCEPTED, ""), "no cookie before the end");
    assert_eq!(first.body["ways"], json!(["totp", "recovery"]));
    let proof =
        |code: String| json!({ "challenge": first.body["challenge"], "proof": { "way": "totp", "code": code } });
    let wrong = world.stranger().post("/session/second", proof("000000".to_owned())).await;
    assert_eq!(wrong.body["problems"][0]["code"], "factor-code-wrong");
    assert_eq!(wrong.body["problems"][0]["field"], "code");
    let second = world.stranger().post("/session/second", proof(code(1))).await;
    assert_eq!(second.status, StatusCode::OK, "{}", second.body);
    let session = world.stranger().with_cookie(&second).get("/session").await;
    assert_eq!(session.body["person"]["email"], "o@e.org");
    let codes = owner.post("/factors/recovery", json!({ "password": PASSWORD })).await;
    assert_eq!(codes.body["codes"].as_array().unwrap().len(), 10);
    let left = owner.post("/factors/totp/remove", json!({ "password": PASSWORD })).await;
    assert_eq!((&left.body["totp_since"], &left.body["two_steps"]), (&json!(null), &json!(false)));
}
