//! Registration of the commands: reads what Discord has, compares, and writes only when something differs.
//!
//! Knows in which ways Discord gives a command back otherwise than it was sent; knows nothing of what the commands do.

use serde_json::{Map, Value};
use serenity::builder::CreateCommand;
use serenity::model::id::ApplicationId;
use tracing::info;

use crate::discord::rest::{Error, Rest};

/// What a registration came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registered {
    /// Discord had exactly these.
    Unchanged,
    /// They were written.
    Written,
}

/// Keys that Discord adds to a command.
const ADDED: &[&str] = &[
    "id",
    "application_id",
    "guild_id",
    "version",
    "dm_permission",
    "name_localized",
    "description_localized",
    "handler",
];

/// Makes Discord's global commands equal to these.
///
/// # Errors
/// As the calls: reading, and writing where something differs.
pub async fn register(
    rest: &Rest,
    application: ApplicationId,
    commands: &[CreateCommand],
) -> Result<Registered, Error> {
    let wanted = serde_json::to_value(commands)
        .map_err(|error| Error::NotSent { what: "registering the commands", reason: error.to_string() })?;
    let there = rest.commands(application).await?;
    let names = differing(&there, &wanted);
    if names.is_empty() {
        info!(commands = commands.len(), "commands are registered already");
        return Ok(Registered::Unchanged);
    }
    rest.set_commands(application, wanted).await?;
    info!(commands = commands.len(), changed = %names.join(" "), "commands registered");
    Ok(Registered::Written)
}

/// Names of the commands that are new, gone or different, in that order of finding.
pub fn differing(there: &Value, wanted: &Value) -> Vec<String> {
    let (there, wanted) = (normal(there), normal(wanted));
    let (there, wanted) = (list(&there), list(&wanted));
    let missing = |from: &[Value], one: &Value| !from.contains(one);
    let mut names: Vec<String> = wanted
        .iter()
        .filter(|one| missing(there, one))
        .chain(there.iter().filter(|one| missing(wanted, one)))
        .map(name)
        .collect();
    names.dedup();
    let mut seen = Vec::new();
    names.retain(|name| {
        let new = !seen.contains(name);
        if new {
            seen.push(name.clone());
        }
        new
    });
    names
}

fn name(command: &Value) -> String {
    command["name"].as_str().unwrap_or("?").to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A list of commands without what Discord adds, fills in or leaves out.
fn normal(commands: &Value) -> Value {
    list(commands)
        .iter()
        .map(|command| {
            let mut command = command.as_object().cloned().unwrap_or_default();
            command.retain(|key, _| !ADDED.contains(&key.as_str()));
            // Discord fills these in where they are not given: a chat command, installed in servers.
            command.entry("type").or_insert_with(|| 1.into());
            command.entry("integration_types").or_insert_with(|| vec![0].into());
            for key in ["integration_types", "contexts"] {
                if let Some(Value::Array(list)) = command.get_mut(key) {
                    list.sort_by_key(Value::as_u64);
                }
            }
            Value::Object(tidy(command))
        })
        .collect()
}

/// Sorted keys, without what says nothing: null, false, empty text, empty lists and maps. Numbers become floats: 1 and 1.0 are one.
fn tidy(map: Map<String, Value>) -> Map<String, Value> {
    let mut pairs: Vec<(String, Value)> = map.into_iter().map(|(key, value)| (key, tidy_value(value))).collect();
    pairs.retain(|(_, value)| match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
        Value::Bool(true) | Value::Number(_) => true,
    });
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    pairs.into_iter().collect()
}

fn tidy_value(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(tidy(map)),
        Value::Array(list) => list.into_iter().map(tidy_value).collect(),
        Value::Number(number) => number.as_f64().map_or(Value::Number(number), Value::from),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ask() -> Value {
        json!({"name": "ask", "description": "Ask", "contexts": [0, 2, 1], "integration_types": [1, 0], "options": [
            {"type": 3, "name": "question", "description": "Q", "required": true, "min_length": 1},
            {"type": 5, "name": "private", "description": "P", "required": false, "choices": []},
        ]})
    }

    #[test]
    fn a_command_given_back_with_discords_additions_is_the_same() {
        let back = json!([{
            "id": "1", "application_id": "2", "version": "3", "default_member_permissions": null, "type": 1, "nsfw": false, "dm_permission": true,
            "name": "ask", "name_localizations": null, "description": "Ask", "description_localizations": {}, "contexts": [0, 1, 2], "integration_types": [0, 1],
            "options": [
                {"name": "question", "description": "Q", "type": 3, "required": true, "min_length": 1.0, "name_localizations": null},
                {"name": "private", "description": "P", "type": 5},
            ],
        }]);
        assert_eq!(differing(&back, &json!([ask()])), Vec::<String>::new());
    }

    #[test]
    fn new_changed_and_gone_commands_are_named() {
        let mut changed = ask();
        changed["options"][0]["description"] = json!("Your question");
        assert_eq!(differing(&json!([ask()]), &json!([changed])), ["ask"]);
        assert_eq!(differing(&json!([]), &json!([ask()])), ["ask"]);
        assert_eq!(differing(&json!([ask(), {"name": "old", "description": "x"}]), &json!([ask()])), ["old"]);
        let mut localized = ask();
        localized["description_localizations"] = json!({"de": "Frag"});
        assert_eq!(differing(&json!([ask()]), &json!([localized])), ["ask"]);
    }

    #[test]
    fn the_order_of_options_matters_and_that_of_commands_does_not() {
        let mut turned = ask();
        turned["options"].as_array_mut().expect("a list").reverse();
        assert_eq!(differing(&json!([ask()]), &json!([turned])), ["ask"]);
        let help = json!({"name": "help", "description": "Help"});
        assert!(differing(&json!([ask(), help]), &json!([help, ask()])).is_empty());
    }
}
