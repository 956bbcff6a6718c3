//! `/privacy`: what is read, kept and not kept.

use serenity::model::application::CommandType;

use crate::discord::app::App;
use crate::discord::command::{Command, Input, Run};
use crate::discord::interaction::response::Response;

/// `/privacy`.
pub const COMMAND: Command = Command {
    name: "privacy",
    description: "What I read, what I keep and what I do not",
    body: |body| body,
    kind: CommandType::ChatInput,
    run: Run::Now(run),
    suggest: None,
};

/// What the program does; a change of what is kept changes this text.
const TEXT: &str = "\
**What I read:** what you send me with a command or directly, a message that mentions me, one on which somebody chooses \"Answer this\" or a moderator \"Draft a trend from this\" or \"Save as knowledge\". I cannot read more.
**What I keep for a while:** what your last answer in a channel was about, for 15 minutes or until /my-data delete, for follow-ups; how fast you ask, and which answers you judged. All of it in memory only. In my store: if you press \"Message me these\" below a post, your id, the topic and the server, until you press it again.
**What I do not keep:** your questions. They are not stored and not logged, with one exception: where a server's moderators switched it on, a question asked there that I could not answer, or that got 👎, is counted by its words, without your name, mentions, addresses and long numbers. They see it once it was asked three times, for 90 days. So that nothing is done twice, what I answered a moderator is kept for up to two hours. Quiz answers stay in the buttons of the quiz. 👍 and 👎 are counted without your name, with what the answer was about. Where moderators switched it on, I count by week how questions end, what they are about, and presses below posts: numbers alone, kept 26 weeks.
**What I keep for servers:** what moderators set and write, and a log of who changed what, for as long as the server says, usually 90 days. A try at a moderator's command without the right to it is logged too. A post of mine stays in the history for a year, a draft of one for a week; entries of /knowledge and trends stay, with who wrote and approved them; whose message it was is shown if they agree. /my-data delete takes your name off all of that. When I am removed from a server, what I keep for it is deleted a week later, unless I am back by then.
**Who sees it:** answers are for you alone until you press Share or choose private: False. None of it goes to any service but Discord; news feeds are only read.";

fn run(_: &App, _: &Input<'_>) -> Response {
    Response::private(TEXT)
}
