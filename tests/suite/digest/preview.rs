//! `digest preview`, `backup` and `restore` on the command line, and the pictures of the moderators' page.

use crate::folder::Folder;
use crate::pictures;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn a_preview_shows_the_summary_that_would_be_posted() {
    let folder = Folder::new();
    let run = |topic: &str, style: &str| {
        let assert = folder
            .program()
            .args(["digest", "preview", topic, "--style", style])
            .assert()
            .code(0)
            .stderr("");
        text(&assert.get_output().stdout)
    };
    let short = run("1", "short");
    assert!(
        short.starts_with("Trend: ")
            && short.contains("median pay")
            && short.contains("\nSource: "),
        "{short}"
    );
    assert!(run("1", "discussion").contains('?'));
    let new = run("new", "full");
    assert!(new.starts_with("What you can read here\nI know "), "{new}");
    for (args, says) in [
        (["digest", "preview", "beekeeper"].as_slice(), "is no topic"),
        (&["digest", "preview", "1", "--style", "x"], "is no style"),
    ] {
        let assert = folder.program().args(args).assert().code(2).stdout("");
        assert!(text(&assert.get_output().stderr).contains(says));
    }
}

#[test]
fn a_backup_is_made_and_restored_from_the_command_line() {
    let folder = Folder::new();
    let place = tempfile::tempdir().expect("a folder");
    let (data, other, file) = (
        place.path().join("data"),
        place.path().join("other"),
        place.path().join("copy.db"),
    );
    let run = |data: &std::path::Path, args: &[&str]| {
        let mut program = folder.program();
        program.env("CAREERBOT_DATA", data).args(args).arg(&file);
        program
    };
    let assert = run(&data, &["backup"]).assert().code(1).stdout("");
    assert!(
        text(&assert.get_output().stderr).contains("careerbot.db"),
        "there is nothing to save"
    );
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let location = careerbot::store::Location::Sqlite(data.join("careerbot.db"));
    let store = runtime
        .block_on(careerbot::store::Store::open(&location))
        .expect("opened");
    runtime
        .block_on(store.audit(
            crate::store::HERE,
            crate::store::ANN,
            "x",
            "y",
            crate::store::at(0),
        ))
        .expect("written");
    run(&data, &["backup"]).assert().code(0).stderr("");
    run(&data, &["backup"]).assert().code(1).stdout("");
    let assert = run(&data, &["restore"]).assert().code(1).stdout("");
    assert!(text(&assert.get_output().stderr).contains("in use by another careerbot"));
    run(&other, &["restore"])
        .assert()
        .code(0)
        .stdout("restored 1 record\n");
    let assert = run(&other, &["restore"]).assert().code(1);
    assert!(text(&assert.get_output().stderr).contains("--replace"));
    run(&other, &["restore", "--replace"]).assert().code(0);
}

#[test]
fn the_pictures_of_the_moderators_page_are_as_they_are_drawn() {
    let place = tempfile::tempdir().expect("a folder");
    pictures::draw_all(place.path()).expect("drawn");
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let page = std::fs::read_to_string(docs.join("moderators.md")).expect("the page");
    let names: Vec<&str> = page
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .collect();
    assert_eq!(names.len(), 11, "{names:?}");
    for name in names {
        let kept = std::fs::read_to_string(docs.join(name))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let drawn = std::fs::read_to_string(place.path().join(name))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(
            kept == drawn,
            "docs/{name} is old: run `cargo run --example pictures -- docs`"
        );
        assert!(
            !drawn.contains("&lt;#") && !drawn.contains("&lt;t:") && !drawn.contains("```"),
            "{name} shows raw markup"
        );
    }
}
