//! A feed (RSS, Atom or JSON Feed) as items: plain text, bounded, the newest first.

use jiff::Timestamp;
use reqwest::Url;

use crate::article::read::fragment;

/// Items of a feed that are looked at, the newest.
pub const MOST: usize = 30;
/// The longest title and author, in characters.
const TITLE: usize = 200;
/// The longest address and name, in bytes.
const ADDRESS: usize = 500;
/// The longest text, in characters.
const TEXT: usize = 20_000;

/// Something that stands in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Tells it from the feed's other items, for ever.
    pub name: String,
    /// Its title on one line; never empty.
    pub title: String,
    /// Its address, `https` or `http`; may be empty.
    pub link: String,
    /// Who wrote it; may be empty.
    pub author: String,
    /// When it was published, where that is said.
    pub published: Option<Timestamp>,
    /// What it says: paragraphs with an empty line between them; may be empty.
    pub text: String,
}

/// Reads a feed. Any bytes are accepted; entities that a feed defines itself stay unread.
///
/// # Errors
/// When it is no feed.
pub fn read(bytes: &[u8]) -> Result<Vec<Item>, NoFeed> {
    let feed = feed_rs::parser::parse(bytes).map_err(|_| NoFeed)?;
    let mut items: Vec<Item> = feed.entries.into_iter().filter_map(item).collect();
    // A stable sort: what says no day stays where it stands, behind what does.
    items.sort_by_key(|item| std::cmp::Reverse(item.published));
    items.truncate(MOST);
    Ok(items)
}

/// The bytes are no feed that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no RSS or Atom feed")]
pub struct NoFeed;

fn item(entry: feed_rs::model::Entry) -> Option<Item> {
    let links = entry.links.iter().filter_map(|link| address(&link.href));
    let link = links.into_iter().next().unwrap_or_default();
    let title = entry
        .title
        .map(|title| line(&title.content))
        .unwrap_or_default();
    let title = if title.is_empty() { line(&link) } else { title };
    let said = entry.content.and_then(|content| content.body);
    let said = said.or(entry.summary.map(|summary| summary.content));
    let text = fragment(&said.unwrap_or_default()).join("\n\n");
    let author = entry
        .authors
        .first()
        .and_then(|author| author.name.as_deref());
    let author = author.map(line);
    let published = entry.published.or(entry.updated);
    let published = published.and_then(|day| Timestamp::from_second(day.timestamp()).ok());
    (!title.is_empty()).then(|| Item {
        name: name(&entry.id),
        title,
        link,
        author: author.unwrap_or_default(),
        published,
        text: text.chars().take(TEXT).collect(),
    })
}

/// The first address that can be opened.
fn address(link: &str) -> Option<String> {
    let url = Url::parse(link.trim()).ok()?;
    let fits = matches!(url.scheme(), "https" | "http")
        && url.host_str().is_some()
        && url.username().is_empty()
        && url.password().is_none()
        && url.as_str().len() <= ADDRESS;
    fits.then(|| url.to_string())
}

/// Markup on one line of plain text.
fn line(markup: &str) -> String {
    let text = fragment(markup).join(" ");
    text.chars()
        .take(TITLE)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// A name of bounded length that no other has.
fn name(id: &str) -> String {
    if id.len() <= ADDRESS {
        return id.to_owned();
    }
    let head: String = id.chars().take(ADDRESS / 8).collect();
    format!("{head} {:08x} {}", crc32fast::hash(id.as_bytes()), id.len())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn rss(items: &str) -> Vec<u8> {
        format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>{items}</channel></rss>").into_bytes()
    }

    #[test]
    fn items_are_plain_text_and_the_newest_come_first() {
        let items = read(&rss(
            "<item><guid>1</guid><title>Older</title><pubDate>Mon, 02 Nov 2026 09:00:00 GMT</pubDate></item>\
             <item><guid>2</guid><title>&lt;b&gt;Nurses&lt;/b&gt; &amp;amp; more &lt;script&gt;alert(1)&lt;/script&gt;</title>\
             <link>https://a.example/two</link><description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two &lt;a href='x'&gt;links&lt;/a&gt;.&lt;/p&gt;</description>\
             <pubDate>Mon, 23 Nov 2026 09:00:00 GMT</pubDate></item>\
             <item><guid>3</guid><title>Undated</title><link>javascript:alert(1)</link></item><item><guid>4</guid></item>",
        ))
        .expect("a feed");
        let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
        assert_eq!(titles, ["Nurses & more", "Older", "Undated"]);
        assert_eq!(items[0].text, "One.\n\nTwo links.");
        assert_eq!(items[0].link, "https://a.example/two");
        assert_eq!(items[2].link, "", "no address that runs something");
        let atom = b"<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>f</id><title>N</title><updated>2026-11-23T09:00:00Z</updated>\
            <entry><id>urn:1</id><title type=\"html\">A &lt;i&gt;day&lt;/i&gt;</title><link href=\"https://a.example/1\"/>\
            <author><name>Lena Okafor</name></author><updated>2026-11-23T09:00:00Z</updated><summary>Short.</summary></entry></feed>";
        let items = read(atom).expect("a feed");
        assert_eq!(
            (
                items[0].title.as_str(),
                items[0].author.as_str(),
                items[0].name.as_str()
            ),
            ("A day", "Lena Okafor", "urn:1")
        );
    }

    #[test]
    fn hostile_feeds_are_bounded() {
        let begun = Instant::now();
        let mut laughs = String::from(
            "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha ha ha ha ha ha ha ha\">",
        );
        for (one, before) in ('b'..='k').zip('a'..='j') {
            let ten = format!("&{before};").repeat(10);
            laughs += &format!("<!ENTITY {one} \"{ten}\">");
        }
        laughs += "<!ENTITY file SYSTEM \"file:///etc/passwd\">]><rss version=\"2.0\"><channel><title>x</title><item><guid>1</guid><title>Ha &k; &file;</title></item></channel></rss>";
        for item in read(laughs.as_bytes()).unwrap_or_default() {
            assert!(
                item.title.len() < 1_000 && !item.title.contains("root"),
                "{item:?}"
            );
        }
        let many = "<item><title>T</title><description>x</description></item>".repeat(15_000);
        assert!(read(&rss(&many)).expect("a feed").len() <= MOST);
        let deep = format!("{}{}", "<p>".repeat(100_000), "</p>".repeat(100_000));
        let deep = rss(&format!(
            "<item><guid>1</guid><title>T</title><description><![CDATA[{deep}]]></description></item>"
        ));
        assert!(read(&deep).is_ok());
        let long = format!(
            "<item><guid>{0}</guid><title>{0}</title><description>{0}</description></item>",
            "é".repeat(100_000)
        );
        let items = read(&rss(&long)).expect("a feed");
        assert!(items[0].name.len() < ADDRESS && items[0].title.chars().count() <= TITLE);
        for bytes in [
            &b""[..],
            b"<html><body>no</body></html>",
            b"\xff\xfe\x00",
            b"{\"a\":",
            b"<rss",
        ] {
            assert!(read(bytes).is_err() || read(bytes).is_ok_and(|items| items.is_empty()));
        }
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "{:?}",
            begun.elapsed()
        );
    }
}
