//! Plain text made safe for Discord's markdown: escaping, bold marks, truncation.
//!
//! Text comes from members and from knowledge; neither may format, link, mention or turn the reading direction around.
//! Pure.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::discord::message::limits::length;

/// Text without the characters that hide or reorder what is read: control characters other than line breaks, and the
/// overrides and isolates of writing direction (Unicode Standard Annex 9).
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().any(hidden) {
        Cow::Owned(text.chars().filter(|&c| !hidden(c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether nothing of a text can be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || hidden(c))
}

fn hidden(c: char) -> bool {
    (c != '\n' && c.is_control())
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

/// Text that Discord shows as it stands: every character with a meaning in markdown or mentions is taken out of effect.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    escape_into(&mut out, text);
    out
}

/// Text as it was before [`escape`] and [`escape_member`], but for white space and what [`clean`] took out.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().filter(|c| *c != '\u{200B}').peekable();
    while let Some(c) = chars.next() {
        let escapes = c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation);
        out.extend(if escapes { chars.next() } else { Some(c) });
    }
    out
}

/// Adds text, escaped. What needs no escape is copied in runs: this goes over every character of every answer.
fn escape_into(out: &mut String, text: &str) {
    let mut line_start = true;
    let mut done = 0;
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' => line_start = true,
            b' ' => {}
            b'\\' | b'*' | b'_' | b'~' | b'`' | b'|' | b'[' | b']' | b'<' | b'>' => {
                out.push_str(&text[done..place]);
                out.push('\\');
                done = place;
                line_start = false;
            }
            b'#' | b'-' | b'+' => {
                if line_start {
                    out.push_str(&text[done..place]);
                    out.push('\\');
                    done = place;
                }
                line_start = false;
            }
            b'@' => {
                // A zero-width space: "@everyone" is not even shown as a mention.
                out.push_str(&text[done..=place]);
                out.push('\u{200B}');
                done = place + 1;
                line_start = false;
            }
            // Where a hidden character may begin; none of them begins with another byte.
            0..=0x1F | 0x7F | 0xC2 | 0xD8 | 0xE2 => match text[place..].chars().next() {
                Some(c) if hidden(c) => {
                    out.push_str(&text[done..place]);
                    done = place + c.len_utf8();
                }
                _ => line_start = false,
            },
            // The rest of a hidden character.
            _ if place < done => {}
            _ => line_start = false,
        }
    }
    out.push_str(&text[done..]);
}

/// What a member wrote, escaped, on one line, with addresses and mentions taken out of effect: the bot never links or calls
/// anybody for a member.
pub fn escape_member(text: &str) -> String {
    let text = without_ids(text);
    let mut out = String::with_capacity(text.len() + 8);
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut done = 0;
        for (place, mark) in word.match_indices(['.', ':']) {
            let end = place + mark.len();
            out.push_str(&word[done..end]);
            if place > 0 && end < word.len() {
                out.push('\u{200B}');
            }
            done = end;
        }
        out.push_str(&word[done..]);
    }
    escape(&out)
}

/// Discord's own marks in words: `<@1>` says nothing to a reader once it is out of effect. Source: Discord documentation,
/// "Message Formatting".
fn without_ids(text: &str) -> Cow<'_, str> {
    /// Longer marks do not exist: a name of an emoji or command has 32 characters, an id 20.
    const LONGEST: usize = 100;
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start + 1..];
        let end = rest.bytes().take(LONGEST).position(|byte| byte == b'>');
        match end.and_then(|end| Some((in_words(&rest[..end])?, end))) {
            Some((words, end)) => {
                out.push_str(&words);
                rest = &rest[end + 1..];
            }
            None => out.push('<'),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What stands between `<` and `>`, in words; `None` when it is no mark of Discord's.
fn in_words(inside: &str) -> Option<String> {
    let is_id = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let named = |text: &str| {
        text.rsplit_once(':')
            .filter(|(_, id)| is_id(id))
            .map(|(name, _)| name.to_owned())
    };
    match inside.split_at_checked(1)? {
        ("@", id) if is_id(id.strip_prefix('!').unwrap_or(id)) => Some("@somebody".to_owned()),
        ("@", id) if id.strip_prefix('&').is_some_and(is_id) => Some("@role".to_owned()),
        ("#", id) if is_id(id) => Some("#channel".to_owned()),
        (":", rest) | ("a", rest) => {
            named(rest).map(|name| format!(":{}:", name.trim_start_matches(':')))
        }
        ("/", rest) => named(rest).map(|name| format!("/{name}")),
        _ => None,
    }
}

/// Plain text of at most `most` characters, cut at the end of a word and closed with "…" where it is longer.
pub fn truncate(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_owned();
    }
    let room = most.saturating_sub(1);
    let mut used = 0;
    let mut end = 0;
    for (place, c) in text.char_indices() {
        used += c.len_utf16();
        if used > room {
            break;
        }
        end = place + c.len_utf8();
    }
    let head = &text[..end];
    let at_word_end = text[end..].starts_with(char::is_whitespace);
    let head = match head.rfind(char::is_whitespace) {
        // A single long word is cut inside; a word boundary far back would throw away too much.
        Some(space) if !at_word_end && space * 2 > end => &head[..space],
        _ => head,
    };
    if most == 0 {
        String::new()
    } else {
        format!("{}…", head.trim_end())
    }
}

/// Plain text, written by `write` and as much of it as fits into `most` characters when written.
pub fn fit(text: &str, most: usize, write: impl Fn(&str) -> String) -> String {
    let whole = write(text);
    if length(&whole) <= most {
        return whole;
    }
    let (mut least, mut room) = (0, length(text).min(most));
    let mut best = String::new();
    while least < room {
        let middle = (least + room).div_ceil(2);
        let written = write(&truncate(text, middle));
        if length(&written) <= most {
            best = written;
            least = middle;
        } else {
            room = middle - 1;
        }
    }
    best
}

/// Escaped text of at most `most` characters.
pub fn escape_to(text: &str, most: usize) -> String {
    fit(text, most, escape)
}

/// A date as each reader's own Discord writes it (Discord documentation, "Message Formatting", timestamps), where it is a
/// whole day such as `2026-05-15`; else the text, escaped, of at most `most` characters. Titles and small print of embeds
/// do not know it.
pub fn day(text: &str, most: usize) -> String {
    let parsed = (text.len() == "2026-05-15".len())
        .then(|| text.parse::<Date>().ok())
        .flatten();
    // Noon, so that the day is the same in every time zone of the US.
    let noon = parsed.and_then(|day| day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).ok());
    noon.map_or_else(
        || escape_to(text, most),
        |noon| format!("<t:{}:D>", noon.timestamp().as_second()),
    )
}

/// As many whole sentences as fit into `most` characters, or the whole text for [`truncate`] where not even half of the room
/// would be used.
pub fn whole_sentences(text: &str, most: usize) -> &str {
    if length(text) <= most {
        return text;
    }
    let ends = text.match_indices(". ").map(|(place, _)| &text[..=place]);
    ends.take_while(|head| length(head) <= most)
        .last()
        .filter(|head| length(head) * 2 >= most)
        .unwrap_or(text)
}

/// Escaped text with the marked byte ranges in bold. Ranges that do not fit the text are passed over.
pub fn with_marks(text: &str, marks: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len() + marks.len() * 4);
    let mut done = 0;
    for mark in marks {
        let Some(marked) = text
            .get(mark.clone())
            .filter(|marked| mark.start >= done && !marked.trim().is_empty())
        else {
            continue;
        };
        // Bold must hug its words, or Discord shows the asterisks.
        let inner = marked.trim();
        let from = mark.start + (marked.len() - marked.trim_start().len());
        escape_into(&mut out, &text[done..from]);
        out.push_str("**");
        escape_into(&mut out, inner);
        out.push_str("**");
        done = from + inner.len();
    }
    escape_into(&mut out, &text[done..]);
    out
}

/// A link, or the bare label when the address is not one that Discord links.
pub fn link(label: &str, url: &str) -> String {
    match address(url) {
        Some(url) => format!("[{}]({url})", escape(label)),
        None => escape(label),
    }
}

/// An address as it can stand in a link; `None` unless it is http(s) without spaces.
pub fn address(url: &str) -> Option<Cow<'_, str>> {
    let fits = (url.starts_with("https://") || url.starts_with("http://"))
        && url.len() > 10
        && url.chars().all(|c| !c.is_whitespace() && !c.is_control());
    let plain = |url: &str| {
        !url.bytes()
            .any(|byte| matches!(byte, b'(' | b')' | b'<' | b'>'))
    };
    fits.then(|| match url {
        url if plain(url) => Cow::Borrowed(url),
        url => url
            .replace('(', "%28")
            .replace(')', "%29")
            .replace('<', "%3C")
            .replace('>', "%3E")
            .into(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_whole_day_is_written_by_the_readers_own_discord_and_other_dates_stand_as_they_are() {
        assert_eq!(day("2026-05-15", 40), "<t:1778846400:D>");
        for (text, shown) in [
            ("2025-12", "2025-12"),
            ("undated", "undated"),
            ("2026-13-45", "2026-13-45"),
            ("*", "\\*"),
        ] {
            assert_eq!(day(text, 40), shown);
        }
        assert!(length(&day(&"x".repeat(99), 40)) <= 40);
    }

    /// What [`escape`] does, said character by character.
    fn escape_slowly(text: &str) -> String {
        let mut out = String::new();
        let mut line_start = true;
        for c in text.chars().filter(|c| !hidden(*c)) {
            let special = matches!(
                c,
                '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' | '<' | '>'
            ) || (line_start && matches!(c, '#' | '-' | '+'));
            if special {
                out.push('\\');
            }
            out.push(c);
            if c == '@' {
                out.push('\u{200B}');
            }
            line_start = c == '\n' || (line_start && c == ' ');
        }
        out
    }

    proptest! {
        #[test]
        fn copying_in_runs_escapes_the_same(text in "([ \\n#*@a-]|\u{202E}|\u{61C}|\u{61D}|\u{2066}|\u{2065}|\u{85}|\u{A1}|\u{0}|\u{7F}|\t|’|é|😀|.){0,40}") {
            prop_assert_eq!(escape(&text), escape_slowly(&text));
            prop_assert_eq!(length(&text), text.encode_utf16().count());
        }
    }

    #[test]
    fn markdown_and_mentions_lose_their_effect() {
        assert_eq!(
            escape("**a** <@1> `b` [x](y)"),
            "\\*\\*a\\*\\* \\<@\u{200B}1\\> \\`b\\` \\[x\\](y)"
        );
        assert_eq!(escape("# big\n- item"), "\\# big\n\\- item");
        assert_eq!(escape("@everyone"), "@\u{200B}everyone");
        assert_eq!(escape("a\u{202E}b\u{0}"), "ab");
    }

    #[test]
    fn escaping_can_be_taken_back() {
        for text in [
            "**a** @somebody `b` [x](y)",
            "mail a@b.org or https://x.org/?a_b",
            "C\\D R.N. #1",
            "- a",
        ] {
            assert_eq!(unescape(&escape_member(text)), text);
        }
    }

    #[test]
    fn what_members_write_links_to_nothing() {
        let shown = escape_member("see https://evil.example/x or\ndiscord.gg/abc");
        assert!(
            !shown.contains("://") && !shown.contains("discord.gg") && !shown.contains('\n'),
            "{shown}"
        );
    }

    #[test]
    fn cuts_fall_between_words() {
        assert_eq!(truncate("one two three", 9), "one two…");
        assert_eq!(truncate("one two three", 8), "one two…");
        assert_eq!(truncate("one", 3), "one");
        assert_eq!(truncate("abcdefghij", 5), "abcd…");
        assert_eq!(truncate("😀😀😀", 4), "😀…");
        assert_eq!(truncate("abc", 0), "");
    }

    #[test]
    fn escaped_text_never_ends_inside_an_escape() {
        for most in 0..40 {
            let shown = escape_to("*********** ***********", most);
            assert!(length(&shown) <= most);
            assert!(
                !shown.trim_end_matches('…').ends_with("\\") || shown.ends_with("\\\\"),
                "{shown}"
            );
        }
    }

    #[test]
    fn what_does_not_fit_ends_with_a_sentence_where_enough_is_left() {
        let text = "Needed in all states. You pass an exam. California uses another title.";
        assert_eq!(whole_sentences(text, 100), text);
        assert_eq!(
            whole_sentences(text, 60),
            "Needed in all states. You pass an exam."
        );
        assert_eq!(whole_sentences(text, 30), "Needed in all states.");
        assert_eq!(whole_sentences(text, 20), text, "no sentence fits");
    }

    #[test]
    fn mentions_are_said_in_words() {
        let said = escape_member(
            "<@1> <@!2> <@&3> <#4> <:nurse:5> <a:wave:6> </ask:7> pay <3 <b> <@x> < <",
        );
        assert_eq!(
            said,
            "@\u{200B}somebody @\u{200B}somebody @\u{200B}role #channel :nurse: :wave: /ask pay \\<3 \\<b\\> \\<@\u{200B}x\\> \\< \\<"
        );
    }

    #[test]
    fn marks_are_bold_and_the_rest_is_not() {
        assert_eq!(
            with_marks("nurses earn a*lot", &[0..6, 7..12, 14..17]),
            "**nurses** **earn** a\\***lot**"
        );
        assert_eq!(with_marks("é", &[1..2, 5..9]), "é");
    }

    #[test]
    fn links_stay_inside_their_parentheses() {
        assert_eq!(
            link("a]b", "https://x.org/a(b)"),
            "[a\\]b](https://x.org/a%28b%29)"
        );
        assert_eq!(link("a", "javascript:alert(1)"), "a");
    }
}
