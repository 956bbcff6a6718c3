//! An answer as plain text: the whole of what a member would read, without markup.
//!
//! Used by the machine interface and wherever no richer rendering exists. Pure.

use std::fmt::Write as _;

use crate::answer::blocks::{Block, exact};
use crate::answer::model::{Answer, Own, Table};

/// The answer as plain text: direct answer first, then facts, evidence, cautions, choices, sources.
pub fn plain(answer: &Answer) -> String {
    let mut text = String::with_capacity(1024);
    for block in exact(answer) {
        push(&mut text, &block);
    }
    text.truncate(text.trim_end().len());
    text
}

fn push(text: &mut String, block: &Block<'_>) {
    // Writing to a text cannot fail.
    let _ = match block {
        Block::Lead(line) | Block::Caution(line) => writeln!(text, "{line}"),
        Block::Note(line) => writeln!(text, "{line}"),
        Block::Fact(label, value) => writeln!(text, "{label}: {value}"),
        Block::Table(table) => {
            push_table(text, table);
            Ok(())
        }
        Block::Item(subject, note) => {
            let separator = if note.is_empty() { "" } else { ": " };
            writeln!(text, "- {}{separator}{note}", subject.title)
        }
        Block::Others(more) => writeln!(text, "… and {more} more"),
        Block::Passage(passage) => writeln!(
            text,
            "{} — {}: {}",
            passage.title, passage.heading, passage.text
        ),
        Block::Choices(choices, _) => {
            let labels: Vec<&str> = choices.iter().map(|choice| choice.label.as_str()).collect();
            writeln!(text, "Choose: {}", labels.join(" · "))
        }
        Block::Related(related) => {
            let titles: Vec<&str> = related
                .iter()
                .map(|subject| subject.title.as_str())
                .collect();
            writeln!(text, "Related: {}", titles.join(" · "))
        }
        Block::Sources(sources) => sources.iter().try_for_each(|source| {
            writeln!(
                text,
                "Source: {} ({}) {}",
                source.title, source.date, source.url
            )
        }),
        Block::Own(own) => push_own(text, own),
        // The short forms say what stands here in full; what publishers want shown is for people.
        Block::Grid(_) | Block::Scale(_) | Block::Credit(_) => Ok(()),
    };
}

fn push_own(text: &mut String, own: &Own) -> std::fmt::Result {
    writeln!(text, "{}\n{}\n{}", Own::HEAD, own.title, own.text)?;
    if !own.source.is_empty() {
        writeln!(text, "Source: {}", own.source)?;
    }
    own.review()
        .iter()
        .try_for_each(|line| writeln!(text, "{line}"))
}

fn push_table(text: &mut String, table: &Table) {
    for (label, cells) in &table.rows {
        let _ = writeln!(text, "{label}:");
        for (column, cell) in table.columns.iter().zip(cells) {
            let _ = writeln!(text, "  {column}: {cell}");
        }
    }
}
