//! The connector against its player, and the same story against a real WordPress where the environment names one.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::{Published, Step};
use sarafan_domain::id::{AssetId, BrandId, ChannelId};
use sarafan_domain::post::{MediaRef, Variant};
use sarafan_domain::time::Timestamp;
use sarafan_network::door::{Door, DoorConfig};
use sarafan_network::http::{Body, Effect, Http, Request};
use sarafan_network::play::{Player, WallPost};
use sarafan_network::stage::Stage;
use sarafan_network::{
    Auth, Call, Comments, Connecting, Delete, Edit, IdempotencyKey, Media, NetError, Opening, Outgoing, Publish,
    Secret, Stats,
};
use serde_json::Value;

use super::Wordpress;

static WORDPRESS: Wordpress = Wordpress;

/// A white picture of one pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\r\xefF\xb8\0\0\0\0IEND\xaeB`\x82";

struct Desk<'a> {
    http: &'a dyn Http,
    channel: Channel,
    secret: Secret,
}

impl<'a> Desk<'a> {
    async fn open(http: &'a dyn Http, form: &BTreeMap<String, String>) -> Result<Self, NetError> {
        let opening = Opening { http, redirect: "", nonce: "", now: Timestamp::now() };
        let Connecting::Choose(mut found) = WORDPRESS.connect(&opening, form).await? else { panic!() };
        let place = found.remove(0);
        let id = [7; 16];
        let channel = Channel {
            id: ChannelId::from_bytes(&id).unwrap(),
            brand: BrandId::from_bytes(&id).unwrap(),
            network: "wordpress".into(),
            external_id: place.external_id,
            name: place.name,
            handle: place.handle,
            url: place.url,
            state: ChannelState::Ok,
            reason: None,
            time_zone: "UTC".into(),
            slots: Vec::new(),
            facts: place.facts,
            checked_at: None,
            health: None,
            expires_at: None,
            blocked_until: None,
        };
        Ok(Self { http, channel, secret: place.credential })
    }

    fn call<'b>(&'b self, key: &'b IdempotencyKey) -> Call<'b> {
        Call { http: self.http, channel: &self.channel, credential: &self.secret, key, now: Timestamp::now() }
    }

    /// Publishes; gives back what every step was started with, too.
    async fn publish(&self, post: &Outgoing, delivery: &str) -> Result<(Published, Vec<Option<Value>>), NetError> {
        let (mut resume, mut steps) = (None, Vec::new());
        loop {
            let key = key(delivery, steps.len());
            steps.push(resume.clone());
            let step = match resume.take() {
                None => WORDPRESS.start(&self.call(&key), post).await?,
                Some(resume) => WORDPRESS.resume(&self.call(&key), post, resume).await?,
            };
            match step {
                Step::Done(published) => return Ok((published, steps)),
                Step::Wait { resume: next, .. } => resume = Some(next),
            }
        }
    }
}

fn key(delivery: &str, step: usize) -> IdempotencyKey {
    IdempotencyKey(format!("{delivery}-0-{step}"))
}

fn post(text: &str, options: &[(&str, &str)], pictures: usize) -> Outgoing {
    let mut post = Outgoing { variant: Variant { text: text.into(), ..Variant::default() }, media: Vec::new(), card: None };
    for (name, value) in options {
        post.variant.options.insert((*name).to_owned(), (*value).to_owned());
    }
    for number in 0..pictures {
        let id = AssetId::from_bytes(&[u8::try_from(number).unwrap(); 16]).unwrap();
        let facts = AssetFacts {
            id,
            kind: AssetKind::Image,
            mime: "image/png".into(),
            bytes: 70,
            width: 1,
            height: 1,
            seconds: None,
        };
        let alt = format!("Чашка & блюдце {number}");
        post.variant.media.push(MediaRef { asset: id, alt: alt.clone() });
        post.media.push(Media::new(facts, alt, format!("cup-{number}.png"), Arc::new(Bytes::from_static(PNG))));
    }
    post
}

/// A name that no other run used.
fn unique(word: &str) -> String {
    format!("{word}{}", Timestamp::now().as_nanosecond())
}

/// The whole life of a post, told by the API alone, so that the player and the real one can be asked the same.
async fn story(http: &dyn Http, form: &BTreeMap<String, String>, moderates: bool) {
    let desk = Desk::open(http, form).await.unwrap();
    let none = IdempotencyKey(String::new());
    let call = desk.call(&none);
    WORDPRESS.whoami(&call).await.unwrap();

    let tag = unique("Кофе & чай ");
    let title = unique("Новый сорт <b> ");
    let text = format!("{title}\nАбзац & <script>alert(1)</script>\n\n- раз\n- два\n\nhttps://zerno.example/?a=1&b=2");
    let options = [("tags", tag.as_str()), ("categories", "Uncategorized"), ("excerpt", "Кратко"), ("comments", "open")];
    let mut outgoing = post(&text, &options, 3);
    outgoing.variant.first_comment = "Первый <комментарий>".into();
    let delivery = unique("d");
    let (published, steps) = desk.publish(&outgoing, &delivery).await.unwrap();
    assert_eq!(steps.len(), 5, "three uploads, the post, the comment");
    assert_eq!(published.parts.len(), 4, "{published:?}");
    assert!(published.url.is_some());

    let reply = http.send(Request::get(format!("{}?context=view", desk_url(&desk, &published)))).await.unwrap();
    let shown: Value = reply.json().unwrap();
    let content = shown["content"]["rendered"].as_str().unwrap();
    assert!(content.contains("&lt;script&gt;") && !content.contains("<script"), "{content}");
    assert!(content.contains("<li>раз</li>") && content.contains("href=\"https://zerno.example/?a=1&#038;b=2\"")
        || content.contains("href=\"https://zerno.example/?a=1&amp;b=2\""), "{content}");
    assert_eq!(content.matches("<img").count(), 2, "{content}");
    assert!(content.contains("alt=\"Чашка &amp; блюдце 1\""), "{content}");
    assert!(shown["featured_media"].as_u64().unwrap() > 0);
    assert_eq!(shown["tags"].as_array().unwrap().len(), 1);
    assert_eq!(shown["categories"], serde_json::json!([1]));
    assert!(shown["title"]["rendered"].as_str().unwrap().contains("&lt;b&gt;"), "{}", shown["title"]);

    // Every step is found again, and a step that was never taken is not.
    for (number, resume) in steps.iter().enumerate() {
        let (mine, other) = (key(&delivery, number), key("d-never", number));
        let found = WORDPRESS.find(&desk.call(&mine), &outgoing, resume.clone()).await.unwrap();
        assert_eq!(found.is_some(), number >= 3, "step {number}");
        if number == 3 {
            assert!(WORDPRESS.find(&desk.call(&other), &outgoing, resume.clone()).await.unwrap().is_none());
        }
    }
    // The comment sent twice is one comment.
    let again = WORDPRESS.resume(&call, &outgoing, steps[4].clone().unwrap()).await.unwrap();
    assert_eq!(again, Step::Done(published.clone()));

    let under = WORDPRESS.under(&call, &published, None).await.unwrap();
    assert_eq!((under.items.len(), under.next), (1, None));
    let comment = &under.items[0];
    assert_eq!((comment.text.as_str(), comment.own), ("Первый <комментарий>", true));
    assert_eq!(comment.parent.as_deref(), Some(published.external_id.as_str()));
    if moderates {
        let answer = WORDPRESS.reply(&call, &comment.external_id, &unique("Спасибо ")).await.unwrap();
        let since = WORDPRESS.since(&call, Some("2020-01-01T00:00:00Z")).await.unwrap();
        let back = since.items.iter().find(|one| one.external_id == answer.external_id).unwrap();
        assert_eq!(back.parent.as_deref(), Some(comment.external_id.as_str()));
    } else {
        // WordPress lets others write one comment in fifteen seconds; that is told, and tried again later.
        let flood = WORDPRESS.reply(&call, &comment.external_id, &unique("Спасибо ")).await;
        assert!(matches!(flood, Err(NetError::Transient { after: Some(_) })), "{flood:?}");
    }
    let future = WORDPRESS.since(&call, Some("2099-01-01T00:00:00Z")).await.unwrap();
    assert_eq!(future.items, []);

    let counts = WORDPRESS.posts(&call, std::slice::from_ref(&published)).await.unwrap();
    assert_eq!(counts[0].1.replies, Some(if moderates { 2 } else { 1 }));
    // Others may be writing to the real one, too.
    assert!(Stats::channel(&WORDPRESS, &call).await.unwrap().posts.is_some_and(|posts| posts > 0));

    let mut changed = outgoing.clone();
    changed.variant.text = unique("Другой заголовок ");
    let after = Edit::edit(&WORDPRESS, &call, &published, &changed).await.unwrap();
    assert_eq!(after.external_id, published.external_id);
    assert_eq!(after.parts.len(), 4, "the files stay: {after:?}");

    for _ in 0..2 {
        Delete::delete(&WORDPRESS, &call, &published).await.unwrap();
    }
    assert_eq!(WORDPRESS.posts(&call, std::slice::from_ref(&published)).await.unwrap(), []);
    let gone = Edit::edit(&WORDPRESS, &call, &published, &changed).await;
    assert!(matches!(gone, Err(NetError::Gone)), "{gone:?}");
}

fn desk_url(desk: &Desk<'_>, published: &Published) -> String {
    format!("{}wp/v2/posts/{}", desk.channel.facts["root"].as_str().unwrap(), published.external_id)
}

/// What is refused, and how that is told.
async fn refusals(http: &dyn Http, form: &BTreeMap<String, String>) {
    let wrong = |field: &str, value: &str| {
        let mut form = form.clone();
        form.insert(field.into(), value.into());
        form
    };
    let rows = [
        (wrong("site", "https://"), "wordpress-site site"),
        (wrong("password", "wrong"), "wordpress-password password"),
        (wrong("user", "nobody"), "wordpress-password password"),
    ];
    for (form, expected) in rows {
        let error = Desk::open(http, &form).await.err().unwrap();
        assert_eq!(told(&error), expected);
    }
    let desk = Desk::open(http, form).await.unwrap();
    let mut lie = post("Лжёт", &[], 1);
    let facts = lie.media[0].facts.clone();
    lie.media[0] = Media::new(facts, String::new(), "lie.exe".into(), Arc::new(Bytes::from_static(b"MZ")));
    let error = desk.publish(&lie, "lie").await.unwrap_err();
    assert!(told(&error).starts_with("wordpress-file "), "{error:?}");
    let mut closed = post(&unique("Закрыто "), &[("comments", "closed")], 0);
    closed.variant.first_comment = "x".into();
    let error = desk.publish(&closed, &unique("d")).await.unwrap_err();
    assert_eq!(told(&error), "wordpress-comments-closed first_comment");
    let page = post(&unique("Страница "), &[("type", "page"), ("slug", "page-slug")], 0);
    let (published, _) = desk.publish(&page, &unique("d")).await.unwrap();
    assert_eq!(published.parts, ["page"]);
    let none = IdempotencyKey(String::new());
    Delete::delete(&WORDPRESS, &desk.call(&none), &published).await.unwrap();
}

fn told(error: &NetError) -> String {
    match error {
        NetError::Rejected { problem } | NetError::Reconnect { reason: problem } => {
            format!("{} {}", problem.code, problem.field)
        }
        other => other.to_string(),
    }
}

#[tokio::test]
async fn the_story_of_a_post_as_it_is_played() {
    let stage = Stage::new(&WORDPRESS, Timestamp::now());
    story(&stage, &WORDPRESS.form(stage.root()), true).await;
    refusals(&stage, &WORDPRESS.form(stage.root())).await;
    let plain = format!("{}/another-blog", stage.root());
    let mut form = WORDPRESS.form(&plain);
    form.insert("site".into(), plain);
    story(&stage, &form, true).await;
}

#[tokio::test]
async fn the_story_of_a_post_on_the_real_one() {
    let Ok(told) = std::env::var("SARAFAN_TEST_WORDPRESS") else {
        println!("skipped: no real WordPress (SARAFAN_TEST_WORDPRESS)");
        return;
    };
    let told: BTreeMap<String, String> = serde_json::from_str(&told).unwrap();
    let door = Door::new(DoorConfig { allow_private: vec!["127.0.0.1".into()], ..DoorConfig::default() }).unwrap();
    let form: BTreeMap<String, String> =
        [("site", "url"), ("user", "user"), ("password", "app_password")]
            .map(|(field, name)| (field.to_owned(), told[name].clone()))
            .into();
    story(&door, &form, true).await;
    refusals(&door, &form).await;
    story(&door, &an_author(&door, &form).await, false).await;
    // The other spelling of routes works as well.
    let desk = Desk::open(&door, &form).await.unwrap();
    let mut channel = desk.channel.clone();
    channel.facts["root"] = Value::from(format!("{}/?rest_route=/", told["url"]));
    let desk = Desk { channel, ..desk };
    let (published, _) = desk.publish(&post(&unique("Без красивых адресов "), &[], 1), &unique("d")).await.unwrap();
    let none = IdempotencyKey(String::new());
    Delete::delete(&WORDPRESS, &desk.call(&none), &published).await.unwrap();
}

/// A user of the least role that can publish: its HTML is filtered and it moderates nothing.
async fn an_author(http: &dyn Http, form: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let secret = super::site::secret(&form["user"], &form["password"]);
    let facts = super::site::Facts { root: format!("{}/wp-json/", form["site"]), user: 1 };
    let site = super::site::Site::new(facts, &secret);
    let name = unique("author");
    let user = serde_json::json!({ "username": name, "email": format!("{name}@example.org"), "roles": ["author"],
        "password": unique("p") });
    let make = site.sign(Request::new(Effect::Prepare, "POST", site.url("users", &[])).json(user));
    let made: Value = http.send(make).await.unwrap().json().unwrap();
    let route = format!("users/{}/application-passwords", made["id"]);
    let name_it = serde_json::json!({ "name": "test" });
    let make = site.sign(Request::new(Effect::Prepare, "POST", site.url(&route, &[])).json(name_it));
    let password: Value = http.send(make).await.unwrap().json().unwrap();
    let mut form = form.clone();
    form.insert("user".into(), name);
    form.insert("password".into(), password["password"].as_str().unwrap().to_owned());
    form
}

#[tokio::test]
async fn hostile_comments_are_only_words() {
    let stage = Stage::new(&WORDPRESS, Timestamp::now());
    let desk = Desk::open(&stage, &WORDPRESS.form(stage.root())).await.unwrap();
    let (published, _) = desk.publish(&post("Пост", &[], 0), "d").await.unwrap();
    {
        let mut wall = stage.wall();
        let id = WORDPRESS.visitor_id(&mut wall);
        wall.posts.push(WallPost {
            id,
            account: "blog".into(),
            parent: Some(published.external_id.clone()),
            author: "<img src=x onerror=alert(1)>Ева".into(),
            visitor: true,
            text: "<script>alert(1)</script>Привет & пока".into(),
            at: Some(Timestamp::now()),
            ..WallPost::default()
        });
    }
    let none = IdempotencyKey(String::new());
    let found = WORDPRESS.under(&desk.call(&none), &published, None).await.unwrap();
    assert_eq!(found.items[0].text, "<script>alert(1)</script>Привет & пока");
    assert_eq!((found.items[0].own, found.items[0].author_id.as_str()), (false, ""));
}

#[tokio::test]
async fn uploads_say_what_they_are() {
    let stage = Stage::new(&WORDPRESS, Timestamp::now());
    let desk = Desk::open(&stage, &WORDPRESS.form(stage.root())).await.unwrap();
    desk.publish(&post("Пост", &[], 1), "d").await.unwrap();
    let address = {
        let wall = stage.wall();
        let (id, file) = wall.files.first_key_value().unwrap();
        format!("{}/wp-content/uploads/{id}-{}", stage.root(), file.extra["name"].as_str().unwrap())
    };
    assert_eq!(stage.send(Request::get(address)).await.unwrap().body, PNG);
    let upload = stage.asked().into_iter().find(|request| request.url.contains("/media")).unwrap();
    assert_eq!(upload.effect, Effect::Prepare);
    assert!(matches!(&upload.body, Body::Raw { mime, .. } if mime == "image/png"));
    assert!(upload.headers.iter().any(|(name, value)| *name == "content-disposition" && value.contains("\"cup-0.png\"")));
}
