//! An article becomes the draft of a trend: pasted into a form, sent along as a file, or taken from a message.
//!
//! A trend is an entry with more to it: it is written, approved, shown and kept as entries are. Knows nothing of how an
//! article is read.

use jiff::ToSpan as _;

use crate::article::{self, Article, Held, read};
use crate::discord::api::client::Rest;
use crate::discord::app::App;
use crate::discord::interaction::follow_up::{FollowUp, Outcome, Task};
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::message::body::Message;
use crate::discord::message::markdown::{escape_member, fit};
use crate::discord::moderation::access::{Later, Moderator};
use crate::discord::moderation::entries::act;
use crate::discord::moderation::entries::entry::today;
use crate::discord::moderation::entries::form;
use crate::discord::moderation::entries::import::{Attached, trouble};
use crate::knowledge::own_trend::OwnTrend;
use crate::knowledge::plain::plain;
use crate::store::entries::Content;

/// After how many months a review is proposed: what an article says grows old sooner than what a server says of itself.
const REVIEW_MONTHS: i32 = 6;

/// Has a file fetched, if it can be an article at all.
pub fn begin(app: &App, moderator: &Moderator<'_>, file: Attached) -> Response {
    if let Err(why) = read::fits(&file.name, file.size) {
        return refused(&file.name, &why).into();
    }
    later(app, moderator, Brought::File(file))
}

/// Makes a draft of what was pasted into the form; what was typed beside it counts for more than what was found.
///
/// # Errors
/// The message to answer with when it is no article.
pub fn pasted(
    app: &App,
    moderator: &Moderator<'_>,
    typed: &Content,
) -> Result<Response, HandlerError> {
    let found = read::pasted(&typed.text)
        .map_err(|why| Message::private(format!("Nothing was brought in: {why}.")))?;
    let trend = typed.trend.as_deref().and_then(OwnTrend::parse);
    let said = trend.unwrap_or_default();
    let or = |typed: &str, found: String| {
        if typed.is_empty() {
            found
        } else {
            typed.to_owned()
        }
    };
    let article = Article {
        title: or(&typed.title, found.title),
        source: or(&typed.source, found.source),
        author: or(&said.author, found.author),
        published: or(&said.published, found.published),
        ..found
    };
    let brought = Brought::Article(Box::new(article), Some(Box::new(typed.clone())));
    Ok(later(app, moderator, brought))
}

/// Makes a draft of an article, after the first response: a long one takes its time.
pub fn take(app: &App, moderator: &Moderator<'_>, article: Article) -> Response {
    later(app, moderator, Brought::Article(Box::new(article), None))
}

fn later(app: &App, moderator: &Moderator<'_>, brought: Brought) -> Response {
    Response {
        first: InitialResponse::Thinking,
        then: vec![FollowUp::task(Drafting {
            app: app.clone(),
            by: Later::of(moderator),
            brought,
        })],
    }
}

fn refused(name: &str, why: &read::Unread) -> Message {
    Message::private(format!(
        "Nothing was brought in: {}: {why}.",
        fit(name, 100, escape_member)
    ))
}

/// What was brought in.
#[derive(Debug)]
enum Brought {
    /// A file that is still to be fetched.
    File(Attached),
    /// An article, and what was typed into a form, to be given back where it cannot be saved.
    Article(Box<Article>, Option<Box<Content>>),
}

/// The making of a draft, on its way.
#[derive(Debug)]
pub struct Drafting {
    app: App,
    by: Later,
    brought: Brought,
}

impl Task for Drafting {
    fn run<'a>(&'a self, rest: &'a Rest) -> Outcome<'a> {
        Box::pin(async move {
            let Brought::File(file) = &self.brought else {
                return Some(self.finish(Vec::new()).await);
            };
            Some(match rest.attachment(&file.url, read::LARGEST).await {
                Ok(bytes) => self.finish(bytes).await,
                Err(error) => {
                    tracing::warn!(%error, "an article is not read");
                    let why = trouble(&error, read::LARGEST);
                    Message::private(format!("Nothing was brought in: {why}"))
                }
            })
        })
    }
}

impl Drafting {
    /// Where the file is that has to be fetched first; `None` where there is none.
    pub fn url(&self) -> Option<&str> {
        match &self.brought {
            Brought::File(file) => Some(&file.url),
            Brought::Article(..) => None,
        }
    }

    /// What it comes to, given the bytes of the file where there is one.
    pub async fn finish(&self, bytes: Vec<u8>) -> Message {
        let done = async {
            let moderator = self.by.moderator(&self.app)?;
            let article = match &self.brought {
                Brought::Article(article, _) => (**article).clone(),
                Brought::File(file) => {
                    let name = file.name.clone();
                    let read = move || article::read(&name, &bytes);
                    let read = tokio::task::spawn_blocking(read).await;
                    read.map_err(|_| Message::private(FAULT))?
                        .map_err(|why| refused(&file.name, &why))?
                }
            };
            draft(&self.app, &moderator, article).await
        };
        match (done.await, &self.brought) {
            (Ok(message), _) => message,
            (Err(refusal), Brought::Article(_, Some(typed))) => form::kept(refusal, typed),
            (Err(refusal), _) => refusal.into(),
        }
    }
}

/// What is said where the program is at fault.
const FAULT: &str =
    "Nothing was brought in: I could not read this, which is my fault and not yours.";

/// Makes a draft of an article and shows it.
///
/// # Errors
/// The message to answer with when the server has too many entries, or the store fails.
async fn draft(
    app: &App,
    moderator: &Moderator<'_>,
    article: Article,
) -> Result<Message, HandlerError> {
    let live = moderator.store.live_entries(moderator.server).await?;
    let (app, knowledge) = (app.clone(), moderator.knowledge.clone());
    // Some tens of milliseconds for a long article: other answers must not wait behind it.
    let made = tokio::task::spawn_blocking(move || {
        let held: Vec<Held> = live
            .into_iter()
            .map(|version| Held {
                text: plain(&version.text),
                title: version.title,
                source: version.source,
            })
            .collect();
        article::draft(&knowledge, &article, &held, &|sentence| {
            app.advisor().named(sentence)
        })
    });
    let drafted = made.await.map_err(|_| Message::private(FAULT))?;
    let today = today(moderator);
    let review = today.checked_add(REVIEW_MONTHS.months()).unwrap_or(today);
    let content = Content {
        title: drafted.title,
        text: String::new(),
        source: drafted.source,
        review_on: review.to_string(),
        trend: Some(drafted.trend.write()),
    };
    act::add(moderator, &content, None, None).await
}
