//! The program at a command line: what it prints, where, and with which exit code.

use std::io::Read as _;
use std::process::{Command, Stdio};

use crate::folder::{Folder, program};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn without_a_token_and_a_terminal_one_line_says_what_to_set() {
    let assert = Folder::new().program().assert().code(2).stdout("");
    let err = text(&assert.get_output().stderr);
    assert_eq!(err.lines().count(), 1, "{err}");
    assert!(
        err.contains("DISCORD_TOKEN") && err.contains(".env"),
        "{err}"
    );
}

#[test]
fn help_names_every_command() {
    let assert = Folder::new()
        .program()
        .arg("--help")
        .assert()
        .code(0)
        .stderr("");
    let out = text(&assert.get_output().stdout);
    for command in [
        "ask",
        "chat",
        "serve",
        "check",
        "sources",
        "new",
        "figures",
        "commands",
        "doctor",
        "index",
        "digest",
        "backup",
        "restore",
        "completions",
        "health",
        "reload",
        "man",
    ] {
        assert!(
            out.contains(&format!("\n  {command} ")),
            "{command} in {out}"
        );
    }
}

#[test]
fn an_unknown_command_is_refused_on_standard_error() {
    let assert = Folder::new()
        .program()
        .arg("aks")
        .assert()
        .code(2)
        .stdout("");
    assert!(text(&assert.get_output().stderr).contains("aks"));
}

#[test]
fn each_question_of_a_batch_gives_one_object_with_its_keys_in_order() {
    let questions = "What does a nurse do?\n\nhow do I fix my car\r\nlast without a line end";
    let assert = Folder::new()
        .program()
        .args(["ask", "--json", "--batch", "-"])
        .write_stdin(questions)
        .assert()
        .code(0)
        .stderr("");
    let out = text(&assert.get_output().stdout);
    let asked: Vec<String> = out
        .lines()
        .map(|line| {
            let object: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(line).expect("one object a line");
            let keys: Vec<&str> = object.keys().map(String::as_str).collect();
            assert_eq!(
                keys,
                [
                    "question",
                    "outcome",
                    "text",
                    "subjects",
                    "sources",
                    "elapsed_us"
                ]
            );
            object["question"]
                .as_str()
                .expect("the question")
                .to_owned()
        })
        .collect();
    assert_eq!(
        asked,
        [
            "What does a nurse do?",
            "",
            "how do I fix my car",
            "last without a line end"
        ]
    );
}

#[test]
fn a_batch_may_stand_in_a_file_and_hold_any_bytes() {
    let folder = Folder::new();
    std::fs::write(folder.root().join("questions"), b"nurse \xff\n").expect("written");
    let assert = folder
        .program()
        .args(["ask", "--json", "--batch", "questions"])
        .assert()
        .code(0);
    assert!(text(&assert.get_output().stdout).starts_with("{\"question\":\"nurse \u{fffd}\""));
    let assert = folder
        .program()
        .args(["ask", "--json", "--batch", "missing"])
        .assert()
        .code(1)
        .stdout("");
    assert!(text(&assert.get_output().stderr).contains("cannot read missing"));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::new();
    let questions = "nurse\n".repeat(5_000);
    std::fs::write(folder.root().join("questions"), questions).expect("written");
    let mut child = Command::new(env!("CARGO_BIN_EXE_careerbot"))
        .args(["ask", "--json", "--batch", "questions"])
        .current_dir(folder.root())
        .env("CAREERBOT_KNOWLEDGE", folder.path(""))
        .env("CAREERBOT_INDEX", folder.root().join("index"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = [0; 10];
    child
        .stdout
        .take()
        .expect("a pipe")
        .read_exact(&mut first)
        .expect("ten bytes");
    let mut err = String::new();
    child
        .stderr
        .take()
        .expect("a pipe")
        .read_to_string(&mut err)
        .expect("text");
    assert_eq!(
        (child.wait().expect("an end").code(), err.as_str()),
        (Some(0), "")
    );
}

#[test]
fn piped_output_holds_no_color_codes() {
    let assert = Folder::new()
        .program()
        .args(["ask", "what does a registered nurse do"])
        .assert()
        .code(0);
    assert!(!text(&assert.get_output().stdout).contains('\u{1b}'));
}

#[test]
fn a_setting_that_cannot_be_used_is_named() {
    let assert = Folder::new()
        .program()
        .env("CAREERBOT_METRICS", "nine")
        .args(["ask", "nurse"])
        .assert()
        .code(1)
        .stdout("");
    assert!(text(&assert.get_output().stderr).contains("CAREERBOT_METRICS"));
}

#[test]
fn outside_a_checkout_the_shipped_knowledge_answers() {
    let folder = tempfile::tempdir().expect("a folder");
    let assert = program(folder.path()).arg("check").assert().code(0);
    assert!(text(&assert.get_output().stdout).starts_with("164 files, "));
}

#[test]
fn sources_tell_their_age_and_what_rests_on_them() {
    let assert = Folder::new()
        .program()
        .arg("sources")
        .assert()
        .code(0)
        .stderr("");
    let out = text(&assert.get_output().stdout);
    assert!(out.contains("2 roles, 1 trend, 3 projections"), "{out}");
    assert!(
        out.contains("Release      May 2025")
            && out.contains(" old)")
            && out.contains("BLS.gov cannot vouch"),
        "{out}"
    );
}

#[test]
fn a_new_role_loads_once_it_has_its_figures_and_check_says_what_is_left() {
    let folder = Folder::new();
    let assert = folder
        .program()
        .args(["new", "role", "school-nurse"])
        .assert()
        .code(0);
    assert!(text(&assert.get_output().stdout).contains("school-nurse.md is ready"));
    let problems = folder
        .load()
        .expect_err("the skeleton names a source that the folder lacks");
    assert!(
        problems
            .iter()
            .all(|problem| problem.file == "knowledge/roles/school-nurse.md"
                && problem.what.contains("onet-30-1")),
        "{problems:?}"
    );
    folder.edit("roles/school-nurse.md", ", onet-30-1]", "]");
    folder.load().expect("a skeleton that loads");
    let found = folder.check(None).found;
    assert!(
        found.iter().any(|found| found.check == "file-length"),
        "{found:#?}"
    );
}

#[test]
fn a_new_trend_takes_the_next_number() {
    let folder = Folder::new();
    folder
        .program()
        .args(["new", "trend", "home-care"])
        .assert()
        .code(0);
    assert!(
        folder
            .read("trends/02-home-care.md")
            .contains("number: 2\n")
    );
}

#[test]
fn nothing_is_written_over_and_no_bad_name_is_taken() {
    let folder = Folder::new();
    let before = folder.read("roles/registered-nurse.md");
    for (args, message) in [
        (
            ["new", "role", "registered-nurse"],
            "roles/registered-nurse.md is there already",
        ),
        (
            ["new", "trend", "telehealth-expansion"],
            "trends/01-telehealth-expansion.md is there already",
        ),
        (["new", "role", "../escape"], "is not a slug"),
    ] {
        let assert = folder.program().args(args).assert().code(2);
        assert!(text(&assert.get_output().stderr).contains(message));
    }
    assert_eq!(folder.read("roles/registered-nurse.md"), before);
}

#[test]
fn commands_are_listed_as_discord_gets_them() {
    let folder = Folder::new();
    let assert = folder
        .program()
        .args(["commands", "--json"])
        .assert()
        .code(0)
        .stderr("");
    let json: serde_json::Value =
        serde_json::from_slice(&assert.get_output().stdout).expect("JSON");
    assert_eq!(
        json,
        serde_json::to_value(careerbot::discord::commands()).expect("JSON")
    );
    let assert = folder.program().arg("commands").assert().code(0);
    let out = text(&assert.get_output().stdout);
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    let row = |command: &str| {
        let mut lines = out.lines().skip_while(|line| {
            // A long name goes on in the next line.
            let name = line.split("  ").next().unwrap_or_default();
            name != command && !(name.len() >= 16 && command.starts_with(name))
        });
        let first = lines
            .next()
            .unwrap_or_else(|| panic!("no {command} in {out}"));
        std::iter::once(first)
            .chain(lines.take_while(|line| !line.is_empty()))
            .collect::<Vec<_>>()
            .join("\n")
    };
    for command in careerbot::discord::commands() {
        let command = serde_json::to_value(command).expect("JSON");
        let moderators = !command["default_member_permissions"].is_null();
        let names = command["options"].as_array().cloned().unwrap_or_default();
        let sub: Vec<_> = names.iter().filter(|option| option["type"] == 1).collect();
        let name = command["name"].as_str().expect("a name");
        let row = match (sub.first(), command["type"] == 3) {
            (_, true) => row(name),
            (Some(sub), _) => row(&format!(
                "/{name} {}",
                sub["name"].as_str().expect("a name")
            )),
            (None, _) => row(&format!("/{name}")),
        };
        assert!(
            row.contains(if moderators {
                "moderators  servers"
            } else {
                "everyone    servers, DMs"
            }),
            "{row}"
        );
    }
    for (command, option) in [
        ("/ask", "question*: text"),
        ("/ask", "private: yes or no"),
        ("/explore", "pay: one of 5"),
    ] {
        assert!(row(command).contains(option), "{option} in {out}");
    }
}
