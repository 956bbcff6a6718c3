//! News feeds: fetched from addresses that the operator allows, and read.
//!
//! `fetch` gets the bytes and nothing but a feed of the host that was asked, `read` makes items of them. Whatever a feed says is
//! material: bounded, plain text, shown to moderators. Knows nothing of servers and of who hears of it.

pub mod fetch;
pub mod public;
pub mod read;
