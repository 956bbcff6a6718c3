//! A summary as plain text, and how it is made to fit where it goes.
//!
//! Pure. Lengths are in UTF-16 units, the stricter reading of Discord's "characters".

use std::fmt::Write as _;

use crate::digest::sentences::cut;
use crate::digest::summary::Summary;

/// A message's content: 2,000 (Discord, Create Message).
pub const CONTENT_LIMIT: usize = 2_000;
/// An embed's description: 4,096 (Discord, embed limits).
pub const DESCRIPTION_LIMIT: usize = 4_096;
/// A point is cut to this when nothing else makes a summary fit.
const SHORT_POINT: usize = 140;

/// All of a summary as plain text.
pub fn plain(summary: &Summary) -> String {
    let mut text = format!("{}\n", summary.headline);
    if !summary.lead.is_empty() {
        let _ = writeln!(text, "{}", summary.lead);
    }
    if let Some(front) = &summary.front {
        let _ = writeln!(text, "{front}");
    }
    text.push('\n');
    for point in &summary.points {
        let separator = if point.label.is_empty() { "" } else { ": " };
        let _ = writeln!(text, "• {}{separator}{}", point.label, point.text);
    }
    if !summary.roles.is_empty() {
        text.push_str("\nRoles:\n");
    }
    for role in &summary.roles {
        let _ = writeln!(text, "• {}: {}", role.title, role.figure);
    }
    if let Some(question) = &summary.question {
        let _ = write!(text, "\n{question}\n");
    }
    text.push('\n');
    for source in &summary.sources {
        let gap = if source.url.is_empty() { "" } else { " " };
        let _ = writeln!(
            text,
            "Source: {} ({}){gap}{}",
            source.title, source.date, source.url
        );
    }
    for line in &summary.attributions {
        let _ = writeln!(text, "{line}");
    }
    match summary.reviewed {
        Some(reviewed) => {
            let _ = write!(text, "{} · text reviewed {reviewed}", summary.date);
        }
        None => {
            let _ = write!(text, "{}", summary.date);
        }
    }
    text
}

/// The summary, made to fit into `limit` of whatever `length` measures of it: first roles beyond the third go, then points
/// beyond the third, then long points are cut, then roles go. Sources, attributions and the question stay. `None` when it
/// does not fit even then.
pub fn fit(summary: &Summary, limit: usize, length: impl Fn(&Summary) -> usize) -> Option<Summary> {
    let steps: [&dyn Fn(&mut Summary); 5] = [
        &|summary| summary.roles.truncate(3),
        &|summary| summary.points.truncate(3),
        &|summary| {
            summary
                .points
                .iter_mut()
                .for_each(|point| point.text = cut(&point.text, SHORT_POINT))
        },
        &|summary| summary.roles.truncate(1),
        &|summary| summary.lead = cut(&summary.lead, SHORT_POINT),
    ];
    let mut fitted = summary.clone();
    for step in steps {
        if length(&fitted) <= limit {
            return Some(fitted);
        }
        step(&mut fitted);
    }
    (length(&fitted) <= limit).then_some(fitted)
}

/// The length of a text as Discord may count it.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::compose::of_topic;
    use crate::digest::summary::{Point, RoleLine, Source, Style};
    use crate::knowledge::load_shipped;

    #[test]
    fn every_topic_fits_a_message_and_keeps_its_sources() {
        let knowledge = load_shipped().expect("the shipped knowledge");
        for topic in knowledge.topics() {
            for (style, _, _) in Style::ALL {
                let summary = of_topic(&knowledge, topic, *style, jiff::civil::date(2026, 11, 22));
                assert!(
                    units(&plain(&summary)) <= DESCRIPTION_LIMIT,
                    "{}",
                    plain(&summary)
                );
                let fitted = fit(&summary, CONTENT_LIMIT, |summary| units(&plain(summary)))
                    .expect("it fits");
                assert!(units(&plain(&fitted)) <= CONTENT_LIMIT);
                assert_eq!(fitted.sources, summary.sources);
                assert!(fitted.points.len() >= 3 && !fitted.roles.is_empty());
            }
        }
    }

    #[test]
    fn what_can_never_fit_is_not_posted_in_pieces() {
        let knowledge = load_shipped().expect("the shipped knowledge");
        let mut summary = of_topic(
            &knowledge,
            knowledge.find("telehealth-expansion").expect("a trend"),
            Style::Full,
            jiff::civil::date(2026, 11, 22),
        );
        assert_eq!(fit(&summary, 100, |summary| units(&plain(summary))), None);
        summary.points = vec![
            Point {
                label: String::new(),
                text: "word ".repeat(400)
            };
            5
        ];
        let fitted =
            fit(&summary, CONTENT_LIMIT, |summary| units(&plain(summary))).expect("it fits");
        assert!(
            fitted
                .points
                .iter()
                .all(|point| point.text.ends_with("word…"))
        );
    }

    #[test]
    fn a_summary_reads_like_this() {
        let summary = Summary {
            style: Style::Discussion,
            headline: "Trend: Remote work".to_owned(),
            lead: "More of the work is done from home.".to_owned(),
            front: Some("12 jobs (US, May 2025).".to_owned()),
            points: vec![
                Point {
                    label: "Why it is happening".to_owned(),
                    text: "Phones.".to_owned(),
                },
                Point {
                    label: String::new(),
                    text: "A moderator's own words.".to_owned(),
                },
            ],
            roles: vec![RoleLine {
                slug: "medical-coder".to_owned(),
                title: "Medical coder".to_owned(),
                figure: "median pay $1 a year".to_owned(),
            }],
            sources: vec![
                Source {
                    title: "A bureau, Wages".to_owned(),
                    url: "https://example.org/".to_owned(),
                    date: "2026-05-15".to_owned(),
                },
                Source {
                    title: "An article".to_owned(),
                    url: String::new(),
                    date: "undated".to_owned(),
                },
            ],
            attributions: vec!["Source: A bureau.".to_owned()],
            date: jiff::civil::date(2026, 11, 22),
            reviewed: Some(jiff::civil::date(2026, 10, 1)),
            question: Some("And you?".to_owned()),
            edited: false,
            about: None,
            dress: crate::digest::dress::Dress::default(),
            edition: 0,
            figures: crate::digest::front::Figures::new(),
            seen: None,
        };
        insta::assert_snapshot!(plain(&summary), @r"
        Trend: Remote work
        More of the work is done from home.
        12 jobs (US, May 2025).

        • Why it is happening: Phones.
        • A moderator's own words.

        Roles:
        • Medical coder: median pay $1 a year

        And you?

        Source: A bureau, Wages (2026-05-15) https://example.org/
        Source: An article (undated)
        Source: A bureau.
        2026-11-22 · text reviewed 2026-10-01
        ");
    }
}
