//! The chart beside an answer: drawn in time or left out, and known again by the name of its file.

use std::sync::Arc;
use std::time::Duration;

use crate::answer::picture::{Picture, Place};
use crate::answer::{Answer, paths};
use crate::chart;
use crate::discord::app::App;
use crate::discord::message::body::{File, Message};
use crate::discord::message::custom_id::Tag;
use crate::knowledge::{Knowledge, State};

/// How long an answer waits for its chart, which says nothing that the text does not: less than an answer may take in all.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// The message that shows an answer, with the answer's chart where it has one.
pub(crate) async fn beside(app: &App, answer: &Answer, message: Message) -> Message {
    with(app, answer.picture.clone(), message).await
}

/// A message with the chart of a picture.
pub(crate) async fn with(app: &App, picture: Option<Picture>, message: Message) -> Message {
    match picture {
        Some(picture) => Message {
            file: file(app, picture).await,
            ..message
        },
        None => message,
    }
}

/// The chart of a picture; `None` when no figure is published, or when the machine is too busy to draw it in time.
/// Drawing takes milliseconds, so it leaves this thread.
pub(crate) async fn file(app: &App, picture: Picture) -> Option<File> {
    let knowledge = app.advisor().knowledge();
    let (edition, name) = (knowledge.fingerprint, name(&picture));
    let file = |chart: &chart::Chart| File {
        name,
        alt: chart.alt.clone(),
        bytes: chart.png.clone(),
    };
    if let Some(chart) = app.chart_cache().find(edition, &picture) {
        return Some(file(&chart));
    }
    let leave = app.chart_cache().leave()?;
    let app = app.clone();
    let drawing = tokio::task::spawn_blocking(move || {
        let _until_drawn = leave;
        let chart = Arc::new(chart::draw(&knowledge, &picture)?);
        if !picture.is_personal() {
            app.chart_cache().keep(edition, picture, chart.clone());
        }
        Some(chart)
    });
    let chart = in_time(PATIENCE, drawing).await?.ok().flatten()?;
    Some(file(&chart))
}

async fn in_time<T>(patience: Duration, drawing: impl Future<Output = T>) -> Option<T> {
    let drawn = tokio::time::timeout(patience, drawing).await.ok();
    if drawn.is_none() {
        tracing::warn!("a chart is not drawn in time; its answer goes without");
    }
    drawn
}

/// The whole US in the name of a file.
const COUNTRY: &str = "US";

/// The name of a chart's file, from which [`named`] knows it again: its kind, what of, and where.
fn name(picture: &Picture) -> String {
    let code = |state: &Option<State>| state.map_or(COUNTRY, State::code).to_owned();
    let (kind, of, place) = match picture {
        Picture::Pay { role, place } => {
            let place = match place {
                Place::Country => COUNTRY.to_owned(),
                Place::State(state) => state.code().to_owned(),
                Place::Area(code) => code.clone(),
            };
            ("pay", role.clone(), place)
        }
        Picture::States { role, marked } => {
            let codes: Vec<&str> = marked.iter().map(|state| state.code()).collect();
            let place = if codes.is_empty() {
                COUNTRY.to_owned()
            } else {
                codes.join(".")
            };
            ("states", role.clone(), place)
        }
        Picture::Roles { roles, state } => ("roles", tags(roles), code(state)),
        Picture::Growth { roles } => ("growth", tags(roles), COUNTRY.to_owned()),
        Picture::List { roles, state } => ("list", tags(roles), code(state)),
        Picture::Ways { code } => ("ways", code.clone(), COUNTRY.to_owned()),
    };
    format!("{kind}-{of}-{place}.png")
}

/// What the chart of that file name shows.
pub(crate) fn named(knowledge: &Knowledge, file: &str) -> Option<Picture> {
    let (kind, rest) = file.strip_suffix(".png")?.split_once('-')?;
    let (of, place) = rest.rsplit_once('-')?;
    let role = of.to_owned();
    let state = || match place {
        COUNTRY => Some(None),
        code => State::from_code(code).map(Some),
    };
    Some(match kind {
        "pay" => Picture::Pay {
            role,
            place: match (place, State::from_code(place)) {
                (COUNTRY, _) => Place::Country,
                (_, Some(state)) => Place::State(state),
                (code, None) => {
                    knowledge.figures.areas.by_code(code)?;
                    Place::Area(code.to_owned())
                }
            },
        },
        "states" => Picture::States {
            role,
            marked: match place {
                COUNTRY => Vec::new(),
                codes => codes
                    .split('.')
                    .map(State::from_code)
                    .collect::<Option<_>>()?,
            },
        },
        "roles" => Picture::Roles {
            roles: slugs(knowledge, of)?,
            state: state()?,
        },
        "growth" => Picture::Growth {
            roles: slugs(knowledge, of)?,
        },
        "list" => Picture::List {
            roles: slugs(knowledge, of)?,
            state: state()?,
        },
        "ways" => {
            paths::code::read(knowledge, of)?;
            Picture::Ways {
                code: of.to_owned(),
            }
        }
        _ => return None,
    })
}

/// Slugs as tags, which have one length each.
fn tags(slugs: &[String]) -> String {
    let tags: Vec<String> = slugs
        .iter()
        .map(|slug| format!("{:08x}", Tag::of(slug).0))
        .collect();
    tags.join(".")
}

fn slugs(knowledge: &Knowledge, tags: &str) -> Option<Vec<String>> {
    tags.split('.')
        .map(|tag| {
            let topic = Tag(u32::from_str_radix(tag, 16).ok()?).find(knowledge)?;
            Some(knowledge.slug(topic).to_string())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_chart_that_takes_too_long_does_not_hold_the_answer_up() {
        assert_eq!(
            in_time(Duration::from_millis(1), std::future::pending::<()>()).await,
            None
        );
        assert_eq!(in_time(PATIENCE, async { 1 }).await, Some(1));
    }

    #[test]
    fn a_file_name_says_what_the_chart_shows() {
        let knowledge = crate::knowledge::load_shipped().expect("the shipped knowledge loads");
        let texas = State::from_code("TX").expect("a state");
        let role = "registered-nurse".to_owned();
        let roles = vec![role.clone(), "pharmacist".to_owned()];
        let place = |place| Picture::Pay {
            role: role.clone(),
            place,
        };
        for (picture, file) in [
            (place(Place::Country), "pay-registered-nurse-US.png"),
            (place(Place::State(texas)), "pay-registered-nurse-TX.png"),
            (
                place(Place::Area("0026420".to_owned())),
                "pay-registered-nurse-0026420.png",
            ),
            (
                Picture::States {
                    role: role.clone(),
                    marked: Vec::new(),
                },
                "states-registered-nurse-US.png",
            ),
            (
                Picture::States {
                    role: role.clone(),
                    marked: vec![texas, texas],
                },
                "states-registered-nurse-TX.TX.png",
            ),
            (
                Picture::Growth {
                    roles: vec![role.clone()],
                },
                "growth-199acf95-US.png",
            ),
        ] {
            assert_eq!(name(&picture), file);
            assert_eq!(named(&knowledge, file), Some(picture));
        }
        for state in [None, Some(texas)] {
            for picture in [
                Picture::Roles {
                    roles: roles.clone(),
                    state,
                },
                Picture::List {
                    roles: roles.clone(),
                    state,
                },
            ] {
                assert_eq!(named(&knowledge, &name(&picture)), Some(picture));
            }
        }
        for other in [
            "",
            "pay.png",
            "pay-US.png",
            "pay-x-ZZ.png",
            "pay-x-9999999.png",
            "roles-00000000-US.png",
            "states-x-TX.ZZ.png",
            "cat-x-US.png",
            "cat.png",
        ] {
            assert_eq!(named(&knowledge, other), None, "{other}");
        }
    }
}
