//! Discord: from an interaction to the response, without a network.
//!
//! [`dispatch`] is the one way in, whichever transport the interaction came by; [`commands`] is the whole command set. Knows
//! serenity's model and Discord's JSON; knows nothing of sockets, tokens and retries.

pub mod call;
pub mod commands;
pub mod custom_id;
pub mod door;
pub mod gateway;
pub mod limits;
pub mod markdown;
pub mod memory;
pub mod mention;
pub mod message;
pub mod register;
pub mod rest;
pub mod throttle;

use std::sync::Arc;

use jiff::Timestamp;
use serenity::builder::CreateCommand;
use serenity::model::application::{CommandInteraction, Interaction};

use crate::advisor::Advisor;
use crate::discord::call::Call;
use crate::discord::commands::{Input, Run};
pub use crate::discord::message::{First, Message, Reply, Step};

/// All that commands and buttons work with. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<State>);

struct State {
    advisor: Arc<Advisor>,
}

impl App {
    /// An app that answers from this advisor.
    pub fn new(advisor: Arc<Advisor>) -> Self {
        Self(Arc::new(State { advisor }))
    }

    /// Who answers the questions.
    pub fn advisor(&self) -> &Advisor {
        &self.0.advisor
    }
}

/// Every command, as Discord wants it for registration.
pub fn commands() -> Vec<CreateCommand> {
    commands::COMMANDS.iter().map(|command| command.create()).collect()
}

/// Answers an interaction. Always gives a reply; what goes wrong inside is said in it in plain words.
pub async fn dispatch(app: &App, interaction: Interaction, now: Timestamp) -> Reply {
    match interaction {
        Interaction::Ping(_) => First::Pong.into(),
        Interaction::Command(command) => run(app, &command, now).await,
        Interaction::Autocomplete(_) => First::Suggestions(Vec::new()).into(),
        _ => Reply::private("This button is from an older version of me. Please run the command again."),
    }
}

async fn run(app: &App, command: &CommandInteraction, now: Timestamp) -> Reply {
    let call = Call::of_command(command, now);
    let input = Input { call: &call, data: &command.data };
    match commands::find(&command.data.name, command.data.kind).map(|found| &found.run) {
        Some(Run::Now(run)) => run(app, &input),
        Some(Run::Later(run)) => run(app, &input).await,
        None => Reply::private("I do not know this command. Discord may still show an older list: reload Discord, or try /help."),
    }
}
