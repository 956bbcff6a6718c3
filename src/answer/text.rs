//! An answer as plain text: the whole of what a member would read, without markup.
//!
//! Used by the machine interface and wherever no richer rendering exists. Pure.

use std::fmt::Write as _;

use crate::answer::model::{Answer, Own, Table};

/// The answer as plain text: direct answer first, then facts, evidence, cautions, choices, sources.
pub fn plain(answer: &Answer) -> String {
    let mut text = String::with_capacity(1024);
    for paragraph in answer.direct.iter().chain(&answer.notes) {
        push_line(&mut text, paragraph);
    }
    for fact in &answer.facts {
        let _ = writeln!(text, "{}: {}", fact.label, fact.value);
    }
    if let Some(table) = &answer.table {
        push_table(&mut text, table);
    }
    for item in &answer.items {
        let separator = if item.note.is_empty() { "" } else { ": " };
        let _ = writeln!(text, "- {}{separator}{}", item.subject.title, item.note);
    }
    if answer.more > 0 {
        let _ = writeln!(text, "… and {} more", answer.more);
    }
    for passage in &answer.passages {
        let _ = writeln!(
            text,
            "{} — {}: {}",
            passage.title, passage.heading, passage.text
        );
    }
    for caveat in &answer.caveats {
        push_line(&mut text, caveat);
    }
    if !answer.choices.is_empty() {
        let labels: Vec<&str> = answer
            .choices
            .iter()
            .map(|choice| choice.label.as_str())
            .collect();
        let _ = writeln!(text, "Choose: {}", labels.join(" · "));
    }
    if !answer.related.is_empty() {
        let titles: Vec<&str> = answer
            .related
            .iter()
            .map(|subject| subject.title.as_str())
            .collect();
        let _ = writeln!(text, "Related: {}", titles.join(" · "));
    }
    for source in &answer.sources {
        let _ = writeln!(
            text,
            "Source: {} ({}) {}",
            source.title, source.date, source.url
        );
    }
    for own in &answer.own {
        let _ = writeln!(text, "{}\n{}\n{}", Own::HEAD, own.title, own.text);
        if !own.source.is_empty() {
            let _ = writeln!(text, "Source: {}", own.source);
        }
        own.review()
            .iter()
            .for_each(|line| push_line(&mut text, line));
    }
    text.truncate(text.trim_end().len());
    text
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn push_table(text: &mut String, table: &Table) {
    for (label, cells) in &table.rows {
        let _ = writeln!(text, "{label}:");
        for (column, cell) in table.columns.iter().zip(cells) {
            let _ = writeln!(text, "  {column}: {cell}");
        }
    }
}
