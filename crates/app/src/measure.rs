//! Values that are looked up when somebody asks for the metrics: the queue by kind, workers, memory, disk. What happens
//! (requests, calls, deliveries) is counted where it happens. docs/observability.md says what each one means.

use sarafan_domain::delivery::State;
use sarafan_domain::id::DeliveryId;
use sarafan_domain::time::Timestamp;
use sarafan_store::{jobs, workers};

use crate::jobs::Kind;
use crate::{App, AppError};

/// Counts a delivery that moved, once that is committed.
pub(crate) fn moved(network: &'static str, delivery: DeliveryId, from: State, to: State) {
    if from == to {
        return;
    }
    let (from, to, span) = (from.code(), to.code(), tracing::Span::current());
    sarafan_store::after_commit(move || {
        metrics::counter!("sarafan_delivery_states_total", "network" => network, "from" => from, "to" => to)
            .increment(1);
        span.in_scope(|| tracing::debug!(%delivery, network, from, to, "delivery moved"));
    });
}

impl App {
    /// The network's id for metrics; `missing` where the program no longer knows it.
    pub(crate) fn network_label(&self, network: &str) -> &'static str {
        self.networks().get(network).map_or("missing", |network| network.about().id)
    }

    /// Brings the looked-up values to the present. What cannot be read now keeps no value, rather than an old one.
    pub async fn measure(&self) {
        let answers = match self.measure_queue().await {
            Ok(()) => 1.0,
            Err(error) => {
                tracing::warn!(%error, "the queue cannot be measured");
                0.0
            }
        };
        metrics::gauge!("sarafan_database_up").set(answers);
        if let Some(disk) = self.disk() {
            metrics::gauge!("sarafan_disk_free_bytes").set(real(disk.free_bytes));
        }
        if let Some(bytes) = resident() {
            metrics::gauge!("process_resident_memory_bytes").set(real(bytes));
        }
        metrics::gauge!("sarafan_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    }

    async fn measure_queue(&self) -> Result<(), AppError> {
        let now = self.now();
        let mut conn = self.store().read().await?;
        let kinds = jobs::stats_by_kind(&mut conn, now).await?;
        for kind in Kind::ALL {
            let (due, oldest) =
                kinds.iter().find(|one| one.kind == kind.code()).map_or((0, None), |one| (one.due, one.oldest_due));
            metrics::gauge!("sarafan_queue_due", "kind" => kind.code()).set(real(u64::try_from(due).unwrap_or(0)));
            metrics::gauge!("sarafan_queue_oldest_seconds", "kind" => kind.code()).set(age(now, oldest));
        }
        let last = workers::alive(&mut conn, Timestamp::UNIX_EPOCH).await?.first().map(|worker| worker.seen_at);
        if let Some(seen) = last {
            metrics::gauge!("sarafan_worker_heartbeat_age_seconds").set(age(now, Some(seen)));
        }
        Ok(())
    }
}

fn age(now: Timestamp, since: Option<Timestamp>) -> f64 {
    since.map_or(0.0, |at| now.duration_since(at).as_secs_f64().max(0.0))
}

#[expect(clippy::as_conversions, reason = "bytes and counts; exact up to 2^53")]
fn real(value: u64) -> f64 {
    value as f64
}

/// Memory that this process holds, in bytes; only Linux tells it without a library.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()?.checked_mul(1024)
}
