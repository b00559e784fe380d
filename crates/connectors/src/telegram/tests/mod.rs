//! The connector against its player: the whole way of a post, a comment and a reaction.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::{Published, Step};
use sarafan_domain::id::{AssetId, BrandId, ChannelId};
use sarafan_domain::post::{MediaRef, Poll, Variant};
use sarafan_domain::time::Timestamp;
use sarafan_network::play::{Player, WallPost};
use sarafan_network::stage::Stage;
use sarafan_network::{
    Auth, Call, Comments, Connecting, Delete, Edit, IdempotencyKey, Media, NetError, Network, Opening, Outgoing,
    Publish, Secret, Stats,
};

use super::Telegram;

mod specification;

static TELEGRAM: Telegram = Telegram;

/// One white pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\r\xefF\xb8\0\0\0\0IEND\xaeB`\x82";

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

struct Desk {
    stage: Stage,
    channel: Channel,
    token: Secret,
    key: IdempotencyKey,
}

impl Desk {
    async fn open(chat: &str) -> Self {
        let stage = Stage::new(&TELEGRAM, now());
        let mut form = TELEGRAM.form(stage.root());
        form.insert("chat".into(), chat.into());
        let opening = Opening { http: &stage, redirect: "", nonce: "", now: now() };
        let Connecting::Choose(mut found) = TELEGRAM.connect(&opening, &form).await.unwrap() else { panic!() };
        let place = found.remove(0);
        let id = [7; 16];
        let channel = Channel {
            id: ChannelId::from_bytes(&id).unwrap(),
            brand: BrandId::from_bytes(&id).unwrap(),
            network: "telegram".into(),
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
        Self { stage, channel, token: place.credential, key: IdempotencyKey("k".into()) }
    }

    fn call(&self) -> Call<'_> {
        Call { http: &self.stage, channel: &self.channel, credential: &self.token, key: &self.key, now: now() }
    }

    async fn publish(&self, post: &Outgoing) -> Result<Published, NetError> {
        let mut step = TELEGRAM.start(&self.call(), post).await?;
        loop {
            match step {
                Step::Done(published) => return Ok(published),
                Step::Wait { resume, .. } => step = TELEGRAM.resume(&self.call(), post, resume).await?,
            }
        }
    }

    fn methods(&self) -> Vec<String> {
        self.stage.asked().iter().map(|request| request.url.rsplit('/').next().unwrap().to_owned()).collect()
    }
}

fn post(text: &str) -> Outgoing {
    Outgoing { variant: Variant { text: text.into(), ..Variant::default() }, media: Vec::new(), card: None }
}

fn with_media(text: &str, kinds: &[AssetKind]) -> Outgoing {
    let mut post = post(text);
    for (index, kind) in kinds.iter().enumerate() {
        let id = AssetId::from_bytes(&[u8::try_from(index).unwrap(); 16]).unwrap();
        let facts = AssetFacts {
            id,
            kind: *kind,
            mime: "image/png".into(),
            bytes: 70,
            width: 1,
            height: 1,
            seconds: (*kind == AssetKind::Video).then_some(2.4),
        };
        post.variant.media.push(MediaRef { asset: id, alt: String::new() });
        post.media.push(Media::new(facts, String::new(), "a.png".into(), Arc::new(Bytes::from_static(PNG))));
    }
    post
}

fn code(result: Result<Published, NetError>) -> String {
    match result {
        Ok(published) => format!("out {}", published.external_id),
        Err(NetError::Rejected { problem } | NetError::Reconnect { reason: problem }) => problem.code.into_owned(),
        Err(other) => other.to_string(),
    }
}

#[tokio::test]
async fn connecting_tells_what_the_chat_is() {
    let desk = Desk::open("t.me/sandbox_channel").await;
    assert_eq!(desk.channel.external_id, "-1002000000000");
    assert_eq!(desk.channel.handle, "@sandbox_channel");
    assert_eq!(TELEGRAM.quota_owner(&desk.channel.facts).unwrap(), "http://sandbox.test/telegram 700001");
    assert_eq!(desk.channel.facts["linked"], -1_003_000_000_000_i64);
    let identity = TELEGRAM.whoami(&desk.call()).await.unwrap();
    assert_eq!(identity.url.as_deref(), Some("http://sandbox.test/telegram/sandbox_channel"));
    desk.stage.wall().expired.push(desk.token.expose().to_owned());
    let error = TELEGRAM.whoami(&desk.call()).await.unwrap_err();
    assert!(matches!(&error, NetError::Reconnect { reason } if reason.code == "telegram-token"), "{error:?}");
}

#[tokio::test]
async fn what_was_typed_wrong_is_pointed_at() {
    let stage = Stage::new(&TELEGRAM, now());
    let opening = Opening { http: &stage, redirect: "", nonce: "", now: now() };
    let rows = [
        ("token", "no token", "telegram-token", "token"),
        ("chat", "https://t.me/+abc", "telegram-chat-typed", "chat"),
        ("chat", "@nobody_here", "telegram-chat-not-found", "chat"),
    ];
    for (field, typed, code, at) in rows {
        let mut form: BTreeMap<String, String> = TELEGRAM.form(stage.root());
        form.insert(field.into(), typed.into());
        let error = TELEGRAM.connect(&opening, &form).await.unwrap_err();
        let NetError::Rejected { problem } = error else { panic!("{typed}: {error:?}") };
        assert_eq!((problem.code.as_ref(), problem.field.as_ref()), (code, at), "{typed}");
    }
}

#[tokio::test]
async fn every_kind_of_post_has_its_method() {
    use AssetKind::{Document, Gif, Image, Video};
    let rows: [(&[AssetKind], &str); 8] = [
        (&[], "SendMessage"),
        (&[Image], "SendPhoto"),
        (&[Video], "SendVideo"),
        (&[Gif], "SendAnimation"),
        (&[Document], "SendDocument"),
        (&[Image, Image, Video], "SendMediaGroup"),
        (&[Document, Document], "SendMediaGroup"),
        (&[Image; 10], "SendMediaGroup"),
    ];
    for (kinds, method) in rows {
        let desk = Desk::open("@sandbox_channel").await;
        let published = desk.publish(&with_media("Привет", kinds)).await.unwrap();
        assert_eq!(desk.methods().last().unwrap(), method);
        assert_eq!(published.parts.len() + 1, kinds.len().max(1), "{kinds:?}");
        let wall = desk.stage.wall();
        let texts: Vec<_> = wall.posts.iter().map(|post| post.text.as_str()).filter(|text| !text.is_empty()).collect();
        assert_eq!(texts, ["Привет"], "{kinds:?}");
        let expected = format!("http://sandbox.test/telegram/sandbox_channel/{}", published.external_id);
        assert_eq!(published.url.unwrap(), expected);
    }
}

#[tokio::test]
async fn options_reach_the_wall() {
    let desk = Desk::open("@sandbox_channel").await;
    let mut post = post("Меню");
    post.variant.link = Some("https://zerno.example/menu".into());
    for (key, value) in [("buttons", "Открыть | https://zerno.example"), ("silent", "true"), ("protect", "true"), ("pin", "true")] {
        post.variant.options.insert(key.into(), value.into());
    }
    let published = desk.publish(&post).await.unwrap();
    let wall = desk.stage.wall();
    let on_wall = wall.post(&published.external_id).unwrap();
    assert_eq!(on_wall.text, "Меню\n\nhttps://zerno.example/menu");
    assert!(on_wall.pinned);
    assert_eq!(on_wall.extra["silent"], true);
    assert_eq!(on_wall.extra["protected"], true);
    assert_eq!(on_wall.extra["buttons"][0][0]["text"], "Открыть");
}

#[tokio::test]
async fn a_poll_goes_out_and_stays_as_it_is() {
    let desk = Desk::open("@sandbox_channel").await;
    let mut post = post("Какой кофе?");
    post.variant.poll = Some(Poll { options: vec!["Чёрный".into(), "С молоком".into()], multiple: true, hours: 24 });
    let published = desk.publish(&post).await.unwrap();
    assert_eq!(desk.stage.wall().post(&published.external_id).unwrap().poll.len(), 2);
    let edited = Edit::edit(&TELEGRAM, &desk.call(), &published, &post).await;
    assert_eq!(code(edited), "telegram-poll-fixed");
}

#[tokio::test]
async fn refusals_are_told_in_our_words() {
    let desk = Desk::open("@sandbox_channel").await;
    let mut wide = with_media("x", &[AssetKind::Image]);
    wide.media[0] = Media::new(wide.media[0].facts.clone(), String::new(), "a".into(), Arc::new(Bytes::from_static(b"GIF89a")));
    let rows = [
        (post("   "), "post-empty"),
        (post(&"ж".repeat(4097)), "telegram-text-long"),
        (with_media(&"ж".repeat(1025), &[AssetKind::Image]), "telegram-text-long"),
        (wide, "telegram-file"),
        (post(&"ж".repeat(4096)), "out "),
    ];
    for (post, expected) in rows {
        assert!(code(desk.publish(&post).await).starts_with(expected), "{expected}");
    }
}

#[tokio::test]
async fn the_first_comment_waits_for_the_copy_in_the_discussion_group() {
    let desk = Desk::open("@sandbox_channel").await;
    let mut first = post("Пост");
    first.variant.first_comment = "Ссылка в комментарии".into();
    let published = desk.publish(&first).await.unwrap();
    let [comment] = published.parts.as_slice() else { panic!("{published:?}") };
    assert!(comment.starts_with("-1003000000000:"), "{comment}");
    {
        let wall = desk.stage.wall();
        let on_wall = wall.post(comment.rsplit(':').next().unwrap()).unwrap();
        assert_eq!(on_wall.parent.as_deref(), Some(published.external_id.as_str()));
    }
    // The stream shows no copy: after some looks a person is told, and the post is not sent again.
    let desk = Desk::open("@sandbox_channel").await;
    let mut step = TELEGRAM.start(&desk.call(), &first).await.unwrap();
    desk.stage.wall().posts[0].extra["copy"] = serde_json::Value::Null;
    let error = loop {
        let Step::Wait { resume, .. } = step else { panic!("{step:?}") };
        match TELEGRAM.resume(&desk.call(), &first, resume).await {
            Ok(next) => step = next,
            Err(error) => break error,
        }
    };
    assert_eq!(code(Err(error)), "telegram-no-copy");
    assert_eq!(desk.methods().iter().filter(|method| *method == "SendMessage").count(), 1);
}

#[tokio::test]
async fn editing_and_deleting_do_no_harm_when_repeated() {
    let desk = Desk::open("@sandbox_channel").await;
    let album = with_media("Было", &[AssetKind::Image, AssetKind::Image]);
    let published = desk.publish(&album).await.unwrap();
    let mut changed = album.clone();
    changed.variant.text = "Стало".into();
    for _ in 0..2 {
        Edit::edit(&TELEGRAM, &desk.call(), &published, &changed).await.unwrap();
    }
    assert_eq!(desk.stage.wall().post(&published.external_id).unwrap().text, "Стало");
    for _ in 0..2 {
        Delete::delete(&TELEGRAM, &desk.call(), &published).await.unwrap();
    }
    assert!(desk.stage.wall().posts.is_empty());
    let gone = Edit::edit(&TELEGRAM, &desk.call(), &published, &changed).await;
    assert!(matches!(gone, Err(NetError::Gone)), "{gone:?}");
}

#[tokio::test]
async fn comments_and_reactions_arrive() {
    let desk = Desk::open("@sandbox_channel").await;
    let published = desk.publish(&post("Пост")).await.unwrap();
    {
        let mut wall = desk.stage.wall();
        for (parent, text) in [(published.external_id.clone(), "Вкусно!"), ("3".to_owned(), "И мне")] {
            let id = TELEGRAM.visitor_id(&mut wall);
            wall.posts.push(WallPost {
                id,
                account: desk.channel.external_id.clone(),
                parent: Some(parent),
                author: "Анна".into(),
                visitor: true,
                text: text.into(),
                at: Some(now()),
                ..WallPost::default()
            });
        }
        wall.post_mut(&published.external_id).unwrap().reactions = vec!["Анна".into(), "Jan".into()];
        wall.followers.insert(desk.channel.external_id.clone(), vec!["Анна".into()]);
    }
    let news = TELEGRAM.news(&desk.call(), None).await.unwrap();
    let said: Vec<_> = news.page.items.iter().map(|one| (one.text.as_str(), one.parent.clone().unwrap())).collect();
    assert_eq!(said, [("Вкусно!", published.external_id.clone()), ("И мне", "-1003000000000:3".to_owned())]);
    assert_eq!(news.counts[0].0, published.external_id);
    assert_eq!(news.counts[0].1.reactions, Some(2));
    assert_eq!(news.page.next, None);
    let under = TELEGRAM.under(&desk.call(), &published, None).await.unwrap();
    assert_eq!(under.items.len(), 1);
    let reply = TELEGRAM.reply(&desk.call(), &under.items[0].external_id, "Спасибо!").await.unwrap();
    {
        let wall = desk.stage.wall();
        let answer = wall.post(reply.external_id.rsplit(':').next().unwrap()).unwrap();
        assert_eq!((answer.parent.as_deref(), answer.visitor), (Some("3"), false));
    }
    assert_eq!(Stats::channel(&TELEGRAM, &desk.call()).await.unwrap().followers, Some(2));
    let counts = TELEGRAM.posts(&desk.call(), &[published]).await.unwrap();
    assert_eq!(counts[0].1, Default::default());
}

#[tokio::test]
async fn many_updates_are_confirmed_by_halves() {
    let desk = Desk::open("@sandbox_channel").await;
    let published = desk.publish(&post("Пост")).await.unwrap();
    {
        let mut wall = desk.stage.wall();
        for number in 0..250 {
            let id = TELEGRAM.visitor_id(&mut wall);
            wall.posts.push(WallPost {
                id,
                account: desk.channel.external_id.clone(),
                parent: Some(published.external_id.clone()),
                author: "Анна".into(),
                visitor: true,
                text: number.to_string(),
                at: Some(now()),
                ..WallPost::default()
            });
        }
    }
    let (mut cursor, mut seen) = (None, std::collections::BTreeSet::new());
    loop {
        let page = TELEGRAM.since(&desk.call(), cursor.as_deref()).await.unwrap();
        seen.extend(page.items.into_iter().map(|one| one.text));
        match page.next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(seen.len(), 250);
}

#[tokio::test]
async fn a_group_is_a_channel_too() {
    let desk = Desk::open("@sandbox_group").await;
    let mut first = post("Пост");
    first.variant.first_comment = "Комментарий".into();
    let published = desk.publish(&first).await.unwrap();
    assert_eq!(published.parts.len(), 1);
    assert_eq!(desk.methods().iter().filter(|method| *method == "GetUpdates").count(), 0);
}

#[tokio::test]
async fn limits_depend_on_what_is_sent() {
    let poll = Some(Poll { options: vec!["a".into(), "b".into()], multiple: false, hours: 1 });
    let rows = [
        (Variant::default(), 4096),
        (with_media("", &[AssetKind::Image]).variant, 1024),
        (Variant { poll, ..Variant::default() }, 300),
    ];
    for (variant, expected) in rows {
        assert_eq!(TELEGRAM.format(&variant, &serde_json::Value::Null).text_max, expected);
    }
    let desk = Desk::open("@sandbox_channel").await;
    assert!(TELEGRAM.format(&Variant::default(), &desk.channel.facts).first_comment);
    let mut facts = desk.channel.facts.clone();
    facts["linked"] = serde_json::Value::Null;
    assert!(!TELEGRAM.format(&Variant::default(), &facts).first_comment);
}
