//! An answer on a terminal: the direct answer first, then what supports it, wrapped to the width.
//!
//! Pure. Knows nothing of how the answer was found, or what a card leaves out.

use std::ops::Range;

use crate::answer::blocks::{self, Block};
use crate::answer::{Answer, Choice, Grid, Outcome, Own, Passage, SourceRef, Subject, Table, grid};
use crate::cli::io::Look;
use crate::cli::page::{Page, Style};
use crate::text::width::columns;

/// Columns below which a cell of a table breaks every few letters; the table is then shown as lists.
const NARROWEST_CELL: usize = 16;
/// Columns of the widest label beside which values still have room.
const WIDEST_LABEL: usize = 28;
/// Columns of the widest comparison in short.
const WIDEST_GRID: usize = 60;

/// How much of an answer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// A short card.
    Card,
    /// All that it holds.
    Whole,
}

impl Depth {
    /// What `--full` asks for.
    pub fn of(full: bool) -> Self {
        if full { Self::Whole } else { Self::Card }
    }
}

/// The answer, ending in a line end.
pub fn answer(answer: &Answer, look: Look, depth: Depth) -> String {
    let mut page = Page::new(look);
    match depth {
        Depth::Card => {
            let card = blocks::card(answer, false);
            walk(&mut page, card.title, &card.blocks, depth);
            if card.rest || !answer.credits.is_empty() {
                page.block(Style::Quiet, "", "In full: --full, or /more in a talk");
            }
        }
        Depth::Whole => walk(&mut page, &answer.title, &blocks::whole(answer), depth),
    }
    page.finish()
}

fn walk(page: &mut Page, title: &str, blocks: &[Block<'_>], depth: Depth) {
    if !title.is_empty() {
        page.line(Style::Title, title);
    }
    for block in blocks {
        if let Block::Note(note) = block {
            page.block(Style::Quiet, "", note);
        }
    }
    page.gap();
    let widest = widest(blocks);
    let mut last = None;
    for block in blocks {
        // Blocks of a kind stand together.
        let kind = std::mem::discriminant(block);
        let goes_on = matches!(block, Block::Others(_));
        if last.is_some_and(|last| last != kind) && !goes_on {
            page.gap();
        }
        last = Some(kind);
        match block {
            Block::Lead(paragraph) => page.block(Style::Plain, "", paragraph),
            Block::Note(_) => {}
            Block::Fact(label, value) => page.labelled(label, widest, value),
            Block::Grid(compared) => grid(page, compared),
            Block::Table(compared) => table(page, compared),
            Block::Scale(text) => page.block(Style::Quiet, "", text),
            Block::Item(subject, note) => item(page, subject, note),
            Block::Others(more) => page.block(Style::Quiet, "", &format!("… and {more} more")),
            Block::Passage(each) => passage(page, each),
            Block::Caution(text) => page.block(Style::Warning, "! ", text),
            Block::Own(each) => own(page, each),
            Block::Choices(each, outcome) => choices(page, each, *outcome),
            Block::Related(each) => related(page, each),
            Block::Sources(each) if depth == Depth::Card => short_sources(page, each),
            Block::Sources(each) => sources(page, each),
            Block::Credit(line) => page.block(Style::Quiet, "", line),
        }
    }
}

/// Columns of the labels of facts.
fn widest(blocks: &[Block<'_>]) -> usize {
    blocks
        .iter()
        .filter_map(|block| match block {
            Block::Fact(label, _) => Some(columns(label)),
            _ => None,
        })
        .max()
        .unwrap_or(0)
        .min(WIDEST_LABEL)
}

fn grid(page: &mut Page, grid: &Grid) {
    for note in &grid.notes {
        page.block(Style::Quiet, "", note);
    }
    page.gap();
    // Columns further apart would be harder to read across.
    for line in grid::lines(grid, page.width().min(WIDEST_GRID)) {
        page.unbroken(Style::Plain, "", &line);
    }
    page.gap();
    for line in &grid.lines {
        page.block(Style::Plain, "", &format!("{}: {}", line.label, line.value));
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

fn item(page: &mut Page, subject: &Subject, note: &str) {
    let text = if note.is_empty() {
        subject.title.clone()
    } else {
        format!("{}: {note}", subject.title)
    };
    let name = 0..subject.title.len();
    let lead = subject
        .number
        .map_or_else(|| "• ".to_owned(), |number| format!("{number}. "));
    page.marked(Style::Plain, &lead, &text, std::slice::from_ref(&name));
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

fn choices(page: &mut Page, choices: &[Choice], outcome: Outcome) {
    page.gap();
    page.line(
        Style::Strong,
        match outcome {
            Outcome::Clarify => "Which one do you mean?",
            Outcome::NotCovered => "Nearest topics",
            Outcome::Answered => "You can ask next",
        },
    );
    for (number, choice) in (1..).zip(choices) {
        page.block(Style::Plain, &format!("{number}) "), &choice.label);
    }
}

fn related(page: &mut Page, related: &[Subject]) {
    page.gap();
    let titles: Vec<&str> = related
        .iter()
        .map(|subject| subject.title.as_str())
        .collect();
    page.block(Style::Plain, "Related: ", &titles.join(" · "));
}

/// Each source once by its short name, with its first address.
fn short_sources(page: &mut Page, sources: &[SourceRef]) {
    let mut told: Vec<&str> = Vec::new();
    for source in sources {
        let name = if source.short.is_empty() {
            &source.title
        } else {
            &source.short
        };
        if told.contains(&name.as_str()) {
            continue;
        }
        told.push(name);
        let line = format!("{name}, {}", source.url);
        page.unbroken(Style::Quiet, "Source: ", line.trim_end_matches(", "));
    }
}

fn sources(page: &mut Page, all: &[SourceRef]) {
    page.gap();
    let mut sources: Vec<&SourceRef> = Vec::new();
    for source in all {
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
}

/// Marks that lie within `line`, relative to its start.
pub(crate) fn marks_in(line: &Range<usize>, marks: &[Range<usize>]) -> Vec<Range<usize>> {
    marks
        .iter()
        .filter(|mark| mark.start < line.end && mark.end > line.start)
        .map(|mark| mark.start.max(line.start) - line.start..mark.end.min(line.end) - line.start)
        .collect()
}
