//! What a server's own trend has beside the words of an entry: the article that it rests on, what is quoted of it, its
//! figures, and the roles and shipped trends that it touches.
//!
//! Pure. Kept in the store as JSON, and written line by line where people edit it. Official figures are never part of it:
//! they are looked up when it is shown. Knows nothing of drafts, servers and Discord.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::knowledge::check::page::{sentences, words};
use crate::knowledge::entry::{Mistake, Part, wording};

/// Most sentences that may be quoted of an article.
pub const MOST_QUOTES: usize = 2;
/// Most words of a sentence that is quoted.
pub const QUOTE_WORDS: usize = 40;
/// Most figures of an article.
pub const MOST_FIGURES: usize = 6;
/// Most words around a figure.
pub const FIGURE_WORDS: usize = 25;
/// Most roles, and most shipped trends, that a trend is said to touch.
pub const MOST_LINKS: usize = 12;
/// Most characters of an author and of a publisher.
pub const NAME: usize = 100;
/// Sentences of an article with fewer words say what anybody may say.
const COPIED_WORDS: usize = 8;
/// How the key of an own entry begins; no slug holds a colon.
const OWN: &str = "own:";
/// What stands where an article bears no date.
pub const UNDATED: &str = "undated";

/// Words of an article, and where they stand in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words as the article has them.
    pub text: String,
    /// Where, such as `paragraph 3, sentence 2`; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
}

/// What a trend of a server has beside title, text, address and day of review.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnTrend {
    /// Who wrote the article; may be empty.
    pub author: String,
    /// Where it was published; may be empty.
    pub publisher: String,
    /// When: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; empty where the article is undated.
    pub published: String,
    /// What is quoted of it.
    pub quotes: Vec<Quote>,
    /// Its figures with a few words around each: the article's, not official ones.
    pub figures: Vec<Quote>,
    /// Slugs of the roles that it touches.
    pub roles: Vec<String>,
    /// Slugs of the shipped trends that it is near to.
    pub near: Vec<String>,
    /// Further sentences that may be quoted instead; for moderators alone.
    pub offered: Vec<Quote>,
    /// What it repeats of what is held already, a line each; for moderators alone.
    pub repeats: Vec<String>,
    /// Marks of the article's sentences, by which its words are known again ([`print()`]).
    pub prints: Vec<u32>,
}

impl OwnTrend {
    /// From what stands in the store; `None` where an entry is no trend. What cannot be read is a trend that says nothing.
    pub fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| serde_json::from_str(text).unwrap_or_default())
    }

    /// As it stands in the store.
    pub fn write(&self) -> String {
        // Strings and numbers always fit JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Author, publisher and date on one line; an article without a date is said to be undated.
    pub fn cited(&self) -> String {
        let date = if self.published.is_empty() {
            UNDATED
        } else {
            &self.published
        };
        let parts = [self.author.as_str(), self.publisher.as_str(), date];
        let parts: Vec<&str> = parts
            .into_iter()
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(", ")
    }

    /// What members read below the moderators' own words: quotations and figures, each marked as the article's, and the article.
    pub fn lines(&self) -> String {
        let mut blocks = Vec::new();
        if !self.quotes.is_empty() {
            blocks.push(block("Quoted from the article:", &self.quotes, line));
        }
        if !self.figures.is_empty() {
            let head = "Figures of the article, not official ones:";
            blocks.push(block(head, &self.figures, |figure| {
                format!("• {}", line(figure))
            }));
        }
        blocks.push(format!("The article: {}.", self.cited()));
        blocks.join("\n\n")
    }
}

fn block(head: &str, quotes: &[Quote], write: impl Fn(&Quote) -> String) -> String {
    let lines: Vec<String> = quotes.iter().map(write).collect();
    format!("{head}\n{}", lines.join("\n"))
}

/// Words of an article on one line: in quotation marks, the place in brackets behind them.
pub fn line(quote: &Quote) -> String {
    let place = if quote.place.is_empty() {
        String::new()
    } else {
        format!(" ({})", quote.place)
    };
    format!("“{}”{place}", quote.text)
}

/// Reads what [`line()`] writes, also without marks or place; `None` for an empty line.
pub fn read_line(text: &str) -> Option<Quote> {
    let text = text.trim().trim_start_matches(['•', '-', '>']).trim();
    let (words, place) = match text.rfind(['”', '"']) {
        Some(end) => {
            let rest = text[end..].trim_start_matches(['”', '"']).trim();
            let place = rest
                .strip_prefix('(')
                .and_then(|rest| rest.strip_suffix(')'));
            match (place, rest.is_empty()) {
                (Some(place), _) => (&text[..end], place),
                (None, true) => (&text[..end], ""),
                (None, false) => (text, ""),
            }
        }
        None => (text, ""),
    };
    let words = words.trim_start_matches(['“', '"']).trim();
    (!words.is_empty()).then(|| Quote {
        text: one_line(words),
        place: one_line(place),
    })
}

/// Reads several lines as [`read_line`] does.
pub fn read_lines(text: &str) -> Vec<Quote> {
    text.lines().filter_map(read_line).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands for a community's own entry where others have a slug: `own:` and its number.
pub fn key(entry: i64) -> String {
    format!("{OWN}{entry}")
}

/// The entry that [`key`] stands for.
pub fn of_key(text: &str) -> Option<i64> {
    let number = text.strip_prefix(OWN)?;
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| number.parse().ok())?
}

/// A mark of a sentence, by which it is known again whatever its case and punctuation; `None` for one that is too short to be
/// anybody's own.
pub fn print(sentence: &str) -> Option<u32> {
    let words: Vec<String> = sentence
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    (words.len() >= COPIED_WORDS).then(|| crc32fast::hash(words.join(" ").as_bytes()))
}

/// Everything that is wrong with what a trend has beside an entry's words; `text` is the moderators' own.
pub fn check(trend: &OwnTrend, text: &str) -> Vec<Mistake> {
    let mut found = Vec::new();
    let mut say = |part: Part, what: String| found.push(Mistake { part, what });
    for quote in &trend.quotes {
        for sentence in sentences(&quote.text) {
            let words = words(sentence);
            if words > QUOTE_WORDS {
                say(
                    Part::Quotes,
                    format!(
                        "a quoted sentence has {words} words; at most {QUOTE_WORDS}: say it in your own words"
                    ),
                );
            }
        }
    }
    let taken = taken(trend, text);
    let quoted: usize = trend
        .quotes
        .iter()
        .map(|quote| sentences(&quote.text).len())
        .sum();
    if quoted + taken > MOST_QUOTES {
        let in_text = if taken > 0 {
            format!(", {taken} of them in the text")
        } else {
            String::new()
        };
        say(
            Part::Quotes,
            format!(
                "{} sentences are the article's word for word{in_text}; at most {MOST_QUOTES} may be: say the others in your own words",
                quoted + taken
            ),
        );
    }
    if trend.figures.len() > MOST_FIGURES {
        let count = trend.figures.len();
        say(
            Part::Figures,
            format!("there are {count}; at most {MOST_FIGURES}"),
        );
    }
    for figure in &trend.figures {
        let words = words(&figure.text);
        if words > FIGURE_WORDS {
            say(
                Part::Figures,
                format!("one has {words} words around it; at most {FIGURE_WORDS}"),
            );
        }
        if !figure.text.contains(|c: char| c.is_ascii_digit()) {
            say(
                Part::Figures,
                "a line holds no figure; leave it out".to_owned(),
            );
        }
    }
    for (part, texts) in [
        (Part::Quotes, &trend.quotes),
        (Part::Figures, &trend.figures),
    ] {
        for quote in texts {
            found.extend(
                wording(&quote.text)
                    .into_iter()
                    .map(|what| Mistake { part, what }),
            );
        }
    }
    for (part, name) in [
        (Part::Author, &trend.author),
        (Part::Publisher, &trend.publisher),
    ] {
        let count = name.chars().count();
        if count > NAME {
            let what = format!("it has {count} characters; at most {NAME}");
            found.push(Mistake { part, what });
        }
        found.extend(wording(name).into_iter().map(|what| Mistake { part, what }));
    }
    if !trend.published.is_empty() && !is_date(&trend.published) {
        found.push(Mistake {
            part: Part::Published,
            what: format!(
                "write it as YYYY-MM-DD, YYYY-MM or YYYY, or \"{UNDATED}\" where the article bears none"
            ),
        });
    }
    found
}

/// How many sentences of the article stand word for word in a text, in quotation marks or not.
fn taken(trend: &OwnTrend, text: &str) -> usize {
    let lines = text.lines().flat_map(sentences);
    let copied = lines
        .filter_map(print)
        .filter(|print| trend.prints.contains(print));
    copied.count()
}

/// Whether a text is a day, a month or a year as this room writes them.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if !parts
        .iter()
        .all(|part| part.bytes().all(|b| b.is_ascii_digit()))
    {
        return false;
    }
    let whole = match lengths.as_slice() {
        [4] => format!("{text}-01-01"),
        [4, 2] => format!("{text}-01"),
        [4, 2, 2] => text.to_owned(),
        _ => return false,
    };
    whole.parse::<Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quote(text: &str, place: &str) -> Quote {
        Quote {
            text: text.to_owned(),
            place: place.to_owned(),
        }
    }

    #[track_caller]
    fn finds(trend: &OwnTrend, text: &str, expected: &[(Part, &str)]) {
        let found = check(trend, text);
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (mistake, (part, word)) in found.iter().zip(expected) {
            assert!(
                mistake.part == *part && mistake.what.contains(word),
                "{mistake}"
            );
        }
    }

    #[test]
    fn lines_are_read_as_they_are_written() {
        for one in [
            quote("Jobs grow.", "paragraph 3"),
            quote("Jobs \"grow\" (fast).", ""),
            quote("20% more", "paragraph 1, sentence 2"),
        ] {
            assert_eq!(read_line(&line(&one)), Some(one));
        }
        assert_eq!(read_line("- plain words"), Some(quote("plain words", "")));
        assert_eq!(read_line("\"so\" he said"), Some(quote("so\" he said", "")));
        assert_eq!(read_line(" • "), None);
    }

    #[test]
    fn no_more_than_two_sentences_of_forty_words_are_taken() {
        let good = OwnTrend {
            quotes: vec![quote("One is so.", "paragraph 1"), quote("Two is so.", "")],
            figures: vec![quote("22% more jobs by 2034", "paragraph 2")],
            published: "2026-10".to_owned(),
            ..OwnTrend::default()
        };
        finds(&good, "Own words. \"Quoted\" is fine.", &[]);
        let long = "word ".repeat(41);
        let bad = OwnTrend {
            quotes: vec![quote(&long, "")],
            ..good.clone()
        };
        finds(&bad, "Own.", &[(Part::Quotes, "41 words")]);
        let three = OwnTrend {
            quotes: vec![quote("One. Two is here. Three.", "")],
            ..good.clone()
        };
        finds(&three, "Own.", &[(Part::Quotes, "3 sentences")]);
        let sentence = "The number of nurses who work from home has doubled since then.";
        let copied = OwnTrend {
            prints: print(sentence).into_iter().collect(),
            ..good
        };
        finds(
            &copied,
            &format!("Own words here. “{}”", sentence.to_uppercase()),
            &[(Part::Quotes, "1 of them in the text")],
        );
    }

    #[test]
    fn figures_names_and_dates_are_whole() {
        let bad = OwnTrend {
            figures: vec![
                quote("many more", ""),
                quote(&format!("5 {}", "word ".repeat(25)), ""),
            ],
            author: "@everyone".to_owned(),
            publisher: "x".repeat(101),
            published: "last May".to_owned(),
            ..OwnTrend::default()
        };
        finds(
            &bad,
            "",
            &[
                (Part::Figures, "no figure"),
                (Part::Figures, "26 words"),
                (Part::Author, "mentions everyone"),
                (Part::Publisher, "101 characters"),
                (Part::Published, "YYYY-MM-DD"),
            ],
        );
        for (text, good) in [
            ("2026", true),
            ("2026-02", true),
            ("2026-02-29", false),
            ("26-02-01", false),
            ("2026-13", false),
            ("", false),
        ] {
            assert_eq!(is_date(text), good, "{text}");
        }
    }

    #[test]
    fn an_article_without_a_date_is_said_to_be_undated() {
        let mut trend = OwnTrend {
            author: "Ann Ames".to_owned(),
            ..OwnTrend::default()
        };
        assert_eq!(trend.cited(), "Ann Ames, undated");
        trend.published = "2026-10-01".to_owned();
        assert!(
            trend
                .lines()
                .ends_with("The article: Ann Ames, 2026-10-01.")
        );
        assert_eq!(OwnTrend::parse(&trend.write()), Some(trend));
        assert_eq!(OwnTrend::parse(""), None);
        assert_eq!(OwnTrend::parse("broken"), Some(OwnTrend::default()));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_check(text in "\\PC{0,200}", line in "[“”\"() a.\n]{0,60}") {
            let trend = OwnTrend { quotes: read_lines(&line), figures: read_lines(&text), published: line.clone(), ..OwnTrend::default() };
            let _ = check(&trend, &text);
            let _ = trend.lines();
        }
    }
}
