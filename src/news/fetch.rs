//! A feed's bytes, from the host that the operator named and from no other.
//!
//! The host's name is looked up once, every address is checked, and those that were checked are connected to: a name that points
//! somewhere else a moment later leads nowhere. Asked with what is known ([`Known`]), so that a feed without news sends none.

use std::net::SocketAddr;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
};
use reqwest::{Client, Response, Url};

use crate::news::public::is_public;

/// The largest feed, in bytes.
pub const LARGEST: usize = 1024 * 1024;
/// How long a fetch may take, looking up and redirects included.
pub const TIME: Duration = Duration::from_secs(15);
/// How often a feed may send on to another place on its host.
const REDIRECTS: usize = 3;
/// The longest mark of a version that is kept, in bytes.
const MARK: usize = 300;

/// What a host has said of the version that is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub modified: Option<String>,
}

/// What a fetch came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// Nothing has changed.
    Same,
    /// The feed, and the marks of its version.
    New(Vec<u8>, Known),
}

/// Why a feed was not fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The address or the host's name cannot be used.
    #[error("its host is not found")]
    NoHost,
    /// A host of this network.
    #[error("its host lies in a private network")]
    Private,
    /// Sent on to somewhere else.
    #[error("it sends on to another host")]
    Elsewhere,
    /// Sent on and on.
    #[error("it sends on more than {REDIRECTS} times")]
    Circle,
    /// An error of the host.
    #[error("its host answers with status {0}")]
    Status(u16),
    /// Too large.
    #[error("it is larger than {} KB", LARGEST / 1024)]
    TooLarge,
    /// Not in time.
    #[error("it does not come within {} s", TIME.as_secs())]
    Late,
    /// The connection failed.
    #[error("it cannot be reached")]
    Unreachable,
}

/// Fetches the feed at an address; `on_loopback` stands for tests, whose feeds lie on this machine.
///
/// # Errors
/// Says why it was not fetched; nothing of an answer is used then.
pub async fn fetch(address: &str, known: &Known, on_loopback: bool) -> Result<Fetched, Fault> {
    within(TIME, address, known, on_loopback).await
}

async fn within(
    time: Duration,
    address: &str,
    known: &Known,
    on_loopback: bool,
) -> Result<Fetched, Fault> {
    let done = tokio::time::timeout(time, follow(address, known, on_loopback));
    done.await.unwrap_or(Err(Fault::Late))
}

async fn follow(address: &str, known: &Known, on_loopback: bool) -> Result<Fetched, Fault> {
    let mut url = Url::parse(address).map_err(|_| Fault::NoHost)?;
    let client = client(&url, on_loopback).await?;
    for _ in 0..=REDIRECTS {
        let mut asked = client.get(url.clone()).header(
            ACCEPT,
            "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.1",
        );
        for (name, value) in [
            (IF_NONE_MATCH, &known.etag),
            (IF_MODIFIED_SINCE, &known.modified),
        ] {
            if let Some(value) = value {
                asked = asked.header(name, value);
            }
        }
        let answer = asked.send().await.map_err(|_| Fault::Unreachable)?;
        match answer.status().as_u16() {
            304 => return Ok(Fetched::Same),
            200 => return read(answer).await,
            301 | 302 | 303 | 307 | 308 => url = next(&url, answer.headers())?,
            status => return Err(Fault::Status(status)),
        }
    }
    Err(Fault::Circle)
}

/// A client that connects to what was checked, goes through no proxy, and follows nothing by itself.
async fn client(url: &Url, on_loopback: bool) -> Result<Client, Fault> {
    let host = url.host_str().ok_or(Fault::NoHost)?;
    let port = url.port_or_known_default().ok_or(Fault::NoHost)?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let found = tokio::net::lookup_host((bare, port)).await;
    let found: Vec<SocketAddr> = found.map_err(|_| Fault::NoHost)?.collect();
    if found.is_empty() {
        return Err(Fault::NoHost);
    }
    let may = |address: &SocketAddr| {
        if on_loopback {
            address.ip().is_loopback()
        } else {
            is_public(address.ip())
        }
    };
    if !found.iter().all(may) {
        return Err(Fault::Private);
    }
    Client::builder()
        .user_agent(concat!("careerbot/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .connect_timeout(Duration::from_secs(5))
        .resolve_to_addrs(host, &found)
        .build()
        .map_err(|_| Fault::Unreachable)
}

/// Where an answer sends on to: another path of the same host, by the same way.
fn next(url: &Url, headers: &HeaderMap) -> Result<Url, Fault> {
    let to = headers.get(LOCATION).and_then(|to| to.to_str().ok());
    let to = to
        .and_then(|to| url.join(to).ok())
        .ok_or(Fault::Elsewhere)?;
    let same = to.origin() == url.origin() && to.username().is_empty() && to.password().is_none();
    if same { Ok(to) } else { Err(Fault::Elsewhere) }
}

async fn read(mut answer: Response) -> Result<Fetched, Fault> {
    let mark = |name: HeaderName| {
        let mark = answer.headers().get(name)?.to_str().ok()?;
        (mark.len() <= MARK).then(|| mark.to_owned())
    };
    let known = Known {
        etag: mark(ETAG),
        modified: mark(LAST_MODIFIED),
    };
    if answer
        .content_length()
        .is_some_and(|size| size > LARGEST as u64)
    {
        return Err(Fault::TooLarge);
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| Fault::Unreachable)? {
        if bytes.len() + chunk.len() > LARGEST {
            return Err(Fault::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Fetched::New(bytes, known))
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    /// A host that answers each request with what `answer` makes of its head; gives its address.
    async fn host(answer: fn(&str) -> Vec<u8>) -> String {
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
        let address = format!("http://{}", socket.local_addr().expect("an address"));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = socket.accept().await {
                tokio::spawn(async move {
                    let mut head = vec![0; 8_192];
                    let read = stream.read(&mut head).await.unwrap_or_default();
                    let head = String::from_utf8_lossy(&head[..read]).to_lowercase();
                    let bytes = answer(&head);
                    if bytes.is_empty() {
                        tokio::time::sleep(Duration::from_secs(60)).await;
                    }
                    let _ = stream.write_all(&bytes).await;
                });
            }
        });
        address
    }

    fn plain(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n");
        [head.as_bytes(), body].concat()
    }

    fn answer(head: &str) -> Vec<u8> {
        let path = head.split(' ').nth(1).unwrap_or_default();
        match path {
            "/feed" if head.contains("if-none-match: \"1\"") => plain("304 Not Modified", "", b""),
            "/feed" => plain(
                "200 OK",
                "ETag: \"1\"\r\nLast-Modified: then\r\n",
                b"<rss/>",
            ),
            "/moved" => plain("301 Moved", "Location: /feed\r\n", b""),
            "/elsewhere" => plain("302 Found", "Location: http://127.0.0.2:9/feed\r\n", b""),
            "/inside" => plain("302 Found", "Location: http://169.254.169.254/\r\n", b""),
            "/file" => plain("302 Found", "Location: file:///etc/passwd\r\n", b""),
            "/circle" => plain("302 Found", "Location: /circle\r\n", b""),
            "/announced" => plain("200 OK", "Content-Length: 99999999\r\n", b"<rss/>"),
            "/large" => plain("200 OK", "", &vec![b' '; LARGEST + 1]),
            "/slow" => Vec::new(),
            _ => plain("404 Not Found", "", b""),
        }
    }

    #[tokio::test]
    async fn a_feed_is_asked_with_what_is_known_of_it() {
        let base = host(answer).await;
        let known = Known {
            etag: Some("\"1\"".to_owned()),
            modified: Some("then".to_owned()),
        };
        for path in ["/feed", "/moved"] {
            let address = format!("{base}{path}");
            let first = fetch(&address, &Known::default(), true).await;
            assert_eq!(first, Ok(Fetched::New(b"<rss/>".to_vec(), known.clone())));
            assert_eq!(fetch(&address, &known, true).await, Ok(Fetched::Same));
        }
    }

    #[tokio::test]
    async fn what_leads_elsewhere_is_too_large_or_late_is_refused() {
        let base = host(answer).await;
        for (path, fault) in [
            ("/elsewhere", Fault::Elsewhere),
            ("/inside", Fault::Elsewhere),
            ("/file", Fault::Elsewhere),
            ("/circle", Fault::Circle),
            ("/announced", Fault::TooLarge),
            ("/large", Fault::TooLarge),
            ("/slow", Fault::Late),
            ("/none", Fault::Status(404)),
        ] {
            let time = Duration::from_secs(if path == "/slow" { 1 } else { 15 });
            let done = within(time, &format!("{base}{path}"), &Known::default(), true).await;
            assert_eq!(done, Err(fault), "{path}");
        }
    }

    #[tokio::test]
    async fn a_name_of_this_network_is_never_connected_to() {
        let base = host(answer).await;
        let port = base.rsplit(':').next().expect("a port");
        for inside in [
            format!("http://127.0.0.1:{port}/feed"),
            format!("http://localhost:{port}/feed"),
            "http://169.254.169.254/latest/meta-data".to_owned(),
            "http://[::1]/feed".to_owned(),
            "http://10.0.0.1/feed".to_owned(),
        ] {
            let done = fetch(&inside, &Known::default(), false).await;
            assert_eq!(done, Err(Fault::Private), "{inside}");
        }
    }
}
