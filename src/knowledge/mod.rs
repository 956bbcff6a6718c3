//! What the bot knows: roles, trends, figures, sources, and the words for them, loaded from `knowledge/`.
//!
//! Files are written by people, so reading is strict and every mistake is a [`Problem`] with its place and a hint.
//! Knows nothing of questions, search or Discord.

pub mod areas;
pub mod bridges;
pub mod cells;
pub mod check;
pub mod compacts;
pub mod definitions;
pub mod entry;
pub mod entry_file;
pub mod figures;
pub mod figures_update;
pub mod files;
pub mod frame;
pub mod front_matter;
pub mod glossary;
pub mod language;
pub mod letters;
mod link;
pub mod load;
pub mod markdown;
pub mod model;
pub mod names;
pub mod occupations;
pub mod outside;
pub mod own_trend;
pub mod pages;
pub mod plain;
pub mod problem;
pub mod programs;
pub mod read_role;
pub mod read_trend;
pub mod settings;
pub mod sources;
pub mod starts;
pub mod states;
mod table;
pub mod terms;

use std::path::Path;

pub use areas::{Area, AreaId, Areas};
pub use cells::{Cell, Hourly, Pay};
pub use figures::Figures;
pub use load::load;
pub use model::{Knowledge, Role, RoleId, Section, Topic, Trend, TrendId};
pub use names::{Slug, SocCode};
pub use problem::Problem;
pub use settings::{Setting, SettingId, Settings};
pub use sources::{Source, SourceId};
pub use states::State;

/// Loads a knowledge folder, or returns every problem in it.
pub fn load_folder(folder: &Path) -> Result<Knowledge, Vec<Problem>> {
    let mut problems = Vec::new();
    let files = files::from_folder(folder, &mut problems);
    finish(&files, problems)
}

/// Loads the knowledge built into the program.
pub fn load_shipped() -> Result<Knowledge, Vec<Problem>> {
    let mut problems = Vec::new();
    let files = files::shipped(&mut problems);
    finish(&files, problems)
}

fn finish(files: &files::Files, mut problems: Vec<Problem>) -> Result<Knowledge, Vec<Problem>> {
    match load(files) {
        Ok(knowledge) if problems.is_empty() => Ok(knowledge),
        Ok(_) => Err(problems),
        Err(found) => {
            problems.extend(found);
            problems.sort();
            Err(problems)
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn shipped_knowledge_loads() {
        let problems: Vec<String> = super::load_shipped()
            .err()
            .unwrap_or_default()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(problems, Vec::<String>::new());
    }
}
