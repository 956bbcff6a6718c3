//! Every figure in `knowledge/data` equals its row in the published tables.

use std::collections::HashMap;
use std::io::Read as _;

use careerbot::knowledge::cells::{Hourly, Pay};
use careerbot::knowledge::compacts::Standing;
use careerbot::knowledge::programs::Credential;
use careerbot::knowledge::terms::Education;
use careerbot::knowledge::{Cell, Figures, Knowledge, SocCode, State, load_shipped};

use crate::shared::{read, rows};

type Row = HashMap<String, String>;

fn shipped() -> Knowledge {
    load_shipped().expect("the shipped knowledge loads")
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes)
        .read_to_end(&mut text)
        .expect("an archive");
    text
}

fn soc(row: &Row) -> Option<SocCode> {
    SocCode::parse(&row["soc_code"])
}

/// A published number must stand here as that number, and only a published number may stand here as one.
#[track_caller]
fn equal(place: &str, ours: Cell, published: &str) {
    assert_eq!(
        ours.number(),
        published.parse().ok(),
        "{place}: {ours:?} here, {published:?} in the table"
    );
}

/// A cell of a table that marks top-coded and unreleased ones: all three must be told apart here.
#[track_caller]
fn same(place: &str, ours: Cell, published: &str) {
    assert_eq!(
        Some(ours),
        Cell::parse(published),
        "{place}: {published:?} in the table"
    );
}

#[track_caller]
fn same_hour(place: &str, ours: Hourly, published: &str) {
    assert_eq!(
        Some(ours),
        Hourly::parse(published),
        "{place}: {published:?} in the table"
    );
}

/// A whole row of pay against a table that has every column.
#[track_caller]
fn same_pay(place: &str, ours: &Pay, published: &Row) {
    for (column, cell) in [
        ("employment", ours.employment),
        ("annual_p10", ours.pct10),
        ("annual_p25", ours.pct25),
        ("annual_median", ours.median),
        ("annual_p75", ours.pct75),
        ("annual_p90", ours.pct90),
    ] {
        same(&format!("{place} {column}"), cell, &published[column]);
    }
    for (column, cell) in [
        ("hourly_p10", ours.hourly10),
        ("hourly_median", ours.hourly_median),
        ("hourly_p90", ours.hourly90),
    ] {
        same_hour(&format!("{place} {column}"), cell, &published[column]);
    }
}

#[test]
fn national_pay_and_jobs_are_those_of_the_published_table() {
    let Some(bytes) = read("facts/bls_oews_2025_national.csv", "national pay and jobs") else {
        return;
    };
    let table: HashMap<String, Row> = rows(&bytes)
        .into_iter()
        .map(|row| (row["soc_code"].clone(), row))
        .collect();
    let figures = shipped().figures;
    assert!(figures.national.len() > 110);
    for (soc, row) in &figures.national {
        let published = &table[&soc.to_string()];
        assert_eq!(row.title, published["soc_title"]);
        for (column, cell) in [
            ("employment", row.employment),
            ("annual_mean", row.mean),
            ("annual_p10", row.pct10),
            ("annual_p25", row.pct25),
            ("annual_median", row.median),
            ("annual_p75", row.pct75),
            ("annual_p90", row.pct90),
        ] {
            equal(&format!("{soc} {column}"), cell, &published[column]);
        }
        assert_eq!(
            row.hourly_median.cents(),
            Hourly::parse(&published["hourly_median"]).and_then(Hourly::cents),
            "{soc}"
        );
    }
    assert_eq!(
        figures.occupations.codes().count(),
        table.len(),
        "every occupation is known by its median"
    );
    for code in figures.occupations.codes() {
        let (_, row) = figures.occupations.of(code).expect("a row");
        let published = &table[&code.to_string()];
        assert_eq!(row.title, published["soc_title"]);
        equal(
            &format!("{code} employment"),
            row.employment,
            &published["employment"],
        );
        equal(
            &format!("{code} median"),
            row.median,
            &published["annual_median"],
        );
        assert_eq!(
            row.hourly_median.cents(),
            Hourly::parse(&published["hourly_median"]).and_then(Hourly::cents),
            "{code}"
        );
    }
}

#[test]
fn pay_by_state_is_that_of_the_published_tables() {
    let Some(bytes) = read("facts/oews_2025_by_state_health_full.csv", "pay by state") else {
        return;
    };
    let figures = shipped().figures;
    let mut whole = 0;
    for published in rows(&bytes) {
        let (Some(soc), Some(state)) = (soc(&published), State::from_name(&published["state"]))
        else {
            panic!("{published:?} is no row of a state")
        };
        if !figures.national.contains_key(&soc) {
            continue;
        }
        let row = figures
            .pay_in(soc, state)
            .unwrap_or_else(|| panic!("{soc} in {} is missing", state.name()));
        let pay = Pay {
            employment: row.employment,
            pct10: row.pct10,
            pct25: row.pct25,
            median: row.median,
            pct75: row.pct75,
            pct90: row.pct90,
            hourly10: row.hourly10,
            hourly_median: row.hourly_median,
            hourly90: row.hourly90,
        };
        same_pay(&format!("{soc} in {}", state.name()), &pay, &published);
        whole += 1;
    }
    assert!(whole > 5_000, "{whole}");
    rest_of_the_states(&figures, whole);
}

/// The occupations that the table with every column leaves out, against the one of all occupations.
fn rest_of_the_states(figures: &Figures, whole: usize) {
    let path = "onet/bls_oews_2025_by_state_all_occupations.csv.gz";
    let Some(bytes) = read(path, "pay of neighboring occupations by state") else {
        return;
    };
    let full = read("facts/oews_2025_by_state_health_full.csv", "pay by state")
        .map(|bytes| rows(&bytes))
        .unwrap_or_default();
    let covered: std::collections::HashSet<SocCode> = full.iter().filter_map(soc).collect();
    let mut rest = 0;
    for published in rows(&unpacked(&bytes)) {
        let (Some(soc), Some(state)) = (soc(&published), State::from_name(&published["state"]))
        else {
            continue;
        };
        if covered.contains(&soc) || !figures.national.contains_key(&soc) {
            continue;
        }
        let row = figures
            .pay_in(soc, state)
            .unwrap_or_else(|| panic!("{soc} in {} is missing", state.name()));
        let place = format!("{soc} in {}", state.name());
        equal(&place, row.employment, &published["employment"]);
        equal(&place, row.pct10, &published["wage_p10_usd"]);
        equal(&place, row.median, &published["median_wage_usd"]);
        equal(&place, row.pct90, &published["wage_p90_usd"]);
        assert_eq!(
            row.hourly_median.cents(),
            Hourly::parse(&published["hourly_median_usd"]).and_then(Hourly::cents),
            "{place}"
        );
        assert_eq!(
            (row.pct25.number(), row.pct75.number()),
            (None, None),
            "{place}: not at hand"
        );
        match published["median_footnote"].as_str() {
            "5" => assert_eq!(row.median, Cell::TopCoded, "{place}"),
            "8" => assert_eq!(row.median, Cell::NotReleased, "{place}"),
            _ => {}
        }
        rest += 1;
    }
    assert_eq!(
        figures.states.len(),
        whole + rest,
        "no row here that is in no published table"
    );
}

#[test]
fn pay_by_area_is_that_of_the_published_tables() {
    let (Some(health), Some(all)) = (
        read(
            "facts/oews_2025_by_metro_health.csv",
            "pay by metropolitan and nonmetropolitan area",
        ),
        read(
            "onet/bls_oews_2025_by_metro_all_occupations.csv.gz",
            "pay of neighboring occupations by area",
        ),
    ) else {
        return;
    };
    let figures = shipped().figures;
    let health = rows(&health);
    let covered: std::collections::HashSet<SocCode> = health.iter().filter_map(soc).collect();
    let rest = rows(&unpacked(&all))
        .into_iter()
        .filter(|row| soc(row).is_some_and(|soc| !covered.contains(&soc)));
    let mut found = 0;
    let mut areas = std::collections::HashSet::new();
    for published in health.into_iter().chain(rest) {
        let Some(soc) = soc(&published).filter(|soc| figures.national.contains_key(soc)) else {
            continue;
        };
        let code = &published["area_code"];
        let area = figures
            .areas
            .by_code(code)
            .unwrap_or_else(|| panic!("area {code} is missing"));
        assert_eq!(figures.areas.get(area).name, published["area_name"]);
        assert!(
            figures
                .areas
                .get(area)
                .states
                .iter()
                .any(|state| state.name() == published["state"]),
            "{code}"
        );
        let pay = figures
            .areas
            .pay(soc, area)
            .unwrap_or_else(|| panic!("{soc} in {code} is missing"));
        same_pay(&format!("{soc} in {code}"), pay, &published);
        areas.insert(code.clone());
        found += 1;
    }
    assert_eq!((areas.len(), figures.areas.ids().count()), (528, 528));
    assert_eq!(
        figures.areas.rows(),
        found,
        "no row here that is in no published table"
    );
    assert!(found > 30_000);
}

#[test]
fn pay_by_workplace_is_that_of_the_published_table() {
    let Some(bytes) = read("facts/oews_2025_by_industry_health.csv", "pay by industry") else {
        return;
    };
    let figures = shipped().figures;
    let table: HashMap<(String, SocCode), Row> = rows(&bytes)
        .into_iter()
        .filter_map(|row| Some(((row["industry_code"].clone(), soc(&row)?), row)))
        .collect();
    let mut found = 0;
    for code in figures.national.keys() {
        for (id, pay) in figures.settings.pay_of(*code) {
            let setting = figures.settings.get(*id);
            let published = &table[&(setting.industry.clone(), *code)];
            assert_eq!(setting.title, published["industry_name"]);
            same_pay(&format!("{code} in {}", setting.slug), pay, published);
            found += 1;
        }
    }
    let wanted = |key: &&(String, SocCode)| {
        figures.national.contains_key(&key.1)
            && figures
                .settings
                .all
                .iter()
                .any(|setting| setting.industry == key.0)
    };
    assert_eq!(
        found,
        table.keys().filter(wanted).count(),
        "every published row of a workplace that is listed is here"
    );
    assert!(found > 1_500);
}

#[test]
fn projections_are_those_of_the_published_tables() {
    let (Some(new), Some(added), Some(old)) = (
        read("facts/bls_ep_2025_35_health.csv", "projections"),
        read(
            "facts/bls_ep_2025_35_missing_health.csv",
            "projections of further occupations",
        ),
        read(
            "facts/bls_ep_2024_34_all.csv",
            "projections of the release before",
        ),
    ) else {
        return;
    };
    let by_code = |rows: Vec<Row>| {
        rows.into_iter()
            .map(|row| (row["nem_code"].clone(), row))
            .collect::<HashMap<_, _>>()
    };
    let new = by_code(rows(&new).into_iter().chain(rows(&added)).collect());
    let old = by_code(rows(&old));
    let figures = shipped().figures;
    assert!(figures.projections.len() > 110);
    let thousands = |text: &str| (text.parse::<f64>().expect("a number") * 1000.0).round() as u32;
    for (soc, row) in &figures.projections {
        let code = soc.to_string();
        // The release before stands in only where the new one has no row, and is named as what it is.
        let (published, base, projected, change, source) = match new.get(&code) {
            Some(row) => (
                row,
                "employment_2025_thousands",
                "employment_2035_thousands",
                "change_pct_2025_35",
                "bls-ep-2025",
            ),
            None => (
                &old[&code],
                "employment_2024_thousands",
                "employment_2034_thousands",
                "change_pct_2024_34",
                "bls-ep-2024",
            ),
        };
        assert_eq!(row.source.0, source, "{soc}");
        assert_eq!(row.title, published["occupation_title"], "{soc}");
        assert_eq!(row.employment_base, thousands(&published[base]), "{soc}");
        assert_eq!(
            row.employment_projected,
            thousands(&published[projected]),
            "{soc}"
        );
        assert_eq!(
            row.openings_per_year,
            thousands(&published["annual_openings_thousands"]),
            "{soc}"
        );
        let change = published[change].parse::<f64>().expect("a number");
        assert!(
            (f64::from(row.change_percent) - change).abs() < 0.051,
            "{soc}: {} and {change}",
            row.change_percent
        );
        assert_eq!(
            row.entry_education.map_or("", Education::word),
            published["typical_entry_education"],
            "{soc}"
        );
    }
}

#[test]
fn every_role_has_the_occupation_and_the_kind_of_match_of_the_facts() {
    let Some(bytes) = read("facts/roles.csv", "occupations of roles") else {
        return;
    };
    let knowledge = shipped();
    for published in &rows(&bytes) {
        let Some(careerbot::knowledge::Topic::Role(id)) = knowledge.find(&published["slug"]) else {
            panic!("{} is missing", published["slug"])
        };
        let role = knowledge.role(id);
        assert_eq!(role.soc.to_string(), published["soc_code"], "{}", role.slug);
        assert_eq!(role.onet, published["onet_code"], "{}", role.slug);
        let median = knowledge.figures.national[&role.soc].median;
        equal(role.slug.as_str(), median, &published["median_wage_usd"]);
        // A figure of a wider or neighboring group is never shown as the role's own.
        if published["match"] == "nearest" {
            assert_ne!(
                role.figures,
                careerbot::knowledge::terms::FigureMatch::Exact,
                "{}",
                role.slug
            );
        }
    }
}

#[test]
fn every_healthcare_occupation_has_a_role() {
    let Some(bytes) = read(
        "facts/bls_oews_2025_national.csv",
        "whether every healthcare occupation has a role",
    ) else {
        return;
    };
    let knowledge = shipped();
    let missing: Vec<String> = rows(&bytes)
        .into_iter()
        .filter(|row| {
            row["level"] == "3"
                && ["29-", "31-"]
                    .iter()
                    .any(|start| row["soc_code"].starts_with(start))
        })
        .filter(|row| {
            !soc(row).is_some_and(|soc| {
                knowledge
                    .roles
                    .iter()
                    .any(|role| role.soc == soc || role.soc == soc.broad())
            })
        })
        .map(|row| format!("{} {}", row["soc_code"], row["soc_title"]))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn the_states_of_compacts_are_those_of_the_facts() {
    let Some(bytes) = read(
        "facts/license_compacts_2026-10-07.csv",
        "states of compacts",
    ) else {
        return;
    };
    let knowledge = shipped();
    let table = rows(&bytes);
    for published in &table {
        let key = match published["compact"].as_str() {
            "NLC" => "nlc",
            "IMLC" => "imlc",
            _ => "pt-compact",
        };
        let compact = knowledge
            .compacts
            .iter()
            .find(|compact| compact.key == key)
            .expect("the compact");
        let name = published["state"].trim_start_matches("U.S. ");
        let member = &compact.states[&State::from_name(name).expect("a state")];
        let status = published["status"].as_str();
        let expected = match status {
            _ if status.starts_with("bill") => Standing::Introduced,
            _ if status.starts_with("enacted") || status.starts_with("passed") => Standing::Enacted,
            _ => Standing::InForce,
        };
        assert_eq!(member.standing, expected, "{key} in {name}");
        assert_eq!(
            member.since.map(|day| day.to_string()).unwrap_or_default(),
            published["since"],
            "{key} in {name}"
        );
    }
    let held: usize = knowledge
        .compacts
        .iter()
        .map(|compact| compact.states.len())
        .sum();
    assert_eq!(held, table.len());
}

#[test]
fn medians_of_programs_are_those_of_the_facts() {
    let path = "facts/college_scorecard_health_by_field_state_2026-06.csv";
    let Some(bytes) = read(path, "earnings and debt of programs") else {
        return;
    };
    let programs = shipped().programs;
    let number = |text: &str| text.parse::<f64>().ok().map(|number| number.round() as u32);
    let mut found = 0;
    for published in rows(&bytes) {
        let (earnings, debt) = (
            number(&published["median_of_program_median_earnings_4yr"]),
            number(&published["median_of_program_median_debt"]),
        );
        let Some(credential) = Credential::parse(&published["credential"]) else {
            continue;
        };
        let state = match published["area"].as_str() {
            "US" => None,
            code => match State::from_code(code) {
                Some(state) => Some(state),
                None => continue,
            },
        };
        let row = programs.medians(&published["cip4"], credential, state);
        let place = format!(
            "{} {} {}",
            published["cip4"], published["credential"], published["area"]
        );
        match (earnings, debt) {
            (None, None) => assert_eq!(row, None, "{place}"),
            _ => {
                let row = row.unwrap_or_else(|| panic!("{place} is missing"));
                assert_eq!((row.earnings, row.debt), (earnings, debt), "{place}");
                assert_eq!(
                    row.with_earnings.to_string(),
                    published["programs_with_earnings"],
                    "{place}"
                );
                found += 1;
            }
        }
    }
    assert_eq!(found, programs.rows());
}
