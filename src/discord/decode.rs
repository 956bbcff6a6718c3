//! From the bytes of an interaction to serenity's model, without a detour.
//!
//! serenity finds out an interaction's kind by reading it into a tree of JSON first and copying it out of there; the kind
//! alone can be had for less. Knows the numbers of the kinds; knows nothing of what an interaction asks.

use serde::Deserialize;
use serenity::model::application::Interaction;

/// The kind of an interaction. Source: Discord documentation, "Interaction Object", "Interaction Type".
#[derive(Deserialize)]
struct Kind {
    #[serde(rename = "type")]
    kind: u8,
}

/// Reads an interaction, as serenity reads it.
///
/// # Errors
/// When it is no JSON, or none that serenity's model holds.
pub fn interaction(body: &[u8]) -> Result<Interaction, serde_json::Error> {
    // All of it at once, here: each text by itself, and twice, would cost more.
    let body = std::str::from_utf8(body).map_err(serde::de::Error::custom)?;
    Ok(match serde_json::from_str::<Kind>(body)?.kind {
        1 => Interaction::Ping(serde_json::from_str(body)?),
        2 => Interaction::Command(serde_json::from_str(body)?),
        3 => Interaction::Component(serde_json::from_str(body)?),
        4 => Interaction::Autocomplete(serde_json::from_str(body)?),
        5 => Interaction::Modal(serde_json::from_str(body)?),
        _ => serde_json::from_str(body)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_serenity_reads() {
        let person =
            r#""user": {"id": "5", "username": "sam", "discriminator": "0", "global_name": "Sam", "avatar": null}"#;
        let head = r#""id": "1", "application_id": "2", "token": "t", "version": 1, "locale": "en-US", "entitlements": [], "attachment_size_limit": 1, "channel_id": "3""#;
        let data = r#"{"id": "4", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": "a \"b\" é"}]}"#;
        for kind in [2, 4] {
            let body = format!(r#"{{{head}, "type": {kind}, "data": {data}, {person}}}"#);
            let own = interaction(body.as_bytes()).expect("an interaction");
            let theirs: Interaction = serde_json::from_str(&body).expect("an interaction");
            assert_eq!(format!("{own:?}"), format!("{theirs:?}"));
        }
        for broken in
            ["", "{}", "nonsense", r#"{"type": 2}"#, r#"{"type": 300}"#, r#"{"type": 99}"#, r#"{"type": "2"}"#]
        {
            assert!(interaction(broken.as_bytes()).is_err(), "{broken}");
            assert!(serde_json::from_str::<Interaction>(broken).is_err(), "{broken}");
        }
        assert!(interaction(b"{\"type\": 1, \"id\": \"\xff\"}").is_err(), "not UTF-8");
    }
}
