//! Back-up and restore: an old state comes back, and nothing of it goes out twice.

use jiff::SignedDuration;
use sarafan_app::Actor;
use sarafan_app::backup::{self, LockedKeys, Restore, Target, Whole};
use sarafan_app::deliveries::DeliveryCommand;
use sarafan_app::persons::Password;
use sarafan_app::posts::PostView;
use sarafan_app::tokens::TokenInput;
use sarafan_domain::delivery::{Failure, State};
use sarafan_domain::id::DeliveryId;
use sarafan_domain::language::Lang;
use sarafan_domain::post::PostState;
use sarafan_domain::token::Scope;
use sarafan_store::attempts::{self, AttemptRow};
use sarafan_store::secrets::Secret;
use sarafan_store::{StoreError, deliveries};

use crate::deliveries::work;
use crate::network::{Asked, House};
use crate::posts::scheduled;
use crate::world::{OWNER, PASSWORD, World, opened, said, visitor};

const NETWORKS: [&str; 3] = ["house", "cellar", "attic"];

async fn backed_up(world: &World) -> Whole {
    let path = world.path("backup");
    world.app.back_up(&path, None).await.unwrap();
    backup::check(&path, world.app.now()).await.unwrap()
}

fn how(world: &World, target: Target) -> Restore {
    Restore { target, hold_all: false, scratch: world.path("") }
}

async fn state(world: &World, post: &PostView) -> (State, Option<String>) {
    let found = world.app.delivery(&world.owner, world.brand, post.deliveries[0].id).await.unwrap().delivery;
    (found.state, found.reason.map(|reason| reason.code))
}

/// How many requests about a post were made since this was last asked.
fn asked(world: &World) -> usize {
    let all = [world.house, world.cellar, world.attic].into_iter().flat_map(House::asked);
    all.filter(|asked| matches!(asked, Asked::Start { .. } | Asked::Resume { .. } | Asked::Find)).count()
}

/// As a process leaves it that dies while it sends.
async fn dies_while_sending(world: &World, id: DeliveryId) {
    let (store, brand, now) = (world.store().await, world.brand, world.app.now());
    let written: Result<(), StoreError> = store
        .write(move |conn| {
            Box::pin(async move {
                let mut row = deliveries::get(conn, brand, id).await?;
                row.delivery.state = State::Sending;
                row.delivery.tries = 1;
                row.delivery.next_at = None;
                deliveries::update(conn, &row.delivery, row.rev).await?;
                let attempt = AttemptRow {
                    brand,
                    delivery: id,
                    n: 1,
                    step: 0,
                    kind: "publish".into(),
                    started_at: now,
                    by: None,
                    ended_at: None,
                    outcome: None,
                    detail: None,
                };
                attempts::start(conn, &attempt).await
            })
        })
        .await;
    written.unwrap();
    store.close().await;
}

/// The story of the promise: a back-up from the morning is put back in the evening, when all of its posts are out.
#[tokio::test]
async fn what_was_sent_since_is_never_sent_again() {
    let world = World::new().await;
    let mut soon = Vec::new();
    let mut later = Vec::new();
    let mut sending = Vec::new();
    for network in NETWORKS {
        let channel = world.channel_of(network, world.brand, "wall").await.id;
        soon.push(scheduled(&world, &format!("soon on {network}"), &[channel], "2026-12-01T10:05").await);
        later.push(scheduled(&world, &format!("later on {network}"), &[channel], "2026-12-05T10:00").await);
        sending.push(scheduled(&world, &format!("sending on {network}"), &[channel], "2026-12-05T11:00").await);
    }
    for post in &sending {
        dies_while_sending(&world, post.deliveries[0].id).await;
    }
    let whole = backed_up(&world).await;

    world.set("2026-12-01T07:10:00Z");
    work(&world).await;
    assert!(asked(&world) >= 3, "all of them went out after the back-up was made");

    world.set("2026-12-01T15:00:00Z");
    let busy = said(world.app.restore(&world.owner, &whole, how(&world, Target::Empty)).await);
    assert_eq!(busy, "restore-not-empty");
    let done = world.app.restore(&world.owner, &whole, how(&world, Target::Anything)).await.unwrap();
    assert_eq!((done.unknown, done.scheduled, done.reconnect.len()), (6, 3, 0));
    assert!(world.app.everything_paused().await.unwrap().paused);

    work(&world).await;
    world.app.pause_everything(&world.owner, false).await.unwrap();
    for hours in [0, 1, 24] {
        world.pass(SignedDuration::from_hours(hours));
        work(&world).await;
        assert_eq!(asked(&world), 0, "nothing goes out, nothing is looked for, {hours} h after the pause");
    }
    for post in soon.iter().chain(&sending) {
        assert_eq!(state(&world, post).await, (State::Unknown, Some("restored".to_owned())));
        assert_eq!(world.app.post(&world.owner, world.brand, post.id).await.unwrap().state, PostState::Unknown);
    }
    let story = world.app.delivery(&world.owner, world.brand, sending[0].deliveries[0].id).await.unwrap().history;
    assert_eq!(story.iter().map(|one| one.outcome.as_str()).collect::<Vec<_>>(), ["died"]);

    // A person looked: one is out, one is not and goes again, once.
    let tell = async |post: &PostView, command| {
        said(world.app.command_delivery(&world.owner, world.brand, post.deliveries[0].id, command).await)
    };
    let found = DeliveryCommand::ResolveSent { url: Some("https://wall.example/1".into()), external_id: None };
    assert_eq!(tell(&soon[0], found).await, "ok");
    assert_eq!(tell(&soon[1], DeliveryCommand::ResolveNotSent { again: true }).await, "ok");
    work(&world).await;
    assert_eq!(asked(&world), 1);
    // What was due later goes out at its time.
    world.set("2026-12-05T07:00:00Z");
    work(&world).await;
    assert_eq!(asked(&world), 3);
    for post in &later {
        assert_eq!(state(&world, post).await.0, State::Sent);
    }
    assert!(world.audit(None).await.contains(&"installation.restore".to_owned()));
}

#[tokio::test]
async fn what_is_due_later_can_be_held_too() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let post = scheduled(&world, "later", &[channel], "2026-12-05T10:00").await;
    let whole = backed_up(&world).await;
    let all = Restore { hold_all: true, ..how(&world, Target::Anything) };
    let done = world.app.restore(&world.owner, &whole, all).await.unwrap();
    assert_eq!((done.unknown, done.scheduled), (1, 0));
    assert_eq!(state(&world, &post).await.0, State::Unknown);
}

#[tokio::test]
async fn a_pause_that_ends_does_not_send_what_it_held_before_the_backup() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    let post = scheduled(&world, "held", &[channel], "2026-12-01T10:05").await;
    world.app.pause_everything(&world.owner, true).await.unwrap();
    world.set("2026-12-01T07:05:00Z");
    work(&world).await;
    assert_eq!(state(&world, &post).await, (State::Held, Some("held-paused".to_owned())));
    let whole = backed_up(&world).await;
    world.app.restore(&world.owner, &whole, how(&world, Target::Anything)).await.unwrap();
    world.app.pause_everything(&world.owner, false).await.unwrap();
    work(&world).await;
    assert_eq!((asked(&world), state(&world, &post).await.0), (0, State::Unknown));
}

#[tokio::test]
async fn what_a_person_has_to_mend_stays_as_it_was() {
    let world = World::new().await;
    let channel = world.channel(world.brand, "wall").await;
    world.house.script().steps.push_back(Err(Failure::Gone));
    let post = scheduled(&world, "refused", &[channel], "2026-12-01T10:05").await;
    world.set("2026-12-01T07:05:00Z");
    work(&world).await;
    let before = state(&world, &post).await;
    assert_eq!(before.0, State::Failed);
    let whole = backed_up(&world).await;
    world.app.restore(&world.owner, &whole, how(&world, Target::Anything)).await.unwrap();
    assert_eq!(state(&world, &post).await, before);
}

#[tokio::test]
async fn without_the_keys_it_says_what_must_be_connected_again() {
    let (world, other) = (World::new().await, World::empty().await);
    world.channel(world.brand, "wall").await;
    let whole = backed_up(&world).await;
    assert!(world.app.has_key_of(&whole.view().key_ids) && !other.app.has_key_of(&whole.view().key_ids));
    let done = other.app.restore(&other.owner, &whole, how(&other, Target::Empty)).await.unwrap();
    let names: Vec<_> = done.reconnect.iter().map(|lost| (lost.brand.as_str(), lost.network.as_str())).collect();
    assert_eq!(names, [("Roastery", "house")]);
    let channels = other.app.list_channels(&other.owner, world.brand).await.unwrap();
    assert_eq!(channels[0].state.code(), "reconnect");
}

#[tokio::test]
async fn keys_go_into_the_file_under_a_passphrase_only() {
    let world = World::new().await;
    let keys = Secret::new(std::fs::read(world.path("keys")).unwrap());
    let passphrase = || Password::new("correct horse battery");
    let path = world.path("with-keys");
    let made = world.app.back_up(&path, Some(LockedKeys::lock(&keys, &passphrase()).unwrap())).await.unwrap();
    assert!(made.has_keys);
    let whole = backup::check(&path, world.app.now()).await.unwrap();
    assert!(whole.keys().unwrap().unlock(&passphrase()).unwrap() == keys);
    assert_eq!(said(whole.keys().unwrap().unlock(&Password::new("another one"))), "backup-passphrase");
    let bytes = std::fs::read(&path).unwrap();
    let text = keys.expose_text().unwrap().trim();
    assert!(!bytes.windows(text.len()).any(|part| part == text.as_bytes()));
}

#[tokio::test]
async fn refusals_are_told_with_the_name_of_the_file() {
    let world = World::new().await;
    let path = world.path("not-ours");
    std::fs::write(&path, "hello").unwrap();
    assert_eq!(said(backup::check(&path, world.app.now()).await), "backup-foreign");
    assert_eq!(said(backup::check(&world.path("none"), world.app.now()).await), "backup-file");
    assert_eq!(said(world.app.back_up(&path, None).await), "backup-exists");
    let Err(sarafan_app::AppError::Refused(problem)) = world.app.back_up(&path, None).await else { panic!() };
    assert_eq!(problem.args["file"], path.display().to_string().into());
}

#[tokio::test]
async fn after_a_restore_everybody_signs_in_anew_and_programs_go_on() {
    let world = World::new().await;
    let app = &world.app;
    let (_, session) = opened(app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await);
    let scopes = vec![Scope::BrandRead];
    let input = TokenInput { name: "Import".into(), scopes, brands: None, expires_in_days: None };
    let made = app.create_token(&world.owner, None, input).await.unwrap();
    let desk = Actor::command_line(Lang::En);
    let link = app.reset_link(&desk, OWNER).await.unwrap().url;
    let whole = backed_up(&world).await;
    app.revoke_token(&world.owner, made.id).await.unwrap();
    let token = made.token.unwrap();
    assert_eq!(said(app.admit(&token).await), "BadToken");
    app.restore(&world.owner, &whole, how(&world, Target::Anything)).await.unwrap();
    assert_eq!(said(app.actor(session.expose()).await), "signed out");
    assert_eq!(said(app.reset_info(link.rsplit('/').next().unwrap()).await), "not found");
    assert_eq!(said(app.admit(&token).await), "ok", "docs/backup.md warns of it");
    opened(app.sign_in(OWNER, Password::new(PASSWORD), &visitor()).await);
}
