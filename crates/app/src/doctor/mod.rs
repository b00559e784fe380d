//! What is not as it should be in an installation, and what helps: `sarafan doctor`. It asks and changes nothing that
//! stays. What can only be asked before the installation is open (settings, folder, keys) is asked by the command.

use bytes::Bytes;
use jiff::SignedDuration;
use sarafan_domain::delivery::Failure;
use sarafan_domain::language::Lang;
use sarafan_domain::problem::Arg;
use sarafan_domain::time::Timestamp;
use sarafan_store::{Conn, StoreError, brands, channels, health, letters, settings};
use serde::Serialize;

use crate::App;
use crate::texts::Texts;
use crate::view::instant;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// It was looked at and is well.
    Fine,
    /// Worth knowing.
    Note,
    /// It works, and will not for long.
    Warning,
    /// It does not work.
    Error,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Names its text, `doctor-<code>`, and what helps, `doctor-<code>-remedy`.
    pub code: &'static str,
    /// How much it matters.
    pub weight: Weight,
    /// What the text needs.
    pub args: Vec<(&'static str, Arg)>,
}

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingView {
    /// Its name, the same in every language.
    pub code: String,
    /// How much it matters.
    pub weight: Weight,
    /// What was found.
    pub message: String,
    /// What helps.
    pub remedy: Option<String>,
}

impl Finding {
    /// Something that is well.
    pub fn fine(code: &'static str) -> Self {
        Self { code, weight: Weight::Fine, args: Vec::new() }
    }

    /// The same with another weight.
    #[must_use]
    pub fn weighs(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }

    /// A word of its text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// In words.
    pub fn view(&self, texts: &Texts, lang: Lang) -> FindingView {
        let find = |key: String| texts.find(lang, &key, self.args.iter().map(|(name, arg)| (*name, arg)));
        FindingView {
            code: self.code.to_owned(),
            weight: self.weight,
            message: find(format!("doctor-{}", self.code)).unwrap_or_else(|| self.code.to_owned()),
            remedy: find(format!("doctor-{}-remedy", self.code)).filter(|_| self.weight > Weight::Fine),
        }
    }
}

/// Clocks that are further apart show posts at other times than people expect.
const APART: SignedDuration = SignedDuration::from_secs(2);
/// So much that is not in the main file yet means that something keeps SQLite from tidying up.
const LOG_BYTES: u64 = 1 << 30;
/// A credential that ends within this time is told of.
const SOON: SignedDuration = SignedDuration::from_hours(24 * 7);
/// The last back-up is not to be older.
const BACKED_UP: SignedDuration = SignedDuration::from_hours(24 * 7);

impl App {
    /// Looks at everything that can be asked from inside; `network` says whether channels may be asked too.
    pub async fn examine(&self, network: bool) -> Vec<Finding> {
        let mut all = self.database().await;
        all.extend(self.storage().await);
        if all.iter().any(|finding| finding.code.starts_with("database-") && finding.weight == Weight::Error) {
            // A sick database answers nothing further that could be believed.
            return all;
        }
        match self.inside(network).await {
            Ok(more) => all.extend(more),
            Err(error) => all.push(sick(&error)),
        }
        all
    }

    async fn database(&self) -> Vec<Finding> {
        let mut all = Vec::new();
        let asked = async {
            let mut conn = self.store().read().await?;
            let facts = health::facts(&mut conn).await?;
            let bad = health::integrity(&mut conn).await?;
            Ok::<_, StoreError>((facts, bad))
        };
        let (facts, bad) = match asked.await {
            Ok(told) => told,
            Err(error) => return vec![sick(&error)],
        };
        let megabytes = |bytes: u64| bytes.div_ceil(1024 * 1024);
        let told = Finding::fine("database").with("engine", facts.engine.as_str()).with("schema", facts.schema);
        all.push(told.with("megabytes", megabytes(facts.bytes)));
        if let Some(first) = bad.first() {
            all.push(Finding::fine("database-damaged").weighs(Weight::Error).with("reason", first.as_str()));
        }
        if let Err(error) = health::probe(self.store()).await {
            all.push(sick(&error));
        }
        if facts.log_bytes > LOG_BYTES {
            let log = Finding::fine("database-log").weighs(Weight::Warning);
            all.push(log.with("megabytes", megabytes(facts.log_bytes)));
        }
        all.push(self.clock_finding(&facts));
        all
    }

    /// Against the clock of the database, and against what was saved before.
    fn clock_finding(&self, facts: &health::Facts) -> Finding {
        let now = self.now();
        let apart = facts.clock.map(|clock| now.duration_since(clock).abs()).filter(|apart| *apart > APART);
        let back = facts.last_saved.map(|saved| saved.duration_since(now)).filter(|ahead| *ahead > APART);
        match (apart, back) {
            (Some(apart), _) => Finding::fine("clock-apart").weighs(Weight::Error).with("seconds", apart.as_secs()),
            (None, Some(ahead)) => Finding::fine("clock-back").weighs(Weight::Error).with("seconds", ahead.as_secs()),
            (None, None) => Finding::fine("clock").with("now", instant(now)),
        }
    }

    /// Writes, reads and removes a small file.
    async fn storage(&self) -> Vec<Finding> {
        let key = format!("doctor/{}", uuid::Uuid::now_v7().simple());
        let bytes = Bytes::from_static(b"sarafan doctor");
        let tried = async {
            self.blobs().put(&key, bytes.clone()).await?;
            let read = self.blobs().get(&key).await?;
            self.blobs().delete(&key).await?;
            if read == bytes { Ok(()) } else { Err(StoreError::Broken("it gave something else back".to_owned())) }
        };
        vec![match tried.await {
            Ok(()) => Finding::fine("storage"),
            Err(error) => Finding::fine("storage-broken").weighs(Weight::Error).with("reason", error.to_string()),
        }]
    }

    async fn inside(&self, network: bool) -> Result<Vec<Finding>, StoreError> {
        let mut all = self.queue().await;
        let now = self.now();
        let mut conn = self.store().read().await?;
        let last = settings::get(&mut conn, crate::backup::LAST).await?;
        let last = last.and_then(|text| text.parse::<Timestamp>().ok());
        all.push(match last {
            Some(at) if now.duration_since(at) <= BACKED_UP => Finding::fine("backup-made").with("at", instant(at)),
            Some(at) => Finding::fine("backup-old").weighs(Weight::Note).with("at", instant(at)),
            None => Finding::fine("backup-never").weighs(Weight::Note),
        });
        if crate::brands::is_paused(&mut conn).await.unwrap_or(false) {
            all.push(Finding::fine("paused").weighs(Weight::Note));
        }
        all.extend(self.mail_findings(&mut conn, network).await?);
        let mut count = 0_u64;
        for brand in brands::all_ids(&mut conn).await? {
            let name = brands::get(&mut conn, brand).await?.name;
            for channel in channels::list(&mut conn, brand).await? {
                count += 1;
                let of = |code| {
                    let found = Finding::fine(code).with("brand", name.as_str());
                    found.with("network", channel.network.as_str()).with("channel", channel.name.as_str())
                };
                match crate::channels::opens(self, &mut conn, &channel).await? {
                    Some(true) => {}
                    Some(false) => all.push(of("credential-closed").weighs(Weight::Error)),
                    None => all.push(of("credential-none").weighs(Weight::Error)),
                }
                if let Some(at) = channel.expires_at.filter(|at| at.duration_since(now) < SOON) {
                    // Most are renewed by themselves, hours before.
                    let weight = if at <= now { Weight::Warning } else { Weight::Note };
                    all.push(of("credential-ends").weighs(weight).with("at", instant(at)));
                }
                if network {
                    match self.whoami(&channel).await {
                        Ok(_) | Err(Failure::AuthExpired | Failure::RateLimited { .. }) => {}
                        Err(Failure::Transient { .. } | Failure::Unknown | Failure::Protocol { .. }) => {
                            all.push(of("network-away").weighs(Weight::Warning));
                        }
                        Err(_) => all.push(of("network-refuses").weighs(Weight::Warning)),
                    }
                }
            }
        }
        let looked = if network { "channels-asked" } else { "channels" };
        all.push(Finding::fine(looked).with("count", count));
        Ok(all)
    }

    /// Would the mail server let us in, and did it take what was written of late?
    async fn mail_findings(&self, conn: &mut Conn, network: bool) -> Result<Vec<Finding>, StoreError> {
        let Some(mail) = self.mail() else { return Ok(vec![Finding::fine("mail-off").weighs(Weight::Note)]) };
        let of = |code| Finding::fine(code).with("server", mail.server());
        let mut all = Vec::new();
        if network {
            all.push(match mail.probe().await {
                Ok(()) => of("mail"),
                Err(error) => of("mail-broken").weighs(Weight::Error).with("reason", error.to_string()),
            });
        }
        let since = self.now().checked_sub(SOON).unwrap_or_default();
        let (mut count, mut reason) = crate::letters::failed_of_installation(conn, since).await?;
        for brand in brands::all_ids(conn).await? {
            let (more, last) = letters::failed(conn, brand, since).await?;
            count += more;
            reason = last.or(reason);
        }
        if count > 0 {
            let failed = of("mail-failed").weighs(Weight::Warning).with("count", count);
            all.push(failed.with("reason", reason.unwrap_or_default()));
        }
        Ok(all)
    }

    async fn queue(&self) -> Vec<Finding> {
        let Ok(told) = self.health().await else { return Vec::new() };
        let mut all = Vec::new();
        if told.ok {
            all.push(Finding::fine("queue").with("due", told.queue.due));
        } else if !told.worker.alive {
            let weight = if told.queue.oldest_due_seconds > 0 { Weight::Error } else { Weight::Note };
            all.push(Finding::fine("queue-no-worker").weighs(weight).with("due", told.queue.due));
        } else {
            let stuck = Finding::fine("queue-stuck").weighs(Weight::Error);
            all.push(stuck.with("seconds", told.queue.oldest_due_seconds).with("due", told.queue.due));
        }
        all
    }
}

/// What ails the database.
fn sick(error: &StoreError) -> Finding {
    let code = match error {
        StoreError::Full { .. } => "database-full",
        StoreError::ReadOnly { .. } => "database-read-only",
        StoreError::Damaged { .. } => "database-damaged",
        _ => "database-away",
    };
    Finding::fine(code).weighs(Weight::Error).with("reason", error.to_string())
}
