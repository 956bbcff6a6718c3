//! The fields of the index and how text becomes terms.
//!
//! Knows nothing of folders or queries.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
    TokenizerManager,
};

use crate::search::documents;
use crate::search::error::Error;

/// Number of this layout; part of the fingerprint, so that a change of it rebuilds every index.
pub(super) const VERSION: u32 = 3;

/// Name under which the analyzer is registered.
pub(super) const ANALYZER: &str = "stemmed";
/// Longer tokens are no words.
const LONGEST_TOKEN: usize = 40;

/// The fields.
pub(super) struct Fields {
    /// Titles and other names, one a document.
    name: Field,
    /// Everyday descriptions, one a document.
    description: Field,
    /// Sentences, one a document.
    passage: Field,
    /// All that says what a role does, one document a role.
    work: Field,
    /// The topic, as [`super::build::topic_number`] has it: a filter.
    pub(super) topic: Field,
    /// The document's place in [`documents::documents`].
    pub(super) number: Field,
}

impl Fields {
    /// The schema.
    pub(super) fn schema() -> Schema {
        let mut builder = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(ANALYZER)
            .set_index_option(IndexRecordOption::WithFreqs);
        for name in ["name", "description", "passage", "work"] {
            builder.add_text_field(
                name,
                TextOptions::default().set_indexing_options(indexing.clone()),
            );
        }
        builder.add_u64_field("topic", INDEXED);
        builder.add_u64_field("number", FAST);
        builder.build()
    }

    /// The fields of an opened schema.
    pub(super) fn of(schema: &Schema) -> Result<Self, Error> {
        let field = |name| schema.get_field(name);
        Ok(Self {
            name: field("name")?,
            description: field("description")?,
            passage: field("passage")?,
            work: field("work")?,
            topic: field("topic")?,
            number: field("number")?,
        })
    }

    /// The field of the index that a kind of document fills.
    pub(super) fn text(&self, field: documents::Field) -> Field {
        match field {
            documents::Field::Name => self.name,
            documents::Field::Description => self.description,
            documents::Field::Passage => self.passage,
            documents::Field::Work => self.work,
        }
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
