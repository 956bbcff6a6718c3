//! A database server that falls silent: its machine has gone, and no connection ends. A relay on the loopback stands for the
//! network between.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use careerbot::store::settings::Settings;
use careerbot::store::{Change, Error, Location, Store};
use secrecy::SecretString;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::store::postgres::{Reach, Server};
use crate::store::{ANN, HERE, at};

/// Passes bytes on until it is told to swallow them.
pub(crate) struct Relay {
    port: u16,
    silent: Arc<AtomicBool>,
}

impl Relay {
    pub(crate) async fn start(to: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let silent = Arc::new(AtomicBool::new(false));
        let swallow = silent.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let swallow = swallow.clone();
                tokio::spawn(async move {
                    let Ok(far) = TcpStream::connect(("127.0.0.1", to)).await else {
                        return;
                    };
                    let (near, far) = (near.into_split(), far.into_split());
                    tokio::join!(pass(near.0, far.1, &swallow), pass(far.0, near.1, &swallow));
                });
            }
        });
        Self { port, silent }
    }

    pub(crate) fn url(&self) -> String {
        format!(
            "postgres://postgres@127.0.0.1:{}/postgres?sslmode=disable",
            self.port
        )
    }

    /// From now on nothing arrives on the connections that there are and on new ones; or it does again on new ones.
    pub(crate) fn silence(&self, silent: bool) {
        self.silent.store(silent, Ordering::SeqCst);
    }
}

/// What was swallowed once stays silent: its bytes are lost.
async fn pass(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    swallow: &AtomicBool,
) {
    let (mut buffer, mut dead) = (vec![0; 65_536], false);
    while let Ok(count) = from.read(&mut buffer).await {
        dead |= swallow.load(Ordering::SeqCst);
        if count == 0 || (!dead && to.write_all(&buffer[..count]).await.is_err()) {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_falls_silent_is_named_in_time_and_found_again() {
    const TEST: &str = "a_server_that_falls_silent_is_named_in_time_and_found_again";
    let Some(server) = Server::start_reached(TEST, Reach::Port) else {
        return;
    };
    let relay = Relay::start(server.port()).await;
    let location = Location::Postgres(SecretString::from(relay.url()));
    let store = Store::open(&location).await.expect("opened");
    let settings = Settings {
        audit_days: 7,
        ..Settings::default()
    };
    store
        .save_settings(HERE, &settings, ANN, "x", at(0))
        .await
        .expect("written");
    let mut changes = store.changes();
    relay.silence(true);
    for _ in 0..10 {
        let begun = Instant::now();
        let error = store.settings(HERE).await.expect_err("silent");
        assert!(
            matches!(error, Error::Lost { .. }) && error.is_passing(),
            "{error}"
        );
        assert!(
            begun.elapsed() < Duration::from_millis(1_800),
            "what the door leaves for thinking"
        );
    }
    relay.silence(false);
    assert_eq!(store.settings(HERE).await.expect("back").audit_days, 7);
    let again = async { while changes.next().await != Some(Change::Everything) {} };
    tokio::time::timeout(Duration::from_secs(15), again)
        .await
        .expect("the listener notices too");
    store
        .save_settings(HERE, &settings, ANN, "x", at(1))
        .await
        .expect("written");
    let again = async { while changes.next().await != Some(Change::Settings(HERE)) {} };
    tokio::time::timeout(Duration::from_secs(5), again)
        .await
        .expect("heard");
}

#[tokio::test]
async fn a_server_that_never_answers_is_named_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let url = format!("postgres://postgres:hunter2@127.0.0.1:{port}/careerbot");
    let begun = Instant::now();
    let error = Store::open(&Location::Postgres(SecretString::from(url)))
        .await
        .expect_err("nobody answers");
    assert!(
        begun.elapsed() < Duration::from_millis(2_500),
        "{:?}",
        begun.elapsed()
    );
    assert!(
        matches!(error, Error::Lost { .. }) && !error.to_string().contains("hunter2"),
        "{error}"
    );
}
