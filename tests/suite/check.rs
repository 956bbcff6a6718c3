//! `careerbot check`: the shipped knowledge is clean, and each check finds the fault that it is named after.

use careerbot::knowledge::check::{CHECKS, LOAD, Stale, check as run};
use careerbot::knowledge::files;

use crate::folder::Folder;

const NURSE: &str = "roles/registered-nurse.md";
const PRACTICAL: &str = "roles/licensed-practical-nurse.md";
const TREND: &str = "trends/01-telehealth-expansion.md";

/// Spoils a folder and expects that the named check finds it at the place given.
#[track_caller]
fn check(name: &str, spoil: impl FnOnce(&Folder), place: &str, what: &str) {
    let folder = Folder::new();
    spoil(&folder);
    let found = folder.check(None).found;
    assert!(
        found.iter().any(|found| found.check == name
            && format!("{}:{}", found.problem.file, found.problem.line) == place
            && found.problem.to_string().contains(what)),
        "expected {name} at {place} with {what:?} among {found:#?}"
    );
}

#[test]
fn the_shipped_knowledge_is_clean() {
    let mut unread = Vec::new();
    let files = files::shipped(&mut unread);
    let report = run(&files, unread, None);
    let found: Vec<String> = report
        .found
        .iter()
        .map(|found| found.problem.to_string())
        .collect();
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(report.files, 164);
    assert_eq!(report.reading.len(), 164);
}

#[test]
fn the_fixture_is_clean() {
    assert_eq!(Folder::new().check(None).found, []);
}

#[test]
fn pay_that_was_not_released_is_found() {
    check(
        "pay",
        |f| f.edit("data/national.csv", "97550", "*"),
        "knowledge/roles/registered-nurse.md:4",
        "no median wage for SOC code 29-1141",
    );
}

#[test]
fn figures_whose_source_the_role_does_not_name_are_found() {
    check(
        "figure-source",
        |f| f.edit(NURSE, "[bls-oews-2025, bls-ep-2025]", "[bls-oews-2025]"),
        "knowledge/roles/registered-nurse.md:44",
        "bls-ep-2025",
    );
}

#[test]
fn figures_of_no_role_are_found() {
    check(
        "unused-figures",
        |f| f.edit("data/states.csv", "CA,29-1141", "CA,29-9999"),
        "knowledge/data/states.csv:0",
        "no role uses SOC code 29-9999",
    );
}

#[test]
fn a_source_on_which_nothing_rests_is_found() {
    check(
        "unused-source",
        |f| {
            f.edit("sources.yaml", "bls-ep-2025:\n", "extra:\n  publisher: A\n  title: B\n  release: C\n  period: D\n  date: undated\n  url: none\n  license: E\n  attribution: F\n\nbls-ep-2025:\n")
        },
        "knowledge/sources.yaml:11",
        "nothing rests on \"extra\"",
    );
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    check(
        "dead-link",
        |f| {
            f.edit(
                TREND,
                "Telehealth cannot",
                "[Telehealth](../roles/nobody.md) cannot",
            )
        },
        "knowledge/trends/01-telehealth-expansion.md:65",
        "../roles/nobody.md",
    );
    let folder = Folder::new();
    folder.edit(
        TREND,
        "Telehealth cannot",
        "[Telehealth](../roles/registered-nurse.md) and [more](https://www.bls.gov/) cannot",
    );
    assert_eq!(folder.check(None).found, []);
}

#[test]
fn a_name_of_two_roles_is_found_wherever_it_stands() {
    check(
        "alias",
        |f| {
            f.edit(
                PRACTICAL,
                "- vocational nurse\n",
                "- vocational nurse\n  - bedside nurse\n",
            )
        },
        "knowledge/roles/registered-nurse.md:15",
        "licensed-practical-nurse.md:14",
    );
    check(
        "alias",
        |f| f.edit("data/titles.csv", "charge nurse", "vocational nurse"),
        "knowledge/data/titles.csv:2",
        "licensed-practical-nurse.md:13",
    );
    check(
        "alias",
        |f| f.edit("glossary.yaml", "nursing staff", "floor nurse"),
        "knowledge/glossary.yaml:2",
        "registered-nurse.md:21",
    );
}

#[test]
fn an_abbreviation_of_two_roles_is_found() {
    check(
        "abbreviation",
        |f| f.edit(NURSE, "[RN]", "[RN, LVN]"),
        "knowledge/roles/registered-nurse.md:9",
        "abbreviation \"lvn\"",
    );
    check(
        "abbreviation",
        |f| f.edit("glossary.yaml", "nursing staff", "RN"),
        "knowledge/glossary.yaml:2",
        "abbreviation \"rn\"",
    );
}

#[test]
fn an_official_title_of_another_occupation_is_found_wherever_it_stands() {
    let official =
        "title,soc\nNurse Educators,25-1072\nCharge Nurse,29-1141\nVocational Nurses,29-2061\n";
    check(
        "official-title",
        |f| {
            f.write("data/official_titles.csv", official);
            f.edit(NURSE, "[RN]", "[RN, Nurse Educator]");
        },
        "knowledge/roles/registered-nurse.md:9",
        "\"nurse educator\" is an official title of 25-1072, not of registered-nurse (29-1141); remove it here",
    );
    check(
        "official-title",
        |f| {
            f.write(
                "data/official_titles.csv",
                official.replace("Charge Nurse,29-1141", "Charge Nurses,29-2061"),
            )
        },
        "knowledge/data/titles.csv:2",
        "\"charge nurse\" is an official title of 29-2061, not of registered-nurse (29-1141); give it to licensed-practical-nurse",
    );
    check(
        "official-title",
        |f| {
            f.write(
                "data/official_titles.csv",
                official.replace("Nurse Educators,25-1072", "Nursing Staff,29-1141"),
            )
        },
        "knowledge/glossary.yaml:2",
        "not of licensed-practical-nurse",
    );
    check(
        "official-title",
        |f| {
            f.write("data/official_titles.csv", official);
            f.edit(
                PRACTICAL,
                "- vocational nurse\n",
                "- vocational nurse\n  - car mechanic\n",
            );
        },
        "knowledge/roles/licensed-practical-nurse.md:14",
        "\"car mechanic\" is an official title of 49-3023",
    );
    let folder = Folder::new();
    folder.write("data/official_titles.csv", official);
    folder.write(
        "data/outside.csv",
        folder.read("data/outside.csv")
            + "nurse educator,\"Nursing Instructors and Teachers, Postsecondary\",25-1072\n",
    );
    assert_eq!(folder.check(None).found, []);
}

#[test]
fn an_official_title_that_is_the_name_of_nothing_is_found() {
    for (title, hint) in [
        (
            "Trauma Nurses,29-1141",
            "\"Trauma Nurses\" (29-1141) is the name of nothing; add it to data/titles.csv where it is registered-nurse, else to data/outside.csv",
        ),
        (
            "Bryologist,19-1029",
            "\"Bryologist\" (19-1029) is the name of nothing; add it to data/outside.csv",
        ),
    ] {
        check(
            "unknown-title",
            |f| {
                f.write(
                    "data/official_titles.csv",
                    format!("title,soc\nCharge Nurses,29-1141\n{title}\n"),
                )
            },
            "knowledge/data/official_titles.csv:3",
            hint,
        );
    }
}

#[test]
fn a_comment_form_is_found() {
    check(
        "boilerplate",
        |f| {
            f.write(
                TREND,
                f.read(TREND) + "\nLeave a Reply. Your email address will not be published.\n",
            )
        },
        "knowledge/trends/01-telehealth-expansion.md:71",
        "leave a reply",
    );
}

#[test]
fn a_third_quoted_sentence_is_found() {
    let quotes = "It says: “The number of such jobs will grow in the years to come.” It also says: “Nobody knows how many of \
        these jobs there will be. So it is with every forecast of this kind that is made.” A \"loose word\" counts for nothing.";
    check(
        "quotation",
        |f| f.write(TREND, f.read(TREND) + &format!("\n{quotes}\n")),
        "knowledge/trends/01-telehealth-expansion.md:71",
        "more than 2 sentences are quoted",
    );
}

#[test]
fn british_words_are_found() {
    check(
        "british-word",
        |f| f.edit(NURSE, "Ward, clinic", "Part-time posts exist. Ward, clinic"),
        "knowledge/roles/registered-nurse.md:102",
        "\"posts\" is British; write \"jobs\"",
    );
}

#[test]
fn what_stands_beside_roles_and_trends_is_checked_too() {
    check(
        "definition",
        |f| f.write("definitions.yaml", "rn:\n  term: RN\n  means: A nurse.\n"),
        "knowledge/definitions.yaml:1",
        "definition of \"RN\"; it has 2 words",
    );
    check(
        "bridge",
        |f| {
            let rows = "from,to,kind,schooling,least,usual,how,kept,caution,source\nlicensed-practical-nurse,registered-nurse,bridge,,12,24,School,,,bls-oews-2025\n";
            f.write("data/bridges.csv", rows);
        },
        "knowledge/data/bridges.csv:2",
        "the way from licensed-practical-nurse to registered-nurse says too little",
    );
    check(
        "compact",
        |f| {
            f.write("compacts.yaml", "nlc:\n  name: A\n  roles: [registered-nurse]\n  gives: B\n  source: bls-oews-2025\nx:\n  name: C\n  roles: []\n  gives: D\n")
        },
        "knowledge/compacts.yaml:6",
        "compact \"x\" has neither states nor an address",
    );
    check(
        "place",
        |f| {
            f.write(
                "data/areas.csv",
                "area,name,kind,states,source\n0010180,\"Abilene, TX\",metro,TX,bls-oews-2025\n",
            )
        },
        "knowledge/data/area_pay.csv:0",
        "area 0010180 (Abilene, TX) has no row of all occupations",
    );
}

#[test]
fn a_bridge_or_compact_of_no_role_is_refused() {
    let folder = Folder::new();
    folder.write(
        "data/bridges.csv",
        "from,to,kind,schooling,least,usual,how,kept,caution,source\nregistered-nurse,nobody,course,,1,2,How.,,,x\n",
    );
    folder.write(
        "compacts.yaml",
        "nlc:\n  name: A\n  roles: [nobody]\n  gives: B\n",
    );
    let problems: Vec<String> = folder
        .load()
        .expect_err("problems")
        .iter()
        .map(ToString::to_string)
        .collect();
    for expected in [
        "knowledge/compacts.yaml:1: there is no role \"nobody\"",
        "knowledge/data/bridges.csv: unknown source \"x\"",
        "knowledge/data/bridges.csv:2: there is no role \"nobody\"",
    ] {
        assert!(
            problems.iter().any(|problem| problem.starts_with(expected)),
            "{expected} in {problems:#?}"
        );
    }
}

#[test]
fn a_sentence_of_more_than_forty_words_is_found() {
    let sentence = format!("Nurses {} work.", "really ".repeat(40));
    check(
        "long-sentence",
        |f| f.edit(NURSE, "Ward, clinic", &format!("{sentence} Ward, clinic")),
        "knowledge/roles/registered-nurse.md:102",
        "has 42 words",
    );
}

#[test]
fn a_figure_in_the_text_is_found_in_body_and_front_matter() {
    check(
        "figure-in-prose",
        |f| f.edit(NURSE, "Ward, clinic", "They earn $97,550. Ward, clinic"),
        "knowledge/roles/registered-nurse.md:102",
        "\"$97,550\" is a figure",
    );
    check(
        "figure-in-prose",
        |f| {
            f.edit(
                NURSE,
                "summary: >-\n  Registered",
                "summary: >-\n  12% of registered",
            )
        },
        "knowledge/roles/registered-nurse.md:24",
        "\"12%\" is a figure",
    );
}

#[test]
fn a_sentence_that_stands_in_two_files_is_found() {
    let sentence = "This sentence fits every role there is.";
    check(
        "repeated-sentence",
        |f| {
            f.edit(NURSE, "Ward, clinic", &format!("{sentence} Ward, clinic"));
            f.edit(
                PRACTICAL,
                "## A usual day\n\n",
                &format!("## A usual day\n\n{sentence} "),
            );
        },
        "knowledge/roles/registered-nurse.md:102",
        "the same sentence stands in knowledge/roles/licensed-practical-nurse.md",
    );
}

#[test]
fn a_section_that_says_too_little_is_found() {
    check(
        "short-section",
        |f| {
            let text = f.read(NURSE);
            let (before, rest) = text.split_once("## Remote work\n").expect("the section");
            let (_, after) = rest.split_once("\n## ").expect("a section behind it");
            f.write(
                NURSE,
                format!("{before}## Remote work\n\nSometimes, it depends.\n\n## {after}"),
            );
        },
        "knowledge/roles/registered-nurse.md:100",
        "section \"Remote work\" has 3 words",
    );
}

#[test]
fn a_file_that_is_too_long_is_found() {
    check(
        "file-length",
        |f| {
            f.write(
                NURSE,
                f.read(NURSE) + &"\nNurses learn all their lives.\n".repeat(80),
            )
        },
        "knowledge/roles/registered-nurse.md:0",
        "a role has 250 to 700",
    );
}

#[test]
fn old_reviews_are_found_only_when_asked_for() {
    let folder = Folder::new();
    folder.edit(NURSE, "reviewed: 2026-11-22", "reviewed: 2025-01-01");
    assert_eq!(folder.check(None).found, []);
    let today = "2026-11-23".parse().expect("a date");
    let found = folder.check(Some(Stale { today, days: 30 })).found;
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        found[0].problem.to_string(),
        "knowledge/roles/registered-nurse.md:45: reviewed 2025-01-01, 691 days ago; hold it against its sources and set the date"
    );
}

#[test]
fn problems_of_loading_and_of_style_come_together() {
    let folder = Folder::new();
    folder.edit(NURSE, "contact: direct\n", "");
    folder.edit(
        PRACTICAL,
        "## A usual day\n\n",
        "## A usual day\n\nClick here to apply. ",
    );
    let found = folder.check(None).found;
    assert!(
        found.iter().any(|found| found.check == LOAD)
            && found.iter().any(|found| found.check == "boilerplate"),
        "{found:#?}"
    );
}

#[test]
fn the_command_lists_problems_and_fails() {
    let folder = Folder::new();
    folder.edit(NURSE, "Ward, clinic", "They earn $97,550. Ward, clinic");
    let assert = folder.program().arg("check").assert().code(1).stderr("");
    let out = String::from_utf8(assert.get_output().stdout.clone()).expect("UTF-8");
    assert!(
        out.starts_with("knowledge/roles/registered-nurse.md:102: \"$97,550\" is a figure; "),
        "{out}"
    );
    assert!(out.contains("3 files, 25 checks: 1 problem\n"), "{out}");
}

#[test]
fn the_command_prints_one_json_object() {
    let folder = Folder::new();
    folder.edit(NURSE, "Ward, clinic", "They earn $97,550. Ward, clinic");
    let assert = folder.program().args(["check", "--json"]).assert().code(1);
    let json: serde_json::Value =
        serde_json::from_slice(&assert.get_output().stdout).expect("JSON");
    assert_eq!(json["files"], 3);
    assert_eq!(json["problems"][0]["check"], "figure-in-prose");
    assert_eq!(json["problems"][0]["line"], 102);
    assert_eq!(
        json["checks"].as_array().map(Vec::len),
        Some(CHECKS.len() + 1)
    );
}

#[test]
fn the_command_lists_what_is_stale() {
    let folder = Folder::new();
    folder.edit(NURSE, "reviewed: 2026-11-22", "reviewed: 2001-01-01");
    folder.program().arg("check").assert().code(0);
    let assert = folder
        .program()
        .args(["check", "--stale", "7000"])
        .assert()
        .code(1);
    let out = String::from_utf8(assert.get_output().stdout.clone()).expect("UTF-8");
    assert!(out.contains("reviewed 2001-01-01"), "{out}");
}
