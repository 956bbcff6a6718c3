//! A search: words in, places out.
//!
//! The query is built as objects; no parser ever sees a member's text.

use std::collections::BTreeSet;

use tantivy::Term;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::search::{Error, Hit, Index, build};

/// More terms than this are not searched: a question of 300 characters has fewer.
const MOST_TERMS: usize = 64;

pub(super) fn run(index: &Index, words: &[&str], limit: usize) -> Result<(Vec<Hit>, usize), Error> {
    let mut analyzer = index.analyzer.clone();
    let mut terms = BTreeSet::new();
    for word in words {
        let mut stream = analyzer.token_stream(word);
        while terms.len() < MOST_TERMS && stream.advance() {
            terms.insert(Term::from_field_text(index.fields.text, &stream.token().text));
        }
    }
    if terms.is_empty() || limit == 0 {
        return Ok((Vec::new(), 0));
    }
    let clauses = terms
        .into_iter()
        .map(|term| (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>))
        .collect();
    let query = BooleanQuery::new(clauses);
    // Counting beside the top documents is faster on a small index than the top documents alone.
    let (top, count) = index.searcher.search(&query, &(TopDocs::with_limit(limit).order_by_score(), Count))?;
    let hits = top
        .into_iter()
        .filter_map(|(score, address)| {
            let places = index.places.get(address.segment_ord as usize)?;
            let (topic, section) = build::of_place(places.first(address.doc_id)?);
            Some(Hit { topic, section, score })
        })
        .collect();
    Ok((hits, count))
}
