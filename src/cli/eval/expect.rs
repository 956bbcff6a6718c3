//! One expectation and the judgement on an answer.

use anyhow::Context as _;
use fancy_regex::RegexBuilder;
use serde::Deserialize;

use crate::advisor::Advisor;
use crate::answer::text::plain;
use crate::answer::{Answer, Outcome};
use crate::knowledge::{Knowledge, State, Topic};

/// A question and what its answer must be.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Name of the case.
    pub id: String,
    /// Kind of question, for the rates.
    #[serde(default = "talk")]
    pub category: String,
    /// The question; empty where there are turns.
    #[serde(default)]
    pub question: String,
    /// What must hold of the answer.
    #[serde(default)]
    pub expect: Expect,
    /// What is said in turn, where it is a talk.
    #[serde(default)]
    pub turns: Vec<Turn>,
    /// Why the case is there.
    #[serde(default)]
    pub why: String,
}

/// The category of talks.
fn talk() -> String {
    "talk".to_owned()
}

/// One turn of a talk.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// What is said.
    pub say: String,
    /// What must hold of the answer; anything where it is absent.
    pub expect: Option<Expect>,
}

/// What must hold; every key that is there.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expect {
    outcome: Option<OneOrMany>,
    subjects_any: Vec<String>,
    subjects_all: Vec<String>,
    subjects_none: Vec<String>,
    text_all: Vec<String>,
    text_any: Vec<String>,
    text_none: Vec<String>,
    text_min: Option<AtLeast>,
    set_ok: Option<Set>,
    pay: Option<Pay>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AtLeast {
    patterns: Vec<String>,
    n: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Set {
    slugs: Vec<String>,
    min_hits: usize,
    max_wrong: usize,
    #[serde(default)]
    neutral: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pay {
    roles: Vec<String>,
    states: Vec<String>,
    #[serde(default)]
    must: Vec<String>,
}

/// Asks the question, or each turn of the talk, and returns what does not hold, a line each.
pub fn judge(advisor: &Advisor, case: &Case) -> anyhow::Result<Vec<String>> {
    if case.turns.is_empty() {
        return judge_answer(
            &advisor.knowledge(),
            &advisor.ask(&case.question),
            &case.expect,
        );
    }
    let mut misses = Vec::new();
    for (place, turn) in judge_turns(advisor, case)?.into_iter().enumerate() {
        let say = &case.turns[place].say;
        misses.extend(
            turn.into_iter()
                .map(|miss| format!("turn {} \"{say}\": {miss}", place + 1)),
        );
    }
    Ok(misses)
}

/// What does not hold of each turn of a talk.
pub fn judge_turns(advisor: &Advisor, case: &Case) -> anyhow::Result<Vec<Vec<String>>> {
    let mut context = None;
    let mut turns = Vec::new();
    for turn in &case.turns {
        let (answer, next) = advisor.ask_in(&turn.say, context.as_ref());
        context = Some(next);
        let expect = turn.expect.as_ref();
        turns.push(expect.map_or_else(
            || Ok(Vec::new()),
            |expect| judge_answer(&advisor.knowledge(), &answer, expect),
        )?);
    }
    Ok(turns)
}

fn judge_answer(
    knowledge: &Knowledge,
    answer: &Answer,
    expect: &Expect,
) -> anyhow::Result<Vec<String>> {
    let text = plain(answer);
    let mut misses = Vec::new();

    let outcome = match answer.outcome {
        Outcome::Answered => "answered",
        Outcome::Clarify => "clarify",
        Outcome::NotCovered => "not_covered",
    };
    let allowed = match &expect.outcome {
        None => vec!["answered"],
        Some(OneOrMany::One(one)) => vec![one.as_str()],
        Some(OneOrMany::Many(many)) => many.iter().map(String::as_str).collect(),
    };
    if !allowed.contains(&outcome) {
        misses.push(format!(
            "outcome is {outcome}, not {}: {}",
            allowed.join(" or "),
            answer.direct.first().map_or("", String::as_str)
        ));
        return Ok(misses);
    }
    if answer.outcome == Outcome::NotCovered {
        // Subjects do not bind a refusal; what it says does.
        judge_text(&text, expect, &mut misses)?;
        return Ok(misses);
    }
    judge_subjects(answer, expect, &mut misses);
    if answer.outcome == Outcome::Answered {
        judge_text(&text, expect, &mut misses)?;
    }
    if let Some(pay) = &expect.pay
        && answer.outcome == Outcome::Answered
    {
        judge_pay(knowledge, &text, pay, &mut misses)?;
    }
    Ok(misses)
}

fn names(answer: &Answer) -> Vec<String> {
    answer
        .subjects
        .iter()
        .map(|subject| {
            subject
                .number
                .map_or_else(|| subject.slug.clone(), |number| format!("trend-{number}"))
        })
        .collect()
}

fn judge_subjects(answer: &Answer, expect: &Expect, misses: &mut Vec<String>) {
    let names = names(answer);
    let first = names.first().map_or("", String::as_str);
    let any = &expect.subjects_any;
    let clarified =
        answer.outcome == Outcome::Clarify && names.iter().any(|name| any.contains(name));
    if !any.is_empty() && !any.iter().any(|name| name == first) && !clarified {
        misses.push(format!(
            "first subject is \"{first}\", not one of {}",
            any.join(", ")
        ));
    }
    for wanted in expect
        .subjects_all
        .iter()
        .filter(|wanted| !names.contains(wanted))
    {
        misses.push(format!(
            "subject {wanted} is missing; there are {}",
            names.join(", ")
        ));
    }
    for unwanted in expect
        .subjects_none
        .iter()
        .filter(|unwanted| names.contains(unwanted))
    {
        misses.push(format!("subject {unwanted} should not be there"));
    }
    if let Some(set) = &expect.set_ok {
        let hits = names.iter().filter(|name| set.slugs.contains(name)).count();
        let wrong: Vec<&str> = names
            .iter()
            .filter(|name| !set.slugs.contains(name) && !set.neutral.contains(name))
            .map(String::as_str)
            .collect();
        if hits < set.min_hits {
            misses.push(format!(
                "{hits} of the right roles, not {}: {}",
                set.min_hits,
                names.join(", ")
            ));
        }
        if wrong.len() > set.max_wrong {
            misses.push(format!("wrong roles: {}", wrong.join(", ")));
        }
    }
}

fn judge_text(text: &str, expect: &Expect, misses: &mut Vec<String>) -> anyhow::Result<()> {
    for pattern in &expect.text_all {
        if !matches(pattern, text)? {
            misses.push(format!("text lacks {pattern}: {}", head(text)));
        }
    }
    if !expect.text_any.is_empty() && !any(&expect.text_any, text)? {
        misses.push(format!(
            "text has none of {}: {}",
            expect.text_any.join(" / "),
            head(text)
        ));
    }
    for pattern in &expect.text_none {
        if matches(pattern, text)? {
            misses.push(format!("text has {pattern}: {}", head(text)));
        }
    }
    if let Some(least) = &expect.text_min {
        let mut found = 0;
        for pattern in &least.patterns {
            found += usize::from(matches(pattern, text)?);
        }
        if found < least.n {
            misses.push(format!(
                "text has {found} of {}, not {}: {}",
                least.patterns.join(" / "),
                least.n,
                head(text)
            ));
        }
    }
    Ok(())
}

/// The figures asked for are there, and no dollar figure that belongs to no role or state asked about.
fn judge_pay(
    knowledge: &Knowledge,
    text: &str,
    pay: &Pay,
    misses: &mut Vec<String>,
) -> anyhow::Result<()> {
    for pattern in &pay.must {
        if !matches(pattern, text)? {
            misses.push(format!("figure {pattern} is missing: {}", head(text)));
        }
    }
    let mut supported = Vec::new();
    for slug in &pay.roles {
        let Some(Topic::Role(id)) = knowledge.find(slug) else {
            continue;
        };
        let soc = knowledge.role(id).soc;
        if let Some(row) = knowledge.figures.national.get(&soc) {
            supported.extend(
                [row.pct10, row.median, row.pct90, row.mean].map(crate::answer::wording::wage),
            );
        }
        // Pay of one kind of workplace counts where the answer names that kind.
        for (setting, row) in knowledge.figures.settings.pay_of(soc) {
            let name = &knowledge.figures.settings.get(*setting).name;
            if text.to_lowercase().contains(&name.to_lowercase()) {
                let cells = [row.pct10, row.pct25, row.median, row.pct75, row.pct90];
                supported.extend(cells.map(crate::answer::wording::wage));
            }
        }
        for state in pay.states.iter().filter_map(|name| State::from_name(name)) {
            if let Some(row) = knowledge.figures.pay_in(soc, state) {
                supported
                    .extend([row.pct10, row.median, row.pct90].map(crate::answer::wording::wage));
            }
        }
    }
    for dollars in dollars(text) {
        if !supported.iter().any(|figure| figure.ends_with(&dollars)) {
            misses.push(format!("unsupported figure {dollars}"));
        }
    }
    Ok(())
}

/// Every `$1,234` of a text.
fn dollars(text: &str) -> Vec<String> {
    text.match_indices('$')
        .map(|(at, _)| {
            let digits: String = text[at + 1..]
                .chars()
                .take_while(|c| c.is_ascii_digit() || *c == ',')
                .collect();
            format!("${}", digits.trim_end_matches(','))
        })
        .collect()
}

/// Steps of one search: long answers and wide patterns need more than the crate allows.
const MOST_STEPS: usize = 100_000_000;

fn matches(pattern: &str, text: &str) -> anyhow::Result<bool> {
    let regex = RegexBuilder::new(&format!("(?i){pattern}"))
        .backtrack_limit(MOST_STEPS)
        .build()
        .with_context(|| format!("pattern {pattern} cannot be read"))?;
    Ok(regex.is_match(text)?)
}

fn any(patterns: &[String], text: &str) -> anyhow::Result<bool> {
    for pattern in patterns {
        if matches(pattern, text)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn head(text: &str) -> String {
    text.chars()
        .take(160)
        .collect::<String>()
        .replace('\n', " / ")
}
