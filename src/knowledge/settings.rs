//! Pay and jobs by kind of workplace: hospitals, clinics, nursing homes, home health, schools, government.
//!
//! `data/settings.csv` says which industry of BLS a workplace is, `data/setting_pay.csv` has the figures, for the whole country.
//! Knows nothing of how a member names a workplace but the words of the table.

use std::collections::HashMap;

use crate::knowledge::cells::{Pay, best_paid, pay_header};
use crate::knowledge::names::{Slug, SocCode};
use crate::knowledge::problem::Problem;
use crate::knowledge::sources::SourceId;
use crate::knowledge::table::read;

/// A kind of workplace: a place in [`Settings::all`]; valid for the knowledge it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SettingId(pub u8);

/// A kind of workplace for which BLS publishes pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Name in the tables.
    pub slug: Slug,
    /// Plural, as it stands inside a sentence behind "in" or "for".
    pub name: String,
    /// BLS's code of the industry.
    pub industry: String,
    /// BLS's name of it.
    pub title: String,
    /// Words by which people mean it, lower case.
    pub words: Vec<String>,
    /// Release of its figures.
    pub source: SourceId,
}

/// All workplaces and their figures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// In the order of the file.
    pub all: Vec<Setting>,
    pay: HashMap<SocCode, Vec<(SettingId, Pay)>>,
}

/// File name and header of the two tables, below `knowledge/data/`.
pub const SETTINGS: (&str, &[&str]) = (
    "settings.csv",
    &["setting", "name", "industry", "title", "words", "source"],
);
/// See [`SETTINGS`].
pub const SETTING_PAY: (&str, &[&str]) = ("setting_pay.csv", pay_header!("setting", "soc"));

impl Settings {
    /// The workplace at a place that this table gave out.
    pub fn get(&self, id: SettingId) -> &Setting {
        &self.all[usize::from(id.0)]
    }

    /// Every workplace, in the order of the file.
    pub fn ids(&self) -> impl Iterator<Item = SettingId> + use<> {
        (0..self.all.len() as u8).map(SettingId)
    }

    /// The workplace of a slug.
    pub fn find(&self, slug: &str) -> Option<SettingId> {
        self.ids().find(|id| self.get(*id).slug.as_str() == slug)
    }

    /// Pay of an occupation in a kind of workplace; `None` where BLS publishes no row.
    pub fn pay(&self, soc: SocCode, setting: SettingId) -> Option<&Pay> {
        self.pay_of(soc)
            .iter()
            .find(|(id, _)| *id == setting)
            .map(|(_, pay)| pay)
    }

    /// Pay of an occupation in every kind of workplace that has a row of it, in the order of the file.
    pub fn pay_of(&self, soc: SocCode) -> &[(SettingId, Pay)] {
        self.pay.get(&soc).map_or(&[], Vec::as_slice)
    }

    /// The kinds of workplace by the median pay of an occupation, best first; those without a released median are left out.
    pub fn best_paying(&self, soc: SocCode) -> Vec<(SettingId, &Pay)> {
        best_paid(self.pay_of(soc).iter())
    }

    /// The kinds of workplace that employ most of an occupation, most first; those without a published number are left out.
    pub fn largest_employers(&self, soc: SocCode) -> Vec<(SettingId, &Pay)> {
        let mut found: Vec<(SettingId, &Pay)> = self
            .pay_of(soc)
            .iter()
            .filter(|(_, pay)| pay.employment.number().is_some())
            .map(|(id, pay)| (*id, pay))
            .collect();
        found.sort_by_key(|(id, pay)| (std::cmp::Reverse(pay.employment.number()), *id));
        found
    }

    /// Occupations that have rows.
    pub fn occupations(&self) -> impl Iterator<Item = SocCode> + '_ {
        self.pay.keys().copied()
    }

    /// Reads `settings.csv`; `setting_pay.csv` needs it.
    pub(crate) fn read_settings(&mut self, file: &str, text: &str, problems: &mut Vec<Problem>) {
        read(file, text, SETTINGS.1, problems, |row| {
            let name = row.text("setting")?;
            let slug = Slug::parse(name).ok_or_else(|| {
                format!("\"{name}\" is not a slug: write lower-case words joined by hyphens")
            })?;
            let words = row
                .text("words")?
                .split(';')
                .map(|word| word.trim().to_lowercase())
                .filter(|word| !word.is_empty());
            let setting = Setting {
                name: row.text("name")?.to_owned(),
                industry: row.text("industry")?.to_owned(),
                title: row.text("title")?.to_owned(),
                words: words.collect(),
                source: row.source()?,
                slug,
            };
            if let Some((word, other)) = setting.words.iter().find_map(|word| {
                self.all
                    .iter()
                    .find(|other| other.words.contains(word))
                    .map(|other| (word, &other.slug))
            }) {
                return Err(format!(
                    "\"{word}\" means {other} already: keep it with one of the two"
                ));
            }
            if self.all.len() == usize::from(u8::MAX) {
                return Err("more kinds of workplace than there can be".to_owned());
            }
            let twice = self.all.iter().any(|other| other.slug == setting.slug);
            self.all.push(setting);
            row.once(twice, row.text("setting")?)
        });
    }

    /// Reads `setting_pay.csv`.
    pub(crate) fn read_pay(&mut self, file: &str, text: &str, problems: &mut Vec<Problem>) {
        read(file, text, SETTING_PAY.1, problems, |row| {
            let (soc, slug) = (row.soc("soc")?, row.text("setting")?);
            let id = self
                .find(slug)
                .ok_or_else(|| format!("unknown setting \"{slug}\": add it to {}", SETTINGS.0))?;
            let pay = row.pay()?;
            let rows = self.pay.entry(soc).or_default();
            let twice = rows.iter().any(|(other, _)| *other == id);
            rows.push((id, pay));
            row.once(twice, &format!("{soc} in {slug}"))
        });
        for rows in self.pay.values_mut() {
            rows.sort_by_key(|(id, _)| *id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Cell;

    fn settings(pay: &str) -> (Settings, Vec<String>) {
        let mut settings = Settings::default();
        let mut problems = Vec::new();
        let rows = "hospitals,hospitals,622000,Hospitals,hospital;hospitals,s\nhome-health,home health agencies,621600,Home Health Care Services,home health,s\n";
        settings.read_settings(
            "settings.csv",
            &format!("{}\n{rows}", SETTINGS.1.join(",")),
            &mut problems,
        );
        settings.read_pay(
            "setting_pay.csv",
            &format!("{}\n{pay}", SETTING_PAY.1.join(",")),
            &mut problems,
        );
        (settings, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn workplaces_stand_by_pay_or_by_size() {
        let (settings, problems) = settings(
            "home-health,29-1141,9,1,2,30,40,50,1,2,3\nhospitals,29-1141,99,1,2,20,40,50,1,2,3\nhospitals,29-1224,*,*,*,*,*,*,*,*,*\n",
        );
        assert_eq!(problems, Vec::<String>::new());
        let [nurse, radiologist] =
            ["29-1141", "29-1224"].map(|code| SocCode::parse(code).expect("a code"));
        let slugs = |found: Vec<(SettingId, &Pay)>| -> Vec<String> {
            found
                .iter()
                .map(|(id, _)| settings.get(*id).slug.to_string())
                .collect()
        };
        assert_eq!(
            slugs(settings.best_paying(nurse)),
            ["home-health", "hospitals"]
        );
        assert_eq!(
            slugs(settings.largest_employers(nurse)),
            ["hospitals", "home-health"]
        );
        assert!(
            settings.best_paying(radiologist).is_empty()
                && settings.largest_employers(radiologist).is_empty()
        );
        let hospitals = settings.find("hospitals").expect("the setting");
        assert_eq!(
            settings.pay(radiologist, hospitals).map(|pay| pay.median),
            Some(Cell::NotReleased)
        );
    }

    #[test]
    fn wrong_rows_are_named() {
        let (_, problems) = settings(
            "ward,29-1141,9,1,2,3,4,5,1,2,3\nhospitals,29-1141,9,1,2,3,4,5,1,2,3\nhospitals,29-1141,9,1,2,3,4,5,1,2,3\n",
        );
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].starts_with("setting_pay.csv:2: unknown setting \"ward\""));
        assert!(problems[1].starts_with("setting_pay.csv:4: second row for 29-1141 in hospitals"));
    }
}
