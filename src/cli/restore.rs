//! `careerbot restore FILE`: puts a backup in the place of what the store holds, all of it or nothing.

use std::path::PathBuf;

use crate::cli::failure::{Failure, count};
use crate::cli::io::Io;
use crate::cli::open;
use crate::config::Config;
use crate::store::Store;

/// Where from.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A file made by careerbot backup, on SQLite or PostgreSQL
    file: PathBuf,
    /// Replace what the store holds
    #[arg(long)]
    replace: bool,
}

/// Restores it.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let location = open::store(config)?;
    let records = open::wait_for(Store::restore(&location, &args.file, args.replace))?;
    writeln!(
        io.out,
        "restored {}",
        count(usize::try_from(records).unwrap_or(usize::MAX), "record")
    )?;
    Ok(())
}
