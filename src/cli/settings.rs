//! The settings on the command line: a flag for each key, which the environment and `.env` fill in.
//!
//! The flags are made from the table of keys. Knows nothing of what the values mean.

use std::ffi::OsString;

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::config::keys::{KEYS, flag};
use crate::config::{Config, Error};

/// A command line with a flag for each setting. Looks at the environment as it is now.
pub fn with_flags(command: Command) -> Command {
    command.args(KEYS.iter().map(|(key, what)| {
        Arg::new(*key)
            .long(flag(key))
            .env(*key)
            // Values of the environment may be secrets.
            .hide_env_values(true)
            .global(true)
            .value_name("VALUE")
            .value_parser(value_parser!(OsString))
            .help(*what)
            .help_heading("Settings")
            .hide_short_help(true)
    }))
}

/// The settings that a command line, the environment and `.env` give together. `file` is what became of reading `.env`.
///
/// # Errors
/// Everything that is wrong with any of them.
pub fn read(file: Result<Vec<String>, Vec<String>>, matches: &ArgMatches) -> Result<Config, Error> {
    // What stands behind the name of a command is known to its matches alone, what stands before it to both.
    let mut last = matches;
    while let Some((_, inner)) = last.subcommand() {
        last = inner;
    }
    let config = Config::read(|key| {
        let value = if KEYS.iter().any(|(known, _)| *known == key) {
            last.get_one::<OsString>(key).cloned()
        } else {
            std::env::var_os(key)
        };
        value.map(|value| value.into_string().map_err(|_| ()))
    });
    match (file, config) {
        (Ok(warnings), Ok(config)) => Ok(Config { warnings, ..config }),
        (Ok(_), Err(error)) => Err(error),
        (Err(lines), Ok(_)) => Err(Error(lines)),
        (Err(mut lines), Err(Error(values))) => {
            lines.extend(values);
            Err(Error(lines))
        }
    }
}
