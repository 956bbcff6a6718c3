//! Files that members sent along, from Discord's own file servers and from nowhere else.
//!
//! The size is watched while a file arrives, and there is a deadline. With a test base, the same path is asked for there.
//! Knows nothing of what is in a file.

use std::time::Duration;

use reqwest::Url;
use reqwest::header::CONTENT_LENGTH;
use tokio::time::{Instant, timeout_at};

use crate::discord::api::client::{Error, Rest};
use crate::discord::api::error_code::ErrorCode;

/// The hosts of Discord's files. Source: Discord documentation, "CDN Formatting" and the addresses of attachments.
const HOSTS: &[&str] = &["cdn.discordapp.com", "media.discordapp.net"];
/// How long fetching a file may take.
const TIME: Duration = Duration::from_secs(10);
const WHAT: &str = "fetching a file";

impl Rest {
    /// The bytes of an attachment, at most `most` of them.
    ///
    /// # Errors
    /// When the address is not one of Discord's files, the file is larger, or it does not come in time.
    pub async fn attachment(&self, url: &str, most: usize) -> Result<Vec<u8>, Error> {
        let url = source(url, self.wire.base.as_ref())?;
        let until = Instant::now() + TIME;
        match timeout_at(until, self.read(url, most)).await {
            Ok(done) => done,
            Err(_) => Err(Error::Late { what: WHAT }),
        }
    }

    async fn read(&self, url: Url, most: usize) -> Result<Vec<u8>, Error> {
        let lost = |error: reqwest::Error| Error::Unreachable {
            what: WHAT,
            reason: error.without_url().to_string(),
        };
        // The address is signed; the bot's token has no business there.
        let mut response = self.wire.client.get(url).send().await.map_err(lost)?;
        let status = response.status().as_u16();
        if status != 200 {
            return Err(Error::Refused {
                what: WHAT,
                status,
                code: ErrorCode::NONE,
                message: "no file".to_owned(),
            });
        }
        let announced = response
            .headers()
            .get(CONTENT_LENGTH)
            .and_then(|value| value.to_str().ok())
            .and_then(|text| text.parse::<u64>().ok());
        if announced.is_some_and(|size| size > most as u64) {
            return Err(Error::TooLarge { what: WHAT, most });
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            if bytes.len() + chunk.len() > most {
                return Err(Error::TooLarge { what: WHAT, most });
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

/// Where to ask for a file: at Discord, or for the same path at the test base.
fn source(url: &str, base: Option<&Url>) -> Result<Url, Error> {
    let refused = |reason: &str| Error::NotSent {
        what: WHAT,
        reason: reason.to_owned(),
    };
    let parsed = Url::parse(url).map_err(|_| refused("its address cannot be read"))?;
    let discord = parsed.scheme() == "https"
        && parsed.host_str().is_some_and(|host| HOSTS.contains(&host))
        && parsed.port().is_none()
        && parsed.username().is_empty()
        && parsed.password().is_none();
    if !discord {
        return Err(refused("it is not one of Discord's files"));
    }
    let Some(base) = base else { return Ok(parsed) };
    let mut there = base.clone();
    there.set_path(parsed.path());
    there.set_query(parsed.query());
    Ok(there)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_from_discord_alone() {
        for good in [
            "https://cdn.discordapp.com/attachments/1/2/a.md?ex=1&hm=2",
            "https://media.discordapp.net/x",
        ] {
            assert_eq!(source(good, None).expect("good").as_str(), good);
        }
        for bad in [
            "http://cdn.discordapp.com/a",
            "https://cdn.discordapp.com.example.org/a",
            "https://cdn.discordapp.com:8443/a",
            "https://me@cdn.discordapp.com/a",
            "https://example.org/cdn.discordapp.com",
            "https://127.0.0.1/a",
            "http://169.254.169.254/latest",
            "file:///etc/passwd",
            "attachment",
            "",
        ] {
            assert!(
                matches!(source(bad, None), Err(Error::NotSent { .. })),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_test_base_is_asked_instead() {
        let base = Url::parse("http://127.0.0.1:4000").expect("an address");
        let there = source(
            "https://cdn.discordapp.com/attachments/1/2/a.md?ex=1",
            Some(&base),
        )
        .expect("good");
        assert_eq!(
            there.as_str(),
            "http://127.0.0.1:4000/attachments/1/2/a.md?ex=1"
        );
        assert!(source("https://example.org/a.md", Some(&base)).is_err());
    }
}
