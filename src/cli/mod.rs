//! The terminal door: one file for each subcommand, each writing to the streams it is given.
//!
//! The only place that parses command lines. Knows nothing of how answers are found.

pub mod ask;
pub mod backup;
pub mod chat;
pub mod check;
pub mod commands;
pub mod complete;
pub mod completions;
pub mod digest;
pub mod doctor;
pub mod eval;
pub mod explain;
pub mod failure;
pub mod figures;
pub mod health;
pub mod index;
pub mod io;
pub mod json_output;
pub mod man;
pub mod new;
pub mod notify;
pub mod open;
pub mod page;
pub mod reload;
pub mod render;
pub mod repl;
pub mod restore;
pub mod serve;
pub mod settings;
pub mod site;
pub mod sources;
pub mod train;
pub mod trend;
pub mod wrap;

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::cli::failure::{FAILED, Failure};
use crate::cli::io::{Io, Look};
use crate::config::{Config, env_file};
use crate::telemetry;

/// Answers questions about careers in US healthcare, in a terminal or as a Discord bot.
#[derive(Debug, Parser)]
#[command(name = "careerbot", version, about, long_about = None, after_help = AFTER_HELP)]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

const AFTER_HELP: &str = "Without a command: serves Discord when DISCORD_TOKEN is set, else opens the terminal chat.\n\
                          Settings are flags, or stand in the environment or in a file .env; --help lists them.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer one question, or a file of questions
    Ask(ask::Args),
    /// Talk in the terminal
    Chat(chat::Args),
    /// Serve Discord, over the gateway and over HTTP, or a page in the browser that plays Discord
    Serve(serve::Args),
    /// Show every problem in the knowledge files
    Check(check::Args),
    /// List the sources of the knowledge, how old they are and what rests on them
    Sources,
    /// Write the knowledge as a site of static pages
    Site(site::Args),
    /// Build the search index now
    Index,
    /// Hold answers against expectations, and print the rates
    Eval(eval::Args),
    /// Show why a question is answered as it is
    Explain(explain::Args),
    /// Learn the weights from the examples
    Train(train::Args),
    /// Begin a knowledge file: a skeleton that explains each key
    New(new::Args),
    /// Begin a trend's file from an article
    Trend(trend::Args),
    /// Bring pay, jobs and projections up to date
    Figures(figures::Args),
    /// List the slash commands as Discord gets them, or register them
    Commands(commands::Args),
    /// Check the set-up, here and on Discord, and say what to fix
    Doctor,
    /// Ask a running server whether it can answer, at the address of CAREERBOT_METRICS
    Health(health::Args),
    /// Have a running server load its knowledge anew
    Reload,
    /// Show what a trend summary would say
    Digest(digest::Args),
    /// Save settings, schedules and server knowledge to a file
    Backup(backup::Args),
    /// Bring a backup back
    Restore(restore::Args),
    /// Print the completions of a shell
    Completions(completions::Args),
    /// Print the manual page, or write one for each command
    Man(man::Args),
}

/// The command line of the whole program.
fn command() -> clap::Command {
    settings::with_flags(Args::command())
}

/// The program: command line and environment in, exit code out.
pub fn main() -> ExitCode {
    let file = env_file::load();
    let matches = command().get_matches();
    let args = Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let mut err = std::io::stderr();
    let config = match settings::read(file, &matches) {
        Ok(config) => config,
        Err(error) => {
            let _ = writeln!(err, "careerbot: {error}");
            return ExitCode::from(FAILED);
        }
    };
    let (input_is_terminal, output_is_terminal) = (
        std::io::stdin().is_terminal(),
        std::io::stdout().is_terminal(),
    );
    let mut io = Io {
        input: &mut std::io::stdin().lock(),
        out: &mut std::io::stdout().lock(),
        err: &mut err,
        look: Look::of_stdout(),
        interactive: input_is_terminal && output_is_terminal,
        input_is_terminal,
        output_is_terminal,
    };
    let code = run(args, &config, &mut io);
    telemetry::flush();
    code
}

/// Runs one command.
pub fn run(args: Args, config: &Config, io: &mut Io<'_>) -> ExitCode {
    let done = start(args, config, io).and_then(|()| io.out.flush().map_err(Failure::from));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // What was written before the failure belongs before its message.
            let _ = io.out.flush();
            ExitCode::from(failure.report(io.err))
        }
    }
}

fn start(args: Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    // A server says what it does; a command in a terminal speaks through its output.
    let serves = matches!(args.command, Some(Command::Serve(_)))
        || args.command.is_none() && config.token.is_some();
    let quiet = if serves { "info" } else { "warn" };
    telemetry::start(config.log.as_deref(), quiet, config.log_json).map_err(Failure::Usage)?;
    for odd in &config.warnings {
        tracing::warn!("a line of the settings is not used: {odd}");
    }
    match args.command {
        None => bare(config, io),
        Some(Command::Ask(args)) => ask::run(&args, config, io),
        Some(Command::Chat(args)) => chat::run(&args, config, io),
        Some(Command::Serve(args)) => serve::run(&args, config),
        Some(Command::Check(args)) => check::run(&args, config, io),
        Some(Command::Sources) => sources::run(config, io),
        Some(Command::Site(args)) => site::run(&args, config, io),
        Some(Command::Index) => index::run(config, io),
        Some(Command::Eval(args)) => eval::run(&args, config, io),
        Some(Command::Explain(args)) => explain::run(&args, config, io),
        Some(Command::Train(args)) => train::run(&args, config, io),
        Some(Command::New(args)) => new::run(&args, config, io),
        Some(Command::Trend(args)) => trend::run(&args, config, io),
        Some(Command::Figures(args)) => figures::run(&args, config, io),
        Some(Command::Commands(args)) => commands::run(&args, config, io),
        Some(Command::Doctor) => doctor::run(config, io),
        Some(Command::Health(args)) => health::run(&args, config, io),
        Some(Command::Reload) => reload::order(config, io),
        Some(Command::Digest(args)) => digest::run(&args, config, io),
        Some(Command::Backup(args)) => backup::run(&args, config, io),
        Some(Command::Restore(args)) => restore::run(&args, config, io),
        Some(Command::Completions(args)) => completions::run(&args, command(), io),
        Some(Command::Man(args)) => man::run(&args, command(), io),
    }
}

/// Without a command: Discord is served where there is a token; else a person at a terminal gets the chat.
fn bare(config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    if config.token.is_some() {
        return serve::run(&serve::Args::default(), config);
    }
    if !io.input_is_terminal {
        return Err(Failure::Usage(NOTHING_TO_DO.to_owned()));
    }
    writeln!(io.err, "{NO_TOKEN}")?;
    chat::run(&chat::Args::default(), config, io)
}

const NOTHING_TO_DO: &str = "DISCORD_TOKEN is not set: put it into .env to serve Discord, or name a command (careerbot --help lists them)";
const NO_TOKEN: &str = "DISCORD_TOKEN is not set, so this is the terminal chat; put the token into .env to serve Discord.\n\
                        The same in a browser, as it looks on Discord: careerbot serve --web 127.0.0.1:8080";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        command().debug_assert();
    }
}
