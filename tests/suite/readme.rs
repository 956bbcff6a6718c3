//! The README's account of what is covered: each of its figures is counted here anew.

use std::collections::BTreeSet;

use careerbot::knowledge::areas::AreaKind;
use careerbot::knowledge::{Knowledge, SocCode, State, load_shipped};

use crate::shared::rows;

const README: &str = include_str!("../../README.md");

/// The groups of roles, by how their codes begin.
const GROUPS: &[(&str, &[&str])] = &[
    ("clinicians and therapists (29-1)", &["29-1"]),
    ("technologists, technicians, records (29-2)", &["29-2"]),
    ("health information and other (29-9)", &["29-9"]),
    ("assistants and aides (31)", &["31-"]),
    ("counseling and social work (21)", &["21-"]),
    ("science, psychology, safety (19)", &["19-"]),
    ("data, security, engineering (15, 17)", &["15-", "17-"]),
    ("management and compliance (11, 13)", &["11-", "13-"]),
    ("teaching and language (25, 27)", &["25-", "27-"]),
    ("office (43)", &["43-"]),
    (
        "repair, laboratories, personal service (39, 49, 51)",
        &["39-", "49-", "51-"],
    ),
];

fn knowledge() -> Knowledge {
    load_shipped().expect("the shipped knowledge loads")
}

/// The README says it; its lines may break anywhere.
#[track_caller]
fn says(what: &str) {
    let plain = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").to_lowercase()
    };
    assert!(
        plain(README).contains(&plain(what)),
        "the README should say: {what}"
    );
}

fn thousands(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", number / 1_000, number % 1_000),
    }
}

#[test]
fn the_readme_lists_every_role_in_its_group() {
    let knowledge = knowledge();
    let mut listed = 0;
    for (group, begins) in GROUPS {
        let mut titles: Vec<String> = knowledge
            .roles
            .iter()
            .filter(|role| {
                let code = role.soc.to_string();
                begins.iter().any(|begin| code.starts_with(begin))
            })
            .map(|role| role.title.to_lowercase())
            .collect();
        titles.sort();
        listed += titles.len();
        says(&format!(
            "| {group}, {} | {} |",
            titles.len(),
            titles.join(", ")
        ));
    }
    assert_eq!(listed, knowledge.roles.len(), "each role is of a group");
    says(&format!("{listed} roles, by the groups of"));
    says(&format!(
        "put together from {} knowledge files",
        listed + knowledge.trends.len()
    ));
    let trends: Vec<&str> = knowledge
        .trends
        .iter()
        .map(|trend| trend.title.as_str())
        .collect();
    says(&format!("{} trends: {}.", trends.len(), trends.join("; ")));
}

#[test]
fn the_readme_counts_the_jobs_of_healthcare_and_those_that_have_a_role() {
    let knowledge = knowledge();
    let code = |text: &str| SocCode::parse(text).expect("a code");
    let jobs = |soc: SocCode| {
        let row = knowledge.figures.occupations.of(soc);
        row.and_then(|(_, row)| row.employment.number())
            .unwrap_or(0)
    };
    let groups = [code("29-0000"), code("31-0000")];
    let all: u32 = groups.iter().map(|group| jobs(*group)).sum();
    let with_a_role: BTreeSet<SocCode> = knowledge
        .roles
        .iter()
        .map(|role| role.soc)
        .filter(|soc| groups.iter().any(|group| group.holds(*soc)))
        .collect();
    let covered: u32 = with_a_role.iter().map(|soc| jobs(*soc)).sum();
    // BLS rounds each figure to ten, so a sum of them can be a little more than the group.
    let share = f64::from(covered) / f64::from(all) * 100.0;
    says(&format!(
        "| healthcare jobs in the US whose occupation has a role | {:.1} of {:.1} million, {:.1} % (groups 29 and 31) |",
        f64::from(covered) / 1e6,
        f64::from(all) / 1e6,
        share.min(100.0)
    ));
}

#[test]
fn the_readme_counts_places_workplaces_and_what_else_is_held() {
    let knowledge = knowledge();
    let figures = &knowledge.figures;
    let areas = |kind: AreaKind| {
        let of_kind = figures.areas.ids();
        of_kind
            .filter(|id| figures.areas.get(*id).kind == kind)
            .count()
    };
    let states: BTreeSet<State> = figures.states.keys().map(|(_, state)| *state).collect();
    says(&format!(
        "| pay and jobs | for the US, {} states and territories, {} metropolitan and {} nonmetropolitan areas,",
        states.len(),
        areas(AreaKind::Metropolitan),
        areas(AreaKind::Nonmetropolitan)
    ));
    let cities = rows(include_bytes!("../../knowledge/data/cities.csv")).len();
    says(&format!(
        "| cities and suburbs, and the area that each lies in | {} |",
        thousands(cities)
    ));
    says(&format!(
        "schools, government and more | {} kinds |",
        figures.settings.all.len()
    ));
    let older = figures.projections.values();
    says(&format!(
        "to 2035; for {} occupations to 2034, said so",
        older.filter(|row| row.source.0 == "bls-ep-2024").count()
    ));
    says(&format!(
        "what is kept, what comes first | {} |",
        knowledge.bridges.len()
    ));
    let (listed, named): (Vec<_>, Vec<_>) = knowledge
        .compacts
        .iter()
        .partition(|compact| !compact.states.is_empty());
    says(&format!(
        "| {} with their states, {} named |",
        listed.len(),
        named.len()
    ));
    says(&format!(
        "by credential and state | {} fields |",
        knowledge.programs.fields.len()
    ));
    says(&format!(
        "| definitions | {} |",
        knowledge.definitions.len()
    ));
    says(&format!(
        "| median pay of occupations outside healthcare | all {} that BLS publishes, healthcare and groups among them |",
        thousands(figures.occupations.codes().count())
    ));
}

#[test]
fn the_readme_dates_what_is_held() {
    let knowledge = knowledge();
    let (_, table) = README
        .split_once("Beside roles and trends")
        .expect("the table of what is covered");
    let row = table
        .lines()
        .find(|line| line.starts_with("| of when |"))
        .expect("the row of dates");
    for (source, what) in [
        ("bls-oews-2025", "pay and jobs"),
        ("bls-ep-2025", "growth"),
        ("bls-ooh-2024", "Handbook"),
        ("onet-30-1", "O*NET"),
        ("college-scorecard-2026", "programs"),
        ("nlc-2026", "compacts"),
    ] {
        let mut sources = knowledge.sources.iter();
        let (_, source) = sources.find(|(id, _)| id.0 == source).expect("a source");
        let said = format!("{what} {}", source.release);
        assert!(row.contains(&said), "the row of dates should say: {said}");
    }
}
