//! A second schedule, draft or entry that is equal to one that is there: asked about first, made when a moderator says so.
//!
//! Whoever saw no answer the first time asks again by hand, and would have everything twice. The button below the question
//! names what is there, as it was shown, and the question itself, which is answered once however often it is pressed. Rights
//! are checked with the press. Knows nothing of how each is made.

use crate::discord::authoring::{self, act};
use crate::discord::call::Call;
use crate::discord::components::{Button, Row};
use crate::discord::custom_id::{Action, Tag};
use crate::discord::message::Message;
use crate::discord::moderator::{self, Moderator};
use crate::discord::reply::{First, Reply};
use crate::discord::verbs::Kind;
use crate::discord::{App, drafts, schedules};
use crate::store::deeds::{self, KEPT_MINUTES};
use crate::store::entries::Content;

/// How long after the question its button is good, in seconds. Its answer is remembered for longer.
const GOOD_FOR: i64 = (KEPT_MINUTES - 5) * 60;
/// What is said of an older one.
const TOO_OLD: &str =
    "I asked this an hour ago or longer, so nothing was done. Please run the command again.";
/// What is said where what the question was about is not as it was.
const CHANGED: &str = "What I asked about has changed or ended since, so nothing was done. Please run the command again.";

/// What a press asks to be made, with the question that it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twin {
    /// What is made.
    pub kind: Kind,
    /// The number of the one that is there.
    pub of: i64,
    /// A mark, revision or version: it has to be as the question showed it.
    pub as_shown: i64,
    /// Names the question.
    pub question: i64,
    /// When it was put, in seconds since 1970.
    pub asked: u32,
    /// The draft that becomes a schedule, with its revision; or the question of members that an entry answers, and 0.
    pub with: Option<(i64, i64)>,
}

impl Twin {
    /// What the button below the question that is answered with at this moment asks for.
    pub(crate) fn of(
        moderator: &Moderator<'_>,
        kind: Kind,
        (of, as_shown): (i64, i64),
        with: Option<(i64, i64)>,
    ) -> Self {
        Self {
            kind,
            of,
            as_shown,
            question: deeds::question(),
            asked: u32::try_from(moderator.now.as_second()).unwrap_or(0),
            with,
        }
    }

    /// As it stands in a custom id, in at most 94 characters: all numbers to the base 16, as databases keep them.
    pub(super) fn encode(&self) -> String {
        let with = self.with.map(|(one, other)| [one, other]);
        let asked = i64::from(self.asked);
        let numbers = [self.of, self.as_shown, self.question, asked];
        let digits: Vec<String> = numbers
            .iter()
            .chain(with.iter().flatten())
            .map(|number| format!("{number:x}"))
            .collect();
        format!("{}{}", self.kind.letter(), digits.join("."))
    }

    /// Reads it.
    pub(super) fn decode(text: &str) -> Option<Self> {
        let (kind, rest) = Kind::parse(text)?;
        let number = |digits: &str| Some(u64::from_str_radix(digits, 16).ok()?.cast_signed());
        let numbers: Vec<i64> = rest.split('.').map(number).collect::<Option<_>>()?;
        let (known, with) = numbers.split_at_checked(4)?;
        let [of, as_shown, question, asked] = *known else {
            return None;
        };
        let with = match *with {
            [] => None,
            [one, other] => Some((one, other)),
            _ => return None,
        };
        Some(Self {
            kind,
            of,
            as_shown,
            question,
            asked: u32::try_from(asked).ok()?,
            with,
        })
    }
}

/// The message that says what is there already, with the button that makes another one.
pub(crate) fn ask(mut said: Message, twin: Twin) -> Message {
    let label = match twin.kind {
        Kind::Schedule => "Schedule it all the same",
        Kind::Draft => "Begin another one all the same",
        Kind::Entry => "Add it all the same",
    };
    if let Some(id) = Action::Twin(twin).encode() {
        said.rows
            .edit()
            .push(Row::Buttons(vec![Button::new(id, label)]));
    }
    said
}

/// What a press on that button does.
pub(crate) async fn press(app: &App, call: &Call, twin: Twin) -> Reply {
    let done = async {
        let moderator = moderator::check(app, call, "a button that makes another one").await?;
        if call.now.as_second() - i64::from(twin.asked) > GOOD_FOR {
            return Err(Message::private(TOO_OLD));
        }
        let made = async {
            match twin.kind {
                Kind::Schedule => schedule(app, &moderator, twin).await,
                Kind::Draft => draft(app, &moderator, twin).await,
                Kind::Entry => entry(&moderator, twin).await,
            }
        };
        deeds::answering(twin.question, call.now, made).await
    };
    done.await.unwrap_or_else(Reply::from)
}

async fn schedule(app: &App, moderator: &Moderator<'_>, twin: Twin) -> Result<Reply, Message> {
    let known = schedules::room(moderator).await?;
    let same = known.iter().find(|known| known.id == twin.of);
    let definition = same
        .map(schedules::definition_of)
        .filter(|definition| schedules::mark(definition) == twin.as_shown)
        .ok_or_else(|| Message::private(CHANGED))?;
    let schedule = definition
        .schedule
        .parse()
        .map_err(|_| Message::private(CHANGED))?;
    let draft = match twin.with {
        None => None,
        Some((draft, revision)) => {
            let draft = drafts::find(moderator, draft).await?;
            if draft.revision != revision {
                return Err(drafts::preview(&draft, drafts::CHANGED));
            }
            Some(draft)
        }
    };
    let done = schedules::make(app, moderator, &definition, &schedule, draft.as_ref()).await?;
    let first = First::Update(done.clone());
    let (channel, role) = (definition.channel, definition.mention_role);
    Ok(drafts::checked(app, moderator, channel, role, first, done))
}

async fn draft(app: &App, moderator: &Moderator<'_>, twin: Twin) -> Result<Reply, Message> {
    let draft = drafts::find(moderator, twin.of).await?;
    if draft.revision != twin.as_shown {
        return Ok(First::Update(drafts::preview(&draft, drafts::CHANGED)).into());
    }
    let content = drafts::content(&draft);
    let shown = drafts::make(moderator, &content, "").await?;
    let first = First::Update(shown.clone());
    let (channel, role) = (content.channel, content.mention_role);
    Ok(drafts::checked(app, moderator, channel, role, first, shown))
}

async fn entry(moderator: &Moderator<'_>, twin: Twin) -> Result<Reply, Message> {
    let seen = authoring::find(moderator, twin.of).await?;
    let standing = seen
        .standing()
        .filter(|standing| standing.version == twin.as_shown)
        .ok_or_else(|| Message::private(CHANGED))?;
    let content = Content {
        title: standing.title.clone(),
        text: standing.text.clone(),
        source: standing.source.clone(),
        review_on: standing.review_on.clone(),
    };
    let gap = twin
        .with
        .and_then(|(gap, _)| u32::try_from(gap).ok())
        .map(Tag);
    let shown = act::make(moderator, &content, gap).await?;
    Ok(First::Update(shown).into())
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Any at all.
    pub(crate) fn any() -> impl Strategy<Value = Twin> {
        let number = || proptest::prelude::any::<i64>();
        let with = prop::option::of((number(), number()));
        let kinds = 0..Kind::ALL.len();
        (
            kinds,
            number(),
            number(),
            number(),
            proptest::prelude::any::<u32>(),
            with,
        )
            .prop_map(|(kind, of, as_shown, question, asked, with)| Twin {
                kind: Kind::ALL[kind].0,
                of,
                as_shown,
                question,
                asked,
                with,
            })
    }
}
