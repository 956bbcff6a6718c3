//! Areas as members choose them: by the name of a city or suburb, of the area itself, or of a rural part of a state.

use std::collections::BTreeSet;

use crate::discord::interaction::response::Suggestion;
use crate::discord::message::limits::{CHOICE, CHOICES};
use crate::discord::message::markdown::{escape_member, fit, truncate};
use crate::knowledge::areas::{AreaKind, folded};
use crate::knowledge::{AreaId, Areas, State};

/// What completes the text so far: areas with a city that begins with it first, then areas whose name holds it. Chosen is the
/// area's code.
pub(crate) fn suggestions(areas: &Areas, typed: &str) -> Vec<Suggestion> {
    let (city, state) = parted(typed);
    let fits = |id: AreaId| state.is_none_or(|state| areas.get(id).states.contains(&state));
    let mut found: Vec<AreaId> = Vec::new();
    let mut add = |id: AreaId| {
        if fits(id) && !found.contains(&id) {
            found.push(id);
        }
    };
    if !city.is_empty() {
        let cities: BTreeSet<(&str, AreaId)> = areas
            .cities()
            .filter(|(name, _)| name.starts_with(&city))
            .flat_map(|(name, places)| places.iter().map(move |(_, id)| (name, *id)))
            .collect();
        for (_, id) in cities {
            add(id);
        }
    }
    // "rural" is how members call what BLS calls nonmetropolitan.
    let rural = city.split(' ').any(|word| word == "rural");
    let rest: Vec<&str> = city
        .split(' ')
        .filter(|word| !word.is_empty() && *word != "rural")
        .collect();
    for id in areas
        .ids()
        .filter(|id| !rural || areas.get(*id).kind == AreaKind::Nonmetropolitan)
    {
        let name = folded(&areas.get(id).name);
        if rest.iter().all(|part| name.contains(part)) {
            add(id);
        }
    }
    found
        .into_iter()
        .map(|id| areas.get(id))
        .map(|area| Suggestion {
            name: truncate(&area.name, CHOICE),
            value: area.code.clone(),
        })
        .take(CHOICES)
        .collect()
}

/// The area of a code, a name or a city, in a state where one is given; otherwise what to tell the member.
pub(crate) fn read(areas: &Areas, typed: &str, state: Option<State>) -> Result<AreaId, String> {
    let shown = || fit(typed, 100, escape_member);
    let (city, named) = parted(typed);
    let within = named.or(state);
    let known = areas
        .by_code(typed.trim())
        .or_else(|| areas.by_name(typed.trim()))
        .or_else(|| areas.area_of_city(&city, within));
    let Some(area) = known else {
        let several = areas.areas_of_city(&city, within);
        return Err(if several.is_empty() {
            format!(
                "I know no area called \"{}\": start typing a city and choose one from the list, or leave it out.",
                shown()
            )
        } else {
            format!(
                "There are several places called \"{}\": choose one from the list, or write the state behind it.",
                shown()
            )
        });
    };
    match state.filter(|state| !areas.get(area).states.contains(state)) {
        Some(state) => Err(format!(
            "The {} area does not lie in {}: choose another one, or leave the state out.",
            areas.get(area).name,
            state.in_sentence()
        )),
        None => Ok(area),
    }
}

/// A place as it is typed: the city as names are compared, and the state where one stands behind it.
fn parted(typed: &str) -> (String, Option<State>) {
    match typed
        .rsplit_once(',')
        .map(|(city, place)| (folded(city), State::named(place)))
    {
        Some((city, Some(state))) => (city, Some(state)),
        _ => (folded(typed), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas() -> Areas {
        crate::knowledge::load_shipped()
            .expect("the shipped knowledge loads")
            .figures
            .areas
    }

    #[test]
    fn an_area_is_suggested_by_city_suburb_name_and_state() {
        let areas = areas();
        let first = |typed: &str| {
            suggestions(&areas, typed)
                .first()
                .map(|found| found.name.clone())
                .unwrap_or_default()
        };
        assert_eq!(first("Sugar L"), "Houston-Pasadena-The Woodlands, TX");
        assert_eq!(first("portland, me"), "Portland-South Portland, ME");
        assert_eq!(
            first("rural montana"),
            "Southwest Montana nonmetropolitan area"
        );
        assert_eq!(first("st. lou"), "St. Louis, MO-IL");
        assert!(suggestions(&areas, "").len() == CHOICES && suggestions(&areas, "zzzz").is_empty());
    }

    #[test]
    fn what_is_typed_without_choosing_is_read_or_refused_with_a_reason() {
        let areas = areas();
        let [texas, maine] = ["TX", "ME"].map(|code| State::from_code(code).expect("a state"));
        let name =
            |typed: &str, state| read(&areas, typed, state).map(|id| areas.get(id).name.clone());
        assert_eq!(
            name("0026420", None).as_deref(),
            Ok("Houston-Pasadena-The Woodlands, TX")
        );
        assert_eq!(
            name("houston", Some(texas)).as_deref(),
            Ok("Houston-Pasadena-The Woodlands, TX")
        );
        assert_eq!(
            name("Portland", Some(maine)).as_deref(),
            Ok("Portland-South Portland, ME")
        );
        assert_eq!(
            name("Springfield, MO", None).as_deref(),
            Ok("Springfield, MO")
        );
        assert!(name("Springfield", None).is_err_and(|said| said.contains("several places")));
        assert!(name("Atlantis", None).is_err_and(|said| said.contains("I know no area")));
        assert!(
            name("0026420", Some(maine)).is_err_and(|said| said.contains("does not lie in Maine"))
        );
    }
}
