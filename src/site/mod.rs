//! The knowledge as a site of static pages: each role, trend and source, a table of all roles, and a search in the browser.
//!
//! Pages hold together by themselves: no page asks anybody else for anything, and each can be read without JavaScript.

mod bars;
mod html;
mod role;

use std::collections::BTreeMap;

use serde_json::json;

use crate::advisor::Advisor;
use crate::answer::Answer;
use crate::answer::wording::{count, percent, wage};
use crate::explore::{national, projection};
use crate::knowledge::pages as paths;
use crate::knowledge::terms::{FigureMatch, License, Remote};
use crate::knowledge::{Knowledge, Role, RoleId, SourceId, Topic, Trend};
use crate::site::bars::{bar, scale};
use crate::site::html::{Page, link, list, prose, safe};

/// The files of a site: path below its folder, with `/` between the parts, and content.
pub type Site = BTreeMap<String, String>;

const STYLE: &str = include_str!("assets/site.css");
const SCRIPT: &str = include_str!("assets/site.js");

/// All pages, from the knowledge that the advisor has.
pub fn pages(advisor: &Advisor) -> Site {
    let knowledge = advisor.knowledge();
    let mut site = Site::new();
    let mut add = |path: String, content: String| drop(site.insert(path, content));
    add("site.css".to_owned(), STYLE.to_owned());
    add("site.js".to_owned(), SCRIPT.to_owned());
    add("topics.js".to_owned(), topics(&knowledge));
    add("index.html".to_owned(), first(&knowledge));
    add("roles/index.html".to_owned(), table(&knowledge));
    for id in knowledge.role_ids() {
        if let Some(page) = role::page(advisor, &knowledge, knowledge.role(id)) {
            add(paths::of_topic(&knowledge, Topic::Role(id)), page);
        }
    }
    add("trends/index.html".to_owned(), trends(&knowledge));
    for id in knowledge.trend_ids() {
        if let Some(page) = trend_page(advisor, &knowledge, knowledge.trend(id)) {
            add(paths::of_topic(&knowledge, Topic::Trend(id)), page);
        }
    }
    add(paths::SOURCES.to_owned(), sources(&knowledge));
    for id in knowledge.sources.keys() {
        add(paths::of_source(id), source(&knowledge, id));
    }
    site
}

/// Links to roles, from a page in a folder of its own.
fn links(knowledge: &Knowledge, ids: impl Iterator<Item = RoleId>) -> Vec<String> {
    ids.map(|id| {
        let role = knowledge.role(id);
        let address = format!("../roles/{}.html", role.slug);
        format!("{}: {}", link(&address, &role.title), safe(&role.summary))
    })
    .collect()
}

/// What an answer and a file rest on: the works at their publishers, then their pages here, and the lines that publishers want shown.
fn source_links(answer: &Answer, knowledge: &Knowledge, ids: &[SourceId]) -> String {
    let works = answer.sources.iter().map(|source| {
        format!(
            "{} ({})",
            link(&source.url, &source.title),
            safe(&source.date)
        )
    });
    let here = ids.iter().filter_map(|id| {
        let source = knowledge.sources.get(id)?;
        Some(link(&format!("../sources/{id}.html"), &source.named()))
    });
    let mut html = list(&works.collect::<Vec<_>>());
    html += &format!(
        "<p>On these sources: {}.</p>\n",
        here.collect::<Vec<_>>().join(" · ")
    );
    for line in &answer.attributions {
        html += &format!("<p class=\"small\">{}</p>\n", safe(line));
    }
    html
}

fn first(knowledge: &Knowledge) -> String {
    let trends = knowledge.trends.iter().map(|trend| {
        let address = format!("trends/{}.html", trend.slug);
        format!("{}: {}", link(&address, &trend.title), safe(&trend.summary))
    });
    let body = format!(
        "<p class=\"lead\">What people do, what it pays, how to get in, what is changing: {} and {} trends. Every figure comes with its place, year and source.</p>\n\
         <p>{}: pay, jobs, growth, training, remote work; sort and filter.</p>\n<h2>What is changing</h2>\n{}\
         <p class=\"small\">No tracker, no cookie, nothing from elsewhere.</p>\n",
        link(
            "roles/index.html",
            &format!("{} roles", knowledge.roles.len())
        ),
        knowledge.trends.len(),
        link("roles/index.html", "All roles in one table"),
        list(&trends.collect::<Vec<_>>())
    );
    let page = Page {
        up: "",
        title: "Careers in US healthcare",
        about: "Roles and trends in US healthcare: pay, training, outlook, each figure with its source.",
        data: "",
        body: &body,
    };
    page.html()
}

/// How a length is said: months below two years.
fn length(months: u16) -> String {
    match months {
        0 => "none".to_owned(),
        1..24 => format!("{months} months"),
        _ if months.is_multiple_of(12) => format!("{} years", months / 12),
        _ => format!("{:.1} years", f64::from(months) / 12.0),
    }
}

fn remote(role: &Role) -> &'static str {
    match role.remote {
        Remote::Yes => "commonly",
        Remote::Partly => "in part",
        Remote::No => "on site",
    }
}

fn license(role: &Role) -> &'static str {
    match role.license {
        License::State => "every state",
        License::SomeStates => "some states",
        License::None => "none",
        License::Varies => "it varies",
    }
}

/// All roles in one table. What is sorted by stands in `data-by`, where it is no number as it is shown.
fn table(knowledge: &Knowledge) -> String {
    const HEADS: &[(&str, bool)] = &[
        ("Role", false),
        ("Median pay", true),
        ("Range", false),
        ("Jobs", true),
        ("Growth", true),
        ("Usual training", true),
        ("Remote", false),
        ("License", false),
    ];
    let range =
        |role: &Role| national(knowledge, role).map(|one| [one.pct10, one.median, one.pct90]);
    let ranges: Vec<bars::Range> = knowledge.roles.iter().filter_map(range).collect();
    let end = scale(&ranges);
    let mut rows = String::new();
    for role in &knowledge.roles {
        let own = role.figures != FigureMatch::Nearest;
        let mark = match role.figures {
            FigureMatch::Exact => "",
            FigureMatch::Group => "*",
            FigureMatch::Nearest => "**",
        };
        let national = national(knowledge, role);
        let median = national.map(|one| one.median);
        let projection = projection(knowledge, role).filter(|_| own);
        let jobs = national.map(|one| one.employment).filter(|_| own);
        rows += &format!(
            "<tr><th scope=\"row\">{}</th><td class=\"number\" data-by=\"{}\">{}{mark}</td><td>{}</td><td class=\"number\" data-by=\"{}\">{}</td><td class=\"number\" data-by=\"{}\">{}</td><td class=\"number\" data-by=\"{}\">{}</td><td>{}</td><td>{}</td></tr>\n",
            link(&format!("{}.html", role.slug), &role.title),
            median.and_then(|cell| cell.at_least()).unwrap_or(0),
            median.map_or_else(|| "not stated".to_owned(), wage),
            range(role).map_or_else(String::new, |range| bar(range, end)),
            jobs.and_then(|cell| cell.number()).unwrap_or(0),
            jobs.map_or_else(|| "not stated".to_owned(), count),
            projection.map_or(-1000.0, |one| one.change_percent),
            projection.map_or_else(
                || "not stated".to_owned(),
                |one| percent(one.change_percent)
            ),
            role.length.usual,
            length(role.length.usual),
            remote(role),
            license(role)
        );
    }
    let heads: String = HEADS
        .iter()
        .map(|(head, number)| {
            let class = if *number { " class=\"number\"" } else { "" };
            format!("<th scope=\"col\"{class}>{head}</th>")
        })
        .collect();
    let period = |id: Option<&SourceId>| {
        let source = id.and_then(|id| knowledge.sources.get(id));
        source.map_or_else(String::new, |source| {
            format!("{}, {}", source.named(), source.period)
        })
    };
    let figures = &knowledge.figures;
    let body = format!(
        "<form id=\"filter\" hidden=\"hidden\">\n<label>Role <input name=\"words\" type=\"search\" /></label>\n\
         <label>Remote <select name=\"6\"><option value=\"\">any</option><option>commonly</option><option>in part</option><option>on site</option></select></label>\n\
         <label>License <select name=\"7\"><option value=\"\">any</option><option>every state</option><option>some states</option><option>none</option><option>it varies</option></select></label>\n\
         <output id=\"count\">{} roles</output>\n</form>\n<div class=\"wide\">\n<table id=\"roles\" class=\"sorts\">\n<caption>Roles in US healthcare. Press a heading to sort.</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n\
         <p class=\"small\">Pay: USD a year before tax in the US, wage and salary workers. * The figures cover other roles, too. ** The role has no figures of its own: these are of the nearest group. Each role's page says which.</p>\n\
         <p class=\"small\">Pay and jobs: {}. Growth: {}.</p>\n",
        knowledge.roles.len(),
        safe(&period(
            figures.national.values().next().map(|one| &one.source)
        )),
        safe(&period(
            figures.projections.values().next().map(|one| &one.source)
        ))
    );
    let page = Page {
        up: "../",
        title: "All roles",
        about: "Every role with its pay, jobs, growth, training, remote work and license.",
        data: "",
        body: &body,
    };
    page.html()
}

fn trends(knowledge: &Knowledge) -> String {
    let all = knowledge.trends.iter().map(|trend| {
        format!(
            "{}: {}",
            link(&format!("{}.html", trend.slug), &trend.title),
            safe(&trend.summary)
        )
    });
    let page = Page {
        up: "../",
        title: "Trends",
        about: "What is changing in healthcare work, and what it means for jobs.",
        data: "",
        body: &list(&all.collect::<Vec<_>>()),
    };
    page.html()
}

fn trend_page(advisor: &Advisor, knowledge: &Knowledge, trend: &Trend) -> Option<String> {
    let answer = advisor.trend(trend.slug.as_str())?;
    let mut body = format!("<p class=\"lead\">{}</p>\n", safe(&trend.summary));
    for section in &trend.sections {
        body += &format!("<h2>{}</h2>\n{}", section.heading, prose(&section.text));
    }
    body += &format!("<h2>Roles</h2>\n{}", list(&links(knowledge, trend.roles())));
    body += &format!(
        "<h2>Sources</h2>\n{}",
        source_links(&answer, knowledge, &trend.sources)
    );
    body += &format!(
        "<p class=\"small\">Text reviewed on {}.</p>\n",
        trend.reviewed
    );
    let page = Page {
        up: "../",
        title: &trend.title,
        about: &trend.summary,
        data: "",
        body: &body,
    };
    Some(page.html())
}

fn sources(knowledge: &Knowledge) -> String {
    let all = knowledge.sources.iter().map(|(id, source)| {
        format!(
            "{} ({})",
            link(&format!("{id}.html"), &source.named()),
            safe(&source.date_text)
        )
    });
    let page = Page {
        up: "../",
        title: "Sources",
        about: "What everything here rests on.",
        data: "",
        body: &list(&all.collect::<Vec<_>>()),
    };
    page.html()
}

fn source(knowledge: &Knowledge, id: &SourceId) -> String {
    let Some(source) = knowledge.sources.get(id) else {
        return String::new();
    };
    let mut body = "<dl>\n".to_owned();
    for (label, value) in [
        ("Publisher", safe(&source.publisher)),
        ("Release", safe(&source.release)),
        ("Figures of", safe(&source.period)),
        ("Published", safe(&source.date_text)),
        ("Address", link(&source.url, &source.url)),
        ("License", safe(&source.license)),
        ("Credit", safe(&source.attribution)),
    ] {
        if !value.is_empty() {
            body += &format!("<dt>{label}</dt>\n<dd>{value}</dd>\n");
        }
    }
    body += "</dl>\n";
    let trends = knowledge
        .trends
        .iter()
        .filter(|trend| trend.sources.contains(id));
    let trends = trends.map(|trend| link(&format!("../trends/{}.html", trend.slug), &trend.title));
    let roles = knowledge
        .roles
        .iter()
        .filter(|role| role.sources.contains(id));
    let roles = roles.map(|role| link(&format!("../roles/{}.html", role.slug), &role.title));
    for (head, found) in [
        ("Trends that rest on it", trends.collect::<Vec<_>>()),
        ("Roles that rest on it", roles.collect::<Vec<_>>()),
    ] {
        if !found.is_empty() {
            body += &format!("<h2>{head}</h2>\n{}", list(&found));
        }
    }
    let page = Page {
        up: "../",
        title: &source.title,
        about: &source.attribution,
        data: "",
        body: &body,
    };
    page.html()
}

/// What the search in the browser looks through: address, title, other names and one sentence of each topic.
fn topics(knowledge: &Knowledge) -> String {
    let roles = knowledge.roles.iter().map(|role| {
        let names = role.aliases.iter().chain(&role.abbreviations);
        let names: Vec<&str> = names.map(String::as_str).collect();
        json!([
            format!("roles/{}.html", role.slug),
            role.title,
            names.join(", "),
            role.summary
        ])
    });
    let trends = knowledge.trends.iter().map(|trend| {
        json!([
            format!("trends/{}.html", trend.slug),
            trend.title,
            trend.aliases.join(", "),
            trend.summary
        ])
    });
    let all: Vec<String> = roles.chain(trends).map(|one| one.to_string()).collect();
    format!("const TOPICS = [\n{}\n];\n", all.join(",\n"))
}
