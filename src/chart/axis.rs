//! An axis of money: it begins and ends near the figures that it bears, at whole steps.

use super::canvas::{Anchor, Canvas, GRID, LEFT, RIGHT, SMALL};
use super::words::short;

/// Room at either end, so that the marks of the ends stand on the card.
const INSET: f32 = 18.0;
/// Steps between marks, in USD: the first that gives few enough marks is taken.
const STEPS: [u32; 6] = [5_000, 10_000, 20_000, 25_000, 50_000, 100_000];
/// Most steps of an axis.
const MOST: u32 = 7;

/// The axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Axis {
    from: u32,
    to: u32,
    step: u32,
}

impl Axis {
    /// The shortest axis of whole steps that holds all of these; `None` where there are none.
    pub(super) fn over(values: impl Iterator<Item = u32> + Clone) -> Option<Self> {
        let (least, most) = (values.clone().min()?, values.max()?);
        let around = |step: u32| Self {
            from: least / step * step,
            to: most.div_ceil(step).max(least / step + 1) * step,
            step,
        };
        STEPS
            .into_iter()
            .map(around)
            .find(|axis| (axis.to - axis.from) / axis.step <= MOST)
            .or_else(|| Some(around(*STEPS.last()?)))
    }

    /// How far along the axis a value stands, from 0 to 1.
    pub(super) fn share(&self, usd: u32) -> f32 {
        (usd.clamp(self.from, self.to) - self.from) as f32 / (self.to - self.from) as f32
    }

    /// Where a value stands.
    pub(super) fn x(&self, usd: u32) -> f32 {
        LEFT + INSET + (RIGHT - LEFT - 2.0 * INSET) * self.share(usd)
    }

    /// The end of the axis: where an open bar runs to.
    pub(super) fn end(&self) -> f32 {
        self.x(self.to)
    }

    /// The values at its marks.
    pub(super) fn marks(&self) -> impl Iterator<Item = u32> + use<> {
        let Self { from, to, step } = *self;
        (0..=(to - from) / step).map(move |place| from + place * step)
    }

    /// Lines of the grid in a band: between the bands words stand, which no line crosses.
    pub(super) fn grid(&self, canvas: &mut Canvas, top: f32, bottom: f32) {
        for mark in self.marks() {
            let x = self.x(mark);
            canvas.line((x, top), (x, bottom), GRID, 1.0);
        }
    }

    /// The marks in words below the chart.
    pub(super) fn words(&self, canvas: &mut Canvas, y: f32) {
        for mark in self.marks() {
            canvas.text(self.x(mark), y, SMALL, Anchor::Middle, &short(mark));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_begins_and_ends_near_its_figures() {
        for (values, from, to, step) in [
            (vec![66_030, 97_550, 135_320], 60_000, 140_000, 20_000),
            (vec![30_000, 45_000], 30_000, 45_000, 5_000),
            (vec![26_000, 239_200], 0, 250_000, 50_000),
            (vec![50_000, 50_000], 50_000, 55_000, 5_000),
        ] {
            assert_eq!(
                Axis::over(values.iter().copied()),
                Some(Axis { from, to, step }),
                "{values:?}"
            );
        }
        assert_eq!(Axis::over(std::iter::empty()), None);
    }
}
