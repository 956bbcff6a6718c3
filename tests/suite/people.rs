//! Questions as people ask them: written by authors who knew neither the code nor the examples that it learned from.
//!
//! Half of each file was looked at while the answers were tuned, half was counted at the end only; `tests/relevance/README.md`
//! has the figures of both. The bounds here are below what was measured, so that they tell of something that broke.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::OnceLock;

use careerbot::advisor::Advisor;
use careerbot::answer::Outcome;
use careerbot::answer::text::plain;
use careerbot::cli::eval::{Case, judge, judge_turns, share};
use careerbot::knowledge::load_shipped;

/// Percent of questions, and of turns of talks, that get a good answer.
const GOOD: f64 = 80.0;
const GOOD_PASSERS_BY: f64 = 84.0;
const GOOD_WAYFARERS: f64 = 78.0;
const GOOD_TURNS: f64 = 74.0;
/// Percent of crisis messages that get help first, or at least a line of it; and of others that do.
const HELP_FIRST: f64 = 89.0;
const HELP: f64 = 95.0;
const FALSE_FIRST: f64 = 8.0;
const FALSE_HELP: f64 = 17.0;
/// Percent of rewordings whose answer keeps its outcome, subjects and first figures.
const KEPT: f64 = 91.0;
/// Percent of jobs told in everyday words that are found: named first, and among those that come near.
const FOUND_FIRST: f64 = 32.0;
const FOUND: f64 = 46.0;

fn advisor() -> &'static Advisor {
    static ADVISOR: OnceLock<Advisor> = OnceLock::new();
    ADVISOR.get_or_init(|| {
        Advisor::in_memory(load_shipped().expect("the shipped knowledge")).expect("an advisor")
    })
}

fn cases(text: &str) -> Vec<Case> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| serde_json::from_str(line).expect("a question with an expectation"))
        .collect()
}

fn say(what: &str) {
    let _ = writeln!(std::io::stderr(), "people: {what}");
}

#[test]
fn questions_of_people_get_good_answers() {
    for (file, least) in [
        (include_str!("../relevance/people.jsonl"), GOOD),
        (
            include_str!("../relevance/passers_by.jsonl"),
            GOOD_PASSERS_BY,
        ),
        (include_str!("../relevance/wayfarers.jsonl"), GOOD_WAYFARERS),
    ] {
        let cases = cases(file);
        let good = cases
            .iter()
            .filter(|case| judge(advisor(), case).expect("an expectation").is_empty())
            .count();
        say(&format!("{good} of {} questions", cases.len()));
        let all = cases.len();
        assert!(share(good, all) >= least, "{good} of {all}");
    }
}

#[test]
fn talks_of_people_go_on() {
    let cases = cases(include_str!("../relevance/people_talks.jsonl"));
    let turns: Vec<Vec<String>> = cases
        .iter()
        .flat_map(|case| judge_turns(advisor(), case).expect("an expectation"))
        .collect();
    let good = turns.iter().filter(|misses| misses.is_empty()).count();
    say(&format!(
        "{good} of {} turns of {} talks",
        turns.len(),
        cases.len()
    ));
    assert!(
        share(good, turns.len()) >= GOOD_TURNS,
        "{good} of {}",
        turns.len()
    );
}

#[test]
fn who_may_be_in_danger_gets_help_and_hardly_anybody_else_does() {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for line in include_str!("../relevance/crisis.tsv").lines() {
        let (kind, message) = line.split_once('\t').expect("a label and a message");
        let answer = advisor().ask(message);
        let text = plain(&answer);
        let first = text.lines().next().is_some_and(|line| line.contains("988"));
        let count = counts.entry(kind).or_default();
        count[0] += 1;
        count[1] += usize::from(first && answer.outcome == Outcome::NotCovered);
        count[2] += usize::from(text.contains("988"));
        assert!(
            !text.contains("988") || answer.sensitive,
            "help is never logged, counted or stored: {message}"
        );
    }
    let [all, first, line] = counts["crisis"];
    let [others, false_first, false_line] = counts["other"];
    let found = format!(
        "help first for {first} and at least a line for {line} of {all} crisis messages; of {others} that sound like one, first for {false_first}, a line for {false_line}"
    );
    say(&found);
    assert!(
        share(first, all) >= HELP_FIRST && share(line, all) >= HELP,
        "{found}"
    );
    assert!(
        share(false_first, others) <= FALSE_FIRST && share(false_line, others) <= FALSE_HELP,
        "{found}"
    );
}

#[test]
fn a_question_in_other_words_keeps_its_answer() {
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in include_str!("../relevance/rewordings.tsv").lines() {
        let (group, question) = line.split_once('\t').expect("a group and a question");
        groups.entry(group).or_default().push(question);
    }
    let seen = |question: &str| {
        let answer = advisor().ask(question);
        let mut subjects: Vec<String> = answer
            .subjects
            .iter()
            .map(|subject| subject.slug.clone())
            .collect();
        // Of a long list, the first says enough.
        subjects.truncate(if subjects.len() > 4 { 1 } else { 4 });
        subjects.sort();
        let figures: Vec<String> = answer
            .direct
            .first()
            .map(String::as_str)
            .unwrap_or_default()
            .split_whitespace()
            .filter(|word| word.contains('$') || word.contains('%'))
            .take(2)
            .map(str::to_owned)
            .collect();
        (answer.outcome, subjects, figures)
    };
    let (mut kept, mut all) = (0, 0);
    for questions in groups.values() {
        let plain = seen(questions[0]);
        kept += questions[1..]
            .iter()
            .filter(|question| seen(question) == plain)
            .count();
        all += questions.len() - 1;
    }
    say(&format!("{kept} of {all} rewordings keep their answer"));
    assert!(share(kept, all) >= KEPT, "{kept} of {all}");
}

#[test]
fn jobs_told_in_everyday_words_are_found() {
    let (mut first, mut near, mut all) = (0, 0, 0);
    for line in include_str!("../relevance/described_jobs.tsv").lines() {
        let (role, question) = line.split_once('\t').expect("a role and a question");
        let answer = advisor().ask(question);
        let place = answer
            .subjects
            .iter()
            .position(|subject| subject.slug == *role);
        first += usize::from(place == Some(0));
        near += usize::from(place.is_some());
        all += 1;
    }
    let found = format!("{first} of {all} described jobs come first, {near} are named");
    say(&found);
    assert!(
        share(first, all) >= FOUND_FIRST && share(near, all) >= FOUND,
        "{found}"
    );
}
