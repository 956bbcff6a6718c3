//! The map in `lib.rs` is kept: no room uses a room that lies outside of it, no crate leaves its room, and no more than three
//! files use each other in a circle.
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
    ("spelling", &["knowledge", "text"]),
    (
        "understanding",
        &["knowledge", "text", "search", "spelling"],
    ),
    ("learning", &["knowledge", "understanding"]),
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
    ("site", &["knowledge", "answer", "explore", "advisor"]),
    ("article", &["knowledge", "search"]),
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
            "article",
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
    ("news", &["article"]),
    ("web", &["store", "discord", "http"]),
    (
        "runtime",
        &[
            "advisor",
            "config",
            "telemetry",
            "store",
            "digest",
            "discord",
            "http",
            "news",
            "web",
        ],
    ),
    (
        "cli",
        &[
            "text",
            "knowledge",
            "understanding",
            "learning",
            "search",
            "answer",
            "explore",
            "chart",
            "advisor",
            "site",
            "article",
            "config",
            "telemetry",
            "store",
            "digest",
            "discord",
            "http",
            "runtime",
        ],
    ),
];

/// The rooms of `discord`, innermost first: each may use those above it.
const DISCORD: &[&str] = &[
    "message",
    "api",
    "interaction",
    "state",
    "app",
    "command",
    "feature",
    "members",
    "moderation",
    "router",
    "gateway",
];

/// The most files that may use each other in a circle.
const CIRCLE: usize = 3;

/// Circles that are larger still, by a file in each and the number of its files: they may shrink, and none may come.
const TO_BE_CUT: &[(&str, usize)] = &[("understanding::plan", 4)];

/// Rooms that must not know the outside: neither Discord, nor HTTP, nor a terminal, nor a database.
const INNER: &[&str] = &[
    "knowledge",
    "text",
    "search",
    "spelling",
    "understanding",
    "answer",
    "story",
    "explore",
    "paths",
    "chart",
    "advisor",
    "site",
    "article",
];

/// The only rooms in which a crate may be named.
const CRATES: &[(&str, &[&str])] = &[
    ("tantivy", &["search"]),
    ("serenity", &["discord", "http", "web"]),
    ("tokio_tungstenite", &["discord"]),
    ("sqlx", &["store"]),
    ("clap", &["cli"]),
    ("rustyline", &["cli"]),
    ("anyhow", &["cli"]),
    ("axum", &["http", "web"]),
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
    ("tiny_skia", &["chart"]),
    ("skrifa", &["chart"]),
    ("governor", &["discord"]),
    ("unicode_width", &["text"]),
    ("getrandom", &["web"]),
    ("feed_rs", &["news"]),
];

/// What a piece of source names.
#[derive(Debug, Default)]
struct Names {
    rooms: BTreeSet<String>,
    crates: BTreeSet<String>,
}

/// The code of a file in one line, because a group of imports may run over several: without comments, string literals and
/// tests.
fn code(source: &str) -> String {
    source
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default()
        .lines()
        .map(|line| without_strings(line.split("//").next().unwrap_or_default()) + " ")
        .collect()
}

/// Names in the code of a file.
fn names(source: &str) -> Names {
    let code = code(source);
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

/// Every path below `crate` that the code of a file names, written out: `crate::a::{b, c::d}` names `a::b` and `a::c::d`. The
/// same for `super` and for modules below this one, as seen from the module.
fn paths(module: &str, source: &str) -> Vec<String> {
    let code = code(source);
    let mut found = Vec::new();
    for (place, _) in code.match_indices("crate::") {
        written_out(&code[place + "crate::".len()..], "", &mut found);
    }
    let parent = module.rsplit_once("::").map_or("", |(parent, _)| parent);
    for (place, _) in code.match_indices("super::") {
        written_out(&code[place + "super::".len()..], parent, &mut found);
    }
    for (place, _) in code.match_indices("mod ") {
        let child = firsts(&code[place + "mod ".len()..]).concat();
        let declared = code[place + "mod ".len() + child.len()..].starts_with(';');
        let path = format!("{child}::");
        let used = code.match_indices(&path).any(|(place, _)| {
            !code[..place].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
        });
        if declared && used {
            found.push(format!("{module}::{child}"));
        }
    }
    found
}

/// Writes out one path, or a group of them; gives the code behind it.
fn written_out<'a>(code: &'a str, before: &str, found: &mut Vec<String>) -> &'a str {
    let code = code.trim_start();
    if let Some(mut rest) = code.strip_prefix('{') {
        loop {
            rest = written_out(rest, before, found);
            let end = rest.find([',', '}']).unwrap_or(rest.len());
            let more = rest[end..].starts_with(',');
            rest = rest.get(end + 1..).unwrap_or_default();
            if !more {
                return rest;
            }
        }
    }
    let end = code
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(code.len());
    let (name, rest) = code.split_at(end);
    let path = match (before, name) {
        (_, "" | "self") => before.to_owned(),
        ("", _) => name.to_owned(),
        _ => format!("{before}::{name}"),
    };
    match rest.strip_prefix("::") {
        Some(rest) if rest.starts_with(|c: char| c.is_alphanumeric() || c == '{') => {
            written_out(rest, &path, found)
        }
        _ => {
            found.push(path);
            rest
        }
    }
}

/// Each file as a module, with the modules that it uses.
fn uses() -> BTreeMap<String, BTreeSet<String>> {
    let sources: BTreeMap<String, String> = sources()
        .into_iter()
        .map(|(_, file, source)| (module(&file), source))
        .collect();
    let home = |path: &str| {
        let mut path = path;
        loop {
            if sources.contains_key(path) {
                return Some(path.to_owned());
            }
            path = path.rsplit_once("::")?.0;
        }
    };
    let used = |module: &String, source: &String| {
        let found = paths(module, source);
        found
            .iter()
            .filter_map(|path| home(path))
            .filter(|used| used != module)
            .collect()
    };
    sources
        .iter()
        .map(|(module, source)| (module.clone(), used(module, source)))
        .collect()
}

/// `discord/api/mod.rs` is `discord::api`.
fn module(file: &str) -> String {
    let path = file.strip_suffix(".rs").unwrap_or(file);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.replace('/', "::")
}

/// The sets of two and more that use each other in a circle, each in order.
fn circles(uses: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<Vec<String>> {
    let reached = |from: &String| {
        let mut seen: BTreeSet<&String> = BTreeSet::new();
        let mut next: Vec<&String> = uses[from].iter().collect();
        while let Some(one) = next.pop() {
            if seen.insert(one) {
                next.extend(uses.get(one).into_iter().flatten());
            }
        }
        seen
    };
    let reach: BTreeMap<&String, BTreeSet<&String>> =
        uses.keys().map(|one| (one, reached(one))).collect();
    let circle = |one: &String| {
        let back = |other: &&String| reach.get(*other).is_some_and(|all| all.contains(one));
        reach[one]
            .iter()
            .copied()
            .filter(back)
            .cloned()
            .collect::<Vec<String>>()
    };
    uses.keys()
        .map(circle)
        .filter(|circle| circle.len() > 1)
        .collect()
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
fn the_rooms_of_discord_use_those_further_in() {
    let place = |module: &str| {
        let room = module.split("::").nth(1);
        DISCORD.iter().position(|one| Some(*one) == room)
    };
    let mut wrong = Vec::new();
    for (module, used) in uses() {
        if !module.starts_with("discord::") {
            continue;
        }
        let Some(own) = place(&module) else {
            wrong.push(format!("{module} has no place in DISCORD"));
            continue;
        };
        for used in used
            .iter()
            .filter(|used| used.split("::").next() == Some("discord"))
        {
            if place(used).is_none_or(|theirs| theirs > own) {
                wrong.push(format!("{module} uses {used}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_circle_of_files_is_large() {
    let large: Vec<Vec<String>> = circles(&uses())
        .into_iter()
        .filter(|circle| circle.len() > CIRCLE)
        .collect();
    let known = |circle: &[String]| {
        TO_BE_CUT
            .iter()
            .find(|(file, _)| circle.iter().any(|one| one == file))
            .map_or(CIRCLE, |(_, files)| *files)
    };
    let grown: Vec<&Vec<String>> = large
        .iter()
        .filter(|circle| circle.len() > known(circle))
        .collect();
    assert!(
        grown.is_empty(),
        "these use each other in a circle: {grown:#?}"
    );
    for (file, files) in TO_BE_CUT {
        let now = large
            .iter()
            .find(|circle| circle.iter().any(|one| one == file))
            .map_or(0, Vec::len);
        assert_eq!(
            now, *files,
            "the circle of {file}: write down what it has come to"
        );
    }
}

#[test]
fn circles_and_paths_would_be_seen() {
    let source = "mod z;\nmod unused;\nuse z::k;\nuse crate::a::{self, b::{C, d}, e};\nuse super::f;\nfn g() { crate::h::i(); } // crate::no";
    assert_eq!(
        paths("x::y", source),
        ["a", "a::b::C", "a::b::d", "a::e", "h::i", "x::f", "x::y::z"]
    );
    let uses = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("e", "e")]
        .map(|(from, to)| (from.to_owned(), BTreeSet::from([to.to_owned()])));
    let found: Vec<Vec<String>> = circles(&uses.into()).into_iter().collect();
    assert_eq!(found, [["a", "b", "c"]]);
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
