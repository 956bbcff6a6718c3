//! A comparison as lines of equal columns, for a phone or a narrow terminal.
//!
//! Two columns stand side by side; more than two stand one below the other in each row, so that nothing gets too narrow.
//! Widths are those of the display. Pure.

use crate::answer::model::{Grid, GridRow};
use crate::text::width::{columns, fitting, lines as lines_of};

/// Columns that a phone shows of text in fixed width.
pub const PHONE: usize = 40;
/// Columns of the labels, with the gap behind them.
const LABEL: usize = 9;
/// Columns of a name where names stand one below the other.
const NAME: usize = 14;

/// The lines of a comparison, none wider than `width`.
pub fn lines(grid: &Grid, width: usize) -> Vec<String> {
    if grid.columns.len() == 2 {
        beside(grid, width)
    } else {
        below(grid, width)
    }
}

fn beside(grid: &Grid, width: usize) -> Vec<String> {
    let room = (width.saturating_sub(LABEL + 1) / 2).max(1);
    let mut lines = row("", &grid.columns, room);
    for each in &grid.rows {
        lines.extend(row(each.label, &cells(each), room));
    }
    lines
}

/// A label and cells, as many lines as the longest of them takes.
fn row(label: &str, cells: &[String], room: usize) -> Vec<String> {
    let wrapped: Vec<Vec<&str>> = cells.iter().map(|cell| wrap(cell, room)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0).max(1);
    (0..height)
        .map(|line| {
            let mut text = pad(if line == 0 { label } else { "" }, LABEL);
            for cell in &wrapped {
                text.push_str(&pad(cell.get(line).copied().unwrap_or_default(), room + 1));
            }
            text.trim_end().to_owned()
        })
        .collect()
}

fn below(grid: &Grid, width: usize) -> Vec<String> {
    let room = width.saturating_sub(LABEL + NAME + 1).max(1);
    let mut lines = Vec::new();
    for each in &grid.rows {
        for (place, (column, cell)) in grid.columns.iter().zip(cells(each)).enumerate() {
            let label = if place == 0 { each.label } else { "" };
            for (line, piece) in wrap(&cell, room).into_iter().enumerate() {
                let first = line == 0;
                let text = pad(if first { label } else { "" }, LABEL)
                    + &pad(&cut(if first { column } else { "" }, NAME), NAME + 1)
                    + piece;
                lines.push(text.trim_end().to_owned());
            }
        }
    }
    lines
}

/// The cells of a row, the best marked in words.
fn cells(row: &GridRow) -> Vec<String> {
    let best = |place: usize| row.best.filter(|(best, _)| *best == place);
    row.cells
        .iter()
        .enumerate()
        .map(|(place, cell)| match best(place) {
            Some((_, word)) => format!("{cell} {word}"),
            None => cell.clone(),
        })
        .collect()
}

fn wrap(text: &str, room: usize) -> Vec<&str> {
    lines_of(text, room)
        .into_iter()
        .map(|bytes| &text[bytes])
        .collect()
}

fn cut(text: &str, room: usize) -> String {
    if columns(text) <= room {
        text.to_owned()
    } else {
        format!("{}…", fitting(text, room.saturating_sub(1)).trim_end())
    }
}

fn pad(text: &str, room: usize) -> String {
    format!("{text}{}", " ".repeat(room.saturating_sub(columns(text))))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row_of(label: &'static str, cells: &[&str], best: Option<(usize, &'static str)>) -> GridRow {
        GridRow {
            label,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
            best,
        }
    }

    #[test]
    fn two_stand_side_by_side_and_the_best_is_marked_in_words() {
        let grid = Grid {
            columns: vec![
                "Registered nurse".to_owned(),
                "Licensed practical nurse".to_owned(),
            ],
            rows: vec![
                row_of("Pay", &["$97,550", "$64,400"], Some((0, "higher"))),
                row_of(
                    "Takes",
                    &["2 to 4 years", "about 1 year"],
                    Some((1, "shorter")),
                ),
            ],
            ..Grid::default()
        };
        let shown = lines(&grid, PHONE).join("\n");
        assert_eq!(
            shown,
            "         Registered      Licensed\n         nurse           practical nurse\nPay      $97,550 higher  $64,400\nTakes    2 to 4 years    about 1 year\n                         shorter"
        );
    }

    #[test]
    fn three_stand_one_below_the_other() {
        let grid = Grid {
            columns: ["Paramedic", "Registered nurse", "Dentist"]
                .map(str::to_owned)
                .to_vec(),
            rows: vec![row_of(
                "Pay",
                &["$60,600", "$97,550", "$180,000"],
                Some((2, "highest")),
            )],
            ..Grid::default()
        };
        let shown = lines(&grid, PHONE).join("\n");
        assert_eq!(
            shown,
            "Pay      Paramedic      $60,600\n         Registered nu… $97,550\n         Dentist        $180,000 highest"
        );
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_screen(names in prop::collection::vec("\\PC{0,30}", 0..5), cell in "\\PC{0,60}", width in 30..80_usize) {
            let rows = vec![GridRow { label: "Openings", cells: vec![cell; names.len()], best: Some((0, "highest")) }];
            let grid = Grid { columns: names, rows, ..Grid::default() };
            for line in lines(&grid, width) {
                prop_assert!(columns(&line) <= width, "{line:?}");
            }
        }
    }
}
