//! How a server wants its posts to look, as it stood when a post was composed: an edit later changes the words alone.

use serde::{Deserialize, Serialize};

use crate::store::settings::{PostOrder, PostStyle};
use crate::store::subscriptions::{self, Subscription};

/// In which order the parts stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Points, then roles, then the question.
    #[default]
    Points,
    /// Roles before the points.
    Roles,
    /// The question before all else.
    Question,
}

impl From<PostOrder> for Order {
    fn from(order: PostOrder) -> Self {
        match order {
            PostOrder::Points => Self::Points,
            PostOrder::Roles => Self::Roles,
            PostOrder::Question => Self::Question,
        }
    }
}

/// The look of a post.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dress {
    /// Colour of the bar at the side, 0xRRGGBB; the topic's own where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<u32>,
    /// What stands above all else; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub intro: String,
    /// What stands at the end; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub closing: String,
    /// In which order the parts stand.
    pub order: Order,
    /// Whether it ends with a poll.
    pub poll: bool,
    /// Whether a thread is opened below it.
    pub thread: bool,
    /// What members can take by buttons below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow: Option<Follow>,
}

/// What members of the server can take by a button: a role, direct messages or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follow {
    /// The topic that moderators offer it for: what that is counts when the button is pressed.
    pub topic: String,
    /// The role as it stood, where one was offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<u64>,
    /// Whether the post mentions it, where it mentions no other.
    pub mention: bool,
    /// Whether direct messages were offered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub direct: bool,
}

impl Dress {
    /// The look that a server has chosen.
    pub fn of(style: &PostStyle) -> Self {
        Self {
            colour: style.colour,
            intro: style.intro.clone(),
            closing: style.closing.clone(),
            order: style.order.into(),
            poll: style.poll,
            thread: style.thread,
            follow: None,
        }
    }

    /// The same, with what a server offers for one of these topics, the nearest first.
    #[must_use]
    pub fn with_offer(mut self, chosen: &[Subscription], topics: &[&str]) -> Self {
        self.follow = subscriptions::of(chosen, topics).map(|found| Follow {
            topic: found.topic.clone(),
            role: found.role.map(|role| role.get()),
            mention: found.mention,
            direct: found.direct,
        });
        self
    }

    /// Whether it is the usual one.
    pub(crate) fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}
