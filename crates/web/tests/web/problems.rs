//! Errors: their shape, their languages, and that nothing ever answers in plain text.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;

use crate::world::{PASSWORD, World};

#[tokio::test]
async fn a_problem_is_told_in_the_callers_language() {
    let world = World::new().await;
    let rows = [
        ("ru-RU,ru;q=0.9", "ru", "Вход не выполнен"),
        ("pl", "pl", "Nie zalogowano"),
        ("de,en;q=0.5", "en", "Signed out"),
        ("", "en", "Signed out"),
    ];
    for (accept, language, title) in rows {
        let reply = world.stranger().with("accept-language", accept).get("/brands").await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
        assert_eq!(reply.header("content-type"), "application/problem+json");
        assert_eq!(reply.header("content-language"), language);
        assert_eq!(reply.body["title"], title);
        assert_eq!(reply.body["type"], "urn:sarafan:signed_out");
        assert_eq!(reply.body["status"], 401);
        assert!(reply.body["detail"].as_str().unwrap().len() > 10, "{}", reply.body);
        assert!(reply.body["remedy"].is_string());
        assert_eq!((&reply.body["field"], &reply.body["problems"]), (&json!(null), &json!([])));
    }
}

#[tokio::test]
async fn the_persons_own_language_wins() {
    let (_world, owner, _) = World::with_brand().await;
    owner.ask("PATCH", "/profile", Some(json!({ "language": "pl" }))).await;
    let reply = owner.clone().with("accept-language", "ru").get("/brands/none").await;
    assert_eq!((reply.code(), reply.header("content-language")), ("not_found", "pl"));
}

#[tokio::test]
async fn whatever_is_sent_wrongly_is_a_problem_and_never_plain_text() {
    let (_world, owner, brand) = World::with_brand().await;
    let posts = format!("/api/v1/brands/{brand}/posts");
    let session = "/api/v1/session";
    let json = "application/json";
    let rows = [
        ("POST", session, json, "{", 400, "malformed", ""),
        ("POST", session, json, "{} {}", 422, "wrong", ""),
        ("POST", session, json, "{\"email\": 5, \"password\": \"x\"}", 422, "wrong", "email"),
        ("POST", session, "text/plain", "{}", 415, "media_type", ""),
        ("POST", session, "", "{}", 415, "media_type", ""),
        ("PUT", session, json, "{}", 405, "no_method", ""),
        ("GET", "/api/v1/nowhere", "", "", 404, "not_found", ""),
        ("GET", "/api/v2/brands", "", "", 404, "not_found", ""),
        ("GET", "/api", "", "", 404, "not_found", ""),
        ("GET", "/api/v1/brands/7", "", "", 404, "not_found", ""),
        ("GET", &format!("{posts}?limit=many"), "", "", 422, "wrong", ""),
        ("GET", &format!("{posts}?state=lost"), "", "", 422, "wrong", "state"),
        ("GET", &format!("{posts}?cursor=x"), "", "", 422, "invalid", "cursor"),
        ("POST", &posts, json, "{\"content\": {\"media\": [{\"asset\": 1}]}}", 422, "wrong", "content.media[0].asset"),
    ];
    for (method, path, kind, body, status, code, field) in rows {
        let mut request = Request::builder().method(method).uri(path);
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        let reply = owner.send(owner.dressed(request.body(Body::from(body.to_owned())).unwrap())).await;
        let got = (reply.status.as_u16(), reply.code(), reply.body["field"].as_str().unwrap_or_default());
        assert_eq!(got, (status, code, field), "{method} {path} {body}: {}", reply.body);
        assert_eq!(reply.header("content-type"), "application/problem+json", "{path}");
    }
}

#[tokio::test]
async fn a_refused_method_names_the_allowed_ones() {
    let world = World::new().await;
    let reply = world.stranger().ask("PATCH", "/session", Some(json!({}))).await;
    assert_eq!((reply.status, reply.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD,POST,DELETE"));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_with_its_limit() {
    let (_world, owner, brand) = World::with_brand().await;
    let json = format!("{{\"email\": \"{}\"}}", "a".repeat(2 * 1024 * 1024));
    let rows = [
        ("/api/v1/session".to_owned(), "application/json", json.into_bytes(), "2"),
        (format!("/api/v1/brands/{brand}/assets?name=x"), "image/png", vec![0; 1024 * 1024 + 1], "1"),
        (format!("/api/v1/brands/{brand}/plan/import"), "text/csv", vec![b'x'; 1024 * 1024 + 1], "1"),
    ];
    for (path, kind, body, megabytes) in rows {
        for announced in [true, false] {
            let length = body.len();
            let stream = futures::stream::iter(body.chunks(65536).map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec())));
            let mut request = Request::post(&path).header("content-type", kind);
            if announced {
                request = request.header("content-length", length);
            }
            let sent: Vec<_> = futures::StreamExt::collect(stream).await;
            let request = request.body(Body::from_stream(futures::stream::iter(sent))).unwrap();
            let reply = owner.send(owner.dressed(request)).await;
            assert_eq!((reply.status.as_u16(), reply.code()), (413, "too_large"), "{path} {}", reply.body);
            assert!(reply.body["detail"].as_str().unwrap().contains(megabytes), "{}", reply.body);
        }
    }
}

#[tokio::test]
async fn every_problem_of_a_form_is_told_with_its_field() {
    let world = World::new().await;
    let owner = world.owner("o@e.org").await;
    let new = json!({ "name": " ", "language": "ru", "time_zone": "Mars/Olympus", "country": "RU" });
    let reply = owner.post("/brands", new).await;
    assert_eq!((reply.status.as_u16(), reply.code()), (422, "invalid"));
    assert_eq!(reply.body["field"], "name");
    assert_eq!(reply.body["problems"][0]["code"], "name-empty");
    assert_eq!(reply.body["problems"][0]["message"], reply.body["detail"]);
}

#[tokio::test]
async fn too_many_tries_say_how_long_to_wait() {
    let world = World::new().await;
    world.owner("o@e.org").await;
    let wrong = json!({ "email": "o@e.org", "password": "wrong" });
    let mut last = world.stranger().post("/session", wrong.clone()).await;
    assert_eq!((last.status.as_u16(), last.body["problems"][0]["code"].as_str()), (422, Some("sign-in-wrong")));
    for _ in 0..5 {
        last = world.stranger().post("/session", wrong.clone()).await;
    }
    assert_eq!((last.status.as_u16(), last.code()), (429, "too_many"));
    assert!(last.header("retry-after").parse::<u64>().unwrap() > 0);
    let right = world.stranger().post("/session", json!({ "email": "o@e.org", "password": PASSWORD })).await;
    assert_eq!(right.code(), "too_many", "the right password does not help while one must wait");
}
