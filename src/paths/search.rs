//! The search for ways: from every place where somebody stands, up to three steps far, within the limits.

use std::cell::OnceCell;

use crate::explore::{clashes, projection};
use crate::knowledge::bridges::Bridge;
use crate::knowledge::starts::HIGH_SCHOOL;
use crate::knowledge::terms::{Education, Trait};
use crate::knowledge::{Knowledge, Role, RoleId, Topic};
use crate::paths::graph::{Graph, school_kind, typical};
use crate::paths::{Base, Figure, LONGEST_ANEW, MOST_STEPS, Step, USUAL_HORIZON, Way, pay};
use crate::understanding::Wanted;

/// Something that a way must keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The time that it may take.
    Time,
    /// The schooling that it may lead to.
    Schooling,
    /// What the work must not be like.
    Avoid(Trait),
    /// Remote work.
    Remote,
    /// Contact with patients.
    Contact,
    /// A license.
    License,
    /// The field.
    Family,
    /// Least pay.
    Pay,
    /// More pay than now.
    Better,
    /// Roles and fields left out.
    Without,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<'a> {
    /// For each goal its best way; for a named goal, its ways, shortest first.
    pub ways: Vec<Way<'a>>,
    /// Ways of which the shortest form fits the time, and the usual does not.
    pub near: Vec<Way<'a>>,
    /// Where nothing was found: each limit without which there would be ways, with how many goals there would be, and one of them.
    pub ruled_out: Vec<(Limit, usize, RoleId)>,
}

/// Finds the ways that keep to every limit.
pub fn find<'a>(knowledge: &'a Knowledge, wanted: &Wanted) -> Found<'a> {
    let search = Search::new(knowledge, wanted);
    let ways = search.ways(None, false);
    let near = if wanted.months.is_some() {
        let known = |way: &Way<'_>| ways.iter().any(|other| other.goal == way.goal);
        let mut near = search.ways(None, true);
        near.retain(|way| !known(way));
        near
    } else {
        Vec::new()
    };
    let ruled_out = if ways.is_empty() {
        search.ruled_out()
    } else {
        Vec::new()
    };
    Found {
        ways,
        near,
        ruled_out,
    }
}

/// Where somebody stands.
struct Origin {
    from: Base,
    level: Education,
}

struct Search<'a, 'w> {
    knowledge: &'a Knowledge,
    wanted: &'w Wanted,
    graph: Graph<'a>,
    origins: Vec<Origin>,
    /// Roles that somebody stands at, certification included.
    held: Vec<RoleId>,
    /// By role, whether some row leads there from where somebody stands: it says more than the role's own way from school.
    rows: Vec<bool>,
    /// By role, pay there and what it is above pay now, once asked for.
    pays: Vec<OnceCell<(Figure, Option<i64>)>>,
}

impl<'a, 'w> Search<'a, 'w> {
    fn new(knowledge: &'a Knowledge, wanted: &'w Wanted) -> Self {
        let mut search = Self {
            knowledge,
            wanted,
            graph: Graph::new(knowledge),
            origins: Vec::new(),
            held: wanted.roles.clone(),
            rows: vec![false; knowledge.roles.len()],
            pays: vec![OnceCell::new(); knowledge.roles.len()],
        };
        for role in &wanted.roles {
            search.stand_at(*role);
        }
        let mut start = wanted.start;
        while let Some(id) = start {
            let Some(this) = knowledge.start(id) else {
                break;
            };
            let level = wanted.level.unwrap_or(this.level).max(this.level);
            search.origins.push(Origin {
                from: Base::Start(id),
                level,
            });
            let held = this
                .holds
                .as_ref()
                .and_then(|slug| knowledge.by_slug.get(slug));
            if let Some(Topic::Role(role)) = held {
                search.held.push(*role);
                search.stand_at(*role);
            }
            let included = this.includes.as_ref();
            start = included.and_then(|slug| knowledge.start_named(slug.as_str()));
        }
        // From high school one may always begin anew, but for those who have not finished it.
        let level = search.origins.iter().map(|origin| origin.level).max();
        let level = level.unwrap_or(Education::HighSchool);
        if level >= Education::HighSchool {
            if let Some(school) = knowledge.start_named(HIGH_SCHOOL) {
                let from = Base::Start(school);
                if search.origins.iter().all(|origin| origin.from != from) {
                    search.origins.push(Origin { from, level });
                }
            }
            search.origins.push(Origin {
                from: Base::School,
                level,
            });
        }
        for origin in &search.origins {
            let rows = steps_of(&search.graph, origin.from);
            let open = rows
                .iter()
                .filter(|(bridge, _)| bridge.schooling.is_none_or(|asked| asked <= origin.level));
            for (_, to) in open {
                search.rows[usize::from(to.0)] = true;
            }
        }
        search
    }

    fn pay(&self, id: RoleId) -> (Figure, Option<i64>) {
        *self.pays[usize::from(id.0)].get_or_init(|| {
            let (knowledge, wanted) = (self.knowledge, self.wanted);
            let figure = pay::at(knowledge, knowledge.role(id), &wanted.place);
            (figure, pay::gain(knowledge, wanted, &figure))
        })
    }

    /// The schooling that somebody brings beside a role.
    fn brought(&self) -> Education {
        let start = self.wanted.start.and_then(|id| self.knowledge.start(id));
        start.map_or(Education::NoCredential, |start| start.level)
    }

    fn stand_at(&mut self, role: RoleId) {
        let level = self
            .wanted
            .level
            .or_else(|| typical(self.knowledge, role))
            .unwrap_or(Education::HighSchool)
            .max(self.brought())
            .max(Education::HighSchool);
        self.origins.push(Origin {
            from: Base::Role(role),
            level,
        });
    }

    fn horizon(&self, without: Option<Limit>) -> Option<u16> {
        match self.wanted.months {
            Some(_) if without == Some(Limit::Time) => None,
            Some(months) => Some(months),
            None if self.goal().is_some() => None,
            None => Some(USUAL_HORIZON),
        }
    }

    fn goal(&self) -> Option<RoleId> {
        self.wanted.open.or(self.wanted.to)
    }

    /// The best way to each goal; all ways that no other betters, where one is named. `shortest` holds the time against the
    /// shortest form of a way.
    fn ways(&self, without: Option<Limit>, shortest: bool) -> Vec<Way<'a>> {
        let open = |id| self.may_enter(self.knowledge.role(id), id, without);
        let mut walk = Walk {
            search: self,
            without,
            shortest,
            horizon: self.horizon(without),
            open: self.knowledge.role_ids().map(open).collect(),
            best: vec![Vec::new(); self.knowledge.roles.len()],
        };
        for origin in &self.origins {
            walk.steps_from(origin.from, origin.level, &mut Vec::new());
        }
        let mut ways: Vec<Way<'a>> = walk.best.into_iter().flatten().collect();
        ways.sort_by_key(|way| (way.usual, way.least, way.steps.len(), way.goal));
        ways
    }

    /// Each limit without which there would be ways.
    fn ruled_out(&self) -> Vec<(Limit, usize, RoleId)> {
        let limits = &self.wanted.limits;
        let mut active: Vec<Limit> = limits
            .avoid
            .iter()
            .map(|kind| Limit::Avoid(*kind))
            .collect();
        let set = [
            (self.wanted.months.is_some(), Limit::Time),
            (self.wanted.schooling.is_some(), Limit::Schooling),
            (!limits.remote.is_empty(), Limit::Remote),
            (!limits.contact.is_empty(), Limit::Contact),
            (limits.license.is_some(), Limit::License),
            (limits.family.is_some(), Limit::Family),
            (limits.pay_min.is_some(), Limit::Pay),
            (limits.leaves_out(), Limit::Without),
            (self.goal().is_none(), Limit::Better),
        ];
        active.extend(
            set.into_iter()
                .filter(|(on, _)| *on)
                .map(|(_, limit)| limit),
        );
        let mut out = Vec::new();
        for limit in active {
            let ways = self.ways(Some(limit), false);
            if let Some(way) = ways.first() {
                let mut goals: Vec<RoleId> = ways.iter().map(|way| way.goal).collect();
                goals.sort_unstable();
                goals.dedup();
                out.push((limit, goals.len(), way.goal));
            }
        }
        out
    }

    /// Whether a role may be entered on the way at all.
    fn may_enter(&self, role: &Role, id: RoleId, without: Option<Limit>) -> bool {
        let limits = &self.wanted.limits;
        // What the named goal itself asks is told, and no reason to hide the way.
        let avoided = self.wanted.to != Some(id)
            && limits
                .avoid
                .iter()
                .any(|kind| without != Some(Limit::Avoid(*kind)) && clashes(role, *kind));
        let left_out = without != Some(Limit::Without)
            && (limits.without_roles.contains(&id)
                || limits
                    .without_families
                    .iter()
                    .any(|family| role.families.contains(family)));
        !avoided && !left_out
    }

    /// Whether a role may be the end of the way.
    fn may_end(&self, role: &Role, id: RoleId, without: Option<Limit>) -> bool {
        if let Some(goal) = self.goal() {
            return goal == id;
        }
        let limits = &self.wanted.limits;
        let off = |limit| without == Some(limit);
        let (figure, gain) = self.pay(id);
        let least = limits.pay_min.is_none_or(|least| {
            let median = figure.median.at_least();
            median.is_some_and(|pay| f64::from(pay) >= least)
        });
        (off(Limit::Remote) || limits.remote.is_empty() || limits.remote.contains(&role.remote))
            && (off(Limit::Contact)
                || limits.contact.is_empty()
                || limits.contact.contains(&role.contact))
            && (off(Limit::License) || limits.license.is_none_or(|wanted| role.license == wanted))
            && (off(Limit::Family)
                || limits
                    .family
                    .is_none_or(|family| role.families.contains(&family)))
            && (off(Limit::Pay) || least)
            && (off(Limit::Better) || self.is_better(gain))
            && projection(self.knowledge, role).is_some()
    }

    /// Pays more than now, where the two can be compared; who tells nothing of now has all to gain.
    fn is_better(&self, gain: Option<i64>) -> bool {
        if self.wanted.takes_less() {
            return true;
        }
        match gain {
            Some(gain) => gain > 0,
            None => self.wanted.now.is_none() && self.wanted.roles.is_empty(),
        }
    }
}

/// The steps that begin in a place, each with the role that it leads to.
fn steps_of<'g, 'a>(graph: &'g Graph<'a>, base: Base) -> &'g [(&'a Bridge, RoleId)] {
    match base {
        Base::Role(role) => &graph.of_role[usize::from(role.0)],
        Base::Start(start) => &graph.of_start[usize::from(start.0)],
        Base::School => &[],
    }
}

struct Walk<'s, 'a, 'w> {
    search: &'s Search<'a, 'w>,
    without: Option<Limit>,
    shortest: bool,
    horizon: Option<u16>,
    /// By role, whether it may be entered on the way at all.
    open: Vec<bool>,
    /// By role, the ways that end there.
    best: Vec<Vec<Way<'a>>>,
}

impl<'a> Walk<'_, 'a, '_> {
    fn steps_from(&mut self, from: Base, level: Education, before: &mut Vec<Step<'a>>) {
        let search = self.search;
        for (bridge, to) in steps_of(&search.graph, from) {
            self.by_bridge(from, level, bridge, *to, before);
        }
        if from == Base::School {
            for to in search.knowledge.role_ids() {
                if !search.graph.closed[usize::from(to.0)] && !search.rows[usize::from(to.0)] {
                    let length = &search.knowledge.role(to).length;
                    let step = Step {
                        from,
                        to,
                        bridge: None,
                        completion: None,
                        kind: school_kind(search.knowledge, to),
                        least: length.least,
                        usual: length.usual,
                    };
                    self.take(step, level, before);
                }
            }
        }
    }

    fn by_bridge(
        &mut self,
        from: Base,
        level: Education,
        bridge: &'a Bridge,
        to: RoleId,
        before: &mut Vec<Step<'a>>,
    ) {
        // Without a diploma, only training that asks for none is open.
        if level < Education::HighSchool && bridge.kind.level() > Education::HighSchool {
            return;
        }
        let mut completion = None;
        if bridge.schooling.is_some_and(|asked| asked > level) {
            let Base::Role(role) = from else {
                return;
            };
            let own = self.search.graph.completion[usize::from(role.0)];
            match own {
                Some(own)
                    if own.schooling.is_none_or(|asked| asked <= level)
                        && bridge.schooling <= Some(own.kind.level()) =>
                {
                    completion = Some(own);
                }
                _ => return,
            }
        }
        let (least, usual) = completion.map_or((0, 0), |own| (own.least, own.usual));
        let step = Step {
            from,
            to,
            bridge: Some(bridge),
            completion,
            kind: bridge.kind,
            least: least + bridge.least,
            usual: usual + bridge.usual,
        };
        self.take(step, level, before);
    }

    fn take(&mut self, step: Step<'a>, level: Education, before: &mut Vec<Step<'a>>) {
        let search = self.search;
        let (knowledge, wanted) = (search.knowledge, search.wanted);
        let been = search.held.contains(&step.to) || before.iter().any(|other| other.to == step.to);
        let role = knowledge.role(step.to);
        if been || !self.open[usize::from(step.to.0)] {
            return;
        }
        let reached = step.completion.map_or(step.kind.level(), |own| {
            own.kind.level().max(step.kind.level())
        });
        let too_much = wanted.schooling.is_some_and(|most| reached > most);
        if too_much && self.without != Some(Limit::Schooling) {
            return;
        }
        let least = before.iter().map(|other| other.least).sum::<u16>() + step.least;
        let usual = before.iter().map(|other| other.usual).sum::<u16>() + step.usual;
        let time = if self.shortest { least } else { usual };
        if self.horizon.is_some_and(|most| time > most) {
            return;
        }
        // Who has a role is not sent back to school for long without having said so, nor by way of another beginner's role.
        let anew = step.from == Base::School && !wanted.roles.is_empty();
        let unasked = wanted.months.is_none() && search.goal().is_none();
        if anew && unasked && usual > LONGEST_ANEW {
            return;
        }
        before.push(step);
        let ends = search.may_end(role, step.to, self.without);
        if ends {
            let (pay, gain) = search.pay(step.to);
            self.keep(Way {
                steps: before.clone(),
                least,
                usual,
                goal: step.to,
                pay,
                gain,
            });
        }
        let stops = if search.goal().is_some() { ends } else { anew };
        if before.len() < MOST_STEPS && !stops {
            let after = if reached > Education::HighSchool {
                level.max(reached)
            } else {
                level
            };
            self.steps_from(Base::Role(step.to), after, before);
        }
        before.pop();
    }

    /// Keeps a way unless another to the same goal is no longer and has no more steps; where a goal is named, ways that pass
    /// through other roles stay beside it.
    fn keep(&mut self, way: Way<'a>) {
        let named = self.search.goal().is_some();
        let known = &mut self.best[usize::from(way.goal.0)];
        let roles = |way: &Way<'a>| way.steps.iter().map(|step| step.to).collect::<Vec<_>>();
        let betters = |one: &Way<'a>, other: &Way<'a>| {
            let time = (one.usual, one.least) <= (other.usual, other.least);
            if !named {
                let order = |way: &Way<'a>| (way.usual, way.steps.len(), way.least);
                return order(one) <= order(other);
            }
            let (mine, its) = (roles(one), roles(other));
            time && mine.iter().all(|role| its.contains(role))
        };
        if known.iter().any(|other| betters(other, &way)) {
            return;
        }
        known.retain(|other| !betters(&way, other));
        known.push(way);
    }
}
