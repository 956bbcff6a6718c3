//! The steps between roles, by where they begin.

use crate::knowledge::bridges::{Bridge, StepKind};
use crate::knowledge::starts::asked_first;
use crate::knowledge::terms::{Education, FigureMatch};
use crate::knowledge::{Knowledge, RoleId, Topic};

/// All steps of a knowledge, resolved.
pub(super) struct Graph<'a> {
    /// By role, with the role that each leads to.
    pub(super) of_role: Vec<Vec<(&'a Bridge, RoleId)>>,
    /// By start.
    pub(super) of_start: Vec<Vec<(&'a Bridge, RoleId)>>,
    /// Completions of a degree within a role.
    pub(super) completion: Vec<Option<&'a Bridge>>,
    /// Whether a role asks for another one first, and has no way from school.
    pub(super) closed: Vec<bool>,
}

impl<'a> Graph<'a> {
    pub(super) fn new(knowledge: &'a Knowledge) -> Self {
        let roles = knowledge.roles.len();
        let mut graph = Self {
            of_role: vec![Vec::new(); roles],
            of_start: vec![Vec::new(); knowledge.starts.len()],
            completion: vec![None; roles],
            closed: vec![false; roles],
        };
        let role = |slug| match knowledge.by_slug.get(slug) {
            Some(Topic::Role(id)) => Some(*id),
            _ => None,
        };
        for bridge in &knowledge.bridges {
            let Some(to) = role(&bridge.to) else {
                continue;
            };
            match role(&bridge.from) {
                Some(from) if from == to => graph.completion[usize::from(to.0)] = Some(bridge),
                Some(from) => graph.of_role[usize::from(from.0)].push((bridge, to)),
                None => {
                    if let Some(start) = knowledge.start_named(bridge.from.as_str()) {
                        graph.of_start[usize::from(start.0)].push((bridge, to));
                    }
                }
            }
        }
        for id in knowledge.role_ids() {
            graph.closed[usize::from(id.0)] =
                asked_first(&knowledge.prerequisites, &knowledge.role(id).slug).is_some();
        }
        graph
    }
}

/// The schooling that BLS says is typical for a role, where its figures are the role's own.
pub(super) fn typical(knowledge: &Knowledge, id: RoleId) -> Option<Education> {
    let role = knowledge.role(id);
    let row = knowledge.figures.projections.get(&role.soc)?;
    row.entry_education
        .filter(|_| role.figures == FigureMatch::Exact)
}

/// What the way from high school into a role consists of: by what is typical, else by its length.
pub(super) fn school_kind(knowledge: &Knowledge, id: RoleId) -> StepKind {
    let usual = knowledge.role(id).length.usual;
    match typical(knowledge, id) {
        Some(Education::Doctoral) => StepKind::Doctoral,
        Some(Education::Master) => StepKind::Master,
        Some(Education::Bachelor) => StepKind::Bachelor,
        Some(Education::Associate) => StepKind::Associate,
        Some(Education::Award) if usual > 3 => StepKind::Certificate,
        Some(_) if usual == 0 => StepKind::OnTheJob,
        Some(Education::NoCredential | Education::HighSchool) if usual > 6 => StepKind::OnTheJob,
        Some(_) => StepKind::Course,
        None => match usual {
            0 => StepKind::OnTheJob,
            1..=6 => StepKind::Course,
            7..=18 => StepKind::Certificate,
            19..=36 => StepKind::Associate,
            37..=60 => StepKind::Bachelor,
            61..=84 => StepKind::Master,
            _ => StepKind::Doctoral,
        },
    }
}
