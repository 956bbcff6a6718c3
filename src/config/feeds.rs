//! Which news feeds are read: addresses that the operator allows, and no others.

use std::net::IpAddr;

use reqwest::Url;

/// The most feeds.
const MOST: usize = 20;
/// The longest address, in bytes.
const LONGEST: usize = 500;

/// The feeds that are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feeds {
    /// Their addresses, in the operator's order.
    pub addresses: Vec<String>,
    /// Whether they lie on this machine: only with a stand-in for Discord, for tests.
    pub on_loopback: bool,
}

/// Reads a list with commas or spaces between the addresses.
pub(super) fn read(list: &str, on_loopback: bool) -> Result<Feeds, String> {
    let mut addresses: Vec<String> = Vec::new();
    for (place, typed) in list
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|typed| !typed.is_empty())
        .enumerate()
    {
        let address = address(typed, on_loopback)
            .ok_or(format!("number {} is no https address of a host on the Internet, without a password and with at most {LONGEST} characters", place + 1))?;
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    if addresses.len() > MOST {
        return Err(format!(
            "holds {} feeds, and at most {MOST} are read",
            addresses.len()
        ));
    }
    Ok(Feeds {
        addresses,
        on_loopback,
    })
}

fn address(typed: &str, on_loopback: bool) -> Option<String> {
    let mut url = Url::parse(typed).ok()?;
    url.set_fragment(None);
    let host = url.host_str()?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let here = bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let fits = if on_loopback {
        here && url.scheme() == "http"
    } else {
        // A name that is looked up is checked then; one without a point is another machine of this network.
        url.scheme() == "https" && bare.parse::<IpAddr>().is_err() && host.contains('.')
    };
    let bare = url.username().is_empty() && url.password().is_none();
    (fits && bare && url.as_str().len() <= LONGEST).then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_https_on_named_hosts() {
        let feeds = read(
            " https://a.example/feed.xml,https://b.example \n https://a.example/feed.xml#x",
            false,
        );
        let addresses = ["https://a.example/feed.xml", "https://b.example/"];
        assert_eq!(feeds.expect("two").addresses, addresses);
        for bad in [
            "http://a.example/feed",
            "https://me:secret@a.example/feed",
            "https://127.0.0.1/feed",
            "https://[::1]/feed",
            "https://10.0.0.1/feed",
            "https://0x7f000001/feed",
            "https://localhost/feed",
            "ftp://a.example",
            "file:///etc/passwd",
            "a.example/feed",
        ] {
            let said = read(&format!("https://a.example {bad}"), false).expect_err(bad);
            assert!(
                said.contains("number 2") && !said.contains("secret"),
                "{said}"
            );
        }
        assert!(read(&format!("https://a.example/{}", "x".repeat(500)), false).is_err());
        let many: Vec<String> = (0..21).map(|n| format!("https://a.example/{n}")).collect();
        assert!(read(&many.join(","), false).is_err());
        assert!(read("http://127.0.0.1:80/feed", true).is_ok());
        assert!(
            read("https://a.example/feed", true).is_err(),
            "tests stay on this machine"
        );
    }
}
