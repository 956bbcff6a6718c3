//! What a role pays in a place, beside the places around it, and where the place stands among its like.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, DOT, Drawn, LEFT, MARK, NAMED, OTHER, OWN, RIGHT, SMALL, TOP};
use super::of_role;
use super::ranges::{READ, ROW, Range};
use super::words;
use crate::answer::picture::Place;
use crate::answer::wording::wage;
use crate::explore::national;
use crate::knowledge::{AreaId, Cell, Knowledge, Role, SocCode, State};

/// Medians of places of one kind.
struct Dots {
    /// What a dot is.
    of: String,
    /// Name, median, and whether it is the place that was asked about.
    all: Vec<(String, u32, bool)>,
}

/// Draws it; `None` where nothing is published.
pub(super) fn draw(knowledge: &Knowledge, slug: &str, place: &Place) -> Option<Drawn> {
    let role = of_role::role(knowledge, slug)?;
    let place = Known::of(knowledge, role, place)?;
    let (ranges, dots) = (ranges(knowledge, role, place), dots(knowledge, role, place));
    let values = ranges.iter().flat_map(Range::values);
    let axis = Axis::over(values.chain(dots.all.iter().map(|(_, usd, _)| *usd)))?;
    let mut canvas = Canvas::new(&format!("{}: pay a year", of_role::label(role)), READ);
    let mut y = TOP;
    for (row, range) in ranges.iter().enumerate() {
        range.draw(&mut canvas, &axis, y, if row == 0 { OWN } else { OTHER });
        y += ROW;
    }
    if dots.all.len() > 1 {
        y = dots.draw(&mut canvas, &axis, y);
    }
    axis.words(&mut canvas, y + 10.0);
    let source = national(knowledge, role).map(|row| &row.source);
    let remarks = of_role::remarks(knowledge, &[role], source.into_iter());
    let said: String = ranges.iter().map(Range::words).collect();
    Some(Drawn {
        card: canvas.finish(y + 12.0, &remarks),
        alt: format!(
            "Chart of pay a year of {}.{said}{}",
            of_role::spoken(role),
            dots.words()
        ),
    })
}

/// A place of this knowledge for which there is a figure.
#[derive(Clone, Copy)]
enum Known {
    Country,
    State(State),
    Area(AreaId, State),
}

impl Known {
    /// An area without a figure of its own gives way to its state.
    fn of(knowledge: &Knowledge, role: &Role, place: &Place) -> Option<Self> {
        let areas = &knowledge.figures.areas;
        Some(match place {
            Place::Country => Self::Country,
            Place::State(state) => Self::State(*state),
            Place::Area(code) => {
                let area = areas.by_code(code)?;
                let state = *areas.get(area).states.first()?;
                let pay = areas.pay(role.soc, area);
                match pay.and_then(|pay| pay.median.at_least()) {
                    Some(_) => Self::Area(area, state),
                    None => Self::State(state),
                }
            }
        })
    }
}

fn ranges(knowledge: &Knowledge, role: &Role, place: Known) -> Vec<Range> {
    let figures = &knowledge.figures;
    let nation = |soc: SocCode, label: &str| {
        let row = figures.national.get(&soc)?;
        Range::of_nation(label.to_owned(), row)
    };
    let local = |soc: SocCode, state: State, label: String| {
        Range::of_pay(label, figures.pay_in(soc, state)?)
    };
    let rows = match place {
        Known::Country => vec![
            nation(role.soc, "United States"),
            nation(SocCode::ALL, "All jobs, United States"),
        ],
        Known::State(state) => vec![
            local(role.soc, state, state.name().to_owned()),
            nation(role.soc, "United States"),
            local(SocCode::ALL, state, format!("All jobs, {}", state.name())),
        ],
        Known::Area(area, state) => vec![
            figures
                .areas
                .pay(role.soc, area)
                .and_then(|pay| Range::of_pay(figures.areas.get(area).name.clone(), pay)),
            local(role.soc, state, state.name().to_owned()),
            nation(role.soc, "United States"),
        ],
    };
    rows.into_iter().flatten().collect()
}

fn dots(knowledge: &Knowledge, role: &Role, place: Known) -> Dots {
    let figures = &knowledge.figures;
    let of_state = |own: Option<State>| {
        let dot = |state: State| {
            let usd = figures.pay_in(role.soc, state)?.median.at_least()?;
            Some((state.name().to_owned(), usd, own == Some(state)))
        };
        Dots {
            of: "Each dot: the median in one state".to_owned(),
            all: State::all().filter_map(dot).collect(),
        }
    };
    match place {
        Known::Country => of_state(None),
        Known::State(state) => of_state(Some(state)),
        Known::Area(own, state) => {
            let areas = &figures.areas;
            let dot = |area: AreaId| {
                let usd = areas.pay(role.soc, area)?.median.at_least()?;
                Some((areas.get(area).name.clone(), usd, area == own))
            };
            Dots {
                of: format!(
                    "Each dot: the median in one area of {}",
                    state.in_sentence()
                ),
                all: areas.of_state(state).filter_map(dot).collect(),
            }
        }
    }
}

impl Dots {
    fn least(&self) -> Option<&(String, u32, bool)> {
        self.all.iter().min_by_key(|(_, usd, _)| *usd)
    }

    fn most(&self) -> Option<&(String, u32, bool)> {
        self.all.iter().max_by_key(|(_, usd, _)| *usd)
    }

    fn own(&self) -> Option<&(String, u32, bool)> {
        self.all.iter().find(|(_, _, own)| *own)
    }

    /// Draws the dots in a row, with the names of the ends below and that of the asker's place above; gives where it ends.
    fn draw(&self, canvas: &mut Canvas, axis: &Axis, y: f32) -> f32 {
        canvas.text(LEFT, y + 13.0, SMALL, Anchor::Start, &self.of);
        let (label, row) = match self.own() {
            Some(_) => (y + 31.0, y + 44.0),
            None => (y + 13.0, y + 30.0),
        };
        axis.grid(canvas, row - 9.0, row + 9.0);
        for (_, usd, _) in self.all.iter().filter(|(_, _, own)| !own) {
            canvas.disc((axis.x(*usd), row), 5.0, DOT, 0.5);
        }
        if let Some(own) = self.own() {
            let at = axis.x(own.1);
            canvas.disc((at, row), 7.0, MARK, 1.0);
            let said = said(own, NAMED.size, RIGHT - LEFT);
            let half = words::width(&said, NAMED.size) / 2.0;
            let middle = at.clamp(LEFT + half, RIGHT - half);
            canvas.text(middle, label, NAMED, Anchor::Middle, &said);
        }
        let foot = row + 25.0;
        let half = (RIGHT - LEFT) / 2.0 - 8.0;
        // The asker's own place has its name above.
        if let Some(least) = self.least().filter(|(_, _, own)| !own) {
            let said = said(least, SMALL.size, half);
            let width = words::width(&said, SMALL.size);
            let from = (axis.x(least.1) - width / 2.0).clamp(LEFT, LEFT + half - width);
            canvas.text(from, foot, SMALL, Anchor::Start, &said);
        }
        if let Some(most) = self.most().filter(|(_, _, own)| !own) {
            let said = said(most, SMALL.size, half);
            let width = words::width(&said, SMALL.size);
            let to = (axis.x(most.1) + width / 2.0).clamp(RIGHT - half + width, RIGHT);
            canvas.text(to, foot, SMALL, Anchor::End, &said);
        }
        foot + 14.0
    }

    fn words(&self) -> String {
        let (Some(least), Some(most)) = (self.least(), self.most()) else {
            return String::new();
        };
        let usd = |row: &(String, u32, bool)| wage(Cell::Number(row.1));
        let own = self
            .own()
            .map(|own| format!("; {} {}", own.0, usd(own)))
            .unwrap_or_default();
        format!(
            " {}: {} in all, from {} {} to {} {}{own}.",
            self.of,
            self.all.len(),
            least.0,
            usd(least),
            most.0,
            usd(most)
        )
    }
}

/// Name and figure in a width: where both do not fit, the name is cut.
fn said((name, usd, _): &(String, u32, bool), size: f32, room: f32) -> String {
    let figure = wage(Cell::Number(*usd));
    let left = room - words::width(&figure, size) - size;
    format!("{} {figure}", words::fit(name, size, left))
}
