//! Median pay of the roles of a list, as bars from zero with the figure behind each.

use super::canvas::{Anchor, Canvas, Drawn, LABEL, LEFT, Letters, OWN, RIGHT, TOP, VALUE};
use super::{of_role, words};
use crate::answer::wording::wage;
use crate::explore::national;
use crate::knowledge::{Cell, Knowledge, Role, State};

/// Most roles in one chart.
const MOST: usize = 10;
const ROW: f32 = 25.0;
/// Where the bars begin, and room for the figure behind the longest.
const BARS: f32 = 214.0;
const FIGURE: f32 = 72.0;
/// Room that "at least" takes besides.
const AT_LEAST: f32 = 56.0;

/// Draws it, in the US or in a state; `None` where fewer than two roles have a figure.
pub(super) fn draw(knowledge: &Knowledge, slugs: &[String], state: Option<State>) -> Option<Drawn> {
    let median = |role: &Role| {
        let cell = match state {
            Some(state) => knowledge.figures.pay_in(role.soc, state)?.median,
            None => national(knowledge, role)?.median,
        };
        Some((cell, cell.at_least()?))
    };
    let rows: Vec<(&Role, Cell, u32)> = of_role::roles(knowledge, slugs)
        .into_iter()
        .filter_map(|role| median(role).map(|(cell, usd)| (role, cell, usd)))
        .take(MOST)
        .collect();
    let most = rows.iter().map(|(_, _, usd)| *usd).max()?;
    if rows.len() < 2 {
        return None;
    }
    let place = state.map_or_else(|| "the United States".to_owned(), State::in_sentence);
    let mut canvas = Canvas::new(
        &format!("Median pay a year in {place}"),
        "Half earn more than this, half earn less.",
    );
    let open = rows.iter().any(|(_, cell, _)| *cell == Cell::TopCoded);
    let room = RIGHT - BARS - FIGURE - if open { AT_LEAST } else { 0.0 };
    let label = Letters {
        size: 12.5,
        ..LABEL
    };
    let mut y = TOP;
    for (role, cell, usd) in &rows {
        let length = room * *usd as f32 / most.max(1) as f32;
        let name = words::fit(&of_role::label(role), label.size, BARS - LEFT - 10.0);
        canvas.text(LEFT, y + 14.0, label, Anchor::Start, &name);
        canvas.rect((BARS, y + 2.0), (length, 16.0), 3.0, OWN);
        canvas.text(
            BARS + length + 7.0,
            y + 15.0,
            VALUE,
            Anchor::Start,
            &wage(*cell),
        );
        y += ROW;
    }
    let shown: Vec<&Role> = rows.iter().map(|(role, ..)| *role).collect();
    let sources = shown
        .iter()
        .filter_map(|role| Some(&national(knowledge, role)?.source));
    let remarks = of_role::remarks(knowledge, &shown, sources);
    let said: Vec<String> = rows
        .iter()
        .map(|(role, cell, _)| format!("{} {}", of_role::spoken(role), wage(*cell)))
        .collect();
    Some(Drawn {
        card: canvas.finish(y - 2.0, &remarks),
        alt: format!(
            "Chart of median pay a year in {place}: {}.",
            said.join("; ")
        ),
    })
}
