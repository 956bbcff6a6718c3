//! `careerbot completions SHELL`: what Tab offers, as a script for that shell.

use clap::Command;
use clap_complete::{Shell, generate};

use crate::cli::failure::Failure;
use crate::cli::io::Io;

/// For which shell.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Prints the script for a command line.
pub fn run(args: &Args, mut command: Command, io: &mut Io<'_>) -> Result<(), Failure> {
    // The generator takes a failed write for a fault of the program; a reader that goes away is none.
    let mut script = Vec::new();
    generate(args.shell, &mut command, "careerbot", &mut script);
    Ok(io.out.write_all(&script)?)
}
