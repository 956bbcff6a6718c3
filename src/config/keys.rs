//! The names of the settings: each key once, with the flag that stands for it and a line on what it is for.

/// Every key that the program reads, in the order of `.env.example`, with one line on what it is for.
pub const KEYS: &[(&str, &str)] = &[
    (
        "DISCORD_TOKEN",
        "token of the bot; without it the program opens the terminal chat. Other users of a machine can see flags: prefer the file",
    ),
    ("DISCORD_TOKEN_FILE", "file that holds the token"),
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
    (
        "CAREERBOT_DATA",
        "folder of the database; default ./data where it exists, else the user's data folder",
    ),
    (
        "DATABASE_URL",
        "postgres://... for several replicas; default SQLite in CAREERBOT_DATA. Other users of a machine can see flags: prefer the file",
    ),
    (
        "DATABASE_URL_FILE",
        "file that holds the address of the database",
    ),
    (
        "CAREERBOT_LOG",
        "what to log, such as info or careerbot=debug; default info",
    ),
    (
        "CAREERBOT_LOG_FORMAT",
        "how to log: text, or json for an object a line; default text",
    ),
    (
        "CAREERBOT_DISCORD_API",
        "base address of a Discord stand-in for tests; loopback only",
    ),
    (
        "CAREERBOT_METRICS",
        "address to serve metrics and health on, such as 127.0.0.1:9100; default none",
    ),
    (
        "CAREERBOT_WATCH",
        "seconds between two looks at the knowledge folder, which is loaded anew when it has changed; default none",
    ),
    (
        "CAREERBOT_FEEDS",
        "https addresses of RSS or Atom feeds that moderators may subscribe to, with commas between them; default none",
    ),
    (
        "CAREERBOT_SITE",
        "https address of the pages that careerbot site writes; titles of replies link to them; default none",
    ),
    (
        "CAREERBOT_SHARDS",
        "part of the gateway that this process has, such as 0-15/64, or none; the rest is for others on the same PostgreSQL; default all",
    ),
];

/// The keys whose values are secrets. Each may stand in a file instead, which the key with `_FILE` behind it names, or in a
/// credential of systemd under the name of its flag.
pub(super) const SECRETS: &[&str] = &["DISCORD_TOKEN", "DATABASE_URL"];

/// The flag of a key, without its dashes: `CAREERBOT_LOG_FORMAT` is `log-format`, `DISCORD_TOKEN` is `discord-token`.
pub fn flag(key: &str) -> String {
    key.strip_prefix("CAREERBOT_")
        .unwrap_or(key)
        .to_lowercase()
        .replace('_', "-")
}

/// What somebody meant who wrote `word`, where one of these is near enough to be it.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// With more of its letters wrong it is another word.
    const LETTERS_PER_MISTAKE: usize = 4;
    known
        .into_iter()
        .map(|one| (strsim::damerau_levenshtein(word, one), one))
        .filter(|(far, one)| *far > 0 && *far * LETTERS_PER_MISTAKE <= one.len())
        .min_by_key(|(far, _)| *far)
        .map(|(_, one)| one)
}
