//! The connections of a server: so many at most, each with a time for every request's head, and none for ever.
//!
//! Whoever opens connections and says nothing must not keep others out, nor take the descriptors that the rest of the program
//! needs. Knows nothing of what is asked.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::warn;

use crate::http::{DRAIN_TIME, Peer};

/// How long a connection may wait for a request, and a request's head take to arrive.
const HEAD: Duration = Duration::from_secs(15);
/// Most connections at once, and how many where few descriptors are allowed.
const MOST: usize = 512;
const FEWEST: usize = 8;
/// How long nothing is accepted after accepting has failed: what is missing, such as descriptors, comes back in a while.
const PAUSE: Duration = Duration::from_millis(200);
/// How long the same trouble is not said again.
const AGAIN: Duration = Duration::from_secs(60);

/// Serves connections until `shutdown`, and then until what was asked is answered.
pub(super) async fn serve(listener: TcpListener, router: Router, shutdown: &CancellationToken) {
    let most = most();
    let room = Arc::new(Semaphore::new(most));
    let open = TaskTracker::new();
    let mut said = Said(None);
    loop {
        let accepted = tokio::select! { accepted = listener.accept() => accepted, () = shutdown.cancelled() => break };
        let (stream, peer) = match accepted {
            Ok((stream, peer)) => (stream, Peer(peer.ip())),
            Err(error) => {
                metrics::counter!("careerbot_http_accept_failed_total").increment(1);
                if said.is_due() {
                    warn!(%error, "a connection cannot be accepted; if too many files are open, raise that limit (ulimit -n, or LimitNOFILE of the service)");
                }
                sleep(PAUSE).await;
                continue;
            }
        };
        match room.clone().try_acquire_owned() {
            Ok(place) => drop(open.spawn(connection(
                stream,
                peer,
                router.clone(),
                place,
                shutdown.clone(),
            ))),
            Err(_) => {
                metrics::counter!("careerbot_http_turned_away_total").increment(1);
                if said.is_due() {
                    warn!(most, "all connections are taken; further ones are closed");
                }
            }
        }
    }
    open.close();
    // A client that keeps its connection open must not keep the program alive.
    let _ = timeout(DRAIN_TIME, open.wait()).await;
}

async fn connection(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    _place: OwnedSemaphorePermit,
    shutdown: CancellationToken,
) {
    let _ = stream.set_nodelay(true);
    let service = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        service.call(request)
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let mut served = std::pin::pin!(served);
    // What goes wrong on a connection is its other end's affair.
    tokio::select! {
        _ = served.as_mut() => {}
        () = shutdown.cancelled() => {
            served.as_mut().graceful_shutdown();
            let _ = served.await;
        }
    }
}

/// When a trouble was said last.
struct Said(Option<Instant>);

impl Said {
    fn is_due(&mut self) -> bool {
        let due = self.0.is_none_or(|said| said.elapsed() > AGAIN);
        if due {
            self.0 = Some(Instant::now());
        }
        due
    }
}

/// How many connections there may be: a third of the descriptors, as the rest of the program needs some, too.
fn most() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    descriptors(&limits).map_or(MOST, |descriptors| (descriptors / 3).clamp(FEWEST, MOST))
}

/// The limit on open files in the system's table of limits.
fn descriptors(limits: &str) -> Option<usize> {
    limits.lines().find_map(|line| {
        line.strip_prefix("Max open files")?
            .split_whitespace()
            .next()?
            .parse()
            .ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_on_open_files_is_read() {
        let table = "Limit                     Soft Limit           Hard Limit           Units\nMax open files            64                   1048576              files\n";
        assert_eq!(descriptors(table), Some(64));
        assert_eq!(
            descriptors(
                "Max open files            unlimited            unlimited            files"
            ),
            None
        );
        assert_eq!(descriptors(""), None);
    }
}
