//! A whole installation in a temporary folder, and callers who ask its router.

use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use sarafan_app::identities::Provider;
use sarafan_app::{Actor, App, Clock, Config, Parts};
use sarafan_domain::id::BrandId;
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;
use sarafan_domain::time::Timestamp;
use sarafan_network::door::{Door, DoorConfig};
use sarafan_network::mail::{Mail, MailConfig};
use sarafan_store::Store;
use sarafan_store::blobs::Blobs;
use sarafan_store::secrets::{Keyring, Secret};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt;

/// Where people reach the installation.
pub(crate) const HOST: &str = "sarafan.test";
/// A password that is good enough.
pub(crate) const PASSWORD: &str = "correct horse battery";

struct Still(Mutex<Timestamp>);

impl Clock for Still {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// The installation.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) router: Router,
    pub(crate) stop: watch::Sender<bool>,
    clock: Arc<Still>,
    folder: TempDir,
}

impl World {
    /// An empty one.
    pub(crate) async fn new() -> Self {
        Self::reached_by("http://sarafan.test").await
    }

    /// An empty one with a public address.
    pub(crate) async fn reached_by(public_url: &str) -> Self {
        Self::made(public_url, None, None).await
    }

    /// An empty one that mails its letters there.
    pub(crate) async fn with_mail(server: &str) -> Self {
        let from = "Sarafan <post@sarafan.test>".to_owned();
        let mail = Mail::new(&MailConfig { server: server.to_owned(), password: None, from }).unwrap();
        Self::made("http://sarafan.test", None, Some(mail)).await
    }

    async fn made(public_url: &str, provider: Option<Provider>, mail: Option<Mail>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = if provider.is_some() { Timestamp::now() } else { "2026-12-01T08:00:00Z".parse().unwrap() };
        let clock = Arc::new(Still(Mutex::new(now)));
        let app = app(folder.path(), public_url, Arc::clone(&clock), provider, mail).await;
        let (stop, stopping) = watch::channel(false);
        let router = sarafan_web::router(app.clone(), sarafan_web::Settings::default(), stopping).unwrap();
        Self { app, router, stop, clock, folder }
    }

    /// Another process on the same data, with settings of its own.
    pub(crate) async fn twin(&self, settings: sarafan_web::Settings) -> Caller {
        let app = app(self.folder.path(), "http://sarafan.test", Arc::clone(&self.clock), None, None).await;
        let router = sarafan_web::router(app, settings, self.stop.subscribe()).unwrap();
        Caller { router, ..self.stranger() }
    }

    /// An empty one through whose provider people come in; its clock shows the provider's time.
    pub(crate) async fn with_provider(issuer: &str) -> Self {
        let provider = Provider {
            issuer: issuer.to_owned(),
            client: "sarafan".to_owned(),
            secret: Secret::new("a secret: of/tests+only"),
            name: "Test ID".to_owned(),
        };
        Self::made("http://sarafan.test", Some(provider), None).await
    }

    /// One with an owner and a brand.
    pub(crate) async fn with_brand() -> (Self, Caller, BrandId) {
        let world = Self::new().await;
        let owner = world.owner("owner@e.org").await;
        let brand = owner.brand("Zerno").await;
        (world, owner, brand)
    }

    /// Every byte that this world keeps on the disk, the key file apart.
    pub(crate) fn everything_kept(&self) -> Vec<u8> {
        kept(self.folder.path())
    }

    /// The names of all files that this world keeps.
    pub(crate) fn files(&self) -> Vec<String> {
        let (mut found, mut folders) = (Vec::new(), vec![self.folder.path().to_owned()]);
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(path.strip_prefix(self.folder.path()).unwrap().display().to_string());
                }
            }
        }
        found
    }

    /// Moves the clock of this process by so many seconds.
    pub(crate) fn pass(&self, seconds: i64) {
        let mut now = self.clock.0.lock().unwrap();
        *now = now.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap();
    }

    /// Somebody without a session.
    pub(crate) fn stranger(&self) -> Caller {
        Caller { router: self.router.clone(), cookie: None, headers: HeaderMap::new() }
    }

    /// An owner of the installation, signed in.
    pub(crate) async fn owner(&self, email: &str) -> Caller {
        let new =
            serde_json::from_value(json!({ "email": email, "name": "Owner", "password": PASSWORD, "language": "en" }));
        self.app.make_owner_at_command_line(new.unwrap()).await.unwrap();
        let reply = self.stranger().post("/session", json!({ "email": email, "password": PASSWORD })).await;
        self.stranger().with_cookie(&reply)
    }

    /// A member of the brand, signed in.
    pub(crate) async fn member(&self, brand: BrandId, role: Role) -> Caller {
        self.joined(brand, role, &format!("member-{}@e.org", role.code())).await
    }

    /// A member of another brand, signed in.
    pub(crate) async fn other_member(&self, brand: BrandId, role: Role) -> Caller {
        self.joined(brand, role, &format!("other-{}@e.org", role.code())).await
    }

    /// The database as another process opens it.
    pub(crate) async fn store(&self) -> Store {
        Store::open(&database(self.folder.path()), self.app.now()).await.unwrap()
    }

    async fn joined(&self, brand: BrandId, role: Role, email: &str) -> Caller {
        let input = serde_json::from_value(json!({ "email": email, "role": role.code() })).unwrap();
        let invitation = self.app.invite(&Actor::command_line(Lang::En), brand, input).await.unwrap();
        let token = invitation.url.unwrap().rsplit('/').next().unwrap().to_owned();
        let person = json!({ "name": role.code(), "password": PASSWORD, "language": "en" });
        let reply = self.stranger().post(&format!("/invitations/{token}"), person).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
        self.stranger().with_cookie(&reply)
    }
}

fn database(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("sarafan.db").display())
}

/// Every byte below a folder, the key file apart.
fn kept(folder: &Path) -> Vec<u8> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.file_name().is_some_and(|name| name != "keys"));
    files.flat_map(|path| if path.is_dir() { kept(&path) } else { std::fs::read(path).unwrap() }).collect()
}

async fn app(
    folder: &Path,
    public_url: &str,
    clock: Arc<Still>,
    provider: Option<Provider>,
    mail: Option<Mail>,
) -> App {
    let now = clock.now();
    App::new(Parts {
        store: Store::open(&database(folder), now).await.unwrap(),
        blobs: Blobs::open(&format!("file://{}", folder.join("media").display()), None).unwrap(),
        keyring: Keyring::load_or_create(&folder.join("keys")).unwrap(),
        networks: sarafan_connectors::registry(),
        door: Door::new(DoorConfig { allow_private: vec!["127.0.0.1".to_owned()], ..DoorConfig::default() }).unwrap(),
        clock,
        messenger: None,
        mail,
        config: Config {
            public_url: public_url.to_owned(),
            max_upload: 1024 * 1024,
            data: std::env::temp_dir(),
            demo: false,
            provider,
        },
    })
    .unwrap()
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// The body as JSON; `Null` where it is none.
    pub(crate) body: Value,
    /// The body as it came.
    pub(crate) bytes: Vec<u8>,
}

impl Reply {
    /// A header as text; empty where it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// `code` of a problem.
    pub(crate) fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

/// Somebody who asks.
#[derive(Clone)]
pub(crate) struct Caller {
    router: Router,
    pub(crate) cookie: Option<String>,
    headers: HeaderMap,
}

impl Caller {
    /// The same with the cookie that a reply sets.
    pub(crate) fn with_cookie(mut self, reply: &Reply) -> Self {
        let set = reply.header("set-cookie");
        self.cookie = Some(set.split(';').next().unwrap().to_owned()).filter(|cookie| !cookie.is_empty());
        self
    }

    /// The same person at another process.
    pub(crate) fn at(&self, other: &Self) -> Self {
        Self { router: other.router.clone(), ..self.clone() }
    }

    /// The same with a header more.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(name, value.parse().unwrap());
        self
    }

    /// The same person's program: a token with these scopes instead of the cookie.
    pub(crate) async fn program(&self, scopes: &[&str], brands: Option<&[BrandId]>) -> Self {
        let input = json!({ "name": "Program", "scopes": scopes, "brands": brands });
        let reply = self.post("/tokens", input).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.body);
        let bearer = format!("Bearer {}", reply.body["token"].as_str().unwrap());
        Self { cookie: None, ..self.clone() }.with("authorization", &bearer)
    }

    /// Makes a brand.
    pub(crate) async fn brand(&self, name: &str) -> BrandId {
        let new = json!({ "name": name, "language": "ru", "time_zone": "Europe/Moscow", "country": "RU" });
        let reply = self.post("/brands", new).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.body);
        reply.body["id"].as_str().unwrap().parse().unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        self.ask("POST", path, Some(body)).await
    }

    /// Asks `/api/v1` as the browser application does.
    pub(crate) async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Reply {
        let request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        let request = match body {
            Some(body) => {
                request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())).unwrap()
            }
            None => request.body(Body::empty()).unwrap(),
        };
        self.send(self.dressed(request)).await
    }

    /// Adds what a browser adds.
    pub(crate) fn dressed(&self, mut request: Request<Body>) -> Request<Body> {
        let headers = request.headers_mut();
        headers.insert(header::HOST, HOST.parse().unwrap());
        headers.insert(header::ORIGIN, format!("http://{HOST}").parse().unwrap());
        if let Some(cookie) = &self.cookie {
            headers.insert(header::COOKIE, cookie.parse().unwrap());
        }
        headers.extend(self.headers.clone());
        request
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        Reply { status: parts.status, headers: parts.headers, body, bytes }
    }
}
