//! The page of a role: figures, pay by state, everything that is known of it, and what it rests on.

use serde_json::json;

use crate::advisor::Advisor;
use crate::answer::wording::{capital, count, wage, whose};
use crate::explore::national;
use crate::knowledge::cells::Cell;
use crate::knowledge::terms::FigureMatch;
use crate::knowledge::{Knowledge, Role, State};
use crate::site::bars::{Range, bar, scale};
use crate::site::html::{Page, link, list, prose, safe};
use crate::site::{links, source_links};

/// The page; `None` where the advisor no longer knows the role.
pub(super) fn page(advisor: &Advisor, knowledge: &Knowledge, role: &Role) -> Option<String> {
    let answer = advisor.role(role.slug.as_str())?;
    let mut body = format!("<p class=\"lead\">{}</p>\n<dl>\n", safe(&role.summary));
    for fact in &answer.facts {
        body += &format!(
            "<dt>{}</dt>\n<dd>{}</dd>\n",
            safe(&fact.label),
            safe(&fact.value)
        );
    }
    body += "</dl>\n";
    for caveat in &answer.caveats {
        body += &format!("<p class=\"small\">{}</p>\n", safe(caveat));
    }
    for section in &role.sections {
        body += &format!("<h2>{}</h2>\n{}", section.heading, prose(&section.text));
    }
    body += &by_state(knowledge, role);
    if !role.trends.is_empty() {
        let touches = role.trends.iter().map(|touch| {
            let trend = knowledge.trend(touch.trend);
            let address = format!("../trends/{}.html", trend.slug);
            format!("{}: {}", link(&address, &trend.title), safe(&touch.how))
        });
        body += &format!("<h2>Trends</h2>\n{}", list(&touches.collect::<Vec<_>>()));
    }
    body += &roles("Related roles", knowledge, &role.related);
    body += &roles("Usual next roles", knowledge, &role.next);
    body += &format!(
        "<h2>Sources</h2>\n{}",
        source_links(&answer, knowledge, &role.sources)
    );
    body += &format!(
        "<p class=\"small\">Text reviewed on {}.</p>\n",
        role.reviewed
    );
    let data = data(knowledge, role);
    let page = Page {
        up: "../",
        title: &role.title,
        about: &role.summary,
        data: &data,
        body: &body,
    };
    Some(page.html())
}

fn roles(head: &str, knowledge: &Knowledge, ids: &[crate::knowledge::RoleId]) -> String {
    let found = links(knowledge, ids.iter().copied());
    if found.is_empty() {
        return String::new();
    }
    format!("<h2>{head}</h2>\n{}", list(&found))
}

/// Pay in each state that has a figure, the best first.
fn by_state(knowledge: &Knowledge, role: &Role) -> String {
    let mut rows: Vec<(State, Range, Cell)> = State::all()
        .filter_map(|state| {
            let pay = knowledge.figures.pay_in(role.soc, state)?;
            let range = [pay.pct10, pay.median, pay.pct90];
            Some((state, range, pay.employment))
        })
        .filter(|(_, [_, median, _], _)| median.at_least().is_some())
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    rows.sort_by_key(|(state, [_, median, _], _)| {
        (std::cmp::Reverse(median.at_least()), state.name())
    });
    let end = scale(&rows.iter().map(|(_, range, _)| *range).collect::<Vec<_>>());
    let period = knowledge.figures.states.values().next();
    let period = period
        .and_then(|pay| knowledge.sources.get(&pay.source))
        .map_or("", |source| source.period.as_str());
    let group =
        whose(role).map_or_else(String::new, |whose| format!(" {}.", safe(&capital(&whose))));
    let mut html = format!(
        "<h2>Pay by state</h2>\n<p class=\"small\">USD a year before tax, wage and salary workers, {}.{group} The bar runs from the lowest-paid tenth to the highest-paid, with a line at the median.</p>\n<div class=\"wide\">\n<table class=\"sorts\">\n<thead><tr><th scope=\"col\">State</th><th scope=\"col\" class=\"number\">Median</th><th scope=\"col\">Range</th><th scope=\"col\" class=\"number\">Jobs</th></tr></thead>\n<tbody>\n",
        safe(period)
    );
    for (state, range, jobs) in rows {
        html += &format!(
            "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td>{}</td><td class=\"number\">{}</td></tr>\n",
            safe(state.name()),
            wage(range[1]),
            bar(range, end),
            count(jobs)
        );
    }
    html + "</tbody>\n</table>\n</div>\n"
}

/// The role as an Occupation. Source: schema.org, "Occupation". Pay stands in it only where the figures are of this role alone.
fn data(knowledge: &Knowledge, role: &Role) -> String {
    let mut data = json!({
        "@context": "https://schema.org", "@type": "Occupation", "name": role.title, "description": role.summary,
        "alternateName": role.aliases, "occupationalCategory": role.onet, "occupationLocation": {"@type": "Country", "name": "US"},
        "educationRequirements": role.length.note, "qualifications": role.license_note, "skills": role.skills,
    });
    let figures = national(knowledge, role).filter(|_| role.figures == FigureMatch::Exact);
    if let Some(national) = figures {
        let mut pay = json!({"@type": "MonetaryAmountDistribution", "name": "base", "currency": "USD", "duration": "P1Y"});
        for (name, cell) in [
            ("percentile10", national.pct10),
            ("percentile25", national.pct25),
            ("median", national.median),
            ("percentile75", national.pct75),
            ("percentile90", national.pct90),
        ] {
            if let Some(dollars) = cell.number() {
                pay[name] = dollars.into();
            }
        }
        data["estimatedSalary"] = json!([pay]);
    }
    data.to_string()
}
