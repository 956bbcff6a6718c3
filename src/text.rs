//! A member's text as clean text and tokens: Unicode folded, markup and invisible characters gone, length capped.
//!
//! Knows characters and words; knows nothing of what any word means.

pub(crate) mod phrases;
pub(crate) mod width;

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

/// Longest question that is read, in characters: Discord's longest message (4,000). The rest is cut off at a sentence's end
/// where there is one.
pub const LONGEST_QUESTION: usize = 4_000;
/// Characters looked at before markup is taken out.
const LONGEST_INPUT: usize = 6_000;
/// More tokens than this are not looked at; a message of 4,000 characters has about 800 words.
const MOST_TOKENS: usize = 1_000;

/// One word or number.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Lower case, without accents, apostrophes and a possessive `'s`.
    pub word: String,
    /// The word in the singular, by rule; equal words have equal stems, nothing else is promised.
    pub stem: String,
    /// Whether it was written in capitals (two letters at least).
    pub upper: bool,
    /// Whether it begins with a capital letter, in a text that is not written in capitals as a whole.
    pub capital: bool,
    /// The number that it stands for; `60k` is 60,000.
    pub number: Option<f64>,
    /// Whether it follows a comma, a colon or a bracket.
    pub after_comma: bool,
    /// Whether it stands in round brackets.
    pub in_brackets: bool,
    /// Number of its sentence, from 0.
    pub sentence: usize,
    /// Whether a dollar sign stands before it.
    pub dollar: bool,
}

/// A question, cleaned.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clean {
    /// The text as it was read, for people: at most [`LONGEST_QUESTION`] characters.
    pub text: String,
    /// Whether something was cut off.
    pub cut: bool,
    /// Words and numbers, in order.
    pub tokens: Vec<Token>,
    /// The sentences that end with a question mark, by number, in order.
    pub asking: Vec<usize>,
}

/// Cleans a text. Any input is accepted; the work is bounded by the caps above.
pub fn clean(input: &str) -> Clean {
    let folded = fold(input);
    let stripped = strip_markup(&folded);
    let (text, cut) = cap(&stripped);
    let (mut tokens, asking) = tokens(&text);
    if shouted(&tokens) {
        for token in &mut tokens {
            token.upper = false;
            token.capital = false;
        }
    }
    Clean {
        text,
        cut,
        tokens,
        asking,
    }
}

/// The words of a phrase of our own, which needs no cleaning: names and cues from tables and files.
pub fn phrase(text: &str) -> Vec<Token> {
    tokens(text).0
}

/// The points of a numbered list, in order: "1) pay 2) license".
fn numbered(text: &str) -> Vec<&str> {
    let begins = |at: usize| at == 0 || text[..at].ends_with(char::is_whitespace);
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(at, _)| begins(*at)) {
        let next = starts.len() as u32 + 1;
        let rest = &text[at + c.len_utf8()..];
        let marked = rest.starts_with(") ") || rest.starts_with(". ");
        if c.to_digit(10) == Some(next) && marked {
            starts.push((at, at + 3));
        }
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let points = starts
        .iter()
        .zip(ends)
        .map(|((_, from), to)| text[*from..to].trim());
    points.filter(|point| !point.is_empty()).collect()
}

/// The points of a numbered list, or the sentences of a cleaned text that end with a question mark, in order.
pub fn questions(text: &str) -> Vec<&str> {
    let numbered = numbered(text);
    if numbered.len() > 1 {
        return numbered;
    }
    let mut questions = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let ends = text[at + c.len_utf8()..]
            .chars()
            .next()
            .is_none_or(char::is_whitespace);
        match c {
            '?' if ends => questions.push(text[from..=at].trim()),
            '.' | '!' | ';' if ends => {}
            _ => continue,
        }
        from = at + c.len_utf8();
    }
    questions
}

/// NFKC, with controls, zero-width and direction marks dropped, and white space as single spaces.
fn fold(input: &str) -> String {
    let mut folded = String::with_capacity(input.len().min(LONGEST_INPUT));
    let mut space = true;
    let head = input
        .char_indices()
        .nth(LONGEST_INPUT)
        .map_or(input, |(end, _)| &input[..end]);
    let chars: Cow<'_, str> = if head.is_ascii() {
        Cow::Borrowed(head)
    } else {
        Cow::Owned(head.nfkc().take(LONGEST_INPUT).collect())
    };
    for c in chars.chars() {
        if c.is_whitespace() {
            if !space {
                folded.push(' ');
            }
            space = true;
        } else if !invisible(c) {
            folded.push(c);
            space = false;
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e007f}')
}

/// Drops Discord's mentions and emoji (`<@1>`, `<#1>`, `<:name:1>`), addresses, mass mentions and markdown marks.
fn strip_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '<'
            && let Some(end) = rest.find('>')
            && end <= 100
            && rest[1..].starts_with(['@', '#', ':', 'a', 't', '/'])
            && !rest[1..end].contains(' ')
        {
            out.push(' ');
            rest = &rest[end + 1..];
        } else if rest.starts_with("http://") || rest.starts_with("https://") {
            rest = rest.find(' ').map_or("", |end| &rest[end..]);
        } else if let Some(after) = rest
            .strip_prefix("@everyone")
            .or_else(|| rest.strip_prefix("@here"))
        {
            rest = after;
        } else {
            match c {
                '*' | '_' | '`' | '~' | '|' | '#' | '\\' | '>' | '<' | '[' | ']' => out.push(' '),
                other => out.push(other),
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    let mut single = String::with_capacity(out.len());
    for word in out.split(' ').filter(|word| !word.is_empty()) {
        if !single.is_empty() {
            single.push(' ');
        }
        single.push_str(word);
    }
    single
}

/// Cuts at the last sentence end, else the last space, before the cap.
fn cap(text: &str) -> (String, bool) {
    let Some((end, _)) = text.char_indices().nth(LONGEST_QUESTION) else {
        return (text.to_owned(), false);
    };
    let head = &text[..end];
    let sentence = head
        .rfind(['.', '?', '!'])
        .map(|at| at + 1)
        .filter(|at| *at >= head.len() / 3);
    let at = sentence.or_else(|| head.rfind(' ')).unwrap_or(end);
    (head[..at].trim_end().to_owned(), true)
}

fn shouted(tokens: &[Token]) -> bool {
    let long = tokens
        .iter()
        .filter(|token| token.word.len() > 3 && token.number.is_none());
    let (all, upper) = long.fold((0, 0), |(all, upper), token| {
        (all + 1, upper + usize::from(token.upper))
    });
    all >= 2 && upper * 2 > all
}

/// The words and numbers of a text, and the numbers of the sentences that end with a question mark.
fn tokens(text: &str) -> (Vec<Token>, Vec<usize>) {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens: Vec<Token> = Vec::new();
    let mut asking = Vec::new();
    let (mut at, mut sentence, mut comma, mut open) = (0, 0, false, false);
    while at < chars.len() && tokens.len() < MOST_TOKENS {
        let c = chars[at];
        if c.is_ascii_digit() {
            let (token, next) = number(&chars, at, sentence, comma);
            tokens.push(Token {
                in_brackets: open,
                dollar: at > 0 && chars[at - 1] == '$',
                ..token
            });
            at = next;
            comma = false;
        } else if c.is_alphanumeric() {
            let (token, next) = word(&chars, at, sentence, comma);
            tokens.extend(token.map(|token| Token {
                in_brackets: open,
                ..token
            }));
            at = next;
            comma = false;
        } else {
            open = match c {
                '(' => true,
                ')' => false,
                _ => open,
            };
            match c {
                '?' => {
                    asking.push(sentence);
                    sentence += 1;
                }
                '.' | '!' | ';'
                    if chars
                        .get(at + 1)
                        .is_none_or(|next| matches!(next, ' ' | '.')) =>
                {
                    // "N. Carolina": one letter and a full stop end no sentence.
                    let initial =
                        c == '.' && tokens.last().is_some_and(|token| token.word.len() == 1);
                    sentence += usize::from(!initial);
                }
                ',' | ':' | '(' | '+' => comma = true,
                '$' if !chars.get(at + 1).is_some_and(char::is_ascii_digit) => tokens.push(Token {
                    word: "$".into(),
                    stem: "$".into(),
                    upper: false,
                    capital: false,
                    number: None,
                    after_comma: comma,
                    in_brackets: open,
                    sentence,
                    dollar: false,
                }),
                '&' => tokens.push(Token {
                    word: "and".into(),
                    stem: "and".into(),
                    upper: false,
                    capital: false,
                    number: None,
                    after_comma: comma,
                    in_brackets: open,
                    sentence,
                    dollar: false,
                }),
                _ => {}
            }
            at += 1;
        }
    }
    (tokens, asking)
}

/// A number with its suffix: `60k`, `60,000`, `15%`, `2nd`. Anything else that begins with a digit is a word.
fn number(chars: &[char], start: usize, sentence: usize, after_comma: bool) -> (Token, usize) {
    let mut at = start;
    let mut digits = String::new();
    while at < chars.len() && digits.len() < 15 {
        let next_digit = chars.get(at + 1).is_some_and(char::is_ascii_digit);
        match chars[at] {
            digit if digit.is_ascii_digit() => digits.push(digit),
            ',' if next_digit && chars.get(at + 3).is_some_and(char::is_ascii_digit) => {}
            '.' if next_digit && !digits.contains('.') => digits.push('.'),
            _ => break,
        }
        at += 1;
    }
    let suffix_start = at;
    while at < chars.len() && chars[at].is_alphanumeric() {
        at += 1;
    }
    let suffix: String = chars[suffix_start..at]
        .iter()
        .collect::<String>()
        .to_lowercase();
    let value = digits.parse::<f64>().ok();
    let percent = suffix.is_empty() && chars.get(at) == Some(&'%');
    let scale = match suffix.as_str() {
        "" => Some(1.0),
        "k" => Some(1_000.0),
        "m" => Some(1_000_000.0),
        _ => None,
    };
    let number = value.zip(scale).map(|(value, scale)| value * scale);
    let word = format!("{digits}{suffix}{}", if percent { "%" } else { "" });
    (
        Token {
            stem: word.clone(),
            word,
            upper: false,
            capital: false,
            number,
            after_comma,
            in_brackets: false,
            sentence,
            dollar: false,
        },
        at,
    )
}

/// A word with its inner apostrophes; `R.N.` is one word. `None` for a lone apostrophe.
fn word(
    chars: &[char],
    start: usize,
    sentence: usize,
    after_comma: bool,
) -> (Option<Token>, usize) {
    let mut at = start;
    let mut raw = String::new();
    while at < chars.len() {
        let c = chars[at];
        let next_letter = chars.get(at + 1).is_some_and(|next| next.is_alphabetic());
        if c.is_alphanumeric() {
            raw.push(c);
        } else if matches!(c, '\'' | '’' | '`') && next_letter {
            raw.push('\'');
        } else if c == '.' && dotted(chars, at) {
            // The full stop of an abbreviation such as "R.N.".
        } else {
            break;
        }
        at += 1;
    }
    let upper = raw.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && raw.chars().all(|c| !c.is_lowercase());
    let lower: String = if raw.is_ascii() {
        raw.to_ascii_lowercase()
    } else {
        raw.nfkd()
            .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .collect()
    };
    let word = lower.strip_suffix("'s").unwrap_or(&lower).replace('\'', "");
    if word.is_empty() {
        return (None, at);
    }
    let stem = singular(&word).into_owned();
    (
        Some(Token {
            word,
            stem,
            upper,
            capital: raw.starts_with(char::is_uppercase),
            number: None,
            after_comma,
            in_brackets: false,
            sentence,
            dollar: false,
        }),
        at,
    )
}

/// Whether the full stop at `at` stands inside or at the end of single letters joined by full stops.
fn dotted(chars: &[char], at: usize) -> bool {
    let letter = |place: Option<usize>| {
        place
            .and_then(|place| chars.get(place))
            .is_some_and(|c| c.is_alphabetic())
    };
    let stop = |place: usize| chars.get(place) == Some(&'.');
    let single_before = letter(at.checked_sub(1)) && !letter(at.checked_sub(2));
    let single_after = letter(Some(at + 1)) && !letter(Some(at + 2));
    let joined_before = at >= 2 && stop(at - 2);
    single_before && ((single_after && stop(at + 2)) || joined_before)
}

/// The singular of a lower-case word by rule. Made for matching, not for reading: both sides go through it.
pub fn singular(word: &str) -> Cow<'_, str> {
    let cut = |n: usize| Cow::Borrowed(&word[..word.len() - n]);
    if !word.is_ascii() || word.len() < 4 || !word.ends_with('s') {
        return Cow::Borrowed(word);
    }
    match word {
        "wives" => return Cow::Borrowed("wife"),
        _ if word.ends_with("wives") => {
            return Cow::Owned(format!("{}wife", &word[..word.len() - 5]));
        }
        _ if word.ends_with("ies") && word.len() > 4 => {
            return Cow::Owned(format!("{}y", &word[..word.len() - 3]));
        }
        _ => {}
    }
    if ["sses", "ches", "shes", "xes"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        return cut(2);
    }
    if ["ss", "us", "is", "ics"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        return Cow::Borrowed(word);
    }
    cut(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn words(input: &str, expected: &[&str]) {
        let clean = clean(input);
        assert_eq!(
            clean
                .tokens
                .iter()
                .map(|token| token.word.as_str())
                .collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn markup_and_invisible_characters_vanish() {
        words(
            "**What** does a\u{200b} ~~nurse~~ <@123> do? @everyone <:smile:5>",
            &["what", "does", "a", "nurse", "do"],
        );
        words("see https://x.example/a?b now", &["see", "now"]);
        words("ｗｈａｔ ｎｕｒｓｅ", &["what", "nurse"]);
    }

    #[test]
    fn possessives_and_dotted_abbreviations_are_folded() {
        words(
            "master's R.N. what’s don't",
            &["master", "rn", "what", "dont"],
        );
        words("N.Y. is big", &["ny", "is", "big"]);
    }

    #[test]
    fn numbers_keep_their_value() {
        let clean = clean("over $60k or 75,000 or 15.5% or 2nd");
        let numbers: Vec<f64> = clean
            .tokens
            .iter()
            .filter_map(|token| token.number)
            .collect();
        assert_eq!(numbers, [60_000.0, 75_000.0, 15.5]);
    }

    #[test]
    fn long_text_is_cut_at_a_sentence() {
        let long = format!("I want to be a nurse. {}", "blah ".repeat(2_000));
        let clean = clean(&long);
        assert!(clean.cut && clean.text.chars().count() <= LONGEST_QUESTION);
        let two = format!("{}. {}", "word ".repeat(400).trim(), "x".repeat(4_000));
        assert!(super::clean(&two).text.ends_with("word."));
    }

    #[test]
    fn shouting_is_not_abbreviating() {
        assert!(
            clean("HOW MUCH DOES AN MA EARN")
                .tokens
                .iter()
                .all(|token| !token.upper)
        );
        assert!(
            clean("how much does an MA earn")
                .tokens
                .iter()
                .any(|token| token.upper)
        );
    }

    #[test]
    fn plurals_meet_their_singular() {
        for (plural, one) in [
            ("nurses", "nurse"),
            ("midwives", "midwife"),
            ("secretaries", "secretary"),
            ("coaches", "coach"),
            ("diabetes", "diabete"),
            ("physics", "physics"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }
}
