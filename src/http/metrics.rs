//! The figures that the program keeps about itself, in Prometheus' text form.
//!
//! Knows how they are collected and shown; the rooms say what is counted.

use std::sync::OnceLock;
use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing::warn;

/// Upper ends of the classes of durations, in seconds: from a fast answer to Discord's 3 s.
const SECONDS: &[f64] = &[
    0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0,
];

/// How often collected durations are sorted into their classes: until then each one takes memory of its own.
const UPKEEP: Duration = Duration::from_secs(5);

static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

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
            built
                .inspect_err(|error| warn!(%error, "no figures will be collected"))
                .ok()
        })
        .as_ref()
}
