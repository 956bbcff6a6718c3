//! Pay and jobs by metropolitan and nonmetropolitan area, and which area a city lies in.
//!
//! Three tables: `data/areas.csv` names the areas, `data/cities.csv` puts cities and suburbs into them, `data/area_pay.csv` has
//! the figures. Knows nothing of how a member writes a place.

use std::collections::HashMap;

use crate::knowledge::cells::{Pay, best_paid, pay_header};
use crate::knowledge::names::SocCode;
use crate::knowledge::problem::Problem;
use crate::knowledge::sources::SourceId;
use crate::knowledge::states::State;
use crate::knowledge::table::read;

/// An area: a place in `Areas::all`; valid for the knowledge it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AreaId(pub u16);

/// Whether an area is a city with its surroundings, or the country between such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AreaKind {
    /// A metropolitan area: it may reach into several states.
    Metropolitan,
    /// A part of one state that lies in no metropolitan area.
    Nonmetropolitan,
}

impl AreaKind {
    /// The word that stands in the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Metropolitan => "metro",
            Self::Nonmetropolitan => "nonmetro",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Metropolitan, Self::Nonmetropolitan]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// An area for which BLS publishes pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// BLS's code of seven digits, such as `0026420`.
    pub code: String,
    /// BLS's name, such as `Houston-Pasadena-The Woodlands, TX`.
    pub name: String,
    /// Metropolitan or not.
    pub kind: AreaKind,
    /// The states that it lies in, the first of its name first.
    pub states: Vec<State>,
    /// Release of its figures.
    pub source: SourceId,
}

impl Area {
    /// The name as it stands inside a sentence: "the Houston-Pasadena-The Woodlands, TX area", "the Kansas nonmetropolitan area".
    pub fn in_sentence(&self) -> String {
        match self.kind {
            AreaKind::Metropolitan => format!("the {} area", self.name),
            AreaKind::Nonmetropolitan => format!("the {}", self.name),
        }
    }
}

/// All areas, their cities and their figures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Areas {
    all: Vec<Area>,
    by_code: HashMap<String, AreaId>,
    /// By [`folded`] name.
    cities: HashMap<String, Vec<(State, AreaId)>>,
    pay: HashMap<SocCode, Vec<(AreaId, Pay)>>,
}

/// File name and header of the three tables, below `knowledge/data/`.
pub const AREAS: (&str, &[&str]) = ("areas.csv", &["area", "name", "kind", "states", "source"]);
/// See [`AREAS`].
pub const CITIES: (&str, &[&str]) = ("cities.csv", &["city", "state", "area"]);
/// See [`AREAS`]. Cells as in `states.csv`; a row that is missing was not published.
pub const AREA_PAY: (&str, &[&str]) = ("area_pay.csv", pay_header!("soc", "area"));

impl Areas {
    /// The area at a place that this table gave out.
    pub fn get(&self, id: AreaId) -> &Area {
        &self.all[usize::from(id.0)]
    }

    /// Every area, metropolitan ones first, each kind in the order of its codes.
    pub fn ids(&self) -> impl Iterator<Item = AreaId> + use<> {
        (0..self.all.len() as u16).map(AreaId)
    }

    /// The area of a code.
    pub fn by_code(&self, code: &str) -> Option<AreaId> {
        self.by_code.get(code).copied()
    }

    /// The area of BLS's name, in whatever case.
    pub fn by_name(&self, name: &str) -> Option<AreaId> {
        self.ids()
            .find(|id| self.get(*id).name.eq_ignore_ascii_case(name))
    }

    /// The areas that lie wholly or partly in a state.
    pub fn of_state(&self, state: State) -> impl Iterator<Item = AreaId> + '_ {
        self.ids()
            .filter(move |id| self.get(*id).states.contains(&state))
    }

    /// The nonmetropolitan areas of a state: what "rural Montana" means.
    pub fn rural(&self, state: State) -> impl Iterator<Item = AreaId> + '_ {
        self.of_state(state)
            .filter(|id| self.get(*id).kind == AreaKind::Nonmetropolitan)
    }

    /// The area in which a city or suburb lies. Without a state, an area that is named after such a city goes before others; `None`
    /// where several are, or none is: [`Areas::areas_of_city`] names them.
    pub fn area_of_city(&self, name: &str, state: Option<State>) -> Option<AreaId> {
        match self.areas_of_city(name, state).as_slice() {
            [one] => Some(*one),
            [first, second, ..]
                if self.named_after(*first, name) && !self.named_after(*second, name) =>
            {
                Some(*first)
            }
            _ => None,
        }
    }

    fn named_after(&self, id: AreaId, city: &str) -> bool {
        let cities = self.get(id).name.split(',').next().unwrap_or_default();
        format!(" {} ", folded(cities)).contains(&format!(" {} ", folded(city)))
    }

    /// Every area in which a city of that name lies: those that are named after it first, then by jobs, most first.
    pub fn areas_of_city(&self, name: &str, state: Option<State>) -> Vec<AreaId> {
        let here = |(there, _): &&(State, AreaId)| state.is_none_or(|state| state == *there);
        let mut found: Vec<AreaId> = self
            .cities
            .get(&folded(name))
            .into_iter()
            .flatten()
            .filter(here)
            .map(|(_, area)| *area)
            .collect();
        let jobs = |id: &AreaId| {
            self.pay(SocCode::ALL, *id)
                .and_then(|pay| pay.employment.number())
                .unwrap_or(0)
        };
        found.sort_by_key(|id| {
            (
                !self.named_after(*id, name),
                std::cmp::Reverse(jobs(id)),
                *id,
            )
        });
        found.dedup();
        found
    }

    /// Every city that is known, lower case without accents and punctuation, with its states and areas.
    pub fn cities(&self) -> impl Iterator<Item = (&str, &[(State, AreaId)])> {
        self.cities
            .iter()
            .map(|(name, places)| (name.as_str(), places.as_slice()))
    }

    /// Pay of an occupation in an area; `None` where BLS publishes no row.
    pub fn pay(&self, soc: SocCode, area: AreaId) -> Option<&Pay> {
        let rows = self.pay.get(&soc)?;
        rows.binary_search_by_key(&area, |(area, _)| *area)
            .ok()
            .map(|place| &rows[place].1)
    }

    /// Pay of an occupation in every area that has a row of it, in the order of [`Areas::ids`].
    pub fn pay_of(&self, soc: SocCode) -> &[(AreaId, Pay)] {
        self.pay.get(&soc).map_or(&[], Vec::as_slice)
    }

    /// The areas of a state, or of the whole country, by the median pay of an occupation, best first. Areas whose median was not
    /// released are left out; top-coded medians stand first.
    pub fn best_paying_areas(&self, soc: SocCode, state: Option<State>) -> Vec<(AreaId, &Pay)> {
        let there = |(id, _): &&(AreaId, Pay)| {
            state.is_none_or(|state| self.get(*id).states.contains(&state))
        };
        best_paid(self.pay_of(soc).iter().filter(there))
    }

    /// Occupations that have rows.
    pub fn occupations(&self) -> impl Iterator<Item = SocCode> + '_ {
        self.pay.keys().copied()
    }

    /// Number of rows of figures.
    pub fn rows(&self) -> usize {
        self.pay.values().map(Vec::len).sum()
    }

    /// Reads `areas.csv`; the other two tables need it.
    pub(crate) fn read_areas(&mut self, file: &str, text: &str, problems: &mut Vec<Problem>) {
        read(file, text, AREAS.1, problems, |row| {
            let code = row.text("area")?.to_owned();
            if code.len() != 7 || !code.bytes().all(|b| b.is_ascii_digit()) {
                return Err(format!(
                    "\"{code}\" is not an area's code: BLS writes seven digits, such as 0026420"
                ));
            }
            let kind = row.text("kind")?;
            let kind = AreaKind::parse(kind)
                .ok_or_else(|| format!("kind cannot be \"{kind}\": write metro or nonmetro"))?;
            let states = row
                .text("states")?
                .split(' ')
                .map(state_of)
                .collect::<Result<Vec<State>, String>>()?;
            let area = Area {
                code: code.clone(),
                name: row.text("name")?.to_owned(),
                kind,
                states,
                source: row.source()?,
            };
            let id = AreaId(
                u16::try_from(self.all.len())
                    .map_err(|_| "more areas than there can be".to_owned())?,
            );
            self.all.push(area);
            row.once(self.by_code.insert(code.clone(), id).is_some(), &code)
        });
    }

    /// Reads `cities.csv`.
    pub(crate) fn read_cities(&mut self, file: &str, text: &str, problems: &mut Vec<Problem>) {
        read(file, text, CITIES.1, problems, |row| {
            let (city, state) = (row.text("city")?, row.state("state")?);
            let area = self.known(row.text("area")?)?;
            if !self.get(area).states.contains(&state) {
                return Err(format!(
                    "{} does not lie in {}",
                    self.get(area).name,
                    state.name()
                ));
            }
            let places = self.cities.entry(folded(city)).or_default();
            let twice = places.iter().any(|(other, _)| *other == state);
            places.push((state, area));
            row.once(twice, &format!("{city}, {}", state.code()))
        });
    }

    /// Reads `area_pay.csv`. It has more rows than all other tables together.
    pub(crate) fn read_pay(&mut self, file: &str, text: &str, problems: &mut Vec<Problem>) {
        // Rows of one occupation stand together: its rows are gathered before they are put into the table.
        let mut open: Option<(SocCode, Vec<(AreaId, Pay)>)> = None;
        let mut closed: Vec<(SocCode, Vec<(AreaId, Pay)>)> = Vec::new();
        read(file, text, AREA_PAY.1, problems, |row| {
            let soc = row.soc("soc")?;
            let area = self.known(row.text("area")?)?;
            let pay = row.pay()?;
            match &mut open {
                Some((same, rows)) if *same == soc => rows.push((area, pay)),
                _ => closed.extend(open.replace((soc, vec![(area, pay)]))),
            }
            Ok(())
        });
        for (soc, rows) in closed.into_iter().chain(open) {
            self.pay.entry(soc).or_default().extend(rows);
        }
        for (soc, rows) in &mut self.pay {
            rows.sort_by_key(|(area, _)| *area);
            for pair in rows.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
                let code = &self.all[usize::from(pair[0].0.0)].code;
                problems.push(Problem::new(
                    file,
                    0,
                    format!("two rows of {soc} in {code}"),
                    "remove one of the two",
                ));
            }
        }
    }

    fn known(&self, code: &str) -> Result<AreaId, String> {
        self.by_code(code)
            .ok_or_else(|| format!("unknown area \"{code}\": add it to {}", AREAS.0))
    }
}

fn state_of(code: &str) -> Result<State, String> {
    State::from_code(code).ok_or_else(|| {
        format!("unknown state \"{code}\": use postal codes with a space between them")
    })
}

/// A city's name as names are compared: lower case, letters and digits only, "saint" and "fort" for their short forms.
pub fn folded(name: &str) -> String {
    let words: String = name
        .to_lowercase()
        .replace(['\'', '’', '.'], "")
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let full = |word: &str| match word {
        "st" => "saint".to_owned(),
        "ft" => "fort".to_owned(),
        "mt" => "mount".to_owned(),
        other => other.to_owned(),
    };
    words
        .split_whitespace()
        .map(full)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Cell;

    const TABLES: [&str; 3] = [
        "area,name,kind,states,source\n0041180,\"St. Louis, MO-IL\",metro,MO IL,s\n0044100,\"Springfield, IL\",metro,IL,s\n0044180,\"Springfield, MO\",metro,MO,s\n2900001,Central Missouri nonmetropolitan area,nonmetro,MO,s\n",
        "city,state,area\nSt. Louis,MO,0041180\nPeoria,MO,0041180\nPeoria,IL,0044100\nSpringfield,IL,0044100\nSpringfield,MO,0044180\n",
        "soc,area,employment,pct10,pct25,median,pct75,pct90,hourly10,hourly_median,hourly90\n00-0000,0044180,20,1,1,1,1,1,1,1,1\n00-0000,0044100,10,1,1,1,1,1,1,1,1\n29-1141,0041180,30,1,2,3,4,5,1,2,3\n29-1141,0044180,30,1,2,9,9,9,1,2,3\n29-1141,2900001,*,*,*,*,*,*,*,*,*\n29-1141,0044100,5,1,2,#,#,#,1,#,#\n",
    ];

    fn areas(tables: [&str; 3]) -> (Areas, Vec<String>) {
        let mut areas = Areas::default();
        let mut problems = Vec::new();
        areas.read_areas("areas.csv", tables[0], &mut problems);
        areas.read_cities("cities.csv", tables[1], &mut problems);
        areas.read_pay("area_pay.csv", tables[2], &mut problems);
        (areas, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_city_leads_to_its_area_and_one_of_several_places_to_all_of_them() {
        let (areas, problems) = areas(TABLES);
        assert_eq!(problems, Vec::<String>::new());
        let name = |id: Option<AreaId>| id.map(|id| areas.get(id).name.as_str());
        assert_eq!(
            name(areas.area_of_city("Saint Louis", None)),
            Some("St. Louis, MO-IL")
        );
        assert_eq!(
            name(areas.area_of_city("springfield", State::from_code("IL"))),
            Some("Springfield, IL")
        );
        assert_eq!(areas.area_of_city("Springfield", None), None);
        let both: Vec<&str> = areas
            .areas_of_city("Springfield", None)
            .iter()
            .map(|id| areas.get(*id).name.as_str())
            .collect();
        assert_eq!(both, ["Springfield, MO", "Springfield, IL"]);
        assert_eq!(
            areas.area_of_city("Springfield", State::from_code("MT")),
            None
        );
        assert_eq!(
            areas.area_of_city("Peoria", None),
            None,
            "neither area is named after it"
        );
    }

    #[test]
    fn areas_stand_by_their_median_and_none_without_one() {
        let (areas, _) = areas(TABLES);
        let nurse = SocCode::parse("29-1141").expect("a code");
        let names = |state: Option<&str>| -> Vec<&str> {
            areas
                .best_paying_areas(nurse, state.and_then(State::from_code))
                .iter()
                .map(|(id, _)| areas.get(*id).name.as_str())
                .collect()
        };
        assert_eq!(
            names(None),
            ["Springfield, IL", "Springfield, MO", "St. Louis, MO-IL"]
        );
        assert_eq!(names(Some("MO")), ["Springfield, MO", "St. Louis, MO-IL"]);
        let rural = areas
            .rural(State::from_code("MO").expect("a state"))
            .next()
            .expect("an area");
        assert_eq!(
            areas.pay(nurse, rural).map(|pay| pay.median),
            Some(Cell::NotReleased)
        );
        assert_eq!(areas.pay(SocCode::ALL, rural), None);
    }

    #[test]
    fn every_wrong_row_is_named() {
        let (_, problems) = areas([
            &(TABLES[0].to_owned() + "123,Nowhere,metro,MO,s\n9900001,Nowhere,city,MO,s\n"),
            &(TABLES[1].to_owned()
                + "Peoria,IL,0037900\nCairo,IL,0044180\nSpringfield,MO,0041180\n"),
            &(TABLES[2].to_owned()
                + "29-1141,0044100,5,1,2,#,#,#,1,#,#\n29-1141,0041180,30,9,2,3,4,5,1,2,3\n"),
        ]);
        for (place, expected) in [
            "areas.csv:6: \"123\" is not an area's code",
            "areas.csv:7: kind cannot be \"city\"",
            "cities.csv:7: unknown area \"0037900\"",
            "cities.csv:8: Springfield, MO does not lie in Illinois",
            "cities.csv:9: second row for Springfield, MO",
            "area_pay.csv:9: pct10 9 is above pct25 2",
            "area_pay.csv: two rows of 29-1141 in 0044100",
        ]
        .iter()
        .enumerate()
        {
            assert!(
                problems
                    .get(place)
                    .is_some_and(|problem| problem.starts_with(expected)),
                "{expected} in {problems:#?}"
            );
        }
    }
}
