//! "Share": an answer that one member sees becomes a message that the channel sees, under the member's name.
//!
//! What is posted is exactly what the member read: it is taken from the message on which Share was pressed, which Discord
//! sends along with the press. Nothing is kept but the last few messages that were shared, so that a second press does not
//! post twice; a message whose copy could not be posted is forgotten again.

use serenity::model::application::{
    ActionRow, ActionRowComponent, ButtonKind, ButtonStyle, ComponentInteraction, Interaction,
};
use serenity::model::channel::{Message as Shown, MessageFlags};
use serenity::model::id::MessageId;

use crate::discord::App;
use crate::discord::interaction::context::Call;
use crate::discord::interaction::response::{First, Reply, Sharing, Step};
use crate::discord::interaction::visibility;
use crate::discord::members::commands::pay;
use crate::discord::message::body::{Embed, Field, Footer, Message};
use crate::discord::message::components::{Button, Entry, Look, Row, Select};
use crate::discord::message::custom_id::Action;
use crate::discord::message::limits::{CONTENT, length};
use crate::discord::message::markdown::truncate;
use crate::discord::state::seen_set::Once;

/// What a shared answer begins with; the member's name follows.
const HEAD: &str = "Shared by ";

/// How many shared messages are remembered.
const REMEMBERED: usize = 2_000;

/// The messages that were shared lately.
pub struct Shared(Once<MessageId>);

impl Default for Shared {
    fn default() -> Self {
        Self(Once::new(REMEMBERED))
    }
}

impl Shared {
    /// Forgets that a message was shared, because nothing came of it: it can be shared again.
    pub fn forget(&self, message: MessageId) {
        self.0.forget(&message);
    }
}

/// The reply to a press on Share.
pub fn press(
    shared: &Shared,
    press: &ComponentInteraction,
    call: &Call,
    reply_to: Option<MessageId>,
) -> Reply {
    if !is_private(&press.message) {
        return Reply::private("This answer is public already.");
    }
    if let Some(obstacle) = visibility::obstacle(call) {
        return Reply::private(obstacle.words);
    }
    let from = press.message.id;
    if !shared.0.is_first(from) {
        return Reply::private("You have shared this answer already.");
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
    Reply {
        first: First::Noted,
        then: vec![Step::Share(Box::new(sharing)), Step::Rows(rows)],
    }
}

/// Makes an answer one that can be shared again whose public copy Discord has not taken.
pub fn failed(app: &App, interaction: Option<&Interaction>) {
    if let Some(Interaction::Component(press)) = interaction
        && matches!(
            Action::decode(&press.data.custom_id),
            Some(Action::Share(_))
        )
    {
        app.shared().forget(press.message.id);
    }
}

/// Whether only one member sees a message of the bot.
pub fn is_private(message: &Shown) -> bool {
    message
        .flags
        .is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}

/// A page that takes the place of another one below which all can see it: it says who shared it, and is not shared again.
pub fn next_page(shown: &Shown, page: Message) -> Message {
    let rows = without_share(page.rows.to_vec()).into();
    let head = shown
        .content
        .lines()
        .next()
        .filter(|line| line.starts_with(HEAD));
    let content = head.map_or_else(|| page.content.clone(), |head| below(head, &page.content));
    Message {
        content,
        rows,
        private: false,
        ..page
    }
}

/// Draws the chart of a shared answer again: the copy that Discord keeps belongs to the private message and goes with it.
pub async fn add_chart(app: &App, press: &ComponentInteraction, reply: &mut Reply) {
    let First::Message(message) = &mut reply.first else {
        return;
    };
    let shares = matches!(
        Action::decode(&press.data.custom_id),
        Some(Action::Share(_))
    );
    if shares && !message.private {
        let knowledge = app.advisor().knowledge();
        let areas = &knowledge.figures.areas;
        let shown = press
            .message
            .attachments
            .iter()
            .find_map(|attachment| pay::named(areas, &attachment.filename));
        if let Some((slug, place)) = shown {
            message.file = pay::chart(app, slug, place).await;
        }
    }
}

/// A text below the line that says who shared it.
fn below(head: &str, text: &str) -> String {
    let room = CONTENT.saturating_sub(length(head) + 1);
    format!("{head}\n{}", truncate(text, room))
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

/// These rows without a Share button.
fn without_share(rows: Vec<Row>) -> Vec<Row> {
    let rows = rows.into_iter().filter_map(|row| match row {
        Row::Buttons(mut buttons) => {
            buttons.retain(|button| !matches!(Action::decode(&button.id), Some(Action::Share(_))));
            (!buttons.is_empty()).then_some(Row::Buttons(buttons))
        }
        other => Some(other),
    });
    rows.collect()
}

/// The rows of a message that Discord has sent back.
fn rows(rows: &[ActionRow]) -> Vec<Row> {
    rows.iter().filter_map(row).collect()
}

fn row(row: &ActionRow) -> Option<Row> {
    let mut buttons = Vec::new();
    for part in &row.components {
        match part {
            ActionRowComponent::SelectMenu(menu) => {
                let entries = menu.options.iter().map(|entry| Entry {
                    label: entry.label.clone(),
                    value: entry.value.clone(),
                    description: entry.description.clone().unwrap_or_default(),
                    default: entry.default,
                });
                return Some(Row::Select(Select {
                    id: menu.custom_id.clone()?,
                    placeholder: menu.placeholder.clone().unwrap_or_default(),
                    entries: entries.collect(),
                }));
            }
            ActionRowComponent::Button(button) => {
                let ButtonKind::NonLink { custom_id, style } = &button.data else {
                    continue;
                };
                let look = if *style == ButtonStyle::Primary {
                    Look::Main
                } else {
                    Look::Plain
                };
                buttons.push(Button {
                    id: custom_id.clone(),
                    label: button.label.clone().unwrap_or_default(),
                    look,
                    disabled: button.disabled,
                });
            }
            _ => {}
        }
    }
    (!buttons.is_empty()).then_some(Row::Buttons(buttons))
}
