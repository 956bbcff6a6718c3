//! How long it takes, in words: to become something, or to get from one role to the next.
//!
//! Knows nothing of how the question was found.

use crate::answer::evidence::add_sources;
use crate::answer::model::Answer;
use crate::answer::wording::with_article;
use crate::knowledge::bridges::StepKind;
use crate::knowledge::{Knowledge, RoleId, bridges};

/// Months as people say them: `9 months`, `2 years`, `18 months`, `4 and a half years`.
pub fn months(months: u16) -> String {
    match (months / 12, months % 12) {
        (0, 0) => "no time".to_owned(),
        (0, 1) => "1 month".to_owned(),
        (0, rest) => format!("{rest} months"),
        (1, 0) => "1 year".to_owned(),
        (years, 0) => format!("{years} years"),
        (1, _) => format!("{months} months"),
        (years, 6) => format!("{years} and a half years"),
        (years, rest) => format!(
            "{years} years and {rest} month{}",
            if rest == 1 { "" } else { "s" }
        ),
    }
}

/// A span of months: `2 to 4 years`, `about 1 year`, `9 months to 2 years`.
pub fn span(least: u16, usual: u16) -> String {
    if least == usual {
        return format!("about {}", months(usual));
    }
    if least == 0 {
        return format!("up to {}", months(usual));
    }
    let years = |months: u16| months.is_multiple_of(12) && months >= 12;
    if years(least) && years(usual) {
        return format!("{} to {} years", least / 12, usual / 12);
    }
    if usual < 24 {
        format!("{least} to {usual} months")
    } else {
        format!("{} to {}", months(least), months(usual))
    }
}

/// How long it takes to become one, as one or two sentences.
pub fn sentence(knowledge: &Knowledge, id: RoleId) -> String {
    let role = knowledge.role(id);
    let length = &role.length;
    let title = with_article(&role.title);
    match (length.least, length.usual) {
        (0, 0) => format!(
            "You can start as {title} without schooling after high school. {}",
            length.note
        ),
        (0, usual) => format!(
            "Becoming {title} takes up to {}; some start without further schooling. {}",
            months(usual),
            length.note
        ),
        (least, usual) => {
            format!(
                "Becoming {title} usually takes {} after high school. {}",
                span(least, usual),
                length.note
            )
        }
    }
}

/// Adds the bridges from one role to another; false where none is known.
pub fn bridge(knowledge: &Knowledge, from: RoleId, to: RoleId, answer: &mut Answer) -> bool {
    let [from, to] = [from, to].map(|id| knowledge.role(id));
    let mut ways = bridges::between(&knowledge.bridges, &from.slug, &to.slug);
    // A program that counts the license is the usual way; it says itself that others take longer.
    if ways.iter().any(|way| way.kind == StepKind::Bridge) {
        ways.retain(|way| way.kind == StepKind::Bridge);
    }
    let shortest = ways.iter().map(|way| way.least).min();
    let (Some(least), Some(usual)) = (shortest, ways.iter().map(|way| way.usual).max()) else {
        return false;
    };
    let how: Vec<&str> = ways.iter().map(|way| way.how.as_str()).collect();
    let how = how.join(" Or: ");
    let [have, want] = [from, to].map(|role| with_article(&role.title));
    answer.direct.push(if usual == 0 {
        format!("From {have} to {want} no further schooling is required. {how}")
    } else {
        format!(
            "From {have} to {want} usually takes {}. {how}",
            span(least, usual)
        )
    });
    add_sources(knowledge, answer, ways.iter().map(|way| &way.source), None);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::model::Outcome;
    use crate::knowledge::Topic;

    #[test]
    fn spans_are_worded_as_people_say_them() {
        for (least, usual, expected) in [
            (24, 48, "2 to 4 years"),
            (12, 12, "about 1 year"),
            (12, 18, "12 to 18 months"),
            (9, 24, "9 months to 2 years"),
            (0, 1, "up to 1 month"),
            (132, 156, "11 to 13 years"),
            (30, 54, "2 and a half years to 4 and a half years"),
            (1, 3, "1 to 3 months"),
        ] {
            assert_eq!(span(least, usual), expected);
        }
    }

    #[test]
    fn a_role_and_a_bridge_say_how_long_they_take() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let id = |slug: &str| match knowledge.find(slug) {
            Some(Topic::Role(id)) => id,
            _ => panic!("no role {slug}"),
        };
        let said = sentence(&knowledge, id("registered-nurse"));
        assert!(
            said.starts_with("Becoming a registered nurse usually takes 2 to "),
            "{said}"
        );
        let mut answer = Answer::new(Outcome::Answered, "t");
        assert!(bridge(
            &knowledge,
            id("licensed-practical-nurse"),
            id("registered-nurse"),
            &mut answer
        ));
        assert!(
            answer.direct[0].starts_with(
                "From a licensed practical nurse to a registered nurse usually takes 1 to 2 years."
            ),
            "{:?}",
            answer.direct
        );
        assert!(!bridge(
            &knowledge,
            id("dentist"),
            id("registered-nurse"),
            &mut answer
        ));
        for role in knowledge.role_ids() {
            assert!(sentence(&knowledge, role).ends_with('.'));
        }
    }
}
