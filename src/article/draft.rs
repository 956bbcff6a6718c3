//! What a trend needs of an article: a draft that somebody finishes in their own words.

use std::collections::BTreeMap;

use crate::article::near::{self, Held};
use crate::article::read::Article;
use crate::article::sentences::Sentence;
use crate::article::{figures, key, sentences};
use crate::knowledge::own_trend::{
    MOST_FIGURES, MOST_LINKS, MOST_QUOTES, NAME, OwnTrend, UNDATED, print,
};
use crate::knowledge::{Knowledge, RoleId, Topic, TrendId};

/// A title of fewer words may be anything's.
const TITLE_WORDS: usize = 3;
/// Sentences offered beside those that are quoted.
const OFFERED: usize = 4;
/// Lines that say what is held already.
const REPEATS: usize = 4;
/// Shipped trends that an article of one subject is near to.
const NEAR: usize = 5;

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    /// The article's title; may be empty.
    pub title: String,
    /// Its address; may be empty.
    pub source: String,
    /// All else.
    pub trend: OwnTrend,
}

impl Drafted {
    /// What was not found and has to be asked for, in words.
    pub fn missing(&self) -> Vec<&'static str> {
        let open = [
            (self.title.is_empty(), "the title"),
            (self.source.is_empty(), "the address"),
            (self.trend.author.is_empty(), "the author"),
            (self.trend.published.is_empty(), "the date"),
        ];
        open.into_iter()
            .filter(|(open, _)| *open)
            .map(|(_, what)| what)
            .collect()
    }
}

/// Takes out of an article what a trend needs. `named` gives the roles and trends that a sentence names; `held` is what the
/// server has written itself.
pub fn draft(
    knowledge: &Knowledge,
    article: &Article,
    held: &[Held],
    named: &dyn Fn(&str) -> Vec<Topic>,
) -> Drafted {
    let all = sentences::of(article);
    let mut roles: Vec<(RoleId, usize)> = Vec::new();
    let mut trends: BTreeMap<TrendId, usize> = BTreeMap::new();
    let headlines = article.paragraphs.iter().filter(|(heading, _)| *heading);
    let texts = std::iter::once(article.title.as_str())
        .chain(headlines.map(|(_, text)| text.as_str()))
        .chain(all.iter().map(|sentence| sentence.text.as_str()));
    for topic in texts.flat_map(named) {
        match topic {
            Topic::Trend(id) => *trends.entry(id).or_default() += 1,
            Topic::Role(id) => match roles.iter_mut().find(|(known, _)| *known == id) {
                Some((_, times)) => *times += 1,
                None => roles.push((id, 1)),
            },
        }
    }
    // A stable sort: of two that are named as often, the first one stays first.
    roles.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    let mut best = key::sentences(&all, MOST_QUOTES + OFFERED);
    let offered = best.split_off(best.len().min(MOST_QUOTES));
    best.sort_by_key(|sentence| (sentence.paragraph, sentence.at));
    let quotes = |sentences: Vec<&Sentence>| sentences.into_iter().map(Sentence::quote).collect();
    let mut repeats = near::repeats(knowledge, &all, held, REPEATS);
    repeats.splice(0..0, known(knowledge, article, held));
    let link = |topic: Topic| knowledge.slug(topic).to_string();
    let short = |name: &str| name.chars().take(NAME).collect::<String>();
    Drafted {
        title: article.title.clone(),
        source: article.source.clone(),
        trend: OwnTrend {
            author: short(&article.author),
            publisher: short(&article.publisher),
            published: Some(article.published.clone())
                .filter(|date| date != UNDATED)
                .unwrap_or_default(),
            quotes: quotes(best),
            figures: figures::of(&all, MOST_FIGURES),
            roles: roles
                .into_iter()
                .take(MOST_LINKS)
                .map(|(id, _)| link(Topic::Role(id)))
                .collect(),
            near: near::trends(knowledge, &all, &trends, NEAR)
                .into_iter()
                .map(|id| link(Topic::Trend(id)))
                .collect(),
            offered: quotes(offered),
            repeats,
            prints: all
                .iter()
                .filter_map(|sentence| print(&sentence.text))
                .collect(),
        },
    }
}

/// Whether the whole article is held already, by its address or its title.
fn known(knowledge: &Knowledge, article: &Article, held: &[Held]) -> Vec<String> {
    let address = |url: &str| {
        let bare = |url: &str| url.trim_end_matches('/').to_lowercase();
        !article.source.is_empty() && bare(url) == bare(&article.source)
    };
    let title = article.title.to_lowercase();
    let titled = |other: &str| {
        title.split(' ').count() >= TITLE_WORDS && other.to_lowercase().contains(&title)
    };
    let source = knowledge
        .sources
        .values()
        .find(|source| address(&source.url) || titled(&source.title));
    let own = held
        .iter()
        .find(|own| address(&own.source) || titled(&own.title));
    let source = source.map(|source| {
        format!(
            "careerbot rests on this article already: “{}”",
            source.title
        )
    });
    let own = own.map(|own| format!("this server has it already: “{}”", own.title));
    source.into_iter().chain(own).collect()
}
