//! A forgotten password: a link comes by mail to whoever has the address, and nobody learns whether anybody has.

use jiff::SignedDuration;
use sarafan_app::persons::{Password, PasswordChange, ProfilePatch, ResetInput};
use sarafan_app::sessions::{Entry, Visitor};
use sarafan_app::worker::Worker;
use sarafan_domain::language::Lang;
use sarafan_network::mail::play::{PostOffice, Taken, Turn};
use totp_rs::{Builder, Secret};

use crate::world::{OWNER, PASSWORD, World, opened, said, visitor};

const NEXT: &str = "a quite other one";

async fn work(world: &World) {
    Worker::new(world.app.clone()).drain().await.unwrap();
}

/// The words of a letter, its lines joined as a mail program joins them.
fn words(taken: &Taken) -> String {
    taken.text.replace("=\n", "").replace("=3D", "=")
}

/// The token of the link in a letter.
fn token(taken: &Taken) -> String {
    let words = words(taken);
    let rest = words.split("https://sarafan.example/password/").nth(1).unwrap_or_else(|| panic!("no link: {words}"));
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

fn input(password: &str) -> ResetInput {
    ResetInput { password: Password::new(password) }
}

/// The kinds of jobs that could be taken, with their numbers.
async fn queue(world: &World) -> Vec<(String, i64)> {
    let store = world.store().await;
    let kinds = sarafan_store::jobs::stats_by_kind(&mut store.read().await.unwrap(), world.app.now()).await.unwrap();
    store.close().await;
    kinds.into_iter().filter(|kind| kind.due > 0).map(|kind| (kind.kind, kind.due)).collect()
}

#[tokio::test]
async fn a_link_is_mailed_and_leads_to_a_new_password() {
    let office = PostOffice::open().await.unwrap();
    let world = World::with_mail(&office).await;
    let app = &world.app;
    let (_, before) = opened(app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await);
    let patch = ProfilePatch { language: Some(Lang::Pl), ..ProfilePatch::default() };
    app.update_profile(&world.owner, None, patch).await.unwrap();
    app.ask_for_reset(&format!(" {} ", OWNER.to_uppercase()), &visitor()).await.unwrap();
    work(&world).await;
    let [letter] = office.taken().try_into().unwrap();
    assert_eq!(letter.to, OWNER);
    assert!(
        words(&letter).contains("Content-Language: pl") || words(&letter).contains("lang=\"pl\""),
        "their language"
    );
    let link = token(&letter);
    assert_eq!(app.reset_info(&link).await.unwrap().email, OWNER);
    assert_eq!(said(app.reset_password(&link, input("short")).await), "password-short");
    assert_eq!(said(app.reset_password(&link, input(NEXT)).await), "ok");
    assert_eq!(said(app.reset_password(&link, input("a third long one")).await), "not found", "for one use");
    assert_eq!(said(app.actor(before.expose()).await), "signed out", "everywhere");
    assert_eq!(said(app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await), "sign-in-wrong");
    opened(app.sign_in(OWNER, Password::new(NEXT), &visitor()).await);
    work(&world).await;
    let told = office.taken().pop().unwrap();
    assert!(told.to == OWNER && office.taken().len() == 2, "they are told");
    assert!(!words(&told).contains(&link) && !words(&told).contains("/password/"), "{}", words(&told));
    let log = world.audit(None).await;
    for action in ["password.ask", "password.reset", "session.end_all"] {
        assert!(log.contains(&action.to_owned()), "{action}: {log:?}");
    }
    let kept = world.everything_kept();
    assert!(!kept.windows(link.len()).any(|part| part == link.as_bytes()), "the link is kept nowhere");
}

#[tokio::test]
async fn nobody_learns_whether_anybody_has_an_address() {
    let office = PostOffice::open().await.unwrap();
    let world = World::with_mail(&office).await;
    let app = &world.app;
    for email in [OWNER, "nobody@example.org"] {
        assert_eq!(said(app.ask_for_reset(email, &visitor()).await), "ok");
        // All that was done for either is one job in the queue; the worker finds out the rest.
        assert_eq!(queue(&world).await, [("reset".to_owned(), 1)], "{email}");
        assert_eq!(said(app.ask_for_reset(email, &visitor()).await), "ok");
        assert_eq!(queue(&world).await, [("reset".to_owned(), 1)], "who asks twice at once gets one letter");
        work(&world).await;
        assert_eq!(queue(&world).await, [], "{email}");
    }
    assert_eq!(office.taken().into_iter().map(|taken| taken.to).collect::<Vec<_>>(), [OWNER]);
    assert_eq!(world.audit(None).await.iter().filter(|action| *action == "password.ask").count(), 1);
    assert_eq!(said(app.ask_for_reset("no address", &visitor()).await), "email-bad");
    for email in [OWNER, "nobody@example.org"] {
        for n in 0..3 {
            let elsewhere = Visitor { address: format!("2001:db8::{n}"), ..visitor() };
            assert_eq!(said(app.ask_for_reset(email, &elsewhere).await), "ok", "{email} {n}");
        }
        assert_eq!(said(app.ask_for_reset(email, &visitor()).await), "wait 3601", "{email}");
    }
    for n in 0..16 {
        assert_eq!(said(app.ask_for_reset(&format!("{n}@example.org"), &visitor()).await), "ok");
    }
    assert_eq!(said(app.ask_for_reset("more@example.org", &visitor()).await), "wait 3601", "one place, many addresses");
    opened(app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await);
}

#[tokio::test]
async fn only_the_last_link_is_good_and_only_for_an_hour() {
    let office = PostOffice::open().await.unwrap();
    let world = World::with_mail(&office).await;
    let app = &world.app;
    for _ in 0..2 {
        app.ask_for_reset(OWNER, &visitor()).await.unwrap();
        work(&world).await;
    }
    let [earlier, link] = office.taken().try_into().unwrap();
    let [earlier, link] = [token(&earlier), token(&link)];
    assert_eq!(said(app.reset_info(&earlier).await), "not found", "the newest one counts");
    world.pass(SignedDuration::from_mins(59));
    assert_eq!(said(app.reset_info(&link).await), "ok");
    world.pass(SignedDuration::from_mins(1));
    assert_eq!(said(app.reset_password(&link, input(NEXT)).await), "not found", "for an hour");

    // One that could not be mailed yet is not mailed once there is a newer one, nor after an hour.
    office.then([Turn::Say("RCPT", "451 come again"), Turn::Take]);
    for _ in 0..2 {
        app.ask_for_reset(OWNER, &visitor()).await.unwrap();
        work(&world).await;
    }
    world.pass(SignedDuration::from_mins(10));
    work(&world).await;
    assert_eq!(office.taken().len(), 3);
    app.ask_for_reset(OWNER, &visitor()).await.unwrap();
    world.pass(SignedDuration::from_hours(1));
    work(&world).await;
    assert_eq!(office.taken().len(), 3, "who asked an hour ago waits no more");
}

#[tokio::test]
async fn the_second_step_is_still_asked_for() {
    let office = PostOffice::open().await.unwrap();
    let world = World::with_mail(&office).await;
    let app = &world.app;
    let setup = app.begin_totp(&world.owner, Password::new(PASSWORD)).await.unwrap();
    let device = Builder::new().with_secret(Secret::try_from_base32(setup.secret).unwrap()).build().unwrap();
    let code = device.generate(u64::try_from(app.now().as_second()).unwrap()).to_string();
    app.confirm_totp(&world.owner, &code).await.unwrap();
    world.pass(SignedDuration::from_secs(30));
    let begun = match app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await.unwrap() {
        Entry::Second(step) => step,
        Entry::In(..) => panic!("no second step was asked for"),
    };
    app.ask_for_reset(OWNER, &visitor()).await.unwrap();
    work(&world).await;
    let link = token(&office.taken().remove(0));
    app.reset_password(&link, input(NEXT)).await.unwrap();
    let code = device.generate(u64::try_from(app.now().as_second()).unwrap()).to_string();
    let proof = sarafan_app::sessions::Proof::Totp { code };
    let late = app.second_step(&begun.challenge, &proof, &visitor()).await;
    assert_eq!(said(late), "sign-in-over", "who came half in by the old password begins anew");
    let entry = app.sign_in(OWNER, Password::new(NEXT), &visitor()).await.unwrap();
    assert!(matches!(entry, Entry::Second(_)), "a link alone opens no account with two steps");
}

#[tokio::test]
async fn a_password_that_was_changed_is_told_and_without_mail_nothing_is_asked() {
    let office = PostOffice::open().await.unwrap();
    let world = World::with_mail(&office).await;
    let change = PasswordChange { old: Password::new(PASSWORD), new: Password::new(NEXT) };
    let patch = ProfilePatch { password: Some(change), ..ProfilePatch::default() };
    world.app.update_profile(&world.owner, None, patch).await.unwrap();
    work(&world).await;
    let [letter] = office.taken().try_into().unwrap();
    assert!(words(&letter).contains("https://sarafan.example/password"), "{}", words(&letter));
    let silent = World::new().await;
    assert_eq!(said(silent.app.ask_for_reset(OWNER, &visitor()).await), "mail-off");
    assert!(!silent.app.setup_state().await.unwrap().mails && world.app.setup_state().await.unwrap().mails);
}
