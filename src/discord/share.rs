//! "Share": an answer that one member sees becomes a message that the channel sees, under the member's name.
//!
//! What is posted is exactly what the member read: it is taken from the message on which Share was pressed, which Discord
//! sends along with the press. Nothing is kept but the last few messages that were shared, so that a second press does not
//! post twice.

use serenity::model::Permissions;
use serenity::model::application::{ActionRow, ActionRowComponent, ButtonKind, ButtonStyle, ComponentInteraction};
use serenity::model::channel::{Message as Shown, MessageFlags};
use serenity::model::id::MessageId;

use crate::discord::App;
use crate::discord::call::Call;
use crate::discord::commands::pay;
use crate::discord::custom_id::Action;
use crate::discord::limits::{CONTENT, length};
use crate::discord::markdown::truncate;
use crate::discord::message::{Button, Embed, Entry, Field, First, Footer, Look, Message, Reply, Row, Select, Step};
use crate::discord::once::Once;

/// How many shared messages are remembered.
const REMEMBERED: usize = 2_000;

/// The messages that were shared lately.
pub struct Shared(Once<MessageId>);

impl Default for Shared {
    fn default() -> Self {
        Self(Once::new(REMEMBERED))
    }
}

/// The reply to a press on Share.
pub fn press(shared: &Shared, press: &ComponentInteraction, call: &Call, reply_to: Option<MessageId>) -> Reply {
    let private = press.message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    if !private {
        return Reply::private("This answer is public already.");
    }
    let outside_apps = press.member.as_ref().and_then(|member| member.permissions);
    let may_post = call.bot_in_server
        || outside_apps.is_none_or(|may| may.intersects(Permissions::USE_EXTERNAL_APPS | Permissions::ADMINISTRATOR));
    if call.guild.is_some() && !may_post {
        return Reply::private(
            "This server does not let apps from outside post in it. Ask a moderator to add me to the server, or to give you the permission \"Use External Apps\".",
        );
    }
    if !shared.0.is_first(press.message.id) {
        return Reply::private("You have shared this answer already.");
    }
    let message = public_copy(&press.message, &format!("Shared by <@{}>", call.user));
    match reply_to {
        Some(target) if call.can_post => Reply {
            first: First::Rows(without_share(&press.message.components)),
            then: vec![Step::Post { channel: call.channel, reply_to: Some(target), message }],
        },
        // Without rights of its own in the channel the bot can still answer the press for all to see.
        Some(target) => {
            let place = call.guild.map_or_else(|| "@me".to_owned(), |guild| guild.to_string());
            let head = format!(
                "Shared by <@{}>, in answer to https://discord.com/channels/{place}/{}/{target}",
                call.user, call.channel
            );
            public_copy(&press.message, &head).into()
        }
        None => message.into(),
    }
}

/// Draws the chart of a shared answer again: the copy that Discord keeps belongs to the private message and goes with it.
pub async fn add_chart(app: &App, press: &ComponentInteraction, reply: &mut Reply) {
    let First::Message(message) = &mut reply.first else { return };
    let shares = matches!(Action::decode(&press.data.custom_id), Some(Action::Share(_)));
    if shares && !message.private {
        let shown = press.message.attachments.iter().find_map(|attachment| pay::named(&attachment.filename));
        if let Some((slug, state)) = shown {
            message.file = pay::chart(app, slug, state).await;
        }
    }
}

fn public_copy(shown: &Shown, head: &str) -> Message {
    let room = CONTENT.saturating_sub(length(head) + 1);
    Message {
        content: format!("{head}\n{}", truncate(&shown.content, room)),
        embeds: shown
            .embeds
            .iter()
            .filter(|embed| embed.kind.as_deref().unwrap_or("rich") == "rich")
            .map(embed)
            .collect(),
        rows: without_share(&shown.components).into(),
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
            .map(|field| Field { name: field.name.clone(), value: field.value.clone(), inline: field.inline })
            .collect(),
        footer: shown.footer.as_ref().map(|footer| Footer { text: footer.text.clone() }),
    }
}

/// The rows of a message without its Share button.
fn without_share(rows: &[ActionRow]) -> Vec<Row> {
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
                let ButtonKind::NonLink { custom_id, style } = &button.data else { continue };
                if matches!(Action::decode(custom_id), Some(Action::Share(_))) {
                    continue;
                }
                let look = if *style == ButtonStyle::Primary { Look::Main } else { Look::Plain };
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
