//! The figures that the program keeps about itself, in Prometheus' text form.
//!
//! Knows how they are collected and shown; the rooms say what is counted.

use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing::warn;

/// What kind of figure one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It only grows.
    Counter,
    /// It is what it is.
    Gauge,
    /// Durations, in classes.
    Histogram,
}

/// Every figure with its help text. Labels stand in round brackets.
pub const FIGURES: &[(Kind, &str, &str)] = &[
    (
        Kind::Gauge,
        "careerbot_build_info",
        "Always 1; the version of the program (version).",
    ),
    (
        Kind::Gauge,
        "process_start_time_seconds",
        "When the collection of figures began, in Unix time.",
    ),
    (
        Kind::Gauge,
        "process_resident_memory_bytes",
        "Memory that the program holds, on Linux.",
    ),
    (
        Kind::Counter,
        "careerbot_interactions_total",
        "Interactions by what came of them (outcome): answered, repeated, undecodable, failed, slow.",
    ),
    (
        Kind::Counter,
        "careerbot_interactions_lost_total",
        "Interactions whose response Discord did not take, or not in time.",
    ),
    (
        Kind::Counter,
        "careerbot_answers_total",
        "Questions in plain words by how they ended (outcome: answered, clarify, not_covered) and what they asked (label). Messages about a crisis are not counted.",
    ),
    (
        Kind::Histogram,
        "careerbot_answer_seconds",
        "Time from an interaction to its reply, before it is sent.",
    ),
    (
        Kind::Histogram,
        "careerbot_response_seconds",
        "Time from an event of the gateway until Discord has taken the response.",
    ),
    (
        Kind::Counter,
        "careerbot_feedback_total",
        "Verdicts of members (verdict).",
    ),
    (
        Kind::Counter,
        "careerbot_counts_lost_total",
        "Verdicts, open questions and numbers for /stats that were not counted, for want of room or of the store.",
    ),
    (
        Kind::Gauge,
        "careerbot_gateway_connections_up",
        "Connections to the gateway that stand.",
    ),
    (
        Kind::Gauge,
        "careerbot_gateway_connections_wanted",
        "Connections to the gateway that this process is to keep.",
    ),
    (
        Kind::Gauge,
        "careerbot_gateway_last_heard_timestamp_seconds",
        "When the gateway was last heard, in Unix time.",
    ),
    (
        Kind::Gauge,
        "careerbot_gateway_latency_seconds",
        "Time that the last heartbeat took to be answered (shard).",
    ),
    (
        Kind::Counter,
        "careerbot_gateway_undecodable_total",
        "Events of the gateway that could not be read (kind).",
    ),
    (
        Kind::Counter,
        "careerbot_rest_rate_limited_total",
        "Requests that Discord answered with 429.",
    ),
    (
        Kind::Counter,
        "careerbot_rest_bans_total",
        "Times that Discord banned this address for a while.",
    ),
    (
        Kind::Gauge,
        "careerbot_clock_ahead_seconds",
        "How far this machine's clock is ahead of Discord's.",
    ),
    (
        Kind::Gauge,
        "careerbot_store_up",
        "1 while the store is open and answers.",
    ),
    (
        Kind::Gauge,
        "careerbot_digest_late_seconds",
        "How long the summary that was due first has been due; 0 while none is.",
    ),
    (
        Kind::Gauge,
        "careerbot_index_in_memory_only",
        "1 while the index cannot be kept in its folder.",
    ),
    (
        Kind::Gauge,
        "careerbot_knowledge_roles",
        "Roles of the knowledge in use.",
    ),
    (
        Kind::Gauge,
        "careerbot_knowledge_age_seconds",
        "Time since the knowledge in use was loaded.",
    ),
    (
        Kind::Gauge,
        "careerbot_knowledge_oldest_review_days",
        "Days since the role or trend was reviewed that was reviewed first.",
    ),
    (
        Kind::Gauge,
        "careerbot_knowledge_refused",
        "1 while newer knowledge was refused for a fault, and the old is in use.",
    ),
    (
        Kind::Counter,
        "careerbot_knowledge_reloads_total",
        "Times that the knowledge was loaded anew (outcome: taken, refused).",
    ),
    (
        Kind::Counter,
        "careerbot_http_refused_total",
        "Requests to /interactions that were refused (status).",
    ),
    (
        Kind::Counter,
        "careerbot_http_stale_total",
        "Requests with a good signature that were refused for their time.",
    ),
    (
        Kind::Counter,
        "careerbot_http_accept_failed_total",
        "Connections that could not be accepted.",
    ),
    (
        Kind::Counter,
        "careerbot_http_turned_away_total",
        "Connections that were closed because all places were taken.",
    ),
];

/// Upper ends of the classes of durations, in seconds: from a fast answer to Discord's 3 s.
const SECONDS: &[f64] = &[
    0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0,
];

/// How often collected durations are sorted into their classes: until then each one takes memory of its own.
const UPKEEP: Duration = Duration::from_secs(5);

static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Begins to collect, and sets what the program knows of itself. May be called again.
pub fn begin() {
    if handle().is_none() {
        return;
    }
    metrics::gauge!("careerbot_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    if let Some(bytes) = resident(&std::fs::read_to_string("/proc/self/status").unwrap_or_default())
    {
        metrics::gauge!("process_resident_memory_bytes").set(bytes);
    }
}

/// Bytes of resident memory in the system's table of a process.
fn resident(status: &str) -> Option<f64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib * 1024.0)
}

/// The figures as text; empty where something else collects them.
pub fn render() -> String {
    handle().map(PrometheusHandle::render).unwrap_or_default()
}

/// Keeps the collection small, for as long as it is polled.
pub(super) async fn upkeep() {
    let Some(handle) = handle() else { return };
    loop {
        tokio::time::sleep(UPKEEP).await;
        handle.run_upkeep();
    }
}

fn handle() -> Option<&'static PrometheusHandle> {
    HANDLE
        .get_or_init(|| {
            let built = PrometheusBuilder::new()
                .set_buckets(SECONDS)
                .and_then(PrometheusBuilder::install_recorder);
            let built = built
                .inspect_err(|error| warn!(%error, "no figures will be collected"))
                .ok()?;
            for (kind, name, help) in FIGURES {
                match kind {
                    Kind::Counter => metrics::describe_counter!(*name, *help),
                    Kind::Gauge => metrics::describe_gauge!(*name, *help),
                    Kind::Histogram => metrics::describe_histogram!(*name, *help),
                }
            }
            let now = SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default();
            metrics::gauge!("process_start_time_seconds").set(now.as_secs_f64());
            Some(built)
        })
        .as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_the_systems_table() {
        assert_eq!(resident("VmPeak:\t  9 kB\nVmRSS:\t  2 kB\n"), Some(2048.0));
        assert_eq!(resident(""), None);
    }
}
