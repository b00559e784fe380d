//! A scripted other side: it hands out recorded answers in order, fails where it is told to, echoes every secret
//! it was sent, and remembers what was asked.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use sarafan_domain::delivery::Scope;
use serde_json::{Value, json};

use super::fixtures::Exchange;
use super::until;
use crate::http::{Body, Effect, Http, HttpError, Reply, Request};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An answer of this status that echoes the secrets in the shapes that networks use for errors.
    Status(u16),
    /// 200 with a page instead of data.
    Garbage,
    /// It never left.
    NotSent,
    /// It left and nothing came back.
    NoAnswer,
    /// Our own count holds it back.
    Quota,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Status(500),
        Self::Status(429),
        Self::Status(401),
        Self::Status(403),
        Self::Status(404),
        Self::Status(302),
        Self::Garbage,
        Self::NotSent,
        Self::NoAnswer,
        Self::Quota,
    ];
}

/// The scripted server.
pub struct Script {
    exchanges: Vec<Exchange>,
    fault: Option<(usize, Fault)>,
    secrets: String,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    asked: Vec<Request>,
    wrong: Option<String>,
}

impl Script {
    /// Answers with these, in order.
    pub fn new(exchanges: &[Exchange], secrets: &[String]) -> Self {
        Self { exchanges: exchanges.to_vec(), fault: None, secrets: secrets.join(" "), seen: Mutex::default() }
    }

    /// The request at this place fails.
    #[must_use]
    pub fn failing(mut self, at: usize, fault: Fault) -> Self {
        self.fault = Some((at, fault));
        self
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Request> {
        self.seen().asked.clone()
    }

    /// How many irreversible requests were asked so far.
    pub fn writes(&self) -> usize {
        self.seen().asked.iter().filter(|request| request.effect == Effect::Write).count()
    }

    /// What the connector asked that the recording does not have, if it did.
    pub fn wrong(&self) -> Option<String> {
        self.seen().wrong.clone()
    }

    fn failure(&self, fault: Fault, effect: Effect) -> Result<Reply, HttpError> {
        let secrets = self.secrets.as_str();
        match fault {
            Fault::NotSent => Err(HttpError::NotSent),
            Fault::NoAnswer => Err(HttpError::NoAnswer(effect)),
            Fault::Quota => Err(HttpError::Quota { scope: Scope::Channel, until: until() }),
            Fault::Garbage => {
                let page = format!("<html><body>It works! {secrets}</body></html>");
                Ok(Reply { status: 200, headers: self.headers(&BTreeMap::new()), body: Bytes::from(page) })
            }
            Fault::Status(status) => {
                let body = json!({
                    "ok": false, "error_code": status, "code": secrets, "error": secrets, "message": secrets,
                    "description": secrets, "error_description": secrets, "data": { "status": status },
                });
                let mut headers = self.headers(&BTreeMap::new());
                headers.push(("www-authenticate".to_owned(), format!("Bearer {secrets}")));
                match status {
                    429 => headers.push(("retry-after".to_owned(), "7".to_owned())),
                    302 => headers.push(("location".to_owned(), format!("https://example.org/{secrets}"))),
                    _ => {}
                }
                Ok(Reply { status, headers, body: Bytes::from(body.to_string()) })
            }
        }
    }

    fn headers(&self, recorded: &BTreeMap<String, String>) -> Vec<(String, String)> {
        let mut headers: Vec<_> = recorded.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        headers.push(("x-echo".to_owned(), self.secrets.clone()));
        headers
    }
}

#[async_trait]
impl Http for Script {
    async fn send(&self, request: Request) -> Result<Reply, HttpError> {
        let mut seen = self.seen();
        let at = seen.asked.len();
        let effect = request.effect;
        let asked = place(&request);
        seen.asked.push(request);
        let recorded = self.exchanges.get(at).filter(|exchange| {
            let (method, end) = exchange.ask.split_once(' ').unwrap_or_default();
            asked.starts_with(method) && asked.ends_with(end)
        });
        let Some(exchange) = recorded else {
            // Whatever else is tried after the failure meets the same one.
            if let Some((_, fault)) = self.fault.filter(|(place, _)| *place < at) {
                return self.failure(fault, effect);
            }
            let expected = self.exchanges.get(at).map_or("nothing", |exchange| exchange.ask.as_str());
            seen.wrong.get_or_insert(format!("request {at} is {asked}, recorded is {expected}"));
            return Err(HttpError::NotSent);
        };
        if let Some((_, fault)) = self.fault.filter(|(place, _)| *place == at) {
            return self.failure(fault, effect);
        }
        let body = match (&exchange.text, &exchange.body) {
            (Some(text), _) => text.clone(),
            (None, Value::Object(map)) => {
                let mut map = map.clone();
                map.insert("_echo".to_owned(), Value::String(self.secrets.clone()));
                Value::Object(map).to_string()
            }
            (None, Value::Null) => String::new(),
            (None, body) => body.to_string(),
        };
        Ok(Reply { status: exchange.status, headers: self.headers(&exchange.headers), body: Bytes::from(body) })
    }
}

/// Method and path.
fn place(request: &Request) -> String {
    let path = url::Url::parse(&request.url).map(|url| url.path().to_owned()).unwrap_or_default();
    format!("{} {path}", request.method)
}

/// Everything in a request that can differ, by its place: address, headers, fields of the body.
pub(super) fn pieces(request: &Request) -> BTreeMap<String, String> {
    let mut pieces = BTreeMap::from([("address".to_owned(), request.url.clone())]);
    for (name, value) in &request.headers {
        pieces.insert(format!("header {name}"), value.clone());
    }
    match &request.body {
        Body::Empty => {}
        Body::Json(value) => flatten("body", value, &mut pieces),
        Body::Form(pairs) => pieces.extend(pairs.iter().map(|(name, value)| (format!("body {name}"), value.clone()))),
        Body::Multipart(parts) => {
            pieces.extend(parts.iter().map(|part| (format!("body {}", part.name), format!("{:?}", part.bytes))));
        }
        Body::Raw { bytes, .. } => {
            pieces.insert("body".to_owned(), format!("{bytes:?}"));
        }
    }
    pieces
}

fn flatten(at: &str, value: &Value, pieces: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| flatten(&format!("{at} {key}"), value, pieces)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| flatten(&format!("{at} {index}"), value, pieces));
        }
        other => {
            pieces.insert(at.to_owned(), other.to_string());
        }
    }
}
