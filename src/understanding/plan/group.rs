//! The group of labels that a message most likely belongs to, with what its names and classes of words say against it.

use crate::knowledge::RoleId;
use crate::knowledge::language::{Label, Plain};
use crate::knowledge::terms::Order;
use crate::understanding::conditions;
use crate::understanding::plan::{
    ASPECTS, BESIDE, DOUBTFUL, Group, Planner, REFUSED, SAD, SEVERAL, SHORT, SURELY_ELSE,
    SURELY_OPINION, TO_BOT, TRENDS,
};

impl Planner<'_, '_> {
    pub(super) fn group(&self, roles: &[RoleId]) -> (Group, f32) {
        let scene = self.scene;
        // "What about LPN": the same is asked of another job.
        let held = |aspect: &Label| ASPECTS.contains(aspect);
        if scene.recalled.same && !roles.is_empty() && scene.recalled.aspects.iter().all(held) {
            return (Group::Job, 1.0);
        }
        // Aspects of a job are near to one another and count together; reasons to refuse have nothing in common.
        let alone = |labels: &[Label]| scene.likeliest(labels).1;
        let sad = scene.labels.danger();
        let mut groups = [
            (Group::Job, scene.mass(ASPECTS)),
            (Group::Several, scene.mass(SEVERAL)),
            (Group::Trend, scene.mass(TRENDS)),
            (Group::Bot, alone(TO_BOT)),
            (Group::Beside, alone(BESIDE)),
            (Group::Refused, alone(REFUSED).max(sad)),
        ];
        groups.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (group, sure) = groups[0];
        let reading = &scene.reading;
        // "All the careers in dental": conditions, and no trend that they could be of.
        if group == Group::Trend && self.asks_for_list() {
            return (Group::Several, sure);
        }
        if !matches!(group, Group::Refused | Group::Beside) {
            return (group, sure);
        }
        let (label, label_sure) = scene.likeliest(&[REFUSED, BESIDE].concat());
        if roles.len() == 2 && self.is_way(&[]) && label_sure < DOUBTFUL {
            return (Group::Job, label_sure);
        }
        // "Is it worth it, I mean is demand going up": a clause of its own asks something of the job.
        let clause = || !self.asked_in_clauses(ASPECTS).is_empty();
        let unit = scene.unit().is_some() && label_sure < DOUBTFUL;
        if !roles.is_empty()
            && (label == Label::Opinion && clause()
                || unit && !matches!(label, Label::Crisis | Label::Distress))
        {
            return (Group::Job, label_sure);
        }
        // "Can I massage people for money without a license": a word for an aspect names it.
        let doubtful = matches!(
            label,
            Label::History | Label::Cost | Label::Document | Label::Benefits
        );
        if !roles.is_empty() && doubtful && label_sure < DOUBTFUL && self.said_outright().is_some()
        {
            return (Group::Job, label_sure);
        }
        // "Should I go for optometrist or pharmacist if pay is all I care about": what decides is held.
        let decides = label == Label::Opinion && label_sure < SURELY_OPINION && self.names_aspect();
        if !roles.is_empty() && decides {
            return (Group::Job, label_sure);
        }
        // A level of schooling, and whether it is needed: asked of a role.
        let needed = reading.has(Plain::Need) && !conditions::named_levels(reading).is_empty();
        if !roles.is_empty() && needed && label_sure < DOUBTFUL && label == Label::Opinion {
            return (Group::Job, label_sure);
        }
        let next = |wanted: &[Group]| {
            groups
                .iter()
                .copied()
                .find(|(group, _)| wanted.contains(group))
        };
        // Sorrow and orders are not guessed.
        let sorrow = matches!(label, Label::Distress | Label::Crisis);
        let guessed = sorrow && (sad < SAD || scene.tells_a_taste())
            || label == Label::Orders && label_sure < SAD;
        if group == Group::Refused && guessed {
            return next(&[
                Group::Job,
                Group::Several,
                Group::Trend,
                Group::Bot,
                Group::Beside,
            ])
            .unwrap_or((group, sure));
        }
        // A sum of money beside a role is held against its pay, however it is worded.
        if !roles.is_empty()
            && !scene.counted.money.is_empty()
            && (label_sure < DOUBTFUL || label == Label::Opinion)
        {
            return (Group::Job, label_sure);
        }
        // No other country is named.
        if matches!(label, Label::Abroad | Label::Visa)
            && scene.found.abroad.is_none()
            && (label_sure < 0.9 || reading.has(Plain::Home))
        {
            return next(&[Group::Job, Group::Several]).unwrap_or((group, sure));
        }
        // Conditions on jobs, or likings said in so many words, ask for a list or for ideas.
        let filter = self.filter();
        let wished = scene.found.feelings
            && !(scene.found.likes.is_empty() && scene.found.dislikes.is_empty());
        let jobs = reading.has(Plain::Job) || reading.has(Plain::Field) || scene.names_remote();
        let figures = filter.pay_min.is_some()
            || filter.education_max.is_some()
            || filter.education_min.is_some();
        let listed = (filter.has_condition() || filter.order.is_some())
            && (jobs || figures && reading.tokens.len() <= SHORT);
        // What is about something else may hold any word.
        let bound = if label == Label::OffTopic {
            SURELY_ELSE
        } else {
            DOUBTFUL
        };
        if roles.is_empty()
            && label_sure < bound
            && !matches!(label, Label::Crisis | Label::Medical | Label::Orders)
            && (listed || wished)
        {
            return (Group::Several, label_sure);
        }
        // A short follow-up goes on with the talk unless it is surely something else.
        let follows = self.notes.recalled && reading.tokens.len() <= SHORT;
        if follows && group == Group::Refused && sure < DOUBTFUL && label != Label::Crisis {
            return next(&[Group::Job, Group::Several, Group::Beside]).unwrap_or((group, sure));
        }
        (group, sure)
    }

    /// Whether conditions on jobs are named, or their pay, and no trend.
    fn asks_for_list(&self) -> bool {
        let filter = self.filter();
        let by_pay = matches!(filter.order, Some(Order::BestPaid | Order::LowestPaid));
        self.scene.found.trends.is_empty()
            && !self.scene.reading.has(Plain::TrendWord)
            && (filter.has_condition() || by_pay)
    }

    /// Whether nothing in the message is known: neither names nor everyday words.
    pub(super) fn is_nonsense(&self) -> bool {
        let reading = &self.scene.reading;
        let known = |at: usize| {
            reading.stop[at]
                || reading.in_name(at)
                || reading.tokens[at].number.is_some()
                || !reading.classes(at).is_empty()
                || self.scene.lexicon.speller().knows(&reading.tokens[at])
        };
        let unknown =
            (0..reading.tokens.len()).filter(|at| !known(*at)).count() + reading.corrections.len();
        reading.names.is_empty() && unknown >= 2 && unknown * 2 > reading.tokens.len()
    }
}
