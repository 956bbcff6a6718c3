//! The machine interface: one JSON object a question, its keys always in the same order.
//!
//! Knows the form only; the answer comes from the same advisor as every other door's.

use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;

use crate::answer::text::plain;
use crate::answer::{Answer, Outcome, SourceRef, Subject};

#[derive(Serialize)]
struct Line<'a> {
    question: &'a str,
    outcome: Outcome,
    text: String,
    subjects: &'a [Subject],
    sources: &'a [SourceRef],
    elapsed_us: u64,
}

/// Writes one object and a line end, and hands it on at once, so that a program on the other side can wait for it.
pub fn write(
    out: &mut dyn Write,
    question: &str,
    answer: &Answer,
    elapsed: Duration,
) -> io::Result<()> {
    let line = Line {
        question,
        outcome: answer.outcome,
        text: plain(answer),
        subjects: &answer.subjects,
        sources: &answer.sources,
        elapsed_us: u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX),
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// The next line of `input` without its line end, bytes that are no UTF-8 replaced; `None` at the end.
pub fn next_line(input: &mut dyn io::BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if input.read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    let line = String::from_utf8_lossy(&bytes);
    Ok(Some(
        line.strip_suffix('\n')
            .map_or(&*line, |line| line.strip_suffix('\r').unwrap_or(line))
            .to_owned(),
    ))
}
