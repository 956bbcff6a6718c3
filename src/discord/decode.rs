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
    Ok(match serde_json::from_slice::<Kind>(body)?.kind {
        1 => Interaction::Ping(serde_json::from_slice(body)?),
        2 => Interaction::Command(serde_json::from_slice(body)?),
        3 => Interaction::Component(serde_json::from_slice(body)?),
        4 => Interaction::Autocomplete(serde_json::from_slice(body)?),
        5 => Interaction::Modal(serde_json::from_slice(body)?),
        _ => serde_json::from_slice(body)?,
    })
}
