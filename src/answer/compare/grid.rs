//! A comparison in short: a grid of figures and words, its best cells marked, and lines below it.

use crate::answer::blocks::{in_short, shortened};
use crate::answer::compare::rows::Row;
use crate::answer::length::span;
use crate::answer::model::{Fact, Grid, GridRow};
use crate::answer::wording::{
    inside, pay_period, percent, place, projection_period, schooling, thousands, wage,
};
use crate::explore::median_cell;
use crate::knowledge::figures::Projection;
use crate::knowledge::terms::{FigureMatch, License, Remote};
use crate::knowledge::{Cell, Knowledge, Role, State};

/// Most characters of a role's duties in short.
const DUTIES_IN_SHORT: usize = 90;
/// Most characters of what was asked for and does not fit into a cell.
const PROSE_IN_SHORT: usize = 180;

/// The comparison in short rows, then what each of them does and what else was asked for.
pub(super) fn grid<'a>(
    knowledge: &Knowledge,
    roles: &[&Role],
    state: Option<State>,
    prose: impl Iterator<Item = &'a Row>,
) -> Grid {
    let projections: Vec<Option<&Projection>> = roles
        .iter()
        .map(|role| knowledge.figures.projections.get(&role.soc))
        .collect();
    let two = roles.len() == 2;
    // A figure of a wider group bears a mark; whose it is stands above.
    let marked = |place: usize, text: String| match roles[place].figures {
        FigureMatch::Exact => text,
        FigureMatch::Group | FigureMatch::Nearest => text + "*",
    };
    let medians: Vec<Option<Cell>> = roles
        .iter()
        .map(|role| median_cell(knowledge, role, state))
        .collect();
    let row = |label, cells: Vec<String>, best| GridRow { label, cells, best };
    let figures = |cells: Vec<Option<String>>| -> Vec<String> {
        let cells = cells.into_iter().enumerate();
        cells
            .map(|(place, cell)| cell.map_or_else(|| "-".to_owned(), |cell| marked(place, cell)))
            .collect()
    };
    let pay: Vec<Option<f64>> = medians
        .iter()
        .map(|cell| cell.and_then(Cell::at_least).map(f64::from))
        .collect();
    let of = |figure: fn(&Projection) -> f64| -> Vec<Option<f64>> {
        projections.iter().map(|row| row.map(figure)).collect()
    };
    let (growth, openings) = (
        of(|row| f64::from(row.change_percent)),
        of(|row| f64::from(row.openings_per_year)),
    );
    let months: Vec<Option<f64>> = roles
        .iter()
        .map(|role| Some(-f64::from(role.length.usual)))
        .collect();
    let word = |of_two, of_more| if two { of_two } else { of_more };
    let texts = |text: fn(&Role) -> String| roles.iter().map(|role| text(role)).collect();
    let rows = vec![
        row(
            "Pay",
            figures(
                medians
                    .iter()
                    .map(|cell| Some(wage(cell.unwrap_or(Cell::NotReleased))))
                    .collect(),
            ),
            best(&pay, word("higher", "highest")),
        ),
        row(
            "Growth",
            figures(growth_cells(&growth)),
            best(&growth, word("faster", "fastest")),
        ),
        row(
            "Openings",
            figures(
                projections
                    .iter()
                    .map(|row| row.map(|row| thousands(row.openings_per_year)))
                    .collect(),
            ),
            best(&openings, word("more", "most")),
        ),
        row(
            "Way in",
            figures(
                projections
                    .iter()
                    .map(|row| row.and_then(|row| row.entry_education).map(schooling))
                    .map(|level| level.map(str::to_owned))
                    .collect(),
            ),
            None,
        ),
        row(
            "Takes",
            texts(|role| span(role.length.least, role.length.usual)),
            best(&months, word("shorter", "shortest")),
        ),
        row("License", texts(|role| license_word(role).to_owned()), None),
        row("Remote", texts(|role| remote_word(role).to_owned()), None),
    ];
    let mut lines: Vec<Fact> = roles
        .iter()
        .map(|role| Fact {
            label: role.title.clone(),
            value: shortened(duties(role), DUTIES_IN_SHORT),
        })
        .collect();
    for (_, label, cell) in prose.filter(|(_, label, _)| *label != "What they do") {
        lines.extend(roles.iter().map(|role| Fact {
            label: format!("{}, {}", role.title, inside(label)),
            value: in_short(&cell(knowledge, role, state), PROSE_IN_SHORT).into_owned(),
        }));
    }
    Grid {
        columns: roles.iter().map(|role| role.title.clone()).collect(),
        rows,
        notes: grid_notes(knowledge, roles, state),
        lines,
    }
}

/// What a role does, without its name where the summary begins with it.
fn duties(role: &Role) -> &str {
    let summary = role.summary.as_str();
    let name = summary.get(..role.plural.len());
    match name {
        Some(name) if name.eq_ignore_ascii_case(&role.plural) => summary[name.len()..].trim_start(),
        _ => summary,
    }
}

/// Place and period of the figures, and whose the marked ones are.
fn grid_notes(knowledge: &Knowledge, roles: &[&Role], state: Option<State>) -> Vec<String> {
    let once = |all: Vec<String>| {
        let mut known: Vec<String> = Vec::new();
        for one in all {
            if !one.is_empty() && !known.contains(&one) {
                known.push(one);
            }
        }
        known.join(" and ")
    };
    let pay = once(
        roles
            .iter()
            .map(|role| pay_period(knowledge, role).to_owned())
            .collect(),
    );
    let projected = once(
        roles
            .iter()
            .map(|role| projection_period(knowledge, role))
            .collect(),
    );
    let mut notes = vec![format!(
        "Pay: median a year, {}, {pay}. Growth and openings a year: US, {projected}.",
        place(state)
    )];
    notes.extend(roles.iter().filter_map(|role| match role.figures {
        FigureMatch::Exact => None,
        FigureMatch::Group => Some(format!("* {}: figures for all {}.", role.title, role.group)),
        FigureMatch::Nearest => Some(format!(
            "* {}: no figures of its own; those of the nearest group, all {}.",
            role.title, role.group
        )),
    }));
    notes
}

/// The place of the one largest figure; `None` where it is shared or stands alone.
fn best(figures: &[Option<f64>], word: &'static str) -> Option<(usize, &'static str)> {
    let mut known: Vec<(usize, f64)> = figures
        .iter()
        .enumerate()
        .filter_map(|(place, figure)| figure.map(|figure| (place, figure)))
        .collect();
    known.sort_by(|a, b| b.1.total_cmp(&a.1));
    match known.as_slice() {
        [first, second, ..] if first.1 > second.1 => Some((first.0, word)),
        _ => None,
    }
}

/// Growth in whole percent; exact where whole ones would hide a difference.
fn growth_cells(growth: &[Option<f64>]) -> Vec<Option<String>> {
    let hides = growth.iter().flatten().any(|one| {
        let mut others = growth.iter().flatten();
        others.any(|other| one != other && one.round() == other.round())
    });
    growth
        .iter()
        .map(|change| {
            change.map(|change| {
                let exact = if hides || change.abs() < 0.5 {
                    percent(change as f32)
                } else {
                    percent(change.round() as f32)
                };
                if change > 0.0 {
                    format!("+{exact}")
                } else {
                    exact
                }
            })
        })
        .collect()
}

fn license_word(role: &Role) -> &'static str {
    match role.license {
        License::State => "most states",
        License::SomeStates => "some states",
        License::None => "none",
        License::Varies => "varies",
    }
}

fn remote_word(role: &Role) -> &'static str {
    match role.remote {
        Remote::Yes => "common",
        Remote::Partly => "in part",
        Remote::No => "no, on site",
    }
}
