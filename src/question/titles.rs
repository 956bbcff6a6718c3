//! Titles and other names of topics by their words: which name a question rewords, and which names a role has.
//!
//! Knows overlap of words; knows nothing of whether a question names a topic at all.

use std::collections::{HashMap, HashSet};

use crate::knowledge::{Knowledge, RoleId, Topic};
use crate::question::normalize;
use crate::question::trie::canonical;

/// Words of names with their weights, and the names with theirs.
pub(super) struct Titles {
    words: HashMap<String, NameWord>,
    names: Vec<(Topic, f32)>,
}

impl Titles {
    /// How many different words of names are among `stems`.
    pub(super) fn words_among(&self, stems: &[&str]) -> usize {
        let mut known: Vec<&str> =
            stems.iter().map(|stem| canonical(stem)).filter(|stem| self.words.contains_key(*stem)).collect();
        known.sort_unstable();
        known.dedup();
        known.len()
    }

    /// Topics by how well one of their names overlaps with `stems`: shared weight over all weight of both, from 0 to 1,
    /// best first. Words are weighted by how few names hold them; one said twice says no more than once.
    pub(super) fn nearest(&self, stems: &[&str]) -> Vec<(Topic, f32)> {
        let mut once: Vec<&str> = stems.iter().map(|stem| canonical(stem)).collect();
        once.sort_unstable();
        once.dedup();
        let words = || once.iter().filter_map(|stem| self.words.get(*stem));
        let asked: f32 = words().map(|word| word.weight).sum();
        let mut shared = vec![0.0_f32; self.names.len()];
        let mut touched = Vec::new();
        for word in words() {
            for name in &word.names {
                if shared[*name] == 0.0 {
                    touched.push(*name);
                }
                shared[*name] += word.weight;
            }
        }
        let overlaps = touched.into_iter().map(|name| {
            let ((topic, name_weight), shared) = (self.names[name], shared[name]);
            (topic, (shared / (asked + name_weight - shared).max(f32::EPSILON)).min(1.0))
        });
        let mut ranked: Vec<(Topic, f32)> = overlaps.collect();
        ranked.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        ranked.dedup_by_key(|(topic, _)| *topic);
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked
    }
}

/// Words of names, for overlap with a question.
#[derive(Default)]
pub(super) struct TitleIndex {
    names: Vec<(Topic, Vec<String>)>,
}

impl TitleIndex {
    pub(super) fn add(&mut self, topic: Topic, name: &str) {
        let mut stems: Vec<String> =
            normalize::phrase(name).into_iter().map(|token| canonical(&token.stem).to_owned()).collect();
        stems.sort();
        stems.dedup();
        self.names.push((topic, stems));
    }

    /// Weights every word by the number of topics whose names hold it; gives the words, and the names with their weights.
    pub(super) fn weigh(self) -> Titles {
        let mut topics: HashMap<&str, HashSet<Topic>> = HashMap::new();
        for (topic, stems) in &self.names {
            for stem in stems {
                topics.entry(stem).or_default().insert(*topic);
            }
        }
        let all = self.names.iter().map(|(topic, _)| topic).collect::<HashSet<_>>().len().max(1) as f32;
        let word = |set: &HashSet<Topic>| NameWord { weight: (1.0 + all / set.len() as f32).ln(), names: Vec::new() };
        let mut words: HashMap<String, NameWord> =
            topics.iter().map(|(stem, set)| ((*stem).to_owned(), word(set))).collect();
        let (mut named, mut places) = (Vec::new(), HashMap::new());
        for (topic, stems) in &self.names {
            let total: f32 = stems.iter().filter_map(|stem| words.get(stem)).map(|word| word.weight).sum();
            let place = *places.entry((*topic, total.to_bits())).or_insert_with(|| {
                named.push((*topic, total));
                named.len() - 1
            });
            for stem in stems {
                if let Some(word) = words.get_mut(stem)
                    && !word.names.contains(&place)
                {
                    word.names.push(place);
                }
            }
        }
        Titles { words, names: named }
    }
}

/// A word of names.
struct NameWord {
    weight: f32,
    /// The names that hold it, as places in [`Titles::names`]: names of one topic and one weight are one.
    names: Vec<usize>,
}

/// Title, its parts where it says "or", the plural, the slug's words and the aliases.
pub(super) fn role_names(knowledge: &Knowledge, id: RoleId) -> Vec<String> {
    let role = knowledge.role(id);
    let mut names = vec![role.title.clone(), role.plural.clone(), role.slug.as_str().replace('-', " ")];
    if let Some((first, second)) = role.title.split_once(" or ") {
        let (first_words, second_words): (Vec<&str>, Vec<&str>) =
            (first.split(' ').collect(), second.split(' ').collect());
        names.push(second.to_owned());
        // "Wellness or health coach" is a wellness coach too; "Medical secretary or receptionist" a medical receptionist.
        if first_words.len() == 1 && second_words.len() == 2 {
            names.push(format!("{first} {}", second_words[1]));
        } else {
            names.push(first.to_owned());
        }
    }
    names.extend(role.aliases.iter().cloned());
    names
}

/// The field that a title belongs to, by rule: "podiatrist" gives "podiatry", "health services manager" gives "health
/// services management", "truck driver" gives "truck driving".
pub(super) fn field_of(title: &str) -> Option<String> {
    let words = title.split(' ').count();
    let stem = |end: &str| title.strip_suffix(end).filter(|stem| stem.len() > 3);
    if let Some(stem) = stem("therapist")
        .or_else(|| stem("ologist"))
        .or_else(|| stem("metrist"))
        .or_else(|| stem("iatrist"))
        .or_else(|| stem("practor"))
    {
        let end = title[stem.len()..].trim_end_matches("ist");
        return Some(if title.ends_with("practor") { format!("{stem}practic") } else { format!("{stem}{end}y") });
    }
    match () {
        () if words > 1 && title.ends_with("pathologist") => stem("ist").map(|stem| format!("{stem}y")),
        () if words > 1 && title.ends_with("manager") => stem("r").map(|stem| format!("{stem}ment")),
        () if words > 1 && title.ends_with("iver") => stem("er").map(|stem| format!("{stem}ing")),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::knowledge;
    use crate::question::Lexicon;

    #[test]
    fn a_word_said_twice_names_a_title_no_better_than_once() {
        let lexicon = Lexicon::new(&knowledge::load_shipped().expect("the knowledge loads"));
        let nearest = |stems: &[&str]| lexicon.titles().nearest(stems);
        for (twice, once) in [
            (vec!["social", "worker", "hospital", "hospital"], vec!["social", "worker", "hospital"]),
            (vec!["lab", "laboratory", "manager"], vec!["lab", "manager"]),
        ] {
            assert_eq!(nearest(&twice), nearest(&once), "{twice:?}");
        }
    }
}
