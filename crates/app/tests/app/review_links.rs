//! Links of reviewers: one brand only, only what they cover, until they end or are taken back; and never in the database.

use jiff::SignedDuration;
use sarafan_app::approvals::{LinkState, ReviewLinkInput, SeenPost};
use sarafan_app::posts::{PostInput, PostView};
use sarafan_app::sessions::Visitor;
use sarafan_domain::approval::{Covers, Standing};
use sarafan_domain::id::{AssetId, BrandId, ChannelId, PostId};
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;
use sarafan_domain::post::MediaRef;

use crate::posts::input;
use crate::world::{World, said, visitor};

async fn given(world: &World, brand: BrandId, covers: Covers) -> String {
    let input = ReviewLinkInput { name: "Anna".into(), language: Some(Lang::Pl), covers, days: None };
    let link = world.app.create_review_link(&world.owner, brand, input).await.unwrap();
    link.url.unwrap().rsplit('/').next().unwrap().to_owned()
}

async fn submitted(world: &World, brand: BrandId, text: &str, channels: &[ChannelId]) -> PostView {
    let written = PostInput { ..input(text, channels) };
    let draft = world.app.create_post(&world.owner, brand, written).await.unwrap();
    world.app.submit_post(&world.owner, brand, draft.id, None).await.unwrap()
}

async fn shown(world: &World, token: &str) -> Vec<PostId> {
    let page = world.app.review_posts(token, &visitor(), Standing::InReview, None, None).await.unwrap();
    page.items.into_iter().map(|post| post.id).collect()
}

fn seen(post: &PostView) -> Vec<SeenPost> {
    vec![SeenPost { post: post.id, seen: post.approval.hash.clone() }]
}

#[tokio::test]
async fn a_client_says_yes_no_and_a_word_without_an_account() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let [one, two] = [submitted(&world, world.brand, "one", &[channel]).await, {
        submitted(&world, world.brand, "two", &[channel]).await
    }];
    let token = given(&world, world.brand, Covers::default()).await;
    let (app, me) = (&world.app, visitor());
    let page = app.review(&token, &me).await.unwrap();
    assert_eq!((page.brand.as_str(), page.name.as_str(), page.language.as_str()), ("Roastery", "Anna", "pl"));
    assert_eq!(page.networks.iter().map(|network| network.id.as_str()).collect::<Vec<_>>(), ["house"]);
    let posts = app.review_posts(&token, &me, Standing::InReview, None, Some(1)).await.unwrap();
    assert_eq!(posts.items[0].channels[0].check.preview.parts, ["one"]);
    let rest = app.review_posts(&token, &me, Standing::InReview, posts.next.as_deref(), None).await.unwrap();
    assert_eq!((rest.items[0].id, rest.next), (two.id, None));
    app.review_comment(&token, &me, one.id, "lovely".into()).await.unwrap();
    assert_eq!(said(app.review_comment(&token, &me, one.id, " ".into()).await), "note-empty");
    let done = app.review_approve(&token, &me, seen(&one), None).await.unwrap();
    assert_eq!(done.approved, [one.id]);
    let hash = two.approval.hash.clone();
    let stale = app.review_ask_changes(&token, &me, two.id, "x".into(), "shorter".into()).await;
    assert_eq!(said(stale), "conflict");
    let no = app.review_ask_changes(&token, &me, two.id, hash, "shorter".into()).await.unwrap();
    assert_eq!((no.standing, no.by.as_str(), no.note.as_str()), (Standing::ChangesAsked, "Anna", "shorter"));
    let again = app.review_approve(&token, &me, seen(&two), None).await.unwrap();
    assert_eq!(again.refused[0].reason.code, "approval-standing", "what waits for its author is not for the client");
    let told = app.approval_history(&world.owner, world.brand, one.id, None, None).await.unwrap().items;
    let kinds: Vec<_> =
        told.iter().map(|event| (event.kind.as_str(), event.by.as_str(), event.link.is_some())).collect();
    assert_eq!(kinds, [("approved", "Anna", true), ("commented", "Anna", true), ("submitted", "Olga", false)]);
    let audit = world.audit(Some(world.brand)).await;
    assert!(audit.ends_with(&["approval.changes_asked".to_owned()]), "{audit:?}");
    assert!(audit.contains(&"review_link.create".to_owned()) && audit.contains(&"approval.commented".to_owned()));
    let kept = String::from_utf8_lossy(&world.everything_kept()).into_owned();
    assert!(!kept.contains(&token), "the token itself is kept nowhere");
}

#[tokio::test]
async fn a_link_shows_only_what_it_covers() {
    let world = World::new().await;
    let [wall, other] = [world.channel(world.brand, "wall").await, world.channel(world.brand, "other").await];
    let covered = submitted(&world, world.brand, "covered", &[wall, other]).await;
    let hidden = submitted(&world, world.brand, "hidden", &[other]).await;
    let draft = world.app.create_post(&world.owner, world.brand, input("draft", &[wall])).await.unwrap();
    let elsewhere = world.brand("Elsewhere").await;
    let foreign = submitted(&world, elsewhere, "foreign", &[]).await;
    let token = given(&world, world.brand, Covers { channels: vec![wall], ..Covers::default() }).await;
    assert_eq!(shown(&world, &token).await, [covered.id]);
    let (app, me) = (&world.app, visitor());
    let page = app.review_posts(&token, &me, Standing::InReview, None, None).await.unwrap();
    assert_eq!(page.items[0].channels.len(), 1, "not how other channels will show it");
    for post in [&hidden, &draft, &foreign] {
        let done = app.review_approve(&token, &me, seen(post), None).await.unwrap();
        assert_eq!(done.refused[0].reason.code, "approval-gone");
        let hash = post.approval.hash.clone();
        assert_eq!(said(app.review_ask_changes(&token, &me, post.id, hash, "x".into()).await), "not found");
        assert_eq!(said(app.review_comment(&token, &me, post.id, "x".into()).await), "not found");
        assert_eq!(said(app.review_thumb(&token, &me, (post.id, AssetId(uuid::Uuid::nil())), 160).await), "not found");
        assert_eq!(said(app.review_card_picture(&token, &me, post.id, "https://e.org/").await), "not found");
    }
    let chosen = given(&world, world.brand, Covers { posts: vec![hidden.id], ..Covers::default() }).await;
    assert_eq!(shown(&world, &chosen).await, [hidden.id]);
    let none = given(&world, world.brand, Covers { label: Some("tea".into()), ..Covers::default() }).await;
    assert_eq!(shown(&world, &none).await, []);
}

#[tokio::test]
async fn pictures_of_other_posts_are_not_shown() {
    let world = World::new().await;
    let wall = world.channel(world.brand, "wall").await;
    let upload = async |name: &str, n: u8| {
        let bytes = crate::assets::picture(n);
        world.app.upload_asset(&world.owner, world.brand, name, "", bytes).await.unwrap().id
    };
    let (mine, theirs) = (upload("a.png", 1).await, upload("b.png", 2).await);
    let mut written = input("with a picture", &[wall]);
    written.content.media = vec![MediaRef { asset: mine, alt: String::new() }];
    let post = world.app.create_post(&world.owner, world.brand, written).await.unwrap();
    world.app.submit_post(&world.owner, world.brand, post.id, None).await.unwrap();
    let token = given(&world, world.brand, Covers::default()).await;
    let (app, me) = (&world.app, visitor());
    assert_eq!(said(app.review_thumb(&token, &me, (post.id, mine), 160).await), "ok");
    assert_eq!(said(app.review_thumb(&token, &me, (post.id, theirs), 160).await), "not found");
}

#[tokio::test]
async fn a_link_ends_and_is_taken_back() {
    let world = World::new().await;
    let (app, me) = (&world.app, visitor());
    let token = given(&world, world.brand, Covers::default()).await;
    let list = async || app.list_review_links(&world.owner, world.brand, None, None).await.unwrap().items;
    assert_eq!((list().await[0].state, list().await[0].used_at.clone()), (LinkState::Open, None));
    app.review(&token, &me).await.unwrap();
    assert!(list().await[0].used_at.is_some(), "its use is noted");
    world.pass(SignedDuration::from_hours(14 * 24 - 1));
    assert_eq!(said(app.review(&token, &me).await), "ok");
    world.pass(SignedDuration::from_hours(1));
    assert_eq!(said(app.review(&token, &me).await), "not found");
    assert_eq!(list().await[0].state, LinkState::Expired);
    let token = given(&world, world.brand, Covers::default()).await;
    let id = list().await[0].id;
    assert_eq!(app.revoke_review_link(&world.owner, world.brand, id).await.unwrap().state, LinkState::Revoked);
    assert_eq!(said(app.review(&token, &me).await), "not found");
    assert_eq!(said(app.revoke_review_link(&world.owner, world.brand, id).await), "not found");
    let other = world.brand("Other").await;
    assert_eq!(said(app.revoke_review_link(&world.owner, other, id).await), "not found");
}

#[tokio::test]
async fn guessing_is_slow_and_others_are_not_held_up() {
    let world = World::new().await;
    let token = given(&world, world.brand, Covers::default()).await;
    let from = |address: &str| Visitor { agent: String::new(), address: address.to_owned() };
    for n in 0..30 {
        let wrong = world.app.review(&format!("guess-{n}"), &from("198.51.100.1")).await;
        assert_eq!(said(wrong), "not found");
    }
    assert_eq!(said(world.app.review(&token, &from("198.51.100.1")).await), "wait 901");
    assert_eq!(said(world.app.review(&token, &from("198.51.100.2")).await), "ok");
}

#[tokio::test]
async fn links_are_given_by_those_who_may_and_checked() {
    let world = World::new().await;
    let input = |name: &str, covers, days| ReviewLinkInput { name: name.into(), language: None, covers, days };
    for role in Role::ALL {
        let who = world.member(world.brand, role).await;
        let expected = if matches!(role, Role::Owner | Role::Manager) { "ok" } else { "may not" };
        let made = world.app.create_review_link(&who, world.brand, input("Anna", Covers::default(), None)).await;
        assert_eq!(said(made), expected, "{role:?}");
        assert_eq!(said(world.app.list_review_links(&who, world.brand, None, None).await), expected, "{role:?}");
    }
    let elsewhere = world.brand("Elsewhere").await;
    let foreign = world.channel(elsewhere, "wall").await;
    let post = world.app.create_post(&world.owner, elsewhere, crate::posts::input("x", &[])).await.unwrap();
    let rows = [
        (input(" ", Covers::default(), None), "name-empty"),
        (input("Anna", Covers::default(), Some(0)), "link-days-bad"),
        (input("Anna", Covers { channels: vec![foreign], ..Covers::default() }, None), "channel-missing"),
        (input("Anna", Covers { posts: vec![post.id], ..Covers::default() }, None), "post-missing"),
    ];
    for (input, expected) in rows {
        assert_eq!(said(world.app.create_review_link(&world.owner, world.brand, input).await), expected);
    }
    let made = world.app.create_review_link(&world.owner, world.brand, input("Anna", Covers::default(), None)).await;
    assert_eq!(made.unwrap().language, "ru", "the brand's own language");
}
