//! Turning knowledge into tantivy documents.
//!
//! Knows nothing of how the folder is switched or checked.

use std::io::Write as _;
use std::path::Path;

use tantivy::directory::{Directory as _, RamDirectory, TerminatingWrite as _};
use tantivy::{Index, TantivyDocument};

use crate::knowledge::{Knowledge, RoleId, Topic, TrendId};
use crate::search::Error;
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
    let failed = |error| Error::Folder { folder: "in memory".to_owned(), what: "copying", error };
    for (name, bytes) in files {
        let path = Path::new(name);
        if name.ends_with(".json") {
            directory.atomic_write(path, bytes).map_err(failed)?;
            continue;
        }
        let mut writer = directory.open_write(path).map_err(|error| failed(std::io::Error::other(error)))?;
        writer.write_all(bytes).and_then(|()| writer.terminate()).map_err(failed)?;
    }
    Ok(directory)
}

fn write(index: &Index, knowledge: &Knowledge) -> Result<(), Error> {
    analyzer(index);
    let fields = Fields::of(&index.schema())?;
    let mut writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
    for topic in knowledge.topics() {
        let add = |section: Option<usize>, text: String| {
            let mut document = TantivyDocument::default();
            document.add_text(fields.text, text);
            document.add_u64(fields.place, place(topic, section));
            writer.add_document(document)
        };
        add(None, head(knowledge, topic))?;
        for (number, section) in knowledge.sections(topic).iter().enumerate() {
            add(Some(number), format!("{}\n{}\n{}", knowledge.title(topic), section.heading, section.text))?;
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// What the head of a file says: every name, the summary, and the lists.
fn head(knowledge: &Knowledge, topic: Topic) -> String {
    let mut lines: Vec<&str> = vec![knowledge.title(topic)];
    match topic {
        Topic::Role(id) => {
            let role = knowledge.role(id);
            lines.push(&role.summary);
            for list in [&role.aliases, &role.abbreviations, &role.titles, &role.skills, &role.tools] {
                lines.extend(list.iter().map(String::as_str));
            }
            lines.extend([role.remote_note.as_str(), role.license_note.as_str()]);
            lines.extend(role.trends.iter().map(|touch| touch.how.as_str()));
            lines.extend(role.descriptions.iter().map(String::as_str));
        }
        Topic::Trend(id) => {
            let trend = knowledge.trend(id);
            lines.push(&trend.summary);
            for list in [&trend.aliases, &trend.skills] {
                lines.extend(list.iter().map(String::as_str));
            }
        }
    }
    lines.join("\n")
}

/// A document's place as one number: kind, place of the topic, place of the section (0 for the head).
pub(super) fn place(topic: Topic, section: Option<usize>) -> u64 {
    let (kind, id) = match topic {
        Topic::Role(id) => (0, id.0),
        Topic::Trend(id) => (1, id.0),
    };
    let section = section.map_or(0, |number| number as u64 + 1);
    (kind << 32) | (u64::from(id) << 8) | section
}

/// The reverse of [`place`].
pub(super) fn of_place(place: u64) -> (Topic, Option<usize>) {
    let id = (place >> 8) as u16;
    let topic = if place >> 32 == 0 { Topic::Role(RoleId(id)) } else { Topic::Trend(TrendId(id)) };
    (topic, ((place & 0xff) as usize).checked_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_round_trip() {
        for topic in [Topic::Role(RoleId(79)), Topic::Trend(TrendId(0))] {
            for section in [None, Some(0), Some(8)] {
                assert_eq!(of_place(place(topic, section)), (topic, section));
            }
        }
    }
}
