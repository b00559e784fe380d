//! How SQLite would run the statements that are hot: with a million posts a list must walk one index in its order and
//! stop. The functions are called on an empty database, and every statement they make is asked for its plan.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::BoxFuture;
use sarafan_domain::asset::AssetKind;
use sarafan_domain::delivery::State;
use sarafan_domain::id::*;
use sarafan_domain::post::PostState;
use sarafan_domain::time::Timestamp;
use uuid::Uuid;

use crate::assets::AssetFilter;
use crate::comments::After;
use crate::deliveries::{DeliveryFilter, Order};
use crate::jobs::NewJob;
use crate::posts::{PostFilter, Sort};
use crate::sql::{Fields, MADE, built};
use crate::*;

const B: BrandId = BrandId(Uuid::nil());
const ID: Uuid = Uuid::nil();
const NOW: Timestamp = Timestamp::UNIX_EPOCH;

/// What is called, as a reader (`read`) or in a transaction.
type Call = for<'t> fn(&'t mut Conn) -> BoxFuture<'t, Result<()>>;

macro_rules! call {
    (|$conn:ident| $work:expr) => {
        |$conn| {
            Box::pin(async move {
                $work.await?;
                Ok(())
            })
        }
    };
}

async fn store() -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite://{}/x.db", folder.path().display()), NOW).await.unwrap();
    (store, folder)
}

/// The lines of the plans of everything that `call` says to the database.
async fn plans(store: &Store, call: Call) -> Vec<String> {
    MADE.with_borrow_mut(Vec::clear);
    call(&mut store.writing().await.unwrap()).await.unwrap();
    let made: BTreeSet<String> = MADE.with_borrow(|made| made.iter().cloned().collect());
    let mut lines = Vec::new();
    for text in made.iter().filter(|text| text.len() > 20) {
        let mut asked = built(format!("EXPLAIN QUERY PLAN {text}")).once();
        // What the values are does not matter for a plan, only that there are some.
        for _ in 0..text.matches('$').count() {
            asked = asked.bind(0_i64);
        }
        let detail = |f: &mut Fields<'_>| {
            let _ = (f.int()?, f.int()?, f.int()?);
            f.text()
        };
        lines.extend(asked.all(&mut store.read().await.unwrap(), detail).await.unwrap());
    }
    lines
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// A line that looks at everything a brand has, or at a whole table or index. What remains are the steps of a list of kinds or labels, and counts
/// that stop by themselves.
fn walks_all(line: &str) -> bool {
    let whole = line.strip_prefix("SCAN ").is_some_and(|what| !["step", "counted", "parts", "w"].contains(&what));
    let brand = line.ends_with(" (brand_id=?)") && !line.contains(" member") && !line.starts_with("SEARCH m ");
    let quick = line.ends_with("VALUES CLAUSE") || line.contains("VIRTUAL TABLE");
    brand || whole && !quick && line != "SCAN CONSTANT ROW"
}

#[tokio::test]
async fn every_list_walks_one_index_and_stops() {
    let table: [(Call, &str); 21] = [
        (
            call!(|conn| posts::list(conn, B, &PostFilter::default(), None, 50)),
            "SEARCH p USING INDEX post_due (brand_id=? AND (due_at,id)>(?,?) AND due_at<?)",
        ),
        (
            call!(|conn| posts::list(conn, B, &PostFilter { sort: Sort::DueLast, ..PostFilter::default() }, None, 50)),
            "SEARCH p USING INDEX post_due (brand_id=? AND due_at>? AND (due_at,id)<(?,?))",
        ),
        (
            call!(|conn| posts::list(conn, B, &PostFilter { sort: Sort::Updated, ..PostFilter::default() }, None, 50)),
            "SEARCH p USING INDEX post_updated (brand_id=? AND (updated_at,id)<(?,?))",
        ),
        (
            call!(|conn| async {
                let filter = PostFilter { states: vec![PostState::Draft, PostState::Sent], ..PostFilter::default() };
                posts::list(conn, B, &filter, None, 50).await
            }),
            "SEARCH p USING INDEX post_state (brand_id=? AND state=? AND (due_at,id)>(?,?) AND due_at<?)",
        ),
        (
            call!(|conn| posts::list(conn, B, &PostFilter { label: some("x"), ..PostFilter::default() }, None, 50)),
            "SEARCH d USING PRIMARY KEY (brand_id=? AND tag=? AND (due_at,post_id)>(?,?) AND due_at<?)",
        ),
        (
            call!(|conn| posts::calendar(conn, B, NOW, NOW, &PostFilter::default(), 500)),
            "SEARCH p USING INDEX post_due (brand_id=? AND (due_at,id)>(?,?) AND due_at<?)",
        ),
        (
            call!(|conn| posts::count_with_problems(conn, B, PostState::Draft)),
            "SEARCH post USING INDEX post_problems (brand_id=? AND state=?)",
        ),
        (
            call!(|conn| deliveries::list(conn, B, &DeliveryFilter::default(), None, 50)),
            "SEARCH d USING INDEX delivery_due (brand_id=? AND (due_at,id)>(?,?) AND due_at<?)",
        ),
        (
            call!(|conn| async {
                let states = vec![State::Failed, State::Unknown];
                let filter = DeliveryFilter { states, order: Order::DueLast, ..DeliveryFilter::default() };
                deliveries::list(conn, B, &filter, None, 50).await
            }),
            "SEARCH d USING INDEX delivery_state (brand_id=? AND state=? AND due_at>? AND (due_at,id)<(?,?))",
        ),
        (
            call!(|conn| async {
                let filter = DeliveryFilter { channel: Some(ChannelId(ID)), ..DeliveryFilter::default() };
                deliveries::list(conn, B, &filter, None, 50).await
            }),
            "SEARCH d USING INDEX delivery_channel (brand_id=? AND channel_id=? AND state=? AND (due_at,id)>(?,?) \
             AND due_at<?)",
        ),
        (
            call!(|conn| deliveries::sent_since(conn, B, None, NOW, 9)),
            "SEARCH d USING INDEX delivery_sent (brand_id=? AND sent_at>?)",
        ),
        (
            call!(|conn| deliveries::sent_since(conn, B, Some(ChannelId(ID)), NOW, 9)),
            "SEARCH d USING INDEX delivery_channel_sent (brand_id=? AND channel_id=? AND sent_at>?)",
        ),
        (
            call!(|conn| deliveries::recent_external_ids(conn, B, ChannelId(ID), 9)),
            "SEARCH delivery USING INDEX delivery_channel_sent (brand_id=? AND channel_id=? AND sent_at>?)",
        ),
        (
            call!(|conn| audit::list(conn, Some(B), &audit::AuditFilter::default(), None, 9)),
            "SEARCH audit USING INDEX audit_at (brand_id=? AND (at,id)<(?,?))",
        ),
        (
            call!(|conn| assets::list(conn, B, &AssetFilter::default(), None, 9)),
            "SEARCH a USING INDEX asset_created (brand_id=? AND (created_at,id)<(?,?))",
        ),
        (
            call!(|conn| async {
                let kind = Some(AssetKind::Image);
                assets::list(conn, B, &AssetFilter { label: some("x"), kind, ..AssetFilter::default() }, None, 9).await
            }),
            "SEARCH l USING PRIMARY KEY (brand_id=? AND label=? AND (created_at,asset_id)<(?,?))",
        ),
        (
            call!(|conn| assets::list(conn, B, &AssetFilter { folder: some("x"), ..AssetFilter::default() }, None, 9)),
            "SEARCH a USING INDEX asset_folder (brand_id=? AND folder=? AND (created_at,id)<(?,?))",
        ),
        (
            call!(|conn| numbers::series(conn, B, ID, "x", NOW, NOW, 9)),
            "SEARCH snapshot USING PRIMARY KEY (brand_id=? AND subject_id=? AND metric=? AND at>? AND at<?)",
        ),
        (
            call!(|conn| numbers::first_before(conn, B, ID, "x", NOW)),
            "SEARCH snapshot USING PRIMARY KEY (brand_id=? AND subject_id=? AND metric=? AND at<?)",
        ),
        (
            call!(|conn| async {
                let after = After { at: NOW, channel: ChannelId(ID), external_id: "x".to_owned() };
                comments::of_post(conn, B, PostId(ID), Some(&after), 9).await
            }),
            "SEARCH comment USING INDEX comment_post (brand_id=? AND post_id=? AND (at,channel_id,external_id)>(?,?,?))",
        ),
        (
            call!(|conn| comments::under(conn, B, ChannelId(ID), &["x"])),
            "SEARCH delivery USING INDEX delivery_external (brand_id=? AND channel_id=? AND external_id=?)",
        ),
    ];
    let (store, _folder) = store().await;
    for (call, expected) in table {
        let lines = plans(&store, call).await;
        assert!(lines.iter().any(|line| line == expected), "{expected}\nnot in\n{lines:#?}");
        assert!(!lines.iter().any(|line| walks_all(line) || line.contains("TEMP B-TREE")), "{lines:#?}");
    }
}

/// A filter that is rare is read whole and sorted; its rows are few.
#[tokio::test]
async fn a_rare_filter_leads_where_the_order_is_another() {
    let table: [(Call, &str); 2] = [
        (
            call!(|conn| async {
                let (label, rubric, states) = (some("x"), Some(RubricId(ID)), vec![PostState::Draft]);
                let filter = PostFilter { label, rubric, states, sort: Sort::Updated, ..PostFilter::default() };
                posts::list(conn, B, &filter, None, 50).await
            }),
            "SEARCH d USING PRIMARY KEY (brand_id=? AND tag=? AND due_at>? AND due_at<?)",
        ),
        (
            call!(|conn| async {
                let (label, q) = (some("x"), some("чай лето"));
                posts::list(conn, B, &PostFilter { label, q, ..PostFilter::default() }, None, 50).await
            }),
            "SCAN post_words VIRTUAL TABLE INDEX 0:M1",
        ),
    ];
    let (store, _folder) = store().await;
    for (call, expected) in table {
        let lines = plans(&store, call).await;
        assert!(lines.iter().any(|line| line == expected), "{expected}\nnot in\n{lines:#?}");
        assert!(lines.iter().any(|line| line == "USE TEMP B-TREE FOR ORDER BY"), "{lines:#?}");
        assert!(
            lines.iter().any(|line| line.ends_with("(brand_id=? AND tag=? AND due_at=? AND post_id=?)")),
            "{lines:#?}"
        );
        assert!(!lines.iter().any(|line| walks_all(line)), "{lines:#?}");
    }
}

/// The queue and what pages ask for beside their lists: nothing reads a whole table.
#[tokio::test]
async fn nothing_hot_reads_a_whole_table() {
    let calls: [Call; 15] = [
        call!(|conn| async {
            for n in 0..3 {
                let job = NewJob {
                    id: JobId(Uuid::from_u128(n)),
                    kind: "x".into(),
                    payload: serde_json::Value::Null,
                    run_at: NOW,
                    serial: Some(vec![1]),
                    dedupe: Some(n.to_string()),
                };
                jobs::put(conn, B, &job).await?;
            }
            let taken = jobs::claim(conn, "w", NOW, NOW + Duration::from_secs(5), 10, &["x"]).await?;
            assert_eq!(taken.len(), 1);
            jobs::extend(conn, &taken[0].token, NOW).await?;
            jobs::retry(conn, &taken[0].token, NOW).await?;
            let taken = jobs::claim(conn, "w", NOW, NOW + Duration::from_secs(5), 10, &[]).await?;
            jobs::complete(conn, &taken[0].token).await?;
            jobs::cancel(conn, B, "7").await
        }),
        call!(|conn| jobs::next_due(conn)),
        call!(|conn| jobs::stats(conn, NOW)),
        call!(|conn| posts::labels(conn, B)),
        call!(|conn| posts::known_keys(conn, B, &["a".to_owned(), "b".to_owned()])),
        call!(|conn| posts::contents(conn, B, &[PostId(ID), PostId(Uuid::max())])),
        call!(|conn| deliveries::of_posts(conn, B, &[PostId(ID), PostId(Uuid::max())])),
        call!(|conn| deliveries::of_post(conn, B, PostId(ID))),
        call!(|conn| deliveries::counts(conn, B)),
        call!(|conn| numbers::latest(conn, B, &[ID, Uuid::max()])),
        call!(|conn| sessions::by_token(conn, &[1], NOW)),
        call!(|conn| brands::of_person(conn, PersonId(ID))),
        call!(|conn| members::list(conn, B)),
        call!(|conn| channels::all_active(conn, 9, None)),
        call!(|conn| attempts::of_delivery(conn, B, DeliveryId(ID))),
    ];
    let (store, _folder) = store().await;
    for call in calls {
        let lines = plans(&store, call).await;
        assert!(!lines.is_empty() && !lines.iter().any(|line| walks_all(line)), "{lines:#?}");
    }
}
