//! How much roles are to grow, and how many openings a year there are to be: two bars a role, all jobs below them.

use super::canvas::{
    Anchor, Canvas, Drawn, FALLS, GRID, LABEL, LEFT, OTHER, OWN, RIGHT, SMALL, TOP, VALUE,
};
use super::{of_role, words};
use crate::answer::wording::{percent, projection_period, thousands};
use crate::explore::projection;
use crate::knowledge::terms::FigureMatch;
use crate::knowledge::{Knowledge, Role, SocCode};

/// Most roles in one chart.
const MOST: usize = 6;
const ROW: f32 = 42.0;
/// Where the left half ends, and the right one begins.
const HALVES: (f32, f32) = (252.0, 276.0);
/// Room for a figure behind its bar.
const FIGURE: f32 = 66.0;

/// One row.
struct Row {
    label: String,
    spoken: String,
    change: f32,
    /// `None` where no number is published for it, or for all jobs: their bar would leave the others no room.
    openings: Option<u32>,
    own: bool,
}

/// Draws it; `None` where nothing is projected for any of the roles.
pub(super) fn draw(knowledge: &Knowledge, slugs: &[String]) -> Option<Drawn> {
    let roles: Vec<&Role> = of_role::roles(knowledge, slugs)
        .into_iter()
        .filter(|role| projection(knowledge, role).is_some())
        .take(MOST)
        .collect();
    let period = projection_period(knowledge, roles.first()?);
    let first = projection(knowledge, roles.first()?)?.source.clone();
    // A figure of another release says which years it is of.
    let years = |role: &Role| match projection_period(knowledge, role) {
        own if own == period => String::new(),
        own => format!(", {own}"),
    };
    let of_role = |role: &&Role| {
        let row = projection(knowledge, role)?;
        // The openings of the nearest group say nothing of how many do this.
        let counted = role.figures != FigureMatch::Nearest;
        Some(Row {
            label: of_role::label(role) + &years(role),
            spoken: of_role::spoken(role) + &years(role),
            change: row.change_percent,
            openings: counted.then_some(row.openings_per_year),
            own: true,
        })
    };
    let mut rows: Vec<Row> = roles.iter().filter_map(of_role).collect();
    rows.extend(
        knowledge
            .figures
            .projections
            .get(&SocCode::ALL)
            .filter(|row| row.source == first)
            .map(|row| Row {
                label: "All jobs".to_owned(),
                spoken: "All jobs".to_owned(),
                change: row.change_percent,
                openings: None,
                own: false,
            }),
    );
    let mut canvas = Canvas::new(
        &format!("Growth and openings, {period}"),
        "Official projection for the United States.",
    );
    let y = TOP + 8.0;
    canvas.text(LEFT, y, SMALL, Anchor::Start, "Change in jobs");
    canvas.text(HALVES.1, y, SMALL, Anchor::Start, "Openings a year");
    let halves = Halves::over(&rows);
    let mut y = TOP + 18.0;
    for row in &rows {
        halves.draw(&mut canvas, row, y);
        y += ROW;
    }
    let sources = roles
        .iter()
        .filter_map(|role| Some(&projection(knowledge, role)?.source));
    let remarks = of_role::remarks(knowledge, &roles, sources);
    Some(Drawn {
        card: canvas.finish(y - 4.0, &remarks),
        alt: alt(&rows, &period),
    })
}

/// The scales of both halves.
struct Halves {
    /// Where no change stands, and pixels a percent.
    zero: f32,
    percent: f32,
    /// Pixels an opening.
    opening: f32,
}

impl Halves {
    fn over(rows: &[Row]) -> Self {
        let most = rows.iter().map(|row| row.change).fold(0.0, f32::max);
        let least = rows.iter().map(|row| row.change).fold(0.0, f32::min);
        // A figure of a bar to the left of zero stands to the right of zero: only the longest bar needs room behind it.
        let room = HALVES.0 - LEFT - FIGURE;
        let percent = room / (most - least).max(1.0);
        let openings = rows
            .iter()
            .filter_map(|row| row.openings)
            .max()
            .unwrap_or(1);
        Self {
            zero: LEFT - least * percent,
            percent,
            opening: (RIGHT - HALVES.1 - FIGURE) / openings.max(1) as f32,
        }
    }

    fn draw(&self, canvas: &mut Canvas, row: &Row, y: f32) {
        canvas.text(
            LEFT,
            y + 14.0,
            LABEL,
            Anchor::Start,
            &words::fit(&row.label, LABEL.size, RIGHT - LEFT),
        );
        let (top, height) = (y + 20.0, 13.0);
        let length = row.change * self.percent;
        let fill = match (row.own, row.change < 0.0) {
            (_, true) => FALLS,
            (true, false) => OWN,
            (false, false) => OTHER,
        };
        canvas.line(
            (self.zero, top - 2.0),
            (self.zero, top + height + 2.0),
            GRID,
            1.0,
        );
        canvas.rect(
            (self.zero + length.min(0.0), top),
            (length.abs(), height),
            2.0,
            fill,
        );
        let sign = if row.change > 0.0 { "+" } else { "" };
        let figure = format!("{sign}{}", percent(row.change));
        canvas.text(
            self.zero + length.max(0.0) + 6.0,
            top + 11.0,
            VALUE,
            Anchor::Start,
            &figure,
        );
        if let Some(openings) = row.openings {
            let length = openings as f32 * self.opening;
            canvas.rect((HALVES.1, top), (length, height), 2.0, OWN);
            canvas.text(
                HALVES.1 + length + 6.0,
                top + 11.0,
                VALUE,
                Anchor::Start,
                &thousands(openings),
            );
        } else if row.own {
            canvas.text(
                HALVES.1,
                top + 11.0,
                SMALL,
                Anchor::Start,
                "not counted on their own",
            );
        }
    }
}

fn alt(rows: &[Row], period: &str) -> String {
    let said: String = rows
        .iter()
        .map(|row| {
            let openings = row
                .openings
                .map(|openings| format!(", {} openings a year", thousands(openings)))
                .unwrap_or_default();
            format!(" {}: {}{openings}.", row.spoken, percent(row.change))
        })
        .collect();
    format!("Chart of the projected change in jobs and openings a year, US, {period}.{said}")
}
