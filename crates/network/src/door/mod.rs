//! The one door out of the process.
//!
//! Everything that leaves goes through [`Door`]: time-outs, a cap on answers, no redirects, no private addresses,
//! quotas kept ahead of time, and an exact answer to "did it leave?". What is absent on purpose: retries, pauses and
//! cookies; who repeats a request is decided elsewhere. The log line of a request has method, host, status and
//! duration, never path, headers or body: secrets live there.

use std::error::Error;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use jiff::SignedDuration;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use sarafan_domain::time::Timestamp;
use tokio::time::Instant;
use tracing::debug;
use url::Url;

use crate::about::Quota;
use crate::http::{Effect, Http, HttpError, Reply, Request};

mod address;
pub(crate) mod body;
mod measure;
mod quota;
#[cfg(test)]
mod tests;

use address::{AllowList, Guard, Place};

/// How the door behaves.
#[derive(Debug, Clone)]
pub struct DoorConfig {
    /// From the last byte of a small request to the last byte of its answer.
    pub timeout: Duration,
    /// Name, connection and TLS together.
    pub connect_timeout: Duration,
    /// As `timeout`, for requests with a large body.
    pub upload_timeout: Duration,
    /// Longest answer in bytes; a longer one counts as none.
    pub max_reply_bytes: usize,
    /// Private places that may be spoken to: `host`, `host:port`, an address, `address:port`, or a CIDR block.
    pub allow_private: Vec<String>,
    /// What we call ourselves.
    pub user_agent: String,
    /// Called when an answer begins, before any of its body is read; for tests that end the process there.
    pub answer_begins: fn(),
    /// The present; another one for tests.
    pub clock: fn() -> Timestamp,
}

impl Default for DoorConfig {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            upload_timeout: Duration::from_secs(300),
            max_reply_bytes: 4 << 20,
            allow_private: Vec::new(),
            user_agent: concat!("Sarafan/", env!("CARGO_PKG_VERSION")).to_owned(),
            answer_begins: || (),
            clock: Timestamp::now,
        }
    }
}

/// Why there is no door.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// An entry of the allow-list is neither a host, an address nor a block.
    #[error("`{0}` in the list of allowed private addresses is neither a host, an address nor a CIDR block")]
    AllowList(String),
    /// TLS could not be set up, mostly because the machine has no root certificates.
    #[error("TLS cannot be set up; are root certificates (ca-certificates) installed?")]
    Tls(#[source] reqwest::Error),
}

/// The door. Cheap to clone.
#[derive(Clone)]
pub struct Door(Arc<Inner>);

struct Inner {
    config: DoorConfig,
    allowed: AllowList,
    /// Refuses private addresses whenever a name is resolved.
    guarded: reqwest::Client,
    /// For hosts that the configuration allows by name; made when first needed.
    trusting: OnceLock<reqwest::Client>,
    quotas: Mutex<quota::Book>,
    epoch: Instant,
}

/// A body from this size on is an upload.
const UPLOAD_BYTES: usize = 256 << 10;

impl Door {
    /// Opens the door.
    ///
    /// # Errors
    /// [`DoorError`] where the allow-list is wrong or the machine has no root certificates.
    pub fn new(config: DoorConfig) -> Result<Self, DoorError> {
        // Somebody else in the process may have chosen a provider already; then that one is good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let allowed = AllowList::parse(&config.allow_private)?;
        let guarded = client(&config)
            .dns_resolver(Arc::new(Guard { allowed: allowed.clone() }))
            .build()
            .map_err(DoorError::Tls)?;
        Ok(Self(Arc::new(Inner {
            allowed,
            guarded,
            trusting: OnceLock::new(),
            quotas: Mutex::default(),
            epoch: Instant::now(),
            config,
        })))
    }

    /// The door for one channel: the network's quotas are counted by channel and by app before anything leaves.
    ///
    /// `network` is the id under which calls are measured; `app` names whatever shares the quotas of scope `App`: the
    /// server, and the application on it.
    pub fn scoped(&self, network: &'static str, quotas: &'static [Quota], channel: &str, app: &str) -> Scoped {
        Scoped { door: self.clone(), network, quotas, channel: channel.into(), app: app.into() }
    }

    fn client_for(&self, place: Place) -> Result<&reqwest::Client, HttpError> {
        match place {
            Place::Refused => Err(HttpError::Forbidden),
            Place::Guarded => Ok(&self.0.guarded),
            Place::Trusted => {
                if let Some(client) = self.0.trusting.get() {
                    return Ok(client);
                }
                let made = client(&self.0.config).build().map_err(|_| HttpError::NotSent)?;
                Ok(self.0.trusting.get_or_init(|| made))
            }
        }
    }

    async fn exchange(&self, request: Request, url: Url) -> Result<Reply, HttpError> {
        let effect = request.effect;
        let config = &self.0.config;
        let client = self.client_for(self.0.allowed.judge(&url))?;
        let method = reqwest::Method::from_bytes(request.method.as_bytes()).map_err(|_| HttpError::Forbidden)?;
        let (mime, bytes) = body::encode(request.body);
        let mut headers = sanitised(&request.headers);
        if let Some(mime) = mime.and_then(|mime| HeaderValue::from_str(&mime).ok()) {
            headers.entry(reqwest::header::CONTENT_TYPE).or_insert(mime);
        }
        // The time for connecting comes on top: when the whole time is over, the connection was there for sure,
        // and bytes may have left.
        let own = if bytes.len() >= UPLOAD_BYTES { config.upload_timeout } else { config.timeout };
        let whole = config.connect_timeout.saturating_add(own);
        let mut builder = client.request(method, url).headers(headers);
        if !bytes.is_empty() {
            builder = builder.body(bytes);
        } else if matches!(request.method, "POST" | "PUT" | "PATCH") {
            // Some servers wait for a body that never comes, or answer 411, unless they are told.
            builder = builder.header(reqwest::header::CONTENT_LENGTH, "0");
        }
        let exchange = async {
            let answer = builder.send().await.map_err(|error| why(&error, effect))?;
            (config.answer_begins)();
            self.read(answer, effect).await
        };
        tokio::time::timeout(whole, exchange).await.unwrap_or(Err(HttpError::NoAnswer(effect)))
    }

    async fn read(&self, mut answer: reqwest::Response, effect: Effect) -> Result<Reply, HttpError> {
        let max = self.0.config.max_reply_bytes;
        let status = answer.status().as_u16();
        let headers = readable(answer.headers());
        let mut body = BytesMut::new();
        while let Some(chunk) = answer.chunk().await.map_err(|_| HttpError::NoAnswer(effect))? {
            if body.len() + chunk.len() > max {
                return Err(HttpError::NoAnswer(effect));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { status, headers, body: Bytes::from(body) })
    }

    fn take(&self, scoped: &Scoped, endpoint: &'static str) -> Result<(), HttpError> {
        let mut book = self.0.quotas.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.0.epoch.elapsed();
        book.take(scoped.quotas, &scoped.channel, &scoped.app, endpoint, now).map_err(|(scope, wait)| {
            let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
            let present = (self.0.config.clock)();
            HttpError::Quota { scope, until: present.checked_add(wait).unwrap_or(Timestamp::MAX) }
        })
    }
}

fn client(config: &DoorConfig) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(&config.user_agent)
        .connect_timeout(config.connect_timeout)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
        .tcp_nodelay(true)
        // Shorter than servers keep a connection: one that dies while we write leaves us not knowing.
        .pool_idle_timeout(Duration::from_secs(4))
        .pool_max_idle_per_host(256)
}

/// Did it leave? Only a failed connection, or a request that was handed back unstarted, surely did not.
fn why(error: &reqwest::Error, effect: Effect) -> HttpError {
    if error.is_builder() {
        return HttpError::Forbidden;
    }
    let mut source: Option<&(dyn Error + 'static)> = error.source();
    while let Some(cause) = source {
        if cause.is::<address::Private>() {
            return HttpError::Forbidden;
        }
        if cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled) {
            return HttpError::NotSent;
        }
        source = cause.source();
    }
    if error.is_connect() { HttpError::NotSent } else { HttpError::NoAnswer(effect) }
}

/// Our own headers without what could break a line or change who is spoken to.
fn sanitised(headers: &[(&'static str, String)]) -> HeaderMap {
    const NOT_OURS: [&str; 6] =
        ["host", "content-length", "transfer-encoding", "connection", "upgrade", "accept-encoding"];
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let clean: String = value.chars().filter(|c| !c.is_control()).collect();
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(clean.trim().as_bytes()))
            && !NOT_OURS.contains(&name.as_str())
        {
            map.append(name, value);
        }
    }
    map
}

/// Their headers: names are lower case already; no cookies, nothing endless, nothing unprintable.
fn readable(headers: &HeaderMap) -> Vec<(String, String)> {
    const LONGEST: usize = 8 << 10;
    headers
        .iter()
        .filter(|(name, value)| *name != reqwest::header::SET_COOKIE && value.len() <= LONGEST)
        .map(|(name, value)| {
            let text: String = String::from_utf8_lossy(value.as_bytes()).chars().filter(|c| !c.is_control()).collect();
            (name.as_str().to_owned(), text)
        })
        .collect()
}

#[async_trait]
impl Http for Door {
    async fn send(&self, request: Request) -> Result<Reply, HttpError> {
        let url = Url::parse(&request.url).map_err(|_| HttpError::Forbidden)?;
        let (method, effect) = (request.method, request.effect);
        let host = url.host_str().unwrap_or_default().to_owned();
        let started = Instant::now();
        let result = self.exchange(request, url).await;
        let millis = started.elapsed().as_millis();
        match &result {
            Ok(reply) => debug!(method, host, ?effect, status = reply.status, millis, "asked"),
            Err(error) => debug!(method, host, ?effect, %error, millis, "no answer"),
        }
        result
    }
}

/// The door for one channel of a network; see [`Door::scoped`].
#[derive(Clone)]
pub struct Scoped {
    door: Door,
    network: &'static str,
    quotas: &'static [Quota],
    channel: Box<str>,
    app: Box<str>,
}

#[async_trait]
impl Http for Scoped {
    async fn send(&self, request: Request) -> Result<Reply, HttpError> {
        if let Err(refused) = self.door.take(self, request.endpoint) {
            measure::waits(self.network, &refused, (self.door.0.config.clock)());
            return Err(refused);
        }
        let started = Instant::now();
        let result = self.door.send(request).await;
        measure::call(self.network, &result, started.elapsed());
        result
    }
}
