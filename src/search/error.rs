//! What can go wrong with an index, and why one is built anew.

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
