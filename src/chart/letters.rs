//! The letters of the built-in font: how wide each is, and its outline.

use std::collections::HashMap;
use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider as _};
use tiny_skia::{Path, PathBuilder, Transform};

/// DejaVu Sans, subset; its licence stands beside it.
const FONT: &[u8] = include_bytes!("font.ttf");

/// A letter in the units of the font.
struct Letter {
    advance: f32,
    /// `None` for a space.
    outline: Option<Path>,
}

struct Font {
    letters: HashMap<char, Letter>,
    /// Units in the size of a letter.
    em: f32,
}

/// Read at first use, in a few milliseconds: some 340 letters.
static FONT_READ: LazyLock<Font> = LazyLock::new(|| {
    read(FONT).unwrap_or(Font {
        letters: HashMap::new(),
        em: 1.0,
    })
});

fn read(bytes: &[u8]) -> Option<Font> {
    let font = FontRef::new(bytes).ok()?;
    let location = LocationRef::default();
    let metrics = font.glyph_metrics(Size::unscaled(), location);
    let outlines = font.outline_glyphs();
    let letter = |(code, glyph): (u32, skrifa::GlyphId)| {
        let mut pen = Pen(PathBuilder::new());
        let settings = DrawSettings::unhinted(Size::unscaled(), location);
        outlines.get(glyph)?.draw(settings, &mut pen).ok()?;
        let letter = Letter {
            advance: metrics.advance_width(glyph)?,
            outline: pen.0.finish(),
        };
        Some((char::from_u32(code)?, letter))
    };
    Some(Font {
        letters: font.charmap().mappings().filter_map(letter).collect(),
        em: f32::from(font.metrics(Size::unscaled(), location).units_per_em.max(1)),
    })
}

/// Draws outlines as paths: those of a font go upwards, those of a picture downwards.
struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, -y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, -y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to(cx, -cy, x, -y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.0.cubic_to(cx0, -cy0, cx1, -cy1, x, -y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

/// What a letter that the font lacks is drawn as.
const UNKNOWN: char = '?';

fn letters(words: &str) -> impl Iterator<Item = &'static Letter> {
    let known = |c: char| FONT_READ.letters.get(&c);
    words
        .chars()
        .filter_map(move |c| known(c).or_else(|| known(UNKNOWN)))
}

/// Width of words at a size, in pixels.
pub(super) fn width(words: &str, size: f32) -> f32 {
    letters(words).map(|letter| letter.advance).sum::<f32>() / FONT_READ.em * size
}

/// The outline of words at a size, their foot at the origin; `None` where there is nothing to see.
pub(super) fn outline(words: &str, size: f32) -> Option<Path> {
    let scale = size / FONT_READ.em;
    let mut all = PathBuilder::new();
    let mut x = 0.0;
    for letter in letters(words) {
        if let Some(path) = &letter.outline {
            let place = Transform::from_scale(scale, scale).post_translate(x, 0.0);
            if let Some(path) = path.clone().transform(place) {
                all.push_path(&path);
            }
        }
        x += letter.advance * scale;
    }
    all.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_is_read_and_its_letters_differ() {
        assert_eq!(FONT_READ.letters.len(), 344);
        assert!(width("i", 13.0) < width("m", 13.0));
        assert_ne!(outline("a", 13.0), outline("b", 13.0));
        assert_eq!(outline(" ", 13.0), None);
        assert_eq!(outline("猫", 13.0), outline("?", 13.0));
    }
}
