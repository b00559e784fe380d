//! Deliveries on their way: the worker against networks that do what the test says, of all three kinds.

use std::time::Duration;

use jiff::SignedDuration;
use sarafan_app::deliveries::{DeliveryCommand, DeliveryDetail, DeliveryQuery};
use sarafan_app::posts::{PostView, When};
use sarafan_app::worker::Worker;
use sarafan_domain::delivery::{Failure, Published, Scope, State, Step};
use sarafan_domain::post::PostState;
use sarafan_domain::problem::Problem;

use crate::network::{Asked, House};
use crate::posts::{input, scheduled};
use crate::world::{World, said};

/// Runs everything that is due.
pub(crate) async fn work(world: &World) {
    Worker::new(world.app.clone()).drain().await.unwrap();
}

async fn now_on(world: &World, network: &str, text: &str) -> PostView {
    let channel = world.channel_of(network, world.brand, "wall").await.id;
    let draft = world.app.create_post(&world.owner, world.brand, input(text, &[channel])).await.unwrap();
    world.app.schedule_post(&world.owner, world.brand, draft.id, draft.version, When::Now, None).await.unwrap()
}

async fn look(world: &World, post: &PostView) -> DeliveryDetail {
    world.app.delivery(&world.owner, world.brand, post.deliveries[0].id).await.unwrap()
}

async fn tell(world: &World, post: &PostView, command: DeliveryCommand) -> String {
    said(world.app.command_delivery(&world.owner, world.brand, post.deliveries[0].id, command).await)
}

fn keys(house: &House) -> Vec<String> {
    house
        .asked()
        .into_iter()
        .filter_map(|asked| match asked {
            Asked::Start { key, .. } | Asked::Resume { key } => Some(key),
            Asked::Find | Asked::Edit { .. } | Asked::Delete { .. } | Asked::Refresh { .. } => None,
        })
        .collect()
}

#[tokio::test]
async fn a_post_goes_out_at_its_time_and_not_before() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let post = scheduled(&world, "hello", &[channel], "2026-12-01T10:05").await;
    work(&world).await;
    assert_eq!(world.house.asked(), [], "nothing leaves before its time");
    world.set("2026-12-01T07:05:00Z");
    work(&world).await;
    let delivery = look(&world, &post).await;
    assert_eq!((delivery.delivery.state, delivery.delivery.late_ms), (State::Sent, Some(0)));
    assert_eq!(delivery.history.iter().map(|a| a.outcome.as_str()).collect::<Vec<_>>(), ["done"]);
    assert_eq!(world.app.post(&world.owner, world.brand, post.id).await.unwrap().state, PostState::Sent);
    work(&world).await;
    assert_eq!(keys(world.house).len(), 1, "and only once");
}

#[tokio::test]
async fn a_thread_is_sent_part_by_part_each_with_its_own_key() {
    let world = World::new().await;
    let part =
        |published| Step::Wait { resume: serde_json::json!({ "next": 1 }), wait: Duration::from_secs(1), published };
    world.house.script().steps.push_back(Ok(part(Some(Published::one("1", None)))));
    let post = now_on(&world, "house", "first\n---\nsecond").await;
    work(&world).await;
    assert_eq!(look(&world, &post).await.delivery.state, State::Waiting);
    world.pass(SignedDuration::from_secs(2));
    work(&world).await;
    assert_eq!(look(&world, &post).await.delivery.state, State::Sent);
    let keys = keys(world.house);
    assert_eq!(keys.len(), 2);
    assert_ne!(keys[0], keys[1]);
}

#[tokio::test]
async fn silence_is_repeated_with_the_same_key_where_the_network_has_keys() {
    let world = World::new().await;
    world.house.script().steps.push_back(Err(Failure::Unknown));
    let post = now_on(&world, "house", "text").await;
    work(&world).await;
    assert_eq!(look(&world, &post).await.delivery.state, State::Scheduled);
    world.pass(SignedDuration::from_mins(1));
    work(&world).await;
    assert_eq!(look(&world, &post).await.delivery.state, State::Sent);
    let keys = keys(world.house);
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0], keys[1], "the network sees that it is the same post");
}

#[tokio::test]
async fn silence_is_looked_up_where_the_network_can_be_searched() {
    for (found, sends) in [(true, 1), (false, 2)] {
        let world = World::new().await;
        world.cellar.script().steps.push_back(Err(Failure::Unknown));
        let out = Step::Done(Published::one("seen", None));
        world.cellar.script().found.push_back(Ok(found.then_some(out)));
        let post = now_on(&world, "cellar", "text").await;
        work(&world).await;
        assert_eq!(look(&world, &post).await.delivery.state, State::Unknown);
        world.pass(SignedDuration::from_mins(1));
        work(&world).await;
        work(&world).await;
        let delivery = look(&world, &post).await;
        assert_eq!(delivery.delivery.state, State::Sent, "found: {found}");
        assert_eq!(keys(world.cellar).len(), sends, "found: {found}");
    }
}

#[tokio::test]
async fn silence_asks_a_person_where_nothing_else_helps() {
    let world = World::new().await;
    world.attic.script().steps.push_back(Err(Failure::Unknown));
    let post = now_on(&world, "attic", "text").await;
    work(&world).await;
    world.pass(SignedDuration::from_hours(30));
    work(&world).await;
    let delivery = look(&world, &post).await;
    assert_eq!(delivery.delivery.state, State::Unknown);
    assert!(delivery.delivery.reason.is_some());
    assert_eq!(keys(world.attic).len(), 1, "never again by itself");
    assert_eq!(tell(&world, &post, DeliveryCommand::Retry).await, "delivery-state", "not even by pressing retry");
    assert_eq!(tell(&world, &post, DeliveryCommand::ResolveNotSent { again: true }).await, "ok");
    work(&world).await;
    let delivery = look(&world, &post).await;
    assert_eq!(delivery.delivery.state, State::Sent);
    assert!(delivery.history.iter().any(|a| a.kind == "resolved" && a.by.as_deref() == Some("Olga")));
}

#[tokio::test]
async fn moving_and_calling_off_settle_no_doubt() {
    // A request was never answered; its network knows keys for a while.
    let doubtful = async || {
        let world = World::new().await;
        world.house.script().steps.push_back(Err(Failure::Unknown));
        let post = now_on(&world, "house", "text").await;
        work(&world).await;
        assert_eq!(look(&world, &post).await.delivery.state, State::Scheduled);
        (world, post)
    };
    let (world, post) = doubtful().await;
    assert_eq!(tell(&world, &post, DeliveryCommand::Cancel).await, "ok");
    assert_eq!(look(&world, &post).await.delivery.state, State::Unknown, "it may be out: somebody must look");
    assert_eq!(tell(&world, &post, DeliveryCommand::ResolveNotSent { again: false }).await, "ok");
    assert_eq!(look(&world, &post).await.delivery.state, State::Cancelled);

    let (world, post) = doubtful().await;
    let view = world.app.post(&world.owner, world.brand, post.id).await.unwrap();
    let tomorrow = crate::posts::at("2026-12-02T10:00", "Europe/Moscow");
    world.app.move_post(&world.owner, world.brand, post.id, view.version, tomorrow).await.unwrap();
    world.set("2026-12-02T07:00:00Z");
    work(&world).await;
    assert_eq!(look(&world, &post).await.delivery.state, State::Unknown, "the key is forgotten by then");
    assert_eq!(keys(world.house).len(), 1, "so it is not sent again by itself");
}

#[tokio::test]
async fn a_person_who_found_it_ends_the_doubt() {
    let world = World::new().await;
    world.attic.script().steps.push_back(Err(Failure::Unknown));
    let post = now_on(&world, "attic", "text").await;
    work(&world).await;
    let bad = DeliveryCommand::ResolveSent { url: Some("javascript:alert(1)".to_owned()), external_id: None };
    assert_eq!(tell(&world, &post, bad).await, "link-bad");
    let url = Some("https://attic.example/1".to_owned());
    let seen = DeliveryCommand::ResolveSent { url: url.clone(), external_id: None };
    assert_eq!(tell(&world, &post, seen).await, "ok");
    let delivery = look(&world, &post).await;
    assert_eq!((delivery.delivery.state, delivery.delivery.url), (State::Sent, url));
}

#[tokio::test]
async fn a_refusal_is_mended_and_sent_again() {
    let world = World::new().await;
    let problem = Problem::error("text-too-long", "text").with("count", 9_u32).with("max", 5_u32);
    world.house.script().steps.push_back(Err(Failure::Rejected { problem }));
    let post = now_on(&world, "house", "too long").await;
    work(&world).await;
    let refused = world.app.post(&world.owner, world.brand, post.id).await.unwrap();
    assert_eq!((refused.state, refused.deliveries[0].state), (PostState::Failed, State::Failed));
    let channel = refused.channels[0];
    world
        .app
        .update_post(&world.owner, world.brand, post.id, refused.version, input("short", &[channel]))
        .await
        .unwrap();
    assert_eq!(tell(&world, &post, DeliveryCommand::Retry).await, "ok");
    work(&world).await;
    let texts: Vec<_> = world
        .house
        .asked()
        .into_iter()
        .filter_map(|a| if let Asked::Start { text, .. } = a { Some(text) } else { None })
        .collect();
    assert_eq!(texts, ["too long", "short"]);
    assert_eq!(look(&world, &post).await.delivery.state, State::Sent);
}

#[tokio::test]
async fn a_rate_limit_holds_back_the_whole_channel() {
    let world = World::new().await;
    let until = "2026-12-01T07:10:00Z".parse().unwrap();
    world.house.script().steps.push_back(Err(Failure::RateLimited { scope: Scope::Channel, until }));
    let channel = world.channel(world.brand, "wall").await;
    let mut posts = Vec::new();
    for text in ["one", "two"] {
        let draft = world.app.create_post(&world.owner, world.brand, input(text, &[channel])).await.unwrap();
        posts.push(world.app.schedule_post(&world.owner, world.brand, draft.id, 1, When::Now, None).await.unwrap());
    }
    work(&world).await;
    assert_eq!(keys(world.house).len(), 1, "the second one does not even try");
    world.set("2026-12-01T07:10:01Z");
    work(&world).await;
    for post in &posts {
        assert_eq!(look(&world, post).await.delivery.state, State::Sent);
    }
}

#[tokio::test]
async fn an_expired_credential_is_renewed_once() {
    let world = World::new().await;
    world.house.script().steps.push_back(Err(Failure::AuthExpired));
    let post = now_on(&world, "house", "text").await;
    work(&world).await;
    work(&world).await;
    assert_eq!(look(&world, &post).await.delivery.state, State::Sent);
    let asked = world.house.asked();
    assert!(matches!(asked.as_slice(), [Asked::Start { .. }, Asked::Refresh { .. }, Asked::Start { .. }]), "{asked:?}");
}

#[tokio::test]
async fn a_worker_that_died_leaves_what_it_sent_unknown() {
    let world = World::new().await;
    let post = now_on(&world, "attic", "text").await;
    // A worker that claims, writes down the attempt and dies before the outcome: its future is dropped.
    world.attic.script().hang = true;
    let mut dying = Box::pin(async { work(&world).await });
    while world.attic.script().asked.is_empty() {
        tokio::select! {
            () = &mut dying => panic!("the network hangs"),
            () = tokio::task::yield_now() => {}
        }
    }
    drop(dying);
    world.attic.script().hang = false;
    world.pass(SignedDuration::from_mins(2));
    work(&world).await;
    let delivery = look(&world, &post).await;
    assert_eq!(delivery.delivery.state, State::Unknown);
    assert_eq!(delivery.history.first().map(|a| a.outcome.clone()).as_deref(), Some("died"));
    assert_eq!(keys(world.attic).len(), 1);
}

#[tokio::test]
async fn pauses_hold_and_lateness_asks() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let soon = scheduled(&world, "soon", &[channel], "2026-12-01T10:05").await;
    let old = scheduled(&world, "old", &[channel], "2026-12-01T10:01").await;
    world.app.pause_brand(&world.owner, world.brand, true, Some("crisis".to_owned())).await.unwrap();
    world.set("2026-12-01T07:06:00Z");
    work(&world).await;
    assert_eq!(world.house.asked(), []);
    assert_eq!(look(&world, &soon).await.delivery.state, State::Held);
    world.set("2026-12-01T08:04:00Z");
    world.app.pause_brand(&world.owner, world.brand, false, None).await.unwrap();
    work(&world).await;
    assert_eq!(look(&world, &soon).await.delivery.state, State::Sent, "59 minutes late is still sent");
    let late = look(&world, &old).await;
    assert_eq!(late.delivery.state, State::Held, "63 minutes late asks");
    assert_eq!(late.delivery.reason.map(|reason| reason.code), Some("held-late".to_owned()));
    assert_eq!(tell(&world, &old, DeliveryCommand::Retry).await, "ok");
    work(&world).await;
    assert_eq!(look(&world, &old).await.delivery.state, State::Sent, "a person's word is enough");
}

#[tokio::test]
async fn called_off_until_the_moment_of_sending() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let post = scheduled(&world, "text", &[channel], "2026-12-01T10:05").await;
    assert_eq!(tell(&world, &post, DeliveryCommand::Cancel).await, "ok");
    world.set("2026-12-01T07:06:00Z");
    work(&world).await;
    assert_eq!(world.house.asked(), []);
    let sent = now_on(&world, "house", "other").await;
    work(&world).await;
    assert_eq!(tell(&world, &sent, DeliveryCommand::Cancel).await, "delivery-state");
}

#[tokio::test]
async fn what_is_out_can_be_changed_and_taken_down() {
    let world = World::new().await;
    let post = now_on(&world, "house", "with a tpyo").await;
    work(&world).await;
    let sent = world.app.post(&world.owner, world.brand, post.id).await.unwrap();
    let mended = input("with a typo", &sent.channels);
    world.app.update_post(&world.owner, world.brand, post.id, sent.version, mended).await.unwrap();
    assert_eq!(tell(&world, &post, DeliveryCommand::Update).await, "ok");
    work(&world).await;
    assert!(world.house.asked().contains(&Asked::Edit { text: "with a typo".to_owned() }));
    assert_eq!(tell(&world, &post, DeliveryCommand::Delete).await, "ok");
    work(&world).await;
    assert_eq!(look(&world, &post).await.delivery.state, State::Deleted);
    assert_eq!(world.app.post(&world.owner, world.brand, post.id).await.unwrap().state, PostState::Deleted);
}

#[tokio::test]
async fn a_post_with_an_end_is_taken_down_by_itself() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let mut short = input("for an hour", &[channel]);
    short.content.delete_after_minutes = Some(60);
    let draft = world.app.create_post(&world.owner, world.brand, short).await.unwrap();
    let post = world.app.schedule_post(&world.owner, world.brand, draft.id, 1, When::Now, None).await.unwrap();
    work(&world).await;
    world.pass(SignedDuration::from_mins(59));
    work(&world).await;
    assert_eq!(look(&world, &post).await.delivery.state, State::Sent);
    world.pass(SignedDuration::from_mins(2));
    work(&world).await;
    assert_eq!(look(&world, &post).await.delivery.state, State::Deleted);
}

#[tokio::test]
async fn the_queue_counts_and_filters() {
    let world = World::new().await;
    now_on(&world, "house", "out").await;
    work(&world).await;
    let channel = world.channel(world.brand, "later").await;
    scheduled(&world, "later", &[channel], "2026-12-09T10:00").await;
    let all = world.app.list_deliveries(&world.owner, world.brand, DeliveryQuery::default()).await.unwrap();
    assert_eq!(all.items.len(), 2);
    assert_eq!((all.counts.get("sent"), all.counts.get("scheduled")), (Some(&1), Some(&1)));
    let sent = DeliveryQuery { states: vec![State::Sent], ..DeliveryQuery::default() };
    assert_eq!(world.app.list_deliveries(&world.owner, world.brand, sent).await.unwrap().items.len(), 1);
}
