//! Several files of the knowledge folder written as one: after a crash at any moment, all are old or all are new.
//!
//! New files are gathered in a folder of their own, whose renaming to [`READY`] decides. From then on readers take
//! the files in it before those beside it (`files::from_folder`), until each has moved to its place.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use flate2::{Compression, GzBuilder};

use crate::knowledge::files::{PACKED_END, READY};

/// Where files are gathered before the decision; readers pass over it.
const GATHERING: &str = ".update-gathering";

/// Writes all files, by their paths below `folder`.
pub fn write(folder: &Path, files: &BTreeMap<String, String>) -> io::Result<()> {
    finish(folder)?;
    gather(folder, files)?;
    decide(folder)?;
    finish(folder)
}

/// Gathers the new files. Until [`decide`], nothing has changed.
pub fn gather(folder: &Path, files: &BTreeMap<String, String>) -> io::Result<()> {
    let gathering = folder.join(GATHERING);
    for (path, text) in files {
        // What stands packed stays packed.
        let packed = format!("{path}{PACKED_END}");
        let packs = folder.join(&packed).exists();
        let target = gathering.join(if packs {
            packed.as_str()
        } else {
            path.as_str()
        });
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = File::create(&target)?;
        if packs {
            let mut packer = GzBuilder::new()
                .mtime(0)
                .write(&mut file, Compression::best());
            packer.write_all(text.as_bytes())?;
            packer.finish()?;
        } else {
            file.write_all(text.as_bytes())?;
        }
        // The name must not outlive a power cut that the content does not.
        file.sync_all()?;
    }
    Ok(())
}

/// Makes the gathered files the ones that count, in one step.
pub fn decide(folder: &Path) -> io::Result<()> {
    fs::rename(folder.join(GATHERING), folder.join(READY))?;
    sync_folder(folder)
}

/// Moves decided files to their places, and clears away what was gathered but not decided. Does nothing when there is
/// nothing to do; may be stopped and run again at any point.
pub fn finish(folder: &Path) -> io::Result<()> {
    let ready = folder.join(READY);
    if ready.is_dir() {
        move_all(&ready, folder)?;
        fs::remove_dir_all(&ready)?;
        sync_folder(folder)?;
    }
    let gathering = folder.join(GATHERING);
    if gathering.is_dir() {
        fs::remove_dir_all(&gathering)?;
    }
    Ok(())
}

fn move_all(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            move_all(&entry.path(), &target)?;
        } else {
            fs::rename(entry.path(), &target)?;
        }
    }
    sync_folder(to)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
