//! Pictures of figures, as PNG, and the same in words.
//!
//! Pure: knowledge and a [`Picture`] in, a [`Chart`] out. The font is built in, so that a picture is the same on every machine.
//! One file a kind of chart; `canvas` is the card that all draw on, with `axis`, `ranges` and `words` for what several need.
//! Knows nothing of where a picture is shown.

use canvas::Drawn;

use crate::answer::picture::Picture;
use crate::knowledge::Knowledge;

mod axis;
mod canvas;
mod growth;
mod letters;
mod list;
mod of_role;
mod places;
mod ranges;
mod side_by_side;
mod states;
mod ways;
mod words;

/// Most characters of what is said of a chart: Discord takes so many. Source: Discord documentation, "Attachment Object".
const ALT: usize = 1_024;

/// A chart, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The picture, 1,040 pixels wide.
    pub png: Vec<u8>,
    /// What it shows in words, with all numbers; at most 1,024 characters.
    pub alt: String,
}

/// Draws a picture; `None` when no figure for it is published. Takes milliseconds of work, so leave the thread that answers.
pub fn draw(knowledge: &Knowledge, picture: &Picture) -> Option<Chart> {
    let Drawn { card, alt } = drawn(knowledge, picture)?;
    Some(Chart {
        png: card.png()?,
        alt: cut(alt),
    })
}

/// One line a kind of chart.
fn drawn(knowledge: &Knowledge, picture: &Picture) -> Option<Drawn> {
    match picture {
        Picture::Pay { role, place } => places::draw(knowledge, role, place),
        Picture::States { role, marked } => states::draw(knowledge, role, marked),
        Picture::Roles { roles, state } => side_by_side::draw(knowledge, roles, *state),
        Picture::Growth { roles } => growth::draw(knowledge, roles),
        Picture::List { roles, state } => list::draw(knowledge, roles, *state),
        Picture::Ways { code } => {
            ways::draw(knowledge, code).map(|(card, alt)| Drawn { card, alt })
        }
    }
}

/// At most [`ALT`] characters, counted in UTF-16 units, the stricter reading of Discord's "characters".
fn cut(alt: String) -> String {
    let units = |text: &str| text.encode_utf16().count();
    if units(&alt) <= ALT {
        return alt;
    }
    let mut room = ALT - 1;
    let fits = alt.chars().take_while(|c| {
        room = room.saturating_sub(c.len_utf16());
        room > 0
    });
    fits.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::picture::Place;
    use crate::knowledge::State;

    fn state(code: &str) -> State {
        State::from_code(code).expect("a state")
    }

    #[test]
    fn every_role_has_its_charts_and_words_for_them() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let areas = &knowledge.figures.areas;
        let codes: Vec<&str> = areas
            .ids()
            .step_by(97)
            .map(|id| areas.get(id).code.as_str())
            .collect();
        for (number, role) in knowledge.roles.iter().enumerate() {
            let slug = role.slug.to_string();
            let others: Vec<String> = knowledge
                .roles
                .iter()
                .skip(number)
                .step_by(9)
                .take(12)
                .map(|role| role.slug.to_string())
                .collect();
            let mut pictures: Vec<Picture> = codes
                .iter()
                .map(|code| Place::Area((*code).to_owned()))
                .chain([
                    Place::Country,
                    Place::State(state("TX")),
                    Place::State(state("GU")),
                ])
                .map(|place| Picture::Pay {
                    role: slug.clone(),
                    place,
                })
                .collect();
            for place in [None, Some(state("TX"))] {
                let roles = others.clone();
                pictures.push(Picture::Roles {
                    roles: roles.clone(),
                    state: place,
                });
                pictures.push(Picture::List {
                    roles,
                    state: place,
                });
            }
            pictures.push(Picture::States {
                role: slug,
                marked: vec![state("TX")],
            });
            pictures.push(Picture::Growth { roles: others });
            for picture in pictures {
                let Some(Drawn { card, alt }) = drawn(&knowledge, &picture) else {
                    continue;
                };
                let alt = cut(alt);
                assert!(
                    alt.chars().count() <= ALT && alt.contains(char::is_numeric),
                    "{alt}"
                );
                assert!(!card.words().contains(&"$0k"), "{card:?}");
                assert!(!format!("{card:?}").contains("NaN"), "{card:?}");
            }
        }
    }

    #[test]
    fn ways_are_drawn_with_pay_now_and_told_with_all_numbers() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let tag = |slug: &str| format!("{:08x}", crate::knowledge::names::tag_of(slug));
        let assistant = tag("nursing-assistant");
        let (words, alt) = shown(&Picture::Ways {
            code: format!("r{assistant}_nh19_pOH_m36"),
        });
        for expected in ["now", "you now: $39,520", "Pay: Ohio.", "not a promise"] {
            assert!(words.contains(expected), "{expected}: {words}");
        }
        for expected in [
            "You now: $39,520 a year",
            " 1. ",
            " 3. ",
            "median $",
            "(Ohio)",
        ] {
            assert!(alt.contains(expected), "{expected}: {alt}");
        }
        // Whatever is wanted, a chart is drawn or there is none, and its words are short enough.
        for id in knowledge.role_ids() {
            let slug = knowledge.role(id).slug.as_str();
            for code in [
                format!("r{}", tag(slug)),
                format!("r{assistant}_t{}_pGU", tag(slug)),
                format!("s{}_q{}", tag("high-school"), tag(slug)),
            ] {
                let Some(Drawn { card, alt }) = drawn(&knowledge, &Picture::Ways { code }) else {
                    continue;
                };
                assert!(!format!("{card:?}").contains("NaN"), "{card:?}");
                assert!(alt.contains(" 1. "), "{alt}");
            }
        }
        let broken = Picture::Ways {
            code: "zzz".to_owned(),
        };
        assert!(draw(&knowledge, &broken).is_none());
    }

    /// The words on a chart, and those about it.
    fn shown(picture: &Picture) -> (String, String) {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let Drawn { card, alt } = drawn(&knowledge, picture).expect("a chart");
        (card.words().join("\n"), alt)
    }

    #[test]
    fn an_area_is_marked_beside_its_state_and_the_country() {
        let picture = Picture::Pay {
            role: "registered-nurse".to_owned(),
            place: Place::Area("0026420".to_owned()),
        };
        let (words, alt) = shown(&picture);
        for expected in [
            "Houston-Pasadena-The Woodlands, TX: 10th",
            " Texas: 10th",
            " United States: 10th",
            "one area of Texas",
        ] {
            assert!(alt.contains(expected), "{expected}: {alt}");
        }
        assert!(
            words.contains("Houston-Pasadena-The Woodlands, TX $"),
            "the marked dot is named"
        );
    }

    #[test]
    fn the_asker_s_state_and_the_outliers_are_named() {
        let role = "registered-nurse".to_owned();
        let texas = state("TX");
        for picture in [
            Picture::Pay {
                role: role.clone(),
                place: Place::State(texas),
            },
            Picture::States {
                role,
                marked: vec![texas],
            },
        ] {
            let (words, _) = shown(&picture);
            for name in ["Texas $", "Puerto Rico $", "California $"] {
                assert!(words.contains(name), "{name}: {words}");
            }
        }
    }

    #[test]
    fn the_words_of_a_map_hold_every_state() {
        let (_, alt) = shown(&Picture::States {
            role: "registered-nurse".to_owned(),
            marked: Vec::new(),
        });
        assert!(alt.chars().count() <= ALT, "{alt}");
        for state in State::all().filter(|state| state.code() != "GU") {
            assert!(
                alt.contains(&format!("{} $", state.code())),
                "{}: {alt}",
                state.code()
            );
        }
    }

    #[test]
    fn the_picture_is_a_png_in_which_the_letters_are_drawn() {
        let picture = Picture::Roles {
            roles: vec!["registered-nurse".to_owned(), "pharmacist".to_owned()],
            state: None,
        };
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let chart = draw(&knowledge, &picture).expect("a chart");
        assert!(
            chart.png.starts_with(b"\x89PNG") && chart.png.len() < 200_000,
            "{} bytes",
            chart.png.len()
        );
        let Picture::Roles { roles, .. } = picture else {
            return;
        };
        let other = Picture::Roles {
            roles: roles.into_iter().rev().collect(),
            state: None,
        };
        assert_ne!(draw(&knowledge, &other), Some(chart));
    }

    #[test]
    fn words_are_cut_by_the_stricter_count() {
        for long in ["x".repeat(3_000), "😀".repeat(1_000)] {
            let cut = cut(long);
            assert!(
                cut.encode_utf16().count() <= ALT && cut.ends_with('…'),
                "{cut}"
            );
        }
        assert_eq!(cut("short".to_owned()), "short");
    }

    #[test]
    fn what_is_not_known_has_no_chart() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        for picture in [
            Picture::Growth {
                roles: vec!["no-such-role".to_owned()],
            },
            Picture::List {
                roles: vec!["registered-nurse".to_owned()],
                state: None,
            },
            Picture::Pay {
                role: "registered-nurse".to_owned(),
                place: Place::Area("9".to_owned()),
            },
        ] {
            assert_eq!(draw(&knowledge, &picture), None, "{picture:?}");
        }
    }
}
