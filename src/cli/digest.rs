//! `careerbot digest preview TOPIC`: the summary that would be posted, in a terminal.
//!
//! Composes as the bot does; posts nothing and remembers nothing.

use crate::cli::failure::Failure;
use crate::cli::io::Io;
use crate::cli::open::{Place, knowledge, today};
use crate::config::Config;
use crate::digest::{Style, Summary, Topic, compose, text, topic};

/// What to do with digests.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Show the summary of a trend, of a role, of ways on from somewhere, or of what is new
    Preview {
        /// A trend (slug, number or title), a role (slug or title), "paths from" and a role or schooling, new, next-trend or next-role
        topic: String,
        /// short, full or discussion
        #[arg(long, default_value = "short", value_name = "STYLE")]
        style: String,
        /// Show so many posts of a weekly schedule, as they would come one after the other
        #[arg(long, default_value_t = 1, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(1..))]
        weeks: u8,
        /// Print one JSON object a post
        #[arg(long)]
        json: bool,
    },
}

/// Runs one of them.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let Command::Preview {
        topic,
        style,
        weeks,
        json,
    } = &args.command;
    let Some(style) = Style::parse(style) else {
        let words: Vec<&str> = Style::ALL.iter().map(|(_, word, _)| *word).collect();
        return Err(Failure::Usage(format!(
            "\"{style}\" is no style: write one of {}",
            words.join(", ")
        )));
    };
    let knowledge = knowledge(&Place::of_knowledge(config))?;
    let Some(topic) = Topic::find(topic, &knowledge) else {
        let words: Vec<&str> = topic::WORDS.iter().map(|(word, _)| *word).collect();
        return Err(Failure::Usage(format!(
            "\"{topic}\" is no topic: write a trend's number from 1 to {}, the title or slug of a trend or role, \"paths from\" and a role or schooling, or one of {}",
            knowledge.trends.len(),
            words.join(", ")
        )));
    };
    let mut posts = compose::weekly(&knowledge, &topic, style, today())
        .take(usize::from(*weeks))
        .peekable();
    if posts.peek().is_none() {
        writeln!(
            io.out,
            "There is nothing new to say; nothing would be posted."
        )?;
    }
    for (place, composed) in posts.enumerate() {
        if *json {
            // What a post remembers of the knowledge says nothing to those who read it.
            let shown = Summary {
                figures: Default::default(),
                seen: None,
                ..composed.summary
            };
            writeln!(io.out, "{}", shown.to_body())?;
            continue;
        }
        if place > 0 {
            writeln!(io.out, "\n{}\n", "-".repeat(72))?;
        }
        writeln!(io.out, "{}", text::plain(&composed.summary))?;
    }
    Ok(())
}
