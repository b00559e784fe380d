//! The audit log in words: who may read it, what it says in each language, and as a file of any length.

use std::collections::BTreeSet;

use futures::TryStreamExt;
use sarafan_app::audit::{ACTIONS, AuditForm, AuditQuery};
use sarafan_app::posts::PostInput;
use sarafan_app::{Actor, AppError};
use sarafan_domain::audit::SubjectKind;
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;
use sarafan_domain::post::Content;

use crate::world::{World, said};

fn post(text: &str) -> PostInput {
    PostInput { content: Content { text: text.into(), ..Content::default() }, ..PostInput::default() }
}

async fn file(world: &World, actor: &Actor, query: &AuditQuery, form: AuditForm) -> String {
    let lines = world.app.export_audit(actor, Some(world.brand), query, form).await.unwrap();
    let parts: Vec<_> = lines.try_collect().await.unwrap();
    String::from_utf8(parts.concat()).unwrap()
}

#[tokio::test]
async fn every_action_has_words_in_every_language() {
    let world = World::new().await;
    let mut sorted = ACTIONS;
    sorted.sort_unstable();
    assert_eq!(sorted, ACTIONS, "sorted, so that the actions of an area stand together");
    for language in Lang::ALL {
        let owner = Actor { language, ..world.owner.clone() };
        let page = world.app.list_audit(&owner, Some(world.brand), &AuditQuery::default()).await.unwrap();
        let actions: Vec<_> = page.areas.iter().flat_map(|area| &area.actions).collect();
        assert_eq!(actions.len(), ACTIONS.len());
        for action in actions {
            assert_ne!(action.words, action.code, "{language:?}");
        }
        for area in &page.areas {
            assert!(!area.words.starts_with("audit-"), "{language:?}: {}", area.words);
        }
    }
}

#[tokio::test]
async fn lines_name_who_did_what_to_what() {
    let world = World::new().await;
    let author = world.member(world.brand, Role::Author).await;
    let made = world.app.create_post(&author, world.brand, post("Morning coffee")).await.unwrap();
    let query = AuditQuery { subject: Some(made.id.to_string()), ..AuditQuery::default() };
    let line = world.app.list_audit(&world.owner, Some(world.brand), &query).await.unwrap().items.remove(0);
    assert_eq!((line.action.as_str(), line.words.as_str()), ("post.create", "Wrote a post"));
    assert_eq!(line.person.map(|person| person.name).as_deref(), Some("author"));
    assert_eq!((line.subject.kind, line.subject.name.as_deref()), (Some(SubjectKind::Post), Some("Morning coffee")));

    world.app.delete_post(&world.owner, world.brand, made.id).await.unwrap();
    let line = world.app.list_audit(&world.owner, Some(world.brand), &query).await.unwrap().items.remove(0);
    assert_eq!(
        (line.subject.kind, line.subject.name.as_deref()),
        (None, Some("Morning coffee")),
        "known by the name it had"
    );
}

#[tokio::test]
async fn a_file_holds_every_line_whatever_its_length() {
    let world = World::new().await;
    for n in 0..3 {
        world.app.create_post(&world.owner, world.brand, post(&format!("=1+{n}"))).await.unwrap();
    }
    let store = world.store().await;
    let brand = world.brand;
    store
        .write(move |conn| {
            Box::pin(async move {
                for n in 0..1100_i64 {
                    let at = sarafan_domain::time::Timestamp::from_microsecond(n).unwrap();
                    let detail = serde_json::json!({ "name": format!("=cell {n}") });
                    sarafan_store::audit::insert(conn, Some(brand), None, "asset.change", "x", &detail, at).await?;
                }
                Ok::<_, sarafan_store::StoreError>(())
            })
        })
        .await
        .unwrap();
    store.close().await;
    let all = AuditQuery::default();
    let lines = file(&world, &world.owner, &all, AuditForm::Jsonl).await;
    let ids: BTreeSet<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    let written = world.audit(Some(brand)).await.len();
    assert!(ids.len() > 1103 && ids.len() == lines.lines().count(), "{written}");
    let table = file(&world, &world.owner, &all, AuditForm::Csv).await;
    assert_eq!(table.lines().count(), ids.len() + 1);
    assert!(table.starts_with("\u{feff}When,Who,What"), "{table}");
    assert!(table.contains(",'=cell 7,") && !table.contains(",=cell"), "no cell is a formula");
    let one = AuditQuery { action: Some("post.create".into()), ..AuditQuery::default() };
    assert_eq!(file(&world, &world.owner, &one, AuditForm::Jsonl).await.lines().count(), 3);
}

#[tokio::test]
async fn only_owners_and_managers_read_it() {
    let world = World::new().await;
    for role in Role::ALL {
        let actor = world.member(world.brand, role).await;
        let expected = if matches!(role, Role::Owner | Role::Manager) { "ok" } else { "may not" };
        let query = AuditQuery::default();
        assert_eq!(said(world.app.list_audit(&actor, Some(world.brand), &query).await), expected, "{}", role.code());
        let export = world.app.export_audit(&actor, Some(world.brand), &query, AuditForm::Csv).await;
        assert_eq!(said(export.map(|_| ())), expected, "{}", role.code());
        assert!(matches!(world.app.list_audit(&actor, None, &query).await, Err(AppError::MayNot { .. })));
    }
    let stranger = world.stranger().await;
    assert_eq!(said(world.app.list_audit(&stranger, Some(world.brand), &AuditQuery::default()).await), "not found");
    let page = world.app.list_audit(&world.owner, None, &AuditQuery::default()).await.unwrap();
    assert!(page.items.iter().any(|line| line.action == "session.open"));
}

/// Words of the same form that are no actions: fields and names of settings.
const NO_ACTIONS: [&str; 4] = ["installation.owner", "messenger.heard", "password.new", "password.old"];

fn sources(folder: &std::path::Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn whatever_is_written_down_is_known() {
    let mut files = Vec::new();
    sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let areas: BTreeSet<&str> = ACTIONS.iter().map(|action| action.split('.').next().unwrap()).collect();
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let mut used = BTreeSet::new();
    for (file, text) in &files {
        assert!(
            file.ends_with("actor.rs") || !text.contains("audit::insert("),
            "{file}: a line is written past actor::note, which knows its words"
        );
        if file.ends_with("src/audit.rs") {
            continue;
        }
        for word in text.split('"') {
            let Some((area, verb)) = word.split_once('.').filter(|(area, verb)| plain(area) && plain(verb)) else {
                continue;
            };
            if areas.contains(area) && !NO_ACTIONS.contains(&word) {
                assert!(ACTIONS.contains(&word), "{file}: {area}.{verb} has no words");
                used.insert(word);
            }
        }
    }
    assert_eq!(used, ACTIONS.into_iter().collect(), "and nothing is known that is never written down");
}
