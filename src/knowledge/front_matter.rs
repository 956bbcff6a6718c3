//! The YAML head of a knowledge file, read key by key so that each mistake has its line.
//!
//! Strict: an unknown key is a problem, so is a missing one. Knows nothing of which keys a role or a trend has.

use yaml_serde::{Mapping, Value};

use crate::knowledge::names::Slug;
use crate::knowledge::problem::{Problem, did_you_mean};

/// The two parts of a knowledge file.
#[derive(Debug)]
pub struct Split<'a> {
    /// The YAML between the `---` lines.
    pub yaml: &'a str,
    /// All that follows.
    pub body: &'a str,
    /// The line on which `body` begins, counted from 1.
    pub body_line: usize,
}

/// Splits a file at its `---` lines.
pub fn split<'a>(file: &str, text: &'a str, problems: &mut Vec<Problem>) -> Option<Split<'a>> {
    let hint = "begin the file with a line \"---\", the keys, and another line \"---\"";
    let Some(rest) = text
        .strip_prefix("---\n")
        .or_else(|| text.strip_prefix("---\r\n"))
    else {
        problems.push(Problem::new(file, 1, "no front matter", hint));
        return None;
    };
    let mut offset = 0;
    for (place, line) in rest.split_inclusive('\n').enumerate() {
        if line.trim_end() == "---" {
            return Some(Split {
                yaml: &rest[..offset],
                body: &rest[offset + line.len()..],
                body_line: place + 3,
            });
        }
        offset += line.len();
    }
    problems.push(Problem::new(file, 1, "front matter does not end", hint));
    None
}

/// A YAML mapping that remembers its file, and collects problems as its keys are read.
pub struct Fields<'a> {
    file: &'a str,
    yaml: &'a str,
    line: usize,
    map: Mapping,
    known: &'static [&'static str],
    problems: &'a mut Vec<Problem>,
}

impl<'a> Fields<'a> {
    /// Parses `yaml`, which begins at `line` of `file`, and holds its keys against `known`.
    /// `None` when it is no mapping at all; that is a problem too.
    pub fn parse(
        file: &'a str,
        yaml: &'a str,
        line: usize,
        known: &'static [&'static str],
        problems: &'a mut Vec<Problem>,
    ) -> Option<Self> {
        let map = match yaml_serde::from_str::<Value>(yaml) {
            Ok(Value::Mapping(map)) => map,
            Ok(_) => {
                problems.push(Problem::new(
                    file,
                    line,
                    "not a list of \"key: value\" lines",
                    format!("keys: {}", known.join(", ")),
                ));
                return None;
            }
            Err(error) => {
                let at = error
                    .location()
                    .map_or(line, |location| line + location.line().saturating_sub(1));
                let hint = "quote values that hold \": \" or begin with a special character";
                problems.push(Problem::new(
                    file,
                    at,
                    format!("broken YAML: {}", first_line(&error.to_string())),
                    hint,
                ));
                return None;
            }
        };
        let mut fields = Self {
            file,
            yaml,
            line,
            map,
            known,
            problems,
        };
        fields.check_known();
        Some(fields)
    }

    fn check_known(&mut self) {
        let unknown: Vec<String> = self
            .map
            .keys()
            .filter_map(Value::as_str)
            .filter(|key| !self.known.contains(key))
            .map(str::to_owned)
            .collect();
        for key in unknown {
            let hint = did_you_mean(&key, self.known);
            self.problem(&key, format!("unknown key \"{key}\""), hint);
        }
        if self.map.keys().any(|key| key.as_str().is_none()) {
            self.problem(
                "",
                "a key is not text".to_owned(),
                "write keys as plain words".to_owned(),
            );
        }
    }

    /// The line on which a key stands.
    pub fn line_of(&self, key: &str) -> usize {
        let starts = |line: &str| {
            line.strip_prefix(key)
                .is_some_and(|rest| rest.starts_with(':'))
        };
        self.yaml
            .lines()
            .position(starts)
            .map_or(self.line, |place| self.line + place)
    }

    /// Adds a problem at the line of `key`.
    pub fn problem(&mut self, key: &str, what: String, hint: String) {
        let line = self.line_of(key);
        self.problems
            .push(Problem::new(self.file, line, what, hint));
    }

    /// Whether the key stands there.
    pub fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    fn value(&mut self, key: &str) -> Option<Value> {
        let value = self.map.get(key).cloned();
        if value.is_none() {
            self.problem(
                key,
                format!("key \"{key}\" is missing"),
                format!("add \"{key}: ...\""),
            );
        }
        value
    }

    fn scalar(value: &Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        }
    }

    /// A text that must not be empty; empty when it is missing, which is a problem.
    pub fn text(&mut self, key: &str) -> String {
        let Some(value) = self.value(key) else {
            return String::new();
        };
        match Self::scalar(&value) {
            Some(text) if !text.is_empty() => text,
            _ => {
                self.problem(
                    key,
                    format!("\"{key}\" is empty or not a text"),
                    "write its value on the same line".to_owned(),
                );
                String::new()
            }
        }
    }

    /// A list of texts; may be empty, must be there.
    pub fn list(&mut self, key: &str) -> Vec<String> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let items = match &value {
            Value::Sequence(items) => items.iter().map(Self::scalar).collect::<Option<Vec<_>>>(),
            _ => None,
        };
        match items {
            Some(items) if items.iter().all(|item| !item.is_empty()) => items,
            _ => {
                self.problem(
                    key,
                    format!("\"{key}\" is not a list of texts"),
                    "write it as [one, two] or as lines that begin with \"- \"".to_owned(),
                );
                Vec::new()
            }
        }
    }

    /// A list of mappings with exactly the keys `first` and `second`.
    pub fn pairs(&mut self, key: &str, first: &str, second: &str) -> Vec<(String, String)> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Value::Sequence(items) = &value else {
            self.problem(
                key,
                format!("\"{key}\" is not a list"),
                format!("each item has {first} and {second}"),
            );
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for item in items {
            let part = |name: &str| {
                item.get(name)
                    .and_then(Self::scalar)
                    .filter(|text| !text.is_empty())
            };
            match (part(first), part(second)) {
                (Some(one), Some(two)) if item.as_mapping().is_some_and(|map| map.len() == 2) => {
                    pairs.push((one, two))
                }
                _ => self.problem(
                    key,
                    format!("an item of \"{key}\" is not complete"),
                    format!("each item has {first} and {second}, and no other key"),
                ),
            }
        }
        pairs
    }

    /// A word of a closed vocabulary.
    pub fn word<T>(
        &mut self,
        key: &str,
        words: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(key);
        if text.is_empty() {
            return None;
        }
        let parsed = parse(&text);
        if parsed.is_none() {
            self.problem(
                key,
                format!("\"{key}\" cannot be \"{text}\""),
                did_you_mean(&text, words),
            );
        }
        parsed
    }

    /// A list of words of a closed vocabulary.
    pub fn words<T>(
        &mut self,
        key: &str,
        words: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let mut values = Vec::new();
        for text in self.list(key) {
            match parse(&text) {
                Some(value) => values.push(value),
                None => self.problem(
                    key,
                    format!("\"{key}\" cannot hold \"{text}\""),
                    did_you_mean(&text, words),
                ),
            }
        }
        values
    }

    /// A list of slugs.
    pub fn slugs(&mut self, key: &str) -> Vec<Slug> {
        self.words(key, &[], Slug::parse)
    }

    /// Something that parses from text, with a hint of its form.
    pub fn parsed<T>(
        &mut self,
        key: &str,
        form: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(key);
        if text.is_empty() {
            return None;
        }
        let parsed = parse(&text);
        if parsed.is_none() {
            self.problem(
                key,
                format!("\"{key}\" cannot be \"{text}\""),
                format!("write it as {form}"),
            );
        }
        parsed
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
}
