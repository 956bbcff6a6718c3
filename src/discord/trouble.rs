//! Refusals of Discord's API in plain words: what happened and what to do.
//!
//! A table of Discord's JSON error codes (documentation, Opcodes and Status Codes). Knows nothing of how a refusal arrived.

/// Each code that can meet an answer, and what to tell the member where there still is a way to tell.
pub const TROUBLES: &[(u64, &str)] = &[
    (10_003, "This channel is gone. Ask again in another one."),
    (10_004, "I am no longer in this server. Ask a moderator to add me again, or add me to your own account."),
    (10_008, "The message is deleted. Ask again with /ask."),
    (10_015, "This took too long, and Discord no longer lets me answer here. Please ask again."),
    (10_062, "Discord gave up waiting for me. Please try again."),
    (40_060, "This was answered already."),
    (50_001, "I cannot see this channel. A moderator can let me in with the permission View Channel."),
    (
        50_007,
        "You do not accept direct messages from me. Ask in a server, or allow direct messages in its privacy settings.",
    ),
    (
        50_013,
        "I lack a permission here. A moderator can give me View Channel, Send Messages, Embed Links and Read Message History.",
    ),
    (50_027, "This took longer than the 15 minutes in which Discord lets me answer. Please ask again."),
    (50_083, "This thread is archived. Open it again, or ask elsewhere."),
];

/// What to tell a member when Discord refuses with this code; a general line for codes without words of their own.
pub fn words(code: u64) -> &'static str {
    TROUBLES
        .iter()
        .find(|(known, _)| *known == code)
        .map_or("Discord did not accept my answer. Please try again.", |(_, words)| words)
}
