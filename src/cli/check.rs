//! `careerbot check`: every problem of the knowledge files, and how hard they are to read.
//!
//! Shows what `knowledge::check` finds; judges nothing itself.

use serde_json::json;

use crate::cli::failure::{Failure, count};
use crate::cli::io::Io;
use crate::cli::open::{Place, today};
use crate::config::Config;
use crate::knowledge::check::{CHECKS, LOAD, Report, Stale, check};
use crate::knowledge::files;

/// What to look for, and how to show it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Also list files whose review is more than DAYS days old
    #[arg(long, value_name = "DAYS")]
    stale: Option<u32>,
    /// List the reading level of every file
    #[arg(long)]
    reading: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Checks the knowledge; a problem makes it fail.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let mut unread = Vec::new();
    let files = match Place::of_knowledge(config) {
        Place::Folder(folder) => files::from_folder(&folder, &mut unread),
        Place::Shipped => files::shipped(&mut unread),
    };
    let report = check(
        &files,
        unread,
        args.stale.map(|days| Stale {
            today: today(),
            days,
        }),
    );
    if args.json {
        serde_json::to_writer_pretty(&mut *io.out, &as_json(&report))
            .map_err(std::io::Error::from)?;
        writeln!(io.out)?;
    } else {
        show(args, &report, io)?;
    }
    if report.found.is_empty() {
        Ok(())
    } else {
        Err(Failure::Said)
    }
}

fn show(args: &Args, report: &Report, io: &mut Io<'_>) -> Result<(), Failure> {
    for found in &report.found {
        writeln!(io.out, "{} [{}]", found.problem, found.check)?;
    }
    if args.reading {
        for level in &report.reading {
            writeln!(
                io.out,
                "grade {:>4.1}  {:>3} words  {}",
                level.grade, level.words, level.file
            )?;
        }
    }
    let number = match report.found.len() {
        0 => "no problems".to_owned(),
        some => count(some, "problem"),
    };
    writeln!(
        io.out,
        "{}, {}: {number}",
        count(report.files, "file"),
        count(CHECKS.len() + 1, "check")
    )?;
    if let (Some(hardest), Some(middle)) = (
        report.reading.first(),
        report.reading.get(report.reading.len() / 2),
    ) {
        writeln!(
            io.out,
            "reading level (US school grade): median {:.1}, hardest {:.1} in {}",
            middle.grade, hardest.grade, hardest.file
        )?;
    }
    Ok(())
}

fn as_json(report: &Report) -> serde_json::Value {
    let of = |name: &str| {
        report
            .found
            .iter()
            .filter(|found| found.check == name)
            .count()
    };
    let load = json!({ "name": LOAD, "what": "files are complete, and every link and code leads somewhere", "problems": of(LOAD) });
    let checks = CHECKS
        .iter()
        .map(|check| json!({ "name": check.name, "what": check.what, "problems": of(check.name) }));
    json!({
        "files": report.files,
        "checks": std::iter::once(load).chain(checks).collect::<Vec<_>>(),
        "problems": report.found.iter().map(|found| json!({
            "check": found.check,
            "file": found.problem.file,
            "line": found.problem.line,
            "what": found.problem.what,
            "hint": found.problem.hint,
        })).collect::<Vec<_>>(),
        "reading": report.reading.iter().map(|level| json!({
            "file": level.file,
            "words": level.words,
            "grade": (level.grade * 10.0).round() / 10.0,
        })).collect::<Vec<_>>(),
    })
}
