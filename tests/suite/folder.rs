//! A knowledge folder of two roles and one trend, fresh for each test, and the program run on it.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use careerbot::knowledge::check::{Report, Stale, check};
use careerbot::knowledge::language::{examples, weights};
use careerbot::knowledge::{Knowledge, Problem, files, load_folder};
use tempfile::TempDir;

/// A copy of `tests/fixtures/knowledge`, with the language that the program ships, that a test may spoil.
pub(crate) struct Folder {
    root: TempDir,
}

impl Folder {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().expect("a temporary folder");
        let (here, knowledge) = (
            Path::new(env!("CARGO_MANIFEST_DIR")),
            root.path().join("knowledge"),
        );
        copy(&here.join("tests/fixtures/knowledge"), &knowledge);
        copy(
            &here.join("knowledge/language"),
            &knowledge.join("language"),
        );
        // The shipped weights, as learned from what this folder describes.
        let mut problems = Vec::new();
        let learned = examples::fingerprint(&files::from_folder(&knowledge, &mut problems));
        let path = knowledge.join(weights::PATH);
        let text = fs::read_to_string(&path).expect("the weights");
        let (head, rows) = text.split_once('\n').expect("a head");
        let (made, _) = head.rsplit_once(' ').expect("what they were made from");
        fs::write(&path, format!("{made} {learned:08x}\n{rows}")).expect("a writable folder");
        Self { root }
    }

    /// The folder in which `knowledge/` stands.
    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.root.path().join("knowledge").join(file)
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).expect("a file of the folder")
    }

    pub(crate) fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(file), bytes).expect("a writable folder");
    }

    /// Replaces the first `from`, which must stand in the file.
    #[track_caller]
    pub(crate) fn edit(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{file} holds no {from:?}");
        self.write(file, text.replacen(from, to, 1));
    }

    pub(crate) fn load(&self) -> Result<Knowledge, Vec<Problem>> {
        load_folder(&self.path(""))
    }

    pub(crate) fn check(&self, stale: Option<Stale>) -> Report {
        let mut unread = Vec::new();
        let files = files::from_folder(&self.path(""), &mut unread);
        check(&files, unread, stale)
    }

    /// The program, run where `knowledge/` stands, without any setting of the environment.
    pub(crate) fn program(&self) -> Command {
        program(self.root())
    }
}

/// The program, run in `folder`, without any setting of the environment.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_careerbot"));
    for (key, _) in careerbot::config::KEYS {
        command.env_remove(key);
    }
    command
        .current_dir(folder)
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .env("XDG_STATE_HOME", folder.join("state"));
    command
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the fixture") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
