//! Word to systemd: ready, alive, stopping (sd_notify(3)). Without `NOTIFY_SOCKET` nobody is told.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// The service answers from now on.
pub const READY: &str = "READY=1";
/// The service has begun to stop.
const STOPPING: &str = "STOPPING=1";
const ALIVE: &str = "WATCHDOG=1";

/// Tells systemd that the service is ready, then that it is alive, as often as it wants to hear it, and at last that it stops.
pub async fn run(shutdown: CancellationToken) {
    tell(READY);
    // Half the time that systemd waits (sd_watchdog_enabled(3)).
    let pause = std::env::var("WATCHDOG_USEC")
        .ok()
        .and_then(|micros| micros.parse().ok())
        .map(|micros: u64| Duration::from_micros(micros / 2))
        .filter(|pause| !pause.is_zero());
    while let Some(pause) = pause {
        tokio::select! { () = tokio::time::sleep(pause) => tell(ALIVE), () = shutdown.cancelled() => break }
    }
    shutdown.cancelled().await;
    tell(STOPPING);
}

/// Sends a line to systemd. Best effort: whoever cannot be told will not wait either.
#[cfg(unix)]
fn tell(state: &str) {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::net::{SocketAddr, UnixDatagram};
    let Some(name) = std::env::var_os("NOTIFY_SOCKET").filter(|name| !name.is_empty()) else {
        return;
    };
    let address = match name.as_bytes().strip_prefix(b"@") {
        #[cfg(target_os = "linux")]
        Some(name) => {
            use std::os::linux::net::SocketAddrExt as _;
            SocketAddr::from_abstract_name(name)
        }
        _ => SocketAddr::from_pathname(&name),
    };
    let told = address
        .and_then(|address| UnixDatagram::unbound()?.send_to_addr(state.as_bytes(), &address));
    if let Err(error) = told {
        tracing::warn!(%error, "systemd cannot be told how it goes");
    }
}

#[cfg(not(unix))]
fn tell(_: &str) {}
