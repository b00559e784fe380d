//! Approval over HTTP: what was shown is what is approved, and a conflict brings the post as it stands.

use axum::http::StatusCode;
use sarafan_domain::member::Role;
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn nobody_approves_what_they_did_not_see() {
    let (world, owner, brand) = World::with_brand().await;
    let client = world.member(brand, Role::Client).await;
    let posts = format!("/brands/{brand}/posts");
    let made = owner.post(&posts, json!({ "content": { "text": "first" } })).await.body;
    let one = format!("{posts}/{}", made["id"].as_str().unwrap());
    let asked = owner.post(&format!("{one}/submit"), json!({ "note": "please" })).await;
    assert_eq!((asked.status, &asked.body["state"]), (StatusCode::OK, &json!("in_review")));
    let seen = asked.body["approval"]["hash"].clone();
    let changed = json!({ "version": 1, "content": { "text": "second" }, "channels": [] });
    assert_eq!(owner.ask("PUT", &one, Some(changed)).await.status, StatusCode::OK);
    let stale = client.post(&format!("{one}/approve"), json!({ "seen": seen })).await;
    assert_eq!((stale.status, stale.code()), (StatusCode::CONFLICT, "conflict"));
    let current = &stale.body["current"];
    assert_eq!(current["content"]["text"], "second");
    let seen = current["approval"]["hash"].clone();
    let no = client.post(&format!("{one}/ask-changes"), json!({ "seen": seen, "note": "" })).await;
    assert_eq!(
        (no.status, no.body["problems"][0]["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("note-empty"))
    );
    let many = json!({ "posts": [{ "post": made["id"], "seen": seen }] });
    let yes = client.post(&format!("/brands/{brand}/approvals/approve"), many).await;
    assert_eq!(yes.body["approved"], json!([made["id"]]));
    let list = client.get(&format!("/brands/{brand}/approvals?standing=approved")).await;
    assert_eq!(list.body["items"][0]["post"]["state"], "approved");
    let history = client.get(&format!("{one}/approval")).await;
    assert_eq!(
        (history.body["items"][0]["kind"].as_str(), &history.body["items"][0]["changed"]),
        (Some("approved"), &json!(false))
    );
}

#[tokio::test]
async fn a_brand_says_what_it_wants() {
    let (_world, owner, brand) = World::with_brand().await;
    let path = format!("/brands/{brand}/approval-policy");
    assert_eq!(
        owner.get(&path).await.body,
        json!({ "required": false, "when_due": "hold", "remind_hours": [24, 2], "channels": [] })
    );
    let wanted = json!({ "required": true, "when_due": "ask", "remind_hours": [2, 48] });
    let said = owner.ask("PUT", &path, Some(wanted)).await;
    assert_eq!(said.body["remind_hours"], json!([48, 2]));
    let bad = owner.ask("PUT", &path, Some(json!({ "required": true, "remind_hours": [9999] }))).await;
    assert_eq!(bad.body["problems"][0]["code"], "remind-hours-bad");
}

#[tokio::test]
async fn a_link_works_without_a_session_and_tells_nobody_of_itself() {
    let (world, owner, brand) = World::with_brand().await;
    let posts = format!("/brands/{brand}/posts");
    let made = owner.post(&posts, json!({ "content": { "text": "first" } })).await.body;
    let one = format!("{posts}/{}", made["id"].as_str().unwrap());
    let hash = owner.post(&format!("{one}/submit"), json!({})).await.body["approval"]["hash"].clone();
    let link = owner.post(&format!("/brands/{brand}/review-links"), json!({ "name": "Anna" })).await;
    assert_eq!((link.status, &link.body["state"]), (StatusCode::CREATED, &json!("open")));
    let url = link.body["url"].as_str().unwrap().to_owned();
    let token = url.rsplit('/').next().unwrap();
    let listed = owner.get(&format!("/brands/{brand}/review-links")).await;
    assert_eq!(listed.body["items"][0]["url"], json!(null), "it is shown once");
    let client = world.stranger();
    let path = format!("/reviews/{token}");
    let page = client.get(&path).await;
    assert_eq!((page.status, &page.body["name"]), (StatusCode::OK, &json!("Anna")));
    for (name, value) in [("referrer-policy", "no-referrer"), ("x-robots-tag", "noindex, nofollow")] {
        assert_eq!(page.headers[name], value, "{name}");
    }
    let shown = client.get(&format!("{path}/posts")).await;
    assert_eq!(shown.body["items"][0]["hash"], hash);
    let yes = client.post(&format!("{path}/approve"), json!({ "posts": [{ "post": made["id"], "seen": hash }] })).await;
    assert_eq!(yes.body["approved"], json!([made["id"]]));
    assert_eq!(owner.get(&one).await.body["approval"]["by"], "Anna");
    let id = link.body["id"].as_str().unwrap();
    owner.post(&format!("/brands/{brand}/review-links/{id}/revoke"), json!({})).await;
    let over = client.get(&path).await;
    assert_eq!((over.status, over.code()), (StatusCode::NOT_FOUND, "not_found"));
    assert_eq!(over.headers["referrer-policy"], "no-referrer", "nor when it is over");
}
