//! Brands, their rubrics, and stopping.

use sarafan_app::brands::{BrandPatch, NewBrand, RubricInput, RubricPatch};
use sarafan_app::live::Event;
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;

use crate::world::{World, said};

fn new(name: &str, language: &str, zone: &str, country: &str) -> NewBrand {
    NewBrand { name: name.into(), language: language.into(), time_zone: zone.into(), country: country.into() }
}

fn rubric(name: &str) -> RubricInput {
    RubricInput { key: None, name: name.into(), purpose: String::new(), color: 3, target_share: Some(10) }
}

#[tokio::test]
async fn a_brand_is_made_and_nonsense_is_refused() {
    let world = World::new().await;
    let rows = [
        (new("Café", "pl", "Europe/Warsaw", "pl"), "ok"),
        (new(" ", "pl", "Europe/Warsaw", "PL"), "name-empty"),
        (new(&"x".repeat(121), "pl", "Europe/Warsaw", "PL"), "name-too-long"),
        (new("A", "", "Europe/Warsaw", "PL"), "language-unknown"),
        (new("A", "pl", "Europe/Lublin", "PL"), "zone-unknown"),
        (new("A", "pl", "Europe/Warsaw", "Poland"), "country-unknown"),
    ];
    for (form, expected) in rows {
        assert_eq!(said(world.app.create_brand(&world.owner, form).await), expected);
    }
    let names: Vec<String> =
        world.app.list_brands(&world.owner).await.unwrap().into_iter().map(|brand| brand.name).collect();
    assert_eq!(names, ["Café", "Roastery"]);
    let manager = world.member(world.brand, Role::Manager).await;
    assert_eq!(said(world.app.create_brand(&manager, new("A", "pl", "Europe/Warsaw", "PL")).await), "may not");
}

#[tokio::test]
async fn settings_are_changed_in_part() {
    let world = World::new().await;
    let mut live = world.app.live().listen();
    let patch = BrandPatch { name: Some(" New name ".into()), late_policy_minutes: Some(5), ..BrandPatch::default() };
    let brand = world.app.update_brand(&world.owner, world.brand, patch).await.unwrap();
    assert_eq!((brand.brief.name.as_str(), brand.late_policy_minutes), ("New name", 5));
    assert_eq!(brand.brief.time_zone, "Europe/Moscow");
    assert_eq!(live.try_recv().unwrap(), (world.brand, Event::Brand {}));
    let rows = [
        (BrandPatch { time_zone: Some("Mars".into()), ..BrandPatch::default() }, "zone-unknown"),
        (BrandPatch { late_policy_minutes: Some(100_000), ..BrandPatch::default() }, "late-too-long"),
        (BrandPatch { name: Some(String::new()), ..BrandPatch::default() }, "name-empty"),
    ];
    for (patch, expected) in rows {
        assert_eq!(said(world.app.update_brand(&world.owner, world.brand, patch).await), expected);
    }
    assert_eq!(world.app.brand(&world.owner, world.brand).await.unwrap(), brand, "nothing of it was kept");
}

#[tokio::test]
async fn standard_rubrics_speak_the_readers_language() {
    let world = World::new().await;
    let mut reader = world.owner.clone();
    for (language, name) in [(Lang::En, "Education"), (Lang::Ru, "Обучение"), (Lang::Pl, "Edukacja")] {
        reader.language = language;
        let rubrics = world.app.list_rubrics(&reader, world.brand).await.unwrap();
        assert_eq!(rubrics.len(), 9);
        let education = rubrics.iter().find(|rubric| rubric.key == "education").unwrap();
        assert_eq!((education.name.as_str(), education.target_share), (name, Some(25)));
        assert!(rubrics.iter().all(|rubric| rubric.name != rubric.key || rubric.key == "PR"), "all have a name");
    }
}

#[tokio::test]
async fn rubrics_are_made_changed_and_removed() {
    let world = World::new().await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    let made = app.create_rubric(owner, brand, rubric("Кофе дня")).await.unwrap();
    assert_eq!((made.key.as_str(), made.color), ("кофе-дня", 3));
    assert_eq!(said(app.create_rubric(owner, brand, rubric("Кофе дня")).await), "rubric-key-taken");
    let rows = [
        (RubricInput { color: 8, ..rubric("A") }, "color-bad"),
        (RubricInput { target_share: Some(101), ..rubric("A") }, "share-bad"),
        (RubricInput { key: Some("a b".into()), ..rubric("A") }, "rubric-key-bad"),
        (RubricInput { purpose: "x".repeat(501), ..rubric("A") }, "too-long"),
        (rubric(" "), "name-empty"),
        (rubric("!!!"), "rubric-key-bad"),
    ];
    for (form, expected) in rows {
        assert_eq!(said(app.create_rubric(owner, brand, form).await), expected);
    }
    let patch: RubricPatch = serde_json::from_str(r#"{ "name": "Coffee", "target_share": null }"#).unwrap();
    let changed = app.update_rubric(owner, brand, made.id, patch).await.unwrap();
    assert_eq!((changed.name.as_str(), changed.key.as_str(), changed.target_share), ("Coffee", "кофе-дня", None));
    let colour: RubricPatch = serde_json::from_str(r#"{ "color": 5 }"#).unwrap();
    let standard = app.list_rubrics(owner, brand).await.unwrap().swap_remove(0);
    let standard = app.update_rubric(owner, brand, standard.id, colour).await.unwrap();
    assert_eq!((standard.name.as_str(), standard.color), ("Entertainment", 5), "a standard one stays one");
    app.delete_rubric(owner, brand, made.id).await.unwrap();
    assert_eq!(said(app.delete_rubric(owner, brand, made.id).await), "not found");
}

#[tokio::test]
async fn a_brand_and_everything_are_stopped_and_go_on() {
    let world = World::new().await;
    let (app, owner) = (&world.app, &world.owner);
    let reason = Some("crisis".to_owned());
    assert!(app.pause_brand(owner, world.brand, true, reason).await.unwrap().brief.paused);
    assert!(app.pause_brand(owner, world.brand, true, None).await.unwrap().brief.paused, "twice is once");
    assert!(!app.pause_brand(owner, world.brand, false, None).await.unwrap().brief.paused);
    assert_eq!(said(app.pause_brand(owner, world.brand, true, Some("x".repeat(501))).await), "too-long");
    assert!(!app.everything_paused().await.unwrap().paused);
    assert!(app.pause_everything(owner, true).await.unwrap().paused);
    assert!(app.everything_paused().await.unwrap().paused);
    assert!(!app.pause_everything(owner, false).await.unwrap().paused);
    assert!(!app.everything_paused().await.unwrap().paused);
    let of_brand = world.audit(Some(world.brand)).await;
    assert!(of_brand.ends_with(&["brand.pause".into(), "brand.resume".into()]), "once each: {of_brand:?}");
    let of_all = world.audit(None).await;
    assert!(of_all.ends_with(&["installation.pause".into(), "installation.resume".into()]), "{of_all:?}");
    let brand_owner = world.member(world.brand, Role::Owner).await;
    assert_eq!(said(app.pause_everything(&brand_owner, true).await), "may not");
}
