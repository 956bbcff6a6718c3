//! From files to [`Knowledge`]: everything read, every link resolved, or every problem named.
//!
//! Nothing is ever half-loaded: with a single problem there is no knowledge. Knows nothing of style, which `check` judges.

use std::collections::{HashMap, HashSet};

use crate::knowledge::figures::{self, Figures};
use crate::knowledge::files::{self, Files};
use crate::knowledge::model::{Knowledge, Role, RoleId, Topic, Trend, TrendId, TrendTouch};
use crate::knowledge::names::Slug;
use crate::knowledge::problem::{Problem, did_you_mean};
use crate::knowledge::read_role::{self, RawRole};
use crate::knowledge::read_trend::{self, RawTrend};
use crate::knowledge::sources::{self, SourceId, Sources};
use crate::knowledge::{glossary, outside};

/// Loads the knowledge, or returns every problem found, sorted by file and line.
pub fn load(files: &Files) -> Result<Knowledge, Vec<Problem>> {
    let mut problems = Vec::new();
    let knowledge = read(files, &mut problems);
    problems.sort();
    problems.dedup();
    match knowledge {
        Some(knowledge) if problems.is_empty() => Ok(knowledge),
        _ => Err(problems),
    }
}

fn read(files: &Files, problems: &mut Vec<Problem>) -> Option<Knowledge> {
    let sources = single(files, "sources.yaml", problems, sources::read);
    let glossary = single(files, "glossary.yaml", problems, glossary::read);
    let outside = single(files, "data/outside.csv", problems, outside::read);
    let titles = single(files, "data/titles.csv", problems, |file, text, problems| {
        outside::pairs(file, text, ["title", "role"], problems)
    });
    let descriptions = single(files, "data/descriptions.csv", problems, |file, text, problems| {
        outside::pairs(file, text, ["description", "role"], problems)
    });
    let figures = read_figures(files, &sources, problems);

    let mut roles = Vec::new();
    let mut trends = Vec::new();
    // Files that are there but cannot be read: links to them are not dangling, so they add no further problems.
    let mut refused = HashSet::new();
    for (path, text) in files {
        let file = files::display_path(path);
        match path.split_once('/') {
            Some(("roles", name)) => {
                if let Some(slug) = slug_of(&file, name, problems) {
                    let role = read_role::read(&file, slug.clone(), text, problems);
                    if role.is_none() {
                        refused.insert(slug);
                    }
                    roles.extend(role);
                }
            }
            Some(("trends", name)) => {
                let name = name
                    .split_once('-')
                    .filter(|(number, _)| number.parse::<u8>().is_ok())
                    .map_or(name, |(_, name)| name);
                if let Some(slug) = slug_of(&file, name, problems) {
                    let trend = read_trend::read(&file, slug.clone(), text, problems);
                    if trend.is_none() {
                        refused.insert(slug);
                    }
                    trends.extend(trend);
                }
            }
            _ if KNOWN_FILES.contains(&path.as_str()) => {}
            _ => problems.push(Problem::new(
                &file,
                0,
                "unknown file",
                format!("role files stand in roles/, trend files in trends/; others: {}", KNOWN_FILES.join(", ")),
            )),
        }
    }
    for (folder, empty) in [("roles", roles.is_empty()), ("trends", trends.is_empty())] {
        if empty && !files.keys().any(|path| path.starts_with(&format!("{folder}/"))) {
            problems.push(Problem::new(
                &files::display_path(folder),
                0,
                "holds no file",
                "is this the right knowledge folder?",
            ));
        }
    }
    trends.sort_by(|a, b| (a.number, &a.slug).cmp(&(b.number, &b.slug)));
    link(
        Parts {
            roles,
            trends,
            titles,
            descriptions,
            sources,
            glossary,
            outside,
            figures,
            refused,
            fingerprint: files::fingerprint(files),
        },
        problems,
    )
}

const KNOWN_FILES: &[&str] = &[
    "sources.yaml",
    "glossary.yaml",
    "data/national.csv",
    "data/states.csv",
    "data/projections.csv",
    "data/titles.csv",
    "data/descriptions.csv",
    "data/outside.csv",
];

fn single<T: Default>(
    files: &Files,
    path: &str,
    problems: &mut Vec<Problem>,
    read: impl FnOnce(&str, &str, &mut Vec<Problem>) -> T,
) -> T {
    let file = files::display_path(path);
    match files.get(path) {
        Some(text) => read(&file, text, problems),
        None => {
            problems.push(Problem::new(&file, 0, "file is missing", "restore it from the repository"));
            T::default()
        }
    }
}

fn read_figures(files: &Files, sources: &Sources, problems: &mut Vec<Problem>) -> Figures {
    let mut figures = Figures::default();
    let path = |name: &str| format!("data/{name}");
    single(files, &path(figures::NATIONAL.0), problems, |file, text, problems| {
        figures.read_national(file, text, problems)
    });
    single(files, &path(figures::STATES.0), problems, |file, text, problems| figures.read_states(file, text, problems));
    single(files, &path(figures::PROJECTIONS.0), problems, |file, text, problems| {
        figures.read_projections(file, text, problems)
    });
    let used = [
        (
            figures::NATIONAL.0,
            figures.national.values().map(|row| &row.source).collect::<std::collections::BTreeSet<_>>(),
        ),
        (figures::STATES.0, figures.states.values().map(|row| &row.source).collect()),
        (figures::PROJECTIONS.0, figures.projections.values().map(|row| &row.source).collect()),
    ];
    for (name, ids) in used {
        for id in ids.into_iter().filter(|id| !sources.contains_key(id)) {
            problems.push(unknown_source(&files::display_path(&path(name)), 0, &id.0, sources));
        }
    }
    figures
}

fn slug_of(file: &str, name: &str, problems: &mut Vec<Problem>) -> Option<Slug> {
    let slug = name.strip_suffix(".md").and_then(Slug::parse);
    if slug.is_none() {
        let hint = "name it with lower-case words joined by hyphens, ending in .md";
        problems.push(Problem::new(file, 0, "the file name is not a slug", hint));
    }
    slug
}

fn unknown_source(file: &str, line: usize, id: &str, sources: &Sources) -> Problem {
    let known: Vec<&str> = sources.keys().map(|id| id.0.as_str()).collect();
    Problem::new(file, line, format!("unknown source \"{id}\""), did_you_mean(id, &known))
}

/// Everything read, before the links are resolved.
struct Parts {
    roles: Vec<RawRole>,
    trends: Vec<RawTrend>,
    titles: Vec<(usize, String, String)>,
    descriptions: Vec<(usize, String, String)>,
    sources: Sources,
    glossary: glossary::Glossary,
    outside: outside::Outside,
    figures: Figures,
    refused: HashSet<Slug>,
    fingerprint: u32,
}

/// Resolves links by name.
struct Links<'a> {
    roles: HashMap<Slug, RoleId>,
    trends: HashMap<Slug, TrendId>,
    role_slugs: Vec<String>,
    refused: HashSet<Slug>,
    sources: &'a Sources,
}

impl Links<'_> {
    fn roles(&self, file: &str, line: usize, slugs: &[Slug], problems: &mut Vec<Problem>) -> Vec<RoleId> {
        let known: Vec<&str> = self.role_slugs.iter().map(String::as_str).collect();
        let mut ids = Vec::new();
        for slug in slugs {
            match self.roles.get(slug) {
                Some(id) if ids.contains(id) => {
                    problems.push(Problem::new(file, line, format!("role \"{slug}\" is linked twice"), "remove one"))
                }
                Some(id) => ids.push(*id),
                None if self.refused.contains(slug) => {}
                None => {
                    problems.push(Problem::new(file, line, format!("there is no role \"{slug}\""), near(slug, &known)))
                }
            }
        }
        ids
    }

    /// The rows of a file of the columns (text, role), by their role.
    fn by_role(
        &self,
        path: &str,
        rows: Vec<(usize, String, String)>,
        problems: &mut Vec<Problem>,
    ) -> HashMap<RoleId, Vec<String>> {
        let mut texts: HashMap<RoleId, Vec<String>> = HashMap::new();
        for (line, text, slug) in rows {
            let slug = Slug::parse(&slug).ok_or(slug);
            match slug.as_ref().map(|slug| self.roles.get(slug)) {
                Ok(Some(id)) => texts.entry(*id).or_default().push(text),
                Ok(None) if slug.as_ref().is_ok_and(|slug| self.refused.contains(slug)) => {}
                _ => {
                    let slug = slug.map_or_else(|slug| slug, |slug| slug.to_string());
                    problems.push(Problem::new(
                        &files::display_path(path),
                        line,
                        format!("there is no role \"{slug}\""),
                        "name the role's slug",
                    ));
                }
            }
        }
        texts
    }

    fn sources(&self, file: &str, line: usize, ids: &[String], problems: &mut Vec<Problem>) -> Vec<SourceId> {
        if ids.is_empty() {
            problems.push(Problem::new(file, line, "no source", "name at least one key of sources.yaml"));
        }
        for id in ids.iter().filter(|id| !self.sources.contains_key(&SourceId((*id).clone()))) {
            problems.push(unknown_source(file, line, id, self.sources));
        }
        ids.iter().cloned().map(SourceId).collect()
    }
}

fn near(slug: &Slug, known: &[&str]) -> String {
    match crate::knowledge::problem::nearest(slug.as_str(), known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "add its file or remove the link".to_owned(),
    }
}

fn link(parts: Parts, problems: &mut Vec<Problem>) -> Option<Knowledge> {
    let Parts {
        roles: raw_roles,
        trends: raw_trends,
        titles,
        descriptions,
        sources,
        glossary,
        outside,
        figures,
        refused,
        fingerprint,
    } = parts;
    let mut by_slug = HashMap::new();
    let mut links =
        Links { roles: HashMap::new(), trends: HashMap::new(), role_slugs: Vec::new(), refused, sources: &sources };
    for (place, role) in raw_roles.iter().enumerate() {
        let id = RoleId(u16::try_from(place).ok()?);
        links.roles.insert(role.slug.clone(), id);
        links.role_slugs.push(role.slug.to_string());
        by_slug.insert(role.slug.clone(), Topic::Role(id));
    }
    let mut numbers: HashMap<u8, String> = HashMap::new();
    for (place, trend) in raw_trends.iter().enumerate() {
        let id = TrendId(u16::try_from(place).ok()?);
        links.trends.insert(trend.slug.clone(), id);
        if by_slug.insert(trend.slug.clone(), Topic::Trend(id)).is_some() {
            problems.push(Problem::new(
                &trend.file,
                0,
                format!("slug \"{}\" is taken by another file", trend.slug),
                "rename one of the two",
            ));
        }
        if let Some(other) = numbers.insert(trend.number, trend.file.clone()) {
            problems.push(Problem::new(
                &trend.file,
                trend.number_line,
                format!("number {} is taken by {other}", trend.number),
                "give each trend its own number",
            ));
        }
    }

    for entry in &glossary {
        links.roles("knowledge/glossary.yaml", entry.line, &entry.roles, problems);
    }
    let mut titles_of = links.by_role("data/titles.csv", titles, problems);
    let mut descriptions_of = links.by_role("data/descriptions.csv", descriptions, problems);

    let trends: Vec<Trend> = raw_trends.into_iter().map(|raw| link_trend(raw, &links, problems)).collect();
    let trend_slugs: Vec<&str> = trends.iter().map(|trend| trend.slug.as_str()).collect();
    let mut roles = Vec::new();
    for raw in raw_roles {
        if !figures.national.contains_key(&raw.soc) {
            problems.push(Problem::new(
                &raw.file,
                raw.lines.soc,
                format!("no national figures for SOC code {}", raw.soc),
                "add its row to knowledge/data/national.csv",
            ));
        }
        if !figures.projections.contains_key(&raw.soc) {
            problems.push(Problem::new(
                &raw.file,
                raw.lines.soc,
                format!("no projection for SOC code {}", raw.soc),
                "add its row to knowledge/data/projections.csv",
            ));
        }
        let id = links.roles.get(&raw.slug);
        let titles = id.and_then(|id| titles_of.remove(id)).unwrap_or_default();
        let descriptions = id.and_then(|id| descriptions_of.remove(id)).unwrap_or_default();
        let mut role = link_role(raw, &links, &trend_slugs, problems);
        (role.titles, role.descriptions) = (titles, descriptions);
        roles.push(role);
    }
    check_two_ways(&roles, &trends, problems);
    Some(Knowledge { roles, trends, figures, sources, glossary, outside, fingerprint, by_slug })
}

fn link_trend(raw: RawTrend, links: &Links<'_>, problems: &mut Vec<Problem>) -> Trend {
    let named_roles = links.roles(&raw.file, raw.roles_lines[0], &raw.named_roles, problems);
    let also_roles = links.roles(&raw.file, raw.roles_lines[1], &raw.also_roles, problems);
    for id in also_roles.iter().filter(|id| named_roles.contains(id)) {
        let slug = &links.role_slugs[usize::from(id.0)];
        problems.push(Problem::new(
            &raw.file,
            raw.roles_lines[1],
            format!("role \"{slug}\" stands in both lists"),
            "keep it in named_roles",
        ));
    }
    Trend {
        sources: links.sources(&raw.file, raw.sources_line, &raw.sources, problems),
        slug: raw.slug,
        number: raw.number,
        title: raw.title,
        aliases: raw.aliases,
        summary: raw.summary,
        named_roles,
        also_roles,
        skills: raw.skills,
        reviewed: raw.reviewed,
        sections: raw.sections,
    }
}

fn link_role(raw: RawRole, links: &Links<'_>, trend_slugs: &[&str], problems: &mut Vec<Problem>) -> Role {
    let mut trends: Vec<TrendTouch> = Vec::new();
    for (slug, how) in raw.trends {
        match links.trends.get(&slug) {
            Some(trend) if trends.iter().any(|touch| touch.trend == *trend) => {
                problems.push(Problem::new(
                    &raw.file,
                    raw.lines.trends,
                    format!("trend \"{slug}\" is linked twice"),
                    "remove one",
                ));
            }
            Some(trend) => trends.push(TrendTouch { trend: *trend, how }),
            None if links.refused.contains(&slug) => {}
            None => problems.push(Problem::new(
                &raw.file,
                raw.lines.trends,
                format!("there is no trend \"{slug}\""),
                did_you_mean(slug.as_str(), trend_slugs),
            )),
        }
    }
    let related = links.roles(&raw.file, raw.lines.related, &raw.related, problems);
    let next = links.roles(&raw.file, raw.lines.next, &raw.next, problems);
    for (key, line, ids) in [("related", raw.lines.related, &related), ("next", raw.lines.next, &next)] {
        if ids.iter().any(|id| links.roles.get(&raw.slug) == Some(id)) {
            problems.push(Problem::new(&raw.file, line, format!("\"{key}\" links the role to itself"), "remove it"));
        }
    }
    Role {
        sources: links.sources(&raw.file, raw.lines.sources, &raw.sources, problems),
        slug: raw.slug,
        title: raw.title,
        plural: raw.plural,
        soc: raw.soc,
        figures: raw.figures,
        group: raw.group,
        onet: raw.onet,
        abbreviations: raw.abbreviations,
        aliases: raw.aliases,
        titles: Vec::new(),
        descriptions: Vec::new(),
        summary: raw.summary,
        remote: raw.remote,
        remote_note: raw.remote_note,
        license: raw.license,
        license_note: raw.license_note,
        contact: raw.contact,
        traits: raw.traits,
        interests: raw.interests,
        skills: raw.skills,
        knowledge_areas: raw.knowledge_areas,
        tools: raw.tools,
        trends,
        related,
        next,
        handbook: raw.handbook,
        reviewed: raw.reviewed,
        sections: raw.sections,
    }
}

/// Each trend lists its roles and each role its trends: a link that stands on one side only is a problem.
fn check_two_ways(roles: &[Role], trends: &[Trend], problems: &mut Vec<Problem>) {
    for (place, role) in roles.iter().enumerate() {
        let id = RoleId(place as u16);
        for touch in &role.trends {
            let trend = &trends[usize::from(touch.trend.0)];
            if !trend.roles().any(|other| other == id) {
                let what = format!("trend \"{}\" does not list the role back", trend.slug);
                problems.push(Problem::new(
                    &files::display_path(&format!("roles/{}.md", role.slug)),
                    0,
                    what,
                    "add the role to also_roles of the trend",
                ));
            }
        }
    }
    for (place, trend) in trends.iter().enumerate() {
        let id = TrendId(place as u16);
        for role in trend.roles().map(|id| &roles[usize::from(id.0)]) {
            if !role.trends.iter().any(|touch| touch.trend == id) {
                let file = files::display_path(&format!("trends/{:02}-{}.md", trend.number, trend.slug));
                let what = format!("role \"{}\" does not list the trend back", role.slug);
                problems.push(Problem::new(&file, 0, what, "add the trend and one sentence to the role's trends"));
            }
        }
    }
}
