//! An answer as a Discord message: the direct answer as text, the rest as an embed, buttons below.
//!
//! Pure. Never exceeds a limit, whatever the answer holds: parts are taken in the order of their weight and each gets what
//! room is left. Knows nothing of how the answer was found.

use crate::answer::compare::MOST_ROLES;
use crate::answer::{Answer, Item, SourceRef, Table};
use crate::discord::interaction::view_options::{View, question_line};
use crate::discord::members::{answer_buttons, entry_view};
use crate::discord::message::body::{Embed, Field, Footer, Message};
use crate::discord::message::limits::{
    CONTENT, EMBED_DESCRIPTION, EMBED_FIELDS, EMBED_TITLE, EMBED_TOTAL, FIELD_NAME, FIELD_VALUE,
    FOOTER, length,
};
use crate::discord::message::line_budget::{CLOSING, LineBudget, RESERVE};
use crate::discord::message::markdown::{
    address, clean, day, escape, escape_to, is_blank, link, truncate, whole_sentences, with_marks,
};

/// Room that is kept in the embeds for an entry of the server's moderators; it takes what else is left.
const OWN: usize = 1_500;
/// The same in the text, where embeds are not shown.
const OWN_IN_TEXT: usize = 500;
/// Most facts shown; the rest stands behind "More".
const FACTS: usize = 12;
/// Most pages of one source that are linked.
const PAGES: usize = 3;
/// Most characters of each note of a list in the text: the first at which the whole list fits, with what stands below it.
const NOTES: [usize; 7] = [200, 160, 120, 90, 65, 45, 0];
/// Most characters of a fact, and of a line of a list.
const FACT: usize = 250;
const LINE: usize = 320;
/// The same where ways are shown: a step has its exam, its license and its pay, a line its reason, and none of it is cut.
const STEP: usize = 960;
const WAY: usize = 700;
/// The colour of the bar at the side; it carries no meaning.
const COLOR: u32 = 0x2A_7F_9E;

/// The message that shows an answer.
pub fn answer(answer: &Answer, view: &View<'_>) -> Message {
    let embeds = if view.embeds {
        embeds(answer, view)
    } else {
        Vec::new()
    };
    let content = if view.embeds {
        text(answer, view)
    } else {
        whole_text(answer, view)
    };
    Message {
        content,
        embeds: embeds.into(),
        rows: answer_buttons::under(answer, view).into(),
        file: None,
        poll: None,
        private: view.private,
        ping: None,
    }
}

/// The answer, and below it each entry of the server's moderators by itself.
fn embeds(answer: &Answer, view: &View<'_>) -> Vec<Embed> {
    let kept = answer.own.len() * OWN;
    let mut embeds: Vec<Embed> = embed(answer, view, Room(EMBED_TOTAL.saturating_sub(kept)))
        .into_iter()
        .collect();
    let mut room = Room(
        EMBED_TOTAL
            - embeds
                .iter()
                .map(Embed::length)
                .sum::<usize>()
                .min(EMBED_TOTAL),
    );
    for (place, own) in answer.own.iter().enumerate() {
        let later = (answer.own.len() - place - 1) * OWN;
        let Some(embed) = entry_view::embed(own, room.0.saturating_sub(later)) else {
            continue;
        };
        room = Room(room.0.saturating_sub(embed.length()));
        embeds.push(embed);
    }
    embeds
}

/// The text above the embed: question, direct answer, how the question was read.
fn text(answer: &Answer, view: &View<'_>) -> String {
    let mut lines = LineBudget::new(CONTENT - RESERVE);
    push_head(&mut lines, answer, view);
    lines.text
}

fn push_head(lines: &mut LineBudget, answer: &Answer, view: &View<'_>) {
    if let Some(question) = view
        .question
        .filter(|question| !answer.sensitive && !is_blank(question))
    {
        lines.push(&question_line(question));
    }
    if answer
        .direct
        .iter()
        .all(|paragraph| paragraph.trim().is_empty())
    {
        lines.push_cut(&answer.title, |text| {
            format!("**{}**", escape_to(text, usize::MAX))
        });
    }
    for paragraph in &answer.direct {
        lines.push_cut(paragraph, |text| escape_to(text, usize::MAX));
    }
    for note in &answer.notes {
        lines.push_cut(note, |text| {
            format!("-# {}", escape_to(&text.replace('\n', " "), usize::MAX))
        });
    }
    if lines.text.trim().is_empty() {
        lines.push("Here is what I found.");
    }
}

/// The whole answer as text, for channels in which embeds are not shown.
fn whole_text(answer: &Answer, view: &View<'_>) -> String {
    const SOURCES: usize = 500;
    let sources = source_lines(answer, SOURCES, |title, pages, date| {
        let pages: String = pages
            .iter()
            .filter_map(|url| address(url))
            .take(PAGES)
            .map(|url| format!(", <{url}>"))
            .collect();
        format!("Source: {title}, {date}{pages}")
    });
    let language = view
        .language
        .map(|line| format!("-# {line}"))
        .unwrap_or_default();
    let kept = length(&sources) + length(&language) + 2;
    let others = answer.own.len() * OWN_IN_TEXT;
    let mut lines = LineBudget::new((CONTENT - RESERVE).saturating_sub(kept + others));
    push_head(&mut lines, answer, view);
    let most = if answer.ways.is_some() { STEP } else { 300 };
    for fact in &answer.facts {
        lines.push(&format!(
            "**{}:** {}",
            escape_to(&fact.label, 100),
            escape_to(&fact.value, most)
        ));
    }
    if let Some(table) = &answer.table {
        for (label, cells) in &table.rows {
            let cells: Vec<String> = table
                .columns
                .iter()
                .zip(cells)
                .filter(|(_, cell)| !said_already(answer, cell))
                .map(|(column, cell)| {
                    format!("{}: {}", escape_to(column, 60), escape_to(cell, 150))
                })
                .collect();
            if !cells.is_empty() {
                lines.push(&format!(
                    "**{}:** {}",
                    escape_to(label, 100),
                    cells.join(" · ")
                ));
            }
        }
    }
    let room = |texts: &[String]| {
        texts
            .iter()
            .map(|text| length(&escape(text)) + "\n-# ".len())
            .sum::<usize>()
    };
    let (caveats, small) = (room(&answer.caveats), room(&answer.attributions));
    let most = lines.most;
    lines.most = most.saturating_sub(caveats);
    let note = NOTES
        .into_iter()
        .find(|note| fits(&answer.items, *note, lines.room().saturating_sub(small)));
    lines.push_all(
        answer.items.iter().map(|item| match answer.ways {
            Some(_) => item_line(item, WAY),
            None => item_in_text(item, note.unwrap_or(0)),
        }),
        answer.more,
    );
    lines.most = most;
    for passage in answer
        .passages
        .iter()
        .filter(|_| answer.items.is_empty() && answer.table.is_none())
    {
        lines.push_cut(&passage.text, |text| with_marks(text, &passage.marks));
    }
    for caveat in &answer.caveats {
        lines.push_cut(caveat, |text| escape_to(text, usize::MAX));
    }
    lines.most += kept;
    lines.push(&sources);
    lines.push(&language);
    for attribution in &answer.attributions {
        lines.push(&format!("-# {}", escape_to(attribution, 600)));
    }
    lines.most += others;
    for (place, own) in answer.own.iter().enumerate() {
        let later = (answer.own.len() - place - 1) * OWN_IN_TEXT;
        let room = lines.room().saturating_sub(later);
        lines.push(&entry_view::lines(own, room));
    }
    lines.text
}

/// Whether all items fit into this room with notes of at most `most` characters.
fn fits(items: &[Item], most: usize, room: usize) -> bool {
    items
        .iter()
        .map(|item| length(&item_in_text(item, most)) + 1)
        .sum::<usize>()
        + CLOSING
        <= room
}

/// A line of a list where embeds are not shown. A note that holds a figure is not cut down to what fits: what qualifies the
/// figure stands behind it.
fn item_in_text(item: &Item, most: usize) -> String {
    let figure = item.note.contains(|c: char| c.is_ascii_digit());
    item_line(item, if figure { NOTES[0] } else { most })
}

/// A line of a list. A trend bears its number, because it can be asked for by it.
fn item_line(item: &Item, most: usize) -> String {
    let title = escape_to(clean(&item.subject.title).trim(), 120);
    let note = escape_to(item.note.trim(), most);
    let note = if note.is_empty() {
        note
    } else {
        format!(" — {note}")
    };
    match item.subject.number {
        Some(number) => format!("**{number}. {title}**{note}"),
        None => format!("• **{title}**{note}"),
    }
}

/// A line for each source with all of its pages: two roles often rest on two pages of one database.
fn source_lines(
    answer: &Answer,
    most: usize,
    write: impl Fn(&str, &[&str], &str) -> String,
) -> String {
    let mut grouped: Vec<(&SourceRef, Vec<&str>)> = Vec::new();
    for source in answer
        .sources
        .iter()
        .filter(|source| !source.title.trim().is_empty())
    {
        let same = grouped
            .iter_mut()
            .find(|(first, _)| (&first.title, &first.date) == (&source.title, &source.date));
        match same {
            Some((_, pages)) if pages.contains(&source.url.as_str()) => {}
            Some((_, pages)) => pages.push(&source.url),
            None => grouped.push((source, vec![&source.url])),
        }
    }
    let mut lines = LineBudget::new(most);
    lines.push_all(
        grouped.iter().map(|(source, pages)| {
            write(
                &escape_to(&source.title, 160),
                pages,
                &day(&source.date, 40),
            )
        }),
        0,
    );
    lines.text
}

/// What room is left in the embeds of a message.
struct Room(usize);

impl Room {
    /// Room for a part that may have at most `most` characters.
    fn at_most(&self, most: usize) -> usize {
        self.0.min(most)
    }

    /// Takes the room of a part that was put in.
    fn take(&mut self, parts: &[&str]) {
        self.0 = self
            .0
            .saturating_sub(parts.iter().map(|part| length(part)).sum());
    }
}

/// Facts, table, list, evidence, cautions and sources, in the order of what must not be lost: title, attributions,
/// sources and cautions are short and get their room first.
fn embed(answer: &Answer, view: &View<'_>, mut room: Room) -> Option<Embed> {
    let title = escape_to(answer.title.trim(), EMBED_TITLE);
    room.take(&[&title]);
    let footer = footer(answer, view, room.at_most(FOOTER).min(900));
    room.take(&[&footer]);
    let mut last = Vec::new();
    if !answer.caveats.is_empty() {
        let mut lines = LineBudget::new(700);
        answer
            .caveats
            .iter()
            .for_each(|caveat| lines.push_cut(caveat, |text| escape_to(text, usize::MAX)));
        push_field(&mut last, &mut room, "Good to know", &lines.text, false);
    }
    let sources = source_lines(answer, FIELD_VALUE, |title, pages, date| {
        let (first, others) = pages
            .split_first()
            .map_or(("", &[][..]), |(first, others)| (*first, others));
        let others: String = others
            .iter()
            .filter_map(|url| address(url))
            .take(PAGES - 1)
            .enumerate()
            .map(|(place, url)| format!(" · [page {}]({url})", place + 2))
            .collect();
        format!("{}{others} · {date}", linked(title, first))
    });
    push_field(&mut last, &mut room, "Sources", &sources, false);

    let mut fields = Vec::new();
    let ways = answer.ways.is_some();
    for fact in answer.facts.iter().take(FACTS) {
        push_field(
            &mut fields,
            &mut room,
            &escape_to(&fact.label, 100),
            &escape_to(&fact.value, if ways { STEP } else { FACT }),
            !ways,
        );
    }
    if let Some(table) = &answer.table {
        push_table(&mut fields, &mut room, table, answer);
    }
    let description = description(answer, room.at_most(EMBED_DESCRIPTION));
    fields.truncate(EMBED_FIELDS - last.len());
    fields.append(&mut last);
    let says_nothing = fields.is_empty() && description.is_empty() && footer.is_empty();
    (!says_nothing).then(|| Embed {
        title,
        url: String::new(),
        description,
        color: Some(COLOR),
        fields,
        footer: (!footer.is_empty()).then_some(Footer { text: footer }),
    })
}

/// A link whose label is escaped already.
fn linked(label: &str, url: &str) -> String {
    address(url).map_or_else(|| label.to_owned(), |url| format!("[{label}]({url})"))
}

fn push_field(fields: &mut Vec<Field>, room: &mut Room, name: &str, value: &str, inline: bool) {
    let name = name.trim();
    let value = value.trim();
    if name.is_empty()
        || value.is_empty()
        || length(name) > FIELD_NAME
        || length(value) > FIELD_VALUE
        || length(name) + length(value) > room.0
    {
        return;
    }
    room.take(&[name, value]);
    fields.push(Field {
        name: name.to_owned(),
        value: value.to_owned(),
        inline,
    });
}

/// One field a column, side by side, so that a column can be read on its own.
fn push_table(fields: &mut Vec<Field>, room: &mut Room, table: &Table, answer: &Answer) {
    for (place, column) in table.columns.iter().enumerate().take(MOST_ROLES) {
        let mut lines = LineBudget::new(FIELD_VALUE);
        for (label, cells) in &table.rows {
            let cell = cells.get(place).map_or("not stated", String::as_str);
            if said_already(answer, cell) {
                continue;
            }
            lines.push(&format!(
                "**{}:** {}",
                escape_to(label, 80),
                escape_to(whole_sentences(cell, 160), 160)
            ));
        }
        push_field(
            fields,
            room,
            &escape_to(column, FIELD_NAME),
            &lines.text,
            true,
        );
    }
}

/// Whether the direct answer holds this sentence, so that a phone need not show it twice.
fn said_already(answer: &Answer, cell: &str) -> bool {
    const SENTENCE: usize = 40;
    cell.len() > SENTENCE
        && answer
            .direct
            .iter()
            .any(|paragraph| paragraph.contains(cell))
}

fn description(answer: &Answer, most: usize) -> String {
    let mut lines = LineBudget::new(most);
    let line = if answer.ways.is_some() { WAY } else { LINE };
    lines.push_all(
        answer.items.iter().map(|item| item_line(item, line)),
        answer.more,
    );
    for passage in &answer.passages {
        // The headline names the role or trend already.
        let title = if answer.title.contains(&passage.title) && !passage.heading.trim().is_empty() {
            ""
        } else {
            passage.title.as_str()
        };
        let from = [title, passage.heading.as_str()]
            .iter()
            .filter(|part| !part.trim().is_empty())
            .map(|part| clean(part))
            .collect::<Vec<_>>()
            .join(" — ");
        let head = format!("**{}**", link(&truncate(&from, 160), &passage.url));
        // A heading without a line of its passage would say nothing.
        if from.is_empty() || passage.text.trim().is_empty() || length(&head) + 80 > lines.room() {
            continue;
        }
        lines.push(&head);
        lines.push_cut(&passage.text, |text| {
            quote(&with_marks(text, &passage.marks))
        });
    }
    lines.text
}

fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 16);
    for line in text.lines() {
        if !quoted.is_empty() {
            quoted.push('\n');
        }
        quoted.push_str("> ");
        quoted.push_str(line);
    }
    quoted
}

/// Small print: the language, and the lines that publishers want shown. Without markdown, which footers do not have.
fn footer(answer: &Answer, view: &View<'_>, most: usize) -> String {
    let mut lines = LineBudget::new(most);
    lines.push(view.language.unwrap_or_default());
    for attribution in &answer.attributions {
        let room = lines.room();
        lines.push(&truncate(
            &clean(attribution).replace('@', "@\u{200B}"),
            room,
        ));
    }
    lines.text
}
