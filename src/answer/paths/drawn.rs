//! Ways as a picture has them: time across, pay up, a point a step. Plain data; how it is drawn is `chart`'s.

use crate::answer::length::span;
use crate::answer::paths::words::{from_words, where_words};
use crate::answer::paths::{MOST_OTHERS, MOST_WAYS};
use crate::answer::wording::capital;
use crate::knowledge::{Cell, Knowledge, RoleId};
use crate::paths::rank::ranked;
use crate::paths::{Way, find, pay};
use crate::understanding::Wanted;

/// Ways to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// Where they begin, as a sentence begins with it: "A nursing assistant in Ohio".
    pub from: String,
    /// Pay now, USD a year, and what it is: "you now", or the median of the work that somebody has.
    pub now: Option<(u32, String)>,
    /// The ways, in their order.
    pub ways: Vec<Line>,
}

/// A way to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its steps.
    pub points: Vec<Point>,
    /// Its length in words.
    pub length: String,
}

/// A step to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The role.
    pub role: RoleId,
    /// Months from now, usually.
    pub months: u16,
    /// Median pay there.
    pub median: Cell,
    /// Where that is of, in words: "Ohio".
    pub place: String,
}

/// The ways that [`super::answer`] shows for what is wanted; `None` where there are none, or no pay is released for any.
pub fn lines(knowledge: &Knowledge, wanted: &Wanted) -> Option<Lines> {
    let found = find(knowledge, wanted);
    let mut shown = found.ways;
    if wanted.open.or(wanted.to).is_some() {
        shown.truncate(1 + MOST_OTHERS);
    } else {
        shown = ranked(knowledge, wanted, shown);
        shown.truncate(MOST_WAYS);
    }
    let first = shown.first()?;
    let now = pay::now(knowledge, wanted, first.pay.place).map(|usd| {
        let whose = match (&wanted.now, wanted.roles.as_slice()) {
            (Some(_), _) => "you now".to_owned(),
            (None, [role]) => format!("{} now", knowledge.role(*role).plural),
            (None, _) => "your best-paid work".to_owned(),
        };
        (usd.round() as u32, whose)
    });
    let ways: Vec<Line> = shown
        .iter()
        .map(|way| line(knowledge, wanted, way))
        .collect();
    let drawn = |line: &Line| {
        line.points
            .iter()
            .any(|point| point.median.at_least().is_some())
    };
    ways.iter().any(drawn).then(|| Lines {
        from: capital(&from_words(knowledge, wanted)),
        now,
        ways,
    })
}

fn line(knowledge: &Knowledge, wanted: &Wanted, way: &Way<'_>) -> Line {
    let mut months = 0;
    let points = way.steps.iter().map(|step| {
        months += step.usual;
        let figure = pay::at(knowledge, knowledge.role(step.to), &wanted.place);
        Point {
            role: step.to,
            months,
            median: figure.median,
            place: where_words(knowledge, figure.place),
        }
    });
    Line {
        points: points.collect(),
        length: match (way.least, way.usual) {
            (_, 0) => "at once".to_owned(),
            (least, usual) => span(least, usual),
        },
    }
}
