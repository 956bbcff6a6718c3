//! `careerbot site`: the knowledge as static pages.
//!
//! Writes files and nothing else; what is in them stands in [`crate::site`].

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::cli::failure::Failure;
use crate::cli::io::Io;
use crate::cli::open;
use crate::config::Config;
use crate::site::{self, Site};

/// Where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder; pages of an earlier time in it are replaced, other files stay
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

/// Writes the site.
pub fn run(args: &Args, config: &Config, io: &mut Io<'_>) -> Result<(), Failure> {
    let pages = site::pages(&open::advisor(config)?);
    let folder = &args.folder;
    write(folder, &pages)
        .with_context(|| format!("the site was not written whole into {}", folder.display()))?;
    let bytes: usize = pages.values().map(String::len).sum();
    writeln!(
        io.out,
        "{} files, {} KiB, in {}; open {}",
        pages.len(),
        bytes / 1024,
        folder.display(),
        folder.join("index.html").display()
    )?;
    Ok(())
}

/// Writes each file beside the one of its name, and then in its place: who reads meanwhile finds one or the other, whole.
fn write(folder: &Path, pages: &Site) -> io::Result<()> {
    for (path, content) in pages {
        let file = folder.join(path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut new = file.clone().into_os_string();
        new.push(".new");
        fs::write(&new, content)?;
        fs::rename(&new, &file)?;
    }
    Ok(())
}
