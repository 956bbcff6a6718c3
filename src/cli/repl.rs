//! A talk in lines: plain words are questions, `/name` is a command, a number picks one of the choices last offered.
//!
//! Knows what each command asks the advisor; knows nothing of terminals, editing or rendering.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::advisor::{Advisor, Kind};
use crate::answer::{Answer, Choice, SubjectKind};
use crate::knowledge::{State, Topic, TrendId};
use crate::understanding::Context;

/// Most roles that can stand side by side.
const MOST_COMPARED: usize = 3;
/// Titles named when a name is not found.
const SUGGESTED: usize = 3;

/// What a line comes to.
#[derive(Debug)]
pub enum Reply {
    /// An answer, in short.
    Answer(Box<Answer>),
    /// The last answer once more, with all that it holds.
    Whole(Box<Answer>),
    /// Something about the program itself.
    Text(String),
    /// The list of sources.
    Sources,
    /// What is kept of the talk: only the terminal knows.
    Privacy,
    /// Nothing was said.
    Nothing,
    /// The talk is over.
    Quit,
}

/// What a command's words name, for completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Nothing that could be completed.
    Free,
    /// The title of a role.
    Role,
    /// Titles of roles, separated by commas.
    Roles,
    /// The title of a trend.
    Trend,
    /// The title of a role, and a state behind a comma.
    RoleAndState,
}

/// One slash command.
pub struct Command {
    /// Name without the slash.
    pub name: &'static str,
    /// What follows it.
    pub usage: &'static str,
    /// What it does, in one line.
    pub what: &'static str,
    /// What its words name.
    pub words: Words,
    run: fn(&mut Talk, &str) -> Reply,
}

/// Every slash command, as far as it makes sense in a terminal, and `/quit`.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "ask",
        usage: "QUESTION",
        what: "ask in plain words; a line without a slash does the same",
        words: Words::Free,
        run: Talk::ask,
    },
    Command {
        name: "role",
        usage: "NAME",
        what: "all about a role: work, pay, training, license, outlook",
        words: Words::Role,
        run: Talk::role,
    },
    Command {
        name: "more",
        usage: "",
        what: "the last answer in full: all facts, evidence, sources",
        words: Words::Free,
        run: Talk::more,
    },
    Command {
        name: "trend",
        usage: "NAME OR NUMBER",
        what: "all about a trend and the roles that it changes",
        words: Words::Trend,
        run: Talk::trend,
    },
    Command {
        name: "trends",
        usage: "",
        what: "the list of trends",
        words: Words::Free,
        run: Talk::trends,
    },
    Command {
        name: "compare",
        usage: "ROLE, ROLE[, ROLE]",
        what: "two or three roles side by side",
        words: Words::Roles,
        run: Talk::compare,
    },
    Command {
        name: "pay",
        usage: "ROLE[, STATE]",
        what: "what a role pays, in the US or in one state",
        words: Words::RoleAndState,
        run: Talk::pay,
    },
    Command {
        name: "path",
        usage: "ROLE[, ROLE]",
        what: "ways from what you do to better paid work, or to a role",
        words: Words::Roles,
        run: Talk::path,
    },
    Command {
        name: "explore",
        usage: "WISHES",
        what: "roles that fit, such as: remote, no degree, no blood",
        words: Words::Free,
        run: Talk::explore,
    },
    Command {
        name: "sources",
        usage: "",
        what: "where the figures and facts come from, and how old they are",
        words: Words::Free,
        run: |_, _| Reply::Sources,
    },
    Command {
        name: "quiz",
        usage: "",
        what: "what to type instead of the quiz, which has buttons and runs on Discord",
        words: Words::Free,
        run: |_, _| Reply::Text(QUIZ.to_owned()),
    },
    Command {
        name: "privacy",
        usage: "",
        what: "what is kept of this talk, and where",
        words: Words::Free,
        run: |_, _| Reply::Privacy,
    },
    Command {
        name: "my-data",
        usage: "",
        what: "the same: what is kept of this talk, and how to delete it",
        words: Words::Free,
        run: |_, _| Reply::Privacy,
    },
    Command {
        name: "help",
        usage: "",
        what: "this list",
        words: Words::Free,
        run: |_, _| Reply::Text(help()),
    },
    Command {
        name: "quit",
        usage: "",
        what: "end the talk",
        words: Words::Free,
        run: |_, _| Reply::Quit,
    },
];

/// What stands in for the quiz.
const QUIZ: &str = "The quiz has buttons and runs on Discord. Here, say what you like, and get the same kind of list:\n\n\
    \x20 /explore helping and teaching people\n\
    \x20 /explore hands-on work, associate's degree\n\
    \x20 /explore working with data, remote\n";

/// The list of commands, and what else one can type.
pub fn help() -> String {
    let mut text = String::from("Type a question, or a command:\n\n");
    for command in COMMANDS {
        let _ = writeln!(
            text,
            "  {:<27} {}",
            format!("/{} {}", command.name, command.usage),
            command.what
        );
    }
    text.push_str(
        "\nTab completes commands and titles. A number picks one of the choices offered.\n",
    );
    text
}

/// A talk with the advisor.
pub struct Talk {
    advisor: Arc<Advisor>,
    choices: Vec<Choice>,
    remembered: Option<Context>,
    /// The last answer, but for what nobody may keep.
    last: Option<Box<Answer>>,
}

impl Talk {
    /// A talk that has not begun.
    pub fn new(advisor: Arc<Advisor>) -> Self {
        Self {
            advisor,
            choices: Vec::new(),
            remembered: None,
            last: None,
        }
    }

    /// What a line comes to.
    pub fn say(&mut self, line: &str) -> Reply {
        let line = line.trim();
        if line.is_empty() {
            return Reply::Nothing;
        }
        let Some(rest) = line.strip_prefix('/') else {
            return match self.picked(line) {
                Some(question) => self.ask(&question),
                None => self.ask(line),
            };
        };
        let (name, words) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        match COMMANDS
            .iter()
            .find(|command| command.name.eq_ignore_ascii_case(name))
        {
            Some(command) => (command.run)(self, words.trim()),
            None => Reply::Text(unknown(name)),
        }
    }

    /// Answers a question within this talk.
    pub fn answer(&mut self, question: &str) -> Answer {
        let (answer, remembered) = self.advisor.ask_in(question, self.remembered.as_ref());
        self.remembered = Some(remembered);
        self.choices.clone_from(&answer.choices);
        self.last = (!answer.sensitive).then(|| Box::new(answer.clone()));
        answer
    }

    fn more(&mut self, _: &str) -> Reply {
        match self.last.clone() {
            Some(answer) => Reply::Whole(answer),
            None => {
                Reply::Text("Ask something first: /more shows its answer in full.\n".to_owned())
            }
        }
    }

    fn picked(&self, line: &str) -> Option<String> {
        let number: usize = line.parse().ok()?;
        self.choices
            .get(number.checked_sub(1)?)
            .map(|choice| choice.question.clone())
    }

    /// What a command showed is what the next question may refer to.
    fn shown(&mut self, answer: Answer) -> Reply {
        self.choices.clone_from(&answer.choices);
        let knowledge = self.advisor.knowledge();
        let mut now = Context::default();
        for subject in answer.subjects.iter().take(MOST_COMPARED) {
            match knowledge.find(&subject.slug) {
                Some(Topic::Role(id)) => now.roles.push(id),
                Some(Topic::Trend(id)) => now.trends.push(id),
                None => {}
            }
        }
        // Roles and trends at once would make "it" mean both.
        if !now.roles.is_empty() {
            now.trends.clear();
        }
        if !now.roles.is_empty() || now.trends.len() == 1 {
            self.remembered = Some(now);
        }
        self.last = Some(Box::new(answer.clone()));
        Reply::Answer(Box::new(answer))
    }

    fn ask(&mut self, question: &str) -> Reply {
        if question.is_empty() {
            return Reply::Text(
                "Type your question behind /ask, such as: /ask what does a telehealth coordinator do?\n".to_owned(),
            );
        }
        let answer = self.answer(question);
        Reply::Answer(Box::new(answer))
    }

    fn role(&mut self, name: &str) -> Reply {
        match self
            .find(name, SubjectKind::Role)
            .and_then(|slug| self.advisor.role(&slug))
        {
            Some(answer) => self.shown(answer),
            None => Reply::Text(self.not_found("role", name, Kind::Role)),
        }
    }

    fn trend(&mut self, name: &str) -> Reply {
        match self
            .find(name, SubjectKind::Trend)
            .and_then(|slug| self.advisor.trend(&slug))
        {
            Some(answer) => self.shown(answer),
            None => Reply::Text(self.not_found("trend", name, Kind::Trend)),
        }
    }

    fn trends(&mut self, _: &str) -> Reply {
        let answer = self.advisor.trends();
        self.shown(answer)
    }

    fn compare(&mut self, names: &str) -> Reply {
        let names: Vec<&str> = split_names(names);
        if !(2..=MOST_COMPARED).contains(&names.len()) {
            return Reply::Text(
                "Name two or three roles with commas between, such as: /compare registered nurse, pharmacist\n"
                    .to_owned(),
            );
        }
        let mut slugs = Vec::new();
        for name in names {
            match self.find(name, SubjectKind::Role) {
                Some(slug) => slugs.push(slug),
                None => return Reply::Text(self.not_found("role", name, Kind::Role)),
            }
        }
        let slugs: Vec<&str> = slugs.iter().map(String::as_str).collect();
        match self.advisor.compare(&slugs) {
            Some(answer) => self.shown(answer),
            None => Reply::Text(
                "Name two or three different roles, such as: /compare registered nurse, pharmacist\n".to_owned(),
            ),
        }
    }

    fn pay(&mut self, words: &str) -> Reply {
        let (name, state) = split_state(words);
        let state = match state.map(|text| (text, State::named(text))) {
            None => None,
            Some((_, Some(state))) => Some(state),
            Some((text, None)) => {
                return Reply::Text(format!(
                    "I know no state called \"{text}\". Write its name or postal code, such as Texas or TX.\n"
                ));
            }
        };
        match self
            .find(name, SubjectKind::Role)
            .and_then(|slug| self.advisor.pay(&slug, state))
        {
            Some(answer) => self.shown(answer),
            None => Reply::Text(self.not_found("role", name, Kind::Role)),
        }
    }

    fn path(&mut self, words: &str) -> Reply {
        match words.split_once(',') {
            _ if words.is_empty() => Reply::Text(
                "Say what you do, and where you want to be, such as: /path nursing assistant, registered nurse\n"
                    .to_owned(),
            ),
            Some((from, to)) => self.ask(&format!(
                "How do I get from {} to {}?",
                from.trim(),
                to.trim()
            )),
            None => self.ask(&format!(
                "I'm a {words}. Which ways are there to better paid work?"
            )),
        }
    }

    fn explore(&mut self, wishes: &str) -> Reply {
        if wishes.is_empty() {
            return Reply::Text(
                "Say what matters to you, such as: /explore remote, associate's degree, no blood\n\
                 You can name where you work (remote, in person), training, pay, people or no people, and things to avoid.\n"
                    .to_owned(),
            );
        }
        self.ask(&format!("which healthcare jobs are {wishes}"))
    }

    /// The slug that a person means: the slug itself, a title or its beginning, or any other name of it.
    fn find(&self, name: &str, kind: SubjectKind) -> Option<String> {
        if name.is_empty() {
            return None;
        }
        let slug = name
            .to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join("-");
        let knowledge = self.advisor.knowledge();
        if let Some(topic) = knowledge.find(&slug)
            && crate::advisor::subject(&knowledge, topic).kind == kind
        {
            return Some(slug);
        }
        if kind == SubjectKind::Trend
            && let Ok(number) = name.trim_start_matches('#').parse::<u8>()
        {
            let numbered = |id: &TrendId| knowledge.trend(*id).number == number;
            let id = knowledge.trend_ids().find(numbered)?;
            return Some(knowledge.slug(Topic::Trend(id)).to_string());
        }
        let wanted = if kind == SubjectKind::Role {
            Kind::Role
        } else {
            Kind::Trend
        };
        if let Some(completion) = self.advisor.complete(name, wanted, 1).into_iter().next() {
            return Some(completion.value);
        }
        let answer = self.advisor.ask(name);
        answer
            .subjects
            .into_iter()
            .find(|subject| subject.kind == kind)
            .map(|subject| subject.slug)
    }

    fn not_found(&self, noun: &str, name: &str, kind: Kind) -> String {
        if name.is_empty() {
            return format!("Name a {noun} behind the command; Tab completes titles.\n");
        }
        // The first letters are the likeliest to be right.
        let start: String = name.chars().take(3).collect();
        let near: Vec<String> = self
            .advisor
            .complete(&start, kind, SUGGESTED)
            .into_iter()
            .map(|completion| completion.title)
            .collect();
        let hint = if near.is_empty() {
            "Tab completes titles.".to_owned()
        } else {
            format!("Did you mean {}?", near.join(", "))
        };
        format!("I know no {noun} called \"{name}\". {hint}\n")
    }
}

fn unknown(name: &str) -> String {
    let known = COMMANDS.iter().map(|command| command.name);
    match crate::knowledge::problem::nearest(name, known) {
        Some(near) => format!("There is no command /{name}. Did you mean /{near}?\n"),
        None => format!("There is no command /{name}. /help lists them.\n"),
    }
}

/// Names that stand between commas, or on both sides of "vs" or "and" where there is no comma.
fn split_names(text: &str) -> Vec<&str> {
    let separator = [",", " vs. ", " vs ", " versus ", " and "]
        .into_iter()
        .find(|separator| text.contains(separator))
        .unwrap_or(",");
    text.split(separator)
        .map(|name| name.trim().trim_start_matches("and ").trim())
        .filter(|name| !name.is_empty())
        .collect()
}

/// A role and, behind a comma or the last "in", a state.
fn split_state(text: &str) -> (&str, Option<&str>) {
    let parts = text.rsplit_once(',').or_else(|| text.rsplit_once(" in "));
    match parts {
        Some((role, state)) if !state.trim().is_empty() => (role.trim(), Some(state.trim())),
        Some((role, _)) => (role.trim(), None),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_between_commas_or_words() {
        for text in ["a, b", "a vs b", "a vs. b", "a and b", "a versus b", "a,b,"] {
            assert_eq!(split_names(text), ["a", "b"], "{text}");
        }
        assert_eq!(split_names("a, b, and c"), ["a", "b", "c"]);
    }

    #[test]
    fn a_state_stands_behind_a_comma_or_in() {
        assert_eq!(
            split_state("registered nurse in Texas"),
            ("registered nurse", Some("Texas"))
        );
        assert_eq!(
            split_state("registered nurse, TX"),
            ("registered nurse", Some("TX"))
        );
        assert_eq!(split_state("registered nurse,"), ("registered nurse", None));
        assert_eq!(split_state("registered nurse"), ("registered nurse", None));
        assert_eq!(State::named("new york").map(State::code), Some("NY"));
        assert_eq!(State::named("tx").map(State::code), Some("TX"));
    }
}
