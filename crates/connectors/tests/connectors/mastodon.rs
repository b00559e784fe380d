//! Mastodon: its player and, behind `SARAFAN_TEST_MASTODON`, mastodon-mock.

use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::Timestamp;
use sarafan_connectors::mastodon::Mastodon;
use sarafan_domain::asset::AssetKind;
use sarafan_domain::delivery::Step;
use sarafan_network::http::{Body, Effect, Http, Request};
use sarafan_network::play::Player;
use sarafan_network::stage::Stage;
use sarafan_network::{Candidate, Connecting, NetError, Network, Opening};
use serde_json::{Value, json};

use crate::desk::{Desk, PNG, door, form, real, unique, with_pictures, words};
use crate::story::{Guest, Visitor, story};

static MASTODON: Mastodon = Mastodon;

fn noon() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

async fn desk(stage: &Stage) -> Desk<'_> {
    Desk::open(&MASTODON, stage, &MASTODON.form(stage.root()), noon()).await.unwrap()
}

#[tokio::test]
async fn the_player_lives_the_story() {
    let stage = Stage::new(&MASTODON, noon());
    let desk = desk(&stage).await;
    let account = desk.channel.external_id.clone();
    story(&desk, &Visitor { stage: &stage, player: &MASTODON, account }).await;
}

#[tokio::test]
async fn a_video_is_waited_for() {
    let stage = Stage::new(&MASTODON, noon());
    let mut desk = desk(&stage).await;
    let mut post = with_pictures(words("Видео"), "video/mp4", &[(b"\0\0\0\x18ftypmp42", "Пар над чашкой")]);
    post.media[0].facts.kind = AssetKind::Video;
    let Ok(Step::Wait { resume, published: None, .. }) = desk.start(&post, "v").await else { panic!() };
    assert_eq!(stage.wall().posts.len(), 0, "nothing is out before the file is ready");
    let publish = desk.network.publish().unwrap();
    let key = desk.keyless();
    let Ok(Step::Wait { resume, .. }) = publish.resume(&desk.call(&key), &post, resume).await else { panic!() };
    desk.now = noon() + jiff::SignedDuration::from_secs(4);
    stage.set_now(desk.now);
    let done = publish.resume(&desk.call(&key), &post, resume).await.unwrap();
    assert!(matches!(done, Step::Done(_)), "{done:?}");
    assert_eq!(stage.wall().posts[0].media[0].1, "Пар над чашкой");
}

#[tokio::test]
async fn the_options_reach_the_server() {
    let stage = Stage::new(&MASTODON, noon());
    let desk = desk(&stage).await;
    let mut post = words("Под катом");
    post.variant.language = "pt-BR".to_owned();
    post.variant.options = form(&[("visibility", "unlisted"), ("warning", "Еда")]);
    desk.publish(&post, "o").await.unwrap();
    let kept = stage.wall().posts[0].extra.clone();
    let expected = json!({ "visibility": "unlisted", "language": "pt", "spoiler_text": "Еда", "sensitive": true });
    assert_eq!(kept, expected);
}

/// The stage alone: mastodon-mock leaves the files of a post as they were.
#[tokio::test]
async fn pictures_of_a_post_that_is_out_are_exchanged() {
    let stage = Stage::new(&MASTODON, noon());
    let desk = desk(&stage).await;
    let post = with_pictures(words("Чашка"), "image/png", &[(PNG, "Одна")]);
    let made = desk.publish(&post, "m").await.unwrap();
    let old = stage.wall().posts[0].media[0].0.clone();
    let key = desk.keyless();
    let changed = with_pictures(words("Чашки"), "image/png", &[(PNG, "Первая"), (PNG, "Вторая")]);
    let edit = MASTODON.edit().unwrap();
    edit.edit(&desk.call(&key), &made, &changed).await.unwrap();
    let media = stage.wall().posts[0].media.clone();
    assert_eq!(media.iter().map(|(_, alt)| alt.as_str()).collect::<Vec<_>>(), ["Первая", "Вторая"]);
    assert!(media.iter().all(|(id, _)| *id != old));
    // The parts of a thread are what they are.
    let longer = words("Чашки\n---\nИ блюдца");
    let refused = edit.edit(&desk.call(&key), &made, &longer).await.unwrap_err();
    assert_eq!(refused.to_string(), "refused: edit-parts");
}

#[tokio::test]
async fn a_key_is_forgotten_after_its_time() {
    let stage = Stage::new(&MASTODON, noon());
    let desk = desk(&stage).await;
    let post = words("Один раз");
    let first = desk.start(&post, "k").await.unwrap();
    let life = jiff::SignedDuration::try_from(MASTODON.key_lives().unwrap()).unwrap();
    stage.set_now(noon() + life - jiff::SignedDuration::from_secs(1));
    assert_eq!(desk.start(&post, "k").await, Ok(first.clone()));
    stage.set_now(noon() + life);
    assert_ne!(desk.start(&post, "k").await, Ok(first), "from then on a repeat is a second post");
}

#[tokio::test]
async fn what_is_typed_wrong_is_told() {
    let stage = Stage::new(&MASTODON, noon());
    for (key, value, expected) in
        [("access-token", "wrong", "credential-wrong"), ("server", "user:word@example.org", "server-unsuitable")]
    {
        let mut form = MASTODON.form(stage.root());
        form.insert(key.to_owned(), value.to_owned());
        match Desk::open(&MASTODON, &stage, &form, noon()).await.err() {
            Some(NetError::Rejected { problem }) => assert_eq!(problem.code, expected, "{key}"),
            other => panic!("{key}: {other:?}"),
        }
    }
}

/// Sends somebody to the server's page, lets `allow` press the button there, and comes back with the code.
async fn by_the_page(
    http: &dyn Http,
    server: &str,
    allow: impl AsyncFnOnce(String) -> String,
) -> (Candidate, BTreeMap<String, String>) {
    let opening = Opening { http, redirect: "https://sarafan.example/oauth", nonce: "state-1", now: noon() };
    let Ok(Connecting::Redirect { url, saved }) = MASTODON.auth().connect(&opening, &form(&[("server", server)])).await
    else {
        panic!("no way to the page")
    };
    let back = url::Url::parse(&allow(url).await).unwrap();
    let query: BTreeMap<String, String> = back.query_pairs().into_owned().collect();
    assert_eq!(query.get("state").map(String::as_str), Some("state-1"));
    let denied = form(&[("error", "access_denied"), ("state", "state-1")]);
    let no = MASTODON.auth().finish(&opening, &saved, &denied).await.unwrap_err();
    assert_eq!(no.to_string(), "refused: oauth-denied");
    let place = MASTODON.auth().finish(&opening, &saved, &query).await.unwrap().remove(0);
    (place, query)
}

#[tokio::test]
async fn a_person_allows_it_on_the_servers_page() {
    let stage = Stage::new(&MASTODON, noon());
    let (place, query) = by_the_page(&stage, stage.root(), async |url| {
        let page = stage.send(Request::get(url)).await.unwrap();
        let page = String::from_utf8(page.body.to_vec()).unwrap();
        let link = page.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
        link.replace("&amp;", "&")
    })
    .await;
    assert_eq!(place.handle, "@roasters@sandbox.test");
    let desk = Desk::at(&MASTODON, &stage, place, noon());
    desk.publish(&words("Разрешено"), "p").await.unwrap();
    // The code was used.
    let opening = Opening { http: &stage, redirect: "https://sarafan.example/oauth", nonce: "", now: noon() };
    let saved = json!({ "server": stage.root(), "client_id": "x", "client_secret": "y", "verifier": "z" });
    let again = MASTODON.auth().finish(&opening, &sarafan_network::Secret::new(saved.to_string()), &query).await;
    assert!(matches!(again, Err(NetError::Rejected { .. })), "{again:?}");
}

/// Somebody with an account on mastodon-mock.
struct Anna<'a> {
    http: &'a dyn Http,
    server: &'a str,
    token: String,
    channel: String,
    name: String,
}

async fn tell(http: &dyn Http, address: &str, token: &str, input: Value) -> Value {
    let mut request = Request::new(Effect::Prepare, "POST", address).json(input);
    if !token.is_empty() {
        request = request.bearer(token);
    }
    let reply = http.send(request).await.unwrap();
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    reply.json().unwrap()
}

#[async_trait]
impl Guest for Anna<'_> {
    async fn like(&self, post: &str) {
        tell(self.http, &format!("{}/api/v1/statuses/{post}/favourite", self.server), &self.token, json!({})).await;
    }

    async fn comment(&self, to: &str, text: &str) {
        let status = json!({ "status": format!("@{} {text}", self.name), "in_reply_to_id": to });
        tell(self.http, &format!("{}/api/v1/statuses", self.server), &self.token, status).await;
    }

    async fn follow(&self) {
        let address = format!("{}/api/v1/accounts/{}/follow", self.server, self.channel);
        tell(self.http, &address, &self.token, json!({})).await;
    }

    async fn count(&self) -> usize {
        let mut all = 0;
        let mut older = String::new();
        loop {
            let address = format!("{}/api/v1/accounts/{}/statuses?limit=40{older}", self.server, self.channel);
            let page: Value = self.http.send(Request::get(address)).await.unwrap().json().unwrap();
            let page = page.as_array().unwrap();
            let Some(last) = page.last() else { return all };
            all += page.len();
            older = format!("&max_id={}", last["id"].as_str().unwrap());
        }
    }
}

async fn user(http: &dyn Http, server: &str, name: &str) -> String {
    let made = tell(http, &format!("{server}/api/v1/_mock/dev_user"), "", json!({ "username": name })).await;
    made["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn mastodon_mock_lives_the_story() {
    let Some(server) = real("SARAFAN_TEST_MASTODON") else { return };
    let door = door();
    let name = unique();
    let (shop, guest) = (format!("shop{name}"), format!("anna{name}"));
    let shop_token = user(&door, &server, &shop).await;
    let token = user(&door, &server, &guest).await;

    let wrong = form(&[("server", &server), ("access-token", "wrong")]);
    match Desk::open(&MASTODON, &door, &wrong, Timestamp::now()).await.err() {
        Some(NetError::Rejected { problem }) => assert_eq!(problem.code, "credential-wrong"),
        other => panic!("{other:?}"),
    }

    let typed = form(&[("server", &server), ("access-token", &shop_token)]);
    let desk = Desk::open(&MASTODON, &door, &typed, Timestamp::now()).await.unwrap();
    assert_eq!(desk.channel.facts["limits"]["image_bytes"], json!(10_485_760), "its own limits, not the usual ones");
    let anna =
        Anna { http: &door, server: &server, token, channel: desk.channel.external_id.clone(), name: shop.clone() };
    story(&desk, &anna).await;

    // What the server keeps of a post with everything.
    let mut post = with_pictures(words("Под катом @nobody"), "image/png", &[(PNG, "Белый пиксель")]);
    post.variant.options = form(&[("visibility", "unlisted"), ("warning", "Еда")]);
    post.variant.language = "pl".to_owned();
    let made = desk.publish(&post, "all").await.unwrap();
    let address = format!("{server}/api/v1/statuses/{}", made.external_id);
    let kept: Value = door.send(Request::get(address).bearer(&shop_token)).await.unwrap().json().unwrap();
    let fields = ["visibility", "spoiler_text", "language", "sensitive"].map(|key| kept[key].clone());
    assert_eq!(fields, [json!("unlisted"), json!("Еда"), json!("pl"), json!(true)]);
    assert_eq!(kept["media_attachments"][0]["description"], "Белый пиксель");
}

#[tokio::test]
async fn mastodon_mock_lets_a_person_allow_it() {
    let Some(server) = real("SARAFAN_TEST_MASTODON") else { return };
    let door = door();
    let name = format!("owner{}", unique());
    user(&door, &server, &name).await;
    let (place, _) = by_the_page(&door, &server, async |url| {
        let page = url::Url::parse(&url).unwrap();
        let mut pairs: Vec<(String, String)> = page.query_pairs().into_owned().collect();
        pairs.push(("username".to_owned(), name.clone()));
        let press = Request::new(Effect::Prepare, "POST", format!("{server}/oauth/authorize")).body(Body::Form(pairs));
        let reply = door.send(press).await.unwrap();
        assert_eq!(reply.status, 302, "{}", String::from_utf8_lossy(&reply.body));
        reply.header("location").unwrap().to_owned()
    })
    .await;
    assert!(place.handle.starts_with(&format!("@{name}@")), "{}", place.handle);
    Desk::at(&MASTODON, &door, place, Timestamp::now()).publish(&words("Разрешено"), "p").await.unwrap();
}
