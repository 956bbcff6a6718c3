//! Markdown that somebody else wrote, as plain text: what it says, without what it could do.
//!
//! Formatting goes, links show where they lead, and what looks like HTML stays as it was typed. Any text is accepted. Knows
//! nothing of who wrote it or where it is shown.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The text of a markdown document: blocks apart by an empty line, items on lines that begin with "•" or their number.
pub fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut links: Vec<(String, usize)> = Vec::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::List(start)) => {
                if lists.is_empty() {
                    end_block(&mut out);
                }
                lists.push(start);
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
            }
            Event::Start(Tag::Item) => {
                end_line(&mut out);
                match lists.last_mut() {
                    Some(Some(number)) => {
                        out.push_str(&format!("{number}. "));
                        *number = number.saturating_add(1);
                    }
                    _ => out.push_str("• "),
                }
            }
            // The paragraph of an item stands on the item's line.
            Event::Start(Tag::Paragraph)
                if out.ends_with("• ") || out.ends_with(". ") && !lists.is_empty() => {}
            Event::Start(
                Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::BlockQuote(_),
            ) => {
                if lists.is_empty() {
                    end_block(&mut out)
                } else {
                    end_line(&mut out)
                }
            }
            Event::Start(Tag::HtmlBlock) => end_block(&mut out),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                links.push((dest_url.to_string(), out.len()));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let Some((address, from)) = links.pop() else {
                    continue;
                };
                let label = out.get(from..).unwrap_or_default().trim().to_owned();
                // A label that is another address would hide where the link leads, so that the address is always shown.
                if label.is_empty() {
                    out.push_str(&address);
                } else if label != address && !address.is_empty() {
                    out.push_str(&format!(" ({address})"));
                }
            }
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                out.push_str(&text)
            }
            Event::SoftBreak | Event::HardBreak => end_line(&mut out),
            Event::Rule => end_block(&mut out),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out.drain(..out.len() - out.trim_start().len());
    out
}

fn end_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

fn end_block(out: &mut String) {
    end_line(out);
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::plain;

    #[test]
    fn formatting_goes_and_words_stay() {
        for (markdown, expected) in [
            (
                "# Study hall\n\nEvery **Tuesday**, _7 pm_.\nBring `notes`.",
                "Study hall\n\nEvery Tuesday, 7 pm.\nBring notes.",
            ),
            (
                "Do:\n\n- one\n- two\n  - three\n\nThen:\n\n1. a\n2. b",
                "Do:\n\n• one\n• two\n• three\n\nThen:\n\n1. a\n2. b",
            ),
            (
                "[free money](https://evil.example/x)",
                "free money (https://evil.example/x)",
            ),
            (
                "[https://good.example](https://evil.example)",
                "https://good.example (https://evil.example)",
            ),
            ("<https://a.example>", "https://a.example"),
            (
                "![x](https://a.example/i.png)",
                "x (https://a.example/i.png)",
            ),
            (
                "Hi <@123> and @everyone <b>now</b>",
                "Hi <@123> and @everyone <b>now</b>",
            ),
            ("", ""),
        ] {
            assert_eq!(plain(markdown), expected, "{markdown}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_refused(text in "\\PC{0,200}|[-*_#>\\[\\]()`0-9.\n a<]{0,80}") {
            let _ = plain(&text);
        }
    }
}
