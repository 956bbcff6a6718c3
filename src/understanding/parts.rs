//! A whole message: its questions one by one, in their order, and what the talk remembers of them.

use crate::knowledge::language::{Label, Plain};
use crate::knowledge::{Knowledge, Topic};
use crate::search::Index;
use crate::text;
use crate::understanding::Adapt;
use crate::understanding::context::{Context, only_places};
use crate::understanding::evidence::Understood;
use crate::understanding::foreign;
use crate::understanding::lexicon::Lexicon;
use crate::understanding::plan::{ALSO, ASPECTS, CRISIS_POSSIBLE, CRISIS_UNANSWERED, Plan, plan};
use crate::understanding::request::{Refusal, Request};
use crate::understanding::scene::Scene;
use crate::understanding::wanted::Wanted;

/// Questions of one message that are answered.
const MOST_QUESTIONS: usize = 3;
/// A message of so many words tells a story.
const LONG: usize = 25;
/// In a story that asks about work, help comes first where some sentence by itself is a crisis with this probability; else it
/// stands as a line under the answer.
const CRISIS_IN_STORY: f32 = 0.6;
/// In a story whose question is answered, a line of help stands where some sentence by itself may be a crisis with this
/// probability.
const CRISIS_IN_PART: f32 = 0.25;
/// A question with fewer words belongs to the one before it.
const SHORTEST: usize = 3;

/// Understands a message.
pub(crate) fn understand(
    knowledge: &Knowledge,
    lexicon: &Lexicon,
    index: &Index,
    message: &str,
    context: Option<&Context>,
    adapt: Adapt,
) -> Understood {
    let scene = Scene::new(knowledge, lexicon, index, message, context);
    let mut whole = adapt(&scene, plan(&scene));
    let crisis = scene.labels.of(Label::Crisis);
    // A long story that ends in a question about work: what is asked says more than the sum of its words.
    let doubtful = match &whole.request {
        Request::Refuse(Refusal::Crisis) => {
            !scene.reading.has(Plain::Danger)
                && scene.in_one_sentence(Label::Crisis) < CRISIS_IN_STORY
        }
        Request::Refuse(refusal) => !matches!(
            refusal,
            Refusal::OtherJob(_) | Refusal::About(Label::Medical)
        ),
        Request::NotHeld(not_held) => not_held.about == Some(Label::Opinion),
        _ => false,
    };
    if doubtful && scene.reading.tokens.len() >= LONG {
        let context = remember(&scene, &whole.request, context);
        let asked = text::questions(&scene.reading.text);
        let last = asked
            .iter()
            .rev()
            .find(|one| one.split(' ').count() >= SHORTEST);
        let own = last.map(|question| {
            plan(&Scene::new(
                knowledge,
                lexicon,
                index,
                question,
                Some(&context),
            ))
        });
        if let Some(own) =
            own.filter(|own| !matches!(own.request, Request::Refuse(_) | Request::Talk(_)))
        {
            whole = own;
        }
    }
    let mut remembered = remember(&scene, &whole.request, context);
    let mut requests = vec![whole.request];
    let mut notes = whole.notes;
    let refused = matches!(requests[0], Request::Refuse(Refusal::Crisis));
    let answered = !matches!(
        requests[0],
        Request::Refuse(_) | Request::Talk(_) | Request::NotHeld(_)
    );
    let story = answered && scene.reading.tokens.len() >= LONG;
    // A story is one question, however many sentences tell it.
    let told = matches!(requests[0], Request::Paths(_));
    if !refused && !told {
        for Plan {
            request,
            notes: own,
            ..
        } in questions(
            knowledge,
            lexicon,
            index,
            &scene,
            &remembered,
            &mut requests,
        ) {
            if requests.iter().all(|known| !same_kind(known, &request))
                && requests.len() < MOST_QUESTIONS
            {
                let before = std::mem::take(&mut remembered);
                remembered = remember(&scene, &request, Some(&before));
                let new: Vec<u16> = own
                    .outside
                    .into_iter()
                    .filter(|job| !notes.outside.contains(job))
                    .collect();
                notes.outside.extend(new);
                requests.push(request);
            }
        }
    }
    let possible = match (told, answered) {
        (true, _) => CRISIS_IN_PART,
        (_, true) => CRISIS_POSSIBLE,
        (_, false) => CRISIS_UNANSWERED,
    };
    notes.words = crate::search::keywords::keywords(&scene.reading.text);
    Understood {
        confidence: whole.confidence,
        concern: !refused
            && (scene.reading.has(Plain::Danger)
                || crisis >= possible
                    && !only_places(&scene.reading)
                    && (!story || scene.in_one_sentence(Label::Crisis) >= CRISIS_IN_PART)),
        language: foreign::language(&scene.reading),
        notes,
        context: if refused {
            context.cloned().unwrap_or_default()
        } else {
            remembered
        },
        requests,
    }
}

/// The questions of a message that asks several, each planned by itself in the talk of the whole.
fn questions(
    knowledge: &Knowledge,
    lexicon: &Lexicon,
    index: &Index,
    scene: &Scene<'_>,
    remembered: &Context,
    requests: &mut Vec<Request>,
) -> Vec<Plan> {
    let asked = text::questions(&scene.reading.text);
    let asked: Vec<&str> = asked
        .into_iter()
        .filter(|one| one.split(' ').count() >= SHORTEST)
        .collect();
    if asked.len() < 2 {
        return Vec::new();
    }
    let mut plans = Vec::new();
    let mut context = remembered.clone();
    for question in asked.iter().take(MOST_QUESTIONS) {
        let own = Scene::new(knowledge, lexicon, index, question, Some(&context));
        let plan = plan(&own);
        if matches!(
            plan.request,
            Request::Refuse(_) | Request::Talk(_) | Request::Clarify(_)
        ) {
            continue;
        }
        context = remember(&own, &plan.request, Some(&context));
        plans.push(plan);
    }
    // Where each question stands for itself, they are the answer, and the reading of the whole is not.
    if plans.len() >= 2 {
        requests.clear();
        requests.push(plans.remove(0).request);
    }
    plans
}

/// Whether two requests ask the same: one that was met already says nothing new.
fn same_kind(one: &Request, other: &Request) -> bool {
    match (one, other) {
        (Request::Facts(one), Request::Facts(other)) => {
            one.role == other.role && one.aspects == other.aspects
        }
        (Request::Compare(one), Request::Compare(other)) => {
            one.roles == other.roles && one.aspects == other.aspects
        }
        (Request::List(_), Request::List(_)) | (Request::Suggest(_), Request::Suggest(_)) => true,
        (one, other) => one == other,
    }
}

/// What the next message may refer back to. Roles, place and list survive what is refused.
fn remember(scene: &Scene<'_>, request: &Request, before: Option<&Context>) -> Context {
    let old = before.cloned().unwrap_or_default();
    let place = scene.place();
    let mut now = Context {
        states: place.states.clone(),
        city: place.city.clone(),
        areas: place.areas.clone(),
        story: old.story.clone(),
        ..Context::default()
    };
    match request {
        Request::Facts(facts) => {
            now.roles = vec![facts.role];
            now.aspects.clone_from(&facts.aspects);
            now.ranked = facts.ask.place.ranked;
            // "The second", "and the other one": what was shown stays, as long as it is spoken of.
            if old.shown.contains(&facts.role) {
                now.shown.clone_from(&old.shown);
            }
            if facts.aspects == [Label::Next] && scene.found.background.contains(&facts.role) {
                now.story = Some(Box::new(Wanted {
                    roles: now.roles.clone(),
                    ..Wanted::default()
                }));
            }
            now.other = old
                .roles
                .first()
                .copied()
                .filter(|other| old.roles.len() == 1 && *other != facts.role);
            if old.roles == now.roles {
                now.other = old.other;
            }
            // "Washington", "and Oregon": a series of places for one role stays together.
            if old.roles == now.roles
                && old.aspects == now.aspects
                && !now.states.is_empty()
                && now.areas.is_empty()
                && old.areas.is_empty()
            {
                let new: Vec<_> = now
                    .states
                    .iter()
                    .copied()
                    .filter(|state| !old.states.contains(state))
                    .collect();
                now.states = old.states.iter().copied().chain(new).collect();
            }
        }
        Request::Compare(compare) => {
            now.roles.clone_from(&compare.roles);
            now.aspects.clone_from(&compare.aspects);
            now.shown.clone_from(&compare.roles);
        }
        Request::Paths(wanted) => {
            now = Context::of_ways(wanted);
            // One of those shown is open: the others can still be spoken of.
            if wanted.open.is_some() {
                now.shown.clone_from(&old.shown);
            }
        }
        Request::Path(path) => {
            now.roles = path.to.or(path.from).into_iter().collect();
            now.aspects = vec![Label::Path];
            now.story = None;
        }
        Request::List(filter) => now.list = Some(Box::new(filter.clone())),
        Request::Trend(trend) | Request::RolesOfTrend { trend, .. } => now.trends = vec![*trend],
        Request::TrendsOfRoles { roles, .. } => now.roles.clone_from(roles),
        Request::Clarify(clarify) => {
            now.shown.clone_from(&clarify.readings.roles);
            now.aspects.clone_from(&clarify.aspects);
        }
        Request::NotHeld(not_held) => {
            for topic in &not_held.topics {
                match topic {
                    Topic::Role(id) => now.roles.push(*id),
                    Topic::Trend(id) => now.trends.push(*id),
                }
            }
        }
        _ => {}
    }
    // Ways from schooling name no role, and are a talk of their own all the same.
    let nothing = !matches!(request, Request::Paths(_))
        && now.roles.is_empty()
        && now.trends.is_empty()
        && now.list.is_none()
        && now.shown.is_empty();
    if nothing {
        // Nothing new: what was spoken of stays, in the place named now.
        let states = if now.states.is_empty() {
            old.states
        } else {
            now.states
        };
        // "What are welders paid", "ok, surgical techs?": what was asked goes on.
        let asked = scene.likeliest(ASPECTS);
        let aspects = match request {
            Request::Refuse(Refusal::OtherJob(_) | Refusal::UnknownJob(_) | Refusal::NoRole(_))
                if asked.1 >= ALSO =>
            {
                vec![asked.0]
            }
            _ => old.aspects.clone(),
        };
        let mut roles = old.roles;
        roles.extend(scene.found.background.iter().filter(|_| before.is_none()));
        return Context {
            states,
            roles,
            aspects,
            city: now.city.or(old.city),
            ..old
        };
    }
    if now.states.is_empty() {
        now.states = old.states;
    }
    now
}
