//! Finding the passages of the knowledge that match words: a tantivy index over every section of every file.
//!
//! One document a section, one concatenated stemmed field, BM25. Knows nothing of intents, answers or Discord; a hit is
//! a place in the [`Knowledge`], never text of its own.

mod build;
pub mod coverage;
mod folder;
mod query;
mod schema;
pub mod shelf;

use std::path::Path;

use tantivy::columnar::Column;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, Searcher};

use crate::knowledge::{Knowledge, Topic};

/// What can go wrong with an index. Damage is not among it: a damaged index is rebuilt.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// tantivy refused.
    #[error("search index: {0}")]
    Tantivy(#[from] tantivy::TantivyError),
    /// The folder cannot be used.
    #[error("index folder {folder}: {what}: {error}")]
    Folder {
        /// The folder.
        folder: String,
        /// What was being done.
        what: &'static str,
        /// What the system said.
        error: std::io::Error,
    },
}

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

/// Why an index was built anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There was none.
    Missing,
    /// It was built from other knowledge, or by another version of the program.
    Stale,
    /// A file was damaged; the text names it.
    Damaged(String),
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => f.write_str("there was none"),
            Self::Stale => f.write_str("the knowledge or the program has changed"),
            Self::Damaged(what) => write!(f, "the old one was damaged: {what}"),
        }
    }
}

/// A section of the knowledge that matches a query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The role or trend that it belongs to.
    pub topic: Topic,
    /// Place of the section in [`Knowledge::sections`]; `None` for the head of the file (title, names, summary).
    pub section: Option<usize>,
    /// BM25 score; comparable within one query only.
    pub score: f32,
}

/// An open index. Held in memory as a whole; searching takes microseconds and touches no file.
pub struct Index {
    /// Opened once: an index never changes, it is replaced.
    searcher: Searcher,
    /// The column `place` of each segment.
    places: Vec<Column<u64>>,
    fields: schema::Fields,
    analyzer: TextAnalyzer,
}

impl Index {
    /// Opens the index in `folder` if it fits `knowledge`, and builds it otherwise. Where the folder cannot be written,
    /// the index is built in memory.
    ///
    /// # Errors
    /// Only when tantivy itself fails, even in memory.
    pub fn open_or_build(folder: &Path, knowledge: &Knowledge) -> Result<(Self, Opened), Error> {
        let reason = match folder::open(folder, knowledge.fingerprint) {
            folder::Found::Fits(files) => match build::memory_directory(&files).and_then(Self::from_directory) {
                Ok(index) => return Ok((index, Opened::Current)),
                Err(error) => Reason::Damaged(error.to_string()),
            },
            folder::Found::Not(reason) => reason,
        };
        match Self::rebuild(folder, knowledge) {
            Ok(index) => Ok((index, Opened::Rebuilt(reason))),
            Err(error @ Error::Folder { .. }) => Ok((Self::in_memory(knowledge)?, Opened::InMemory(error.to_string()))),
            Err(error) => Err(error),
        }
    }

    /// Builds the index into a fresh folder below `folder` and makes it current in one step.
    ///
    /// # Errors
    /// When the folder cannot be written, or tantivy fails. What was there before stays usable.
    pub fn rebuild(folder: &Path, knowledge: &Knowledge) -> Result<Self, Error> {
        let files = folder::replace(folder, knowledge.fingerprint, |fresh| build::into_folder(fresh, knowledge))?;
        Self::from_directory(build::memory_directory(&files)?)
    }

    /// Builds the index in memory only.
    ///
    /// # Errors
    /// When tantivy fails.
    pub fn in_memory(knowledge: &Knowledge) -> Result<Self, Error> {
        Self::from_index(build::in_memory(knowledge)?)
    }

    fn from_directory(directory: tantivy::directory::RamDirectory) -> Result<Self, Error> {
        Self::from_index(tantivy::Index::open(directory)?)
    }

    fn from_index(index: tantivy::Index) -> Result<Self, Error> {
        let fields = schema::Fields::of(&index.schema())?;
        let analyzer = schema::analyzer(&index);
        let reader: IndexReader = index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let segments = searcher.segment_readers().iter();
        let places = segments.map(|segment| segment.fast_fields().u64("place")).collect::<Result<_, _>>()?;
        Ok(Self { searcher, places, fields, analyzer })
    }

    /// The sections that match any of `words` best, at most `limit`, best first, and how many match at all. Words are
    /// taken literally: nothing in them is query syntax.
    ///
    /// # Errors
    /// When tantivy fails; it does no input or output here.
    pub fn search(&self, words: &[&str], limit: usize) -> Result<(Vec<Hit>, usize), Error> {
        query::run(self, words, limit)
    }
}
