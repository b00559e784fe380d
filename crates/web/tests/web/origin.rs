//! Changes that another site asks for are refused.

use axum::body::Body;
use axum::http::Request;

use crate::world::{HOST, World};

/// Method and headers; allowed?
type Row<'a> = (&'a str, &'a [(&'a str, &'a str)], bool);

#[tokio::test]
async fn a_change_must_come_from_our_own_pages() {
    let (_world, owner, brand) = World::with_brand().await;
    let own = format!("http://{HOST}");
    let rows: [Row<'_>; 9] = [
        ("POST", &[("origin", &own)], true),
        ("POST", &[("sec-fetch-site", "same-origin")], true),
        ("POST", &[("origin", "https://evil.example")], false),
        ("POST", &[("origin", "null")], false),
        ("POST", &[("sec-fetch-site", "cross-site")], false),
        ("POST", &[("sec-fetch-site", "same-site"), ("origin", "http://sub.sarafan.test")], false),
        ("POST", &[], false),
        ("GET", &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")], true),
        ("GET", &[], true),
    ];
    for (method, headers, allowed) in rows {
        let path =
            if method == "GET" { format!("/api/v1/brands/{brand}") } else { format!("/api/v1/brands/{brand}/pause") };
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", HOST)
            .header("cookie", owner.cookie.clone().unwrap())
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let reply = owner.send(request.body(Body::from("{\"paused\": true}")).unwrap()).await;
        if allowed {
            assert_eq!(reply.status.as_u16(), 200, "{method} {headers:?} {}", reply.body);
        } else {
            assert_eq!((reply.status.as_u16(), reply.code()), (403, "cross_origin"), "{method} {headers:?}");
        }
    }
}

#[tokio::test]
async fn behind_a_proxy_the_public_address_counts() {
    let world = World::reached_by("https://smm.example.org").await;
    let request = Request::post("/api/v1/session")
        .header("host", "127.0.0.1:8080")
        .header("origin", "https://smm.example.org")
        .header("content-type", "application/json")
        .body(Body::from("{}"))
        .unwrap();
    let reply = world.stranger().send(request).await;
    assert_eq!((reply.status.as_u16(), reply.code()), (422, "wrong"));
}
