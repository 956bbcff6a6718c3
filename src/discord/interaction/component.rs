//! A press on a button or a menu: what was chosen, and the page that takes the place of another.

use serenity::model::application::{
    ActionRow, ActionRowComponent, ButtonKind, ButtonStyle, ComponentInteraction,
    ComponentInteractionDataKind, MessageInteractionMetadata,
};
use serenity::model::channel::{Message as Shown, MessageFlags};

use crate::discord::interaction::context::InteractionContext;
use crate::discord::interaction::response::{InitialResponse, Response};
use crate::discord::message::body::Message;
use crate::discord::message::components::{Button, Entry, Look, Row, Select};
use crate::discord::message::custom_id::Action;
use crate::discord::message::limits::{CONTENT, length};
use crate::discord::message::markdown::truncate;

/// What a button of an older version is answered with.
pub const OUTDATED: &str = "This button is from an older version of me, or its message is not mine. Please run the command again; /help lists them all.";

/// What was chosen from the menu that was used.
pub(crate) fn value(press: &ComponentInteraction) -> Option<&str> {
    match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().map(String::as_str),
        _ => None,
    }
}

/// The next page: in place where the message is the member's own, as a private copy where not.
pub(crate) fn turn(
    press: &ComponentInteraction,
    call: &InteractionContext,
    page: Message,
) -> Response {
    if is_private(&press.message) {
        InitialResponse::Update(page).into()
    } else if owns(press, call) {
        InitialResponse::Update(next_page(&press.message, page)).into()
    } else {
        Message {
            private: true,
            ..page
        }
        .into()
    }
}

/// Whether a public message was made for the member who pressed.
fn owns(press: &ComponentInteraction, call: &InteractionContext) -> bool {
    press
        .message
        .interaction_metadata
        .as_deref()
        .is_some_and(|made| match made {
            MessageInteractionMetadata::Command(made) => made.user.id == call.user,
            MessageInteractionMetadata::Component(made) => made.user.id == call.user,
            MessageInteractionMetadata::ModalSubmit(made) => made.user.id == call.user,
            _ => false,
        })
}

/// What a shared answer begins with; the member's name follows.
pub(crate) const HEAD: &str = "Shared by ";

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

/// A text below the line that says who shared it.
pub(crate) fn below(head: &str, text: &str) -> String {
    let room = CONTENT.saturating_sub(length(head) + 1);
    format!("{head}\n{}", truncate(text, room))
}

/// These rows without a Share button.
pub(crate) fn without_share(rows: Vec<Row>) -> Vec<Row> {
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
pub(crate) fn rows(rows: &[ActionRow]) -> Vec<Row> {
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
