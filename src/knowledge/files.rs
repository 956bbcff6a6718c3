//! The knowledge as named texts: from a folder, or the copy built into the program.
//!
//! Knows where bytes come from, that they must be UTF-8 and that a name ending in `.gz` is packed; knows nothing of what they
//! mean.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::knowledge::problem::Problem;

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/knowledge");

/// Every file of a knowledge folder, by its path below that folder (`roles/dentist.md`), as text.
pub type Files = BTreeMap<String, String>;

/// Folder of an update that is decided but not yet in place (`figures_update::write`): its files count before those
/// beside it.
pub const READY: &str = ".update-ready";

/// What the name of a packed file ends in (gzip); it stands in [`Files`] unpacked and without this end.
pub const PACKED_END: &str = ".gz";

/// Bytes up to which a packed file is unpacked.
const LARGEST: u64 = 64 << 20;

/// A file's place as an author names it.
pub fn display_path(path: &str) -> String {
    format!("knowledge/{path}")
}

/// The files built into the program.
pub fn shipped(problems: &mut Vec<Problem>) -> Files {
    fn walk(dir: &Dir<'_>, files: &mut Files, problems: &mut Vec<Problem>) {
        for file in dir.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            add(&path, file.contents().to_vec(), files, problems);
        }
        for inner in dir.dirs() {
            walk(inner, files, problems);
        }
    }
    let mut files = Files::new();
    walk(&SHIPPED, &mut files, problems);
    files
}

/// The files of a folder and its folders. What cannot be read is a problem; files that begin with a dot are passed over.
pub fn from_folder(folder: &Path, problems: &mut Vec<Problem>) -> Files {
    fn walk(root: &Path, folder: &Path, files: &mut Files, problems: &mut Vec<Problem>) {
        let name = |path: &Path| {
            path.strip_prefix(root)
                .unwrap_or(path)
                .to_string_lossy()
                .replace('\\', "/")
        };
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            // Moved into place or taken away since it was listed.
            Err(error) if error.kind() == ErrorKind::NotFound && folder != root => return,
            Err(error) => {
                let hint = "check that the folder exists and may be read";
                problems.push(Problem::new(
                    &folder.display().to_string(),
                    0,
                    format!("cannot list the folder: {error}"),
                    hint,
                ));
                return;
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if path.is_dir() {
                walk(root, &path, files, problems);
                continue;
            }
            match std::fs::read(&path) {
                Ok(bytes) => add(&name(&path), bytes, files, problems),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => {
                    let file = display_path(&name(&path));
                    problems.push(Problem::new(
                        &file,
                        0,
                        format!("cannot be read: {error}"),
                        "check its permissions",
                    ));
                }
            }
        }
    }
    // The update is read first: while it moves into place, a file is then met here or there, and is new in both.
    let mut decided = Files::new();
    let ready = folder.join(READY);
    if ready.is_dir() {
        walk(&ready, &ready, &mut decided, problems);
    }
    let mut files = Files::new();
    walk(folder, folder, &mut files, problems);
    files.extend(decided);
    files
}

fn add(path: &str, bytes: Vec<u8>, files: &mut Files, problems: &mut Vec<Problem>) {
    let Some(name) = path.strip_suffix(PACKED_END) else {
        return add_text(path, bytes, files, problems);
    };
    let mut text = Vec::new();
    match flate2::read::GzDecoder::new(bytes.as_slice())
        .take(LARGEST)
        .read_to_end(&mut text)
    {
        Ok(_) if files.contains_key(name) => problems.push(Problem::new(
            &display_path(path),
            0,
            format!("{} stands beside it unpacked", display_path(name)),
            "remove one of the two",
        )),
        Ok(_) => add_text(name, text, files, problems),
        Err(error) => problems.push(Problem::new(
            &display_path(path),
            0,
            format!("cannot be unpacked: {error}"),
            "pack the text again with gzip, or put it there unpacked",
        )),
    }
}

fn add_text(path: &str, bytes: Vec<u8>, files: &mut Files, problems: &mut Vec<Problem>) {
    if files.contains_key(path) {
        let hint = "remove one of the two";
        problems.push(Problem::new(
            &display_path(path),
            0,
            format!("stands beside {path}{PACKED_END}"),
            hint,
        ));
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.remove(0);
            }
            if text.contains("\r\n") {
                text = text.replace("\r\n", "\n");
            }
            files.insert(path.to_owned(), text);
        }
        Err(error) => {
            let line = error.as_bytes()[..error.utf8_error().valid_up_to()]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count()
                + 1;
            problems.push(Problem::new(
                &display_path(path),
                line,
                "not UTF-8",
                "save the file as UTF-8",
            ));
        }
    }
}

/// CRC-32 over paths and texts, in order.
pub fn fingerprint(files: &Files) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for (path, text) in files {
        for part in [path, text] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hasher.finalize()
}
