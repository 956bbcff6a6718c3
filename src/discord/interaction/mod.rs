//! One interaction: what came in, what is answered at once, and what follows.
//!
//! Knows no command and no button.

pub mod component;
pub mod context;
pub mod decode;
pub mod delivery;
pub mod follow_up;
pub mod form_input;
pub mod handler_error;
pub mod response;
pub(crate) mod trim;
pub mod view_options;
pub mod visibility;
