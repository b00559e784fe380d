//! What programs may: never more than their person, never outside their scopes and brands, never what is a person's own.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use sarafan_domain::member::Role;
use sarafan_domain::token::{Scope, allows};
use serde_json::json;

use crate::tenancy::{WITH_SESSION, filled, rows, split};
use crate::world::{Caller, PASSWORD, Reply, World};

fn codes(scopes: impl IntoIterator<Item = Scope>) -> Vec<&'static str> {
    scopes.into_iter().map(Scope::code).collect()
}

fn is_stream(row: &str) -> bool {
    row.ends_with("/events")
}

#[tokio::test]
async fn every_route_needs_its_scope() {
    let (_world, owner, brand) = World::with_brand().await;
    for missing in Scope::ALL {
        let others: Vec<Scope> = Scope::ALL.into_iter().filter(|scope| *scope != missing).collect();
        let program = owner.program(&codes(others.iter().copied()), None).await;
        for row in rows().into_iter().filter(|row| !is_stream(row.0)) {
            let (method, path) = split(row.0);
            let reply = program.ask(method, &filled(path, &brand.to_string()), (row.2)()).await;
            let refused = reply.status == StatusCode::FORBIDDEN && reply.code() == "out_of_scope";
            assert_eq!(refused, !allows(&others, row.1), "{} without {}: {}", row.0, missing.code(), reply.body);
            assert!(!refused || reply.body["detail"].as_str().unwrap().contains(missing.code()), "{}", reply.body);
        }
    }
}

#[tokio::test]
async fn a_program_of_another_brand_finds_nothing() {
    let (_world, owner, brand) = World::with_brand().await;
    let second = owner.brand("Second").await;
    let program = owner.program(&codes(Scope::ALL), Some(&[second])).await;
    for row in rows() {
        let (method, path) = split(row.0);
        let reply = program.ask(method, &filled(path, &brand.to_string()), (row.2)()).await;
        assert_eq!((reply.status, reply.code()), (StatusCode::NOT_FOUND, "not_found"), "{} {}", row.0, reply.body);
    }
    let seen = program.get("/brands").await;
    assert_eq!(seen.body.as_array().unwrap().iter().map(|one| &one["name"]).collect::<Vec<_>>(), ["Second"]);
}

#[tokio::test]
async fn what_is_a_persons_own_is_closed_to_programs() {
    let (_world, owner, brand) = World::with_brand().await;
    let program = owner.program(&codes(Scope::ALL), None).await;
    let open = ["GET /time-zones", "GET /brands", "GET /pause", "GET /networks", "GET /tokens/own"];
    for row in WITH_SESSION.into_iter().filter(|row| !row.is_empty()) {
        let (method, path) = split(row);
        let reply = program.ask(method, &filled(path, &brand.to_string()), Some(json!({}))).await;
        if open.contains(&row) {
            assert_eq!(reply.status, StatusCode::OK, "{row} {}", reply.body);
        } else if path == "/brands" || path == "/pause" {
            assert_ne!(reply.status, StatusCode::OK, "{row}");
        } else {
            assert_eq!((reply.status, reply.code()), (StatusCode::FORBIDDEN, "not_for_tokens"), "{row} {}", reply.body);
        }
    }
    let new = json!({ "name": "X", "language": "en", "time_zone": "UTC", "country": "GB" });
    assert_eq!(program.post("/brands", new).await.code(), "may_not", "brands are made by people");
    assert_eq!(program.post("/pause", json!({ "paused": true })).await.code(), "may_not");
    let change = json!({ "password": { "old": PASSWORD, "new": "another long password" } });
    assert_eq!(program.ask("PATCH", "/profile", Some(change)).await.code(), "not_for_tokens");
    let wide = json!({ "name": "Wider", "scopes": codes(Scope::ALL) });
    assert_eq!(program.post("/tokens", wide).await.code(), "not_for_tokens");
    let id = owner.get("/session").await.body["person"]["id"].as_str().unwrap().to_owned();
    let reader = owner.program(&["brand:read"], None).await;
    let left = reader.ask("DELETE", &format!("/brands/{brand}/members/{id}"), None).await;
    assert_eq!(left.code(), "out_of_scope", "a program does not take its person out of the team");
}

#[tokio::test]
async fn a_program_may_no_more_than_its_person() {
    let (world, owner, brand) = World::with_brand().await;
    let client = world.member(brand, Role::Client).await;
    let program = client.program(&codes(Scope::ALL), None).await;
    let written = program.post(&format!("/brands/{brand}/posts"), json!({ "content": { "text": "x" } })).await;
    assert_eq!(written.code(), "may_not");
    assert_eq!(program.get(&format!("/brands/{brand}")).await.body["may"], json!(["read", "post.approve"]));
    let members = owner.get(&format!("/brands/{brand}/members")).await;
    let id = members.body["members"].as_array().unwrap().iter().find(|one| one["role"] == "client").unwrap()["person"]
        ["id"]
        .clone();
    let path = format!("/brands/{brand}/members/{}", id.as_str().unwrap());
    assert_eq!(owner.ask("DELETE", &path, None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(program.get(&format!("/brands/{brand}")).await.code(), "not_found", "who left takes the program along");
}

#[tokio::test]
async fn a_token_is_shown_once_and_ends_when_it_is_revoked() {
    let (world, owner, brand) = World::with_brand().await;
    let input = json!({ "name": " Nightly import ", "scopes": ["posts:write", "posts:write"], "brands": [brand], "expires_in_days": 30 });
    let made = owner.post("/tokens", input).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let token = made.body["token"].as_str().unwrap().to_owned();
    assert!(token.starts_with("sfn_") && token.ends_with(made.body["ending"].as_str().unwrap()));
    assert_eq!((&made.body["name"], &made.body["scopes"]), (&json!("Nightly import"), &json!(["posts:write"])));
    let program = world.stranger().with("authorization", &format!("bearer {token}"));
    assert_eq!(program.get("/tokens/own").await.body["name"], "Nightly import");
    let listed = owner.get("/tokens").await;
    assert!(
        listed.body[0]["token"].is_null() && !listed.bytes.windows(token.len()).any(|part| part == token.as_bytes())
    );
    assert_eq!(listed.body[0]["used_at"], "2026-12-01T08:00:00.000Z");
    assert_eq!(listed.body[0]["expires_at"], "2026-12-31T08:00:00.000Z");
    let other = world.owner("other@e.org").await;
    let path = format!("/tokens/{}", made.body["id"].as_str().unwrap());
    assert_eq!(other.ask("DELETE", &path, None).await.code(), "not_found", "somebody else's");
    assert_eq!(owner.ask("DELETE", &path, None).await.status, StatusCode::NO_CONTENT);
    let after = program.get("/brands").await;
    assert_eq!((after.status, after.code()), (StatusCode::UNAUTHORIZED, "bad_token"));
    assert_eq!(after.header("www-authenticate"), "Bearer error=\"invalid_token\"");
}

#[tokio::test]
async fn bad_wishes_are_refused_in_words() {
    let (world, owner, _) = World::with_brand().await;
    let elsewhere = world.owner("other@e.org").await.brand("Other").await;
    let rows = [
        (json!({ "name": "x", "scopes": [] }), "token-scopes-none"),
        (json!({ "name": " ", "scopes": ["brand:read"] }), "name-empty"),
        (json!({ "name": "x", "scopes": ["brand:read"], "brands": [] }), "token-brands-bad"),
        (json!({ "name": "x", "scopes": ["brand:read"], "brands": [elsewhere] }), "token-brands-bad"),
        (json!({ "name": "x", "scopes": ["brand:read"], "expires_in_days": 0 }), "token-days-bad"),
    ];
    for (input, expected) in rows {
        let reply = owner.post("/tokens", input.clone()).await;
        assert_eq!(reply.body["problems"][0]["code"], expected, "{input} {}", reply.body);
    }
    assert_eq!(owner.post("/tokens", json!({ "name": "x", "scopes": ["all"] })).await.code(), "wrong");
}

async fn plain(caller: &Caller, headers: &[(&str, &str)], path: &str) -> Reply {
    let request = Request::post(format!("/api/v1{path}"))
        .header("host", "sarafan.test")
        .header("content-type", "application/json");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    caller.send(request.body(Body::from("{\"paused\": true}")).unwrap()).await
}

#[tokio::test]
async fn a_token_needs_no_origin_and_a_cookie_beside_it_counts_for_nothing() {
    let (world, owner, brand) = World::with_brand().await;
    let made = owner.post("/tokens", json!({ "name": "x", "scopes": ["brand:write"] })).await;
    let good = format!("Bearer {}", made.body["token"].as_str().unwrap());
    let path = format!("/brands/{brand}/pause");
    let cookie = owner.cookie.clone().unwrap();
    let rows = [
        (vec![("authorization", good.as_str())], StatusCode::OK),
        (
            vec![("authorization", &good), ("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")],
            StatusCode::OK,
        ),
        (vec![("authorization", &good), ("cookie", "sarafan_session=nonsense")], StatusCode::OK),
        (
            vec![("authorization", "Bearer nonsense"), ("cookie", &cookie), ("origin", "http://sarafan.test")],
            StatusCode::UNAUTHORIZED,
        ),
        (vec![("authorization", "Basic eDp5"), ("cookie", &cookie), ("origin", "http://sarafan.test")], StatusCode::OK),
    ];
    for (headers, expected) in rows {
        let reply = plain(&world.stranger(), &headers, &path).await;
        assert_eq!(reply.status, expected, "{headers:?} {}", reply.body);
    }
}
