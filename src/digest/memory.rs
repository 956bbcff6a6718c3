//! What a digest remembers from one post to the next: which topics of its rotation were posted, and what it has seen.
//!
//! Pure. A post's memory takes effect when the post is recorded, so one that failed uses up nothing.

use serde::{Deserialize, Serialize};

use crate::digest::news::Prints;

/// What a digest remembers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// Slugs posted in this round of the rotation, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub posted: Vec<String>,
    /// Fingerprints of the topics when it last posted what is new; `None` before the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Prints>,
}

impl Memory {
    /// From what stands in the store. What cannot be read counts as nothing: a topic may then come twice, and no post is lost.
    pub fn parse(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// As it stands in the store.
    pub fn write(&self) -> String {
        // Strings and numbers always fit JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The next of `all` in a rotation, and the memory once it is posted. None repeats before all have been posted; then a
    /// new round begins, and not with the one that ended the last. `None` when there is nothing to choose from.
    pub fn next<'a>(&self, all: &[&'a str]) -> Option<(&'a str, Self)> {
        let fresh = all
            .iter()
            .find(|slug| !self.posted.iter().any(|posted| posted == *slug));
        let (slug, mut posted) = match fresh {
            Some(slug) => (*slug, self.posted.clone()),
            None => {
                let last = self.posted.last();
                let first = all
                    .iter()
                    .find(|slug| Some(**slug) != last.map(String::as_str))
                    .or(all.first())?;
                (*first, Vec::new())
            }
        };
        posted.push(slug.to_owned());
        Some((
            slug,
            Self {
                posted,
                seen: self.seen.clone(),
            },
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(memory: &mut Memory, all: &[&str], times: usize) -> Vec<String> {
        (0..times)
            .filter_map(|_| {
                let (slug, after) = memory.next(all)?;
                let slug = slug.to_owned();
                *memory = Memory::parse(&after.write());
                Some(slug)
            })
            .collect()
    }

    #[test]
    fn none_repeats_before_all_were_posted() {
        let mut memory = Memory::default();
        assert_eq!(
            run(&mut memory, &["a", "b", "c"], 7),
            ["a", "b", "c", "a", "b", "c", "a"]
        );
    }

    #[test]
    fn what_comes_and_goes_in_between_keeps_the_order() {
        let mut memory = Memory::default();
        assert_eq!(run(&mut memory, &["a", "b", "c"], 2), ["a", "b"]);
        assert_eq!(run(&mut memory, &["a", "aa", "c"], 2), ["aa", "c"]);
        assert_eq!(
            run(&mut memory, &["c", "a"], 2),
            ["a", "c"],
            "a round does not begin with what ended the last"
        );
    }

    #[test]
    fn a_rotation_of_one_goes_on_and_of_none_has_nothing_to_say() {
        assert_eq!(run(&mut Memory::default(), &["a"], 3), ["a", "a", "a"]);
        assert_eq!(Memory::default().next(&[]), None);
        assert_eq!(Memory::parse("not JSON"), Memory::default());
    }

    proptest::proptest! {
        #[test]
        fn every_round_holds_all(count in 1_usize..12, rounds in 1_usize..4) {
            let names: Vec<String> = (0..count).map(|number| number.to_string()).collect();
            let all: Vec<&str> = names.iter().map(String::as_str).collect();
            let posted = run(&mut Memory::default(), &all, count * rounds);
            for round in posted.chunks(count) {
                let mut sorted = round.to_vec();
                sorted.sort();
                sorted.dedup();
                proptest::prop_assert_eq!(sorted.len(), count);
            }
        }
    }
}
