//! What operators rely on, held against the code: every figure is described, every alert and panel shows figures that there are,
//! and the runbook knows every alert and every warning.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use careerbot::http::metrics::{FIGURES, Kind};
use serde_json::{Value, json};

use crate::fake_discord::payloads::slash;
use crate::fake_discord::{Bot, FakeDiscord, bot};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The code of every source file, without comments and tests.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("the source") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    walk(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut paths,
    );
    let code = |path: &Path| {
        let source = fs::read_to_string(path).expect("UTF-8");
        let code = source
            .split("#[cfg(test)]\nmod tests")
            .next()
            .unwrap_or_default();
        let lines = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    };
    paths
        .into_iter()
        .map(|path| {
            let code = code(&path);
            (path, code)
        })
        .collect()
}

/// What follows each call of one of these macros, from its bracket on.
fn calls<'a>(code: &'a str, names: &[&str]) -> Vec<(&'a str, &'a str)> {
    let mut found = Vec::new();
    for name in names {
        for (place, _) in code.match_indices(name) {
            let before = code[..place].chars().next_back();
            if before.is_none_or(|c| !c.is_alphanumeric() && c != '_') {
                found.push((&code[..place], &code[place + name.len()..]));
            }
        }
    }
    found
}

/// The first string literal of a call.
fn literal(call: &str) -> String {
    let mut text = String::new();
    let from = call.find('"').expect("a literal") + 1;
    let mut letters = call[from..].chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => text.extend(letters.next()),
            letter => text.push(letter),
        }
    }
    text
}

/// What every line of the log begins with that warns, and where in the source it stands. What stands before the first value.
fn warnings() -> BTreeMap<String, String> {
    /// Written by a function of its own, from a value.
    const MADE: &[(&str, &str)] = &[("{}", "panicked at")];
    let mut found = BTreeMap::new();
    for (path, code) in sources() {
        for (_, call) in calls(&code, &["warn!(", "error!("]) {
            let text = literal(call);
            let made = MADE.iter().find(|(form, _)| *form == text);
            let begin = made.map_or_else(
                || text.split('{').next().unwrap_or_default(),
                |(_, begin)| begin,
            );
            assert!(
                begin.len() >= 8,
                "{}: \"{text}\" begins with a value",
                path.display()
            );
            found.insert(begin.to_owned(), path.display().to_string());
        }
    }
    assert!(found.len() > 50, "{found:?}");
    found
}

/// The first cells of the tables below a heading, without their quotes.
fn rows(page: &str, heading: &str) -> BTreeSet<String> {
    let part = page.split(heading).nth(1).expect(heading);
    part.lines()
        .filter_map(|line| line.strip_prefix("| `")?.split("` |").next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_runbook_knows_every_warning_and_no_other() {
    let (page, code) = (read("docs/runbook.md"), warnings());
    let rows = rows(&page, "## Lines of the log");
    let knows = |begin: &str| rows.iter().any(|row| begin.starts_with(row.as_str()));
    let missing: Vec<_> = code.iter().filter(|(begin, _)| !knows(begin)).collect();
    assert!(missing.is_empty(), "docs/runbook.md lacks {missing:#?}");
    let stale: Vec<_> = rows
        .iter()
        .filter(|row| !code.keys().any(|begin| begin.starts_with(row.as_str())))
        .collect();
    assert!(stale.is_empty(), "no line begins with {stale:#?}");
}

/// The alerts with the rest of their rule.
fn alerts() -> Vec<(String, String)> {
    let rules = read("deploy/alerts.yaml");
    rules
        .split("- alert: ")
        .skip(1)
        .map(|rule| {
            let (name, rest) = rule.split_once('\n').expect("a rule");
            (name.to_owned(), rest.to_owned())
        })
        .collect()
}

#[test]
fn every_alert_has_what_to_do_in_the_runbook_and_no_other_heading_is_there() {
    let page = read("docs/runbook.md");
    let part = page
        .split("\n## Alerts\n")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .expect("the alerts");
    let headings: Vec<&str> = part
        .lines()
        .filter_map(|line| line.strip_prefix("### "))
        .collect();
    let alerts = alerts();
    let names: Vec<&str> = alerts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(headings, names);
    for (name, rule) in &alerts {
        let anchor = format!("runbook: docs/runbook.md#{}\n", name.to_lowercase());
        for needed in ["expr: ", "severity: ", "summary: ", &anchor] {
            assert!(rule.contains(needed), "{name} lacks {needed}");
        }
    }
    for anchor in page.split("](#").skip(1) {
        let anchor = anchor.split(')').next().unwrap_or_default();
        assert!(
            names.iter().any(|name| name.to_lowercase() == anchor),
            "{anchor} leads nowhere"
        );
    }
}

/// Every name of a figure in a text.
fn named(text: &str) -> BTreeSet<String> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.split(|c| !word(c))
        .filter(|name| name.starts_with("careerbot_") || name.starts_with("process_"))
        .map(str::to_owned)
        .collect()
}

/// The names under which figures are shown.
fn shown() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (kind, name, _) in FIGURES {
        match kind {
            Kind::Histogram => {
                names.extend(["_bucket", "_count", "_sum"].map(|end| format!("{name}{end}")));
            }
            Kind::Counter | Kind::Gauge => drop(names.insert((*name).to_owned())),
        }
    }
    names
}

#[test]
fn every_figure_that_is_collected_is_described_as_what_it_is() {
    let macros = [
        (Kind::Counter, "metrics::counter!("),
        (Kind::Gauge, "metrics::gauge!("),
        (Kind::Histogram, "metrics::histogram!("),
    ];
    let mut collected = BTreeSet::new();
    for (path, code) in sources() {
        for (kind, name) in macros {
            for (_, call) in calls(&code, &[name]) {
                let figure = literal(call);
                assert!(
                    FIGURES.iter().any(|(one, name, help)| *one == kind
                        && *name == figure
                        && help.ends_with('.')),
                    "{}: {figure} is not among FIGURES as a {kind:?}",
                    path.display()
                );
                collected.insert(figure);
            }
        }
    }
    let described: BTreeSet<String> = FIGURES
        .iter()
        .map(|(_, name, _)| (*name).to_owned())
        .collect();
    assert_eq!(collected, described);
}

#[test]
fn alerts_and_dashboard_show_figures_that_there_are() {
    let dashboard = read("deploy/grafana/careerbot.json");
    let parsed: Value = serde_json::from_str(&dashboard).expect("JSON");
    let panels = parsed["panels"].as_array().expect("panels");
    let mut expressions = String::new();
    for panel in panels {
        for target in panel["targets"].as_array().into_iter().flatten() {
            expressions.push_str(target["expr"].as_str().expect("an expression"));
            expressions.push('\n');
        }
    }
    let rules: String = alerts().into_iter().map(|(_, rule)| rule).collect();
    let shown = shown();
    for (what, text) in [("the dashboard", &expressions), ("the alerts", &rules)] {
        let unknown: Vec<_> = named(text).difference(&shown).cloned().collect();
        assert!(unknown.is_empty(), "{what}: {unknown:?}");
    }
    let seen: BTreeSet<String> = named(&expressions);
    let hidden: Vec<&str> = FIGURES
        .iter()
        .map(|(_, name, _)| *name)
        .filter(|name| !seen.iter().any(|one| one.starts_with(name)))
        .collect();
    assert!(hidden.is_empty(), "the dashboard leaves out {hidden:?}");
    let mut ids: Vec<u64> = panels
        .iter()
        .filter_map(|panel| panel["id"].as_u64())
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert!(
        all == panels.len() && ids.len() == all,
        "each panel has an id of its own"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_in_json_is_an_object_a_line_with_the_values_as_keys() {
    let discord = FakeDiscord::start().await;
    let mut bot = Bot::start_with(&discord, &["serve"], &[("CAREERBOT_LOG_FORMAT", "json")]);
    discord.ready(1).await;
    bot.logged("commands registered").await;
    bot.logged("store opened").await;
    bot.signal("TERM");
    assert!(bot.ended().await.success());
    let log = bot.log();
    let objects: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    for object in &objects {
        for key in ["timestamp", "level", "target", "message"] {
            assert!(object[key].is_string(), "{key} in {object}");
        }
    }
    let opened = objects.iter().find(|one| one["message"] == "store opened");
    let place = opened.expect("the store")["place"]
        .as_str()
        .expect("a place");
    assert!(place.ends_with("careerbot.db"), "{place}");
}

/// What a `GET` of this path gives: status and text.
async fn get(address: std::net::SocketAddr, path: &str) -> (u16, String) {
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let asked = client.get(format!("http://{address}{path}")).send().await;
    let answer = asked.expect("an answer");
    (answer.status().as_u16(), answer.text().await.expect("text"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_have_help_and_tell_the_state_of_every_part() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(
        &discord,
        &["serve"],
        &[("CAREERBOT_METRICS", "127.0.0.1:0")],
    );
    let address = bot.address_of("metrics").await;
    discord.ready(1).await;
    bot.logged("store opened").await;
    discord
        .interact(slash(
            "ask",
            &[("question", json!("how much does a nurse make"))],
        ))
        .await;
    let (_, figures) = get(address, "/metrics").await;
    for line in [
        "# HELP careerbot_interactions_total Interactions by what came of them",
        "# TYPE careerbot_answer_seconds histogram",
        concat!(
            "careerbot_build_info{version=\"",
            env!("CARGO_PKG_VERSION"),
            "\"} 1"
        ),
        "careerbot_answers_total{outcome=\"answered\",label=\"pay\"} 1",
        "careerbot_store_up 1",
        "careerbot_digest_late_seconds 0",
        "careerbot_gateway_connections_up 1",
        "careerbot_index_in_memory_only 0",
        "careerbot_knowledge_roles 154",
        "careerbot_knowledge_refused 0",
        "careerbot_knowledge_oldest_review_days ",
        "process_start_time_seconds ",
    ] {
        assert!(figures.contains(line), "{line} is not in\n{figures}");
    }
    for line in figures
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let name = line.split(['{', ' ']).next().unwrap_or_default();
        assert!(shown().contains(name), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_is_ready_once_its_gateway_stands_and_without_its_store() {
    let discord = FakeDiscord::start().await;
    discord.shared.lock().clock_behind = 0;
    let blocked = tempfile::tempdir().expect("a folder");
    let file = blocked.path().join("file");
    fs::write(&file, "no folder").expect("written");
    let below = file.join("data").display().to_string();
    let bot = Bot::start_with(
        &discord,
        &["serve"],
        &[
            ("CAREERBOT_METRICS", "127.0.0.1:0"),
            ("CAREERBOT_DATA", &below),
        ],
    );
    let address = bot.address_of("metrics").await;
    discord.ready(1).await;
    bot.logged("the store cannot be opened").await;
    discord.interact(slash("help", &[])).await;
    let (status, said) = get(address, "/health/ready").await;
    assert!(
        status == 200
            && said.contains("impaired: store: not open")
            && said.contains("ok: gateway: "),
        "{status}: {said}"
    );
    let health = async |address: String, arguments: &[&str]| {
        let (mut program, _home) = bot::command(&discord.base, arguments);
        program.env("CAREERBOT_METRICS", address);
        let run = tokio::task::spawn_blocking(move || program.output().expect("it runs"));
        let output = run.await.expect("it ends");
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code(), out)
    };
    let (code, out) = health(address.to_string(), &["health"]).await;
    assert!(code == Some(0) && out.contains("impaired: store"), "{out}");
    let everywhere = format!("0.0.0.0:{}", address.port());
    let live = (Some(0), "ok\n".to_owned());
    assert_eq!(health(everywhere, &["health", "--live"]).await, live);
    let nowhere = FakeDiscord::nowhere().await.to_string();
    assert_eq!(health(nowhere, &["health"]).await, (Some(1), String::new()));
    assert_eq!(health(String::new(), &["health"]).await.0, Some(2));
}
