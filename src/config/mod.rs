//! The settings as a [`Config`]: read once, all mistakes reported at once. A flag wins over the environment, and that over `.env`.
//!
//! Knows the keys and their form, not what is done with them. Every key stands in `.env.example`; a test holds the two together.

pub mod env_file;
pub mod feeds;
mod given;
pub mod keys;
mod levels;
mod secret;
pub mod shards;
mod token;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use given::Given;
pub use keys::KEYS;

/// What the environment says. Folders are as given; where none is given, `None`.
#[derive(Debug, Default)]
pub struct Config {
    /// `DISCORD_TOKEN`, or what stands in its place: a file, or a credential of systemd. It has a token's shape.
    pub token: Option<SecretString>,
    /// `DISCORD_PUBLIC_KEY`, 64 hex digits.
    pub public_key: Option<String>,
    /// `CAREERBOT_KNOWLEDGE`.
    pub knowledge: Option<PathBuf>,
    /// `CAREERBOT_INDEX`.
    pub index: Option<PathBuf>,
    /// `CAREERBOT_DATA`.
    pub data: Option<PathBuf>,
    /// `DATABASE_URL`, or what stands in its place.
    pub database: Option<SecretString>,
    /// `CAREERBOT_LOG`: levels, with commas between them.
    pub log: Option<String>,
    /// `CAREERBOT_LOG_FORMAT`: whether each line of the log is a JSON object.
    pub log_json: bool,
    /// `CAREERBOT_DISCORD_API`: `http://` and a loopback address with a port, without a path.
    pub discord_api: Option<String>,
    /// `CAREERBOT_METRICS`.
    pub metrics: Option<SocketAddr>,
    /// `CAREERBOT_WATCH`: how long between two looks at the knowledge folder.
    pub watch: Option<Duration>,
    /// `CAREERBOT_FEEDS`: the news feeds that moderators may subscribe to; none where it is not set.
    pub feeds: feeds::Feeds,
    /// `CAREERBOT_SITE`: `https://`, a host and perhaps a path, without `/` at the end.
    pub site: Option<String>,
    /// `CAREERBOT_SHARDS`: the connections that this process keeps; all of them where it is not set. A part of them goes only
    /// with PostgreSQL.
    pub shards: Option<shards::Shards>,
    /// What is odd about the settings and stops nothing, for the log.
    pub warnings: Vec<String>,
}

/// Shortest and longest time between two looks at the knowledge folder, in seconds.
const WATCH: std::ops::RangeInclusive<u64> = 1..=86_400;

/// Why the environment cannot be used: one line a key.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the settings have {} to mend (see .env.example):\n  {}", if .0.len() == 1 { "a mistake".to_owned() } else { format!("{} mistakes", .0.len()) }, .0.join("\n  "))]
pub struct Error(pub Vec<String>);

impl Config {
    /// Reads every key through `get`; `Err` from it means that the value is not UTF-8. Empty values count as missing.
    ///
    /// # Errors
    /// Names every key whose value cannot be used.
    pub fn read(get: impl Fn(&str) -> Option<Result<String, ()>>) -> Result<Self, Error> {
        let mut given = Given::new(get);
        let token = given.secret("DISCORD_TOKEN");
        let database = given.secret("DATABASE_URL");
        if let Some(fault) = token.as_deref().and_then(token::fault) {
            given.wrong(format!("DISCORD_TOKEN {fault}"));
        }
        let log = given.read("CAREERBOT_LOG", |filter| match levels::fault(filter) {
            Some(fault) => Err(fault),
            None => Ok(filter.to_owned()),
        });
        let log_json = given.read("CAREERBOT_LOG_FORMAT", log_format);
        let watch = given.read("CAREERBOT_WATCH", watch_time);
        let public_key = given.read("DISCORD_PUBLIC_KEY", public_key);
        if let Some(fault) = database.as_deref().and_then(database_fault) {
            given.wrong(format!("DATABASE_URL {fault}"));
        }
        let discord_api = given.read("CAREERBOT_DISCORD_API", loopback_base);
        let metrics = given.read("CAREERBOT_METRICS", |address| {
            let read = address.parse::<SocketAddr>();
            read.map_err(|_| "is not an address such as 127.0.0.1:9100".to_owned())
        });
        let feeds = given.read("CAREERBOT_FEEDS", |list| {
            feeds::read(list, discord_api.is_some())
        });
        let site = given.read("CAREERBOT_SITE", |address| {
            site_address(address).ok_or_else(|| {
                "is not an address such as https://careers.example: it begins with https:// and has neither ? nor #".to_owned()
            })
        });
        let shards = given.read("CAREERBOT_SHARDS", str::parse::<shards::Shards>);
        let shared = database
            .as_deref()
            .is_some_and(|url| url.starts_with("postgres"));
        // With a file of its own each process would know other servers' settings and post other servers' digests.
        if shards.is_some_and(shards::Shards::is_part) && !shared {
            given.wrong(
                "CAREERBOT_SHARDS leaves shards to other processes, which only PostgreSQL can be shared with: set DATABASE_URL to postgres://..., or let one process have all shards"
                    .to_owned(),
            );
        }
        let folder = |key: &str| given.text(key).map(PathBuf::from);
        let (knowledge, index, data) = (
            folder("CAREERBOT_KNOWLEDGE"),
            folder("CAREERBOT_INDEX"),
            folder("CAREERBOT_DATA"),
        );
        let mistakes = given.mistakes();
        if !mistakes.is_empty() {
            return Err(Error(mistakes));
        }
        Ok(Self {
            token: token.map(SecretString::from),
            public_key,
            knowledge,
            index,
            data,
            database: database.map(SecretString::from),
            log,
            log_json: log_json.unwrap_or_default(),
            discord_api,
            metrics,
            watch,
            feeds: feeds.unwrap_or_default(),
            site,
            shards,
            warnings: Vec::new(),
        })
    }
}

/// The address of a site, without `/` at its end; `None` where it is none that a reply may link to.
fn site_address(address: &str) -> Option<String> {
    /// An address that is longer leaves no room for the page in what Discord takes.
    const LONGEST: usize = 200;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:%".contains(c);
    let rest = address.strip_prefix("https://")?;
    let host = rest.split(['/', ':']).next()?;
    let named = host.contains('.') || host == "localhost";
    let fits = address.len() <= LONGEST && rest.chars().all(plain) && named;
    fits.then(|| address.trim_end_matches('/').to_owned())
}

/// An address of plain HTTP on this machine with a port and nothing after it, without `/` at its end.
fn loopback_base(base: &str) -> Result<String, String> {
    let fits = base
        .strip_prefix("http://")
        .map(|rest| rest.strip_suffix('/').unwrap_or(rest))
        .and_then(|address| address.parse::<SocketAddr>().ok())
        .is_some_and(|address| address.ip().is_loopback() && address.port() != 0);
    if fits {
        Ok(base.trim_end_matches('/').to_owned())
    } else {
        Err("is not http://127.0.0.1:PORT: it is for tests on this machine only".to_owned())
    }
}

/// Whether each line of the log is a JSON object.
fn log_format(word: &str) -> Result<bool, String> {
    match word {
        "text" => Ok(false),
        "json" => Ok(true),
        _ => Err("is neither text nor json".to_owned()),
    }
}

/// A time between two looks at the knowledge folder, given in seconds.
fn watch_time(seconds: &str) -> Result<Duration, String> {
    let read = seconds.parse().ok();
    let read = read.filter(|seconds| WATCH.contains(seconds));
    read.map(Duration::from_secs).ok_or_else(|| {
        format!(
            "is no number of seconds from {} to {}",
            WATCH.start(),
            WATCH.end()
        )
    })
}

/// A public key in hexadecimal.
fn public_key(key: &str) -> Result<String, String> {
    if key.len() == 64 && key.bytes().all(|b| b.is_ascii_hexdigit()) {
        Ok(key.to_owned())
    } else {
        Err(
            "is not 64 hex digits: copy it from the application's General Information page"
                .to_owned(),
        )
    }
}

/// What is wrong with the address of a database.
fn database_fault(url: &str) -> Option<&'static str> {
    let known = ["postgres://", "postgresql://", "sqlite:"];
    let fits = known.iter().any(|scheme| url.starts_with(scheme));
    (!fits).then_some("does not begin with postgres:// or sqlite:")
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;
    use crate::config::given::CREDENTIALS;
    use crate::config::keys::SECRETS;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, Error> {
        Config::read(|key| {
            pairs
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, value)| Ok((*value).to_owned()))
        })
    }

    #[test]
    fn an_empty_environment_is_fine() {
        let config = read(&[("DISCORD_TOKEN", "  ")]).expect("nothing is needed");
        assert!(config.token.is_none());
    }

    #[test]
    fn every_mistake_is_named_at_once() {
        let error = read(&[
            ("DISCORD_PUBLIC_KEY", "abc"),
            ("DATABASE_URL", "mysql://x"),
            ("CAREERBOT_DISCORD_API", "https://discord.com"),
            ("CAREERBOT_METRICS", "nine"),
            ("CAREERBOT_LOG", "inof"),
            ("CAREERBOT_LOG_FORMAT", "xml"),
            ("CAREERBOT_WATCH", "0"),
            ("CAREERBOT_SITE", "http://careers.example"),
            ("CAREERBOT_SHARDS", "a/b"),
            ("DISCORD_TOKEN", "1134567890123456789"),
        ])
        .expect_err("ten mistakes");
        assert_eq!(error.0.len(), 10, "{error}");
    }

    #[test]
    fn a_part_of_the_shards_needs_a_database_that_can_be_shared() {
        let database = ("DATABASE_URL", "postgres://x@localhost/y");
        for part in ["0-1/4", "3/4", "none"] {
            let said = read(&[("CAREERBOT_SHARDS", part)]).expect_err(part);
            assert!(said.to_string().contains("PostgreSQL"), "{said}");
            let sqlite = [("CAREERBOT_SHARDS", part), ("DATABASE_URL", "sqlite:x")];
            assert!(read(&sqlite).is_err(), "{part}");
            let config = read(&[("CAREERBOT_SHARDS", part), database]).expect(part);
            assert!(config.shards.is_some());
        }
        assert!(
            read(&[("CAREERBOT_SHARDS", "0-3/4")]).is_ok(),
            "all of them"
        );
        let said = read(&[("CAREERBOT_SHARDS", "16-3/64"), database]).expect_err("the wrong way");
        assert!(
            said.to_string()
                .contains("CAREERBOT_SHARDS begins with shard 16"),
            "{said}"
        );
    }

    #[test]
    fn a_site_is_an_https_address_and_nothing_else() {
        for (given, read_as) in [
            ("https://careers.example", Some("https://careers.example")),
            ("https://careers.example/", Some("https://careers.example")),
            (
                "https://a.example:8443/b/c//",
                Some("https://a.example:8443/b/c"),
            ),
            ("http://careers.example", None),
            ("careers.example", None),
            ("https://", None),
            ("https:///roles", None),
            ("https://nowhere", None),
            ("https://a.example/?q", None),
            ("https://a.example/#top", None),
            ("https://a.example/)", None),
            ("https://user@a.example", None),
            ("https://a .example", None),
        ] {
            let said = read(&[("CAREERBOT_SITE", given)]).map(|config| config.site);
            match read_as {
                Some(site) => assert_eq!(said.expect(given).as_deref(), Some(site)),
                None => assert!(
                    said.expect_err(given)
                        .to_string()
                        .contains("CAREERBOT_SITE"),
                    "{given}"
                ),
            }
        }
    }

    #[test]
    fn a_secret_on_the_line_of_another_key_is_named_and_not_repeated() {
        let token = "MTAwMDAwMDAwMDAwMDAwMDAw.GabcdE.s3cr3t-s3cr3t-s3cr3t-s3cr3t";
        let short = "sh.or.t-fake";
        let address = "postgres://bot:hunter2-hunter2@db.example/careers";
        for (key, _) in KEYS.iter().filter(|(key, _)| !SECRETS.contains(key)) {
            for secret in [token, address] {
                let said = read(&[(key, secret)]).expect_err(key).to_string();
                assert!(said.contains(key) && said.contains("belongs"), "{said}");
                assert!(
                    !said.contains("s3cr3t") && !said.contains("hunter2"),
                    "{said}"
                );
            }
            let said = read(&[("DISCORD_TOKEN", short), (key, "x-sh.or.t-fake/y")])
                .expect_err(key)
                .to_string();
            assert!(said.contains(key) && !said.contains(short), "{said}");
        }
        let said = read(&[("DATABASE_URL", token)])
            .expect_err("a token")
            .to_string();
        assert!(!said.contains("s3cr3t"), "{said}");
    }

    #[test]
    fn a_secret_may_stand_in_a_file_or_in_a_credential() {
        let folder = tempfile::tempdir().expect("a folder");
        let token = "MTAw.fake.token-of-the-tests";
        let at = |name: &str| folder.path().join(name).display().to_string();
        std::fs::write(at("discord-token"), format!("\u{feff}{token}\r\n")).expect("written");
        std::fs::write(at("database-url"), "postgres://x@localhost/y\n").expect("written");
        std::fs::write(at("empty"), "\n").expect("written");
        std::fs::write(at("large"), "x".repeat(100_000)).expect("written");
        let from_file = read(&[("DISCORD_TOKEN_FILE", &at("discord-token"))]).expect("a token");
        let from_credentials = read(&[(CREDENTIALS, &at(""))]).expect("both");
        for config in [&from_file, &from_credentials] {
            let found = config.token.as_ref().map(|token| token.expose_secret());
            assert_eq!(found, Some(token));
        }
        assert!(from_credentials.database.is_some() && from_file.database.is_none());
        let set =
            read(&[(CREDENTIALS, &at("")), ("DISCORD_TOKEN", "a.b.c")]).expect("the key wins");
        assert_eq!(set.token.expect("a token").expose_secret(), "a.b.c");
        for (file, words) in [
            ("missing", "cannot be read"),
            ("empty", "is empty"),
            ("large", "is larger"),
            ("", "cannot be read"),
        ] {
            let said = read(&[("DISCORD_TOKEN_FILE", &at(file))])
                .expect_err(file)
                .to_string();
            assert!(
                said.contains("DISCORD_TOKEN_FILE") && said.contains(words),
                "{said}"
            );
        }
        let both = [
            ("DATABASE_URL", "sqlite:x"),
            ("DATABASE_URL_FILE", "/nowhere"),
        ];
        let said = read(&both).expect_err("both").to_string();
        assert!(said.contains("both set"), "{said}");
    }

    #[test]
    fn each_key_has_a_flag_of_its_own() {
        let mut flags: Vec<String> = KEYS.iter().map(|(key, _)| keys::flag(key)).collect();
        assert!(
            flags.contains(&"log-format".to_owned()) && flags.contains(&"discord-token".to_owned())
        );
        flags.sort();
        flags.dedup();
        assert_eq!(flags.len(), KEYS.len());
    }

    #[test]
    fn the_test_base_is_loopback_or_nothing() {
        for bad in [
            "http://discord.com",
            "http://10.0.0.1:80",
            "http://127.0.0.1",
            "http://127.0.0.1:0",
            "http://localhost:80",
            "http://127.0.0.1:80/x",
        ] {
            assert!(read(&[("CAREERBOT_DISCORD_API", bad)]).is_err(), "{bad}");
        }
        assert!(read(&[("CAREERBOT_DISCORD_API", "http://127.0.0.1:8080/")]).is_ok());
        assert!(read(&[("CAREERBOT_DISCORD_API", "http://[::1]:8080")]).is_ok());
    }

    #[test]
    fn the_example_names_every_key_and_no_other() {
        let example = include_str!("../../.env.example");
        let named: Vec<&str> = example
            .lines()
            .filter_map(|line| {
                line.trim_start_matches("# ")
                    .split_once('=')
                    .map(|(key, _)| key)
            })
            .filter(|key| key.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
            .collect();
        let known: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
        assert_eq!(named, known);
    }
}
