//! How quick the lists of a large database are: calls each many times and prints the median and the 95th percentile.
//! Not a test: it measures, and what it says depends on the machine and on what the database holds.
//!
//! `cargo run --release --example list_speed -- sqlite:///data/sarafan.db`

use std::time::{Duration, Instant};

use futures::future::BoxFuture;
use sarafan_domain::delivery::State;
use sarafan_domain::id::BrandId;
use sarafan_domain::post::PostState;
use sarafan_domain::time::Timestamp;
use sarafan_store::deliveries::{DeliveryFilter, Order};
use sarafan_store::posts::{PostFilter, Sort};
use sarafan_store::{Conn, Store, StoreError, brands, channels, deliveries, numbers, posts, rubrics};

type Call = Box<dyn for<'t> Fn(&'t mut Conn) -> BoxFuture<'t, Result<usize, StoreError>>>;

#[tokio::main]
async fn main() -> Result<(), StoreError> {
    let url = std::env::args().nth(1).unwrap_or_else(|| "sqlite:///tmp/sarafan.db".to_owned());
    let store = Store::open(&url, Timestamp::now()).await?;
    let mut conn = store.read().await?;
    for brand in brands::all_ids(&mut conn).await? {
        println!("brand {brand}");
        for (name, call) in calls(&mut conn, brand).await? {
            let mut times = Vec::new();
            let mut rows = 0;
            for _ in 0..40 {
                let begun = Instant::now();
                rows = call(&mut conn).await?;
                times.push(begun.elapsed());
            }
            times.sort();
            let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or_default();
            println!("{name:<44} {rows:>6} rows  median {:>10.2?}  95 % {:>10.2?}", at(50), at(95));
        }
    }
    store.close().await;
    Ok(())
}

async fn calls(conn: &mut Conn, brand: BrandId) -> Result<Vec<(&'static str, Call)>, StoreError> {
    let last = posts::list(conn, brand, &PostFilter { sort: Sort::DueLast, ..PostFilter::default() }, None, 1).await?.0;
    let end = last.first().and_then(|post| post.due_at).unwrap_or_default();
    let channel = channels::list(conn, brand).await?.first().map(|channel| channel.id);
    let rubric = rubrics::list(conn, brand).await?.first().map(|rubric| rubric.id);
    let labels = posts::labels(conn, brand).await?;
    let (first, rare) = (labels.first().cloned(), labels.last().cloned());
    let all = PostFilter::default;
    let month = Duration::from_secs(30 * 86_400);
    let (from, to) = (end - 4 * month, end - 3 * month);
    let filters: Vec<(&'static str, PostFilter, usize)> = vec![
        ("posts by time, 50", all(), 50),
        ("posts by time, 600", all(), 600),
        ("posts last due first, 50", PostFilter { sort: Sort::DueLast, ..all() }, 50),
        ("posts last changed, 50", PostFilter { sort: Sort::Updated, ..all() }, 50),
        ("posts scheduled, 50", PostFilter { states: vec![PostState::Scheduled], ..all() }, 50),
        (
            "posts failed or unknown, 50",
            PostFilter { states: vec![PostState::Failed, PostState::Unknown], ..all() },
            50,
        ),
        ("posts of a channel, last changed, 50", PostFilter { channel, sort: Sort::Updated, ..all() }, 50),
        ("posts of a network, 50", PostFilter { network: Some("mirror".into()), ..all() }, 50),
        ("posts with a common label, last changed", PostFilter { label: first, sort: Sort::Updated, ..all() }, 50),
        ("posts with a rare label, last changed", PostFilter { label: rare, sort: Sort::Updated, ..all() }, 50),
        (
            "failed posts of channel and rubric",
            PostFilter { channel, rubric, states: vec![PostState::Failed], ..all() },
            50,
        ),
        ("posts with a common word", PostFilter { q: Some("самовар".into()), ..all() }, 50),
        ("posts with a word that is nowhere", PostFilter { q: Some("zzzz".into()), ..all() }, 50),
        ("month of the calendar, 500", PostFilter { from: Some(from), to: Some(to), ..all() }, 500),
        ("month of the calendar, a channel, 500", PostFilter { from: Some(from), to: Some(to), channel, ..all() }, 500),
    ];
    let mut calls: Vec<(&'static str, Call)> = Vec::new();
    for (name, filter, limit) in filters {
        calls.push((
            name,
            Box::new(move |conn| {
                let filter = filter.clone();
                Box::pin(async move { Ok(posts::list(conn, brand, &filter, None, limit).await?.0.len()) })
            }),
        ));
    }
    let all = DeliveryFilter::default;
    let filters: Vec<(&'static str, DeliveryFilter)> = vec![
        ("queue by time", all()),
        ("queue: failed or unknown", DeliveryFilter { states: vec![State::Failed, State::Unknown], ..all() }),
        ("queue of a channel, last first", DeliveryFilter { channel, order: Order::DueLast, ..all() }),
    ];
    for (name, filter) in filters {
        calls.push((
            name,
            Box::new(move |conn| {
                let filter = filter.clone();
                Box::pin(async move { Ok(deliveries::list(conn, brand, &filter, None, 50).await?.0.len()) })
            }),
        ));
    }
    calls.push((
        "queue: counts of all states",
        Box::new(move |conn| Box::pin(async move { Ok(deliveries::counts(conn, brand).await?.len()) })),
    ));
    let sent = deliveries::sent_since(conn, brand, None, Timestamp::UNIX_EPOCH, 3000).await?;
    let subjects: Vec<_> = sent.iter().map(|row| row.delivery.id.0).collect();
    let subject = subjects.get(77).copied().unwrap_or_default();
    calls.push((
        "post: deliveries",
        Box::new({
            let post = sent.get(77).map(|row| row.delivery.post).unwrap_or(sarafan_domain::id::PostId(subject));
            move |conn| Box::pin(async move { Ok(deliveries::of_post(conn, brand, post).await?.len()) })
        }),
    ));
    calls.push((
        "post: series of a number",
        Box::new(move |conn| {
            Box::pin(async move {
                let (from, to) = (Timestamp::UNIX_EPOCH, Timestamp::now());
                Ok(numbers::series(conn, brand, subject, "likes", from, to, 500).await?.len())
            })
        }),
    ));
    calls.push((
        "overview: sent in a month, 3000",
        Box::new(move |conn| {
            Box::pin(async move { Ok(deliveries::sent_since(conn, brand, None, from, 3000).await?.len()) })
        }),
    ));
    calls.push((
        "overview: latest numbers of 3000",
        Box::new(move |conn| {
            let subjects = subjects.clone();
            Box::pin(async move { Ok(numbers::latest(conn, brand, &subjects).await?.len()) })
        }),
    ));
    Ok(calls)
}
