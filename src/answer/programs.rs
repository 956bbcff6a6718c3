//! What graduates of a field earn and owe, in words, by credential, in a state or the whole US.
//!
//! Each figure goes out with what it is: the middle of the programs' own medians, worked out here.

use crate::answer::evidence::add_sources;
use crate::answer::model::{Answer, Fact, Outcome};
use crate::answer::role_figures;
use crate::answer::topics::{subject, subjects};
use crate::answer::wording::thousands;
use crate::knowledge::programs::{CAUTION, Credential, Field, Medians};
use crate::knowledge::terms::Education;
use crate::knowledge::{Knowledge, State, Topic};
use crate::understanding::request::Graduates;

/// Programs with published earnings below which a figure says too little.
const ENOUGH: u32 = 3;

/// A credential as it stands inside a sentence.
fn words(credential: Credential) -> &'static str {
    match credential {
        Credential::Certificate => "a certificate",
        Credential::Associate => "an associate's degree",
        Credential::Bachelor => "a bachelor's degree",
        Credential::PostBachelor => "a certificate after the bachelor's degree",
        Credential::Master => "a master's degree",
        Credential::Graduate => "a graduate certificate",
        Credential::Doctoral => "a doctoral degree",
        Credential::FirstProfessional => "a first professional degree",
    }
}

/// What graduates of the field of a role earn and owe. A state without enough programs gets the figures of the whole US, which
/// each sentence and fact says.
pub fn answer(knowledge: &Knowledge, asked: &Graduates) -> Answer {
    let role = knowledge.role(asked.role);
    let title = format!("{}: what graduates earn and owe", role.title);
    let mut answer = Answer::new(Outcome::Answered, title);
    answer
        .subjects
        .push(subject(knowledge, Topic::Role(asked.role)));
    if !add(knowledge, asked, &mut answer) {
        answer.outcome = Outcome::NotCovered;
        answer.direct.push(format!(
            "I hold no figures of what graduates earn or owe for {}.",
            role.plural
        ));
        let look = knowledge.language.texts.of("look.cost");
        answer.direct.push(look.to_owned());
    }
    role_figures::pay(knowledge, asked.role, &asked.ask, &mut answer);
    answer.related = subjects(knowledge, role.related.iter().take(5).copied());
    answer
}

/// Adds a sentence on the credential asked for, or on the one that most programs end in, and a fact for each; false where
/// nothing is known.
fn add(knowledge: &Knowledge, asked: &Graduates, answer: &mut Answer) -> bool {
    let programs = &knowledge.programs;
    let Some(field) = programs.fields_of(&knowledge.role(asked.role).slug).next() else {
        return false;
    };
    let state = asked.ask.place.states.first().copied();
    let known: Vec<Row> = Credential::ALL
        .iter()
        .filter_map(|credential| {
            let of = |state: Option<State>| {
                let medians = programs.medians(&field.code, *credential, state)?;
                let (programs, figure) = if asked.owed {
                    (medians.with_debt, medians.debt)
                } else {
                    (medians.with_earnings, medians.earnings)
                };
                (programs >= ENOUGH && figure.is_some()).then_some(Row {
                    credential: *credential,
                    medians: *medians,
                    state,
                })
            };
            state.and_then(|state| of(Some(state))).or_else(|| of(None))
        })
        .collect();
    let level = asked.ask.schooling.map(|(level, _)| level);
    let meant = |row: &&Row| level.is_some_and(|level| level_of(row.credential) == Some(level));
    let usual = known.iter().max_by_key(|row| row.programs(asked.owed));
    let Some(lead) = known.iter().find(meant).or(usual) else {
        return false;
    };
    answer.direct.push(lead.sentence(field, asked.owed));
    answer.facts.extend(known.iter().map(Row::fact));
    answer.caveats.push(CAUTION.to_owned());
    add_sources(knowledge, answer, programs.source.as_ref(), None);
    true
}

/// The level of schooling that a credential is, where it is one.
fn level_of(credential: Credential) -> Option<Education> {
    match credential {
        Credential::Certificate => Some(Education::Award),
        Credential::Associate => Some(Education::Associate),
        Credential::Bachelor => Some(Education::Bachelor),
        Credential::Master => Some(Education::Master),
        Credential::Doctoral | Credential::FirstProfessional => Some(Education::Doctoral),
        Credential::PostBachelor | Credential::Graduate => None,
    }
}

/// The medians of one credential, in a state or the whole US.
struct Row {
    credential: Credential,
    medians: Medians,
    state: Option<State>,
}

impl Row {
    /// Programs behind the figure.
    fn programs(&self, owed: bool) -> u32 {
        if owed {
            self.medians.with_debt
        } else {
            self.medians.with_earnings
        }
    }

    fn place(&self) -> String {
        self.state
            .map_or_else(|| "the US".to_owned(), State::in_sentence)
    }

    fn earned(&self) -> Option<String> {
        let usd = self.medians.earnings?;
        Some(format!(
            "earned a median of ${} a year four years after it",
            thousands(usd)
        ))
    }

    fn owed(&self) -> Option<String> {
        let usd = self.medians.debt?;
        Some(format!("owed a median of ${} at its end", thousands(usd)))
    }

    /// What was asked first.
    fn sentence(&self, field: &Field, owed: bool) -> String {
        let mut said = [self.earned(), self.owed()];
        if owed {
            said.reverse();
        }
        let said: Vec<String> = said.into_iter().flatten().collect();
        format!(
            "People who finished a program with {} in the field \"{}\" {}: the middle of {} programs' medians in {}.",
            words(self.credential),
            field.name,
            said.join(" and "),
            thousands(self.programs(owed)),
            self.place()
        )
    }

    fn fact(&self) -> Fact {
        let earned = (self.medians.earnings)
            .map(|usd| format!("${} a year", thousands(usd)))
            .unwrap_or_else(|| "earnings not published".to_owned());
        let debt = (self.medians.debt)
            .map(|usd| format!(", debt ${}", thousands(usd)))
            .unwrap_or_default();
        let programs = self.medians.with_earnings.max(self.medians.with_debt);
        Fact {
            label: format!("With {}", words(self.credential)),
            value: format!(
                "{earned}{debt} ({} programs in {})",
                thousands(programs),
                self.place()
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::conditions::SchoolingSaid;
    use crate::understanding::request::{Ask, Place};

    #[test]
    fn earnings_of_graduates_go_out_with_their_caution_and_place() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let Some(Topic::Role(nurse)) = knowledge.find("registered-nurse") else {
            panic!("no nurse")
        };
        let asked = |owed, level| Graduates {
            role: nurse,
            owed,
            ask: Ask {
                place: Place {
                    states: State::from_code("TX").into_iter().collect(),
                    ..Place::default()
                },
                schooling: Some((level, SchoolingSaid::Named)),
                ..Ask::default()
            },
        };
        let answer = answer(&knowledge, &asked(false, Education::Associate));
        let lead = &answer.direct[0];
        assert!(
            lead.contains("with an associate's degree in the field \"Registered Nursing")
                && lead.contains("earned a median of $")
                && lead.ends_with("programs' medians in Texas."),
            "{lead}"
        );
        let owed = super::answer(&knowledge, &asked(true, Education::Bachelor)).direct[0].clone();
        assert!(
            owed.contains("with a bachelor's degree") && owed.contains("\" owed a median of $"),
            "{owed}"
        );
        assert!(answer.direct[1].starts_with("In Texas, registered nurses typically earn"));
        assert!(
            answer
                .caveats
                .iter()
                .any(|caveat| caveat.contains("not a figure of the Department of Education"))
        );
        assert!(
            answer
                .attributions
                .iter()
                .any(|line| line.contains("CC BY 4.0"))
        );
    }
}
