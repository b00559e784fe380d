//! The server from outside, with a network of three requests: what clients get, what faults do, what people see.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use bytes::Bytes;
use jiff::Timestamp;
use sarafan_network::door::{Door, DoorConfig};
use sarafan_network::http::{Body, Effect, Http, HttpError, Reply, Request};
use sarafan_network::play::{Answer, Asked, Player, Wall, WallFile, WallPost};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::serve;

struct Toy;

impl Player for Toy {
    fn id(&self) -> &'static str {
        "toy"
    }
    fn title(&self) -> &'static str {
        "Toy & Co"
    }
    fn form(&self, root: &str) -> BTreeMap<String, String> {
        [("server".to_owned(), root.to_owned())].into()
    }
    fn accounts(&self) -> Vec<(String, String)> {
        vec![("did:toy:1".to_owned(), "First".to_owned())]
    }
    fn answer(&self, wall: &mut Wall, asked: &Asked, now: Timestamp) -> Answer {
        if asked.method == "GET" {
            return Answer::json(404, &json!({ "seen": asked.path, "root": asked.root, "query": asked.query }));
        }
        let form = asked.form();
        let id = format!("toy:{}", wall.next_id());
        let file = WallFile { mime: "image/svg+xml".into(), bytes: Bytes::from_static(b"<svg/>"), extra: Value::Null };
        wall.files.insert(id.clone(), file);
        wall.posts.push(WallPost {
            id: id.clone(),
            account: form.get("account").unwrap_or("did:toy:1").to_owned(),
            author: "First".into(),
            text: form.get("text").unwrap_or_default().to_owned(),
            media: vec![(id.clone(), "alt".into())],
            poll: vec![("yes".into(), 0)],
            at: Some(now),
            ..WallPost::default()
        });
        Answer::json(200, &json!({ "id": id }))
    }
    fn rate_limited(&self, seconds: u64) -> Answer {
        Answer { headers: vec![("retry-after".into(), seconds.to_string())], ..Answer::json(429, &json!({})) }
    }
    fn expired(&self) -> Answer {
        Answer::json(401, &json!({}))
    }
    fn publishes(&self, asked: &Asked) -> bool {
        asked.method == "POST"
    }
}

static PLAYERS: [&dyn Player; 1] = [&Toy];

struct House {
    address: SocketAddr,
    door: Door,
}

impl House {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(serve(&PLAYERS, listener, std::future::pending()));
        let door = Door::new(DoorConfig { allow_private: vec!["127.0.0.1".into()], ..DoorConfig::default() }).unwrap();
        Self { address, door }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    async fn get(&self, path: &str) -> Reply {
        let request = Request::get(self.url(path)).header("accept", "text/html").header("accept-language", "ru");
        self.door.send(request).await.unwrap()
    }

    async fn page(&self, path: &str) -> String {
        String::from_utf8(self.get(path).await.body.to_vec()).unwrap()
    }

    async fn stats(&self) -> Value {
        self.get("/stats/toy?posts=true").await.json().unwrap()
    }

    async fn publish(&self, text: &str) -> Result<u16, HttpError> {
        let request = Request::new(Effect::Write, "POST", self.url("/toy/posts"));
        let sent = self.door.send(request.body(Body::Form(vec![("text".into(), text.into())]))).await;
        sent.map(|reply| reply.status)
    }

    async fn faults(&self, change: Value) -> u16 {
        let request = Request::new(Effect::Prepare, "POST", self.url("/faults/toy")).json(change);
        self.door.send(request).await.unwrap().status
    }

    /// Sends a form as a browser does.
    async fn act(&self, path: &str, pairs: &[(&str, &str)], origin: Option<&str>) -> Reply {
        let form = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let request = Request::new(Effect::Prepare, "POST", self.url(path)).body(Body::Form(form));
        let own = self.url("");
        self.door.send(request.header("origin", origin.unwrap_or(&own))).await.unwrap()
    }
}

#[tokio::test]
async fn clients_reach_their_network() {
    let house = House::open().await;
    let reply = house.door.send(Request::get(house.url("/toy/a%2Fb/c?x=1&y=%26"))).await.unwrap();
    let seen: Value = reply.json().unwrap();
    let root = house.url("/toy");
    assert_eq!(seen, json!({ "seen": "/a%2Fb/c", "root": root, "query": [["x", "1"], ["y", "&"]] }));
    assert_eq!(house.door.send(Request::get(house.url("/nothing/x"))).await.unwrap().status, 404);
}

#[tokio::test]
async fn faults_do_what_they_say() {
    // What the client sees, and whether the post stands on the wall.
    let rows = [
        (json!({}), Ok(200), 1),
        (json!({ "status_500": 1 }), Ok(500), 0),
        (json!({ "status_502_after_accept": 1 }), Ok(502), 1),
        (json!({ "cut_after_accept": 1 }), Err(HttpError::NoAnswer(Effect::Write)), 1),
        (json!({ "drop_before": 1 }), Err(HttpError::NoAnswer(Effect::Write)), 0),
        (json!({ "garbage": 1 }), Ok(200), 0),
        (json!({ "expired_token": 1 }), Ok(401), 0),
        (json!({ "expired_token": true }), Ok(401), 0),
        (json!({ "rate_limit_seconds": 60 }), Ok(429), 0),
    ];
    for (fault, expected, kept) in rows {
        let house = House::open().await;
        assert_eq!(house.faults(fault.clone()).await, 204);
        assert_eq!(house.publish("one").await, expected, "{fault}");
        assert_eq!(house.stats().await["posts"], kept, "{fault}");
        house.faults(json!({ "clear": true })).await;
        assert_eq!(house.publish("two").await, Ok(200), "{fault}");
    }
}

#[tokio::test]
async fn silence_after_accepting_lasts() {
    let house = House::open().await;
    house.faults(json!({ "silent_after_accept": 1 })).await;
    let (door, url) = (house.door.clone(), house.url("/toy/posts"));
    let asked = tokio::spawn(async move {
        door.send(Request::new(Effect::Write, "POST", url).body(Body::Form(vec![("text".into(), "x".into())]))).await
    });
    // It is there although nobody was told.
    while house.stats().await["posts"] != 1 {
        tokio::task::yield_now().await;
    }
    assert!(!asked.is_finished());
    asked.abort();
}

#[tokio::test]
async fn wrong_faults_are_told() {
    let house = House::open().await;
    assert_eq!(house.faults(json!({ "latency": 5 })).await, 400);
    assert_eq!(house.act("/faults/toy", &[("latency_ms", "5"), ("garbage", "")], None).await.status, 303);
    let now: Value = house.get("/faults/toy").await.json().unwrap();
    assert_eq!((&now["latency_ms"], &now["garbage"]), (&json!(5), &json!(0)));
    assert_eq!(house.act("/faults/toy", &[("clear", "1")], Some("http://evil.example")).await.status, 403);
    assert_eq!(house.act("/faults", &[("clear", "1")], None).await.status, 303);
    let now: Value = house.get("/faults/toy").await.json().unwrap();
    assert_eq!(now["latency_ms"], 0);
}

#[tokio::test]
async fn what_came_in_is_counted() {
    let house = House::open().await;
    for text in ["one", "two", "one", "one", ""] {
        house.publish(text).await.unwrap();
    }
    let stats = house.stats().await;
    assert_eq!((&stats["requests"], &stats["posts"], &stats["duplicates"]), (&json!(5), &json!(5), &json!(2)));
    let received = stats["received"].as_array().unwrap();
    assert_eq!(received[1]["text"], "two");
    let at: Vec<Timestamp> = received.iter().map(|one| one["received_at"].as_str().unwrap().parse().unwrap()).collect();
    assert!(at.is_sorted());
    let all: Value = house.get("/stats").await.json().unwrap();
    assert_eq!(all["networks"]["toy"]["posts"], 5);
    let request = Request::new(Effect::Prepare, "DELETE", house.url("/wall/toy"));
    assert_eq!(house.door.send(request).await.unwrap().status, 204);
    assert_eq!(house.stats().await["posts"], 0);
}

#[tokio::test]
async fn a_visitor_does_what_visitors_do() {
    let house = House::open().await;
    house.publish("<script>alert(1)</script> & Привет").await.unwrap();
    let wall = "/wall/toy/did%3Atoy%3A1";
    let (post, name) = (("post", "toy:1"), ("name", "Ева <b>"));
    let steps = [
        ("like", vec![post, name]),
        ("repost", vec![post, name]),
        ("comment", vec![post, name, ("text", "<img src=x onerror=alert(1)>")]),
        ("vote", vec![post, ("option", "0")]),
        ("follow", vec![name]),
    ];
    for (action, pairs) in steps {
        let reply = house.act(&format!("{wall}/{action}"), &pairs, None).await;
        assert_eq!(reply.status, 303, "{action}");
        assert!(reply.header("location").unwrap().starts_with(wall), "{action}");
    }
    let page = house.page(wall).await;
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Привет") && !page.contains("<script>alert"),
        "{page}"
    );
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;") && !page.contains("<img src=x"), "{page}");
    assert!(page.contains("1 подписчик"), "{page}");
    assert!(page.contains("<span>yes</span><span class=\"number\">1</span>"), "{page}");
    assert_eq!(page.matches("title=\"Ева &lt;b&gt;\"").count(), 2, "{page}");
    // A second time takes it back; what is not there cannot be liked.
    house.act(&format!("{wall}/like"), &[post, name], None).await;
    assert_eq!(house.page(wall).await.matches("title=\"Ева &lt;b&gt;\"").count(), 1);
    assert_eq!(house.act(&format!("{wall}/like"), &[("post", "nothing")], None).await.status, 404);
    assert_eq!(house.act(&format!("{wall}/vote"), &[post, ("option", "7")], None).await.status, 404);
    assert_eq!(house.act(&format!("{wall}/like"), &[post], Some("http://evil.example")).await.status, 403);
    let answer = house.act(&format!("{wall}/comment"), &[("post", "2"), name, ("text", "Ответ")], None).await;
    assert_eq!(answer.status, 303);
    assert!(house.page(wall).await.contains("Ответ"));
}

#[tokio::test]
async fn pages_are_guarded_and_speak_the_readers_language() {
    let house = House::open().await;
    house.publish("one").await.unwrap();
    for path in ["/", "/faults", "/wall/toy/did%3Atoy%3A1", "/page.css", "/live.js", "/file/toy/toy%3A1"] {
        let reply = house.get(path).await;
        assert_eq!(reply.status, 200, "{path}");
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
    let home = house.page("/").await;
    assert!(home.contains("<html lang=\"ru\">") && home.contains("Песочница"), "{home}");
    assert!(home.contains("Toy &amp; Co") && home.contains(&house.url("/toy")), "{home}");
    // What could carry a script is not shown but downloaded.
    let file = house.get("/file/toy/toy%3A1").await;
    assert_eq!(file.header("content-type"), Some("application/octet-stream"));
    assert_eq!(file.header("content-disposition"), Some("attachment"));
    assert_eq!(house.get("/wall/toy/nobody").await.status, 404);
    assert_eq!(house.get("/wall/toy").await.header("location"), Some("/wall/toy/did%3Atoy%3A1"));
    let networks: Value = house.get("/networks").await.json().unwrap();
    assert_eq!(networks[0]["form"]["server"], house.url("/toy"));
}

#[tokio::test]
async fn the_address_of_a_post_leads_to_its_wall() {
    let house = House::open().await;
    house.publish("one").await.unwrap();
    let reply = house.get("/toy/some/where/toy%3A1").await;
    assert_eq!((reply.status, reply.header("location")), (303, Some("/wall/toy/did%3Atoy%3A1#post-toy-1")));
    assert_eq!(house.get("/toy/some/where/toy%3A2").await.status, 404);
}

#[tokio::test]
async fn looks_are_counted_but_not_those_of_the_script() {
    let house = House::open().await;
    house.publish("one").await.unwrap();
    let wall = "/wall/toy/did%3Atoy%3A1";
    assert!(house.page(wall).await.contains("1 просмотр<"));
    let news = Request::get(house.url(wall)).header("x-news", "1").header("accept-language", "ru");
    house.door.send(news).await.unwrap();
    assert!(house.page(wall).await.contains("2 просмотра<"));
}

#[test]
fn walls_forget_the_oldest() {
    let mut wall = Wall::default();
    for number in 0..20_001 {
        wall.posts.push(WallPost { id: format!("{number}"), ..WallPost::default() });
    }
    for number in 8..12 {
        let file = WallFile { mime: String::new(), bytes: Bytes::from(vec![0; 100 << 20]), extra: Value::Null };
        wall.files.insert(format!("f{number}"), file);
    }
    crate::room::trim(&mut wall);
    assert_eq!(wall.posts.first().map(|post| post.id.as_str()), Some("5000"));
    assert_eq!(wall.files.keys().collect::<Vec<_>>(), ["f10", "f11"]);
}
