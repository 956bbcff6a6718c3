//! Every figure in `knowledge/data` equals its row in the published tables.

use std::collections::HashMap;
use std::io::Read as _;

use careerbot::knowledge::terms::Education;
use careerbot::knowledge::{Cell, Knowledge, SocCode, State, load_shipped};

use crate::shared::{read, rows};

type Row = HashMap<String, String>;

fn shipped() -> Knowledge {
    load_shipped().expect("the shipped knowledge loads")
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok()
}

/// A published number must stand here as that number, and only a published number may stand here as one.
#[track_caller]
fn equal(place: &str, ours: Cell, published: &str) {
    assert_eq!(ours.number(), number(published), "{place}: {ours:?} here, {published:?} in the table");
}

#[test]
fn national_pay_and_jobs_are_those_of_the_published_table() {
    let Some(bytes) = read("facts/bls_oews_2025_national.csv", "national pay and jobs") else { return };
    let table: HashMap<String, Row> = rows(&bytes).into_iter().map(|row| (row["soc_code"].clone(), row)).collect();
    let figures = shipped().figures;
    assert!(figures.national.len() > 60);
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
    }
}

/// Holds the states' rows of the codes that `covers` accepts against a table; gives the number of rows compared.
fn compare_states(knowledge: &Knowledge, table: &[Row], covers: impl Fn(SocCode) -> bool) -> usize {
    let published: HashMap<(SocCode, State), &Row> = table
        .iter()
        .filter_map(|row| Some(((SocCode::parse(&row["soc_code"])?, State::from_name(&row["state"])?), row)))
        .filter(|((soc, _), _)| covers(*soc) && knowledge.figures.national.contains_key(soc))
        .collect();
    let ours: Vec<_> = knowledge.figures.states.iter().filter(|((soc, _), _)| covers(*soc)).collect();
    for (key, row) in &ours {
        let (soc, state) = key;
        let place = format!("{soc} in {}", state.name());
        let published = published.get(*key).unwrap_or_else(|| panic!("{place} is in no published row"));
        equal(&place, row.employment, &published["employment"]);
        equal(&place, row.pct10, &published["wage_p10_usd"]);
        equal(&place, row.median, &published["median_wage_usd"]);
        equal(&place, row.pct90, &published["wage_p90_usd"]);
        match published["median_footnote"].as_str() {
            "5" => assert_eq!(row.median, Cell::TopCoded, "{place}"),
            "8" => assert_eq!(row.median, Cell::NotReleased, "{place}"),
            _ => {}
        }
    }
    assert_eq!(ours.len(), published.len(), "every published row of an occupation that a role uses is here");
    ours.len()
}

#[test]
fn pay_by_state_is_that_of_the_published_table() {
    let Some(bytes) = read("facts/bls_oews_2025_by_state.csv", "pay by state") else { return };
    assert!(compare_states(&shipped(), &rows(&bytes), |soc| soc != SocCode::ALL) > 3_000);
}

#[test]
fn pay_of_all_occupations_by_state_is_that_of_the_published_table() {
    let Some(bytes) = read("onet/bls_oews_2025_by_state_all_occupations.csv.gz", "pay of all occupations by state")
    else {
        return;
    };
    let mut text = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut text).expect("an archive");
    assert!(compare_states(&shipped(), &rows(&text), |soc| soc == SocCode::ALL) > 50);
}

#[test]
fn projections_are_those_of_the_published_table() {
    let Some(bytes) = read("facts/bls_ep_2025_35_health.csv", "projections") else { return };
    let table: HashMap<String, Row> = rows(&bytes).into_iter().map(|row| (row["nem_code"].clone(), row)).collect();
    let figures = shipped().figures;
    assert!(figures.projections.len() > 60);
    let thousands = |text: &str| (text.parse::<f64>().expect("a number") * 1000.0).round() as u32;
    for (soc, row) in &figures.projections {
        let published = &table[&soc.to_string()];
        assert_eq!(row.title, published["occupation_title"], "{soc}");
        assert_eq!(row.employment_base, thousands(&published["employment_2025_thousands"]), "{soc}");
        assert_eq!(row.employment_projected, thousands(&published["employment_2035_thousands"]), "{soc}");
        assert_eq!(row.openings_per_year, thousands(&published["annual_openings_thousands"]), "{soc}");
        assert_eq!(
            row.change_percent.to_string(),
            published["change_pct_2025_35"].parse::<f32>().expect("a number").to_string(),
            "{soc}"
        );
        assert_eq!(row.entry_education.map_or("", Education::word), published["typical_entry_education"], "{soc}");
    }
}

#[test]
fn every_role_has_the_occupation_and_the_kind_of_match_of_the_facts() {
    let Some(bytes) = read("facts/roles.csv", "occupations of roles") else { return };
    let knowledge = shipped();
    let table = rows(&bytes);
    assert_eq!(knowledge.roles.len(), table.len());
    for published in &table {
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
            assert_ne!(role.figures, careerbot::knowledge::terms::FigureMatch::Exact, "{}", role.slug);
        }
    }
}
