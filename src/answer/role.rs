//! What is said of one role: one function an intent, each adding its direct sentence, facts and evidence.
//!
//! Knows nothing of how the intent was found.

use std::cmp::Ordering;

use crate::answer::evidence::{add_passage, add_sources};
use crate::answer::facts::{LICENSE_CAVEAT, PAY_CAVEAT, push_caveat, push_fact};
use crate::answer::model::{Answer, Outcome};
use crate::answer::role_figures::{outlook, pay};
use crate::answer::topics::{subject, subjects};
use crate::answer::wording::{
    about_hourly, capital, contact_words, earner, education, inside, join, pay_period, percent,
    projection_period, shared_traits, thousands, trait_list, wage, whose, with_article,
};
use crate::answer::{compacts, length, not_held};
use crate::knowledge::language::Label;
use crate::knowledge::model::{
    DAY, DUTIES, LICENSE, NEXT_STEPS, PHYSICAL, REMOTE, SCHEDULE, SKILLS, SUITS, TRAINING,
    WORKPLACE,
};
use crate::knowledge::terms::{Education, FigureMatch, License, Remote};
use crate::knowledge::{Knowledge, Role, RoleId, SourceId, Topic};
use crate::understanding::SchoolingSaid;
use crate::understanding::request::{Ask, Facts, Sentence};

/// Most intents answered at once; more are hardly meant.
const MOST_ASKS: usize = 4;

/// Share of the question's own words from which a sentence answers it.
const HOLDS: f32 = 0.5;

/// The answer about one role.
pub fn answer(knowledge: &Knowledge, facts: &Facts) -> Answer {
    let (id, ask) = (facts.role, &facts.ask);
    let role = knowledge.role(id);
    let aspects: Vec<Label> = facts.aspects.iter().copied().take(MOST_ASKS).collect();
    let mut answer = Answer::new(Outcome::Answered, title(role, &aspects));
    answer.subjects.push(subject(knowledge, Topic::Role(id)));
    if aspects.is_empty() {
        if let Some(sentence) = held(ask) {
            answer.direct.push(sentence.text.clone());
        }
        overview(knowledge, id, ask, &mut answer);
    }
    for aspect in &aspects {
        tell(knowledge, id, *aspect, ask, &mut answer);
    }
    let group_named = || {
        answer
            .direct
            .iter()
            .chain(&answer.caveats)
            .any(|text| text.contains(&role.group))
    };
    if role.figures == FigureMatch::Nearest && !group_named() {
        answer.caveats.push(format!(
            "Official statistics have no category for {} alone; figures shown for them are those of all {}.",
            role.plural, role.group
        ));
    }
    // Figures of pay bear their own source; what the role's text rests on has no part in them.
    let pay_alone = !aspects.is_empty()
        && aspects.iter().all(|ask| *ask == Label::Pay)
        && answer.passages.is_empty();
    if !pay_alone || answer.sources.is_empty() {
        add_sources(
            knowledge,
            &mut answer,
            role.sources
                .iter()
                .filter(|id| !is_figures(knowledge, role, id)),
            Some(Topic::Role(id)),
        );
    }
    answer.related = subjects(knowledge, role.related.iter().take(5).copied());
    answer
}

/// The sentence of the role's text that holds what was asked in the question's own words.
fn held(ask: &Ask) -> Option<&Sentence> {
    ask.sentences
        .first()
        .filter(|one| one.share >= HOLDS || one.share > 0.0 && one.kind >= 2)
}

fn is_figures(knowledge: &Knowledge, role: &Role, id: &SourceId) -> bool {
    knowledge
        .figures
        .national
        .get(&role.soc)
        .is_some_and(|row| row.source == *id)
        || knowledge
            .figures
            .projections
            .get(&role.soc)
            .is_some_and(|row| row.source == *id)
}

fn title(role: &Role, aspects: &[Label]) -> String {
    let about: Vec<String> = aspects
        .iter()
        .map(|aspect| heading(*aspect).to_owned())
        .collect();
    if about.is_empty() {
        role.title.clone()
    } else {
        format!("{}: {}", role.title, join(&about))
    }
}

fn heading(aspect: Label) -> &'static str {
    match aspect {
        Label::Pay => "pay",
        Label::Outlook => "outlook",
        Label::Openings => "openings",
        Label::Headcount => "jobs",
        Label::Education => "how to become one",
        Label::Length => "how long it takes",
        Label::License => "license or certification",
        Label::Exam => "exams",
        Label::Remote => "remote work",
        Label::Skills => "skills",
        Label::Tools => "tools",
        Label::Suits => "who it suits",
        Label::Day => "a usual day",
        Label::Workplace => "where they work",
        Label::Schedule => "hours and shifts",
        Label::Physical => "physical demands",
        Label::Next => "next steps",
        Label::Duties => "what they do",
        _ => "what is known",
    }
}

fn tell(knowledge: &Knowledge, id: RoleId, aspect: Label, ask: &Ask, answer: &mut Answer) {
    match aspect {
        Label::Pay => pay(knowledge, id, ask, answer),
        Label::Outlook | Label::Openings | Label::Headcount => {
            outlook(knowledge, id, aspect, ask, answer)
        }
        Label::Education => training(knowledge, id, ask, answer),
        Label::Length => length(knowledge, id, ask, answer),
        Label::License | Label::Exam => license(knowledge, id, aspect, ask, answer),
        Label::Remote => remote(knowledge, id, ask, answer),
        Label::Skills => skills(knowledge, id, ask, answer),
        Label::Tools => tools(knowledge, id, ask, answer),
        Label::Suits => suits(knowledge, id, ask, answer),
        Label::Day => day(knowledge, id, ask, answer),
        Label::Workplace => from_section(knowledge, id, WORKPLACE, ask, answer),
        Label::Schedule => from_section(knowledge, id, SCHEDULE, ask, answer),
        Label::Physical => from_section(knowledge, id, PHYSICAL, ask, answer),
        Label::Compact => compact(knowledge, id, ask, answer),
        Label::Next => next(knowledge, id, ask, answer),
        Label::Duties => duties(knowledge, id, ask, answer),
        _ => from_text(knowledge, id, aspect, ask, answer),
    }
}

/// What has no section of its own: the sentences of the role's text that are about it, or that nothing is held on it.
fn from_text(knowledge: &Knowledge, id: RoleId, aspect: Label, ask: &Ask, answer: &mut Answer) {
    let sentences = &ask.sentences;
    if sentences.is_empty() {
        answer.outcome = Outcome::NotCovered;
        answer.direct.push(not_held::sentence(
            knowledge,
            aspect,
            &[Topic::Role(id)],
            &[],
        ));
        overview(knowledge, id, ask, answer);
        return;
    }
    for sentence in sentences.iter().take(2) {
        if !answer.direct.contains(&sentence.text) {
            answer.direct.push(sentence.text.clone());
        }
    }
    for sentence in sentences {
        add_passage(
            knowledge,
            answer,
            sentence.topic,
            sentence.heading,
            &ask.words,
        );
    }
}

/// The head of a role: what they do, and one fact of each kind.
pub fn overview(knowledge: &Knowledge, id: RoleId, ask: &Ask, answer: &mut Answer) {
    let role = knowledge.role(id);
    answer.direct.push(role.summary.clone());
    if let Some(whose) = whose(role) {
        answer.caveats.push(whose);
    }
    if let Some(row) = knowledge.figures.national.get(&role.soc) {
        let value = format!(
            "{} a year{} for {} (US, {})",
            wage(row.median),
            about_hourly(row.hourly_median),
            earner(role),
            pay_period(knowledge, role)
        );
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
            push_fact(
                answer,
                "Typical entry education",
                format!(
                    "{}; {} after high school",
                    education(level),
                    length::span(role.length.least, role.length.usual)
                ),
            );
        }
        add_sources(knowledge, answer, [&row.source], None);
    }
    push_fact(answer, "License", license_line(role).to_owned());
    push_fact(
        answer,
        "Remote work",
        format!("{} ({})", remote_word(role.remote), role.remote_note),
    );
    add_passage(knowledge, answer, Topic::Role(id), DUTIES, &ask.words);
}

fn duties(knowledge: &Knowledge, id: RoleId, ask: &Ask, answer: &mut Answer) {
    let summary = &knowledge.role(id).summary;
    match held(ask).filter(|sentence| sentence.text != *summary) {
        Some(sentence) => {
            answer.direct.push(sentence.text.clone());
            add_passage(
                knowledge,
                answer,
                Topic::Role(id),
                sentence.heading,
                &ask.words,
            );
        }
        None => answer.direct.push(summary.clone()),
    }
    add_passage(knowledge, answer, Topic::Role(id), DUTIES, &ask.words);
    add_passage(knowledge, answer, Topic::Role(id), DAY, &ask.words);
}

fn day(knowledge: &Knowledge, id: RoleId, ask: &Ask, answer: &mut Answer) {
    answer
        .direct
        .push(first_sentence(knowledge.section(Topic::Role(id), DAY)).to_owned());
    add_passage(knowledge, answer, Topic::Role(id), DAY, &ask.words);
    add_passage(knowledge, answer, Topic::Role(id), DUTIES, &ask.words);
}

/// What a section says: the sentence that holds the question's own words, else its first one.
fn from_section(
    knowledge: &Knowledge,
    id: RoleId,
    heading: &'static str,
    ask: &Ask,
    answer: &mut Answer,
) {
    let own = held(ask).or_else(|| {
        ask.sentences
            .iter()
            .find(|sentence| sentence.heading == heading && sentence.share >= HOLDS / 2.0)
    });
    let section = knowledge.section(Topic::Role(id), heading);
    answer.direct.push(
        own.map_or(first_sentence(section), |sentence| &sentence.text)
            .to_owned(),
    );
    if let Some(other) = own.filter(|sentence| sentence.heading != heading) {
        add_passage(knowledge, answer, other.topic, other.heading, &ask.words);
    }
    add_passage(knowledge, answer, Topic::Role(id), heading, &ask.words);
}

/// Whether a license holds in another state: by the compact of the role, where it has one.
fn compact(knowledge: &Knowledge, id: RoleId, ask: &Ask, answer: &mut Answer) {
    let known = match ask.place.states.as_slice() {
        [] => compacts::list(knowledge, id, answer),
        [home, other] => compacts::between(knowledge, id, *home, *other, answer),
        states => compacts::states(knowledge, id, states, answer),
    };
    if !known {
        answer.outcome = Outcome::NotCovered;
        answer.direct.push(not_held::sentence(
            knowledge,
            Label::Compact,
            &[Topic::Role(id)],
            &[],
        ));
        answer
            .direct
            .push(knowledge.language.texts.of("look.compact").to_owned());
    }
    push_caveat(answer, LICENSE_CAVEAT);
}

/// How long it takes, with what it consists of; then the schooling.
fn length(knowledge: &Knowledge, id: RoleId, ask: &Ask, answer: &mut Answer) {
    answer.direct.push(length::sentence(knowledge, id));
    training(knowledge, id, ask, answer);
}

fn training(knowledge: &Knowledge, id: RoleId, ask: &Ask, answer: &mut Answer) {
    let role = knowledge.role(id);
    if let Some(row) = knowledge.figures.projections.get(&role.soc)
        && let Some(level) = row.entry_education
    {
        let whom = match role.figures {
            FigureMatch::Nearest => {
                format!(" (for all {}, the nearest official group)", role.group)
            }
            FigureMatch::Group => format!(" (for all {})", role.group),
            FigureMatch::Exact => String::new(),
        };
        let verdict = verdict(knowledge, id, level, ask);
        let sentence = format!(
            "the typical way in as {} is {}{whom}.",
            with_article(&role.title),
            education(level)
        );
        let sentence = if verdict.is_empty() {
            capital(&sentence)
        } else {
            format!("{verdict}{sentence}")
        };
        if !answer.direct.contains(&sentence) {
            answer.direct.push(sentence);
        }
        push_fact(
            answer,
            "Typical entry education",
            format!("{}{whom}", education(level)),
        );
        add_sources(knowledge, answer, [&row.source], None);
    }
    if let Some(state) = ask.place.states.first() {
        answer.direct.push(format!(
            "I hold no rules of a single state: what {} asks for, its board says.",
            state.in_sentence()
        ));
    }
    push_fact(
        answer,
        "How long it takes",
        format!(
            "{} after high school",
            length::span(role.length.least, role.length.usual)
        ),
    );
    push_fact(
        answer,
        "License",
        format!("{} {}", license_line(role), role.license_note),
    );
    add_passage(knowledge, answer, Topic::Role(id), TRAINING, &ask.words);
    if role.license != License::None {
        push_caveat(answer, LICENSE_CAVEAT);
    }
}

/// A yes or a no, only where the thing asked for is the thing held: a level of schooling, whether it is needed or enough.
fn verdict(knowledge: &Knowledge, id: RoleId, held: Education, ask: &Ask) -> &'static str {
    // What one state asks is not held: what is usual in the country is no yes for it.
    if !ask.whether || !ask.place.states.is_empty() {
        return "";
    }
    let steps = || knowledge.section(Topic::Role(id), TRAINING);
    match ask.schooling {
        Some((_, SchoolingSaid::Either)) if held >= Education::Associate => "Yes, as a rule: ",
        Some((_, SchoolingSaid::Either)) => "No degree is needed as a rule: ",
        Some((asked, SchoolingSaid::Needed)) => match asked.cmp(&held) {
            Ordering::Greater => "No, not as a rule: ",
            Ordering::Equal => "Yes, usually: ",
            Ordering::Less => "That and more: ",
        },
        Some((asked, _)) if asked >= held => "Yes, usually: ",
        // Whoever takes a graduate's degree has a bachelor's before: that it is mentioned says nothing.
        Some((asked, _)) if held < Education::Master && mentions(steps(), asked) => {
            "Sometimes, as the steps below tell: "
        }
        Some(_) => "Usually not: ",
        None if ask.degree && held >= Education::Associate => "Yes, as a rule: ",
        None if ask.degree => "No degree is needed as a rule: ",
        None => "",
    }
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

fn license(knowledge: &Knowledge, id: RoleId, aspect: Label, ask: &Ask, answer: &mut Answer) {
    let role = knowledge.role(id);
    if let Some(sentence) = held(ask).filter(|_| aspect == Label::Exam) {
        answer.direct.push(sentence.text.clone());
    }
    let sentence = match role.license {
        License::State => format!(
            "All or most states license, certify or register {}.",
            role.plural
        ),
        License::SomeStates => {
            format!(
                "It depends on the state: some states license, certify or register {}.",
                role.plural
            )
        }
        License::None => format!(
            "No state license is needed to work as {}.",
            with_article(&role.title)
        ),
        License::Varies => {
            format!(
                "It depends on the profession that you hold: {} bring the license of that profession.",
                role.plural
            )
        }
    };
    let whether = ask.whether && aspect == Label::License && ask.place.states.is_empty();
    // "In every state" is more than "in most": what is held is no yes to it.
    let sentence = match role.license {
        License::State if whether && !ask.every_state => format!("Yes: {}", inside(&sentence)),
        License::SomeStates if whether && ask.every_state => {
            format!("No, not in every state: {}", inside(&sentence))
        }
        License::None if whether => format!("No: {}", inside(&sentence)),
        _ => sentence,
    };
    let board = ask.place.states.first().map(|state| {
        format!(
            " For {}, ask that state's board: rules differ, and I hold none of a single state.",
            state.in_sentence()
        )
    });
    let said = role.license == License::None
        && role
            .license_note
            .to_lowercase()
            .contains("no state license");
    // An exam is asked for: the note names it.
    let note = &role.license_note;
    let whole = match aspect {
        Label::Exam => format!("{note} {sentence}"),
        _ if said => note.clone(),
        _ => format!("{sentence} {note}"),
    };
    answer.direct.push(whole + &board.unwrap_or_default());
    add_passage(knowledge, answer, Topic::Role(id), LICENSE, &ask.words);
    push_caveat(answer, LICENSE_CAVEAT);
}

fn license_line(role: &Role) -> &'static str {
    match role.license {
        License::State => "Needed in all or most states.",
        License::SomeStates => "Needed in some states.",
        License::None => "No state license needed.",
        License::Varies => "Depends on the profession held.",
    }
}

fn remote(knowledge: &Knowledge, id: RoleId, ask: &Ask, answer: &mut Answer) {
    let role = knowledge.role(id);
    answer.direct.push(match role.remote {
        Remote::Yes => format!(
            "Yes, remote work is common for {}: {}.",
            role.plural, role.remote_note
        ),
        Remote::Partly => format!(
            "Partly: some of the work of {} can be remote ({}).",
            role.plural, role.remote_note
        ),
        Remote::No => {
            format!(
                "No, {} cannot usually work from home, the work is on site: {}.",
                role.plural, role.remote_note
            )
        }
    });
    add_passage(knowledge, answer, Topic::Role(id), REMOTE, &ask.words);
}

fn remote_word(remote: Remote) -> &'static str {
    match remote {
        Remote::Yes => "common",
        Remote::Partly => "some of it",
        Remote::No => "no, on site",
    }
}

fn skills(knowledge: &Knowledge, id: RoleId, ask: &Ask, answer: &mut Answer) {
    let role = knowledge.role(id);
    answer.direct.push(format!(
        "The skills that matter most for {} are {}.",
        role.plural,
        join(&role.skills)
    ));
    if !role.knowledge_areas.is_empty() {
        push_fact(answer, "Knowledge", role.knowledge_areas.join(", "));
    }
    if !role.tools.is_empty() {
        push_fact(answer, "Software and tools", role.tools.join(", "));
    }
    add_passage(knowledge, answer, Topic::Role(id), SKILLS, &ask.words);
}

fn tools(knowledge: &Knowledge, id: RoleId, ask: &Ask, answer: &mut Answer) {
    let role = knowledge.role(id);
    if role.tools.is_empty() {
        answer
            .direct
            .push(first_sentence(knowledge.section(Topic::Role(id), SKILLS)).to_owned());
    } else {
        answer.direct.push(format!(
            "Software and tools that {} use: {}.",
            role.plural,
            join(&role.tools)
        ));
    }
    push_fact(answer, "Skills", role.skills.join(", "));
    add_passage(knowledge, answer, Topic::Role(id), SKILLS, &ask.words);
}

fn suits(knowledge: &Knowledge, id: RoleId, ask: &Ask, answer: &mut Answer) {
    let role = knowledge.role(id);
    let plain: Vec<String> = role
        .interests
        .iter()
        .map(|interest| interest.plain().to_owned())
        .collect();
    let clash = shared_traits(role, &ask.dislikes);
    let common = shared_traits(role, &ask.likes);
    if !clash.is_empty() {
        answer.direct.push(format!(
            "Think twice: the work of {} brings {} with it.",
            role.plural,
            join(&clash)
        ));
    } else if !common.is_empty() {
        answer.direct.push(format!(
            "It could suit you: {} is part of the work of {}.",
            join(&common),
            role.plural
        ));
    } else if !ask.dislikes.is_empty() {
        let words = capital(&join(&trait_list(&ask.dislikes)));
        answer.direct.push(format!(
            "{words} is not a main part of the work of {}.",
            role.plural
        ));
    }
    answer.direct.push(format!(
        "Being {} suits people who like {}.",
        with_article(&role.title),
        join(&plain)
    ));
    let letters: Vec<String> = role
        .interests
        .iter()
        .map(|interest| interest.name().to_owned())
        .collect();
    push_fact(answer, "Interest types (O*NET)", letters.join(", "));
    push_fact(
        answer,
        "Contact with patients",
        contact_words(role.contact).to_owned(),
    );
    add_passage(knowledge, answer, Topic::Role(id), SUITS, &ask.words);
}

fn next(knowledge: &Knowledge, id: RoleId, ask: &Ask, answer: &mut Answer) {
    let role = knowledge.role(id);
    let names = |ids: &[RoleId]| {
        ids.iter()
            .map(|id| inside(&knowledge.role(*id).title))
            .collect::<Vec<_>>()
    };
    if role.next.is_empty() {
        answer
            .direct
            .push(first_sentence(knowledge.section(Topic::Role(id), NEXT_STEPS)).to_owned());
    } else {
        answer.direct.push(format!(
            "Usual next steps for {}: {}.",
            role.plural,
            join(&names(&role.next))
        ));
    }
    push_fact(answer, "Related roles", names(&role.related).join(", "));
    add_passage(knowledge, answer, Topic::Role(id), NEXT_STEPS, &ask.words);
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
        if line[..end]
            .trim_end_matches('.')
            .rsplit(' ')
            .next()
            .is_some_and(|word| word.chars().count() > 2)
        {
            return &line[..end];
        }
        from = end + 1;
    }
    line
}
