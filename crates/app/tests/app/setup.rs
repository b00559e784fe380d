//! The first minute: a link that makes the owner, once.

use jiff::SignedDuration;
use sarafan_app::persons::Password;
use sarafan_app::setup::NewOwner;
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;

use crate::world::{OWNER, PASSWORD, World, said, visitor};

fn owner(email: &str, name: &str, password: &str) -> NewOwner {
    NewOwner { email: email.to_owned(), name: name.to_owned(), password: Password::new(password), language: Lang::Ru }
}

async fn token(world: &World) -> String {
    let link = world.app.setup_link().await.unwrap().unwrap();
    link.strip_prefix("https://sarafan.example/setup?token=").unwrap().to_owned()
}

#[tokio::test]
async fn the_link_makes_the_owner_once() {
    let world = World::empty().await;
    assert!(world.app.setup_state().await.unwrap().needs_owner);
    let token = token(&world).await;
    let (session, carried) = world.app.make_owner(&token, owner(OWNER, "Olga", PASSWORD), &visitor()).await.unwrap();
    assert!(session.installation_owner);
    assert_eq!((session.person.email.as_str(), session.person.language), (OWNER, Lang::Ru));
    assert_eq!(world.app.actor(carried.expose()).await.unwrap().0.name, "Olga");

    assert!(!world.app.setup_state().await.unwrap().needs_owner);
    assert_eq!(world.app.setup_link().await.unwrap(), None);
    let again = world.app.make_owner(&token, owner("eve@example.org", "Eve", PASSWORD), &visitor()).await;
    assert_eq!(said(again), "setup-link-bad");
}

#[tokio::test]
async fn only_the_last_link_is_good_and_only_for_a_day() {
    let world = World::empty().await;
    let first = token(&world).await;
    let second = token(&world).await;
    for bad in [first.as_str(), "", "x"] {
        let refused = world.app.make_owner(bad, owner(OWNER, "Olga", PASSWORD), &visitor()).await;
        assert_eq!(said(refused), "setup-link-bad", "{bad}");
    }
    world.pass(SignedDuration::from_hours(24));
    let late = world.app.make_owner(&second, owner(OWNER, "Olga", PASSWORD), &visitor()).await;
    assert_eq!(said(late), "setup-link-bad");
}

#[tokio::test]
async fn a_bad_form_keeps_the_link_good() {
    let world = World::empty().await;
    let token = token(&world).await;
    let rows = [
        (owner("olga", "Olga", PASSWORD), "email-bad"),
        (owner(OWNER, "  ", PASSWORD), "name-empty"),
        (owner(OWNER, "Olga", "short"), "password-short"),
        (owner(OWNER, "Olga", &"x".repeat(1001)), "password-long"),
        (owner(OWNER, "Olga", OWNER), "password-obvious"),
        (owner(OWNER, "Olga", PASSWORD), "ok"),
    ];
    for (form, expected) in rows {
        assert_eq!(said(world.app.make_owner(&token, form, &visitor()).await), expected);
    }
}

#[tokio::test]
async fn brands_of_the_command_line_get_the_owner() {
    let world = World::empty().await;
    let before = world.brand("Before").await;
    world.app.make_owner_at_command_line(owner(OWNER, "Olga", PASSWORD)).await.unwrap();
    let after = world.brand("After").await;
    let olga = world.sign_in(OWNER).await;
    for brand in [before, after] {
        assert_eq!(world.app.brand(&olga, brand).await.unwrap().brief.role, Role::Owner);
    }
    let twice = world.app.make_owner_at_command_line(owner("OLGA@example.org", "Olga", PASSWORD)).await;
    assert_eq!(said(twice), "email-taken");
}
