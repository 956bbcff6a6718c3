//! Ranges of pay as small pictures: from the lowest-paid tenth to the highest-paid, with a line at the median.

use crate::answer::wording::wage;
use crate::knowledge::cells::Cell;

/// The lowest-paid tenth, the median and the highest-paid tenth, USD a year.
pub(super) type Range = [Cell; 3];

/// Width of a picture in its own units.
const WIDTH: f64 = 240.0;

/// The end of the scale for these ranges, USD a year.
pub(super) fn scale(ranges: &[Range]) -> u32 {
    let ends = ranges.iter().flatten().filter_map(|cell| cell.at_least());
    ends.max().unwrap_or(1).max(1)
}

/// A range as SVG; nothing where one of its ends is not published.
pub(super) fn bar([low, median, high]: Range, end: u32) -> String {
    let at = |cell: Cell| {
        let dollars = cell.at_least()?;
        Some(f64::from(dollars) / f64::from(end) * WIDTH)
    };
    let (Some(from), Some(middle), Some(to)) = (at(low), at(median), at(high)) else {
        return String::new();
    };
    let words = format!("{} to {}, median {}", wage(low), wage(high), wage(median));
    format!(
        "<svg class=\"bar\" viewBox=\"0 0 {WIDTH} 14\" role=\"img\" aria-label=\"{words}\"><rect x=\"{from:.1}\" y=\"3\" width=\"{:.1}\" height=\"8\" rx=\"2\"></rect><line x1=\"{middle:.1}\" y1=\"0\" x2=\"{middle:.1}\" y2=\"14\"></line></svg>",
        (to - from).max(1.0)
    )
}
