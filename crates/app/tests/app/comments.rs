//! Comments come in: under the right post, once, page by page; and numbers that are told only in passing.

use jiff::SignedDuration;
use sarafan_app::comments::CommentPage;
use sarafan_app::posts::{PostView, When};
use sarafan_domain::delivery::{Published, Step};
use sarafan_network::{Counts, Incoming, NetError, News, Page};

use crate::deliveries::work;
use crate::network::at;
use crate::posts::input;
use crate::world::{World, said};

fn comment(id: &str, parent: Option<&str>, text: &str) -> Incoming {
    Incoming {
        external_id: id.to_owned(),
        parent: parent.map(str::to_owned),
        author: "Vera".to_owned(),
        author_id: "7".to_owned(),
        text: text.to_owned(),
        url: Some(format!("https://house.example/{id}")),
        at: at("2026-12-01T07:05:00Z"),
        own: false,
    }
}

fn news(items: Vec<Incoming>, next: Option<&str>) -> News {
    News { page: Page { items, next: next.map(str::to_owned) }, counts: Vec::new() }
}

/// A post that is out as `main` with a further part `second`.
async fn out(world: &World, network: &str) -> PostView {
    let house = if network == "attic" { world.attic } else { world.house };
    let published = Published { external_id: "main".to_owned(), url: None, parts: vec!["second".to_owned()] };
    house.script().steps.push_back(Ok(Step::Done(published)));
    let channel = world.channel_of(network, world.brand, "wall").await.id;
    let draft = world.app.create_post(&world.owner, world.brand, input("said", &[channel])).await.unwrap();
    let post = world.app.schedule_post(&world.owner, world.brand, draft.id, 1, When::Now, None).await.unwrap();
    work(world).await;
    post
}

async fn under(world: &World, post: &PostView, cursor: Option<&str>, limit: usize) -> CommentPage {
    world.app.post_comments(&world.owner, world.brand, post.id, cursor, Some(limit)).await.unwrap()
}

async fn later(world: &World) {
    world.pass(SignedDuration::from_mins(3));
    work(world).await;
}

#[tokio::test]
async fn comments_stand_under_the_post_they_answer_and_nowhere_twice() {
    let world = World::new().await;
    let post = out(&world, "house").await;
    let first = vec![
        comment("1", Some("main"), "lovely"),
        comment("2", Some("1"), "an answer to it"),
        comment("3", Some("second"), "under the second part"),
        comment("4", None, "a mention out of the blue"),
        comment("second", Some("main"), "our own second part"),
    ];
    world.house.script().news.extend([Ok(news(first, Some("a"))), Ok(news(Vec::new(), None))]);
    later(&world).await;
    let again = vec![comment("1", Some("main"), "lovely, edited"), comment("5", Some("2"), "deeper")];
    world.house.script().news.push_back(Ok(news(again, Some("b"))));
    later(&world).await;

    let all = under(&world, &post, None, 50).await;
    let texts: Vec<&str> = all.items.iter().map(|item| item.text.as_str()).collect();
    assert_eq!(texts, ["lovely, edited", "an answer to it", "under the second part", "deeper"]);
    assert_eq!((all.items[0].network.as_str(), all.items[0].author.as_str(), all.next), ("house", "Vera", None));
    let asked = std::mem::take(&mut world.house.script().read_from);
    let asked: Vec<Option<&str>> = asked.iter().map(Option::as_deref).collect();
    assert!(asked.ends_with(&[Some("a"), Some("b")]), "each time from where it ended: {asked:?}");

    let page = under(&world, &post, None, 3).await;
    let rest = under(&world, &post, page.next.as_deref(), 3).await;
    assert_eq!((page.items.len(), rest.items.len(), rest.next), (3, 1, None));
    assert_eq!(rest.items[0].external_id, "5");
    let wrong = world.app.post_comments(&world.owner, world.brand, post.id, Some("nonsense"), None).await;
    assert_eq!(said(wrong), "cursor-bad");
    let other = world.brand("Another").await;
    assert_eq!(said(world.app.post_comments(&world.owner, other, post.id, None, None).await), "not found");
}

#[tokio::test]
async fn what_is_told_in_passing_stays_when_asking_tells_nothing() {
    let world = World::new().await;
    let post = out(&world, "attic").await;
    let counts = Counts { reactions: Some(4), ..Counts::default() };
    let told = News {
        counts: vec![("main".to_owned(), counts), ("not ours".to_owned(), counts)],
        ..news(vec![comment("1", Some("main"), "one"), comment("2", Some("main"), "two")], None)
    };
    world.attic.script().news.push_back(Ok(told));
    later(&world).await;
    world.pass(SignedDuration::from_mins(30));
    work(&world).await;
    let stats = world.app.post_stats(&world.owner, world.brand, post.id).await.unwrap();
    let value = |key: &str| stats.deliveries[0].latest.values.get(key).copied().flatten();
    assert_eq!((value("reactions"), value("replies"), value("views")), (Some(4.0), Some(2.0), None));
}

#[tokio::test]
async fn a_network_that_fails_is_asked_again_and_nothing_is_lost() {
    let world = World::new().await;
    let post = out(&world, "house").await;
    world
        .house
        .script()
        .news
        .extend([Err(NetError::Transient { after: None }), Ok(news(vec![comment("1", Some("main"), "late")], None))]);
    later(&world).await;
    assert_eq!(under(&world, &post, None, 9).await.items.len(), 0);
    world.pass(SignedDuration::from_mins(16));
    work(&world).await;
    assert_eq!(under(&world, &post, None, 9).await.items.len(), 1);
}

#[tokio::test]
async fn the_same_numbers_told_again_are_kept_once() {
    let world = World::new().await;
    let post = out(&world, "attic").await;
    for reactions in [4, 4, 4, 5] {
        let counts = Counts { reactions: Some(reactions), ..Counts::default() };
        let told = News { counts: vec![("main".to_owned(), counts)], ..news(Vec::new(), None) };
        world.attic.script().news.push_back(Ok(told));
        later(&world).await;
    }
    let stats = world.app.post_stats(&world.owner, world.brand, post.id).await.unwrap();
    let line = stats.deliveries[0].series.iter().find(|series| series.metric == "reactions").unwrap();
    let values: Vec<_> = line.points.iter().map(|(_, value)| *value).collect();
    assert_eq!(values, [Some(4.0), Some(5.0)]);
}
