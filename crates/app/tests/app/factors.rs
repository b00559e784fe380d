//! The second step: codes of an application, recovery codes, and what happens to those who have lost both.

use jiff::SignedDuration;
use sarafan_app::Actor;
use sarafan_app::factors::FactorAdded;
use sarafan_app::members::InvitationInput;
use sarafan_app::persons::Password;
use sarafan_app::sessions::{Entry, Proof, SecondStepView, Way};
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;
use totp_rs::{Builder, Secret};

use crate::world::{OWNER, PASSWORD, World, opened, person, said, visitor};

/// The application of a person: what it shows at the clock of the world.
struct Device(String);

impl Device {
    fn code(&self, world: &World) -> String {
        let totp = Builder::new().with_secret(Secret::try_from_base32(self.0.clone()).unwrap()).build().unwrap();
        totp.generate(u64::try_from(world.app.now().as_second()).unwrap()).to_string()
    }
}

fn password() -> Password {
    Password::new(PASSWORD)
}

/// Adds an application to the owner.
async fn with_device(world: &World) -> (Device, FactorAdded) {
    let setup = world.app.begin_totp(&world.owner, password()).await.unwrap();
    let device = Device(setup.secret);
    let added = world.app.confirm_totp(&world.owner, &device.code(world)).await.unwrap();
    world.pass(SignedDuration::from_secs(30));
    (device, added)
}

async fn first_step(world: &World) -> SecondStepView {
    match world.app.sign_in(OWNER, password(), &visitor()).await.unwrap() {
        Entry::Second(step) => step,
        Entry::In(..) => panic!("no second step was asked for"),
    }
}

fn totp(code: &str) -> Proof {
    Proof::Totp { code: code.to_owned() }
}

fn recovery(code: &str) -> Proof {
    Proof::Recovery { code: code.to_owned() }
}

#[tokio::test]
async fn a_code_is_asked_for_once_the_first_was_given() {
    let world = World::new().await;
    let app = &world.app;
    let refused = app.begin_totp(&world.owner, Password::new("wrong")).await;
    assert_eq!(said(refused), "password-wrong");
    assert_eq!(said(app.confirm_totp(&world.owner, "123456").await), "factor-begin-first");
    let setup = app.begin_totp(&world.owner, password()).await.unwrap();
    opened(app.sign_in(OWNER, password(), &visitor()).await);
    let device = Device(setup.secret);
    assert_eq!(said(app.confirm_totp(&world.owner, "000000").await), "factor-code-wrong");
    let added = app.confirm_totp(&world.owner, &device.code(&world)).await.unwrap();
    assert_eq!(added.recovery_codes.as_ref().map(Vec::len), Some(10));
    assert!(added.factors.two_steps && added.factors.totp_since.is_some());
    assert_eq!(said(app.begin_totp(&world.owner, password()).await), "factor-already");

    let step = first_step(&world).await;
    assert_eq!(step.ways, [Way::Totp, Way::Recovery]);
    let used = app.second_step(&step.challenge, &totp(&device.code(&world)), &visitor()).await;
    assert_eq!(said(used), "factor-code-wrong", "the code that confirmed it is used up");
    world.pass(SignedDuration::from_secs(30));
    let code = device.code(&world);
    let (view, token) = app.second_step(&step.challenge, &totp(&code), &visitor()).await.unwrap();
    assert_eq!(view.person.email, OWNER);
    assert_eq!(said(app.actor(token.expose()).await), "ok");
    let again = app.second_step(&step.challenge, &totp(&code), &visitor()).await;
    assert_eq!(said(again), "sign-in-over", "a first step opens one session");
    let step = first_step(&world).await;
    assert_eq!(said(app.second_step(&step.challenge, &totp(&code), &visitor()).await), "factor-code-wrong", "replay");
    assert!(world.audit(None).await.contains(&"factor.add".to_owned()));
}

#[tokio::test]
async fn of_two_who_use_one_code_at_once_one_comes_in() {
    let world = World::new().await;
    let (device, _) = with_device(&world).await;
    let (one, other) = (first_step(&world).await, first_step(&world).await);
    let code = totp(&device.code(&world));
    let visitor = visitor();
    let both = tokio::join!(
        world.app.second_step(&one.challenge, &code, &visitor),
        world.app.second_step(&other.challenge, &code, &visitor),
    );
    let mut words = [said(both.0), said(both.1)];
    words.sort();
    assert_eq!(words, ["factor-code-wrong", "ok"]);
}

#[tokio::test]
async fn an_unconfirmed_application_and_a_first_step_are_over_after_a_while() {
    let world = World::new().await;
    let setup = world.app.begin_totp(&world.owner, password()).await.unwrap();
    world.pass(SignedDuration::from_mins(30));
    let code = Device(setup.secret).code(&world);
    assert_eq!(said(world.app.confirm_totp(&world.owner, &code).await), "factor-begin-first");
    let (device, _) = with_device(&world).await;
    let step = first_step(&world).await;
    world.pass(SignedDuration::from_mins(10));
    let late = world.app.second_step(&step.challenge, &totp(&device.code(&world)), &visitor()).await;
    assert_eq!(said(late), "sign-in-over");
    let made_up = world.app.second_step("made up", &totp("123456"), &visitor()).await;
    assert_eq!(said(made_up), "sign-in-over");
}

#[tokio::test]
async fn each_recovery_code_opens_one_session() {
    let world = World::new().await;
    let (_, added) = with_device(&world).await;
    let codes = added.recovery_codes.unwrap();
    let enter = async |code: &str| {
        let step = first_step(&world).await;
        said(world.app.second_step(&step.challenge, &recovery(code), &visitor()).await)
    };
    assert_eq!(enter(&codes[0].to_uppercase().replace('-', " ")).await, "ok");
    assert_eq!(enter(&codes[0]).await, "factor-code-wrong", "used up");
    assert_eq!(enter("2222-2222-2222-2222").await, "factor-code-wrong");
    assert_eq!(world.app.factors(&world.owner, None).await.unwrap().recovery_left, 9);
    assert!(world.audit(None).await.contains(&"factor.recover".to_owned()));

    assert_eq!(said(world.app.renew_recovery_codes(&world.owner, Password::new("wrong")).await), "password-wrong");
    let fresh = world.app.renew_recovery_codes(&world.owner, password()).await.unwrap().codes;
    assert_eq!(enter(&codes[1]).await, "factor-code-wrong", "the earlier ones are no longer good");
    assert_eq!(enter(&fresh[1]).await, "ok");
}

#[tokio::test]
async fn after_ten_wrong_codes_one_waits_and_a_right_password_forgives_nothing() {
    let world = World::new().await;
    let (device, _) = with_device(&world).await;
    for _ in 0..10 {
        let step = first_step(&world).await;
        let wrong = world.app.second_step(&step.challenge, &totp("000000"), &visitor()).await;
        assert_eq!(said(wrong), "factor-code-wrong");
    }
    let step = first_step(&world).await;
    let code = totp(&device.code(&world));
    assert_eq!(said(world.app.second_step(&step.challenge, &code, &visitor()).await), "wait 3601");
    world.pass(SignedDuration::from_hours(1));
    let step = first_step(&world).await;
    let code = totp(&device.code(&world));
    assert_eq!(said(world.app.second_step(&step.challenge, &code, &visitor()).await), "ok");
}

#[tokio::test]
async fn the_last_factor_takes_the_recovery_codes_along() {
    let world = World::new().await;
    with_device(&world).await;
    assert_eq!(said(world.app.remove_totp(&world.owner, Password::new("wrong")).await), "password-wrong");
    let left = world.app.remove_totp(&world.owner, password()).await.unwrap();
    assert_eq!((left.two_steps, left.recovery_left), (false, 0));
    assert_eq!(said(world.app.remove_totp(&world.owner, password()).await), "not found");
    assert_eq!(said(world.app.renew_recovery_codes(&world.owner, password()).await), "factor-none");
    opened(world.app.sign_in(OWNER, password(), &visitor()).await);
}

#[tokio::test]
async fn factors_are_reset_only_at_the_machine() {
    let world = World::new().await;
    let (_, token) = opened(world.app.sign_in(OWNER, password(), &visitor()).await);
    with_device(&world).await;
    world.app.actor(token.expose()).await.unwrap();
    assert_eq!(said(world.app.reset_factors(&world.owner, OWNER).await), "not found");
    let desk = Actor::command_line(Lang::En);
    assert_eq!(said(world.app.reset_factors(&desk, "nobody@example.org").await), "person-unknown");
    assert_eq!(world.app.reset_factors(&desk, " OLGA@example.org").await.unwrap(), 2);
    assert_eq!(said(world.app.actor(token.expose()).await), "signed out", "whoever had the device is out");
    opened(world.app.sign_in(OWNER, password(), &visitor()).await);
    let audit = world.audit(None).await;
    assert!(audit.contains(&"factor.reset".to_owned()) && audit.contains(&"session.end_all".to_owned()), "{audit:?}");
}

#[tokio::test]
async fn an_invitation_is_taken_after_the_second_step() {
    let world = World::new().await;
    let elsewhere = world.brand("Elsewhere").await;
    let anna = world.member(elsewhere, Role::Author).await;
    let setup = world.app.begin_totp(&anna, password()).await.unwrap();
    let device = Device(setup.secret);
    world.app.confirm_totp(&anna, &device.code(&world)).await.unwrap();
    world.pass(SignedDuration::from_secs(30));
    let email = world.app.session_view(&anna).await.unwrap().person.email;
    let input = InvitationInput { email, role: Role::Manager };
    let url = world.app.invite(&world.owner, world.brand, input).await.unwrap().url.unwrap();
    let link = url.rsplit('/').next().unwrap();
    let Entry::Second(step) = world.app.accept_invitation(link, person("ignored"), &visitor()).await.unwrap() else {
        panic!("the password alone let somebody in");
    };
    assert_eq!(said(world.app.list_members(&anna, world.brand).await), "not found", "not a member yet");
    let (view, _) = world.app.second_step(&step.challenge, &totp(&device.code(&world)), &visitor()).await.unwrap();
    assert_eq!(view.brands.len(), 2);
    assert_eq!(said(world.app.invitation(link).await), "not found", "it is used up");
}

#[tokio::test]
async fn neither_the_secret_nor_a_code_is_kept_in_the_open() {
    let world = World::new().await;
    let setup = world.app.begin_totp(&world.owner, password()).await.unwrap();
    let device = Device(setup.secret.clone());
    let codes = world.app.confirm_totp(&world.owner, &device.code(&world)).await.unwrap().recovery_codes.unwrap();
    let step = first_step(&world).await;
    let kept = world.everything_kept();
    let holds = |secret: &[u8]| kept.windows(secret.len()).any(|part| part == secret);
    assert!(holds(OWNER.as_bytes()), "the search finds what is there");
    assert!(!holds(setup.secret.as_bytes()));
    assert!(!holds(Secret::try_from_base32(setup.secret).unwrap().as_ref()));
    assert!(!holds(step.challenge.as_bytes()));
    for code in codes {
        assert!(!holds(code.as_bytes()) && !holds(code.replace('-', "").as_bytes()));
    }
}
