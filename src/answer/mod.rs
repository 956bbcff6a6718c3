//! From facts and passages to an [`Answer`]: nothing is generated, everything is composed from the knowledge.
//!
//! Knows nothing of Discord, terminals or the clock.

pub mod areas;
pub mod blocks;
pub mod compacts;
pub mod compare;
pub mod compose;
pub mod define;
pub mod evidence;
pub mod facts;
pub mod figure;
pub mod grid;
pub mod interests;
pub mod length;
pub mod list;
pub mod model;
pub mod not_held;
mod offer;
pub mod outside;
pub mod own_trend;
pub mod pages;
pub mod path;
pub mod paths;
pub mod picture;
pub(crate) mod pictured;
pub mod programs;
pub mod refuse;
pub mod role;
pub mod role_figures;
pub mod server_entry;
pub mod settings;
pub mod spoken;
mod states;
pub mod talk;
pub mod text;
pub mod topics;
pub mod trend;
pub mod wording;

pub use compose::compose;
pub use model::{
    Answer, Brief, Choice, Fact, Grid, GridRow, Item, Median, Outcome, Own, Passage, SourceRef,
    Subject, SubjectKind, Table,
};
