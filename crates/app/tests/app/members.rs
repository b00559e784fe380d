//! Invitations and members.

use jiff::SignedDuration;
use sarafan_app::Actor;
use sarafan_app::members::InvitationInput;
use sarafan_app::persons::{NewPerson, Password};
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;

use crate::world::{OWNER, PASSWORD, World, opened, person, said, visitor};

fn asked(email: &str, role: Role) -> InvitationInput {
    InvitationInput { email: email.to_owned(), role }
}

async fn link(world: &World, email: &str, role: Role) -> String {
    let invitation = world.app.invite(&world.owner, world.brand, asked(email, role)).await.unwrap();
    let url = invitation.url.unwrap();
    url.strip_prefix("https://sarafan.example/invitations/").unwrap().to_owned()
}

#[tokio::test]
async fn somebody_new_comes_in_by_a_link_once() {
    let world = World::new().await;
    let token = link(&world, "Anna@example.org", Role::Author).await;
    let info = world.app.invitation(&token).await.unwrap();
    assert_eq!((info.brand.as_str(), info.email.as_str()), ("Roastery", "anna@example.org"));
    assert_eq!((info.role, info.person_exists), (Role::Author, false));

    let short = NewPerson { password: Password::new("short"), ..person("Anna") };
    assert_eq!(said(world.app.accept_invitation(&token, short, &visitor()).await), "password-short");
    let (session, _) = opened(world.app.accept_invitation(&token, person("Anna"), &visitor()).await);
    assert!(!session.installation_owner);
    assert_eq!(session.brands.iter().map(|brand| brand.role).collect::<Vec<_>>(), [Role::Author]);
    assert!(session.brands[0].may.contains(&"post.write".to_owned()));
    assert!(!session.brands[0].may.contains(&"post.publish".to_owned()));

    assert_eq!(said(world.app.invitation(&token).await), "not found");
    assert_eq!(said(world.app.accept_invitation(&token, person("Eve"), &visitor()).await), "not found");
    let again = world.app.invite(&world.owner, world.brand, asked("anna@example.org", Role::Client)).await;
    assert_eq!(said(again), "member-already");
}

#[tokio::test]
async fn somebody_known_proves_their_password() {
    let world = World::new().await;
    let anna = link(&world, "anna@example.org", Role::Author).await;
    world.app.accept_invitation(&anna, person("Anna"), &visitor()).await.unwrap();
    let second = world.brand("Second").await;
    let url =
        world.app.invite(&world.owner, second, asked("anna@example.org", Role::Client)).await.unwrap().url.unwrap();
    let token = url.rsplit('/').next().unwrap();
    assert!(world.app.invitation(token).await.unwrap().person_exists);
    let thief = NewPerson { password: Password::new("something else"), ..person("Thief") };
    assert_eq!(said(world.app.accept_invitation(token, thief, &visitor()).await), "sign-in-wrong");
    let (session, _) = opened(world.app.accept_invitation(token, person("ignored"), &visitor()).await);
    assert_eq!(session.person.name, "Anna");
    assert_eq!(session.brands.len(), 2);
}

#[tokio::test]
async fn an_invitation_ends_by_time_by_hand_and_by_the_next_one() {
    let world = World::new().await;
    let app = &world.app;
    let first = link(&world, "a@example.org", Role::Author).await;
    let second = link(&world, "a@example.org", Role::Analyst).await;
    assert_eq!(said(app.invitation(&first).await), "not found", "replaced");
    let open = app.list_members(&world.owner, world.brand).await.unwrap().invitations;
    assert_eq!(open.iter().map(|one| (one.role, one.url.clone())).collect::<Vec<_>>(), [(Role::Analyst, None)]);

    app.withdraw_invitation(&world.owner, world.brand, open[0].id).await.unwrap();
    assert_eq!(said(app.invitation(&second).await), "not found", "withdrawn");
    assert_eq!(said(app.withdraw_invitation(&world.owner, world.brand, open[0].id).await), "not found");

    let third = link(&world, "a@example.org", Role::Author).await;
    world.pass(SignedDuration::from_hours(7 * 24));
    assert_eq!(said(app.invitation(&third).await), "not found", "too old");
    assert_eq!(said(app.accept_invitation(&third, person("A"), &visitor()).await), "not found");
    assert!(app.list_members(&world.owner, world.brand).await.unwrap().invitations.is_empty());
    for bad in ["", "nobody", "a b@example.org"] {
        assert_eq!(said(app.invite(&world.owner, world.brand, asked(bad, Role::Author)).await), "email-bad");
    }
}

#[tokio::test]
async fn a_brand_keeps_an_owner() {
    let world = World::new().await;
    let (app, brand) = (&world.app, world.brand);
    let olga = world.owner.person.unwrap();
    assert_eq!(said(app.change_role(&world.owner, brand, olga, Role::Manager).await), "last-owner");
    assert_eq!(said(app.remove_member(&world.owner, brand, olga).await), "last-owner");

    let second = world.member(brand, Role::Owner).await;
    assert_eq!(said(app.change_role(&second, brand, olga, Role::Manager).await), "ok");
    assert_eq!(said(app.remove_member(&second, brand, second.person.unwrap()).await), "last-owner");
    assert_eq!(said(app.remove_member(&second, brand, olga).await), "ok");
    assert_eq!(said(app.brand(&world.owner, brand).await), "not found", "who was taken out sees nothing");
}

#[tokio::test]
async fn a_manager_cannot_make_or_unmake_owners() {
    let world = World::new().await;
    let (app, brand) = (&world.app, world.brand);
    let manager = world.member(brand, Role::Manager).await;
    let author = world.member(brand, Role::Author).await;
    let (olga, author_id) = (world.owner.person.unwrap(), author.person.unwrap());
    assert_eq!(said(app.invite(&manager, brand, asked("x@example.org", Role::Owner)).await), "may not");
    assert_eq!(said(app.change_role(&manager, brand, author_id, Role::Owner).await), "may not");
    assert_eq!(said(app.change_role(&manager, brand, manager.person.unwrap(), Role::Owner).await), "may not");
    assert_eq!(said(app.change_role(&manager, brand, olga, Role::Client).await), "may not");
    assert_eq!(said(app.remove_member(&manager, brand, olga).await), "may not");
    let changed = app.change_role(&manager, brand, author_id, Role::Analyst).await.unwrap();
    assert_eq!(changed.role, Role::Analyst);
    assert_eq!(said(app.remove_member(&manager, brand, author_id).await), "ok");
}

#[tokio::test]
async fn everybody_may_leave_and_see_who_is_there() {
    let world = World::new().await;
    let client = world.member(world.brand, Role::Client).await;
    world.app.invite(&world.owner, world.brand, asked("x@example.org", Role::Author)).await.unwrap();
    let seen = world.app.list_members(&client, world.brand).await.unwrap();
    assert_eq!(seen.members.iter().filter(|member| member.person.email == OWNER).count(), 1);
    assert!(seen.invitations.is_empty(), "invitations are for those who may change members");
    assert_eq!(said(world.app.remove_member(&client, world.brand, client.person.unwrap()).await), "ok");
    assert_eq!(said(world.app.list_members(&client, world.brand).await), "not found");
}

#[tokio::test]
async fn a_brand_is_handed_over_and_never_without_an_owner() {
    let world = World::new().await;
    let (app, brand) = (&world.app, world.brand);
    let manager = world.member(brand, Role::Manager).await;
    let heir = world.member(brand, Role::Author).await;
    let (own, to) = (world.owner.person.unwrap(), heir.person.unwrap());
    let password = || Password::new(PASSWORD);
    assert_eq!(said(app.transfer_brand(&manager, brand, to, password()).await), "may not");
    assert_eq!(said(app.transfer_brand(&world.owner, brand, to, Password::new("wrong")).await), "password-wrong");
    assert_eq!(said(app.transfer_brand(&world.owner, brand, own, password()).await), "transfer-self");
    let stranger = world.stranger().await;
    assert_eq!(said(app.transfer_brand(&world.owner, brand, stranger.person.unwrap(), password()).await), "not found");
    assert_eq!(said(app.transfer_brand(&stranger, brand, to, password()).await), "not found");
    assert_eq!(said(app.remove_member(&world.owner, brand, own).await), "last-owner", "nobody leaves it alone");
    assert_eq!(said(app.change_role(&world.owner, brand, own, Role::Manager).await), "last-owner");

    let members = app.transfer_brand(&world.owner, brand, to, password()).await.unwrap().members;
    let role = |person| members.iter().find(|member| member.person.id == person).unwrap().role;
    assert_eq!((role(own), role(to)), (Role::Manager, Role::Owner));
    assert_eq!(said(app.transfer_brand(&world.owner, brand, to, password()).await), "may not", "it is gone");
    assert!(world.audit(Some(brand)).await.contains(&"brand.transfer".to_owned()));

    let desk = Actor::command_line(Lang::En);
    assert_eq!(said(app.transfer_brand_at_command_line(&world.owner, brand, OWNER).await), "not found");
    assert_eq!(said(app.transfer_brand_at_command_line(&desk, brand, "nobody@example.org").await), "person-unknown");
    let members = app.transfer_brand_at_command_line(&desk, brand, OWNER).await.unwrap().members;
    let owners: Vec<_> = members.iter().filter(|member| member.role == Role::Owner).map(|one| one.person.id).collect();
    assert_eq!(owners, [own]);
}
