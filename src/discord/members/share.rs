//! "Share": an answer that one member sees becomes a message that the channel sees, under the member's name.
//!
//! What is posted is exactly what the member read: it is taken from the message on which Share was pressed, which Discord
//! sends along with the press. Nothing is kept but the last few messages that were shared, so that a second press does not
//! post twice; a message whose copy could not be posted is forgotten again.

use serenity::model::application::{ComponentInteraction, Interaction};
use serenity::model::channel::Message as Shown;
use serenity::model::id::MessageId;

use crate::discord::app::App;
use crate::discord::interaction::component::{HEAD, below, is_private, rows, without_share};
use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::follow_up::{FollowUp, Sharing};
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::interaction::visibility;
use crate::discord::members::charts;
use crate::discord::message::body::{Embed, Field, Footer, Message};
use crate::discord::message::custom_id::Action;
use crate::discord::state::shared_messages::SharedMessages;

/// The reply to a press on Share.
pub fn press(
    shared: &SharedMessages,
    press: &ComponentInteraction,
    call: &InteractionContext,
    reply_to: Option<MessageId>,
) -> Response {
    if !is_private(&press.message) {
        return Response::private("This answer is public already.");
    }
    if let Some(obstacle) = visibility::obstacle(call) {
        return Response::private(obstacle.words);
    }
    let from = press.message.id;
    if !shared.is_first(from) {
        return Response::private("You have shared this answer already.");
    }
    let message = public_copy(&press.message, &format!("{HEAD}<@{}>", call.user));
    let Some(reply_to) = reply_to else {
        return message.into();
    };
    let place = call
        .guild
        .map_or_else(|| "@me".to_owned(), |guild| guild.to_string());
    let head = format!(
        "{HEAD}<@{}>, in answer to https://discord.com/channels/{place}/{}/{reply_to}",
        call.user, call.channel
    );
    let linked = public_copy(&press.message, &head);
    // Without rights of its own in the channel the bot can still answer the press for all to see.
    if !call.can_post {
        return linked.into();
    }
    let sharing = Sharing {
        from,
        channel: call.channel,
        reply_to,
        message,
        linked,
    };
    // The button goes when the answer is there: until then it can be pressed again.
    let rows = without_share(rows(&press.message.components));
    Response {
        first: InitialResponse::Noted,
        then: vec![FollowUp::Share(Box::new(sharing)), FollowUp::Rows(rows)],
    }
}

/// Whether a press was on Share.
fn shares(press: &ComponentInteraction) -> bool {
    let action = Action::decode(&press.data.custom_id);
    matches!(action, Some(Action::Share(_)))
}

/// Makes an answer one that can be shared again whose public copy Discord has not taken.
pub fn failed(app: &App, interaction: Option<&Interaction>) {
    if let Some(Interaction::Component(press)) = interaction
        && shares(press)
    {
        app.shared_messages().forget(press.message.id);
    }
}

/// Draws the chart of a shared answer again: the copy that Discord keeps belongs to the private message and goes with it.
pub async fn add_chart(app: &App, press: &ComponentInteraction, reply: &mut Response) {
    let InitialResponse::Message(message) = &mut reply.first else {
        return;
    };
    if shares(press) && !message.private {
        let knowledge = app.advisor().knowledge();
        let shown = press
            .message
            .attachments
            .iter()
            .find_map(|attachment| charts::named(&knowledge, &attachment.filename));
        if let Some(picture) = shown {
            message.file = charts::file(app, picture).await;
        }
    }
}

fn public_copy(shown: &Shown, head: &str) -> Message {
    Message {
        content: below(head, &shown.content),
        embeds: shown
            .embeds
            .iter()
            .filter(|embed| embed.kind.as_deref().unwrap_or("rich") == "rich")
            .map(embed)
            .collect(),
        rows: without_share(rows(&shown.components)).into(),
        file: None,
        poll: None,
        private: false,
        ping: None,
    }
}

fn embed(shown: &serenity::model::channel::Embed) -> Embed {
    Embed {
        title: shown.title.clone().unwrap_or_default(),
        url: shown.url.clone().unwrap_or_default(),
        description: shown.description.clone().unwrap_or_default(),
        color: shown.colour.map(|colour| colour.0),
        fields: shown
            .fields
            .iter()
            .map(|field| Field {
                name: field.name.clone(),
                value: field.value.clone(),
                inline: field.inline,
            })
            .collect(),
        footer: shown.footer.as_ref().map(|footer| Footer {
            text: footer.text.clone(),
        }),
    }
}
