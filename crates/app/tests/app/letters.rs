//! Letters: written with what causes them, mailed once, tried again, and never lost in silence.

use jiff::SignedDuration;
use sarafan_app::letters::Mailed;
use sarafan_app::members::InvitationInput;
use sarafan_app::worker::Worker;
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;
use sarafan_network::mail::play::{PostOffice, Taken, Turn};

use crate::world::{World, said};

fn invitation(email: &str) -> InvitationInput {
    InvitationInput { email: email.to_owned(), role: Role::Author }
}

async fn work(world: &World) {
    Worker::new(world.app.clone()).drain().await.unwrap();
}

async fn mailed(world: &World) -> Vec<Option<Mailed>> {
    let all = world.app.list_members(&world.owner, world.brand).await.unwrap().invitations;
    all.into_iter().map(|one| one.mailed).collect()
}

/// The words of a letter, its lines joined as a mail program joins them.
fn words(taken: &Taken) -> String {
    taken.text.replace("=\n", "").replace("=3D", "=")
}

#[tokio::test]
async fn an_invitation_is_mailed_and_its_link_leads_in() {
    let office = PostOffice::open().await.unwrap();
    let world = World::with_mail(&office).await;
    let made = world.app.invite(&world.owner, world.brand, invitation("ira@example.org")).await.unwrap();
    assert_eq!(made.mailed, Some(Mailed::Waiting));
    work(&world).await;
    let [taken] = office.taken().try_into().unwrap();
    assert_eq!(taken.to, "ira@example.org");
    assert!(words(&taken).contains(&made.url.unwrap()), "{}", words(&taken));
    assert_eq!(mailed(&world).await, [Some(Mailed::Sent)]);
    work(&world).await;
    assert_eq!(office.taken().len(), 1, "a letter is mailed once");
}

#[tokio::test]
async fn a_letter_is_tried_until_it_is_taken() {
    let office = PostOffice::open().await.unwrap();
    office.then([Turn::Say("RCPT", "451 come again"), Turn::Vanish]);
    let world = World::with_mail(&office).await;
    world.app.invite(&world.owner, world.brand, invitation("ira@example.org")).await.unwrap();
    work(&world).await;
    assert_eq!((mailed(&world).await, office.taken().len()), (vec![Some(Mailed::Waiting)], 0));
    for (minutes, taken, then) in [(1, 1, Mailed::Waiting), (5, 2, Mailed::Sent), (600, 2, Mailed::Sent)] {
        world.pass(SignedDuration::from_mins(minutes));
        work(&world).await;
        assert_eq!((mailed(&world).await, office.taken().len()), (vec![Some(then)], taken), "{minutes}");
    }
    // The one that vanished may have arrived: the next one has its name.
    let ids: Vec<String> = office
        .taken()
        .iter()
        .map(|taken| taken.text.lines().find(|line| line.starts_with("Message-ID:")).unwrap().to_owned())
        .collect();
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test]
async fn what_is_refused_is_told() {
    let office = PostOffice::open().await.unwrap();
    office.then([Turn::Say("RCPT", "550 nobody of that name")]);
    let world = World::with_mail(&office).await;
    world.app.invite(&world.owner, world.brand, invitation("ira@example.org")).await.unwrap();
    work(&world).await;
    assert_eq!(mailed(&world).await, [Some(Mailed::Failed)]);
    let findings = world.app.examine(true).await;
    let views: Vec<_> = findings.iter().map(|finding| finding.view(world.app.texts(), Lang::En)).collect();
    let failed = views.iter().find(|view| view.code == "mail-failed").unwrap();
    assert!(failed.message.contains("nobody of that name"), "{}", failed.message);
    assert!(views.iter().any(|view| view.code == "mail"), "the server lets us in");
}

#[tokio::test]
async fn a_withdrawn_invitation_is_not_mailed() {
    let office = PostOffice::open().await.unwrap();
    let world = World::with_mail(&office).await;
    let made = world.app.invite(&world.owner, world.brand, invitation("ira@example.org")).await.unwrap();
    world.app.withdraw_invitation(&world.owner, world.brand, made.id).await.unwrap();
    work(&world).await;
    assert_eq!(office.taken().len(), 0);
}

#[tokio::test]
async fn a_link_is_nowhere_in_the_clear() {
    let office = PostOffice::open().await.unwrap();
    office.then([Turn::Say("RCPT", "451 come again")]);
    let world = World::with_mail(&office).await;
    let made = world.app.invite(&world.owner, world.brand, invitation("ira@example.org")).await.unwrap();
    work(&world).await;
    let token = made.url.unwrap().rsplit('/').next().unwrap().to_owned();
    let kept = world.everything_kept();
    assert!(!kept.windows(token.len()).any(|window| window == token.as_bytes()));
}

#[tokio::test]
async fn without_a_server_nothing_is_mailed_and_the_link_is_there() {
    let world = World::new().await;
    let made = world.app.invite(&world.owner, world.brand, invitation("ira@example.org")).await.unwrap();
    assert_eq!((made.mailed, made.url.is_some()), (None, true));
    assert_eq!(said(world.app.test_mail(&world.owner, "anna@example.org").await), "mail-off");
}

#[tokio::test]
async fn a_test_tells_what_the_server_says() {
    let office = PostOffice::open().await.unwrap();
    let world = World::with_mail(&office).await;
    assert_eq!(said(world.app.test_mail(&world.owner, "anna@example.org").await), "ok");
    assert!(words(&office.taken()[0]).contains("Subject: Mail from Sarafan works"));
    office.then([Turn::Answer("554 no"), Turn::Vanish]);
    for expected in ["mail-refused", "mail-unknown"] {
        assert_eq!(said(world.app.test_mail(&world.owner, "anna@example.org").await), expected);
    }
    let manager = world.member(world.brand, Role::Manager).await;
    assert_eq!(said(world.app.test_mail(&manager, "anna@example.org").await), "may not");
}
