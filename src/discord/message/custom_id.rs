//! What a press asks for: the actions that buttons and menus stand for. `custom_id_text` writes them down and reads them.
//!
//! Nothing is kept between the message and the press, so buttons work after a restart. Roles and trends stand as an
//! eight-digit [`Tag`], which outlives new releases of the knowledge as long as the slug stays. A question is put in whole
//! only where it fits; where the button stands for a role or trend, its tag is enough and no question is needed. What was
//! answered is read from the message itself, which Discord sends along with every press.

use serenity::model::id::MessageId;

use crate::discord::message::actions::{
    ComingVerb, CreditVerb, DraftVerb, EntryVerb, GapVerb, NewsVerb, PostVerb, TopicVerb,
};
use crate::discord::message::twin::Twin;
use crate::knowledge::names::tag_of;
use crate::knowledge::{Knowledge, Topic};

/// A role or trend in a custom id: CRC-32 of its slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag(pub u32);

impl Tag {
    /// The tag of a slug.
    pub fn of(slug: &str) -> Self {
        Self(tag_of(slug))
    }

    /// The role or trend of that tag; `None` when the knowledge has it no longer.
    pub fn find(self, knowledge: &Knowledge) -> Option<Topic> {
        knowledge
            .topics()
            .find(|topic| Self::of(knowledge.slug(*topic).as_str()) == self)
    }
}

/// What a press asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Show a role or trend.
    Topic(Tag),
    /// Show the role or trend whose slug was chosen from a menu.
    Chosen,
    /// Answer a question.
    Ask(String),
    /// Show the whole of the answer to a question.
    Whole(String),
    /// Open all that is known of a role or trend, or of several side by side.
    More(Vec<Tag>),
    /// Turn to a page of it, counted from 0.
    Page(Vec<Tag>, u8),
    /// Open a page of a list: its conditions as `answer::pages` writes them, and the page, counted from 0.
    List(String, u8),
    /// Turn to a page of a list.
    ListPage(String, u8),
    /// Find ways again, from what `answer::paths::code` writes of them, with the one opened that was chosen from a menu.
    Ways(String),
    /// Offer roles to compare these with.
    CompareWith(Vec<Tag>),
    /// Compare these roles with the one chosen from a menu.
    CompareChosen(Vec<Tag>),
    /// Compare two or three roles.
    Compare(Vec<Tag>),
    /// Post the answer for all to see, as a reply to a message where one is given.
    Share(Option<MessageId>),
    /// Say whether the answer was right, and what it was about.
    Feedback(bool, Option<Tag>),
    /// Open an exploration of all roles.
    Browse,
    /// Turn to a page of an exploration: its code and the page, counted from 0.
    Explore(String, u8),
    /// Sort an exploration by what was chosen from a menu.
    ExploreSort(String),
    /// Go on with the quiz after these answers, one letter each.
    Quiz(String),
    /// Remove all that is remembered of the member.
    Forget,
    /// Show the lines of the log before this one.
    Log(i64),
    /// Turn to a page of the server's schedules, counted from 0.
    Schedules(u8),
    /// Show what is coming.
    Coming(ComingVerb),
    /// Do something with a draft: its number, and the revision that the preview shows.
    Draft(DraftVerb, i64, i64),
    /// Do something with a posting: its number, or that of a draft, and a mark of the text that it was pressed for.
    Posted(PostVerb, i64, u32),
    /// Do something with an entry of the server's knowledge.
    Entry(EntryAction),
    /// Say, as the author of the message that an entry is made of, whether one wants to be named: with the entry.
    Credit(CreditVerb, i64),
    /// Take the role that is for the topic of this tag, or lay it down.
    Follow(Tag),
    /// Get direct messages about the topic of this tag, or none any more.
    Letters(Tag),
    /// Get no more direct messages from a server about the topic of this tag: pressed in those messages.
    StopLetters(u64, Tag),
    /// Do something with what members did not find.
    Gap(GapVerb, Tag),
    /// Make a second one of what is there already.
    Twin(Twin),
    /// Do something with the topic of a public post.
    Under(TopicVerb, Tag),
    /// Do something with a piece of news, by its number.
    News(NewsVerb, i64),
}

/// What is done with an entry, and with which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryAction {
    /// What.
    pub verb: EntryVerb,
    /// The entry, or the draft that holds a file; 0 where there is none yet.
    pub entry: i64,
    /// The version that is shown, the revision of a file, or the page to turn to.
    pub version: i64,
    /// The question that it shall answer, by the CRC-32 of its words.
    pub gap: Option<Tag>,
}
