//! What is said of trends: one trend, its roles, the trends of a role, and the list of all.
//!
//! The article's own claims are marked as the article's; figures of BLS stand beside them.

use crate::answer::evidence::{add_passage, add_sources};
use crate::answer::model::{Answer, Fact, Item, Outcome};
use crate::answer::pages;
use crate::answer::topics::{subject, subjects};
use crate::answer::wording::{capital, group_note, join, percent, projection_period};
use crate::knowledge::model::{ARTICLE, CHANGE, MEANING, TREND_ROLES};
use crate::knowledge::{Knowledge, RoleId, Topic, TrendId};
use crate::understanding::Filter;

/// Most roles listed under a trend.
const MOST_ROLES: usize = 12;

/// What a trend is.
pub fn answer(knowledge: &Knowledge, id: TrendId, words: &[String]) -> Answer {
    let trend = knowledge.trend(id);
    let mut answer = Answer::new(
        Outcome::Answered,
        format!("Trend {}: {}", trend.number, trend.title),
    );
    answer.direct.push(trend.summary.clone());
    answer.subjects.push(subject(knowledge, Topic::Trend(id)));
    push_fact(
        &mut answer,
        "Roles that the article names",
        titles(knowledge, &trend.named_roles),
    );
    push_fact(&mut answer, "Skills to learn", trend.skills.join(", "));
    fastest(knowledge, id, &mut answer);
    for heading in [CHANGE, MEANING, ARTICLE] {
        add_passage(knowledge, &mut answer, Topic::Trend(id), heading, words);
    }
    answer.related = subjects(knowledge, trend.roles().take(5));
    finish(knowledge, id, &mut answer);
    answer
}

/// The roles of a trend and how it touches each.
pub fn roles(knowledge: &Knowledge, id: TrendId, words: &[String]) -> Answer {
    let trend = knowledge.trend(id);
    let mut answer = Answer::new(Outcome::Answered, format!("{}: roles", trend.title));
    let all: Vec<RoleId> = trend.roles().collect();
    let also = all.len() - trend.named_roles.len();
    let named = titles(knowledge, &trend.named_roles);
    answer.direct.push(format!(
        "The trend article names {} for {}; {also} more of the roles that I know are touched by it.",
        named.to_lowercase().replace(" it ", " IT "),
        trend.title.to_lowercase().replace("artificial intelligence", "AI")
    ));
    answer.subjects.push(subject(knowledge, Topic::Trend(id)));
    for role in all.iter().take(MOST_ROLES) {
        let how = knowledge
            .role(*role)
            .trends
            .iter()
            .find(|touch| touch.trend == id)
            .map_or("", |touch| touch.how.as_str());
        answer.items.push(Item {
            subject: subject(knowledge, Topic::Role(*role)),
            note: how.to_owned(),
        });
        answer.subjects.push(subject(knowledge, Topic::Role(*role)));
    }
    answer.more = all.len().saturating_sub(MOST_ROLES);
    // From the beginning: they go on in another order than the article's.
    let roles = Filter {
        trend: Some(id),
        ..Filter::default()
    };
    answer.next = (answer.more > 0)
        .then(|| pages::write(knowledge, &roles))
        .flatten()
        .map(|list| (list, 0));
    fastest(knowledge, id, &mut answer);
    add_passage(knowledge, &mut answer, Topic::Trend(id), TREND_ROLES, words);
    finish(knowledge, id, &mut answer);
    answer
}

/// The trends that touch a role, or roles, and how.
pub fn of_roles(knowledge: &Knowledge, ids: &[RoleId], trends: &[TrendId]) -> Answer {
    let mut answer = Answer::new(
        Outcome::Answered,
        format!("{}: trends", titles(knowledge, ids)),
    );
    for id in ids {
        let role = knowledge.role(*id);
        answer.subjects.push(subject(knowledge, Topic::Role(*id)));
        let asked: Vec<_> = role
            .trends
            .iter()
            .filter(|touch| trends.contains(&touch.trend))
            .collect();
        let named: Vec<String> = role
            .trends
            .iter()
            .map(|touch| knowledge.trend(touch.trend).title.clone())
            .collect();
        let sentence = match (role.trends.len(), asked.first()) {
            (0, _) => format!(
                "None of the {} trends of the article touches {} directly.",
                knowledge.trends.len(),
                role.plural
            ),
            (_, Some(touch)) => format!("{}: {}", knowledge.trend(touch.trend).title, touch.how),
            (1, None) => format!(
                "One of the {} trends touches {}: {}.",
                knowledge.trends.len(),
                role.plural,
                named[0]
            ),
            (count, None) => {
                format!(
                    "{count} of the {} trends touch {}: {}.",
                    knowledge.trends.len(),
                    role.plural,
                    join(&named)
                )
            }
        };
        answer.direct.push(sentence);
        if !trends.is_empty() && asked.is_empty() && !role.trends.is_empty() {
            let titles: Vec<String> = trends
                .iter()
                .map(|id| knowledge.trend(*id).title.clone())
                .collect();
            answer.direct.insert(
                0,
                format!(
                    "My article and notes do not link {} to this trend: {}.",
                    role.plural,
                    join(&titles)
                ),
            );
        }
        for touch in &role.trends {
            let item = Item {
                subject: subject(knowledge, Topic::Trend(touch.trend)),
                note: touch.how.clone(),
            };
            if !answer.items.contains(&item) {
                answer.subjects.push(item.subject.clone());
                answer.items.push(item);
            }
            add_sources(
                knowledge,
                &mut answer,
                &knowledge.trend(touch.trend).sources,
                None,
            );
        }
        if let Some(row) = knowledge.figures.projections.get(&role.soc) {
            let value = format!(
                "{} from {} (US){}",
                percent(row.change_percent),
                projection_period(knowledge, role),
                group_note(role)
            );
            push_fact(
                &mut answer,
                &format!("Projected growth, {}", role.plural),
                value,
            );
            add_sources(knowledge, &mut answer, [&row.source], None);
        }
    }
    answer
}

/// All trends.
pub fn all(knowledge: &Knowledge) -> Answer {
    let mut answer = Answer::new(
        Outcome::Answered,
        format!("{} trends in healthcare work", knowledge.trends.len()),
    );
    answer.direct.push(format!("These are the {} trends of the article that this bot rests on; it names no author and no date. Ask for any of them by name or number.", knowledge.trends.len()));
    if let Some(frame) = &knowledge.frame {
        answer
            .direct
            .extend([frame.why.clone(), frame.advice.clone()]);
    }
    for id in knowledge.trend_ids() {
        let trend = knowledge.trend(id);
        answer.items.push(Item {
            subject: subject(knowledge, Topic::Trend(id)),
            note: trend.summary.clone(),
        });
        answer.subjects.push(subject(knowledge, Topic::Trend(id)));
        add_sources(knowledge, &mut answer, &trend.sources, None);
    }
    answer
}

/// The three roles of the trend that BLS projects to grow fastest.
fn fastest(knowledge: &Knowledge, id: TrendId, answer: &mut Answer) {
    let mut grown: Vec<(f32, RoleId)> = knowledge
        .trend(id)
        .roles()
        .filter_map(|role| {
            knowledge
                .figures
                .projections
                .get(&knowledge.role(role).soc)
                .map(|row| (row.change_percent, role))
        })
        .collect();
    grown.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let Some((_, first)) = grown.first() else {
        return;
    };
    let period = projection_period(knowledge, knowledge.role(*first));
    let words: Vec<String> = grown
        .iter()
        .take(3)
        .map(|(change, role)| {
            let role = knowledge.role(*role);
            format!("{} {}{}", role.plural, percent(*change), group_note(role))
        })
        .collect();
    push_fact(
        answer,
        &format!("Fastest-growing roles here, {period}"),
        capital(&words.join("; ")),
    );
}

fn finish(knowledge: &Knowledge, id: TrendId, answer: &mut Answer) {
    answer.caveats.push(
        "The trends are those of an article that names no author and no date; growth figures are from BLS, for the US."
            .to_owned(),
    );
    add_sources(knowledge, answer, &knowledge.trend(id).sources, None);
}

fn titles(knowledge: &Knowledge, ids: &[RoleId]) -> String {
    join(
        &ids.iter()
            .map(|id| knowledge.role(*id).title.clone())
            .collect::<Vec<_>>(),
    )
}

fn push_fact(answer: &mut Answer, label: &str, value: String) {
    if !value.is_empty() {
        answer.facts.push(Fact {
            label: label.chars().take(60).collect(),
            value,
        });
    }
}
