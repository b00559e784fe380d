//! Coming in and going out: passwords, tokens, time.

use jiff::SignedDuration;
use sarafan_app::Actor;
use sarafan_app::persons::{Password, PasswordChange, ProfilePatch, ResetInput, Theme};
use sarafan_app::sessions::Visitor;
use sarafan_domain::language::Lang;

use crate::world::{OWNER, PASSWORD, World, opened, said, visitor};

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_look_the_same() {
    let world = World::new().await;
    for (email, password) in [(OWNER, "wrong"), ("nobody@example.org", PASSWORD), ("", ""), (OWNER, &"x".repeat(5000))]
    {
        let refused = world.app.sign_in(email, Password::new(password), &visitor()).await;
        assert_eq!(said(refused), "sign-in-wrong", "{email}");
    }
    assert_eq!(said(world.app.sign_in(" OLGA@example.org", Password::new(PASSWORD), &visitor()).await), "ok");
}

#[tokio::test]
async fn after_five_wrong_passwords_one_waits() {
    let world = World::new().await;
    let attempt = async |email: &str, password: &str, address: &str| {
        let visitor = Visitor { address: address.to_owned(), ..visitor() };
        said(world.app.sign_in(email, Password::new(password), &visitor).await)
    };
    for _ in 0..5 {
        assert_eq!(attempt(OWNER, "wrong", "203.0.113.9").await, "sign-in-wrong");
    }
    assert_eq!(attempt(OWNER, PASSWORD, "203.0.113.9").await, "wait 901", "the right one waits too");
    assert_eq!(attempt(OWNER, PASSWORD, "203.0.113.10").await, "ok", "the owner is not locked out elsewhere");
    world.pass(SignedDuration::from_mins(15));
    assert_eq!(attempt(OWNER, PASSWORD, "203.0.113.9").await, "ok");
}

#[tokio::test]
async fn a_session_lives_while_it_is_used_and_ends_when_it_is_closed() {
    let world = World::new().await;
    let (_, token) = opened(world.app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await);
    for _ in 0..3 {
        world.pass(SignedDuration::from_hours(24 * 29));
        assert_eq!(said(world.app.actor(token.expose()).await), "ok", "used within thirty days");
    }
    world.pass(SignedDuration::from_hours(24 * 30));
    assert_eq!(said(world.app.actor(token.expose()).await), "signed out");

    let (_, token) = opened(world.app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await);
    assert_eq!(said(world.app.actor(token.expose()).await), "ok");
    world.app.sign_out(token.expose()).await.unwrap();
    assert_eq!(said(world.app.actor(token.expose()).await), "signed out", "also from the memory of the process");
    assert_eq!(said(world.app.sign_out(token.expose()).await), "ok", "twice is once");
    for nonsense in ["", "x", &"x".repeat(100_000)] {
        assert_eq!(said(world.app.actor(nonsense).await), "signed out");
    }
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let world = World::new().await;
    let (_, here) = opened(world.app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await);
    let (_, there) = opened(world.app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await);
    world.app.actor(there.expose()).await.unwrap();
    let (actor, session) = world.app.actor(here.expose()).await.unwrap();
    let change = |old: &str, new: &str| ProfilePatch {
        password: Some(PasswordChange { old: Password::new(old), new: Password::new(new) }),
        ..ProfilePatch::default()
    };
    let app = &world.app;
    assert_eq!(
        said(app.update_profile(&actor, Some(session), change("wrong", "another long one")).await),
        "password-wrong"
    );
    assert_eq!(said(app.update_profile(&actor, Some(session), change(PASSWORD, "short")).await), "password-short");
    assert_eq!(said(app.update_profile(&actor, Some(session), change(PASSWORD, "another long one")).await), "ok");
    assert_eq!(said(app.actor(here.expose()).await), "ok");
    assert_eq!(said(app.actor(there.expose()).await), "signed out");
    assert_eq!(said(app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await), "sign-in-wrong");
    assert_eq!(said(app.sign_in(OWNER, Password::new("another long one"), &visitor()).await), "ok");
}

#[tokio::test]
async fn the_old_password_cannot_be_guessed_from_a_stolen_session() {
    let world = World::new().await;
    let wrong = || ProfilePatch {
        password: Some(PasswordChange { old: Password::new("wrong"), new: Password::new("another long one") }),
        ..ProfilePatch::default()
    };
    for _ in 0..5 {
        assert_eq!(said(world.app.update_profile(&world.owner, None, wrong()).await), "password-wrong");
    }
    assert_eq!(said(world.app.update_profile(&world.owner, None, wrong()).await), "wait 901");
}

#[tokio::test]
async fn a_profile_is_changed_and_seen_at_once() {
    let world = World::new().await;
    let (view, token) = opened(world.app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await);
    assert_eq!((view.person.theme, view.brands.len()), (Theme::System, 1));
    let (actor, session) = world.app.actor(token.expose()).await.unwrap();
    let patch = ProfilePatch {
        name: Some(" Ольга ".to_owned()),
        language: Some(Lang::Pl),
        theme: Some(Theme::Dark),
        ..ProfilePatch::default()
    };
    world.app.update_profile(&actor, Some(session), patch).await.unwrap();
    let (actor, _) = world.app.actor(token.expose()).await.unwrap();
    assert_eq!((actor.name.as_str(), actor.language), ("Ольга", Lang::Pl));
    assert_eq!(world.app.session_view(&actor).await.unwrap().person.theme, Theme::Dark);
    let empty = ProfilePatch { name: Some(" ".to_owned()), ..ProfilePatch::default() };
    assert_eq!(said(world.app.update_profile(&actor, None, empty).await), "name-empty");
}

#[tokio::test]
async fn tokens_and_passwords_are_kept_nowhere() {
    let world = World::new().await;
    let (_, token) = opened(world.app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await);
    let kept = world.everything_kept();
    let holds = |secret: &str| kept.windows(secret.len()).any(|window| window == secret.as_bytes());
    assert!(holds(OWNER), "the search finds what is there");
    assert!(!holds(PASSWORD));
    assert!(!holds(token.expose()));
}

#[tokio::test]
async fn devices_are_listed_in_words_and_their_sessions_end() {
    let world = World::new().await;
    let phone = Visitor {
        agent: "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0".to_owned(),
        address: "203.0.113.8".to_owned(),
    };
    let (_, there) = opened(world.app.sign_in(OWNER, Password::new(PASSWORD), &phone).await);
    world.pass(SignedDuration::from_hours(2));
    let (_, here) = opened(world.app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await);
    let (actor, session) = world.app.actor(here.expose()).await.unwrap();
    world.app.actor(there.expose()).await.unwrap();
    let all = world.app.list_sessions(&actor, Some(session), None).await.unwrap();
    assert_eq!(all.len(), 3, "the world signed in as well");
    assert!(all[0].current && all[0].id == session && all[0].browser.is_none());
    let other = all.iter().find(|one| one.address == "203.0.113.8").unwrap();
    assert_eq!((other.browser.as_deref(), other.system.as_deref()), (Some("Firefox"), Some("Android")));
    assert_eq!(
        (other.since.as_str(), other.seen_at.as_str()),
        ("2026-12-01T07:00:00.000Z", "2026-12-01T09:00:00.000Z")
    );

    let stranger = world.stranger().await;
    assert_eq!(said(world.app.end_session(&stranger, other.id, None).await), "not found", "somebody else's");
    assert_eq!(said(world.app.end_session(&actor, other.id, None).await), "ok");
    assert_eq!(said(world.app.actor(there.expose()).await), "signed out", "also from the memory of the process");
    assert_eq!(said(world.app.end_session(&actor, other.id, None).await), "not found");
    assert_eq!(world.app.end_sessions(&actor, Some(session), None).await.unwrap(), 1);
    assert_eq!(said(world.app.actor(here.expose()).await), "ok");

    let desk = Actor::command_line(Lang::En);
    assert_eq!(said(world.app.list_sessions(&desk, None, None).await), "person-unknown");
    assert_eq!(world.app.list_sessions(&desk, None, Some(OWNER)).await.unwrap().len(), 1);
    assert_eq!(world.app.end_sessions(&desk, None, Some(OWNER)).await.unwrap(), 1);
    assert_eq!(said(world.app.actor(here.expose()).await), "signed out");
}

#[tokio::test]
async fn a_printed_link_lets_its_bearer_choose_a_password_once() {
    let world = World::new().await;
    let app = &world.app;
    let (_, token) = opened(app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await);
    app.actor(token.expose()).await.unwrap();
    let desk = Actor::command_line(Lang::En);
    assert_eq!(said(app.reset_link(&world.owner, OWNER).await), "not found", "only at the machine");
    assert_eq!(said(app.reset_link(&desk, "nobody@example.org").await), "person-unknown");
    let earlier = app.reset_link(&desk, OWNER).await.unwrap().url;
    let url = app.reset_link(&desk, OWNER).await.unwrap().url;
    let [earlier, link] = [&earlier, &url].map(|url| url.strip_prefix("https://sarafan.example/password/").unwrap());
    assert_eq!(said(app.reset_info(earlier).await), "not found", "the newest one counts");
    assert_eq!(app.reset_info(link).await.unwrap().email, OWNER);
    let input = |password: &str| ResetInput { password: Password::new(password) };
    assert_eq!(said(app.reset_password(link, input("short")).await), "password-short");
    assert_eq!(said(app.reset_password(link, input("a quite other one")).await), "ok");
    assert_eq!(said(app.reset_password(link, input("a third long one")).await), "not found", "for one use");
    assert_eq!(said(app.actor(token.expose()).await), "signed out", "everywhere");
    assert_eq!(said(app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await), "sign-in-wrong");
    opened(app.sign_in(OWNER, Password::new("a quite other one"), &visitor()).await);

    let url = app.reset_link(&desk, OWNER).await.unwrap().url;
    let link = url.rsplit('/').next().unwrap();
    world.pass(SignedDuration::from_hours(1));
    assert_eq!(said(app.reset_password(link, input("a third long one")).await), "not found", "for an hour");
    let kept = world.everything_kept();
    assert!(!kept.windows(link.len()).any(|part| part == link.as_bytes()));
}
