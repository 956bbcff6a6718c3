//! `careerbot commands`: the slash commands as Discord gets them.
//!
//! Shows what `discord::commands` registers; knows nothing of how they are answered.

use serde_json::Value;

use crate::cli::failure::Failure;
use crate::cli::io::{Io, Look};
use crate::cli::page::{Page, Style};
use crate::config::Config;
use crate::discord;
use crate::discord::api::client::Rest;
use crate::discord::gateway::registration::{self, Registered};

/// Names of what an option takes, by its type number. Source: Discord documentation, "Application Command Option Type".
const KINDS: &[(u64, &str)] = &[
    (3, "text"),
    (4, "number"),
    (5, "yes or no"),
    (7, "channel"),
    (8, "role"),
    (11, "file"),
];
/// Option types of subcommands and of groups of them (the same).
const SUBCOMMANDS: &[u64] = &[1, 2];
/// The columns of the table.
const HEADS: [&str; 5] = ["Command", "What it does", "Options", "Who", "Where"];
/// Columns of the first and of the last two; the others share what is left.
const COMMAND: usize = 19;
const WHO: usize = 10;
const WHERE: usize = 12;
/// Columns where nobody looks at a terminal.
const WIDTH: usize = 100;
/// Columns below which a table breaks every few letters; it is then shown as lists.
const NARROWEST: usize = 78;

/// In which form to show them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print the JSON that Discord gets
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    action: Option<Action>,
}

/// What to do with them instead of showing them.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Register them on Discord now, as careerbot serve does at its start
    Register {
        /// Overwrite other programs' commands of the same names
        #[arg(long)]
        take_over: bool,
    },
}

/// Registers them; other programs' commands stay.
fn register(take_over: bool, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let rest = Rest::new(config).map_err(anyhow::Error::from)?;
    let done = runtime.block_on(async {
        let application = rest.application().await?;
        registration::register(&rest, application, &discord::commands(), take_over).await
    });
    let said = match done.map_err(anyhow::Error::from)? {
        Registered::Unchanged => "the commands are registered already",
        Registered::Written => "the commands are registered",
    };
    writeln!(io.out, "{said}")?;
    Ok(())
}

/// Prints every command, or registers them.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    if let Some(Action::Register { take_over }) = args.action {
        return register(take_over, config, io);
    }
    let commands = serde_json::to_value(discord::commands()).map_err(anyhow::Error::from)?;
    if args.json {
        serde_json::to_writer_pretty(&mut *io.out, &commands).map_err(std::io::Error::from)?;
        writeln!(io.out)?;
        return Ok(());
    }
    let width = if io.output_is_terminal {
        io.look.width
    } else {
        WIDTH
    };
    let mut page = Page::new(Look { width, ..io.look });
    let rows: Vec<[String; 5]> = commands
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(rows)
        .collect();
    if width < NARROWEST {
        lists(&mut page, &rows);
    } else {
        table(&mut page, &rows);
    }
    page.gap();
    page.line(
        Style::Quiet,
        "* has to be given. Moderators: Manage Server, or the role that a server sets.",
    );
    write!(io.out, "{}", page.finish())?;
    Ok(())
}

fn table(page: &mut Page, rows: &[[String; 5]]) {
    let left = page
        .width()
        .saturating_sub(COMMAND + WHO + WHERE + 2 * (HEADS.len() - 1));
    let widths = [COMMAND, left / 2, left - left / 2, WHO, WHERE];
    page.row(
        HEADS
            .into_iter()
            .zip(widths)
            .map(|(head, width)| (Style::Strong, width, head))
            .collect(),
    );
    for cells in rows {
        page.gap();
        let styles = [
            Style::Label,
            Style::Plain,
            Style::Plain,
            Style::Plain,
            Style::Plain,
        ];
        let cells = cells.iter().zip(widths).zip(styles);
        page.row(
            cells
                .map(|((cell, width), style)| (style, width, cell.as_str()))
                .collect(),
        );
    }
}

fn lists(page: &mut Page, rows: &[[String; 5]]) {
    for [command, others @ ..] in rows {
        page.gap();
        page.line(Style::Strong, command);
        for (head, cell) in HEADS.iter().skip(1).zip(others) {
            page.labelled(head, COMMAND, cell);
        }
    }
}

/// The rows of a command: its own, or one for each of its subcommands.
fn rows(command: &Value) -> Vec<[String; 5]> {
    let who = if command["default_member_permissions"].is_null() {
        "everyone"
    } else {
        "moderators"
    };
    // Context 0 is a server, 1 and 2 are direct messages (Discord documentation, "Interaction Context Types").
    let direct = command["contexts"]
        .as_array()
        .is_some_and(|contexts| contexts.iter().any(|context| *context != 0));
    let place = if direct { "servers, DMs" } else { "servers" };
    let row = |name: String, body: &Value| {
        let options: Vec<String> = list(&body["options"]).iter().map(option).collect();
        [
            name,
            text(body, "description").to_owned(),
            options.join("\n"),
            who.to_owned(),
            place.to_owned(),
        ]
    };
    let name = text(command, "name");
    let subcommands: Vec<&Value> = list(&command["options"])
        .iter()
        .filter(|option| {
            option["type"]
                .as_u64()
                .is_some_and(|kind| SUBCOMMANDS.contains(&kind))
        })
        .collect();
    match (command["type"].as_u64(), subcommands.as_slice()) {
        (Some(2 | 3), _) => {
            let [_, _, options, who, place] = row(String::new(), command);
            vec![[
                name.to_owned(),
                "In the Apps menu of a message".to_owned(),
                options,
                who,
                place,
            ]]
        }
        (_, []) => vec![row(format!("/{name}"), command)],
        (_, some) => some
            .iter()
            .map(|one| row(format!("/{name} {}", text(one, "name")), one))
            .collect(),
    }
}

/// An option: its name, marked where it has to be given, and what it takes.
fn option(option: &Value) -> String {
    let mark = if option["required"] == true { "*" } else { "" };
    let kind = KINDS
        .iter()
        .find(|(number, _)| option["type"] == *number)
        .map_or("other", |(_, name)| name);
    let takes = match list(&option["choices"]).len() {
        0 => kind.to_owned(),
        choices => format!("one of {choices}"),
    };
    format!("{}{mark}: {takes}", text(option, "name"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
