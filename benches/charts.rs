//! What a chart costs to draw, and how it looks.
//!
//! `cargo bench --bench charts` draws each kind of chart thirty times and prints the median and the slowest in milliseconds, and
//! the size of the PNG; with `-- --out FOLDER` it writes the pictures and their words there, to be looked at. Without `--profile
//! release` (`cargo bench --profile dev`) the letters and lines cost the same, as what draws them is optimized in every build.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that can't be set up has failed, and it reports on standard output"
)]

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use careerbot::answer::picture::{Picture, Place};
use careerbot::chart;
use careerbot::knowledge::{State, load_shipped};

const ROUNDS: usize = 30;

fn main() {
    let out = out();
    let knowledge = load_shipped().expect("the shipped knowledge");
    for (name, picture) in pictures() {
        let mut times: Vec<f64> = (0..ROUNDS)
            .map(|_| {
                let begun = Instant::now();
                let chart = chart::draw(&knowledge, &picture).expect("a chart");
                assert!(!chart.png.is_empty());
                begun.elapsed().as_secs_f64() * 1_000.0
            })
            .collect();
        // The first of all reads the font.
        let first = times[0];
        times.sort_by(f64::total_cmp);
        let chart = chart::draw(&knowledge, &picture).expect("a chart");
        println!(
            "{name:>14}: median {:5.1} ms, slowest {:5.1} ms, first {first:5.1} ms, {:3} KB",
            times[ROUNDS / 2],
            times[ROUNDS - 1],
            chart.png.len() / 1_024
        );
        if let Some(folder) = &out {
            fs::write(folder.join(format!("{name}.png")), &chart.png).expect("a folder");
            fs::write(folder.join(format!("{name}.txt")), &chart.alt).expect("a folder");
        }
    }
}

/// The folder behind `--out`.
fn out() -> Option<PathBuf> {
    let mut words = std::env::args().skip_while(|word| word != "--out");
    let folder = PathBuf::from(words.nth(1)?);
    fs::create_dir_all(&folder).expect("a folder");
    Some(folder)
}

/// One picture of each kind, and those in which something is far from the rest, long, negative or missing.
fn pictures() -> Vec<(&'static str, Picture)> {
    let state = |code| State::from_code(code).expect("a state");
    let slugs = |slugs: &[&str]| {
        slugs
            .iter()
            .map(|slug| (*slug).to_owned())
            .collect::<Vec<_>>()
    };
    let nurse = || "registered-nurse".to_owned();
    let pay = |role: &str, place| Picture::Pay {
        role: role.to_owned(),
        place,
    };
    let ways = |code: &str| Picture::Ways {
        code: code.to_owned(),
    };
    vec![
        ("ways", ways("rc91cc18d_nh19_pOH_m36")),
        ("ways-no-pay", ways("s71589d0c_m24")),
        ("ways-goal", ways("r4161f664_nh28_td6cb21d8_a0018140")),
        ("pay", pay("registered-nurse", Place::Country)),
        (
            "pay-state",
            pay("registered-nurse", Place::State(state("TX"))),
        ),
        (
            "pay-area",
            pay("registered-nurse", Place::Area("0026420".to_owned())),
        ),
        (
            "pay-group",
            pay("health-informatics-specialist", Place::State(state("PR"))),
        ),
        (
            "states",
            Picture::States {
                role: nurse(),
                marked: vec![state("TX")],
            },
        ),
        (
            "roles",
            Picture::Roles {
                roles: slugs(&["registered-nurse", "respiratory-therapist"]),
                state: None,
            },
        ),
        (
            "roles-four",
            Picture::Roles {
                roles: slugs(&[
                    "nurse-anesthetist",
                    "pharmacist",
                    "medical-assistant",
                    "diagnostic-medical-sonographer",
                ]),
                state: Some(state("CA")),
            },
        ),
        (
            "growth",
            Picture::Growth {
                roles: slugs(&["nurse-practitioner"]),
            },
        ),
        (
            "growth-mixed",
            Picture::Growth {
                roles: slugs(&[
                    "medical-transcriptionist",
                    "registered-nurse",
                    "home-health-aide",
                    "telehealth-coordinator",
                ]),
            },
        ),
        (
            "list",
            Picture::List {
                roles: slugs(&[
                    "nurse-anesthetist",
                    "pharmacist",
                    "physician-assistant",
                    "nurse-practitioner",
                    "registered-nurse",
                    "dental-hygienist",
                    "respiratory-therapist",
                    "health-informatics-specialist",
                    "medical-assistant",
                    "home-health-aide",
                ]),
                state: None,
            },
        ),
    ]
}
