//! The environment as a [`Config`]: read once, all mistakes reported at once.
//!
//! Knows the keys and their form, not what is done with them. Every key stands in `.env.example`; a test holds the two together.

use std::net::SocketAddr;
use std::path::PathBuf;

use secrecy::SecretString;

/// Every key that the program reads, in the order of `.env.example`, with one line on what it is for.
pub const KEYS: &[(&str, &str)] = &[
    (
        "DISCORD_TOKEN",
        "token of the bot; without it the program opens the terminal chat",
    ),
    (
        "DISCORD_PUBLIC_KEY",
        "public key of the application, 64 hex digits; needed by serve --http",
    ),
    (
        "CAREERBOT_KNOWLEDGE",
        "folder of the knowledge; default ./knowledge, else the copy built in",
    ),
    (
        "CAREERBOT_INDEX",
        "folder of the search index; default ./index, else the user's cache folder",
    ),
    ("CAREERBOT_DATA", "folder of the database; default ./data"),
    (
        "DATABASE_URL",
        "postgres://... for several replicas; default SQLite in CAREERBOT_DATA",
    ),
    (
        "CAREERBOT_LOG",
        "what to log, such as info or careerbot=debug; default info",
    ),
    (
        "CAREERBOT_DISCORD_API",
        "base address of a Discord stand-in for tests; loopback only",
    ),
    (
        "CAREERBOT_METRICS",
        "address to serve metrics and health on, such as 127.0.0.1:9100; default none",
    ),
];

/// What the environment says. Folders are as given; where none is given, `None`.
#[derive(Debug, Default)]
pub struct Config {
    /// `DISCORD_TOKEN`.
    pub token: Option<SecretString>,
    /// `DISCORD_PUBLIC_KEY`, 64 hex digits.
    pub public_key: Option<String>,
    /// `CAREERBOT_KNOWLEDGE`.
    pub knowledge: Option<PathBuf>,
    /// `CAREERBOT_INDEX`.
    pub index: Option<PathBuf>,
    /// `CAREERBOT_DATA`.
    pub data: Option<PathBuf>,
    /// `DATABASE_URL`.
    pub database: Option<SecretString>,
    /// `CAREERBOT_LOG`.
    pub log: Option<String>,
    /// `CAREERBOT_DISCORD_API`: `http://` and a loopback address with a port, without a path.
    pub discord_api: Option<String>,
    /// `CAREERBOT_METRICS`.
    pub metrics: Option<SocketAddr>,
}

/// Why the environment cannot be used: one line a key.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the environment has {} to mend (see .env.example):\n  {}", if .0.len() == 1 { "a setting".to_owned() } else { format!("{} settings", .0.len()) }, .0.join("\n  "))]
pub struct Error(pub Vec<String>);

impl Config {
    /// Reads `.env` in the working folder or above it, where there is one, and then the environment, which wins.
    ///
    /// # Errors
    /// Names every key whose value cannot be used, and a broken `.env` by its line.
    pub fn from_environment() -> Result<Self, Error> {
        load_file().map_err(|wrong| Error(vec![wrong]))?;
        Self::read(|key| std::env::var_os(key).map(|value| value.into_string().map_err(|_| ())))
    }

    /// Reads every key through `get`; `Err` from it means that the value is not UTF-8. Empty values count as missing.
    ///
    /// # Errors
    /// Names every key whose value cannot be used.
    pub fn read(get: impl Fn(&str) -> Option<Result<String, ()>>) -> Result<Self, Error> {
        let mut wrong = Vec::new();
        let mut value = |key: &str| match get(key) {
            Some(Ok(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Some(Err(())) => {
                wrong.push(format!("{key} is not UTF-8"));
                None
            }
            _ => None,
        };
        let mut values: Vec<(&str, Option<String>)> =
            KEYS.iter().map(|(key, _)| (*key, value(key))).collect();
        let secrets: Vec<String> = values
            .iter()
            .filter(|(key, _)| SECRETS.contains(key))
            .filter_map(|(_, value)| value.clone())
            .collect();
        for (key, value) in values.iter_mut().filter(|(key, _)| !SECRETS.contains(key)) {
            if let Some(belongs) = value
                .as_deref()
                .and_then(|value| misplaced(value, &secrets))
            {
                wrong.push(format!("{key} holds {belongs}"));
                *value = None;
            }
        }
        let value = |wanted: &str| {
            values
                .iter()
                .find(|(key, _)| *key == wanted)
                .and_then(|(_, value)| value.clone())
        };
        let token = value("DISCORD_TOKEN");
        let public_key = value("DISCORD_PUBLIC_KEY");
        let knowledge = value("CAREERBOT_KNOWLEDGE");
        let index = value("CAREERBOT_INDEX");
        let data = value("CAREERBOT_DATA");
        let database = value("DATABASE_URL");
        let log = value("CAREERBOT_LOG");
        let discord_api = value("CAREERBOT_DISCORD_API");
        let metrics = value("CAREERBOT_METRICS");

        let public_key = public_key.filter(|key| {
            let fits = key.len() == 64 && key.bytes().all(|b| b.is_ascii_hexdigit());
            if !fits {
                wrong.push(
                    "DISCORD_PUBLIC_KEY is not 64 hex digits: copy it from the application's General Information page"
                        .to_owned(),
                );
            }
            fits
        });
        let database = database.filter(|url| {
            let fits = ["postgres://", "postgresql://", "sqlite:"]
                .iter()
                .any(|scheme| url.starts_with(scheme));
            if !fits {
                wrong.push("DATABASE_URL does not begin with postgres:// or sqlite:".to_owned());
            }
            fits
        });
        let discord_api = discord_api.filter(|base| {
            let fits = loopback_base(base);
            if !fits {
                wrong.push(
                    "CAREERBOT_DISCORD_API is not http://127.0.0.1:PORT: it is for tests on this machine only"
                        .to_owned(),
                );
            }
            fits
        });
        let metrics = metrics.and_then(|address| {
            let parsed = address.parse().ok();
            if parsed.is_none() {
                wrong.push("CAREERBOT_METRICS is not an address such as 127.0.0.1:9100".to_owned());
            }
            parsed
        });
        if !wrong.is_empty() {
            return Err(Error(wrong));
        }
        Ok(Self {
            token: token.map(SecretString::from),
            public_key,
            knowledge: knowledge.map(PathBuf::from),
            index: index.map(PathBuf::from),
            data: data.map(PathBuf::from),
            database: database.map(SecretString::from),
            log,
            discord_api: discord_api.map(|base| base.trim_end_matches('/').to_owned()),
            metrics,
        })
    }
}

/// The keys whose values are secrets.
const SECRETS: &[&str] = &["DISCORD_TOKEN", "DATABASE_URL"];

/// What a value is and where it belongs, when it is a secret on the line of another key, whose value may be printed.
fn misplaced(value: &str, secrets: &[String]) -> Option<&'static str> {
    /// Shorter ones stand in ordinary words.
    const SHORTEST: usize = 8;
    let parts: Vec<&str> = value.split('.').collect();
    let word = |part: &&str| {
        part.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    // Discord's tokens: the bot's id, the time and a signature, each in base64.
    let token =
        parts.len() == 3 && parts.iter().all(word) && parts[0].len() >= 4 && parts[2].len() >= 12;
    if token {
        return Some("what looks like a bot's token: it belongs into DISCORD_TOKEN");
    }
    if value.contains("postgres://") || value.contains("postgresql://") {
        return Some("the address of a database: it belongs into DATABASE_URL");
    }
    let doubled = secrets
        .iter()
        .any(|secret| secret.len() >= SHORTEST && value.contains(secret.as_str()));
    doubled.then_some("the value of DISCORD_TOKEN or DATABASE_URL: give it one of its own")
}

/// Puts what stands in `.env` into the environment, where there is such a file; what is set there already stays.
///
/// # Errors
/// Names the line, and never what stands on it.
fn load_file() -> Result<(), String> {
    let lines = match dotenvy::dotenv_iter() {
        Ok(lines) => lines,
        Err(error) if error.not_found() => return Ok(()),
        Err(error) => return Err(format!(".env cannot be read: {error}")),
    };
    // The system takes no NUL: setting such a value would end the program with the value in its last words.
    for (number, line) in lines.enumerate() {
        match line {
            Ok((key, value)) if key.contains('\0') || value.contains('\0') => {
                return Err(format!(
                    ".env: setting {} holds a NUL character: type it anew",
                    number + 1
                ));
            }
            Ok(_) => {}
            // Some editors begin a file with a mark, which is passed over below.
            Err(dotenvy::Error::LineParse(line, _))
                if number == 0 && line.starts_with('\u{feff}') => {}
            Err(dotenvy::Error::LineParse(_, _)) => {
                return Err(format!(
                    ".env: setting {} is not of the form KEY=value (quote values that hold spaces)",
                    number + 1
                ));
            }
            Err(error) => return Err(format!(".env cannot be read: {error}")),
        }
    }
    dotenvy::dotenv()
        .map(drop)
        .map_err(|_| ".env was changed while it was read: start again".to_owned())
}

/// Whether `base` is plain HTTP to a loopback address with a port and nothing after it.
fn loopback_base(base: &str) -> bool {
    base.strip_prefix("http://")
        .map(|rest| rest.strip_suffix('/').unwrap_or(rest))
        .and_then(|address| address.parse::<SocketAddr>().ok())
        .is_some_and(|address| address.ip().is_loopback() && address.port() != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ])
        .expect_err("four mistakes");
        assert_eq!(error.0.len(), 4, "{error}");
    }

    #[test]
    fn a_secret_on_the_line_of_another_key_is_named_and_not_repeated() {
        let token = "MTAwMDAwMDAwMDAwMDAwMDAw.GabcdE.s3cr3t-s3cr3t-s3cr3t-s3cr3t";
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
            let said = read(&[("DISCORD_TOKEN", "short.fake"), (key, "x-short.fake")])
                .expect_err(key)
                .to_string();
            assert!(said.contains(key) && !said.contains("short.fake"), "{said}");
        }
        let said = read(&[("DATABASE_URL", token)])
            .expect_err("a token")
            .to_string();
        assert!(!said.contains("s3cr3t"), "{said}");
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
        let example = include_str!("../.env.example");
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
