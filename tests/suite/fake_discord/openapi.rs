//! Checks bodies against Discord's published description of its API, where that file is present.
//!
//! The file is looked for in `CAREERBOT_SHARED`, else in `../shared` beside the checkout. Without it nothing is checked here, and the
//! first call says so on standard error; the limits of [`super::limits`] are checked in any case.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

fn document() -> Option<&'static Value> {
    static DOCUMENT: OnceLock<Option<Value>> = OnceLock::new();
    DOCUMENT
        .get_or_init(|| {
            let folder = std::env::var_os("CAREERBOT_SHARED").map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")), PathBuf::from);
            let path = folder.join("discord/openapi.json");
            match std::fs::read(&path) {
                Ok(bytes) => Some(serde_json::from_slice(&bytes).expect("openapi.json is JSON")),
                Err(error) => {
                    // Standard error itself, because the test runner hides what eprintln! says when a test passes.
                    use std::io::Write as _;
                    let _ = writeln!(
                        std::io::stderr(),
                        "\n*** NOT CHECKED against Discord's API description: {} cannot be read ({error}). Set CAREERBOT_SHARED to the folder that holds discord/openapi.json. ***\n",
                        path.display()
                    );
                    None
                }
            }
        })
        .as_ref()
}

/// Checks a request's JSON body; `path` is without `/api/v10`. An unknown path is a problem.
pub(crate) fn request(method: &str, path: &str, body: &Value) -> Vec<String> {
    let Some(document) = document() else {
        return Vec::new();
    };
    let Some(template) = template(document, method, path) else {
        return vec![format!("{method} {path}: Discord has no such call")];
    };
    let operation = &document["paths"][template][method.to_lowercase()];
    let content = &operation["requestBody"]["content"];
    let schema = ["application/json", "multipart/form-data"]
        .iter()
        .map(|kind| &content[*kind]["schema"])
        .find(|schema| !schema.is_null());
    match schema {
        Some(schema) => errors(
            document,
            &format!("{method} {template}"),
            schema,
            &permissions_as_numbers(body.clone()),
        ),
        None if body.is_null() => Vec::new(),
        None => vec![format!("{method} {template}: Discord takes no body here")],
    }
}

/// The path of the description that fits; a literal segment wins over a placeholder.
fn template<'a>(document: &'a Value, method: &str, path: &str) -> Option<&'a str> {
    let wanted: Vec<&str> = path.trim_matches('/').split('/').collect();
    let paths = document["paths"].as_object()?;
    paths
        .iter()
        .filter(|(template, item)| {
            let segments: Vec<&str> = template.trim_matches('/').split('/').collect();
            item.get(method.to_lowercase()).is_some()
                && segments.len() == wanted.len()
                && segments
                    .iter()
                    .zip(&wanted)
                    .all(|(segment, want)| segment.starts_with('{') || segment == want)
        })
        .min_by_key(|(template, _)| template.matches('{').count())
        .map(|(template, _)| template.as_str())
}

/// The description says integer of `default_member_permissions` where the documentation, and Discord itself, say string.
fn permissions_as_numbers(mut body: Value) -> Value {
    let commands = if body.is_array() {
        body.as_array_mut().map(Vec::as_mut_slice)
    } else {
        Some(std::slice::from_mut(&mut body))
    };
    for command in commands.into_iter().flatten() {
        if let Some(bits) = command["default_member_permissions"]
            .as_str()
            .and_then(|text| text.parse::<u64>().ok())
        {
            command["default_member_permissions"] = bits.into();
        }
    }
    body
}

fn errors(document: &Value, name: &str, schema: &Value, value: &Value) -> Vec<String> {
    let validator = validator(document, name, schema);
    validator
        .iter_errors(value)
        .map(|error| {
            let mut text = error.to_string();
            text.truncate(
                text.char_indices()
                    .nth(400)
                    .map_or(text.len(), |(at, _)| at),
            );
            format!("{name}: at {}: {text}", error.instance_path())
        })
        .collect()
}

/// Builds a validator of the schema and of those that it refers to: building one of the whole description takes far longer.
fn validator(document: &Value, name: &str, schema: &Value) -> Arc<Validator> {
    static BUILT: OnceLock<Mutex<HashMap<String, Arc<Validator>>>> = OnceLock::new();
    let mut built = BUILT
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    built
        .entry(name.to_owned())
        .or_insert_with(|| {
            let all = &document["components"]["schemas"];
            let (mut names, mut open) = (BTreeSet::new(), vec![schema]);
            while let Some(next) = open.pop() {
                references(next, &mut |found| {
                    if names.insert(found.to_owned()) {
                        open.push(&all[found]);
                    }
                });
            }
            let used: Map<String, Value> = names
                .into_iter()
                .map(|name| {
                    let schema = all[&name].clone();
                    (name, schema)
                })
                .collect();
            let root = json!({"allOf": [schema], "components": {"schemas": used}});
            Arc::new(jsonschema::validator_for(&root).expect("the description holds valid schemas"))
        })
        .clone()
}

fn references<'a>(value: &'a Value, found: &mut impl FnMut(&'a str)) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value
                    .as_str()
                    .filter(|_| key == "$ref")
                    .and_then(|text| text.strip_prefix("#/components/schemas/"))
                {
                    Some(name) => found(name),
                    None => references(value, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn a_wrong_body_is_found_by_the_description() {
    if document().is_none() {
        return; // document() has said so, loudly.
    }
    let callback = |body: Value| request("POST", "/interactions/1/abc/callback", &body);
    assert_eq!(
        callback(
            json!({"type": 4, "data": {"content": "hello", "allowed_mentions": {"parse": []}}})
        ),
        Vec::<String>::new()
    );
    assert!(!callback(json!({"type": 4, "data": {"content": 5}})).is_empty());
    assert!(!callback(json!({"type": 4, "data": {"content": "x".repeat(5000)}})).is_empty());
    assert!(!request("POST", "/no/such/call", &Value::Null).is_empty());
    assert!(
        request(
            "PUT",
            "/applications/1/commands",
            &json!([{"name": "ask", "description": "Ask", "type": 1}])
        )
        .is_empty()
    );
    assert!(
        !request(
            "PUT",
            "/applications/1/commands",
            &json!([{"description": "no name"}])
        )
        .is_empty()
    );
}
