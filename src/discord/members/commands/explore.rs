//! `/explore`: roles by pay, training, remote work, interest and growth, in pages.
//!
//! What was asked for stands in a code of six letters that fits into every button, so turning a page needs no memory.

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandOptionType, CommandType};

use crate::answer::evidence::add_sources;
use crate::answer::wording::wage;
use crate::answer::{Answer, Item, Outcome};
use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::response::Response;
use crate::discord::interaction::view_options::View;
use crate::discord::members::{answer_buttons, answer_view, pages};
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Entry, Row, Select};
use crate::discord::message::custom_id::{Action, Tag};
use crate::discord::message::locale;
use crate::explore::{GROWS, faster_than_all, matching, national, projection};
use crate::knowledge::cells::Cell;
use crate::knowledge::terms::{Education, FigureMatch, Interest, Order, Remote};
use crate::knowledge::{Knowledge, Role, SourceId, Topic};
use crate::understanding::Filter;

/// `/explore`.
pub const COMMAND: Command = Command {
    name: "explore",
    description: "Find roles by pay, training, remote work, interest and growth",
    body,
    kind: CommandType::ChatInput,
    run: Run::Now(run),
    suggest: None,
};

/// Roles on a page.
const PAGE: usize = 8;

/// A choice of an option: its letter, what it says, what it means.
type Choices<T> = &'static [(char, &'static str, T)];

const PAY: Choices<f64> = &[
    ('4', "$40,000 a year or more", 40_000.0),
    ('6', "$60,000 a year or more", 60_000.0),
    ('8', "$80,000 a year or more", 80_000.0),
    ('a', "$100,000 a year or more", 100_000.0),
    ('c', "$120,000 a year or more", 120_000.0),
];
const TRAINING: Choices<Education> = &[
    ('h', "A high school diploma at most", Education::HighSchool),
    ('c', "A certificate at most", Education::Award),
    ('a', "An associate's degree at most", Education::Associate),
    ('b', "A bachelor's degree at most", Education::Bachelor),
    ('m', "A master's degree at most", Education::Master),
];
const REMOTE: Choices<&[Remote]> = &[
    ('y', "Commonly remote", &[Remote::Yes]),
    (
        'p',
        "Remote at least in part",
        &[Remote::Yes, Remote::Partly],
    ),
    ('n', "On site", &[Remote::No]),
];
const INTEREST: Choices<Interest> = &[
    (
        'r',
        "Practical, hands-on work (Realistic)",
        Interest::Realistic,
    ),
    (
        'i',
        "Ideas, science, working things out (Investigative)",
        Interest::Investigative,
    ),
    ('a', "Creative work (Artistic)", Interest::Artistic),
    (
        's',
        "Helping and teaching people (Social)",
        Interest::Social,
    ),
    (
        'e',
        "Leading and persuading (Enterprising)",
        Interest::Enterprising,
    ),
    (
        'c',
        "Order, records and detail (Conventional)",
        Interest::Conventional,
    ),
];
/// The least change of the number of jobs, percent over the period of the projections.
const GROWTH: Choices<fn(&Knowledge) -> f64> = &[
    ('g', "Number of jobs grows", |_| GROWS),
    ('f', "Grows faster than all US jobs", faster_than_all),
    ('v', "Grows by 10% or more", |_| 10.0),
];
const SORT: Choices<Order> = &[
    ('p', "Highest pay first", Order::BestPaid),
    ('g', "Fastest growth first", Order::FastestGrowing),
    ('o', "Most openings first", Order::MostOpenings),
    ('t', "By title", Order::Title),
];

fn find<T: Copy>(choices: Choices<T>, letter: char) -> Option<(&'static str, T)> {
    choices
        .iter()
        .find(|(known, _, _)| *known == letter)
        .map(|(_, words, value)| (*words, *value))
}

/// What was asked for: one letter each for pay, training, remote, interest, growth and sort; `-` for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked([char; 6]);

impl Default for Asked {
    fn default() -> Self {
        Self(['-', '-', '-', '-', '-', 'p'])
    }
}

impl Asked {
    /// Reads a code; what cannot be read asks for nothing.
    pub fn decode(code: &str) -> Self {
        let mut asked = Self::default();
        for (place, letter) in asked.0.iter_mut().zip(code.chars()) {
            *place = letter;
        }
        asked.tidy()
    }

    /// The code.
    pub fn encode(self) -> String {
        self.0.iter().collect()
    }

    /// The same, sorted by the letter of a choice.
    #[must_use]
    pub fn sorted_by(mut self, letter: &str) -> Self {
        self.0[5] = letter.chars().next().unwrap_or('p');
        self.tidy()
    }

    /// The same, with nothing in place of each letter that is no choice.
    fn tidy(self) -> Self {
        let [pay, training, remote, interest, growth, sort] = self.0;
        fn known<T: Copy>(choices: Choices<T>, letter: char, otherwise: char) -> char {
            find(choices, letter).map_or(otherwise, |_| letter)
        }
        Self([
            known(PAY, pay, '-'),
            known(TRAINING, training, '-'),
            known(REMOTE, remote, '-'),
            known(INTEREST, interest, '-'),
            known(GROWTH, growth, '-'),
            known(SORT, sort, 'p'),
        ])
    }

    fn filter(self, knowledge: &Knowledge) -> Filter {
        let [pay, training, remote, interest, growth, sort] = self.0;
        Filter {
            pay_min: find(PAY, pay).map(|found| found.1),
            education_max: find(TRAINING, training).map(|found| found.1),
            remote: find(REMOTE, remote).map_or(&[], |found| found.1),
            interest: find(INTEREST, interest).map(|found| found.1),
            growth_min: find(GROWTH, growth).map(|found| found.1(knowledge)),
            order: find(SORT, sort).map(|found| found.1),
            ..Filter::default()
        }
    }

    /// What was asked for, in words; empty when nothing was.
    fn words(self) -> Vec<&'static str> {
        let [pay, training, remote, interest, growth, _] = self.0;
        [
            find(PAY, pay).map(|found| found.0),
            find(TRAINING, training).map(|found| found.0),
            find(REMOTE, remote).map(|found| found.0),
            find(INTEREST, interest).map(|found| found.0),
            find(GROWTH, growth).map(|found| found.0),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn body(command: CreateCommand) -> CreateCommand {
    fn choices<T>(choices: Choices<T>) -> Vec<(char, &'static str)> {
        choices
            .iter()
            .map(|(letter, words, _)| (*letter, *words))
            .collect()
    }
    let options = [
        ("pay", "Median pay a year, at least", choices(PAY)),
        (
            "training",
            "Typical training to start, at most",
            choices(TRAINING),
        ),
        (
            "remote",
            "Whether the work can be done from home",
            choices(REMOTE),
        ),
        ("interest", "What you like to do", choices(INTEREST)),
        (
            "growth",
            "How the number of jobs is expected to change",
            choices(GROWTH),
        ),
    ];
    options
        .into_iter()
        .fold(command, |command, (name, description, choices)| {
            let option = locale::option("explore", CommandOptionType::String, name, description);
            command.add_option(choices.into_iter().fold(option, |option, (letter, words)| {
                locale::choice(option, words, letter)
            }))
        })
}

fn run(app: &App, input: &Input<'_>) -> Response {
    let letter = |name| {
        input
            .options()
            .text(name)
            .and_then(|text| text.chars().next())
            .unwrap_or('-')
    };
    let asked = Asked([
        letter("pay"),
        letter("training"),
        letter("remote"),
        letter("interest"),
        letter("growth"),
        'p',
    ])
    .tidy();
    page(app, input.call, asked, 0).into()
}

/// A page, counted from 0; past the end, the last one.
pub fn page(app: &App, call: &InteractionContext, asked: Asked, page: u8) -> Message {
    let knowledge = app.advisor().knowledge();
    let found = matching(&knowledge, &asked.filter(&knowledge));
    let pages = found.len().div_ceil(PAGE).max(1);
    let page = usize::from(page).min(pages - 1);
    let mut answer = Answer::new(
        Outcome::Answered,
        if asked.words().is_empty() {
            "All roles".to_owned()
        } else {
            asked.words().join(" · ")
        },
    );
    answer.direct.push(match found.len() {
        0 => "No role that I know meets all of this. Try again with fewer wishes.".to_owned(),
        1 => "One role meets this.".to_owned(),
        all if asked.words().is_empty() => {
            format!("All {all} roles that I know. Page {} of {pages}.", page + 1)
        }
        many => format!("{many} roles meet this. Page {} of {pages}.", page + 1),
    });
    for id in found.iter().skip(page * PAGE).take(PAGE) {
        let role = knowledge.role(*id);
        answer.items.push(Item {
            subject: crate::advisor::subject(&knowledge, Topic::Role(*id)),
            note: note(&knowledge, role),
        });
    }
    cite(&knowledge, &mut answer);
    let view = View {
        embeds: call.embeds,
        language: locale::language_note(&call.locale),
        ..View::default()
    };
    Message {
        rows: rows(asked, &answer, page, pages).into(),
        ..answer_view::answer(&answer, &view)
    }
}

fn note(knowledge: &Knowledge, role: &Role) -> String {
    let mut parts = Vec::new();
    parts.push(match national(knowledge, role).map(|row| row.median) {
        Some(Cell::NotReleased) | None => "pay not released".to_owned(),
        Some(pay) => format!("{} a year", wage(pay)),
    });
    if let Some(row) = projection(knowledge, role) {
        parts.push(format!("jobs {:+.1}%", row.change_percent));
        parts.extend(row.entry_education.map(|needed| needed.word().to_owned()));
    }
    if role.figures != FigureMatch::Exact {
        parts.push(format!("figures of {}", role.group));
    }
    parts.join(", ")
}

/// The sources of the figures shown, and what they are of.
fn cite(knowledge: &Knowledge, answer: &mut Answer) {
    let pay = knowledge
        .figures
        .national
        .values()
        .next()
        .map(|row| &row.source);
    let jobs = knowledge
        .figures
        .projections
        .values()
        .next()
        .map(|row| &row.source);
    let period = |id: Option<&SourceId>| {
        id.and_then(|id| knowledge.sources.get(id))
            .map(|source| source.period.clone())
    };
    if let (Some(pay), Some(jobs)) = (period(pay), period(jobs)) {
        answer.caveats.push(format!("Pay: median for the US, {pay}. Jobs: projected change {jobs}. Training: what is typical to start; states and employers may ask for more."));
    }
    add_sources(knowledge, answer, [pay, jobs].into_iter().flatten(), None);
}

fn rows(asked: Asked, answer: &Answer, page: usize, pages: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(id) = Action::ExploreSort(asked.encode())
        .encode()
        .filter(|_| answer.items.len() > 1 || pages > 1)
    {
        let entries = SORT.iter().map(|(letter, words, _)| Entry {
            label: (*words).to_owned(),
            value: letter.to_string(),
            description: String::new(),
            default: asked.0[5] == *letter,
        });
        rows.push(Row::Select(Select {
            id,
            placeholder: "Sort".to_owned(),
            entries: entries.collect(),
        }));
    }
    rows.extend(answer_buttons::topics(
        answer.items.iter().map(|item| &item.subject),
        "Open one of these",
    ));
    let turn = |to: usize| Action::Explore(asked.encode(), u8::try_from(to).unwrap_or(u8::MAX));
    let mut buttons = if pages > 1 {
        pages::turns(turn, page, page + 1 < pages)
    } else {
        Vec::new()
    };
    buttons.extend(
        Action::Share(None)
            .encode()
            .map(|id| Button::new(id, "Share")),
    );
    buttons.extend(answer_buttons::verdict(Some(Tag::of(COMMAND.name))));
    rows.push(Row::Buttons(buttons));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_comes_back_as_what_was_asked_for() {
        for code in ["-----p", "4hyrgt", "cmnavo"] {
            assert_eq!(Asked::decode(code).encode(), code);
        }
    }

    #[test]
    fn what_a_code_does_not_know_asks_for_nothing() {
        assert_eq!(Asked::decode("zzzzzz"), Asked::default());
        assert_eq!(Asked::decode(""), Asked::default());
        assert_eq!(Asked::decode("4é---p?").encode(), "4----p");
    }
}
