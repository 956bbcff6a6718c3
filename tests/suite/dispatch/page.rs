//! A reply as it reads, for snapshots of whole replies.

use serde_json::Value;

/// What kind of reply it is and who sees it, its words, its embeds and files, what a reply in the place of a message leaves as it was,
/// and what can be pressed, chosen or filled in below: `[a button]`, `(a button that is switched off)`, and `v a menu` with its
/// entries. Custom ids are not shown. A zero-width space, which keeps a mention from being one, is written `{zw}`.
pub(super) fn as_read(body: &Value) -> String {
    let data = &body["data"];
    let kind = match body["type"].as_u64() {
        Some(4) => "a new message",
        Some(7) => "in the place of the message",
        Some(9) => "a form",
        None => "a message",
        Some(other) => panic!("a reply of kind {other}: {body}"),
    };
    let private = super::is_private(body);
    let mut lines = vec![format!(
        "-- {kind}{} --",
        if private { ", private" } else { "" }
    )];
    let mut say = |before: &str, text: &Value| {
        let text = text.as_str().filter(|text| !text.is_empty());
        lines.extend(text.map(|text| format!("{before}{text}")));
    };
    say("", &data["title"]);
    say("", &data["content"]);
    for embed in list(&data["embeds"]) {
        say("# ", &embed["title"]);
        say("", &embed["description"]);
        for field in list(&embed["fields"]) {
            say("## ", &field["name"]);
            say("", &field["value"]);
        }
        say("picture ", &embed["image"]["url"]);
        say("below: ", &embed["footer"]["text"]);
    }
    for file in list(&data["attachments"]) {
        say("file ", &file["filename"]);
    }
    if data["allowed_mentions"]["parse"] != serde_json::json!([])
        || data["allowed_mentions"]
            .as_object()
            .is_some_and(|all| all.len() > 1)
    {
        lines.push(format!("pings {}", data["allowed_mentions"]));
    }
    for key in ["content", "embeds", "components"] {
        if body["type"] == 7 && data[key].is_null() {
            lines.push(format!("{key} as they were"));
        }
    }
    for row in list(&data["components"]) {
        let parts: Vec<String> = list(&row["components"]).iter().map(part).collect();
        lines.push(parts.join(" "));
    }
    lines.join("\n").replace('\u{200B}', "{zw}")
}

/// A button, a menu or an input.
fn part(part: &Value) -> String {
    let text = |key: &str| part[key].as_str().unwrap_or_default();
    match part["type"].as_u64() {
        Some(2) if part["disabled"] == true => format!("({})", text("label")),
        Some(2) => format!("[{}]", text("label")),
        Some(3) => {
            let entries = list(&part["options"]).into_iter().map(|entry| {
                let about = entry["description"].as_str();
                let about = about.map(|about| format!(" – {about}")).unwrap_or_default();
                format!("\n  {}{about}", entry["label"].as_str().unwrap_or_default())
            });
            format!("v {}{}", text("placeholder"), entries.collect::<String>())
        }
        Some(4) => format!("{}: {}", text("label"), text("value")),
        Some(5..=8) => format!("v {}", text("placeholder")),
        _ => panic!("a part that is not known: {part}"),
    }
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}
