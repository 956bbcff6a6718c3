//! The cities of a new release's areas: those that are known stay where their area stays, and new areas bring the cities of their
//! names.

use std::collections::{BTreeMap, BTreeSet};

use crate::knowledge::areas::{CITIES, folded};
use crate::knowledge::figures_update::rows::{Rows, as_csv};
use crate::knowledge::files::Files;

/// `cities.csv` for the rows of `areas.csv`.
pub(super) fn carried(files: &Files, areas: &Rows) -> String {
    let text = files
        .get(&format!("data/{}", CITIES.0))
        .map_or("", String::as_str);
    let known: Vec<Vec<String>> = csv::Reader::from_reader(text.as_bytes())
        .into_records()
        .flatten()
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect();
    let states: BTreeMap<&str, &str> = areas
        .iter()
        .map(|row| (row[0].as_str(), row[3].as_str()))
        .collect();
    let mut rows: Rows = known
        .iter()
        .filter(|row| {
            states
                .get(row[2].as_str())
                .is_some_and(|states| states.split(' ').any(|state| state == row[1]))
        })
        .cloned()
        .collect();
    let before: BTreeSet<&str> = known.iter().map(|row| row[2].as_str()).collect();
    let mut placed: BTreeSet<(String, String)> = rows
        .iter()
        .map(|row| (folded(&row[0]), row[1].clone()))
        .collect();
    for row in areas
        .iter()
        .filter(|row| row[2] == "metro" && !before.contains(row[0].as_str()))
    {
        let state = row[3].split(' ').next().unwrap_or_default();
        for city in named(&row[1]) {
            if placed.insert((folded(city), state.to_owned())) {
                rows.insert(vec![city.to_owned(), state.to_owned(), row[0].clone()]);
            }
        }
    }
    as_csv(CITIES.1, &rows)
}

/// The cities in the name of an area. Two hyphens stand between cities where one of them has a hyphen itself.
fn named(area: &str) -> Vec<&str> {
    let cities = area.rsplit_once(", ").map_or(area, |(cities, _)| cities);
    let between = if cities.contains("--") { "--" } else { "-" };
    cities
        .split(between)
        .map(|city| city.split('/').next().unwrap_or(city).trim())
        .filter(|city| !city.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_stay_with_their_area_and_a_new_area_brings_its_own() {
        let mut files = Files::new();
        let text = "city,state,area\nDurham,NC,0020500\nChapel Hill,NC,0020500\nGoneville,NC,0099999\nOldtown,VA,0020500\n";
        files.insert("data/cities.csv".to_owned(), text.to_owned());
        let area = |code: &str, name: &str, states: &str| {
            [code, name, "metro", states, "s"]
                .map(str::to_owned)
                .to_vec()
        };
        let areas = Rows::from([
            area("0020500", "Durham-Chapel Hill, NC", "NC"),
            area("0042540", "Scranton--Wilkes-Barre, PA", "PA"),
            area("0031140", "Louisville/Jefferson County, KY-IN", "KY IN"),
        ]);
        let expected = "city,state,area\nChapel Hill,NC,0020500\nDurham,NC,0020500\nLouisville,KY,0031140\nScranton,PA,0042540\nWilkes-Barre,PA,0042540\n";
        assert_eq!(carried(&files, &areas), expected);
    }
}
