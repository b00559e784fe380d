//! What is measured, by name, with its words; and the second address at which Prometheus reads it. Where no such address
//! is configured nothing is kept, and counting costs next to nothing.

use std::sync::Arc;
use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use sarafan_app::App;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::config::Config;
use crate::serve::listen;
use crate::trouble::{Outcome, Trouble};

/// One metric.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Its labels with where their values come from.
    pub(crate) labels: &'static str,
    pub(crate) words: &'static str,
}

/// What kind of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Only ever grows.
    Counter,
    /// Goes up and down.
    Gauge,
    /// How many were how large.
    Histogram,
}

impl Kind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

macro_rules! measures {
    ($($kind:ident $name:literal [$labels:literal] $words:literal)*) => {
        /// Every metric; `docs/observability.md` shows the same table.
        pub(crate) const MEASURES: &[Measure] =
            &[$(Measure { name: $name, kind: Kind::$kind, labels: $labels, words: $words }),*];
    };
}

measures! {
    Counter "sarafan_http_requests_total" ["method, route, status"] "Requests answered; `route` is the pattern, `page` for the application's own files."
    Histogram "sarafan_http_request_seconds" ["method, route"] "Seconds until a request was answered."
    Gauge "sarafan_live_listeners" [""] "Open streams of live updates."
    Gauge "sarafan_queue_due" ["kind"] "Jobs that are due and that nobody has taken; counting stops at 10,000."
    Gauge "sarafan_queue_oldest_seconds" ["kind"] "For how long the oldest of them has been due; 0 where none is."
    Gauge "sarafan_worker_slots_used" [""] "Jobs that this process runs now, of at most 1,024."
    Gauge "sarafan_worker_heartbeat_age_seconds" [""] "For how long no worker of the installation has said that it lives."
    Counter "sarafan_jobs_total" ["kind, outcome"] "Jobs that ended: `done`, `again` (a later try is planned), `lost` (another worker has it), `failed` (our own mistake)."
    Histogram "sarafan_job_seconds" ["kind"] "Seconds that a job ran, its network calls included."
    Counter "sarafan_delivery_states_total" ["network, from, to"] "Deliveries that moved from one state to another, counted when it was committed."
    Histogram "sarafan_delivery_late_seconds" ["network"] "Seconds from the due time of a delivery until its first request leaves."
    Counter "sarafan_network_calls_total" ["network, outcome"] "Requests to networks: `ok`, `refused` (3xx, 4xx), `rate_limited` (429), `server_error`, `not_sent`, `no_answer`, `forbidden` (a private address)."
    Histogram "sarafan_network_call_seconds" ["network"] "Seconds from the request until its whole answer."
    Counter "sarafan_letters_total" ["outcome"] "Letters given to the mail server: `sent`, `later` (surely not sent, tried again), `refused`, `unknown` (sent again under the same name)."
    Counter "sarafan_quota_waits_total" ["network, scope"] "Requests put off because a quota of the network is used up by our own count."
    Histogram "sarafan_quota_wait_seconds" ["network"] "Seconds that such a request has to wait."
    Histogram "sarafan_store_group_size" [""] "Changes that shared one commit on SQLite."
    Histogram "sarafan_store_commit_seconds" [""] "Seconds that such a commit took, from its begin until it was on the disk; on PostgreSQL those of a single transaction."
    Gauge "sarafan_database_up" [""] "1 while the database answers."
    Gauge "sarafan_disk_free_bytes" [""] "Bytes that may still be written to the disk of the data folder."
    Gauge "process_resident_memory_bytes" [""] "Memory that this process holds."
    Gauge "sarafan_build_info" ["version"] "Always 1; the label tells the version."
}

/// Bounds of everything that is measured in seconds: lateness is promised in tens of milliseconds, networks take seconds.
const SECONDS: [f64; 16] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 300.0];
/// Bounds of the number of changes in a commit.
const GROUPS: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
/// What was observed is put into its buckets this often, whether anybody asks or not.
const UPKEEP: Duration = Duration::from_secs(5);

/// The second address, open and not yet served.
pub(crate) struct Watched {
    listener: TcpListener,
    handle: PrometheusHandle,
}

impl Watched {
    /// Opens the second address and begins to count; `None` where none is configured.
    ///
    /// # Errors
    /// An address that cannot be listened on.
    pub(crate) async fn open(config: &Config) -> Outcome<Option<Self>> {
        let Some(address) = config.metrics_listen.as_deref().filter(|address| !address.is_empty()) else {
            return Ok(None);
        };
        let listener = listen(address).await?;
        let recorder = recorder().map_err(|error| Trouble::say("cli-broken").with("reason", error.to_string()))?;
        let handle = recorder.handle();
        // Only where something counts already: then that one goes on.
        let _ = metrics::set_global_recorder(recorder);
        describe();
        Ok(Some(Self { listener, handle }))
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> String {
        self.listener.local_addr().map(|address| format!("http://{address}")).unwrap_or_default()
    }

    /// Serves it until `stop`.
    pub(crate) fn serve(self, app: App, stop: watch::Receiver<bool>) {
        let (handle, upkeep) = (self.handle.clone(), self.handle);
        let router = sarafan_web::watchers(app, Arc::new(move || handle.render()));
        tokio::spawn(sarafan_web::serve(self.listener, router, stop));
        tokio::spawn(async move {
            let mut beat = tokio::time::interval(UPKEEP);
            loop {
                beat.tick().await;
                upkeep.run_upkeep();
            }
        });
    }
}

fn recorder() -> Result<metrics_exporter_prometheus::PrometheusRecorder, metrics_exporter_prometheus::BuildError> {
    Ok(PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
        .set_buckets_for_metric(Matcher::Suffix("_size".to_owned()), &GROUPS)?
        .build_recorder())
}

fn describe() {
    for measure in MEASURES {
        match measure.kind {
            Kind::Counter => metrics::describe_counter!(measure.name, measure.words),
            Kind::Gauge => metrics::describe_gauge!(measure.name, measure.words),
            Kind::Histogram => metrics::describe_histogram!(measure.name, measure.words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_prometheus() {
        for measure in MEASURES {
            let total = measure.name.ends_with("_total");
            assert_eq!(total, measure.kind == Kind::Counter, "{}", measure.name);
            assert!(measure.name.starts_with("sarafan_") || measure.name.starts_with("process_"), "{}", measure.name);
        }
    }

    /// A metric that is counted somewhere stands in the table, and one that stands there is counted somewhere.
    #[test]
    fn the_table_names_what_the_code_counts() {
        let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        let mut found = std::collections::BTreeSet::new();
        let mut folders = ["app", "network", "store", "web"].map(|name| root.join(name).join("src")).to_vec();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                    continue;
                }
                let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
                for piece in ["counter!(", "gauge!(", "histogram!("].iter().flat_map(|word| text.split(word).skip(1)) {
                    found.extend(
                        piece.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()).map(str::to_owned),
                    );
                }
            }
        }
        let named: std::collections::BTreeSet<String> =
            MEASURES.iter().map(|measure| measure.name.to_owned()).collect();
        assert_eq!(found, named);
    }
}
