//! `careerbot eval FILE`: asks every question of a file and holds each answer against what is expected.
//!
//! Knows the form of expectations, which `tests/relevance/README.md` explains; knows nothing of how answers are found.

mod expect;

use std::collections::BTreeMap;

use anyhow::Context as _;

use crate::cli::failure::Failure;
use crate::cli::io::Io;
use crate::cli::open;
use crate::config::Config;

pub use expect::{Case, Turn, judge, judge_turns};

/// Which file, and what to print.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Questions with expectations, one JSON object a line
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// Print rates only, no misses
    #[arg(long)]
    quiet: bool,
}

/// The turns of all talks, which count beside the talks.
const TURNS: &str = "turns of talks";

/// Passed and asked, by category.
pub type Rates = BTreeMap<String, (usize, usize)>;

/// Prints the pass rate of each category and each miss.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let advisor = open::advisor(config)?;
    let mut rates = Rates::new();
    for path in &args.files {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
        for (place, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            let case: Case = serde_json::from_str(line).with_context(|| {
                format!("{path}:{}: not a question with an expectation", place + 1)
            })?;
            let misses = judge(&advisor, &case).with_context(|| format!("{path}:{}", place + 1))?;
            if !case.turns.is_empty() {
                let entry = rates.entry(TURNS.to_owned()).or_default();
                let turns = judge_turns(&advisor, &case)?;
                entry.0 += turns.iter().filter(|misses| misses.is_empty()).count();
                entry.1 += turns.len();
            }
            let entry = rates.entry(case.category.clone()).or_default();
            entry.1 += 1;
            if misses.is_empty() {
                entry.0 += 1;
            } else if !args.quiet {
                writeln!(
                    io.out,
                    "MISS {} [{}] {}",
                    case.id, case.category, case.question
                )?;
                for miss in misses {
                    writeln!(io.out, "     {miss}")?;
                }
            }
        }
    }
    let whole = rates
        .iter()
        .filter(|(category, _)| category.as_str() != TURNS)
        .map(|(_, rate)| rate);
    let (passed, asked) = whole.fold((0, 0), |(passed, asked), rate| {
        (passed + rate.0, asked + rate.1)
    });
    for (category, (passed, asked)) in &rates {
        writeln!(
            io.out,
            "{category:16} {passed:4} of {asked:4}  {:5.1} %",
            share(*passed, *asked)
        )?;
    }
    writeln!(
        io.out,
        "{:16} {passed:4} of {asked:4}  {:5.1} %",
        "all",
        share(passed, asked)
    )?;
    Ok(())
}

/// Passed in percent of asked.
pub fn share(passed: usize, asked: usize) -> f64 {
    if asked == 0 {
        0.0
    } else {
        100.0 * passed as f64 / asked as f64
    }
}
