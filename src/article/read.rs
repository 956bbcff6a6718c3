//! A file or a text as an [`Article`]: plain text, markdown or a web page, told apart by its name and its beginning.

use crate::article::{dates, head, html};
use crate::knowledge::check::boilerplate_in;
use crate::knowledge::plain::plain;

/// The largest file, in bytes.
pub const LARGEST: usize = 1024 * 1024;
/// More paragraphs are not read.
const MOST_PARAGRAPHS: usize = 400;
/// Most characters of a title.
const TITLE: usize = 100;
/// An article has so many words at least.
const LEAST_WORDS: usize = 30;
/// How a file that is read may end.
pub const ENDS: &[&str] = &[".txt", ".md", ".markdown", ".html", ".htm"];

/// An article as it was brought in. What was not found is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// Where it was published.
    pub publisher: String,
    /// When: `YYYY-MM-DD` or `YYYY-MM`.
    pub published: String,
    /// Its address.
    pub source: String,
    /// Headlines (`true`) and paragraphs, in order.
    pub paragraphs: Vec<(bool, String)>,
}

/// Why a file gives no article; each says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// Too large.
    #[error("it has {0} KB, and at most {max} KB are read: cut it down to the article", max = LARGEST / 1024)]
    TooLarge(u64),
    /// A kind that is not read.
    #[error(
        "PDF files are not read, as nothing that reads them is safe with a file from anywhere: save its text as .txt, or copy it into the form"
    )]
    Pdf,
    /// A kind that is not read.
    #[error(
        "only text (.txt), markdown (.md) and web pages (.html) are read: save it as one of them, or copy its text into the form"
    )]
    Kind,
    /// No text.
    #[error("it is no UTF-8 text: save it as UTF-8")]
    NotText,
    /// Nothing to work with.
    #[error("it has {0} words of text, which is no article: at least {LEAST_WORDS}")]
    Short(usize),
}

/// Whether a file can be read at all, by its name and size.
///
/// # Errors
/// Says why not, and what to do.
pub fn fits(name: &str, size: u64) -> Result<(), Unread> {
    let name = name.to_lowercase();
    if name.ends_with(".pdf") {
        return Err(Unread::Pdf);
    }
    if !ENDS.iter().any(|end| name.ends_with(end)) {
        return Err(Unread::Kind);
    }
    if size > LARGEST as u64 {
        return Err(Unread::TooLarge(size.div_ceil(1024)));
    }
    Ok(())
}

/// Reads a file of that name.
///
/// # Errors
/// Says why it gives no article, and what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Article, Unread> {
    fits(name, bytes.len() as u64)?;
    if bytes.starts_with(b"%PDF") {
        return Err(Unread::Pdf);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Unread::NotText)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut article = text_of(&name.to_lowercase(), text);
    if article.title.is_empty() {
        article.title = titled(name);
    }
    let words = words(&article);
    if words < LEAST_WORDS {
        return Err(Unread::Short(words));
    }
    Ok(article)
}

/// Reads a text that was typed or pasted.
///
/// # Errors
/// When it is too short to be an article.
pub fn pasted(text: &str) -> Result<Article, Unread> {
    let article = text_of("", text);
    let words = words(&article);
    if words < LEAST_WORDS {
        return Err(Unread::Short(words));
    }
    Ok(article)
}

/// The paragraphs of a piece of a web page, or of plain text, in which markup is left out.
pub fn fragment(html: &str) -> Vec<String> {
    let blocks = html::read(html).blocks.into_iter();
    blocks
        .map(|block| block.text)
        .take(MOST_PARAGRAPHS)
        .collect()
}

fn words(article: &Article) -> usize {
    let texts = article.paragraphs.iter().filter(|(heading, _)| !heading);
    texts
        .map(|(_, text)| crate::knowledge::check::page::words(text))
        .sum()
}

fn text_of(name: &str, text: &str) -> Article {
    let page = name.ends_with(".html") || name.ends_with(".htm");
    let mut article = if page || html::is_html(text) {
        web_page(text)
    } else {
        written(text, name.ends_with(".md") || name.ends_with(".markdown"))
    };
    article
        .paragraphs
        .retain(|(_, text)| boilerplate_in(text).is_none());
    let head = head::take(&mut article.paragraphs);
    for (field, found) in [
        (&mut article.author, head.author),
        (&mut article.publisher, head.publisher),
        (&mut article.published, head.published),
        (&mut article.source, head.source),
    ] {
        if field.is_empty() {
            *field = found;
        }
    }
    // The first line is the title where it is a headline and what follows is more than it.
    let first = article
        .paragraphs
        .first()
        .filter(|(_, text)| head::is_headline(text));
    if let Some((_, first)) = first.cloned() {
        if article.title.is_empty() {
            article.title = first.clone();
        }
        if article.title == first {
            article.paragraphs.remove(0);
        }
    }
    for (heading, text) in &mut article.paragraphs {
        *heading |= head::is_headline(text);
    }
    article.paragraphs.truncate(MOST_PARAGRAPHS);
    article.title = cut(&article.title, TITLE);
    article
}

fn web_page(text: &str) -> Article {
    let page = html::read(text);
    Article {
        title: page.title,
        author: page.author,
        publisher: page.publisher,
        published: dates::find(&page.published).unwrap_or_default(),
        source: Some(page.source)
            .filter(|source| head::is_address(source))
            .unwrap_or_default(),
        paragraphs: page
            .blocks
            .into_iter()
            .map(|block| (block.heading, block.text))
            .collect(),
    }
}

/// Plain text or markdown: paragraphs lie apart by empty lines; where there are none, each line is one.
fn written(text: &str, markdown: bool) -> Article {
    let mut article = Article::default();
    let text = text.replace("\r\n", "\n");
    let mut body = text.as_str();
    if let Some((keys, rest)) = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---"))
    {
        front_matter(keys, &mut article);
        body = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    let first = body.lines().find_map(|line| line.strip_prefix("# "));
    let marked = markdown || first.is_some();
    if let Some(title) = first.filter(|_| article.title.is_empty()) {
        article.title = plain(title).replace('\n', " ");
    }
    let plain = if marked { plain(body) } else { body.to_owned() };
    let blank = plain.trim().contains("\n\n") || plain.lines().any(|line| line.trim().is_empty());
    let blocks: Vec<String> = if blank {
        let mut blocks = vec![String::new()];
        for line in plain.lines().map(str::trim) {
            let item = line.starts_with('•');
            match blocks.last_mut() {
                _ if line.is_empty() || item => blocks.push(line.to_owned()),
                Some(last) if last.is_empty() => last.push_str(line),
                Some(last) => {
                    last.push(' ');
                    last.push_str(line);
                }
                None => {}
            }
        }
        blocks
    } else {
        plain.lines().map(str::to_owned).collect()
    };
    article.paragraphs = blocks
        .into_iter()
        .map(|block| block.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|block| !block.is_empty())
        .map(|block| (false, block))
        .collect();
    article
}

/// Keys above a markdown text, as many programs write them.
fn front_matter(keys: &str, article: &mut Article) {
    for line in keys.lines() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        match key.trim().to_lowercase().as_str() {
            "title" => article.title = value,
            "author" => article.author = value,
            "date" | "published" => article.published = dates::find(&value).unwrap_or_default(),
            "source" | "url" | "link" if head::is_address(&value) => article.source = value,
            "publisher" | "site" => article.publisher = value,
            _ => {}
        }
    }
}

/// A file's name as a title: `future-of-jobs.txt` is `Future of jobs`.
fn titled(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem.replace(['-', '_'], " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn cut(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut short = String::new();
    for word in text.split(' ') {
        if short.encode_utf16().count() + word.encode_utf16().count() + 2 > most {
            break;
        }
        short.push_str(word);
        short.push(' ');
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BODY: &str = "Nurses who work from home answer calls of patients all over the country, and their number grows.\n\nHospitals say that they find more people for such work than for any other that they offer, by far and everywhere.";

    #[test]
    fn a_text_gives_its_title_and_paragraphs() {
        let text = format!("Nurses at home\n\nBy Ann Ames\n\n{BODY}\n\nLeave a Reply\n");
        let article = read("notes.txt", text.as_bytes()).expect("an article");
        assert_eq!(
            (article.title.as_str(), article.author.as_str()),
            ("Nurses at home", "Ann Ames")
        );
        assert_eq!(article.paragraphs.len(), 2, "{article:?}");
        let bare = read("future-of_jobs.txt", BODY.as_bytes()).expect("an article");
        assert_eq!(bare.title, "Future of jobs");
        assert_eq!(pasted(BODY).expect("an article").title, "");
    }

    #[test]
    fn markdown_and_pages_are_read_by_what_they_are() {
        let text = format!(
            "---\ntitle: \"At home\"\ndate: 2026-10-03\nurl: https://example.org/a\n---\n\n# Other\n\n{BODY}\n\n- **An** item"
        );
        let article = read("a.md", text.as_bytes()).expect("an article");
        assert_eq!(
            [&article.title, &article.published, &article.source],
            ["At home", "2026-10-03", "https://example.org/a"]
        );
        assert!(
            article.paragraphs.contains(&(true, "Other".to_owned())),
            "{article:?}"
        );
        let page = format!("<html><body><h1>Home</h1><p>{BODY}</p></body></html>");
        let article = pasted(&page).expect("an article");
        assert_eq!(article.title, "Home");
    }

    #[test]
    fn what_is_no_article_is_refused_with_what_to_do() {
        for (name, bytes, says) in [
            ("a.pdf", &b"%PDF-1.7"[..], "PDF files are not read"),
            ("a.txt", b"%PDF-1.7", "PDF files are not read"),
            ("a.docx", b"", "only text"),
            ("a.txt", b"\xff\xfe", "UTF-8"),
            ("a.txt", b"Two words.", "2 words"),
        ] {
            let error = read(name, bytes).expect_err("refused");
            assert!(error.to_string().contains(says), "{name}: {error}");
        }
        assert!(
            fits("a.txt", LARGEST as u64 + 1)
                .expect_err("large")
                .to_string()
                .contains("1025 KB")
        );
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "(# |---\n|By |: |\n|<p>|[a-zé ]{1,12}){0,60}") {
            for name in ["a.txt", "a.md", "a.html"] {
                let _ = read(name, &bytes);
                let _ = read(name, text.as_bytes());
            }
        }
    }
}
