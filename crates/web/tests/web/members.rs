//! Inviting, coming in, changing and leaving.

use axum::http::StatusCode;
use sarafan_domain::member::Role;
use serde_json::json;

use crate::world::{PASSWORD, World};

#[tokio::test]
async fn somebody_is_invited_and_comes_in() {
    let (world, owner, brand) = World::with_brand().await;
    let invited =
        owner.post(&format!("/brands/{brand}/invitations"), json!({ "email": "New@e.org", "role": "author" })).await;
    assert_eq!(invited.status, StatusCode::CREATED, "{}", invited.body);
    let url = invited.body["url"].as_str().unwrap();
    let token = url.strip_prefix("http://sarafan.test/invitations/").unwrap();
    let offer = world.stranger().get(&format!("/invitations/{token}")).await;
    assert_eq!(offer.body, json!({ "brand": "Zerno", "email": "new@e.org", "role": "author", "person_exists": false }));
    let person = json!({ "name": "New", "password": PASSWORD, "language": "pl" });
    let came = world.stranger().post(&format!("/invitations/{token}"), person.clone()).await;
    assert_eq!((came.status, &came.body["brands"][0]["role"]), (StatusCode::OK, &json!("author")));
    let again = world.stranger().post(&format!("/invitations/{token}"), person).await;
    assert_eq!(again.code(), "not_found", "a link is good once");

    let members = owner.get(&format!("/brands/{brand}/members")).await;
    assert_eq!(members.body["members"].as_array().unwrap().len(), 2);
    let id = came.body["person"]["id"].as_str().unwrap();
    let path = format!("/brands/{brand}/members/{id}");
    let changed = owner.ask("PATCH", &path, Some(json!({ "role": "manager" }))).await;
    assert_eq!(changed.body["role"], "manager", "{}", changed.body);
    let new = world.stranger().with_cookie(&came);
    assert_eq!(new.ask("DELETE", &path, None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(new.get(&format!("/brands/{brand}")).await.code(), "not_found", "who left sees it no more");
}

#[tokio::test]
async fn a_manager_makes_no_owner_and_the_last_owner_stays() {
    let (world, owner, brand) = World::with_brand().await;
    let manager = world.member(brand, Role::Manager).await;
    let path = format!("/brands/{brand}/invitations");
    let invited = manager.post(&path, json!({ "email": "x@e.org", "role": "owner" })).await;
    assert_eq!((invited.status, invited.code()), (StatusCode::FORBIDDEN, "may_not"));
    let id = owner.get("/session").await.body["person"]["id"].as_str().unwrap().to_owned();
    let left = owner.ask("DELETE", &format!("/brands/{brand}/members/{id}"), None).await;
    assert_eq!((left.status, left.code()), (StatusCode::CONFLICT, "refused"));
    assert_eq!(left.body["problems"][0]["code"], "last-owner");
}
