//! Numbers come back: snapshots, the post's page, the channel's and the overview; what is missing stays missing.

use jiff::SignedDuration;
use sarafan_app::posts::When;
use sarafan_network::Counts;

use crate::deliveries::work;
use crate::posts::input;
use crate::world::World;

#[tokio::test]
async fn counts_become_series_and_tiles_and_missing_stays_missing() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    {
        let mut script = world.house.script();
        script.counts = Counts { reactions: Some(3), replies: Some(1), reposts: Some(2), ..Counts::default() };
        script.followers = Some(50);
    }
    let draft = world.app.create_post(&world.owner, world.brand, input("counted", &[channel])).await.unwrap();
    let post = world.app.schedule_post(&world.owner, world.brand, draft.id, 1, When::Now, None).await.unwrap();
    work(&world).await;
    world.pass(SignedDuration::from_mins(11));
    work(&world).await;
    world.house.script().counts.reactions = Some(8);
    world.pass(SignedDuration::from_mins(30));
    work(&world).await;
    let stats = world.app.post_stats(&world.owner, world.brand, post.id).await.unwrap();
    let numbers = &stats.deliveries[0];
    let value = |key: &str| numbers.latest.values.get(key).copied().flatten();
    assert_eq!((value("reactions"), value("engagement"), value("views")), (Some(8.0), Some(11.0), None));
    assert_eq!(value("er_by_followers"), Some(0.22));
    let reactions = numbers.series.iter().find(|series| series.metric == "reactions").unwrap();
    let seen: Vec<_> = reactions.points.iter().map(|(_, value)| *value).collect();
    assert_eq!((seen.first(), seen.last()), (Some(&Some(3.0)), Some(&Some(8.0))));
    let now = world.app.now();
    let week = now.checked_sub(SignedDuration::from_hours(168)).unwrap();
    let to = now.checked_add(SignedDuration::from_secs(1)).unwrap();
    let overview = world.app.overview(&world.owner, world.brand, week, to).await.unwrap();
    let tile = |key: &str| overview.tiles.iter().find(|tile| tile.metric == key).unwrap();
    assert_eq!((tile("followers").value, tile("posts").value), (Some(50.0), Some(1.0)));
    assert_eq!(tile("views").value, None);
    assert!(tile("views").missing.is_some(), "and says why");
    assert_eq!(overview.best.len(), 1);
    let channel = world.app.channel_stats(&world.owner, world.brand, channel, week, to).await.unwrap();
    assert_eq!(channel.posts.len(), 1);
}
