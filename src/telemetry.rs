//! Logs: one line an event on standard error, never a question's text, never a token.
//!
//! Knows how to set logging up, not what is worth logging.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

/// Starts logging to standard error at the levels of `filter`, such as `info` or `careerbot=debug`.
/// A second call changes nothing. `quiet` is the level used where `filter` is not given.
///
/// # Errors
/// Names the filter when it cannot be read.
pub fn start(filter: Option<&str>, quiet: &str) -> Result<(), String> {
    let text = filter.unwrap_or(quiet);
    // serenity logs gateway payloads, and with them question texts, at trace and debug: it stays at warn unless named.
    let text = if text.contains("serenity") {
        text.to_owned()
    } else {
        format!("{text},serenity=warn,h2=warn,hyper=warn,tantivy=warn,sqlx=warn")
    };
    // At warn its WebSocket still writes out each payload that it cannot decode; our own gateway counts and names those instead.
    let text = format!("{text},serenity::gateway::ws=off");
    let filter =
        EnvFilter::try_new(&text).map_err(|error| format!("CAREERBOT_LOG \"{text}\" cannot be read: {error}"))?;
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colour).try_init();
    Ok(())
}
