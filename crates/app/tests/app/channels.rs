//! Connecting channels and keeping them open.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use sarafan_app::channels::{ChannelPatch, ConnectInput, ConnectView, SlotTime};
use sarafan_app::deliveries::DeliveryQuery;
use sarafan_app::worker::Worker;
use sarafan_domain::channel::ChannelState;
use sarafan_domain::delivery::State;
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;
use sarafan_domain::problem::Problem;
use sarafan_network::{Connecting, NetError, Secret};
use serde_json::json;

use crate::network::{Asked, SECRET, at, candidate};
use crate::world::{World, form, said};

fn with(network: &str, pairs: &[(&str, &str)]) -> ConnectInput {
    let fields = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    ConnectInput { network: network.to_owned(), fields: fields.collect() }
}

#[tokio::test]
async fn networks_tell_their_forms_in_the_readers_language() {
    let world = World::empty().await;
    let networks = world.app.list_networks(Lang::Pl);
    assert_eq!(networks.iter().map(|network| network.id.as_str()).collect::<Vec<_>>(), ["house", "cellar", "attic"]);
    let house = serde_json::to_value(&networks[0]).unwrap();
    assert_eq!(house["setup"], "Zapytaj dom.");
    assert_eq!(house["connect"][0]["label"], "Account");
    assert_eq!(house["connect"][0]["help"], "Any name.");
    assert_eq!(
        house["connect"][1]["input"],
        json!({ "kind": "text", "max": 4096, "secret": true, "multiline": false })
    );
    assert_eq!(house["connect"][2]["default"], "https://house.example");
    assert_eq!(house["text"], json!({ "unit": "graphemes", "max": 300, "max_bytes": null, "url_weight": null }));
    assert_eq!(house["repeat"], "native_key");
    assert!(house["abilities"].as_array().unwrap().contains(&"stats".into()));
}

#[tokio::test]
async fn one_account_is_connected_at_once_and_only_once() {
    let world = World::new().await;
    let first = world.channel_of("house", world.brand, "one").await;
    assert_eq!((first.name.as_str(), first.handle.as_str(), first.state), ("Name of one", "@one", ChannelState::Ok));
    assert_eq!(first.time_zone, "Europe/Moscow");
    assert_eq!(first.limits.as_ref().unwrap().text_max, 300);
    assert_eq!(first.health.checked_at.as_deref(), Some("2026-12-01T07:00:00.000Z"));
    let again = world.channel_of("house", world.brand, "one").await;
    assert_eq!(again.id, first.id, "the same account is the same channel");
    let other = world.brand("Other").await;
    assert_ne!(world.channel(other, "one").await, first.id, "another brand has its own");
    assert_eq!(world.app.list_channels(&world.owner, world.brand).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_bad_form_never_reaches_the_network() {
    let world = World::new().await;
    let long = "x".repeat(21);
    let rows = [
        (with("nowhere", &[]), "network-unknown"),
        (with("house", &[("key", SECRET)]), "option-missing"),
        (with("house", &[("account", "  "), ("key", SECRET)]), "option-missing"),
        (with("house", &[("account", &long), ("key", SECRET)]), "option-too-long"),
        (with("house", &[("account", "a"), ("key", SECRET), ("server", "not an address")]), "option-not-url"),
        (with("house", &[("account", " a "), ("key", SECRET), ("unasked", "x")]), "ok"),
    ];
    for (input, expected) in rows {
        assert_eq!(said(world.app.connect_channel(&world.owner, world.brand, input).await), expected);
    }
}

#[tokio::test]
async fn what_the_network_says_is_told() {
    let world = World::new().await;
    let rows = [
        (NetError::Rejected { problem: Problem::error("handle-unknown", "account") }, "handle-unknown"),
        (NetError::AuthExpired, "credential-expired"),
        (NetError::Transient { after: None }, "network-unreachable"),
        (
            NetError::RateLimited { scope: sarafan_network::Scope::App, until: at("2026-12-01T08:00:00Z") },
            "rate-limited",
        ),
        (NetError::Protocol { detail: "line 1".into() }, "answer-unreadable"),
    ];
    for (failure, expected) in rows {
        world.house.script().connect = Some(Err(failure));
        assert_eq!(said(world.app.connect_channel(&world.owner, world.brand, form("house", "one")).await), expected);
    }
    world.house.script().connect = Some(Ok(Connecting::Choose(Vec::new())));
    let none = world.app.connect_channel(&world.owner, world.brand, form("house", "one")).await;
    assert_eq!(said(none), "nothing-to-connect");
    let wrong = with("house", &[("account", "one"), ("key", "wrong")]);
    assert_eq!(said(world.app.connect_channel(&world.owner, world.brand, wrong).await), "house-key-wrong");
    assert!(world.app.list_channels(&world.owner, world.brand).await.unwrap().is_empty());
}

#[tokio::test]
async fn one_of_several_accounts_is_chosen_by_the_one_who_began() {
    let world = World::new().await;
    let (app, brand) = (&world.app, world.brand);
    world.house.script().connect = Some(Ok(Connecting::Choose(vec![candidate("one"), candidate("two")])));
    let view = app.connect_channel(&world.owner, brand, form("house", "x")).await.unwrap();
    let ConnectView::Choose { choose, connect_id } = view.clone() else { panic!("{view:?}") };
    assert_eq!(choose.iter().map(|one| one.external_id.as_str()).collect::<Vec<_>>(), ["one", "two"]);
    assert_eq!(app.connect_choices(&world.owner, brand, connect_id).await.unwrap(), view);

    let manager = world.member(brand, Role::Manager).await;
    assert_eq!(said(app.choose_channel(&manager, brand, connect_id, "two").await), "not found", "somebody else's");
    assert_eq!(said(app.choose_channel(&world.owner, brand, connect_id, "three").await), "not found");
    let other = world.brand("Other").await;
    assert_eq!(said(app.choose_channel(&world.owner, other, connect_id, "two").await), "not found");
    assert_eq!(said(app.choose_channel(&world.owner, brand, connect_id, "two").await), "ok");
    assert_eq!(said(app.choose_channel(&world.owner, brand, connect_id, "one").await), "not found", "used up");
    assert_eq!(app.list_channels(&world.owner, brand).await.unwrap()[0].handle, "@two");

    world.house.script().connect = Some(Ok(Connecting::Choose(vec![candidate("one"), candidate("two")])));
    let view = app.connect_channel(&world.owner, brand, form("house", "x")).await.unwrap();
    let ConnectView::Choose { connect_id, .. } = view else { panic!("{view:?}") };
    world.pass(SignedDuration::from_mins(30));
    assert_eq!(said(app.choose_channel(&world.owner, brand, connect_id, "one").await), "not found", "too late");
}

async fn sent_away(world: &World) -> BTreeMap<String, String> {
    let url = "https://house.example/authorize".to_owned();
    world.house.script().connect = Some(Ok(Connecting::Redirect { url, saved: Secret::new(SECRET) }));
    let view = world.app.connect_channel(&world.owner, world.brand, form("house", "x")).await.unwrap();
    let ConnectView::Redirect { redirect } = view else { panic!("{view:?}") };
    let state = redirect.strip_prefix("https://house.example/authorize?state=").unwrap();
    BTreeMap::from([("state".to_owned(), state.to_owned()), ("code".to_owned(), "c".to_owned())])
}

#[tokio::test]
async fn a_person_comes_back_from_the_networks_page_once() {
    let world = World::new().await;
    let (app, owner) = (&world.app, &world.owner);
    let query = sent_away(&world).await;
    let manager = world.member(world.brand, Role::Manager).await;
    assert_eq!(said(app.oauth_callback(&manager, &query).await), "not found", "a state given to another person");
    let mut forged = query.clone();
    let state = query["state"].clone();
    forged.insert("state".into(), format!("{}{}", &state[..32], "0".repeat(32)));
    assert_eq!(said(app.oauth_callback(owner, &forged).await), "not found", "half a state");
    assert_eq!(said(app.oauth_callback(owner, &BTreeMap::new()).await), "not found");
    let back = app.oauth_callback(owner, &query).await.unwrap();
    assert_eq!(back.brand, world.brand);
    assert!(matches!(back.outcome, ConnectView::Connected { connected } if connected.handle == "@away"));
    assert_eq!(said(app.oauth_callback(owner, &query).await), "not found", "a state is good once");

    let query = sent_away(&world).await;
    world.house.script().finish = Some(Ok(vec![candidate("one"), candidate("two")]));
    let back = app.oauth_callback(owner, &query).await.unwrap();
    let ConnectView::Choose { connect_id, .. } = back.outcome else { panic!("{back:?}") };
    assert_eq!(said(app.choose_channel(owner, world.brand, connect_id, "one").await), "ok");
}

#[tokio::test]
async fn reconnecting_is_for_the_same_account() {
    let world = World::new().await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    let id = world.channel(brand, "one").await;
    let reconnect = async |account| said(app.reconnect_channel(owner, brand, id, form("house", account).fields).await);
    world.house.script().whoami.push_back(Err(NetError::AuthExpired));
    world.house.script().refresh.push_back(Err(NetError::AuthExpired));
    let broken = app.check_channel(owner, brand, id).await.unwrap();
    assert_eq!((broken.state, broken.health.ok), (ChannelState::Reconnect, false));
    assert_eq!(reconnect("two").await, "reconnect-other");
    assert_eq!(reconnect("one").await, "ok");
    let mended = app.channel(owner, brand, id).await.unwrap();
    assert_eq!((mended.state, mended.health.ok), (ChannelState::Ok, true));
}

#[tokio::test]
async fn looking_keeps_what_the_network_says() {
    let world = World::new().await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    let id = world.channel(brand, "one").await;
    app.update_channel(owner, brand, id, ChannelPatch { name: Some("Ours".into()), time_zone: None }).await.unwrap();
    world.pass(SignedDuration::from_hours(1));
    let view = app.check_channel(owner, brand, id).await.unwrap();
    assert_eq!(view.health.checked_at.as_deref(), Some("2026-12-01T08:00:00.000Z"));
    assert_eq!((view.name.as_str(), view.limits.unwrap().text_max), ("Ours", 500), "our name, its new limits");

    let mend = || Problem::error("credential-revoked", "channel");
    let rows = [
        (NetError::Transient { after: None }, ChannelState::Ok),
        (NetError::Reconnect { reason: mend() }, ChannelState::Reconnect),
        (NetError::Transient { after: None }, ChannelState::Reconnect),
        (NetError::Gone, ChannelState::Reconnect),
    ];
    for (failure, state) in rows {
        world.house.script().whoami.push_back(Err(failure.clone()));
        let view = app.check_channel(owner, brand, id).await.unwrap();
        assert_eq!((view.state, view.health.ok), (state, false), "{failure:?}");
        assert!(view.health.message.is_some());
    }
    let view = app.check_channel(owner, brand, id).await.unwrap();
    assert_eq!((view.state, view.health.message), (ChannelState::Ok, None), "it works again");
}

#[tokio::test]
async fn an_expired_credential_is_renewed_and_the_new_one_is_used() {
    let world = World::new().await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    let id = world.channel(brand, "one").await;
    world.house.script().whoami.push_back(Err(NetError::AuthExpired));
    let view = app.check_channel(owner, brand, id).await.unwrap();
    assert_eq!(view.state, ChannelState::Ok);
    assert_eq!(view.health.expires_at.as_deref(), Some("2026-12-03T07:00:00.000Z"));
    world.pass(SignedDuration::from_hours(1));
    world.house.script().whoami.push_back(Err(NetError::AuthExpired));
    app.check_channel(owner, brand, id).await.unwrap();
    let credentials: Vec<Asked> = world.house.asked();
    let refresh = |credential: String| Asked::Refresh { credential };
    assert_eq!(credentials, [refresh(format!("{SECRET}-one")), refresh(format!("{SECRET}-one-renewed"))]);
}

#[tokio::test]
async fn a_failed_renewal_keeps_the_last_good_credential() {
    let world = World::new().await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    let id = world.channel(brand, "one").await;
    for _ in 0..2 {
        world.house.script().whoami.push_back(Err(NetError::AuthExpired));
        world.house.script().refresh.push_back(Err(NetError::Transient { after: None }));
        assert_eq!(app.check_channel(owner, brand, id).await.unwrap().state, ChannelState::Ok);
    }
    let one = Asked::Refresh { credential: format!("{SECRET}-one") };
    assert_eq!(world.house.asked(), [one.clone(), one]);
}

#[tokio::test]
async fn a_credential_that_is_about_to_end_is_renewed_ahead_of_time() {
    let world = World::new().await;
    let soon = sarafan_network::Candidate { expires_at: Some(at("2026-12-02T12:00:00Z")), ..candidate("one") };
    world.house.script().connect = Some(Ok(Connecting::Choose(vec![soon])));
    world.channel(world.brand, "one").await;
    let mut worker = Worker::new(world.app.clone());
    worker.drain().await.unwrap();
    assert_eq!(world.house.asked(), [], "more than a day is left");
    world.pass(SignedDuration::from_hours(6));
    worker.drain().await.unwrap();
    assert_eq!(world.house.asked(), [Asked::Refresh { credential: format!("{SECRET}-one") }]);
}

#[tokio::test]
async fn pausing_resuming_and_the_timetable() {
    let world = World::new().await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    let id = world.channel(brand, "one").await;
    let view = app.pause_channel(owner, brand, id, Some(" holiday ".into())).await.unwrap();
    assert_eq!((view.state, view.paused_reason.as_deref()), (ChannelState::Paused, Some("holiday")));
    world
        .house
        .script()
        .whoami
        .push_back(Err(NetError::Reconnect { reason: Problem::error("credential-revoked", "channel") }));
    assert_eq!(app.check_channel(owner, brand, id).await.unwrap().state, ChannelState::Paused, "a person paused it");
    assert_eq!(app.resume_channel(owner, brand, id).await.unwrap().state, ChannelState::Reconnect);
    assert_eq!(app.check_channel(owner, brand, id).await.unwrap().state, ChannelState::Ok);

    let slot = |weekday, time: &str| SlotTime { weekday, time: time.to_owned() };
    let view = app.set_slots(owner, brand, id, vec![slot(5, "18:00"), slot(1, "09:30")]).await.unwrap();
    assert_eq!(view.slots, [slot(1, "09:30"), slot(5, "18:00")]);
    assert_eq!(said(app.set_slots(owner, brand, id, vec![slot(9, "18:00")]).await), "slot-bad");
    let zone = ChannelPatch { name: None, time_zone: Some("Mars/Olympus".into()) };
    assert_eq!(said(app.update_channel(owner, brand, id, zone).await), "zone-unknown");
}

#[tokio::test]
async fn a_removed_channel_is_gone_and_can_be_connected_anew() {
    let world = World::new().await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    let first = world.channel(brand, "one").await;
    app.remove_channel(owner, brand, first).await.unwrap();
    assert_eq!(said(app.channel(owner, brand, first).await), "not found");
    assert_eq!(said(app.remove_channel(owner, brand, first).await), "not found");
    assert_ne!(world.channel(brand, "one").await, first);
}

#[tokio::test]
async fn what_was_to_go_to_a_removed_channel_is_called_off() {
    let world = World::new().await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    let (stays, goes) = (world.channel(brand, "one").await, world.channel(brand, "two").await);
    let input = json!({ "content": { "text": "Hello", "language": "en" }, "channels": [stays, goes] });
    let post = app.create_post(owner, brand, serde_json::from_value(input).unwrap()).await.unwrap();
    let when = json!({ "mode": "at", "wall": "2026-12-02T10:00", "zone": "Europe/Moscow" });
    let when = serde_json::from_value(when).unwrap();
    app.schedule_post(owner, brand, post.id, post.version, when, None).await.unwrap();
    app.remove_channel(owner, brand, goes).await.unwrap();
    let all = app.list_deliveries(owner, brand, DeliveryQuery::default()).await.unwrap().items;
    let state = |channel| all.iter().find(|delivery| delivery.channel == channel).unwrap().state;
    assert_eq!((state(stays), state(goes)), (State::Scheduled, State::Cancelled));
}

#[tokio::test]
async fn credentials_are_kept_sealed_and_shown_nowhere() {
    let world = World::new().await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    let id = world.channel(brand, "one").await;
    sent_away(&world).await;
    world.house.script().connect = Some(Ok(Connecting::Choose(vec![candidate("two"), candidate("three")])));
    let choice = app.connect_channel(owner, brand, form("house", "x")).await.unwrap();
    world.house.script().whoami.push_back(Err(NetError::AuthExpired));
    let view = app.check_channel(owner, brand, id).await.unwrap();
    for shown in [format!("{view:?}{choice:?}"), serde_json::to_string(&(view, choice)).unwrap()] {
        assert!(!shown.contains(SECRET));
    }
    let kept = world.everything_kept();
    assert!(kept.windows(11).any(|window| window == b"Name of one"), "the search finds what is there");
    assert!(!kept.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()));
}
