//! Names, descriptions and choices of commands in German, French and Spanish: a file for each language below `locale/`.
//!
//! Answers stay English; a line in the member's language says so. Knows Discord's locale codes and the form of the files.

use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::{CommandOptionType, CommandType};

/// Each language as Discord names it, with its file. Members who read the Spanish of Latin America get that of Spain
/// (Discord documentation, Application Commands, "Localization": es-419 falls back to es-ES).
const FILES: [(&str, &str); 3] = [
    ("de", include_str!("locale/de.txt")),
    ("fr", include_str!("locale/fr.txt")),
    ("es-ES", include_str!("locale/es.txt")),
];

/// The languages, as Discord names them.
pub fn locales() -> impl Iterator<Item = &'static str> {
    FILES.into_iter().map(|(locale, _)| locale)
}

/// What each file translates: commands (`ask`), options (`ask question`) and choices, with the language.
pub fn translated() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.into_iter().flat_map(|(locale, file)| {
        lines(file).flat_map(move |(keys, _)| keys.split("; ").map(move |key| (locale, key)))
    })
}

/// What the answers' language is, for a member who reads Discord in another one; `None` for English.
pub fn language_note(locale: &str) -> Option<&'static str> {
    Some(match locale.split('-').next().unwrap_or_default() {
        "en" | "" => return None,
        "de" => "Die Antworten sind auf Englisch.",
        "fr" => "Les réponses sont en anglais.",
        "es" => "Las respuestas están en inglés.",
        _ => "Answers are in English.",
    })
}

/// The lines of a file: what they translate, and into what.
fn lines(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
}

/// What stands for this key in each language that has it.
fn find(key: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.into_iter().filter_map(move |(locale, file)| {
        let (_, words) =
            lines(file).find(|(keys, _)| keys.split("; ").any(|known| known == key))?;
        Some((locale, words))
    })
}

/// Name and description in each language; a message command has no description.
fn words(key: &str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    find(key).map(|(locale, words)| {
        let (name, description) = words.split_once(" | ").unwrap_or((words, ""));
        (locale, name, description)
    })
}

/// A command with its words in every language that it has them in.
pub fn command(name: &str, kind: CommandType, body: CreateCommand) -> CreateCommand {
    words(name).fold(body, |body, (locale, word, description)| {
        let body = body.name_localized(locale, word);
        if kind == CommandType::ChatInput {
            body.description_localized(locale, description)
        } else {
            body
        }
    })
}

/// An option of a command, with its words in every language that it has them in.
pub fn option(
    command: &str,
    kind: CommandOptionType,
    name: &str,
    description: &str,
) -> CreateCommandOption {
    let body = CreateCommandOption::new(kind, name, description);
    words(&format!("{command} {name}")).fold(body, |body, (locale, word, description)| {
        body.name_localized(locale, word)
            .description_localized(locale, description)
    })
}

/// An option with one more choice, in every language that it has the words in.
pub fn choice(
    option: CreateCommandOption,
    words: &str,
    value: impl Into<String>,
) -> CreateCommandOption {
    option.add_string_choice_localized(words, value, find(words))
}
