//! What members read first: short, every figure that of the answer and qualified, nothing twice, the rest a press away.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::LazyLock;

use careerbot::advisor::Advisor;
use careerbot::answer::role;
use careerbot::answer::text::plain;
use careerbot::answer::{Answer, Outcome};
use careerbot::discord::interaction::view_options::{View, Whole};
use careerbot::discord::members::answer_view::{answer as card, whole};
use careerbot::discord::message::body::Message;
use careerbot::discord::message::custom_id::Action;
use careerbot::knowledge::check::reading;
use careerbot::knowledge::language::Label;
use careerbot::knowledge::terms::FigureMatch;
use careerbot::knowledge::{Knowledge, load_shipped};
use careerbot::understanding::request::{Ask, Facts};
use regex::Regex;

const SETS: [&str; 3] = ["working", "held_back", "people"];

static ADVISOR: LazyLock<Advisor> = LazyLock::new(|| {
    let knowledge = load_shipped().expect("the shipped knowledge loads");
    Advisor::in_memory(knowledge).expect("an index in memory")
});

/// Every question of the sets, with its answer.
static ASKED: LazyLock<Vec<(String, Answer)>> = LazyLock::new(|| {
    let mut asked = Vec::new();
    for set in SETS {
        let text = std::fs::read_to_string(format!("tests/relevance/{set}.jsonl"))
            .expect("a set of questions");
        for line in text.lines() {
            let case: serde_json::Value = serde_json::from_str(line).expect("a case");
            let question = case["question"].as_str().unwrap_or_default();
            if !question.is_empty() {
                asked.push((question.to_owned(), ADVISOR.ask(question)));
            }
        }
    }
    assert!(asked.len() > 900, "{}", asked.len());
    asked
});

/// What was measured, for whoever runs the tests.
fn report(measured: &str) {
    let _ = writeln!(std::io::stderr(), "cards: {measured}");
}

/// As `/ask` shows it.
fn view(question: &str) -> View<'_> {
    let fits = Action::Whole(question.to_owned()).encode().is_some();
    View {
        whole: if fits {
            Whole::Asked(question)
        } else {
            Whole::Nowhere
        },
        ..View::default()
    }
}

/// What a member reads of a message: without the addresses behind links and the signs of markdown.
fn seen(message: &Message) -> String {
    let mut parts = vec![message.content.clone()];
    for embed in &message.embeds {
        parts.extend([embed.title.clone(), embed.description.clone()]);
        for field in &embed.fields {
            parts.extend([field.name.clone(), field.value.clone()]);
        }
        parts.extend(embed.footer.as_ref().map(|footer| footer.text.clone()));
    }
    parts.retain(|part| !part.is_empty());
    let text = parts.join("\n");
    for_reading(&text)
}

fn for_reading(text: &str) -> String {
    static LINKS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\]\(<?https?://[^)]*\)").expect("a pattern"));
    static DAYS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"<t:-?\d+:D>").expect("a pattern"));
    static SIGNS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\*\*|(?m)^-# |(?m)^> |\[|\\|```\n?").expect("a pattern"));
    let text = LINKS.replace_all(text, "");
    let text = DAYS.replace_all(&text, "November 27, 2026");
    SIGNS.replace_all(&text, "").into_owned()
}

fn facts(role: careerbot::knowledge::RoleId, aspects: &[Label]) -> Facts {
    Facts {
        role,
        aspects: aspects.to_vec(),
        ask: Ask::default(),
    }
}

#[test]
fn most_cards_fit_on_a_phone() {
    // Of ways to better work each step counts, and none of it is cut.
    let mut lengths: Vec<(usize, &str)> = ASKED
        .iter()
        .filter(|(_, answer)| !tells_ways(answer))
        .map(|(question, answer)| {
            let shown = seen(&card(answer, &view(question)));
            (shown.chars().count(), question.as_str())
        })
        .collect();
    lengths.sort_unstable();
    let of = |share: usize| lengths[lengths.len() * share / 100].0;
    let (median, most) = (of(50), of(90));
    let (longest, question) = lengths[lengths.len() - 1];
    report(&format!(
        "characters: median {median}, 90 % at most {most}, longest {longest}"
    ));
    assert!(median <= 650, "the median is {median}");
    assert!(most <= 900, "nine of ten have at most {most}");
    assert!(longest <= 2_200, "the longest has {longest}: {question}");
}

/// The numbers of a text, with their signs of money and share.
fn figures(text: &str) -> BTreeSet<String> {
    static FIGURES: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\$?\d[\d,]*(?:\.\d+)?%?").expect("a pattern"));
    FIGURES
        .find_iter(text)
        .map(|found| found.as_str().trim_end_matches(',').to_owned())
        .collect()
}

/// Whether the answer holds a figure of its card: as it is, in dollars for USD, or a percentage that was rounded to it.
fn is_held(figure: &str, held: &BTreeSet<String>) -> bool {
    let percent = |text: &str| text.strip_suffix('%')?.parse::<f64>().ok();
    let rounded = percent(figure).is_some_and(|whole| {
        let mut exact = held.iter().filter_map(|text| percent(text));
        exact.any(|exact| exact.round() == whole)
    });
    held.contains(figure) || held.contains(figure.trim_start_matches('$')) || rounded
}

#[test]
fn no_card_holds_a_figure_that_its_answer_does_not() {
    for (question, answer) in ASKED.iter() {
        let mut held = figures(&plain(answer));
        held.extend(figures(&answer.title));
        for source in &answer.sources {
            held.extend(figures(&source.short));
        }
        answer
            .credits
            .iter()
            .for_each(|line| held.extend(figures(line)));
        // Pages of a source are counted from the second, steps from the first.
        held.extend((1..=9).map(|number| number.to_string()));
        if let Some(brief) = &answer.brief {
            held.extend(figures(&brief.scale));
        }
        if let Some(grid) = &answer.grid {
            // Periods and lengths; the other cells stand in the table, which the answer holds.
            held.extend(grid.notes.iter().flat_map(|note| figures(note)));
            let takes = grid.rows.iter().filter(|row| row.label == "Takes");
            held.extend(takes.flat_map(|row| figures(&row.cells.join(" "))));
        }
        let shown = seen(&card(answer, &view(question)));
        for figure in figures(&shown) {
            let counted = shown.contains(&format!("… and {figure} more"));
            assert!(
                counted || is_held(&figure, &held),
                "{question}: {figure} is not in the answer: {shown}"
            );
        }
    }
}

#[test]
fn every_yearly_sum_on_a_card_has_its_period_and_place() {
    let place =
        Regex::new(r"\bUS\b|[A-Z][a-z]+, May 2025|, May 2025\)|in the US|In ").expect("a pattern");
    for (question, answer) in ASKED.iter() {
        let shown = seen(&card(answer, &view(question)));
        let wages = answer
            .sources
            .iter()
            .any(|source| source.short.starts_with("BLS wages"));
        if wages && shown.contains('$') {
            assert!(
                shown.contains("May 2025") && place.is_match(&shown),
                "{question}: {shown}"
            );
        }
    }
}

#[test]
fn whose_figures_they_are_stands_on_every_card_that_shows_them() {
    let knowledge = ADVISOR.knowledge();
    let mut seen_roles = 0;
    for id in knowledge.role_ids() {
        let role = knowledge.role(id);
        if role.figures == FigureMatch::Exact {
            continue;
        }
        seen_roles += 1;
        let slug = role.slug.as_str();
        let other = if slug == "pharmacist" {
            "dentist"
        } else {
            "pharmacist"
        };
        let outlook = role::answer(&knowledge, &facts(id, &[Label::Outlook]));
        let answers = [
            ADVISOR.role(slug).expect("a role"),
            ADVISOR.pay(slug, None).expect("a role"),
            ADVISOR.compare(&[slug, other]).expect("two roles"),
            outlook,
        ];
        for answer in answers {
            for shown in [
                card(&answer, &View::default()),
                whole(&answer, &View::default()),
            ] {
                let shown = seen(&shown);
                assert!(shown.contains(&role.group), "{slug}: {shown}");
            }
        }
    }
    assert!(seen_roles > 40, "{seen_roles}");
}

#[test]
fn nothing_is_said_twice() {
    let knowledge = ADVISOR.knowledge();
    for id in knowledge.role_ids() {
        for aspects in [
            &[Label::Education][..],
            &[Label::Length],
            &[Label::Length, Label::Education],
        ] {
            let shown = seen(&card(
                &role::answer(&knowledge, &facts(id, aspects)),
                &View::default(),
            ));
            let times = shown.matches("The typical way in as").count();
            let facts = shown.matches("Typical entry education").count();
            assert_eq!(times + facts, 1, "{shown}");
        }
    }
    // Two ways may have one reason.
    for (question, answer) in ASKED.iter().filter(|(_, answer)| !tells_ways(answer)) {
        let shown = seen(&card(answer, &view(question)));
        let mut known = BTreeSet::new();
        for sentence in shown.split(['\n']).flat_map(|line| line.split(". ")) {
            let sentence = sentence.trim();
            assert!(
                sentence.chars().count() < 40 || known.insert(sentence),
                "{question}: {sentence:?} twice in {shown}"
            );
        }
    }
}

#[test]
fn what_a_card_leaves_out_is_a_press_away() {
    let mut pressed = 0;
    for (question, answer) in ASKED
        .iter()
        .filter(|(_, answer)| answer.outcome == Outcome::Answered && !answer.sensitive)
    {
        let view = view(question);
        let message = card(answer, &view);
        let full = seen(&whole(answer, &view));
        // Where the numbers come from, /sources tells; it is about no role or trend.
        let of_sources = answer.title == "Sources";
        if !of_sources && full.chars().count() > seen(&message).chars().count() + 400 {
            let rows = format!("{:?}", message.rows);
            // A question that no button holds: the menu opens each of a list.
            let listed = view.whole == Whole::Nowhere && !answer.items.is_empty();
            assert!(listed || rows.contains("\"More\""), "{question}: {rows}");
            pressed += 1;
        }
    }
    assert!(pressed > 300, "{pressed}");
}

/// The text with the names of roles and groups, which cannot be said in other words, as one short word.
fn without_names(knowledge: &Knowledge, text: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for role in &knowledge.roles {
        names.extend([
            role.plural.as_str(),
            role.group.as_str(),
            role.title.as_str(),
        ]);
    }
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
        .iter()
        .filter(|name| !name.is_empty())
        .fold(text.to_lowercase(), |text, name| {
            text.replace(&name.to_lowercase(), "nurse")
        })
}

#[test]
fn leads_can_be_read_in_grade_8() {
    let knowledge = ADVISOR.knowledge();
    let mut grades: Vec<(f64, String)> = Vec::new();
    for (question, answer) in ASKED
        .iter()
        .filter(|(_, answer)| answer.outcome == Outcome::Answered)
    {
        let message = card(answer, &view(question));
        let lead = for_reading(message.content.lines().next().unwrap_or_default());
        let plain = without_names(&knowledge, &lead);
        // Sentences begin with capitals for the measure.
        let plain = plain.replace(". ", ".\n");
        let sentences: Vec<&str> = plain.lines().collect();
        let grade =
            sentences.iter().map(|one| reading::of(one)).sum::<f64>() / sentences.len() as f64;
        grades.push((grade, lead));
    }
    grades.sort_by(|a, b| a.0.total_cmp(&b.0));
    let median = grades[grades.len() / 2].0;
    let hard = grades.iter().filter(|(grade, _)| *grade > 12.0).count();
    report(&format!(
        "reading level of leads: median {median:.1}, {hard} of {} above grade 12",
        grades.len()
    ));
    assert!(median <= 8.0, "median grade {median:.1}");
}

/// Ways to better work are as long as their steps.
fn tells_ways(answer: &Answer) -> bool {
    answer.ways.is_some() || answer.title.starts_with("Ways ")
}
