//! What the bot does for a server, week by week, as moderators see it where they have it counted: numbers alone.
//!
//! Knows how counts are shown, and nothing of who asked or pressed.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::digest::Topic;
use crate::discord::interaction::handler_error::HandlerError;
use crate::discord::message::body::Message;
use crate::discord::message::limits::CONTENT;
use crate::discord::message::line_budget::{CLOSING, LineBudget, RESERVE};
use crate::discord::message::markdown::{escape_member, truncate};
use crate::discord::moderation::access::Moderator;
use crate::knowledge::Knowledge;
use crate::store::Moment;
use crate::store::counts::{Count, KEPT_WEEKS, Kind, week};
use crate::store::postings::Posting;

/// Weeks that are shown, the one that runs among them.
pub const WEEKS: i64 = 4;
/// Topics, and aspects, that are named of a week.
const NAMED: usize = 3;
/// Posts that are named, the newest first.
const POSTS: usize = 8;
/// Posts that are read to find them.
const READ: u16 = 200;
/// The longest name of a topic, in characters.
const NAME: usize = 48;
/// Seconds of a week.
const WEEK: i64 = 7 * 86_400;
/// What is said where nothing is counted.
pub const OFF: &str = "In this server nothing is counted. With /settings set stats: True I count, week by week, how many questions I answered and how many I could not, 👍 and 👎, which roles were asked about and what of them, and presses below posts: numbers alone, no texts, no names. Members read about it in /privacy.";

/// What stands above a table without numbers.
const NOTHING_YET: &str =
    "Nothing is counted yet. It begins with the next question that a member asks here.";

/// The lines of the table, with what each adds up.
const LINES: &[(&str, Kind)] = &[
    ("Answered", Kind::Answered),
    ("Not covered", Kind::NotCovered),
    ("Asked back", Kind::AskedBack),
    ("Helped", Kind::Helpful),
    ("Did not", Kind::Unhelpful),
    ("Presses", Kind::Press),
];

/// What was counted in the last weeks.
///
/// # Errors
/// The message to answer with when the store fails.
pub async fn show(moderator: &Moderator<'_>) -> Result<Message, HandlerError> {
    let Moderator { store, server, .. } = *moderator;
    if !moderator.settings.stats {
        return Ok(Message::private(OFF));
    }
    let since = weeks_ago(moderator.now, WEEKS - 1);
    let counts = store.counts(server, since).await?;
    let posts = store.postings(server, None, READ).await?;
    Ok(draw(&counts, &posts, &moderator.knowledge, moderator.now))
}

/// The moment some weeks ago.
pub(super) fn weeks_ago(now: Timestamp, weeks: i64) -> Timestamp {
    Timestamp::from_second(now.as_second() - weeks * WEEK).unwrap_or(Timestamp::MIN)
}

/// The numbers as a message: a table of the weeks, the newest last; what was asked most; posts with their presses.
pub fn draw(counts: &[Count], posts: &[Posting], knowledge: &Knowledge, now: Timestamp) -> Message {
    let weeks: Vec<Moment> = (0..WEEKS).map(|ago| week(weeks_ago(now, ago))).collect();
    let posts: Vec<&Posting> = posts
        .iter()
        .filter(|post| {
            post.message.is_some() && week(post.due_at.timestamp()) >= weeks[weeks.len() - 1]
        })
        .collect();
    let mut text = LineBudget::new(CONTENT - RESERVE - CLOSING);
    text.push("**What I did in this server, by week**");
    if counts.is_empty() {
        text.push(NOTHING_YET);
    }
    text.push(&table(counts, &posts, &weeks));
    for week in &weeks {
        let named =
            [(Kind::Topic, "asked about"), (Kind::Aspect, "of them")].map(|(kind, head)| {
                let most = most(counts, *week, kind, knowledge);
                (!most.is_empty()).then(|| format!("{head}: {most}"))
            });
        let named: Vec<String> = named.into_iter().flatten().collect();
        if !named.is_empty() {
            text.push(&format!("**{}** {}", day(*week), named.join("; ")));
        }
    }
    let pressed = pressed(counts);
    let lines = posts.iter().take(POSTS).map(|post| {
        let message = post.message.map(|id| id.to_string()).unwrap_or_default();
        let topic = Topic::parse(&post.topic);
        let title = topic.map_or_else(|| post.topic.clone(), |topic| topic.title(knowledge));
        let times = pressed.get(message.as_str()).copied().unwrap_or_default();
        format!(
            "• {} (<t:{}:d>): {times}",
            escape_member(&truncate(&title, NAME)),
            post.due_at.timestamp().as_second()
        )
    });
    for (place, line) in lines.enumerate() {
        if place == 0 {
            text.push("**Posts, and presses on their buttons**");
        }
        text.push(&line);
    }
    text.most = CONTENT;
    text.push(&format!(
        "-# Weeks begin on Monday (UTC). Numbers alone, kept for {KEPT_WEEKS} weeks; /export has them all."
    ));
    Message::private(text.text)
}

/// The table, in letters of one width: a column for each of these weeks, the last given first.
fn table(counts: &[Count], posts: &[&Posting], weeks: &[Moment]) -> String {
    let row = |head: &str, cells: &mut dyn Iterator<Item = String>| {
        cells.fold(format!("{head:<11}"), |line, cell| {
            line + &format!(" {cell:>6}")
        })
    };
    let of = |kind: Kind, week: Moment| -> i64 {
        let these = counts
            .iter()
            .filter(|count| (count.kind, count.week) == (kind, week));
        these.map(|count| count.count).sum()
    };
    let posted = |begins: Moment| {
        let these = posts
            .iter()
            .filter(|post| week(post.due_at.timestamp()) == begins);
        these.count().to_string()
    };
    let columns = || weeks.iter().rev();
    let mut lines = vec![row("Week of", &mut columns().map(|week| day(*week)))];
    for (head, kind) in LINES {
        lines.push(row(
            head,
            &mut columns().map(|week| of(*kind, *week).to_string()),
        ));
    }
    lines.push(row("Posts", &mut columns().map(|week| posted(*week))));
    format!("```\n{}\n```", lines.join("\n"))
}

/// The day on which a week begins, such as `Nov 23`.
fn day(week: Moment) -> String {
    week.timestamp().strftime("%b %-d").to_string()
}

/// What was counted most of a kind in a week, with how often.
fn most(counts: &[Count], week: Moment, kind: Kind, knowledge: &Knowledge) -> String {
    let these = counts
        .iter()
        .filter(|count| (count.kind, count.week) == (kind, week));
    let named = these.take(NAMED).map(|count| {
        let title = knowledge
            .find(&count.what)
            .map(|topic| knowledge.title(topic).to_owned());
        let title = title.unwrap_or_else(|| count.what.replace('-', " "));
        format!("{} {}", escape_member(&truncate(&title, NAME)), count.count)
    });
    named.collect::<Vec<_>>().join(", ")
}

/// How often each message's buttons were used, over all weeks.
fn pressed(counts: &[Count]) -> BTreeMap<&str, i64> {
    let mut sums = BTreeMap::new();
    for count in counts.iter().filter(|count| count.kind == Kind::Press) {
        *sums.entry(count.what.as_str()).or_default() += count.count;
    }
    sums
}
