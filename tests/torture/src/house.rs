//! An installation under torture: a fresh data folder or database, a brand, its channels, and somebody who is signed in.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;
use tokio::process::Command;

use crate::http::Client;
use crate::program::{Program, Running};
use crate::proxy::{Proxy, host_of};
use crate::stage::{Place, Stage};
use crate::wait::until;

const EMAIL: &str = "anna@zerno.example";
const PASSWORD: &str = "correct horse battery";

/// On what a house stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Ground {
    Sqlite,
    /// SQLite on a small disk of its own that can be filled up.
    SmallDisk,
    Postgres,
}

impl Ground {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite | Self::SmallDisk => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// The installation.
pub(crate) struct House {
    pub(crate) program: Program,
    pub(crate) stage: Stage,
    pub(crate) client: Client,
    /// Path of the brand in the API.
    pub(crate) brand: String,
    /// Ids of the channels with their places.
    pub(crate) channels: Vec<(String, Place)>,
    /// Before the database; programs that are to lose it reach it here.
    pub(crate) proxy: Option<Proxy>,
    disk: Option<SmallDisk>,
    /// The folder goes last, after everything in it.
    folder: Option<TempDir>,
}

static NUMBER: AtomicU64 = AtomicU64::new(0);

impl House {
    /// Builds it. `None` where what it would stand on is not there.
    pub(crate) async fn build(binary: &Path, ground: Ground, real: bool) -> Result<Option<Self>> {
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let name = format!("t{}x{number}", std::process::id());
        let folder = tempfile::Builder::new().prefix("sarafan-torture-").tempdir()?;
        let disk = if ground == Ground::SmallDisk { Some(SmallDisk::mount(folder.path()).await?) } else { None };
        let (database, proxy) = if ground == Ground::Postgres {
            let Ok(server) = std::env::var("SARAFAN_TEST_POSTGRES") else { return Ok(None) };
            let url = create_database(&server, &name).await?;
            let proxy = Proxy::before(&host_of(&url)?).await?;
            (url, Some(proxy))
        } else {
            (String::new(), None)
        };
        let stage = if real {
            let Some(stage) = Stage::real(&name).await? else { return Ok(None) };
            stage
        } else {
            Stage::sandbox().await?
        };
        let program = Program { binary: binary.to_owned(), data: folder.path().to_owned(), database };
        program.ask(&["owner", "create", "--email", EMAIL], PASSWORD).await?;
        let brand = ["brand", "create", "Torture", "--language", "en", "--time-zone", "UTC", "--country", "GB"];
        let brand = program.ask(&brand, "").await?;
        let brand = format!("/api/v1/brands/{}", word(&brand, "id")?);
        let server = program.start(&["serve", "--web", "--listen", "127.0.0.1:0"], None, None).await?;
        let client = Client::sign_in(&server.host, EMAIL, PASSWORD).await?;
        let mut house = Self { program, stage, client, brand, channels: Vec::new(), proxy, disk, folder: Some(folder) };
        for place in house.stage.places.clone() {
            let id = house.connect(&place).await?;
            house.channels.push((id, place));
        }
        server.kill().await?;
        // The first looks at the channels are over before anything is broken.
        let server = house.serve(None, false).await?;
        until("the house is quiet", Duration::from_secs(60), async || {
            let (status, health) = house.client.look("/health").await?;
            let due = health.get("queue").and_then(|queue| queue.get("due")).and_then(Value::as_u64);
            let all = house.client.ask("GET", &format!("{}/channels", house.brand), None).await?;
            let looked_at = |channel: &Value| {
                channel.get("health").and_then(|it| it.get("checked_at")).is_some_and(|at| !at.is_null())
            };
            let seen = all.as_array().is_some_and(|all| all.iter().all(looked_at));
            // A disk so small is never called well.
            let well = status == 200 || house.disk.is_some();
            Ok((well && due == Some(0) && seen).then_some(()))
        })
        .await?;
        server.kill().await?;
        Ok(Some(house))
    }

    /// Connects a channel.
    pub(crate) async fn connect(&self, place: &Place) -> Result<String> {
        let body = json!({ "network": place.network, "fields": place.form });
        let told = self.client.ask("POST", &format!("{}/channels/connect", self.brand), Some(&body)).await?;
        let connected = told.get("connected").with_context(|| format!("not connected: {told}"))?;
        word(connected, "id")
    }

    /// Starts the whole program in one process and turns to it.
    pub(crate) async fn serve(&mut self, trap: Option<&str>, by_proxy: bool) -> Result<Running> {
        let address = if by_proxy { Some(self.by_proxy()?) } else { None };
        let arguments = ["serve", "--listen", "127.0.0.1:0"];
        let running = self.program.start(&arguments, trap, address.as_deref()).await?;
        if !running.host.is_empty() {
            self.client = self.client.at(&running.host);
        }
        Ok(running)
    }

    /// The database as seen through the proxy.
    pub(crate) fn by_proxy(&self) -> Result<String> {
        let proxy = self.proxy.as_ref().context("no proxy before this database")?;
        let url = &self.program.database;
        Ok(url.replace(&host_of(url)?, &proxy.address.to_string()))
    }

    /// The disk that can be filled.
    pub(crate) fn disk(&self) -> Result<&SmallDisk> {
        self.disk.as_ref().context("this house has no disk of its own")
    }

    /// Tears it down; keeps what it leaves behind when something went wrong.
    pub(crate) async fn leave(mut self, keep: bool) -> Option<std::path::PathBuf> {
        let folder = self.folder.take()?;
        if keep && self.disk.is_none() {
            return Some(folder.keep());
        }
        if !self.program.database.is_empty() {
            drop_database(&self.program.database).await;
        }
        None
    }
}

/// A file system in memory, as large as a few databases.
#[derive(Debug)]
pub(crate) struct SmallDisk(std::path::PathBuf);

impl SmallDisk {
    async fn mount(folder: &Path) -> Result<Self> {
        let mut mount = Command::new("mount");
        let done = mount.args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"]).arg(folder).output().await?;
        if !done.status.success() {
            bail!("a small disk cannot be mounted: {}", String::from_utf8_lossy(&done.stderr).trim());
        }
        Ok(Self(folder.to_owned()))
    }

    /// Writes until nothing more goes on it.
    pub(crate) fn fill(&self) -> Result<()> {
        use std::io::Write;
        let mut file = std::fs::File::create(self.0.join("ballast"))?;
        let block = vec![0_u8; 64 << 10];
        while file.write_all(&block).is_ok() {}
        while file.write_all(&[0; 512]).is_ok() {}
        Ok(())
    }

    /// Room again.
    pub(crate) fn empty(&self) -> Result<()> {
        Ok(std::fs::remove_file(self.0.join("ballast"))?)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: a process that still has a file open must not keep it mounted for ever.
        let _ = std::process::Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

/// Whether this machine lets us have small disks.
pub(crate) fn can_mount() -> bool {
    let Ok(folder) = tempfile::tempdir() else { return false };
    let mut mount = std::process::Command::new("mount");
    let done = mount.args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(folder.path()).output();
    let mounted = done.is_ok_and(|done| done.status.success());
    if mounted {
        let _ = std::process::Command::new("umount").arg(folder.path()).status();
    }
    mounted
}

async fn create_database(server: &str, name: &str) -> Result<String> {
    let mut conn = PgConnection::connect(server).await?;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut conn).await?;
    let (before, _) = server.rsplit_once('/').context("the address of PostgreSQL names no database")?;
    Ok(format!("{before}/{name}"))
}

async fn drop_database(url: &str) {
    let Some((before, name)) = url.rsplit_once('/') else { return };
    if let Ok(mut conn) = PgConnection::connect(&format!("{before}/postgres")).await {
        let text = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        let _ = sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut conn).await;
    }
}

/// A word of an answer.
pub(crate) fn word(value: &Value, key: &str) -> Result<String> {
    let found = value.get(key).and_then(Value::as_str);
    found.map(str::to_owned).with_context(|| format!("no `{key}` in {value}"))
}
