//! `careerbot backup FILE`: a whole copy of the store in one file, also while the bot runs.

use std::path::PathBuf;

use crate::cli::failure::Failure;
use crate::cli::io::Io;
use crate::cli::open;
use crate::config::Config;
use crate::store::backup::backup;

/// Where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The new file; one that exists is never overwritten
    file: PathBuf,
}

/// Makes the copy.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let location = open::store(config)?;
    open::wait_for(backup(&location, &args.file, jiff::Timestamp::now()))?;
    writeln!(io.out, "saved to {}", args.file.display())?;
    Ok(())
}
