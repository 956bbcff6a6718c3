//! A small chart of what a role pays, as PNG, and the same in words.
//!
//! Pure: knowledge in, picture out. The font is built in, so the picture is the same on every machine. Knows nothing of
//! where the picture is shown.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::answer::wording::wage;
use crate::explore::national;
use crate::knowledge::figures::Cell;
use crate::knowledge::{AreaId, Knowledge, RoleId, SocCode, State};

/// DejaVu Sans, subset; its licence stands beside it.
const FONT: &[u8] = include_bytes!("font.ttf");

/// Size of the picture, and where its parts stand, in pixels.
const WIDTH: f64 = 760.0;
const MARGIN: f64 = 30.0;
const TOP: f64 = 66.0;
const ROW: f64 = 66.0;
/// The picture is drawn at twice its size, so that it is sharp on dense screens.
const SCALE: f32 = 2.0;

/// A chart as plain data: what is drawn and what is said.
#[derive(Debug, Clone, PartialEq)]
struct Chart {
    ranges: Vec<Range>,
    /// What the dots are, and their values in USD a year.
    dots: (String, Vec<u32>),
    source: String,
}

/// Pay of one group: 10th percentile, median, 90th percentile.
#[derive(Debug, Clone, PartialEq)]
struct Range {
    label: String,
    low: Cell,
    median: Cell,
    high: Cell,
}

/// What a chart is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The whole US.
    Country,
    /// One state.
    State(State),
    /// One metropolitan or nonmetropolitan area.
    Area(AreaId),
}

/// The chart of a role's pay from the 10th to the 90th percentile, as PNG: in the US against all jobs and the medians of all
/// roles, in a state against the US and the medians of all states, or in an area against its state, the US and the medians of
/// the areas beside it. An area without a figure of its own shows its state. `None` when no figure is published.
pub fn pay_png(knowledge: &Knowledge, role: RoleId, place: Place) -> Option<Vec<u8>> {
    draw(&svg(&chart(knowledge, role, place)?))
}

/// What [`pay_png`] shows, in words; at most 1,000 characters.
pub fn pay_alt(knowledge: &Knowledge, role: RoleId, place: Place) -> Option<String> {
    let chart = chart(knowledge, role, place)?;
    let mut text = "Chart of pay a year.".to_owned();
    for range in &chart.ranges {
        let _ = write!(
            text,
            " {}: 10th percentile {}, median {}, 90th percentile {}.",
            range.label,
            wage(range.low),
            wage(range.median),
            wage(range.high)
        );
    }
    if let (Some(least), Some(most)) = (chart.dots.1.iter().min(), chart.dots.1.iter().max()) {
        let _ = write!(
            text,
            " {}: from {} to {}.",
            chart.dots.0,
            wage(Cell::Number(*least)),
            wage(Cell::Number(*most))
        );
    }
    Some(text.chars().take(1_000).collect())
}

fn chart(knowledge: &Knowledge, id: RoleId, place: Place) -> Option<Chart> {
    let role = knowledge.role(id);
    let figures = &knowledge.figures;
    let nation = |soc: SocCode, label: String| {
        figures.national.get(&soc).map(|row| Range {
            label,
            low: row.pct10,
            median: row.median,
            high: row.pct90,
        })
    };
    let local = |soc: SocCode, state: State, label: String| {
        figures.pay_in(soc, state).map(|row| Range {
            label,
            low: row.pct10,
            median: row.median,
            high: row.pct90,
        })
    };
    // What the figures cover is said where it is not this role alone.
    let name: String = if role.figures == crate::knowledge::terms::FigureMatch::Exact {
        role.title.clone()
    } else {
        format!("{} (figures of {})", role.title, role.group)
    };
    let name: String = name.chars().take(70).collect();
    let areas = &figures.areas;
    let place = match place {
        Place::Area(area)
            if areas
                .pay(role.soc, area)
                .is_none_or(|pay| pay.median.at_least().is_none()) =>
        {
            Place::State(*areas.get(area).states.first()?)
        }
        place => place,
    };
    let (ranges, dots): (Vec<Option<Range>>, (String, Vec<u32>)) = match place {
        Place::Area(area) => {
            let here = areas.get(area);
            let state = *here.states.first()?;
            let beside = areas
                .of_state(state)
                .filter_map(|id| areas.pay(role.soc, id)?.median.at_least())
                .collect();
            let own = areas.pay(role.soc, area).map(|pay| Range {
                label: here.name.clone(),
                low: pay.pct10,
                median: pay.median,
                high: pay.pct90,
            });
            let ranges = vec![
                own,
                local(role.soc, state, format!("{name}, {}", state.name())),
                nation(role.soc, format!("{name}, US")),
            ];
            (
                ranges,
                (
                    format!(
                        "Median of this role in each area of {}",
                        state.in_sentence()
                    ),
                    beside,
                ),
            )
        }
        Place::Country => {
            let medians = knowledge
                .roles
                .iter()
                .filter_map(|role| national(knowledge, role)?.median.at_least())
                .collect();
            (
                vec![
                    nation(role.soc, format!("{name}, US")),
                    nation(SocCode::ALL, "All jobs, US".to_owned()),
                ],
                ("Median of each role that I know".to_owned(), medians),
            )
        }
        Place::State(state) => {
            let medians = State::all()
                .filter_map(|state| figures.pay_in(role.soc, state)?.median.at_least())
                .collect();
            let ranges = vec![
                local(role.soc, state, format!("{name}, {}", state.name())),
                nation(role.soc, format!("{name}, US")),
                local(SocCode::ALL, state, format!("All jobs, {}", state.name())),
            ];
            (
                ranges,
                ("Median of this role in each state".to_owned(), medians),
            )
        }
    };
    let source = figures
        .national
        .get(&role.soc)
        .and_then(|row| knowledge.sources.get(&row.source));
    let source = source
        .map(|source| format!("Source: {}", source.named()))
        .unwrap_or_default();
    let ranges: Vec<Range> = ranges
        .into_iter()
        .flatten()
        .filter(|range| {
            [range.low, range.median, range.high]
                .iter()
                .any(|cell| cell.at_least().is_some())
        })
        .collect();
    (!ranges.is_empty()).then_some(Chart {
        ranges,
        dots,
        source,
    })
}

/// The end of the axis: the next whole step above the highest value.
fn axis(chart: &Chart) -> (u32, u32) {
    let values = chart
        .ranges
        .iter()
        .flat_map(|range| [range.low, range.median, range.high])
        .filter_map(Cell::at_least)
        .chain(chart.dots.1.iter().copied());
    let most = values.max().unwrap_or(0).max(50_000);
    let step = if most > 150_000 { 50_000 } else { 25_000 };
    (most.div_ceil(step) * step, step)
}

fn svg(chart: &Chart) -> String {
    let (end, step) = axis(chart);
    let x = |usd: u32| MARGIN + (WIDTH - 2.0 * MARGIN) * f64::from(usd) / f64::from(end);
    let rows = chart.ranges.len() + usize::from(!chart.dots.1.is_empty());
    let bottom = TOP + ROW * u32::try_from(rows).map_or(0.0, f64::from);
    let height = bottom + 60.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" font-family=\"DejaVu Sans\" font-size=\"13\" fill=\"#1b2733\"><rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>"
    );
    text(
        &mut svg,
        MARGIN,
        36.0,
        22,
        "start",
        "Pay a year: 10th to 90th percentile, line at the median",
    );
    for tick in (0..=end).step_by(usize::try_from(step).unwrap_or(usize::MAX)) {
        let at = x(tick);
        let _ = write!(
            svg,
            "<line x1=\"{at:.1}\" y1=\"{TOP}\" x2=\"{at:.1}\" y2=\"{bottom:.1}\" stroke=\"#d5dde3\"/>"
        );
        text(
            &mut svg,
            at,
            bottom + 20.0,
            16,
            "middle",
            &format!("${}k", tick / 1_000),
        );
    }
    let mut y = TOP;
    for (place, range) in chart.ranges.iter().enumerate() {
        let fill = if place == 0 { "#2a7f9e" } else { "#9fb4bf" };
        bar(&mut svg, y, range, &x, end, fill);
        y += ROW;
    }
    if !chart.dots.1.is_empty() {
        text(&mut svg, MARGIN, y + 20.0, 18, "start", &chart.dots.0);
        for usd in &chart.dots.1 {
            let _ = write!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"5\" fill=\"#c2571a\" fill-opacity=\"0.45\"/>",
                x(*usd),
                y + 42.0
            );
        }
    }
    text(&mut svg, MARGIN, bottom + 46.0, 13, "start", &chart.source);
    svg.push_str("</svg>");
    svg
}

fn bar(svg: &mut String, y: f64, range: &Range, x: &impl Fn(u32) -> f64, end: u32, fill: &str) {
    // The picture has room for so much beside the median; the words hold the whole label.
    const SHORT: usize = 46;
    const LONG: usize = 64;
    let length = range.label.chars().count();
    let cut = (length > LONG).then_some('…');
    let label: String = range
        .label
        .chars()
        .take(LONG - usize::from(cut.is_some()))
        .chain(cut)
        .collect();
    text(
        svg,
        MARGIN,
        y + 20.0,
        if length > SHORT { 13 } else { 18 },
        "start",
        &label,
    );
    text(
        svg,
        WIDTH - MARGIN,
        y + 20.0,
        18,
        "end",
        &format!("median {}", wage(range.median)),
    );
    let from = range.low.at_least().map(x);
    // A top-coded end is open: the bar runs to the edge, and the words say "at least".
    let to = if range.high == Cell::TopCoded {
        Some(x(end))
    } else {
        range.high.at_least().map(x)
    };
    if let (Some(from), Some(to)) = (from, to) {
        let _ = write!(
            svg,
            "<rect x=\"{from:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"20\" rx=\"3\" fill=\"{fill}\"/>",
            y + 30.0,
            (to - from).max(2.0)
        );
    }
    if let Some(at) = range.median.at_least().map(x) {
        let _ = write!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"4\" height=\"28\" fill=\"#1b2733\"/>",
            at - 2.0,
            y + 26.0
        );
    }
}

fn text(svg: &mut String, x: f64, y: f64, size: u8, anchor: &str, words: &str) {
    let words: String = words.chars().filter(|c| !c.is_control()).collect();
    let words = words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let _ = write!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" text-anchor=\"{anchor}\">{words}</text>"
    );
}

fn draw(svg: &str) -> Option<Vec<u8>> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(FONT.to_vec());
        Arc::new(fonts)
    });
    let options = Options {
        fontdb: fonts.clone(),
        font_family: "DejaVu Sans".to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).ok()?;
    let size = tree.size().to_int_size().scale_by(SCALE)?;
    let mut pixels = Pixmap::new(size.width(), size.height())?;
    resvg::render(
        &tree,
        Transform::from_scale(SCALE, SCALE),
        &mut pixels.as_mut(),
    );
    pixels.encode_png().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Topic;

    fn role(knowledge: &Knowledge, slug: &str) -> RoleId {
        match knowledge.find(slug) {
            Some(Topic::Role(id)) => id,
            _ => panic!("no role {slug}"),
        }
    }

    #[test]
    fn every_role_has_a_chart_and_words_for_it() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        for id in knowledge.role_ids() {
            let states =
                ["TX", "GU"].map(|code| Place::State(State::from_code(code).expect("a state")));
            let areas = knowledge.figures.areas.ids().step_by(97).map(Place::Area);
            for place in states.into_iter().chain([Place::Country]).chain(areas) {
                let chart = chart(&knowledge, id, place);
                assert_eq!(chart.is_some(), pay_alt(&knowledge, id, place).is_some());
                let Some(chart) = chart else { continue };
                let svg = svg(&chart);
                assert!(Tree::from_str(&svg, &Options::default()).is_ok(), "{svg}");
                assert!(
                    pay_alt(&knowledge, id, place)
                        .is_some_and(|alt| alt.len() <= 1_024 && alt.contains("median"))
                );
            }
        }
    }

    #[test]
    fn an_area_is_marked_beside_its_state_and_the_country() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let nurse = role(&knowledge, "registered-nurse");
        let houston = knowledge
            .figures
            .areas
            .area_of_city("Houston", None)
            .expect("an area");
        let alt = pay_alt(&knowledge, nurse, Place::Area(houston)).expect("words");
        for expected in [
            "Houston-Pasadena-The Woodlands, TX: 10th",
            "Registered nurse, Texas",
            "Registered nurse, US",
            "each area of Texas",
        ] {
            assert!(alt.contains(expected), "{expected}: {alt}");
        }
    }

    #[test]
    fn the_picture_is_a_png_in_which_the_letters_are_drawn() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let nurse = role(&knowledge, "registered-nurse");
        let png = pay_png(&knowledge, nurse, Place::Country).expect("a picture");
        assert!(
            png.starts_with(b"\x89PNG") && png.len() < 200_000,
            "{} bytes",
            png.len()
        );
        let chart = chart(&knowledge, nurse, Place::Country).expect("a chart");
        let mute = svg(&Chart {
            ranges: chart
                .ranges
                .iter()
                .map(|range| Range {
                    label: String::new(),
                    ..range.clone()
                })
                .collect(),
            ..chart
        });
        assert_ne!(
            draw(&mute),
            Some(png),
            "without its label the picture is another"
        );
    }
}
