//! A card to draw on: its colours and letters, and the few shapes that charts are made of.
//!
//! The card has Discord's own dark grey and round corners with nothing behind them, so that it sits in a dark client without an
//! edge and in a light one as a card. Lengths are pixels of a card that is 520 wide, as wide as Discord shows it; it is drawn at
//! twice that size for sharp screens.

use tiny_skia::{
    Color, FillRule, LineCap, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform,
};

use super::{letters, words};

const SCALE: f32 = 2.0;

/// Width of a card.
pub(super) const WIDTH: f32 = 520.0;
/// Left edge of what is drawn.
pub(super) const LEFT: f32 = 18.0;
/// Right edge of what is drawn.
pub(super) const RIGHT: f32 = WIDTH - LEFT;
/// Where the drawing begins below the title.
pub(super) const TOP: f32 = 66.0;

/// A colour, 0xRRGGBB.
pub(super) type Colour = u32;
/// The card itself.
const CARD: Colour = 0x2b_2d_31;
/// Letters.
pub(super) const INK: Colour = 0xf2_f3_f5;
/// Letters of less weight: 7.3 to 1 on the card.
pub(super) const MUTED: Colour = 0xb5_ba_c1;
/// Lines of the grid.
pub(super) const GRID: Colour = 0x4a_4d_55;
/// What was asked about.
pub(super) const OWN: Colour = 0x43_b0_cc;
/// What it is held against.
pub(super) const OTHER: Colour = 0x74_7a_88;
/// One of many.
pub(super) const DOT: Colour = 0xe8_a3_3d;
/// The third of several.
pub(super) const THIRD: Colour = 0x9b_d1_6b;
/// The card itself, for what is written on a colour.
pub(super) const ON_COLOUR: Colour = CARD;
/// The one of many that is the asker's.
pub(super) const MARK: Colour = 0xff_d4_79;
/// A figure that falls.
pub(super) const FALLS: Colour = 0xe5_73_5c;

/// Size, colour and weight of letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Letters {
    pub(super) size: f32,
    pub(super) fill: Colour,
    pub(super) bold: bool,
}

const fn letters_of(size: f32, fill: Colour, bold: bool) -> Letters {
    Letters { size, fill, bold }
}

const TITLE: Letters = letters_of(17.0, INK, true);
const LONG_TITLE: Letters = letters_of(14.0, INK, true);
const UNDER_TITLE: Letters = letters_of(12.5, MUTED, false);
const REMARK: Letters = letters_of(10.5, MUTED, false);
/// What a row is.
pub(super) const LABEL: Letters = letters_of(13.5, INK, false);
/// A figure.
pub(super) const VALUE: Letters = letters_of(13.5, INK, true);
/// A remark.
pub(super) const SMALL: Letters = letters_of(12.0, MUTED, false);
/// The name of what is marked.
pub(super) const NAMED: Letters = letters_of(12.0, MARK, true);

/// Which end of the words stands at the given place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A point, or a width and a height.
pub(super) type Pair = (f32, f32);

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Text {
        at: Pair,
        style: Letters,
        words: String,
    },
    Rect {
        at: Pair,
        size: Pair,
        round: f32,
        fill: Colour,
    },
    Outline {
        at: Pair,
        size: Pair,
        colour: Colour,
    },
    Line {
        from: Pair,
        to: Pair,
        colour: Colour,
        width: f32,
    },
    Disc {
        at: Pair,
        radius: f32,
        fill: Colour,
        opacity: f32,
    },
}

/// A card under work.
#[derive(Debug)]
pub(super) struct Canvas {
    shapes: Vec<Shape>,
}

/// A card that is done and not turned into pixels yet.
#[derive(Debug, PartialEq)]
pub(super) struct Card {
    height: f32,
    shapes: Vec<Shape>,
}

/// A chart that is not turned into pixels yet: the card, and what it shows in words.
pub(super) struct Drawn {
    pub(super) card: Card,
    pub(super) alt: String,
}

impl Canvas {
    /// A card with a title, and a line below it that says how to read the chart.
    pub(super) fn new(title: &str, under: &str) -> Self {
        let mut canvas = Self { shapes: Vec::new() };
        let fits = words::width(title, TITLE.size) <= RIGHT - LEFT;
        let style = if fits { TITLE } else { LONG_TITLE };
        let title = words::fit(title, style.size, RIGHT - LEFT);
        canvas.text(LEFT, 31.0, style, Anchor::Start, &title);
        let under = words::fit(under, UNDER_TITLE.size, RIGHT - LEFT);
        canvas.text(LEFT, 51.0, UNDER_TITLE, Anchor::Start, &under);
        canvas
    }

    /// Words on one line, `y` at their foot.
    pub(super) fn text(&mut self, x: f32, y: f32, style: Letters, anchor: Anchor, words: &str) {
        let width = words::width(words, style.size);
        let x = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        self.shapes.push(Shape::Text {
            at: (x, y),
            style,
            words: words.to_owned(),
        });
    }

    /// A filled rectangle with round corners, at least a pixel wide.
    pub(super) fn rect(&mut self, at: Pair, (width, height): Pair, round: f32, fill: Colour) {
        self.shapes.push(Shape::Rect {
            at,
            size: (width.max(1.0), height),
            round,
            fill,
        });
    }

    /// The outline of a rectangle.
    pub(super) fn outline(&mut self, at: Pair, size: Pair, colour: Colour) {
        self.shapes.push(Shape::Outline { at, size, colour });
    }

    /// A line from one point to another.
    pub(super) fn line(&mut self, from: Pair, to: Pair, colour: Colour, width: f32) {
        self.shapes.push(Shape::Line {
            from,
            to,
            colour,
            width,
        });
    }

    /// A disc; `opacity` from 0 to 1, so that many on one place are seen as many.
    pub(super) fn disc(&mut self, at: Pair, radius: f32, fill: Colour, opacity: f32) {
        self.shapes.push(Shape::Disc {
            at,
            radius,
            fill,
            opacity,
        });
    }

    /// The card: what was drawn ends at `bottom`, and the remarks stand below it.
    pub(super) fn finish(mut self, bottom: f32, remarks: &[String]) -> Card {
        let mut foot = bottom + 8.0;
        for line in remarks
            .iter()
            .flat_map(|remark| words::lines(remark, REMARK.size, RIGHT - LEFT))
        {
            foot += 14.0;
            self.text(LEFT, foot, REMARK, Anchor::Start, &line);
        }
        Card {
            height: (foot + 12.0).ceil(),
            shapes: self.shapes,
        }
    }
}

impl Card {
    /// The card as PNG; `None` where it is too large.
    pub(super) fn png(&self) -> Option<Vec<u8>> {
        let pixels = |length: f32| (length * SCALE) as u32;
        let mut pixmap = Pixmap::new(pixels(WIDTH), pixels(self.height))?;
        fill(
            &mut pixmap,
            &round_rect((0.0, 0.0), (WIDTH, self.height), 10.0)?,
            &paint(CARD, 1.0),
        );
        for shape in &self.shapes {
            // What cannot be seen has no path.
            let _ = shape.draw(&mut pixmap);
        }
        pixmap.encode_png().ok()
    }

    /// The words on the card, in the order in which they were drawn.
    #[cfg(test)]
    pub(super) fn words(&self) -> Vec<&str> {
        let texts = self.shapes.iter().filter_map(|shape| match shape {
            Shape::Text { words, .. } => Some(words.as_str()),
            _ => None,
        });
        texts.collect()
    }
}

impl Shape {
    fn draw(&self, pixmap: &mut Pixmap) -> Option<()> {
        match self {
            Self::Text { at, style, words } => {
                let path = letters::outline(words, style.size)?;
                let path = path.transform(Transform::from_translate(at.0, at.1))?;
                let paint = paint(style.fill, 1.0);
                fill(pixmap, &path, &paint);
                // The font has one weight: a bolder one is the same with a thin outline.
                if style.bold {
                    stroke(pixmap, &path, &paint, style.size * 0.04);
                }
            }
            Self::Rect {
                at,
                size,
                round,
                fill: colour,
            } => fill(
                pixmap,
                &round_rect(*at, *size, *round)?,
                &paint(*colour, 1.0),
            ),
            Self::Outline { at, size, colour } => stroke(
                pixmap,
                &round_rect(*at, *size, 4.0)?,
                &paint(*colour, 1.0),
                2.5,
            ),
            Self::Line {
                from,
                to,
                colour,
                width,
            } => {
                let mut line = PathBuilder::new();
                line.move_to(from.0, from.1);
                line.line_to(to.0, to.1);
                stroke(pixmap, &line.finish()?, &paint(*colour, 1.0), *width);
            }
            Self::Disc {
                at,
                radius,
                fill: colour,
                opacity,
            } => {
                let circle = PathBuilder::from_circle(at.0, at.1, *radius)?;
                fill(pixmap, &circle, &paint(*colour, *opacity));
            }
        }
        Some(())
    }
}

fn paint(colour: Colour, opacity: f32) -> Paint<'static> {
    let [_, red, green, blue] = colour.to_be_bytes();
    let mut paint = Paint::default();
    let mut colour = Color::from_rgba8(red, green, blue, u8::MAX);
    colour.apply_opacity(opacity);
    paint.set_color(colour);
    paint
}

fn fill(pixmap: &mut Pixmap, path: &Path, paint: &Paint<'_>) {
    let scale = Transform::from_scale(SCALE, SCALE);
    pixmap.fill_path(path, paint, FillRule::Winding, scale, None);
}

fn stroke(pixmap: &mut Pixmap, path: &Path, paint: &Paint<'_>, width: f32) {
    let stroke = Stroke {
        width,
        line_cap: LineCap::Butt,
        ..Stroke::default()
    };
    let scale = Transform::from_scale(SCALE, SCALE);
    pixmap.stroke_path(path, paint, &stroke, scale, None);
}

/// A rectangle whose corners are quarters of a circle.
fn round_rect((x, y): Pair, (width, height): Pair, round: f32) -> Option<Path> {
    /// How far the handles of a curve lie from its ends, so that it is a quarter of a circle of radius 1.
    const HANDLE: f32 = 0.552_28;
    let round = round.min(width / 2.0).min(height / 2.0);
    if round < 0.5 {
        return Some(PathBuilder::from_rect(Rect::from_xywh(
            x, y, width, height,
        )?));
    }
    let (right, bottom, off) = (x + width, y + height, round * (1.0 - HANDLE));
    let mut path = PathBuilder::new();
    path.move_to(x + round, y);
    path.line_to(right - round, y);
    path.cubic_to(right - off, y, right, y + off, right, y + round);
    path.line_to(right, bottom - round);
    path.cubic_to(
        right,
        bottom - off,
        right - off,
        bottom,
        right - round,
        bottom,
    );
    path.line_to(x + round, bottom);
    path.cubic_to(x + off, bottom, x, bottom - off, x, bottom - round);
    path.line_to(x, y + round);
    path.cubic_to(x, y + off, x + off, y, x + round, y);
    path.close();
    path.finish()
}
