//! What a server's own entry must be: title, text, address of the source, day of review. Checked as the shipped files are,
//! where that makes sense for a text of a server.
//!
//! Pure. Knows nothing of drafts, servers and how an entry is shown.

use std::fmt;

use jiff::civil::Date;

use crate::knowledge::letters;

/// Most characters of a title: what Discord shows of a suggestion.
pub const TITLE: usize = 100;
/// Most characters of a text.
pub const TEXT: usize = 3_000;
/// Most characters of an address.
pub const SOURCE: usize = 300;
/// Most years until a review.
const YEARS: i16 = 5;

/// What a moderator writes, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Title.
    pub title: &'a str,
    /// Plain text.
    pub text: &'a str,
    /// Address of the source; may be empty.
    pub source: &'a str,
    /// Day on which it has to be looked at again, `YYYY-MM-DD`.
    pub review_on: &'a str,
}

/// A part of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The title.
    Title,
    /// The text.
    Text,
    /// The address of the source.
    Source,
    /// The day of review.
    Review,
    /// What is quoted of an article.
    Quotes,
    /// The figures of an article.
    Figures,
    /// Who wrote an article.
    Author,
    /// Where an article was published.
    Publisher,
    /// When an article was published.
    Published,
    /// The roles that a trend touches.
    Roles,
    /// The shipped trends that a trend is near to.
    Near,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Title => "title",
            Self::Text => "text",
            Self::Source => "source",
            Self::Review => "review date",
            Self::Quotes => "quotations",
            Self::Figures => "figures",
            Self::Author => "author",
            Self::Publisher => "publisher",
            Self::Published => "date of the article",
            Self::Roles => "roles",
            Self::Near => "trends",
        })
    }
}

/// Something to mend, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where.
    pub part: Part,
    /// What is wrong and what to do, lower case, without a full stop. Holds nothing of what was typed.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.part, self.what)
    }
}

/// Everything that is wrong with an entry on a day; empty when it can go live.
pub fn check(entry: &Entry<'_>, today: Date) -> Vec<Mistake> {
    let mut found = Vec::new();
    let mut say =
        |part: Part, what: Option<String>| found.extend(what.map(|what| Mistake { part, what }));
    for (part, text, most) in [
        (Part::Title, entry.title, TITLE),
        (Part::Text, entry.text, TEXT),
    ] {
        say(part, length(text, most));
        say(part, mention(text));
        say(part, secret(text).map(str::to_owned));
        let letters = if part == Part::Title {
            letters::mistake_in_title(text)
        } else {
            letters::mistake(text)
        };
        say(part, letters.map(str::to_owned));
    }
    if entry.title.contains('\n') {
        say(
            Part::Title,
            Some("it has several lines; write it on one".to_owned()),
        );
    }
    if let Some(phrase) = crate::knowledge::check::boilerplate_in(entry.text) {
        say(
            Part::Text,
            Some(format!(
                "\"{phrase}\" is part of a web page, not of the subject; remove the passage"
            )),
        );
    }
    say(Part::Source, source(entry.source));
    say(Part::Review, review(entry.review_on, today).err());
    found
}

/// What no text that is shown to members may hold: mentions, secrets, letters that are not what they look like.
pub(crate) fn wording(text: &str) -> Vec<String> {
    let found = [
        mention(text),
        secret(text).map(str::to_owned),
        letters::mistake(text).map(str::to_owned),
    ];
    found.into_iter().flatten().collect()
}

fn length(text: &str, most: usize) -> Option<String> {
    let found = text.encode_utf16().count();
    if !letters::is_seen(text) {
        Some("it is empty, or holds nothing that anybody sees; write something".to_owned())
    } else if found > most {
        Some(format!("it has {found} characters; at most {most}"))
    } else {
        None
    }
}

/// Mentions of everyone, members and roles: an entry must not look as if it called somebody.
fn mention(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let alone = |word: &str| {
        lower.match_indices(word).any(|(place, _)| {
            // An address of mail may hold the same letters.
            let inside = |c: char| c.is_alphanumeric();
            !lower[..place].ends_with(inside) && !lower[place + word.len()..].starts_with(inside)
        })
    };
    let everyone = ["@everyone", "@here"].into_iter().find(|word| alone(word));
    let id = text.match_indices("<@").any(|(place, _)| {
        let rest = text[place + 2..].trim_start_matches(['!', '&']);
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        digits > 0 && rest[digits..].starts_with('>')
    });
    match everyone {
        Some(word) => Some(format!(
            "it mentions {}; leave the mention out",
            word.trim_start_matches('@')
        )),
        None if id => Some("it mentions a member or a role; write a name instead".to_owned()),
        None => None,
    }
}

/// Words for things that nobody may be asked for.
const SECRETS: &[&str] = &[
    "password",
    "passwords",
    "passcode",
    "passcodes",
    "ssn",
    "social security number",
    "social security numbers",
    "credit card",
    "card number",
    "bank account",
    "account number",
    "verification code",
    "login code",
    "backup codes",
    "2fa code",
    "bot token",
    "seed phrase",
];
/// Words that ask for something.
const ASKING: &[&str] = &[
    "send", "share", "post", "enter", "give", "tell", "dm", "type", "provide", "submit", "email",
    "text", "message",
];
/// Words that turn the asking round.
const NEVER: &[&str] = &[
    "never", "not", "don't", "don’t", "nobody", "cannot", "can't", "no",
];

/// A text that asks for a secret, or holds one.
fn secret(text: &str) -> Option<&'static str> {
    // A webhook's address lets anybody post; a bot's token is three parts of base64 with dots between them.
    let lower = text.to_lowercase();
    let token = |word: &str| {
        let parts: Vec<&str> = word
            .trim_matches(|c: char| !c.is_ascii_alphanumeric())
            .split('.')
            .collect();
        let plain = |part: &str| {
            part.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        parts.len() == 3
            && parts.iter().all(|part| plain(part))
            && parts[0].len() >= 20
            && parts[1].len() == 6
            && parts[2].len() >= 25
    };
    if lower.contains("/api/webhooks/") || text.split_whitespace().any(token) {
        return Some(
            "it holds a secret (a bot's token or a webhook's address); take it out and make a new one",
        );
    }
    for sentence in lower.split(['.', '!', '?', '\n', ';']) {
        let words: Vec<&str> = sentence
            .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .filter(|word| !word.is_empty())
            .collect();
        let plain = format!(" {} ", words.join(" "));
        let about = SECRETS
            .iter()
            .any(|secret| plain.contains(&format!(" {secret} ")));
        let asks = words.iter().any(|word| ASKING.contains(word));
        let never = words.iter().any(|word| NEVER.contains(word));
        if about && asks && !never {
            return Some(
                "it asks members for a secret such as a password or a card number; nobody may be asked for one",
            );
        }
    }
    None
}

fn source(address: &str) -> Option<String> {
    if address.is_empty() {
        return None;
    }
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    let Some(rest) = rest else {
        return Some("it is no web address; begin it with https://, or leave it empty".to_owned());
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority
        .rsplit_once(':')
        .map_or(authority, |(host, _)| host);
    let labels: Vec<&str> = host.split('.').collect();
    let good = labels.len() > 1
        && labels.iter().all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
        && address
            .chars()
            .all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"'));
    if authority.contains('@') {
        Some("it holds a user name; leave out what stands before the @".to_owned())
    } else if !good {
        Some("it is no whole web address; copy it from the browser".to_owned())
    } else {
        length(address, SOURCE)
    }
}

/// The day of review.
///
/// # Errors
/// What is wrong with it.
pub fn review(text: &str, today: Date) -> Result<Date, String> {
    let form = "write it as YYYY-MM-DD";
    if text.is_empty() {
        return Err(format!("it is missing; {form}"));
    }
    let parts: Vec<&str> = text.split('-').collect();
    let shaped = matches!(parts.as_slice(), [year, month, day] if (year.len(), month.len(), day.len()) == (4, 2, 2)
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())));
    let date: Date = if shaped { text.parse().ok() } else { None }
        .ok_or_else(|| format!("there is no such day; {form}"))?;
    if date < today {
        Err("it is past; choose a day from today on".to_owned())
    } else if date.year() > today.year() + YEARS {
        Err(format!(
            "it is more than {YEARS} years away; choose an earlier day"
        ))
    } else {
        Ok(date)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const GOOD: Entry<'static> = Entry {
        title: "Our mentoring hour",
        text: "Every Friday at noon, nurses answer questions of students. Never share your password there.",
        source: "https://example.org/mentoring?x=1",
        review_on: "2027-01-31",
    };

    #[track_caller]
    fn finds(entry: Entry<'_>, expected: &[(Part, &str)]) {
        let found = check(&entry, date(2026, 11, 23));
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (mistake, (part, word)) in found.iter().zip(expected) {
            assert!(
                mistake.part == *part && mistake.what.contains(word),
                "{mistake}"
            );
        }
    }

    #[test]
    fn a_good_entry_passes_with_and_without_a_source() {
        finds(GOOD, &[]);
        finds(Entry { source: "", ..GOOD }, &[]);
        finds(
            Entry {
                review_on: "2026-11-23",
                title: &"t".repeat(TITLE),
                text: &"é".repeat(TEXT),
                ..GOOD
            },
            &[],
        );
        finds(
            Entry {
                text: "Mail a@here.example? <@ is no mention, nor is <@x>.",
                ..GOOD
            },
            &[],
        );
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let bad = Entry {
            title: " \u{0} ",
            text: "@Everyone come",
            source: "example.org",
            review_on: "31.1.2027",
        };
        finds(
            bad,
            &[
                (Part::Title, "empty"),
                (Part::Text, "mentions everyone"),
                (Part::Source, "https://"),
                (Part::Review, "YYYY-MM-DD"),
            ],
        );
        finds(
            Entry {
                text: &"x".repeat(TEXT + 1),
                ..GOOD
            },
            &[(Part::Text, "3001 characters")],
        );
        finds(
            Entry {
                title: &"😀".repeat(51),
                ..GOOD
            },
            &[(Part::Title, "102 characters")],
        );
        finds(
            Entry {
                text: "Ask <@&123> about it",
                ..GOOD
            },
            &[(Part::Text, "a member or a role")],
        );
        finds(
            Entry {
                text: "A text. Leave a reply",
                ..GOOD
            },
            &[(Part::Text, "web page")],
        );
    }

    #[test]
    fn nobody_is_asked_for_secrets() {
        for bad in [
            "To join, DM us your password!",
            "Please send the verification code to a moderator",
            "Enter your Social Security number, then wait",
            "https://discord.com/api/webhooks/123/abc",
        ] {
            finds(Entry { text: bad, ..GOOD }, &[(Part::Text, "secret")]);
        }
        let token = format!("MTAwMDAwMDAwMDAwMDAwMDAw.GabcdE.{}", "x".repeat(30));
        finds(
            Entry {
                text: &token,
                ..GOOD
            },
            &[(Part::Text, "secret")],
        );
        for good in [
            "Don't send anyone a password.",
            "A password manager helps. Share your notes.",
            "Nobody may give out an SSN",
        ] {
            finds(Entry { text: good, ..GOOD }, &[]);
        }
    }

    #[test]
    fn addresses_and_days_are_whole() {
        for bad in [
            "https://",
            "https://localhost",
            "https://a..b",
            "http://exa mple.org",
            "https://me@example.org",
            "ftp://example.org",
            "javascript:alert(1)",
        ] {
            finds(
                Entry {
                    source: bad,
                    ..GOOD
                },
                &[(Part::Source, "it ")],
            );
        }
        for (bad, says) in [
            ("", "missing"),
            ("2026-02-30", "no such day"),
            ("2026-11-22", "past"),
            ("2026-1-1", "YYYY"),
            ("2099-01-01", "5 years"),
            ("20270131", "YYYY"),
            ("2027-01-31T00:00", "YYYY"),
        ] {
            finds(
                Entry {
                    review_on: bad,
                    ..GOOD
                },
                &[(Part::Review, says)],
            );
        }
    }
}
