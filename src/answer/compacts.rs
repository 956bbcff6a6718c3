//! Compacts between states, in words: whether a state has joined, and whether a license of one holds in another.
//!
//! Every sentence has its date. Knows nothing of how states and roles were found.

use crate::answer::evidence::add_sources;
use crate::answer::model::Answer;
use crate::answer::wording::{capital, join};
use crate::knowledge::compacts::{Compact, Standing, of_role};
use crate::knowledge::{Knowledge, RoleId, State};

/// The compact of a role of which states are known, else one that is named only.
pub fn of(knowledge: &Knowledge, id: RoleId) -> Option<&Compact> {
    let found = of_role(&knowledge.compacts, &knowledge.role(id).slug);
    found
        .iter()
        .find(|compact| compact.source.is_some())
        .or(found.first())
        .copied()
}

/// As of when the states of a compact are known, such as `as of October 7, 2026`.
fn period<'a>(knowledge: &'a Knowledge, compact: &Compact) -> &'a str {
    compact
        .source
        .as_ref()
        .and_then(|id| knowledge.sources.get(id))
        .map_or("", |source| source.period.as_str())
}

/// One sentence: whether a state is in a compact. `None` where no states of it are known.
pub fn standing(knowledge: &Knowledge, compact: &Compact, state: State) -> Option<String> {
    let when = Some(period(knowledge, compact)).filter(|when| !when.is_empty())?;
    let (place, name) = (capital(&state.in_sentence()), &compact.name);
    let Some(member) = compact.states.get(&state) else {
        return Some(format!("{place} has not joined the {name} ({when})."));
    };
    let note = if member.note.is_empty() {
        String::new()
    } else {
        format!("; {}", member.note)
    };
    let since = member
        .since
        .map(|day| format!(" since {}", day.strftime("%B %-d, %Y")))
        .unwrap_or_default();
    Some(match member.standing {
        Standing::InForce => format!("{place} is in the {name}{since}{note} ({when})."),
        Standing::Enacted => {
            format!(
                "{place} has passed the law of the {name}, but it is not fully in force there{note} ({when})."
            )
        }
        Standing::Introduced => {
            format!(
                "{place} has not joined the {name}: a bill is before its legislature{note} ({when})."
            )
        }
    })
}

fn in_force(compact: &Compact, state: State) -> bool {
    compact
        .states
        .get(&state)
        .is_some_and(|member| member.standing == Standing::InForce)
}

/// Adds whether states are in the compact of a role, and what it gives. False where the role has no compact.
pub fn states(knowledge: &Knowledge, id: RoleId, states: &[State], answer: &mut Answer) -> bool {
    let Some(compact) = of(knowledge, id) else {
        return false;
    };
    answer.direct.extend(
        states
            .iter()
            .filter_map(|state| standing(knowledge, compact, *state)),
    );
    finish(knowledge, compact, answer);
    true
}

/// Adds whether a license of one state holds in another for a role. False where the role has no compact.
pub fn between(
    knowledge: &Knowledge,
    id: RoleId,
    home: State,
    other: State,
    answer: &mut Answer,
) -> bool {
    let Some(compact) = of(knowledge, id) else {
        return false;
    };
    if compact.source.is_some() {
        let [from, to] = [home, other].map(|state| state.in_sentence());
        let role = &knowledge.role(id).plural;
        answer.direct.push(if in_force(compact, home) && in_force(compact, other) {
            format!("Perhaps: {from} and {to} are both in the {}, which covers {role} who hold a license of the compact. A license for one state alone does not count.", compact.name)
        } else {
            format!("Not with the {} alone: it has to be in force in both states. {role} then need a license of {to}, usually by endorsement of the one they have.", compact.name, role = capital(role))
        });
    }
    states(knowledge, id, &[home, other], answer)
}

/// Adds every state in which the compact of a role is in force. False where the role has no compact.
pub fn list(knowledge: &Knowledge, id: RoleId, answer: &mut Answer) -> bool {
    let Some(compact) = of(knowledge, id) else {
        return false;
    };
    let names: Vec<String> = compact
        .states
        .keys()
        .filter(|state| in_force(compact, **state))
        .map(|state| state.in_sentence())
        .collect();
    if !names.is_empty() {
        let when = period(knowledge, compact);
        answer.direct.push(format!(
            "The {} is in force in {} states and territories ({when}): {}.",
            compact.name,
            names.len(),
            join(&names)
        ));
    }
    finish(knowledge, compact, answer);
    true
}

/// Adds whether states are in each compact whose states are known, where no job is named: "is Ohio a compact state". False
/// where no state is named either.
pub fn without_role(knowledge: &Knowledge, states: &[State], answer: &mut Answer) -> bool {
    let mut looks = Vec::new();
    for compact in &knowledge.compacts {
        let said: Vec<String> = states
            .iter()
            .filter_map(|state| standing(knowledge, compact, *state))
            .collect();
        if said.is_empty() {
            continue;
        }
        answer.direct.extend(said);
        looks.push(compact.look.clone());
        if !compact.caution.is_empty() {
            answer.caveats.push(compact.caution.clone());
        }
        add_sources(knowledge, answer, compact.source.as_ref(), None);
    }
    if looks.is_empty() {
        return false;
    }
    answer
        .direct
        .push("Other jobs have compacts of their own; name the job, and I say which.".to_owned());
    answer.caveats.push(look_first(&join(&looks)));
    true
}

fn look_first(at: &str) -> String {
    format!("States join and rules change; look before you decide: {at}")
}

fn finish(knowledge: &Knowledge, compact: &Compact, answer: &mut Answer) {
    if compact.source.is_none() {
        answer.direct.push(format!(
            "There is a compact for this: the {}.",
            compact.name
        ));
    }
    answer.direct.push(compact.gives.clone());
    if !compact.caution.is_empty() {
        answer.caveats.push(compact.caution.clone());
    }
    answer.caveats.push(look_first(&compact.look));
    add_sources(knowledge, answer, compact.source.as_ref(), None);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::model::Outcome;
    use crate::knowledge::Topic;

    fn said(slug: &str, ask: impl FnOnce(&Knowledge, RoleId, &mut Answer) -> bool) -> Vec<String> {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let Some(Topic::Role(id)) = knowledge.find(slug) else {
            panic!("no role {slug}")
        };
        let mut answer = Answer::new(Outcome::Answered, "t");
        assert!(ask(&knowledge, id, &mut answer));
        answer.direct
    }

    #[test]
    fn a_state_without_a_job_is_told_for_each_compact() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let mut answer = Answer::new(Outcome::Answered, "t");
        assert!(without_role(&knowledge, &[state("OH")], &mut answer));
        assert!(
            answer.direct[0].starts_with("Ohio is in the Nurse Licensure Compact since "),
            "{:?}",
            answer.direct
        );
        assert_eq!((answer.direct.len(), answer.sources.len()), (4, 3));
        assert!(!without_role(&knowledge, &[], &mut answer));
    }

    fn state(code: &str) -> State {
        State::from_code(code).expect("a state")
    }

    #[test]
    fn a_state_is_in_a_compact_or_not_with_the_day() {
        let nurse = said("registered-nurse", |knowledge, id, answer| {
            states(
                knowledge,
                id,
                &[state("OH"), state("CA"), state("MA")],
                answer,
            )
        });
        assert_eq!(
            nurse[0],
            "Ohio is in the Nurse Licensure Compact since January 1, 2023 (as of October 7, 2026)."
        );
        assert_eq!(
            nurse[1],
            "California has not joined the Nurse Licensure Compact (as of October 7, 2026)."
        );
        assert!(
            nurse[2].starts_with("Massachusetts has passed the law"),
            "{nurse:?}"
        );
    }

    #[test]
    fn a_license_of_one_state_holds_in_another_where_both_are_members() {
        let both = said("registered-nurse", |knowledge, id, answer| {
            between(knowledge, id, state("AZ"), state("TX"), answer)
        });
        assert!(
            both[0].starts_with("Perhaps: Arizona and Texas are both in the"),
            "{both:?}"
        );
        let one = said("registered-nurse", |knowledge, id, answer| {
            between(knowledge, id, state("CA"), state("TX"), answer)
        });
        assert!(
            one[0].starts_with("Not with the Nurse Licensure Compact alone"),
            "{one:?}"
        );
        let unknown = said("psychologist", |knowledge, id, answer| {
            between(knowledge, id, state("CA"), state("TX"), answer)
        });
        assert!(
            unknown[0].starts_with("There is a compact for this: the Psychology"),
            "{unknown:?}"
        );
        let all = said("physical-therapist", list);
        assert!(all[0].contains("is in force in 38 states"), "{all:?}");
    }
}
