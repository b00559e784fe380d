//! Members who are limited to some channels: every use case that reaches a channel, for one of theirs and for another.

use futures::future::BoxFuture;
use sarafan_app::channels::ChannelPatch;
use sarafan_app::deliveries::DeliveryCommand;
use sarafan_app::members::{InvitationInput, LimitInput};
use sarafan_app::posts::{PostView, When};
use sarafan_app::{Actor, App, AppError};
use sarafan_domain::id::{BrandId, ChannelId};
use sarafan_domain::member::Role;

use crate::posts::{input, scheduled};
use crate::world::{World, form, said};

type Act = for<'a> fn(&'a App, &'a Actor, BrandId, &'a PostView, ChannelId) -> BoxFuture<'a, Result<(), AppError>>;

macro_rules! acts {
    ($($name:literal => |$app:ident, $who:ident, $brand:ident, $post:ident, $channel:ident| $act:expr;)*) => {
        [$(($name, {
            let act: Act = |$app, $who, $brand, $post, $channel| {
                let _ = ($post, &$channel);
                Box::pin(async move { $act.await.map(|_| ()) })
            };
            act
        }),)*]
    };
}

/// What is done to a post that goes to a channel, or to the channel itself.
fn acts() -> [(&'static str, Act); 13] {
    acts! {
        "create" => |app, who, brand, post, channel| app.create_post(who, brand, input("new", &[channel]));
        "duplicate" => |app, who, brand, post, channel| app.duplicate_post(who, brand, post.id);
        "update" => |app, who, brand, post, channel| app.update_post(who, brand, post.id, post.version, input("changed", &[channel]));
        "take away" => |app, who, brand, post, channel| app.update_post(who, brand, post.id, post.version, input("changed", &[]));
        "schedule" => |app, who, brand, post, channel| app.schedule_post(who, brand, post.id, post.version, When::Now, None);
        "unschedule" => |app, who, brand, post, channel| app.unschedule_post(who, brand, post.id, post.version);
        "call off" => |app, who, brand, post, channel| app.command_delivery(who, brand, post.deliveries[0].id, DeliveryCommand::Cancel);
        "send now" => |app, who, brand, post, channel| app.command_delivery(who, brand, post.deliveries[0].id, DeliveryCommand::SendNow);
        "pause" => |app, who, brand, post, channel| app.pause_channel(who, brand, channel, None);
        "resume" => |app, who, brand, post, channel| app.resume_channel(who, brand, channel);
        "rename" => |app, who, brand, post, channel| app.update_channel(who, brand, channel, ChannelPatch::default());
        "timetable" => |app, who, brand, post, channel| app.set_slots(who, brand, channel, Vec::new());
        "delete" => |app, who, brand, post, channel| app.delete_post(who, brand, post.id);
    }
}

async fn limited(world: &World, role: Role, channels: &[ChannelId]) -> Actor {
    let member = world.member(world.brand, role).await;
    let limit = LimitInput { channels: Some(channels.to_vec()) };
    let view = world.app.limit_member(&world.owner, world.brand, member.person.unwrap(), limit).await.unwrap();
    assert_eq!(view.channels.as_deref(), Some(channels));
    member
}

#[tokio::test]
async fn a_limited_manager_reaches_the_channels_of_the_limit_and_no_other() {
    let world = World::new().await;
    let own = world.channel(world.brand, "own").await;
    let other = world.channel(world.brand, "other").await;
    let member = limited(&world, Role::Manager, &[own]).await;
    for (name, act) in acts() {
        let theirs = scheduled(&world, "theirs", &[own], "2026-12-02T10:00").await;
        let foreign = scheduled(&world, "foreign", &[other], "2026-12-02T10:00").await;
        let both = scheduled(&world, "both", &[own, other], "2026-12-02T10:00").await;
        assert_eq!(said(act(&world.app, &member, world.brand, &foreign, other).await), "may not", "{name}");
        // A post that goes to another channel too is changed as a whole; what is done to one delivery or channel is not.
        let of_one = ["create", "call off", "send now", "pause", "resume", "rename", "timetable"].contains(&name);
        if !of_one {
            assert_eq!(said(act(&world.app, &member, world.brand, &both, own).await), "may not", "{name} of both");
        }
        assert_eq!(said(act(&world.app, &member, world.brand, &theirs, own).await), "ok", "{name}");
    }
    assert!(
        world
            .app
            .post(&member, world.brand, scheduled(&world, "x", &[other], "2026-12-03T10:00").await.id)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn nobody_lifts_their_own_limit_or_goes_around_it() {
    let world = World::new().await;
    let own = world.channel(world.brand, "own").await;
    let member = limited(&world, Role::Manager, &[own]).await;
    let (app, brand, person) = (&world.app, world.brand, member.person.unwrap());
    let all = LimitInput { channels: None };
    assert_eq!(said(app.limit_member(&member, brand, person, all.clone()).await), "may not");
    let guest = InvitationInput { email: "me-again@example.org".into(), role: Role::Manager };
    assert_eq!(said(app.invite(&member, brand, guest).await), "may not");
    assert_eq!(said(app.connect_channel(&member, brand, form("house", "mine")).await), "may not");
    assert_eq!(said(app.pause_brand(&member, brand, true, None).await), "may not");
    assert_eq!(said(app.change_role(&member, brand, person, Role::Manager).await), "may not");
    let strange = LimitInput { channels: Some(vec![ChannelId(uuid::Uuid::nil())]) };
    assert_eq!(said(app.limit_member(&world.owner, brand, person, strange).await), "channel-missing");
    assert_eq!(
        said(app.limit_member(&world.owner, brand, world.owner.person.unwrap(), all.clone()).await),
        "limit-owner"
    );
    app.limit_member(&world.owner, brand, person, all).await.unwrap();
    assert_eq!(said(app.pause_brand(&member, brand, true, None).await), "ok", "without a limit a manager is a manager");
}

#[tokio::test]
async fn an_author_writes_only_for_the_channels_of_the_limit() {
    let world = World::new().await;
    let own = world.channel(world.brand, "own").await;
    let other = world.channel(world.brand, "other").await;
    let author = limited(&world, Role::Author, &[own]).await;
    let draft = world.app.create_post(&author, world.brand, input("mine", &[own])).await.unwrap();
    assert_eq!(said(world.app.create_post(&author, world.brand, input("x", &[own, other])).await), "may not");
    let wider = world.app.update_post(&author, world.brand, draft.id, draft.version, input("x", &[own, other])).await;
    assert_eq!(said(wider), "may not");
    assert_eq!(world.app.create_post(&author, world.brand, input("for nowhere yet", &[])).await.unwrap().channels, []);
    let nothing = limited(&world, Role::Client, &[]).await;
    assert!(world.app.post(&nothing, world.brand, draft.id).await.is_ok(), "reading is not limited");
}
