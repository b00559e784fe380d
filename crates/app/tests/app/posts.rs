//! Writing posts: versions, problems, schedules across daylight-saving changes, repeat rules, tenancy.

use jiff::SignedDuration;
use sarafan_app::AppError;
use sarafan_app::deliveries::DeliveryCommand;
use sarafan_app::posts::{PostInput, PostQuery, PostView, ScheduleInput, When};
use sarafan_app::tokens::TokenInput;
use sarafan_domain::channel::Slot;
use sarafan_domain::id::ChannelId;
use sarafan_domain::member::Role;
use sarafan_domain::post::{Content, PostState};
use sarafan_domain::schedule::{End, Every, RepeatRule};
use sarafan_domain::time::Fold;
use sarafan_domain::token::Scope;

use crate::world::{World, said};

pub(crate) fn input(text: &str, channels: &[ChannelId]) -> PostInput {
    PostInput {
        content: Content { text: text.to_owned(), language: "en".to_owned(), ..Content::default() },
        channels: channels.to_vec(),
        ..PostInput::default()
    }
}

pub(crate) fn at(wall: &str, zone: &str) -> ScheduleInput {
    ScheduleInput { wall: wall.parse().unwrap(), zone: zone.to_owned(), fold: None }
}

pub(crate) async fn scheduled(world: &World, text: &str, channels: &[ChannelId], wall: &str) -> PostView {
    let post = world.app.create_post(&world.owner, world.brand, input(text, channels)).await.unwrap();
    let when = When::At(at(wall, "Europe/Moscow"));
    world.app.schedule_post(&world.owner, world.brand, post.id, post.version, when, None).await.unwrap()
}

#[tokio::test]
async fn a_draft_is_written_and_changed_and_two_people_do_not_overwrite_each_other() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let draft = world.app.create_post(&world.owner, world.brand, input("first", &[channel])).await.unwrap();
    assert_eq!((draft.state, draft.version), (PostState::Draft, 1));
    let change = |text: &str| input(text, &[channel]);
    let mine = world.app.update_post(&world.owner, world.brand, draft.id, 1, change("mine")).await.unwrap();
    assert_eq!(mine.version, 2);
    let theirs = world.app.update_post(&world.owner, world.brand, draft.id, 1, change("theirs")).await;
    assert_eq!(said(theirs), "conflict");
    assert_eq!(world.app.post(&world.owner, world.brand, draft.id).await.unwrap().content.text, "mine");
}

#[tokio::test]
async fn another_brand_s_ids_do_not_exist() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let post = scheduled(&world, "ours", &[channel], "2026-12-02T10:00").await;
    let delivery = post.deliveries[0].id;
    let other = world.brand("Other").await;
    let app = &world.app;
    let owner = &world.owner;
    assert_eq!(said(app.post(owner, other, post.id).await), "not found");
    assert_eq!(said(app.update_post(owner, other, post.id, 1, input("x", &[])).await), "not found");
    assert_eq!(said(app.delete_post(owner, other, post.id).await), "not found");
    assert_eq!(said(app.duplicate_post(owner, other, post.id).await), "not found");
    assert_eq!(said(app.schedule_post(owner, other, post.id, 1, When::Now, None).await), "not found");
    assert_eq!(said(app.unschedule_post(owner, other, post.id, 1).await), "not found");
    assert_eq!(said(app.delivery(owner, other, delivery).await), "not found");
    assert_eq!(said(app.post_stats(owner, other, post.id).await), "not found");
    assert_eq!(said(app.create_post(owner, other, input("x", &[channel])).await), "channel-missing");
    let stranger = world.stranger().await;
    assert_eq!(said(app.post(&stranger, world.brand, post.id).await), "not found");
}

#[tokio::test]
async fn a_rehearsal_shows_what_would_happen_and_nothing_does() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    let draft = app.create_post(owner, brand, input("x", &[channel])).await.unwrap();
    let mut news = app.live().listen();
    let before = world.everything_told(brand, draft.id).await;
    let when = || When::At(at("2026-12-24T18:00", "Europe/Moscow"));
    let shown = app.rehearse_schedule(owner, brand, draft.id, draft.version, when(), None).await.unwrap();
    assert_eq!((shown.state, shown.deliveries.len()), (PostState::Scheduled, 1));
    assert_eq!(shown.deliveries[0].due_at, "2026-12-24T15:00:00.000Z");
    assert_eq!(world.everything_told(brand, draft.id).await, before, "no row, no line in the log, no job");
    assert!(news.try_recv().is_err(), "nobody is told");
    let old = app.rehearse_schedule(owner, brand, draft.id, 7, when(), None).await;
    assert_eq!(said(old), "conflict");

    let done = app.schedule_post(owner, brand, draft.id, draft.version, when(), None).await.unwrap();
    let times = |post: &PostView| post.deliveries.iter().map(|one| one.due_at.clone()).collect::<Vec<_>>();
    assert_eq!((times(&done), done.version, done.state), (times(&shown), shown.version, shown.state));
    let before = world.everything_told(brand, draft.id).await;
    let delivery = done.deliveries[0].id;
    let sent = app.rehearse_command(owner, brand, delivery, DeliveryCommand::SendNow).await.unwrap();
    assert_ne!(sent.delivery.due_at, done.deliveries[0].due_at);
    let called_off = app.rehearse_unschedule(owner, brand, draft.id, done.version).await.unwrap();
    assert_eq!(called_off.state, PostState::Draft);
    assert_eq!(world.everything_told(brand, draft.id).await, before);
    let author = world.member(brand, Role::Author).await;
    assert_eq!(said(app.rehearse_schedule(&author, brand, draft.id, done.version, when(), None).await), "may not");
}

#[tokio::test]
async fn a_program_that_writes_drafts_adds_no_channel_to_a_post_on_its_way() {
    let world = World::new().await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    let [one, two] = [world.channel(brand, "one").await, world.channel(brand, "two").await];
    let post = scheduled(&world, "x", &[one], "2026-12-24T18:00").await;
    let new = TokenInput { name: "x".into(), scopes: vec![Scope::PostsWrite], brands: None, expires_in_days: None };
    let token = app.create_token(owner, None, new).await.unwrap().token.unwrap();
    let program = app.admit(&token).await.unwrap();
    assert_eq!(said(app.update_post(&program, brand, post.id, post.version, input("x", &[one, two])).await), "may not");
    assert_eq!(said(app.update_post(owner, brand, post.id, post.version, input("x", &[one, two])).await), "ok");
}

#[tokio::test]
async fn roles_write_or_publish_or_neither() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    for role in Role::ALL {
        let who = world.member(world.brand, role).await;
        let written = world.app.create_post(&who, world.brand, input("text", &[channel])).await;
        let writes = matches!(role, Role::Owner | Role::Manager | Role::Author);
        assert_eq!(said(written) == "ok", writes, "{role:?} writes");
        let draft = world.app.create_post(&world.owner, world.brand, input("text", &[channel])).await.unwrap();
        let sent = world.app.schedule_post(&who, world.brand, draft.id, 1, When::Now, None).await;
        let publishes = matches!(role, Role::Owner | Role::Manager);
        assert_eq!(said(sent), if publishes { "ok" } else { "may not" }, "{role:?} publishes");
        let removed = world.app.delete_post(&who, world.brand, draft.id).await;
        assert_eq!(said(removed), if publishes { "ok" } else { "may not" }, "{role:?} removes");
    }
}

#[tokio::test]
async fn a_time_that_the_clock_skips_or_shows_twice_is_a_question() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    world.set("2026-10-01T00:00:00Z");
    let draft = world.app.create_post(&world.owner, world.brand, input("text", &[channel])).await.unwrap();
    let schedule = async |wall: &str, zone: &str, fold| {
        let when = When::At(ScheduleInput { fold, ..at(wall, zone) });
        world.app.schedule_post(&world.owner, world.brand, draft.id, 1, when, None).await
    };
    assert_eq!(said(schedule("2027-03-28T02:30", "Europe/Warsaw", None).await), "wall-gap");
    assert_eq!(said(schedule("2026-10-25T02:30", "Europe/Warsaw", None).await), "wall-twice");
    assert_eq!(said(schedule("2026-12-05T10:00", "Mars/Olympus", None).await), "zone-unknown");
    assert_eq!(said(schedule("2020-01-01T10:00", "Europe/Warsaw", None).await), "at-past");
    let later = schedule("2026-10-25T02:30", "Europe/Warsaw", Some(Fold::Later)).await.unwrap();
    assert_eq!(later.due_at.as_deref(), Some("2026-10-25T01:30:00.000Z"));
}

#[tokio::test]
async fn a_post_that_the_network_would_refuse_is_not_scheduled_and_says_why() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let draft = world.app.create_post(&world.owner, world.brand, input("", &[channel])).await.unwrap();
    assert!(draft.problems.iter().any(|problem| problem.code == "post-empty"), "{:?}", draft.problems);
    let refused = world.app.schedule_post(&world.owner, world.brand, draft.id, 1, When::Now, None).await;
    assert_eq!(said(refused), "post-empty");
    let nowhere = world.app.create_post(&world.owner, world.brand, input("text", &[])).await.unwrap();
    let refused = world.app.schedule_post(&world.owner, world.brand, nowhere.id, 1, When::Now, None).await;
    assert_eq!(said(refused), "channels-none");
}

#[tokio::test]
async fn moving_and_calling_back() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let post = scheduled(&world, "text", &[channel], "2026-12-02T10:00").await;
    assert_eq!(post.state, PostState::Scheduled);
    let to = at("2026-12-03T11:00", "Europe/Moscow");
    let moved = world.app.move_post(&world.owner, world.brand, post.id, post.version, to).await.unwrap();
    assert_eq!(moved.deliveries[0].wall, "2026-12-03T11:00");
    assert_eq!(moved.deliveries.len(), 1, "the delivery moved and was not doubled");
    let back = world.app.unschedule_post(&world.owner, world.brand, post.id, moved.version).await.unwrap();
    assert_eq!(back.state, PostState::Draft);
    let again = When::At(at("2026-12-04T11:00", "Europe/Moscow"));
    let again = world.app.schedule_post(&world.owner, world.brand, post.id, back.version, again, None).await.unwrap();
    assert_eq!((again.state, again.deliveries.len()), (PostState::Scheduled, 1));
}

#[tokio::test]
async fn the_next_free_slot_is_taken_once() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let slots = [("10:30", 2), ("09:00", 3)].map(|(time, weekday)| Slot { weekday, time: time.parse().unwrap() });
    let slots = slots.iter().map(Into::into).collect();
    world.app.set_slots(&world.owner, world.brand, channel, slots).await.unwrap();
    let mut due = Vec::new();
    for text in ["one", "two", "three"] {
        let draft = world.app.create_post(&world.owner, world.brand, input(text, &[channel])).await.unwrap();
        let post = world.app.schedule_post(&world.owner, world.brand, draft.id, 1, When::Slot, None).await.unwrap();
        due.push(post.deliveries[0].wall.clone());
    }
    assert_eq!(due, ["2026-12-01T10:30", "2026-12-02T09:00", "2026-12-08T10:30"]);
}

#[tokio::test]
async fn a_repeating_post_makes_its_copies_ahead() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let draft = world.app.create_post(&world.owner, world.brand, input("every week", &[channel])).await.unwrap();
    let rule = RepeatRule { every: Every::Week, interval: 1, weekdays: vec![], end: End::Count { count: 4 } };
    let when = When::At(at("2026-12-02T10:00", "Europe/Moscow"));
    let head = world.app.schedule_post(&world.owner, world.brand, draft.id, 1, when, Some(rule)).await.unwrap();
    assert!(head.repeat.is_some());
    crate::deliveries::work(&world).await;
    let posts = world.app.list_posts(&world.owner, world.brand, PostQuery::default()).await.unwrap();
    let walls: Vec<_> = posts.items.iter().filter_map(|post| post.wall.clone()).collect();
    assert_eq!(walls, ["2026-12-02T10:00", "2026-12-09T10:00", "2026-12-16T10:00", "2026-12-23T10:00"]);
    // Running the job once more makes nothing twice.
    world.pass(SignedDuration::from_hours(25));
    crate::deliveries::work(&world).await;
    let posts = world.app.list_posts(&world.owner, world.brand, PostQuery::default()).await.unwrap();
    assert_eq!(posts.items.len(), 4);
}

#[tokio::test]
async fn adding_and_removing_channels_follows_the_deliveries() {
    let world = World::new().await;
    let [one, two] = [world.channel(world.brand, "one").await, world.channel(world.brand, "two").await];
    let post = scheduled(&world, "text", &[one], "2026-12-02T10:00").await;
    let changed =
        world.app.update_post(&world.owner, world.brand, post.id, post.version, input("text", &[two])).await.unwrap();
    let states: Vec<_> = changed.deliveries.iter().map(|d| (d.channel == two, format!("{:?}", d.state))).collect();
    assert!(states.contains(&(true, "Scheduled".to_owned())), "{states:?}");
    assert!(states.contains(&(false, "Cancelled".to_owned())), "{states:?}");
}

#[tokio::test]
async fn lists_are_paged_and_filtered() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    for day in 1..=5 {
        scheduled(&world, &format!("post {day}"), &[channel], &format!("2026-12-{:02}T10:00", day + 1)).await;
    }
    world.app.create_post(&world.owner, world.brand, input("only a draft", &[])).await.unwrap();
    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let query = PostQuery { limit: Some(2), cursor: cursor.clone(), ..PostQuery::default() };
        let page = world.app.list_posts(&world.owner, world.brand, query).await.unwrap();
        seen.extend(page.items.into_iter().map(|post| post.title));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 6, "{seen:?}");
    let only =
        |query: PostQuery| async { world.app.list_posts(&world.owner, world.brand, query).await.unwrap().items.len() };
    assert_eq!(only(PostQuery { states: vec![PostState::Draft], ..PostQuery::default() }).await, 1);
    assert_eq!(only(PostQuery { q: Some("POST 3".to_owned()), ..PostQuery::default() }).await, 1);
    assert_eq!(only(PostQuery { channel: Some(channel), ..PostQuery::default() }).await, 5);
    let bad = PostQuery { cursor: Some("nonsense".to_owned()), ..PostQuery::default() };
    assert!(matches!(world.app.list_posts(&world.owner, world.brand, bad).await, Err(AppError::Invalid(_))));
}
