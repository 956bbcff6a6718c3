//! Why a command stopped, and with which exit code.
//!
//! The edge of the program: errors of all rooms end here as text for a person.

use std::fmt;
use std::io::{self, Write};

use crate::knowledge::Problem;

/// The command could not do what was asked.
pub const FAILED: u8 = 1;
/// The command line or the environment does not say what to do.
pub const USAGE: u8 = 2;

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// The knowledge cannot be loaded.
    Problems(Vec<Problem>),
    /// Something is missing on the command line or in the environment.
    Usage(String),
    /// All that there is to say has been said; only the exit code is left.
    Said,
    /// The reader of the output went away: no error of ours, and nobody is left to tell.
    ReaderGone,
    /// Anything else.
    Other(anyhow::Error),
}

impl Failure {
    /// Tells what happened and gives the exit code.
    pub fn report(&self, err: &mut dyn Write) -> u8 {
        // When standard error is closed too, the exit code is all that can be told.
        match self {
            Self::ReaderGone => 0,
            Self::Said => FAILED,
            Self::Usage(what) => {
                let _ = writeln!(err, "careerbot: {what}");
                USAGE
            }
            Self::Other(error) => {
                let _ = writeln!(err, "careerbot: {error:#}");
                FAILED
            }
            Self::Problems(problems) => {
                for problem in problems {
                    let _ = writeln!(err, "{problem}");
                }
                let _ = writeln!(
                    err,
                    "careerbot: {} in the knowledge; nothing was loaded",
                    count(problems.len(), "problem")
                );
                FAILED
            }
        }
    }
}

/// `1 problem`, `2 problems`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ReaderGone
        } else {
            Self::Other(error.into())
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

impl From<Vec<Problem>> for Failure {
    fn from(problems: Vec<Problem>) -> Self {
        Self::Problems(problems)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::new();
        self.report(&mut text);
        f.write_str(String::from_utf8_lossy(&text).trim_end())
    }
}
