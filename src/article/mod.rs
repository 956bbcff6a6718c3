//! An article that somebody brings in, and the draft of a trend that is made of it.
//!
//! `read` makes [`Article`] of a file or a text, `draft` takes out of it what a trend needs: sentences to quote, figures,
//! roles, shipped trends that are near, what is held already. Nothing is written here: every word is the article's own, with
//! its place in it. Pure, bounded, and any bytes are accepted. Knows nothing of who brought it in.

mod dates;
pub mod draft;
mod figures;
mod head;
mod html;
mod key;
mod near;
pub mod read;
mod sentences;

pub use dates::read as date;
pub use draft::{Drafted, draft};
pub use near::Held;
pub use read::{Article, Unread, read};
