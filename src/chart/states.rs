//! What a role pays in every state: a map of tiles, one a state, each about where the state lies.

use super::canvas::{
    Anchor, Canvas, Colour, Drawn, INK, LEFT, Letters, MARK, NAMED, RIGHT, SMALL, TOP,
};
use super::{of_role, words};
use crate::answer::wording::wage;
use crate::explore::national;
use crate::knowledge::{Cell, Knowledge, State};

/// The map, row by row from the north; a dot is an empty place. Territories stand in the south.
const MAP: [&str; 8] = [
    "AK .  .  .  .  .  .  .  .  .  ME",
    ".  .  .  .  .  .  .  .  .  VT NH",
    "WA ID MT ND MN IL WI MI NY RI MA",
    "OR NV WY SD IA IN OH PA NJ CT . ",
    "CA UT CO NE MO KY WV VA MD DE . ",
    ".  AZ NM KS AR TN NC SC DC .  . ",
    ".  .  .  OK LA MS AL GA .  .  . ",
    "HI GU .  TX .  .  .  .  FL PR VI",
];
const COLUMNS: f32 = 11.0;
const TILE: (f32, f32) = (44.0, 34.0);
const GAP: f32 = 2.0;
/// Fills from the lowest fifth of the states to the highest, and the letters on each.
const FIFTHS: [(Colour, Colour); 5] = [
    (0x21_41_4d, INK),
    (0x2a_5f_70, INK),
    (0x34_7f_95, INK),
    (0x62_b3_c6, 0x10_22_2a),
    (0xab_e0_ea, 0x10_22_2a),
];
/// The fill of a state whose figure is not released.
const UNKNOWN: (Colour, Colour) = (0x3a_3d_44, 0x8d_92_9c);

/// Draws it; `None` where fewer than two states have a figure.
pub(super) fn draw(knowledge: &Knowledge, slug: &str, marked: &[State]) -> Option<Drawn> {
    let role = of_role::role(knowledge, slug)?;
    let median = |state: State| Some(knowledge.figures.pay_in(role.soc, state)?.median);
    let mut known: Vec<(u32, State, Cell)> = State::all()
        .filter_map(|state| {
            let cell = median(state)?;
            Some((cell.at_least()?, state, cell))
        })
        .collect();
    known.sort_by_key(|(usd, state, _)| (*usd, *state));
    let (least, most) = (known.first()?, known.last().filter(|_| known.len() > 1)?);
    let mut canvas = Canvas::new(
        &format!("{}: median pay by state", of_role::label(role)),
        "Thousand dollars a year. The lighter, the higher.",
    );
    let said = |(_, state, cell): &(u32, State, Cell)| format!("{} {}", state.name(), wage(*cell));
    let own = known.iter().filter(|(_, state, _)| marked.contains(state));
    // The north holds no tiles but the corners': there is room for words.
    let x = LEFT + TILE.0 + 14.0;
    let lines = [
        (SMALL, format!("Highest: {}", said(most))),
        (SMALL, format!("Lowest: {}", said(least))),
    ];
    let lines = lines
        .into_iter()
        .chain(own.clone().take(1).map(|own| (NAMED, said(own))));
    for (line, (style, words)) in (0_u8..).zip(lines) {
        let y = TOP + 15.0 + 18.0 * f32::from(line);
        canvas.text(x, y, style, Anchor::Start, &words);
    }
    for (y, row) in (0_u8..).zip(MAP) {
        for (x, code) in (0_u8..).zip(row.split_whitespace()) {
            let Some(state) = State::from_code(code) else {
                continue;
            };
            let at = (
                LEFT + f32::from(x) * (RIGHT - LEFT) / COLUMNS,
                TOP + f32::from(y) * (TILE.1 + GAP),
            );
            let place = known.iter().position(|(_, known, _)| *known == state);
            let fill = place
                .and_then(|place| FIFTHS.get(place * FIFTHS.len() / known.len()))
                .unwrap_or(&UNKNOWN);
            let cell = place.map_or(Cell::NotReleased, |place| known[place].2);
            tile(&mut canvas, at, state, cell, *fill);
        }
    }
    // The outlines last: they stand over the tiles beside.
    for (y, row) in (0_u8..).zip(MAP) {
        for (x, code) in (0_u8..).zip(row.split_whitespace()) {
            if State::from_code(code).is_some_and(|state| marked.contains(&state)) {
                let at = (
                    LEFT + f32::from(x) * (RIGHT - LEFT) / COLUMNS,
                    TOP + f32::from(y) * (TILE.1 + GAP),
                );
                canvas.outline(at, (TILE.0 - GAP, TILE.1), MARK);
            }
        }
    }
    let rows = u8::try_from(MAP.len()).map_or(0.0, f32::from);
    let source = national(knowledge, role).map(|row| &row.source);
    let remarks = of_role::remarks(knowledge, &[role], source.into_iter());
    Some(Drawn {
        card: canvas.finish(TOP + rows * (TILE.1 + GAP), &remarks),
        alt: alt(&of_role::spoken(role), &known),
    })
}

fn tile(
    canvas: &mut Canvas,
    (x, y): (f32, f32),
    state: State,
    cell: Cell,
    (fill, ink): (Colour, Colour),
) {
    canvas.rect((x, y), (TILE.0 - GAP, TILE.1), 4.0, fill);
    let letters = |size, bold| Letters {
        size,
        fill: ink,
        bold,
    };
    let middle = x + (TILE.0 - GAP) / 2.0;
    canvas.text(
        middle,
        y + 13.5,
        letters(11.0, false),
        Anchor::Middle,
        state.code(),
    );
    let figure = match cell {
        Cell::Number(usd) => words::short(usd).trim_matches(['$', 'k']).to_owned(),
        Cell::TopCoded => cell
            .at_least()
            .map(|usd| format!("{}+", usd / 1_000))
            .unwrap_or_default(),
        Cell::NotReleased => "–".to_owned(),
    };
    canvas.text(
        middle,
        y + 28.0,
        letters(13.0, true),
        Anchor::Middle,
        &figure,
    );
}

/// All figures, highest first, by postal code, and what is not there.
fn alt(name: &str, known: &[(u32, State, Cell)]) -> String {
    let all: Vec<String> = known
        .iter()
        .rev()
        .map(|(usd, state, cell)| match cell {
            Cell::TopCoded => format!("{} at least {}", state.code(), words::short(*usd)),
            _ => format!("{} {}", state.code(), words::short(*usd)),
        })
        .collect();
    format!(
        "Map of the median pay a year of {name} by state, highest first: {}.",
        all.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_territory_has_one_tile() {
        let mut tiles: Vec<&str> = MAP
            .iter()
            .flat_map(|row| row.split_whitespace())
            .filter(|code| *code != ".")
            .collect();
        tiles.sort_unstable();
        let all: Vec<&str> = State::all().map(State::code).collect();
        assert_eq!(tiles, all);
        assert!(MAP.iter().all(|row| row.split_whitespace().count() == 11));
    }
}
