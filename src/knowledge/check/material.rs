//! What every check is given.

use jiff::civil::Date;

use crate::knowledge::check::page::Page;
use crate::knowledge::files::Files;
use crate::knowledge::model::Knowledge;

/// What the checks look at.
pub struct Material<'a> {
    /// Every file as text.
    pub files: &'a Files,
    /// Roles and trends as prose with lines.
    pub pages: Vec<Page>,
    /// The loaded knowledge; `None` when it does not load, and checks that need it then pass.
    pub knowledge: Option<&'a Knowledge>,
    /// What counts as old; `None` when age is not asked about.
    pub stale: Option<Stale>,
}

/// When a review is too old.
#[derive(Debug, Clone, Copy)]
pub struct Stale {
    /// The day to count from.
    pub today: Date,
    /// Days after which a review is too old.
    pub days: u32,
}
