//! The folder of the facts from which the knowledge was made, where it is present.
//!
//! `CAREERBOT_SHARED` names it, else it is `../shared` beside the checkout.

use std::io::Write as _;
use std::path::PathBuf;

fn folder() -> PathBuf {
    std::env::var_os("CAREERBOT_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")),
        PathBuf::from,
    )
}

/// A file of the folder; `None` where the folder is missing, which is said on standard error itself because the test
/// runner hides what a passing test prints.
pub(crate) fn read(path: &str, what: &str) -> Option<Vec<u8>> {
    let path = folder().join(path);
    match std::fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            let _ = writeln!(
                std::io::stderr(),
                "\n*** NOT CHECKED: {what}, because {} cannot be read ({error}). Set CAREERBOT_SHARED to the folder of the facts. ***\n",
                path.display()
            );
            None
        }
    }
}

/// The rows of a CSV file as columns by name.
pub(crate) fn rows(bytes: &[u8]) -> Vec<std::collections::HashMap<String, String>> {
    csv::Reader::from_reader(bytes)
        .deserialize()
        .map(|row| row.expect("a row of the facts"))
        .collect()
}
