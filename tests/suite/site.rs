//! The site of static pages: valid pages, links that hold, figures as they are known, and what the browser does with them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use careerbot::advisor::Advisor;
use careerbot::discord::{App, dispatch};
use careerbot::knowledge::load_shipped;
use careerbot::knowledge::terms::FigureMatch;
use careerbot::site::{Site, pages};
use roxmltree::{Document, Node, ParsingOptions};
use serde_json::{Value, json};

use crate::fake_discord::payloads::slash;
use crate::folder::Folder;
use crate::web::browser::Browser;

fn site() -> &'static (Advisor, Site) {
    static SITE: OnceLock<(Advisor, Site)> = OnceLock::new();
    SITE.get_or_init(|| {
        let knowledge = load_shipped().expect("the shipped knowledge");
        let advisor = Advisor::in_memory(knowledge).expect("an advisor");
        let site = pages(&advisor);
        (advisor, site)
    })
}

/// Every page, read strictly.
fn documents() -> impl Iterator<Item = (&'static str, Document<'static>)> {
    let pages = site().1.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, text)| {
        let strict = ParsingOptions {
            allow_dtd: true,
            ..ParsingOptions::default()
        };
        let document = Document::parse_with_options(text, strict);
        (
            path.as_str(),
            document.unwrap_or_else(|error| panic!("{path}: {error}")),
        )
    })
}

/// The elements that may stand in a page, and whether text may stand in them beside elements of a line.
const ELEMENTS: &[&str] = &[
    "html", "head", "meta", "title", "link", "script", "body", "header", "nav", "main", "form",
    "label", "input", "select", "option", "output", "h1", "h2", "p", "a", "ul", "ol", "li", "dl",
    "dt", "dd", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "rect",
    "line",
];
/// What may not stand in a paragraph. Source: HTML Living Standard, "The p element".
const BLOCKS: &[&str] = &[
    "p", "ul", "ol", "dl", "div", "table", "h1", "h2", "form", "main", "header", "nav",
];
/// Attributes that name another file or place.
const ADDRESSES: &[&str] = &["href", "src"];

#[test]
fn every_page_is_valid() {
    let mut pages = 0;
    for (path, document) in documents() {
        pages += 1;
        let all: Vec<Node<'_, '_>> = document.descendants().filter(Node::is_element).collect();
        let many = |name: &str| all.iter().filter(|node| node.has_tag_name(name)).count();
        for once in ["html", "head", "title", "body", "main", "h1"] {
            assert_eq!(many(once), 1, "{path}: {once}");
        }
        assert_eq!(
            document.root_element().attribute("lang"),
            Some("en"),
            "{path}"
        );
        let mut ids = BTreeSet::new();
        for node in &all {
            let name = node.tag_name().name();
            assert!(ELEMENTS.contains(&name), "{path}: {name}");
            if let Some(id) = node.attribute("id") {
                assert!(ids.insert(id), "{path}: {id} twice");
            }
            let parent = node.parent().map_or("", |parent| parent.tag_name().name());
            let fits = match name {
                "li" => ["ul", "ol"].contains(&parent),
                "dt" | "dd" => parent == "dl",
                "th" | "td" => parent == "tr",
                "tr" => ["thead", "tbody"].contains(&parent),
                "option" => parent == "select",
                _ => parent != "p" || !BLOCKS.contains(&name),
            };
            assert!(fits, "{path}: {name} in {parent}");
            match name {
                "th" => assert!(node.has_attribute("scope"), "{path}"),
                "svg" => assert!(
                    node.attribute("aria-label")
                        .is_some_and(|words| words.contains('$')),
                    "{path}"
                ),
                "input" | "select" => {
                    let labelled = node.ancestors().any(|one| one.has_tag_name("label"))
                        || all.iter().any(|one| {
                            one.has_tag_name("label")
                                && one.attribute("for") == node.attribute("id")
                        });
                    assert!(labelled, "{path}: an input without a label");
                }
                "title" | "h1" | "h2" | "a" | "dt" | "dd" | "li" => {
                    let words: String = node.descendants().filter_map(|one| one.text()).collect();
                    assert!(!words.trim().is_empty(), "{path}: an empty {name}");
                }
                _ => {}
            }
        }
        let about = all
            .iter()
            .find(|node| node.attribute("name") == Some("description"));
        assert!(
            about.is_some_and(|node| node
                .attribute("content")
                .is_some_and(|words| !words.is_empty())),
            "{path}"
        );
    }
    let knowledge = site().0.knowledge();
    let expected = 4 + knowledge.roles.len() + knowledge.trends.len() + knowledge.sources.len();
    assert_eq!(pages, expected);
}

/// The path that a link on a page leads to.
fn target(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_leads_somewhere_and_nothing_comes_from_elsewhere() {
    let ids: BTreeMap<&str, BTreeSet<String>> = documents()
        .map(|(path, document)| {
            let ids = document
                .descendants()
                .filter_map(|node| Some(node.attribute("id")?.to_owned()));
            (path, ids.collect())
        })
        .collect();
    let mut linked: BTreeSet<String> = BTreeSet::from(["index.html".to_owned()]);
    for (path, document) in documents() {
        for node in document.descendants() {
            for address in ADDRESSES.iter().filter_map(|name| node.attribute(*name)) {
                if address.starts_with("https://") || address.starts_with("http://") {
                    assert!(node.has_tag_name("a"), "{path} takes {address}");
                    continue;
                }
                let (file, place) = address.split_once('#').unwrap_or((address, ""));
                let file = if file.is_empty() {
                    path.to_owned()
                } else {
                    target(path, file)
                };
                assert!(site().1.contains_key(&file), "{path} links to {address}");
                assert!(
                    place.is_empty() || ids[file.as_str()].contains(place),
                    "{path}: {address}"
                );
                linked.insert(file);
            }
        }
    }
    let pages: BTreeSet<String> = site().1.keys().cloned().collect();
    assert_eq!(linked, pages, "every file is reached from another");
}

#[test]
fn search_engines_are_told_what_is_known_and_no_more() {
    let knowledge = site().0.knowledge();
    let mut paid = 0;
    for role in &knowledge.roles {
        let page = &site().1[&format!("roles/{}.html", role.slug)];
        let data = page
            .split("<script type=\"application/ld+json\">")
            .nth(1)
            .expect("data");
        let data: Value =
            serde_json::from_str(data.split("</script>").next().expect("an end")).expect("JSON");
        assert_eq!(
            (&data["@type"], data["name"].as_str()),
            (&Value::from("Occupation"), Some(role.title.as_str()))
        );
        let pay = &data["estimatedSalary"][0];
        assert_eq!(
            pay.is_object(),
            role.figures == FigureMatch::Exact
                && knowledge.figures.national.contains_key(&role.soc),
            "{}",
            role.slug
        );
        if let Some(national) = knowledge
            .figures
            .national
            .get(&role.soc)
            .filter(|_| pay.is_object())
        {
            assert_eq!(
                pay["median"].as_u64(),
                national.median.number().map(u64::from)
            );
            paid += 1;
        }
        for section in &role.sections {
            assert!(
                page.contains(&format!("<h2>{}</h2>", section.heading)),
                "{}",
                role.slug
            );
        }
    }
    assert!(paid > 50, "{paid}");
}

/// The address that a reply about a role or trend links to, and those of `/sources` and of what is about several.
async fn linked(app: &App, call: Value) -> Option<String> {
    let call = serde_json::from_value(call).expect("an interaction");
    let now = jiff::Timestamp::from_second(1_795_348_800).expect("a time");
    let body = dispatch(app, &call, now).await.first.body();
    let embeds = body["data"]["embeds"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    embeds
        .iter()
        .find_map(|embed| embed["url"].as_str().map(str::to_owned))
}

#[tokio::test]
async fn replies_link_to_the_page_that_is_written_only_where_the_operator_has_a_site() {
    const SITE: &str = "https://careers.example/jobs";
    let mut knowledge = load_shipped().expect("the shipped knowledge");
    knowledge.site = Some(SITE.to_owned());
    let advisor = Arc::new(Advisor::in_memory(knowledge).expect("an advisor"));
    let written = pages(&advisor);
    let app = App::new(advisor.clone());
    let knowledge = advisor.knowledge();
    let roles = knowledge.roles.iter().map(|role| ("role", &role.slug));
    let trends = knowledge.trends.iter().map(|trend| ("trend", &trend.slug));
    for (kind, slug) in roles.chain(trends) {
        let call = || slash(kind, &[("name", json!(slug.as_str()))]);
        let path = format!("{kind}s/{slug}.html");
        assert!(written.contains_key(&path), "{path}");
        assert_eq!(
            linked(&App::new(advisor.clone()), call()).await,
            Some(format!("{SITE}/{path}"))
        );
    }
    assert_eq!(
        linked(&app, slash("sources", &[])).await,
        Some(format!("{SITE}/sources/index.html"))
    );
    assert!(written.contains_key("sources/index.html"));
    // New knowledge keeps the setting; what is about several things links to none of them.
    let anew = load_shipped().expect("the shipped knowledge");
    advisor.replace(anew, None).expect("replaced");
    let nurse = || slash("role", &[("name", json!("registered-nurse"))]);
    assert_eq!(
        linked(&app, nurse()).await,
        Some(format!("{SITE}/roles/registered-nurse.html"))
    );
    let several = slash("ask", &[("question", json!("best paid jobs"))]);
    assert_eq!(linked(&app, several).await, None);
    let knowledge = load_shipped().expect("the shipped knowledge");
    let without = App::new(Arc::new(Advisor::in_memory(knowledge).expect("an advisor")));
    assert_eq!(linked(&without, nurse()).await, None);
}

#[test]
fn the_command_writes_replaces_and_leaves_other_files() {
    let folder = Folder::new();
    let out = folder.root().join("site");
    let write = || folder.program().arg("site").arg(&out).assert();
    write().code(0);
    let index = out.join("index.html");
    let first = std::fs::read_to_string(&index).expect("written");
    std::fs::write(&index, "old").expect("spoiled");
    std::fs::write(out.join("own.txt"), "mine").expect("written");
    write().code(0);
    assert_eq!(std::fs::read_to_string(&index).expect("written"), first);
    assert_eq!(
        std::fs::read_to_string(out.join("own.txt")).expect("there"),
        "mine"
    );
    std::fs::write(folder.root().join("file"), "").expect("written");
    let refused = folder.program().args(["site", "file"]).assert().code(1);
    let said = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(said.contains("not written whole into file"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_sorts_filters_and_searches() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in &site().1 {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        std::fs::write(file, text).expect("written");
    }
    let Some(page) = Browser::start(
        "site::a_browser_sorts_filters_and_searches",
        (1280, 900),
        false,
    )
    .await
    else {
        return;
    };
    page.go(&format!(
        "file://{}/roles/index.html",
        folder.path().display()
    ))
    .await;
    let knowledge = site().0.knowledge();
    page.until(&format!(
        "document.querySelector('#count').textContent === '{} roles'",
        knowledge.roles.len()
    ))
    .await;
    page.click("//th/button[contains(., 'Median pay')]").await;
    let pay = "[...document.querySelectorAll('#roles tbody tr')].filter((row) => !row.hidden).map((row) => Number(row.cells[1].dataset.by))";
    page.until(&format!(
        "{pay}.every((pay, at, all) => !at || all[at - 1] >= pay)"
    ))
    .await;
    page.click("//th/button[contains(., 'Median pay')]").await;
    page.until(&format!(
        "{pay}.every((pay, at, all) => !at || all[at - 1] <= pay)"
    ))
    .await;
    page.look("(() => { const menu = document.querySelector('[name=\"6\"]'); menu.value = 'commonly'; menu.dispatchEvent(new Event('input', { bubbles: true })); return 1; })()").await;
    let remote = knowledge
        .roles
        .iter()
        .filter(|role| role.remote == careerbot::knowledge::terms::Remote::Yes)
        .count();
    page.until(&format!(
        "document.querySelector('#count').textContent === '{remote} roles'"
    ))
    .await;
    page.picture("site-roles.png").await;
    page.click("//input[@id='words']").await;
    page.keys("sonog").await;
    page.until(
        "document.querySelector('#found a')?.textContent === 'Diagnostic medical sonographer'",
    )
    .await;
    page.keys("\u{e007}").await;
    page.until("document.querySelector('h1').textContent === 'Diagnostic medical sonographer'")
        .await;
    page.picture("site-role.png").await;
}
