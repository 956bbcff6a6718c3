//! Rows of pay from the 10th to the 90th percentile, with a line at the median.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Colour, INK, LABEL, LEFT, RIGHT, VALUE};
use super::words;
use crate::answer::wording::wage;
use crate::knowledge::Cell;
use crate::knowledge::cells::Pay;
use crate::knowledge::figures::National;

/// Height of a row.
pub(super) const ROW: f32 = 44.0;
/// How to read a row.
pub(super) const READ: &str = "Bar: what most earn (middle 80%). White line: the median.";

/// Pay of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) label: String,
    pub(super) low: Cell,
    pub(super) median: Cell,
    pub(super) high: Cell,
}

impl Range {
    /// Pay in a place; `None` where nothing of it is released.
    pub(super) fn of_pay(label: String, pay: &Pay) -> Option<Self> {
        Self {
            label,
            low: pay.pct10,
            median: pay.median,
            high: pay.pct90,
        }
        .released()
    }

    /// Pay in the US; `None` where nothing of it is released.
    pub(super) fn of_nation(label: String, row: &National) -> Option<Self> {
        Self {
            label,
            low: row.pct10,
            median: row.median,
            high: row.pct90,
        }
        .released()
    }

    fn released(self) -> Option<Self> {
        self.values().next().is_some().then_some(self)
    }

    /// The figures that are known.
    pub(super) fn values(&self) -> impl Iterator<Item = u32> + Clone + use<> {
        [self.low, self.median, self.high]
            .into_iter()
            .filter_map(Cell::at_least)
    }

    /// The row in words.
    pub(super) fn words(&self) -> String {
        format!(
            " {}: 10th percentile {}, median {}, 90th percentile {}.",
            self.label,
            wage(self.low),
            wage(self.median),
            wage(self.high)
        )
    }

    /// Draws the row from `y` on.
    pub(super) fn draw(&self, canvas: &mut Canvas, axis: &Axis, y: f32, fill: Colour) {
        let median = match self.median {
            Cell::NotReleased => "median not released".to_owned(),
            median => format!("median {}", wage(median)),
        };
        let room = RIGHT - LEFT - words::width(&median, VALUE.size) - 12.0;
        let label = words::fit(&self.label, LABEL.size, room);
        canvas.text(LEFT, y + 13.0, LABEL, Anchor::Start, &label);
        canvas.text(RIGHT, y + 13.0, VALUE, Anchor::End, &median);
        axis.grid(canvas, y + 18.0, y + ROW - 4.0);
        let from = self.low.at_least().map(|usd| axis.x(usd));
        // A top-coded end is open: the bar runs to the edge, and the words say "at least".
        let to = match self.high {
            Cell::TopCoded => Some(axis.end()),
            high => high.at_least().map(|usd| axis.x(usd)),
        };
        if let (Some(from), Some(to)) = (from, to) {
            canvas.rect((from, y + 22.0), (to - from, 13.0), 3.0, fill);
        }
        if let Some(at) = self.median.at_least().map(|usd| axis.x(usd)) {
            canvas.rect((at - 2.0, y + 19.0), (4.0, 19.0), 1.0, INK);
        }
    }
}
