//! The whole way of posts against teremock: what it takes, keeps, changes and deletes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are not marked as tests")]

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use sarafan_connectors::telegram::Telegram;
use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::{Published, Step};
use sarafan_domain::id::{AssetId, BrandId, ChannelId};
use sarafan_domain::post::{MediaRef, Poll, Variant};
use sarafan_domain::time::Timestamp;
use sarafan_network::door::{Door, DoorConfig};
use sarafan_network::{
    Auth, Call, Comments, Connecting, Delete, Edit, IdempotencyKey, Media, NetError, Opening, Outgoing, Publish, Secret,
};
use teloxide::dptree;
use teremock::{DistributionKey, MockBot, MockMessageText};

static TELEGRAM: Telegram = Telegram;

struct Desk {
    bot: MockBot<Infallible, DistributionKey>,
    door: Door,
    channel: Channel,
    token: Secret,
    key: IdempotencyKey,
}

impl Desk {
    async fn open() -> Self {
        let bot = MockBot::new(MockMessageText::new().text("hello"), dptree::entry()).await;
        let door = Door::new(DoorConfig { allow_private: vec!["127.0.0.1".into()], ..DoorConfig::default() }).unwrap();
        let form: BTreeMap<String, String> =
            [("token", "1:emulator"), ("chat", "-1001234567890"), ("server", bot.api_url().as_str())]
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .into();
        let opening = Opening { http: &door, redirect: "", nonce: "", now: Timestamp::now() };
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
        Self { bot, door, channel, token: place.credential, key: IdempotencyKey("k".into()) }
    }

    fn call(&self) -> Call<'_> {
        Call {
            http: &self.door,
            channel: &self.channel,
            credential: &self.token,
            key: &self.key,
            now: Timestamp::now(),
        }
    }

    async fn publish(&self, post: &Outgoing) -> Published {
        let mut step = TELEGRAM.start(&self.call(), post).await.unwrap();
        loop {
            match step {
                Step::Done(published) => return published,
                Step::Wait { resume, .. } => step = TELEGRAM.resume(&self.call(), post, resume).await.unwrap(),
            }
        }
    }
}

fn post(text: &str, kinds: &[(AssetKind, &str)]) -> Outgoing {
    let mut post =
        Outgoing { variant: Variant { text: text.into(), ..Variant::default() }, media: Vec::new(), card: None };
    for (index, (kind, mime)) in kinds.iter().enumerate() {
        let id = AssetId::from_bytes(&[u8::try_from(index).unwrap(); 16]).unwrap();
        let facts =
            AssetFacts { id, kind: *kind, mime: (*mime).into(), bytes: 4, width: 640, height: 480, seconds: Some(3.0) };
        post.variant.media.push(MediaRef { asset: id, alt: String::new() });
        post.media.push(Media::new(facts, String::new(), "file.bin".into(), Arc::new(Bytes::from_static(b"file"))));
    }
    post
}

const IMAGE: (AssetKind, &str) = (AssetKind::Image, "image/jpeg");
const VIDEO: (AssetKind, &str) = (AssetKind::Video, "video/mp4");
const GIF: (AssetKind, &str) = (AssetKind::Gif, "image/gif");
const PAPER: (AssetKind, &str) = (AssetKind::Document, "application/pdf");

#[tokio::test]
async fn a_text_with_everything_around_it() {
    let desk = Desk::open().await;
    let mut text = post("Новый сорт 🎉", &[]);
    text.variant.link = Some("https://zerno.example/ethiopia".into());
    for (key, value) in
        [("buttons", "Меню | https://zerno.example/menu"), ("silent", "true"), ("protect", "true"), ("pin", "true")]
    {
        text.variant.options.insert(key.into(), value.into());
    }
    let published = desk.publish(&text).await;
    let seen = desk.bot.get_responses();
    let sent = seen.sent_messages_text.last().unwrap();
    assert_eq!(sent.message.text(), Some("Новый сорт 🎉\n\nhttps://zerno.example/ethiopia"));
    assert_eq!(sent.bot_request.disable_notification, Some(true));
    assert_eq!(sent.bot_request.protect_content, Some(true));
    assert_eq!(sent.bot_request.parse_mode, None);
    let preview = sent.bot_request.link_preview_options.clone().unwrap();
    assert_eq!(preview.url.as_deref(), Some("https://zerno.example/ethiopia"));
    assert_eq!(sent.message.reply_markup().unwrap().inline_keyboard[0][0].text, "Меню");
    assert_eq!(sent.message.id.0.to_string(), published.external_id);
    assert_eq!(seen.pinned_chat_messages.last().unwrap().message_id, sent.message.id.0);
}

#[tokio::test]
async fn files_and_albums() {
    let desk = Desk::open().await;
    for kinds in [[IMAGE], [VIDEO], [GIF], [PAPER]] {
        desk.publish(&post("Подпись", &kinds)).await;
    }
    let album = desk.publish(&post("Альбом", &[IMAGE, VIDEO, IMAGE])).await;
    let papers = desk.publish(&post("Бумаги", &[PAPER, PAPER])).await;
    let seen = desk.bot.get_responses();
    assert_eq!(seen.sent_messages_photo[0].message.caption(), Some("Подпись"));
    assert_eq!(seen.sent_messages_photo[0].bot_request.file_data, "file");
    let video = seen.sent_messages_video[0].message.video().unwrap();
    assert_eq!((video.width, video.height, video.duration.seconds()), (640, 480, 3));
    assert_eq!(seen.sent_messages_animation.len(), 1);
    assert_eq!(seen.sent_messages_document[0].message.caption(), Some("Подпись"));
    let [first, second] = seen.sent_media_group.as_slice() else { panic!("{}", seen.sent_media_group.len()) };
    let captions = |messages: &[teloxide::types::Message]| -> Vec<Option<String>> {
        messages.iter().map(|message| message.caption().map(str::to_owned)).collect()
    };
    assert_eq!(captions(&first.messages), [Some("Альбом".to_owned()), None, None]);
    assert_eq!(captions(&second.messages), [None, Some("Бумаги".to_owned())]);
    assert_eq!((album.parts.len(), papers.parts.len()), (2, 1));
}

#[tokio::test]
async fn a_poll() {
    let desk = Desk::open().await;
    let mut question = post("Какой кофе?", &[]);
    let options = vec!["Чёрный".to_owned(), "С молоком".to_owned()];
    question.variant.poll = Some(Poll { options, multiple: true, hours: 24 });
    desk.publish(&question).await;
    let seen = desk.bot.get_responses();
    let sent = seen.sent_messages_poll.last().unwrap();
    assert_eq!(sent.bot_request.question, "Какой кофе?");
    assert_eq!(sent.bot_request.options.len(), 2);
    assert_eq!(sent.bot_request.allows_multiple_answers, Some(true));
    assert_eq!(sent.bot_request.open_period.unwrap().seconds(), 86_400);
}

#[tokio::test]
async fn what_is_out_is_changed_and_taken_down() {
    let desk = Desk::open().await;
    let text = desk.publish(&post("Было", &[])).await;
    let picture = desk.publish(&post("Было", &[IMAGE])).await;
    let album = desk.publish(&post("Было", &[IMAGE, IMAGE])).await;
    for _ in 0..2 {
        // The second time nothing changes, which the emulator refuses as the real server does.
        Edit::edit(&TELEGRAM, &desk.call(), &text, &post("Стало", &[])).await.unwrap();
    }
    Edit::edit(&TELEGRAM, &desk.call(), &picture, &post("Стало", &[IMAGE])).await.unwrap();
    let seen = desk.bot.get_responses();
    assert_eq!(seen.edited_messages_text.len(), 1);
    assert_eq!(seen.edited_messages_caption[0].message.caption(), Some("Стало"));
    // The album twice: what is gone is skipped. For one message the emulator says "Unknown error" instead of what
    // the real server says, so that case is left to the recordings.
    for published in [&text, &picture, &album, &album] {
        Delete::delete(&TELEGRAM, &desk.call(), published).await.unwrap();
    }
    assert_eq!(desk.bot.get_responses().deleted_messages.len(), 4);
    let gone = Edit::edit(&TELEGRAM, &desk.call(), &text, &post("Поздно", &[])).await;
    assert!(matches!(gone, Err(NetError::Gone)), "{gone:?}");
}

#[tokio::test]
async fn an_answer_to_a_message() {
    let desk = Desk::open().await;
    let question = desk.publish(&post("Вопрос", &[])).await;
    let mut first = post("Пост", &[]);
    first.variant.first_comment = "Первый".into();
    // The emulator does not say what kind of chat it is, so it counts as a group: the comment answers the post.
    let published = desk.publish(&first).await;
    assert_eq!(published.parts.len(), 1);
    TELEGRAM.reply(&desk.call(), &question.external_id, "Ответ").await.unwrap();
    let seen = desk.bot.get_responses();
    let answered = seen.sent_messages.last().unwrap().reply_to_message().unwrap();
    assert_eq!(answered.id.0.to_string(), question.external_id);
    assert_eq!(TELEGRAM.since(&desk.call(), None).await.unwrap().items, []);
}
