//! The fields of the index and how text becomes terms.
//!
//! Knows nothing of folders or queries.

use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer, TokenizerManager,
};

use crate::search::Error;

/// Number of this layout; part of the fingerprint, so that a change of it rebuilds every index.
pub(super) const VERSION: u32 = 1;

/// Name under which the analyzer is registered.
pub(super) const ANALYZER: &str = "stemmed";
/// Longer tokens are no words.
const LONGEST_TOKEN: usize = 40;

/// The fields.
pub(super) struct Fields {
    /// Title, heading and text, stemmed.
    pub(super) text: Field,
    /// See [`super::build::place`].
    pub(super) place: Field,
}

impl Fields {
    /// The schema.
    pub(super) fn schema() -> Schema {
        let mut builder = Schema::builder();
        let indexing =
            TextFieldIndexing::default().set_tokenizer(ANALYZER).set_index_option(IndexRecordOption::WithFreqs);
        builder.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        builder.add_u64_field("place", FAST);
        builder.build()
    }

    /// The fields of an opened schema.
    pub(super) fn of(schema: &Schema) -> Result<Self, Error> {
        Ok(Self { text: schema.get_field("text")?, place: schema.get_field("place")? })
    }
}

/// Registers the analyzer with an index and returns it: words, lower case, Porter stemming.
pub(super) fn analyzer(index: &tantivy::Index) -> TextAnalyzer {
    register(index.tokenizers())
}

/// The same for an index that is yet to be made.
pub(super) fn register(tokenizers: &TokenizerManager) -> TextAnalyzer {
    let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_TOKEN))
        .filter(LowerCaser)
        .filter(Stemmer::new(Language::English))
        .build();
    tokenizers.register(ANALYZER, analyzer.clone());
    analyzer
}
