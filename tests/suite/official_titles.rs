//! What each official title pays is told as the pay of its own occupation, through whole answers of the real program.

use std::collections::{BTreeSet, HashMap};
use std::io::Write as _;

use careerbot::knowledge::{Knowledge, Role, SocCode, load_shipped};
use careerbot::text::clean;
use serde_json::Value;

use crate::folder::program;
use crate::shared::{read, rows};

/// Percent of the titles of healthcare and its neighbors that must reach their own occupation.
const OWN: f64 = 97.0;

/// Where a question about a title's pay led.
#[derive(Debug, PartialEq, Eq)]
enum Reached {
    /// The figures of its occupation, as a role or in the one line of a refusal.
    Own,
    /// No figure.
    Nothing,
    /// Figures of another occupation.
    Another,
}

/// An official title and the occupations that it is a title of.
struct Title {
    text: String,
    codes: BTreeSet<SocCode>,
}

fn knowledge() -> Knowledge {
    load_shipped().expect("the shipped knowledge loads")
}

/// A title as the program compares titles: "Urologists" is "urologist", a technologist a technician.
fn key(knowledge: &Knowledge, title: &str) -> String {
    let forms = &knowledge.language.title_forms;
    clean(title)
        .tokens
        .into_iter()
        .map(|token| forms.get(&token.stem).cloned().unwrap_or(token.stem))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The titles with every occupation that one of them or of the project's own tables gives them.
fn titles(knowledge: &Knowledge, given: &[(String, SocCode)]) -> Vec<Title> {
    let mut codes: HashMap<String, BTreeSet<SocCode>> = HashMap::new();
    for (title, code) in own_table().iter().chain(given) {
        codes
            .entry(key(knowledge, title))
            .or_default()
            .insert(*code);
    }
    let texts: BTreeSet<&String> = given.iter().map(|(title, _)| title).collect();
    texts
        .into_iter()
        .map(|text| Title {
            text: text.clone(),
            codes: codes[&key(knowledge, text)].clone(),
        })
        .collect()
}

/// The project's own table of official names.
fn own_table() -> Vec<(String, SocCode)> {
    rows(include_bytes!("../../knowledge/data/official_titles.csv"))
        .into_iter()
        .map(|row| {
            (
                row["title"].clone(),
                SocCode::parse(&row["soc"]).expect("a code"),
            )
        })
        .collect()
}

fn stands_for(role: &Role, code: SocCode) -> bool {
    let onet = role.onet.split('.').next().and_then(SocCode::parse);
    role.soc == code || onet == Some(code) || role.soc == code.broad()
}

/// Occupations of healthcare (groups 29 and 31) and those of the other roles.
fn of_healthcare(knowledge: &Knowledge, title: &Title) -> bool {
    title.codes.iter().any(|code| {
        let code_text = code.to_string();
        code_text.starts_with("29-")
            || code_text.starts_with("31-")
            || knowledge.roles.iter().any(|role| stands_for(role, *code))
    })
}

/// The answers of `careerbot ask --json --batch` to what each title pays, in order.
fn answers(titles: &[Title]) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let batch = folder.path().join("questions");
    let questions: String = titles
        .iter()
        .map(|title| format!("how much does a {} make?\n", title.text))
        .collect();
    std::fs::write(&batch, questions).expect("a writable folder");
    let output = program(folder.path())
        .args(["ask", "--json", "--batch"])
        .arg(&batch)
        .assert()
        .success()
        .get_output()
        .stdout
        .clone();
    String::from_utf8(output)
        .expect("text")
        .lines()
        .map(|line| serde_json::from_str(line).expect("an answer"))
        .collect()
}

fn reached(knowledge: &Knowledge, title: &Title, answer: &Value) -> Reached {
    let roles: Vec<&Role> = answer["subjects"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|subject| subject["kind"] == "role")
        .filter_map(|subject| {
            let mut roles = knowledge.roles.iter();
            roles.find(|role| subject["slug"] == role.slug.as_str())
        })
        .collect();
    let own = |role: &&Role| title.codes.iter().any(|code| stands_for(role, *code));
    if !roles.is_empty() {
        let own = roles.iter().all(own) && answer["outcome"] == "answered";
        return if own { Reached::Own } else { Reached::Another };
    }
    let text = answer["text"].as_str().unwrap_or_default();
    let Some((_, line)) = text.split_once("For ") else {
        return Reached::Nothing;
    };
    let Some((named, _)) = line.split_once(" BLS gives a median of ") else {
        return Reached::Nothing;
    };
    let own = title.codes.iter().any(|code| {
        let occupation = knowledge.figures.occupations.of(*code);
        occupation.is_some_and(|(_, row)| row.title.eq_ignore_ascii_case(named))
    });
    if own { Reached::Own } else { Reached::Another }
}

/// Asks for the pay of every title. None may be answered with another occupation's figures, and of those that are to be
/// known at least [`OWN`] percent must be answered with their own.
#[track_caller]
fn hold(what: &str, titles: &[Title], known: impl Fn(&Title) -> bool) {
    let knowledge = knowledge();
    let answers = answers(titles);
    assert_eq!(answers.len(), titles.len());
    let (mut own, mut asked) = (0, 0);
    let (mut another, mut nothing) = (Vec::new(), Vec::new());
    for (title, answer) in titles.iter().zip(&answers) {
        let known = known(title);
        asked += usize::from(known);
        match reached(&knowledge, title, answer) {
            Reached::Own => own += usize::from(known),
            Reached::Nothing if known => nothing.push(&title.text),
            Reached::Nothing => {}
            Reached::Another => another.push((&title.text, &answer["subjects"])),
        }
    }
    let _ = writeln!(
        std::io::stderr(),
        "{what}: {own} of {asked} reach their own occupation, {} of {} another's",
        another.len(),
        titles.len()
    );
    assert!(another.is_empty(), "{what}: {another:#?}");
    assert!(
        own as f64 >= OWN / 100.0 * asked as f64,
        "{what}: {own} of {asked}; nothing is told of {nothing:#?}"
    );
}

#[test]
fn official_titles_reach_the_pay_of_their_own_occupation() {
    let knowledge = knowledge();
    let mut titles = titles(&knowledge, &own_table());
    titles.retain(|title| of_healthcare(&knowledge, title));
    assert!(titles.len() > 800, "{}", titles.len());
    hold("titles of the project's table", &titles, |_| true);
}

#[test]
fn titles_of_the_direct_match_file_reach_the_pay_of_their_own_occupation() {
    let (Some(file), Some(neighbors)) = (
        read(
            "facts/eval/soc_2018_direct_match_titles.csv",
            "whether every title of the Direct Match file reaches its own occupation",
        ),
        read(
            "facts/missing_occupations.csv",
            "which occupations lie beside healthcare",
        ),
    ) else {
        return;
    };
    let knowledge = knowledge();
    let code = |text: &str| SocCode::parse(text).expect("a code");
    let given: Vec<(String, SocCode)> = rows(&file)
        .into_iter()
        .map(|row| (row["direct_match_title"].clone(), code(&row["soc_code"])))
        .collect();
    let neighbors: BTreeSet<SocCode> = rows(&neighbors)
        .iter()
        .map(|row| code(&row["soc"]))
        .collect();
    let titles = titles(&knowledge, &given);
    assert!(titles.len() > 6_000);
    hold("titles of the Direct Match file", &titles, |title| {
        of_healthcare(&knowledge, title) || title.codes.iter().any(|code| neighbors.contains(code))
    });
}
