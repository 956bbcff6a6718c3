//! `careerbot trend import FILE`: the skeleton of a shipped trend from an article, with what was found in it filled in.
//!
//! Takes the same steps as a server's moderators do. Never writes over a file, and quotes at most two sentences.

use std::path::PathBuf;

use anyhow::Context as _;

use crate::article::{self, Drafted};
use crate::cli::failure::Failure;
use crate::cli::io::Io;
use crate::cli::new::{self, Begun};
use crate::cli::open::{Place, advisor, today};
use crate::config::Config;
use crate::knowledge::own_trend::{MOST_QUOTES, Quote, UNDATED, line};
use crate::knowledge::{Knowledge, Slug};

/// What to do with trends.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Begin a trend's file from an article
    Import {
        /// The article: .txt, .md or .html
        file: PathBuf,
        /// Its name in links, such as virtual-nursing; else made of the article's title
        #[arg(long)]
        slug: Option<String>,
    },
}

/// Writes the skeleton into the knowledge folder, and says what else is to be done.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let Command::Import { file, slug } = &args.command;
    let place = Place::of_knowledge(config);
    let folder = place.folder()?;
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let article = article::read(&name, &bytes)
        .map_err(|why| Failure::Usage(format!("{}: {why}", file.display())))?;
    let named = slug.clone().unwrap_or_else(|| slug_of(&article.title));
    let slug = Slug::parse(&named).ok_or_else(|| {
        Failure::Usage(format!(
            "\"{named}\" is not a slug: name one with --slug, lower-case words joined by hyphens"
        ))
    })?;
    // Said before everything is loaded: a trend that is half written makes the knowledge unfit to load.
    new::free(folder, &slug)?;
    let advisor = advisor(config)?;
    let knowledge = advisor.knowledge();
    let drafted = article::draft(&knowledge, &article, &[], &|sentence| {
        advisor.named(sentence)
    });
    let written = new::begin_trend(folder, &slug, today(), &begun(&drafted, &slug))?;
    writeln!(io.out, "{} is begun from the article.", written.display())?;
    let missing = drafted.missing();
    if !missing.is_empty() {
        writeln!(
            io.out,
            "Not found in it, so please add: {}.",
            missing.join(", ")
        )?;
    }
    for said in &drafted.trend.repeats {
        writeln!(io.out, "Held already: {said}.")?;
    }
    for slug in &drafted.trend.near {
        writeln!(io.out, "Near to: {}.", title(&knowledge, slug))?;
    }
    writeln!(
        io.out,
        "\nAdd its source to sources.yaml:\n\n{}",
        source(&drafted, &slug)
    )?;
    writeln!(
        io.out,
        "Then write each section in your own words; careerbot check says what is left to do."
    )?;
    Ok(())
}

fn title<'a>(knowledge: &'a Knowledge, slug: &'a str) -> &'a str {
    knowledge
        .find(slug)
        .map_or(slug, |topic| knowledge.title(topic))
}

/// A slug of a title's first words.
fn slug_of(title: &str) -> String {
    const MOST: usize = 40;
    let lower = title.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() + 1 > MOST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

/// What stands in the file at once. Figures stand in comments: the text of a file holds none.
fn begun(drafted: &Drafted, slug: &Slug) -> Begun {
    let trend = &drafted.trend;
    let all = || trend.quotes.iter().chain(&trend.offered);
    let plain = |quote: &&Quote| !quote.text.contains(|c: char| c.is_ascii_digit());
    let quotes: Vec<&Quote> = all().filter(plain).take(MOST_QUOTES).collect();
    let says: Vec<String> = quotes
        .iter()
        .map(|quote| format!("“{}”", quote.text))
        .collect();
    let others = all().filter(|quote| !quotes.contains(quote));
    let mut notes = vec![format!(
        "The article: {}. It says, in words that are its own:",
        trend.cited()
    )];
    notes.extend(others.map(line));
    if !trend.figures.is_empty() {
        notes.push("Its figures, which are the article's and no official ones:".to_owned());
        notes.extend(trend.figures.iter().map(line));
    }
    Begun {
        title: drafted.title.clone(),
        named_roles: trend.roles.clone(),
        source: slug.to_string(),
        article: if says.is_empty() {
            String::new()
        } else {
            format!("The article says: {}", says.join(" It also says: "))
        },
        notes,
    }
}

/// The source as `sources.yaml` has it.
fn source(drafted: &Drafted, slug: &Slug) -> String {
    let trend = &drafted.trend;
    let or = |text: &str, none: &str| {
        let text = text.replace(['"', '\\'], "'");
        if text.is_empty() {
            none.to_owned()
        } else {
            text
        }
    };
    let date = or(&trend.published, UNDATED);
    let title = or(&drafted.title, "unknown");
    let by = if trend.author.is_empty() {
        String::new()
    } else {
        format!(" by {}", or(&trend.author, ""))
    };
    format!(
        "{slug}:\n  publisher: \"{}\"\n  title: \"{title}\"\n  short: \"{title}\"\n  release: \"{date}\"\n  period: \"{date}\"\n  date: {date}\n  url: {}\n  license: facts and at most {MOST_QUOTES} quoted sentences\n  attribution: \"Trend after the article {title}{by}, {date}.\"\n",
        or(&trend.publisher, "unknown"),
        or(&drafted.source, "none"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_slug() {
        assert_eq!(
            slug_of("Nurses’ work: behind a screen!"),
            "nurses-work-behind-a-screen"
        );
        assert_eq!(slug_of("x".repeat(80).as_str()), "");
        assert!(
            Slug::parse(&slug_of(
                "Hospitals put experienced nurses behind a screen for good"
            ))
            .is_some()
        );
    }
}
