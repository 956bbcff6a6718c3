//! What is said of one role: one function an intent, each adding its direct sentence, facts and evidence.
//!
//! Knows nothing of how the intent was found.

use std::cmp::Ordering;

use crate::answer::evidence::{add_passage, add_sources};
use crate::answer::model::{Answer, Fact, Outcome};
use crate::answer::role_figures::{outlook, pay};
use crate::answer::topics::{subject, subjects};
use crate::answer::wording::{
    capital, contact_words, earner, education, inside, join, pay_period, percent, projection_period, shared_traits,
    thousands, trait_list, wage, whose, with_article,
};
use crate::knowledge::model::{DAY, DUTIES, LICENSE, NEXT_STEPS, REMOTE, SKILLS, SUITS, TRAINING, WORKPLACE};
use crate::knowledge::terms::{Education, FigureMatch, License, Remote};
use crate::knowledge::{Knowledge, Role, RoleId, SourceId, Topic};
use crate::question::{Cue, Question};

/// Most intents answered at once; more are hardly meant.
const MOST_ASKS: usize = 4;

/// Said wherever pay is shown.
pub const PAY_CAVEAT: &str =
    "Wages are before tax, for wage and salary workers; a median is no promise of what one job pays.";
/// Said wherever a license is spoken of.
pub const LICENSE_CAVEAT: &str = "Rules differ by state and change: check with the state's board, or find it at https://www.careeronestop.org/Toolkit/Training/find-licenses.aspx.";

/// The answer about one role.
pub fn answer(knowledge: &Knowledge, id: RoleId, question: &Question) -> Answer {
    let role = knowledge.role(id);
    let asks: Vec<Cue> = question.asks.iter().copied().take(MOST_ASKS).collect();
    let mut answer = Answer::new(Outcome::Answered, title(role, &asks));
    answer.subjects.push(subject(knowledge, Topic::Role(id)));
    if asks.is_empty() {
        overview(knowledge, id, question, &mut answer);
    }
    for ask in &asks {
        tell(knowledge, id, *ask, question, &mut answer);
    }
    let group_named = || answer.direct.iter().chain(&answer.caveats).any(|text| text.contains(&role.group));
    if role.figures == FigureMatch::Nearest && !group_named() {
        answer.caveats.push(format!(
            "Official statistics have no category for {} alone; figures shown for them are those of all {}.",
            role.plural, role.group
        ));
    }
    // Figures of pay bear their own source; what the role's text rests on has no part in them.
    let pay_alone = !asks.is_empty() && asks.iter().all(|ask| *ask == Cue::Pay) && answer.passages.is_empty();
    if !pay_alone || answer.sources.is_empty() {
        add_sources(
            knowledge,
            &mut answer,
            role.sources.iter().filter(|id| !is_figures(knowledge, role, id)),
            Some(Topic::Role(id)),
        );
    }
    answer.related = subjects(knowledge, role.related.iter().take(5).copied());
    answer
}

fn is_figures(knowledge: &Knowledge, role: &Role, id: &SourceId) -> bool {
    knowledge.figures.national.get(&role.soc).is_some_and(|row| row.source == *id)
        || knowledge.figures.projections.get(&role.soc).is_some_and(|row| row.source == *id)
}

fn title(role: &Role, asks: &[Cue]) -> String {
    let about: Vec<String> = asks.iter().map(|ask| heading(*ask).to_owned()).collect();
    if about.is_empty() { role.title.clone() } else { format!("{}: {}", role.title, join(&about)) }
}

fn heading(ask: Cue) -> &'static str {
    match ask {
        Cue::Pay => "pay",
        Cue::Growth => "outlook",
        Cue::Openings => "openings",
        Cue::Employment => "jobs",
        Cue::Training => "how to become one",
        Cue::License => "license or certification",
        Cue::Remote => "remote work",
        Cue::Skills => "skills",
        Cue::Tools => "tools",
        Cue::Suits => "who it suits",
        Cue::Day => "a usual day",
        Cue::Workplace => "where they work",
        Cue::Next => "next steps",
        _ => "what they do",
    }
}

fn tell(knowledge: &Knowledge, id: RoleId, ask: Cue, question: &Question, answer: &mut Answer) {
    match ask {
        Cue::Pay => pay(knowledge, id, question, answer),
        Cue::Growth | Cue::Openings | Cue::Employment => outlook(knowledge, id, ask, question, answer),
        Cue::Training => training(knowledge, id, question, answer),
        Cue::License => license(knowledge, id, question, answer),
        Cue::Remote => remote(knowledge, id, question, answer),
        Cue::Skills => skills(knowledge, id, question, answer),
        Cue::Tools => tools(knowledge, id, question, answer),
        Cue::Suits => suits(knowledge, id, question, answer),
        Cue::Day => day(knowledge, id, question, answer),
        Cue::Workplace => workplace(knowledge, id, question, answer),
        Cue::Next => next(knowledge, id, question, answer),
        _ => duties(knowledge, id, question, answer),
    }
}

/// The head of a role: what they do, and one fact of each kind.
pub fn overview(knowledge: &Knowledge, id: RoleId, question: &Question, answer: &mut Answer) {
    let role = knowledge.role(id);
    answer.direct.push(role.summary.clone());
    if let Some(whose) = whose(role) {
        answer.caveats.push(whose);
    }
    if let Some(row) = knowledge.figures.national.get(&role.soc) {
        let value = format!("{} a year for {} (US, {})", wage(row.median), earner(role), pay_period(knowledge, role));
        push_fact(answer, "Median pay", value);
        add_sources(knowledge, answer, [&row.source], None);
        answer.caveats.push(PAY_CAVEAT.to_owned());
    }
    if let Some(row) = knowledge.figures.projections.get(&role.soc) {
        let period = projection_period(knowledge, role);
        push_fact(
            answer,
            "Job outlook",
            format!(
                "{} from {period}, about {} openings a year (US)",
                percent(row.change_percent),
                thousands(row.openings_per_year)
            ),
        );
        if let Some(level) = row.entry_education {
            push_fact(answer, "Typical entry education", education(level).to_owned());
        }
        add_sources(knowledge, answer, [&row.source], None);
    }
    push_fact(answer, "License", license_line(role).to_owned());
    push_fact(answer, "Remote work", format!("{} ({})", remote_word(role.remote), role.remote_note));
    add_passage(knowledge, answer, Topic::Role(id), DUTIES, &question.words);
}

fn duties(knowledge: &Knowledge, id: RoleId, question: &Question, answer: &mut Answer) {
    answer.direct.push(knowledge.role(id).summary.clone());
    add_passage(knowledge, answer, Topic::Role(id), DUTIES, &question.words);
    add_passage(knowledge, answer, Topic::Role(id), DAY, &question.words);
}

fn day(knowledge: &Knowledge, id: RoleId, question: &Question, answer: &mut Answer) {
    answer.direct.push(first_sentence(knowledge.section(Topic::Role(id), DAY)).to_owned());
    add_passage(knowledge, answer, Topic::Role(id), DAY, &question.words);
    add_passage(knowledge, answer, Topic::Role(id), DUTIES, &question.words);
}

fn workplace(knowledge: &Knowledge, id: RoleId, question: &Question, answer: &mut Answer) {
    // The role's own name stands in many a sentence.
    let name = knowledge.role(id).plural.to_lowercase();
    let words: Vec<&str> = question.words.iter().map(String::as_str).filter(|word| !name.contains(word)).collect();
    answer.direct.push(best_sentence(knowledge.section(Topic::Role(id), WORKPLACE), &words).to_owned());
    add_passage(knowledge, answer, Topic::Role(id), WORKPLACE, &question.words);
}

/// The sentence of a section's first paragraph that shares most words with the question; the first one where none shares more.
fn best_sentence<'a>(text: &'a str, words: &[&str]) -> &'a str {
    let shared = |sentence: &str| {
        let sentence = sentence.to_lowercase();
        words.iter().filter(|word| word.len() > 3 && sentence.contains(*word)).count()
    };
    let first = first_sentence(text);
    let line = text.lines().find(|line| line.starts_with(first)).unwrap_or(first);
    let (mut best, mut rest) = (first, line[first.len()..].trim_start());
    while !rest.is_empty() {
        let next = first_sentence(rest);
        if shared(next) > shared(best) {
            best = next;
        }
        rest = rest[next.len()..].trim_start();
    }
    best
}

fn training(knowledge: &Knowledge, id: RoleId, question: &Question, answer: &mut Answer) {
    let role = knowledge.role(id);
    if let Some(row) = knowledge.figures.projections.get(&role.soc)
        && let Some(level) = row.entry_education
    {
        let whom = match role.figures {
            FigureMatch::Nearest => format!(" (for all {}, the nearest official group)", role.group),
            FigureMatch::Group => format!(" (for all {})", role.group),
            FigureMatch::Exact => String::new(),
        };
        let text = question.text.to_lowercase();
        let need = ["need", "require", "must", "have to"].iter().any(|word| text.contains(word))
            && ["degree", "college", "university"].iter().any(|word| text.contains(word));
        // "What should I take in high school": nobody asks whether that is enough; "a degree, or is a certificate enough" is
        // answered by neither yes nor no.
        let open = ["what", "which", "where", "when"].iter().any(|word| text.trim_start().starts_with(word))
            && !["fine", "enough", "okay", " is a"].iter().any(|word| text.contains(word))
            || text.contains(" or is ");
        let offered = question.filter.education_max.or(question.filter.education_min).filter(|_| !open);
        let verdict = match offered {
            Some(asked) if asks_whether_needed(question, &text) => match asked.cmp(&level) {
                Ordering::Greater => "No, usually not: ",
                Ordering::Equal => "Yes, usually: ",
                Ordering::Less => "",
            },
            // Whoever takes a graduate's degree has a bachelor's before: that it is mentioned says nothing.
            Some(held)
                if held < level
                    && level < Education::Master
                    && mentions(knowledge.section(Topic::Role(id), TRAINING), held) =>
            {
                "Sometimes, as the steps below tell: "
            }
            Some(held) if held < level => "Usually not: ",
            Some(held) if held >= level && !need => "Yes, usually: ",
            None if need && level >= Education::Associate => "Yes, as a rule: ",
            None if need => "No degree is needed as a rule: ",
            _ => "",
        };
        let sentence = format!("the typical way in as {} is {}{whom}.", with_article(&role.title), education(level));
        answer.direct.push(if verdict.is_empty() { capital(&sentence) } else { format!("{verdict}{sentence}") });
        push_fact(answer, "Typical entry education", format!("{}{whom}", education(level)));
        add_sources(knowledge, answer, [&row.source], None);
    }
    push_fact(answer, "License", format!("{} {}", license_line(role), role.license_note));
    add_passage(knowledge, answer, Topic::Role(id), TRAINING, &question.words);
    if role.license != License::None {
        push_caveat(answer, LICENSE_CAVEAT);
    }
}

/// "Do I need a master's": one level of schooling, which the writer does not say to have.
fn asks_whether_needed(question: &Question, text: &str) -> bool {
    let says = |any: &[&str]| text.split(|c: char| !c.is_alphanumeric()).any(|word| any.contains(&word));
    let needed = says(&["need", "needs", "needed", "require", "required", "requires", "must", "necessary"])
        || text.contains("have to have");
    let has = text.replace("must i have", "").contains("i have ") || text.contains("i've ");
    let otherwise = has || says(&["with", "got", "what", "how"]);
    question.filter.education_min == question.filter.education_max && needed && !otherwise
}

/// Whether the steps into a role speak of a level of schooling, by its usual word.
fn mentions(steps: &str, level: Education) -> bool {
    let word = match level {
        Education::Associate => "associate",
        Education::Bachelor => "bachelor",
        Education::Master => "master",
        Education::Award | Education::SomeCollege => "certificate",
        Education::HighSchool => "high school",
        Education::NoCredential | Education::Doctoral => return false,
    };
    steps.to_lowercase().contains(word)
}

fn license(knowledge: &Knowledge, id: RoleId, question: &Question, answer: &mut Answer) {
    let role = knowledge.role(id);
    let sentence = match role.license {
        License::State if asks_whether(&question.text) => {
            format!("Yes: all or most states license, certify or register {}.", role.plural)
        }
        License::State => format!("All or most states license, certify or register {}.", role.plural),
        License::SomeStates => {
            format!("It depends on the state: some states license, certify or register {}.", role.plural)
        }
        License::None => format!("No state license is needed to work as {}.", with_article(&role.title)),
        License::Varies => {
            format!("It depends on the profession that you hold: {} bring the license of that profession.", role.plural)
        }
    };
    let said = role.license == License::None && role.license_note.to_lowercase().contains("no state license");
    answer.direct.push(if said { role.license_note.clone() } else { format!("{sentence} {}", role.license_note) });
    add_passage(knowledge, answer, Topic::Role(id), LICENSE, &question.words);
    push_caveat(answer, LICENSE_CAVEAT);
}

/// "Do nurses need a license": a question that "yes" answers. "Can I work without one" and "in another state" are none.
fn asks_whether(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let first = words.peek().copied().unwrap_or_default();
    let begins = matches!(first, "do" | "does" | "is" | "are" | "must" | "should" | "will" | "would" | "if");
    let (mut needs, mut otherwise) = (false, false);
    for word in words {
        needs |= matches!(word, "need" | "needs" | "needed" | "require" | "required" | "requires" | "have" | "must");
        otherwise |= matches!(word, "without" | "same" | "compact" | "transfer" | "another" | "what" | "which" | "how");
    }
    (begins || needs) && !otherwise
}

fn license_line(role: &Role) -> &'static str {
    match role.license {
        License::State => "Needed in all or most states.",
        License::SomeStates => "Needed in some states.",
        License::None => "No state license needed.",
        License::Varies => "Depends on the profession held.",
    }
}

fn remote(knowledge: &Knowledge, id: RoleId, question: &Question, answer: &mut Answer) {
    let role = knowledge.role(id);
    answer.direct.push(match role.remote {
        Remote::Yes => format!("Yes, remote work is common for {}: {}.", role.plural, role.remote_note),
        Remote::Partly => format!("Partly: some of the work of {} can be remote ({}).", role.plural, role.remote_note),
        Remote::No => {
            format!("No, {} cannot usually work from home, the work is on site: {}.", role.plural, role.remote_note)
        }
    });
    add_passage(knowledge, answer, Topic::Role(id), REMOTE, &question.words);
}

fn remote_word(remote: Remote) -> &'static str {
    match remote {
        Remote::Yes => "common",
        Remote::Partly => "some of it",
        Remote::No => "no, on site",
    }
}

fn skills(knowledge: &Knowledge, id: RoleId, question: &Question, answer: &mut Answer) {
    let role = knowledge.role(id);
    answer.direct.push(format!("The skills that matter most for {} are {}.", role.plural, join(&role.skills)));
    if !role.knowledge_areas.is_empty() {
        push_fact(answer, "Knowledge", role.knowledge_areas.join(", "));
    }
    if !role.tools.is_empty() {
        push_fact(answer, "Software and tools", role.tools.join(", "));
    }
    add_passage(knowledge, answer, Topic::Role(id), SKILLS, &question.words);
}

fn tools(knowledge: &Knowledge, id: RoleId, question: &Question, answer: &mut Answer) {
    let role = knowledge.role(id);
    if role.tools.is_empty() {
        answer.direct.push(first_sentence(knowledge.section(Topic::Role(id), SKILLS)).to_owned());
    } else {
        answer.direct.push(format!("Software and tools that {} use: {}.", role.plural, join(&role.tools)));
    }
    push_fact(answer, "Skills", role.skills.join(", "));
    add_passage(knowledge, answer, Topic::Role(id), SKILLS, &question.words);
}

fn suits(knowledge: &Knowledge, id: RoleId, question: &Question, answer: &mut Answer) {
    let role = knowledge.role(id);
    let plain: Vec<String> = role.interests.iter().map(|interest| interest.plain().to_owned()).collect();
    let clash = shared_traits(role, &question.dislikes);
    let common = shared_traits(role, &question.likes);
    if !clash.is_empty() {
        answer.direct.push(format!("Think twice: the work of {} brings {} with it.", role.plural, join(&clash)));
    } else if !common.is_empty() {
        answer.direct.push(format!("It could suit you: {} is part of the work of {}.", join(&common), role.plural));
    } else if !question.dislikes.is_empty() {
        let words = capital(&join(&trait_list(&question.dislikes)));
        answer.direct.push(format!("{words} is not a main part of the work of {}.", role.plural));
    }
    answer.direct.push(format!("Being {} suits people who like {}.", with_article(&role.title), join(&plain)));
    let letters: Vec<String> = role.interests.iter().map(|interest| interest.name().to_owned()).collect();
    push_fact(answer, "Interest types (O*NET)", letters.join(", "));
    push_fact(answer, "Contact with patients", contact_words(role.contact).to_owned());
    add_passage(knowledge, answer, Topic::Role(id), SUITS, &question.words);
}

fn next(knowledge: &Knowledge, id: RoleId, question: &Question, answer: &mut Answer) {
    let role = knowledge.role(id);
    let names = |ids: &[RoleId]| ids.iter().map(|id| inside(&knowledge.role(*id).title)).collect::<Vec<_>>();
    if role.next.is_empty() {
        answer.direct.push(first_sentence(knowledge.section(Topic::Role(id), NEXT_STEPS)).to_owned());
    } else {
        answer.direct.push(format!("Usual next steps for {}: {}.", role.plural, join(&names(&role.next))));
    }
    push_fact(answer, "Related roles", names(&role.related).join(", "));
    add_passage(knowledge, answer, Topic::Role(id), NEXT_STEPS, &question.words);
}

/// The first sentence of a section.
pub fn first_sentence(text: &str) -> &str {
    let line = text
        .lines()
        .find(|line| !line.starts_with(|c: char| c == '•' || c.is_ascii_digit()))
        .or_else(|| text.lines().next())
        .unwrap_or("");
    let mut from = 0;
    while let Some(at) = line[from..].find(". ") {
        let end = from + at + 1;
        // "St." and initials end no sentence.
        if line[..end].trim_end_matches('.').rsplit(' ').next().is_some_and(|word| word.chars().count() > 2) {
            return &line[..end];
        }
        from = end + 1;
    }
    line
}

/// Adds a fact unless one of that label is there.
pub(super) fn push_fact(answer: &mut Answer, label: &str, value: String) {
    if !answer.facts.iter().any(|fact| fact.label == label) {
        answer.facts.push(Fact { label: label.to_owned(), value });
    }
}

/// Adds a caution unless it is there.
pub(super) fn push_caveat(answer: &mut Answer, caveat: &str) {
    if !answer.caveats.iter().any(|known| known == caveat) {
        answer.caveats.push(caveat.to_owned());
    }
}
