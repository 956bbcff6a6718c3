//! Where the pages of the site lie that `careerbot site` writes: paths below its address.

use crate::knowledge::{Knowledge, SourceId, Topic};

/// The page that lists every source.
pub const SOURCES: &str = "sources/index.html";

/// The page of a source.
pub fn of_source(id: &SourceId) -> String {
    format!("sources/{id}.html")
}

/// The page of a role or a trend.
pub fn of_topic(knowledge: &Knowledge, topic: Topic) -> String {
    let folder = match topic {
        Topic::Role(_) => "roles",
        Topic::Trend(_) => "trends",
    };
    format!("{folder}/{}.html", knowledge.slug(topic))
}

impl Knowledge {
    /// The address of a page, where the operator shows the site to people.
    pub fn address(&self, path: &str) -> Option<String> {
        let site = self.site.as_deref()?;
        Some(format!("{site}/{path}"))
    }
}
