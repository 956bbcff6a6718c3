//! Trends, their roles, and the trends of a role.

use crate::knowledge::language::{Label, Plain};
use crate::knowledge::{RoleId, Topic, TrendId};
use crate::understanding::filter::Filter;
use crate::understanding::plan::{DOUBTFUL, MUCH_UNEXPLAINED, Planner, TRENDS};
use crate::understanding::request::{Refusal, Request};
use crate::understanding::unexplained::{unexplained, weight};

impl Planner<'_, '_> {
    pub(super) fn about_trend(&mut self, roles: &[RoleId]) -> Request {
        let scene = self.scene;
        let (label, _) = scene.likeliest(TRENDS);
        let filter = self.filter();
        let only_remote = scene.other_trend().is_none();
        let says_trend = scene.reading.has(Plain::TrendWord)
            || scene.reading.has(Plain::Future)
            || scene.mass(TRENDS) >= DOUBTFUL && !only_remote;
        // "Mental health jobs from my flat": conditions on jobs, and no trend.
        let jobs = scene.reading.has(Plain::Job) || scene.reading.has(Plain::Field);
        let besides = Filter {
            remote: &[],
            ..filter.clone()
        }
        .has_condition();
        if roles.is_empty() && !says_trend && filter.has_condition() && (jobs || besides) {
            return self.list(filter);
        }
        if roles.is_empty() && !says_trend && !scene.found.trends.is_empty() && only_remote {
            return self.without_role(vec![Label::Remote]);
        }
        if let ([_, ..], true, false) = (roles, only_remote, says_trend)
            && !scene.found.trends.is_empty()
        {
            return self.about_one(roles[0], vec![Label::Remote]);
        }
        let trends = if scene.found.trends.is_empty() {
            &scene.recalled.trends
        } else {
            &scene.found.trends
        };
        let trend = trends.first().copied().or_else(|| self.described_trend());
        // "What are the trends?" after a role asks for all of them; what points back asks for the role's.
        let named = !scene.found.roles.is_empty()
            || self.notes.recalled && (scene.reading.points_back() || label != Label::TrendsAll);
        let roles = if named { roles } else { &[] };
        match (label, trend, roles) {
            (Label::RoleTrends, _, [_, ..]) => Request::TrendsOfRoles {
                roles: roles.to_vec(),
                trends: trends.clone(),
            },
            (Label::Trend | Label::TrendRoles, Some(_), [_, ..])
                if !scene.found.trends.is_empty() =>
            {
                Request::TrendsOfRoles {
                    roles: roles.to_vec(),
                    trends: trends.clone(),
                }
            }
            (_, None, [_, ..]) => Request::TrendsOfRoles {
                roles: roles.to_vec(),
                trends: Vec::new(),
            },
            (Label::TrendRoles, Some(trend), _) => Request::RolesOfTrend { trend, safe: false },
            (Label::TrendsAll, Some(trend), _) if !scene.found.trends.is_empty() => {
                Request::Trend(trend)
            }
            (Label::TrendsAll, _, _) | (_, None, _) => self.all_trends(label),
            (_, Some(trend), _) => Request::Trend(trend),
        }
    }

    pub(super) fn all_trends(&self, label: Label) -> Request {
        let heavy = weight(&unexplained(self.scene, &[label]));
        if heavy >= 2.0 * MUCH_UNEXPLAINED && self.scene.labels.of(label) < 0.5 {
            return Request::Refuse(Refusal::Unknown);
        }
        Request::Trends
    }

    /// A trend told in other words.
    pub(super) fn described_trend(&self) -> Option<TrendId> {
        let best = self
            .scene
            .reworded()
            .into_iter()
            .find(|found| matches!(found.topic, Topic::Trend(_)))?;
        match best.topic {
            Topic::Trend(trend) if best.whole >= 0.7 => Some(trend),
            _ => None,
        }
    }
}
