//! How much may be asked, and that every answer says what is left.

use axum::http::StatusCode;
use sarafan_web::{Rates, Settings};

use crate::world::World;

#[tokio::test]
async fn everybody_is_counted_apart_and_told_what_is_left() {
    let (world, owner, brand) = World::with_brand().await;
    let one = owner.program(&["brand:read"], None).await;
    let two = owner.program(&["brand:read"], None).await;
    let rates = Rates { token: 2, session: 3, address: 1 };
    let busy = world.twin(Settings { rates, ..Settings::default() }).await;
    let path = format!("/brands/{brand}");
    let (one, two, person, nobody) = (one.at(&busy), two.at(&busy), owner.at(&busy), busy.clone());
    for remaining in ["1", "0"] {
        let reply = one.get(&path).await;
        assert_eq!((reply.status, reply.header("ratelimit-limit")), (StatusCode::OK, "2"), "{}", reply.body);
        assert_eq!(reply.header("ratelimit-remaining"), remaining);
    }
    let over = one.clone().with("accept-language", "pl").get(&path).await;
    assert_eq!((over.status, over.code()), (StatusCode::TOO_MANY_REQUESTS, "too_often"));
    assert_eq!((over.header("retry-after"), over.header("ratelimit-remaining")), ("30", "0"));
    assert!(
        over.body["detail"].as_str().unwrap().contains("At most 2 requests"),
        "in the language of the person: {}",
        over.body
    );
    assert_eq!(two.get(&path).await.status, StatusCode::OK, "another token");
    let lost = two.get("/nothing").await;
    assert_eq!((lost.status, lost.header("ratelimit-remaining")), (StatusCode::NOT_FOUND, "0"), "refusals count too");
    assert_eq!(person.get(&path).await.header("ratelimit-limit"), "3");
    assert_eq!(nobody.get(&path).await.code(), "signed_out");
    let polish = nobody.clone().with("accept-language", "pl").get(&path).await;
    assert_eq!(polish.code(), "too_often");
    assert!(polish.body["detail"].as_str().unwrap().contains("zapytań"), "{}", polish.body);
    let guess = busy.clone().with("authorization", "Bearer sfn_wrong").get(&path).await;
    assert_eq!(guess.code(), "too_often", "who guesses tokens is counted by address");
}
