//! Figures as words: dollars, percentages, whose figures they are, where and when.
//!
//! Every figure that a member sees is worded here, so that none goes out without its place, period and group.

use crate::knowledge::cells::{Hourly, TOP_CODE_USD};
use crate::knowledge::terms::{Contact, Education, FigureMatch, PayUnit, Trait};
use crate::knowledge::{Cell, Knowledge, Role, State};

/// A whole number with commas: `1,234,567`.
pub fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A wage: `$97,550`, `at least $239,200`, or `not released`.
pub fn wage(cell: Cell) -> String {
    match cell {
        Cell::Number(usd) => format!("${}", thousands(usd)),
        Cell::TopCoded => format!("at least ${}", thousands(TOP_CODE_USD)),
        Cell::NotReleased => "not released".to_owned(),
    }
}

/// A wage by the hour, week or month, as a sentence that stands behind the yearly one. By the hour it is BLS's own figure where
/// there is one; else it is reckoned from the year, not published, and bears no dollar sign.
pub fn paced(cell: Cell, hourly: Hourly, unit: PayUnit) -> Option<String> {
    if let (PayUnit::Hour, Hourly::Cents(cents)) = (unit, hourly) {
        return Some(format!(
            " By the hour the median is {}.{:02} USD.",
            cents / 100,
            cents % 100
        ));
    }
    let part = f64::from(cell.number()?) / unit.per_year();
    let whole = thousands(part.round() as u32);
    Some(match unit {
        PayUnit::Hour => format!(
            " That comes to about {part:.2} USD an hour, at the 2,080 hours that BLS counts in a full-time year."
        ),
        PayUnit::Week => format!(" That comes to about {whole} USD a week, a 52nd of the year."),
        PayUnit::Fortnight => {
            format!(" That comes to about {whole} USD every two weeks, a 26th of the year.")
        }
        PayUnit::Month => {
            format!(" That comes to about {whole} USD a month, a twelfth of the year.")
        }
        PayUnit::Year => return None,
    })
}

/// Pay by the hour beside a year's, as people say it: `, about 47 USD an hour`; nothing where BLS publishes none. The dollar sign
/// is left to those who write for people.
pub fn about_hourly(hourly: Hourly) -> String {
    match hourly {
        Hourly::Cents(cents) => format!(", about {} USD an hour", (cents + 50) / 100),
        Hourly::TopCoded | Hourly::NotReleased => String::new(),
    }
}

/// A count of jobs: `230,490`, or `not released`.
pub fn count(cell: Cell) -> String {
    cell.number()
        .map_or_else(|| "not released".to_owned(), thousands)
}

/// A percentage without a needless decimal: `8.5%`, `41%`, `-4.4%`.
pub fn percent(value: f32) -> String {
    let text = format!("{value:.1}");
    format!("{}%", text.strip_suffix(".0").unwrap_or(&text))
}

/// Education in lower case with an article, as it stands inside a sentence.
pub fn education(level: Education) -> &'static str {
    match level {
        Education::NoCredential => "no formal credential",
        Education::HighSchool => "a high school diploma or equivalent",
        Education::SomeCollege => "some college, no degree",
        Education::Award => "a certificate (not a degree)",
        Education::Associate => "an associate's degree",
        Education::Bachelor => "a bachelor's degree",
        Education::Master => "a master's degree",
        Education::Doctoral => "a doctoral or professional degree",
    }
}

/// Education in a word or two, for tables and lists.
pub fn schooling(level: Education) -> &'static str {
    match level {
        Education::NoCredential => "none",
        Education::HighSchool => "high school",
        Education::SomeCollege => "some college",
        Education::Award => "certificate",
        Education::Associate => "associate's",
        Education::Bachelor => "bachelor's",
        Education::Master => "master's",
        Education::Doctoral => "doctorate",
    }
}

/// The period of the role's pay figures, such as `May 2025`.
pub fn pay_period<'a>(knowledge: &'a Knowledge, role: &Role) -> &'a str {
    let source = knowledge
        .figures
        .national
        .get(&role.soc)
        .map(|row| &row.source);
    source
        .and_then(|id| knowledge.sources.get(id))
        .map_or("", |source| source.period.as_str())
}

/// The period of the projections as words: `2025 to 2035` for `2025-35`.
pub fn projection_period(knowledge: &Knowledge, role: &Role) -> String {
    let source = knowledge
        .figures
        .projections
        .get(&role.soc)
        .map(|row| &row.source);
    let period = source
        .and_then(|id| knowledge.sources.get(id))
        .map_or("", |source| source.period.as_str());
    match period.split_once('-') {
        Some((from, to)) if to.len() == 2 && from.len() == 4 => {
            format!("{from} to {}{to}", &from[..2])
        }
        _ => period.to_owned(),
    }
}

/// Whom the figures cover, where it is not exactly the role: a sentence, or nothing.
pub fn whose(role: &Role) -> Option<String> {
    match role.figures {
        FigureMatch::Exact if !role.group.contains("all industries") => None,
        FigureMatch::Exact => Some(format!("The figures are for {}.", role.group)),
        FigureMatch::Group => Some(format!(
            "BLS publishes one figure for the whole group: the figures are for all {}.",
            role.group
        )),
        FigureMatch::Nearest => Some(format!(
            "Official statistics have no category for {} alone: the figures are for the nearest group, all {}.",
            role.plural, role.group
        )),
    }
}

/// Who earns it, as the subject of a sentence: the role where the figures are its own, the group otherwise.
pub fn earner(role: &Role) -> String {
    match role.figures {
        FigureMatch::Exact if !role.group.contains("all industries") => role.plural.clone(),
        FigureMatch::Exact | FigureMatch::Group => format!("all {}", role.group),
        FigureMatch::Nearest => format!("all {} (the nearest official group)", role.group),
    }
}

/// A group in brackets for lists and tables: ` (all registered nurses)`, or nothing.
pub fn group_note(role: &Role) -> String {
    match role.figures {
        FigureMatch::Exact => String::new(),
        FigureMatch::Group | FigureMatch::Nearest => format!(" (figure for all {})", role.group),
    }
}

/// One sentence: what `earner` earned at the median in `place`, or that BLS says nothing of it. `by_hour` follows the year's
/// figure: empty, or a comma and the pay by the hour.
pub fn median_sentence(
    earner: &str,
    place: &str,
    period: &str,
    median: Option<Cell>,
    by_hour: &str,
) -> String {
    match median {
        Some(Cell::Number(usd)) => {
            format!(
                "In {place}, {earner} typically earn ${} a year{by_hour} (median, {period}).",
                thousands(usd)
            )
        }
        Some(Cell::TopCoded) => format!(
            "In {place}, {earner} typically earn at least ${} a year (median, {period}): BLS does not give exact medians above that.",
            thousands(TOP_CODE_USD)
        ),
        Some(Cell::NotReleased) => {
            format!("BLS has not released the pay of {earner} in {place} ({period}).")
        }
        None => format!("BLS publishes no figure for the pay of {earner} in {place} ({period})."),
    }
}

/// The first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// Each word with a capital, initials in capitals: `nyc` is `NYC`.
pub fn capital_words(name: &str) -> String {
    const INITIALS: &[&str] = &["uk", "uae", "nhs", "eu", "nz", "nyc"];
    let word = |word: &str| {
        if INITIALS.contains(&word) {
            word.to_uppercase()
        } else {
            capital(word)
        }
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Names joined as in a sentence: `a, b and c`.
pub fn join(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// A title as it stands inside a sentence: `registered nurse`, but `MRI technologist`.
pub fn inside(title: &str) -> String {
    let first = title.split([' ', '-']).next().unwrap_or("");
    if first.len() > 1 && first.chars().all(|c| !c.is_lowercase()) {
        return title.to_owned();
    }
    let mut chars = title.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

/// A title with its article: `a dentist`, `an MRI technologist`.
pub fn with_article(title: &str) -> String {
    let inside = inside(title);
    let vowel = inside.starts_with(['a', 'e', 'i', 'o', 'u', 'M']);
    format!("{} {inside}", if vowel { "an" } else { "a" })
}

/// The place of a figure, for brackets: the state's name, or `US`.
pub fn place(state: Option<State>) -> &'static str {
    state.map_or("US", State::name)
}

/// Most characters of a headline before its "…"; an embed has room for 256 (Discord documentation, embed limits).
const LONGEST_TITLE: usize = 118;

/// A headline, cut between words where it is long.
pub fn headline(whole: String) -> String {
    if whole.chars().count() <= LONGEST_TITLE {
        return whole;
    }
    let head: String = whole.chars().take(LONGEST_TITLE).collect();
    format!(
        "{}…",
        head.rsplit_once(' ')
            .map_or(head.as_str(), |(head, _)| head)
            .trim_end_matches(';')
    )
}

/// Contact with patients in words.
pub fn contact_words(contact: Contact) -> &'static str {
    match contact {
        Contact::Direct => "face to face, most days",
        Contact::Some => "some, often by phone or video",
        Contact::None => "none",
    }
}

/// Traits in words that follow "you like".
pub fn trait_list(kinds: &[Trait]) -> Vec<String> {
    kinds
        .iter()
        .map(|kind| trait_words(*kind).to_owned())
        .collect()
}

/// Those of the traits that a role has, in words.
pub fn shared_traits(role: &Role, kinds: &[Trait]) -> Vec<String> {
    let shared: Vec<Trait> = kinds
        .iter()
        .copied()
        .filter(|kind| role.traits.contains(kind))
        .collect();
    trait_list(&shared)
}

fn trait_words(kind: Trait) -> &'static str {
    match kind {
        Trait::Helping => "caring for people",
        Trait::Listening => "listening and talking things through",
        Trait::Teaching => "teaching and coaching",
        Trait::Leading => "leading",
        Trait::Organizing => "organizing and paperwork",
        Trait::Detail => "detail and accuracy",
        Trait::Computers => "computers",
        Trait::Numbers => "numbers and data",
        Trait::Science => "science",
        Trait::Lab => "laboratory work",
        Trait::Machines => "medical machines and imaging",
        Trait::Imaging => "pictures of the inside of the body",
        Trait::HandsOn => "working with your hands",
        Trait::Movement => "exercise and movement",
        Trait::Medicines => "medicines",
        Trait::Food => "food and nutrition",
        Trait::Teeth => "teeth",
        Trait::Genetics => "genetics",
        Trait::Children => "children",
        Trait::OlderAdults => "older people",
        Trait::Pregnancy => "pregnancy and birth",
        Trait::Animals => "animals",
        Trait::MentalHealth => "mental health",
        Trait::Emergencies => "emergencies",
        Trait::Surgery => "surgery",
        Trait::Blood => "blood and body fluids",
        Trait::Lifting => "standing and lifting",
        Trait::Driving => "driving between places",
        Trait::Shifts => "nights and weekends",
        Trait::Desk => "desk work",
        Trait::Quiet => "working on your own",
        Trait::Law => "rules, law and privacy",
        Trait::Writing => "writing",
        Trait::Community => "community work",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(percent(8.5), "8.5%");
        assert_eq!(percent(41.0), "41%");
        let wages = [
            Cell::Number(950),
            Cell::Number(97_050),
            Cell::TopCoded,
            Cell::NotReleased,
        ]
        .map(wage);
        assert_eq!(
            wages,
            ["$950", "$97,050", "at least $239,200", "not released"]
        );
    }

    #[test]
    fn titles_read_well_inside_a_sentence() {
        assert_eq!(with_article("MRI technologist"), "an MRI technologist");
        assert_eq!(with_article("Registered nurse"), "a registered nurse");
        assert_eq!(
            with_article("Occupational therapist"),
            "an occupational therapist"
        );
    }
}
