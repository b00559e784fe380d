//! The content plan in and out.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;

use crate::world::{Caller, Reply, World};

const PLAN: &str = "id,at,text\nru-01,2026-12-05 10:00,Открываемся!\nru-02,2026-13-05 10:00,Когда?\n";

async fn import(caller: &Caller, path: String, kind: &str, body: impl Into<Body>) -> Reply {
    let request = Request::post(path).header("content-type", kind).body(body.into()).unwrap();
    caller.send(caller.dressed(request)).await
}

#[tokio::test]
async fn a_preview_saves_nothing_and_an_import_does() {
    let (_world, owner, brand) = World::with_brand().await;
    let path = |dry| format!("/api/v1/brands/{brand}/plan/import?dry_run={dry}");
    let preview = import(&owner, path(true), "text/csv", PLAN).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
    let rows = preview.body["rows"].as_array().unwrap();
    let ids: Vec<_> = rows.iter().map(|row| (row["id"].as_str().unwrap(), row["line"].as_u64().unwrap())).collect();
    assert_eq!(ids, [("ru-01", 2), ("ru-02", 3)]);
    assert_eq!(rows[1]["ok"], false);
    assert!(!rows[1]["problems"].as_array().unwrap().is_empty());
    assert_eq!(preview.body["saved"], false);
    assert_eq!(owner.get(&format!("/brands/{brand}/posts")).await.body["items"], json!([]));

    let saved = import(&owner, path(false), "text/csv", PLAN).await;
    assert_eq!(saved.body["saved"], true);
    assert!(saved.body["rows"][0]["post"].is_string(), "{}", saved.body);
    let again = import(&owner, path(false), "text/csv", PLAN).await;
    assert_eq!(again.body["rows"][0]["result"], "skipped", "the same file twice makes nothing twice");

    let file = owner.get(&format!("/brands/{brand}/plan/export")).await;
    assert!(file.header("content-type").starts_with("text/csv"));
    assert!(String::from_utf8(file.bytes).unwrap().contains("Открываемся!"));
}

#[tokio::test]
async fn a_plan_comes_with_its_pictures_as_a_form() {
    let (_world, owner, brand) = World::with_brand().await;
    let plan = "id,at,text,media,alt\n1,2026-12-05 10:00,Кот,lies.png,кот\n";
    let part = |name: &str, file: &str, body: &str| {
        format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\n{body}\r\n")
    };
    let body = format!("{}{}--b--\r\n", part("file", "plan.csv", plan), part("media", "lies.png", "<html>"));
    let path = format!("/api/v1/brands/{brand}/plan/import?dry_run=true");
    let reply = import(&owner, path.clone(), "multipart/form-data; boundary=b", body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    let codes: Vec<_> =
        reply.body["rows"][0]["problems"].as_array().unwrap().iter().map(|p| p["code"].clone()).collect();
    assert!(codes.iter().any(|code| code.as_str().unwrap().starts_with("file-")), "{codes:?}");
    let broken = import(&owner, path, "multipart/form-data", "no boundary").await;
    assert_eq!((broken.status, broken.code()), (StatusCode::BAD_REQUEST, "malformed"));
}

#[tokio::test]
async fn columns_and_dates_can_be_told() {
    let (_world, owner, brand) = World::with_brand().await;
    let plan = "Когда;Что;Прим\n05.12.2026 10:00;Открываемся!;x\n";
    let query = "dry_run=true&separator=semicolon&date_order=dmy&map=%D0%9A%D0%BE%D0%B3%D0%B4%D0%B0:at,%D0%A7%D1%82%D0%BE:text,%D0%9F%D1%80%D0%B8%D0%BC:";
    let path = format!("/api/v1/brands/{brand}/plan/import?{query}");
    let reply = import(&owner, path, "text/csv", plan).await;
    assert_eq!(reply.body["rows"][0]["at"], "2026-12-05T10:00", "{}", reply.body);
    for bad in ["encoding=utf-99", "separator=dot", "date_order=ydm", "map=a:b"] {
        let path = format!("/api/v1/brands/{brand}/plan/import?dry_run=true&{bad}");
        let reply = import(&owner, path, "text/csv", plan).await;
        let field = bad.split('=').next().unwrap();
        assert_eq!((reply.code(), reply.body["field"].as_str().unwrap()), ("wrong", field), "{}", reply.body);
    }
}

#[tokio::test]
async fn an_empty_file_is_a_problem() {
    let (_world, owner, brand) = World::with_brand().await;
    let reply = import(&owner, format!("/api/v1/brands/{brand}/plan/import"), "text/csv", "").await;
    assert_eq!((reply.status, reply.code()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid"), "{}", reply.body);
}
