//! Names, descriptions and choices of commands in German, French and Spanish: a file for each language below `locale/`.
//!
//! Answers stay English; a sentence in the member's language leads them, and a line says so. Knows Discord's locale codes and the form of the files.

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
        "de" => LEADS[0][0],
        "fr" => LEADS[1][0],
        "es" => LEADS[2][0],
        _ => "Answers are in English.",
    })
}

/// What the sentence says that leads an answer in another language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead<'a> {
    /// What a role pays at the median: its name, the sum, place and period.
    Pay(&'a str, &'a str, &'a str),
    /// What an answer is about.
    About(&'a str),
    /// The first of a list.
    List(&'a str),
    /// A question back.
    Choose,
    /// Nothing is held.
    Nothing,
}

/// The sentences of each language: its note, then those of [`Lead`] in its order.
const LEADS: [[&str; 6]; 3] = [
    [
        "Die Antworten sind auf Englisch.",
        "{name}: im Mittel {pay} im Jahr (Median, {when}).",
        "Hier ist die Antwort zu: {name}.",
        "Hier ist die Liste; an erster Stelle steht: {name}.",
        "Was ist gemeint? Bitte wähle unten aus.",
        "Dazu habe ich keine Antwort.",
    ],
    [
        "Les réponses sont en anglais.",
        "{name} : {pay} par an (médiane, {when}).",
        "Voici la réponse sur : {name}.",
        "Voici la liste ; en premier : {name}.",
        "Que veux-tu dire ? Choisis ci-dessous.",
        "Je n’ai pas de réponse à cela.",
    ],
    [
        "Las respuestas están en inglés.",
        "{name}: {pay} al año (mediana, {when}).",
        "Aquí está la respuesta sobre: {name}.",
        "Aquí está la lista; en primer lugar: {name}.",
        "¿Qué quieres decir? Elige abajo.",
        "No tengo respuesta a eso.",
    ],
];

/// The sentence that leads an answer, in the language of this [`language_note`]; `None` where only the note is in it.
pub fn lead(note: &str, lead: Lead<'_>) -> Option<String> {
    let [_, pay, about, list, choose, nothing] =
        LEADS.iter().find(|sentences| sentences[0] == note)?;
    Some(match lead {
        Lead::Pay(name, sum, when) => pay
            .replace("{name}", name)
            .replace("{pay}", sum)
            .replace("{when}", when),
        Lead::About(name) => about.replace("{name}", name),
        Lead::List(name) => list.replace("{name}", name),
        Lead::Choose => (*choose).to_owned(),
        Lead::Nothing => (*nothing).to_owned(),
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
