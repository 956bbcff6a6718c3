//! `careerbot serve`: Discord, over the gateway, over HTTP, or both, and a page that plays Discord.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::cli::failure::Failure;
use crate::cli::reload::{self, Reloader};
use crate::cli::{notify, open};
use crate::config::Config;
use crate::discord::App;
use crate::runtime;
use crate::runtime::serve::Doors;

/// What `careerbot serve` is told.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// Take interactions over HTTP at this address, such as 127.0.0.1:8080; needs DISCORD_PUBLIC_KEY
    #[arg(long, value_name = "ADDR")]
    http: Option<SocketAddr>,
    /// Show a page at this address that plays Discord, such as 127.0.0.1:8080; needs no token
    #[arg(long, value_name = "ADDR")]
    web: Option<SocketAddr>,
}

/// Serves until SIGTERM or Ctrl-C.
pub fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    if config.token.is_none() && args.http.is_none() && args.web.is_none() {
        return Err(Failure::Usage("DISCORD_TOKEN is not set: put the bot's token into .env (see .env.example), serve over HTTP with --http, or try it in a browser with --web 127.0.0.1:8080".to_owned()));
    }
    let http = match (args.http, &config.public_key) {
        (Some(_), None) => {
            return Err(Failure::Usage("DISCORD_PUBLIC_KEY is not set: --http needs it to know Discord's requests (General Information page of the application)".to_owned()));
        }
        (Some(address), Some(key)) => Some((address, key.clone())),
        (None, _) => None,
    };
    let doors = Doors {
        http,
        web: args.web,
    };
    let location = open::store(config)?;
    let (advisor, loaded) = open::serving(config)?;
    let app = App::new(Arc::new(advisor));
    let reloader = Reloader::new(config, app.clone(), loaded.clone());
    let beside = |shutdown: CancellationToken| async move {
        tokio::join!(
            notify::run(shutdown.clone()),
            reload::run(reloader, shutdown)
        );
    };
    runtime::serve::run(config, app, loaded, location, doors, beside)
        .map_err(|error| Failure::Other(anyhow::Error::from_boxed(error)))
}
