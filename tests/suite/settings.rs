//! Settings as an operator gives them: flags, the environment, `.env`, files and credentials; and what is said of wrong ones.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use careerbot::config::KEYS;
use careerbot::config::keys::flag;

use crate::fake_discord::{APPLICATION, Bot, FakeDiscord, TOKEN, bot};
use crate::folder::{Folder, program};

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn help_lists_every_setting_with_its_flag_and_no_value() {
    let folder = Folder::new();
    let run = |arguments: &[&str]| {
        let output = folder
            .program()
            .args(arguments)
            .env("DISCORD_TOKEN", TOKEN)
            .output();
        said(&output.expect("it runs"))
    };
    for arguments in [&["--help"][..], &["serve", "--help"]] {
        let help = run(arguments);
        for (key, _) in KEYS {
            assert!(
                help.contains(&format!("--{} <", flag(key)))
                    && help.contains(&format!("[env: {key}")),
                "{key}: {help}"
            );
        }
        assert!(!help.contains(TOKEN), "{help}");
    }
    assert!(!run(&["-h"]).contains("--log-format"), "-h is short");
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let folder = Folder::new();
    let knowledge = folder.path("").display().to_string();
    let place = tempfile::tempdir().expect("a folder");
    let check = |file: &str, environment: &str, arguments: &[&str]| {
        fs::write(
            place.path().join(".env"),
            format!("CAREERBOT_KNOWLEDGE={file}\n"),
        )
        .expect("written");
        let mut program = program(place.path());
        if !environment.is_empty() {
            program.env("CAREERBOT_KNOWLEDGE", environment);
        }
        let output = program.args(arguments).output().expect("it runs");
        (output.status.success(), said(&output))
    };
    for (file, environment, arguments) in [
        (knowledge.as_str(), "", &["sources"][..]),
        ("/nowhere", &knowledge, &["sources"]),
        (
            "/nowhere",
            "/nowhere",
            &["sources", "--knowledge", &knowledge],
        ),
        (
            "/nowhere",
            "/nowhere",
            &["--knowledge", &knowledge, "sources"],
        ),
    ] {
        let (fine, said) = check(file, environment, arguments);
        assert!(
            fine && said.contains("2 roles, 1 trend"),
            "{arguments:?}: {said}"
        );
    }
    assert!(
        !check(
            &knowledge,
            &knowledge,
            &["sources", "--knowledge", "/nowhere"]
        )
        .0
    );
}

#[test]
fn a_misspelt_setting_in_the_file_is_warned_of_with_the_one_that_was_meant() {
    let folder = Folder::new();
    let file = "# mine\nPGPASSWORD=hunter2\nCAREERBOT_KNOWLEGE=hunter2\n";
    fs::write(folder.root().join(".env"), file).expect("written");
    let output = folder.program().arg("sources").output().expect("it runs");
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && err.lines().count() == 1, "{err}");
    assert!(
        err.contains("WARN")
            && err.contains(".env:3: CAREERBOT_KNOWLEGE is no setting of careerbot; did you mean CAREERBOT_KNOWLEDGE?")
            && !err.contains("hunter2"),
        "{err}"
    );
}

#[test]
fn all_that_is_wrong_with_file_and_environment_is_told_at_once() {
    let folder = Folder::new();
    fs::write(folder.root().join(".env"), "A=1\nB=two words\nC=3\nD 4\n").expect("written");
    let output = folder
        .program()
        .env("CAREERBOT_LOG", "inof")
        .env("DISCORD_TOKEN", "1134567890123456789")
        .arg("sources")
        .output()
        .expect("it runs");
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for words in [
        "4 mistakes",
        "/.env:2: is not of the form KEY=value",
        "/.env:4: is not of the form KEY=value",
        "CAREERBOT_LOG is no level; did you mean info?",
        "DISCORD_TOKEN is an id and no token",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_token_is_said_and_never_sent() {
    let discord = FakeDiscord::start().await;
    for (token, words) in [
        (format!("Bot {TOKEN}"), "leave that word out"),
        (
            "s3cr3t_s3cr3t-s3cr3t_s3cr3t-s3c3".to_owned(),
            "client secret",
        ),
        ("MTAw.fake".to_owned(), "three words joined by dots"),
    ] {
        for command in ["serve", "doctor"] {
            let (mut program, _home) = bot::command(&discord.base, &[command]);
            program.env("DISCORD_TOKEN", &token).stdin(Stdio::null());
            let output = tokio::task::spawn_blocking(move || program.output().expect("it runs"));
            let output = output.await.expect("it ends");
            let said = said(&output);
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(
                said.contains("DISCORD_TOKEN") && said.contains(words) && !said.contains(&token),
                "{said}"
            );
        }
    }
    assert_eq!(discord.shared.lock().requests.len(), 0, "nothing is sent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_in_a_file_or_a_credential_serves_and_the_invitation_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("discord-token");
    fs::write(&file, format!("{TOKEN}\n")).expect("written");
    let (file, folder) = (
        file.display().to_string(),
        folder.path().display().to_string(),
    );
    for settings in [
        ("DISCORD_TOKEN_FILE", file.as_str()),
        ("CREDENTIALS_DIRECTORY", folder.as_str()),
    ] {
        let discord = FakeDiscord::start().await;
        let bot = Bot::start_with(&discord, &["serve"], &[("DISCORD_TOKEN", ""), settings]);
        discord.ready(1).await;
        let address = format!(
            "invitation=https://discord.com/oauth2/authorize?client_id={APPLICATION}&scope=bot+applications.commands&permissions=274878024704"
        );
        bot.logged(&address).await;
    }
}

/// Where a server without `CAREERBOT_DATA` makes its database, as its log tells it.
async fn default_place(with_data: bool) -> (tempfile::TempDir, String) {
    let discord = FakeDiscord::start().await;
    let (mut command, home) = bot::command(&discord.base, &["serve"]);
    command.env_remove("CAREERBOT_DATA");
    if with_data {
        fs::create_dir(home.path().join("data")).expect("made");
    }
    let kept = tempfile::tempdir().expect("a folder");
    command.env("XDG_DATA_HOME", kept.path());
    let bot = Bot::spawn(command, home);
    bot.logged("store opened").await;
    let log = bot.log();
    let place = log
        .split("store opened place=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a place");
    assert!(Path::new(place).is_file(), "{place}");
    (kept, place.to_owned())
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn data_goes_into_the_users_data_folder_unless_there_is_one_here() {
    let (kept, place) = default_place(false).await;
    let wanted = kept.path().join("careerbot/careerbot.db");
    assert_eq!(place, wanted.display().to_string());
    let (kept, place) = default_place(true).await;
    assert!(
        Path::new(&place).is_absolute() && place.ends_with("/data/careerbot.db"),
        "{place}"
    );
    assert!(!Path::new(&place).starts_with(kept.path()), "{place}");
}

#[test]
fn completions_and_manual_pages_are_printed() {
    let folder = Folder::new();
    let run = |arguments: &[&str]| {
        let assert = folder.program().args(arguments).assert().code(0).stderr("");
        String::from_utf8(assert.get_output().stdout.clone()).expect("UTF-8")
    };
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(&["completions", shell]);
        for word in ["careerbot", "backup", "log-format"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let page = run(&["man"]);
    for word in [".TH careerbot", "CAREERBOT_METRICS", "careerbot\\-serve"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    let pages = folder.root().join("pages");
    fs::create_dir(&pages).expect("made");
    run(&["man", "--to", "pages"]);
    for page in [
        "careerbot.1",
        "careerbot-serve.1",
        "careerbot-digest-preview.1",
    ] {
        assert!(pages.join(page).is_file(), "{page}");
    }
    folder
        .program()
        .args(["man", "--to", "nowhere"])
        .assert()
        .code(1)
        .stdout("");
}
