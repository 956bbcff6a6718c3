//! `careerbot man`: the manual page, in the form that man(1) reads.

use std::path::PathBuf;

use clap::Command;
use clap_mangen::Man;

use crate::cli::failure::Failure;
use crate::cli::io::Io;

/// Where the pages go.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write a page for the program and one for each command into this folder, which must exist
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
}

/// Prints the page of a command line, or writes those of all its commands.
pub fn run(args: &Args, command: Command, io: &mut Io<'_>) -> Result<(), Failure> {
    match &args.to {
        Some(folder) => clap_mangen::generate_to(command, folder).map_err(|error| {
            anyhow::anyhow!("cannot write pages into {}: {error}", folder.display())
        })?,
        None => Man::new(command).render(&mut io.out)?,
    }
    Ok(())
}
