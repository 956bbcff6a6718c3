//! `/ask`: a question in plain words.

use serenity::builder::CreateCommand;
use serenity::model::application::{CommandOptionType, CommandType};

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, answered};
use crate::discord::interaction::response::Response;
use crate::discord::interaction::view_options::View;
use crate::discord::interaction::visibility;
use crate::discord::members::ask;
use crate::discord::message::{locale, plain_text};

/// `/ask`.
pub const COMMAND: Command = Command {
    name: "ask",
    description: "Ask about US healthcare jobs in your own words",
    body,
    kind: CommandType::ChatInput,
    run: Run::Later(|app, input| answered(run(app, input))),
    suggest: None,
};

/// Most characters of a question; Discord itself allows 6,000.
const QUESTION: u16 = 500;

fn body(command: CreateCommand) -> CreateCommand {
    let option = |kind, name, description| locale::option("ask", kind, name, description);
    command
        .add_option(
            option(
                CommandOptionType::String,
                "question",
                "Such as: what does a sonographer earn in Texas?",
            )
            .required(true)
            .max_length(QUESTION),
        )
        .add_option(option(
            CommandOptionType::Boolean,
            "private",
            "Only you see the answer (default: yes, unless the server chose otherwise)",
        ))
}

async fn run(app: &App, input: &Input<'_>) -> Response {
    let Some(question) = input.options().text("question") else {
        return Response::private(
            "Please write a question, such as: /ask question: What does a sonographer earn in Texas?",
        );
    };
    let open = !input
        .options()
        .flag("private")
        .unwrap_or(input.server.settings.private_answers)
        && input.server.certain;
    let obstacle = visibility::obstacle(input.call).filter(|_| open);
    let view = View {
        question: Some(question),
        private: !open || obstacle.is_some(),
        ..input.view()
    };
    let answer = ask::show(app, input.call, question, &view, input.call.now).await;
    match obstacle {
        Some(obstacle) => plain_text::with_note(answer, obstacle.line).into(),
        None => answer.into(),
    }
}
