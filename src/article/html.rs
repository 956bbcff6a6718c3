//! A web page as blocks of text, and what its head says of itself.
//!
//! Lenient, as pages are: what is not closed is closed at the end. Scripts, menus and forms are left out; where a page marks
//! its article, nothing else is read. Nothing is fetched or run.

use serde_json::Value;

/// A block of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// Whether it is a headline.
    pub(crate) heading: bool,
    /// Its words on one line.
    pub(crate) text: String,
}

/// A page, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) publisher: String,
    /// As the page writes it.
    pub(crate) published: String,
    pub(crate) source: String,
    pub(crate) blocks: Vec<Block>,
}

/// Elements whose content is no text of the page.
const RAW: &[&str] = &["script", "style", "textarea", "title"];
/// Elements around what is not the article.
const FURNITURE: &[&str] = &[
    "nav", "footer", "aside", "form", "noscript", "svg", "template", "button", "select", "iframe",
];
/// Elements that mark the article.
const ARTICLE: &[&str] = &["article", "main"];
/// Elements within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u", "wbr",
];
const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];
/// Which of the head's words say what, the surest first.
const META: &[(&str, fn(&mut Page) -> &mut String)] = &[
    ("og:title", |page| &mut page.title),
    ("article:published_time", |page| &mut page.published),
    ("datepublished", |page| &mut page.published),
    ("date", |page| &mut page.published),
    ("dc.date", |page| &mut page.published),
    ("author", |page| &mut page.author),
    ("article:author", |page| &mut page.author),
    ("dc.creator", |page| &mut page.author),
    ("og:site_name", |page| &mut page.publisher),
    ("og:url", |page| &mut page.source),
];
/// Characters of an article below which the mark around it is not believed.
const LEAST: usize = 200;

/// Whether a text is a web page.
pub(crate) fn is_html(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(300).collect();
    let head = head.to_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html") || head.contains("<head")
}

/// Reads a page.
pub(crate) fn read(html: &str) -> Page {
    let mut walk = Walk::default();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        walk.text(&rest[..open]);
        rest = walk.tag(&rest[open..]);
    }
    walk.text(rest);
    walk.finish()
}

#[derive(Default)]
struct Walk {
    page: Page,
    marked: Vec<Block>,
    meta: Vec<(String, String)>,
    line: String,
    heading: bool,
    /// Open elements around what is not the article, by name.
    furniture: Vec<&'static str>,
    article: usize,
}

impl Walk {
    fn text(&mut self, text: &str) {
        if self.furniture.is_empty() {
            self.line.push_str(text);
        }
    }

    /// Ends a block.
    fn end(&mut self) {
        let text = one_line(&decode(&std::mem::take(&mut self.line)));
        let block = Block {
            heading: self.heading,
            text,
        };
        if block.text.is_empty() {
            return;
        }
        if self.article > 0 {
            self.marked.push(block.clone());
        }
        self.page.blocks.push(block);
    }

    /// Reads the tag that a text begins with; gives what follows it.
    fn tag<'a>(&mut self, text: &'a str) -> &'a str {
        if let Some(comment) = text.strip_prefix("<!--") {
            return comment.split_once("-->").map_or("", |(_, rest)| rest);
        }
        let closes = text.starts_with("</");
        let from = if closes { 2 } else { 1 };
        let begins = text[from..].starts_with(|c: char| c.is_ascii_alphabetic());
        if !begins && !text.starts_with("<!") && !text.starts_with("<?") {
            self.text("<");
            return &text[1..];
        }
        let (inside, rest) = split_tag(&text[from..]);
        let name: String = inside
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect::<String>()
            .to_lowercase();
        if closes {
            self.close(&name);
            return rest;
        }
        self.open(&name, inside);
        match RAW.iter().find(|raw| **raw == name) {
            Some(raw) => self.raw(raw, inside, rest),
            None => rest,
        }
    }

    /// The content of an element that holds no tags.
    fn raw<'a>(&mut self, name: &str, inside: &str, rest: &'a str) -> &'a str {
        let close = format!("</{name}");
        let end = find_ignoring_case(rest, &close).unwrap_or(rest.len());
        let content = &rest[..end];
        if name == "title" && self.page.title.is_empty() {
            self.page.title = one_line(&decode(content));
        }
        if name == "script"
            && attribute(inside, "type").is_some_and(|kind| kind.contains("ld+json"))
            && let Ok(value) = serde_json::from_str::<Value>(content)
        {
            linked_data(&value, &mut self.meta, 0);
        }
        rest[end..].split_once('>').map_or("", |(_, rest)| rest)
    }

    fn open(&mut self, name: &str, inside: &str) {
        match name {
            "meta" => {
                let key = ["property", "name", "itemprop"]
                    .iter()
                    .find_map(|key| attribute(inside, key));
                if let (Some(key), Some(value)) = (key, attribute(inside, "content")) {
                    self.meta.push((key.to_lowercase(), value));
                }
            }
            "link" => {
                let canonical = attribute(inside, "rel").is_some_and(|rel| rel == "canonical");
                if let Some(address) = attribute(inside, "href").filter(|_| canonical) {
                    self.page.source = address;
                }
            }
            "time" => {
                if let Some(date) = attribute(inside, "datetime") {
                    self.meta.push(("date".to_owned(), date));
                }
            }
            _ => {}
        }
        if inside.ends_with('/') && !INLINE.contains(&name) {
            self.end();
            return;
        }
        if let Some(known) = FURNITURE.iter().find(|known| **known == name) {
            self.end();
            self.furniture.push(known);
        } else if ARTICLE.contains(&name) {
            self.end();
            self.article += 1;
        } else if !INLINE.contains(&name) {
            self.end();
            self.heading = HEADINGS.contains(&name);
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(place) = self.furniture.iter().rposition(|known| *known == name) {
            self.furniture.truncate(place);
            self.line.clear();
        } else if ARTICLE.contains(&name) {
            self.end();
            self.article = self.article.saturating_sub(1);
        } else if !INLINE.contains(&name) {
            self.end();
            self.heading = false;
        }
    }

    fn finish(mut self) -> Page {
        self.end();
        let length: usize = self.marked.iter().map(|block| block.text.len()).sum();
        let mut page = self.page;
        if length >= LEAST {
            page.blocks = self.marked;
        }
        // A page's own title often has the site's name behind it: the one that it gives to others has not.
        let mut told = Page::default();
        for (key, place) in META {
            let value = self.meta.iter().find(|(known, _)| known == key);
            let field = place(&mut told);
            if let Some((_, value)) = value.filter(|_| field.is_empty()) {
                *field = one_line(value);
            }
        }
        let or = |told: String, own: String| if told.is_empty() { own } else { told };
        page.title = or(told.title, page.title);
        page.source = or(page.source, told.source);
        page.author = told.author;
        page.publisher = told.publisher;
        page.published = told.published;
        page
    }
}

/// What stands within a tag, without its brackets, and what follows it. A bracket in quotation marks ends nothing.
fn split_tag(text: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return (&text[..at], &text[at + 1..]),
            _ => {}
        }
    }
    // A quotation mark that is never closed: the next bracket ends the tag.
    match text.split_once('>') {
        Some((inside, rest)) => (inside, rest),
        None => (text, ""),
    }
}

/// The value of an attribute.
fn attribute(inside: &str, name: &str) -> Option<String> {
    let mut from = 0;
    while let Some(at) = find_ignoring_case(&inside[from..], name) {
        let at = from + at;
        from = at + name.len();
        let alone = inside[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let Some(value) = inside[from..].trim_start().strip_prefix('=') else {
            continue;
        };
        if !alone {
            continue;
        }
        let value = value.trim_start();
        let value = match value.chars().next() {
            Some(mark @ ('"' | '\'')) => value[1..].split(mark).next(),
            _ => value.split(char::is_whitespace).next(),
        };
        return value
            .map(|value| one_line(&decode(value)))
            .filter(|value| !value.is_empty());
    }
    None
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    text.windows(wanted.len())
        .position(|window| window.eq_ignore_ascii_case(wanted))
}

/// How deep linked data are looked into.
const DEEPEST: usize = 6;

/// What linked data say of the article: keys as [`META`] has them.
fn linked_data(value: &Value, meta: &mut Vec<(String, String)>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(values) => values
            .iter()
            .for_each(|value| linked_data(value, meta, depth + 1)),
        Value::Object(fields) => {
            let name = |key: &str| {
                let value = fields.get(key)?;
                let first = value.get(0).unwrap_or(value);
                first
                    .as_str()
                    .or_else(|| first.get("name")?.as_str())
                    .map(str::to_owned)
            };
            for (key, known) in [
                ("datePublished", "datepublished"),
                ("author", "author"),
                ("publisher", "og:site_name"),
                ("headline", "og:title"),
            ] {
                meta.extend(name(key).map(|value| (known.to_owned(), value)));
            }
            fields
                .values()
                .filter(|value| value.is_array() || value.is_object())
                .for_each(|value| linked_data(value, meta, depth + 1));
        }
        _ => {}
    }
}

/// Names of characters that articles use.
const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("mdash", "—"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("deg", "°"),
    ("frac12", "½"),
    ("euro", "€"),
    ("pound", "£"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("aacute", "á"),
    ("ntilde", "ñ"),
    ("ouml", "ö"),
    ("uuml", "ü"),
];

/// The text with its named and numbered characters written out.
fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.as_bytes().iter().take(12).position(|b| *b == b';');
        let written = end.and_then(|end| character(&rest[1..end]).map(|written| (written, end)));
        match written {
            Some((written, end)) => {
                out.push_str(&written);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    NAMED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, written)| (*written).to_owned())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_page_gives_its_article_and_what_its_head_says() {
        let page = read(
            "<!DOCTYPE html><html><head><title>Nurses at home | News</title>\
             <meta property='og:title' content='Nurses at home'><meta name=author content=\"Ann &amp; Bo\">\
             <link rel=\"canonical\" href=\"https://example.org/a?x=1&amp;y=2\">\
             <script type=\"application/ld+json\">{\"@graph\":[{\"datePublished\":\"2026-10-03T00:00\",\"publisher\":{\"name\":\"Example News\"}}]}</script>\
             <style>p{color:red}</style></head><body><nav><p>Menu</p></nav><article><h1>Nurses at home</h1>\
             <p>First <b>para</b>graph&nbsp;&#8211; it is <i>long</i> enough to be believed, as it goes on for more than two hundred \
             characters when all of its blocks are counted together.</p><!-- <p>no</p> --><ul><li>An item<li>Another</ul>\
             <form>Sign up</form><p>Last one, 5 < 6 & so on, which makes it long enough.</p></article><footer>© us</footer></body></html>",
        );
        let shown: Vec<(bool, &str)> = page
            .blocks
            .iter()
            .map(|block| (block.heading, block.text.as_str()))
            .collect();
        assert_eq!(shown.len(), 5, "{shown:?}");
        assert_eq!(shown[0], (true, "Nurses at home"));
        assert!(
            shown[1].1.starts_with("First paragraph – it is long"),
            "{shown:?}"
        );
        assert_eq!(shown[3], (false, "Another"));
        assert!(
            shown[4].1.starts_with("Last one, 5 < 6 & so on"),
            "{shown:?}"
        );
        assert_eq!(
            [
                &page.title,
                &page.author,
                &page.publisher,
                &page.published,
                &page.source
            ],
            [
                "Nurses at home",
                "Ann & Bo",
                "Example News",
                "2026-10-03T00:00",
                "https://example.org/a?x=1&y=2"
            ]
        );
    }

    proptest! {
        #[test]
        fn no_page_breaks_the_reader(html in "(<|>|</|<!--|-->|\"|'|=|&|;|#x|script|article|nav|p|h1|meta|content|é|[ a-z0-9]){0,60}") {
            let page = read(&html);
            prop_assert!(page.blocks.iter().all(|block| !block.text.is_empty()));
        }
    }
}
