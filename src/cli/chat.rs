//! `careerbot chat`: a talk in the terminal, with history and Tab; or lines in and JSON out.
//!
//! Knows how lines come in and replies go out; what a line means is `repl`'s business.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use etcetera::BaseStrategy as _;
use rustyline::completion::Completer;
use rustyline::config::Configurer as _;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Editor, Helper};

use crate::advisor::Advisor;
use crate::cli::failure::Failure;
use crate::cli::io::{Io, Look};
use crate::cli::page::{Page, Style};
use crate::cli::render::Depth;
use crate::cli::repl::{Reply, Talk};
use crate::cli::{complete, json_output, open, render, sources};
use crate::config::Config;

/// What stands before the cursor.
const PROMPT: &str = "> ";
/// Lines kept for the next talk.
const HISTORY_LINES: usize = 500;

/// In which form to talk.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// Read one question a line and print one JSON object for each; the lines are one conversation
    #[arg(long)]
    json: bool,
    /// Show each answer in full, not in short
    #[arg(long, conflicts_with = "json")]
    full: bool,
}

/// Talks until the input ends or the person says so.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let advisor = Arc::new(open::advisor(config)?);
    let mut talk = Talk::new(Arc::clone(&advisor));
    if args.json {
        return json(&mut talk, io);
    }
    let depth = Depth::of(args.full);
    if !io.interactive {
        while let Some(line) = json_output::next_line(io.input)? {
            if !show(talk.say(&line), &advisor, depth, io)? {
                break;
            }
        }
        return Ok(());
    }
    edited(talk, &advisor, depth, io)
}

fn json(talk: &mut Talk, io: &mut Io<'_>) -> Result<(), Failure> {
    while let Some(question) = json_output::next_line(io.input)? {
        let start = Instant::now();
        let answer = talk.answer(&question);
        json_output::write(io.out, &question, &answer, start.elapsed())?;
    }
    Ok(())
}

/// Shows a reply; false when the talk is over.
fn show(reply: Reply, advisor: &Advisor, depth: Depth, io: &mut Io<'_>) -> Result<bool, Failure> {
    match reply {
        Reply::Answer(answer) => {
            writeln!(io.out, "{}", render::answer(&answer, io.look, depth))?;
        }
        Reply::Whole(answer) => {
            writeln!(io.out, "{}", render::answer(&answer, io.look, Depth::Whole))?;
        }
        Reply::Text(text) => {
            let mut page = Page::new(io.look);
            for line in text.lines() {
                page.unbroken_or_wrapped(line);
            }
            writeln!(io.out, "{}", page.finish())?;
        }
        Reply::Privacy => {
            let mut page = Page::new(io.look);
            privacy(io.interactive)
                .lines()
                .for_each(|line| page.unbroken_or_wrapped(line));
            writeln!(io.out, "{}", page.finish())?;
        }
        Reply::Sources => writeln!(
            io.out,
            "{}",
            sources::text(&advisor.knowledge(), open::today(), io.look)
        )?,
        Reply::Nothing => {}
        Reply::Quit => return Ok(false),
    }
    io.out.flush()?;
    Ok(true)
}

fn edited(
    mut talk: Talk,
    advisor: &Arc<Advisor>,
    depth: Depth,
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    writeln!(io.out, "{}", greeting(io.look))?;
    io.out.flush()?;
    let mut editor: Editor<Titles, FileHistory> =
        Editor::new().context("cannot read from this terminal")?;
    editor.set_helper(Some(Titles(Arc::clone(advisor))));
    editor.set_completion_type(CompletionType::List);
    editor
        .set_max_history_size(HISTORY_LINES)
        .context("cannot keep a history")?;
    let history = history_file();
    if let Some(file) = &history {
        // A first talk has no history yet, and a damaged one is no reason not to talk.
        let _ = editor.load_history(file);
    }
    loop {
        let line = match editor.readline(PROMPT) {
            Ok(line) => line,
            Err(ReadlineError::Interrupted | ReadlineError::Eof) => break,
            Err(error) => {
                return Err(anyhow::Error::new(error)
                    .context("cannot read from this terminal")
                    .into());
            }
        };
        let reply = talk.say(&line);
        let private = matches!(&reply, Reply::Answer(answer) if answer.sensitive);
        if !private && !line.trim().is_empty() {
            let _ = editor.add_history_entry(line.trim());
        }
        if !show(reply, advisor, depth, io)? {
            break;
        }
    }
    if let Some(file) = &history
        && let Err(error) = save(&mut editor, file)
    {
        writeln!(io.err, "careerbot: the history was not kept: {error:#}")?;
    }
    Ok(())
}

/// What a talk begins with.
fn greeting(look: Look) -> String {
    let mut page = Page::new(look);
    page.block(
        Style::Plain,
        "",
        "Ask about careers in US healthcare. /help lists the commands, /more shows an answer in full, /quit ends the talk.",
    );
    page.finish()
}

fn save(editor: &mut Editor<Titles, FileHistory>, file: &PathBuf) -> anyhow::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    editor
        .save_history(file)
        .with_context(|| format!("cannot write {}", file.display()))
}

/// What is kept of a talk in the terminal. Where lines are edited, the latest are kept for the arrow keys.
fn privacy(edited: bool) -> String {
    let kept = match history_file().filter(|_| edited) {
        Some(file) => format!(
            "The last {HISTORY_LINES} lines that you type are kept in {}, so that the arrow keys find them; \
             a message about a crisis is not. Delete that file to delete them.",
            file.display()
        ),
        None => "Nothing that you type is kept.".to_owned(),
    };
    format!(
        "This talk stays on this machine: nothing is sent anywhere. What the last answer was about is remembered until the talk ends.\n\n{kept}"
    )
}

/// `careerbot/history` in the user's state folder, or in the data folder where the platform has none; `None` without a home.
fn history_file() -> Option<PathBuf> {
    let user = open::user_folders()?;
    let folder = user.state_dir().unwrap_or_else(|| user.data_dir());
    Some(folder.join("careerbot").join("history"))
}

/// Offers titles to the line editor.
struct Titles(Arc<Advisor>);

impl Completer for Titles {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &rustyline::Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(complete::complete(&self.0, &line[..at]))
    }
}

impl Hinter for Titles {
    type Hint = String;
}

impl Highlighter for Titles {}

impl Validator for Titles {}

impl Helper for Titles {}
