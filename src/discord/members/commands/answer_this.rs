//! "Answer this" in the Apps menu of a message: the message taken as a question.

use serenity::model::application::{CommandType, ResolvedTarget};

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run, answered};
use crate::discord::interaction::response::Response;
use crate::discord::interaction::view_options::View;
use crate::discord::members::ask;

/// "Answer this".
pub const COMMAND: Command = Command {
    name: "Answer this",
    description: "",
    body: |body| body,
    kind: CommandType::Message,
    run: Run::Later(|app, input| answered(run(app, input))),
    suggest: None,
};

async fn run(app: &App, input: &Input<'_>) -> Response {
    let Some(ResolvedTarget::Message(message)) = input.data.target() else {
        return Response::private(
            "I cannot see that message. It may be deleted; you can type the question with /ask.",
        );
    };
    let question = message.content.trim();
    if question.is_empty() {
        return Response::private(
            "That message has no text that I can read. You can type the question with /ask.",
        );
    }
    let view = View {
        question: Some(question),
        reply_to: Some(message.id),
        ..input.view()
    };
    ask::show(app, input.call, question, &view, input.call.now)
        .await
        .into()
}
