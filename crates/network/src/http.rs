//! What goes through the one door out of the process, and how it can fail.

use std::fmt;

use async_trait::async_trait;
use bytes::Bytes;
use sarafan_domain::delivery::Scope;
use sarafan_domain::time::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::NetError;

/// Whether repeating a request could change the world twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Changes something that nobody sees and that may be done twice: an upload, a session.
    Prepare,
    /// Cannot be taken back, or would be seen twice.
    Write,
}

/// One part of a multipart form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Name of the field.
    pub name: String,
    /// Name of the file, for files.
    pub file: Option<String>,
    /// Media type, for files.
    pub mime: Option<String>,
    /// Content.
    pub bytes: Bytes,
}

/// What is sent.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Body {
    /// Nothing.
    #[default]
    Empty,
    /// JSON.
    Json(Value),
    /// `application/x-www-form-urlencoded`.
    Form(Vec<(String, String)>),
    /// `multipart/form-data`.
    Multipart(Vec<Part>),
    /// Bytes of a media type.
    Raw {
        /// The media type.
        mime: String,
        /// The bytes.
        bytes: Bytes,
    },
}

/// A request. Its `Debug` shows neither query, headers nor body: secrets live there, and some networks put
/// them into the path, so only the server is shown.
#[derive(Clone, PartialEq)]
pub struct Request {
    /// What repeating it would do.
    pub effect: Effect,
    /// `GET`, `POST`, ...
    pub method: &'static str,
    /// Whole address.
    pub url: String,
    /// Headers.
    pub headers: Vec<(&'static str, String)>,
    /// Body.
    pub body: Body,
    /// Which quota it counts against; empty for the general one.
    pub endpoint: &'static str,
}

impl Request {
    /// A request without headers and body.
    pub fn new(effect: Effect, method: &'static str, url: impl Into<String>) -> Self {
        Self { effect, method, url: url.into(), headers: Vec::new(), body: Body::Empty, endpoint: "" }
    }
    /// `GET`, changes nothing.
    pub fn get(url: impl Into<String>) -> Self {
        Self::new(Effect::Read, "GET", url)
    }
    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
    /// Adds `Authorization: Bearer ...`.
    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }
    /// Sets a body.
    #[must_use]
    pub fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }
    /// Sets a JSON body.
    #[must_use]
    pub fn json(self, value: Value) -> Self {
        self.body(Body::Json(value))
    }
    /// Names the quota it counts against.
    #[must_use]
    pub fn endpoint(mut self, name: &'static str) -> Self {
        self.endpoint = name;
        self
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let server = url::Url::parse(&self.url).ok().and_then(|url| url.host_str().map(str::to_owned));
        write!(f, "{} {} {:?}", self.method, server.as_deref().unwrap_or("?"), self.effect)
    }
}

/// An answer. Its `Debug` shows the status only: the other side may echo secrets.
#[derive(Clone)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body, at most as long as the door allows.
    pub body: Bytes,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply({})", self.status)
    }
}

impl Reply {
    /// The first header of this name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// When `Retry-After` (seconds or an HTTP date) says to come back; `None` where it says nothing readable.
    pub fn retry_after(&self, now: Timestamp) -> Option<Timestamp> {
        let value = self.header("retry-after")?.trim();
        if let Ok(seconds) = value.parse::<f64>() {
            let wait = jiff::SignedDuration::try_from_secs_f64(seconds.clamp(0.0, 86_400.0)).ok()?;
            return now.checked_add(wait).ok();
        }
        jiff::fmt::rfc2822::parse(value).ok().map(|zoned| zoned.timestamp())
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    /// [`NetError::Protocol`] that says where it stopped and never quotes the body.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, NetError> {
        serde_json::from_slice(&self.body).map_err(|error| NetError::Protocol {
            detail: format!("status {}, line {} column {}", self.status, error.line(), error.column()),
        })
    }

    /// The failures that mean the same everywhere: 429 and 5xx. `None` for anything else.
    pub fn common_failure(&self, effect: Effect, scope: Scope, now: Timestamp) -> Option<NetError> {
        match self.status {
            429 => {
                let until = self.retry_after(now).or_else(|| now.checked_add(jiff::SignedDuration::from_secs(60)).ok());
                Some(NetError::RateLimited { scope, until: until.unwrap_or(now) })
            }
            500.. => Some(server_failed(effect)),
            _ => None,
        }
    }
}

/// A 5xx answer. A gateway may fail after the work was done, so a write is not safe to repeat.
pub fn server_failed(effect: Effect) -> NetError {
    match effect {
        Effect::Read | Effect::Prepare => NetError::Transient { after: None },
        Effect::Write => NetError::Unknown,
    }
}

/// Why no answer came. A sender must tell these apart: only what was not sent may be repeated blindly.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// It never left: no connection, no such server, or our own quota is used up.
    #[error("not sent")]
    NotSent,
    /// Our own count says that the network would refuse it.
    #[error("the quota is used up until {until}")]
    Quota {
        /// How far it reaches.
        scope: Scope,
        /// When it ends.
        until: Timestamp,
    },
    /// The address is not allowed: private, or not http(s).
    #[error("the address is not allowed")]
    Forbidden,
    /// It left and no answer came, or the answer was cut or too long.
    #[error("sent, but no answer came")]
    NoAnswer(Effect),
}

impl From<HttpError> for NetError {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::NotSent | HttpError::NoAnswer(Effect::Read | Effect::Prepare) => Self::Transient { after: None },
            HttpError::Quota { scope, until } => Self::RateLimited { scope, until },
            HttpError::Forbidden => {
                Self::Rejected { problem: sarafan_domain::problem::Problem::error("address-forbidden", "channel") }
            }
            HttpError::NoAnswer(Effect::Write) => Self::Unknown,
        }
    }
}

/// The door.
#[async_trait]
pub trait Http: Send + Sync {
    /// Sends one request; follows no redirect.
    async fn send(&self, request: Request) -> Result<Reply, HttpError>;
}
