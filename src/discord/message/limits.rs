//! Every limit of Discord's API that the bot can meet, one constant each, and a check of finished bodies against them.
//!
//! The numbers are those of Discord's developer documentation as read in July 2026; each names its page. Lengths are
//! counted in UTF-16 units, the stricter reading of "characters". Knows bodies as JSON, not how they came about: what is measured is what is sent, whatever
//! built it, so that they are not read as models.

use serde_json::Value;

/// Characters of a message's content (Create Message).
pub const CONTENT: usize = 2_000;
/// Embeds of a message (Create Message).
pub const EMBEDS: usize = 10;
/// Characters of an embed's title (Message Object, embed limits).
pub const EMBED_TITLE: usize = 256;
/// Characters of an embed's description (embed limits).
pub const EMBED_DESCRIPTION: usize = 4_096;
/// Fields of an embed (embed limits).
pub const EMBED_FIELDS: usize = 25;
/// Characters of a field's name (embed limits).
pub const FIELD_NAME: usize = 256;
/// Characters of a field's value (embed limits).
pub const FIELD_VALUE: usize = 1_024;
/// Characters of an embed's footer (embed limits).
pub const FOOTER: usize = 2_048;
/// Characters over all embeds of a message together: titles, descriptions, fields, footers, authors (embed limits).
pub const EMBED_TOTAL: usize = 6_000;
/// Rows of components below a message (Component Reference, legacy message components).
pub const ROWS: usize = 5;
/// Buttons of a row (Component Reference, action row).
pub const BUTTONS: usize = 5;
/// Characters of a button's label (Component Reference, button).
pub const LABEL: usize = 80;
/// Characters of a custom id, at least one (Component Reference, custom id).
pub const CUSTOM_ID: usize = 100;
/// Entries of a menu (Component Reference, string select).
pub const SELECT_ENTRIES: usize = 25;
/// Characters of an entry's label, value and description (Component Reference, select option).
pub const ENTRY: usize = 100;
/// Characters of a menu's placeholder (Component Reference, string select).
pub const PLACEHOLDER: usize = 150;
/// Suggestions of an autocomplete answer, and choices of an option (Application Commands).
pub const CHOICES: usize = 25;
/// Characters of a choice's name and of its text value (Application Commands, option choice).
pub const CHOICE: usize = 100;
/// Characters of a command's or option's name (Application Commands, naming).
pub const COMMAND_NAME: usize = 32;
/// Characters of a command's or option's description, at least one (Application Commands).
pub const COMMAND_DESCRIPTION: usize = 100;
/// Options of a command (Application Commands).
pub const OPTIONS: usize = 25;
/// Characters of a command in all: names, descriptions and values, the longest localization counting (Application Commands).
pub const COMMAND_TOTAL: usize = 8_000;
/// Global slash commands of an application (Application Commands).
pub const SLASH_COMMANDS: usize = 100;
/// Global message commands of an application (Application Commands).
pub const MESSAGE_COMMANDS: usize = 15;
/// Characters of the words that describe an attachment (Message Object, attachment).
pub const ALT: usize = 1_024;
/// Follow-ups to an interaction where the bot is installed by the user and not in the server (Receiving and Responding).
pub const FOLLOW_UPS: usize = 5;

/// Characters of a form's title, and of an input's label (Discord documentation, "Modal" and "Text Input").
pub const FORM_TITLE: usize = 45;
/// Characters that an input of a form holds (the same).
pub const INPUT: usize = 4_000;

/// How long a text is to Discord.
pub fn length(text: &str) -> usize {
    // UTF-16 units, counted without decoding: one for each character's first byte, one more where four bytes follow each other.
    text.bytes()
        .map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0))
        .sum()
}

/// What is wrong with the body of a first response; empty when all is well.
pub fn check_response(body: &Value) -> Vec<String> {
    let mut check = Check::default();
    match body["type"].as_u64() {
        Some(1) => {}
        Some(4) => check.message(&body["data"], true),
        Some(5 | 6) => {}
        Some(7) => check.message(&body["data"], false),
        Some(9) => check.form(&body["data"]),
        Some(8) => check.suggestions(&body["data"]["choices"]),
        other => check.say(format!("type {other:?} is not a response of this bot")),
    }
    check.wrong
}

/// What is wrong with the body of a message that is sent anew.
pub fn check_message(body: &Value) -> Vec<String> {
    let mut check = Check::default();
    check.message(body, true);
    check.wrong
}

/// What is wrong with the body of a command.
pub fn check_command(body: &Value) -> Vec<String> {
    let mut check = Check::default();
    if body["type"].as_u64().unwrap_or(1) == 1 {
        check.command(body);
    } else {
        check.span("name", body["name"].as_str(), 1, COMMAND_NAME);
        check.span(
            "description",
            body["description"].as_str().or(Some("")),
            0,
            0,
        );
    }
    check.wrong
}

#[derive(Default)]
struct Check {
    wrong: Vec<String>,
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

impl Check {
    fn say(&mut self, what: String) {
        self.wrong.push(what);
    }

    fn span(&mut self, name: &str, text: Option<&str>, least: usize, most: usize) {
        let found = text.map_or(0, length);
        if text.is_none() && least > 0 {
            self.say(format!("{name} is missing"));
        } else if text.is_some() && !(least..=most).contains(&found) {
            self.say(format!(
                "{name} has {found} characters, not {least} to {most}"
            ));
        }
    }

    fn count(&mut self, name: &str, found: usize, most: usize) {
        if found > most {
            self.say(format!("{found} {name}, more than {most}"));
        }
    }

    fn message(&mut self, body: &Value, whole: bool) {
        let allowed = &body["allowed_mentions"];
        let others = allowed.as_object().map_or(0, |map| {
            map.keys()
                .filter(|key| *key != "parse" && *key != "roles")
                .count()
        });
        if allowed["parse"] != serde_json::json!([])
            || others > 0
            || list(&allowed["roles"]).len() > 1
        {
            self.say("allowed_mentions lets more than one role be pinged".to_owned());
        }
        self.span("content", body["content"].as_str(), 0, CONTENT);
        let embeds = list(&body["embeds"]);
        let says_nothing = body["content"].as_str().unwrap_or("").trim().is_empty()
            && embeds.is_empty()
            && list(&body["attachments"]).is_empty();
        if whole && says_nothing {
            self.say("the message is empty".to_owned());
        }
        self.count("embeds", embeds.len(), EMBEDS);
        let total: usize = embeds.iter().map(|embed| self.embed(embed)).sum();
        self.count("characters over all embeds", total, EMBED_TOTAL);
        for attachment in list(&body["attachments"]) {
            self.span(
                "attachment description",
                attachment["description"].as_str(),
                1,
                ALT,
            );
        }
        self.rows(list(&body["components"]));
    }

    /// Checks an embed and gives its length.
    fn embed(&mut self, embed: &Value) -> usize {
        let footer = embed["footer"]["text"].as_str();
        let parts = [
            ("embed title", embed["title"].as_str(), EMBED_TITLE),
            (
                "embed description",
                embed["description"].as_str(),
                EMBED_DESCRIPTION,
            ),
            ("embed footer", footer, FOOTER),
        ];
        let mut total = 0;
        for (name, text, most) in parts {
            if text.is_some() {
                self.span(name, text, 1, most);
            }
            total += text.map_or(0, length);
        }
        let fields = list(&embed["fields"]);
        self.count("embed fields", fields.len(), EMBED_FIELDS);
        for field in fields {
            for (name, key, most) in [
                ("field name", "name", FIELD_NAME),
                ("field value", "value", FIELD_VALUE),
            ] {
                let text = field[key].as_str().filter(|text| !text.trim().is_empty());
                self.span(name, text, 1, most);
                total += text.map_or(0, length);
            }
        }
        if total == 0 {
            self.say("an embed is empty".to_owned());
        }
        total
    }

    fn rows(&mut self, rows: &[Value]) {
        self.count("rows", rows.len(), ROWS);
        let mut ids = Vec::new();
        for row in rows {
            let parts = list(&row["components"]);
            if parts.is_empty() {
                self.say("a row is empty".to_owned());
            }
            self.count("parts of a row", parts.len(), BUTTONS);
            for part in parts {
                self.span("custom id", part["custom_id"].as_str(), 1, CUSTOM_ID);
                ids.push(part["custom_id"].as_str().unwrap_or_default());
                match part["type"].as_u64() {
                    Some(2) => self.span(
                        "button label",
                        part["label"]
                            .as_str()
                            .filter(|label| !label.trim().is_empty()),
                        1,
                        LABEL,
                    ),
                    Some(3) => self.select(part, parts.len()),
                    Some(6 | 8) if parts.len() == 1 => {}
                    other => self.say(format!("part of type {other:?}")),
                }
            }
        }
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() < all {
            self.say("a custom id stands twice".to_owned());
        }
    }

    fn select(&mut self, select: &Value, beside: usize) {
        if beside > 1 {
            self.say("a menu shares its row".to_owned());
        }
        self.span(
            "placeholder",
            select["placeholder"].as_str(),
            0,
            PLACEHOLDER,
        );
        let entries = list(&select["options"]);
        if entries.is_empty() {
            self.say("a menu is empty".to_owned());
        }
        self.count("menu entries", entries.len(), SELECT_ENTRIES);
        let mut values: Vec<&str> = Vec::new();
        for entry in entries {
            self.span("entry label", entry["label"].as_str(), 1, ENTRY);
            self.span("entry value", entry["value"].as_str(), 1, ENTRY);
            self.span("entry description", entry["description"].as_str(), 0, ENTRY);
            values.push(entry["value"].as_str().unwrap_or_default());
        }
        values.sort_unstable();
        values.dedup();
        if values.len() < entries.len() {
            self.say("two entries of a menu have one value".to_owned());
        }
    }

    fn form(&mut self, form: &Value) {
        self.span("form id", form["custom_id"].as_str(), 1, CUSTOM_ID);
        self.span("form title", form["title"].as_str(), 1, FORM_TITLE);
        let rows = list(&form["components"]);
        if rows.is_empty() {
            self.say("a form is empty".to_owned());
        }
        self.count("inputs of a form", rows.len(), ROWS);
        for row in rows {
            let input = &row["components"][0];
            self.span("input id", input["custom_id"].as_str(), 1, CUSTOM_ID);
            self.span("input label", input["label"].as_str(), 1, FORM_TITLE);
            let most = input["max_length"]
                .as_u64()
                .and_then(|most| usize::try_from(most).ok())
                .unwrap_or(INPUT);
            self.span(
                "input value",
                input["value"].as_str().or(Some("")),
                0,
                most.min(INPUT),
            );
        }
    }

    fn suggestions(&mut self, choices: &Value) {
        let choices = list(choices);
        self.count("suggestions", choices.len(), CHOICES);
        for choice in choices {
            self.span("suggestion name", choice["name"].as_str(), 1, CHOICE);
            self.span("suggestion value", choice["value"].as_str(), 1, CHOICE);
        }
    }

    fn command(&mut self, body: &Value) {
        self.names(body);
        let total = self.options(list(&body["options"])) + written(body);
        self.count("characters of a command", total, COMMAND_TOTAL);
        for key in ["contexts", "integration_types"] {
            if list(&body[key]).is_empty() {
                self.say(format!("{key} is empty"));
            }
        }
    }

    fn names(&mut self, body: &Value) {
        let localized = body["name_localizations"]
            .as_object()
            .into_iter()
            .flat_map(|map| map.values());
        for name in std::iter::once(&body["name"]).chain(localized) {
            let name = name.as_str().unwrap_or_default();
            self.span("name", Some(name), 1, COMMAND_NAME);
            let fits = name.chars().all(|c| {
                matches!(c, '-' | '_' | '\'') || (c.is_alphanumeric() && !c.is_uppercase())
            });
            if !fits {
                self.say(format!(
                    "the name \"{name}\" has a character that Discord refuses"
                ));
            }
        }
        let localized = body["description_localizations"]
            .as_object()
            .into_iter()
            .flat_map(|map| map.values());
        for description in std::iter::once(&body["description"]).chain(localized) {
            self.span("description", description.as_str(), 1, COMMAND_DESCRIPTION);
        }
    }

    /// Checks options and gives their length, choices and subcommands included.
    fn options(&mut self, options: &[Value]) -> usize {
        self.count("options", options.len(), OPTIONS);
        let mut total = 0;
        let mut optional_seen = false;
        for option in options {
            self.names(option);
            let required = option["required"].as_bool().unwrap_or(false);
            if required && optional_seen {
                self.say(format!(
                    "required option {} after an optional one",
                    option["name"]
                ));
            }
            optional_seen |= !required;
            let choices = list(&option["choices"]);
            self.count("choices", choices.len(), CHOICES);
            for choice in choices {
                let localized = choice["name_localizations"]
                    .as_object()
                    .into_iter()
                    .flat_map(|map| map.values());
                let names: Vec<_> = std::iter::once(&choice["name"])
                    .chain(localized)
                    .map(Value::as_str)
                    .collect();
                names
                    .iter()
                    .for_each(|name| self.span("choice name", *name, 1, CHOICE));
                self.span("choice value", choice["value"].as_str(), 1, CHOICE);
                total += names.into_iter().flatten().map(length).max().unwrap_or(0)
                    + length(choice["value"].as_str().unwrap_or_default());
            }
            total += written(option) + self.options(list(&option["options"]));
        }
        total
    }
}

/// Characters of the longest name and of the longest description.
fn written(body: &Value) -> usize {
    let longest = |key: &str, localized: &str| {
        let plain = length(body[key].as_str().unwrap_or_default());
        let others = body[localized]
            .as_object()
            .into_iter()
            .flat_map(|map| map.values())
            .filter_map(Value::as_str)
            .map(length)
            .max();
        plain.max(others.unwrap_or(0))
    };
    longest("name", "name_localizations") + longest("description", "description_localizations")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn message(data: Value) -> Vec<String> {
        let mut data = data;
        data["allowed_mentions"] = json!({"parse": []});
        check_response(&json!({"type": 4, "data": data}))
    }

    #[test]
    fn a_good_message_passes() {
        assert_eq!(
            message(json!({"content": "x".repeat(CONTENT)})),
            Vec::<String>::new()
        );
    }

    #[test]
    fn what_the_published_schema_misses_is_found() {
        let field = json!({"name": "a", "value": "x".repeat(1_000)});
        let button = |id: &str| json!({"type": 2, "custom_id": id, "label": "x"});
        let bad = [
            json!({"content": ""}),
            json!({"content": "x", "embeds": [{"fields": vec![field; 7]}]}),
            json!({"content": "x", "embeds": [{"fields": [{"name": "a", "value": " "}]}]}),
            json!({"content": "x", "components": vec![json!({"type": 1, "components": [button("a")]}); 6]}),
            json!({"content": "x", "components": [{"type": 1, "components": [button("a"), button("a")]}]}),
            json!({"content": "😀".repeat(1_001)}),
        ];
        for data in bad {
            assert!(!message(data.clone()).is_empty(), "{data}");
        }
        assert!(
            !check_response(&json!({"type": 4, "data": {"content": "x"}})).is_empty(),
            "mentions must be switched off"
        );
    }

    #[test]
    fn commands_are_held_against_their_limits() {
        let good = json!({"name": "my-data", "description": "x", "contexts": [0], "integration_types": [0]});
        assert_eq!(check_command(&good), Vec::<String>::new());
        for (key, value) in [
            ("name", json!("My")),
            ("description", json!("")),
            ("contexts", json!([])),
            (
                "options",
                json!([{"name": "a", "description": "b"}, {"name": "c", "description": "d", "required": true}]),
            ),
        ] {
            let mut bad = good.clone();
            bad[key] = value;
            assert!(!check_command(&bad).is_empty(), "{bad}");
        }
    }
}
