//! `careerbot doctor`: is everything set up? A line for each look: ok, or what to fix.
//!
//! Looks at this machine and asks Discord; writes nothing here and changes nothing there. Knows nothing of how Discord's facts are judged.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;

use crate::cli::failure::{Failure, count};
use crate::cli::io::{Io, Look};
use crate::cli::open;
use crate::cli::page::{Page, Style};
use crate::config::Config;
use crate::discord;
use crate::discord::api::client::Rest;
use crate::discord::gateway::setup_check::{Finding, examine};
use crate::knowledge::Knowledge;
use crate::search::Index;
use crate::store::{self, Location, Seen};

/// How long Discord may take for everything.
const PATIENCE: Duration = Duration::from_secs(90);
/// Columns of the widest name.
const NAME: usize = 14;

/// Looks at everything; stops with [`Failure::Said`] when something has to be fixed.
pub fn run(config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    let mut found = knowledge(config);
    found.push(runtime.block_on(store(config)));
    found.extend(runtime.block_on(on_discord(config))?);
    // A line each; only a terminal, which would break it anywhere, gets it wrapped.
    let width = if io.output_is_terminal {
        io.look.width
    } else {
        usize::MAX
    };
    let mut page = Page::new(Look { width, ..io.look });
    for finding in &found {
        let says = finding
            .says
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let says = if finding.fine {
            format!("ok: {says}")
        } else {
            format!("PROBLEM: {says}")
        };
        let style = if finding.fine {
            Style::Plain
        } else {
            Style::Warning
        };
        page.block(style, &format!("{:<NAME$}", finding.what), &says);
    }
    write!(io.out, "{}", page.finish())?;
    match found.iter().filter(|finding| !finding.fine).count() {
        0 => Ok(()),
        wrong => {
            io.out.flush()?;
            writeln!(io.err, "careerbot: {} to fix", count(wrong, "thing"))?;
            Err(Failure::Said)
        }
    }
}

async fn on_discord(config: &Config) -> Result<Vec<Finding>, Failure> {
    let rest = Rest::new(config).map_err(anyhow::Error::from)?;
    let commands = discord::commands();
    let asked = examine(&rest, config.public_key.as_deref(), &commands);
    Ok(tokio::time::timeout(PATIENCE, asked)
        .await
        .unwrap_or_else(|_| {
            vec![Finding::wrong(
                "token",
                "not known, Discord does not answer: check this machine's network and try again",
            )]
        }))
}

fn knowledge(config: &Config) -> Vec<Finding> {
    let place = open::Place::of_knowledge(config);
    let knowledge = match open::knowledge(&place) {
        Ok(knowledge) => knowledge,
        Err(Failure::Problems(problems)) => {
            let first = problems
                .first()
                .map(ToString::to_string)
                .unwrap_or_default();
            return vec![Finding::wrong(
                "knowledge",
                format!(
                    "{}, the first: {first}; careerbot check shows all",
                    count(problems.len(), "problem")
                ),
            )];
        }
        Err(other) => return vec![Finding::wrong("knowledge", other.to_string())],
    };
    let from = match &place {
        open::Place::Folder(folder) => format!("from {}", folder.display()),
        open::Place::Shipped => "from the copy built in".to_owned(),
    };
    let (roles, trends) = (knowledge.roles.len(), knowledge.trends.len());
    let index = match open::index_folder(config) {
        None => Finding::wrong("index", "no folder for it is known: set CAREERBOT_INDEX"),
        Some(folder) => index(&folder, &knowledge),
    };
    vec![
        Finding::fine(
            "knowledge",
            format!("{roles} roles and {trends} trends {from}"),
        ),
        index,
    ]
}

fn index(folder: &Path, knowledge: &Knowledge) -> Finding {
    let place = folder.display();
    match (Index::look(folder, knowledge), may_write(folder)) {
        (None, _) => Finding::fine("index", format!("up to date in {place}")),
        (Some(reason), Ok(())) => Finding::fine(
            "index",
            format!("will be built in {place} at the next start ({reason})"),
        ),
        (Some(_), Err(why)) => Finding::wrong(
            "index",
            format!(
                "{why}: make the folder writable or set CAREERBOT_INDEX to another one; until then it is built anew at each start"
            ),
        ),
    }
}

async fn store(config: &Config) -> Finding {
    let what = "store";
    let location = match open::store(config) {
        Ok(location) => location,
        Err(failure) => return Finding::wrong(what, failure.to_string()),
    };
    let (place, seen) = match store::look(&location).await {
        Ok(seen) => seen,
        Err(error) => return Finding::wrong(what, error.to_string()),
    };
    let writable = match &location {
        Location::Sqlite(file) => file.parent().map_or(Ok(()), may_write),
        Location::Postgres(_) => Ok(()),
    };
    match (seen, writable) {
        (Seen::InUse, _) => Finding::fine(
            what,
            format!("{place} is open in a careerbot that runs now"),
        ),
        (_, Err(why)) => Finding::wrong(
            what,
            format!(
                "{why}: give the user that runs careerbot write permission, or set CAREERBOT_DATA to another folder"
            ),
        ),
        (Seen::Absent, Ok(())) => Finding::fine(
            what,
            format!("none yet; the server makes {place} when it first starts"),
        ),
        (Seen::Ready { older: true }, Ok(())) => Finding::fine(
            what,
            format!("{place} is there; the next start brings its schema up to date"),
        ),
        (Seen::Ready { older: false }, Ok(())) => {
            Finding::fine(what, format!("{place} is there and up to date"))
        }
    }
}

/// Whether files can be made in a folder, or the folder itself where there is none; asked without making anything.
fn may_write(folder: &Path) -> Result<(), String> {
    let there = folder
        .ancestors()
        .find(|one| one.as_os_str().is_empty() || one.exists())
        .unwrap_or(folder);
    let there = if there.as_os_str().is_empty() {
        Path::new(".")
    } else {
        there
    };
    if !there.is_dir() {
        return Err(format!("{} is no folder", there.display()));
    }
    #[cfg(unix)]
    rustix::fs::access(there, rustix::fs::Access::WRITE_OK)
        .map_err(|error| format!("{} cannot be written: {error}", there.display()))?;
    Ok(())
}
