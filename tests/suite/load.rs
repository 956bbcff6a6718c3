//! Loading is strict: every mistake has its file, its line and a hint, and one mistake is enough to load nothing.

use crate::folder::Folder;

const NURSE: &str = "roles/registered-nurse.md";
const TREND: &str = "trends/01-telehealth-expansion.md";

/// Spoils a folder and expects exactly one problem that begins and ends as given.
#[track_caller]
fn check(spoil: impl FnOnce(&Folder), place_and_fault: &str, hint: &str) {
    let folder = Folder::new();
    spoil(&folder);
    let problems: Vec<String> = folder
        .load()
        .expect_err("a problem")
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        problems
            .iter()
            .any(|problem| problem.starts_with(place_and_fault) && problem.contains(hint)),
        "expected {place_and_fault:?} with hint {hint:?} among {problems:#?}"
    );
}

#[test]
fn the_fixture_itself_loads() {
    let knowledge = Folder::new().load().expect("no problem");
    assert_eq!((knowledge.roles.len(), knowledge.trends.len()), (2, 1));
}

#[test]
fn an_unknown_key_is_named_with_the_key_that_was_meant() {
    check(
        |f| f.edit(NURSE, "aliases:\n", "aliasses:\n"),
        "knowledge/roles/registered-nurse.md:10: unknown key \"aliasses\"",
        "did you mean \"aliases\"?",
    );
}

#[test]
fn a_missing_field_is_named() {
    check(
        |f| f.edit(NURSE, "contact: direct\n", ""),
        "knowledge/roles/registered-nurse.md:2: key \"contact\" is missing",
        "add \"contact: ...\"",
    );
}

#[test]
fn a_slug_that_a_role_and_a_trend_share_is_refused() {
    check(
        |f| {
            f.write(
                "trends/02-registered-nurse.md",
                f.read(TREND).replace("number: 1", "number: 2"),
            )
        },
        "knowledge/trends/02-registered-nurse.md: slug \"registered-nurse\" is taken by another file",
        "rename one of the two",
    );
}

#[test]
fn two_trends_of_one_slug_are_refused() {
    check(
        |f| {
            f.write(
                "trends/02-telehealth-expansion.md",
                f.read(TREND).replace("number: 1", "number: 2"),
            )
        },
        "knowledge/trends/02-telehealth-expansion.md: slug \"telehealth-expansion\" is taken by another file",
        "rename one of the two",
    );
}

#[test]
fn a_dangling_link_is_named_with_the_role_that_was_meant() {
    check(
        |f| {
            f.edit(
                NURSE,
                "related: [licensed-practical-nurse]",
                "related: [licensed-practical-nurze]",
            )
        },
        "knowledge/roles/registered-nurse.md:42: there is no role \"licensed-practical-nurze\"",
        "did you mean \"licensed-practical-nurse\"?",
    );
    for file in ["data/titles.csv", "data/descriptions.csv"] {
        check(
            |f| {
                f.write(
                    file,
                    f.read(file)
                        .replacen(",registered-nurse", ",registered-nurze", 1),
                )
            },
            &format!("knowledge/{file}:2: there is no role \"registered-nurze\""),
            "name the role's slug",
        );
    }
}

#[test]
fn a_link_on_one_side_only_is_refused() {
    check(
        |f| {
            f.edit(
                TREND,
                "also_roles: [licensed-practical-nurse]",
                "also_roles: []",
            )
        },
        "knowledge/roles/licensed-practical-nurse.md: trend \"telehealth-expansion\" does not list the role back",
        "add the role",
    );
}

#[test]
fn a_bad_number_is_named_by_its_row() {
    check(
        |f| f.edit("data/national.csv", "97550", "97,5x0"),
        "knowledge/data/national.csv:3: row has a wrong number of columns",
        "the file has 11",
    );
    check(
        |f| f.edit("data/national.csv", "97550", "975x0"),
        "knowledge/data/national.csv:3: median \"975x0\" is no figure",
        "write a whole number",
    );
    check(
        |f| f.edit(TREND, "number: 1", "number: one"),
        "knowledge/trends/01-telehealth-expansion.md:2: \"number\" cannot be \"one\"",
        "whole number from 1 to 99",
    );
}

#[test]
fn percentiles_out_of_order_are_named_by_their_row() {
    check(
        |f| f.edit("data/national.csv", "68940", "168940"),
        "knowledge/data/national.csv:3: pct10 168940 is above pct25 80330",
        "percentiles cannot fall",
    );
}

#[test]
fn broken_yaml_is_named_by_its_line() {
    check(
        |f| f.edit(NURSE, "title: Registered nurse", "title: Registered: nurse"),
        "knowledge/roles/registered-nurse.md:2: broken YAML",
        "quote values",
    );
}

#[test]
fn a_file_that_is_not_utf8_is_named_by_its_line() {
    check(
        |f| f.write(NURSE, b"---\ntitle: \xff\n---\n"),
        "knowledge/roles/registered-nurse.md:2: not UTF-8",
        "save the file as UTF-8",
    );
}

#[test]
fn an_empty_body_is_refused() {
    check(
        |f| {
            let text = f.read(NURSE);
            let head = text.split("\n---\n").next().expect("front matter");
            f.write(NURSE, format!("{head}\n---\n"));
        },
        "knowledge/roles/registered-nurse.md:50: body is empty",
        "write the sections",
    );
}

#[test]
fn a_file_without_front_matter_is_refused() {
    check(
        |f| f.write(NURSE, "# Nurses\n"),
        "knowledge/roles/registered-nurse.md:1: no front matter",
        "begin the file with a line \"---\"",
    );
}

#[test]
fn a_missing_file_and_a_stray_one_are_named() {
    check(
        |f| std::fs::remove_file(f.path("sources.yaml")).expect("removed"),
        "knowledge/sources.yaml: file is missing",
        "restore it",
    );
    check(
        |f| f.write("notes.txt", "x"),
        "knowledge/notes.txt: unknown file",
        "role files stand in roles/",
    );
}

#[test]
fn all_problems_of_all_files_come_at_once() {
    let folder = Folder::new();
    folder.edit(NURSE, "contact: direct\n", "");
    folder.edit(TREND, "number: 1", "number: one");
    folder.edit("data/states.csv", "CA,29-1141", "ZZ,29-1141");
    folder.edit(
        "sources.yaml",
        "license: public domain",
        "licence: public domain",
    );
    let problems = folder.load().expect_err("problems");
    for file in [
        "roles/registered-nurse.md",
        "trends/01-telehealth-expansion.md",
        "data/states.csv",
        "sources.yaml",
    ] {
        assert!(
            problems
                .iter()
                .any(|problem| problem.file == format!("knowledge/{file}") && problem.line > 0),
            "{file} in {problems:#?}"
        );
    }
}

#[test]
fn a_question_on_broken_knowledge_fails_with_every_problem_and_no_answer() {
    let folder = Folder::new();
    folder.edit(NURSE, "contact: direct\n", "");
    folder.edit("data/national.csv", "97550", "975x0");
    let out = folder
        .program()
        .args(["ask", "what does a nurse do?"])
        .assert()
        .code(1)
        .stdout("")
        .get_output()
        .stderr
        .clone();
    let err = String::from_utf8(out).expect("UTF-8");
    assert!(
        err.contains("registered-nurse.md:2: key \"contact\" is missing"),
        "{err}"
    );
    assert!(
        err.contains("national.csv:3")
            && err.contains("2 problems in the knowledge; nothing was loaded"),
        "{err}"
    );
}

#[test]
fn how_long_it_takes_is_read_in_months() {
    let knowledge = Folder::new().load().expect("no problem");
    let lengths: Vec<_> = knowledge
        .roles
        .iter()
        .map(|role| (role.length.least, role.length.usual))
        .collect();
    assert_eq!(lengths, [(12, 12), (24, 48)]);
    assert!(
        knowledge
            .roles
            .iter()
            .all(|role| role.length.note.contains("NCLEX"))
    );
}

#[test]
fn half_a_length_or_an_impossible_one_is_refused() {
    for (from, to, fault, hint) in [
        (
            "length_least: 24",
            "length_least: two years",
            ":46: \"length_least\" cannot be \"two years\"",
            "whole months",
        ),
        (
            "length_usual: 48",
            "length_usual: 12",
            ":47: length_usual 12 is below length_least 24",
            "at least as long",
        ),
        (
            "length_usual: 48",
            "length_usual: 999",
            ":47: \"length_usual\" cannot be \"999\"",
            "whole months",
        ),
        (
            "length_usual: 48\n",
            "",
            ":2: key \"length_usual\" is missing",
            "add",
        ),
    ] {
        check(
            |f| f.edit(NURSE, from, to),
            &format!("knowledge/roles/registered-nurse.md{fault}"),
            hint,
        );
    }
}

#[test]
fn a_role_without_its_hours_is_refused() {
    check(
        |f| f.edit(NURSE, "## Schedule", "## Hours"),
        "knowledge/roles/registered-nurse.md: section \"Schedule\" is missing",
        "add \"## Schedule\"",
    );
}
