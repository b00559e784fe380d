//! Ids of another brand, on every route that takes one: in one's own brand they are not found, whoever one is there, and
//! nothing happens to what they name.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use bytes::Bytes;
use sarafan_app::Actor;
use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::{Delivery, Due};
use sarafan_domain::id::{BrandId, ChannelId, DeliveryId, PostId};
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;
use sarafan_store::{channels, deliveries};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::tenancy::{rows, split};
use crate::world::{Caller, World};

/// One thing of every kind that a brand has, by the word that stands before its id in a path.
async fn things(world: &World, owner: &Caller, brand: BrandId) -> BTreeMap<&'static str, String> {
    let id = |body: &Value| body["id"].as_str().unwrap().to_owned();
    let made = async |path: &str, body: Value| {
        let reply = owner.post(&format!("/brands/{brand}/{path}"), body).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.body);
        id(&reply.body)
    };
    let post = made("posts", json!({ "content": { "text": "theirs" } })).await;
    let rubric = made("rubrics", json!({ "name": "Theirs" })).await;
    let invitation = made("invitations", json!({ "email": "guest@e.org", "role": "client" })).await;
    let member = world.member(brand, Role::Author).await.get("/session").await.body["person"]["id"].clone();
    let desk = Actor::command_line(Lang::En);
    let asset = world.app.upload_asset(&desk, brand, "a.txt", "", Bytes::from("theirs")).await.unwrap().id;
    let (channel, delivery) = (ChannelId(Uuid::now_v7()), DeliveryId(Uuid::now_v7()));
    let of_channel = Channel {
        id: channel,
        brand,
        network: "telegram".into(),
        external_id: "theirs".into(),
        name: "Theirs".into(),
        handle: "@theirs".into(),
        url: None,
        state: ChannelState::Ok,
        reason: None,
        time_zone: "Europe/Moscow".into(),
        slots: Vec::new(),
        facts: json!({}),
        checked_at: None,
        health: None,
        expires_at: None,
        blocked_until: None,
    };
    let now = world.app.now();
    let due = Due { at: now, wall: "2027-01-15T11:00".parse().unwrap(), zone: "Europe/Moscow".into() };
    let of_delivery = Delivery::new(delivery, brand, post.parse::<PostId>().unwrap(), channel, due);
    world
        .store()
        .await
        .write(move |conn| {
            let (channel, delivery) = (of_channel.clone(), of_delivery.clone());
            Box::pin(async move {
                channels::insert(conn, &channel, now).await?;
                deliveries::insert(conn, &delivery).await
            })
        })
        .await
        .unwrap();
    BTreeMap::from([
        ("posts", post),
        ("rubrics", rubric),
        ("invitations", invitation),
        ("members", member.as_str().unwrap().to_owned()),
        ("assets", asset.to_string()),
        ("channels", channel.to_string()),
        ("deliveries", delivery.to_string()),
    ])
}

/// Everything of the brand as its owner sees it.
async fn seen(owner: &Caller, brand: BrandId, things: &BTreeMap<&str, String>) -> Vec<Value> {
    let mut all = Vec::new();
    for (kind, id) in things {
        let path = match *kind {
            "rubrics" | "members" => format!("/brands/{brand}/{kind}"),
            "invitations" => format!("/brands/{brand}/members"),
            _ => format!("/brands/{brand}/{kind}/{id}"),
        };
        let reply = owner.get(&path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path} {}", reply.body);
        all.push(reply.body);
    }
    all
}

/// The path with every id but the brand's replaced; `None` where it takes no other.
fn with_id(path: &str, brand: BrandId, id: &str) -> Option<String> {
    let rest = path.strip_prefix("/brands/{brand}/")?;
    let parts = rest.split('/').map(|part| if part.starts_with('{') { id } else { part });
    let filled = parts.collect::<Vec<_>>().join("/");
    (filled != rest).then(|| format!("/brands/{brand}/{filled}"))
}

#[tokio::test]
async fn ids_of_another_brand_are_not_found_on_any_route_for_any_role() {
    let (world, owner, theirs) = World::with_brand().await;
    let things = things(&world, &owner, theirs).await;
    let before = seen(&owner, theirs, &things).await;
    let other = world.owner("other@e.org").await;
    let own = other.brand("Other").await;
    let mut asked = 0;
    for role in Role::ALL {
        let member = world.other_member(own, role).await;
        for row in rows() {
            let (method, path) = split(row.0);
            for (kind, id) in &things {
                let Some(path) = with_id(path, own, id) else { continue };
                let reply = member.ask(method, &path, (row.2)()).await;
                let hidden = [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&reply.status);
                assert!(
                    hidden,
                    "{} with one of their {kind} as {}: {} {}",
                    row.0,
                    role.code(),
                    reply.status,
                    reply.body
                );
                asked += 1;
            }
        }
    }
    assert!(asked > 1000, "{asked}");
    assert_eq!(seen(&owner, theirs, &things).await, before, "nothing happened to what is theirs");
}

#[tokio::test]
async fn things_of_another_brand_cannot_be_put_into_ones_own() {
    let (world, owner, theirs) = World::with_brand().await;
    let things = things(&world, &owner, theirs).await;
    let other = world.owner("other@e.org").await;
    let own = other.brand("Other").await;
    let contents = [
        json!({ "content": { "text": "x" }, "channels": [things["channels"]] }),
        json!({ "content": { "text": "x", "rubric": things["rubrics"] } }),
        json!({ "content": { "text": "x", "media": [{ "asset": things["assets"], "alt": "" }] } }),
    ];
    for content in contents {
        let reply = other.post(&format!("/brands/{own}/posts"), content.clone()).await;
        assert!(reply.status.is_client_error(), "{content}: {} {}", reply.status, reply.body);
        assert!(!reply.body.to_string().contains("Theirs"), "{}", reply.body);
    }
}
