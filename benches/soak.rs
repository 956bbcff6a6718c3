//! Many questions in a row: whether memory grows, and which inputs are the slowest.
//!
//! `cargo bench --bench soak -- 1000000` asks a million questions (default 20,000). One in eight is hostile: 4,000 characters,
//! right-to-left marks, markdown bombs, emoji, SQL, combining marks. It prints the resident memory while it goes and the
//! slowest inputs, by kind, because a question is never printed as it was asked.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that can't be set up has failed, and it reports on standard output"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use careerbot::advisor::Advisor;
use careerbot::knowledge::load_shipped;

/// How many of the slowest inputs are printed.
const SLOWEST: usize = 10;

fn main() {
    let many: usize = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(20_000);
    let advisor =
        Advisor::in_memory(load_shipped().expect("the shipped knowledge")).expect("an advisor");
    let questions = questions();
    let hostile = hostile();
    let mut slowest: Vec<(Duration, String)> = Vec::new();
    let mut begun = None;
    let start = Instant::now();
    for number in 0..many {
        let (kind, input) = if number % 8 == 7 {
            let (kind, make) = &hostile[number / 8 % hostile.len()];
            (format!("hostile: {kind}"), make(number))
        } else {
            let line = number % questions.len();
            // A number at the end makes most inputs new ones: a cache of whole questions would not help here.
            (
                format!("line {} of working.jsonl", line + 1),
                format!("{} {number}", questions[line]),
            )
        };
        let asked = Instant::now();
        black_box(advisor.ask(black_box(&input)));
        let took = asked.elapsed();
        if slowest.len() < SLOWEST || took > slowest[slowest.len() - 1].0 {
            slowest.push((
                took,
                format!("{kind}, {} characters", input.chars().count()),
            ));
            slowest.sort_by_key(|(took, _)| std::cmp::Reverse(*took));
            slowest.truncate(SLOWEST);
        }
        // All structures have been used after the first tenth; growth counts from there.
        if number == many / 10 {
            begun = resident_kb();
            println!("after {number} questions: {}", shown(begun));
        }
    }
    let ended = resident_kb();
    println!(
        "after {many} questions: {} ({:.0} s)",
        shown(ended),
        start.elapsed().as_secs_f64()
    );
    if let (Some(begun), Some(ended)) = (begun, ended) {
        println!("growth: {} kB", i128::from(ended) - i128::from(begun));
    }
    println!("slowest inputs:");
    for (took, what) in slowest {
        println!("  {:8.3} ms  {what}", took.as_secs_f64() * 1e3);
    }
}

fn questions() -> Vec<String> {
    let file = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/relevance/working.jsonl"
    ))
    .expect("the questions");
    file.lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["question"]
                .as_str()
                .expect("a question")
                .to_owned()
        })
        .collect()
}

type Make = Box<dyn Fn(usize) -> String>;

/// Inputs that mean harm, made anew each time.
fn hostile() -> Vec<(&'static str, Make)> {
    let repeated = |piece: &'static str, most: usize| -> Make {
        Box::new(move |number| format!("{number} {}", piece.repeat(most / piece.chars().count())))
    };
    vec![
        (
            "4,000 characters of words",
            repeated(
                "nurse pay in texas and telehealth coordinater salry ",
                4_000,
            ),
        ),
        ("one word of 4,000 letters", repeated("abcdefghij", 4_000)),
        (
            "misspelled words",
            repeated("nrse physican terapist recption codr analist ", 4_000),
        ),
        (
            "right-to-left marks",
            repeated("\u{202E}nurse\u{202C} \u{200F}pay\u{2066} ", 2_000),
        ),
        ("a markdown bomb", repeated("**__~~||`[a](b)", 4_000)),
        ("opened and never closed", repeated("```>>> # - [(<", 4_000)),
        ("emoji", repeated("👩🏽‍⚕️🏥💉", 2_000)),
        ("SQL", repeated("'; DROP TABLE roles; -- OR 1=1 ", 2_000)),
        (
            "combining marks",
            repeated(
                "n\u{0301}\u{0302}\u{0303}\u{0304}\u{0305}u\u{0336}rse",
                4_000,
            ),
        ),
        (
            "mentions",
            repeated("@everyone <@&123456789012345678> ", 2_000),
        ),
        (
            "Hangul and wide forms",
            repeated("\u{1112}\u{1161}\u{11AB} ＮＵＲＳＥ ﬃ ㎏ ", 2_000),
        ),
        (
            "zero-width characters",
            repeated("n\u{200B}u\u{200D}r\u{FEFF}s\u{2060}e ", 4_000),
        ),
    ]
}

fn resident_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?
        .trim()
        .split(' ')
        .next()?
        .parse()
        .ok()
}

fn shown(kb: Option<u64>) -> String {
    kb.map_or_else(
        || "memory not measured, this system has no /proc".to_owned(),
        |kb| format!("{:.1} MB resident", kb as f64 / 1024.0),
    )
}
