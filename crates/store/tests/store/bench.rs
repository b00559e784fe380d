//! The bench a story is told on: an empty database of its own, and short ways to fill it.

use futures::future::BoxFuture;
use sarafan_domain::brand::Brand;
use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::{Delivery, Due};
use sarafan_domain::id::*;
use sarafan_domain::language::Lang;
use sarafan_domain::post::{Content, PostState};
use sarafan_domain::time::Timestamp;
use sarafan_store::persons::PersonRow;
use sarafan_store::posts::PostRow;
use sarafan_store::{Conn, Reader, Result, Store, brands, channels, persons};
use sqlx::Connection;
use uuid::Uuid;

/// A database of one test.
pub(crate) struct Bench {
    pub(crate) store: Store,
    pub(crate) url: String,
    _folder: Option<tempfile::TempDir>,
    schema: Option<(String, String)>,
}

/// Tells a story twice; the second time is skipped where there is no PostgreSQL, and says so.
macro_rules! on_both_engines {
    ($($(#[$doc:meta])* $story:ident)*) => {$(
        mod $story {
            #[tokio::test]
            async fn sqlite() {
                let bench = crate::bench::Bench::sqlite().await;
                super::$story(&bench).await;
                bench.clear().await;
            }
            #[tokio::test]
            async fn postgres() {
                let Some(bench) = crate::bench::Bench::postgres().await else { return };
                super::$story(&bench).await;
                bench.clear().await;
            }
        }
    )*};
}
pub(crate) use on_both_engines;

impl Bench {
    pub(crate) async fn sqlite() -> Self {
        sqlx::any::install_default_drivers();
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/test.db", folder.path().display());
        let store = Store::open(&url, at(0)).await.unwrap();
        Self { store, url, _folder: Some(folder), schema: None }
    }

    pub(crate) async fn postgres() -> Option<Self> {
        let (clearing, url) = Self::bare().await?;
        let store = Store::open(&url, at(0)).await.unwrap();
        Some(Self { store, url, _folder: None, schema: clearing.0 })
    }

    /// An empty schema of PostgreSQL in which nothing was made yet.
    pub(crate) async fn bare() -> Option<(Clearing, String)> {
        let Ok(server) = std::env::var("SARAFAN_TEST_POSTGRES") else {
            println!("skipped: SARAFAN_TEST_POSTGRES is not set");
            return None;
        };
        sqlx::any::install_default_drivers();
        let schema = format!("test_{}", Uuid::now_v7().simple());
        admin(&server, format!("CREATE SCHEMA {schema}")).await;
        let mark = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{mark}options=-csearch_path%3D{schema}");
        Some((Clearing(Some((server, schema))), url))
    }

    /// Leaves nothing on the server; after a failed test its schema stays to be looked at.
    pub(crate) async fn clear(self) {
        self.store.close().await;
        Clearing(self.schema).clear().await;
    }

    pub(crate) async fn read(&self) -> Reader {
        self.store.read().await.unwrap()
    }

    /// A write whose error is the store's own.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        F: for<'t> Fn(&'t mut Conn) -> BoxFuture<'t, Result<T>> + Send + Sync + 'static,
        T: Send + 'static,
    {
        self.store.write(work).await
    }

    /// A brand with one person and one channel.
    pub(crate) async fn brand(&self) -> Stage {
        let stage = Stage { brand: BrandId(new()), person: PersonId(new()), channel: ChannelId(new()) };
        self.write(move |conn| {
            Box::pin(async move {
                let brand = brand(stage.brand);
                brands::insert(conn, &brand, at(0)).await?;
                persons::insert(conn, &person(stage.person)).await?;
                channels::insert(conn, &channel(stage, "mirror", "1"), at(0)).await
            })
        })
        .await
        .unwrap();
        stage
    }
}

/// A schema that is to go, where there is one.
pub(crate) struct Clearing(Option<(String, String)>);

impl Clearing {
    pub(crate) async fn clear(self) {
        if let Some((server, schema)) = self.0 {
            admin(&server, format!("DROP SCHEMA {schema} CASCADE")).await;
        }
    }
}

async fn admin(server: &str, text: String) {
    let mut conn = sqlx::AnyConnection::connect(server).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
}

/// The ids a story begins with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stage {
    pub(crate) brand: BrandId,
    pub(crate) person: PersonId,
    pub(crate) channel: ChannelId,
}

/// `seconds` after an instant that is the beginning of every story.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

pub(crate) fn new() -> Uuid {
    Uuid::now_v7()
}

pub(crate) fn brand(id: BrandId) -> Brand {
    Brand {
        id,
        name: "Берёзка".into(),
        language: "ru".into(),
        time_zone: "Europe/Moscow".into(),
        country: "RU".into(),
        paused: false,
        late_minutes: 60,
    }
}

pub(crate) fn person(id: PersonId) -> PersonRow {
    PersonRow {
        id,
        email: format!("{}@Example.org", id.0.simple()),
        name: "Zofia".into(),
        password_hash: "$argon2id$".into(),
        language: Lang::Pl,
        theme: "system".into(),
        installation_owner: false,
        created_at: at(0),
    }
}

pub(crate) fn channel(stage: Stage, network: &str, external_id: &str) -> Channel {
    Channel {
        id: stage.channel,
        brand: stage.brand,
        network: network.into(),
        external_id: external_id.into(),
        name: "Новости".into(),
        handle: "@news".into(),
        url: None,
        state: ChannelState::Ok,
        reason: None,
        time_zone: "Europe/Moscow".into(),
        slots: Vec::new(),
        facts: serde_json::json!({ "server": "https://example.org" }),
        checked_at: None,
        health: None,
        expires_at: None,
        blocked_until: None,
    }
}

/// A draft with one line of text.
pub(crate) fn post(stage: Stage, text: &str) -> PostRow {
    PostRow {
        id: PostId(new()),
        brand: stage.brand,
        version: 1,
        key: None,
        state: PostState::Draft,
        content: Content { text: text.into(), language: "ru".into(), ..Content::default() },
        channels: vec![stage.channel],
        schedule: None,
        due_at: None,
        repeat: None,
        series: None,
        problems: 0,
        author: stage.person,
        created_at: at(0),
        updated_at: at(0),
    }
}

/// A delivery of a post that is due `seconds` after the beginning.
pub(crate) fn delivery(stage: Stage, post: PostId, seconds: i64) -> Delivery {
    let due = Due { at: at(seconds), wall: "2027-01-15T11:00".parse().unwrap(), zone: "Europe/Moscow".into() };
    Delivery::new(DeliveryId(new()), stage.brand, post, stage.channel, due)
}
