//! Who may come in where: every route, for nobody, for a member of another brand, and for every role.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use sarafan_domain::member::{Action, Role, may};
use serde_json::{Value, json};

use crate::openapi;
use crate::world::World;

/// An id that nothing has.
const NONE: &str = "01890000-0000-7000-8000-000000000000";

/// A route inside a brand: what it needs, and a body that can be read.
pub(crate) struct Row(pub(crate) &'static str, pub(crate) Action, pub(crate) fn() -> Option<Value>);

fn none() -> Option<Value> {
    None
}

fn empty() -> Option<Value> {
    Some(json!({}))
}

fn post() -> Option<Value> {
    Some(json!({ "version": 1, "content": { "text": "x" }, "channels": [] }))
}

fn version() -> Option<Value> {
    Some(json!({ "version": 1 }))
}

pub(crate) fn rows() -> Vec<Row> {
    use Action as A;
    vec![
        Row("GET /brands/{brand}", A::Read, none),
        Row("PATCH /brands/{brand}", A::BrandSettings, empty),
        Row("POST /brands/{brand}/pause", A::BrandPause, || Some(json!({ "paused": false }))),
        Row("GET /brands/{brand}/rubrics", A::Read, none),
        Row("POST /brands/{brand}/rubrics", A::BrandSettings, || Some(json!({ "name": "New" }))),
        Row("PATCH /brands/{brand}/rubrics/{id}", A::BrandSettings, || Some(json!({ "name": "New" }))),
        Row("DELETE /brands/{brand}/rubrics/{id}", A::BrandSettings, none),
        Row("GET /brands/{brand}/members", A::Read, none),
        Row("PATCH /brands/{brand}/members/{person}", A::MemberChange, || Some(json!({ "role": "author" }))),
        Row("DELETE /brands/{brand}/members/{person}", A::MemberChange, none),
        Row("POST /brands/{brand}/members/{person}/transfer", A::BrandTransfer, || {
            Some(json!({ "password": "correct horse battery" }))
        }),
        Row("PUT /brands/{brand}/members/{person}/channels", A::MemberChange, || Some(json!({ "channels": null }))),
        Row("POST /brands/{brand}/invitations", A::MemberChange, || {
            Some(json!({ "email": "i@e.org", "role": "author" }))
        }),
        Row("DELETE /brands/{brand}/invitations/{id}", A::MemberChange, none),
        Row("GET /brands/{brand}/channels", A::Read, none),
        Row("POST /brands/{brand}/channels/connect", A::ChannelConnect, || {
            Some(json!({ "network": "none", "fields": {} }))
        }),
        Row("GET /brands/{brand}/channels/connect/{connect}", A::ChannelConnect, none),
        Row("POST /brands/{brand}/channels/connect/{connect}", A::ChannelConnect, || {
            Some(json!({ "external_id": "x" }))
        }),
        Row("GET /brands/{brand}/channels/{id}", A::Read, none),
        Row("PATCH /brands/{brand}/channels/{id}", A::ChannelConnect, empty),
        Row("DELETE /brands/{brand}/channels/{id}", A::ChannelConnect, none),
        Row("POST /brands/{brand}/channels/{id}/pause", A::ChannelPause, none),
        Row("POST /brands/{brand}/channels/{id}/resume", A::ChannelPause, none),
        Row("POST /brands/{brand}/channels/{id}/check", A::ChannelPause, none),
        Row("PUT /brands/{brand}/channels/{id}/slots", A::ChannelConnect, || Some(json!([]))),
        Row("POST /brands/{brand}/channels/{id}/reconnect", A::ChannelConnect, || Some(json!({ "fields": {} }))),
        Row("GET /brands/{brand}/channels/{id}/stats", A::NumbersRead, none),
        Row("GET /brands/{brand}/posts", A::Read, none),
        Row("POST /brands/{brand}/posts", A::PostWrite, post),
        Row("GET /brands/{brand}/posts/{id}", A::Read, none),
        Row("PUT /brands/{brand}/posts/{id}", A::PostWrite, post),
        Row("DELETE /brands/{brand}/posts/{id}", A::PostDelete, none),
        Row("POST /brands/{brand}/posts/{id}/duplicate", A::PostWrite, none),
        Row("GET /brands/{brand}/posts/{id}/history", A::Read, none),
        Row("GET /brands/{brand}/posts/{id}/history/{version}", A::Read, none),
        Row("POST /brands/{brand}/posts/{id}/restore", A::PostWrite, || Some(json!({ "version": 1, "restore": 1 }))),
        Row("POST /brands/{brand}/posts/{id}/schedule", A::PostPublish, || {
            Some(json!({ "version": 1, "when": { "mode": "now" } }))
        }),
        Row("POST /brands/{brand}/posts/{id}/move", A::PostWrite, || {
            Some(json!({ "version": 1, "wall": "2026-12-02T10:00", "zone": "UTC" }))
        }),
        Row("POST /brands/{brand}/posts/{id}/unschedule", A::PostPublish, version),
        Row("POST /brands/{brand}/posts/check", A::Read, post),
        Row("POST /brands/{brand}/posts/repeat-preview", A::Read, || {
            let rule = json!({ "every": "day", "interval": 1, "end": { "kind": "never" } });
            Some(json!({ "wall": "2026-12-02T10:00", "zone": "UTC", "repeat": rule }))
        }),
        Row("POST /brands/{brand}/posts/typography", A::Read, || Some(json!({ "text": "x", "language": "en" }))),
        Row("GET /brands/{brand}/approvals", A::Read, none),
        Row("POST /brands/{brand}/approvals/approve", A::PostApprove, || Some(json!({ "posts": [] }))),
        Row("GET /brands/{brand}/approval-policy", A::Read, none),
        Row("PUT /brands/{brand}/approval-policy", A::BrandSettings, || Some(json!({ "required": false }))),
        Row("GET /brands/{brand}/posts/{id}/approval", A::Read, none),
        Row("POST /brands/{brand}/posts/{id}/submit", A::PostSubmit, empty),
        Row("POST /brands/{brand}/posts/{id}/approve", A::PostApprove, || Some(json!({ "seen": "x" }))),
        Row("POST /brands/{brand}/posts/{id}/ask-changes", A::PostApprove, || {
            Some(json!({ "seen": "x", "note": "shorter" }))
        }),
        Row("POST /brands/{brand}/posts/{id}/withdraw", A::PostSubmit, empty),
        Row("GET /brands/{brand}/review-links", A::ReviewLink, none),
        Row("POST /brands/{brand}/review-links", A::ReviewLink, || Some(json!({ "name": "Anna" }))),
        Row("POST /brands/{brand}/review-links/{id}/revoke", A::ReviewLink, none),
        Row("GET /brands/{brand}/card", A::PostWrite, none),
        Row("GET /brands/{brand}/card/picture", A::PostWrite, none),
        Row("GET /brands/{brand}/posts/{id}/comments", A::Read, none),
        Row("GET /brands/{brand}/posts/{id}/stats", A::NumbersRead, none),
        Row("GET /brands/{brand}/calendar", A::Read, none),
        Row("GET /brands/{brand}/today", A::Read, none),
        Row("GET /brands/{brand}/deliveries", A::Read, none),
        Row("GET /brands/{brand}/deliveries/{id}", A::Read, none),
        Row("POST /brands/{brand}/deliveries/{id}/retry", A::PostPublish, none),
        Row("POST /brands/{brand}/deliveries/{id}/cancel", A::PostPublish, none),
        Row("POST /brands/{brand}/deliveries/{id}/send-now", A::PostPublish, none),
        Row("POST /brands/{brand}/deliveries/{id}/resolve", A::DeliveryResolve, || Some(json!({ "outcome": "sent" }))),
        Row("POST /brands/{brand}/deliveries/{id}/delete", A::PostDelete, none),
        Row("POST /brands/{brand}/deliveries/{id}/update", A::PostPublish, none),
        Row("GET /brands/{brand}/assets", A::Read, none),
        Row("POST /brands/{brand}/assets", A::AssetWrite, none),
        Row("GET /brands/{brand}/assets/{id}", A::Read, none),
        Row("PATCH /brands/{brand}/assets/{id}", A::AssetWrite, empty),
        Row("DELETE /brands/{brand}/assets/{id}", A::AssetWrite, none),
        Row("GET /brands/{brand}/assets/{id}/uses", A::Read, none),
        Row("GET /brands/{brand}/assets/{id}/file", A::Read, none),
        Row("GET /brands/{brand}/assets/{id}/thumb", A::Read, none),
        Row("POST /brands/{brand}/plan/import", A::PlanImport, none),
        Row("GET /brands/{brand}/plan/export", A::Read, none),
        Row("GET /brands/{brand}/export", A::BrandExport, none),
        Row("GET /brands/{brand}/audit", A::AuditRead, none),
        Row("GET /brands/{brand}/audit/export", A::AuditRead, none),
        Row("GET /brands/{brand}/webhooks", A::BrandSettings, none),
        Row("POST /brands/{brand}/webhooks", A::BrandSettings, || {
            Some(json!({ "name": "x", "url": "https://example.org/", "topics": ["post.sent"] }))
        }),
        Row("GET /brands/{brand}/webhooks/{id}", A::BrandSettings, none),
        Row("PATCH /brands/{brand}/webhooks/{id}", A::BrandSettings, empty),
        Row("DELETE /brands/{brand}/webhooks/{id}", A::BrandSettings, none),
        Row("POST /brands/{brand}/webhooks/{id}/secret", A::BrandSettings, none),
        Row("POST /brands/{brand}/webhooks/{id}/test", A::BrandSettings, none),
        Row("GET /brands/{brand}/webhooks/{id}/messages", A::BrandSettings, none),
        Row("GET /brands/{brand}/webhooks/{id}/messages/{message}", A::BrandSettings, none),
        Row("POST /brands/{brand}/webhooks/{id}/messages/{message}/replay", A::BrandSettings, none),
        Row("GET /brands/{brand}/overview", A::NumbersRead, none),
        Row("GET /brands/{brand}/posts/{id}/notes", A::Discuss, none),
        Row("POST /brands/{brand}/posts/{id}/notes", A::Discuss, || Some(json!({ "text": "x" }))),
        Row("PUT /brands/{brand}/notes/{id}", A::Discuss, || Some(json!({ "text": "x" }))),
        Row("DELETE /brands/{brand}/notes/{id}", A::Discuss, none),
        Row("GET /brands/{brand}/tasks", A::Discuss, none),
        Row("POST /brands/{brand}/tasks", A::Discuss, || Some(json!({ "title": "x" }))),
        Row("GET /brands/{brand}/tasks/{id}", A::Discuss, none),
        Row("PUT /brands/{brand}/tasks/{id}", A::Discuss, || Some(json!({ "title": "x" }))),
        Row("DELETE /brands/{brand}/tasks/{id}", A::Discuss, none),
        Row("POST /brands/{brand}/tasks/{id}/done", A::Discuss, none),
        Row("DELETE /brands/{brand}/tasks/{id}/done", A::Discuss, none),
        Row("GET /brands/{brand}/notices", A::Read, none),
        Row("POST /brands/{brand}/notices/read", A::Read, none),
        Row("POST /brands/{brand}/notices/{id}/read", A::Read, none),
        Row("GET /brands/{brand}/notices/choices", A::Read, none),
        Row("PUT /brands/{brand}/notices/choices", A::Read, || Some(json!({ "hour": 9 }))),
        Row("GET /brands/{brand}/events", A::Read, none),
    ]
}

/// Routes that belong to no brand and need a session.
pub(crate) const WITH_SESSION: [&str; 35] = [
    "GET /session",
    "GET /audit",
    "GET /audit/export",
    "PATCH /profile",
    "GET /profile/messenger",
    "POST /profile/messenger",
    "DELETE /profile/messenger",
    "GET /time-zones",
    "GET /brands",
    "POST /brands",
    "POST /brands/import",
    "GET /pause",
    "POST /pause",
    "GET /networks",
    "GET /oauth/callback",
    "GET /tokens",
    "POST /tokens",
    "GET /tokens/own",
    "DELETE /tokens/{id}",
    "GET /sessions",
    "DELETE /sessions",
    "DELETE /sessions/{id}",
    "GET /factors",
    "POST /factors/totp",
    "POST /factors/totp/confirm",
    "POST /factors/totp/remove",
    "POST /factors/recovery",
    "POST /factors/passkeys",
    "POST /factors/passkeys/begin",
    "PATCH /factors/passkeys/{id}",
    "POST /factors/passkeys/{id}/remove",
    "GET /identities",
    "POST /identities/unlink",
    "POST /identities/allow",
    // Nothing more: a new route must be put here or among the rows.
    "",
];

pub(crate) fn split(row: &str) -> (&str, &str) {
    row.split_once(' ').unwrap()
}

pub(crate) fn filled(path: &str, brand: &str) -> String {
    let path = path.replace("{brand}", brand);
    let path = path.replace("{version}", "1");
    let path = ["{id}", "{person}", "{connect}", "{message}"].iter().fold(path, |path, name| path.replace(name, NONE));
    let asked = match path.rsplit('/').next() {
        Some("calendar") => "?from=2026-12-01&to=2026-12-31",
        Some("card" | "picture") => "?url=https%3A%2F%2F127.0.0.1%2F",
        _ => "",
    };
    path + asked
}

#[test]
fn every_route_is_in_the_table() {
    let document = serde_json::to_value(sarafan_web::document()).unwrap();
    let all: BTreeSet<String> = openapi::operations(&document)
        .into_iter()
        .filter(|(_, _, operation)| operation["security"] != json!([{}]))
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    let mut known: BTreeSet<String> = rows().iter().map(|row| row.0.to_owned()).collect();
    known.extend(WITH_SESSION.iter().filter(|row| !row.is_empty()).map(|row| (*row).to_owned()));
    assert_eq!(all.symmetric_difference(&known).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[tokio::test]
async fn nobody_comes_in_without_a_session() {
    let (world, _, brand) = World::with_brand().await;
    let bodies = rows().into_iter().map(|row| (row.0, (row.2)()));
    let others = WITH_SESSION.into_iter().filter(|row| !row.is_empty()).map(|row| (row, None));
    for (row, body) in bodies.chain(others) {
        let (method, path) = split(row);
        let reply = world.stranger().ask(method, &filled(path, &brand.to_string()), body).await;
        assert_eq!((reply.status, reply.code()), (StatusCode::UNAUTHORIZED, "signed_out"), "{row}");
    }
}

#[tokio::test]
async fn another_brand_does_not_exist() {
    let (world, _, brand) = World::with_brand().await;
    let other = world.owner("other@e.org").await;
    other.brand("Other").await;
    for row in rows() {
        let (method, path) = split(row.0);
        let reply = other.ask(method, &filled(path, &brand.to_string()), (row.2)()).await;
        assert_eq!((reply.status, reply.code()), (StatusCode::NOT_FOUND, "not_found"), "{} {}", row.0, reply.body);
        let nowhere = other.ask(method, &filled(path, NONE), (row.2)()).await;
        assert_eq!(nowhere.body["detail"], reply.body["detail"], "{}: nobody learns which brands exist", row.0);
    }
}

#[tokio::test]
async fn every_role_may_what_it_may() {
    let (world, owner, brand) = World::with_brand().await;
    for role in Role::ALL {
        let member = world.member(brand, role).await;
        let made = owner.post(&format!("/brands/{brand}/posts"), json!({ "content": { "text": "x" } })).await;
        let draft = format!("/posts/{}", made.body["id"].as_str().unwrap());
        for row in rows().into_iter().filter(|row| !row.0.ends_with("/events")) {
            let (method, path) = split(row.0);
            let path = filled(&path.replace("/posts/{id}", &draft), &brand.to_string());
            let reply = member.ask(method, &path, (row.2)()).await;
            let refused = reply.status == StatusCode::FORBIDDEN && reply.code() == "may_not";
            assert_eq!(!refused, may(role, row.1), "{} as {}: {} {}", row.0, role.code(), reply.status, reply.body);
            assert!(!reply.status.is_server_error(), "{} as {}: {}", row.0, role.code(), reply.body);
        }
    }
}

#[tokio::test]
async fn things_of_another_brand_are_not_found_in_ones_own() {
    let (world, owner, brand) = World::with_brand().await;
    let made = owner.post(&format!("/brands/{brand}/posts"), json!({ "content": { "text": "secret" } })).await;
    let id = made.body["id"].as_str().unwrap();
    let rubric = owner.get(&format!("/brands/{brand}/rubrics")).await.body[0]["id"].as_str().unwrap().to_owned();
    let other = world.owner("other@e.org").await;
    let own = other.brand("Other").await;
    let rows = [
        ("GET", format!("/brands/{own}/posts/{id}"), None),
        ("GET", format!("/brands/{own}/posts/{id}/stats"), None),
        ("PUT", format!("/brands/{own}/posts/{id}"), post()),
        ("DELETE", format!("/brands/{own}/posts/{id}"), None),
        ("POST", format!("/brands/{own}/posts/{id}/duplicate"), None),
        ("GET", format!("/brands/{own}/posts/{id}/history"), None),
        ("GET", format!("/brands/{own}/posts/{id}/history/1"), None),
        ("POST", format!("/brands/{own}/posts/{id}/restore"), Some(json!({ "version": 1, "restore": 1 }))),
        ("POST", format!("/brands/{own}/posts/{id}/unschedule"), version()),
        ("GET", format!("/brands/{own}/posts/{id}/approval"), None),
        ("POST", format!("/brands/{own}/posts/{id}/submit"), empty()),
        ("POST", format!("/brands/{own}/posts/{id}/approve"), Some(json!({ "seen": "x" }))),
        ("POST", format!("/brands/{own}/posts/{id}/ask-changes"), Some(json!({ "seen": "x", "note": "shorter" }))),
        ("POST", format!("/brands/{own}/posts/{id}/withdraw"), empty()),
        ("PATCH", format!("/brands/{own}/rubrics/{rubric}"), Some(json!({ "name": "Mine" }))),
        ("DELETE", format!("/brands/{own}/rubrics/{rubric}"), None),
    ];
    for (method, path, body) in rows {
        let reply = other.ask(method, &path, body).await;
        assert_eq!(
            (reply.status, reply.code()),
            (StatusCode::NOT_FOUND, "not_found"),
            "{method} {path} {}",
            reply.body
        );
    }
}

#[tokio::test]
async fn only_owners_of_the_installation_make_brands_and_stop_everything() {
    let (world, owner, brand) = World::with_brand().await;
    let member = world.member(brand, Role::Owner).await;
    let new = json!({ "name": "X", "language": "en", "time_zone": "UTC", "country": "GB" });
    assert_eq!(member.post("/brands", new).await.code(), "may_not");
    assert_eq!(member.post("/pause", json!({ "paused": true })).await.code(), "may_not");
    assert_eq!(owner.post("/pause", json!({ "paused": true })).await.body["paused"], true);
    assert_eq!(member.get("/pause").await.body["paused"], true);
}
