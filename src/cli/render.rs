//! An answer on a terminal: the direct answer first, then what supports it, wrapped to the width.
//!
//! Pure. Knows nothing of how the answer was found, and shows everything that it holds.

use std::ops::Range;

use crate::answer::{Answer, Fact, Item, Outcome, Own, Passage, SourceRef, Subject, Table};
use crate::cli::io::Look;
use crate::cli::page::{Page, Style};
use crate::cli::wrap::columns;

/// Columns below which a cell of a table breaks every few letters; the table is then shown as lists.
const NARROWEST_CELL: usize = 16;
/// Columns of the widest label beside which values still have room.
const WIDEST_LABEL: usize = 28;

/// The whole answer, ending in a line end.
pub fn answer(answer: &Answer, look: Look) -> String {
    let mut page = Page::new(look);
    page.line(Style::Title, &answer.title);
    for note in &answer.notes {
        page.block(Style::Quiet, "", note);
    }
    page.gap();
    for paragraph in &answer.direct {
        page.block(Style::Plain, "", paragraph);
    }
    facts(&mut page, &answer.facts);
    if let Some(compared) = &answer.table {
        table(&mut page, compared);
    }
    items(&mut page, &answer.items, answer.more);
    for each in &answer.passages {
        passage(&mut page, each);
    }
    page.gap();
    for caveat in &answer.caveats {
        page.block(Style::Warning, "! ", caveat);
    }
    for each in &answer.own {
        own(&mut page, each);
    }
    choices(&mut page, answer);
    related(&mut page, &answer.related);
    sources(&mut page, answer);
    page.finish()
}

fn facts(page: &mut Page, facts: &[Fact]) {
    page.gap();
    let widest = facts
        .iter()
        .map(|fact| columns(&fact.label))
        .max()
        .unwrap_or(0)
        .min(WIDEST_LABEL);
    for fact in facts {
        page.labelled(&fact.label, widest, &fact.value);
    }
}

fn table(page: &mut Page, table: &Table) {
    page.gap();
    let label = table
        .rows
        .iter()
        .map(|(label, _)| columns(label))
        .max()
        .unwrap_or(0)
        .min(WIDEST_LABEL);
    let count = table.columns.len().max(1);
    let room = page.width().saturating_sub(label + 2 * count) / count;
    if room < NARROWEST_CELL {
        for (place, column) in table.columns.iter().enumerate() {
            page.line(Style::Strong, column);
            for (name, cells) in &table.rows {
                page.labelled(name, label, cells.get(place).map_or("", String::as_str));
            }
            page.gap();
        }
        return;
    }
    page.cells(Style::Strong, label, room, "", &table.columns);
    for (name, cells) in &table.rows {
        let tall = cells.iter().any(|cell| columns(cell) > room);
        // Rows of several lines run into each other without a line between.
        if tall {
            page.gap();
        }
        page.cells(Style::Plain, label, room, name, cells);
        if tall {
            page.gap();
        }
    }
}

fn items(page: &mut Page, items: &[Item], more: usize) {
    page.gap();
    for item in items {
        let text = if item.note.is_empty() {
            item.subject.title.clone()
        } else {
            format!("{}: {}", item.subject.title, item.note)
        };
        let name = 0..item.subject.title.len();
        page.marked(Style::Plain, "• ", &text, std::slice::from_ref(&name));
    }
    if more > 0 {
        page.block(Style::Quiet, "", &format!("… and {more} more"));
    }
}

fn passage(page: &mut Page, passage: &Passage) {
    page.gap();
    page.line(
        Style::Strong,
        &format!("{} — {}", passage.title, passage.heading),
    );
    page.marked(Style::Plain, "│ ", &passage.text, &passage.marks);
    if !passage.url.is_empty() {
        page.unbroken(Style::Quiet, "│ ", &passage.url);
    }
}

fn own(page: &mut Page, own: &Own) {
    page.gap();
    page.block(Style::Warning, "", Own::HEAD);
    page.line(Style::Strong, &own.title);
    for line in own.text.lines() {
        page.block(Style::Plain, "│ ", line);
    }
    if !own.source.is_empty() {
        page.unbroken(Style::Quiet, "│ ", &own.source);
    }
    if let Some(review) = own.review() {
        page.block(Style::Quiet, "│ ", &review);
    }
}

fn choices(page: &mut Page, answer: &Answer) {
    if answer.choices.is_empty() {
        return;
    }
    page.gap();
    page.line(
        Style::Strong,
        match answer.outcome {
            Outcome::Clarify => "Which one do you mean?",
            Outcome::NotCovered => "Nearest topics",
            Outcome::Answered => "You can ask next",
        },
    );
    for (number, choice) in (1..).zip(&answer.choices) {
        page.block(Style::Plain, &format!("{number}) "), &choice.label);
    }
}

fn related(page: &mut Page, related: &[Subject]) {
    if related.is_empty() {
        return;
    }
    page.gap();
    let titles: Vec<&str> = related
        .iter()
        .map(|subject| subject.title.as_str())
        .collect();
    page.block(Style::Plain, "Related: ", &titles.join(" · "));
}

fn sources(page: &mut Page, answer: &Answer) {
    page.gap();
    let mut sources: Vec<&SourceRef> = Vec::new();
    for source in &answer.sources {
        let behind = sources
            .iter()
            .rposition(|other| other.title == source.title)
            .map_or(sources.len(), |place| place + 1);
        sources.insert(behind, source);
    }
    let mut last = "";
    for source in sources {
        // Two pages of one source are told as one source with two addresses.
        if source.title != last {
            page.block(
                Style::Quiet,
                "Source: ",
                &format!("{} ({})", source.title, source.date),
            );
            last = &source.title;
        }
        if !source.url.is_empty() {
            page.unbroken(Style::Quiet, "        ", &source.url);
        }
    }
    if !answer.attributions.is_empty() {
        page.gap();
        page.block(Style::Quiet, "", &answer.attributions.join(" "));
    }
}

/// Marks that lie within `line`, relative to its start.
pub(crate) fn marks_in(line: &Range<usize>, marks: &[Range<usize>]) -> Vec<Range<usize>> {
    marks
        .iter()
        .filter(|mark| mark.start < line.end && mark.end > line.start)
        .map(|mark| mark.start.max(line.start) - line.start..mark.end.min(line.end) - line.start)
        .collect()
}
