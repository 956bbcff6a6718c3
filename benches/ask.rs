//! What an answer costs, against a bare search: the same questions, in one run, taking turns.
//!
//! `cargo bench --bench ask` asks every question of `tests/relevance/working.jsonl` in each round of three ways:
//! `Advisor::ask` (understanding, search, answer), the bare tantivy BM25 query over the same index, and SQLite FTS5 with
//! `bm25()` over the same passages and the same words; then every story of `tests/relevance/paths.jsonl` and `path_stories.jsonl`. It prints median, mean
//! and p99 of each and the ratios.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that can't be set up has failed, and it reports on standard output"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use careerbot::advisor::Advisor;
use careerbot::knowledge::{Knowledge, load_shipped};
use careerbot::text;

/// Rounds over all questions; the first is not counted.
const ROUNDS: usize = 41;
/// Hits that each search returns, as many as the advisor asks for.
const HITS: i64 = 24;

fn main() {
    let questions = questions("working.jsonl");
    let stories = questions_of_ways();
    let knowledge = load_shipped().expect("the shipped knowledge");
    let sqlite = passages(&knowledge);
    let mut fts = sqlite
        .prepare("SELECT rowid, bm25(passage) FROM passage WHERE passage MATCH ?1 ORDER BY bm25(passage) LIMIT ?2")
        .expect("a statement");
    let matches: Vec<String> = questions.iter().map(|question| or_ed(question)).collect();
    let advisor = Advisor::in_memory(knowledge).expect("an advisor");

    let (mut ask, mut bare, mut sql) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        for (question, matched) in questions.iter().zip(&matches) {
            let times = [
                timed(|| drop(black_box(advisor.ask(black_box(question))))),
                timed(|| {
                    black_box(advisor.bare_search(black_box(question)));
                }),
                timed(|| {
                    let mut rows = fts
                        .query(rusqlite::params![black_box(matched), HITS])
                        .expect("a query");
                    let mut found = 0;
                    while rows.next().expect("a row").is_some() {
                        found += 1;
                    }
                    black_box(found);
                }),
            ];
            if round > 0 {
                ask.push(times[0]);
                bare.push(times[1]);
                sql.push(times[2]);
            }
        }
    }
    let mut ways = Vec::new();
    for round in 0..ROUNDS {
        for story in &stories {
            let time = timed(|| drop(black_box(advisor.ask(black_box(story)))));
            if round > 0 {
                ways.push(time);
            }
        }
    }
    println!(
        "{} questions, {} rounds, microseconds",
        questions.len(),
        ROUNDS - 1
    );
    let ask = line("advisor.ask", &mut ask);
    let bare = line("bare tantivy BM25", &mut bare);
    let sql = line("SQLite FTS5 bm25()", &mut sql);
    line("advisor.ask, ways", &mut ways);
    println!(
        "median of advisor.ask: {:.2} of the bare tantivy query, {:.2} of the FTS5 query",
        ask / bare,
        ask / sql
    );
}

/// The stories of people who look for a way.
fn questions_of_ways() -> Vec<String> {
    let mut stories = questions("paths.jsonl");
    stories.extend(questions("path_stories.jsonl"));
    stories
}

/// The questions alone: what is expected of the answers plays no part here. Of a talk, what is said first.
fn questions(name: &str) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/relevance/");
    let file = std::fs::read_to_string(format!("{folder}{name}")).expect("the questions");
    let field = |line: &str| {
        let case = serde_json::from_str::<serde_json::Value>(line).expect("JSON");
        let said = case["question"]
            .as_str()
            .or(case["turns"][0]["say"].as_str());
        said.expect("a question").to_owned()
    };
    file.lines().map(field).collect()
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The same passages as in the index: a row for each section, with its title, stemmed by Porter as there.
fn passages(knowledge: &Knowledge) -> rusqlite::Connection {
    let sqlite = rusqlite::Connection::open_in_memory().expect("SQLite");
    sqlite
        .execute_batch(
            "CREATE VIRTUAL TABLE passage USING fts5(text, tokenize = 'porter unicode61'); BEGIN",
        )
        .expect("a table");
    let mut insert = sqlite
        .prepare("INSERT INTO passage(text) VALUES (?1)")
        .expect("a statement");
    for topic in knowledge.topics() {
        let sections = knowledge.sections(topic);
        insert.execute([knowledge.title(topic)]).expect("a row");
        for section in sections {
            insert
                .execute([format!(
                    "{}\n{}\n{}",
                    knowledge.title(topic),
                    section.heading,
                    section.text
                )])
                .expect("a row");
        }
    }
    drop(insert);
    sqlite
        .execute_batch("COMMIT; INSERT INTO passage(passage) VALUES ('optimize')")
        .expect("an optimized table");
    sqlite
}

/// The words of a question for FTS5, quoted so that none is syntax; the words are prepared outside of the time measured.
fn or_ed(question: &str) -> String {
    let words: Vec<String> = text::clean(question)
        .tokens
        .into_iter()
        .map(|token| format!("\"{}\"", token.stem.replace('"', "")))
        .collect();
    if words.is_empty() {
        "\"nothing\"".to_owned()
    } else {
        words.join(" OR ")
    }
}

/// Prints a line and returns the median in microseconds.
fn line(name: &str, times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    let us = |time: Duration| time.as_secs_f64() * 1e6;
    let at = |share: f64| us(times[((times.len() - 1) as f64 * share) as usize]);
    let mean = times.iter().map(|time| us(*time)).sum::<f64>() / times.len() as f64;
    println!(
        "{name:20} median {:7.1}  mean {mean:7.1}  p99 {:7.1}  max {:8.1}",
        at(0.5),
        at(0.99),
        at(1.0)
    );
    at(0.5)
}
