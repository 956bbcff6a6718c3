//! `careerbot preview FOLDER`: draws how the main replies look on Discord, one SVG each.
//!
//! The replies are the rendered ones, so a picture shows what members get. Knows which replies to show; how they are
//! drawn stands in `drawing` and `ink`.

mod drawing;
mod ink;

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;

use crate::advisor::Advisor;
use crate::answer::Answer;
use crate::chart;
use crate::cli::failure::Failure;
use crate::cli::io::Io;
use crate::cli::open;
use crate::config::Config;
use crate::discord::message::{File, Message};
use crate::discord::render::{self, View};
use crate::knowledge::Topic;

/// Where to write the pictures.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder for the pictures; it is made where it is missing
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

/// A reply to draw.
struct Scene {
    /// File name, without its extension.
    name: &'static str,
    /// What the member typed.
    typed: &'static str,
    /// The reply; `None` when the knowledge has no such role or trend.
    reply: fn(&Advisor) -> Option<Message>,
}

const SCENES: &[Scene] = &[
    Scene {
        name: "ask",
        typed: "/ask how much does a nurse practitioner make in Texas?",
        reply: |advisor| ask(advisor, "how much does a nurse practitioner make in Texas?"),
    },
    Scene {
        name: "list",
        typed: "/ask remote jobs without a bachelor's degree",
        reply: |advisor| ask(advisor, "remote jobs without a bachelor's degree"),
    },
    Scene {
        name: "clarify",
        typed: "/ask what does a tech earn?",
        reply: |advisor| ask(advisor, "what does a tech earn?"),
    },
    Scene {
        name: "not-covered",
        typed: "/ask is my knee pain serious?",
        reply: |advisor| ask(advisor, "is my knee pain serious?"),
    },
    Scene {
        name: "role",
        typed: "/role telehealth-coordinator",
        reply: |advisor| shown(advisor.role("telehealth-coordinator")),
    },
    Scene {
        name: "compare",
        typed: "/compare registered-nurse licensed-practical-nurse",
        reply: |advisor| shown(advisor.compare(&["registered-nurse", "licensed-practical-nurse"])),
    },
    Scene {
        name: "trend",
        typed: "/trend telehealth-expansion",
        reply: |advisor| shown(advisor.trend("telehealth-expansion")),
    },
    Scene { name: "trends", typed: "/trends", reply: |advisor| shown(Some(advisor.trends())) },
    Scene { name: "pay", typed: "/pay registered-nurse", reply: |advisor| pay(advisor, "registered-nurse") },
];

/// Draws every scene into the folder.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let advisor = open::advisor(config)?;
    let at = |what: &str| format!("cannot {what} {}", args.folder.display());
    fs::create_dir_all(&args.folder).with_context(|| at("make"))?;
    for scene in SCENES {
        let Some(message) = (scene.reply)(&advisor) else {
            writeln!(io.err, "{}: left out, the knowledge does not hold it", scene.name)?;
            continue;
        };
        let path = args.folder.join(format!("{}.svg", scene.name));
        fs::write(&path, drawing::svg(scene.typed, &message)).with_context(|| at("write to"))?;
        writeln!(io.out, "{}", path.display())?;
    }
    Ok(())
}

fn ask(advisor: &Advisor, question: &str) -> Option<Message> {
    shown(Some(advisor.ask(question)))
}

fn shown(answer: Option<Answer>) -> Option<Message> {
    Some(render::answer(&answer?, &View::default()))
}

fn pay(advisor: &Advisor, slug: &str) -> Option<Message> {
    let mut message = shown(advisor.pay(slug, None))?;
    let knowledge = advisor.knowledge();
    if let Some(Topic::Role(role)) = knowledge.find(slug) {
        let picture = chart::pay_png(&knowledge, role, None).zip(chart::pay_alt(&knowledge, role, None));
        message.file = picture.map(|(bytes, alt)| File { name: "pay.png".to_owned(), alt, bytes });
    }
    Some(message)
}
