//! What goes wrong on demand, and the small API that says so.
//!
//! Faults that have a count hit requests that publish, and each hit uses one up. Latency, the rate limit and
//! `expired_token: true` hit every request.

use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::pages::is_ours;
use crate::room::{Room, Sandbox};

/// What is to go wrong in one network.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    /// Every answer waits so long, after what was asked has been done.
    pub latency_ms: u64,
    /// Until then every request is told that there were too many.
    pub rate_limited_until: Option<Timestamp>,
    /// So many publications are answered with 500 and not kept.
    pub status_500: u32,
    /// So many are kept and answered with 502, as by a gateway.
    pub status_502_after_accept: u32,
    /// So many are kept and never answered.
    pub silent_after_accept: u32,
    /// So many are kept, and then the connection is cut.
    pub cut_after_accept: u32,
    /// So many connections are cut before anything is kept.
    pub drop_before: u32,
    /// So many publications are answered 200 with a page instead of data, and not kept.
    pub garbage: u32,
    /// So many publications are told that the credential has ended.
    pub expired_tokens: u32,
    /// Every request is told so.
    pub expired: bool,
}

/// A change of faults: what is not named stays as it is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Change {
    clear: bool,
    latency_ms: Option<u64>,
    rate_limit_seconds: Option<u64>,
    status_500: Option<u32>,
    status_502_after_accept: Option<u32>,
    silent_after_accept: Option<u32>,
    cut_after_accept: Option<u32>,
    drop_before: Option<u32>,
    garbage: Option<u32>,
    expired_token: Option<Expired>,
}

/// `true` or `false` for all requests, or a number of publications.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
enum Expired {
    All(bool),
    Count(u32),
}

/// Longer waits would outlive everybody who asks for them.
const LONGEST_LATENCY_MS: u64 = 600_000;
const LONGEST_LIMIT_SECONDS: u64 = 86_400;

/// What happens to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hit {
    /// Nothing out of order.
    None,
    /// Told to wait so many seconds.
    RateLimited(u64),
    /// Told that the credential has ended.
    Expired,
    /// Cut before anything is kept.
    DropBefore,
    /// 500, not kept.
    Failed,
    /// A page instead of data, not kept.
    Garbage,
    /// Kept, 502.
    FailedAfter,
    /// Kept, never answered.
    Silent,
    /// Kept, cut.
    CutAfter,
}

impl Faults {
    /// Decides about one request and uses up what it hits.
    pub(crate) fn hit(&mut self, publishes: bool, now: Timestamp) -> Hit {
        if let Some(until) = self.rate_limited_until {
            let left = until.duration_since(now).as_millis();
            if left > 0 {
                return Hit::RateLimited(u64::try_from(left).unwrap_or_default().div_ceil(1000));
            }
            self.rate_limited_until = None;
        }
        if self.expired {
            return Hit::Expired;
        }
        if !publishes {
            return Hit::None;
        }
        let counted = [
            (&mut self.drop_before, Hit::DropBefore),
            (&mut self.expired_tokens, Hit::Expired),
            (&mut self.status_500, Hit::Failed),
            (&mut self.garbage, Hit::Garbage),
            (&mut self.status_502_after_accept, Hit::FailedAfter),
            (&mut self.silent_after_accept, Hit::Silent),
            (&mut self.cut_after_accept, Hit::CutAfter),
        ];
        for (left, hit) in counted {
            if *left > 0 {
                *left -= 1;
                return hit;
            }
        }
        Hit::None
    }

    /// How long an answer waits.
    pub(crate) fn latency(&self) -> Duration {
        Duration::from_millis(self.latency_ms)
    }

    fn change(&mut self, change: &Change, now: Timestamp) {
        if change.clear {
            *self = Self::default();
        }
        let set = |place: &mut u32, value: Option<u32>| {
            if let Some(value) = value {
                *place = value;
            }
        };
        set(&mut self.status_500, change.status_500);
        set(&mut self.status_502_after_accept, change.status_502_after_accept);
        set(&mut self.silent_after_accept, change.silent_after_accept);
        set(&mut self.cut_after_accept, change.cut_after_accept);
        set(&mut self.drop_before, change.drop_before);
        set(&mut self.garbage, change.garbage);
        match change.expired_token {
            Some(Expired::All(all)) => {
                self.expired = all;
                self.expired_tokens = 0;
            }
            Some(Expired::Count(count)) => {
                self.expired = false;
                self.expired_tokens = count;
            }
            None => {}
        }
        if let Some(latency) = change.latency_ms {
            self.latency_ms = latency.min(LONGEST_LATENCY_MS);
        }
        if let Some(seconds) = change.rate_limit_seconds {
            let seconds = i64::try_from(seconds.min(LONGEST_LIMIT_SECONDS)).unwrap_or_default();
            let until = now.checked_add(jiff::SignedDuration::from_secs(seconds)).ok();
            self.rate_limited_until = until.filter(|_| seconds > 0);
        }
    }
}

/// A body as JSON, or as a form of the faults page, where an empty field is zero.
fn read(headers: &HeaderMap, body: &Bytes) -> Result<(Change, bool), String> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return serde_json::from_slice(body).map(|change| (change, false)).map_err(|error| error.to_string());
    }
    let mut map = serde_json::Map::new();
    for (name, value) in url::form_urlencoded::parse(body) {
        let value = match (name.as_ref(), value.trim()) {
            ("clear", _) => serde_json::Value::Bool(true),
            ("expired_token", "all") => serde_json::Value::Bool(true),
            (_, "") => serde_json::Value::from(0),
            (_, number) => serde_json::Value::from(number.parse::<u64>().map_err(|error| error.to_string())?),
        };
        map.insert(name.into_owned(), value);
    }
    serde_json::from_value(map.into()).map(|change| (change, true)).map_err(|error| error.to_string())
}

fn apply<'a>(rooms: impl Iterator<Item = &'a Room>, headers: &HeaderMap, body: &Bytes) -> Response {
    if !is_ours(headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let (change, form) = match read(headers, body) {
        Ok(read) => read,
        Err(why) => return (StatusCode::BAD_REQUEST, Json(serde_json::json!({ "error": why }))).into_response(),
    };
    for room in rooms {
        room.faults().change(&change, Timestamp::now());
    }
    if form { Redirect::to("/faults").into_response() } else { StatusCode::NO_CONTENT.into_response() }
}

/// `GET /faults/<network>`
pub(crate) async fn get(State(sandbox): State<Sandbox>, Path(network): Path<String>) -> Response {
    match sandbox.room(&network) {
        Some(room) => Json(room.faults().clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `POST /faults/<network>`
pub(crate) async fn set(
    State(sandbox): State<Sandbox>,
    Path(network): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match sandbox.room(&network) {
        Some(room) => apply(std::iter::once(room), &headers, &body),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `POST /faults`: all networks at once.
pub(crate) async fn set_all(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    apply(sandbox.rooms(), &headers, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(json: &str) -> Faults {
        let mut faults = Faults::default();
        faults.change(&serde_json::from_str(json).unwrap(), Timestamp::UNIX_EPOCH);
        faults
    }

    #[test]
    fn counted_faults_hit_publications_only_and_are_used_up() {
        let mut faults = after(r#"{"status_500":1,"silent_after_accept":1,"drop_before":1}"#);
        let mut hit = |publishes| faults.hit(publishes, Timestamp::UNIX_EPOCH);
        assert_eq!(hit(false), Hit::None);
        assert_eq!(
            [hit(true), hit(true), hit(true), hit(true)],
            [Hit::DropBefore, Hit::Failed, Hit::Silent, Hit::None]
        );
    }

    #[test]
    fn a_rate_limit_ends() {
        let mut faults = after(r#"{"rate_limit_seconds":30}"#);
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        assert_eq!(faults.hit(false, at(0)), Hit::RateLimited(30));
        assert_eq!(faults.hit(true, at(29)), Hit::RateLimited(1));
        assert_eq!(faults.hit(true, at(30)), Hit::None);
        assert_eq!(faults.rate_limited_until, None);
    }

    #[test]
    fn expiry_is_for_all_or_for_some() {
        let mut faults = after(r#"{"expired_token":true}"#);
        assert_eq!(faults.hit(false, Timestamp::UNIX_EPOCH), Hit::Expired);
        let mut faults = after(r#"{"expired_token":1}"#);
        assert_eq!(faults.hit(false, Timestamp::UNIX_EPOCH), Hit::None);
        assert_eq!(faults.hit(true, Timestamp::UNIX_EPOCH), Hit::Expired);
        assert_eq!(faults.hit(true, Timestamp::UNIX_EPOCH), Hit::None);
        assert_eq!(after(r#"{"status_500":5,"clear":true}"#).status_500, 5);
    }

    #[test]
    fn what_is_not_named_stays() {
        let mut faults = after(r#"{"latency_ms":100,"garbage":2}"#);
        faults.change(&serde_json::from_str(r#"{"garbage":0}"#).unwrap(), Timestamp::UNIX_EPOCH);
        assert_eq!((faults.latency_ms, faults.garbage), (100, 0));
        assert!(serde_json::from_str::<Change>(r#"{"latency":1}"#).is_err());
    }
}
