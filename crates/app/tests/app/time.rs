//! Clocks that jump, machines that sleep, the nights on which the hour changes, and zones whose rules change.

use jiff::SignedDuration;
use sarafan_app::brands::BrandPatch;
use sarafan_app::deliveries::DeliveryCommand;
use sarafan_app::posts::{PostView, ScheduleInput, When};
use sarafan_domain::delivery::State;
use sarafan_domain::id::ChannelId;
use sarafan_domain::time::Fold;
use sarafan_store::{Store, deliveries as rows};

use crate::deliveries::work;
use crate::network::Asked;
use crate::posts::{input, scheduled};
use crate::world::World;

async fn state(world: &World, post: &PostView) -> (State, Option<String>) {
    let detail = world.app.delivery(&world.owner, world.brand, post.deliveries[0].id).await.unwrap();
    (detail.delivery.state, detail.delivery.reason.map(|reason| reason.code))
}

fn texts(world: &World) -> Vec<String> {
    let text = |asked| if let Asked::Start { text, .. } = asked { Some(text) } else { None };
    world.house.asked().into_iter().filter_map(text).collect()
}

async fn on_the_wall(
    world: &World,
    text: &str,
    channel: ChannelId,
    wall: &str,
    zone: &str,
    fold: Option<Fold>,
) -> PostView {
    let when = When::At(ScheduleInput { wall: wall.parse().unwrap(), zone: zone.to_owned(), fold });
    let post = world.app.create_post(&world.owner, world.brand, input(text, &[channel])).await.unwrap();
    world.app.schedule_post(&world.owner, world.brand, post.id, post.version, when, None).await.unwrap()
}

#[tokio::test]
async fn a_machine_that_slept_sends_what_is_not_too_late_and_asks_about_the_rest() {
    // The brand's word, how late the machine wakes, and what becomes of the post.
    let rows = [
        (60, 60, State::Sent, None),
        (60, 61, State::Held, Some("held-late")),
        (0, 1, State::Held, Some("held-late")),
        (5, 5, State::Sent, None),
        (180, 150, State::Sent, None),
    ];
    for (policy, slept, expected, reason) in rows {
        let world = World::new().await;
        let patch = BrandPatch { late_policy_minutes: Some(policy), ..BrandPatch::default() };
        world.app.update_brand(&world.owner, world.brand, patch).await.unwrap();
        let channel = world.channel(world.brand, "wall").await;
        let post = scheduled(&world, "due while it slept", &[channel], "2026-12-01T10:05").await;
        world.set("2026-12-01T07:05:00Z");
        world.pass(SignedDuration::from_mins(slept));
        work(&world).await;
        assert_eq!(state(&world, &post).await, (expected, reason.map(str::to_owned)), "{policy} {slept}");
        if expected == State::Held {
            assert_eq!(texts(&world), Vec::<String>::new());
            let id = post.deliveries[0].id;
            world.app.command_delivery(&world.owner, world.brand, id, DeliveryCommand::Retry).await.unwrap();
            work(&world).await;
            assert_eq!(state(&world, &post).await.0, State::Sent, "a person's word is enough");
        }
    }
}

#[tokio::test]
async fn a_clock_that_jumps_sends_nothing_twice() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let post = scheduled(&world, "once", &[channel], "2026-12-01T10:05").await;
    let later = scheduled(&world, "later", &[channel], "2026-12-01T11:30").await;
    // Forward: what seems due goes out, the rest waits.
    world.set("2026-12-01T07:30:00Z");
    work(&world).await;
    assert_eq!(texts(&world), ["once"]);
    // Back by an hour and a half, before its time: it is out, and stays out.
    world.set("2026-12-01T06:00:00Z");
    work(&world).await;
    world.set("2026-12-01T07:10:00Z");
    work(&world).await;
    assert_eq!(texts(&world), Vec::<String>::new());
    assert_eq!(state(&world, &post).await.0, State::Sent);
    // And the other one still goes at its own time.
    assert_eq!(state(&world, &later).await.0, State::Scheduled);
    world.set("2026-12-01T08:30:00Z");
    work(&world).await;
    assert_eq!(texts(&world), ["later"]);
}

#[tokio::test]
async fn a_clock_that_jumps_over_a_lease_makes_two_workers_but_one_post() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let post = scheduled(&world, "in doubt", &[channel], "2026-12-01T10:05").await;
    world.set("2026-12-01T07:05:00Z");
    world.house.script().hang = true;
    let mut first = Box::pin(async { work(&world).await });
    while world.house.script().asked.is_empty() {
        tokio::select! {
            () = &mut first => panic!("the network hangs"),
            () = tokio::task::yield_now() => {}
        }
    }
    // Its lease is over by the clock on the wall: another worker takes the job for abandoned.
    world.pass(SignedDuration::from_mins(30));
    world.house.script().hang = false;
    work(&world).await;
    world.pass(SignedDuration::from_mins(1));
    work(&world).await;
    assert_eq!(state(&world, &post).await.0, State::Sent);
    let keys: Vec<String> = world
        .house
        .asked()
        .into_iter()
        .filter_map(|asked| if let Asked::Start { key, .. } = asked { Some(key) } else { None })
        .collect();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0], keys[1], "the network sees that it is the same post");
    drop(first);
}

#[tokio::test]
async fn on_the_night_when_the_hour_comes_twice_each_post_goes_out_in_its_own() {
    let world = World::new().await;
    world.set("2027-10-30T12:00:00Z");
    let channel = world.channel(world.brand, "wall").await;
    let zone = "Europe/Warsaw";
    for (text, fold) in [("first pass", Some(Fold::Earlier)), ("second pass", Some(Fold::Later))] {
        on_the_wall(&world, text, channel, "2027-10-31T02:30", zone, fold).await;
    }
    on_the_wall(&world, "morning", channel, "2027-10-31T09:00", zone, None).await;
    let rows: [(&str, &[&str]); 6] = [
        ("2027-10-31T00:29:59Z", &[]),
        ("2027-10-31T00:30:00Z", &["first pass"]),
        ("2027-10-31T01:29:59Z", &[]),
        ("2027-10-31T01:30:00Z", &["second pass"]),
        // Nine on the wall is an hour later than the day before.
        ("2027-10-31T07:59:59Z", &[]),
        ("2027-10-31T08:00:00Z", &["morning"]),
    ];
    for (at, expected) in rows {
        world.set(at);
        work(&world).await;
        assert_eq!(texts(&world), expected, "{at}");
    }
}

/// Puts the instant of a delivery, and of its job, to where other rules would have put it.
async fn under_old_rules(world: &World, post: &PostView, hours: i64) {
    let store = Store::open(&world.database(), world.app.now()).await.unwrap();
    let (brand, id) = (world.brand, post.deliveries[0].id);
    store
        .write(move |conn| {
            Box::pin(async move {
                let mut row = rows::get(conn, brand, id).await?;
                let at = row.delivery.due.at + SignedDuration::from_hours(hours);
                (row.delivery.due.at, row.delivery.next_at) = (at, Some(at));
                rows::update(conn, &row.delivery, row.rev).await
            })
        })
        .await
        .unwrap();
    store.close().await;
}

#[tokio::test]
async fn when_the_rules_of_a_zone_change_posts_keep_their_time_on_the_wall() {
    // The old rules had it so many hours later; when it goes out by the new ones, and what happens before.
    for (hours, early) in [(1, "2026-12-02T06:59:59Z"), (-1, "2026-12-02T06:00:00Z")] {
        let world = World::new().await;
        let channel = world.channel(world.brand, "wall").await;
        let post = scheduled(&world, "ten sharp", &[channel], "2026-12-02T10:00").await;
        under_old_rules(&world, &post, hours).await;
        assert_eq!(world.app.follow_zone_rules().await.unwrap(), 1);
        assert_eq!(world.app.follow_zone_rules().await.unwrap(), 0, "doing it twice is harmless");
        let view = world.app.post(&world.owner, world.brand, post.id).await.unwrap();
        assert_eq!(view.deliveries[0].due_at, "2026-12-02T07:00:00.000Z");
        world.set(early);
        work(&world).await;
        assert_eq!(texts(&world), Vec::<String>::new(), "{hours}");
        world.set("2026-12-02T07:00:00Z");
        work(&world).await;
        assert_eq!(texts(&world), ["ten sharp"], "{hours}");
    }
}

#[tokio::test]
async fn what_was_sent_off_by_hand_is_not_moved_back() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let post = scheduled(&world, "now after all", &[channel], "2026-12-02T10:00").await;
    let id = post.deliveries[0].id;
    world.app.command_delivery(&world.owner, world.brand, id, DeliveryCommand::SendNow).await.unwrap();
    assert_eq!(world.app.follow_zone_rules().await.unwrap(), 0);
    work(&world).await;
    assert_eq!(texts(&world), ["now after all"]);
}
