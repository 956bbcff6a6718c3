//! What graduates of a field earn and owe, in words, by credential, in a state or the whole US.
//!
//! Each figure goes out with what it is: the middle of the programs' own medians, worked out here.

use crate::answer::evidence::add_sources;
use crate::answer::model::{Answer, Fact};
use crate::answer::wording::thousands;
use crate::knowledge::programs::{CAUTION, Credential, Field, Medians};
use crate::knowledge::{Knowledge, RoleId, State};

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

/// Adds what graduates of the fields of a role earn and owe, a fact for each credential; false where nothing is known. A state
/// without enough programs gets the figures of the whole US, which each fact says.
pub fn add(knowledge: &Knowledge, id: RoleId, state: Option<State>, answer: &mut Answer) -> bool {
    let programs = &knowledge.programs;
    let Some(field) = programs.fields_of(&knowledge.role(id).slug).next() else {
        return false;
    };
    let mut facts = Vec::new();
    for credential in Credential::ALL {
        let there = state.and_then(|state| {
            Some((
                programs.medians(&field.code, *credential, Some(state))?,
                state.in_sentence(),
            ))
        });
        let whole = || {
            Some((
                programs.medians(&field.code, *credential, None)?,
                "the US".to_owned(),
            ))
        };
        let enough =
            |(row, _): &(&Medians, String)| row.with_earnings >= ENOUGH && row.earnings.is_some();
        facts.extend(
            there
                .filter(enough)
                .or_else(|| whole().filter(enough))
                .and_then(|(row, place)| fact(*credential, row, &place)),
        );
    }
    if facts.is_empty() {
        return false;
    }
    answer.direct.push(format!(
        "Graduates of {}: what they earn four years after the program and owe at its end, by degree.",
        name(field)
    ));
    answer.facts.extend(facts);
    answer.caveats.push(CAUTION.to_owned());
    add_sources(knowledge, answer, programs.source.as_ref(), None);
    true
}

fn name(field: &Field) -> String {
    field.name.to_lowercase()
}

fn fact(credential: Credential, row: &Medians, place: &str) -> Option<Fact> {
    let debt = row
        .debt
        .map(|usd| format!(", debt ${}", thousands(usd)))
        .unwrap_or_default();
    let value = format!(
        "${} a year{debt} (middle of {} programs' medians in {place})",
        thousands(row.earnings?),
        thousands(row.with_earnings)
    );
    Some(Fact {
        label: format!("With {}", words(credential)),
        value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::model::Outcome;
    use crate::knowledge::Topic;

    #[test]
    fn earnings_of_graduates_go_out_with_their_caution_and_place() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let Some(Topic::Role(nurse)) = knowledge.find("registered-nurse") else {
            panic!("no nurse")
        };
        let mut answer = Answer::new(Outcome::Answered, "t");
        assert!(add(&knowledge, nurse, State::from_code("TX"), &mut answer));
        let associate = answer
            .facts
            .iter()
            .find(|fact| fact.label == "With an associate's degree")
            .expect("a fact");
        assert!(
            associate.value.starts_with('$')
                && associate.value.contains("programs' medians in Texas"),
            "{associate:?}"
        );
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
