//! An answer as blocks in the order in which they are read: short, as a card, or whole.
//!
//! Each place that shows answers walks them and gives each its form. What a card holds, what is said already and what stands
//! behind "More" is settled here and nowhere else; the words and figures are those of the answer. Pure.

use std::borrow::Cow;
use std::ops::Range;

use crate::answer::facts::{LICENSE_CAVEAT, PAY_CAVEAT};
use crate::answer::model::{
    Answer, Choice, Grid, Outcome, Own, Passage, SourceRef, Subject, Table,
};
use crate::answer::spoken::{dollars, rounded};
use crate::knowledge::model::{LICENSE, REMOTE, TRAINING};
use crate::search::documents::sentences;

/// A part of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Block<'a> {
    /// A paragraph of the direct answer.
    Lead(Cow<'a, str>),
    /// How the question was read.
    Note(&'a str),
    /// A labelled fact.
    Fact(Cow<'a, str>, Cow<'a, str>),
    /// A comparison in short rows.
    Grid(&'a Grid),
    /// A comparison, cell by cell.
    Table(&'a Table),
    /// What the figures of the lines below have in common.
    Scale(&'a str),
    /// A line of a list; the note may be empty.
    Item(&'a Subject, Cow<'a, str>),
    /// How many further lines the list has.
    Others(usize),
    /// Evidence.
    Passage(Cow<'a, Passage>),
    /// A caution.
    Caution(Cow<'a, str>),
    /// What the asker's own community has written.
    Own(&'a Own),
    /// What can be asked next, or the readings to choose from.
    Choices(&'a [Choice], Outcome),
    /// Roles and trends beside it.
    Related(&'a [Subject]),
    /// What it rests on.
    Sources(&'a [SourceRef]),
    /// A line that a publisher or a licence wants shown.
    Credit(&'a str),
}

/// A short answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Card<'a> {
    /// The headline without what the direct answer says as well.
    pub title: &'a str,
    /// Its parts.
    pub blocks: Vec<Block<'a>>,
    /// Whether the whole answer says more.
    pub rest: bool,
    /// How many lines of the list are left out.
    pub cut: usize,
}

/// Characters of the direct answer beyond which its further paragraphs are left to the whole answer.
const LEAD: usize = 420;
/// Characters of a paragraph beyond which its further sentences are.
const PARAGRAPH: usize = 320;
/// Most facts.
const FACTS: usize = 5;
/// Characters of a fact without a figure.
const FACT: usize = 150;
/// Characters of all lines of a list together.
const LIST: usize = 600;
/// Most characters of each note of a list: the first at which the list fits. A note with a figure is never cut.
const NOTES: [usize; 6] = [160, 120, 90, 65, 45, 0];
/// Characters of all facts together; three stay in any case.
const ALL_FACTS: usize = 500;
/// Characters of evidence at least and at most, in what the rest of the card leaves.
const EVIDENCE: (usize, usize) = (160, 360);
/// Characters of a card.
const CARD: usize = 790;
/// Lines of a list at least, however long they are.
const LINES: usize = 5;
/// Characters of a sentence that nobody says twice by chance.
const SENTENCE: usize = 30;
/// Characters of what stands behind the colon of a headline from which it is long enough to be said once only.
const HEADLINE: usize = 20;
/// What is said of licenses in short.
const LICENSE_SHORT: &str = "Rules differ by state: ask the state's board before you decide.";

/// The answer in short: one or two sentences, at most five facts, or a list or comparison in short, with what qualifies the
/// figures and the sources. `all` keeps the whole of the direct answer, where nothing else could show it.
pub fn card(answer: &Answer, all: bool) -> Card<'_> {
    let mut blocks = Vec::new();
    let leads = leads(answer, all);
    // Of a way each step, its exam and its license count, and none of it is cut.
    let ways = answer.ways.is_some();
    let mut rest = leads.len() < answer.direct.len();
    let said = leads.join("\n");
    blocks.extend(leads.into_iter().map(Block::Lead));
    blocks.extend(answer.notes.iter().map(|note| Block::Note(note)));

    let facts: Vec<Block<'_>> = answer
        .facts
        .iter()
        .filter(|fact| ways || !is_said(&said, &fact.value))
        .map(|fact| match ways {
            true => Block::Fact(dollars(&fact.label), dollars(&fact.value)),
            false => Block::Fact(rounded(&fact.label), short(&fact.value)),
        })
        .collect();
    let told = !facts.is_empty();
    let all_facts = facts.len();
    let mut used = 0;
    let most = if ways { usize::MAX } else { FACTS };
    let facts = facts.into_iter().take(most).enumerate();
    let facts = facts.take_while(|(place, fact)| {
        used += length(fact);
        ways || *place < 3 || used <= ALL_FACTS
    });
    let before = blocks.len();
    blocks.extend(facts.map(|(_, fact)| fact));
    rest |= blocks.len() - before < all_facts;
    blocks.extend(answer.grid.as_ref().map(Block::Grid));
    if answer.grid.is_none() {
        blocks.extend(answer.table.as_ref().map(Block::Table));
    }
    let cut = items(answer, &mut blocks);
    let at = blocks.len();
    rest |= cut > 0 || !answer.passages.is_empty();
    rest |= answer.table.is_some() || answer.brief.is_some();
    let shown: String = blocks.iter().map(text).collect::<Vec<_>>().join("\n");
    // The rows of a comparison say whether a license is needed, and no more.
    let on_license = answer
        .grid
        .as_ref()
        .is_none_or(|grid| grid.lines.iter().any(|line| line.label.contains("license")));
    for caveat in &answer.caveats {
        match caveat.as_str() {
            PAY_CAVEAT => rest = true,
            scale if brief_says(answer, scale) => rest = true,
            LICENSE_CAVEAT if shown.contains("board") || !on_license => rest = true,
            LICENSE_CAVEAT => blocks.push(Block::Caution(LICENSE_SHORT.into())),
            whose if group(whose).is_some_and(|group| shown.contains(group)) => rest = true,
            other => blocks.push(Block::Caution(rounded(other))),
        }
    }
    blocks.extend(answer.own.iter().map(Block::Own));
    closing(answer, &mut blocks);
    blocks.extend(answer.credits.iter().map(|line| Block::Credit(line)));
    if answer.grid.is_none() && answer.table.is_none() && answer.items.is_empty() {
        let left = CARD.saturating_sub(blocks.iter().map(length).sum());
        let passage = evidence(answer, told, &said, left);
        blocks.splice(
            at..at,
            passage.map(|passage| Block::Passage(Cow::Owned(passage))),
        );
    }
    Card {
        title: title(answer, &said),
        blocks,
        rest,
        cut,
    }
}

/// The whole answer, word by word: what programs read.
pub fn exact(answer: &Answer) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    blocks.extend(answer.direct.iter().map(|text| Block::Lead(text.into())));
    blocks.extend(answer.notes.iter().map(|note| Block::Note(note)));
    blocks.extend(
        answer
            .facts
            .iter()
            .map(|fact| Block::Fact((&fact.label).into(), (&fact.value).into())),
    );
    blocks.extend(answer.table.as_ref().map(Block::Table));
    blocks.extend(
        answer
            .items
            .iter()
            .map(|item| Block::Item(&item.subject, (&item.note).into())),
    );
    blocks.extend((answer.more > 0).then_some(Block::Others(answer.more)));
    let passages = answer.passages.iter();
    blocks.extend(passages.map(|passage| Block::Passage(Cow::Borrowed(passage))));
    let caveats = answer.caveats.iter();
    blocks.extend(caveats.map(|caveat| Block::Caution(caveat.into())));
    closing(answer, &mut blocks);
    blocks.extend(answer.own.iter().map(Block::Own));
    blocks.extend(answer.attributions.iter().map(|line| Block::Credit(line)));
    blocks
}

/// The whole answer, with its figures exact and sums in dollars written as people write them.
pub fn whole(answer: &Answer) -> Vec<Block<'_>> {
    let mut blocks = exact(answer);
    for block in &mut blocks {
        match block {
            Block::Lead(text) | Block::Caution(text) | Block::Item(_, text) => {
                *text = dollars(text).into_owned().into();
            }
            Block::Fact(_, value) => *value = dollars(value).into_owned().into(),
            _ => {}
        }
    }
    blocks
}

fn closing<'a>(answer: &'a Answer, blocks: &mut Vec<Block<'a>>) {
    if !answer.choices.is_empty() {
        blocks.push(Block::Choices(&answer.choices, answer.outcome));
    }
    if !answer.related.is_empty() {
        blocks.push(Block::Related(&answer.related));
    }
    if !answer.sources.is_empty() {
        blocks.push(Block::Sources(&answer.sources));
    }
}

/// The paragraphs of the direct answer that a card has room for: the first of each part of the question always.
fn leads(answer: &Answer, all: bool) -> Vec<Cow<'_, str>> {
    let direct = &answer.direct;
    // Help, thanks and help in need are as long as they are.
    if all
        || answer.sensitive
        || answer.ways.is_some()
        || answer.subjects.is_empty() && answer.facts.is_empty()
    {
        return direct.iter().map(|text| rounded(text)).collect();
    }
    // What a role does stands below a comparison.
    let below = |text: &str| {
        let lines = answer.grid.iter().flat_map(|grid| &grid.lines);
        lines
            .map(|line| line.value.trim_end_matches('…'))
            .any(|line| !line.is_empty() && text.contains(line))
    };
    let mut places: Vec<usize> = (0..direct.len())
        .filter(|place| !below(&direct[*place]) && !direct[..*place].contains(&direct[*place]))
        .collect();
    if places.is_empty() {
        places.extend((!direct.is_empty()).then_some(0));
    }
    let begins = places.first().copied();
    let first = |place: usize| Some(place) == begins || answer.heads.contains(&place);
    let cut = |text| {
        if chars(text) > PARAGRAPH {
            beginning(text, PARAGRAPH)
        } else {
            text
        }
    };
    let heads = places.iter().filter(|place| first(**place));
    let mut left = LEAD.saturating_sub(heads.map(|place| chars(cut(&direct[*place]))).sum());
    let mut kept = Vec::new();
    for place in places {
        let text = cut(&direct[place]);
        if first(place) {
            kept.push(rounded(text));
        } else if chars(text) > left {
            left = 0;
        } else {
            left -= chars(text);
            kept.push(rounded(text));
        }
    }
    kept
}

/// The sentences at the beginning of a text that fit into `most` characters, one at least.
fn beginning(text: &str, most: usize) -> &str {
    let mut end = 0;
    for sentence in sentences(text) {
        if end > 0 && chars(&text[..sentence.end]) > most {
            break;
        }
        end = sentence.end;
    }
    &text[..end]
}

/// Whether a fact says what the direct answer has said: its figures, or its words where it has none that stands for itself.
fn is_said(said: &str, value: &str) -> bool {
    let value = rounded(value);
    let core = value.split(" (").next().unwrap_or_default();
    let figures: Vec<&str> = words(core).filter(|word| is_figure(word)).collect();
    if figures.is_empty() {
        let whole = |bytes: Range<usize>| {
            let sentence = &value[bytes];
            chars(sentence) >= SENTENCE && said.contains(sentence)
        };
        return !core.is_empty() && said.to_lowercase().contains(&core.to_lowercase())
            || sentences(&value).any(whole);
    }
    let all: Vec<&str> = words(said).collect();
    figures.iter().all(|figure| all.contains(figure))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '%')))
}

/// Whether a word is a figure that is taken for nothing else: a sum, a share, a number of three digits or more.
fn is_figure(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits > 2 || digits > 0 && word.contains(['$', '%'])
}

/// A fact in short. What holds a figure is not cut: what qualifies the figure stands behind it.
fn short(value: &str) -> Cow<'_, str> {
    if is_qualified(value) {
        rounded(value)
    } else {
        in_short(value, FACT)
    }
}

/// As many whole sentences as fit into `most` characters, or the beginning of the first.
pub(super) fn in_short(text: &str, most: usize) -> Cow<'_, str> {
    if chars(text) <= most {
        return rounded(text);
    }
    let head = beginning(text, most);
    if chars(head) <= most {
        head.into()
    } else {
        shortened(text, most).into()
    }
}

/// Whether a text holds a figure, or says whose figures it is about: nothing of it may be lost.
fn is_qualified(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) || text.contains("(for all ")
}

fn brief_says(answer: &Answer, caution: &str) -> bool {
    answer
        .brief
        .as_ref()
        .is_some_and(|brief| brief.instead_of == caution)
}

/// Adds the list, and says how many of its lines there is no room for.
fn items<'a>(answer: &'a Answer, blocks: &mut Vec<Block<'a>>) -> usize {
    let ways = answer.ways.is_some();
    let brief = answer
        .brief
        .as_ref()
        .filter(|brief| brief.notes.len() == answer.items.len());
    let notes: Vec<&str> = match brief {
        Some(brief) => brief.notes.iter().map(String::as_str).collect(),
        None => answer.items.iter().map(|item| item.note.as_str()).collect(),
    };
    let cut = |note: &'a str, most: usize| {
        if ways {
            dollars(note)
        } else if is_qualified(note) {
            rounded(note)
        } else {
            shortened(note, most).into()
        }
    };
    let lengths = |most: usize| {
        let lines = answer.items.iter().zip(&notes);
        lines.map(move |(item, note)| chars(&item.subject.title) + chars(&cut(note, most)) + 5)
    };
    let most = NOTES
        .into_iter()
        .find(|most| lengths(*most).sum::<usize>() <= LIST)
        .unwrap_or(0);
    let mut used = 0;
    let fit = lengths(most).enumerate().take_while(|(place, length)| {
        used += length;
        ways || *place < LINES || used <= LIST
    });
    let shown = fit.count();
    let left_out = answer.items.len() - shown;
    blocks.extend(
        brief
            .filter(|brief| !brief.scale.is_empty())
            .map(|brief| Block::Scale(&brief.scale)),
    );
    let lines = answer.items.iter().zip(notes).take(shown);
    blocks.extend(lines.map(|(item, note)| Block::Item(&item.subject, cut(note, most))));
    let others = answer.more + left_out;
    blocks.extend((others > 0).then_some(Block::Others(others)));
    left_out
}

/// The first passage that says something new, as much of it as there is room for. Facts take its place, but for the steps
/// into a role.
fn evidence(answer: &Answer, told: bool, said: &str, left: usize) -> Option<Passage> {
    let most = left.min(EVIDENCE.1);
    let passage = answer.passages.iter().find(|passage| {
        let steps = passage.heading == TRAINING;
        // Their sentences stand in the direct answer, in the words of the same file.
        let repeats = passage.heading == LICENSE || passage.heading == REMOTE;
        (steps || !told && !repeats) && most >= EVIDENCE.0
    })?;
    // From the first sentence that is not said yet to the next one that is.
    let is_known = |bytes: &Range<usize>| said.contains(passage.text[bytes.clone()].trim());
    let mut fresh = sentences(&passage.text).skip_while(is_known);
    let first = fresh.next()?;
    let end = fresh
        .take_while(|bytes| !is_known(bytes))
        .last()
        .map_or(first.end, |last| last.end);
    let start = first.start;
    let text = beginning(&passage.text[start..end], most);
    let marks = passage.marks.iter().filter(|mark| mark.start >= start);
    let marks = marks.map(|mark| mark.start - start..mark.end - start);
    let marks = marks.filter(|mark| mark.end <= text.len()).collect();
    (!text.is_empty()).then(|| Passage {
        text: text.trim_end().to_owned(),
        marks,
        ..passage.clone()
    })
}

/// The group that a caution says the figures are for.
fn group(caution: &str) -> Option<&str> {
    let of = ["for all ", "of all ", "group, all ", "figures are for "];
    let at = of
        .iter()
        .find_map(|of| Some(caution.rfind(of)? + of.len()))?;
    Some(caution[at..].trim_end_matches('.'))
}

/// The headline; of "Roles: what they have in common" only the beginning where the direct answer says the rest, and none above
/// a comparison, whose columns have the names.
fn title<'a>(answer: &'a Answer, said: &str) -> &'a str {
    let whole = answer.title.as_str();
    let parts = whole.split_once(": ").or_else(|| whole.split_once(", "));
    match parts {
        _ if answer.grid.is_some() => "",
        Some((head, tail))
            if tail.len() > HEADLINE && said.contains(tail.trim_end_matches('…')) =>
        {
            head
        }
        _ => whole,
    }
}

/// What a block says that could qualify a figure.
fn text<'a>(block: &'a Block<'_>) -> Cow<'a, str> {
    match block {
        Block::Lead(text) | Block::Fact(_, text) | Block::Item(_, text) => text.as_ref().into(),
        Block::Grid(grid) => grid.notes.join(" ").into(),
        Block::Passage(passage) => passage.text.as_str().into(),
        _ => "".into(),
    }
}

/// Characters that a block takes, about.
fn length(block: &Block<'_>) -> usize {
    match block {
        Block::Lead(text) | Block::Caution(text) => chars(text) + 1,
        Block::Note(text) | Block::Scale(text) | Block::Credit(text) => chars(text) + 3,
        Block::Fact(label, value) => chars(label) + chars(value) + 3,
        Block::Item(subject, note) => chars(&subject.title) + chars(note) + 5,
        Block::Sources(sources) => sources.iter().map(|source| chars(&source.short) + 3).sum(),
        Block::Passage(passage) => chars(&passage.text),
        _ => 0,
    }
}

/// At most `most` characters, to the end of a clause or word, closed with "…" where something is left out.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if chars(text) <= most {
        return text.to_owned();
    }
    let end = text.char_indices().nth(most.saturating_sub(1));
    let head = &text[..end.map_or(0, |(place, _)| place)];
    let at = head
        .rfind([',', ';', ':'])
        .filter(|at| at * 2 > head.len())
        .or_else(|| head.rfind(' '))
        .unwrap_or(0);
    if at == 0 {
        String::new()
    } else {
        format!("{}…", head[..at].trim_end())
    }
}

fn chars(text: &str) -> usize {
    text.chars().count()
}
