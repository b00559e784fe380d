//! Bluesky: its player and, behind `SARAFAN_TEST_BLUESKY`, the official servers.

use async_trait::async_trait;
use jiff::Timestamp;
use sarafan_connectors::bluesky::Bluesky;
use sarafan_network::http::{Effect, Http, Request};
use sarafan_network::play::Player;
use sarafan_network::stage::Stage;
use sarafan_network::{NetError, Secret};
use serde_json::{Value, json};

use crate::desk::{Desk, PNG, door, form, real, unique, with_pictures, words};
use crate::story::{Guest, Visitor, story};

static BLUESKY: Bluesky = Bluesky;

fn noon() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

async fn desk(stage: &Stage) -> Desk<'_> {
    Desk::open(&BLUESKY, stage, &BLUESKY.form(stage.root()), noon()).await.unwrap()
}

#[tokio::test]
async fn the_player_lives_the_story() {
    let stage = Stage::new(&BLUESKY, noon());
    let desk = desk(&stage).await;
    let account = desk.channel.external_id.clone();
    story(&desk, &Visitor { stage: &stage, player: &BLUESKY, account }).await;
}

#[tokio::test]
async fn a_session_ends_and_is_renewed() {
    let stage = Stage::new(&BLUESKY, noon());
    let mut desk = desk(&stage).await;
    let later = noon() + jiff::SignedDuration::from_hours(3);
    stage.set_now(later);
    desk.now = later;
    let post = words("После перерыва");
    assert_eq!(desk.start(&post, "d").await, Err(NetError::AuthExpired));
    assert!(desk.channel.expires_at.is_some_and(|ends| ends < later), "it was known that it would end");
    let key = desk.keyless();
    let renewed = desk.network.auth().refresh(&desk.call(&key)).await.unwrap();
    assert!(renewed.expires_at.is_some_and(|ends| ends > later));
    // The token for renewal was used: after a while only the newest one works, or the password.
    let old = desk.credential.clone();
    desk.credential = renewed.credential;
    desk.publish(&post, "d").await.unwrap();
    desk.credential = old;
    stage.set_now(later + jiff::SignedDuration::from_hours(3));
    desk.network.auth().refresh(&desk.call(&key)).await.unwrap();
}

#[tokio::test]
async fn what_is_typed_wrong_is_told() {
    let stage = Stage::new(&BLUESKY, noon());
    let good = BLUESKY.form(stage.root());
    for (key, value, expected) in [
        ("password", "wrong", "credential-wrong"),
        ("handle", "nobody.sandbox.test", "credential-wrong"),
        ("service", "not an address", "server-unsuitable"),
    ] {
        let mut form = good.clone();
        form.insert(key.to_owned(), value.to_owned());
        match Desk::open(&BLUESKY, &stage, &form, noon()).await.err() {
            Some(NetError::Rejected { problem }) => assert_eq!(problem.code, expected, "{key}"),
            other => panic!("{key}: {other:?}"),
        }
    }
}

/// Without a server typed in, the handle leads to it: handle, identity, document, server.
#[tokio::test]
async fn the_server_is_found_by_the_handle() {
    use sarafan_network::contract::{Exchange, Script};
    let exchange = |ask: &str, body: Value| -> Exchange {
        serde_json::from_value(json!({ "ask": ask, "status": 200, "body": body })).unwrap()
    };
    let document = json!({
        "alsoKnownAs": ["at://anna.example.com"],
        "service": [{ "id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": "https://pds.example.com" }],
    });
    let signed = json!({ "did": "did:plc:anna", "handle": "anna.example.com", "accessJwt": "a", "refreshJwt": "r" });
    let script = Script::new(
        &[
            exchange("GET /xrpc/com.atproto.identity.resolveHandle", json!({ "did": "did:plc:anna" })),
            exchange("GET /did:plc:anna", document),
            exchange("POST /xrpc/com.atproto.server.createSession", signed),
            exchange("GET /xrpc/app.bsky.actor.getProfile", json!({})),
        ],
        &[],
    );
    let typed = form(&[("handle", "@Anna.Example.com"), ("password", "word")]);
    let desk = Desk::open(&BLUESKY, &script, &typed, noon()).await.unwrap();
    assert_eq!(desk.channel.facts["service"], "https://pds.example.com");
    let hosts: Vec<_> =
        script.asked().iter().map(|request| request.url.split('/').nth(2).unwrap().to_owned()).collect();
    assert_eq!(hosts, ["bsky.social", "plc.directory", "pds.example.com", "pds.example.com"]);
}

/// Somebody with an account on the official server.
struct Anna<'a> {
    http: &'a dyn Http,
    server: &'a str,
    did: String,
    token: String,
    channel: String,
}

async fn tell(http: &dyn Http, server: &str, method: &str, token: &str, input: Value) -> Value {
    let mut request = Request::new(Effect::Prepare, "POST", format!("{server}/xrpc/{method}")).json(input);
    if !token.is_empty() {
        request = request.bearer(token);
    }
    let reply = http.send(request).await.unwrap();
    assert_eq!(reply.status, 200, "{method}: {}", String::from_utf8_lossy(&reply.body));
    reply.json().unwrap()
}

async fn record(http: &dyn Http, server: &str, uri: &str) -> Value {
    let mut parts = uri.trim_start_matches("at://").split('/');
    let mut part = || parts.next().unwrap();
    let query = format!("repo={}&collection={}&rkey={}", part(), part(), part());
    let reply = http.send(Request::get(format!("{server}/xrpc/com.atproto.repo.getRecord?{query}"))).await.unwrap();
    reply.json().unwrap()
}

async fn account(http: &dyn Http, server: &str, name: &str) -> (String, String, String) {
    let handle = format!("{name}.test");
    let input = json!({ "handle": handle, "email": format!("{name}@example.test"), "password": "pass-word-1" });
    let made = tell(http, server, "com.atproto.server.createAccount", "", input).await;
    let text = |key: &str| made[key].as_str().unwrap().to_owned();
    (handle, text("did"), text("accessJwt"))
}

impl Anna<'_> {
    async fn create(&self, collection: &str, mut record: Value) {
        record["$type"] = json!(collection);
        record["createdAt"] = json!(Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string());
        let input = json!({ "repo": self.did, "collection": collection, "record": record });
        tell(self.http, self.server, "com.atproto.repo.createRecord", &self.token, input).await;
    }

    async fn reference(&self, uri: &str) -> Value {
        let found = record(self.http, self.server, uri).await;
        json!({ "uri": found["uri"], "cid": found["cid"] })
    }
}

#[async_trait]
impl Guest for Anna<'_> {
    async fn like(&self, post: &str) {
        let subject = self.reference(post).await;
        self.create("app.bsky.feed.like", json!({ "subject": subject })).await;
    }

    async fn comment(&self, to: &str, text: &str) {
        let parent = self.reference(to).await;
        let answered = record(self.http, self.server, to).await;
        let root = answered.pointer("/value/reply/root").cloned().unwrap_or_else(|| parent.clone());
        self.create("app.bsky.feed.post", json!({ "text": text, "reply": { "root": root, "parent": parent } })).await;
    }

    async fn follow(&self) {
        self.create("app.bsky.graph.follow", json!({ "subject": self.channel })).await;
    }

    async fn count(&self) -> usize {
        let query = format!("repo={}&collection=app.bsky.feed.post&limit=100", self.channel);
        let address = format!("{}/xrpc/com.atproto.repo.listRecords?{query}", self.server);
        let listed: Value = self.http.send(Request::get(address)).await.unwrap().json().unwrap();
        listed["records"].as_array().unwrap().len()
    }
}

#[tokio::test]
async fn the_official_server_lives_the_story() {
    let Some(server) = real("SARAFAN_TEST_BLUESKY") else { return };
    let door = door();
    let name = unique();
    let name = &name[name.len() - 10..];
    let (handle, did, _) = account(&door, &server, &format!("shop{name}")).await;
    let (guest, guest_did, token) = account(&door, &server, &format!("anna{name}")).await;
    let typed = form(&[("handle", &handle), ("password", "pass-word-1"), ("service", &server)]);

    let wrong = form(&[("handle", &handle), ("password", "wrong"), ("service", &server)]);
    match Desk::open(&BLUESKY, &door, &wrong, Timestamp::now()).await.err() {
        Some(NetError::Rejected { problem }) => assert_eq!(problem.code, "credential-wrong"),
        other => panic!("{other:?}"),
    }

    let mut desk = Desk::open(&BLUESKY, &door, &typed, Timestamp::now()).await.unwrap();
    let anna = Anna { http: &door, server: &server, did: guest_did.clone(), token, channel: did };
    story(&desk, &anna).await;

    // The record as the server keeps it: marks in bytes, pictures with descriptions, a card.
    let text = format!("👍 @{guest} #чай https://example.org/я");
    let mut post = words(&text);
    post.variant.link = Some("https://example.org/menu".to_owned());
    post.variant.options = form(&[("card-title", "Меню"), ("tags", "утро"), ("warning", "nudity")]);
    let made = desk.publish(&post, "card").await.unwrap();
    let value = record(&door, &server, &made.external_id).await["value"].clone();
    let features: Vec<String> =
        value["facets"].as_array().unwrap().iter().map(|f| f["features"][0].to_string()).collect();
    assert!(features[0].contains(&guest_did) && features[1].contains("чай") && features[2].contains("%D1%8F"));
    let marked = |index: usize| {
        let at = |name: &str| usize::try_from(value["facets"][index]["index"][name].as_u64().unwrap()).unwrap();
        &text[at("byteStart")..at("byteEnd")]
    };
    assert_eq!((marked(0), marked(1), marked(2)), (&*format!("@{guest}"), "#чай", "https://example.org/я"));
    assert_eq!(value["embed"]["external"]["title"], "Меню");
    assert_eq!((&value["tags"][0], &value["labels"]["values"][0]["val"]), (&json!("утро"), &json!("nudity")));

    let pictures = with_pictures(words("Чашка"), "image/png", &[(PNG, "Белый пиксель")]);
    let made = desk.publish(&pictures, "alt").await.unwrap();
    let image = record(&door, &server, &made.external_id).await["value"]["embed"]["images"][0].clone();
    assert_eq!((&image["alt"], &image["aspectRatio"]["width"]), (&json!("Белый пиксель"), &json!(1)));

    // A picture over the limit is refused by the server in words.
    let large = vec![0xff; 1_000_001];
    let large = with_pictures(words("Велика"), "image/jpeg", &[(&large, "x")]);
    match desk.start(&large, "large").await {
        Err(NetError::Rejected { problem }) => assert_eq!(problem.code, "network-refused"),
        other => panic!("{other:?}"),
    }

    // Renewal: a new pair of tokens; with a broken one the password helps; with neither, a person.
    let key = desk.keyless();
    let renewed = desk.network.auth().refresh(&desk.call(&key)).await.unwrap();
    assert!(renewed.credential != desk.credential && renewed.expires_at.is_some());
    desk.credential = renewed.credential;
    desk.publish(&words("После обновления"), "renewed").await.unwrap();
    let mut session: Value = serde_json::from_str(desk.credential.expose()).unwrap();
    session["refresh"] = json!("broken");
    session["access"] = json!("broken");
    desk.credential = Secret::new(session.to_string());
    assert_eq!(desk.start(&words("x"), "broken").await, Err(NetError::AuthExpired));
    desk.credential = desk.network.auth().refresh(&desk.call(&key)).await.unwrap().credential;
    desk.network.auth().whoami(&desk.call(&key)).await.unwrap();
    session["password"] = json!("changed meanwhile");
    desk.credential = Secret::new(session.to_string());
    let lost = desk.network.auth().refresh(&desk.call(&key)).await;
    assert!(matches!(lost, Err(NetError::Reconnect { .. })), "{lost:?}");
}
