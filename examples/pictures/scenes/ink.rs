//! The markdown that replies use, as words with a style, broken into lines of a width.
//!
//! Widths are estimates on the wide side, because the font is the reader's. Knows nothing of where a line is drawn.

/// How a word looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) link: bool,
}

/// A stretch of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) style: Style,
}

/// What a line begins with in Discord's markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    Plain,
    Quote,
    /// In a block of letters of one width.
    Block,
    Small,
}

/// A line after breaking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) lead: Lead,
    pub(super) runs: Vec<Run>,
}

/// The size of small print, in pixels.
pub(super) const SMALL: f64 = 12.0;
/// The one member in the pictures, whoever is mentioned.
pub(super) const MEMBER: &str = "sam";

/// Breaks markdown into lines that are at most `width` pixels wide at `size` pixels a letter.
pub(super) fn lines(markdown: &str, size: f64, width: f64) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut in_block = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
            continue;
        }
        if in_block {
            // Nothing in a block is markdown.
            let run = Run {
                text: line.to_owned(),
                style: Style::default(),
            };
            lines.extend(
                wrap(&[run], size, width - 14.0)
                    .into_iter()
                    .map(|runs| Line {
                        lead: Lead::Block,
                        runs,
                    }),
            );
            continue;
        }
        let (lead, rest) = match (line.strip_prefix("> "), line.strip_prefix("-# ")) {
            (Some(rest), _) => (Lead::Quote, rest),
            (_, Some(rest)) => (Lead::Small, rest),
            _ => (Lead::Plain, line),
        };
        let indent = if lead == Lead::Quote { 14.0 } else { 0.0 };
        let size = if lead == Lead::Small {
            SMALL.min(size)
        } else {
            size
        };
        lines.extend(
            wrap(&runs(rest), size, width - indent)
                .into_iter()
                .map(|runs| Line { lead, runs }),
        );
    }
    lines
}

/// The runs of one line of markdown: bold, links and escapes, which is all that replies use.
fn runs(line: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut style = Style::default();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("**") {
            style.bold = !style.bold;
            rest = after;
        } else if let Some((shown, after)) = reference(rest) {
            // Times are no links.
            push(
                &mut runs,
                &shown,
                Style {
                    bold: style.bold,
                    link: !rest.starts_with("<t:"),
                },
            );
            rest = after;
        } else if let Some((label, after)) = link(rest) {
            for run in self::runs(label) {
                push(
                    &mut runs,
                    &run.text,
                    Style {
                        bold: style.bold || run.style.bold,
                        link: true,
                    },
                );
            }
            rest = after;
        } else if let Some((inside, after)) =
            rest.strip_prefix('<').and_then(|rest| rest.split_once('>'))
        {
            // An address that is not to be unfolded.
            push(
                &mut runs,
                inside,
                Style {
                    link: true,
                    ..style
                },
            );
            rest = after;
        } else {
            let escaped =
                first == '\\' && rest[1..].starts_with(|c: char| c.is_ascii_punctuation());
            let shown = if escaped {
                &rest[1..2]
            } else {
                &rest[..first.len_utf8()]
            };
            push(&mut runs, shown, style);
            rest = &rest[usize::from(escaped) + shown.len()..];
        }
    }
    runs
}

/// A channel, member, role or time at the start of the text as Discord shows it, with names of a made-up server; and what
/// follows.
fn reference(text: &str) -> Option<(String, &str)> {
    let (inside, after) = text.strip_prefix('<')?.split_once('>')?;
    let number = |text: &str| text.parse::<i64>().ok();
    let shown = if let Some(id) = inside.strip_prefix('#') {
        number(id).map(|_| "#career-news".to_owned())?
    } else if let Some(id) = inside.strip_prefix("@&") {
        number(id).map(|_| "@nurses".to_owned())?
    } else if let Some(id) = inside.strip_prefix('@') {
        number(id).map(|_| format!("@{MEMBER}"))?
    } else {
        let (second, style) = inside.strip_prefix("t:")?.split_once(':')?;
        let time = jiff::Timestamp::from_second(number(second)?)
            .ok()?
            .in_tz("America/New_York")
            .ok()?;
        // As Discord writes them for a member in the US; the other styles are drawn as the longest one.
        let form = if style == "D" {
            "%B %-d, %Y"
        } else {
            "%A, %B %-d, %Y at %-I:%M %p"
        };
        time.strftime(form).to_string()
    };
    Some((shown, after))
}

/// A link at the start of the text: its label, and what follows.
fn link(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find("](")?;
    let after = inside.get(end + 2..)?;
    Some((&inside[..end], after.get(after.find(')')? + 1..)?))
}

fn push(runs: &mut Vec<Run>, text: &str, style: Style) {
    match runs.last_mut() {
        Some(last) if last.style == style => last.text.push_str(text),
        _ => runs.push(Run {
            text: text.to_owned(),
            style,
        }),
    }
}

fn wrap(runs: &[Run], size: f64, most: f64) -> Vec<Vec<Run>> {
    let mut lines = vec![Vec::new()];
    let mut used = 0.0;
    for run in runs {
        for word in run.text.split_inclusive(' ') {
            let word_width = width(word, size, run.style.bold);
            let begun = lines.last().is_some_and(|line: &Vec<Run>| !line.is_empty());
            if begun && used + width(word.trim_end(), size, run.style.bold) > most {
                lines.push(Vec::new());
                used = 0.0;
            }
            if let Some(line) = lines.last_mut() {
                push(line, word, run.style);
            }
            used += word_width;
        }
    }
    lines
}

/// The width of a text in pixels, about that of DejaVu Sans, which is wide.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let letter = |c: char| match c {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | '|' | '!' | ':' | ';' | ' ' => 0.32,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | 'I' => 0.41,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' => 0.92,
        'A'..='Z' | '+' | '…' => 0.70,
        c if u32::from(c) > 0x1_0000 => 1.25,
        _ => 0.61,
    };
    let sum: f64 = text.chars().map(letter).sum();
    sum * size * if bold { 1.1 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_links_and_escapes_are_read_and_nothing_of_them_is_shown() {
        let found = runs(r"a \*b\* **c [d](https://x.org/y)** e");
        let texts: Vec<(&str, bool, bool)> = found
            .iter()
            .map(|run| (run.text.as_str(), run.style.bold, run.style.link))
            .collect();
        assert_eq!(
            texts,
            [
                ("a *b* ", false, false),
                ("c ", true, false),
                ("d", true, true),
                (" e", false, false)
            ]
        );
    }

    #[test]
    fn mentions_and_addresses_show_what_they_stand_for() {
        let found = runs("By <@4000>: <https://x.org/y> a < b");
        let texts: Vec<&str> = found.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(texts, ["By ", "@sam", ": ", "https://x.org/y", " a < b"]);
    }

    #[test]
    fn what_discord_names_by_number_is_shown_by_name_and_blocks_stand_as_they_are() {
        let text = |markdown: &str| {
            let lines = lines(markdown, 14.0, 900.0);
            let runs = lines.iter().map(|line| {
                line.runs
                    .iter()
                    .map(|run| run.text.as_str())
                    .collect::<String>()
            });
            runs.collect::<Vec<_>>().join("\n")
        };
        assert_eq!(
            text("in <#1> by <@2> for <@&3>, a < b"),
            "in #career-news by @sam for @nurses, a < b"
        );
        assert_eq!(
            text("Next <t:1795442400:F>"),
            "Next Monday, November 23, 2026 at 9:00 AM"
        );
        assert_eq!(text("BLS · <t:1778846400:D>"), "BLS · May 15, 2026");
        assert_eq!(text("x\n```diff\n- **a**\n+ b\n```"), "x\n- **a**\n+ b");
    }

    #[test]
    fn lines_keep_within_their_width_and_lose_no_word() {
        let text =
            "Median pay of registered nurses is stated for the whole country and for each state. "
                .repeat(5);
        let lines = lines(&format!("> {text}"), 14.0, 300.0);
        assert!(lines.len() > 5 && lines.iter().all(|line| line.lead == Lead::Quote));
        let back: String = lines
            .iter()
            .flat_map(|line| &line.runs)
            .map(|run| run.text.as_str())
            .collect();
        assert_eq!(back, text);
    }
}
