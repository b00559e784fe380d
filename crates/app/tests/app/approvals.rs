//! Approval: what was approved is what goes out, and nothing else does, whatever people and clocks do.

use std::time::Duration;

use jiff::SignedDuration;
use sarafan_app::Actor;
use sarafan_app::approvals::{ChannelPolicy, PolicyInput, SeenPost};
use sarafan_app::deliveries::DeliveryCommand;
use sarafan_app::posts::{PostQuery, PostView, When};
use sarafan_domain::approval::{Standing, WhenDue};
use sarafan_domain::delivery::{Published, State, Step};
use sarafan_domain::id::{ChannelId, PostId};
use sarafan_domain::member::Role;
use sarafan_domain::post::PostState;
use sarafan_domain::schedule::{End, Every, RepeatRule};

use crate::deliveries::work;
use crate::network::Asked;
use crate::posts::{at, input, scheduled};
use crate::world::{World, said};

fn wanted() -> PolicyInput {
    PolicyInput { required: true, when_due: WhenDue::Hold, remind_hours: vec![], channels: vec![] }
}

/// A world whose channels want a yes, with one channel.
async fn strict(policy: PolicyInput) -> (World, ChannelId) {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    world.app.set_approval_policy(&world.owner, world.brand, policy).await.unwrap();
    (world, channel)
}

async fn post(world: &World, id: PostId) -> PostView {
    world.app.post(&world.owner, world.brand, id).await.unwrap()
}

async fn approve(world: &World, who: &Actor, id: PostId) -> String {
    let seen = post(world, id).await.approval.hash;
    said(world.app.approve_post(who, world.brand, id, seen, None).await)
}

async fn rewrite(world: &World, id: PostId, text: &str) -> PostView {
    let old = post(world, id).await;
    world.app.update_post(&world.owner, world.brand, id, old.version, input(text, &old.channels)).await.unwrap()
}

async fn delivery(world: &World, id: PostId) -> (State, Option<String>) {
    let delivery = post(world, id).await.deliveries.remove(0);
    (delivery.state, delivery.reason.map(|reason| reason.code))
}

fn texts(world: &World) -> Vec<String> {
    let text = |asked| match asked {
        Asked::Start { text, .. } | Asked::Edit { text } => Some(text),
        _ => None,
    };
    world.house.asked().into_iter().filter_map(text).collect()
}

async fn kinds(world: &World, id: PostId) -> Vec<String> {
    let history = world.app.approval_history(&world.owner, world.brand, id, None, None).await.unwrap();
    history.items.into_iter().rev().map(|event| event.kind).collect()
}

#[tokio::test]
async fn from_a_draft_to_the_wall_by_way_of_a_no_and_a_yes() {
    let (world, channel) = strict(wanted()).await;
    let [author, manager, client] =
        [world.member(world.brand, Role::Author).await, world.member(world.brand, Role::Manager).await, {
            world.member(world.brand, Role::Client).await
        }];
    let app = &world.app;
    let draft = app.create_post(&author, world.brand, input("first", &[channel])).await.unwrap();
    assert!(draft.approval.needed && !draft.approval.cleared);
    let asked = app.submit_post(&author, world.brand, draft.id, Some(" please look ".into())).await.unwrap();
    assert_eq!((asked.state, asked.approval.note.as_str()), (PostState::InReview, "please look"));
    assert_eq!(said(app.submit_post(&author, world.brand, draft.id, None).await), "approval-standing");
    let hash = asked.approval.hash.clone();
    let empty = app.ask_changes(&manager, world.brand, draft.id, hash.clone(), " ".into()).await;
    assert_eq!(said(empty), "note-empty");
    let back = app.ask_changes(&manager, world.brand, draft.id, hash.clone(), "warmer".into()).await.unwrap();
    assert_eq!((back.state, back.approval.by.as_str()), (PostState::ChangesAsked, "manager"));
    assert_eq!(approve(&world, &client, draft.id).await, "approval-standing", "a client is asked first");
    rewrite(&world, draft.id, "second").await;
    app.submit_post(&author, world.brand, draft.id, None).await.unwrap();
    let stale = app.approve_post(&client, world.brand, draft.id, hash, None).await;
    assert_eq!(said(stale), "conflict", "nobody approves what they did not see");
    assert_eq!(approve(&world, &client, draft.id).await, "ok");
    let approved = post(&world, draft.id).await;
    assert_eq!((approved.state, approved.approval.cleared), (PostState::Approved, true));
    app.schedule_post(&world.owner, world.brand, draft.id, approved.version, When::Now, None).await.unwrap();
    work(&world).await;
    assert_eq!(texts(&world), ["second"]);
    let told = app.approval_history(&world.owner, world.brand, draft.id, None, Some(2)).await.unwrap();
    assert_eq!(told.items[0].seen.as_ref().unwrap().text, "second");
    let rest = app.approval_history(&world.owner, world.brand, draft.id, told.next.as_deref(), None).await.unwrap();
    assert_eq!(rest.items[0].seen.as_ref().unwrap().text, "first");
    assert!(rest.items[0].changed, "the text is another one now");
    assert_eq!(kinds(&world, draft.id).await, ["submitted", "changes_asked", "submitted", "approved"]);
    let audit = world.audit(Some(world.brand)).await;
    for action in ["approval.policy", "approval.submitted", "approval.changes_asked", "approval.approved"] {
        assert!(audit.iter().any(|line| line == action), "{action}: {audit:?}");
    }
}

#[tokio::test]
async fn what_was_changed_after_the_yes_does_not_go_out() {
    let (world, channel) = strict(wanted()).await;
    let planned = scheduled(&world, "approved", &[channel], "2026-12-01T10:30").await;
    assert_eq!(planned.approval.standing, Standing::InReview, "whoever may approve is asked by itself");
    assert_eq!(approve(&world, &world.owner, planned.id).await, "ok");
    let changed = rewrite(&world, planned.id, "and then changed").await;
    assert_eq!((changed.approval.standing, changed.approval.cleared), (Standing::Draft, false));
    world.set("2026-12-01T07:30:00Z");
    work(&world).await;
    assert_eq!(delivery(&world, planned.id).await, (State::Held, Some("held-approval".into())));
    let id = changed.deliveries[0].id;
    for command in [DeliveryCommand::SendNow, DeliveryCommand::Retry] {
        let refused = world.app.command_delivery(&world.owner, world.brand, id, command).await;
        assert_eq!(said(refused), "held-approval", "not even the owner sends it");
    }
    work(&world).await;
    assert_eq!(texts(&world), Vec::<String>::new());
    world.pass(SignedDuration::from_mins(20));
    assert_eq!(approve(&world, &world.owner, planned.id).await, "ok");
    work(&world).await;
    assert_eq!(texts(&world), ["and then changed"], "the yes lets it go");
    assert_eq!(kinds(&world, planned.id).await, ["submitted", "approved", "dropped", "approved"]);
}

#[tokio::test]
async fn what_nobody_outside_sees_may_change_and_so_may_the_time() {
    let (world, channel) = strict(wanted()).await;
    let planned = scheduled(&world, "approved", &[channel], "2026-12-01T10:30").await;
    assert_eq!(approve(&world, &world.owner, planned.id).await, "ok");
    let now = post(&world, planned.id).await;
    let mut labelled = input("approved", &[channel]);
    labelled.content.labels = vec!["tea".into()];
    labelled.content.campaign = "winter".into();
    let now = world.app.update_post(&world.owner, world.brand, planned.id, now.version, labelled).await.unwrap();
    let to = at("2026-12-01T10:40", "Europe/Moscow");
    let moved = world.app.move_post(&world.owner, world.brand, planned.id, now.version, to).await.unwrap();
    assert!(moved.approval.cleared);
    let other = world.channel(world.brand, "other").await;
    let wider = input("approved", &[channel, other]);
    let wider = world.app.update_post(&world.owner, world.brand, planned.id, moved.version, wider).await.unwrap();
    assert!(!wider.approval.cleared, "another channel is another question");
}

#[tokio::test]
async fn a_yes_that_comes_too_late_asks_a_person() {
    let (world, channel) = strict(wanted()).await;
    let planned = scheduled(&world, "late", &[channel], "2026-12-01T10:30").await;
    world.set("2026-12-01T07:30:00Z");
    work(&world).await;
    world.pass(SignedDuration::from_mins(90));
    assert_eq!(approve(&world, &world.owner, planned.id).await, "ok");
    work(&world).await;
    assert_eq!(delivery(&world, planned.id).await, (State::Held, Some("held-late".into())));
}

#[tokio::test]
async fn the_brand_says_whether_somebody_is_asked_when_it_is_due() {
    for (when_due, kinds_then) in [(WhenDue::Hold, vec![]), (WhenDue::Ask, vec!["submitted", "overdue"])] {
        let (world, channel) = strict(PolicyInput { when_due, ..wanted() }).await;
        let planned = scheduled(&world, "taken back", &[channel], "2026-12-01T10:30").await;
        world.app.withdraw_post(&world.owner, world.brand, planned.id, None).await.unwrap();
        world.set("2026-12-01T07:30:00Z");
        work(&world).await;
        assert_eq!(delivery(&world, planned.id).await, (State::Held, Some("held-approval".into())), "{when_due:?}");
        let told = kinds(&world, planned.id).await;
        assert_eq!(told[2..], kinds_then, "{when_due:?}");
        let today = world.app.today(&world.owner, world.brand).await.unwrap();
        assert_eq!(today.needs.held.len(), 1);
        assert_eq!(today.needs.approval.len(), usize::from(when_due == WhenDue::Ask), "{when_due:?}");
    }
}

#[tokio::test]
async fn a_thread_that_was_changed_on_its_way_stops_where_it_stands() {
    let (world, channel) = strict(wanted()).await;
    let published = Some(Published::one("1", None));
    let wait = Step::Wait { resume: serde_json::json!({}), wait: Duration::from_secs(60), published };
    world.house.script().steps.push_back(Ok(wait));
    let planned = scheduled(&world, "one\n---\ntwo", &[channel], "2026-12-01T10:30").await;
    assert_eq!(approve(&world, &world.owner, planned.id).await, "ok");
    world.set("2026-12-01T07:30:00Z");
    work(&world).await;
    assert_eq!(delivery(&world, planned.id).await.0, State::Waiting);
    rewrite(&world, planned.id, "one\n---\nnot two").await;
    world.pass(SignedDuration::from_mins(2));
    work(&world).await;
    assert_eq!(delivery(&world, planned.id).await, (State::Held, Some("held-approval".into())));
    assert_eq!(approve(&world, &world.owner, planned.id).await, "ok");
    work(&world).await;
    assert_eq!(delivery(&world, planned.id).await.0, State::Sent);
}

#[tokio::test]
async fn what_is_out_is_changed_over_there_only_with_a_yes() {
    let (world, channel) = strict(wanted()).await;
    let draft = world.app.create_post(&world.owner, world.brand, input("out", &[channel])).await.unwrap();
    assert_eq!(approve(&world, &world.owner, draft.id).await, "ok");
    let version = post(&world, draft.id).await.version;
    world.app.schedule_post(&world.owner, world.brand, draft.id, version, When::Now, None).await.unwrap();
    work(&world).await;
    let changed = rewrite(&world, draft.id, "mended").await;
    let id = changed.deliveries[0].id;
    let update = async || world.app.command_delivery(&world.owner, world.brand, id, DeliveryCommand::Update).await;
    assert_eq!(said(update().await), "held-approval");
    assert_eq!(approve(&world, &world.owner, draft.id).await, "ok");
    assert_eq!(said(update().await), "ok");
    rewrite(&world, draft.id, "changed once more, before the job runs").await;
    work(&world).await;
    assert_eq!(texts(&world), ["out"], "the job looks again");
    assert_eq!(approve(&world, &world.owner, draft.id).await, "ok");
    assert_eq!(said(update().await), "ok");
    work(&world).await;
    assert_eq!(texts(&world), ["changed once more, before the job runs"]);
}

#[tokio::test]
async fn a_channel_that_wants_no_yes_goes_first() {
    let (world, channel) = strict(wanted()).await;
    let free = world.channel(world.brand, "free").await;
    let channels = vec![ChannelPolicy { channel: free, required: false }];
    let policy = PolicyInput { channels, ..wanted() };
    world.app.set_approval_policy(&world.owner, world.brand, policy).await.unwrap();
    let planned = scheduled(&world, "both", &[channel, free], "2026-12-01T10:30").await;
    world.set("2026-12-01T07:30:00Z");
    work(&world).await;
    let states = async || {
        let all = post(&world, planned.id).await.deliveries;
        [channel, free].map(|id| all.iter().find(|one| one.channel == id).unwrap().state)
    };
    assert_eq!(states().await, [State::Held, State::Sent]);
    let free_for_all = PolicyInput { required: false, ..wanted() };
    world.app.set_approval_policy(&world.owner, world.brand, free_for_all).await.unwrap();
    work(&world).await;
    assert_eq!(states().await, [State::Sent, State::Sent], "what is no longer wanted holds nothing");
}

#[tokio::test]
async fn the_copies_of_a_repeating_post_have_its_yes() {
    let (world, channel) = strict(wanted()).await;
    let draft = world.app.create_post(&world.owner, world.brand, input("weekly", &[channel])).await.unwrap();
    let rule = RepeatRule { every: Every::Week, interval: 1, weekdays: vec![], end: End::Count { count: 3 } };
    let when = When::At(at("2026-12-02T10:00", "Europe/Moscow"));
    world.app.schedule_post(&world.owner, world.brand, draft.id, 1, when, Some(rule)).await.unwrap();
    work(&world).await;
    let waiting = async || {
        let all = world.app.list_posts(&world.owner, world.brand, PostQuery::default()).await.unwrap();
        all.items.iter().map(|post| post.waits_approval).collect::<Vec<_>>()
    };
    assert_eq!(waiting().await, [true; 3]);
    assert_eq!(approve(&world, &world.owner, draft.id).await, "ok");
    assert_eq!(waiting().await, [false; 3]);
    let again = scheduled(&world, "monthly", &[channel], "2026-12-02T12:00").await;
    assert_eq!(approve(&world, &world.owner, again.id).await, "ok");
    let rule = RepeatRule { every: Every::Month, interval: 1, weekdays: vec![], end: End::Count { count: 2 } };
    let when = When::At(at("2026-12-02T12:00", "Europe/Moscow"));
    let version = post(&world, again.id).await.version;
    world.app.schedule_post(&world.owner, world.brand, again.id, version, when, Some(rule)).await.unwrap();
    work(&world).await;
    assert_eq!(waiting().await, [false; 5], "a copy made after the yes has it too");
}

#[tokio::test]
async fn several_are_approved_and_one_that_was_changed_is_not() {
    let (world, channel) = strict(wanted()).await;
    let mut seen = Vec::new();
    for text in ["one", "two", "three"] {
        let draft = world.app.create_post(&world.owner, world.brand, input(text, &[channel])).await.unwrap();
        let asked = world.app.submit_post(&world.owner, world.brand, draft.id, None).await.unwrap();
        seen.push(SeenPost { post: draft.id, seen: asked.approval.hash });
    }
    rewrite(&world, seen[1].post, "another two").await;
    seen.push(SeenPost { post: PostId(uuid::Uuid::nil()), seen: "x".into() });
    let page = world.app.list_approvals(&world.owner, world.brand, Standing::InReview, None, Some(2)).await.unwrap();
    assert_eq!((page.items.len(), page.in_review, page.next.is_some()), (2, 3, true));
    let client = world.member(world.brand, Role::Client).await;
    let done = world.app.approve_posts(&client, world.brand, seen.clone(), None).await.unwrap();
    assert_eq!(done.approved, [seen[0].post, seen[2].post]);
    let refused: Vec<_> = done.refused.iter().map(|one| (one.post, one.reason.code.as_str())).collect();
    assert_eq!(refused, [(seen[1].post, "approval-changed"), (seen[3].post, "approval-gone")]);
    let page = world.app.list_approvals(&world.owner, world.brand, Standing::Approved, None, None).await.unwrap();
    assert_eq!((page.items.len(), page.in_review), (2, 1));
}

#[tokio::test]
async fn people_are_reminded_before_it_is_due_and_each_time_once() {
    let (world, channel) = strict(PolicyInput { remind_hours: vec![24, 2], ..wanted() }).await;
    let planned = scheduled(&world, "soon", &[channel], "2026-12-03T10:00").await;
    work(&world).await;
    assert_eq!(kinds(&world, planned.id).await, ["submitted"]);
    for (now, expected) in [("2026-12-02T07:00:00Z", 1), ("2026-12-02T08:00:00Z", 1), ("2026-12-03T05:00:00Z", 2)] {
        world.set(now);
        work(&world).await;
        work(&world).await;
        let told = kinds(&world, planned.id).await;
        assert_eq!(told.iter().filter(|kind| *kind == "reminded").count(), expected, "{now}");
    }
    let calm = scheduled(&world, "approved in time", &[channel], "2026-12-05T10:00").await;
    assert_eq!(approve(&world, &world.owner, calm.id).await, "ok");
    world.set("2026-12-05T06:00:00Z");
    work(&world).await;
    assert_eq!(kinds(&world, calm.id).await, ["submitted", "approved"], "nobody is reminded of what is done");
}

#[tokio::test]
async fn each_role_says_what_it_may_say() {
    let (world, channel) = strict(wanted()).await;
    for role in Role::ALL {
        let who = world.member(world.brand, role).await;
        let draft = world.app.create_post(&world.owner, world.brand, input("text", &[channel])).await.unwrap();
        let submits = matches!(role, Role::Owner | Role::Manager | Role::Author);
        let submitted = world.app.submit_post(&who, world.brand, draft.id, None).await;
        assert_eq!(said(submitted), if submits { "ok" } else { "may not" }, "{role:?} submits");
        if !submits {
            world.app.submit_post(&world.owner, world.brand, draft.id, None).await.unwrap();
        }
        let approves = matches!(role, Role::Owner | Role::Manager | Role::Client);
        assert_eq!(approve(&world, &who, draft.id).await, if approves { "ok" } else { "may not" }, "{role:?} approves");
        if !approves {
            assert_eq!(approve(&world, &world.owner, draft.id).await, "ok");
        }
        let back = said(world.app.withdraw_post(&who, world.brand, draft.id, None).await);
        assert_eq!(back, if approves { "ok" } else { "may not" }, "{role:?} takes a yes back");
        let rules = said(world.app.set_approval_policy(&who, world.brand, wanted()).await);
        let manages = matches!(role, Role::Owner | Role::Manager);
        assert_eq!(rules, if manages { "ok" } else { "may not" }, "{role:?} changes the policy");
    }
}

#[tokio::test]
async fn another_brand_s_posts_cannot_be_approved() {
    let (world, channel) = strict(wanted()).await;
    let planned = scheduled(&world, "ours", &[channel], "2026-12-02T10:00").await;
    let (app, owner, other) = (&world.app, &world.owner, world.brand("Other").await);
    assert_eq!(said(app.submit_post(owner, other, planned.id, None).await), "not found");
    assert_eq!(
        said(app.approve_post(owner, other, planned.id, planned.approval.hash.clone(), None).await),
        "not found"
    );
    assert_eq!(said(app.withdraw_post(owner, other, planned.id, None).await), "not found");
    assert_eq!(said(app.approval_history(owner, other, planned.id, None, None).await), "not found");
    let foreign = vec![ChannelPolicy { channel, required: true }];
    let policy = PolicyInput { channels: foreign, ..wanted() };
    assert_eq!(said(app.set_approval_policy(owner, other, policy).await), "channel-missing");
    let seen = vec![SeenPost { post: planned.id, seen: planned.approval.hash }];
    let done = app.approve_posts(owner, other, seen, None).await.unwrap();
    assert_eq!(done.refused[0].reason.code, "approval-gone");
    assert!(app.list_approvals(owner, other, Standing::InReview, None, None).await.unwrap().items.is_empty());
}
