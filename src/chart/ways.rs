//! Ways to better work: time across, pay up, a point a step, pay now as a dashed line; below, a row a way.

use super::axis::Axis;
use super::canvas::{
    Anchor, Canvas, Card, Colour, DOT, GRID, LABEL, LEFT, Letters, MUTED, ON_COLOUR, OWN, RIGHT,
    SMALL, THIRD, TOP, VALUE,
};
use super::of_role;
use super::words::{fit, short, width};
use crate::answer::paths::code;
use crate::answer::paths::drawn::{Line, Lines, lines};
use crate::answer::wording::{inside, thousands, wage};
use crate::knowledge::{Knowledge, Role};

/// The colours of the ways, in their order; each bears its number, so that none is told by its colour alone.
const COLOURS: [Colour; 3] = [OWN, DOT, THIRD];
/// Where the field of the chart begins and ends, across and up.
const FIELD: (f32, f32) = (LEFT + 44.0, RIGHT - 16.0);
const BOTTOM: f32 = 276.0;
/// A row below the chart.
const ROW: f32 = 24.0;
/// Size of the point that ends a way, and of one on the way.
const END: f32 = 9.0;
const STEP: f32 = 4.5;
/// Points that are nearer to each other than this are moved apart.
const APART: f32 = 2.0 * END + 2.0;
/// Lengths between marks of time, in months: the first that gives few enough is taken.
const MONTHS: [u16; 5] = [3, 6, 12, 24, 48];
const MOST_MARKS: u16 = 6;

/// Draws it, with what it shows in words; `None` where nothing is found for what is wanted, or no pay is released.
pub(super) fn draw(knowledge: &Knowledge, code: &str) -> Option<(Card, String)> {
    let wanted = code::read(knowledge, code)?;
    let lines = lines(knowledge, &wanted)?;
    let medians = lines
        .ways
        .iter()
        .flat_map(|way| &way.points)
        .filter_map(|point| point.median.at_least());
    let values: Vec<u32> = medians
        .chain(lines.now.iter().map(|(usd, _)| *usd))
        .collect();
    let scale = Scale {
        pay: Axis::over(values.iter().copied())?,
        time: Time::over(&lines),
    };
    let mut canvas = Canvas::new(
        &format!("From {}", inside(&lines.from)),
        "Median pay a year after each step, by the usual time from now.",
    );
    scale.grid(&mut canvas);
    if let Some((usd, whose)) = &lines.now {
        scale.now(&mut canvas, *usd, whose);
    }
    let mut ends: Vec<(f32, f32)> = Vec::new();
    for (number, way) in lines.ways.iter().enumerate() {
        let now = lines.now.as_ref().map(|(usd, _)| *usd);
        scale.way(&mut canvas, number, way, now, &mut ends);
    }
    let mut y = BOTTOM + 48.0;
    for (number, way) in lines.ways.iter().enumerate() {
        row(&mut canvas, knowledge, number, way, y);
        y += ROW;
    }
    let roles: Vec<&Role> = lines
        .ways
        .iter()
        .flat_map(|way| &way.points)
        .map(|point| knowledge.role(point.role))
        .collect();
    let sources = roles
        .iter()
        .filter_map(|role| Some(&knowledge.figures.national.get(&role.soc)?.source));
    let mut remarks = of_role::remarks(knowledge, &roles, sources);
    remarks.insert(0, places(&lines));
    remarks.push("What people usually do, not a promise.".to_owned());
    let card = canvas.finish(y - 10.0, &remarks);
    Some((card, alt(knowledge, &lines)))
}

/// Whose pay it is: one place, or which of them is of a wider one.
fn places(lines: &Lines) -> String {
    let mut places: Vec<&str> = Vec::new();
    for point in lines.ways.iter().flat_map(|way| &way.points) {
        if !places.contains(&point.place.as_str()) {
            places.push(&point.place);
        }
    }
    format!("Pay: {}.", places.join("; "))
}

/// Marks of time.
struct Time {
    most: u16,
    step: u16,
}

impl Time {
    fn over(lines: &Lines) -> Self {
        let months = lines.ways.iter().flat_map(|way| &way.points);
        let most = months.map(|point| point.months).max().unwrap_or(0).max(3);
        let step = MONTHS
            .into_iter()
            .find(|step| most.div_ceil(*step) <= MOST_MARKS)
            .unwrap_or(96);
        Self {
            most: most.div_ceil(step) * step,
            step,
        }
    }

    fn marks(&self) -> impl Iterator<Item = u16> + use<> {
        (0..=self.most).step_by(usize::from(self.step))
    }
}

struct Scale {
    pay: Axis,
    time: Time,
}

impl Scale {
    fn x(&self, months: u16) -> f32 {
        FIELD.0 + (FIELD.1 - FIELD.0) * f32::from(months) / f32::from(self.time.most)
    }

    fn y(&self, usd: u32) -> f32 {
        BOTTOM - (BOTTOM - TOP - 6.0) * self.pay.share(usd)
    }

    fn grid(&self, canvas: &mut Canvas) {
        for mark in self.pay.marks() {
            let y = self.y(mark);
            canvas.line((FIELD.0, y), (FIELD.1, y), GRID, 1.0);
            canvas.text(FIELD.0 - 8.0, y + 4.0, SMALL, Anchor::End, &short(mark));
        }
        for mark in self.time.marks() {
            let words = match (mark, mark % 12) {
                (0, _) => "now".to_owned(),
                (12, _) => "1 year".to_owned(),
                (years, 0) => format!("{} years", years / 12),
                (months, _) => format!("{months} mo."),
            };
            let x = self.x(mark);
            canvas.line((x, BOTTOM), (x, BOTTOM + 4.0), GRID, 1.0);
            let anchor = if mark == self.time.most {
                Anchor::End
            } else {
                Anchor::Middle
            };
            let x = if anchor == Anchor::End { x + 16.0 } else { x };
            canvas.text(x, BOTTOM + 18.0, SMALL, anchor, &words);
        }
    }

    /// Pay now, as a dashed line with its words.
    fn now(&self, canvas: &mut Canvas, usd: u32, whose: &str) {
        const DASH: f32 = 6.0;
        let y = self.y(usd);
        let mut x = FIELD.0;
        while x < FIELD.1 {
            canvas.line((x, y), ((x + DASH).min(FIELD.1), y), MUTED, 1.5);
            x += 2.0 * DASH;
        }
        let words = format!("{whose}: ${}", thousands(usd));
        // Below the line, where it does not stand at the foot of the chart: the ways go upwards.
        let below = y + 14.0;
        let at = if below > BOTTOM { y - 5.0 } else { below };
        canvas.text(FIELD.1, at, SMALL, Anchor::End, &words);
    }

    /// A way: a line through its steps, its number on the last.
    fn way(
        &self,
        canvas: &mut Canvas,
        number: usize,
        way: &Line,
        now: Option<u32>,
        ends: &mut Vec<(f32, f32)>,
    ) {
        let colour = colour(number);
        let points: Vec<(f32, f32)> = way
            .points
            .iter()
            .filter_map(|point| Some((self.x(point.months), self.y(point.median.at_least()?))))
            .collect();
        let Some(&last) = points.last() else { return };
        let start = now.map(|usd| (self.x(0), self.y(usd)));
        let all: Vec<(f32, f32)> = start.into_iter().chain(points.iter().copied()).collect();
        for pair in all.windows(2) {
            canvas.line(pair[0], pair[1], colour, 2.0);
        }
        for point in &points[..points.len() - 1] {
            canvas.disc(*point, STEP, colour, 1.0);
        }
        let mut end = last;
        while ends
            .iter()
            .any(|other| (other.0 - end.0).hypot(other.1 - end.1) < APART)
        {
            end.0 -= APART;
        }
        ends.push(end);
        numbered(canvas, end, number);
    }
}

fn colour(number: usize) -> Colour {
    COLOURS[number % COLOURS.len()]
}

/// A point with the number of its way.
fn numbered(canvas: &mut Canvas, at: (f32, f32), number: usize) {
    let digits = Letters {
        size: 12.0,
        fill: ON_COLOUR,
        bold: true,
    };
    canvas.disc(at, END, colour(number), 1.0);
    canvas.text(
        at.0,
        at.1 + 4.3,
        digits,
        Anchor::Middle,
        &(number + 1).to_string(),
    );
}

/// A way in a row below the chart: its number, its steps, its length, and pay at its end.
fn row(canvas: &mut Canvas, knowledge: &Knowledge, number: usize, way: &Line, y: f32) {
    const NAME: f32 = LEFT + 26.0;
    numbered(canvas, (LEFT + END, y - 4.5), number);
    let names: Vec<String> = way
        .points
        .iter()
        .enumerate()
        .map(|(place, point)| {
            let label = of_role::label(knowledge.role(point.role));
            if place == 0 { label } else { inside(&label) }
        })
        .collect();
    let pay = way.points.last().map(|point| wage(point.median));
    let pay = pay.unwrap_or_default();
    canvas.text(RIGHT, y, VALUE, Anchor::End, &pay);
    let length = RIGHT - width(&pay, VALUE.size) - 14.0;
    canvas.text(length, y, SMALL, Anchor::End, &way.length);
    let room = length - width(&way.length, SMALL.size) - 10.0 - NAME;
    let name = fit(&names.join(", then "), LABEL.size, room);
    canvas.text(NAME, y, LABEL, Anchor::Start, &name);
}

fn alt(knowledge: &Knowledge, lines: &Lines) -> String {
    let now = lines.now.as_ref().map(|(usd, whose)| {
        let gap = format!(" Pay of {whose}: ${} a year.", thousands(*usd));
        gap.replace("Pay of you now", "You now")
    });
    let ways: String = lines
        .ways
        .iter()
        .enumerate()
        .map(|(number, way)| {
            let steps: Vec<String> = way
                .points
                .iter()
                .map(|point| {
                    format!(
                        "{}, median {} a year ({})",
                        inside(&of_role::spoken(knowledge.role(point.role))),
                        wage(point.median),
                        point.place
                    )
                })
                .collect();
            format!(
                " {}. {}: {}.",
                number + 1,
                way.length,
                steps.join(", then ")
            )
        })
        .collect();
    format!(
        "Chart of ways on from {}, time across and pay up.{}{ways}",
        inside(&lines.from),
        now.unwrap_or_default()
    )
}
