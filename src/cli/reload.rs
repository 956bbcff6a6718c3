//! Knowledge without a restart: on SIGHUP, by `careerbot reload`, and when a watched folder has changed.
//!
//! The new knowledge is loaded and checked as at the start, and its index built, beside the old; then both are swapped at once.
//! Questions under way finish with the old. A fault keeps the old, and is told. `careerbot reload` speaks to the server through
//! a socket in the data folder and prints what came of it. Knows nothing of what is in the knowledge.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::cli::failure::{Failure, count};
use crate::cli::open::{self, Place};
use crate::config::Config;
use crate::discord::App;
use crate::http::health::Loaded;

/// The name of the socket in the data folder.
pub const SOCKET: &str = "careerbot.sock";
/// Problems that are told to whoever has ordered it; `careerbot check` has all.
const TOLD: usize = 20;

/// Loads the knowledge of a server anew. Cheap to clone.
#[derive(Clone)]
pub struct Reloader {
    app: App,
    loaded: Loaded,
    place: Place,
    index: Option<PathBuf>,
    watch: Option<Duration>,
    /// Where the socket is.
    data: PathBuf,
    /// One at a time: whoever comes second gets what came in between, too.
    turn: Arc<Mutex<()>>,
}

impl Reloader {
    /// For the knowledge that the settings name.
    pub fn new(config: &Config, app: App, loaded: Loaded) -> Self {
        Self {
            app,
            loaded,
            place: Place::of_knowledge(config),
            index: open::index_folder(config),
            watch: config.watch,
            data: open::data_folder(config),
            turn: Arc::default(),
        }
    }

    /// Loads, checks and swaps; says what came of it.
    ///
    /// # Errors
    /// Why the old knowledge stays, as lines for a person.
    async fn reload(&self) -> Result<String, String> {
        let _turn = self.turn.lock().await;
        let this = self.clone();
        let done = tokio::task::spawn_blocking(move || this.replace())
            .await
            .unwrap_or_else(|_| Err("a fault in careerbot; the log has it".to_owned()));
        let outcome = match &done {
            Ok(said) => {
                info!("knowledge loaded anew: {said}");
                "taken"
            }
            Err(why) => {
                let first = why.lines().next().unwrap_or_default();
                self.loaded.refuse(first.to_owned());
                warn!("the knowledge is not loaded anew, and the old stays in use: {first}");
                "refused"
            }
        };
        metrics::counter!("careerbot_knowledge_reloads_total", "outcome" => outcome).increment(1);
        done
    }

    fn replace(&self) -> Result<String, String> {
        let knowledge = open::knowledge(&self.place).map_err(|failure| told(&failure))?;
        let (roles, trends) = (knowledge.roles.len(), knowledge.trends.len());
        let same = knowledge.fingerprint == self.app.advisor().knowledge().fingerprint;
        let what = format!("{} and {}", count(roles, "role"), count(trends, "trend"));
        if same {
            // What was refused before is mended by now, or was put back.
            self.loaded.keep();
            return Ok(format!("{what}, and nothing has changed"));
        }
        let opened = self
            .app
            .advisor()
            .replace(knowledge, self.index.as_deref())
            .map_err(|error| error.to_string())?;
        self.loaded.set(Timestamp::now(), open::in_memory(&opened));
        Ok(what)
    }
}

/// A failure as lines: how many problems there are, then the first ones.
fn told(failure: &Failure) -> String {
    let Failure::Problems(problems) = failure else {
        return failure.to_string();
    };
    let mut lines = Vec::new();
    for problem in problems.iter().take(TOLD) {
        lines.push(problem.to_string());
    }
    let (number, first) = (
        count(problems.len(), "problem"),
        lines.first().cloned().unwrap_or_default(),
    );
    format!("{number}, the first: {first}\n{}", lines.join("\n"))
}

/// Waits for orders until `shutdown`: signals, `careerbot reload`, and changes of the folder where it is watched.
pub async fn run(reloader: Reloader, shutdown: CancellationToken) {
    let watched = reloader.watch.and_then(|every| match &reloader.place {
        Place::Folder(folder) => Some((every, folder.clone())),
        Place::Shipped => {
            warn!("the knowledge is not watched: it is the copy built into the program");
            None
        }
    });
    let watching = async {
        if let Some((every, folder)) = watched {
            watch(&reloader, every, folder).await;
        }
    };
    let orders = async {
        #[cfg(unix)]
        tokio::join!(signals(&reloader), socket::serve(&reloader));
    };
    let both = async { tokio::join!(watching, orders) };
    tokio::select! { _ = both => {}, () = shutdown.cancelled() => {} }
    shutdown.cancelled().await;
    #[cfg(unix)]
    socket::remove(&reloader.data);
}

#[cfg(unix)]
async fn signals(reloader: &Reloader) {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::hangup()) {
        Ok(mut hangup) => {
            while hangup.recv().await.is_some() {
                let _ = reloader.reload().await;
            }
        }
        Err(error) => warn!(%error, "SIGHUP is not listened to"),
    }
}

/// Loads the knowledge anew when its folder has changed and then stood still from one look to the next: files that are being
/// copied are not read by halves.
async fn watch(reloader: &Reloader, every: Duration, folder: PathBuf) {
    let look = || {
        let folder = folder.clone();
        async move {
            tokio::task::spawn_blocking(move || stamp(&folder))
                .await
                .ok()
        }
    };
    let mut taken = look().await;
    let mut before = taken;
    info!(folder = %folder.display(), seconds = every.as_secs(), "the knowledge is watched");
    loop {
        tokio::time::sleep(every).await;
        let now = look().await;
        if now == before && now != taken {
            taken = now;
            let _ = reloader.reload().await;
        }
        before = now;
    }
}

/// Stands for the names, sizes and times of all files below a folder.
fn stamp(folder: &Path) -> u64 {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(meta) if meta.is_dir() => folders.push(entry.path()),
                Ok(meta) => all.push((entry.path(), meta.len(), meta.modified().ok())),
                Err(_) => {}
            }
        }
    }
    all.sort();
    let mut hasher = DefaultHasher::new();
    all.hash(&mut hasher);
    hasher.finish()
}

/// Orders of `careerbot reload`: whoever connects gives one, and reads what came of it, after `ok: ` where it was carried out.
#[cfg(unix)]
pub mod socket {
    use std::io::{self, ErrorKind};
    use std::path::Path;
    use std::time::Duration;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{UnixListener, UnixStream};
    use tokio::time::{sleep, timeout};
    use tracing::warn;

    use crate::cli::reload::{Reloader, SOCKET};

    /// How long the other end may take to give its order, or to read what came of it.
    const PATIENCE: Duration = Duration::from_secs(5);
    /// How long until a socket that cannot be made is tried again: one that is replaced by this careerbot goes within seconds.
    const AGAIN: Duration = Duration::from_secs(5);
    /// How long a reload may take before nobody waits for it any more.
    const LONGEST: Duration = Duration::from_secs(120);
    /// The one order.
    const RELOAD: &[u8; 7] = b"reload\n";
    /// What comes before what the server says of an order that it has carried out.
    const DONE: &str = "ok: ";

    /// Takes orders, one after the other.
    pub(super) async fn serve(reloader: &Reloader) {
        let mut said = false;
        let listener = loop {
            match listen(&reloader.data).await {
                Ok(listener) => break listener,
                Err(error) => {
                    if !said {
                        warn!(%error, "careerbot reload does not find this server for now; SIGHUP does");
                    }
                    said = true;
                }
            }
            sleep(AGAIN).await;
        };
        loop {
            if let Ok((stream, _)) = listener.accept().await {
                // One who says nothing is sent away; an error is the other end's affair.
                let _ = answer(reloader, stream).await;
            }
        }
    }

    async fn listen(data: &Path) -> io::Result<UnixListener> {
        use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(data)?;
        let path = data.join(SOCKET);
        if UnixStream::connect(&path).await.is_ok() {
            return Err(io::Error::new(
                ErrorKind::AddrInUse,
                format!("another careerbot takes orders at {}", path.display()),
            ));
        }
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(&path)?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
        Ok(listener)
    }

    async fn answer(reloader: &Reloader, mut stream: UnixStream) -> io::Result<()> {
        let mut order = [0; RELOAD.len()];
        timeout(PATIENCE, stream.read_exact(&mut order)).await??;
        let done = if order == *RELOAD {
            reloader.reload().await
        } else {
            Err("this careerbot knows no such order".to_owned())
        };
        let said = match done {
            Ok(said) => format!("{DONE}{said}\n"),
            Err(why) => format!("{why}\n"),
        };
        timeout(PATIENCE, stream.write_all(said.as_bytes())).await??;
        Ok(())
    }

    /// Takes the socket away at the end, where it is ours: nobody answers there any more.
    pub(super) fn remove(data: &Path) {
        let path = data.join(SOCKET);
        if std::os::unix::net::UnixStream::connect(&path).is_err() {
            let _ = std::fs::remove_file(path);
        }
    }

    /// Gives the order to the server at this data folder; whether it was carried out, and what the server says.
    ///
    /// # Errors
    /// When no server answers.
    pub(super) fn order(data: &Path) -> io::Result<(bool, String)> {
        use std::io::{Read as _, Write as _};
        let mut stream = std::os::unix::net::UnixStream::connect(data.join(SOCKET))?;
        stream.set_read_timeout(Some(LONGEST))?;
        stream.write_all(RELOAD)?;
        let mut said = String::new();
        stream.read_to_string(&mut said)?;
        if said.is_empty() {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        Ok(match said.strip_prefix(DONE) {
            Some(said) => (true, said.to_owned()),
            None => (false, said),
        })
    }
}

/// `careerbot reload`: orders the server of this data folder to load its knowledge anew, and prints what came of it.
#[cfg(unix)]
pub fn order(config: &Config, io: &mut crate::cli::io::Io<'_>) -> Result<(), Failure> {
    let data = open::data_folder(config);
    let (done, said) = socket::order(&data).map_err(|error| {
        anyhow::anyhow!(
            "no careerbot answers at {} ({error}): start one, or set CAREERBOT_DATA to the folder that it has",
            data.join(SOCKET).display()
        )
    })?;
    if done {
        write!(io.out, "{said}")?;
        return Ok(());
    }
    write!(io.err, "careerbot: {said}")?;
    writeln!(io.err, "careerbot: the old knowledge stays in use")?;
    Err(Failure::Said)
}

/// `careerbot reload`, where there are no such sockets.
#[cfg(not(unix))]
pub fn order(_: &Config, _: &mut crate::cli::io::Io<'_>) -> Result<(), Failure> {
    Err(Failure::Usage(
        "reload needs Unix: set CAREERBOT_WATCH, and the server sees changes by itself".to_owned(),
    ))
}
