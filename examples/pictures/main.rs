//! Draws the pictures of the docs: `cargo run --example pictures -- docs`.

mod scenes;

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;

fn main() -> anyhow::Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .context("name the folder for the pictures: cargo run --example pictures -- docs")?;
    let mut out = std::io::stdout().lock();
    for path in scenes::draw_all(&PathBuf::from(folder))? {
        writeln!(out, "{}", path.display())?;
    }
    Ok(())
}
