//! Passkeys, with a device made of software: adding one, signing in with it alone and after the password, and what is
//! refused.

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use passkey::authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod};
use passkey::client::{Client, DefaultClientData};
use passkey::crypto::rust_crypto::RustCryptoBackend;
use passkey::types::Passkey;
use passkey::types::ctap2::{Aaguid, Ctap2Error};
use sarafan_app::factors::{FactorAdded, PasskeyInput, PasskeyQuestion};
use sarafan_app::persons::Password;
use sarafan_app::sessions::{Entry, Proof, Way};
use sarafan_domain::id::PasskeyId;
use serde_json::{Value, json};
use url::Url;

use crate::world::{OWNER, PASSWORD, World, opened, said, visitor};

/// Whoever holds the device says yes.
struct Yes;

#[async_trait]
impl UserValidationMethod for Yes {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(&self, _: UiHint<'a, Passkey>, _: bool, _: bool) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck { presence: true, verification: true })
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(true)
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }
}

/// A device with room for one passkey, in a browser that shows a page of `origin`.
struct Device {
    kept: Option<Passkey>,
    origin: Url,
}

impl Device {
    fn new(origin: &str) -> Self {
        Self { kept: None, origin: origin.parse().unwrap() }
    }

    fn authenticator(&self) -> Authenticator<Option<Passkey>, Yes, RustCryptoBackend> {
        let mut inside = Authenticator::new(Aaguid::new_empty(), self.kept.clone(), Yes, RustCryptoBackend);
        inside.set_make_credentials_with_signature_counter(true);
        inside
    }

    async fn make(&mut self, options: Value) -> Value {
        let asked = serde_json::from_value(options).unwrap();
        let mut browser = Client::new(self.authenticator());
        let made = browser.register(&self.origin, asked, DefaultClientData).await.unwrap();
        self.kept = browser.authenticator().store().clone();
        as_browsers_do(serde_json::to_value(made).unwrap())
    }

    async fn show(&mut self, mut options: Value) -> Value {
        let asked = options["publicKey"].as_object_mut().unwrap();
        // To a browser an empty list is none.
        if asked.get("allowCredentials").is_some_and(|list| list.as_array().is_some_and(Vec::is_empty)) {
            asked.remove("allowCredentials");
        }
        let asked = serde_json::from_value(options).unwrap();
        let mut browser = Client::new(self.authenticator());
        let shown = browser.authenticate(&self.origin, asked, DefaultClientData).await.unwrap();
        self.kept = browser.authenticator().store().clone();
        as_browsers_do(serde_json::to_value(shown).unwrap())
    }
}

/// The device writes bytes as numbers; pages write them as base64url.
fn as_browsers_do(value: Value) -> Value {
    match value {
        Value::Array(all) if !all.is_empty() && all.iter().all(Value::is_u64) => {
            let bytes: Vec<u8> = all.iter().map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap()).collect();
            Value::String(URL_SAFE_NO_PAD.encode(bytes))
        }
        Value::Array(all) => Value::Array(all.into_iter().map(as_browsers_do).collect()),
        Value::Object(all) => Value::Object(all.into_iter().map(|(name, one)| (name, as_browsers_do(one))).collect()),
        other => other,
    }
}

fn password() -> Password {
    Password::new(PASSWORD)
}

fn input(question: &PasskeyQuestion, credential: &Value) -> PasskeyInput {
    let input = json!({ "challenge": question.challenge, "name": " Phone ", "credential": credential });
    serde_json::from_value(input).unwrap()
}

/// Adds a passkey to the owner.
async fn with_passkey(world: &World) -> (Device, FactorAdded) {
    let mut device = Device::new("https://sarafan.example");
    let question = world.app.begin_passkey(&world.owner, password()).await.unwrap();
    let made = device.make(question.options.clone()).await;
    let added = world.app.add_passkey(&world.owner, input(&question, &made)).await.unwrap();
    (device, added)
}

#[tokio::test]
async fn a_passkey_alone_opens_the_door_without_an_address() {
    let world = World::new().await;
    assert_eq!(said(world.app.begin_passkey(&world.owner, Password::new("wrong")).await), "password-wrong");
    let (mut device, added) = with_passkey(&world).await;
    assert_eq!(added.recovery_codes.map(|codes| codes.len()), Some(10), "it is the first factor");
    assert_eq!(added.factors.passkeys[0].name, "Phone");
    for _ in 0..2 {
        let question = world.app.ask_for_passkey(&visitor()).await.unwrap();
        let shown = device.show(question.options).await;
        let (view, token) = world.app.enter_by_passkey(&question.challenge, shown.clone(), &visitor()).await.unwrap();
        assert_eq!(view.person.email, OWNER);
        assert_eq!(said(world.app.actor(token.expose()).await), "ok");
        let again = world.app.enter_by_passkey(&question.challenge, shown, &visitor()).await;
        assert_eq!(said(again), "sign-in-over", "an answer opens one session");
    }
    assert!(world.app.factors(&world.owner, None).await.unwrap().passkeys[0].used_at.is_some());
}

#[tokio::test]
async fn after_the_password_a_passkey_is_asked_for() {
    let world = World::new().await;
    let (mut device, _) = with_passkey(&world).await;
    let Entry::Second(step) = world.app.sign_in(OWNER, password(), &visitor()).await.unwrap() else {
        panic!("the password alone let somebody in");
    };
    assert_eq!(step.ways, [Way::Passkey, Way::Recovery]);
    let credential = device.show(step.passkey.unwrap()).await;
    let proof = Proof::Passkey { credential };
    assert_eq!(said(world.app.second_step(&step.challenge, &proof, &visitor()).await), "ok");
    let Entry::Second(next) = world.app.sign_in(OWNER, password(), &visitor()).await.unwrap() else { panic!() };
    let replay = world.app.second_step(&next.challenge, &proof, &visitor()).await;
    assert_eq!(said(replay), "passkey-bad", "an answer to another question");
}

#[tokio::test]
async fn what_another_page_or_a_copied_device_shows_opens_nothing() {
    let world = World::new().await;
    let (mut device, _) = with_passkey(&world).await;
    let copy = device.kept.clone();
    let enter = async |device: &mut Device| {
        let question = world.app.ask_for_passkey(&visitor()).await.unwrap();
        let shown = device.show(question.options).await;
        said(world.app.enter_by_passkey(&question.challenge, shown, &visitor()).await)
    };
    assert_eq!(enter(&mut device).await, "ok");
    device.origin = "https://evil.sarafan.example".parse().unwrap();
    assert_eq!(enter(&mut device).await, "passkey-bad", "a page at another address");
    let mut copied = Device { kept: copy, ..Device::new("https://sarafan.example") };
    assert_eq!(enter(&mut copied).await, "passkey-bad", "its counter went back");
    let question = world.app.ask_for_passkey(&visitor()).await.unwrap();
    let nonsense = world.app.enter_by_passkey(&question.challenge, json!({ "id": "x" }), &visitor()).await;
    assert_eq!(said(nonsense), "passkey-bad");
    assert_eq!(said(world.app.enter_by_passkey("made up", json!({}), &visitor()).await), "sign-in-over");
}

#[tokio::test]
async fn a_passkey_is_named_and_removed_by_its_person_alone() {
    let world = World::new().await;
    let (mut device, added) = with_passkey(&world).await;
    let id = added.factors.passkeys[0].id;
    let stranger = world.stranger().await;
    assert_eq!(said(world.app.name_passkey(&stranger, id, "Mine").await), "not found");
    assert_eq!(said(world.app.remove_passkey(&stranger, id, password()).await), "not found");
    assert_eq!(said(world.app.name_passkey(&world.owner, id, " ").await), "name-empty");
    let named = world.app.name_passkey(&world.owner, id, "Old phone").await.unwrap();
    assert_eq!(named.passkeys[0].name, "Old phone");
    let question = world.app.begin_passkey(&world.owner, password()).await.unwrap();
    let for_another = world.app.begin_passkey(&stranger, password()).await.unwrap();
    let made = Device::new("https://sarafan.example").make(question.options.clone()).await;
    let stolen = world.app.add_passkey(&stranger, input(&question, &made)).await;
    assert_eq!(said(stolen), "sign-in-over", "begun by somebody else");
    assert_eq!(said(world.app.add_passkey(&stranger, input(&for_another, &made)).await), "passkey-bad");

    assert_eq!(said(world.app.remove_passkey(&world.owner, id, Password::new("wrong")).await), "password-wrong");
    let left = world.app.remove_passkey(&world.owner, id, password()).await.unwrap();
    assert_eq!((left.two_steps, left.recovery_left), (false, 0));
    let question = world.app.ask_for_passkey(&visitor()).await.unwrap();
    let shown = device.show(question.options).await;
    let gone = world.app.enter_by_passkey(&question.challenge, shown, &visitor()).await;
    assert_eq!(said(gone), "passkey-bad", "it was removed");
    opened(world.app.sign_in(OWNER, password(), &visitor()).await);
    let nothing = PasskeyId(uuid::Uuid::nil());
    assert_eq!(said(world.app.remove_passkey(&world.owner, nothing, password()).await), "not found");
}
