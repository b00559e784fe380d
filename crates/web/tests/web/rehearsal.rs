//! `?dry_run=true`: the same answer as the command, and nothing changes.

use axum::http::StatusCode;
use sarafan_domain::id::BrandId;
use serde_json::{Value, json};

use crate::world::{Caller, World};

/// A post to nowhere is enough to be refused; one that was scheduled needs a channel, which the app's tests have.
async fn draft(owner: &Caller, brand: BrandId) -> Value {
    owner.post(&format!("/brands/{brand}/posts"), json!({ "content": { "text": "x" } })).await.body
}

#[tokio::test]
async fn a_dry_run_is_refused_as_the_command_would_be_and_changes_nothing() {
    let (_world, owner, brand) = World::with_brand().await;
    let post = draft(&owner, brand).await;
    let path = format!("/brands/{brand}/posts/{}", post["id"].as_str().unwrap());
    let now = json!({ "version": post["version"], "when": { "mode": "now" } });
    let rehearsed = owner.post(&format!("{path}/schedule?dry_run=true"), now.clone()).await;
    let done = owner.post(&format!("{path}/schedule"), now).await;
    assert_eq!((rehearsed.status, done.status), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(rehearsed.body, done.body);
    assert_eq!(rehearsed.body["problems"][0]["code"], "channels-none");
    let old =
        owner.post(&format!("{path}/schedule?dry_run=true"), json!({ "version": 7, "when": { "mode": "now" } })).await;
    assert_ne!(old.status, StatusCode::OK);
    let called_off =
        owner.post(&format!("{path}/unschedule?dry_run=true"), json!({ "version": post["version"] })).await;
    assert_eq!(called_off.body["version"], json!(post["version"].as_i64().unwrap() + 1), "{}", called_off.body);
    assert_eq!(owner.get(&path).await.body["version"], post["version"]);
}
