//! Turning knowledge into tantivy documents.
//!
//! Knows nothing of how the folder is switched or checked.

use std::io::Write as _;
use std::path::Path;

use tantivy::directory::{Directory as _, RamDirectory, TerminatingWrite as _};
use tantivy::{Index, TantivyDocument};

use crate::knowledge::{Knowledge, Topic};
use crate::search::documents::documents;
use crate::search::error::Error;
use crate::search::folder::Files;
use crate::search::schema::{Fields, analyzer};

/// tantivy's smallest budget for one indexing thread; the knowledge is far smaller.
const WRITER_BYTES: usize = 15_000_000;

/// Writes the documents into an index below `folder`.
pub(super) fn into_folder(folder: &Path, knowledge: &Knowledge) -> Result<(), Error> {
    let index = Index::create_in_dir(folder, Fields::schema())?;
    write(&index, knowledge)
}

/// Builds the index in memory.
pub(super) fn in_memory(knowledge: &Knowledge) -> Result<Index, Error> {
    let index = Index::create_in_ram(Fields::schema());
    write(&index, knowledge)?;
    Ok(index)
}

/// A directory in memory that holds these files.
pub(super) fn memory_directory(files: &Files) -> Result<RamDirectory, Error> {
    let directory = RamDirectory::create();
    let failed = |error| Error::Folder {
        folder: "in memory".to_owned(),
        what: "copying",
        error,
    };
    for (name, bytes) in files {
        let path = Path::new(name);
        if name.ends_with(".json") {
            directory.atomic_write(path, bytes).map_err(failed)?;
            continue;
        }
        let mut writer = directory
            .open_write(path)
            .map_err(|error| failed(std::io::Error::other(error)))?;
        writer
            .write_all(bytes)
            .and_then(|()| writer.terminate())
            .map_err(failed)?;
    }
    Ok(directory)
}

fn write(index: &Index, knowledge: &Knowledge) -> Result<(), Error> {
    analyzer(index);
    let fields = Fields::of(&index.schema())?;
    let mut writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
    for (number, document) in documents(knowledge).iter().enumerate() {
        let mut row = TantivyDocument::default();
        row.add_text(fields.text(document.field), document.text(knowledge));
        row.add_u64(fields.topic, topic_number(document.topic));
        row.add_u64(fields.number, number as u64);
        writer.add_document(row)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// A topic as one number.
pub(super) fn topic_number(topic: Topic) -> u64 {
    match topic {
        Topic::Role(id) => u64::from(id.0),
        Topic::Trend(id) => 1 << 32 | u64::from(id.0),
    }
}
