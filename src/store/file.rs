//! The SQLite database as files: their owner's alone, whatever the umask, and the same ones for as long as the store is open.
//!
//! Knows names, rights and sizes; knows nothing of what is in them.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::store::error::{Error, Result};

/// What the lock file holds once there is a database beside it.
const MARK: &[u8] = b"a careerbot.db stands beside this file\n";

/// Makes the folder for its owner alone: what moderators write is nobody else's on the machine. One that exists stays as it is.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let new = !folder.exists();
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    if new {
        set_mode(folder, 0o700);
    }
    Ok(())
}

/// Takes the rights of everybody but the owner from a file, and gives the owner theirs. Best effort: a file of somebody else's
/// stays as it is, and whether it can be used shows soon enough.
pub(super) fn owners_alone(file: &Path) {
    set_mode(file, 0o600);
}

/// Makes a file for its owner alone, or empties one that is there.
pub(super) fn make(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(file)?;
    owners_alone(file);
    Ok(made)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    let fits = std::fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o777 == mode);
    if !fits {
        let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode));
    }
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) {}

/// Makes the database's file before SQLite does, which would let others read it; those beside it get its rights. One that has
/// lost its content is refused: SQLite takes it for a new one, and everything that was in it would be gone without a word.
///
/// # Errors
/// [`Error::Damaged`] for such a file, and what keeps the file from being made.
pub(super) fn prepare_file(path: &Path, lock: &File, place: &str) -> Result<()> {
    let sort = |error: io::Error| Error::of_file(place, &error);
    match std::fs::metadata(path) {
        Ok(meta)
            if meta.is_file() && meta.len() == 0 && lock.metadata().map_err(sort)?.len() > 0 =>
        {
            let cause = "it is empty, and there was a database in it".to_owned();
            return Err(Error::Damaged {
                place: place.to_owned(),
                cause,
            });
        }
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => drop(make(path).map_err(sort)?),
        Err(error) => return Err(sort(error)),
    }
    for end in ["", "-wal", "-shm"] {
        owners_alone(&beside(path, end));
    }
    Ok(())
}

/// The file beside the database with this ending.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Notes in the lock file that there is a database.
pub(super) fn mark(mut lock: &File) -> io::Result<()> {
    if lock.metadata()?.len() == 0 {
        lock.write_all(MARK)?;
        lock.sync_all()?;
    }
    Ok(())
}

/// Which file the database was when it was opened. A database whose file or folder is deleted goes on taking changes, and none
/// of them is there after the next start.
#[derive(Debug)]
pub(super) struct There {
    path: PathBuf,
    #[cfg(unix)]
    number: (u64, u64),
}

impl There {
    /// The file as it is now.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub(super) fn of(path: &Path, place: &str) -> Result<Self> {
        let meta = std::fs::metadata(path).map_err(|error| Error::of_file(place, &error))?;
        Ok(Self {
            path: path.to_owned(),
            #[cfg(unix)]
            number: number(&meta),
        })
    }

    /// Whether the file is still there under its name.
    ///
    /// # Errors
    /// [`Error::Gone`] when it is not.
    pub(super) fn check(&self, place: &str) -> Result<()> {
        let gone = |cause: &str| Error::Gone {
            place: place.to_owned(),
            cause: cause.to_owned(),
        };
        match std::fs::metadata(&self.path) {
            Ok(meta) => {
                #[cfg(unix)]
                if number(&meta) != self.number {
                    return Err(gone("another file stands in its place"));
                }
                #[cfg(not(unix))]
                drop(meta);
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(gone("there is no such file any more"))
            }
            // Whether it is there cannot be told; the statement will.
            Err(_) => Ok(()),
        }
    }
}

/// What tells a file from any other on the machine.
#[cfg(unix)]
fn number(meta: &std::fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (meta.dev(), meta.ino())
}
