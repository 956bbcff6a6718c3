//! Something asked of what is known that is not held: said first, with the official place to ask; then what is known.

use crate::answer::compacts;
use crate::answer::evidence::add_passage;
use crate::answer::model::{Answer, Choice, Outcome};
use crate::answer::role;
use crate::answer::topics::{choice, subject};
use crate::answer::wording::{inside, join};
use crate::knowledge::language::Label;
use crate::knowledge::{Knowledge, Topic};
use crate::text::width::fitting;
use crate::understanding::request::NotHeld;

/// Topics named in a sentence; the others are shown as subjects only.
const MOST_NAMED: usize = 3;
/// Words named, and columns of each.
const MOST_WORDS: usize = 8;
const WORD: usize = 60;
/// Letters by which a word is known in its other forms.
const FORM: usize = 4;

/// The answer that names what is not held.
pub fn answer(knowledge: &Knowledge, asked: &NotHeld) -> Answer {
    let texts = &knowledge.language.texts;
    if asked.about == Some(Label::Compact) && asked.topics.is_empty() {
        let mut answer = Answer::new(Outcome::Answered, "Compacts between states");
        if compacts::without_role(knowledge, &asked.ask.place.states, &mut answer) {
            return answer;
        }
    }
    let mut answer = Answer::new(Outcome::NotCovered, title(knowledge, asked));
    let key = asked.about.map_or("words", Label::word);
    answer.direct.push(match asked.about {
        Some(label) => sentence(knowledge, label, &asked.topics, &asked.words),
        None => texts.fill(
            "not-held.words",
            &[
                ("of", &of(knowledge, &asked.topics)),
                ("words", &words(&asked.words)),
            ],
        ),
    });
    answer
        .direct
        .push(texts.of(&format!("look.{key}")).to_owned());
    for sentence in &asked.sentences {
        add_passage(
            knowledge,
            &mut answer,
            sentence.topic,
            sentence.heading,
            &asked.ask.words,
        );
    }
    for topic in &asked.topics {
        answer.subjects.push(subject(knowledge, *topic));
        // Figures of the US say nothing of another country.
        let elsewhere = matches!(asked.about, Some(Label::Abroad | Label::Visa));
        if let (Topic::Role(id), 1, false) = (topic, asked.topics.len(), elsewhere) {
            match asked.about {
                Some(_) => role::overview(knowledge, *id, &asked.ask, &mut answer),
                None => answer.direct.push(knowledge.role(*id).summary.clone()),
            }
        }
    }
    answer.choices = near(knowledge, asked);
    answer
}

/// What is held that comes nearest to what is not, by what is asked: of one role two things, of several one each.
const NEAR: &[(&[Label], [&str; 2])] = &[
    (
        &[Label::Cost, Label::School],
        ["length of training", "training"],
    ),
    (&[Label::Difficulty], ["training", "exam"]),
    (
        &[
            Label::Benefits,
            Label::Travel,
            Label::History,
            Label::Employer,
        ],
        ["pay", "outlook"],
    ),
    (
        &[
            Label::Background,
            Label::Renewal,
            Label::Compact,
            Label::ForeignTraining,
        ],
        ["license", "training"],
    ),
    (&[Label::MilitaryCredit], ["training", "license"]),
    (&[Label::Document], ["skills", "duties"]),
    (&[Label::Abroad, Label::Visa], ["pay in the US", "license"]),
    (&[Label::Opinion], ["typical day", "hours"]),
];

/// Questions near to the one that has no answer; of a trend, or of what no label names, what it is.
fn near(knowledge: &Knowledge, asked: &NotHeld) -> Vec<Choice> {
    let about = asked.about.and_then(|about| {
        let row = NEAR.iter().find(|(labels, _)| labels.contains(&about));
        row.map(|(_, aspects)| aspects)
    });
    let of_each = if asked.topics.len() == 1 { 2 } else { 1 };
    let topics = asked.topics.iter().take(MOST_NAMED);
    topics
        .flat_map(|topic| {
            let title = knowledge.title(*topic);
            match (topic, about) {
                (Topic::Role(_), Some(aspects)) => aspects[..of_each]
                    .iter()
                    .map(|aspect| Choice {
                        label: format!("{title}: {aspect}").chars().take(80).collect(),
                        question: format!("{} {aspect}", inside(title)),
                        subject: None,
                    })
                    .collect(),
                _ => vec![choice(
                    knowledge,
                    *topic,
                    format!("What is {}?", inside(title)),
                )],
            }
        })
        .collect()
}

/// The sentence that names what is not held.
pub fn sentence(knowledge: &Knowledge, about: Label, topics: &[Topic], said: &[String]) -> String {
    let texts = &knowledge.language.texts;
    let key = format!("not-held.{}", about.word());
    let of = of(knowledge, topics);
    if texts.of(&key).is_empty() {
        return texts
            .fill("not-held.words", &[("of", &of), ("words", &words(said))])
            .replace(", .", ".");
    }
    let sentence = texts.fill(&key, &[("of", &of)]);
    let new: Vec<String> = said
        .iter()
        .filter(|phrase| !says(&sentence, phrase))
        .cloned()
        .collect();
    if new.is_empty() {
        return sentence;
    }
    let asked = texts.fill("not-held.asked", &[("words", &words(&new))]);
    format!("{sentence} {asked}")
}

/// Whether a sentence holds each word of a phrase, in whatever form: "passing" in "pass rates".
fn says(sentence: &str, phrase: &str) -> bool {
    let sentence = sentence.to_lowercase();
    let begins = |word: &str| word.chars().take(FORM).collect::<String>();
    phrase
        .split(' ')
        .all(|word| sentence.contains(&begins(word)))
}

fn title(knowledge: &Knowledge, asked: &NotHeld) -> String {
    match asked.topics.first() {
        Some(topic) => format!("{}: not held", knowledge.title(*topic)),
        None => "Not covered".to_owned(),
    }
}

fn of(knowledge: &Knowledge, topics: &[Topic]) -> String {
    let name = |topic: &Topic| match topic {
        Topic::Role(id) => knowledge.role(*id).plural.clone(),
        Topic::Trend(_) => inside(knowledge.title(*topic)),
    };
    let names: Vec<String> = topics.iter().take(MOST_NAMED).map(name).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!(" for {}", join(&names))
    }
}

/// The words, at most [`MOST_WORDS`] and each in short: more of them say no better what is not held.
fn words(words: &[String]) -> String {
    words
        .iter()
        .take(MOST_WORDS)
        .map(|word| match fitting(word, WORD) {
            whole if whole.len() == word.len() => format!("\"{whole}\""),
            begun => format!("\"{begun}…\""),
        })
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_words_and_endless_ones_are_named_in_short() {
        let few = ["union".to_owned(), "tuition".to_owned()];
        assert_eq!(words(&few), "\"union\", \"tuition\"");
        let many = vec!["x".repeat(500); 40];
        let named = words(&many);
        assert_eq!(named.matches('…').count(), MOST_WORDS);
        assert!(named.chars().count() <= MOST_WORDS * (WORD + 5), "{named}");
    }
}
