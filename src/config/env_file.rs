//! The file `.env`: found, read whole, and put into the environment, or told line by line what is wrong with it.
//!
//! Never says what stands on a line: it may be a secret.

use std::cell::Cell;
use std::io::{self, Read};
use std::path::PathBuf;

use crate::config::keys::{KEYS, nearest};

/// Puts what stands in `.env` into the environment, where there is such a file in the working folder or above it; what is set
/// there already stays. Gives a warning for each key that looks like one of careerbot's and is none.
///
/// # Errors
/// A line for each line of the file that cannot be read; nothing is set then.
pub fn load() -> Result<Vec<String>, Vec<String>> {
    let Some(path) = find() else {
        return Ok(Vec::new());
    };
    let name = path.display().to_string();
    let bytes =
        std::fs::read(&path).map_err(|error| vec![format!("{name} cannot be read: {error}")])?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().get(..error.utf8_error().valid_up_to());
        let line = 1 + before.map_or(0, newlines);
        vec![format!(
            "{name}:{line}: is not UTF-8: save the file as UTF-8"
        )]
    })?;
    // Some editors begin a file with a mark.
    let text = text.trim_start_matches('\u{feff}');
    let warnings = read(&name, text)?;
    dotenvy::from_read(text.as_bytes())
        .map_err(|_| vec![format!("{name} cannot be put into the environment")])?;
    Ok(warnings)
}

fn find() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    here.ancestors()
        .map(|folder| folder.join(".env"))
        .find(|path| path.is_file())
}

/// Reads every setting; warns of keys that are none.
fn read(name: &str, text: &str) -> Result<Vec<String>, Vec<String>> {
    let given = Cell::new(0);
    let lines = Lines {
        rest: text.as_bytes(),
        given: &given,
    };
    let (mut wrong, mut warnings) = (Vec::new(), Vec::new());
    for setting in dotenvy::from_read_iter(lines) {
        let last = given.get();
        match setting {
            // The system takes no NUL: setting such a value would end the program with the value in its last words.
            Ok((key, value)) if key.contains('\0') || value.contains('\0') => {
                wrong.push(format!(
                    "{name}:{last}: holds a NUL character: type the line anew"
                ));
            }
            Ok((key, _)) => warnings.extend(stranger(&key).map(|what| {
                let first = line_of(text, &key).unwrap_or(last);
                format!("{name}:{first}: {what}")
            })),
            Err(dotenvy::Error::LineParse(broken, _)) => {
                // A quote that is never closed has taken all lines to the end.
                let first = (last + 1).saturating_sub(broken.lines().count().max(1));
                wrong.push(format!(
                    "{name}:{first}: is not of the form KEY=value (quote values that hold spaces, and close each quote)"
                ));
            }
            Err(error) => wrong.push(format!("{name}:{last}: cannot be read: {error}")),
        }
    }
    if wrong.is_empty() {
        Ok(warnings)
    } else {
        Err(wrong)
    }
}

/// What to say of a key that careerbot does not read, where it looks as if it was meant for it.
fn stranger(key: &str) -> Option<String> {
    let known = || KEYS.iter().map(|(key, _)| *key);
    if known().any(|one| one == key) {
        return None;
    }
    if known().any(|one| one.eq_ignore_ascii_case(key)) {
        return Some(format!(
            "{key} is no setting of careerbot: write it in capital letters"
        ));
    }
    match nearest(&key.to_uppercase(), known()) {
        Some(near) => Some(format!(
            "{key} is no setting of careerbot; did you mean {near}?"
        )),
        None if key.starts_with("CAREERBOT_") => Some(format!(
            "{key} is no setting of careerbot; careerbot --help lists them"
        )),
        // Other programs' settings may stand here, too.
        None => None,
    }
}

/// The line on which a key is set, from 1.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let sets = |line: &str| {
        let line = line.trim_start();
        let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    text.lines().position(sets).map(|before| before + 1)
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// Hands out a line at a time and counts them, so that whoever reads has never read further than is counted.
struct Lines<'a> {
    rest: &'a [u8],
    given: &'a Cell<usize>,
}

impl Read for Lines<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let line = self
            .rest
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(self.rest.len(), |end| end + 1);
        let (now, rest) = self.rest.split_at(line.min(room.len()));
        if let Some(room) = room.get_mut(..now.len()) {
            room.copy_from_slice(now);
        }
        if !now.is_empty() && now.len() == line {
            self.given.set(self.given.get() + 1);
        }
        self.rest = rest;
        Ok(now.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_broken_line_is_told_with_its_number() {
        let long = "x".repeat(20_000);
        let text = format!(
            "# first\n\nA=1\nhunter2 hunter2\nB='two\nlines'\nLONG={long}\n=3\nC=\"hunter2\nD=4\n"
        );
        let said = read(".env", &text).expect_err("three broken lines");
        let places: Vec<&str> = said
            .iter()
            .filter_map(|line| line.strip_prefix(".env:")?.split(':').next())
            .collect();
        assert_eq!(places, ["4", "8", "9"], "{said:?}");
        assert!(!said.join("").contains("hunter2"), "{said:?}");
    }

    #[test]
    fn a_key_that_is_nearly_one_of_ours_is_named_with_the_one_that_was_meant() {
        for (line, words) in [
            (
                "CAREERBOT_KNOWLEGE=x",
                Some("did you mean CAREERBOT_KNOWLEDGE?"),
            ),
            ("DISCORD_TOKN=x", Some("did you mean DISCORD_TOKEN?")),
            ("export CARERBOT_LOG=x", Some("did you mean CAREERBOT_LOG?")),
            ("CAREERBOT_COLOUR=x", Some("careerbot --help")),
            ("discord_token=x", Some("capital letters")),
            ("CAREERBOT_LOG=info", None),
            ("PGPASSWORD=x", None),
            ("DATABASE_NAME=x", None),
        ] {
            let said = read(".env", &format!("A=1\n\n{line}\n")).expect("it can be read");
            match words {
                None => assert_eq!(said, Vec::<String>::new(), "{line}"),
                Some(words) => assert!(
                    said.len() == 1 && said[0].starts_with(".env:3: ") && said[0].contains(words),
                    "{line}: {said:?}"
                ),
            }
        }
    }
}
