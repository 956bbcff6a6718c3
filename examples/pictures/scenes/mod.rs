//! Draws how the main replies look on Discord, one SVG each.
//!
//! A made-up member types and presses, the real dispatch answers, and its replies are drawn. Knows which replies to show;
//! how they come about stands in `play`, how they are drawn in `drawing` and `ink`.

mod drawing;
mod ink;
mod moderators;
mod play;
mod trends;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;

use self::play::{Deed, play};
use careerbot::advisor::Advisor;
use careerbot::discord::App;
use careerbot::discord::message::body::Message;
use careerbot::knowledge;

/// A reply to draw.
struct Scene {
    /// File name, without its extension.
    name: &'static str,
    /// What stands above the reply behind the member's name: what they did.
    did: &'static str,
    /// What the member does.
    deeds: &'static [Deed],
}

const RN: &str = "registered-nurse";

const SCENES: &[Scene] = &[
    Scene {
        name: "ask",
        did: "used /ask how much does a nurse practitioner make in Texas?",
        deeds: &[Deed::Type(
            "ask",
            &[(
                "question",
                "how much does a nurse practitioner make in Texas?",
            )],
        )],
    },
    Scene {
        name: "list",
        did: "used /ask remote jobs without a bachelor's degree",
        deeds: &[Deed::Type(
            "ask",
            &[("question", "remote jobs without a bachelor's degree")],
        )],
    },
    Scene {
        name: "clarify",
        did: "used /ask what does a tech earn?",
        deeds: &[Deed::Type("ask", &[("question", "what does a tech earn?")])],
    },
    Scene {
        name: "not-covered",
        did: "used /ask is my knee pain serious?",
        deeds: &[Deed::Type(
            "ask",
            &[("question", "is my knee pain serious?")],
        )],
    },
    Scene {
        name: "role",
        did: "used /role name: Telehealth coordinator",
        deeds: &[Deed::Type("role", &[("name", "telehealth-coordinator")])],
    },
    Scene {
        name: "compare",
        did: "used /compare first: Registered nurse second: Licensed practical nurse",
        deeds: &[Deed::Type(
            "compare",
            &[("first", RN), ("second", "licensed-practical-nurse")],
        )],
    },
    Scene {
        name: "pay",
        did: "used /pay role: Registered nurse state: Ohio",
        deeds: &[Deed::Type("pay", &[("role", RN), ("state", "OH")])],
    },
    Scene {
        name: "explore",
        did: "used /explore training: An associate's degree at most growth: Grows by 10% or more",
        deeds: &[Deed::Type("explore", &[("training", "a"), ("growth", "v")])],
    },
    Scene {
        name: "trend",
        did: "used /trend name: Telehealth expansion",
        deeds: &[Deed::Type("trend", &[("name", "telehealth-expansion")])],
    },
    Scene {
        name: "trends",
        did: "used /trends",
        deeds: &[Deed::Type("trends", &[])],
    },
    Scene {
        name: "quiz",
        did: "used /quiz",
        deeds: &[Deed::Type("quiz", &[]), Deed::Press("Yes")],
    },
    Scene {
        name: "quiz-end",
        did: "used /quiz, after twelve answers",
        deeds: &[
            Deed::Type("quiz", &[]),
            Deed::Press("Yes"),
            Deed::Press("No"),
            Deed::Press("Yes"),
            Deed::PressTimes("Not sure", 4),
            Deed::Press("Yes"),
            Deed::PressTimes("No", 4),
        ],
    },
    Scene {
        name: "mention",
        did: "wrote: @careerbot what does a phlebotomist earn in Ohio?",
        deeds: &[Deed::Mention("what does a phlebotomist earn in Ohio?")],
    },
    Scene {
        name: "answer-this",
        did: "chose Apps, Answer this on a message of kim",
        deeds: &[Deed::AnswerThis(
            "do paramedics need a degree, or is a certificate enough?",
        )],
    },
    Scene {
        name: "list-more",
        did: "pressed More under a list",
        deeds: &[
            Deed::Type("ask", &[("question", "jobs without patient contact")]),
            Deed::Press("More"),
        ],
    },
    Scene {
        name: "more",
        did: "pressed More",
        deeds: &[Deed::Type("role", &[("name", RN)]), Deed::Press("More")],
    },
    Scene {
        name: "share",
        did: "pressed Share",
        deeds: &[
            Deed::Type(
                "ask",
                &[("question", "do I need a license to be a medical assistant?")],
            ),
            Deed::Press("Share"),
        ],
    },
    Scene {
        name: "wait",
        did: "used /ask, for the eleventh time in a row",
        deeds: &[Deed::TypeTooOften("ask", &[("question", "rn pay")])],
    },
    Scene {
        name: "plain",
        did: "used /pay role: Pharmacist, where the bot lacks Embed Links",
        deeds: &[Deed::TypeWithoutEmbeds("pay", &[("role", "pharmacist")])],
    },
    Scene {
        name: "help",
        did: "used /help",
        deeds: &[Deed::Type("help", &[])],
    },
];

/// Draws every scene into the folder; gives the files. A scene whose role or trend the knowledge does not hold is left out.
pub(crate) fn draw_all(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let knowledge = knowledge::load_shipped()
        .map_err(|problems| anyhow::anyhow!("{} problems in the knowledge", problems.len()))?;
    let advisor = Arc::new(Advisor::in_memory(knowledge)?);
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    let mut drawn = Vec::new();
    for scene in SCENES {
        // A new app for each, so that no scene is part of the talk or of the haste of another.
        let app = App::new(Arc::clone(&advisor));
        let message = runtime.block_on(play(&app, scene.deeds, jiff::Timestamp::now()));
        drawn.extend(draw(folder, scene.name, scene.did, message)?);
    }
    for scene in moderators::SCENES.iter().chain(trends::SCENES) {
        drawn.extend(draw(
            folder,
            scene.name,
            scene.did,
            (scene.message)(&advisor),
        )?);
    }
    Ok(drawn)
}

fn draw(
    folder: &Path,
    name: &str,
    did: &str,
    message: Option<Message>,
) -> anyhow::Result<Option<PathBuf>> {
    let Some(message) = message else {
        return Ok(None);
    };
    let path = folder.join(format!("{name}.svg"));
    fs::write(&path, drawing::svg(did, &message))
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(Some(path))
}
