//! `careerbot commands`: the slash commands as Discord gets them.
//!
//! Shows what `discord::commands` registers; knows nothing of how they are answered.

use serde_json::Value;

use crate::cli::failure::Failure;
use crate::cli::io::Io;
use crate::cli::page::{Page, Style};
use crate::discord;

/// Kinds of commands in Discord's API: application command types 2 and 3 are opened from a menu.
const KINDS: &[(u64, &str)] = &[(2, "in the menu of a member: "), (3, "in the menu of a message: ")];
/// Columns of the widest name.
const NAME: usize = 20;
/// Option types 1 and 2 of Discord's API: subcommands and groups of them.
const SUBCOMMANDS: &[u64] = &[1, 2];

/// In which form to show them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print the JSON that Discord gets
    #[arg(long)]
    json: bool,
}

/// Prints every command.
pub fn run(args: &Args, io: &mut Io<'_>) -> Result<(), Failure> {
    let commands = serde_json::to_value(discord::commands()).map_err(anyhow::Error::from)?;
    if args.json {
        serde_json::to_writer_pretty(&mut *io.out, &commands).map_err(std::io::Error::from)?;
        writeln!(io.out)?;
        return Ok(());
    }
    let mut page = Page::new(io.look);
    for command in commands.as_array().into_iter().flatten() {
        show(&mut page, command);
    }
    write!(io.out, "{}", page.finish())?;
    Ok(())
}

fn show(page: &mut Page, command: &Value) {
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let kind = command["type"].as_u64().and_then(|kind| KINDS.iter().find(|(number, _)| *number == kind));
    match kind {
        Some((_, place)) => page.line(Style::Strong, &format!("{place}{}", text(command, "name"))),
        None => {
            page.line(Style::Strong, &format!("/{}", text(command, "name")));
            page.block(Style::Plain, "  ", &text(command, "description"));
        }
    }
    options(page, command, "  ");
    page.gap();
}

/// The options of a command, those of a subcommand below it.
fn options(page: &mut Page, command: &Value, indent: &str) {
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    for option in command["options"].as_array().into_iter().flatten() {
        let subcommand = option["type"].as_u64().is_some_and(|kind| SUBCOMMANDS.contains(&kind));
        let mut words = text(option, "description");
        if !subcommand && option["required"] != true {
            words.push_str(" (optional)");
        }
        let choices: Vec<String> =
            option["choices"].as_array().into_iter().flatten().map(|choice| text(choice, "name")).collect();
        if !choices.is_empty() {
            words.push_str(&format!(": {}", choices.join("; ")));
        }
        page.labelled(&format!("{indent}{}", text(option, "name")), NAME, &words);
        options(page, option, "    ");
    }
}
