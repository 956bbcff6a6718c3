//! Finding what matches words: a tantivy index over every name, description and sentence of the knowledge.
//!
//! Knows nothing of intents or answers; a hit is a place in the [`Knowledge`], never text of its own.

mod build;
pub mod documents;
pub mod entry_index;
mod error;
mod folder;
pub mod keywords;
mod query;
mod schema;
pub mod topics;

use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

use tantivy::columnar::Column;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, Searcher};

use crate::knowledge::{Knowledge, Topic};
use crate::search::documents::{Document, Field};
pub use crate::search::error::{Error, Reason};

/// How an index came to be open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// The index in the folder fitted.
    Current,
    /// It was built anew.
    Rebuilt(Reason),
    /// It was built in memory, because the folder cannot be written; the text says why.
    InMemory(String),
}

/// A document of the knowledge that matches a query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Its place in [`Index::documents`].
    pub document: usize,
    /// BM25 score; comparable within one query only.
    pub score: f32,
}

/// An open index. Held in memory as a whole; searching takes microseconds and touches no file.
pub struct Index {
    /// Opened once: an index never changes, it is replaced.
    searcher: Searcher,
    /// The column `number` of each segment.
    numbers: Vec<Column<u64>>,
    fields: schema::Fields,
    analyzer: TextAnalyzer,
    documents: Vec<Document>,
    /// The weight of each stem of a field, and that of one that no document holds; see [`Index::weight`].
    weights: Vec<(HashMap<String, f32>, f32)>,
    /// How many documents of a role's work there are.
    roles: u64,
    /// The stems of each document, once somebody asks for them.
    stems: Vec<OnceLock<Box<[String]>>>,
}

impl Index {
    /// Opens the index in `folder` if it fits `knowledge`, and builds it otherwise. Where the folder cannot be written,
    /// the index is built in memory.
    ///
    /// # Errors
    /// Only when tantivy itself fails, even in memory.
    pub fn open_or_build(folder: &Path, knowledge: &Knowledge) -> Result<(Self, Opened), Error> {
        let reason = match folder::open(folder, knowledge.fingerprint) {
            folder::Found::Fits(files) => {
                match build::memory_directory(&files)
                    .and_then(|files| Self::from_directory(files, knowledge))
                {
                    Ok(index) => return Ok((index, Opened::Current)),
                    Err(error) => Reason::Damaged(error.to_string()),
                }
            }
            folder::Found::Not(reason) => reason,
        };
        match Self::rebuild(folder, knowledge) {
            Ok(index) => Ok((index, Opened::Rebuilt(reason))),
            // Whatever keeps it from the folder (rights, a full disk, a lock that is held): memory will do.
            Err(error) => Ok((
                Self::in_memory(knowledge)?,
                Opened::InMemory(error.to_string()),
            )),
        }
    }

    /// Why the index in `folder` would be built anew for `knowledge`; `None` when it fits. Writes nothing.
    pub fn look(folder: &Path, knowledge: &Knowledge) -> Option<Reason> {
        match folder::open(folder, knowledge.fingerprint) {
            folder::Found::Fits(files) => build::memory_directory(&files)
                .and_then(|files| Self::from_directory(files, knowledge))
                .err()
                .map(|error| Reason::Damaged(error.to_string())),
            folder::Found::Not(reason) => Some(reason),
        }
    }

    /// Builds the index into a fresh folder below `folder` and makes it current in one step.
    ///
    /// # Errors
    /// When the folder cannot be written, or tantivy fails. What was there before stays usable.
    pub fn rebuild(folder: &Path, knowledge: &Knowledge) -> Result<Self, Error> {
        let files = folder::replace(folder, knowledge.fingerprint, |fresh| {
            build::into_folder(fresh, knowledge)
        })?;
        Self::from_directory(build::memory_directory(&files)?, knowledge)
    }

    /// Builds the index in memory only.
    ///
    /// # Errors
    /// When tantivy fails.
    pub fn in_memory(knowledge: &Knowledge) -> Result<Self, Error> {
        Self::from_index(build::in_memory(knowledge)?, knowledge)
    }

    fn from_directory(
        directory: tantivy::directory::RamDirectory,
        knowledge: &Knowledge,
    ) -> Result<Self, Error> {
        Self::from_index(tantivy::Index::open(directory)?, knowledge)
    }

    fn from_index(index: tantivy::Index, knowledge: &Knowledge) -> Result<Self, Error> {
        let fields = schema::Fields::of(&index.schema())?;
        let analyzer = schema::analyzer(&index);
        let reader: IndexReader = index
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual)
            .try_into()?;
        let searcher = reader.searcher();
        let segments = searcher.segment_readers().iter();
        let numbers = segments
            .map(|segment| segment.fast_fields().u64("number"))
            .collect::<Result<_, _>>()?;
        let documents = documents::documents(knowledge);
        let of_work = |document: &&Document| document.field == Field::Work;
        let roles = documents.iter().filter(of_work).count();
        let all = documents.len() as f32;
        let weights = [Field::Name, Field::Description, Field::Passage]
            .into_iter()
            .map(|field| weights(&searcher, fields.text(field), all))
            .chain([weights(&searcher, fields.text(Field::Work), roles as f32)])
            .collect::<Result<_, _>>()?;
        let stems = documents.iter().map(|_| OnceLock::new()).collect();
        Ok(Self {
            roles: roles as u64,
            searcher,
            numbers,
            fields,
            analyzer,
            documents,
            weights,
            stems,
        })
    }

    /// Every document, by its number.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The stems of a text, in order, as the index holds them.
    pub fn stems(&self, text: &str) -> Vec<String> {
        let mut analyzer = self.analyzer.clone();
        let mut stream = analyzer.token_stream(text);
        let mut stems = Vec::new();
        while stream.advance() {
            stems.push(stream.token().text.clone());
        }
        stems
    }

    /// The stems of a document, sorted, each once.
    pub fn stems_of(&self, knowledge: &Knowledge, document: usize) -> &[String] {
        let (Some(entry), Some(stems)) = (self.documents.get(document), self.stems.get(document))
        else {
            return &[];
        };
        stems.get_or_init(|| {
            let mut stems = self.stems(entry.text(knowledge));
            stems.sort_unstable();
            stems.dedup();
            stems.into()
        })
    }

    /// How much a stem says, by how few documents of a field hold it: 0 for one that all hold, most for one that none does.
    pub fn weight(&self, field: Field, stem: &str) -> f32 {
        let (held, most) = &self.weights[field as usize];
        held.get(stem).copied().unwrap_or(*most)
    }

    /// The documents of some fields, and of some topics where any are given, that hold any of these stems; best first, at
    /// most `limit`. Stems come from [`Index::stems`]: nothing in them is query syntax.
    ///
    /// # Errors
    /// When tantivy fails; it does no input or output here.
    pub fn search(
        &self,
        stems: &[String],
        fields: &[Field],
        topics: &[Topic],
        limit: usize,
    ) -> Result<Vec<Hit>, Error> {
        query::run(
            self,
            stems,
            &query::Scope {
                fields,
                topics,
                limit,
            },
        )
    }
}

/// The weight of each stem of a field, by how many of `all` documents hold it, and that of one that none holds.
fn weights(
    searcher: &Searcher,
    field: tantivy::schema::Field,
    all: f32,
) -> Result<(HashMap<String, f32>, f32), Error> {
    let weight = |held: f32| (1.0 + (all - held + 0.5) / (held + 0.5)).ln();
    let mut counts: HashMap<String, f32> = HashMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index
            .terms()
            .stream()
            .map_err(tantivy::TantivyError::from)?;
        while terms.advance() {
            let stem = String::from_utf8_lossy(terms.key()).into_owned();
            *counts.entry(stem).or_default() += terms.value().doc_freq as f32;
        }
    }
    Ok((
        counts
            .into_iter()
            .map(|(stem, held)| (stem, weight(held)))
            .collect(),
        weight(0.0),
    ))
}
