//! Posts: writing together without losing text, lists in pages, and what only helps while writing.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::world::World;

fn post(text: &str) -> Value {
    json!({ "content": { "text": text, "language": "ru" }, "channels": [] })
}

#[tokio::test]
async fn a_draft_is_written_read_copied_and_removed() {
    let (_world, owner, brand) = World::with_brand().await;
    let posts = format!("/brands/{brand}/posts");
    let made = owner.post(&posts, post("Открываемся!\nЗавтра.")).await;
    assert_eq!((made.status, &made.body["state"]), (StatusCode::CREATED, &json!("draft")), "{}", made.body);
    let path = format!("{posts}/{}", made.body["id"].as_str().unwrap());
    assert_eq!(owner.get(&path).await.body["content"]["text"], "Открываемся!\nЗавтра.");
    let copy = owner.ask("POST", &format!("{path}/duplicate"), None).await;
    assert_eq!(copy.status, StatusCode::CREATED);
    assert_eq!(owner.get(&posts).await.body["items"][0]["title"], "Открываемся!");
    assert_eq!(owner.ask("DELETE", &path, None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(owner.get(&path).await.code(), "not_found");
}

#[tokio::test]
async fn two_people_editing_one_post_lose_nothing() {
    let (_world, owner, brand) = World::with_brand().await;
    let made = owner.post(&format!("/brands/{brand}/posts"), post("first")).await;
    let path = format!("/brands/{brand}/posts/{}", made.body["id"].as_str().unwrap());
    let write = |text: &str| {
        let mut body = post(text);
        body["version"] = made.body["version"].clone();
        body["schedule"] = json!(null);
        body
    };
    let one = owner.ask("PUT", &path, Some(write("hers"))).await;
    assert_eq!(one.status, StatusCode::OK, "{}", one.body);
    let other = owner.ask("PUT", &path, Some(write("his"))).await;
    assert_eq!((other.status, other.code()), (StatusCode::CONFLICT, "conflict"));
    assert_eq!(other.body["current"]["content"]["text"], "hers");
    assert_eq!(other.body["current"]["version"], one.body["version"]);
    let when = json!({ "version": made.body["version"], "wall": "2026-12-02T10:00", "zone": "Europe/Moscow" });
    let moved = owner.post(&format!("{path}/move"), when).await;
    assert_eq!((moved.status, moved.code()), (StatusCode::CONFLICT, "conflict"));
    assert_eq!(moved.body["current"]["content"]["text"], "hers");
}

#[tokio::test]
async fn lists_come_in_pages_that_end() {
    let (_world, owner, brand) = World::with_brand().await;
    let posts = format!("/brands/{brand}/posts");
    for n in 0..5 {
        owner.post(&posts, post(&format!("post {n}"))).await;
    }
    for sort in ["due", "updated"] {
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = owner.get(&format!("{posts}?limit=2&sort={sort}{cursor}")).await;
            let items = page.body["items"].as_array().unwrap();
            assert!(items.len() <= 2);
            seen.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
            match page.body["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 5, "{sort}");
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 5, "{sort}");
    }
}

#[tokio::test]
async fn what_cannot_be_scheduled_says_why() {
    let (_world, owner, brand) = World::with_brand().await;
    let made = owner.post(&format!("/brands/{brand}/posts"), post("text")).await;
    let path = format!("/brands/{brand}/posts/{}/schedule", made.body["id"].as_str().unwrap());
    let reply = owner.post(&path, json!({ "version": 1, "when": { "mode": "now" } })).await;
    assert_eq!((reply.status, reply.code()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid"));
    assert_eq!(reply.body["problems"][0]["code"], "channels-none");
}

#[tokio::test]
async fn repeat_dates_keep_the_hour_across_the_clock_change() {
    let (_world, owner, brand) = World::with_brand().await;
    let rule = json!({
        "wall": "2027-03-27T02:30", "zone": "Europe/Warsaw",
        "repeat": { "every": "day", "interval": 1, "weekdays": [], "end": { "kind": "count", "count": 3 } }
    });
    let reply = owner.post(&format!("/brands/{brand}/posts/repeat-preview"), rule).await;
    let dates = reply.body["dates"].as_array().unwrap();
    let shifted: Vec<bool> = dates.iter().map(|date| date["shifted"].as_bool().unwrap()).collect();
    assert_eq!(shifted, [false, true, false], "{}", reply.body);
}

#[tokio::test]
async fn typography_is_mended() {
    let (_world, owner, brand) = World::with_brand().await;
    let text = json!({ "text": "\"Зерно\" - это кофе", "language": "ru" });
    let reply = owner.post(&format!("/brands/{brand}/posts/typography"), text).await;
    assert!(reply.body["text"].as_str().unwrap().starts_with("«Зерно»"), "{}", reply.body);
}

#[tokio::test]
async fn the_calendar_and_the_day_answer() {
    let (_world, owner, brand) = World::with_brand().await;
    let body = json!({
        "content": { "text": "planned" }, "schedule": { "wall": "2026-12-02T10:00", "zone": "Europe/Moscow" }
    });
    owner.post(&format!("/brands/{brand}/posts"), body).await;
    let month = owner.get(&format!("/brands/{brand}/calendar?from=2026-12-01&to=2027-01-10")).await;
    assert_eq!(month.body["items"][0]["wall"], "2026-12-02T10:00", "{}", month.body);
    assert!(month.body["holidays"].as_array().unwrap().iter().any(|day| day["date"] == "2027-01-01"));
    let today = owner.get(&format!("/brands/{brand}/today")).await;
    assert_eq!((today.status, &today.body["zone"]), (StatusCode::OK, &json!("Europe/Moscow")));
}
