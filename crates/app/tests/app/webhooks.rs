//! Webhooks out: what is told, signed, tried again, given up, and told once more.

use jiff::SignedDuration;
use sarafan_app::posts::When;
use sarafan_app::webhooks::{MessageView, WebhookInput, WebhookPatch, WebhookView};
use sarafan_domain::delivery::{Published, Step};
use sarafan_domain::id::WebhookId;
use sarafan_domain::problem::Problem;
use sarafan_domain::webhook::Topic;
use sarafan_network::NetError;

use crate::deliveries::work;
use crate::posts::input;
use crate::receiver::Receiver;
use crate::world::{World, said};

async fn endpoint(world: &World, url: &str, topics: &[Topic]) -> WebhookView {
    let input = WebhookInput { name: "Desk".into(), url: url.to_owned(), topics: topics.to_vec() };
    world.app.create_webhook(&world.owner, world.brand, input).await.unwrap()
}

async fn log(world: &World, id: WebhookId) -> Vec<MessageView> {
    world.app.webhook_messages(&world.owner, world.brand, id, None, None).await.unwrap().items
}

async fn send(world: &World) {
    let channel = world.channel(world.brand, "wall").await;
    let draft = world.app.create_post(&world.owner, world.brand, input("said", &[channel])).await.unwrap();
    world.app.schedule_post(&world.owner, world.brand, draft.id, 1, When::Now, None).await.unwrap();
    work(world).await;
}

#[tokio::test]
async fn a_post_that_is_out_is_told_to_those_who_asked() {
    let world = World::new().await;
    let (desk, other) = (Receiver::start().await, Receiver::start().await);
    let made = endpoint(&world, &desk.url, &[Topic::PostSent, Topic::DeliverySent]).await;
    endpoint(&world, &other.url, &[Topic::CommentReceived]).await;
    let published =
        Published { external_id: "main".into(), url: Some("https://house.example/main".into()), parts: vec![] };
    world.house.script().steps.push_back(Ok(Step::Done(published)));
    send(&world).await;
    let told = desk.told();
    let mut types: Vec<&str> = told.iter().map(|one| one.body["type"].as_str().unwrap()).collect();
    types.sort_unstable();
    assert_eq!(types, ["delivery.sent", "post.sent"]);
    let sent = told.iter().find(|one| one.body["type"] == "delivery.sent").unwrap();
    assert_eq!(sent.body["data"]["url"], "https://house.example/main", "{}", sent.text);
    assert_eq!((&sent.body["data"]["state"], &sent.body["data"]["network"]), (&"sent".into(), &"house".into()));
    assert_eq!(sent.header("content-type"), "application/json");
    assert!(sent.header("webhook-id").starts_with("msg_") && sent.header("webhook-signature").starts_with("v1,"));
    assert!(other.told().is_empty());
    let messages = log(&world, made.id).await;
    assert!(messages.iter().all(|one| (one.state.as_str(), one.tries, one.status) == ("delivered", 1, Some(200))));
    let detail = world.app.webhook_message(&world.owner, world.brand, made.id, messages[0].id).await.unwrap();
    assert_eq!((detail.history[0].answer.as_str(), detail.history[0].n), ("seen", 1));
    work(&world).await;
    assert!(desk.told().is_empty(), "once is enough");
}

#[tokio::test]
async fn what_fails_is_told_too_and_in_no_language() {
    let world = World::new().await;
    let desk = Receiver::start().await;
    endpoint(&world, &desk.url, &[Topic::DeliveryFailed, Topic::ChannelReconnect]).await;
    let reason = Problem::error("credential-expired", "channel");
    world.house.script().steps.push_back(Err(NetError::Reconnect { reason }));
    send(&world).await;
    let told = desk.told();
    let mut seen: Vec<(String, String)> = told
        .iter()
        .map(|one| (one.body["type"].as_str().unwrap().into(), one.body["data"]["reason"].as_str().unwrap().into()))
        .collect();
    seen.sort();
    let expected = [("channel.reconnect", "credential-expired"), ("delivery.failed", "credential-expired")];
    assert_eq!(seen, expected.map(|(topic, code)| (topic.to_owned(), code.to_owned())));
}

#[tokio::test]
async fn a_question_its_answers_and_nothing_else_of_an_approval_is_told() {
    let world = World::new().await;
    let desk = Receiver::start().await;
    let topics = [Topic::ApprovalSubmitted, Topic::ApprovalApproved, Topic::ApprovalChangesAsked];
    endpoint(&world, &desk.url, &topics).await;
    let (app, brand) = (&world.app, world.brand);
    let post = app.create_post(&world.owner, brand, input("said", &[])).await.unwrap();
    let (id, hash) = (post.id, post.approval.hash);
    app.submit_post(&world.owner, brand, id, Some("look".into())).await.unwrap();
    app.ask_changes(&world.owner, brand, id, hash.clone(), "shorter".into()).await.unwrap();
    app.submit_post(&world.owner, brand, id, None).await.unwrap();
    app.withdraw_post(&world.owner, brand, id, None).await.unwrap();
    app.submit_post(&world.owner, brand, id, None).await.unwrap();
    app.approve_post(&world.owner, brand, id, hash, None).await.unwrap();
    work(&world).await;
    let told = desk.told();
    let mut seen: Vec<(&str, &str)> = told
        .iter()
        .map(|one| (one.body["type"].as_str().unwrap(), one.body["data"]["note"].as_str().unwrap()))
        .collect();
    seen.sort_unstable();
    let again = ("approval.submitted", "");
    let changes = ("approval.changes_asked", "shorter");
    assert_eq!(seen, [("approval.approved", ""), changes, again, again, ("approval.submitted", "look")]);
    let data = &told[0].body["data"];
    assert_eq!((&data["brand"], &data["post"]), (&serde_json::json!(brand), &serde_json::json!(id)));
    assert_eq!(data["by"], world.owner.name.as_str());
}

#[tokio::test]
async fn an_endpoint_that_refuses_is_tried_for_a_day_under_one_id() {
    let world = World::new().await;
    let desk = Receiver::start().await;
    desk.answers(&[500; 9]);
    let made = endpoint(&world, &desk.url, &[Topic::PostSent]).await;
    let message = world.app.test_webhook(&world.owner, world.brand, made.id).await.unwrap();
    let mut told = Vec::new();
    for _ in 0..30 {
        work(&world).await;
        told.extend(desk.told());
        world.pass(SignedDuration::from_hours(1));
    }
    assert_eq!(told.len(), 9);
    let ids: std::collections::BTreeSet<&str> = told.iter().map(|one| one.header("webhook-id")).collect();
    let stamps: std::collections::BTreeSet<&str> = told.iter().map(|one| one.header("webhook-timestamp")).collect();
    assert_eq!(ids.len(), 1, "the receiver knows it again");
    assert!(stamps.len() > 5, "each try is signed with its own time");
    let after = log(&world, made.id).await;
    assert_eq!((after[0].state.as_str(), after[0].tries, after[0].status), ("failed", 9, Some(500)));
    assert_eq!(world.app.webhook(&world.owner, world.brand, made.id).await.unwrap().failed, 1);

    let replayed = world.app.replay_webhook(&world.owner, world.brand, made.id, message.id).await.unwrap();
    assert_eq!(replayed.message.state, "waiting");
    let twice = world.app.replay_webhook(&world.owner, world.brand, made.id, message.id).await;
    assert_eq!(said(twice), "webhook-waiting");
    work(&world).await;
    let last = desk.told().pop().unwrap();
    assert_eq!(last.header("webhook-id"), told[0].header("webhook-id"));
    assert_eq!(last.text, told[0].text);
    let after = log(&world, made.id).await;
    assert_eq!((after[0].state.as_str(), after[0].tries), ("delivered", 10));
    assert_eq!(world.app.webhook(&world.owner, world.brand, made.id).await.unwrap().failed, 0);
}

#[tokio::test]
async fn an_endpoint_that_is_dead_is_switched_off_and_says_why() {
    let world = World::new().await;
    let desk = Receiver::start().await;
    let made = endpoint(&world, &desk.url, &[Topic::PostSent]).await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    desk.answers(&[500; 90]);
    for _ in 0..10 {
        app.test_webhook(owner, brand, made.id).await.unwrap();
    }
    for _ in 0..30 {
        work(&world).await;
        world.pass(SignedDuration::from_hours(1));
    }
    let off = app.webhook(owner, brand, made.id).await.unwrap();
    assert!(!off.live);
    assert_eq!(off.reason.unwrap().code, "webhook-dead");
    assert!(world.audit(Some(brand)).await.contains(&"webhook.off".to_owned()));
    desk.told();
    send(&world).await;
    assert!(desk.told().is_empty(), "what is switched off is told nothing");
    let live = WebhookPatch { live: Some(true), ..WebhookPatch::default() };
    let on = app.update_webhook(owner, brand, made.id, live).await.unwrap();
    assert_eq!((on.live, on.failed, on.reason), (true, 0, None));

    desk.answers(&[410]);
    app.test_webhook(owner, brand, made.id).await.unwrap();
    work(&world).await;
    let off = app.webhook(owner, brand, made.id).await.unwrap();
    assert_eq!((off.live, off.reason.unwrap().code.as_str()), (false, "webhook-unwanted"));
}

#[tokio::test]
async fn no_private_address_is_spoken_to() {
    let world = World::new().await;
    let made = endpoint(&world, "http://127.0.0.1:9/", &[Topic::PostSent]).await;
    let message = world.app.test_webhook(&world.owner, world.brand, made.id).await.unwrap();
    work(&world).await;
    let detail = world.app.webhook_message(&world.owner, world.brand, made.id, message.id).await.unwrap();
    assert_eq!(detail.history[0].reason.as_ref().unwrap().code, "webhook-forbidden");
    assert_eq!(detail.history[0].status, None);
    let long = format!("https://example.org/{}", "x".repeat(3000));
    for url in ["ftp://example.org", "example.org", "https://me:secret@example.org/", "file:///etc/passwd", "", &long] {
        let input = WebhookInput { name: "x".into(), url: url.to_owned(), topics: vec![Topic::PostSent] };
        let made = world.app.create_webhook(&world.owner, world.brand, input).await;
        assert_eq!(said(made), "webhook-url-bad", "{url}");
    }
}

#[tokio::test]
async fn a_secret_is_shown_once_kept_sealed_and_changed_without_a_gap() {
    let world = World::new().await;
    let desk = Receiver::start().await;
    let made = endpoint(&world, &desk.url, &[Topic::PostSent]).await;
    let secret = made.secret.unwrap();
    assert!(secret.starts_with("whsec_"));
    let kept = world.everything_kept();
    let inner = secret.trim_start_matches("whsec_");
    assert!(!kept.windows(inner.len()).any(|part| part == inner.as_bytes()));
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    assert_eq!(app.webhook(owner, brand, made.id).await.unwrap().secret, None);
    let rotated = app.rotate_webhook(owner, brand, made.id).await.unwrap();
    assert_ne!(rotated.secret.as_ref(), Some(&secret));
    assert!(rotated.old_secret_until.is_some());
    app.test_webhook(owner, brand, made.id).await.unwrap();
    work(&world).await;
    assert_eq!(desk.told()[0].header("webhook-signature").split(' ').count(), 2, "both sign for a day");
    world.pass(SignedDuration::from_hours(24));
    app.test_webhook(owner, brand, made.id).await.unwrap();
    work(&world).await;
    assert_eq!(desk.told()[0].header("webhook-signature").split(' ').count(), 1);
}

#[tokio::test]
async fn another_brands_endpoints_do_not_exist() {
    let world = World::new().await;
    let made = endpoint(&world, "https://example.org/", &[Topic::PostSent]).await;
    let (app, owner, other) = (&world.app, &world.owner, world.brand("Other").await);
    let message = app.test_webhook(owner, world.brand, made.id).await.unwrap().id;
    let own = WebhookInput { name: "x".into(), url: "https://example.org/".into(), topics: vec![Topic::PostSent] };
    let own = app.create_webhook(owner, other, own).await.unwrap().id;
    assert_eq!(said(app.webhook(owner, other, made.id).await), "not found");
    assert_eq!(said(app.update_webhook(owner, other, made.id, WebhookPatch::default()).await), "not found");
    assert_eq!(said(app.rotate_webhook(owner, other, made.id).await), "not found");
    assert_eq!(said(app.test_webhook(owner, other, made.id).await), "not found");
    assert_eq!(said(app.webhook_messages(owner, other, made.id, None, None).await), "not found");
    assert_eq!(said(app.webhook_message(owner, other, own, message).await), "not found");
    assert_eq!(said(app.replay_webhook(owner, other, own, message).await), "not found");
    assert_eq!(said(app.delete_webhook(owner, other, made.id).await), "not found");
    app.delete_webhook(owner, world.brand, made.id).await.unwrap();
    work(&world).await;
    assert_eq!(said(app.webhook(owner, world.brand, made.id).await), "not found");
}
