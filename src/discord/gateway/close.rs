//! What a close of the gateway means. Source: Discord documentation, "Gateway Close Event Codes".

/// What to do after a close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Connect again, and go on where it stopped.
    Resume,
    /// Connect again with a new login.
    Login,
    /// Ask how many connections Discord wants, and begin all of them anew.
    Replan(&'static str),
    /// The token is not good.
    Token,
    /// It would happen again; somebody has to do something first.
    Fatal(&'static str),
}

const CODES: &[(u16, Meaning)] = &[
    (4003, Meaning::Login),
    (4004, Meaning::Token),
    (4007, Meaning::Login),
    (4009, Meaning::Login),
    (4010, Meaning::Replan("4010, a shard that there is not")),
    (
        4011,
        Meaning::Replan("4011, more servers than fit into so few shards"),
    ),
    (
        4012,
        Meaning::Fatal(
            "4012, Discord no longer knows this version of the gateway: install a newer careerbot",
        ),
    ),
    (
        4013,
        Meaning::Fatal("4013, Discord does not know the intents: install a newer careerbot"),
    ),
    (
        4014,
        Meaning::Fatal(
            "4014, Discord does not grant the intents: look whether the application is verified and in good standing",
        ),
    ),
];

/// What this code means; what is not on the list can be resumed.
pub(super) fn meaning(code: Option<u16>) -> Meaning {
    CODES
        .iter()
        .find(|(known, _)| Some(*known) == code)
        .map_or(Meaning::Resume, |(_, meaning)| *meaning)
}
