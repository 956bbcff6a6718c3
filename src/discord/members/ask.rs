//! Questions in plain words: asked, answered, remembered for a while.
//!
//! The one place where the conversation memory and a server's own entries meet the advisor. What is remembered comes from
//! careerbot's knowledge alone: nothing of an entry outlives its answer, or follows the member to another place.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serenity::model::id::{ChannelId, GuildId, UserId};

use crate::advisor::EntryIndex;
use crate::answer::{Answer, Outcome};
use crate::discord::app::App;
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::view_options::{View, Whole};
use crate::discord::members::{answer_view, charts};
use crate::discord::message::body::Message;
use crate::discord::message::custom_id::Action;
use crate::discord::state::conversations::Conversation;
use crate::discord::state::count_queue::Counted;
use crate::knowledge::language::Label;

/// Who asks, and where.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Who asks.
    pub user: UserId,
    /// The channel.
    pub channel: ChannelId,
    /// The server; `None` in direct messages.
    pub guild: Option<GuildId>,
    /// Whether the bot is a member of the server: only then may its entries be seen.
    pub bot_in_server: bool,
}

impl Place {
    /// The server, where it has the bot itself.
    fn server(&self) -> Option<GuildId> {
        self.guild.filter(|_| self.bot_in_server)
    }
}

impl From<&InteractionContext> for Place {
    fn from(call: &InteractionContext) -> Self {
        Self {
            user: call.user,
            channel: call.channel,
            guild: call.guild,
            bot_in_server: call.bot_in_server,
        }
    }
}

/// Answers a question in the light of what was said before in the same place, and of what the server's moderators have
/// written, and remembers it. A message about a crisis is never remembered, and shown to the member alone, whatever the view
/// says. A refusal is counted where the server wants that. What was answered twice before is not found and written out again.
pub async fn show(
    app: &App,
    place: impl Into<Place>,
    question: &str,
    view: &View<'_>,
    now: Timestamp,
) -> Message {
    let before = Before::of(app, place.into(), now).await;
    let place = before.place;
    let key = before
        .is_nothing()
        .then(|| app.answer_cache().key(before.edition, question, view))
        .flatten();
    let keep = |talk| {
        app.conversations()
            .keep(place.user, place.channel, talk, now)
    };
    let count = || app.count_gap(place.server(), question, now);
    if let Some(ready) = key.and_then(|key| app.answer_cache().find(key, view)) {
        if ready.refused {
            count();
        }
        let outcome = if ready.refused {
            Outcome::NotCovered
        } else {
            Outcome::Answered
        };
        counted(app, outcome, &ready.talk);
        count_question(app, place.server(), now, outcome, &ready.talk, None);
        keep(ready.talk);
        return charts::with(app, ready.picture, ready.message).await;
    }
    let (answer, talk) = before.answer(app, question);
    let view = &View {
        whole: before.whole(app, question, &answer),
        ..*view
    };
    if answer.sensitive {
        return answer_view::answer(
            &answer,
            &View {
                private: true,
                ..*view
            },
        );
    }
    if answer.outcome == Outcome::NotCovered {
        count();
    }
    counted(app, answer.outcome, &talk);
    count_question(
        app,
        place.server(),
        now,
        answer.outcome,
        &talk,
        Some(&answer),
    );
    let message = answer_view::answer(&answer, view);
    if let Some(key) = key {
        app.answer_cache()
            .offer(key, view, &answer, &message, &talk);
    }
    keep(talk);
    charts::beside(app, &answer, message).await
}

/// Ways to better work, from what [`Answer::ways`] tells of them, remembered as if they had been asked for in words; `None` when
/// what they begin with or lead to is gone.
pub async fn ways(
    app: &App,
    call: &InteractionContext,
    code: &str,
    view: &View<'_>,
) -> Option<Message> {
    let edition = app.advisor().knowledge().fingerprint;
    let (answer, talk) = app.advisor().ways(code)?;
    let talk = (edition, talk);
    counted(app, answer.outcome, &talk);
    count_question(
        app,
        call.server(),
        call.now,
        answer.outcome,
        &talk,
        Some(&answer),
    );
    app.conversations()
        .keep(call.user, call.channel, talk, call.now);
    let message = answer_view::answer(&answer, view);
    Some(charts::beside(app, &answer, message).await)
}

/// The whole answer to a question, as it is where nothing was said before. It is neither remembered nor counted: the question
/// was asked already, and this is the rest of its answer.
pub async fn whole(
    app: &App,
    place: impl Into<Place>,
    question: &str,
    view: &View<'_>,
    now: Timestamp,
) -> Message {
    let before = Before {
        talk: None,
        ..Before::of(app, place.into(), now).await
    };
    let (answer, _) = before.answer(app, question);
    let private = view.private || answer.sensitive;
    answer_view::whole(&answer, &View { private, ..*view })
}

/// Counts how a question ended, by what it asked first.
fn counted(app: &App, outcome: Outcome, (_, talk): &Conversation) {
    if !app.keeps_figures() {
        return;
    }
    let outcome = match outcome {
        Outcome::Answered => "answered",
        Outcome::Clarify => "clarify",
        Outcome::NotCovered => "not_covered",
    };
    let label = talk.aspects.first().map_or("none", |label| label.word());
    metrics::counter!("careerbot_answers_total", "outcome" => outcome, "label" => label)
        .increment(1);
}

/// Counts a question for `/stats`. What it was about is told by its answer; an answer without one before it remembers nothing
/// else.
fn count_question(
    app: &App,
    guild: Option<GuildId>,
    now: Timestamp,
    outcome: Outcome,
    (_, talk): &Conversation,
    answer: Option<&Answer>,
) {
    app.count(guild, now, || {
        let knowledge = app.advisor().knowledge();
        let topics: Vec<String> = match answer {
            Some(answer) => answer
                .subjects
                .iter()
                .map(|subject| &subject.slug)
                .filter(|slug| knowledge.find(slug).is_some())
                .cloned()
                .collect(),
            None => {
                let roles = talk.roles.iter().map(|id| &knowledge.role(*id).slug);
                let trends = talk.trends.iter().map(|id| &knowledge.trend(*id).slug);
                roles.chain(trends).map(ToString::to_string).collect()
            }
        };
        let aspects = if topics.is_empty() {
            Vec::new()
        } else {
            talk.aspects.clone()
        };
        Counted::Question(outcome, topics, aspects)
    });
}

/// Counts what a command answered on these roles for `/stats`, as if it had been asked in words.
pub(crate) fn count_command(app: &App, call: &InteractionContext, slugs: &[&str], asked: &[Label]) {
    app.count(call.server(), call.now, || {
        let slugs = slugs.iter().map(|slug| (*slug).to_owned()).collect();
        Counted::Question(Outcome::Answered, slugs, asked.to_vec())
    });
}

/// What an answer depends on beside its question and the knowledge.
struct Before {
    place: Place,
    edition: u32,
    /// What the server's moderators have written, and the day there.
    shelf: Option<(Arc<EntryIndex>, Date)>,
    talk: Option<Conversation>,
}

impl Before {
    async fn of(app: &App, place: Place, now: Timestamp) -> Self {
        let shelf = match (
            app.entry_index(place.guild, place.bot_in_server).await,
            place.guild,
        ) {
            (Some(shelf), Some(guild)) => Some((shelf, app.today(guild, now).await)),
            _ => None,
        };
        // What is remembered points into the knowledge that it came from, and is of no use after a swap.
        let edition = app.advisor().knowledge().fingerprint;
        let talk = app
            .conversations()
            .recall(place.user, place.channel, now)
            .filter(|(of, _)| *of == edition);
        Self {
            place,
            edition,
            shelf,
            talk,
        }
    }

    /// Whether nothing was said before, and nobody in the place has written anything.
    fn is_nothing(&self) -> bool {
        self.shelf.is_none() && self.talk.is_none()
    }

    /// Where the whole answer can be had: by asking again, where that fits into a button and needs nothing said before.
    fn whole<'a>(&self, app: &App, question: &'a str, answer: &Answer) -> Whole<'a> {
        let fits = Action::Whole(question.to_owned()).encode().is_some();
        let alone = || {
            let alone = app.advisor().ask(question);
            (&alone.direct, &alone.facts) == (&answer.direct, &answer.facts)
        };
        if fits && (self.talk.is_none() || alone()) {
            Whole::Asked(question)
        } else {
            Whole::Nowhere
        }
    }

    fn answer(&self, app: &App, question: &str) -> (Answer, Conversation) {
        let talk = self.talk.as_ref().map(|(_, talk)| talk);
        let (answer, remembered) = match &self.shelf {
            Some((shelf, today)) => app.advisor().ask_on(shelf, *today, question, talk),
            None => app.advisor().ask_in(question, talk),
        };
        (answer, (self.edition, remembered))
    }
}
