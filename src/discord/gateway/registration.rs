//! Registration of the commands: reads what Discord has, compares, and writes only when something differs. What is not ours
//! stays: an application can have an Entry Point command, and commands of other programs.
//!
//! Knows in which ways Discord gives a command back otherwise than it was sent; knows nothing of what the commands do.

use serde_json::{Map, Value};
use serenity::builder::CreateCommand;
use serenity::model::id::ApplicationId;
use tracing::info;

use crate::discord::api::client::{Error, Rest};
use crate::discord::api::model::Command;

/// What a registration came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registered {
    /// Discord had exactly these.
    Unchanged,
    /// They were written.
    Written,
}

/// The type of a command that is typed in a chat. Source: Discord documentation, "Application Command Types".
const CHAT: u64 = 1;

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

/// Why commands are not registered.
#[derive(Debug, thiserror::Error)]
pub enum NotRegistered {
    /// A call failed.
    #[error(transparent)]
    Rest(#[from] Error),
    /// Another program has commands of the same names on the application.
    #[error(
        "the application has commands of another program under the names {0}: give careerbot an application of its own, or overwrite them with `careerbot commands register --take-over`"
    )]
    Taken(String),
}

/// Makes Discord's global commands hold these; other programs' ones stay. Commands of the same names are overwritten where most
/// of ours are there, so that they are of an older version, and with `take_over`.
///
/// # Errors
/// As the calls: reading, and writing where something differs; and when other programs have the names.
pub async fn register(
    rest: &Rest,
    application: ApplicationId,
    commands: &[CreateCommand],
    take_over: bool,
) -> Result<Registered, NotRegistered> {
    let wanted = written(commands).map_err(|error| Error::NotSent {
        what: "registering the commands",
        reason: error.to_string(),
    })?;
    let there = rest.commands(application).await?;
    let wanted = with_others(&there, &wanted);
    let names = differing(&there, &wanted);
    if names.is_empty() {
        info!(commands = commands.len(), "commands are registered already");
        return Ok(Registered::Unchanged);
    }
    let taken = taken(&there, &wanted, commands.len());
    if !taken.is_empty() && !take_over {
        return Err(NotRegistered::Taken(taken.join(", ")));
    }
    rest.set_commands(application, &wanted).await?;
    info!(commands = commands.len(), changed = %names.join(" "), "commands registered");
    Ok(Registered::Written)
}

/// These commands as they are registered.
///
/// # Errors
/// When one cannot be written as JSON.
pub fn written(commands: &[CreateCommand]) -> serde_json::Result<Vec<Command>> {
    serde_json::from_value(serde_json::to_value(commands)?)
}

/// What makes a command another one: its name and its type.
fn key(command: &Command) -> (&str, u64) {
    (name(command), command.kind.unwrap_or(CHAT))
}

fn name(command: &Command) -> &str {
    command.name.as_deref().unwrap_or("?")
}

/// Our commands, followed by those that are there and are not ours.
pub fn with_others(there: &[Command], ours: &[Command]) -> Vec<Command> {
    let is_ours = |one: &Command| ours.iter().any(|our| key(our) == key(one));
    let others = there.iter().filter(|one| !is_ours(one)).map(|one| {
        let mut kept = one.clone();
        let given_back = |key: &str| ADDED.contains(&key) && key != "handler";
        kept.rest
            .retain(|key, value| !given_back(key) && !value.is_null());
        kept
    });
    ours.iter().cloned().chain(others).collect()
}

/// Names of ours that another program has: those that differ, where fewer than half of ours are there at all.
fn taken(there: &[Command], wanted: &[Command], ours: usize) -> Vec<String> {
    let ours_of = wanted.get(..ours).unwrap_or_default();
    let present: Vec<&Command> = there
        .iter()
        .filter(|one| ours_of.iter().any(|our| key(our) == key(one)))
        .collect();
    if present.is_empty() || present.len() * 2 >= ours {
        return Vec::new();
    }
    let differ = differing(there, wanted);
    present
        .into_iter()
        .map(|one| name(one).to_owned())
        .filter(|name| differ.contains(name))
        .collect()
}

/// Names of the commands that are new, gone or different, in that order of finding.
pub fn differing(there: &[Command], wanted: &[Command]) -> Vec<String> {
    let (there, wanted) = (normal(there), normal(wanted));
    let missing = |from: &[Command], one: &Command| !from.contains(one);
    let mut names: Vec<String> = Vec::new();
    let new = wanted.iter().filter(|one| missing(&there, one));
    for one in new.chain(there.iter().filter(|one| missing(&wanted, one))) {
        if !names.iter().any(|known| known == name(one)) {
            names.push(name(one).to_owned());
        }
    }
    names
}

/// Commands without what Discord adds, fills in or leaves out.
fn normal(commands: &[Command]) -> Vec<Command> {
    let normal = |command: &Command| {
        let mut rest = command.rest.clone();
        rest.retain(|key, _| !ADDED.contains(&key.as_str()));
        // Discord fills these in where they are not given: a chat command, installed in servers.
        rest.entry("integration_types")
            .or_insert_with(|| vec![0].into());
        for key in ["integration_types", "contexts"] {
            if let Some(Value::Array(list)) = rest.get_mut(key) {
                list.sort_by_key(Value::as_u64);
            }
        }
        Command {
            name: command.name.clone(),
            kind: command.kind.or(Some(CHAT)),
            rest: tidy(rest),
        }
    };
    commands.iter().map(normal).collect()
}

/// Sorted keys, without what says nothing: null, false, empty text, empty lists and maps. Numbers become floats: 1 and 1.0 are one.
fn tidy(map: Map<String, Value>) -> Map<String, Value> {
    let mut pairs: Vec<(String, Value)> = map
        .into_iter()
        .map(|(key, value)| (key, tidy_value(value)))
        .collect();
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

    fn commands(json: Value) -> Vec<Command> {
        serde_json::from_value(json).expect("commands as Discord writes them")
    }

    fn differing(there: &Value, wanted: &Value) -> Vec<String> {
        super::differing(&commands(there.clone()), &commands(wanted.clone()))
    }

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
        assert_eq!(
            differing(
                &json!([ask(), {"name": "old", "description": "x"}]),
                &json!([ask()])
            ),
            ["old"]
        );
        let mut localized = ask();
        localized["description_localizations"] = json!({"de": "Frag"});
        assert_eq!(differing(&json!([ask()]), &json!([localized])), ["ask"]);
    }

    #[test]
    fn what_is_not_ours_stays_and_what_bears_our_name_is_asked_about() {
        let entry = json!({"id": "5", "version": "1", "name": "launch", "type": 4, "handler": 2, "description": "", "contexts": null});
        let other = json!({"id": "6", "name": "play", "type": 1, "description": "Play"});
        let ours = json!([ask(), {"name": "help", "description": "Help"}, {"name": "role", "description": "Role"}]);
        let ours = commands(ours);
        let with_others = |there: &Value| super::with_others(&commands(there.clone()), &ours);
        let all = with_others(&json!([entry, other, ask()]));
        let names: Vec<&str> = all.iter().map(name).collect();
        assert_eq!(names, ["ask", "help", "role", "launch", "play"]);
        assert_eq!(
            serde_json::to_value(&all[3]).expect("JSON"),
            json!({"name": "launch", "type": 4, "handler": 2, "description": ""}),
            "as it is registered"
        );
        let there = json!([entry, other, ours[0], ours[1], ours[2]]);
        assert!(super::differing(&commands(there), &all).is_empty());
        let taken = |there: &Value| super::taken(&commands(there.clone()), &with_others(there), 3);
        let theirs = json!([{"name": "help", "description": "Another help"}, other]);
        assert_eq!(taken(&theirs), ["help"]);
        let older = json!([{"name": "help", "description": "Older help"}, ask()]);
        assert!(taken(&older).is_empty(), "most of ours are there");
        assert!(taken(&json!([other])).is_empty());
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
