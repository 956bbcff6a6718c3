//! `careerbot health`: is the server that runs here well? For containers' health checks, which have no other program at hand.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use crate::cli::failure::Failure;
use crate::cli::io::Io;
use crate::config::Config;

/// How long the server may take for each step.
const PATIENCE: Duration = Duration::from_secs(3);
/// Bytes of an answer that are read at most.
const MOST: u64 = 64 * 1024;

/// What to ask.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Ask only whether it lives, not whether it can answer
    #[arg(long)]
    live: bool,
}

/// Asks, prints what it says, and stops with [`Failure::Said`] when it is not well.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let Some(address) = config.metrics else {
        return Err(Failure::Usage(
            "CAREERBOT_METRICS is not set: set it to the address at which the server shows its health, such as 127.0.0.1:9100"
                .to_owned(),
        ));
    };
    let address = reachable(address);
    let path = if args.live { "live" } else { "ready" };
    let (status, body) = ask(address, path)
        .map_err(|error| anyhow::anyhow!("the server at {address} does not answer: {error}"))?;
    write!(io.out, "{body}")?;
    if status == 200 {
        return Ok(());
    }
    io.out.flush()?;
    writeln!(io.err, "careerbot: the server at {address} says {status}")?;
    Err(Failure::Said)
}

/// A server that listens everywhere is asked on this machine.
fn reachable(address: SocketAddr) -> SocketAddr {
    let here = match address.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    SocketAddr::new(here, address.port())
}

/// Status and body.
fn ask(address: SocketAddr, path: &str) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET /health/{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut bytes = Vec::new();
    stream.take(MOST).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let strange = || std::io::Error::other("what answers there is no careerbot");
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(strange)?;
    let status = head
        .strip_prefix("HTTP/1.1 ")
        .and_then(|rest| rest.get(..3)?.parse().ok())
        .ok_or_else(strange)?;
    Ok((status, body.to_owned()))
}
