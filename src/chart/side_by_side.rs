//! Pay of several roles, one below the other on one axis.

use super::axis::Axis;
use super::canvas::{Canvas, Drawn, OWN, TOP};
use super::of_role;
use super::ranges::{READ, ROW, Range};
use crate::explore::national;
use crate::knowledge::{Knowledge, Role, State};

/// Most roles in one chart.
const MOST: usize = 6;

/// Draws it, in the US or in a state; `None` where no role has a figure.
pub(super) fn draw(knowledge: &Knowledge, slugs: &[String], state: Option<State>) -> Option<Drawn> {
    let roles: Vec<&Role> = of_role::roles(knowledge, slugs)
        .into_iter()
        .take(MOST)
        .collect();
    let row = |role: &Role, label: String| match state {
        Some(state) => Range::of_pay(label, knowledge.figures.pay_in(role.soc, state)?),
        None => Range::of_nation(label, national(knowledge, role)?),
    };
    let rows: Vec<(&Role, Range)> = roles
        .iter()
        .filter_map(|role| Some((*role, row(role, of_role::label(role))?)))
        .collect();
    let axis = Axis::over(rows.iter().flat_map(|(_, row)| row.values()))?;
    let place = state.map_or_else(|| "the United States".to_owned(), State::in_sentence);
    let mut canvas = Canvas::new(&format!("Pay a year in {place}"), READ);
    let mut y = TOP;
    for (_, row) in &rows {
        row.draw(&mut canvas, &axis, y, OWN);
        y += ROW;
    }
    axis.words(&mut canvas, y + 10.0);
    let shown: Vec<&Role> = rows.iter().map(|(role, _)| *role).collect();
    let sources = shown
        .iter()
        .filter_map(|role| Some(&national(knowledge, role)?.source));
    let remarks = of_role::remarks(knowledge, &shown, sources);
    let said: String = rows
        .iter()
        .map(|(role, row)| {
            let label = of_role::spoken(role);
            Range {
                label,
                ..row.clone()
            }
            .words()
        })
        .collect();
    Some(Drawn {
        card: canvas.finish(y + 12.0, &remarks),
        alt: format!("Chart of pay a year in {place}.{said}"),
    })
}
