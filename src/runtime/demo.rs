//! The page that plays Discord, with all that the program needs to answer there: a store and a Discord of its own.
//!
//! The store lies in a folder that is deleted at the end; the Discord is a socket of this machine. Neither knows the real ones.

use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
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

/// How the folders of demos begin.
const NAME: &str = "careerbot-demo-";
/// The file in one that is locked for as long as its program runs.
const ALIVE: &str = "alive";

/// A folder that goes when this does; where the program was killed, when the next demo starts.
struct Folder {
    path: PathBuf,
    _alive: File,
}

impl Folder {
    fn make(among: &Path) -> io::Result<Self> {
        sweep(among);
        let path = among.join(format!("{NAME}{}", random()));
        let mut builder = fs::DirBuilder::new();
        // The folder for passing files is everybody's.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path)?;
        let alive = File::create_new(path.join(ALIVE))?;
        alive.lock()?;
        Ok(Self {
            path,
            _alive: alive,
        })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Removes what demos have left whose program was killed. Best effort: what cannot be read or removed stays.
fn sweep(among: &Path) {
    for entry in fs::read_dir(among).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(NAME)
            && entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !is_ours {
            continue;
        }
        // One that has no such file is just being made, or nobody's.
        let left = File::open(entry.path().join(ALIVE)).is_ok_and(|file| file.try_lock().is_ok());
        if left {
            let _ = fs::remove_dir_all(entry.path());
        }
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
    let among = std::env::temp_dir();
    let folder = Folder::make(&among).map_err(|error| {
        format!(
            "no folder for the page's store can be made in {}: {error}",
            among.display()
        )
    })?;
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
    let app = App::for_demo(advisor, pace);
    // The store is the first to close and the demo's Discord the last: a post that is on its way arrives.
    let last = CancellationToken::new();
    let location = Location::Sqlite(folder.path.join("demo.db"));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_demo_has_left_goes_and_what_a_running_one_has_stays() {
        let among = tempfile::tempdir().expect("a folder");
        let killed = among.path().join(format!("{NAME}killed"));
        fs::create_dir(&killed).expect("made");
        fs::write(killed.join(ALIVE), "").expect("written");
        fs::write(killed.join("demo.db"), "x").expect("written");
        let others = among.path().join("careerbot-demonstration");
        let being_made = among.path().join(format!("{NAME}being-made"));
        for folder in [&others, &being_made] {
            fs::create_dir(folder).expect("made");
        }
        let first = Folder::make(among.path()).expect("made");
        assert!(!killed.exists() && others.exists() && being_made.exists());
        let second = Folder::make(among.path()).expect("made");
        assert!(first.path.exists() && second.path.exists());
        let path = second.path.clone();
        drop(second);
        assert!(first.path.exists() && !path.exists());
    }
}
