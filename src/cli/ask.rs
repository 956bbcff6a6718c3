//! `careerbot ask`: one question from the command line, or many from a file.
//!
//! Knows nothing of talks: every question stands alone. `chat` remembers.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::time::Instant;

use anyhow::Context as _;

use crate::advisor::Advisor;
use crate::cli::failure::Failure;
use crate::cli::io::Io;
use crate::cli::render::Depth;
use crate::cli::{json_output, open, render};
use crate::config::Config;

/// What to ask, and in which form to answer.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The question, in plain words
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    question: Vec<String>,
    /// Print one JSON object for each question
    #[arg(long)]
    json: bool,
    /// Show the whole answer, not a short one
    #[arg(long, conflicts_with = "json")]
    full: bool,
    /// Read questions from FILE, one a line; - reads standard input
    #[arg(long, value_name = "FILE")]
    batch: Option<String>,
}

/// Answers the question, or each line of the batch, in order.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let advisor = open::advisor(config)?;
    match args.batch.as_deref() {
        None => one(&advisor, &args.question.join(" "), args, io),
        Some("-") => {
            while let Some(question) = json_output::next_line(io.input)? {
                one(&advisor, &question, args, io)?;
            }
            Ok(())
        }
        Some(path) => {
            let mut file =
                BufReader::new(File::open(path).with_context(|| format!("cannot read {path}"))?);
            let input: &mut dyn BufRead = &mut file;
            while let Some(question) =
                json_output::next_line(input).with_context(|| format!("cannot read {path}"))?
            {
                one(&advisor, &question, args, io)?;
            }
            Ok(())
        }
    }
}

fn one(advisor: &Advisor, question: &str, args: &Args, io: &mut Io<'_>) -> Result<(), Failure> {
    let start = Instant::now();
    let answer = advisor.ask(question);
    let elapsed = start.elapsed();
    if args.json {
        json_output::write(io.out, question, &answer, elapsed)?;
    } else {
        write!(
            io.out,
            "{}",
            render::answer(&answer, io.look, Depth::of(args.full))
        )?;
    }
    Ok(())
}
