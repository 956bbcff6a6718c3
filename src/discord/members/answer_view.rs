//! An answer as a Discord message: the direct answer as text, what supports it as an embed, buttons below.
//!
//! A short card first; the whole answer is a press away. Pure. Never exceeds a limit, whatever the answer holds: sources,
//! cautions and credits are short and get their room first. Knows nothing of how the answer was found, or what a card leaves out.

use crate::answer::blocks::{self, Block};
use crate::answer::grid::{self, PHONE};
use crate::answer::{Answer, Grid, Outcome, Own, Passage, SourceRef, Subject, Table};
use crate::discord::interaction::view_options::{View, Whole, question_line};
use crate::discord::members::{answer_buttons, entry_view};
use crate::discord::message::body::{Embed, Footer, Message};
use crate::discord::message::limits::{
    CONTENT, EMBED_DESCRIPTION, EMBED_TITLE, EMBED_TOTAL, length,
};
use crate::discord::message::line_budget::{LineBudget, RESERVE};
use crate::discord::message::locale::{self, Lead};
use crate::discord::message::markdown::{
    address, clean, day, escape, escape_to, is_blank, link, truncate, with_marks,
};

/// Room that is kept in the embeds for an entry of the server's moderators; it takes what else is left.
const OWN: usize = 1_500;
/// The same in the text, where embeds are not shown.
const OWN_IN_TEXT: usize = 500;
/// Most characters of cautions and sources.
const CLOSING: usize = 1_100;
/// Most characters of small print.
const CREDITS: usize = 900;
/// Most characters of a fact and of a line of a list: a step of a way has its exam, its license and its pay, a way its reason,
/// and none of it is cut.
const FACT: usize = 960;
const LINE: usize = 700;
/// Most pages of one source that are linked.
const PAGES: usize = 3;
/// The colour of the bar at the side; it carries no meaning.
const COLOR: u32 = 0x2A_7F_9E;
/// Where the credits stand in full, for a card that has them in short.
const IN_FULL: &str = "full credits: More or /sources";

/// The message that shows an answer in short.
pub fn answer(answer: &Answer, view: &View<'_>) -> Message {
    let card = blocks::card(answer, view.whole == Whole::Nowhere);
    let shown = Shown {
        title: card.title,
        blocks: &card.blocks,
        short: true,
    };
    Message {
        rows: answer_buttons::under(answer, &card, view).into(),
        ..shown.message(answer, view)
    }
}

/// The message that shows all that an answer holds.
pub fn whole(answer: &Answer, view: &View<'_>) -> Message {
    let shown = Shown {
        title: &answer.title,
        blocks: &blocks::whole(answer),
        short: false,
    };
    Message {
        rows: answer_buttons::under_whole(answer, view).into(),
        ..shown.message(answer, view)
    }
}

/// The blocks of an answer below each other, a paragraph each, then its cautions, sources and credits: for pages of text.
pub(crate) fn paragraphs(blocks: &[Block<'_>]) -> Vec<String> {
    let mut lines = LineBudget::new(usize::MAX);
    push_body(&mut lines, blocks);
    let mut paragraphs = vec![lines.text];
    for block in blocks {
        match block {
            Block::Caution(text) => paragraphs.push(escape(text)),
            Block::Sources(sources) => {
                paragraphs.push(format!("**Sources**\n{}", source_lines(sources)));
            }
            Block::Credit(line) => paragraphs.push(format!("-# {}", escape_to(line, 600))),
            _ => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.trim().is_empty());
    paragraphs
}

/// What is shown of an answer.
struct Shown<'a> {
    title: &'a str,
    blocks: &'a [Block<'a>],
    /// Whether sources and credits are named in short.
    short: bool,
}

impl Shown<'_> {
    fn message(&self, answer: &Answer, view: &View<'_>) -> Message {
        let (content, embeds) = if view.embeds {
            let mut lines = LineBudget::new(CONTENT - RESERVE);
            self.push_head(&mut lines, answer, view);
            (lines.text, self.embeds(answer, view))
        } else {
            (self.text(answer, view), Vec::new())
        };
        Message {
            content,
            embeds: embeds.into(),
            private: view.private,
            ..Message::default()
        }
    }

    /// The text above the embed: question, direct answer, how the question was read.
    fn push_head(&self, lines: &mut LineBudget, answer: &Answer, view: &View<'_>) {
        if let Some(question) = view
            .question
            .filter(|question| !answer.sensitive && !is_blank(question))
        {
            lines.push(&question_line(question));
        }
        let lead = view
            .language
            .filter(|_| !answer.sensitive)
            .and_then(|note| locale::lead(note, lead_of(answer)?));
        lines.push(&escape(&lead.unwrap_or_default()));
        let said =
            |block: &Block<'_>| matches!(block, Block::Lead(text) if !text.trim().is_empty());
        if !self.blocks.iter().any(said) {
            lines.push_cut(&answer.title, |text| {
                format!("**{}**", escape_to(text, usize::MAX))
            });
        }
        for block in self.blocks {
            match block {
                Block::Lead(paragraph) => lines.push_cut(paragraph, escape),
                Block::Note(note) => lines.push_cut(note, |text| {
                    format!("-# {}", escape(&text.replace('\n', " ")))
                }),
                _ => {}
            }
        }
        if lines.text.trim().is_empty() {
            lines.push("Here is what I found.");
        }
    }

    /// Cautions and sources.
    fn closing(&self, embeds: bool) -> String {
        let mut lines = LineBudget::new(CLOSING);
        for block in self.blocks {
            match block {
                Block::Caution(text) => lines.push_cut(text, escape),
                Block::Sources(sources) if self.short => lines.push(&source_line(sources, embeds)),
                Block::Sources(sources) => {
                    for line in source_lines(sources).lines() {
                        lines.push(line);
                    }
                }
                _ => {}
            }
        }
        lines.text
    }

    /// The lines that publishers and licences want shown.
    fn credits(&self) -> Vec<String> {
        let all: Vec<&str> = self
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Credit(line) => Some(*line),
                _ => None,
            })
            .collect();
        match all.as_slice() {
            [] => Vec::new(),
            all if self.short => vec![format!("{} · {IN_FULL}", all.join(" · "))],
            all => all.iter().map(|line| (*line).to_owned()).collect(),
        }
    }

    /// What supports the answer, and below it each entry of the server's moderators by itself.
    fn embeds(&self, answer: &Answer, view: &View<'_>) -> Vec<Embed> {
        let kept = answer.own.len() * OWN;
        let mut embeds: Vec<Embed> = self
            .embed(answer, view, EMBED_TOTAL.saturating_sub(kept))
            .into_iter()
            .collect();
        let mut room = EMBED_TOTAL.saturating_sub(embeds.iter().map(Embed::length).sum());
        for (place, own) in answer.own.iter().enumerate() {
            let later = (answer.own.len() - place - 1) * OWN;
            let Some(embed) = entry_view::embed(own, room.saturating_sub(later)) else {
                continue;
            };
            room = room.saturating_sub(embed.length());
            embeds.push(embed);
        }
        embeds
    }

    /// The embed; `None` where it would say nothing.
    fn embed(&self, answer: &Answer, view: &View<'_>, room: usize) -> Option<Embed> {
        let title = escape_to(self.title.trim(), EMBED_TITLE);
        let mut small = LineBudget::new(CREDITS.min(room.saturating_sub(length(&title))));
        small.push(view.language.unwrap_or_default());
        for line in self.credits() {
            let room = small.room();
            small.push(&truncate(&plain(&line), room));
        }
        let closing = self.closing(true);
        let most = room.saturating_sub(length(&title) + length(&small.text));
        let mut lines = LineBudget::new(
            most.min(EMBED_DESCRIPTION)
                .saturating_sub(length(&closing) + 1),
        );
        push_body(&mut lines, self.blocks);
        lines.most += length(&closing) + 1;
        lines.push(&closing);
        let says_nothing = lines.text.is_empty() && small.text.is_empty();
        // Without a headline Discord shows no link.
        let url = if title.is_empty() { "" } else { page(answer) };
        (!says_nothing).then(|| Embed {
            title,
            url: url.to_owned(),
            description: lines.text,
            color: Some(COLOR),
            footer: (!small.text.is_empty()).then_some(Footer { text: small.text }),
            ..Embed::default()
        })
    }

    /// All of it as text, for channels in which embeds are not shown.
    fn text(&self, answer: &Answer, view: &View<'_>) -> String {
        let mut closing = LineBudget::new(CLOSING + CREDITS);
        closing.push(&self.closing(false));
        closing.push(
            &view
                .language
                .map(|line| format!("-# {line}"))
                .unwrap_or_default(),
        );
        if let Some(url) = address(page(answer)) {
            closing.push(&format!("-# [Page of this](<{url}>)"));
        }
        let first = closing.text.clone();
        for line in self.credits() {
            closing.push(&format!("-# {}", escape_to(&line, 600)));
        }
        let others = answer.own.len() * OWN_IN_TEXT;
        let most = (CONTENT - RESERVE).saturating_sub(others);
        let kept = length(&first) + 1;
        let mut lines = LineBudget::new(most.saturating_sub(kept));
        self.push_head(&mut lines, answer, view);
        push_body(&mut lines, self.blocks);
        lines.most = most;
        // Sources and cautions have their room; of the credits, which /sources has in full, what is left.
        if length(&closing.text) <= lines.room() {
            lines.push(&closing.text);
        } else {
            lines.push(&first);
        }
        lines.most += others;
        push_own(&mut lines, &answer.own);
        lines.text
    }
}

/// The page on the operator's site of what an answer is about; empty where there is none, or where it is about several things.
fn page(answer: &Answer) -> &str {
    let several = answer.table.is_some() || !answer.items.is_empty();
    let about = answer
        .subjects
        .first()
        .filter(|_| !several && !answer.sensitive);
    about.map_or("", |subject| subject.page.as_str())
}

/// What a sentence in another language can say of an answer; `None` where it is about nothing in particular.
fn lead_of(answer: &Answer) -> Option<Lead<'_>> {
    let about = || {
        answer
            .subjects
            .first()
            .map(|subject| subject.title.as_str())
    };
    match answer.outcome {
        Outcome::NotCovered => Some(Lead::Nothing),
        Outcome::Clarify => Some(Lead::Choose),
        Outcome::Answered => match (answer.items.first(), &answer.median) {
            (Some(first), _) => Some(Lead::List(&first.subject.title)),
            (None, Some(median)) => Some(Lead::Pay(about()?, &median.pay, &median.of)),
            (None, None) => about().map(Lead::About),
        },
    }
}

fn push_own(lines: &mut LineBudget, all: &[Own]) {
    for (place, own) in all.iter().enumerate() {
        let later = (all.len() - place - 1) * OWN_IN_TEXT;
        let room = lines.room().saturating_sub(later);
        lines.push(&entry_view::lines(own, room));
    }
}

/// Facts, comparison, list and evidence.
fn push_body(lines: &mut LineBudget, blocks: &[Block<'_>]) {
    let mut items = Vec::new();
    let mut more = 0;
    for block in blocks {
        match block {
            Block::Fact(label, value) => lines.push(&labelled(label, value)),
            Block::Grid(grid) => push_grid(lines, grid),
            Block::Table(table) => push_table(lines, table),
            Block::Scale(text) => lines.push(&escape(text)),
            Block::Item(subject, note) => items.push(item_line(subject, note)),
            Block::Others(others) => more = *others,
            _ => {}
        }
    }
    lines.push_all(items.into_iter(), more);
    for block in blocks {
        if let Block::Passage(passage) = block {
            push_passage(lines, passage);
        }
    }
}

fn labelled(label: &str, value: &str) -> String {
    let (label, value) = (escape_to(label.trim(), 100), escape_to(value.trim(), FACT));
    if label.is_empty() || value.is_empty() {
        return String::new();
    }
    format!("**{label}:** {value}")
}

/// In a fixed width, so that its columns stand below each other.
fn push_grid(lines: &mut LineBudget, grid: &Grid) {
    for note in &grid.notes {
        lines.push(&escape_to(note, 300));
    }
    let rows: Vec<String> = grid::lines(grid, PHONE)
        .iter()
        .map(|line| plain(line).replace('`', "'"))
        .collect();
    lines.push(&format!("```\n{}\n```", rows.join("\n")));
    for line in &grid.lines {
        lines.push(&labelled(&line.label, &line.value));
    }
}

fn push_table(lines: &mut LineBudget, table: &Table) {
    for (label, cells) in &table.rows {
        lines.push(&format!("**{}**", escape_to(label, 100)));
        for (column, cell) in table.columns.iter().zip(cells) {
            lines.push(&format!(
                "{}: {}",
                escape_to(column, 80),
                escape_to(cell, 300)
            ));
        }
    }
}

fn push_passage(lines: &mut LineBudget, passage: &Passage) {
    let from = [passage.title.as_str(), passage.heading.as_str()]
        .iter()
        .filter(|part| !part.trim().is_empty())
        .map(|part| clean(part))
        .collect::<Vec<_>>()
        .join(" — ");
    let head = format!("**{}**", link(&truncate(&from, 160), &passage.url));
    // A heading without a line of its passage would say nothing.
    if from.is_empty() || passage.text.trim().is_empty() || length(&head) + 80 > lines.room() {
        return;
    }
    lines.push(&head);
    lines.push_cut(&passage.text, |text| {
        quote(&with_marks(text, &passage.marks))
    });
}

fn quote(text: &str) -> String {
    text.lines()
        .map(|line| format!("> {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A line of a list. A trend bears its number, because it can be asked for by it.
fn item_line(subject: &Subject, note: &str) -> String {
    let title = escape_to(clean(&subject.title).trim(), 120);
    let note = escape_to(note.trim(), LINE);
    let note = if note.is_empty() {
        note
    } else {
        format!(" — {note}")
    };
    match subject.number {
        Some(number) => format!("**{number}. {title}**{note}"),
        None => format!("• **{title}**{note}"),
    }
}

/// Sources with the pages of each: two roles often rest on two pages of one database.
fn grouped(
    sources: &[SourceRef],
    same: impl Fn(&SourceRef, &SourceRef) -> bool,
) -> Vec<(&SourceRef, Vec<&str>)> {
    let mut grouped: Vec<(&SourceRef, Vec<&str>)> = Vec::new();
    for source in sources
        .iter()
        .filter(|source| !source.title.trim().is_empty())
    {
        match grouped.iter_mut().find(|(first, _)| same(first, source)) {
            Some((_, pages)) if pages.contains(&source.url.as_str()) => {}
            Some((_, pages)) => pages.push(&source.url),
            None => grouped.push((source, vec![&source.url])),
        }
    }
    grouped
}

/// All sources on one line, each by its short name and release.
fn source_line(sources: &[SourceRef], embeds: bool) -> String {
    // Outside of an embed, angle brackets keep Discord from adding a preview of each page.
    let to = |label: &str, url: &str| match address(url) {
        Some(url) if embeds => format!("[{label}]({url})"),
        Some(url) => format!("[{label}](<{url}>)"),
        None => label.to_owned(),
    };
    let name = |source: &SourceRef| {
        let short = source.short.trim();
        escape_to(
            if short.is_empty() {
                &source.title
            } else {
                short
            },
            80,
        )
    };
    let all: Vec<String> = grouped(sources, |one, other| name(one) == name(other))
        .into_iter()
        .map(|(source, pages)| {
            let further = pages.iter().skip(1).take(PAGES - 1).enumerate();
            let further: String = further
                .map(|(place, url)| format!(" {}", to(&format!("({})", place + 2), url)))
                .collect();
            let first = pages.first().copied().unwrap_or_default();
            to(&name(source), first) + &further
        })
        .collect();
    let mut lines = LineBudget::new(CLOSING - 100);
    let word = if all.len() == 1 { "Source" } else { "Sources" };
    let mut line = String::new();
    for source in all {
        let gap = if line.is_empty() { "" } else { " · " };
        if length(&line) + length(&source) + 20 < lines.room() {
            line = format!("{line}{gap}{source}");
        }
    }
    if !line.is_empty() {
        lines.push(&format!("{word}: {line}"));
    }
    lines.text
}

/// A line for each source, with its day of publication and its pages.
fn source_lines(sources: &[SourceRef]) -> String {
    let mut lines = LineBudget::new(CLOSING - 100);
    let all = grouped(sources, |one, other| {
        (&one.title, &one.date) == (&other.title, &other.date)
    });
    lines.push_all(
        all.into_iter().map(|(source, pages)| {
            let title = escape_to(&source.title, 160);
            let (first, others) = pages
                .split_first()
                .map_or(("", &[][..]), |(first, others)| (*first, others));
            let others: String = others
                .iter()
                .filter_map(|url| address(url))
                .take(PAGES - 1)
                .enumerate()
                .map(|(place, url)| format!(" · [page {}](<{url}>)", place + 2))
                .collect();
            let title =
                address(first).map_or_else(|| title.clone(), |url| format!("[{title}](<{url}>)"));
            format!("{title}{others} · {}", day(&source.date, 40))
        }),
        0,
    );
    lines.text
}

/// Text for places that know no markdown, with mentions out of effect.
fn plain(text: &str) -> String {
    clean(text).replace('@', "@\u{200B}")
}
