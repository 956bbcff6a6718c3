//! Where a command reads and writes, and what the place it writes to can show.
//!
//! Knows nothing of what is written. Tests hand in buffers; [`crate::cli::main`] hands in the process's own streams.

use std::io::{BufRead, IsTerminal as _, Write};

/// Columns used where the width of the output is not known.
pub const DEFAULT_WIDTH: usize = 80;
/// Lines longer than this tire the eye, however wide the terminal is.
const WIDEST: usize = 100;
/// Narrower than this, tables and indents no longer fit.
const NARROWEST: usize = 40;

/// How the output may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns to wrap to.
    pub width: usize,
    /// Whether color codes may be written.
    pub color: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            width: DEFAULT_WIDTH,
            color: false,
        }
    }
}

impl Look {
    /// What standard output can show: color on a terminal unless `NO_COLOR` is set or the terminal is `dumb`.
    pub fn of_stdout() -> Self {
        let terminal = std::io::stdout().is_terminal();
        let set = |key: &str| std::env::var_os(key).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let width = if terminal {
            terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
        } else {
            None
        };
        Self {
            width: width.map_or(DEFAULT_WIDTH, |width| width.clamp(NARROWEST, WIDEST)),
            color: terminal && !dumb && !set("NO_COLOR"),
        }
    }
}

/// The streams of a command.
pub struct Io<'a> {
    /// Standard input.
    pub input: &'a mut dyn BufRead,
    /// Standard output: what was asked for.
    pub out: &'a mut dyn Write,
    /// Standard error: what went wrong, and hints.
    pub err: &'a mut dyn Write,
    /// How the output may look.
    pub look: Look,
    /// Whether a person sits at standard input and output, so that lines can be edited.
    pub interactive: bool,
    /// Whether standard input is a terminal.
    pub input_is_terminal: bool,
    /// Whether standard output is a terminal: what goes to a program or a file need not be wrapped.
    pub output_is_terminal: bool,
}
