//! `careerbot index`: builds the search index now, whether or not it is needed.

use std::time::Instant;

use anyhow::Context as _;

use crate::cli::failure::Failure;
use crate::cli::io::Io;
use crate::cli::open;
use crate::config::Config;
use crate::search::Index;

/// Builds the index of the knowledge that the environment names and makes it current.
pub fn run(config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let folder = open::index_folder(config).ok_or_else(|| {
        Failure::Usage("no folder for the index is known: set CAREERBOT_INDEX".to_owned())
    })?;
    let knowledge = open::knowledge(&open::Place::of_knowledge(config))?;
    let start = Instant::now();
    Index::rebuild(&folder, &knowledge)
        .context("the index was not built; the old one, if any, is still in use")?;
    let (roles, trends) = (knowledge.roles.len(), knowledge.trends.len());
    let ms = start.elapsed().as_millis();
    writeln!(
        io.out,
        "indexed {roles} roles and {trends} trends into {} in {ms} ms",
        folder.display()
    )?;
    Ok(())
}
