//! The check of age: files whose review lies too far back.
//!
//! Runs only when somebody asks, because a build must not fail by waiting.

use jiff::civil::Date;

use crate::knowledge::check::material::Material;
use crate::knowledge::model::Topic;
use crate::knowledge::problem::Problem;

pub(super) fn stale(material: &Material<'_>) -> Vec<Problem> {
    let (Some(knowledge), Some(stale)) = (material.knowledge, material.stale) else {
        return Vec::new();
    };
    knowledge
        .topics()
        .filter_map(|topic| {
            let (file, reviewed) = match topic {
                Topic::Role(id) => (
                    format!("knowledge/roles/{}.md", knowledge.role(id).slug),
                    knowledge.role(id).reviewed,
                ),
                Topic::Trend(id) => {
                    let trend = knowledge.trend(id);
                    (
                        format!("knowledge/trends/{:02}-{}.md", trend.number, trend.slug),
                        trend.reviewed,
                    )
                }
            };
            let age = days_between(reviewed, stale.today);
            let line = material
                .files
                .get(file.strip_prefix("knowledge/")?)?
                .lines()
                .position(|line| line.starts_with("reviewed:"))?
                + 1;
            (age > i64::from(stale.days)).then(|| {
                Problem::new(
                    &file,
                    line,
                    format!("reviewed {reviewed}, {age} days ago"),
                    "hold it against its sources and set the date",
                )
            })
        })
        .collect()
}

/// Days from `from` to `to`; negative when `from` lies later.
pub fn days_between(from: Date, to: Date) -> i64 {
    (to - from).get_days().into()
}
