//! The media library: files in and out.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use sarafan_domain::id::BrandId;
use serde_json::json;

use crate::world::{Caller, Reply, World};

/// A grey picture of two by two pixels.
const PNG: [u8; 71] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x02, 0x00, 0x00, 0x00, 0x02, 0x08, 0x00, 0x00, 0x00, 0x00, 0x57, 0xdd, 0x52, 0xf8, 0x00, 0x00, 0x00, 0x0e, 0x49,
    0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x68, 0x68, 0x60, 0x68, 0x68, 0x00, 0x00, 0x06, 0x06, 0x02, 0x01, 0x2c, 0xc1,
    0x50, 0xd7, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

async fn upload(caller: &Caller, brand: BrandId, name: &str, bytes: Vec<u8>) -> Reply {
    let path = format!("/api/v1/brands/{brand}/assets?name={name}&folder=coffee");
    let request = Request::post(path).header("content-type", "image/png").body(Body::from(bytes)).unwrap();
    caller.send(caller.dressed(request)).await
}

#[tokio::test]
async fn a_picture_goes_in_and_comes_out_as_it_was() {
    let (_world, owner, brand) = World::with_brand().await;
    let asset = upload(&owner, brand, "cup.png", PNG.to_vec()).await;
    assert_eq!(asset.status, StatusCode::CREATED, "{}", asset.body);
    assert_eq!((&asset.body["kind"], &asset.body["mime"]), (&json!("image"), &json!("image/png")));
    assert_eq!((&asset.body["width"], &asset.body["folder"]), (&json!(2), &json!("coffee")));
    let twice = upload(&owner, brand, "other.png", PNG.to_vec()).await;
    assert_eq!(twice.body["id"], asset.body["id"], "the same bytes twice are the same asset");

    let path = format!("/brands/{brand}/assets/{}", asset.body["id"].as_str().unwrap());
    let file = owner.get(&format!("{path}/file")).await;
    assert_eq!((file.status, file.bytes.as_slice()), (StatusCode::OK, PNG.as_slice()));
    assert_eq!(file.header("content-type"), "image/png");
    assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.header("cache-control"), "private, max-age=31536000, immutable");
    let thumb = owner.get(&format!("{path}/thumb?size=160")).await;
    assert!(thumb.header("content-type").starts_with("image/"), "{}", thumb.body);
    assert_eq!(owner.get(&format!("{path}/thumb?size=161")).await.code(), "not_found");
}

#[tokio::test]
async fn a_part_of_a_file_can_be_asked_for() {
    let (_world, owner, brand) = World::with_brand().await;
    let asset = upload(&owner, brand, "cup.png", PNG.to_vec()).await;
    let path = format!("/brands/{brand}/assets/{}/file", asset.body["id"].as_str().unwrap());
    let part = owner.clone().with("range", "bytes=1-3").get(&path).await;
    assert_eq!((part.status, part.bytes.as_slice()), (StatusCode::PARTIAL_CONTENT, b"PNG".as_slice()));
    assert_eq!(part.header("content-range"), format!("bytes 1-3/{}", PNG.len()));
}

#[tokio::test]
async fn what_is_not_what_it_pretends_to_be_is_refused() {
    let (_world, owner, brand) = World::with_brand().await;
    let rows: [(&str, &[u8]); 3] = [
        ("lies.png", b"<html><script>alert(1)</script></html>"),
        ("empty.png", b""),
        ("script.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>"),
    ];
    for (name, bytes) in rows {
        let reply = upload(&owner, brand, name, bytes.to_vec()).await;
        assert_eq!(
            (reply.status, reply.code()),
            (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            "{name} {}",
            reply.body
        );
        assert_ne!(reply.body["detail"], "", "{name}");
    }
    assert_eq!(owner.get(&format!("/brands/{brand}/assets")).await.body["items"], json!([]));
}

#[tokio::test]
async fn a_file_in_use_says_where() {
    let (_world, owner, brand) = World::with_brand().await;
    let asset = upload(&owner, brand, "cup.png", PNG.to_vec()).await;
    let id = asset.body["id"].as_str().unwrap();
    let patch = json!({ "alt": "A cup", "labels": ["cup"] });
    let changed = owner.ask("PATCH", &format!("/brands/{brand}/assets/{id}"), Some(patch)).await;
    assert_eq!(changed.body["alt"], "A cup");
    let post = json!({ "content": { "text": "Coffee", "media": [{ "asset": id, "alt": "A cup" }] } });
    owner.post(&format!("/brands/{brand}/posts"), post).await;
    let uses = owner.get(&format!("/brands/{brand}/assets/{id}/uses")).await;
    assert_eq!(
        (&uses.body["items"][0]["title"], &uses.body["items"][0]["thumb"]),
        (&json!("Coffee"), &json!(id)),
        "{}",
        uses.body
    );
    let page = owner.get(&format!("/brands/{brand}/assets?label=cup&kind=image")).await;
    assert_eq!((&page.body["items"][0]["used"], &page.body["folders"][0]["name"]), (&json!(1), &json!("coffee")));
}

#[tokio::test]
async fn no_name_of_a_file_is_a_path() {
    let (world, owner, brand) = World::with_brand().await;
    let before = world.files();
    for (n, name) in ["..%2F..%2Fcup.png", "%2Fetc%2Fcup.png", "C%3A%5Ccup.png", "..", "a%00b.png"].iter().enumerate() {
        // Other bytes each time: the same ones would be the same file.
        let bytes = [PNG.as_slice(), n.to_string().as_bytes()].concat();
        let asset = upload(&owner, brand, name, bytes).await;
        assert_eq!(asset.status, StatusCode::CREATED, "{name} {}", asset.body);
        let kept = asset.body["name"].as_str().unwrap();
        assert!(!kept.contains(['/', '\\', '\0']), "{name} became {kept}");
    }
    let after: Vec<String> = world.files().into_iter().filter(|file| !before.contains(file)).collect();
    assert!(after.len() >= 5, "{after:?}");
    assert!(after.iter().all(|file| file.starts_with("media/") && !file.contains("cup")), "{after:?}");
}
