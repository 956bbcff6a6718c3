//! Roles that suit what somebody likes and dislikes.
//!
//! Ideas, not an assessment: traits are matched, nothing is measured.

use crate::answer::evidence::{add_passage, add_sources};
use crate::answer::list;
use crate::answer::model::{Answer, Item, Outcome};
use crate::answer::topics::subject;
use crate::answer::wording::{join, shared_traits, trait_list};
use crate::explore::{jobs, matching};
use crate::knowledge::model::DUTIES;
use crate::knowledge::terms::{Contact, FigureMatch, Interest, Trait};
use crate::knowledge::{Knowledge, Role, RoleId, Topic};
use crate::understanding::Filter;
use crate::understanding::request::Suggest;

/// What each e-fold of people who do it adds, in units of one matched trait of middling rarity.
const USUAL: f32 = 0.3;
/// The same where work is described and no wish said: what fits better comes first.
const USUAL_NAMELESS: f32 = 0.02;
/// Most roles proposed.
const MOST_IDEAS: usize = 6;
/// What a role's everyday description adds at most, in units of one matched trait of middling rarity.
const DESCRIBED_SHARE: f32 = 6.0;

/// Roles whose traits match the likes, none of which has a disliked trait.
pub fn answer(knowledge: &Knowledge, question: &Suggest) -> Answer {
    let mut ranked = rank(knowledge, question);
    ranked.truncate(MOST_IDEAS);
    let mut answer = Answer::new(Outcome::Answered, "Roles that could suit you");
    if ranked.is_empty() {
        let mut answer = Answer::new(Outcome::NotCovered, "No role fits all of that");
        answer.direct.push(format!(
            "None of the {} roles that I know fits all of that. Leave one wish out and ask again.",
            knowledge.roles.len()
        ));
        return answer;
    }
    let mut wishes = Vec::new();
    if !question.likes.is_empty() {
        wishes.push(format!("you like {}", join(&trait_list(&question.likes))));
    }
    if !question.dislikes.is_empty() {
        wishes.push(format!(
            "you want to avoid {}",
            join(&trait_list(&question.dislikes))
        ));
    }
    let titles: Vec<String> = ranked
        .iter()
        .take(3)
        .map(|(_, id)| knowledge.role(*id).title.clone())
        .collect();
    let lead = if wishes.is_empty() {
        format!("Nearest to what you describe: {}.", join(&titles))
    } else {
        let wishes = wishes.join(" and ");
        format!("If {wishes}, look at these first: {}.", join(&titles))
    };
    answer.direct.push(lead);
    let conditions = list::conditions(knowledge, &question.filter);
    if !conditions.is_empty() {
        answer
            .direct
            .push(format!("All of them meet this: {conditions}."));
    }
    for (_, id) in &ranked {
        let role = knowledge.role(*id);
        let common = shared_traits(role, &question.likes);
        let reason = if common.is_empty() {
            String::new()
        } else {
            format!("{}; ", join(&common))
        };
        answer.items.push(Item {
            subject: subject(knowledge, Topic::Role(*id)),
            note: format!("{reason}{}", list::note(knowledge, role, &question.filter)),
        });
        answer.subjects.push(subject(knowledge, Topic::Role(*id)));
        let source = knowledge
            .figures
            .national
            .get(&role.soc)
            .map(|row| &row.source);
        add_sources(
            knowledge,
            &mut answer,
            source
                .into_iter()
                .chain(role.sources.iter().filter(|id| id.0.starts_with("onet"))),
            None,
        );
    }
    let shown: Vec<RoleId> = ranked.iter().map(|(_, id)| *id).collect();
    let mut brief = list::brief(knowledge, &shown, &question.filter);
    for (note, id) in brief.notes.iter_mut().zip(&shown) {
        let common = shared_traits(knowledge.role(*id), &question.likes);
        // What all of them have in common with the wishes is said above them.
        if !common.is_empty() && common.len() < question.likes.len() {
            *note = format!("{}; {note}", join(&common));
        }
    }
    answer.brief = Some(brief);
    if let Some((_, first)) = ranked.first() {
        add_passage(
            knowledge,
            &mut answer,
            Topic::Role(*first),
            DUTIES,
            &question.words,
        );
    }
    answer
        .caveats
        .push("These are ideas from what the work is like, not an assessment of you.".to_owned());
    answer
}

fn rank(knowledge: &Knowledge, question: &Suggest) -> Vec<(f32, RoleId)> {
    let allowed = matching(
        knowledge,
        &Filter {
            order: None,
            avoid: question.dislikes.clone(),
            ..question.filter.clone()
        },
    );
    let wishes = !(question.likes.is_empty() && question.dislikes.is_empty());
    let usual = if wishes { USUAL } else { USUAL_NAMELESS };
    let mut ranked: Vec<(f32, RoleId)> = allowed
        .into_iter()
        .filter(|id| !question.background.contains(id))
        .filter_map(|id| {
            let role = knowledge.role(id);
            // Where nothing but a dislike of blood is said, only work without bodies at hand is surely free of it.
            if question.likes.is_empty()
                && question.dislikes.contains(&Trait::Blood)
                && role.contact == Contact::Direct
            {
                return None;
            }
            // What a role is all about counts for more than one trait among eight.
            let spread = (role.traits.len().max(1) as f32).sqrt();
            let liked: f32 = question
                .likes
                .iter()
                .filter(|kind| role.traits.contains(kind))
                .map(|kind| rarity(knowledge, *kind))
                .sum::<f32>()
                * 2.0
                / spread;
            let described = question.described.iter().find(|(role, _)| *role == id);
            let described = described.map_or(0.0, |(_, share)| share.powi(2) * DESCRIBED_SHARE);
            // Of roles that fit alike, those that many people do come first.
            let jobs = jobs(knowledge, role, None)
                .filter(|_| role.figures == FigureMatch::Exact)
                .unwrap_or(5_000);
            let usual = usual * (f32::max(jobs as f32, 1_000.0) / 1_000.0).ln();
            let score = liked
                + described
                + if liked > 0.0 {
                    bent(role, &question.likes)
                } else {
                    0.0
                };
            (score > 0.0 || question.likes.is_empty()).then_some((score + usual, id))
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked
}

/// How far the role's interest types point where the likes point: its first type counts most.
fn bent(role: &Role, likes: &[Trait]) -> f32 {
    const BY_PLACE: [f32; 3] = [0.6, 0.3, 0.1];
    let share = |kind: &Trait| {
        role.interests
            .iter()
            .position(|interest| Some(*interest) == interest_of(*kind))
            .and_then(|place| BY_PLACE.get(place))
            .copied()
            .unwrap_or(0.0)
    };
    likes.iter().map(share).fold(0.0, f32::max)
}

/// The O*NET interest type that a liking belongs to, where it belongs to one.
fn interest_of(kind: Trait) -> Option<Interest> {
    match kind {
        Trait::Helping
        | Trait::Listening
        | Trait::Teaching
        | Trait::Children
        | Trait::OlderAdults
        | Trait::MentalHealth
        | Trait::Community
        | Trait::Pregnancy => Some(Interest::Social),
        Trait::Science | Trait::Lab | Trait::Genetics | Trait::Numbers => {
            Some(Interest::Investigative)
        }
        Trait::HandsOn
        | Trait::Machines
        | Trait::Animals
        | Trait::Imaging
        | Trait::Movement
        | Trait::Lifting
        | Trait::Surgery => Some(Interest::Realistic),
        Trait::Leading => Some(Interest::Enterprising),
        Trait::Organizing | Trait::Detail | Trait::Computers | Trait::Desk | Trait::Law => {
            Some(Interest::Conventional)
        }
        _ => None,
    }
}

/// A trait that few roles have says more than one that many have.
fn rarity(knowledge: &Knowledge, kind: Trait) -> f32 {
    let count = knowledge
        .roles
        .iter()
        .filter(|role| role.traits.contains(&kind))
        .count()
        .max(1);
    (knowledge.roles.len() as f32 / count as f32).ln().max(0.2)
}
