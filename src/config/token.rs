//! What a bot's token looks like, and what people paste in its place.
//!
//! Nothing is decided on what a token says; Discord does that. Shapes as the developer portal shows them.

/// Words that are put before a token in a request's header.
const SCHEMES: &[&str] = &["bot ", "bearer "];
/// Digits of an id. Source: Discord documentation, "Snowflakes": 64 bits, and 17 digits since 2015.
const ID: std::ops::RangeInclusive<usize> = 17..=20;
/// Letters of a client secret, as the portal's OAuth2 page gives it out.
const CLIENT_SECRET: usize = 32;
/// Hex digits of a public key.
const PUBLIC_KEY: usize = 64;

/// Whether a part of a token has the letters of base64, as it stands in addresses.
pub(super) fn is_word(part: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    part.bytes().all(fits)
}

/// What is wrong with a text that stands in for a bot's token, and what to do; `None` where it has a token's shape. Repeats
/// nothing of it.
pub(super) fn fault(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let all = |fits: fn(&u8) -> bool| text.as_bytes().iter().all(fits);
    // The first that fits says it best.
    let faults: &[(bool, &str)] = &[
        (
            SCHEMES.iter().any(|scheme| lower.starts_with(scheme)),
            "begins with \"Bot \" or \"Bearer \": leave that word out, careerbot puts it there itself",
        ),
        (
            text.starts_with(['"', '\'']) || text.ends_with(['"', '\'']),
            "stands in quotes: leave them out",
        ),
        (
            ID.contains(&text.len()) && all(u8::is_ascii_digit),
            "is an id and no token: press Reset Token on the Bot page of the application, and copy what it shows",
        ),
        (
            text.len() == PUBLIC_KEY && all(u8::is_ascii_hexdigit),
            "is a public key: that belongs into DISCORD_PUBLIC_KEY; the token is shown on the Bot page when you press Reset Token",
        ),
        (
            text.len() == CLIENT_SECRET && is_word(text),
            "looks like the client secret of the OAuth2 page: the token is shown on the Bot page when you press Reset Token",
        ),
        (
            text.split('.').count() != 3
                || text
                    .split('.')
                    .any(|part| part.is_empty() || !is_word(part)),
            "has not the shape of a bot's token, three words joined by dots: copy it anew from the Bot page (Reset Token)",
        ),
    ];
    faults
        .iter()
        .find(|(found, _)| *found)
        .map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_in_place_of_a_token_is_told_apart() {
        for (text, words) in [
            ("Bot MTAw.fake.token-of-the-tests", "leave that word out"),
            ("\"MTAw.fake.token-of-the-tests\"", "quotes"),
            ("1134567890123456789", "is an id"),
            (&"0123456789abcdef".repeat(4), "DISCORD_PUBLIC_KEY"),
            ("s3cr3t_s3cr3t-s3cr3t_s3cr3t-s3c3", "client secret"),
            ("MTAw.fake", "three words"),
            ("MTAw.fake.", "three words"),
            ("MTAw.fake.to ken", "three words"),
            ("your-token-here", "three words"),
        ] {
            let said = fault(text).expect(text);
            assert!(said.contains(words), "{text}: {said}");
        }
        assert_eq!(fault("MTAw.fake.token-of-the-tests"), None);
    }
}
