//! The states and territories that BLS publishes pay for, by postal code.
//!
//! Knows their names only; how people abbreviate them is `question`'s business.

/// A US state, the District of Columbia or a territory: a place in [`STATES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct State(u8);

/// Postal code and name of each, sorted by code: 50 states, the District of Columbia and the three territories of the
/// BLS tables (Guam, Puerto Rico, Virgin Islands).
pub const STATES: &[(&str, &str)] = &[
    ("AK", "Alaska"),
    ("AL", "Alabama"),
    ("AR", "Arkansas"),
    ("AZ", "Arizona"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DC", "District of Columbia"),
    ("DE", "Delaware"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("GU", "Guam"),
    ("HI", "Hawaii"),
    ("IA", "Iowa"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("MA", "Massachusetts"),
    ("MD", "Maryland"),
    ("ME", "Maine"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MO", "Missouri"),
    ("MS", "Mississippi"),
    ("MT", "Montana"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("NE", "Nebraska"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NV", "Nevada"),
    ("NY", "New York"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("PR", "Puerto Rico"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VA", "Virginia"),
    ("VI", "Virgin Islands"),
    ("VT", "Vermont"),
    ("WA", "Washington"),
    ("WI", "Wisconsin"),
    ("WV", "West Virginia"),
    ("WY", "Wyoming"),
];

impl State {
    /// The state of a postal code in capitals.
    pub fn from_code(code: &str) -> Option<Self> {
        STATES
            .binary_search_by_key(&code, |(code, _)| code)
            .ok()
            .map(|place| Self(place as u8))
    }

    /// The state of a full name, as BLS writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        STATES
            .iter()
            .position(|(_, state)| *state == name)
            .map(|place| Self(place as u8))
    }

    /// The state of a postal code or full name, however it is written.
    pub fn named(text: &str) -> Option<Self> {
        let text = text.trim();
        let is = |name: &str| name.eq_ignore_ascii_case(text);
        Self::all().find(|state| is(state.code()) || is(state.name()))
    }

    /// Every state, sorted by postal code.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..STATES.len() as u8).map(Self)
    }

    /// Postal code.
    pub fn code(self) -> &'static str {
        STATES[usize::from(self.0)].0
    }

    /// The name as it stands inside a sentence: with an article where it has one.
    pub fn in_sentence(self) -> String {
        match self.code() {
            "DC" | "VI" => format!("the {}", self.name()),
            _ => self.name().to_owned(),
        }
    }

    /// Full name.
    pub fn name(self) -> &'static str {
        STATES[usize::from(self.0)].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_finds_its_own_row() {
        assert_eq!(STATES.len(), 54);
        for state in State::all() {
            assert_eq!(State::from_code(state.code()), Some(state));
            assert_eq!(State::from_name(state.name()), Some(state));
        }
    }
}
