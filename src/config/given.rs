//! What is given for each key, and what is wrong with it; the mistakes are gathered, so that all are told at once.
//!
//! Knows which keys are secrets and where these may stand instead; knows nothing of what a value means.

use crate::config::keys::{KEYS, SECRETS};
use crate::config::{secret, token};

/// The folder of systemd's credentials. Set by systemd alone, so that it is none of the keys.
pub(super) const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// The values of all keys, without blanks around them, and the mistakes that were found, a line each.
pub(super) struct Given {
    values: Vec<(&'static str, Option<String>)>,
    credentials: Option<String>,
    wrong: Vec<String>,
}

impl Given {
    /// Asks for every key; `Err` means that the value is not UTF-8. Empty values count as missing, and so do those that hold a
    /// secret of another key.
    pub(super) fn new(get: impl Fn(&str) -> Option<Result<String, ()>>) -> Self {
        let mut wrong = Vec::new();
        let mut value = |key: &str| match get(key) {
            Some(Ok(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Some(Err(())) => {
                wrong.push(format!("{key} is not UTF-8"));
                None
            }
            _ => None,
        };
        let mut values: Vec<(&str, Option<String>)> =
            KEYS.iter().map(|(key, _)| (*key, value(key))).collect();
        let credentials = value(CREDENTIALS);
        let secrets: Vec<String> = values
            .iter()
            .filter(|(key, _)| SECRETS.contains(key))
            .filter_map(|(_, value)| value.clone())
            .collect();
        for (key, value) in values.iter_mut().filter(|(key, _)| !SECRETS.contains(key)) {
            if let Some(belongs) = value
                .as_deref()
                .and_then(|value| misplaced(value, &secrets))
            {
                wrong.push(format!("{key} holds {belongs}"));
                *value = None;
            }
        }
        Self {
            values,
            credentials,
            wrong,
        }
    }

    /// The value of a key.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        let mut values = self.values.iter();
        values.find(|(known, _)| *known == key)?.1.clone()
    }

    /// The value of a key whose secret may stand in a file or in a credential of systemd instead.
    pub(super) fn secret(&mut self, key: &str) -> Option<String> {
        let file = self.text(&format!("{key}_FILE"));
        let credentials = self.credentials.as_deref();
        secret::find(key, self.text(key), file.as_deref(), credentials).unwrap_or_else(|fault| {
            self.wrong(fault);
            None
        })
    }

    /// The value of a key as `read` understands it; its error goes on after the key's name.
    pub(super) fn read<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.text(key)?;
        let read = read(&text).map_err(|fault| self.wrong(format!("{key} {fault}")));
        read.ok()
    }

    /// Notes a mistake.
    pub(super) fn wrong(&mut self, fault: String) {
        self.wrong.push(fault);
    }

    /// The mistakes, in the order in which they were found.
    pub(super) fn mistakes(self) -> Vec<String> {
        self.wrong
    }
}

/// What a value is and where it belongs, when it is a secret on the line of another key, whose value may be printed.
fn misplaced(value: &str, secrets: &[String]) -> Option<&'static str> {
    /// Shorter ones stand in ordinary words.
    const SHORTEST: usize = 8;
    let parts: Vec<&str> = value.split('.').collect();
    // Discord's tokens: the bot's id, the time and a signature, each in base64.
    let token = parts.len() == 3
        && parts.iter().all(|part| token::is_word(part))
        && parts[0].len() >= 4
        && parts[2].len() >= 12;
    if token {
        return Some("what looks like a bot's token: it belongs into DISCORD_TOKEN");
    }
    if value.contains("postgres://") || value.contains("postgresql://") {
        return Some("the address of a database: it belongs into DATABASE_URL");
    }
    let doubled = secrets
        .iter()
        .any(|secret| secret.len() >= SHORTEST && value.contains(secret.as_str()));
    doubled.then_some("the value of DISCORD_TOKEN or DATABASE_URL: give it one of its own")
}
