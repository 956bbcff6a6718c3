//! The page that plays Discord, with all that the program needs to answer there: a store and a Discord of its own.
//!
//! The store lies in a folder that is deleted at the end; the Discord is a socket of this machine. Neither knows the real ones.

use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::advisor::Advisor;
use crate::config::Config;
use crate::discord::App;
use crate::discord::api::client::Rest;
use crate::discord::state::rate_limiter::{Bucket, Pace};
use crate::runtime::background;
use crate::runtime::serve::Error;
use crate::store::Location;
use crate::web;
use crate::web::demo::Demo;
use crate::web::keys::random;

/// How fast a visitor may ask: who tries things out clicks more than who asks.
const PACE: Bucket = Bucket {
    burst: match NonZeroU32::new(30) {
        Some(burst) => burst,
        None => NonZeroU32::MIN,
    },
    refill: Duration::from_secs(1),
};

/// A folder that goes when this does.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Serves the page at this address until `shutdown`; `advisor` answers there, too.
///
/// # Errors
/// When the address, or a socket for the demo's Discord, can't be used.
pub async fn serve(
    address: SocketAddr,
    advisor: Arc<Advisor>,
    shutdown: CancellationToken,
) -> Result<(), Error> {
    let folder = Folder(std::env::temp_dir().join(format!("careerbot-demo-{}", random())));
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .map_err(|error| format!("no socket for the page's own Discord: {error}"))?;
    let token = random();
    let rest = Arc::new(Rest::new(&Config {
        token: Some(SecretString::from(token.clone())),
        discord_api: Some(format!("http://{}", socket.local_addr()?)),
        ..Config::default()
    })?);
    let pace = Pace {
        member: PACE,
        ..Pace::default()
    };
    let app = App::with_pace(advisor, pace);
    // The store is the first to close and the demo's Discord the last: a post that is on its way arrives.
    let last = CancellationToken::new();
    let location = Location::Sqlite(folder.0.join("demo.db"));
    let upkeep = tokio::spawn(background::run(location, &app, Some(rest.clone()), &shutdown).await);
    let demo = Demo::new(app.clone(), rest, token);
    let discord = tokio::spawn(web::serve_discord(demo.clone(), socket, last.clone()));
    let served = web::serve(demo, address, shutdown.clone()).await;
    if served.is_err() {
        shutdown.cancel();
    }
    let _ = upkeep.await;
    if let Some(store) = app.store() {
        store.close().await;
    }
    last.cancel();
    let _ = discord.await;
    drop(folder);
    Ok(served?)
}
