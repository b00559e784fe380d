//! A world for one test: an installation with an owner and a brand, a clock that stands until it is moved, and the
//! network `house`. Nothing of it outlives the test.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use sarafan_app::brands::NewBrand;
use sarafan_app::channels::{ChannelView, ConnectInput, ConnectView};
use sarafan_app::members::InvitationInput;
use sarafan_app::persons::{NewPerson, Password};
use sarafan_app::sessions::{Entry, SessionView, Token, Visitor};
use sarafan_app::setup::NewOwner;
use sarafan_app::{Actor, App, AppError, Clock, Config, Parts};
use sarafan_domain::id::{BrandId, ChannelId, PostId};
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;
use sarafan_domain::time::Timestamp;
use sarafan_network::door::{Door, DoorConfig};
use sarafan_network::mail::play::PostOffice;
use sarafan_network::mail::{Mail, MailConfig};
use sarafan_network::messenger::Messenger;
use sarafan_network::{Network, Registry, Repeat};
use sarafan_store::blobs::Blobs;
use sarafan_store::secrets::Keyring;
use sarafan_store::{Store, audit};
use tempfile::TempDir;

use crate::network::{House, SECRET};

/// A clock that stands.
pub(crate) struct Hands(Mutex<Timestamp>);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// When every test begins: a Tuesday, 10:00 in Moscow.
pub(crate) const BEGINNING: &str = "2026-12-01T07:00:00Z";
pub(crate) const OWNER: &str = "olga@example.org";
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Everything a test needs.
pub(crate) struct World {
    pub(crate) app: App,
    /// Repeats with the network's own key.
    pub(crate) house: &'static House,
    /// Finds its own posts.
    pub(crate) cellar: &'static House,
    /// Does neither.
    pub(crate) attic: &'static House,
    /// Owns the installation and the brand.
    pub(crate) owner: Actor,
    pub(crate) brand: BrandId,
    clock: Arc<Hands>,
    folder: TempDir,
}

impl World {
    /// An installation with an owner and a brand.
    pub(crate) async fn new() -> Self {
        Self::filled(Self::opened(None, None).await).await
    }

    /// The same, which mails its letters there.
    pub(crate) async fn with_mail(office: &PostOffice) -> Self {
        let from = "Sarafan <post@sarafan.example>".to_owned();
        let config = MailConfig { server: office.url.clone(), password: None, from };
        Self::filled(Self::opened(Some(Mail::new(&config).unwrap()), None).await).await
    }

    /// The same, which tells people by this messenger.
    pub(crate) async fn with_messenger(messenger: Arc<dyn Messenger>) -> Self {
        Self::filled(Self::opened(None, Some(messenger)).await).await
    }

    async fn filled(mut world: Self) -> Self {
        let owner = NewOwner {
            email: OWNER.to_owned(),
            name: "Olga".to_owned(),
            password: Password::new(PASSWORD),
            language: Lang::En,
        };
        world.app.make_owner_at_command_line(owner).await.unwrap();
        world.owner = world.sign_in(OWNER).await;
        world.brand = world.brand("Roastery").await;
        world
    }

    /// An installation that nobody has seen yet.
    pub(crate) async fn empty() -> Self {
        Self::opened(None, None).await
    }

    async fn opened(mail: Option<Mail>, messenger: Option<Arc<dyn Messenger>>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().display();
        let clock = Arc::new(Hands(Mutex::new(BEGINNING.parse().unwrap())));
        let make = |repeat| -> &'static House { Box::leak(Box::new(House::new(repeat))) };
        let [house, cellar, attic] = [Repeat::NativeKey, Repeat::FindOwn, Repeat::Blind].map(make);
        let all: [&'static dyn Network; 3] = [house, cellar, attic];
        let networks: &'static [&'static dyn Network] = Box::leak(Box::new(all));
        let app = App::new(Parts {
            store: Store::open(&format!("sqlite://{path}/sarafan.db"), clock.now()).await.unwrap(),
            blobs: Blobs::open(&format!("file://{path}/files"), None).unwrap(),
            keyring: Keyring::load_or_create(&folder.path().join("keys")).unwrap(),
            networks: Registry(networks),
            door: Door::new(DoorConfig { allow_private: vec!["localhost".to_owned()], ..DoorConfig::default() })
                .unwrap(),
            mail,
            messenger,
            clock: Arc::<Hands>::clone(&clock),
            config: Config {
                public_url: "https://sarafan.example".to_owned(),
                max_upload: 20_000_000,
                data: std::env::temp_dir(),
                demo: false,
                provider: None,
            },
        });
        Self {
            app: app.unwrap(),
            house,
            cellar,
            attic,
            owner: Actor::command_line(Lang::En),
            brand: BrandId(uuid::Uuid::nil()),
            clock,
            folder,
        }
    }

    /// Moves the clock.
    pub(crate) fn pass(&self, time: SignedDuration) {
        let mut hands = self.clock.0.lock().unwrap();
        *hands = hands.checked_add(time).unwrap();
    }

    /// Sets the clock.
    pub(crate) fn set(&self, at: &str) {
        *self.clock.0.lock().unwrap() = at.parse().unwrap();
    }

    /// Signs a person in with the password that everybody here has.
    pub(crate) async fn sign_in(&self, email: &str) -> Actor {
        let (_, token) = opened(self.app.sign_in(email, Password::new(PASSWORD), &visitor()).await);
        self.app.actor(token.expose()).await.unwrap().0
    }

    /// Another brand of the owner.
    pub(crate) async fn brand(&self, name: &str) -> BrandId {
        let new = NewBrand {
            name: name.to_owned(),
            language: "ru".to_owned(),
            time_zone: "Europe/Moscow".to_owned(),
            country: "RU".to_owned(),
        };
        self.app.create_brand(&self.owner, new).await.unwrap().brief.id
    }

    /// Somebody new in a brand.
    pub(crate) async fn member(&self, brand: BrandId, role: Role) -> Actor {
        let email = format!("{}-{}@example.org", role.code(), brand.0.simple());
        let input = InvitationInput { email: email.clone(), role };
        let url = self.app.invite(&self.owner, brand, input).await.unwrap().url.unwrap();
        let token = url.rsplit('/').next().unwrap();
        let (_, token) = opened(self.app.accept_invitation(token, person(role.code()), &visitor()).await);
        self.app.actor(token.expose()).await.unwrap().0
    }

    /// Somebody who is in no brand of this world but one of their own.
    pub(crate) async fn stranger(&self) -> Actor {
        let elsewhere = self.brand("Elsewhere").await;
        self.member(elsewhere, Role::Manager).await
    }

    /// Connects an account of the network `house`.
    pub(crate) async fn channel(&self, brand: BrandId, account: &str) -> ChannelId {
        self.channel_of("house", brand, account).await.id
    }

    /// Connects an account of one of the networks.
    pub(crate) async fn channel_of(&self, network: &str, brand: BrandId, account: &str) -> ChannelView {
        match self.app.connect_channel(&self.owner, brand, form(network, account)).await.unwrap() {
            ConnectView::Connected { connected } => *connected,
            other => panic!("not connected at once: {other:?}"),
        }
    }

    /// Address of the database, for tests that look behind the use cases.
    pub(crate) fn database(&self) -> String {
        format!("sqlite://{}/sarafan.db", self.folder.path().display())
    }

    /// What the audit log says was done in a brand (or to the installation), oldest first.
    pub(crate) async fn audit(&self, brand: Option<BrandId>) -> Vec<String> {
        let store = self.store().await;
        let (rows, _) =
            audit::list(&mut store.read().await.unwrap(), brand, &audit::AuditFilter::default(), None, 1000)
                .await
                .unwrap();
        store.close().await;
        rows.into_iter().rev().map(|row| row.action).collect()
    }

    /// What the database tells of a post, the log and the queue, word for word.
    pub(crate) async fn everything_told(&self, brand: BrandId, post: PostId) -> String {
        let store = self.store().await;
        let mut conn = store.read().await.unwrap();
        let row = sarafan_store::posts::get(&mut conn, brand, post).await.unwrap();
        let deliveries = sarafan_store::deliveries::of_post(&mut conn, brand, post).await.unwrap();
        let (log, _) = audit::list(&mut conn, Some(brand), &audit::AuditFilter::default(), None, 1000).await.unwrap();
        let queue = sarafan_store::jobs::next_due(&mut conn).await.unwrap();
        drop(conn);
        store.close().await;
        format!("{row:?} {deliveries:?} {log:?} {queue:?}")
    }

    /// A place in the folder of this world.
    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// The database as another process opens it.
    pub(crate) async fn store(&self) -> Store {
        Store::open(&format!("sqlite://{}/sarafan.db", self.folder.path().display()), self.clock.now()).await.unwrap()
    }

    /// Every byte that this world keeps on the disk, the key file apart.
    pub(crate) fn everything_kept(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.file_name().is_some_and(|name| name != "keys") {
                    bytes.extend(std::fs::read(path).unwrap());
                }
            }
        }
        bytes
    }
}

/// The filled form of one of the networks.
pub(crate) fn form(network: &str, account: &str) -> ConnectInput {
    let fields = [("account", account), ("key", SECRET)];
    ConnectInput {
        network: network.to_owned(),
        fields: fields.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect::<BTreeMap<_, _>>(),
    }
}

/// A new person with the password that everybody here has.
pub(crate) fn person(name: &str) -> NewPerson {
    NewPerson { name: name.to_owned(), password: Password::new(PASSWORD), language: Lang::En }
}

/// A browser somewhere.
pub(crate) fn visitor() -> Visitor {
    Visitor { agent: "Browser".to_owned(), address: "203.0.113.7".to_owned() }
}

/// A sign-in that asked for nothing more.
pub(crate) fn opened(entry: Result<Entry, AppError>) -> (SessionView, Token) {
    match entry.unwrap() {
        Entry::In(view, token) => (*view, token),
        Entry::Second(step) => panic!("a second step: {step:?}"),
    }
}

/// The name of what a use case said: `ok`, the code of its first problem, or the kind of its error.
pub(crate) fn said<T>(result: Result<T, AppError>) -> String {
    match result {
        Ok(_) => "ok".to_owned(),
        Err(AppError::Invalid(problems)) => problems[0].code.to_string(),
        Err(AppError::Refused(problem)) => problem.code.to_string(),
        Err(AppError::MayNot { .. }) => "may not".to_owned(),
        Err(AppError::NotFound) => "not found".to_owned(),
        Err(AppError::SignedOut) => "signed out".to_owned(),
        Err(AppError::Conflict) => "conflict".to_owned(),
        Err(AppError::TooMany { seconds }) => format!("wait {seconds}"),
        Err(other) => format!("{other:?}"),
    }
}
