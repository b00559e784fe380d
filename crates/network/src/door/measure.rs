//! What the door tells the metrics: calls by network and outcome, and waits for quotas. Labels are ids of networks and
//! words of closed lists, never hosts or paths.

use std::time::Duration;

use sarafan_domain::delivery::Scope;
use sarafan_domain::time::Timestamp;

use crate::http::{HttpError, Reply};

/// A request that was let out.
pub(super) fn call(network: &'static str, result: &Result<Reply, HttpError>, took: Duration) {
    let outcome = outcome(result);
    metrics::counter!("sarafan_network_calls_total", "network" => network, "outcome" => outcome).increment(1);
    metrics::histogram!("sarafan_network_call_seconds", "network" => network).record(took.as_secs_f64());
}

/// A request that has to wait because a quota is used up.
pub(super) fn waits(network: &'static str, refused: &HttpError, now: Timestamp) {
    let HttpError::Quota { scope, until } = refused else { return };
    let scope = match scope {
        Scope::App => "app",
        Scope::Channel => "channel",
        Scope::Endpoint => "endpoint",
    };
    metrics::counter!("sarafan_quota_waits_total", "network" => network, "scope" => scope).increment(1);
    let wait = until.duration_since(now).as_secs_f64().max(0.0);
    metrics::histogram!("sarafan_quota_wait_seconds", "network" => network).record(wait);
}

fn outcome(result: &Result<Reply, HttpError>) -> &'static str {
    match result {
        Ok(reply) => match reply.status {
            429 => "rate_limited",
            200..=299 => "ok",
            300..=499 => "refused",
            _ => "server_error",
        },
        Err(HttpError::NotSent) => "not_sent",
        Err(HttpError::NoAnswer(_)) => "no_answer",
        Err(HttpError::Forbidden) => "forbidden",
        Err(HttpError::Quota { .. }) => "quota",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_are_few_words() {
        let reply = |status| Ok(Reply { status, headers: Vec::new(), body: bytes::Bytes::new() });
        let rows = [
            (reply(200), "ok"),
            (reply(404), "refused"),
            (reply(429), "rate_limited"),
            (reply(503), "server_error"),
            (Err(HttpError::NotSent), "not_sent"),
        ];
        for (result, expected) in rows {
            assert_eq!(outcome(&result), expected);
        }
    }
}
