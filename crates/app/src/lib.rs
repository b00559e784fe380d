//! The work: use cases and jobs. Each use case asks `may`, loads state, lets `domain` decide, saves the new state
//! with its effects in one transaction, and only then acts.
//!
//! What is absent on purpose: HTTP handlers, SQL, and the name of any network.

use std::sync::Arc;

use sarafan_domain::time::Timestamp;
use sarafan_network::Registry;
use sarafan_network::door::Door;
use sarafan_network::mail::Mail;
use sarafan_network::messenger::Messenger;
use sarafan_store::{Store, blobs::Blobs, secrets::Keyring};
use tokio::sync::Notify;
use uuid::Uuid;

pub mod actor;
pub mod approvals;
pub mod assets;
pub mod audit;
pub mod backup;
pub mod brands;
pub mod calendar;
pub mod cards;
pub mod channels;
pub mod clock;
pub mod comments;
pub mod crash;
pub mod deliveries;
pub mod doctor;
pub mod error;
pub mod factors;
pub mod health;
pub mod idempotency;
pub mod identities;
pub mod jobs;
pub mod keys;
pub mod lease;
pub mod letters;
pub mod live;
mod measure;
pub mod members;
pub mod moves;
pub mod notes;
pub mod notices;
pub mod numbers;
mod paging;
pub mod persons;
pub mod plan;
pub mod posts;
mod rehearsal;
pub mod sessions;
pub mod setup;
pub mod tasks;
pub mod texts;
pub mod today;
pub mod tokens;
pub mod view;
pub mod webhooks;
pub mod worker;
mod zones;

pub use actor::Actor;
pub use clock::Clock;
pub use error::AppError;
use live::Live;
use texts::Texts;

/// What the use cases need; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    blobs: Blobs,
    keyring: Keyring,
    networks: Registry,
    door: Door,
    mail: Option<Mail>,
    messenger: Option<Arc<dyn Messenger>>,
    clock: Arc<dyn Clock>,
    texts: Texts,
    live: Live,
    wake: Notify,
    config: Config,
    doors: channels::Doors,
    entrance: sessions::Entrance,
    reviews: approvals::Pace,
}

/// Settings of the installation that the use cases ask for.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address under which people reach this installation, without a slash at the end.
    pub public_url: String,
    /// Largest upload in bytes.
    pub max_upload: u64,
    /// The data folder, whose disk must not be full.
    pub data: std::path::PathBuf,
    /// A demonstration: the sandbox runs beside it.
    pub demo: bool,
    /// The OpenID Connect provider through which people may come in.
    pub provider: Option<identities::Provider>,
}

/// The parts [`App::new`] joins.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The files.
    pub blobs: Blobs,
    /// The keys that seal credentials.
    pub keyring: Keyring,
    /// The networks.
    pub networks: Registry,
    /// The way out.
    pub door: Door,
    /// The way out for letters; `None` mails nothing.
    pub mail: Option<Mail>,
    /// The account through which people hear of things by messenger; `None` where there is none.
    pub messenger: Option<Arc<dyn Messenger>>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Settings.
    pub config: Config,
}

impl App {
    /// Joins the parts.
    ///
    /// # Errors
    /// Where a text file that is built in cannot be read; a test catches it.
    pub fn new(parts: Parts) -> Result<Self, texts::BrokenText> {
        let texts = Texts::load(parts.networks)?;
        Ok(Self(Arc::new(Inner {
            store: parts.store,
            blobs: parts.blobs,
            keyring: parts.keyring,
            networks: parts.networks,
            door: parts.door,
            mail: parts.mail,
            messenger: parts.messenger,
            clock: parts.clock,
            texts,
            live: Live::new(),
            wake: Notify::new(),
            config: parts.config,
            doors: channels::Doors::default(),
            entrance: sessions::Entrance::default(),
            reviews: approvals::Pace::default(),
        })))
    }

    /// The present.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    pub(crate) fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.clock
    }

    /// A new id, in the order of time.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        Uuid::now_v7().into()
    }

    /// The texts of the product.
    pub fn texts(&self) -> &Texts {
        &self.0.texts
    }

    /// What happens, as it happens.
    pub fn live(&self) -> &Live {
        &self.0.live
    }

    /// The networks.
    pub fn networks(&self) -> Registry {
        self.0.networks
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn blobs(&self) -> &Blobs {
        &self.0.blobs
    }

    pub(crate) fn keyring(&self) -> &Keyring {
        &self.0.keyring
    }

    pub(crate) fn door(&self) -> &Door {
        &self.0.door
    }

    pub(crate) fn doors(&self) -> &channels::Doors {
        &self.0.doors
    }

    pub(crate) fn entrance(&self) -> &sessions::Entrance {
        &self.0.entrance
    }

    pub(crate) fn reviews(&self) -> &approvals::Pace {
        &self.0.reviews
    }

    /// Tells the worker of this process that there may be something to do sooner than it thought; inside a transaction
    /// as soon as it is committed.
    pub(crate) fn wake(&self) {
        let app = self.clone();
        sarafan_store::after_commit(move || app.0.wake.notify_one());
    }

    pub(crate) async fn woken(&self) {
        self.0.wake.notified().await;
    }
}
