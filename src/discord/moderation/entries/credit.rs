//! Where an entry comes from that is made of a message, in words and buttons: for moderators, and for its author.
//!
//! Pure. What a press does stands in `consent`.

use serenity::model::id::MessageId;

use crate::discord::interaction::follow_up::{FollowUp, Sharing};
use crate::discord::message::actions::{CreditVerb, EntryVerb};
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Row};
use crate::discord::message::custom_id::Action;
use crate::discord::moderation::entries::entry::button;
use crate::discord::moderation::posted;
use crate::store::UserId;
use crate::store::credits::{Consent, Credit};

/// What moderators are told of it.
pub fn line(credit: &Credit) -> String {
    let link = posted::address(&credit.server.to_string(), &credit.origin());
    let author = credit.author;
    let named = match credit.state {
        Consent::Open => "Its author is not named unless they agree to it.".to_owned(),
        Consent::Asked => format!("<@{author}> is asked, and not named unless they agree."),
        Consent::Named => format!("Members see that it is from <@{author}>, who agreed to it."),
        Consent::Unnamed => format!("<@{author}> does not want to be named, so nobody is."),
        Consent::Nobody => "There is no member to name.".to_owned(),
    };
    format!("Made of a message: {link}. {named}")
}

/// What can be done about the name, for the moderator who looks.
pub fn row(credit: &Credit, viewer: UserId) -> Option<Row> {
    let ask = |label| button(EntryVerb::AskAuthor, credit.entry, 0, None, label);
    let own = viewer == credit.author;
    let made = match credit.state {
        Consent::Nobody => None,
        _ if own => say(credit.entry, credit.state != Consent::Named),
        Consent::Open => ask("Ask the author to be named"),
        Consent::Asked => ask("Ask the author again"),
        Consent::Named | Consent::Unnamed => None,
    };
    made.map(|button| Row::Buttons(vec![button]))
}

/// The button with which the author says that they want to be named, or that they do not.
fn say(entry: i64, named: bool) -> Option<Button> {
    let (verb, label) = if named {
        (CreditVerb::Name, "Name me")
    } else {
        (CreditVerb::Unname, "Do not name me")
    };
    Some(Button::new(Action::Credit(verb, entry).encode()?, label))
}

/// The question to the author, below their message. It pings nobody.
pub fn question(credit: &Credit, from: MessageId) -> Option<FollowUp> {
    let author = credit.author;
    let message = |head: &str| Message {
        rows: vec![Row::Buttons(
            [say(credit.entry, true), say(credit.entry, false)]
                .into_iter()
                .flatten()
                .collect(),
        )]
        .into(),
        content: format!(
            "{head}<@{author}>: the moderators here want to keep this answer, so that whoever asks me about it in this server gets it. May it say that it is from you? Only you can press; unless you say yes, nobody is named, and you can change your mind here at any time."
        ),
        ..Message::default()
    };
    let link = posted::address(&credit.server.to_string(), &credit.origin());
    let channel = std::num::NonZeroU64::new(credit.channel.get())?.into();
    Some(FollowUp::Share(Box::new(Sharing {
        from,
        channel,
        reply_to: std::num::NonZeroU64::new(credit.message.get())?.into(),
        message: message(""),
        linked: message(&format!("{link}\n")),
    })))
}

/// What stands in place of the question once the author has said something, with the button to change their mind.
pub fn said(credit: &Credit, named: bool) -> Message {
    let content = if named {
        format!(
            "<@{}> agreed: what the moderators keep of this answer says whom it is from.",
            credit.author
        )
    } else {
        "What the moderators keep of this answer names nobody.".to_owned()
    };
    Message {
        content,
        rows: vec![Row::Buttons(
            say(credit.entry, !named).into_iter().collect(),
        )]
        .into(),
        ..Message::default()
    }
}
