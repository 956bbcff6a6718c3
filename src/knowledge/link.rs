//! Links between what was read: each name resolved to what bears it, each link that leads nowhere named.
//!
//! Knows nothing of files and of how they are written.

use std::collections::{HashMap, HashSet};

use crate::knowledge::bridges::{BRIDGES, Bridges};
use crate::knowledge::compacts::Compacts;
use crate::knowledge::definitions::Definitions;
use crate::knowledge::figures::Figures;
use crate::knowledge::frame::Frame;
use crate::knowledge::language::{Class, Family, Language};
use crate::knowledge::model::{Knowledge, Role, RoleId, Topic, Trend, TrendId, TrendTouch};
use crate::knowledge::names::Slug;
use crate::knowledge::problem::{Problem, did_you_mean};
use crate::knowledge::programs::{FIELDS, Programs};
use crate::knowledge::read_role::RawRole;
use crate::knowledge::read_trend::RawTrend;
use crate::knowledge::sources::{SourceId, Sources};
use crate::knowledge::starts::{PREREQUISITES, Prerequisites, STARTS, Starts};
use crate::knowledge::{files, glossary, outside};

/// Everything read, before the links are resolved.
pub(super) struct Parts {
    pub(super) roles: Vec<RawRole>,
    pub(super) trends: Vec<RawTrend>,
    pub(super) titles: Vec<(usize, String, String)>,
    pub(super) descriptions: Vec<(usize, String, String)>,
    pub(super) sources: Sources,
    pub(super) glossary: glossary::Glossary,
    pub(super) outside: outside::Outside,
    pub(super) language: Language,
    pub(super) figures: Figures,
    pub(super) frame: Option<Frame>,
    pub(super) definitions: Definitions,
    pub(super) compacts: Compacts,
    pub(super) bridges: Bridges,
    pub(super) starts: Starts,
    pub(super) prerequisites: Prerequisites,
    pub(super) programs: Programs,
    pub(super) refused: HashSet<Slug>,
    pub(super) fingerprint: u32,
}

/// Resolves every link, or names each that leads nowhere.
pub(super) fn link(mut parts: Parts, problems: &mut Vec<Problem>) -> Option<Knowledge> {
    let sources = std::mem::take(&mut parts.sources);
    let refused = std::mem::take(&mut parts.refused);
    let (links, by_slug) = numbered(&parts, refused, &sources, problems)?;
    tables(&parts, &links, problems);
    let mut titles_of = links.by_role("data/titles.csv", parts.titles, problems);
    let mut descriptions_of = links.by_role(outside::DESCRIPTIONS.0, parts.descriptions, problems);
    let trends: Vec<Trend> = parts
        .trends
        .into_iter()
        .map(|raw| link_trend(raw, &links, problems))
        .collect();
    let trend_slugs: Vec<&str> = trends.iter().map(|trend| trend.slug.as_str()).collect();
    let titled = titled(&parts.language);
    let mut roles = Vec::new();
    for raw in parts.roles {
        has_figures(&raw, &parts.figures, problems);
        let id = links.roles.get(&raw.slug);
        let titles = id.and_then(|id| titles_of.remove(id)).unwrap_or_default();
        let descriptions = id
            .and_then(|id| descriptions_of.remove(id))
            .unwrap_or_default();
        let mut role = link_role(raw, &links, &trend_slugs, problems);
        (role.titles, role.descriptions) = (titles, descriptions);
        role.families = families(&titled, &role.title);
        roles.push(role);
    }
    check_two_ways(&roles, &trends, problems);
    let codes: Vec<_> = roles.iter().map(|role| (role.soc, role.figures)).collect();
    let mut outside = parts.outside;
    outside.extend(outside::published(&parts.figures.occupations, &codes));
    Some(Knowledge {
        roles,
        trends,
        figures: parts.figures,
        sources,
        glossary: parts.glossary,
        outside,
        frame: parts.frame,
        definitions: parts.definitions,
        compacts: parts.compacts,
        bridges: parts.bridges,
        starts: parts.starts,
        prerequisites: parts.prerequisites,
        programs: parts.programs,
        language: parts.language,
        site: None,
        fingerprint: parts.fingerprint,
        by_slug,
    })
}

/// The number of each role and trend by its slug, as they stand.
fn numbered<'a>(
    parts: &Parts,
    refused: HashSet<Slug>,
    sources: &'a Sources,
    problems: &mut Vec<Problem>,
) -> Option<(Links<'a>, HashMap<Slug, Topic>)> {
    let mut by_slug = HashMap::new();
    let mut links = Links {
        roles: HashMap::new(),
        trends: HashMap::new(),
        role_slugs: Vec::new(),
        refused,
        sources,
    };
    for (place, role) in parts.roles.iter().enumerate() {
        let id = RoleId(u16::try_from(place).ok()?);
        links.roles.insert(role.slug.clone(), id);
        links.role_slugs.push(role.slug.to_string());
        by_slug.insert(role.slug.clone(), Topic::Role(id));
    }
    let mut numbers: HashMap<u8, &str> = HashMap::new();
    for (place, trend) in parts.trends.iter().enumerate() {
        let id = TrendId(u16::try_from(place).ok()?);
        links.trends.insert(trend.slug.clone(), id);
        if by_slug
            .insert(trend.slug.clone(), Topic::Trend(id))
            .is_some()
        {
            problems.push(Problem::new(
                &trend.file,
                0,
                format!("slug \"{}\" is taken by another file", trend.slug),
                "rename one of the two",
            ));
        }
        if let Some(other) = numbers.insert(trend.number, &trend.file) {
            problems.push(Problem::new(
                &trend.file,
                trend.number_line,
                format!("number {} is taken by {other}", trend.number),
                "give each trend its own number",
            ));
        }
    }
    Some((links, by_slug))
}

/// Holds the roles that tables name against those that there are.
fn tables(parts: &Parts, links: &Links<'_>, problems: &mut Vec<Problem>) {
    let mut hold = |path: &str, line: usize, slugs: &[Slug]| {
        links.roles(&files::display_path(path), line, slugs, problems);
    };
    for entry in &parts.glossary {
        hold("glossary.yaml", entry.line, &entry.roles);
    }
    for compact in &parts.compacts {
        hold("compacts.yaml", compact.line, &compact.roles);
    }
    for bridge in &parts.bridges {
        let start = parts.starts.iter().any(|start| start.slug == bridge.from);
        let mut ends = vec![bridge.to.clone()];
        if !start && bridge.from != bridge.to {
            ends.push(bridge.from.clone());
        }
        hold(&format!("data/{}", BRIDGES.0), bridge.line, &ends);
    }
    for start in &parts.starts {
        let holds = start.holds.as_slice();
        hold(&format!("data/{}", STARTS.0), start.line, holds);
    }
    for one in &parts.prerequisites {
        let named = [std::slice::from_ref(&one.role), &one.any].concat();
        hold(&format!("data/{}", PREREQUISITES.0), one.line, &named);
    }
    for field in &parts.programs.fields {
        hold(&format!("data/{}", FIELDS.0), field.line, &field.roles);
    }
}

/// Holds the occupation of a role against the national figures and the projections.
fn has_figures(role: &RawRole, figures: &Figures, problems: &mut Vec<Problem>) {
    let mut lacks = |what: &str, table: &str| {
        problems.push(Problem::new(
            &role.file,
            role.lines.soc,
            format!("no {what} for SOC code {}", role.soc),
            format!("add its row to knowledge/data/{table}"),
        ));
    };
    if !figures.national.contains_key(&role.soc) {
        lacks("national figures", "national.csv");
    }
    if !figures.projections.contains_key(&role.soc) {
        lacks("projection", "projections.csv");
    }
}

/// The families that a title belongs to.
fn families(titled: &[(Family, &str)], title: &str) -> Vec<Family> {
    let title = title.to_lowercase();
    let mut families = Vec::new();
    for (family, part) in titled {
        if title.contains(part) && !families.contains(family) {
            families.push(*family);
        }
    }
    families
}

/// The parts of titles that tell of a family.
fn titled(language: &Language) -> Vec<(Family, &str)> {
    let classes = language.classes.iter();
    let of_title = classes.filter_map(|(class, part)| match class {
        Class::Titled(family) => Some((*family, part.as_str())),
        _ => None,
    });
    of_title.collect()
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
    fn roles(
        &self,
        file: &str,
        line: usize,
        slugs: &[Slug],
        problems: &mut Vec<Problem>,
    ) -> Vec<RoleId> {
        let known: Vec<&str> = self.role_slugs.iter().map(String::as_str).collect();
        let mut ids = Vec::new();
        for slug in slugs {
            match self.roles.get(slug) {
                Some(id) if ids.contains(id) => problems.push(Problem::new(
                    file,
                    line,
                    format!("role \"{slug}\" is linked twice"),
                    "remove one",
                )),
                Some(id) => ids.push(*id),
                None if self.refused.contains(slug) => {}
                None => problems.push(Problem::new(
                    file,
                    line,
                    format!("there is no role \"{slug}\""),
                    near(slug, &known),
                )),
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

    fn sources(
        &self,
        file: &str,
        line: usize,
        ids: &[String],
        problems: &mut Vec<Problem>,
    ) -> Vec<SourceId> {
        if ids.is_empty() {
            problems.push(Problem::new(
                file,
                line,
                "no source",
                "name at least one key of sources.yaml",
            ));
        }
        for id in ids
            .iter()
            .filter(|id| !self.sources.contains_key(&SourceId((*id).clone())))
        {
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

/// A source that `sources.yaml` does not have.
pub(super) fn unknown_source(file: &str, line: usize, id: &str, sources: &Sources) -> Problem {
    let known: Vec<&str> = sources.keys().map(|id| id.0.as_str()).collect();
    Problem::new(
        file,
        line,
        format!("unknown source \"{id}\""),
        did_you_mean(id, &known),
    )
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

fn link_role(
    raw: RawRole,
    links: &Links<'_>,
    trend_slugs: &[&str],
    problems: &mut Vec<Problem>,
) -> Role {
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
    for (key, line, ids) in [
        ("related", raw.lines.related, &related),
        ("next", raw.lines.next, &next),
    ] {
        if ids.iter().any(|id| links.roles.get(&raw.slug) == Some(id)) {
            problems.push(Problem::new(
                &raw.file,
                line,
                format!("\"{key}\" links the role to itself"),
                "remove it",
            ));
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
        families: Vec::new(),
        summary: raw.summary,
        remote: raw.remote,
        remote_note: raw.remote_note,
        license: raw.license,
        license_note: raw.license_note,
        length: raw.length,
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
                let file =
                    files::display_path(&format!("trends/{:02}-{}.md", trend.number, trend.slug));
                let what = format!("role \"{}\" does not list the trend back", role.slug);
                problems.push(Problem::new(
                    &file,
                    0,
                    what,
                    "add the trend and one sentence to the role's trends",
                ));
            }
        }
    }
}
