//! The index survives what happens to files: a process that is killed, bytes that change, a folder that is read-only, two
//! programs at once. The real program each time, as a process of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::folder::{Folder, program};

/// The program, run in `folder` without any setting; the shipped knowledge, so that a build takes its time.
fn careerbot(folder: &Path, index: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_careerbot"));
    for (key, _) in careerbot::config::KEYS {
        command.env_remove(key);
    }
    command.current_dir(folder).env("CAREERBOT_INDEX", index);
    command
}

/// Asks one question and returns standard error; the answer must be right.
#[track_caller]
fn answers(command: &mut Command) -> String {
    let output = command
        .args(["ask", "--json", "What does a registered nurse do?"])
        .output()
        .expect("the program");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success()
            && out.contains("\"outcome\":\"answered\"")
            && out.contains("registered-nurse"),
        "{out}\n{err}"
    );
    err
}

/// The names of the builds in an index folder.
fn builds(index: &Path) -> Vec<String> {
    let names = fs::read_dir(index).expect("the index").map(|entry| {
        entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    names.filter(|name| name.starts_with("build-")).collect()
}

/// A number that differs each time: the seeds of the standard library's hash maps do.
fn random() -> u64 {
    use std::hash::{BuildHasher as _, Hasher as _};
    std::collections::hash_map::RandomState::new()
        .build_hasher()
        .finish()
}

#[test]
fn fifty_kills_during_builds_leave_an_index_that_works() {
    let home = tempfile::tempdir().expect("a folder");
    let index = home.path().join("index");
    let start = Instant::now();
    assert!(
        careerbot(home.path(), &index)
            .arg("index")
            .stdout(Stdio::null())
            .status()
            .expect("a build")
            .success()
    );
    let whole = start.elapsed();
    let mut killed = 0;
    for _ in 0..50 {
        let mut child = careerbot(home.path(), &index)
            .arg("index")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a build");
        std::thread::sleep(whole.mul_f64((random() % 1_000) as f64 / 1_000.0));
        child.kill().expect("a kill");
        killed += usize::from(!child.wait().expect("an end").success());
        let err = answers(&mut careerbot(home.path(), &index));
        assert_eq!(
            err, "",
            "the old index or the new one is used, and nothing has to be repaired"
        );
    }
    // A build that was over before its kill proves nothing; the moments are spread over a whole build, so most are not.
    assert!(
        killed >= 20,
        "only {killed} of 50 builds were killed before they were over"
    );
    assert!(
        careerbot(home.path(), &index)
            .arg("index")
            .stdout(Stdio::null())
            .status()
            .expect("a build")
            .success()
    );
    assert_eq!(
        builds(&index).len(),
        1,
        "what killed builds left behind is removed by the next whole one"
    );
}

#[test]
fn every_file_that_is_cut_or_changed_is_repaired_and_named() {
    let folder = Folder::new();
    let index = folder.root().join("index");
    let careerbot = || {
        let mut command = careerbot(folder.root(), &index);
        command.env("CAREERBOT_KNOWLEDGE", folder.path(""));
        command
    };
    let nurse_is_known = answers(&mut careerbot());
    assert_eq!(nurse_is_known, "", "a first build is no news");
    let files = |index: &Path| -> Vec<PathBuf> {
        let inside = |folder: PathBuf| {
            fs::read_dir(folder)
                .expect("a folder")
                .map(|entry| entry.expect("an entry").path())
                .filter(|path| path.is_file())
        };
        let build = index.join(&builds(index)[0]);
        let mut files: Vec<PathBuf> = inside(index.to_owned())
            .chain(inside(build))
            .filter(|file| !file.ends_with("LOCK"))
            .collect();
        files.sort();
        files
    };
    type Harm = fn(Vec<u8>) -> Vec<u8>;
    let harms: [(&str, Harm); 3] = [
        ("cut", |bytes| bytes[..bytes.len() / 2].to_vec()),
        ("changed", |mut bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0x10;
            bytes
        }),
        ("emptied", |_| Vec::new()),
    ];
    let many = files(&index).len();
    assert!(many > 5, "{many} files");
    for (what, harm) in harms {
        for place in 0..many {
            // The names differ after each repair, so the file is found by its place.
            let file = files(&index)[place].clone();
            let bytes = fs::read(&file).expect("a file of the index");
            fs::write(&file, harm(bytes)).expect("a damaged file");
            let err = answers(&mut careerbot());
            assert!(
                err.contains("damaged"),
                "{} {what}: the repair is told: {err:?}",
                file.display()
            );
            assert_eq!(
                answers(&mut careerbot()),
                "",
                "{} {what}: repaired once and for all",
                file.display()
            );
        }
    }
    for place in 0..many {
        let file = files(&index)[place].clone();
        fs::remove_file(&file).expect("removed");
        answers(&mut careerbot());
        assert_eq!(
            answers(&mut careerbot()),
            "",
            "{} gone: repaired once and for all",
            file.display()
        );
    }
}

#[test]
fn where_the_index_cannot_be_written_answers_come_from_memory() {
    let folder = Folder::new();
    // A file where the folder should be refuses everyone, the superuser of a container too.
    let blocked = folder.root().join("blocked");
    fs::write(&blocked, "").expect("a file");
    let err =
        answers(careerbot(folder.root(), &blocked).env("CAREERBOT_KNOWLEDGE", folder.path("")));
    assert!(err.contains("memory") && err.contains("blocked"), "{err:?}");
}

#[test]
fn a_stuck_program_with_the_lock_is_not_waited_for_without_end() {
    let folder = Folder::new();
    let index = folder.root().join("index");
    fs::create_dir(&index).expect("a folder");
    let held = fs::File::create(index.join("LOCK")).expect("the lock");
    held.lock().expect("held");
    let begun = Instant::now();
    let err = answers(careerbot(folder.root(), &index).env("CAREERBOT_KNOWLEDGE", folder.path("")));
    assert!(
        err.contains("memory") && err.contains("which another program holds"),
        "{err:?}"
    );
    assert!(begun.elapsed() < Duration::from_secs(40));
    drop(held);
    answers(careerbot(folder.root(), &index).env("CAREERBOT_KNOWLEDGE", folder.path("")));
    assert_eq!(builds(&index).len(), 1, "free again, it is built");
}

#[test]
#[cfg(unix)]
fn a_full_disk_below_the_index_keeps_nobody_from_answering() {
    let folder = Folder::new();
    let index = folder.root().join("index");
    let mut command = careerbot(folder.root(), &index);
    let program = command.get_program().to_owned();
    // No file may grow beyond a block, and the signal is ignored: writing fails as on a full disk.
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""])
        .arg(program)
        .env("CAREERBOT_KNOWLEDGE", folder.path(""))
        .env("CAREERBOT_INDEX", &index)
        .current_dir(folder.root());
    let err = answers(&mut limited);
    assert!(err.contains("memory"), "{err:?}");
    command.env("CAREERBOT_KNOWLEDGE", folder.path(""));
    answers(&mut command);
    assert_eq!(builds(&index).len(), 1, "with room, it is built");
}

#[test]
#[cfg(unix)]
fn a_read_only_folder_is_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    /// The user and group "nobody", by the number that Linux gives them.
    const NOBODY: u32 = 65_534;

    let folder = Folder::new();
    let index = folder.root().join("index");
    fs::create_dir(&index).expect("a folder");
    fs::set_permissions(&index, fs::Permissions::from_mode(0o555)).expect("read-only");
    let mut command = careerbot(folder.root(), &index);
    command.env("CAREERBOT_KNOWLEDGE", folder.path(""));
    if fs::write(index.join("probe"), "").is_ok() {
        // The superuser writes everywhere, so the program runs as somebody who does not.
        fs::remove_file(index.join("probe")).expect("removed");
        fs::set_permissions(folder.root(), fs::Permissions::from_mode(0o755))
            .expect("readable by all");
        command.uid(NOBODY).gid(NOBODY);
    }
    let err = answers(&mut command);
    assert!(err.contains("memory"), "{err:?}");
    assert_eq!(fs::read_dir(&index).expect("the folder").count(), 0);
}

#[test]
fn two_builds_at_once_end_in_one_good_index() {
    let folder = Folder::new();
    let index = folder.root().join("index");
    for _ in 0..5 {
        let start = |_| {
            careerbot(folder.root(), &index)
                .env("CAREERBOT_KNOWLEDGE", folder.path(""))
                .arg("index")
                .stdout(Stdio::null())
                .spawn()
                .expect("a build")
        };
        let children: Vec<_> = (0..3).map(start).collect();
        for mut child in children {
            assert!(child.wait().expect("an end").success());
        }
        assert_eq!(
            answers(careerbot(folder.root(), &index).env("CAREERBOT_KNOWLEDGE", folder.path(""))),
            ""
        );
        assert_eq!(builds(&index).len(), 1);
    }
}

#[test]
fn an_index_of_other_knowledge_is_built_anew() {
    let folder = Folder::new();
    let index = folder.root().join("index");
    answers(careerbot(folder.root(), &index).env("CAREERBOT_KNOWLEDGE", folder.path("")));
    let before = builds(&index);
    folder.edit("roles/registered-nurse.md", "nurse", "nurse practising");
    let assert = program(folder.root())
        .env("CAREERBOT_KNOWLEDGE", folder.path(""))
        .env("CAREERBOT_INDEX", &index)
        .args(["ask", "what does a registered nurse do"])
        .timeout(Duration::from_secs(60))
        .assert();
    assert.success();
    assert_ne!(builds(&index), before);
}
