//! The forms in which an entry or a trend is written, and what was typed into them.
//!
//! Knows no store. What was typed is never lost: where it cannot be saved, it comes back as a file.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serenity::model::application::ModalInteraction;
use serenity::model::id::ChannelId;

use crate::article;
use crate::discord::interaction::form_input::{self, value};
use crate::discord::message::actions::EntryVerb;
use crate::discord::message::body::Message;
use crate::discord::message::components::{Form, TextInput};
use crate::discord::message::custom_id::{Action, EntryAction, Tag};
use crate::discord::message::markdown::truncate;
use crate::discord::state::server_settings;
use crate::knowledge::entry::{Entry, SOURCE, TEXT, TITLE};
use crate::knowledge::own_trend::{self, NAME, OwnTrend, UNDATED};
use crate::knowledge::plain::plain;
use crate::knowledge::{Knowledge, Topic, entry_file};
use crate::store::credits::Origin;
use crate::store::entries::{Content, Version};
use crate::store::{MessageId, UserId};

/// Most characters of the day: room for a mistyped one.
const DAY: usize = 20;
/// Most characters of an article that is pasted, of its quotations, and of what a trend touches. Source: Discord
/// documentation, "Text Input", `max_length`.
const LONGEST: usize = 4_000;

/// An empty form, with the title that it may begin with. The review is proposed for a year from now.
pub fn new(title: &str, today: Date, gap: Option<Tag>) -> Option<Form> {
    let next = today.checked_add(1.year()).unwrap_or(today);
    let work = EntryAction {
        verb: EntryVerb::New,
        entry: 0,
        version: 0,
        gap,
    };
    let content = Content {
        title: truncate(title, TITLE),
        review_on: next.to_string(),
        ..Content::default()
    };
    entry(work, "A new entry", &content)
}

/// The form for an entry that is made of a message with this text, at this address.
pub fn keep(said: &str, link: String, today: Date, origin: &Origin) -> Option<Form> {
    let next = today.checked_add(1.year()).unwrap_or(today);
    let work = EntryAction {
        verb: EntryVerb::Keep,
        entry: origin.message.get().cast_signed(),
        version: origin.author.get().cast_signed(),
        gap: None,
    };
    // A message that begins with a line of its own has a title; else only a person can say what it is about.
    let head = said.split_once('\n').map(|(head, _)| plain(head));
    let title = head
        .map(|head| head.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|head| head.chars().count() <= TITLE);
    let content = Content {
        title: title.unwrap_or_default(),
        text: said.to_owned(),
        source: link,
        review_on: next.to_string(),
        ..Content::default()
    };
    entry(work, "Save as knowledge", &content)
}

/// The message that an entry is made of by [`keep`]. The form is filled in where the message stands.
pub fn origin(work: EntryAction, channel: ChannelId) -> Origin {
    Origin {
        channel: server_settings::channel(channel),
        message: MessageId::new(work.entry.cast_unsigned()),
        author: UserId::new(work.version.cast_unsigned()),
    }
}

/// The form with the words of a version: an entry's, or those of a trend.
pub fn edit(version: &Version, gap: Option<Tag>) -> Option<Form> {
    let content = Content::from(version);
    let verb = match &version.trend {
        Some(_) => EntryVerb::EditTrend,
        None => EntryVerb::Edit,
    };
    let work = of(version, verb, gap);
    match trend(version) {
        Some(trend) => {
            let quotes = own_lines(&trend.quotes);
            let figures = own_lines(&trend.figures);
            let inputs = vec![
                title(&content),
                text("Your summary, in your own words", &content),
                input(
                    "quotes",
                    "At most two quoted sentences, one a line",
                    quotes,
                    LONGEST,
                    true,
                    false,
                ),
                input(
                    "figures",
                    "The article's figures, one a line",
                    figures,
                    LONGEST,
                    true,
                    false,
                ),
                review(&content),
            ];
            form(work, "Edit the trend", inputs)
        }
        None => entry(work, "Edit the entry", &content),
    }
}

/// The form with what is said of a trend's article.
pub fn about(version: &Version) -> Option<Form> {
    let trend = trend(version)?;
    let date = if trend.published.is_empty() {
        UNDATED.to_owned()
    } else {
        trend.published
    };
    let inputs = vec![
        source(
            "Address of the article (may be empty)",
            version.source.clone(),
        ),
        input(
            "author",
            "Author (may be empty)",
            trend.author,
            NAME,
            false,
            false,
        ),
        input(
            "publisher",
            "Where it was published (may be empty)",
            trend.publisher,
            NAME,
            false,
            false,
        ),
        input(
            "date",
            "Its date (YYYY-MM-DD), or undated",
            date,
            DAY,
            false,
            true,
        ),
    ];
    form(
        of(version, EntryVerb::EditArticle, None),
        "The article",
        inputs,
    )
}

/// The form with the roles and shipped trends that a trend touches, by their titles.
pub fn links(version: &Version, knowledge: &Knowledge) -> Option<Form> {
    let trend = trend(version)?;
    let titles = |slugs: &[String]| {
        let titles = slugs.iter().map(|slug| {
            let known = knowledge.find(slug).map(|topic| knowledge.title(topic));
            known
                .unwrap_or(slug.trim_start_matches(UNKNOWN).trim())
                .to_owned()
        });
        titles.collect::<Vec<_>>().join("\n")
    };
    let inputs = vec![
        input(
            "roles",
            "Roles that it touches, one a line",
            titles(&trend.roles),
            LONGEST,
            true,
            false,
        ),
        input(
            "trends",
            "Trends that it is near to, one a line",
            titles(&trend.near),
            LONGEST,
            true,
            false,
        ),
    ];
    form(
        of(version, EntryVerb::EditLinks, None),
        "Roles and trends",
        inputs,
    )
}

/// The form into which an article is pasted.
pub fn bring_in() -> Option<Form> {
    let work = EntryAction {
        verb: EntryVerb::BringIn,
        entry: 0,
        version: 0,
        gap: None,
    };
    let empty = String::new;
    let inputs = vec![
        input(
            "article",
            "Text, at most 4,000 characters; else a file",
            empty(),
            LONGEST,
            true,
            true,
        ),
        input(
            "title",
            "Its title (may be empty)",
            empty(),
            TITLE,
            false,
            false,
        ),
        source("Its address (may be empty)", empty()),
        input(
            "author",
            "Its author (may be empty)",
            empty(),
            NAME,
            false,
            false,
        ),
        input(
            "date",
            "Its date (YYYY-MM-DD), or undated",
            empty(),
            DAY,
            false,
            false,
        ),
    ];
    form(work, "Bring in an article", inputs)
}

fn of(version: &Version, verb: EntryVerb, gap: Option<Tag>) -> EntryAction {
    EntryAction {
        verb,
        entry: version.entry,
        version: version.version,
        gap,
    }
}

fn trend(version: &Version) -> Option<OwnTrend> {
    version.trend.as_deref().and_then(OwnTrend::parse)
}

fn own_lines(quotes: &[own_trend::Quote]) -> String {
    quotes
        .iter()
        .map(own_trend::line)
        .collect::<Vec<_>>()
        .join("\n")
}

fn entry(work: EntryAction, head: &'static str, content: &Content) -> Option<Form> {
    let inputs = vec![
        title(content),
        text("Text, at most 3,000 characters", content),
        source(
            "Address of the source (may be empty)",
            content.source.clone(),
        ),
        review(content),
    ];
    form(work, head, inputs)
}

fn form(work: EntryAction, title: &'static str, inputs: Vec<TextInput>) -> Option<Form> {
    Some(Form {
        id: Action::Entry(work).encode()?,
        title,
        inputs,
    })
}

fn title(content: &Content) -> TextInput {
    input(
        "title",
        "Title, at most 100 characters",
        content.title.clone(),
        TITLE,
        false,
        true,
    )
}

fn text(label: &'static str, content: &Content) -> TextInput {
    input("text", label, content.text.clone(), TEXT, true, true)
}

fn source(label: &'static str, value: String) -> TextInput {
    input("source", label, value, SOURCE, false, false)
}

fn review(content: &Content) -> TextInput {
    input(
        "review",
        "To be reviewed on (YYYY-MM-DD)",
        content.review_on.clone(),
        DAY,
        false,
        true,
    )
}

fn input(
    id: &'static str,
    label: &'static str,
    value: String,
    most: usize,
    long: bool,
    required: bool,
) -> TextInput {
    TextInput {
        id,
        label,
        // Discord refuses a form whose input holds more than it takes.
        value: if value.encode_utf16().count() > most {
            truncate(&value, most)
        } else {
            value
        },
        most,
        long,
        required,
    }
}

/// What stands before the name of a role or trend that the knowledge does not have, until it is mended.
pub(crate) const UNKNOWN: &str = "?";

/// What was typed into the form of a verb; what the form does not ask for stays as it was `before`.
pub fn read(
    form: &ModalInteraction,
    verb: EntryVerb,
    knowledge: &Knowledge,
    before: Option<&Version>,
) -> Content {
    let line = |name| {
        value(form, name)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut content = before.map(Content::from).unwrap_or_default();
    let mut trend = before.and_then(self::trend).unwrap_or_default();
    if matches!(
        verb,
        EntryVerb::New | EntryVerb::Keep | EntryVerb::Edit | EntryVerb::EditTrend
    ) {
        content.title = line("title");
        content.text = value(form, "text").trim().to_owned();
        content.review_on = line("review");
    }
    match verb {
        EntryVerb::EditTrend => {
            trend.quotes = own_trend::read_lines(value(form, "quotes"));
            trend.figures = own_trend::read_lines(value(form, "figures"));
        }
        EntryVerb::EditArticle => {
            content.source = line("source");
            trend.author = line("author");
            trend.publisher = line("publisher");
            trend.published = date(&line("date"));
        }
        EntryVerb::EditLinks => {
            let of_kind = |role: bool| move |topic: Topic| matches!(topic, Topic::Role(_)) == role;
            trend.roles = slugs(knowledge, value(form, "roles"), of_kind(true));
            trend.near = slugs(knowledge, value(form, "trends"), of_kind(false));
        }
        EntryVerb::BringIn => {
            content.title = line("title");
            content.text = value(form, "article").trim().to_owned();
            content.source = line("source");
            trend.author = line("author");
            trend.published = date(&line("date"));
        }
        _ => {
            content.source = line("source");
            return content;
        }
    }
    content.trend = Some(trend.write());
    content
}

/// A date as it was typed; empty where there is none. What cannot be read stays, and is said to be wrong.
fn date(typed: &str) -> String {
    if typed.eq_ignore_ascii_case(UNDATED) {
        return String::new();
    }
    article::date(typed).unwrap_or_else(|| typed.to_owned())
}

/// The slugs of what was typed, a title or a slug a line.
fn slugs(knowledge: &Knowledge, typed: &str, fits: impl Fn(Topic) -> bool) -> Vec<String> {
    let lines = typed
        .lines()
        .map(|line| line.trim().trim_start_matches(['•', '-', '?']).trim())
        .filter(|line| !line.is_empty());
    let mut slugs: Vec<String> = Vec::new();
    for line in lines {
        let named =
            |topic: &Topic| knowledge.title(*topic).eq_ignore_ascii_case(line) && fits(*topic);
        let found = knowledge
            .find(line)
            .filter(|topic| fits(*topic))
            .or_else(|| knowledge.topics().find(named));
        let slug = found.map_or_else(
            || format!("{UNKNOWN} {line}"),
            |topic| knowledge.slug(topic).to_string(),
        );
        if !slugs.contains(&slug) {
            slugs.push(slug);
        }
    }
    slugs
}

/// The message with what was typed as a file, so that a text that could not be saved is not lost.
pub fn kept(message: impl Into<Message>, content: &Content) -> Message {
    let entry = Entry {
        title: &content.title,
        text: &content.text,
        source: &content.source,
        review_on: &content.review_on,
    };
    let trend = content.trend.as_deref().and_then(OwnTrend::parse);
    let text = entry_file::write(&entry, trend.as_ref());
    form_input::kept(
        message.into(),
        "your-entry.md",
        "The entry as you typed it",
        text,
    )
}
