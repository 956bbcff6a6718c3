//! For people who teach the bot: why a message is read as it is.

use crate::knowledge::language::Class;
use crate::knowledge::{Knowledge, Topic};
use crate::search::Index;
use crate::understanding::evidence::{Evidence, LabelEvidence, PassageEvidence};
use crate::understanding::features::features;
use crate::understanding::lexicon::Meaning;
use crate::understanding::model::reasons;
use crate::understanding::plan::plan;
use crate::understanding::request::Request;
use crate::understanding::scene::Scene;
use crate::understanding::unexplained::unexplained;
use crate::understanding::{Context, Understanding};

/// Labels shown.
const LABELS: usize = 5;
/// Features shown of each.
const FEATURES: usize = 6;

impl Understanding {
    /// Everything that led to the reading of a message.
    pub fn explain(
        &self,
        knowledge: &Knowledge,
        index: &Index,
        message: &str,
        context: Option<&Context>,
    ) -> Evidence {
        let scene = Scene::new(knowledge, &self.lexicon, index, message, context);
        let chosen = (self.adapt)(&scene, plan(&scene));
        let reading = &scene.reading;
        let mut called = Vec::new();
        let seen = features(reading, Some(&mut called));
        let ranked = scene.labels.ranked();
        let labels: Vec<LabelEvidence> = ranked
            .iter()
            .take(LABELS)
            .map(|(label, probability)| LabelEvidence {
                label: label.word(),
                probability: *probability,
                features: reasons(&knowledge.language.weights, &seen, *label, FEATURES)
                    .into_iter()
                    .map(|(place, share)| (called[place].clone(), share))
                    .collect(),
            })
            .collect();
        let mentions = reading
            .names
            .iter()
            .chain(
                reading
                    .spans
                    .iter()
                    .filter(|span| matches!(span.meaning, Meaning::Class(_) | Meaning::Setting(_))),
            )
            .map(|span| {
                let words = reading.words(span.start, span.len);
                (
                    words,
                    self.meaning(knowledge, span.meaning),
                    reading.denied[span.start],
                )
            })
            .collect();
        let title = |topic: Topic| knowledge.slug(topic).to_string();
        let described = scene.described().iter().map(|(_, found)| *found);
        let topics = scene
            .reworded()
            .into_iter()
            .take(3)
            .chain(described.take(3))
            .chain(scene.fitting().iter().map(|(_, found)| *found).take(3));
        let (passages, top) = (passages(&chosen.request), ranked[0].0);
        Evidence {
            text: reading.text.clone(),
            words: reading
                .tokens
                .iter()
                .map(|token| token.word.clone())
                .collect(),
            corrections: reading.corrections.clone(),
            mentions,
            labels,
            unexplained: unexplained(&scene, &[top])
                .into_iter()
                .map(|word| (reading.tokens[word.at].word.clone(), word.weight))
                .collect(),
            topics: topics
                .map(|found| (title(found.topic), found.score, found.share))
                .collect(),
            passages: passages
                .iter()
                .map(|sentence| PassageEvidence {
                    topic: title(sentence.topic),
                    heading: sentence.heading.to_owned(),
                    text: sentence.text.clone(),
                    share: sentence.share,
                })
                .collect(),
            runner_up: runner_up(&scene),
            request: format!("{:?}", chosen.request),
            confidence: chosen.confidence,
        }
    }

    fn meaning(&self, knowledge: &Knowledge, meaning: Meaning) -> String {
        match meaning {
            Meaning::Role(id) | Meaning::Abbreviation(id) => {
                format!("role {}", knowledge.role(id).slug)
            }
            Meaning::Term(place) => format!("term {}", knowledge.glossary[usize::from(place)].term),
            Meaning::Credential(place) => {
                format!("credential {}", self.lexicon.credential(place).0)
            }
            Meaning::Trend(id) => format!("trend {}", knowledge.trend(id).slug),
            Meaning::State(state) | Meaning::StateCode(state) => format!("state {}", state.code()),
            Meaning::City(place) => format!("city {}", self.lexicon.city(place).0),
            Meaning::Setting(id) => format!("setting {}", knowledge.figures.settings.get(id).slug),
            Meaning::Outside(place) => {
                format!("outside {}", knowledge.outside[usize::from(place)].title)
            }
            Meaning::Class(class) => class_name(class),
        }
    }
}

fn class_name(class: Class) -> String {
    match class {
        Class::Plain(plain) => plain.word().to_owned(),
        other => format!("{other:?}"),
    }
}

fn passages(request: &Request) -> &[crate::understanding::request::Sentence] {
    match request {
        Request::Facts(facts) => &facts.ask.sentences,
        Request::NotHeld(not_held) => &not_held.sentences,
        _ => &[],
    }
}

/// What would have been chosen without the likeliest label.
fn runner_up(scene: &Scene<'_>) -> String {
    let (label, sure) = scene.labels.ranked()[1];
    format!("{} ({sure:.2})", label.word())
}
