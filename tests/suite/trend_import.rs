//! `careerbot trend import`: a trend's file is begun from an article, in the real program.

use std::path::Path;
use std::process::Command;

use careerbot::knowledge::own_trend::{MOST_QUOTES, QUOTE_WORDS};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/articles/");

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the knowledge") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).expect("copied");
        }
    }
}

fn run(folder: &Path, args: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_careerbot"));
    command
        .args(args)
        .env("CAREERBOT_KNOWLEDGE", folder)
        .env("CAREERBOT_INDEX", folder.join("../index"))
        .env_remove("DISCORD_TOKEN");
    let output = command.output().expect("run");
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8(said).expect("UTF-8"),
    )
}

#[test]
fn a_trend_is_begun_from_an_article_and_check_says_what_is_left() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("knowledge");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    copy(&shipped, &folder);
    let article = format!("{FIXTURES}virtual-nursing.html");
    let (done, said) = run(
        &folder,
        &["trend", "import", &article, "--slug", "virtual-nursing"],
    );
    assert!(done, "{said}");
    for says in [
        "11-virtual-nursing.md is begun from the article",
        "Near to: Telehealth expansion.",
        "publisher: \"Ward Letter\"",
        "date: 2026-09-14",
        "url: https://wardletter.example/virtual-nursing?id=7&v=2",
    ] {
        assert!(said.contains(says), "{says}: {said}");
    }
    let written = folder.join("trends/11-virtual-nursing.md");
    let text = std::fs::read_to_string(&written).expect("written");
    assert!(
        text.contains("named_roles: [registered-nurse,")
            && text.contains("# “One health system in Ohio spent $2.4 million"),
        "{text}"
    );
    let (_, body) = text
        .rsplit_once("## What the article says")
        .expect("the section");
    let quotes: Vec<&str> = body
        .split('“')
        .skip(1)
        .filter_map(|rest| rest.split('”').next())
        .collect();
    assert!((1..=MOST_QUOTES).contains(&quotes.len()), "{body}");
    for quote in quotes {
        assert!(quote.split_whitespace().count() <= QUOTE_WORDS, "{quote}");
    }
    let block = said
        .split("\n\n")
        .find(|part| part.starts_with("virtual-nursing:"))
        .expect("a source");
    let sources = folder.join("sources.yaml");
    let before = std::fs::read_to_string(&sources).expect("read");
    std::fs::write(&sources, format!("{before}\n{block}\n")).expect("written");
    let (clean, left) = run(&folder, &["check"]);
    assert!(!clean, "sections are still to be written: {left}");
    for says in [
        "11-virtual-nursing.md",
        "[short-section]",
        "registered-nurse",
    ] {
        assert!(left.contains(says), "{says}: {left}");
    }
    assert!(
        !left.contains("sources.yaml:"),
        "the source is as it should be: {left}"
    );
    let (done, said) = run(
        &folder,
        &["trend", "import", &article, "--slug", "virtual-nursing"],
    );
    assert!(!done && said.contains("is there already"), "{said}");
    assert_eq!(
        std::fs::read_to_string(&written).expect("read"),
        text,
        "nothing is written over"
    );
}

#[test]
fn what_is_no_article_is_refused() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("knowledge");
    std::fs::create_dir_all(folder.join("roles")).expect("a folder");
    for (name, bytes, says) in [
        ("a.pdf", "%PDF", "PDF files are not read"),
        ("a.txt", "Few words.", "2 words"),
        ("a.docx", "x", "only text"),
    ] {
        let file = place.path().join(name);
        std::fs::write(&file, bytes).expect("written");
        let (done, said) = run(&folder, &["trend", "import", file.to_str().expect("UTF-8")]);
        assert!(!done && said.contains(says), "{said}");
    }
    let (done, said) = run(&folder, &["trend", "import", "nowhere.txt"]);
    assert!(!done && said.contains("cannot read nowhere.txt"), "{said}");
}
