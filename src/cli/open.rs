//! Which knowledge and which index a command works on.
//!
//! Knows folders and the environment; knows nothing of what is in them.

use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};
use jiff::Timestamp;

use crate::advisor::Advisor;
use crate::cli::failure::Failure;
use crate::config::Config;
use crate::http::health::Loaded;
use crate::knowledge::{self, Knowledge};
use crate::search::{Opened, Reason};
use crate::store::{self, Location};

/// Where the knowledge is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder.
    Folder(PathBuf),
    /// The copy built into the program.
    Shipped,
}

impl Place {
    /// `CAREERBOT_KNOWLEDGE`, else `./knowledge` when it has `roles/`, else the shipped copy.
    pub fn of_knowledge(config: &Config) -> Self {
        let here = Path::new("knowledge");
        match &config.knowledge {
            Some(folder) => Self::Folder(folder.clone()),
            None if here.join("roles").is_dir() => Self::Folder(here.to_owned()),
            None => Self::Shipped,
        }
    }

    /// The folder, for commands that write to it.
    pub fn folder(&self) -> Result<&Path, Failure> {
        match self {
            Self::Folder(folder) => Ok(folder),
            Self::Shipped => Err(Failure::Usage(
                "no knowledge folder here: run it where ./knowledge is, or set CAREERBOT_KNOWLEDGE to the folder"
                    .to_owned(),
            )),
        }
    }
}

/// Loads the knowledge of a place, or says everything that is wrong with it.
pub fn knowledge(place: &Place) -> Result<Knowledge, Failure> {
    let loaded = match place {
        Place::Folder(folder) => knowledge::load_folder(folder),
        Place::Shipped => knowledge::load_shipped(),
    };
    loaded.map_err(Failure::Problems)
}

/// The folder of the index: `CAREERBOT_INDEX`, else `./index` beside `./knowledge`, else one in the user's cache folder;
/// `None` when nowhere is known, and the index is built in memory.
pub fn index_folder(config: &Config) -> Option<PathBuf> {
    match &config.index {
        Some(folder) => Some(folder.clone()),
        None if config.knowledge.is_none() && Path::new("knowledge/roles").is_dir() => {
            Some(PathBuf::from("index"))
        }
        None => user_folders().map(|user| user.cache_dir().join("careerbot").join("index")),
    }
}

/// The advisor on the knowledge and the index that the environment names. A damaged index is rebuilt, and that is logged
/// as a warning; so is a folder that cannot be written.
pub fn advisor(config: &Config) -> Result<Advisor, Failure> {
    Ok(serving(config)?.0)
}

/// The same for a server, with what is told of it while it serves.
pub fn serving(config: &Config) -> Result<(Advisor, Loaded), Failure> {
    let mut knowledge = knowledge(&Place::of_knowledge(config))?;
    knowledge.site.clone_from(&config.site);
    let loaded = Loaded::default();
    let Some(folder) = index_folder(config) else {
        loaded.set(Timestamp::now(), Some(NO_FOLDER.to_owned()));
        let advisor = Advisor::in_memory(knowledge).map_err(anyhow::Error::from)?;
        return Ok((advisor, loaded));
    };
    let (advisor, opened) = Advisor::open(knowledge, &folder).map_err(anyhow::Error::from)?;
    note(&opened, &folder);
    loaded.set(Timestamp::now(), in_memory(&opened));
    Ok((advisor, loaded))
}

const NO_FOLDER: &str = "no folder for it is known; set CAREERBOT_INDEX";

/// Why the index is in memory alone, where it is.
pub fn in_memory(opened: &Opened) -> Option<String> {
    match opened {
        Opened::InMemory(why) => Some(why.clone()),
        Opened::Current | Opened::Rebuilt(_) => None,
    }
}

/// Says in the log how an index came to be open.
fn note(opened: &Opened, folder: &Path) {
    match opened {
        Opened::Current => tracing::debug!(folder = %folder.display(), "index opened"),
        Opened::Rebuilt(reason @ Reason::Damaged(_)) => {
            tracing::warn!(folder = %folder.display(), %reason, "index rebuilt")
        }
        Opened::Rebuilt(reason) => {
            tracing::info!(folder = %folder.display(), %reason, "index built")
        }
        Opened::InMemory(why) => {
            tracing::warn!(%why, "the index is kept in memory and built at each start")
        }
    }
}

/// The day it is here: age is told from it.
pub fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}

/// Where this platform keeps what belongs to the user; `None` when no home is known.
pub fn user_folders() -> Option<impl BaseStrategy> {
    choose_native_strategy().ok()
}

/// The folder of the database: `CAREERBOT_DATA`, else `./data` where there is one, else `careerbot` in the user's data
/// folder, else `./data`. Absolute, so that the log says where it is.
pub fn data_folder(config: &Config) -> PathBuf {
    let here = PathBuf::from("data");
    let folder = match (&config.data, user_folders()) {
        (Some(folder), _) => folder.clone(),
        (None, Some(user)) if !here.is_dir() => user.data_dir().join("careerbot"),
        (None, _) => here,
    };
    absolute(folder)
}

fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

/// The store that the environment names: `DATABASE_URL`, else a file in the [`data_folder`].
pub fn store(config: &Config) -> Result<Location, Failure> {
    let location = Location::choose(config.database.as_ref(), &data_folder(config))
        .map_err(|error| Failure::Usage(error.to_string()))?;
    Ok(match location {
        Location::Sqlite(file) => Location::Sqlite(absolute(file)),
        server @ Location::Postgres(_) => server,
    })
}

/// Waits for the store in a command that is not a server.
pub fn wait_for<T>(work: impl Future<Output = store::Result<T>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime
        .block_on(work)
        .map_err(|error| Failure::Other(error.into()))
}
