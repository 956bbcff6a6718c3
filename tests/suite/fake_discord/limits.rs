//! What Discord refuses beyond its description: totals, uniqueness, order, mentions, and keys that it does not know.
//!
//! Numbers from Discord's developer documentation (message, embed, component and application command pages).

use std::collections::HashSet;

use serde_json::Value;

const MESSAGE: &[&str] = &[
    "content",
    "embeds",
    "components",
    "allowed_mentions",
    "flags",
    "tts",
    "attachments",
    "nonce",
    "enforce_nonce",
    "message_reference",
    "sticker_ids",
    "poll",
];
const EMBED: &[&str] = &[
    "title",
    "type",
    "description",
    "url",
    "timestamp",
    "color",
    "footer",
    "image",
    "thumbnail",
    "author",
    "fields",
];
const COMMAND: &[&str] = &[
    "id",
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "dm_permission",
    "integration_types",
    "contexts",
    "nsfw",
    "handler",
];
const OPTION: &[&str] = &[
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "required",
    "choices",
    "options",
    "channel_types",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
    "autocomplete",
];

/// Checks an interaction callback.
pub(crate) fn callback(body: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    unknown_keys("callback", body, &["type", "data"], &mut wrong);
    let data = &body["data"];
    match body["type"].as_u64() {
        Some(1 | 6) => {}
        Some(4 | 7) => message(data, body["type"] == 7, &mut wrong),
        Some(5) => unknown_keys("callback", data, &["flags"], &mut wrong),
        Some(8) => {
            let choices = data["choices"].as_array().cloned().unwrap_or_default();
            if choices.len() > 25 {
                wrong.push(format!(
                    "{} choices of autocomplete, at most 25",
                    choices.len()
                ));
            }
            for choice in &choices {
                between("choice name", &choice["name"], 1, 100, &mut wrong);
                if choice["value"].is_string() {
                    between("choice value", &choice["value"], 1, 100, &mut wrong);
                }
            }
        }
        Some(9) => {
            between("modal title", &data["title"], 1, 45, &mut wrong);
            between("modal custom_id", &data["custom_id"], 1, 100, &mut wrong);
            let rows = data["components"].as_array().map_or(0, Vec::len);
            if !(1..=5).contains(&rows) {
                wrong.push(format!("a modal with {rows} inputs"));
            }
        }
        other => wrong.push(format!("callback of type {other:?}")),
    }
    wrong
}

/// Checks a message to a channel, a follow-up or an edit.
pub(crate) fn any_message(body: &Value, edit: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    message(body, edit, &mut wrong);
    wrong
}

fn message(body: &Value, edit: bool, wrong: &mut Vec<String>) {
    unknown_keys("message", body, MESSAGE, wrong);
    at_most("content", &body["content"], 2000, wrong);
    let embeds = list(&body["embeds"]);
    let rows = list(&body["components"]);
    let says = body["content"]
        .as_str()
        .is_some_and(|text| !text.is_empty())
        || !embeds.is_empty()
        || !list(&body["attachments"]).is_empty();
    if !says && !edit {
        wrong.push("an empty message".to_owned());
    }
    if embeds.len() > 10 {
        wrong.push(format!("{} embeds, at most 10", embeds.len()));
    }
    let total: usize = embeds.iter().map(|embed| embed_size(embed, wrong)).sum();
    if total > 6000 {
        wrong.push(format!("{total} characters over all embeds, at most 6000"));
    }
    if rows.len() > 5 {
        wrong.push(format!("{} rows of components, at most 5", rows.len()));
    }
    let mut ids = HashSet::new();
    for row in rows {
        let parts = list(&row["components"]);
        let selects = parts
            .iter()
            .filter(|part| matches!(part["type"].as_u64(), Some(3 | 5..=8)))
            .count();
        if parts.is_empty() || parts.len() > 5 || (selects > 0 && parts.len() > 1) {
            wrong.push(format!(
                "a row with {} components, {selects} of them selects",
                parts.len()
            ));
        }
        for part in parts {
            component(part, &mut ids, wrong);
        }
    }
    mentions(body, edit, wrong);
}

fn component<'a>(part: &'a Value, ids: &mut HashSet<&'a str>, wrong: &mut Vec<String>) {
    if let Some(id) = part["custom_id"].as_str() {
        between("custom_id", &part["custom_id"], 1, 100, wrong);
        if !ids.insert(id) {
            wrong.push(format!("custom_id {id} twice in one message"));
        }
    }
    at_most("label", &part["label"], 80, wrong);
    if part["type"] == 2
        && part["label"].as_str().unwrap_or("").is_empty()
        && part["emoji"].is_null()
    {
        wrong.push("a button without label and emoji".to_owned());
    }
    if part["type"] == 3 {
        let options = list(&part["options"]);
        if !(1..=25).contains(&options.len()) {
            wrong.push(format!("a select with {} options", options.len()));
        }
        let mut values = HashSet::new();
        for option in options {
            between("option label", &option["label"], 1, 100, wrong);
            between("option value", &option["value"], 1, 100, wrong);
            at_most("option description", &option["description"], 100, wrong);
            if !values.insert(option["value"].as_str()) {
                wrong.push("an option value twice in one select".to_owned());
            }
        }
    }
}

fn embed_size(embed: &Value, wrong: &mut Vec<String>) -> usize {
    unknown_keys("embed", embed, EMBED, wrong);
    let mut total = at_most("embed title", &embed["title"], 256, wrong);
    total += at_most("embed description", &embed["description"], 4096, wrong);
    total += at_most("embed footer", &embed["footer"]["text"], 2048, wrong);
    total += at_most("embed author", &embed["author"]["name"], 256, wrong);
    let fields = list(&embed["fields"]);
    if fields.len() > 25 {
        wrong.push(format!("{} fields, at most 25", fields.len()));
    }
    for field in fields {
        total += between("field name", &field["name"], 1, 256, wrong);
        total += between("field value", &field["value"], 1, 1024, wrong);
    }
    total
}

/// Nobody may be pinged: `allowed_mentions` is there and empty, or names one role.
fn mentions(body: &Value, edit: bool, wrong: &mut Vec<String>) {
    let allowed = &body["allowed_mentions"];
    if allowed.is_null() {
        if !edit || body["content"].is_string() {
            wrong.push("a message without allowed_mentions".to_owned());
        }
        return;
    }
    let empty = |key: &str| list(&allowed[key]).is_empty();
    if !empty("parse")
        || !empty("users")
        || list(&allowed["roles"]).len() > 1
        || !allowed["parse"].is_array()
    {
        wrong.push(format!(
            "allowed_mentions lets somebody be pinged: {allowed}"
        ));
    }
}

/// Checks a list of commands.
pub(crate) fn commands(body: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut names = HashSet::new();
    for one in list(body) {
        command(one, &mut wrong);
        if !names.insert((one["type"].as_u64().unwrap_or(1), one["name"].as_str())) {
            wrong.push(format!("command {} twice", one["name"]));
        }
    }
    let chat = list(body)
        .iter()
        .filter(|one| one["type"].as_u64().unwrap_or(1) == 1)
        .count();
    if chat > 100 || list(body).len() - chat > 30 {
        wrong.push("too many commands".to_owned());
    }
    wrong
}

fn command(one: &Value, wrong: &mut Vec<String>) {
    unknown_keys("command", one, COMMAND, wrong);
    let chat = one["type"].as_u64().unwrap_or(1) == 1;
    if chat {
        name(&one["name"], wrong);
        between("command description", &one["description"], 1, 100, wrong);
    } else {
        between("command name", &one["name"], 1, 32, wrong);
        if one["description"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
        {
            wrong.push("a message or user command with a description".to_owned());
        }
    }
    if chat {
        for localized in one["name_localizations"]
            .as_object()
            .into_iter()
            .flat_map(|map| map.values())
        {
            name(localized, wrong);
        }
    }
    for localized in one["description_localizations"]
        .as_object()
        .into_iter()
        .flat_map(|map| map.values())
    {
        between("localized description", localized, 1, 100, wrong);
    }
    if !one["default_member_permissions"].is_null()
        && !one["default_member_permissions"].is_string()
    {
        wrong.push("default_member_permissions is not a string".to_owned());
    }
    let size = options(&one["options"], wrong) + chars(&one["name"]) + chars(&one["description"]);
    if size > 8000 {
        wrong.push(format!(
            "command {} has {size} characters, at most 8000",
            one["name"]
        ));
    }
}

fn options(value: &Value, wrong: &mut Vec<String>) -> usize {
    let (mut total, mut optional, mut names) = (0, false, HashSet::new());
    if list(value).len() > 25 {
        wrong.push("more than 25 options".to_owned());
    }
    for option in list(value) {
        unknown_keys("option", option, OPTION, wrong);
        name(&option["name"], wrong);
        between("option description", &option["description"], 1, 100, wrong);
        if !names.insert(option["name"].as_str()) {
            wrong.push(format!("option {} twice", option["name"]));
        }
        let required = option["required"] == true;
        if required && optional {
            wrong.push(format!(
                "required option {} after an optional one",
                option["name"]
            ));
        }
        optional |= !required;
        let choices = list(&option["choices"]);
        if choices.len() > 25 || (!choices.is_empty() && option["autocomplete"] == true) {
            wrong.push(format!(
                "option {} has {} choices, autocomplete {}",
                option["name"],
                choices.len(),
                option["autocomplete"]
            ));
        }
        for choice in choices {
            total +=
                between("choice name", &choice["name"], 1, 100, wrong) + chars(&choice["value"]);
        }
        total += chars(&option["name"])
            + chars(&option["description"])
            + options(&option["options"], wrong);
    }
    total
}

/// `^[-_'\p{L}\p{N}]{1,32}$`, lower case where the script has cases.
fn name(value: &Value, wrong: &mut Vec<String>) {
    let text = value.as_str().unwrap_or("");
    let fits = (1..=32).contains(&text.chars().count())
        && text
            .chars()
            .all(|c| (c.is_alphanumeric() || "-_'".contains(c)) && c.to_lowercase().eq([c]));
    if !fits {
        wrong.push(format!("{value} is no command or option name"));
    }
}

fn unknown_keys(what: &str, value: &Value, known: &[&str], wrong: &mut Vec<String>) {
    for key in value.as_object().into_iter().flat_map(|map| map.keys()) {
        if !known.contains(&key.as_str()) {
            wrong.push(format!("{what}: unknown key {key}"));
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Discord counts UTF-16 units in some places and characters in others; the larger of the two is safe in both.
fn chars(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.encode_utf16().count())
}

fn at_most(what: &str, value: &Value, limit: usize, wrong: &mut Vec<String>) -> usize {
    let size = chars(value);
    if size > limit {
        wrong.push(format!("{what} of {size} characters, at most {limit}"));
    }
    size
}

fn between(
    what: &str,
    value: &Value,
    least: usize,
    limit: usize,
    wrong: &mut Vec<String>,
) -> usize {
    let size = at_most(what, value, limit, wrong);
    let blank = value.as_str().is_none_or(|text| text.trim().is_empty());
    if size < least || blank {
        wrong.push(format!("{what} is empty or missing: {value}"));
    }
    size
}

#[test]
fn each_limit_beyond_the_description_is_seen() {
    use serde_json::json;
    let wrong = |body: Value| callback(&json!({"type": 4, "data": body})).len();
    let base = |extra: Value| {
        let mut body = json!({"content": "hi", "allowed_mentions": {"parse": []}});
        body.as_object_mut()
            .expect("object")
            .extend(extra.as_object().expect("object").clone());
        body
    };
    assert_eq!(wrong(base(json!({}))), 0);
    assert_eq!(wrong(json!({"content": "hi"})), 1, "no allowed_mentions");
    assert_eq!(
        wrong(base(json!({"allowed_mentions": {"parse": ["everyone"]}}))),
        1
    );
    assert_eq!(wrong(base(json!({"content": "x".repeat(2001)}))), 1);
    assert_eq!(wrong(base(json!({"colour": 1}))), 1, "unknown key");
    assert_eq!(
        wrong(base(
            json!({"embeds": [{"fields": [{"name": "a", "value": ""}]}]})
        )),
        1,
        "empty field"
    );
    assert_eq!(
        wrong(base(
            json!({"embeds": [{"description": "x".repeat(4000)}, {"description": "x".repeat(2001)}]})
        )),
        1,
        "6000 over all"
    );
    let button = json!({"type": 2, "style": 1, "label": "a", "custom_id": "same"});
    assert_eq!(
        wrong(base(
            json!({"components": [{"type": 1, "components": [button, button]}]})
        )),
        1,
        "custom_id twice"
    );
    let row = |n: u8| json!({"type": 1, "components": [{"type": 2, "style": 1, "label": "a", "custom_id": n.to_string()}]});
    assert_eq!(
        wrong(base(
            json!({"components": (0..6).map(row).collect::<Vec<_>>()})
        )),
        1,
        "six rows"
    );
    let option = |name: &str, required: bool| json!({"type": 3, "name": name, "description": "d", "required": required});
    let command = |name: &str, options: Value| {
        commands(&json!([{"name": name, "description": "d", "options": options}])).len()
    };
    assert_eq!(
        command("ask", json!([option("a", true), option("b", false)])),
        0
    );
    assert_eq!(
        command("ask", json!([option("a", false), option("b", true)])),
        1,
        "required after optional"
    );
    assert_eq!(command("Ask me", json!([])), 1, "name pattern");
}
