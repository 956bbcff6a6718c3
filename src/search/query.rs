//! A search: words in, documents out.
//!
//! The query is built as objects; no parser ever sees a member's text.

use std::collections::BTreeSet;

use tantivy::Term;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use crate::knowledge::Topic;
use crate::search::documents::Field;
use crate::search::error::Error;
use crate::search::{Hit, Index, build};

/// More terms than this are not searched.
const MOST_TERMS: usize = 48;

/// What a search may return.
pub(super) struct Scope<'a> {
    /// The fields searched; a document fills one of them.
    pub(super) fields: &'a [Field],
    /// Only documents of these topics; any where it is empty.
    pub(super) topics: &'a [Topic],
    /// Most hits.
    pub(super) limit: usize,
}

/// The documents that hold any of the stems, best first. Stems come from [`Index::stems`].
pub(super) fn run(index: &Index, stems: &[String], scope: &Scope<'_>) -> Result<Vec<Hit>, Error> {
    let stems: BTreeSet<&String> = stems.iter().take(MOST_TERMS).collect();
    if stems.is_empty() || scope.limit == 0 {
        return Ok(Vec::new());
    }
    let any = |clauses: Vec<Box<dyn Query>>| -> Box<dyn Query> {
        Box::new(BooleanQuery::new(
            clauses
                .into_iter()
                .map(|clause| (Occur::Should, clause))
                .collect(),
        ))
    };
    let text = any(scope
        .fields
        .iter()
        .map(|field| index.fields.text(*field))
        .flat_map(|field| {
            stems
                .iter()
                .map(move |stem| Term::from_field_text(field, stem))
        })
        .map(|term| Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>)
        .collect());
    let query: Box<dyn Query> = if scope.topics.is_empty() {
        text
    } else {
        let topic = |topic: &Topic| {
            let term = Term::from_field_u64(index.fields.topic, build::topic_number(*topic));
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>
        };
        // Which topic it is adds nothing to how well a sentence fits.
        let filter = Box::new(ConstScoreQuery::new(
            any(scope.topics.iter().map(topic).collect()),
            0.0,
        ));
        Box::new(BooleanQuery::new(vec![
            (Occur::Must, filter as Box<dyn Query>),
            (Occur::Must, text),
        ]))
    };
    // Counting beside the top documents is faster on a small index than the top documents alone.
    let collector = (TopDocs::with_limit(scope.limit).order_by_score(), Count);
    let (top, _) = if scope.fields == [Field::Work] {
        let own = OfWork(index);
        index
            .searcher
            .search_with_statistics_provider(&*query, &collector, &own)?
    } else {
        index.searcher.search(&*query, &collector)?
    };
    let hits = top.into_iter().filter_map(|(score, address)| {
        let numbers = index.numbers.get(address.segment_ord as usize)?;
        Some(Hit {
            document: numbers.first(address.doc_id)? as usize,
            score,
        })
    });
    Ok(hits.collect())
}

/// Counts of the documents of a role's work alone: among the thousands of others, which hold none of that field, every one of its
/// words would seem rare and every document long.
struct OfWork<'a>(&'a Index);

impl Bm25StatisticsProvider for OfWork<'_> {
    fn total_num_tokens(&self, field: tantivy::schema::Field) -> tantivy::Result<u64> {
        self.0.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.0.roles)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.0.searcher.doc_freq(term)
    }
}
