//! The summary of ways on from a role, or from schooling: the three that an answer would show, each with its length, its pay and why
//! it stands there.

use jiff::civil::Date;

use crate::answer::paths;
use crate::digest::parts::{add_roles, empty, question};
use crate::digest::summary::{Point, Source, Style, Summary};
use crate::knowledge::terms::Order;
use crate::knowledge::{self, Knowledge, RoleId};

/// What the ways are sorted by in one post after the other, and what the headline says of it.
const ORDERS: [(Option<Order>, &str); 5] = [
    (None, ""),
    (Some(Order::LeastSchooling), ": the quickest first"),
    (Some(Order::BestPaid), ": the best paid first"),
    (Some(Order::MostOpenings), ": the most openings first"),
    (Some(Order::FastestGrowing), ": the fastest growing first"),
];

/// The summary, after `last`: the ways in another order; `None` where no way is known.
pub(super) fn summary(
    knowledge: &Knowledge,
    slug: &str,
    style: Style,
    last: Option<&Summary>,
    date: Date,
) -> Option<Summary> {
    let edition = last.map_or(0, |last| last.edition.saturating_add(1));
    let (order, first) = ORDERS[usize::from(edition) % ORDERS.len()];
    let answer = paths::from(knowledge, slug, order)?;
    let from = paths::start_words(knowledge, slug)?;
    let lead = format!(
        "Ways on from {from}, as people usually go them: no promise, and no word on admission, tuition or a single employer. \
         /path finds others, by place, time and pay."
    );
    let mut summary = empty(style, date, format!("Paths from {from}{first}"), lead);
    summary.edition = edition;
    summary.points = answer
        .items
        .iter()
        .map(|item| Point {
            label: item.subject.title.clone(),
            text: item.note.clone(),
        })
        .collect();
    summary.question = question(style, || {
        "Which of these ways would you take, and what would you want to know first?".to_owned()
    });
    let role = |slug: &str| match knowledge.find(slug) {
        Some(knowledge::Topic::Role(id)) => Some(id),
        _ => None,
    };
    let goals = answer.items.iter().map(|item| item.subject.slug.as_str());
    summary.about = role(slug).map(|_| slug.to_owned());
    let roles: Vec<RoleId> = goals.chain([slug]).filter_map(role).collect();
    add_roles(&mut summary, knowledge, roles.into_iter());
    for source in answer.sources {
        let source = Source {
            title: source.title,
            url: source.url,
            date: source.date,
        };
        if !summary.sources.contains(&source) {
            summary.sources.push(source);
        }
    }
    for line in answer.attributions {
        if !summary.attributions.contains(&line) {
            summary.attributions.push(line);
        }
    }
    Some(summary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::compose;
    use crate::digest::memory::Memory;
    use crate::digest::topic::Topic;

    #[test]
    fn every_start_and_role_with_ways_has_a_summary_of_them() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge");
        let day = jiff::civil::date(2026, 11, 27);
        let starts = knowledge.starts.iter().map(|start| start.slug.to_string());
        let roles = [
            "nursing-assistant",
            "emergency-medical-technician",
            "medical-assistant",
        ];
        for slug in starts.chain(roles.map(str::to_owned)) {
            let topic = Topic::find(&format!("paths:{slug}"), &knowledge).expect("a topic");
            for (style, _, _) in Style::ALL {
                let composed = compose::next(&knowledge, &topic, *style, &Memory::default(), day);
                let composed = composed.unwrap_or_else(|| panic!("nothing from {slug}"));
                assert_eq!((composed.topic, composed.memory), (topic.to_string(), None));
                let summary = composed.summary;
                assert!(summary.headline.starts_with("Paths from "), "{summary:?}");
                assert_eq!(summary.points.len(), 3, "{slug}");
                for point in &summary.points {
                    let text = &point.text;
                    assert!(text.contains("(US, ") && text.ends_with('.'), "{text}");
                }
                assert!(!summary.sources.is_empty() && summary.lead.contains("no promise"));
                assert_eq!(summary.question.is_some(), *style == Style::Discussion);
                assert_eq!(
                    Summary::from_body(&summary.to_body()).as_ref(),
                    Some(&summary)
                );
                let chosen = compose::choose(&knowledge, &topic, &Memory::default());
                let chosen = chosen.expect("the topic");
                let memory = Memory::default();
                let next =
                    compose::write(&knowledge, &chosen, *style, &memory, Some(&summary), day);
                let next = next.expect("a next post").summary;
                assert!(next.headline.ends_with("the quickest first"), "{next:?}");
                assert!(
                    next.points[0].text.contains("First: the shortest")
                        || next.points[0].text.contains("The shortest"),
                    "{next:?}"
                );
            }
        }
        for text in [
            "paths:nobody",
            "paths:telehealth-expansion",
            "paths:",
            "paths from nobody",
        ] {
            assert_eq!(Topic::find(text, &knowledge), None, "{text}");
        }
        for (text, topic) in [
            ("paths from retail", "paths:high-school"),
            ("Paths from CNA", "paths:nursing-assistant"),
            ("paths from a nursing assistant", "paths:nursing-assistant"),
            ("paths from the military", "paths:military-medic"),
        ] {
            let found = Topic::find(text, &knowledge).map(|topic| topic.to_string());
            assert_eq!(found.as_deref(), Some(topic), "{text}");
        }
    }
}
