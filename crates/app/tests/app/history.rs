//! What posts were: versions of people, what they changed, and the way back.

use jiff::SignedDuration;
use sarafan_domain::member::Role;

use crate::posts::input;
use crate::world::{World, said};

#[tokio::test]
async fn every_saved_change_is_kept_and_comes_back() {
    let world = World::new().await;
    let (app, brand) = (&world.app, world.brand);
    let channel = world.channel(brand, "wall").await;
    let author = world.member(brand, Role::Author).await;
    let post = app.create_post(&author, brand, input("first", &[channel])).await.unwrap();
    let alone = app.post_history(&world.owner, brand, post.id, None, None).await.unwrap();
    assert_eq!((alone.items.len(), alone.items[0].current), (1, true), "a post that nobody changed is its own history");

    for (version, text) in [(1, "second, half"), (2, "second, whole")] {
        world.pass(SignedDuration::from_mins(1));
        app.update_post(&author, brand, post.id, version, input(text, &[channel])).await.unwrap();
    }
    world.pass(SignedDuration::from_mins(1));
    app.update_post(&world.owner, brand, post.id, 3, input("third", &[])).await.unwrap();
    let page = app.post_history(&author, brand, post.id, None, None).await.unwrap();
    let told: Vec<(i64, &str, Vec<&str>)> = page
        .items
        .iter()
        .map(|one| (one.version, one.person.name.as_str(), one.changes.iter().map(|c| c.field.code()).collect()))
        .collect();
    let expected = [
        (4, "Olga", vec!["text", "channels"]),
        (3, "author", vec!["text"]),
        (1, "author", vec!["text", "language", "channels"]),
    ];
    assert_eq!(told, expected, "what one person saves within minutes is one version");
    let old = app.post_version(&author, brand, post.id, 3).await.unwrap();
    assert_eq!((old.content.text.as_str(), old.before.unwrap().content.text.as_str()), ("second, whole", "first"));
    assert_eq!(said(app.post_version(&author, brand, post.id, 2).await), "not found");

    assert_eq!(said(app.restore_post(&author, brand, post.id, 3, 1).await), "conflict", "an old page restores nothing");
    let back = app.restore_post(&world.owner, brand, post.id, 4, 1).await.unwrap();
    assert_eq!((back.content.text.as_str(), back.channels.as_slice()), ("first", [channel].as_slice()));
    app.update_post(&world.owner, brand, post.id, back.version, input("fourth", &[channel])).await.unwrap();
    let page = app.post_history(&author, brand, post.id, None, Some(2)).await.unwrap();
    assert_eq!(page.items.iter().map(|one| one.version).collect::<Vec<_>>(), [6, 4]);
    let rest = app.post_history(&author, brand, post.id, page.next.as_deref(), Some(5)).await.unwrap();
    assert_eq!(rest.items.iter().map(|one| one.version).collect::<Vec<_>>(), [3, 1], "nothing was lost on the way");
    assert!(world.audit(Some(brand)).await.contains(&"post.restore".to_owned()));
}

#[tokio::test]
async fn what_is_gone_since_is_left_out_of_what_comes_back() {
    let world = World::new().await;
    let (app, brand) = (&world.app, world.brand);
    let channel = world.channel(brand, "wall").await;
    let asset = app.upload_asset(&world.owner, brand, "a.txt", "", "words".into()).await.unwrap().id;
    let mut with = input("with", &[channel]);
    with.content.media.push(sarafan_domain::post::MediaRef { asset, alt: String::new() });
    let post = app.create_post(&world.owner, brand, with).await.unwrap();
    app.update_post(&world.owner, brand, post.id, 1, input("without", &[])).await.unwrap();
    app.delete_asset(&world.owner, brand, asset).await.unwrap();
    app.remove_channel(&world.owner, brand, channel).await.unwrap();
    let back = app.restore_post(&world.owner, brand, post.id, 2, 1).await.unwrap();
    assert_eq!((back.content.text.as_str(), back.content.media.len(), back.channels.len()), ("with", 0, 0));
}

#[tokio::test]
async fn a_post_takes_its_history_with_it_and_readers_restore_nothing() {
    let world = World::new().await;
    let (app, brand) = (&world.app, world.brand);
    let post = app.create_post(&world.owner, brand, input("a", &[])).await.unwrap();
    app.update_post(&world.owner, brand, post.id, 1, input("b", &[])).await.unwrap();
    let client = world.member(brand, Role::Client).await;
    assert_eq!(said(app.restore_post(&client, brand, post.id, 2, 1).await), "may not");
    assert_eq!(app.post_history(&client, brand, post.id, None, None).await.unwrap().items.len(), 2);
    let other = world.brand("Other").await;
    assert_eq!(said(app.post_history(&world.owner, other, post.id, None, None).await), "not found");
    app.delete_post(&world.owner, brand, post.id).await.unwrap();
    let store = world.store().await;
    let left = sarafan_store::posts::versions(&mut store.read().await.unwrap(), brand, post.id).await.unwrap();
    assert!(left.is_empty());
    store.close().await;
}
