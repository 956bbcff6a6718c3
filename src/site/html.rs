//! Pieces of a page: text made safe, links, paragraphs and lists, and what stands around every page.
//!
//! Every page is well-formed as XML, too, so that a test can read it strictly.

use std::fmt::Write as _;

/// A text as it stands in HTML, in an attribute too.
pub(super) fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            letter => safe.push(letter),
        }
    }
    safe
}

/// A link; the text alone where there is no address.
pub(super) fn link(address: &str, text: &str) -> String {
    if address.is_empty() {
        return safe(text);
    }
    format!("<a href=\"{}\">{}</a>", safe(address), safe(text))
}

/// A list of ready pieces; nothing where there are none.
pub(super) fn list(pieces: &[String]) -> String {
    if pieces.is_empty() {
        return String::new();
    }
    format!("<ul>\n<li>{}</li>\n</ul>\n", pieces.join("</li>\n<li>"))
}

/// The plain text of a section: lines that begin with a bullet or a number are lists, others are paragraphs.
pub(super) fn prose(text: &str) -> String {
    let mut html = String::new();
    let mut open = "";
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let numbered = line
            .split_once(". ")
            .filter(|(number, _)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
        let (kind, rest) = match (line.strip_prefix("• "), numbered) {
            (Some(rest), _) => ("ul", rest),
            (None, Some((_, rest))) => ("ol", rest),
            (None, None) => ("", line),
        };
        if open != kind {
            close(&mut html, open);
            if !kind.is_empty() {
                let _ = writeln!(html, "<{kind}>");
            }
            open = kind;
        }
        let tag = if kind.is_empty() { "p" } else { "li" };
        let _ = writeln!(html, "<{tag}>{}</{tag}>", safe(rest));
    }
    close(&mut html, open);
    html
}

fn close(html: &mut String, open: &str) {
    if !open.is_empty() {
        let _ = writeln!(html, "</{open}>");
    }
}

/// A page before it is written.
pub(super) struct Page<'a> {
    /// The way up to the first page: empty there, else `../`.
    pub(super) up: &'a str,
    /// Its headline.
    pub(super) title: &'a str,
    /// One sentence on it.
    pub(super) about: &'a str,
    /// What search engines are told, as JSON; may be empty.
    pub(super) data: &'a str,
    /// What stands below the headline.
    pub(super) body: &'a str,
}

impl Page<'_> {
    /// The whole page.
    pub(super) fn html(&self) -> String {
        let Self {
            up,
            title,
            about,
            data,
            body,
        } = self;
        let data = if data.is_empty() {
            String::new()
        } else {
            // In JSON, too, these may be written so; in HTML they would end the element.
            let data = data.replace('<', "\\u003c").replace('&', "\\u0026");
            format!("<script type=\"application/ld+json\">{data}</script>\n")
        };
        let (name, about) = (safe(title), safe(about));
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n\
             <meta name=\"color-scheme\" content=\"light dark\" />\n<meta name=\"description\" content=\"{about}\" />\n\
             <title>{name} · careers in US healthcare</title>\n<link rel=\"stylesheet\" href=\"{up}site.css\" />\n{data}\
             <script src=\"{up}topics.js\" defer=\"defer\"></script>\n<script src=\"{up}site.js\" defer=\"defer\"></script>\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#main\">Skip to the text</a>\n<header>\n<nav aria-label=\"Site\">\n<a href=\"{up}index.html\">Careers in US healthcare</a>\n\
             <a href=\"{up}roles/index.html\">Roles</a>\n<a href=\"{up}trends/index.html\">Trends</a>\n<a href=\"{up}sources/index.html\">Sources</a>\n</nav>\n\
             <form id=\"search\" role=\"search\" data-up=\"{up}\" hidden=\"hidden\">\n<label for=\"words\">Search</label>\n\
             <input id=\"words\" type=\"search\" autocomplete=\"off\" placeholder=\"a job, a trend\" />\n<ul id=\"found\" aria-live=\"polite\" hidden=\"hidden\"></ul>\n</form>\n</header>\n\
             <main id=\"main\">\n<h1>{name}</h1>\n{body}</main>\n</body>\n</html>\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(safe("a<b>&\"c\""), "a&lt;b&gt;&amp;&quot;c&quot;");
        assert_eq!(link("", "<x>"), "&lt;x&gt;");
        assert_eq!(
            prose("One.\n• a\n• b\n1. c\n2. d\nTwo."),
            "<p>One.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol>\n<li>c</li>\n<li>d</li>\n</ol>\n<p>Two.</p>\n"
        );
    }
}
