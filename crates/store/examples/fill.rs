//! Fills a database for measuring. It is no test and makes nothing that anybody should keep.
//!
//! `fill posts DATABASE COUNT`: COUNT posts of the first brand over ten years around now, each with a delivery, those of the
//! past sent and with twenty snapshots. `fill channels DATABASE KEYS COUNT`: COUNT copies of the first channel with its
//! credential, so that many channels speak to one account of the sandbox. `fill sizes DATABASE`: the bytes of a row, table
//! by table.

use std::path::Path;

use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::{Delivery, Due, Published, State};
use sarafan_domain::id::*;
use sarafan_domain::post::{Content, PostState};
use sarafan_domain::schedule::{Mode, Schedule};
use sarafan_domain::time::{self, Timestamp};
use sarafan_store::attempts::AttemptRow;
use sarafan_store::posts::PostRow;
use sarafan_store::secrets::{Keyring, Place};
use sarafan_store::{
    Conn, Store, StoreError, attempts, audit, brands, channels, credentials, deliveries, posts, rubrics,
};
use sqlx::Connection;
use uuid::Uuid;

/// Channels of a large brand.
const CHANNELS: usize = 100;
/// Posts that are written in one transaction.
const BATCH: usize = 2000;
/// Years that the posts are spread over; all but the last is past.
const YEARS: i64 = 10;
const YEAR: i64 = 365 * 86_400;
const WORDS: [&str; 12] = [
    "самовар",
    "скидка",
    "завтра",
    "новинка",
    "kawiarnia",
    "przepis",
    "harvest",
    "roast",
    "открытие",
    "вебинар",
    "sezon",
    "weekend",
];

type Done<T = ()> = Result<T, StoreError>;

#[tokio::main]
async fn main() -> Done {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let word = |index: usize| words.get(index).cloned().unwrap_or_default();
    let count = |index: usize| word(index).parse::<usize>().map_err(|_| broken("a number is missing"));
    let store = Store::open(&word(1), Timestamp::now()).await?;
    match word(0).as_str() {
        "posts" => fill_posts(&store, &word(1), count(2)?).await?,
        "sizes" => sizes(&word(1)).await?,
        "channels" => fill_channels(&store, Path::new(&word(2)), count(3)?).await?,
        _ => return Err(broken("say `posts`, `channels` or `sizes`")),
    }
    store.close().await;
    Ok(())
}

fn broken(words: &str) -> StoreError {
    StoreError::Broken(words.to_owned())
}

fn new<T: From<Uuid>>() -> T {
    Uuid::now_v7().into()
}

async fn first_brand(store: &Store) -> Done<BrandId> {
    brands::all_ids(&mut *store.read().await?).await?.first().copied().ok_or_else(|| broken("there is no brand"))
}

/// Copies of the first channel, each with the same credential sealed for itself.
async fn fill_channels(store: &Store, keys: &Path, count: usize) -> Done {
    let keyring = Keyring::load_or_create(keys)?;
    let brand = first_brand(store).await?;
    let mut conn = store.read().await?;
    let all = channels::list(&mut conn, brand).await?;
    let first = all.into_iter().next().ok_or_else(|| broken("there is no channel"))?;
    let sealed = credentials::get(&mut conn, brand, first.id).await?;
    let at = Timestamp::now();
    let secret = keyring.open(place(&first.id.bytes()), &sealed)?;
    drop(conn);
    let mut copies = Vec::new();
    for n in 1..count {
        let id: ChannelId = new();
        let external_id = format!("{}-{n}", first.external_id);
        let channel = Channel { id, external_id, name: format!("{} {n}", first.name), ..first.clone() };
        copies.push((channel, keyring.seal(place(&id.bytes()), &secret)?));
    }
    store
        .write(move |conn| {
            let copies = copies.clone();
            Box::pin(async move {
                for (channel, sealed) in &copies {
                    channels::insert(conn, channel, at).await?;
                    credentials::put(conn, brand, channel.id, sealed, at).await?;
                }
                Ok::<_, StoreError>(())
            })
        })
        .await
}

/// Where the credential of a channel lies.
fn place(id: &[u8]) -> Place<'_> {
    Place { table: "credential", id, column: "sealed" }
}

async fn fill_posts(store: &Store, url: &str, count: usize) -> Done {
    let brand = first_brand(store).await?;
    let now = Timestamp::now();
    let walls = make_channels(store, brand, now).await?;
    let rubrics: Vec<RubricId> =
        rubrics::list(&mut *store.read().await?, brand).await?.iter().map(|rubric| rubric.id).collect();
    let begin = now.as_second() - (YEARS - 1) * YEAR;
    for from in (0..count).step_by(BATCH) {
        let (walls, rubrics) = (walls.clone(), rubrics.clone());
        let to = count.min(from + BATCH);
        store
            .write(move |conn| {
                let (walls, rubrics) = (walls.clone(), rubrics.clone());
                Box::pin(async move {
                    for n in from..to {
                        let span = u64::try_from(YEARS * YEAR).unwrap_or(1);
                        let offset = u64::try_from(n).unwrap_or(0).saturating_mul(span)
                            / u64::try_from(count.max(1)).unwrap_or(1);
                        let at = begin + i64::try_from(offset).unwrap_or(0);
                        write_post(conn, brand, n, at, now, &walls, &rubrics).await?;
                    }
                    Ok::<_, StoreError>(())
                })
            })
            .await?;
        if from % (BATCH * 50) == 0 {
            eprintln!("{from} posts");
        }
    }
    snapshots(url).await
}

async fn make_channels(store: &Store, brand: BrandId, now: Timestamp) -> Done<Vec<ChannelId>> {
    let mut ids = Vec::new();
    let mut rows = Vec::new();
    for n in 0..CHANNELS {
        let id: ChannelId = new();
        ids.push(id);
        rows.push(Channel {
            id,
            brand,
            network: "mirror".into(),
            external_id: format!("wall {n}"),
            name: format!("Wall {n}"),
            handle: format!("@wall{n}"),
            url: None,
            state: ChannelState::Ok,
            reason: None,
            time_zone: "Europe/Warsaw".into(),
            slots: Vec::new(),
            facts: serde_json::json!({}),
            checked_at: None,
            health: None,
            expires_at: None,
            blocked_until: None,
        });
    }
    store
        .write(move |conn| {
            let rows = rows.clone();
            Box::pin(async move {
                for row in &rows {
                    channels::insert(conn, row, now).await?;
                }
                Ok::<_, StoreError>(())
            })
        })
        .await?;
    Ok(ids)
}

/// A post whose id is of its time, as if it had been written then.
async fn write_post(
    conn: &mut Conn,
    brand: BrandId,
    n: usize,
    second: i64,
    now: Timestamp,
    walls: &[ChannelId],
    rubrics: &[RubricId],
) -> Done {
    let pick = |shift: usize| n.wrapping_mul(2_654_435_761).wrapping_shr(7).wrapping_add(shift);
    let word = |shift: usize| WORDS.get(pick(shift) % WORDS.len()).copied().unwrap_or_default();
    let at = Timestamp::from_second(second).map_err(|_| broken("time"))?;
    let out = at < now;
    let text = format!(
        "{} {} {n}\n\n{}",
        word(0),
        word(3),
        "Заходите к нам, будет вкусно. Zapraszamy! ".repeat(1 + pick(5) % 6)
    );
    let zone = time::zone("UTC").map_err(|_| broken("zone"))?;
    let wall = time::wall(at, &zone);
    let channel = walls.get(pick(1) % walls.len().max(1)).copied().ok_or_else(|| broken("no channel"))?;
    let written = u64::try_from(second - 3 * 86_400).unwrap_or(0);
    let id = |n: usize| {
        Uuid::new_v7(uuid::Timestamp::from_unix(
            uuid::NoContext,
            written,
            u32::try_from(n % 1_000_000_000).unwrap_or(0),
        ))
    };
    let content = Content {
        text,
        language: "ru".into(),
        rubric: rubrics.get(pick(2) % rubrics.len().max(1)).copied(),
        labels: vec![format!("label {}", pick(4) % 40)],
        ..Content::default()
    };
    let post = PostRow {
        id: PostId(id(n)),
        brand,
        version: 1,
        key: None,
        state: if out { PostState::Sent } else { PostState::Scheduled },
        content,
        channels: vec![channel],
        schedule: Some(Schedule { mode: Mode::At, wall, zone: "UTC".into() }),
        due_at: Some(at),
        repeat: None,
        series: None,
        problems: 0,
        author: PersonId(Uuid::nil()),
        created_at: at,
        updated_at: at,
    };
    posts::insert(conn, &post).await?;
    let due = Due { at, wall, zone: "UTC".into() };
    let mut delivery = Delivery::new(DeliveryId(id(n)), brand, post.id, channel, due);
    if out {
        delivery.state = State::Sent;
        delivery.sent_at = Some(at);
        delivery.next_at = None;
        delivery.published = Some(Published::one(format!("{n}"), Some(format!("https://wall.example/{n}"))));
    }
    deliveries::insert(conn, &delivery).await?;
    if out {
        let attempt = AttemptRow {
            brand,
            delivery: delivery.id,
            n: 1,
            step: 0,
            kind: "publish".to_owned(),
            started_at: at,
            ended_at: None,
            outcome: None,
            detail: None,
            by: None,
        };
        attempts::start(conn, &attempt).await?;
        attempts::end(conn, brand, delivery.id, 1, at, "done", None).await?;
    }
    let subject = post.id.to_string();
    for action in ["post.create", "post.schedule"] {
        audit::insert(conn, Some(brand), Some(post.author), action, &subject, &serde_json::json!({}), at).await?;
    }
    Ok(())
}

/// The snapshots are made by the database itself: five numbers of each post at four ages, followers of each channel per
/// week, and what is derived from them.
async fn snapshots(url: &str) -> Done {
    let metrics = "(SELECT 'views' AS m, 100 AS k UNION ALL SELECT 'reactions', 9 UNION ALL SELECT 'replies', 2 \
                   UNION ALL SELECT 'reposts', 3 UNION ALL SELECT 'quotes', 1)";
    let ages = "(SELECT 1 AS a UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4)";
    let value = "CAST((d.due_at / 1000000) % 97 * k * a AS DOUBLE PRECISION)";
    let weeks = "WITH RECURSIVE w (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM w WHERE n < 500)";
    let from = "FROM delivery d CROSS JOIN";
    let texts = [
        format!(
            "INSERT INTO snapshot (brand_id, subject_id, metric, at, value) SELECT d.brand_id, d.id, m, \
             d.sent_at + a * a * 7200000000, {value} {from} {metrics} ms CROSS JOIN {ages} ag \
             WHERE d.sent_at IS NOT NULL ORDER BY d.brand_id, d.id, m, a"
        ),
        format!(
            "{weeks} INSERT INTO snapshot (brand_id, subject_id, metric, at, value) SELECT c.brand_id, c.id, 'followers', \
             c.created_at - n * 604800000000, 50000 - n * 90 FROM channel c CROSS JOIN w"
        ),
        format!(
            "INSERT INTO snapshot_latest (brand_id, subject_id, metric, at, value) SELECT d.brand_id, d.id, m, \
             d.sent_at + 115200000000, CAST((d.due_at / 1000000) % 97 * k * 4 AS DOUBLE PRECISION) {from} {metrics} ms \
             WHERE d.sent_at IS NOT NULL ORDER BY d.brand_id, d.id, m"
        ),
        "INSERT INTO snapshot_latest (brand_id, subject_id, metric, at, value) SELECT brand_id, id, 'followers', created_at, \
         50000 FROM channel"
            .to_owned(),
    ];
    sqlx::any::install_default_drivers();
    let mut conn = sqlx::AnyConnection::connect(url).await?;
    for text in texts {
        eprintln!("{}", text.split(" SELECT").next().unwrap_or_default());
        sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut conn).await?;
    }
    conn.close().await?;
    Ok(())
}

/// Prints what a row of each table takes, its indexes included.
async fn sizes(url: &str) -> Done {
    sqlx::any::install_default_drivers();
    let mut conn = sqlx::AnyConnection::connect(url).await?;
    let tables = ["post", "post_tag", "delivery", "attempt", "snapshot", "snapshot_latest", "audit"];
    for table in tables {
        let size = if url.starts_with("sqlite") {
            format!(
                "SELECT CAST(sum(pgsize) AS BIGINT) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE \
                 tbl_name = '{table}') OR ('{table}' = 'post' AND name LIKE 'post_words%')"
            )
        } else {
            format!("SELECT pg_total_relation_size('{table}')")
        };
        let number = async |text: String, conn: &mut sqlx::AnyConnection| -> Done<i64> {
            Ok(sqlx::query_scalar(sqlx::AssertSqlSafe(text)).fetch_one(conn).await?)
        };
        let bytes = number(size, &mut conn).await?;
        let rows = number(format!("SELECT count(*) FROM {table}"), &mut conn).await?;
        println!("{table:<16} {rows:>10} rows {:>6} bytes", bytes / rows.max(1));
    }
    conn.close().await?;
    Ok(())
}
