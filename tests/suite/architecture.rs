//! The map in `lib.rs` is kept: no room uses a room that lies outside of it, and no crate leaves its room.
//!
//! Reads the source as text, so that a test decides what a review would have to remember.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Each room and the rooms that it may use, innermost first. A room may always use itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("knowledge", &[]),
    ("text", &[]),
    ("search", &["knowledge", "text"]),
    ("understanding", &["knowledge", "text", "search"]),
    ("explore", &["knowledge", "understanding"]),
    ("story", &["knowledge", "understanding"]),
    ("paths", &["knowledge", "understanding", "explore"]),
    (
        "answer",
        &[
            "knowledge",
            "text",
            "search",
            "understanding",
            "explore",
            "paths",
        ],
    ),
    ("chart", &["knowledge", "explore", "answer"]),
    (
        "advisor",
        &["knowledge", "search", "understanding", "story", "answer"],
    ),
    ("config", &[]),
    ("telemetry", &[]),
    ("store", &["knowledge", "config"]),
    (
        "digest",
        &["knowledge", "answer", "explore", "advisor", "store"],
    ),
    (
        "discord",
        &[
            "knowledge",
            "understanding",
            "answer",
            "explore",
            "chart",
            "advisor",
            "config",
            "telemetry",
            "store",
            "digest",
        ],
    ),
    (
        "http",
        &[
            "knowledge",
            "answer",
            "advisor",
            "config",
            "telemetry",
            "discord",
        ],
    ),
    (
        "cli",
        &[
            "knowledge",
            "understanding",
            "search",
            "answer",
            "explore",
            "chart",
            "advisor",
            "config",
            "telemetry",
            "store",
            "digest",
            "discord",
            "http",
        ],
    ),
];

/// Rooms that must not know the outside: neither Discord, nor HTTP, nor a terminal, nor a database.
const INNER: &[&str] = &[
    "knowledge",
    "text",
    "search",
    "understanding",
    "answer",
    "story",
    "explore",
    "paths",
    "chart",
    "advisor",
];

/// The only rooms in which a crate may be named.
const CRATES: &[(&str, &[&str])] = &[
    ("tantivy", &["search"]),
    ("serenity", &["discord", "http"]),
    ("tokio_tungstenite", &["discord"]),
    ("sqlx", &["store"]),
    ("clap", &["cli"]),
    ("rustyline", &["cli"]),
    ("anyhow", &["cli"]),
    ("axum", &["http"]),
    ("hyper", &["http"]),
    ("hyper_util", &["http"]),
    ("metrics_exporter_prometheus", &["http"]),
    ("pulldown_cmark", &["knowledge"]),
    ("yaml_serde", &["knowledge"]),
    ("csv", &["knowledge"]),
    ("calamine", &["knowledge"]),
    ("zip", &["knowledge"]),
    ("include_dir", &["knowledge"]),
    ("dotenvy", &["config"]),
    ("tracing_subscriber", &["telemetry"]),
    ("resvg", &["chart"]),
    ("governor", &["discord"]),
];

/// What a piece of source names.
#[derive(Debug, Default)]
struct Names {
    rooms: BTreeSet<String>,
    crates: BTreeSet<String>,
}

/// Names in the code of a file: comments and string literals do not count, its tests do not either.
fn names(source: &str) -> Names {
    let code = source
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    // One line, because a group of imports may run over several.
    let code: String = code
        .lines()
        .map(|line| without_strings(line.split("//").next().unwrap_or_default()) + " ")
        .collect();
    let mut names = Names::default();
    for (place, _) in code.match_indices("crate::") {
        names.rooms.extend(firsts(&code[place + "crate::".len()..]));
    }
    for (name, _) in CRATES {
        let path = format!("{name}::");
        let used = code.match_indices(&path).any(|(place, _)| {
            !code[..place].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
        });
        if used || code.contains(&format!("use {name};")) {
            names.crates.insert((*name).to_owned());
        }
    }
    names
}

/// The first name of a path, or of every path of a group in braces.
fn firsts(path: &str) -> Vec<String> {
    let name = |text: &str| {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let Some(group) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let mut found = vec![name(group)];
    let mut depth = 1;
    for (place, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => found.push(name(&group[place + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

fn without_strings(line: &str) -> String {
    line.split('"')
        .enumerate()
        .filter(|(place, _)| place % 2 == 0)
        .map(|(_, part)| part)
        .collect::<Vec<_>>()
        .join("\"\"")
}

/// Every source file with its room: the folder or file below `src`.
fn sources() -> Vec<(String, String, String)> {
    fn walk(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).expect("the source") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let source = fs::read_to_string(&path).expect("UTF-8");
                found.push((path.display().to_string().replace('\\', "/"), source));
            }
        }
    }
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src/");
    let mut found = Vec::new();
    walk(Path::new(root), &mut found);
    found
        .into_iter()
        .map(|(path, source)| {
            let below = path.strip_prefix(root).unwrap_or(&path).to_owned();
            let room = below
                .split(['/', '.'])
                .next()
                .unwrap_or_default()
                .to_owned();
            (room, below, source)
        })
        .filter(|(room, ..)| !["lib", "main"].contains(&room.as_str()))
        .collect()
}

#[test]
fn every_room_is_on_the_map() {
    let known: BTreeSet<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    let strangers: BTreeSet<String> = sources()
        .into_iter()
        .map(|(room, ..)| room)
        .filter(|room| !known.contains(room.as_str()))
        .collect();
    assert!(
        strangers.is_empty(),
        "give these rooms a place in ROOMS and in the map of lib.rs: {strangers:?}"
    );
}

#[test]
fn no_arrow_runs_the_wrong_way() {
    let allowed: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (room, file, source) in sources() {
        let may_use = allowed.get(room.as_str()).copied().unwrap_or_default();
        for used in names(&source).rooms {
            if used != room
                && allowed.contains_key(used.as_str())
                && !may_use.contains(&used.as_str())
            {
                wrong.push(format!("src/{file} uses {used}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_crate_leaves_its_room() {
    let mut wrong = Vec::new();
    for (room, file, source) in sources() {
        for used in names(&source).crates {
            let home = CRATES
                .iter()
                .find(|(name, _)| *name == used)
                .map_or(&[][..], |(_, rooms)| rooms);
            if !home.contains(&room.as_str()) {
                wrong.push(format!(
                    "src/{file} uses {used}, which belongs into {}",
                    home.join(" and ")
                ));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_inner_rooms_allow_themselves_nothing_outside() {
    for (room, may_use) in ROOMS.iter().filter(|(room, _)| INNER.contains(room)) {
        assert!(may_use.iter().all(|used| INNER.contains(used)), "{room}");
    }
}

#[test]
fn the_inner_rooms_never_ask_the_clock() {
    let asks = |source: &str| {
        [
            "Zoned::now",
            "SystemTime::now",
            "Timestamp::now",
            "Instant::now",
        ]
        .iter()
        .any(|call| source.contains(call))
    };
    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|(room, _, source)| INNER.contains(&room.as_str()) && asks(source))
        .map(|(_, file, _)| file)
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn wrong_arrows_would_be_seen() {
    let found = names(
        "use crate::{\n    answer::{Answer, Fact},\n    http,\n};\nlet x = tantivy::doc!(); // serenity::x\nlet y = \"sqlx::z\";\nuse crate::discord::App;\n",
    );
    assert_eq!(
        found.rooms.into_iter().collect::<Vec<_>>(),
        ["answer", "discord", "http"]
    );
    assert_eq!(found.crates.into_iter().collect::<Vec<_>>(), ["tantivy"]);
}
