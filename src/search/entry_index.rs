//! A shelf: what one owner has written, searched by itself.
//!
//! Each shelf is a tantivy index of its own in memory, which holds one owner's entries and nothing else: whoever has a shelf
//! in hand cannot reach another one's words, nor can their frequencies shine through in its ranking. One document a passage
//! (a block of text with the title above it), so that words found together do stand together. A hit says which words were
//! found and decides nothing. Knows nothing of who the owner is.
//!
//! Measured against one index of all owners with a filter (`cargo bench --bench entries`: 10,000 owners of 20 entries, 122 MB
//! of text, the store on SQLite; two cores that did nothing else):
//!
//! ```text
//!                                  a shelf each, 64 MB kept       one index with a filter
//! start-up                         nothing                        11 s
//! memory, at the end               56 MB                          276 MB
//! a change until it is found       median 4.6 ms, p99 6.0 ms      median 4.5 ms, p99 9.9 ms
//! first question of an owner       median 4.9 ms, p99 6.6 ms      none
//! search, nothing changes          median 0.012 ms, p99 0.03 ms   median 0.006 ms, p99 0.01 ms
//! search while others change       median 0.014 ms, p99 0.06 ms   median 0.009 ms, p99 0.05 ms
//!   at this many changes a second  143                            112
//! ```

use std::ops::Range;

use jiff::civil::Date;
use tantivy::directory::RamDirectory;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DocSet as _, Searcher, TERMINATED, TantivyDocument, Term};

use crate::knowledge::own_trend::OwnTrend;
use crate::knowledge::plain::plain;
use crate::search::error::Error;
use crate::search::keywords::{all_words, keywords};
use crate::search::schema;

/// Budget of the writer, of which a shelf uses a small part; memory is taken as it is needed.
const WRITER_BYTES: usize = 15_000_000;
/// Words after which a long block of text is continued in another passage.
const PASSAGE_WORDS: usize = 120;
/// Characters that are turned into words at a time; [`all_words`] reads 300.
const PIECE: usize = 250;
/// More words of a question are not looked at.
pub const MOST_WORDS: usize = 64;

/// What an owner has written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its number with its owner; 0 where it has none.
    pub id: i64,
    /// Title, one line.
    pub title: String,
    /// Plain text.
    pub text: String,
    /// Address of the source; may be empty.
    pub source: String,
    /// The day on which it is to be reviewed.
    pub review_on: Option<Date>,
    /// Whom it is from, where they want to be named: their number where its owner's members are known.
    pub by: Option<u64>,
    /// What it has beside, where it is a trend; what members read of that stands in the text as well.
    pub trend: Option<OwnTrend>,
}

impl Entry {
    /// An entry from what was typed: markdown becomes plain text, and a day that is none is left out.
    pub fn new(title: &str, markdown: &str, source: &str, review_on: &str) -> Self {
        Self {
            title: title.split_whitespace().collect::<Vec<_>>().join(" "),
            text: plain(markdown),
            source: source.trim().to_owned(),
            review_on: review_on.trim().parse().ok(),
            ..Self::default()
        }
    }

    /// The same as a trend, where it is one: what it quotes and which figures it has stand below its text.
    #[must_use]
    pub fn with_trend(mut self, trend: Option<OwnTrend>) -> Self {
        if let Some(trend) = &trend {
            self.text = format!("{}\n\n{}", self.text, trend.lines())
                .trim()
                .to_owned();
        }
        self.trend = trend;
        self
    }
}

/// How an entry meets the words of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// For each word asked for, whether the best passage or the title has it.
    pub held: Vec<bool>,
    /// How many of the words asked for stand in the title.
    pub in_title: usize,
    /// How many keywords the title has.
    pub title_words: usize,
    /// How many of the title's keywords were asked for.
    pub title_held: usize,
}

/// The entries of one owner with their index. It prints without its text, so that no log can hold any.
pub struct EntryIndex {
    entries: Vec<Entry>,
    /// The stemmed keywords of each entry's title.
    titles: Vec<Vec<String>>,
    /// The documents of each entry: documents are numbered as they were added.
    passages: Vec<Range<u32>>,
    searcher: Searcher,
    text: Field,
    analyzer: TextAnalyzer,
}

impl std::fmt::Debug for EntryIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EntryIndex")
            .field("entries", &self.entries.len())
            .finish_non_exhaustive()
    }
}

impl EntryIndex {
    /// A shelf of these entries. Takes some milliseconds for twenty of them: not for the thread that answers.
    ///
    /// # Errors
    /// When tantivy fails; it does no input or output here.
    pub fn new(entries: Vec<Entry>) -> Result<Self, Error> {
        let mut builder = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(schema::ANALYZER)
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false);
        let text = builder.add_text_field(
            "text",
            TextOptions::default().set_indexing_options(indexing),
        );
        let index = tantivy::Index::builder().schema(builder.build());
        let tokenizers = tantivy::tokenizer::TokenizerManager::new();
        let mut analyzer = schema::register(&tokenizers);
        let mut writer = index
            .tokenizers(tokenizers)
            .single_segment_index_writer(RamDirectory::create(), WRITER_BYTES)?;
        let mut passages = Vec::with_capacity(entries.len());
        let mut documents = 0;
        for entry in &entries {
            let first = documents;
            let title = all_words(&entry.title).join(" ");
            for passage in split(&entry.text) {
                let mut document = TantivyDocument::default();
                document.add_text(text, format!("{title}\n{passage}"));
                writer.add_document(document)?;
                documents += 1;
            }
            passages.push(first..documents);
        }
        let index = writer.finalize()?;
        let reader: tantivy::IndexReader = index
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual)
            .try_into()?;
        let searcher = reader.searcher();
        let titles = entries
            .iter()
            .map(|entry| {
                let mut stems: Vec<String> = keywords(&entry.title)
                    .iter()
                    .filter_map(|word| stem(&mut analyzer, word))
                    .collect();
                stems.sort_unstable();
                stems.dedup();
                stems
            })
            .collect();
        Ok(Self {
            entries,
            titles,
            passages,
            searcher,
            text,
            analyzer,
        })
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every entry, in the order of the shelf.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Roughly how many bytes it takes in memory: its text, the index of it, and what every index takes.
    pub fn bytes(&self) -> usize {
        let texts = self
            .entries
            .iter()
            .map(|entry| entry.title.len() + entry.text.len() + entry.source.len());
        40_000 + texts.map(|bytes| 500 + bytes * 3).sum::<usize>()
    }

    /// The entries that hold any of these words, which come from [`keywords`]; each word with other ways to write it, any of
    /// which will do. In the order of the shelf.
    ///
    /// # Errors
    /// When tantivy fails; it does no input or output here.
    pub fn find(&self, words: &[Vec<String>]) -> Result<Vec<Hit<'_>>, Error> {
        let words = &words[..words.len().min(MOST_WORDS)];
        let mut analyzer = self.analyzer.clone();
        let stems: Vec<Vec<String>> = words
            .iter()
            .map(|spellings| {
                spellings
                    .iter()
                    .filter_map(|word| stem(&mut analyzer, word))
                    .collect()
            })
            .collect();
        let documents = self.passages.last().map_or(0, |last| last.end);
        // For each document, the words that it holds, as bits.
        let mut held = vec![0_u64; documents as usize];
        for (place, spellings) in stems.iter().enumerate() {
            for spelling in spellings {
                self.mark(spelling, 1 << place, &mut held)?;
            }
        }
        let mut hits = Vec::new();
        for (number, entry) in self.entries.iter().enumerate() {
            let range = &self.passages[number];
            let best = held[range.start as usize..range.end as usize]
                .iter()
                .copied()
                .reduce(|best, other| {
                    if other.count_ones() > best.count_ones() {
                        other
                    } else {
                        best
                    }
                })
                .unwrap_or(0);
            if best == 0 {
                continue;
            }
            let title = &self.titles[number];
            let titled = |spellings: &Vec<String>| {
                spellings
                    .iter()
                    .any(|stem| title.binary_search(stem).is_ok())
            };
            hits.push(Hit {
                entry,
                held: (0..words.len())
                    .map(|place| best >> place & 1 == 1)
                    .collect(),
                in_title: stems.iter().filter(|spellings| titled(spellings)).count(),
                title_words: title.len(),
                title_held: title
                    .iter()
                    .filter(|word| stems.iter().any(|asked| asked.contains(word)))
                    .count(),
            });
        }
        Ok(hits)
    }

    /// Sets a bit for each document that has a term.
    fn mark(&self, stem: &str, bit: u64, held: &mut [u64]) -> Result<(), Error> {
        let term = Term::from_field_text(self.text, stem);
        // One segment, written at once and never changed: a document's number is its place.
        for segment in self.searcher.segment_readers() {
            let postings = segment
                .inverted_index(self.text)?
                .read_postings(&term, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else {
                continue;
            };
            let mut document = postings.doc();
            while document != TERMINATED {
                if let Some(bits) = held.get_mut(document as usize) {
                    *bits |= bit;
                }
                document = postings.advance();
            }
        }
        Ok(())
    }
}

/// A word as the index has it.
fn stem(analyzer: &mut TextAnalyzer, word: &str) -> Option<String> {
    let mut stream = analyzer.token_stream(word);
    stream.advance().then(|| stream.token().text.clone())
}

/// The words of each block of a text, long blocks in several passages; at least one, which may be empty.
fn split(text: &str) -> Vec<String> {
    let mut passages = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let mut end = |words: &mut Vec<String>| {
        if !words.is_empty() {
            passages.push(words.join(" "));
            words.clear();
        }
    };
    for line in text.lines() {
        if line.trim().is_empty() {
            end(&mut words);
        }
        for piece in pieces(line) {
            if words.len() >= PASSAGE_WORDS {
                end(&mut words);
            }
            words.extend(all_words(piece));
        }
    }
    end(&mut words);
    if passages.is_empty() {
        passages.push(String::new());
    }
    passages
}

/// A line in pieces that can be read at once, cut between words where there is any.
fn pieces(mut line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    while let Some((end, _)) = line.char_indices().nth(PIECE) {
        let at = line[..end]
            .rfind(char::is_whitespace)
            .filter(|at| *at > 0)
            .unwrap_or(end);
        pieces.push(&line[..at]);
        line = &line[at..];
    }
    pieces.push(line);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(title: &str, text: &str) -> Entry {
        Entry::new(title, text, "", "")
    }

    fn words(text: &str) -> Vec<Vec<String>> {
        keywords(text).into_iter().map(|word| vec![word]).collect()
    }

    #[test]
    fn words_are_found_where_they_stand_together() {
        let shelf = EntryIndex::new(vec![
            entry(
                "Mentor program",
                "Sign up on **Fridays**.\n\nMentors are nurses.",
            ),
            entry("Study hall", "Tuesdays at 7 pm."),
        ])
        .expect("a shelf");
        let hits = shelf
            .find(&words("mentoring on Fridays with nurses"))
            .expect("found");
        assert_eq!(hits.len(), 1);
        assert_eq!(hits[0].entry.title, "Mentor program");
        assert_eq!(
            hits[0].held,
            [true, true, false],
            "Fridays and nurses stand in two blocks"
        );
        assert_eq!(
            (hits[0].in_title, hits[0].title_words, hits[0].title_held),
            (1, 2, 1)
        );
        assert!(shelf.find(&words("quokka")).expect("found").is_empty());
    }

    #[test]
    fn long_text_is_found_to_its_end() {
        let text = format!("{} zebra", "word ".repeat(700));
        let shelf = EntryIndex::new(vec![
            entry("Long", &text),
            entry("Longer", &"x".repeat(4_000)),
        ])
        .expect("a shelf");
        assert_eq!(shelf.find(&words("zebra")).expect("found").len(), 1);
    }

    #[test]
    fn an_empty_shelf_and_empty_entries_hold_nothing() {
        assert!(
            EntryIndex::new(Vec::new())
                .expect("a shelf")
                .find(&words("nurse"))
                .expect("found")
                .is_empty()
        );
        assert!(
            EntryIndex::new(vec![entry("", "")])
                .expect("a shelf")
                .find(&words("nurse"))
                .expect("found")
                .is_empty()
        );
        assert!(
            EntryIndex::new(vec![entry("Nurse", "")])
                .expect("a shelf")
                .find(&[])
                .expect("found")
                .is_empty()
        );
    }

    #[test]
    fn a_shelf_prints_without_its_text() {
        let shelf = EntryIndex::new(vec![entry("secret", "secret")]).expect("a shelf");
        assert!(!format!("{shelf:?}").contains("secret"));
    }

    #[test]
    fn a_day_that_is_none_is_left_out() {
        assert_eq!(Entry::new("a", "b", "", "2027-02-30").review_on, None);
        assert!(Entry::new("a", "b", "", "2027-02-28").review_on.is_some());
    }
}
