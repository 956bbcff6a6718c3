//! `careerbot figures update`: a new release of the statistics into `knowledge/data`.
//!
//! Shows what `knowledge::figures_update` works out, and has it written; judges nothing itself.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context as _;
use jiff::civil::Date;

use crate::cli::failure::{Failure, count};
use crate::cli::io::Io;
use crate::cli::open::Place;
use crate::config::Config;
use crate::knowledge::figures_update::{self, Change, Input, write};
use crate::knowledge::files;

/// What to do with the figures.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Take figures from tables as BLS publishes them, show what changes, and write it
    Update(Update),
}

/// The tables of a release.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("tables").required(true).multiple(true).args(["oews_national", "oews_state", "oews_area", "oews_industry", "projections"]))]
pub struct Update {
    /// National pay: oesm25nat.zip, the .xlsx in it, or CSV of the same columns
    #[arg(long, value_name = "FILE")]
    oews_national: Option<PathBuf>,
    /// Pay by state: oesm25st.zip, the .xlsx in it, or CSV of the same columns
    #[arg(long, value_name = "FILE")]
    oews_state: Option<PathBuf>,
    /// Pay by metropolitan and nonmetropolitan area: oesm25ma.zip, or CSV of the same columns
    #[arg(long, value_name = "FILE")]
    oews_area: Option<PathBuf>,
    /// Pay by industry: oesm25in4.zip, or CSV of the same columns
    #[arg(long, value_name = "FILE")]
    oews_industry: Option<PathBuf>,
    /// Projections: occupation.xlsx, or CSV of the columns of its Table 1.2
    #[arg(long, value_name = "FILE")]
    projections: Option<PathBuf>,
    /// Release of the pay tables, such as "May 2026"
    #[arg(long, value_name = "NAME", requires = "published")]
    release: Option<String>,
    /// Day on which the pay tables were published, such as 2027-05-14
    #[arg(long, value_name = "DATE", requires = "release")]
    published: Option<Date>,
    /// Day on which the projections were published
    #[arg(long, value_name = "DATE", requires = "projections")]
    projections_published: Option<Date>,
    /// Take tables that lack figures which stand now: BLS no longer publishes them
    #[arg(long)]
    accept_missing: bool,
    /// List every change in every state, area and kind of workplace
    #[arg(long)]
    states: bool,
    /// Show what changes and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs the action.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let Action::Update(args) = &args.action;
    let place = Place::of_knowledge(config);
    let folder = place.folder()?;
    let input = Input {
        national: args.oews_national.clone(),
        state: args.oews_state.clone(),
        area: args.oews_area.clone(),
        industry: args.oews_industry.clone(),
        projections: args.projections.clone(),
        release: args.release.clone().zip(args.published),
        projections_published: args.projections_published,
        accept_missing: args.accept_missing,
    };
    let mut unread = Vec::new();
    let files = files::from_folder(folder, &mut unread);
    if !unread.is_empty() {
        return Err(Failure::Problems(unread));
    }
    let plan = match figures_update::plan(&files, &input) {
        Ok(plan) => plan,
        Err(problems) => {
            for problem in &problems {
                writeln!(io.err, "{problem}")?;
            }
            writeln!(
                io.err,
                "careerbot: {}; nothing was written",
                count(problems.len(), "problem")
            )?;
            return Err(Failure::Said);
        }
    };
    show(&plan.changes, args.states, io)?;
    let names: Vec<&str> = plan.files.keys().map(String::as_str).collect();
    if names.is_empty() {
        writeln!(
            io.out,
            "nothing to write: the figures are those of the tables"
        )?;
    } else if args.dry_run {
        writeln!(io.out, "would write {}", names.join(", "))?;
    } else {
        write::write(folder, &plan.files)
            .with_context(|| format!("cannot write to {}", folder.display()))?;
        writeln!(io.out, "wrote {}", names.join(", "))?;
        let pay = [&input.national, &input.state, &input.area, &input.industry];
        if input.release.is_none() && pay.iter().any(|table| table.is_some()) {
            writeln!(
                io.out,
                "the release of the pay tables is still called as before; --release and --published change it"
            )?;
        }
    }
    Ok(())
}

fn show(changes: &[Change], states: bool, io: &mut Io<'_>) -> Result<(), Failure> {
    let mut by_state: BTreeMap<&str, usize> = BTreeMap::new();
    let mut last = "";
    for change in changes {
        if change.place.is_some() && !states {
            *by_state.entry(&change.roles).or_default() += 1;
            continue;
        }
        if change.roles != last {
            writeln!(io.out, "{} ({})", change.roles, change.soc)?;
            last = &change.roles;
        }
        let place = change
            .place
            .as_ref()
            .map_or(String::new(), |place| format!(" in {place}"));
        writeln!(
            io.out,
            "  {}{place}: {} -> {}",
            change.figure, change.old, change.new
        )?;
    }
    for (roles, number) in by_state {
        writeln!(
            io.out,
            "{roles}: {} in states, areas and workplaces; --states lists them",
            changing(number)
        )?;
    }
    writeln!(io.out, "{}", changing(changes.len()))?;
    Ok(())
}

fn changing(number: usize) -> String {
    if number == 1 {
        "1 figure changes".to_owned()
    } else {
        format!("{number} figures change")
    }
}
