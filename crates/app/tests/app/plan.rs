//! The content plan: a preview that saves nothing, then all or nothing per row, and the same file twice is harmless.

use bytes::Bytes;
use sarafan_app::plan::PlanFile;
use sarafan_app::posts::PostQuery;
use sarafan_domain::post::PostState;

use crate::world::World;

const PLAN: &str = "id,rubric,campaign,language,channels,time_zone,at,text,media,alt,link,first_comment,labels
good,news,,en,house,Europe/London,2026-12-05 10:00,A good row,,,https://e.org/a,,
gap,news,,pl,house,Europe/Warsaw,2027-03-28 02:30,Skipped hour,,,,,
who,news,,en,myspace,Europe/London,2026-12-05 10:00,Unknown channel,,,,,
past,news,,en,house,Europe/London,2020-12-05 10:00,Long ago,,,,,
good,news,,en,house,Europe/London,2026-12-05 12:00,Same id again,,,,,
";

fn file(text: &str) -> PlanFile {
    PlanFile { bytes: Bytes::from(text.to_owned()), ..PlanFile::default() }
}

async fn posts(world: &World) -> Vec<(String, PostState)> {
    let page = world.app.list_posts(&world.owner, world.brand, PostQuery::default()).await.unwrap();
    let mut all: Vec<_> = page.items.into_iter().map(|post| (post.title, post.state)).collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

#[tokio::test]
async fn a_preview_saves_nothing_and_says_what_is_wrong_per_row() {
    let world = World::new().await;
    world.channel(world.brand, "wall").await;
    let report = world.app.import_plan(&world.owner, world.brand, file(PLAN), true).await.unwrap();
    assert!(!report.saved);
    let codes: Vec<_> = report
        .rows
        .iter()
        .map(|row| {
            (row.id.as_str(), row.ok, row.problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>().join(" "))
        })
        .collect();
    assert_eq!(codes[0], ("good", true, String::new()));
    assert_eq!(codes[1], ("gap", false, "wall-gap".to_owned()));
    assert_eq!(codes[2], ("who", false, "channel-unknown".to_owned()));
    assert_eq!(codes[3], ("past", false, "at-past".to_owned()));
    assert_eq!(codes[4], ("good", false, "id-duplicate".to_owned()));
    assert_eq!(posts(&world).await, []);
}

#[tokio::test]
async fn good_rows_are_scheduled_bad_ones_drafts_and_twice_is_harmless() {
    let world = World::new().await;
    world.channel(world.brand, "wall").await;
    let report = world.app.import_plan(&world.owner, world.brand, file(PLAN), false).await.unwrap();
    assert_eq!((report.counts.ok, report.counts.problems, report.counts.skipped), (1, 4, 0));
    let results: Vec<_> = report.rows.iter().map(|row| row.result.as_deref()).collect();
    assert_eq!(results, [Some("scheduled"), Some("draft"), Some("draft"), Some("draft"), Some("draft")]);
    let first = posts(&world).await;
    assert_eq!(first.iter().filter(|(_, state)| *state == PostState::Scheduled).count(), 1);
    let again = world.app.import_plan(&world.owner, world.brand, file(PLAN), false).await.unwrap();
    assert_eq!(again.rows[0].result.as_deref(), Some("skipped"));
    let scheduled = posts(&world).await.into_iter().filter(|(_, state)| *state == PostState::Scheduled).count();
    assert_eq!(scheduled, 1, "the good row did not go in twice");
}

#[tokio::test]
async fn an_exported_plan_comes_back_as_it_was() {
    let world = World::new().await;
    world.channel(world.brand, "wall").await;
    world.app.import_plan(&world.owner, world.brand, file(PLAN), false).await.unwrap();
    let csv = world.app.export_plan(&world.owner, world.brand, None, None).await.unwrap();
    let text = String::from_utf8(csv).unwrap();
    assert!(text.contains("A good row"), "{text}");
    let report = world.app.import_plan(&world.owner, world.brand, file(&text), true).await.unwrap();
    assert!(report.rows.iter().all(|row| row.result.as_deref() == Some("skipped")), "every row is known: {text}");
}

#[tokio::test]
async fn a_real_plan_is_read_row_by_row() {
    let shared = std::env::var_os("SARAFAN_SHARED").map_or_else(
        || std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        std::path::PathBuf::from,
    );
    let Ok(bytes) = std::fs::read(shared.join("data/plan/plan.csv")) else {
        println!("skipped: the shared plan is not there (SARAFAN_SHARED)");
        return;
    };
    let world = World::new().await;
    world.set("2026-10-01T00:00:00Z");
    for name in ["telegram", "mastodon", "bluesky", "wordpress"] {
        world.channel(world.brand, name).await;
    }
    let file = PlanFile { bytes: Bytes::from(bytes), ..PlanFile::default() };
    let report = world.app.import_plan(&world.owner, world.brand, file, true).await.unwrap();
    let bad = |id: &str| report.rows.iter().any(|row| row.id == id && !row.ok);
    assert_eq!(report.rows.len(), 31, "{:?}", report.counts);
    for id in ["pl-04", "en-08", "en-09", "en-10", "en-11"] {
        assert!(bad(id), "{id} has a problem");
    }
}
