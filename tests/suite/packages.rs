//! What careerbot is packed in, held against the program: keys, commands, paths and versions that the files name.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use careerbot::config::KEYS;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below a folder with this ending.
fn files(folder: &str, end: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("a folder")
    {
        let entry = entry.expect("an entry");
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(files(&name, end));
        } else if name.ends_with(end) {
            found.push(name);
        }
    }
    found
}

#[test]
fn every_setting_that_a_package_names_is_one() {
    for file in [
        "Containerfile",
        "compose.yaml",
        "deploy/careerbot.service",
        "deploy/careerbot.env",
        "docs/runbook.md",
    ] {
        let text = read(file);
        let word = |c: char| c.is_ascii_uppercase() || c == '_';
        let keys = text.split(|c| !word(c)).filter(|name| {
            name.starts_with("CAREERBOT_")
                || name.starts_with("DISCORD_")
                || name.starts_with("DATABASE_")
        });
        for key in keys {
            assert!(KEYS.iter().any(|(one, _)| *one == key), "{file}: {key}");
        }
    }
}

#[test]
fn what_is_written_in_yaml_can_be_read() {
    let mut all = files(".github", ".yml");
    all.extend(["compose.yaml".to_owned(), "deploy/alerts.yaml".to_owned()]);
    assert!(all.len() >= 8, "{all:?}");
    for file in all {
        let read: Result<serde_json::Value, _> = yaml_serde::from_str(&read(&file));
        assert!(read.is_ok_and(|value| value.is_object()), "{file}");
    }
}

#[test]
fn packages_build_with_the_version_of_rust_that_the_program_needs() {
    let manifest = read("Cargo.toml");
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = \"")?.strip_suffix('"'))
        .expect("a version");
    assert!(read("Containerfile").contains(&format!("/rust:{version}-")));
    for workflow in ["ci", "release"] {
        let text = read(&format!(".github/workflows/{workflow}.yml"));
        assert!(text.contains("bash .ci/run"), "{workflow}");
        for line in text
            .lines()
            .filter(|line| line.contains("toolchain install"))
        {
            assert!(line.contains(&format!("install {version} ")), "{line}");
        }
    }
}

#[test]
fn the_debian_package_takes_files_that_there_are() {
    let manifest = read("Cargo.toml");
    let assets = manifest
        .split("\nassets = [")
        .nth(1)
        .and_then(|rest| rest.split("\n]").next())
        .expect("assets");
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for line in assets.lines().filter(|line| line.contains('[')) {
        let source = line.split('"').nth(1).expect("a source");
        let made = source.starts_with("target/");
        assert!(
            made || source.contains('*') || here.join(source).is_file(),
            "{source}"
        );
        seen += 1;
    }
    assert!(seen > 5);
}

/// The unit with the program of this build in place of the installed one, and without the manual that is not installed.
#[cfg(target_os = "linux")]
#[test]
fn the_unit_is_sound() {
    const TEST: &str = "the_unit_is_sound";
    let folder = tempfile::tempdir().expect("a folder");
    let unit = folder.path().join("careerbot.service");
    let text = read("deploy/careerbot.service")
        .replace("/usr/bin/careerbot", env!("CARGO_BIN_EXE_careerbot"))
        .replace("Documentation=man:careerbot(1)\n", "");
    fs::write(&unit, text).expect("written");
    let run = |arguments: &[&str]| {
        Command::new("systemd-analyze")
            .args(arguments)
            .arg(&unit)
            .output()
    };
    let Ok(verified) = run(&["verify", "--man=no", "--recursive-errors=no"]) else {
        // Past the capture of the runner: a check that was not made must not look like one that was.
        let _ = writeln!(
            std::io::stderr(),
            "\n*** NOT CHECKED in {TEST}: systemd-analyze is not here ***\n"
        );
        return;
    };
    let said = String::from_utf8_lossy(&verified.stderr).into_owned();
    assert!(
        verified.status.success() && !said.contains("careerbot.service"),
        "{said}"
    );
    let secure = run(&["security", "--offline=true"]).expect("it runs");
    let said = String::from_utf8_lossy(&secure.stdout).into_owned();
    assert!(said.contains("OK"), "{said}");
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn systemd_is_told_when_the_service_is_ready_alive_and_stopping() {
    use std::os::unix::net::UnixDatagram;
    use std::time::Duration;

    use crate::fake_discord::{Bot, FakeDiscord};

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("notify");
    let socket = UnixDatagram::bind(&path).expect("a socket");
    socket
        .set_read_timeout(Some(Duration::from_secs(30)))
        .expect("a time");
    let discord = FakeDiscord::start().await;
    let path = path.display().to_string();
    let mut bot = Bot::start_with(
        &discord,
        &["serve"],
        &[("NOTIFY_SOCKET", &path), ("WATCHDOG_USEC", "100000")],
    );
    let heard = move || {
        let mut bytes = [0; 64];
        let length = socket.recv(&mut bytes).expect("a word");
        String::from_utf8_lossy(&bytes[..length]).into_owned()
    };
    assert_eq!(heard(), "READY=1");
    assert_eq!(heard(), "WATCHDOG=1");
    discord.ready(1).await;
    bot.signal("TERM");
    let mut last = heard();
    while last == "WATCHDOG=1" {
        last = heard();
    }
    assert_eq!(last, "STOPPING=1");
    assert!(bot.ended().await.success());
}
