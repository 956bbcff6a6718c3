//! From the bytes of an interaction to serenity's model, without a detour.
//!
//! serenity finds out an interaction's kind by reading it into a tree of JSON first and copying it out of there. Here a command,
//! as most are, is read once, and its kind is noted in passing; of others the kind is read first. Knows the numbers of the
//! kinds; knows nothing of what an interaction asks.

use std::cell::Cell;
use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Error as _, IntoDeserializer as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};
use serde_json::Value;
use serenity::model::application::{CommandInteraction, Interaction};

use crate::discord::interaction::trim;

/// The kind of an interaction. Source: Discord documentation, "Interaction Object", "Interaction Type".
#[derive(Deserialize)]
struct Kind {
    #[serde(rename = "type")]
    kind: u8,
}

/// Reads an interaction, as serenity reads it; what it cannot read for something that nobody uses is read without that. A
/// message that a command is about has the text that members see in it.
///
/// # Errors
/// When it is no JSON, or lacks what is used.
pub fn interaction(body: &[u8]) -> Result<Interaction, serde_json::Error> {
    // All of it at once, here: each text by itself, and twice, would cost more.
    let body = std::str::from_utf8(body).map_err(serde_json::Error::custom)?;
    // Few commands are about a message.
    if body.contains("\"messages\"") {
        let mut value: Value = serde_json::from_str(body)?;
        trim::fill_texts(&mut value);
        return read(&value.to_string()).or_else(|_| read(&trim::interaction(&value).to_string()));
    }
    read(body).or_else(|error| match serde_json::from_str::<Value>(body) {
        Ok(value) if value.is_object() => {
            read(&trim::interaction(&value).to_string()).map_err(|_| error)
        }
        _ => Err(error),
    })
}

fn read(body: &str) -> Result<Interaction, serde_json::Error> {
    // What is no command lacks what a command's data must have.
    match command(body) {
        Ok((2, command)) => return Ok(Interaction::Command(command)),
        Ok((4, command)) => return Ok(Interaction::Autocomplete(command)),
        _ => {}
    }
    Ok(match serde_json::from_str::<Kind>(body)?.kind {
        1 => Interaction::Ping(serde_json::from_str(body)?),
        2 => Interaction::Command(serde_json::from_str(body)?),
        3 => Interaction::Component(serde_json::from_str(body)?),
        4 => Interaction::Autocomplete(serde_json::from_str(body)?),
        5 => Interaction::Modal(serde_json::from_str(body)?),
        _ => serde_json::from_str(body)?,
    })
}

/// A command with its kind.
fn command(body: &str) -> Result<(u8, CommandInteraction), serde_json::Error> {
    let kind = Cell::new(None);
    let mut json = serde_json::Deserializer::from_str(body);
    // serenity has a method of the same name besides, which leaves out who the member is.
    let command = <CommandInteraction as Deserialize>::deserialize(Noting {
        inner: &mut json,
        kind: &kind,
        next: false,
    })?;
    json.end()?;
    Ok((
        kind.get()
            .ok_or_else(|| serde_json::Error::missing_field("type"))?,
        command,
    ))
}

/// A deserializer, and in turn its visitor and its map, that lets everything through and notes the number under `type`.
struct Noting<'a, T> {
    inner: T,
    kind: &'a Cell<Option<u8>>,
    /// Whether the value that comes next is the one to note.
    next: bool,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Noting<'_, D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let Self { inner, kind, next } = self;
        inner.deserialize_map(Noting {
            inner: visitor,
            kind,
            next,
        })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Noting<'_, V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(formatter)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Noting {
            inner: map,
            kind: self.kind,
            next: false,
        })
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Noting<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let Some(key) = self.inner.next_key::<&'de str>()? else {
            return Ok(None);
        };
        self.next = key == "type";
        seed.deserialize(BorrowedStrDeserializer::new(key))
            .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        if !self.next {
            return self.inner.next_value_seed(seed);
        }
        let kind: u8 = self.inner.next_value()?;
        self.kind.set(Some(kind));
        seed.deserialize(kind.into_deserializer())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_serenity_reads() {
        let person = r#""user": {"id": "5", "username": "sam", "discriminator": "0", "global_name": "Sam", "avatar": null}"#;
        let head = r#""id": "1", "application_id": "2", "token": "t", "version": 1, "locale": "en-US", "entitlements": [], "attachment_size_limit": 1, "channel_id": "3""#;
        let data = r#"{"id": "4", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": "a \"b\" é"}]}"#;
        let button = r#"{"custom_id": "a", "component_type": 2}"#;
        let message = r#"{"id": "6", "channel_id": "3", "author": {"id": "5", "username": "sam", "discriminator": "0"}, "content": "", "timestamp": "2026-01-01T00:00:00Z", "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0}"#;
        let form = r#"{"custom_id": "a", "components": []}"#;
        let member = r#""guild_id": "7", "member": {"user": {"id": "5", "username": "sam", "discriminator": "0", "global_name": "Sam", "avatar": null}, "nick": null, "roles": [], "joined_at": "2025-01-01T00:00:00Z", "deaf": false, "mute": false, "flags": 0, "permissions": "8"}"#;
        let bodies = [
            format!(r#"{{{head}, "type": 2, "data": {data}, {member}}}"#),
            format!(r#"{{{head}, "type": 2, "data": {data}, {person}}}"#),
            format!(r#"{{"type": 4, {head}, "data": {data}, {person}}}"#),
            format!(r#"{{{head}, "ty\u0070e": 2, "data": {data}, {person}}}"#),
            format!(r#"{{"message": {message}, {head}, "type": 3, "data": {button}, {person}}}"#),
            format!(r#"{{{head}, "type": 5, "data": {form}, {person}}}"#),
            r#"{"id": "1", "application_id": "2", "token": "t", "version": 1, "type": 1}"#
                .to_owned(),
        ];
        for body in bodies {
            let own = interaction(body.as_bytes()).expect("an interaction");
            let theirs: Interaction = serde_json::from_str(&body).expect("an interaction");
            assert_eq!(format!("{own:?}"), format!("{theirs:?}"));
        }
        for broken in [
            "",
            "{}",
            "[]",
            "2",
            "nonsense",
            r#"{"type": 2}"#,
            r#"{"type": 300}"#,
            r#"{"type": 99}"#,
            r#"{"type": "2"}"#,
        ] {
            assert!(interaction(broken.as_bytes()).is_err(), "{broken}");
            assert!(
                serde_json::from_str::<Interaction>(broken).is_err(),
                "{broken}"
            );
        }
        assert!(
            interaction(b"{\"type\": 1, \"id\": \"\xff\"}").is_err(),
            "not UTF-8"
        );
    }
}
