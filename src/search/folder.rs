//! The folder of an index: which one is current, whether it is whole, and the switch to a new one.
//!
//! ```text
//! index/CURRENT                 name of the current build and the CRC-32 of its manifest
//! index/build-<fingerprint>.N/  one build: tantivy's files and MANIFEST (CRC-32, length, name of each)
//! ```
//! A build is complete on disk before `CURRENT` names it, and `CURRENT` is replaced by a rename: a crash at any moment
//! leaves the old build usable. Knows nothing of what the files hold.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::search::error::{Error, Reason};
use crate::search::schema;

/// The files of a build, by name.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// What stands in a folder.
pub(super) enum Found {
    /// A whole build that fits.
    Fits(Files),
    /// Nothing usable.
    Not(Reason),
}

const CURRENT: &str = "CURRENT";
const MANIFEST: &str = "MANIFEST";
const LOCK: &str = "LOCK";
const PREFIX: &str = "build-";

/// Name of a build: knowledge, layout and program version.
fn fingerprint(knowledge: u32) -> String {
    format!(
        "{PREFIX}{knowledge:08x}-{}-{}",
        schema::VERSION,
        env!("CARGO_PKG_VERSION")
    )
}

/// Reads the current build if it fits the fingerprint and every byte is as it was written.
pub(super) fn open(folder: &Path, knowledge: u32) -> Found {
    let current = match fs::read(folder.join(CURRENT)) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Found::Not(Reason::Missing);
        }
        Err(error) => return Found::Not(Reason::Damaged(format!("{CURRENT}: {error}"))),
    };
    let Some((name, crc)) = current.trim_end().split_once(' ') else {
        return Found::Not(Reason::Damaged(CURRENT.to_owned()));
    };
    if !name.starts_with(PREFIX) || name.contains(['/', '\\']) {
        return Found::Not(Reason::Damaged(CURRENT.to_owned()));
    }
    match read_build(&folder.join(name), crc) {
        Err(file) => Found::Not(Reason::Damaged(file)),
        Ok(_) if !name.starts_with(&format!("{}.", fingerprint(knowledge))) => {
            Found::Not(Reason::Stale)
        }
        Ok(files) => Found::Fits(files),
    }
}

/// Reads every file of a build; the name of the first that is not as it was written is the error.
fn read_build(build: &Path, crc: &str) -> Result<Files, String> {
    let read = |name: &str| fs::read(build.join(name)).map_err(|error| format!("{name}: {error}"));
    let manifest = read(MANIFEST)?;
    if format!("{:08x}", crc32fast::hash(&manifest)) != crc {
        return Err(MANIFEST.to_owned());
    }
    let mut files = Files::new();
    for line in String::from_utf8_lossy(&manifest).lines() {
        let mut parts = line.splitn(3, ' ');
        let (Some(crc), Some(length), Some(name)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(MANIFEST.to_owned());
        };
        let bytes = read(name)?;
        if bytes.len().to_string() != length || format!("{:08x}", crc32fast::hash(&bytes)) != crc {
            return Err(name.to_owned());
        }
        files.insert(name.to_owned(), bytes);
    }
    Ok(files)
}

/// Lets `build` fill a fresh folder, makes it current and removes the others. Only one process builds at a time.
pub(super) fn replace(
    folder: &Path,
    knowledge: u32,
    build: impl FnOnce(&Path) -> Result<(), Error>,
) -> Result<Files, Error> {
    let at = |what: &'static str| {
        move |error: io::Error| Error::Folder {
            folder: folder.display().to_string(),
            what,
            error,
        }
    };
    fs::create_dir_all(folder).map_err(at("creating it"))?;
    let lock = File::create(folder.join(LOCK)).map_err(at("creating its lock"))?;
    wait_for(&lock).map_err(at("waiting for its lock, which another program holds"))?;

    let name = fresh_name(folder, &fingerprint(knowledge));
    let fresh = folder.join(&name);
    fs::create_dir(&fresh).map_err(at("creating a build"))?;
    let finished = build(&fresh).and_then(|()| {
        let manifest = write_manifest(&fresh).map_err(at("writing a manifest"))?;
        write_current(folder, &name, &manifest).map_err(at("switching to a build"))?;
        read_build(&fresh, &manifest)
            .map_err(|file| at("reading a build back")(io::Error::other(file)))
    });
    match finished {
        Ok(files) => {
            remove_builds_but(folder, &name);
            Ok(files)
        }
        Err(error) => {
            let _ = fs::remove_dir_all(&fresh);
            Err(error)
        }
    }
}

/// Takes the lock, but waits for another program that holds it only so long: a stuck one must not keep this one from starting.
fn wait_for(lock: &File) -> io::Result<()> {
    const PATIENCE: u32 = 100;
    const PAUSE: std::time::Duration = std::time::Duration::from_millis(100);
    for _ in 0..PATIENCE {
        match lock.try_lock() {
            Ok(()) => return Ok(()),
            Err(std::fs::TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(std::fs::TryLockError::Error(error)) => return Err(error),
        }
    }
    Err(io::Error::new(
        io::ErrorKind::TimedOut,
        "not free after 10 s",
    ))
}

fn fresh_name(folder: &Path, fingerprint: &str) -> String {
    (1..)
        .map(|number: u32| format!("{fingerprint}.{number}"))
        .find(|name| !folder.join(name).exists())
        .unwrap_or_default()
}

/// Writes the manifest of a build and flushes every file; returns the manifest's own CRC-32.
fn write_manifest(build: &Path) -> io::Result<String> {
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(build)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".lock") {
            fs::remove_file(build.join(&name))?;
        } else {
            names.push(name);
        }
    }
    names.sort();
    let mut manifest = String::new();
    for name in names {
        let path = build.join(&name);
        let bytes = fs::read(&path)?;
        File::open(&path)?.sync_all()?;
        manifest.push_str(&format!(
            "{:08x} {} {name}\n",
            crc32fast::hash(&bytes),
            bytes.len()
        ));
    }
    write_whole(&build.join(MANIFEST), manifest.as_bytes())?;
    sync_folder(build)?;
    Ok(format!("{:08x}", crc32fast::hash(manifest.as_bytes())))
}

fn write_current(folder: &Path, name: &str, manifest_crc: &str) -> io::Result<()> {
    let next = folder.join(format!("{CURRENT}.next"));
    write_whole(&next, format!("{name} {manifest_crc}\n").as_bytes())?;
    fs::rename(next, folder.join(CURRENT))?;
    sync_folder(folder)
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a rename or a new name in a folder last through a power cut, where the system can.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

/// Removes other builds. What cannot be removed is left: it does no harm and is tried again next time.
fn remove_builds_but(folder: &Path, keep: &str) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let others: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with(PREFIX) && name != keep
        })
        .map(|entry| entry.path())
        .collect();
    for other in others {
        let _ = fs::remove_dir_all(other);
    }
}
