//! Notices: who hears of what, and by messenger too.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use jiff::SignedDuration;
use sarafan_app::Actor;
use sarafan_app::approvals::PolicyInput;
use sarafan_app::notes::NoteInput;
use sarafan_app::notices::Silence;
use sarafan_app::posts::When;
use sarafan_app::webhooks::WebhookInput;
use sarafan_domain::approval::WhenDue;
use sarafan_domain::id::PostId;
use sarafan_domain::member::Role;
use sarafan_domain::notice::Kind;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_domain::webhook::Topic;
use sarafan_network::NetError;
use sarafan_network::http::Http;
use sarafan_network::messenger::{Greeting, Heard, Messenger};

use crate::deliveries::work;
use crate::posts::{input, scheduled};
use crate::receiver::Receiver;
use crate::world::{World, said};

/// The kinds of what somebody was told, newest first; who joined is left out.
async fn kinds(world: &World, actor: &Actor) -> Vec<Kind> {
    let page = world.app.list_notices(actor, world.brand, None, None).await.unwrap();
    page.items.into_iter().map(|one| one.kind).filter(|kind| *kind != Kind::MemberJoined).collect()
}

#[tokio::test]
async fn approval_is_told_to_who_is_asked_and_what_became_of_it_to_the_author() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let author = world.member(world.brand, Role::Author).await;
    let client = world.member(world.brand, Role::Client).await;
    let draft = world.app.create_post(&author, world.brand, input("Fresh beans", &[channel])).await.unwrap();
    let asked = world.app.submit_post(&author, world.brand, draft.id, Some("Please".into())).await.unwrap();
    for who in [&world.owner, &client] {
        assert_eq!(kinds(&world, who).await, [Kind::ApprovalAsked]);
    }
    assert_eq!(kinds(&world, &author).await, []);
    let hash = asked.approval.hash.clone();
    world.app.ask_changes(&client, world.brand, draft.id, hash.clone(), "Shorter".into()).await.unwrap();
    world.app.submit_post(&author, world.brand, draft.id, None).await.unwrap();
    world.app.approve_post(&client, world.brand, draft.id, hash, None).await.unwrap();
    assert_eq!(kinds(&world, &author).await, [Kind::Approved, Kind::ChangesAsked]);
    let page = world.app.list_notices(&author, world.brand, None, None).await.unwrap();
    assert_eq!((page.items[1].words.as_str(), page.items[1].path.clone()), ("Shorter", format!("/posts/{}", draft.id)));
}

#[tokio::test]
async fn reminders_and_a_post_that_nobody_approved_are_told() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let policy = PolicyInput { required: true, when_due: WhenDue::Hold, remind_hours: vec![2], channels: Vec::new() };
    world.app.set_approval_policy(&world.owner, world.brand, policy).await.unwrap();
    let manager = world.member(world.brand, Role::Manager).await;
    let client = world.member(world.brand, Role::Client).await;
    scheduled(&world, "soon", &[channel], "2026-12-03T10:00").await;
    work(&world).await;
    assert_eq!(kinds(&world, &client).await, [Kind::ApprovalAsked]);
    world.set("2026-12-03T05:00:00Z");
    work(&world).await;
    assert_eq!(kinds(&world, &client).await, [Kind::ApprovalSoon, Kind::ApprovalAsked]);
    world.set("2026-12-03T07:00:00Z");
    work(&world).await;
    assert_eq!(kinds(&world, &client).await.len(), 2, "what is late is not the client's to mend");
    assert_eq!(kinds(&world, &manager).await, [Kind::ApprovalMissing, Kind::ApprovalSoon, Kind::ApprovalAsked]);
}

#[tokio::test]
async fn what_failed_is_told_to_the_author_and_to_who_can_mend_it() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let [author, manager] =
        [world.member(world.brand, Role::Author).await, { world.member(world.brand, Role::Manager).await }];
    let analyst = world.member(world.brand, Role::Analyst).await;
    let reason = Problem::error("credential-expired", "channel");
    world.house.script().steps.push_back(Err(NetError::Reconnect { reason }));
    let post = world.app.create_post(&author, world.brand, input("Fresh", &[channel])).await.unwrap();
    world.app.schedule_post(&world.owner, world.brand, post.id, post.version, When::Now, None).await.unwrap();
    work(&world).await;
    for (who, count) in [(&author, 1), (&manager, 2), (&world.owner, 2), (&analyst, 0)] {
        assert_eq!(kinds(&world, who).await.len(), count);
    }
    assert_eq!(kinds(&world, &author).await, [Kind::PostFailed]);
    assert!(kinds(&world, &manager).await.contains(&Kind::ChannelReconnect));
}

#[tokio::test]
async fn a_webhook_that_was_switched_off_is_told_to_who_may_mend_it() {
    let world = World::new().await;
    let manager = world.member(world.brand, Role::Manager).await;
    let author = world.member(world.brand, Role::Author).await;
    let desk = Receiver::start().await;
    let new = WebhookInput { name: "CRM".into(), url: desk.url.clone(), topics: vec![Topic::PostSent] };
    let made = world.app.create_webhook(&world.owner, world.brand, new).await.unwrap();
    desk.answers(&[410]);
    world.app.test_webhook(&world.owner, world.brand, made.id).await.unwrap();
    work(&world).await;
    assert_eq!(kinds(&world, &manager).await, [Kind::WebhookOff]);
    assert_eq!(kinds(&world, &author).await, []);
}

#[tokio::test]
async fn a_silent_worker_is_told_to_owners_once_per_episode() {
    let world = World::new().await;
    let author = world.member(world.brand, Role::Author).await;
    world.brand("Another").await;
    let silence = Silence::new(world.app.now());
    let looked = async |expected: usize, why: &str| {
        silence.look(&world.app).await.unwrap();
        silence.look(&world.app).await.unwrap();
        let told = kinds(&world, &world.owner).await;
        assert_eq!(told.iter().filter(|kind| **kind == Kind::WorkerSilent).count(), expected, "{why}");
        world.app.read_notices(&world.owner, world.brand, None).await.unwrap();
    };
    looked(1, "no worker lives").await;
    looked(1, "it was told already").await;
    assert_eq!(kinds(&world, &author).await, []);
    world.pass(SignedDuration::from_secs(40));
    let (store, now) = (world.store().await, world.app.now());
    store
        .write(move |conn| Box::pin(async move { sarafan_store::workers::beat(conn, "one", now).await }))
        .await
        .unwrap();
    store.close().await;
    looked(1, "it is over").await;
    world.pass(SignedDuration::from_secs(25));
    looked(2, "a new one").await;
}

/// A messenger that remembers what it was told, and says what it was given to hear.
#[derive(Default)]
struct Pigeon {
    told: Mutex<Vec<(String, String)>>,
    heard: Mutex<Vec<Greeting>>,
    blocked: Mutex<bool>,
}

#[async_trait]
impl Messenger for Pigeon {
    fn title(&self) -> &'static str {
        "Pigeon"
    }

    async fn invite(&self, _: &dyn Http, word: &str, _: Timestamp) -> Result<String, NetError> {
        Ok(format!("https://pigeon.example/?start={word}"))
    }

    async fn hear(&self, _: &dyn Http, from: i64, _: Timestamp) -> Result<Heard, NetError> {
        Ok(Heard { greetings: std::mem::take(&mut *self.heard.lock().unwrap()), next: from + 1 })
    }

    async fn tell(&self, _: &dyn Http, chat: &str, text: &str, _: Timestamp) -> Result<(), NetError> {
        if *self.blocked.lock().unwrap() {
            return Err(NetError::Gone);
        }
        self.told.lock().unwrap().push((chat.to_owned(), text.to_owned()));
        Ok(())
    }
}

impl Pigeon {
    fn taken(&self) -> Vec<(String, String)> {
        std::mem::take(&mut *self.told.lock().unwrap())
    }
}

async fn named(world: &World, post: PostId, who: &Actor, text: &str) {
    let note = NoteInput { text: text.to_owned(), mentions: vec![who.person.unwrap()] };
    world.app.create_note(&world.owner, world.brand, post, note).await.unwrap();
}

#[tokio::test]
async fn who_linked_a_messenger_hears_there_until_they_want_no_more() {
    let pigeon = Arc::new(Pigeon::default());
    let world = World::with_messenger(Arc::<Pigeon>::clone(&pigeon)).await;
    let author = world.member(world.brand, Role::Author).await;
    let post = world.app.create_post(&world.owner, world.brand, input("Fresh beans", &[])).await.unwrap().id;
    let seen = world.app.my_messenger(&author).await.unwrap();
    assert_eq!((seen.title.as_deref(), seen.name), (Some("Pigeon"), None));
    let invite = world.app.link_messenger(&author).await.unwrap();
    assert!(invite.link.ends_with(&invite.word));
    let kept = world.everything_kept();
    assert!(!kept.windows(invite.word.len()).any(|window| window == invite.word.as_bytes()), "only a hash is kept");
    let says = |word: &str, chat: &str| Greeting { word: word.into(), chat: chat.into(), name: "@anna".into() };
    *pigeon.heard.lock().unwrap() = vec![says("stranger", "13"), says(&invite.word, "42"), says(&invite.word, "66")];
    work(&world).await;
    assert_eq!(world.app.my_messenger(&author).await.unwrap().name.as_deref(), Some("@anna"));
    assert_eq!(
        pigeon.taken().iter().map(|(chat, _)| chat.as_str()).collect::<Vec<_>>(),
        ["42"],
        "the word is good once"
    );
    assert!(world.app.notice_choices(&author, world.brand).await.unwrap().linked);

    for text in ["one", "two"] {
        named(&world, post, &author, text).await;
    }
    work(&world).await;
    assert_eq!(pigeon.taken(), [], "they gather");
    world.pass(SignedDuration::from_secs(15));
    work(&world).await;
    let [(chat, text)] = &pigeon.taken()[..] else { panic!("not one message") };
    assert!(chat == "42" && text.contains("one") && text.contains("two"), "{text}");
    world.pass(SignedDuration::from_secs(60));
    work(&world).await;
    assert_eq!(pigeon.taken(), [], "nothing is said twice");

    *pigeon.blocked.lock().unwrap() = true;
    named(&world, post, &author, "three").await;
    world.pass(SignedDuration::from_secs(15));
    work(&world).await;
    assert_eq!(world.app.my_messenger(&author).await.unwrap().name, None, "who blocked it is left alone");
    assert_eq!(kinds(&world, &author).await.len(), 3, "and hears in the application");
}

#[tokio::test]
async fn a_word_that_came_too_late_links_nothing() {
    let pigeon = Arc::new(Pigeon::default());
    let world = World::with_messenger(Arc::<Pigeon>::clone(&pigeon)).await;
    let invite = world.app.link_messenger(&world.owner).await.unwrap();
    world.pass(SignedDuration::from_mins(15));
    *pigeon.heard.lock().unwrap() = vec![Greeting { word: invite.word, chat: "1".into(), name: "x".into() }];
    work(&world).await;
    assert_eq!(world.app.my_messenger(&world.owner).await.unwrap().name, None);
    let without = World::new().await;
    assert_eq!(said(without.app.link_messenger(&without.owner).await), "messenger-off");
}

#[tokio::test]
async fn what_went_well_is_no_news() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    scheduled(&world, "well", &[channel], "2026-12-01T10:30").await;
    world.pass(SignedDuration::from_mins(40));
    work(&world).await;
    assert_eq!(kinds(&world, &world.owner).await, []);
}
