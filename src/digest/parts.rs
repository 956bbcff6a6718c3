//! Parts of a summary that every kind of it has: its empty form, roles with their figures, and sources.

use jiff::civil::Date;

use crate::answer::figure::median_pay;
use crate::digest::dress::Dress;
use crate::digest::front;
use crate::digest::sentences::cut;
use crate::digest::summary::{HEADLINE_LIMIT, RoleLine, Source, Style, Summary};
use crate::knowledge::{Knowledge, Role, RoleId, SourceId};

pub(super) fn empty(style: Style, date: Date, headline: String, lead: String) -> Summary {
    Summary {
        style,
        headline: cut(&headline, HEADLINE_LIMIT),
        lead,
        front: None,
        points: Vec::new(),
        roles: Vec::new(),
        sources: Vec::new(),
        attributions: Vec::new(),
        date,
        reviewed: None,
        question: None,
        edited: false,
        about: None,
        dress: Dress::default(),
        edition: 0,
        figures: front::Figures::new(),
        seen: None,
    }
}

pub(super) fn question(style: Style, write: impl FnOnce() -> String) -> Option<String> {
    (style == Style::Discussion).then(write)
}

/// The roles with a figure each, as many as the style holds, and the sources of those figures.
pub(super) fn add_roles(
    summary: &mut Summary,
    knowledge: &Knowledge,
    roles: impl Iterator<Item = RoleId>,
) {
    for id in roles {
        let role: &Role = knowledge.role(id);
        if summary.roles.len() == summary.style.roles() {
            return;
        }
        if summary
            .roles
            .iter()
            .any(|line| line.slug == role.slug.as_str())
        {
            continue;
        }
        let (figure, source) = median_pay(knowledge, role);
        summary.roles.push(RoleLine {
            slug: role.slug.to_string(),
            title: role.title.clone(),
            figure,
        });
        let Some(source) = source else { continue };
        add_sources(summary, knowledge, std::slice::from_ref(&source));
        if let Some(source) = knowledge.sources.get(&source)
            && !source.attribution.is_empty()
            && !summary.attributions.contains(&source.attribution)
        {
            summary.attributions.push(source.attribution.clone());
        }
    }
}

pub(super) fn add_sources(summary: &mut Summary, knowledge: &Knowledge, sources: &[SourceId]) {
    for source in sources.iter().filter_map(|id| knowledge.sources.get(id)) {
        let source = Source {
            title: source.named(),
            url: source.url.clone(),
            date: source.date_text.clone(),
        };
        if !summary.sources.contains(&source) {
            summary.sources.push(source);
        }
    }
}
